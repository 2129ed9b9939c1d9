//! What every schema must keep to, whatever fields are added.

use std::collections::BTreeSet;

use crate::walk::{at, every_field, is_leaf, schema};
use keycloak_crds::generate::{KINDS, Kind, crds};
use serde_json::{Value, json};

/// Whether `path` is the field `top` or below it.
fn is_below(path: &str, top: &str) -> bool {
    path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
}

fn is_kubernetes_type(kind: &Kind, path: &str) -> bool {
    kind.acted_on
        .iter()
        .filter_map(|entry| entry.strip_suffix(".**"))
        .any(|top| path != top && is_below(path, top))
}

#[test]
fn every_field_of_a_spec_is_acted_on_or_refused_and_never_both() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let mut check = |path: &str, node: &Value| {
            // Lists of plain values are leaves themselves; their items have no path of their own.
            if !path.starts_with("spec.") || !is_leaf(node) || path.ends_with("[]") || path.ends_with("{}") {
                return;
            }
            // What stands in a map is acted on with the map.
            let in_map = path.split_once("{}").is_some_and(|(map, _)| kind.acted_on.contains(&map));
            let acted_on = kind.acted_on.contains(&path) || is_kubernetes_type(kind, path) || in_map;
            let refused = kind.not_built_yet.iter().any(|entry| is_below(path, entry.path));
            if acted_on == refused {
                wrong.push(format!("{} {path}: acted on {acted_on}, refused {refused}", kind.name));
            }
        };
        every_field(schema(kind), &mut check);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_lists_of_fields_name_fields_that_exist_in_order_and_once() {
    for kind in KINDS {
        let schema = schema(kind);
        let acted_on: Vec<&str> = kind.acted_on.to_vec();
        let refused: Vec<&str> = kind.not_built_yet.iter().map(|entry| entry.path).collect();
        for list in [acted_on, refused] {
            for path in &list {
                assert!(at(schema, path.trim_end_matches(".**")).is_some(), "{} has no {path}", kind.name);
            }
            let ordered: Vec<&str> = list.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
            assert_eq!(list, ordered, "{}", kind.name);
        }
    }
}

