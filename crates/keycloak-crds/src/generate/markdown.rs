//! The reference of all fields, `docs/reference/api.md`.

use std::fmt::Write as _;

use serde_json::Value;

use super::{GenerateError, KINDS, Kind};
use crate::{
    condition::{ConditionType, Reason},
    status::is_not_written_yet,
};

/// The page.
pub(super) fn render() -> Result<String, GenerateError> {
    let mut page = String::from(
        "<!-- Made by `cargo xtask generate` from crates/keycloak-crds. Do not edit. -->\n\
         # API reference\n\n\
         Group `keycloak.mdvr.nl`, version `v1`. A field without a default that is not given is not touched in Keycloak.\n\
         Fields marked *refused* are refused at admission with the sentence that stands below the table. Fields of status\n\
         marked *not written yet* are there for objects of before: no controller writes them, and none keeps true what stands\n\
         in them.\n",
    );
    for kind in KINDS {
        kind_section(&mut page, kind)?;
    }
    words(&mut page, "Conditions", ConditionType::ALL.iter().map(|word| (word.as_str(), word.meaning())));
    words(&mut page, "Reasons", Reason::ALL.iter().map(|word| (word.as_str(), word.meaning())));
    Ok(page)
}

fn kind_section(page: &mut String, kind: &Kind) -> Result<(), GenerateError> {
    let crd = kind.finished_crd()?;
    let root = crd.pointer("/spec/versions/0/schema/openAPIV3Schema").unwrap_or(&Value::Null);
    let _ = writeln!(page, "\n## {}\n\n{}\n", kind.name, text(root, "description"));
    for area in ["spec", "status"] {
        let Some(node) = root.pointer(&format!("/properties/{area}")) else { continue };
        let _ = writeln!(page, "### {} {area}\n", kind.name);
        page.push_str("| Field | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
        let mut rows = Vec::new();
        walk(kind, area, node, &mut rows);
        for row in rows {
            let _ = writeln!(page, "{row}");
        }
        page.push('\n');
    }
    not_yet(page, kind);
    let mut sentences = Vec::new();
    rules(root, "", &mut sentences);
    if !sentences.is_empty() {
        let _ = writeln!(page, "### {} rules\n", kind.name);
        for sentence in sentences {
            let _ = writeln!(page, "- {sentence}");
        }
    }
    Ok(())
}

/// One row per field; of Kubernetes' own types only the top.
fn walk(kind: &Kind, path: &str, node: &Value, rows: &mut Vec<String>) {
    let required: Vec<&str> = node
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let Some(properties) = node.get("properties").and_then(Value::as_object) else { return };
    let ordered: std::collections::BTreeMap<_, _> = properties.iter().collect();
    for (name, property) in ordered {
        let field = format!("{path}.{name}");
        let mark = if required.contains(&name.as_str()) { " (required)" } else { "" };
        let warning = if is_refused(kind, &field) {
            "*Refused.* "
        } else if is_not_written_yet(kind.name, &field) {
            "*Not written yet.* "
        } else {
            ""
        };
        let default = property.get("default").map(|value| format!("`{value}`")).unwrap_or_default();
        rows.push(format!(
            "| `{field}`{mark} | {} | {default} | {warning}{} |",
            type_name(property),
            text(property, "description").replace('|', "\\|")
        ));
        let whole = format!("{field}.**");
        if kind.acted_on.contains(&whole.as_str()) {
            continue;
        }
        walk(kind, &field, property, rows);
        if let Some(items) = property.get("items") {
            walk(kind, &format!("{field}[]"), items, rows);
        }
        if let Some(values) = property.get("additionalProperties") {
            walk(kind, &format!("{field}{{}}"), values, rows);
        }
    }
}

fn is_refused(kind: &Kind, field: &str) -> bool {
    kind.not_built_yet.iter().any(|refused| {
        field
            .strip_prefix(refused.path)
            .is_some_and(|below| below.is_empty() || below.starts_with(['.', '[', '{']))
    })
}

fn type_name(node: &Value) -> String {
    let values = node.get("enum").and_then(Value::as_array);
    if let Some(values) = values {
        return values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" ");
    }
    if node.get("x-kubernetes-int-or-string").is_some() {
        return "integer or string".to_owned();
    }
    match node.get("type").and_then(Value::as_str).unwrap_or("any") {
        "array" => format!("list of {}", type_name(node.get("items").unwrap_or(&Value::Null))),
        "object" if node.get("additionalProperties").is_some_and(Value::is_object) => {
            format!("map of {}", type_name(node.get("additionalProperties").unwrap_or(&Value::Null)))
        }
        "object" if node.get("x-kubernetes-preserve-unknown-fields").is_some() => "free JSON".to_owned(),
        other => other.to_owned(),
    }
}

fn not_yet(page: &mut String, kind: &Kind) {
    if kind.not_built_yet.is_empty() {
        return;
    }
    let _ = writeln!(page, "### {} fields that are refused\n", kind.name);
    for refused in kind.not_built_yet {
        let comes_with = match refused.comes_with {
            "" => String::new(),
            comes_with => format!(", comes with {comes_with}"),
        };
        let _ = writeln!(page, "- `{}`{comes_with}: {}", refused.path, refused.sentence());
    }
    page.push('\n');
}

/// The sentences of all other rules, with their places.
fn rules(node: &Value, path: &str, sentences: &mut Vec<String>) {
    for rule in node.get("x-kubernetes-validations").and_then(Value::as_array).into_iter().flatten() {
        if rule.get("reason").and_then(Value::as_str) != Some("FieldValueForbidden") {
            let place = format!("{path}{}", text(rule, "fieldPath"));
            sentences.push(format!("`{}`: {}", place.trim_start_matches('.'), text(rule, "message")));
        }
    }
    let properties = node.get("properties").and_then(Value::as_object);
    let ordered: std::collections::BTreeMap<_, _> = properties.into_iter().flatten().collect();
    for (name, property) in ordered {
        rules(property, &format!("{path}.{name}"), sentences);
    }
    if let Some(items) = node.get("items") {
        rules(items, &format!("{path}[]"), sentences);
    }
    if let Some(values) = node.get("additionalProperties") {
        rules(values, &format!("{path}{{}}"), sentences);
    }
}

fn words<'a>(page: &mut String, title: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) {
    let _ = writeln!(page, "\n## {title}\n\n| Word | Meaning |\n| --- | --- |");
    for (word, meaning) in rows {
        let _ = writeln!(page, "| `{word}` | {meaning} |");
    }
}

fn text<'a>(node: &'a Value, key: &str) -> &'a str {
    node.get(key).and_then(Value::as_str).unwrap_or_default()
}
