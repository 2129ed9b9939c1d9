//! Schemas: nothing the server sends may be lost, and everything can be cleared.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};

use crate::json::{referenced, text};

/// A `RawJsonValue` wrapper (documents since 26.8) has two made-up fields and loses every real one:
/// whatever refers to it is free JSON. Documents before 26.8 have none.
pub(super) fn raw_json_is_free(document: &mut Value) -> usize {
    each_schema_place(document, &mut |schema| {
        let wraps = |part: &Value| referenced(part).is_some_and(|name| name.starts_with("RawJson"));
        let all_of = schema.get("allOf").and_then(Value::as_array);
        if !wraps(schema) && !all_of.is_some_and(|parts| parts.iter().any(wraps)) {
            return 0;
        }
        *schema = json!({"description": text(schema, "description"), "type": "object", "additionalProperties": true});
        1
    })
}

/// `allOf` with one reference is how the scanner writes "reference and deprecated".
pub(super) fn unwrap_single_all_of(document: &mut Value) -> usize {
    each_schema_place(document, &mut |schema| {
        let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) else { return 0 };
        *schema = only.clone();
        1
    })
}

/// An enum gets new values in a minor release (`KeyUse` did), and then a closed type fails on the
/// whole list: text, with the known values in the documentation.
pub(super) fn open_enums(document: &mut Value) -> usize {
    each_schema_place(document, &mut |schema| {
        let Some(schema) = schema.as_object_mut() else { return 0 };
        let Some(Value::Array(values)) = schema.remove("enum") else { return 0 };
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        schema.insert("description".into(), json!(format!("Known values: {}", values.join(", "))));
        1
    })
}

/// References to text and maps are replaced by what they refer to, so that the next steps see
/// collections where there are collections.
pub(super) fn inline_scalars_and_maps(document: &mut Value) -> usize {
    let inlined: BTreeMap<String, Value> = component_schemas(document)
        .into_iter()
        .flatten()
        .filter(|(_, schema)| schema.get("properties").is_none())
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    each_schema_place(document, &mut |schema| {
        let Some(target) = referenced(schema).and_then(|name| inlined.get(name)) else { return 0 };
        *schema = target.clone();
        1
    })
}

/// By default an empty list or map is never written, so nothing could ever be cleared. As nullable
/// they are `Option`: absent, empty and filled differ.
pub(super) fn collections_are_nullable(document: &mut Value) -> usize {
    each_property(document, &mut |property| {
        if !is_collection(property) {
            return 0;
        }
        set(property, "nullable", json!(true))
    })
}

/// A null value in a map (Keycloak's way to say "unset") would fail the whole document.
pub(super) fn map_values_are_nullable(document: &mut Value) -> usize {
    each_schema_place(document, &mut |schema| {
        if schema.get("properties").is_some() {
            return 0;
        }
        let Some(value) = schema.get_mut("additionalProperties") else { return 0 };
        let scalar = ["string", "boolean", "integer", "number"].contains(&text(value, "type"));
        if !scalar && !is_collection(value) {
            return 0;
        }
        set(value, "nullable", json!(true))
    })
}

/// A field of a newer server, or of an extension, survives reading and writing.
pub(super) fn structs_keep_unknown_fields(document: &mut Value) -> usize {
    let mut changed = 0;
    for schema in component_schemas_mut(document).into_iter().flat_map(Map::values_mut) {
        if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
            changed += set(schema, "additionalProperties", json!({}));
        }
    }
    changed
}

/// The listed fields get the secret type.
pub(super) fn mark_secrets(document: &mut Value, secrets: &[String]) -> Result<usize> {
    for secret in secrets {
        let (schema, field) = secret.split_once('.').context("overlay: a secret is Schema.property")?;
        let property = document
            .pointer_mut(&format!("/components/schemas/{schema}/properties/{field}"))
            .with_context(|| format!("overlay: secret {secret} is not in the document"))?;
        ensure!(text(property, "type") == "string", "overlay: secret {secret} is not text: {property}");
        set(property, "format", json!("password"));
    }
    Ok(secrets.len())
}

fn is_collection(schema: &Value) -> bool {
    match text(schema, "type") {
        "array" => true,
        "object" => schema.get("properties").is_none(),
        _ => false,
    }
}

/// Sets a member; 1 if that changed anything.
fn set(schema: &mut Value, key: &str, value: Value) -> usize {
    let Some(schema) = schema.as_object_mut() else { return 0 };
    usize::from(schema.insert(key.into(), value.clone()) != Some(value))
}

fn component_schemas(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas").and_then(Value::as_object)
}

fn component_schemas_mut(document: &mut Value) -> Option<&mut Map<String, Value>> {
    document.pointer_mut("/components/schemas").and_then(Value::as_object_mut)
}

/// Each property of each component schema.
fn each_property(document: &mut Value, change: &mut dyn FnMut(&mut Value) -> usize) -> usize {
    let mut changed = 0;
    for schema in component_schemas_mut(document).into_iter().flat_map(Map::values_mut) {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        changed += properties.into_iter().flat_map(Map::values_mut).map(&mut *change).sum::<usize>();
    }
    changed
}

/// Each place where a schema stands: components and what they hold, and the bodies, answers and
/// parameters of operations. Outer before inner, and what `change` puts there is visited too.
fn each_schema_place(document: &mut Value, change: &mut dyn FnMut(&mut Value) -> usize) -> usize {
    let mut changed = 0;
    for schema in component_schemas_mut(document).into_iter().flat_map(Map::values_mut) {
        changed += each_nested(schema, change);
    }
    if let Some(paths) = document.get_mut("paths") {
        changed += each_under_paths(paths, change);
    }
    changed
}