#[test]
fn every_field_has_a_description_with_an_example() {
    let mut bare = Vec::new();
    for kind in KINDS {
        let mut check = |path: &str, node: &Value| {
            let is_field = !path.ends_with("[]") && !path.ends_with("{}") && path.contains('.');
            let text = node.get("description").and_then(Value::as_str).unwrap_or_default();
            if is_field && !is_kubernetes_type(kind, path) && !text.contains("Example: `") {
                bare.push(format!("{} {path}: {text}", kind.name));
            }
        };
        every_field(schema(kind), &mut check);
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

#[test]
fn examples_are_values_that_the_field_takes() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let mut check = |path: &str, node: &Value| {
            if is_kubernetes_type(kind, path) {
                return;
            }
            let text = node.get("description").and_then(Value::as_str).unwrap_or_default();
            let Some((_, example)) = text.split_once("Example: `") else { return };
            let example = example.trim_end_matches('.').trim_end_matches('`');
            let wanted = node.get("type").and_then(Value::as_str).unwrap_or("any");
            // Text stands in examples without quotes, so only the other types can be compared.
            let fits = match (wanted, serde_yaml_ng::from_str::<Value>(example)) {
                ("string", _) => node.get("enum").is_none_or(|known| {
                    known.as_array().is_some_and(|known| known.contains(&json!(example)))
                }),
                ("array", Ok(value)) => value.is_array(),
                ("object", Ok(value)) => value.is_object(),
                ("boolean", Ok(value)) => value.is_boolean(),
                ("integer", Ok(value)) => value.is_i64(),
                ("number", Ok(value)) => value.is_number(),
                (_, Ok(_)) => true,
                (_, Err(_)) => false,
            };
            if !fits {
                wrong.push(format!("{} {path}: {wanted}, but the example is {example}", kind.name));
            }
        };
        every_field(schema(kind), &mut check);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_default_reaches_keycloak_or_the_pod() {
    let mut defaults = BTreeSet::new();
    for kind in KINDS {
        let mut check = |path: &str, node: &Value| {
            if let Some(default) = node.get("default") {
                assert!(!is_kubernetes_type(kind, path) || path.contains("envVars"), "{} {path}", kind.name);
                defaults.insert(format!("{} {path} = {default}", kind.name));
            }
        };
        every_field(schema(kind), &mut check);
    }
    // Our own switches, keys of Secrets, names of references, and replicas, which the scale subresource needs.
    insta::assert_snapshot!(defaults.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn everything_has_a_bound_so_that_rules_have_a_cost() {
    let mut unbounded = Vec::new();
    for kind in KINDS {
        let mut check = |path: &str, node: &Value| {
            let bound = match node.get("type").and_then(Value::as_str) {
                Some("string") => {
                    ["maxLength", "enum", "format"].iter().any(|bound| node.get(bound).is_some())
                }
                Some("array") => node.get("maxItems").is_some(),
                Some("object") => node.get("properties").is_some() || node.get("maxProperties").is_some(),
                _ => true,
            };
            if !bound {
                unbounded.push(format!("{} {path}", kind.name));
            }
        };
        every_field(schema(kind), &mut check);
    }
    assert!(unbounded.is_empty(), "{}", unbounded.join("\n"));
}

#[test]
fn null_is_the_same_as_absent_and_unknown_fields_are_kept_only_in_free_json() {
    let mut free = BTreeSet::new();
    for kind in KINDS {
        let mut check = |path: &str, node: &Value| {
            assert_eq!(node.get("nullable"), None, "{} {path}", kind.name);
            if node.get("x-kubernetes-preserve-unknown-fields").is_some() {
                free.insert(format!("{} {path}", kind.name));
            }
        };
        every_field(schema(kind), &mut check);
    }
    insta::assert_snapshot!(free.into_iter().collect::<Vec<_>>().join("\n"), @r"
    KeycloakClient spec.extra
    KeycloakRealm spec.authenticationFlows[].executionConfig
    KeycloakRealm spec.clientPolicies[].conditions[].configuration
    KeycloakRealm spec.clientProfiles[].executors[].configuration
    KeycloakRealm spec.extra
    KeycloakRealm spec.groups[].subGroups[].subGroups[].subGroups[].subGroups[].subGroups[]
    KeycloakRealm spec.userProfile
    ");
}

#[test]
fn a_new_object_counts_as_not_looked_at() {
    for kind in KINDS {
        let schema = schema(kind);
        assert_eq!(schema.pointer("/properties/status/default"), Some(&json!({"observedGeneration": -1})));
        let required = schema.get("required").and_then(Value::as_array).expect("required fields");
        assert!(required.contains(&json!("spec")), "{}", kind.name);
    }
}

#[test]
fn every_crd_is_smaller_than_250_kib_and_made_the_same_twice() {
    let first = crds().expect("the CRDs can be made");
    for (name, text) in &first {
        assert!(text.len() < 250 * 1024, "{name} has {} bytes", text.len());
    }
    assert_eq!(first, crds().expect("the CRDs can be made"));
}

#[test]
fn columns_selectors_and_the_scale_subresource_name_fields_that_exist() {
    for kind in KINDS {
        let crd = kind.finished_crd().expect("the CRD can be made");
        let version = crd.pointer("/spec/versions/0").expect("a version");
        let schema = schema(kind);
        let exists = |path: &str| at(schema, path.trim_start_matches('.')).is_some();
        let paths = |list: &str| -> Vec<String> {
            let entries = version.get(list).and_then(Value::as_array).into_iter().flatten();
            entries.filter_map(|entry| entry.get("jsonPath")?.as_str().map(str::to_owned)).collect()
        };
        for path in paths("additionalPrinterColumns") {
            let plain = path.split_once('[').map_or(path.as_str(), |(before, _)| before);
            assert!(plain == ".metadata.creationTimestamp" || exists(plain), "{} {path}", kind.name);
        }
        for path in paths("selectableFields") {
            let field = at(schema, path.trim_start_matches('.')).expect("a selectable field");
            assert_eq!(field.get("type"), Some(&json!("string")), "{} {path}", kind.name);
        }
        assert_eq!(version.pointer("/subresources/status"), Some(&json!({})), "{}", kind.name);
        for path in version.pointer("/subresources/scale").and_then(Value::as_object).into_iter().flatten() {
            assert!(path.1.as_str().is_some_and(exists), "{} {path:?}", kind.name);
        }
    }
}

#[test]
fn no_category_is_also_the_name_of_a_kind() {
    // kubectl would take `kubectl get keycloak <name>` for all kinds of the category, and refuse it.
    let crds: Vec<Value> =
        KINDS.iter().map(|kind| kind.finished_crd().expect("the CRD can be made")).collect();
    let names = |list: &str| -> BTreeSet<String> {
        let all = crds.iter().filter_map(|crd| crd.pointer(&format!("/spec/names/{list}")));
        all.flat_map(|entry| entry.as_array().cloned().unwrap_or_else(|| vec![entry.clone()]))
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect()
    };
    for taken in ["singular", "plural", "shortNames"] {
        assert!(names("categories").is_disjoint(&names(taken)), "{taken}");
    }
    assert_eq!(names("shortNames").len(), KINDS.len());
}
