//! From the derived schema to the one that is installed.
//!
//! What the derive cannot say is added here: bounds for everything (CEL's cost is reckoned from them), the rules about
//! fields that nothing acts on yet, the default of status. What the API server does not know is taken out: `null` as a
//! value (an absent field and `null` are the same), formats of other standards.

use serde_json::{Map, Value, json};

use super::{GenerateError, Kind};
use crate::{rule::NotBuiltYet, status::NEVER_OBSERVED};

/// Length of a string where its field says nothing, in characters.
const MAX_LENGTH: u64 = 8192;

/// Items of a list where its field says nothing.
const MAX_ITEMS: u64 = 1000;

/// Entries of a map or of free JSON where its field says nothing.
const MAX_PROPERTIES: u64 = 1000;

/// Formats that the API server checks (k8s.io/kube-openapi, strfmt); others would only be warned about.
const KNOWN_FORMATS: &[&str] =
    &["int32", "int64", "float", "double", "byte", "date", "date-time", "duration"];

type Node = Map<String, Value>;

/// The CRD of a kind, ready to be installed.
pub(super) fn finish(kind: &Kind) -> Result<Value, GenerateError> {
    let mut crd = serde_json::to_value((kind.crd)())?;
    if let Some(metadata) = crd.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert("labels".to_owned(), json!({"app.kubernetes.io/part-of": "cloakroom"}));
    }
    let Some(root) =
        crd.pointer_mut("/spec/versions/0/schema/openAPIV3Schema").and_then(Value::as_object_mut)
    else {
        return Err(GenerateError::NoSuchField { kind: kind.name, path: "openAPIV3Schema".to_owned() });
    };
    for area in ["spec", "status"] {
        if let Some(node) = child(root, area) {
            Finisher { kind }.node(area, node)?;
        }
    }
    if let Some(status) = child(root, "status") {
        status.insert("default".to_owned(), json!({"observedGeneration": NEVER_OBSERVED}));
    }
    for rule in kind.root_rules {
        add_rule(root, serde_json::to_value(rule)?);
    }
    for refused in kind.not_built_yet {
        refuse(kind, root, refused)?;
    }
    Ok(crd)
}

/// Walks a schema and makes each node what the API server wants.
struct Finisher<'a> {
    kind: &'a Kind,
}

impl Finisher<'_> {
    fn node(&self, path: &str, node: &mut Node) -> Result<(), GenerateError> {
        let foreign = self.is_kubernetes_type(path);
        for keyword in ["nullable", "title", "$schema"] {
            node.remove(keyword);
        }
        self.refuse_alternatives(path, node)?;
        describe(node, foreign);
        tidy_values(node);
        bound(node);
        if let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) {
            for (name, property) in properties {
                if let Some(property) = property.as_object_mut() {
                    self.node(&format!("{path}.{name}"), property)?;
                }
            }
        }
        if let Some(items) = child_schema(node, "items") {
            self.node(&format!("{path}[]"), items)?;
        }
        if let Some(values) = child_schema(node, "additionalProperties") {
            self.node(&format!("{path}{{}}"), values)?;
        }
        Ok(())
    }

    /// Whether the field is of a type that Kubernetes itself defines.
    fn is_kubernetes_type(&self, path: &str) -> bool {
        self.kind.acted_on.iter().filter_map(|known| known.strip_suffix(".**")).any(|top| {
            path.strip_prefix(top).is_some_and(|below| below.starts_with('.') || below.starts_with("[]."))
        })
    }

    /// `anyOf` and its like may only say int-or-string.
    fn refuse_alternatives(&self, path: &str, node: &mut Node) -> Result<(), GenerateError> {
        if node.get("x-kubernetes-int-or-string").is_some() {
            node.remove("anyOf");
        }
        for keyword in ["anyOf", "oneOf", "allOf", "not", "$ref"] {
            if node.contains_key(keyword) {
                return Err(GenerateError::NotStructural {
                    kind: self.kind.name,
                    path: path.to_owned(),
                    keyword,
                });
            }
        }
        Ok(())
    }
}

/// One paragraph; of Kubernetes' own types the first sentence, the rest is in its reference.
fn describe(node: &mut Node, foreign: bool) {
    let Some(Value::String(text)) = node.get_mut("description") else { return };
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    *text = match joined.split_once(". ") {
        Some((first, _)) if foreign => format!("{first}."),
        _ => joined,
    };
}

/// Formats that nobody knows, `null` among enum values and defaults, numbers like `1.0`.
fn tidy_values(node: &mut Node) {
    if node.get("format").and_then(Value::as_str).is_some_and(|format| !KNOWN_FORMATS.contains(&format)) {
        node.remove("format");
    }
    if node.get("default").is_some_and(Value::is_null) {
        node.remove("default");
    }
    if let Some(Value::Array(values)) = node.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    for keyword in ["minimum", "maximum"] {
        let whole = node.get(keyword).and_then(Value::as_f64).filter(|number| number.fract() == 0.0);
        if let Some(Ok(number)) = whole.map(|number| format!("{number:.0}").parse::<i64>()) {
            node.insert(keyword.to_owned(), number.into());
        }
    }
}

/// Bounds where the field says nothing.
fn bound(node: &mut Node) {
    let type_ = node.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (keyword, most) = match type_.as_str() {
        "string" if !node.contains_key("enum") && !node.contains_key("format") => ("maxLength", MAX_LENGTH),
        "array" => ("maxItems", MAX_ITEMS),
        "object" if !node.contains_key("properties") => ("maxProperties", MAX_PROPERTIES),
        _ => return,
    };
    node.entry(keyword).or_insert_with(|| most.into());
}

/// Adds the rule that refuses a field beside that field.
fn refuse(kind: &Kind, root: &mut Node, refused: &NotBuiltYet) -> Result<(), GenerateError> {
    let missing = || GenerateError::NoSuchField { kind: kind.name, path: refused.path.to_owned() };
    let (holder, field) = refused.path.rsplit_once('.').ok_or_else(missing)?;
    let node = descend(root, holder).ok_or_else(missing)?;
    child(node, field).ok_or_else(missing)?;
    let rule = match refused.harmless {
        Some(harmless) => format!("!has(self.{field}) || {harmless}"),
        None => format!("!has(self.{field})"),
    };
    let sentence = refused.sentence();
    let entry = json!({"rule": rule, "message": sentence, "fieldPath": format!(".{field}"), "reason": "FieldValueForbidden"});
    add_rule(node, entry);
    Ok(())
}

fn add_rule(node: &mut Node, rule: Value) {
    let rules = node.entry("x-kubernetes-validations").or_insert_with(|| json!([]));
    if let Some(rules) = rules.as_array_mut() {
        rules.push(rule);
    }
}

/// The schema at a path like `spec.groups[]`.
fn descend<'a>(root: &'a mut Node, path: &str) -> Option<&'a mut Node> {
    path.split('.').try_fold(root, |node, segment| {
        let name = segment.trim_end_matches("[]");
        let node = child(node, name)?;
        if segment.ends_with("[]") { child_schema(node, "items") } else { Some(node) }
    })
}

fn child<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
    node.get_mut("properties")?.get_mut(name)?.as_object_mut()
}

fn child_schema<'a>(node: &'a mut Node, keyword: &str) -> Option<&'a mut Node> {
    node.get_mut(keyword)?.as_object_mut()
}