fn each_under_paths(value: &mut Value, change: &mut dyn FnMut(&mut Value) -> usize) -> usize {
    match value {
        Value::Object(map) => map
            .iter_mut()
            .map(|(key, value)| match key.as_str() {
                "schema" => each_nested(value, change),
                _ => each_under_paths(value, change),
            })
            .sum(),
        Value::Array(items) => items.iter_mut().map(|item| each_under_paths(item, change)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn each_nested(schema: &mut Value, change: &mut dyn FnMut(&mut Value) -> usize) -> usize {
    let mut changed = change(schema);
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(key).filter(|inner| inner.is_object()) {
            changed += each_nested(inner, change);
        }
    }
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut) {
        changed += each_nested(property, change);
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_schemas(schemas: &Value) -> Value {
        json!({"paths": {}, "components": {"schemas": schemas}})
    }

    /// Applies a step to one property of one schema.
    fn property(step: impl Fn(&mut Value) -> usize, property: &Value) -> (usize, Value) {
        let mut document = with_schemas(&json!({"A": {"properties": {"p": property}}}));
        let count = step(&mut document);
        (count, document["components"]["schemas"]["A"]["properties"]["p"].take())
    }

    #[test]
    fn a_raw_json_wrapper_is_free_json() {
        let reference = json!({"allOf": [{"$ref": "#/components/schemas/RawJsonValue"}], "description": "d"});
        let free = json!({"description": "d", "type": "object", "additionalProperties": true});
        assert_eq!(property(raw_json_is_free, &reference), (1, free));
        let other = json!({"$ref": "#/components/schemas/Other"});
        assert_eq!(property(raw_json_is_free, &other), (0, other));
    }

    #[test]
    fn all_of_with_one_part_is_that_part() {
        let wrapped = json!({"allOf": [{"$ref": "#/components/schemas/B"}], "deprecated": true});
        assert_eq!(property(unwrap_single_all_of, &wrapped), (1, json!({"$ref": "#/components/schemas/B"})));
        let two = json!({"allOf": [{}, {}]});
        assert_eq!(property(unwrap_single_all_of, &two), (0, two));
    }

    #[test]
    fn an_enum_is_text_that_knows_its_values() {
        let open = json!({"type": "string", "description": "Known values: A, B"});
        assert_eq!(property(open_enums, &json!({"type": "string", "enum": ["A", "B"]})), (1, open));
    }

    #[test]
    fn references_to_text_and_maps_are_inlined_and_those_to_structs_stay() {
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        let mut document = with_schemas(&json!({
            "Text": {"type": "string"}, "Map": map, "Struct": {"properties": {
                "t": {"$ref": "#/components/schemas/Text"}, "m": {"$ref": "#/components/schemas/Map"},
                "s": {"type": "array", "items": {"$ref": "#/components/schemas/Struct"}}}}}));
        document["paths"] = json!({"/x": {"get": {"parameters": [
            {"schema": {"$ref": "#/components/schemas/Text"}}]}}});
        assert_eq!(inline_scalars_and_maps(&mut document), 3);
        let properties = &document["components"]["schemas"]["Struct"]["properties"];
        assert_eq!(properties["t"], json!({"type": "string"}));
        assert_eq!(properties["m"], map);
        assert_eq!(properties["s"]["items"], json!({"$ref": "#/components/schemas/Struct"}));
        assert_eq!(document["paths"]["/x"]["get"]["parameters"][0]["schema"], json!({"type": "string"}));
    }

    #[test]
    fn lists_maps_and_free_objects_are_nullable_and_scalars_are_not() {
        for collection in [json!({"type": "array", "items": {}}), json!({"type": "object"})] {
            let (count, left) = property(collections_are_nullable, &collection);
            assert_eq!((count, &left["nullable"]), (1, &json!(true)));
        }
        for other in [json!({"type": "string"}), json!({"$ref": "#/components/schemas/A"})] {
            assert_eq!(property(collections_are_nullable, &other), (0, other));
        }
    }

    #[test]
    fn values_of_maps_may_be_null_at_every_depth() {
        let nested = json!({"type": "object", "additionalProperties": {
            "type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}});
        let (count, left) = property(map_values_are_nullable, &nested);
        assert_eq!(count, 2);
        assert_eq!(left["additionalProperties"]["nullable"], true);
        assert_eq!(left["additionalProperties"]["additionalProperties"]["nullable"], true);
    }

    #[test]
    fn every_struct_keeps_unknown_fields_and_maps_stay_maps() {
        let mut document = with_schemas(&json!({
            "Struct": {"properties": {}}, "Map": {"type": "object", "additionalProperties": {"type": "string"}}}));
        assert_eq!(structs_keep_unknown_fields(&mut document), 1);
        assert_eq!(document["components"]["schemas"]["Struct"]["additionalProperties"], json!({}));
    }

    #[test]
    fn a_secret_that_is_not_there_or_not_text_stops_the_generator() {
        let mut document = with_schemas(&json!({"A": {"properties": {
            "secret": {"type": "string"}, "list": {"type": "array"}}}}));
        assert_eq!(mark_secrets(&mut document, &["A.secret".into()]).unwrap(), 1);
        assert_eq!(document["components"]["schemas"]["A"]["properties"]["secret"]["format"], "password");
        let errors = ["A.gone", "A.list"]
            .map(|secret| mark_secrets(&mut document, &[secret.to_owned()]).unwrap_err().to_string());
        assert_eq!(errors[0], "overlay: secret A.gone is not in the document");
        assert!(errors[1].starts_with("overlay: secret A.list is not text"), "{}", errors[1]);
    }
}
