//! What differs between two versions of the document, as a list a reviewer can read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::inputs::Allowed;
use crate::json::{METHODS, object, operations, referenced, text};
use crate::normalise::proposed_name;

/// Operations, schemas and fields that `new` adds, removes or retypes. A `*` marks what is on the
/// allow-list; an operation that is new gets the name the rule proposes.
pub(crate) fn between(old: &Value, new: &Value, allowed: &[Allowed]) -> String {
    let mut report = String::new();
    section(&mut report, "Operations", &signatures(old), &signatures(new), &|key| {
        let (method, path) = key.split_once(' ').unwrap_or((key, ""));
        let line = allowed.iter().find(|line| line.path == path && line.method == method.to_lowercase());
        line.map_or_else(
            || format!("  {key} (proposed name {})", proposed_name(path, &method.to_lowercase())),
            |line| format!("* {key} ({})", line.id),
        )
    });
    section(&mut report, "Schemas", &schema_kinds(old), &schema_kinds(new), &|key| format!("  {key}"));
    section(&mut report, "Fields", &fields(old), &fields(new), &|key| format!("  {key}"));
    report
}

fn section(
    report: &mut String,
    title: &str,
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
    label: &dyn Fn(&str) -> String,
) {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let lines: Vec<String> = keys
        .into_iter()
        .filter_map(|key| match (old.get(key), new.get(key)) {
            (None, Some(_)) => Some(format!("  + {}", label(key))),
            (Some(_), None) => Some(format!("  - {}", label(key))),
            (Some(old), Some(new)) if old != new => Some(format!("  ~ {}: {old} -> {new}", label(key))),
            _ => None,
        })
        .collect();
    let _ = writeln!(report, "{title}: {} before, {} after, {} changes", old.len(), new.len(), lines.len());
    for line in lines {
        let _ = writeln!(report, "{line}");
    }
}

/// `METHOD path` to query parameters, body and answers.
fn signatures(document: &Value) -> BTreeMap<String, String> {
    let signature = |path: &str, operation: &Value| {
        let mut query = parameters(&document["paths"][path], "query");
        query.extend(parameters(operation, "query"));
        let body = body(&operation["requestBody"]);
        let answers: Vec<String> = object(operation, "responses")
            .into_iter()
            .flatten()
            .filter(|(code, _)| code.starts_with('2'))
            .map(|(code, response)| format!("{code} {}", body_or_nothing(response)))
            .collect();
        let query: Vec<String> = query.into_iter().collect();
        format!("?{} [{body}] => {}", query.join("&"), answers.join(" | "))
    };
    operations(document)
        .filter(|(_, method, _)| METHODS.contains(method))
        .map(|(path, method, op)| (format!("{} {path}", method.to_uppercase()), signature(path, op)))
        .collect()
}

fn parameters(holder: &Value, place: &str) -> BTreeSet<String> {
    let list = holder.get("parameters").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter(|parameter| text(parameter, "in") == place)
        .map(|parameter| format!("{}:{}", text(parameter, "name"), type_of(&parameter["schema"])))
        .collect()
}

fn body_or_nothing(response: &Value) -> String {
    match body(response) {
        empty if empty.is_empty() => "nothing".into(),
        body => body,
    }
}

fn body(holder: &Value) -> String {
    let content = object(holder, "content").into_iter().flatten();
    let types: Vec<String> =
        content.map(|(media, content)| format!("{media} {}", type_of(&content["schema"]))).collect();
    types.join(", ")
}

fn schemas(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten()
}

fn schema_kinds(document: &Value) -> BTreeMap<String, String> {
    let kind = |schema: &Value| match schema.get("properties") {
        Some(_) => "struct".to_owned(),
        None => type_of(schema),
    };
    schemas(document).map(|(name, schema)| (name.clone(), kind(schema))).collect()
}

/// `Schema.field` to its type, for the schemas that both documents can have.
fn fields(document: &Value) -> BTreeMap<String, String> {
    let properties = |(name, schema): (&String, &Value)| -> Vec<(String, String)> {
        let properties = object(schema, "properties").into_iter().flatten();
        properties.map(|(field, schema)| (format!("{name}.{field}"), type_of(schema))).collect()
    };
    schemas(document).flat_map(properties).collect()
}

/// A type in a few words: `text`, `[Role]`, `{text}`.
fn type_of(schema: &Value) -> String {
    if let Some(name) = referenced(schema) {
        return name.to_owned();
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let parts: Vec<String> = parts.iter().map(type_of).collect();
        return format!("allOf({})", parts.join(", "));
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        return values.join("|");
    }
    match (text(schema, "type"), text(schema, "format")) {
        ("array", _) => format!("[{}]", type_of(&schema["items"])),
        ("object", _) => match schema.get("additionalProperties") {
            Some(values) if values.is_object() => format!("{{{}}}", type_of(values)),
            _ => "{any}".into(),
        },
        ("", _) => "any".into(),
        (plain, "") => plain.to_owned(),
        (plain, format) => format!("{plain}:{format}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn added_removed_and_retyped_things_are_listed_and_the_allowed_ones_marked() {
        let text = json!({"type": "string"});
        let old = json!({
            "paths": {"/admin/roles": {"get": {}}, "/admin/gone": {"delete": {}}},
            "components": {"schemas": {"Role": {"properties": {"name": text, "old": text}}}}});
        let new = json!({
            "paths": {"/admin/roles": {"get": {"parameters": [
                {"name": "max", "in": "query", "schema": {"type": "integer"}}]}}, "/admin/made": {"put": {}}},
            "components": {"schemas": {"Role": {"properties": {
                "name": {"type": "array", "items": text}, "new": text}}, "Extra": {"type": "string"}}}});
        let allowed = [Allowed { id: "role_list".into(), method: "get".into(), path: "/admin/roles".into() }];
        assert_eq!(
            between(&old, &new, &allowed),
            "Operations: 2 before, 2 after, 3 changes\n  -   DELETE /admin/gone (proposed name gone_delete)\n  \
             ~ * GET /admin/roles (role_list): ? [] =>  -> ?max:integer [] => \n  \
             +   PUT /admin/made (proposed name made_put)\n\
             Schemas: 1 before, 2 after, 1 changes\n  +   Extra\n\
             Fields: 2 before, 2 after, 3 changes\n  ~   Role.name: string -> [string]\n  +   Role.new\n  -   Role.old\n"
        );
    }

    #[test]
    fn a_document_equals_itself() {
        let document =
            json!({"paths": {"/a": {"get": {}}}, "components": {"schemas": {"A": {"type": "string"}}}});
        let report = between(&document, &document, &[]);
        assert_eq!(report.lines().count(), 3, "{report}");
    }
}
