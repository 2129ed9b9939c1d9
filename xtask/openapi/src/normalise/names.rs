//! Names: operation ids, and path templates that name a parameter twice.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::inputs::Allowed;
use crate::json::{METHODS, operations, template_parameters};

/// The generator puts one argument into both places without a word.
pub(super) fn refuse_doubled_parameters(document: &Value) -> Result<()> {
    for (path, _, _) in operations(document) {
        let mut seen = BTreeSet::new();
        for name in template_parameters(path) {
            ensure!(
                seen.insert(name),
                "{path} names {{{name}}} twice: rename the second by an overlay entry"
            );
        }
    }
    Ok(())
}

/// Gives every operation an id: the allow-list's, else a proposed one.
pub(super) fn name_operations(document: &mut Value, allowed: &[Allowed]) -> Result<usize> {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return Ok(0) };
    let mut named = 0;
    for (path, item) in paths {
        for method in METHODS {
            let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else { continue };
            ensure!(
                !operation.contains_key("operationId"),
                "{method} {path} has an operationId of its own now: decide whose counts"
            );
            let line = allowed.iter().find(|line| line.method == method && line.path == *path);
            let id = line.map_or_else(|| proposed_name(path, method), |line| line.id.clone());
            operation.insert("operationId".into(), json!(id));
            named += 1;
        }
    }
    Ok(named)
}

/// A name for an operation that nobody has named yet: its literal parts, a last parameter as
/// `item`, and the method.
pub(crate) fn proposed_name(path: &str, method: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "admin").collect();
    let last = parts.len().saturating_sub(1);
    let mut words: Vec<String> = parts
        .iter()
        .enumerate()
        .filter_map(|(index, part)| match (part.starts_with('{'), index == last) {
            (false, _) => Some(snake_case(part)),
            (true, true) => Some("item".into()),
            (true, false) => None,
        })
        .collect();
    words.push(method.into());
    words.join("_")
}

fn snake_case(part: &str) -> String {
    let mut snake = String::new();
    for letter in part.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' });
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_names_a_parameter_twice_is_refused() {
        let document = json!({"paths": {"/c/{id}/composites/{id}": {"get": {}}}});
        let error = refuse_doubled_parameters(&document).unwrap_err().to_string();
        assert!(error.contains("names {id} twice"), "{error}");
        assert!(refuse_doubled_parameters(&json!({"paths": {"/c/{id}/{x}": {"get": {}}}})).is_ok());
    }

    #[test]
    fn the_allow_list_names_an_operation_and_the_rule_only_proposes() {
        let mut document = json!({"paths": {"/admin/realms/{realm}/roles/{name}": {"get": {}, "put": {}}}});
        let allowed = [Allowed {
            id: "role_get".into(),
            method: "get".into(),
            path: "/admin/realms/{realm}/roles/{name}".into(),
        }];
        assert_eq!(name_operations(&mut document, &allowed).unwrap(), 2);
        let item = &document["paths"]["/admin/realms/{realm}/roles/{name}"];
        assert_eq!(item["get"]["operationId"], "role_get");
        assert_eq!(item["put"]["operationId"], "realms_roles_item_put");
        assert!(name_operations(&mut document, &allowed).is_err(), "an id that is there is not overwritten");
    }

    #[test]
    fn proposed_names_are_snake_case() {
        assert_eq!(
            proposed_name("/admin/realms/{realm}/partialImport", "post"),
            "realms_partial_import_post"
        );
        assert_eq!(proposed_name("/admin/realms/{realm}/client-scopes", "get"), "realms_client_scopes_get");
    }
}
