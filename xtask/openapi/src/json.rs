//! Reading and printing JSON documents as values.

use serde_json::{Map, Value};

/// The methods an `OpenAPI` path item can have, in the order they are printed.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Text of a document with sorted keys, whatever order the map type keeps.
pub(crate) fn print_sorted(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(&sorted(value)).unwrap_or_default();
    text.push('\n');
    text
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|left, right| left.0.cmp(right.0));
            Value::Object(entries.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The member as an object; an empty one where it is absent.
pub(crate) fn object<'v>(value: &'v Value, key: &str) -> Option<&'v Map<String, Value>> {
    value.get(key).and_then(Value::as_object)
}

/// The member as text; empty where it is absent.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The name of the schema that a `{"$ref": ...}` points to.
pub(crate) fn referenced(schema: &Value) -> Option<&str> {
    text(schema, "$ref").strip_prefix("#/components/schemas/")
}

/// Each operation of a document: path template, method, operation.
pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    object(document, "paths").into_iter().flatten().flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| item.get(method).map(|op| (path.as_str(), *method, op)))
    })
}

/// Calls `change` on each operation of a document and adds up what it says it changed.
pub(crate) fn for_each_operation(document: &mut Value, mut change: impl FnMut(&mut Value) -> usize) -> usize {
    let mut changed = 0;
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return 0 };
    for item in paths.values_mut() {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                changed += change(operation);
            }
        }
    }
    changed
}

/// The named parameters of a path template, in order: `/a/{b}/c` has `b`.
pub(crate) fn template_parameters(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}
