//! Parameters: query parameters that leaked to the path, types, patterns.

use serde_json::{Value, json};

use crate::json::{METHODS, for_each_operation, text};

/// On the authorization paths the scanner repeats the eleven query parameters of a list on every
/// operation below it. They mean nothing there: only what an operation declares itself is kept.
pub(super) fn drop_leaked_query_parameters(document: &mut Value) -> usize {
    each_path_item(document, |path, item| {
        if !path.contains("/authz/") {
            return 0;
        }
        take_query_parameters(item).len() * METHODS.iter().filter(|method| item.get(method).is_some()).count()
    })
}

/// Elsewhere a query parameter of the path belongs to each operation that does not have it.
pub(super) fn push_down_query_parameters(document: &mut Value) -> usize {
    each_path_item(document, |_, item| {
        let mut pushed = 0;
        for parameter in take_query_parameters(item) {
            for method in METHODS {
                let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else { continue };
                let own = operation.entry("parameters").or_insert_with(|| json!([]));
                let Some(own) = own.as_array_mut() else { continue };
                if !own.iter().any(|own| text(own, "name") == text(&parameter, "name")) {
                    own.push(parameter.clone());
                    pushed += 1;
                }
            }
        }
        pushed
    })
}

/// An enum as a path parameter is typed `object`, which has no text form.
pub(super) fn path_parameters_are_text(document: &mut Value) -> usize {
    each_parameter(document, |parameter| {
        let object = parameter.pointer("/schema/type") == Some(&json!("object"));
        if text(parameter, "in") != "path" || !object {
            return 0;
        }
        if let Some(schema) = parameter.get_mut("schema") {
            *schema = json!({"type": "string"});
        }
        1
    })
}

/// A pattern would make a type of its own that needs a regular expression engine at run time.
pub(super) fn drop_patterns(document: &mut Value) -> usize {
    each_parameter(document, |parameter| {
        let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
        usize::from(schema.is_some_and(|schema| schema.remove("pattern").is_some()))
    })
}

fn each_path_item(document: &mut Value, mut change: impl FnMut(&str, &mut Value) -> usize) -> usize {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    paths.into_iter().flatten().map(|(path, item)| change(path, item)).sum()
}

fn take_query_parameters(item: &mut Value) -> Vec<Value> {
    let Some(parameters) = item.get_mut("parameters").and_then(Value::as_array_mut) else { return vec![] };
    parameters.extract_if(.., |parameter| text(parameter, "in") == "query").collect()
}

fn each_parameter(document: &mut Value, change: impl Fn(&mut Value) -> usize) -> usize {
    let in_list = |holder: &mut Value| -> usize {
        let parameters = holder.get_mut("parameters").and_then(Value::as_array_mut);
        parameters.into_iter().flatten().map(&change).sum()
    };
    each_path_item(document, |_, item| in_list(item)) + for_each_operation(document, in_list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(name: &str) -> Value {
        json!({"name": name, "in": "query", "schema": {"type": "string"}})
    }

    #[test]
    fn leaked_query_parameters_vanish_from_the_authorization_paths_only() {
        let item = json!({"parameters": [query("deep"), {"name": "realm", "in": "path"}],
            "get": {"parameters": [query("deep")]}, "delete": {}});
        let mut document = json!({"paths": {"/c/authz/x": item, "/other": item}});
        assert_eq!(drop_leaked_query_parameters(&mut document), 2, "counted per operation");
        let kept = &document["paths"]["/c/authz/x"];
        assert_eq!(kept["parameters"], json!([{"name": "realm", "in": "path"}]));
        assert_eq!(kept["get"]["parameters"], json!([query("deep")]), "its own stay");
        assert_eq!(document["paths"]["/other"], item);
    }

    #[test]
    fn a_query_parameter_of_a_path_goes_to_the_operations_that_lack_it() {
        let mut document = json!({"paths": {"/x": {
            "parameters": [query("scope")], "get": {}, "post": {"parameters": [query("scope")]}}}});
        assert_eq!(push_down_query_parameters(&mut document), 1);
        let item = &document["paths"]["/x"];
        assert_eq!(item["parameters"], json!([]));
        assert_eq!(item["get"]["parameters"], json!([query("scope")]));
        assert_eq!(item["post"]["parameters"], json!([query("scope")]));
    }

    #[test]
    fn a_path_parameter_of_type_object_is_text() {
        let mut document = json!({"paths": {"/{t}": {"get": {"parameters": [
            {"name": "t", "in": "path", "schema": {"type": "object"}},
            {"name": "q", "in": "query", "schema": {"type": "object"}}]}}}});
        assert_eq!(path_parameters_are_text(&mut document), 1);
        let parameters = &document["paths"]["/{t}"]["get"]["parameters"];
        assert_eq!(parameters[0]["schema"], json!({"type": "string"}));
        assert_eq!(parameters[1]["schema"], json!({"type": "object"}));
    }

    #[test]
    fn patterns_go_wherever_the_parameter_stands() {
        let path = json!({"name": "p", "in": "path", "schema": {"type": "string", "pattern": ".*"}});
        let mut document = json!({"paths": {"/{p}": {"parameters": [path], "get": {"parameters": [path]}}}});
        assert_eq!(drop_patterns(&mut document), 2);
        assert!(!document.to_string().contains("pattern"));
    }
}
