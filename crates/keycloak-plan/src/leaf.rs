//! A representation taken apart into the values that can be owned one by one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::digest::canonical;
use crate::kind::{
    Access, ChildRules, Compare, Field, Kind, Loss, MapRules, MapValues, Naming, Shape, Travel,
};
use crate::path::{FieldPath, PathStep};

mod apart;

pub(crate) use apart::{desired_leaves, live_leaves};

/// How Keycloak shows a secret that it does not give out.
pub(crate) const MASK: &str = "**********";

/// What says how one value compares and is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// A field that no declaration knows: free JSON.
    Undeclared,
    /// A field of the object.
    Field(&'static Field),
    /// A key of a map.
    Key(&'static Field, &'static MapRules),
    /// That a child object exists.
    Child(&'static ChildRules),
}

/// One value of a representation.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    pub(crate) rule: Rule,
    /// As it would be written.
    pub(crate) wire: Value,
    /// As it is compared; `None` means the same as no value at all.
    pub(crate) normal: Option<Value>,
}

/// The values of a representation by path.
pub(crate) type Leaves = BTreeMap<FieldPath, Leaf>;

impl Leaf {
    /// A value as the leaf of a path with this rule.
    pub(crate) fn new(rule: Rule, path: &FieldPath, value: &Value) -> Self {
        match rule {
            Rule::Field(field) => Self::of_field(field, value),
            Rule::Key(field, rules) => Self::of_key(field, rules, last_key(path).unwrap_or_default(), value),
            Rule::Undeclared | Rule::Child(_) => {
                Self { rule, wire: value.clone(), normal: Some(value.clone()) }
            }
        }
    }

    fn of_field(field: &'static Field, value: &Value) -> Self {
        let (wire, normal) = match field.shape {
            Shape::Scalar(compare) => scalar(compare, value),
            Shape::Set => (value.clone(), as_set(value)),
            Shape::List | Shape::Json | Shape::Map(_) | Shape::Children(_) => (value.clone(), value.clone()),
        };
        Self { rule: Rule::Field(field), wire, normal: Some(normal) }
    }

    fn of_key(field: &'static Field, rules: &'static MapRules, key: &str, value: &Value) -> Self {
        let (wire, normal) = match (rules.values, rules.separator(key)) {
            (MapValues::Text, Some(separator)) if value.is_array() => {
                scalar(Compare::JoinedSet(separator), value)
            }
            (MapValues::Text, Some(separator)) => {
                scalar(Compare::JoinedSet(separator), &Value::from(as_text(value)))
            }
            (MapValues::Text, None) => {
                let text = Value::from(as_text(value));
                (text.clone(), text)
            }
            (MapValues::TextSet, _) => {
                let list = match value {
                    Value::Array(items) => Value::from(items.iter().map(as_text).collect::<Vec<_>>()),
                    single => Value::from(vec![as_text(single)]),
                };
                (list.clone(), as_set(&list))
            }
        };
        let empty = match &normal {
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        let normal = (!(empty && rules.empty_is_absent)).then_some(normal);
        Self { rule: Rule::Key(field, rules), wire, normal }
    }
}

impl Rule {
    /// What no value at all compares as.
    pub(crate) fn absent(self) -> Option<Value> {
        match self {
            Self::Field(field) => field.absent.and_then(|value| Leaf::of_field(field, &value.value()).normal),
            Self::Undeclared | Self::Key(..) | Self::Child(_) => None,
        }
    }

    /// Whether the value is a secret by declaration.
    pub(crate) fn is_secret(self, path: &FieldPath) -> bool {
        match self {
            Self::Field(field) => field.secret,
            Self::Key(field, rules) => {
                field.secret || last_key(path).is_some_and(|key| rules.secrets.contains(&key))
            }
            Self::Undeclared | Self::Child(_) => false,
        }
    }

    pub(crate) fn is_immutable(self) -> bool {
        matches!(self, Self::Field(Field { access: Access::Immutable, .. }))
    }

    /// The kind of object that the value names.
    pub(crate) fn refers_to(self) -> Option<&'static str> {
        match self {
            Self::Field(field) | Self::Key(field, _) => field.refers_to,
            Self::Undeclared | Self::Child(_) => None,
        }
    }

    /// What taking the value away loses.
    pub(crate) fn removal(self) -> Loss {
        match self {
            Self::Field(field) | Self::Key(field, _) => field.removal,
            Self::Undeclared | Self::Child(_) => Loss::Nothing,
        }
    }

