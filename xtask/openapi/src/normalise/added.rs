//! The overlay: corrections, and what the document lacks.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};

use crate::inputs::{AddedOperation, Correction};
use crate::json::template_parameters;

/// Replaces what is wrong, if it is still wrong in the way it was.
pub(super) fn correct(document: &mut Value, corrections: &[Correction]) -> Result<usize> {
    for correction in corrections {
        let place = document
            .pointer_mut(&correction.at)
            .with_context(|| format!("overlay: nothing at {} ({})", correction.at, correction.why))?;
        ensure!(
            *place == correction.expect,
            "overlay: at {} stands {place}, expected {} ({})",
            correction.at,
            correction.expect,
            correction.why
        );
        *place = correction.replace.clone();
    }
    Ok(corrections.len())
}

/// Adds schemas under names that the document does not have.
pub(super) fn add_schemas(document: &mut Value, schemas: &BTreeMap<String, Value>) -> Result<usize> {
    let present = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
        .context("the document has no components.schemas")?;
    for (name, schema) in schemas {
        ensure!(
            present.insert(name.clone(), schema.clone()).is_none(),
            "overlay: the document has a schema {name} now; remove ours"
        );
    }
    Ok(schemas.len())
}

/// Adds operations that the document does not have.
pub(super) fn add_operations(document: &mut Value, operations: &[AddedOperation]) -> Result<usize> {
    let paths =
        document.get_mut("paths").and_then(Value::as_object_mut).context("the document has no paths")?;
    for added in operations {
        let item =
            paths.entry(&added.path).or_insert_with(|| json!({"parameters": path_parameters(&added.path)}));
        let item = item.as_object_mut().context("a path item is not an object")?;
        let operation = operation(added);
        ensure!(
            item.insert(added.method.clone(), operation).is_none(),
            "overlay: the document has {} {} now; remove ours",
            added.method,
            added.path
        );
    }
    Ok(operations.len())
}

fn path_parameters(path: &str) -> Vec<Value> {
    let parameter =
        |name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    template_parameters(path).into_iter().map(parameter).collect()
}

fn operation(added: &AddedOperation) -> Value {
    let mut operation = Map::new();
    operation.insert("summary".into(), json!(added.summary));
    if !added.query.is_empty() {
        let query = added.query.iter();
        let query = query.map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}));
        operation.insert("parameters".into(), query.collect());
    }
    if let Some(schema) = &added.request {
        operation.insert("requestBody".into(), json!({"content": {"application/json": {"schema": schema}}}));
    }
    let mut response = Map::from_iter([("description".to_owned(), json!("Success"))]);
    if let Some(schema) = &added.response {
        response.insert("content".into(), json!({"application/json": {"schema": schema}}));
    }
    operation.insert("responses".into(), json!({ added.success.to_string(): response }));
    Value::Object(operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(expect: Value) -> Correction {
        Correction { at: "/a/b".into(), expect, replace: json!("new"), why: "because".into() }
    }

    #[test]
    fn a_correction_applies_only_to_what_it_was_written_for() {
        let mut document = json!({"a": {"b": "old"}});
        let error = correct(&mut document, &[correction(json!("other"))]).unwrap_err().to_string();
        assert_eq!(error, r#"overlay: at /a/b stands "old", expected "other" (because)"#);
        assert_eq!(correct(&mut document, &[correction(json!("old"))]).unwrap(), 1);
        assert_eq!(document, json!({"a": {"b": "new"}}));
    }

    #[test]
    fn a_correction_of_nothing_is_an_error() {
        let error = correct(&mut json!({}), &[correction(json!(1))]).unwrap_err().to_string();
        assert_eq!(error, "overlay: nothing at /a/b (because)");
    }

    #[test]
    fn an_added_operation_has_its_path_query_body_and_answer() {
        let added = AddedOperation {
            path: "/r/{realm}/sync".into(),
            method: "post".into(),
            summary: "Sync.".into(),
            query: vec!["action".into()],
            request: Some(json!({"type": "object"})),
            success: 201,
            response: None,
        };
        let mut document = json!({"paths": {}});
        assert_eq!(add_operations(&mut document, std::slice::from_ref(&added)).unwrap(), 1);
        let item = &document["paths"]["/r/{realm}/sync"];
        assert_eq!(item["parameters"][0]["name"], "realm");
        assert_eq!(item["post"]["parameters"][0]["name"], "action");
        assert_eq!(item["post"]["requestBody"]["content"]["application/json"]["schema"]["type"], "object");
        assert_eq!(item["post"]["responses"], json!({"201": {"description": "Success"}}));
        let again = add_operations(&mut document, &[added]).unwrap_err().to_string();
        assert_eq!(again, "overlay: the document has post /r/{realm}/sync now; remove ours");
    }

    #[test]
    fn a_schema_that_upstream_has_by_now_must_leave_the_overlay() {
        let mut document = json!({"components": {"schemas": {"A": {}}}});
        let schemas = BTreeMap::from([("A".to_owned(), json!({}))]);
        let error = add_schemas(&mut document, &schemas).unwrap_err().to_string();
        assert_eq!(error, "overlay: the document has a schema A now; remove ours");
    }
}
