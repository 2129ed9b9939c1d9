//! Only the calls that are wanted, and only the schemas these calls reach.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use serde_json::{Map, Value};

use crate::inputs::Allowed;
use crate::json::{METHODS, referenced};

/// Drops every operation that is not on the allow-list; a line without an operation is an error.
pub(super) fn keep_allowed(document: &mut Value, allowed: &[Allowed]) -> Result<usize> {
    let missing: Vec<String> = allowed
        .iter()
        .filter(|line| document["paths"][&line.path].get(&line.method).is_none())
        .map(|line| format!("{} {} {}", line.id, line.method.to_uppercase(), line.path))
        .collect();
    if !missing.is_empty() {
        bail!("operations.txt lists calls that the document does not have:\n  {}", missing.join("\n  "));
    }
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return Ok(0) };
    paths.retain(|path, item| {
        if let Some(item) = item.as_object_mut() {
            item.retain(|key, _| {
                !METHODS.contains(&key.as_str())
                    || allowed.iter().any(|line| line.path == *path && line.method == *key)
            });
        }
        METHODS.iter().any(|method| item.get(method).is_some())
    });
    Ok(allowed.len())
}

/// Drops the schemas that no operation reaches, and answers how many are left.
pub(super) fn drop_unreachable_schemas(document: &mut Value) -> usize {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    if let Some(paths) = document.get("paths") {
        collect_references(paths, &mut open);
    }
    while let Some(name) = open.pop() {
        if let Some(schema) = document.pointer(&format!("/components/schemas/{name}"))
            && reached.insert(name)
        {
            collect_references(schema, &mut open);
        }
    }
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    schemas.map_or(0, |schemas: &mut Map<String, Value>| {
        schemas.retain(|name, _| reached.contains(name));
        schemas.len()
    })
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    if let Some(name) = referenced(value) {
        found.push(name.to_owned());
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| collect_references(value, found)),
        Value::Array(items) => items.iter().for_each(|value| collect_references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(method: &str, path: &str) -> Allowed {
        Allowed { id: "name".into(), method: method.into(), path: path.into() }
    }

    #[test]
    fn only_allowed_operations_stay_with_their_path_parameters() {
        let mut document = json!({"paths": {
            "/a": {"get": {}, "put": {}, "parameters": [1]}, "/b": {"get": {}}}});
        assert_eq!(keep_allowed(&mut document, &[line("get", "/a")]).unwrap(), 1);
        assert_eq!(document, json!({"paths": {"/a": {"get": {}, "parameters": [1]}}}));
    }

    #[test]
    fn a_listed_call_that_the_document_lost_is_named() {
        let error = keep_allowed(&mut json!({"paths": {}}), &[line("get", "/a")]).unwrap_err().to_string();
        assert_eq!(error, "operations.txt lists calls that the document does not have:\n  name GET /a");
    }

    #[test]
    fn schemas_reached_through_schemas_stay_and_the_rest_goes() {
        let mut document = json!({
            "paths": {"/a": {"get": {"x": {"$ref": "#/components/schemas/A"}}}},
            "components": {"schemas": {
                "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
                "B": {"properties": {"a": {"$ref": "#/components/schemas/A"}}},
                "C": {"properties": {"a": {"$ref": "#/components/schemas/A"}}}}}});
        assert_eq!(drop_unreachable_schemas(&mut document), 2);
        assert!(document["components"]["schemas"].get("C").is_none());
    }
}
