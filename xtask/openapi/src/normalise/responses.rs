//! Bodies and answers: one media type, one success, no documented errors.

use serde_json::{Map, Value, json};

use crate::json::for_each_operation;

/// How the façade answers, decided while the document still says which codes there are:
/// `created` for a 201 without a body, `optional` for a value or nothing.
pub(crate) const ANSWER: &str = "x-answer";

/// Several request media types stop the generator: JSON stays.
pub(super) fn one_request_media_type(document: &mut Value) -> usize {
    for_each_operation(document, |operation| {
        let content = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
        content.map_or(0, keep_json)
    })
}

fn keep_json(content: &mut Map<String, Value>) -> usize {
    if content.len() < 2 {
        return 0;
    }
    let Some(json) = content.remove("application/json") else { return 0 };
    content.clear();
    content.insert("application/json".into(), json);
    1
}

/// `*/*` and YAML beside JSON would become byte streams.
pub(super) fn responses_are_json(document: &mut Value) -> usize {
    for_each_operation(document, |operation| {
        let mut changed = 0;
        for (_, response) in responses(operation).into_iter().flatten() {
            let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else { continue };
            changed += keep_json(content);
            if let Some(any) = content.remove("*/*") {
                content.insert("application/json".into(), any);
                changed += 1;
            }
        }
        changed
    })
}

/// Marks the calls that create an object, and those that answer a value or nothing.
pub(super) fn mark_answers(document: &mut Value) -> usize {
    for_each_operation(document, |operation| {
        let Some(responses) = responses(operation) else { return 0 };
        let success = |code: &str| responses.get(code);
        let typed = |response: &Value| response.get("content").is_some();
        let answer = match (success("201"), success("200"), success("204")) {
            (Some(created), _, _) if !typed(created) => "created",
            (_, Some(value), Some(_)) if typed(value) => "optional",
            _ => return 0,
        };
        if let Some(operation) = operation.as_object_mut() {
            operation.insert(ANSWER.into(), json!(answer));
        }
        1
    })
}

/// Two successes stop the generator: the typed one stays, or the first of equal ones.
pub(super) fn one_success(document: &mut Value) -> usize {
    for_each_operation(document, |operation| {
        let Some(responses) = responses(operation) else { return 0 };
        let mut codes: Vec<String> = responses.keys().filter(|code| code.starts_with('2')).cloned().collect();
        if codes.len() < 2 {
            return 0;
        }
        codes
            .sort_by_key(|code| (responses.get(code).and_then(|r| r.get("content")).is_none(), code.clone()));
        for code in codes.iter().skip(1) {
            responses.remove(code);
        }
        1
    })
}

/// With a documented error the generated code throws the body or the status away; undocumented ones
/// arrive as the whole response.
pub(super) fn drop_errors(document: &mut Value) -> usize {
    for_each_operation(document, |operation| {
        let Some(responses) = responses(operation) else { return 0 };
        let before = responses.len();
        responses.retain(|code, _| code.starts_with('2'));
        before - responses.len()
    })
}

/// The document's success code is often not the server's. A value-or-nothing answer keeps its code:
/// there a 204 must not be parsed as the value.
pub(super) fn success_is_a_range(document: &mut Value) -> usize {
    for_each_operation(document, |operation| {
        if operation.get(ANSWER) == Some(&json!("optional")) {
            return 0;
        }
        let Some(responses) = responses(operation) else { return 0 };
        let Some(code) = responses.keys().find(|code| code.starts_with('2')).cloned() else { return 0 };
        if let Some(response) = responses.remove(&code) {
            responses.insert("2XX".into(), response);
        }
        1
    })
}

fn responses(operation: &mut Value) -> Option<&mut Map<String, Value>> {
    operation.get_mut("responses").and_then(Value::as_object_mut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(operation: &Value) -> Value {
        json!({"paths": {"/x": {"get": operation}}})
    }

    fn after(step: impl Fn(&mut Value) -> usize, operation: &Value) -> (usize, Value) {
        let mut document = document(operation);
        let count = step(&mut document);
        (count, document["paths"]["/x"]["get"].take())
    }

    fn typed() -> Value {
        json!({"description": "OK", "content": {"application/json": {"schema": {}}}})
    }

    #[test]
    fn of_several_request_media_types_json_stays() {
        let operation = json!({"requestBody": {"content": {"application/json": 1, "application/yaml": 2}}});
        let (count, left) = after(one_request_media_type, &operation);
        assert_eq!((count, &left["requestBody"]["content"]), (1, &json!({"application/json": 1})));
        let form = json!({"requestBody": {"content": {"text/plain": 1}}});
        assert_eq!(after(one_request_media_type, &form), (0, form));
    }

    #[test]
    fn any_media_type_and_yaml_beside_json_become_json() {
        let operation = json!({"responses": {"200": {"content": {"*/*": 1}}}});
        let (count, left) = after(responses_are_json, &operation);
        assert_eq!((count, &left["responses"]["200"]["content"]), (1, &json!({"application/json": 1})));
        let both = json!({"responses": {"200": {"content": {"application/yaml": 2, "application/json": 1}}}});
        let (count, left) = after(responses_are_json, &both);
        assert_eq!((count, &left["responses"]["200"]["content"]), (1, &json!({"application/json": 1})));
    }

    #[test]
    fn creations_and_optional_values_are_marked() {
        let mark =
            |responses: Value| after(mark_answers, &json!({ "responses": responses })).1[ANSWER].clone();
        assert_eq!(mark(json!({"201": {"description": "Created"}})), "created");
        assert_eq!(mark(json!({"201": {"description": ""}, "204": {"description": ""}})), "created");
        assert_eq!(mark(json!({"200": typed(), "204": {"description": ""}})), "optional");
        assert_eq!(mark(json!({"201": typed()})), Value::Null);
        assert_eq!(mark(json!({"204": {"description": ""}})), Value::Null);
    }

    #[test]
    fn of_two_successes_the_typed_one_stays() {
        let operation = json!({"responses": {"204": {"description": ""}, "200": typed(), "404": {}}});
        let (count, left) = after(one_success, &operation);
        assert_eq!((count, &left["responses"]), (1, &json!({"200": typed(), "404": {}})));
    }

    #[test]
    fn documented_errors_are_dropped() {
        let operation = json!({"responses": {"200": typed(), "404": {}, "default": {}}});
        let (count, left) = after(drop_errors, &operation);
        assert_eq!((count, &left["responses"]), (2, &json!({"200": typed()})));
    }

    #[test]
    fn any_success_counts_except_where_nothing_is_an_answer() {
        let (count, left) = after(success_is_a_range, &json!({"responses": {"200": typed()}}));
        assert_eq!((count, &left["responses"]), (1, &json!({"2XX": typed()})));
        let optional = json!({"responses": {"200": typed()}, ANSWER: "optional"});
        assert_eq!(after(success_is_a_range, &optional), (0, optional));
    }
}