    /// What a released value goes back to: `None` leaves it alone.
    pub(crate) fn reset(self, path: &FieldPath) -> Option<Reset> {
        match self {
            Self::Field(field) => field.reset_to.map(|value| Reset::To(value.value())),
            Self::Key(_, rules) => rules.reset(last_key(path)?).map(|value| match value {
                Some(value) => Reset::To(Value::from(value)),
                None => Reset::Away,
            }),
            Self::Undeclared | Self::Child(_) => None,
        }
    }
}

/// What a released value goes back to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reset {
    /// To this value.
    To(Value),
    /// It is taken away.
    Away,
}

fn last_key(path: &FieldPath) -> Option<&str> {
    match path.steps().last() {
        Some(PathStep::Key(key)) => Some(key),
        Some(PathStep::Field(_)) | None => None,
    }
}

fn scalar(compare: Compare, value: &Value) -> (Value, Value) {
    match (compare, value) {
        (Compare::IgnoreCase, Value::String(text)) => (value.clone(), Value::from(text.to_lowercase())),
        (Compare::JoinedSet(separator), Value::String(text)) => {
            let parts: Vec<Value> = text.split(separator).map(str::trim).map(Value::from).collect();
            (value.clone(), as_set(&Value::from(parts)))
        }
        (Compare::JoinedSet(separator), Value::Array(items)) => {
            let parts: Vec<String> = items.iter().map(as_text).collect();
            (Value::from(parts.join(separator)), as_set(&Value::from(parts)))
        }
        (Compare::JoinedRules(separator), Value::String(text)) => {
            let rules: Vec<Value> = text.split(separator).map(bare_rule).map(Value::from).collect();
            (value.clone(), as_set(&Value::from(rules)))
        }
        (Compare::Exact | Compare::IgnoreCase | Compare::JoinedSet(_) | Compare::JoinedRules(_), _) => {
            (value.clone(), value.clone())
        }
    }
}

/// A rule without the brackets that hold no value.
fn bare_rule(rule: &str) -> &str {
    let rule = rule.trim();
    rule.strip_suffix("()").or_else(|| rule.strip_suffix("(undefined)")).unwrap_or(rule)
}

/// Sorted, each once, without empty texts (the parts of an empty joined value).
fn as_set(value: &Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let mut sorted: BTreeMap<String, Value> = BTreeMap::new();
    for item in items.iter().filter(|item| item.as_str() != Some("")) {
        sorted.insert(canonical(Some(item)), item.clone());
    }
    sorted.into_values().collect()
}

/// Keycloak's maps hold texts; it takes numbers and booleans as theirs.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            canonical(Some(value))
        }
    }
}

/// The name under which a child stands in paths: its name, and its qualifier unless that is the usual one.
pub(crate) fn child_key(naming: Naming, child: &Value) -> Option<String> {
    let name = child.get(naming.name_field())?.as_str()?;
    match naming {
        Naming::Named(_) => Some(name.to_owned()),
        Naming::Qualified { by, usual, .. } => {
            let escaped = name.replace('\\', r"\\").replace('@', r"\@");
            match child.get(by).and_then(Value::as_str) {
                Some(qualifier) if qualifier != usual => Some(format!("{escaped}@{qualifier}")),
                Some(_) | None => Some(escaped),
            }
        }
    }
}

/// Whether children of this list travel inside the parent.
pub(crate) fn travels_in_parent(rules: &ChildRules) -> bool {
    match rules.travel {
        Travel::InParent => true,
        Travel::AtCreation => false,
    }
}

/// The rule of a path, found from the declarations alone; `None` for a path that no representation has.
pub(crate) fn rule_at(kind: &'static Kind, path: &FieldPath) -> Option<Rule> {
    rule_of_steps(kind, path.steps())
}

fn rule_of_steps(kind: &'static Kind, steps: &[PathStep]) -> Option<Rule> {
    match steps {
        [PathStep::Field(name)] => Some(kind.field(name).map_or(Rule::Undeclared, Rule::Field)),
        [PathStep::Field(name), PathStep::Key(_)] => match kind.field(name) {
            Some(field) => match &field.shape {
                Shape::Map(rules) => Some(Rule::Key(field, rules)),
                Shape::Children(rules) => Some(Rule::Child(rules)),
                Shape::Scalar(_) | Shape::Set | Shape::List | Shape::Json => None,
            },
            None => None,
        },
        [PathStep::Field(name), PathStep::Key(_), rest @ ..] => match kind
            .field(name)
            .map(|field| &field.shape)
        {
            Some(Shape::Children(rules)) => rule_of_steps(rules.kind, rest),
            Some(Shape::Scalar(_) | Shape::Set | Shape::List | Shape::Json | Shape::Map(_)) | None => None,
        },
        [] | [PathStep::Key(_), ..] | [PathStep::Field(_), PathStep::Field(_), ..] => None,
    }
}
