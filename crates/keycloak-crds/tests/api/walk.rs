//! Walks the schemas of the kinds.

use std::{collections::BTreeMap, sync::LazyLock};

use keycloak_crds::generate::{KINDS, Kind};
use serde_json::Value;

/// The schema of a kind, from its root.
pub(crate) fn schema(kind: &Kind) -> &'static Value {
    static SCHEMAS: LazyLock<BTreeMap<&'static str, Value>> = LazyLock::new(|| {
        let schema = |kind: &Kind| {
            let crd = kind.finished_crd().expect("the CRD can be made");
            crd.pointer("/spec/versions/0/schema/openAPIV3Schema").expect("it has a schema").clone()
        };
        KINDS.iter().map(|kind| (kind.name, schema(kind))).collect()
    });
    &SCHEMAS[kind.name]
}

/// Calls `visit` with path and schema of every field below `spec` and `status`, the areas themselves included.
pub(crate) fn every_field(schema: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    for area in ["spec", "status"] {
        if let Some(node) = schema.pointer(&format!("/properties/{area}")) {
            fields_below(area, node, visit);
        }
    }
}

fn fields_below(path: &str, node: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    visit(path, node);
    for (name, property) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        fields_below(&format!("{path}.{name}"), property, visit);
    }
    if let Some(items) = node.get("items") {
        fields_below(&format!("{path}[]"), items, visit);
    }
    if let Some(values) = node.get("additionalProperties").filter(|values| values.is_object()) {
        fields_below(&format!("{path}{{}}"), values, visit);
    }
}

/// Whether the field itself, and not what is below it, is where a user writes a value.
pub(crate) fn is_leaf(node: &Value) -> bool {
    let items = node.get("items");
    let values = node.get("additionalProperties");
    node.get("properties").is_none()
        && items.is_none_or(|items| items.get("properties").is_none())
        && values.is_none_or(|values| values.get("properties").is_none())
}

/// The schema at a path like `spec.protocolMappers[].name`.
pub(crate) fn at<'a>(schema: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(schema, |node, segment| {
        let field = node.get("properties")?.get(segment.trim_end_matches("[]"))?;
        if segment.ends_with("[]") { field.get("items") } else { Some(field) }
    })
}
