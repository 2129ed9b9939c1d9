//! Taking a representation apart, and refusing what cannot be asked for.

use serde_json::{Map, Value};

use super::{Leaf, Leaves, Rule, child_key};
use crate::kind::{Access, ChildRules, Compare, Field, Kind, MapRules, Shape};
use crate::path::FieldPath;
use crate::refusal::Refusal;
use crate::version::Server;

/// Takes a live representation apart. What is not compared (identity, read-only, other kinds) is left out.
pub(crate) fn live_leaves(kind: &'static Kind, value: &Map<String, Value>) -> Leaves {
    let mut leaves = Leaves::new();
    Apart { server: None, refused: &mut Vec::new() }.take(kind, value, &FieldPath::default(), &mut leaves);
    leaves
}

/// Takes a desired representation apart; what cannot be asked for is refused by path and left out.
pub(crate) fn desired_leaves(
    kind: &'static Kind,
    value: &Map<String, Value>,
    server: &Server,
    refused: &mut Vec<Refusal>,
) -> Leaves {
    let mut leaves = Leaves::new();
    Apart { server: Some(server), refused }.take(kind, value, &FieldPath::default(), &mut leaves);
    leaves
}

/// Taking apart; with a server it is a desired representation, whose faults are refused.
struct Apart<'a> {
    server: Option<&'a Server>,
    refused: &'a mut Vec<Refusal>,
}

impl Apart<'_> {
    fn take(
        &mut self,
        kind: &'static Kind,
        value: &Map<String, Value>,
        prefix: &FieldPath,
        leaves: &mut Leaves,
    ) {
        for (name, value) in value.iter().filter(|(_, value)| !value.is_null()) {
            if name.is_empty() {
                // Seen from its own object it has no path, so nothing could be remembered of it.
                let path =
                    if prefix.steps().is_empty() { FieldPath::field(kind.name) } else { prefix.clone() };
                let representation = kind.representation;
                self.refuse_when_desired(Refusal::EmptyKey { path, representation });
                continue;
            }
            let path =
                if prefix.steps().is_empty() { FieldPath::field(name) } else { prefix.then_field(name) };
            match kind.field(name) {
                None => {
                    let normal = Some(value.clone());
                    leaves.insert(path, Leaf { rule: Rule::Undeclared, wire: value.clone(), normal });
                }
                Some(field) => self.field(kind, field, value, &path, leaves),
            }
        }
    }

    fn field(
        &mut self,
        kind: &'static Kind,
        field: &'static Field,
        value: &Value,
        path: &FieldPath,
        leaves: &mut Leaves,
    ) {
        if !self.may_be_asked(field, path) {
            return;
        }
        match (&field.shape, value) {
            (Shape::Map(rules), Value::Object(map)) => self.map(kind, field, rules, map, path, leaves),
            (Shape::Children(rules), Value::Array(children)) => self.children(rules, children, path, leaves),
            (Shape::Map(_), _) => self.wrong_shape(path, "a map"),
            (Shape::Children(_), _) => self.wrong_shape(path, "a list of objects"),
            (Shape::Set | Shape::List, Value::Array(_))
            | (Shape::Json, _)
            | (Shape::Scalar(Compare::JoinedSet(_)), Value::Array(_) | Value::String(_))
            | (
                Shape::Scalar(Compare::Exact | Compare::IgnoreCase),
                Value::String(_) | Value::Bool(_) | Value::Number(_),
            )
            | (Shape::Scalar(Compare::JoinedRules(_)), Value::String(_)) => {
                leaves.insert(path.clone(), Leaf::of_field(field, value));
            }
            (Shape::Set | Shape::List, _) => self.wrong_shape(path, "a list"),
            (Shape::Scalar(_), _) => self.wrong_shape(path, "one value"),
        }
    }

    fn may_be_asked(&mut self, field: &Field, path: &FieldPath) -> bool {
        match (field.access, self.server) {
            (Access::Identity, _)
            | (Access::ReadOnly | Access::OtherKind(_) | Access::NotManaged(_), None) => false,
            (Access::ReadOnly, Some(_)) => self.refuse(Refusal::ReadOnly { path: path.clone() }),
            (Access::OtherKind(declared), Some(_)) => {
                self.refuse(Refusal::OtherKind { path: path.clone(), declared: declared.to_owned() })
            }
            (Access::NotManaged(instead), Some(_)) => {
                self.refuse(Refusal::Area { path: path.clone(), why: instead.to_owned() })
            }
            (Access::Writable | Access::Immutable, Some(server)) if !server.knows(field.since) => self
                .refuse(Refusal::ServerTooOld {
                    path: path.clone(),
                    asked_in: field.typed_as.map_or_else(|| path.to_string(), str::to_owned),
                    since: field.since,
                    server: server.version.unwrap_or(field.since),
                }),
            (Access::Writable | Access::Immutable, _) => true,
        }
    }

    fn map(
        &mut self,
        kind: &'static Kind,
        field: &'static Field,
        rules: &'static MapRules,
        map: &Map<String, Value>,
        path: &FieldPath,
        leaves: &mut Leaves,
    ) {
        for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
            let path = path.then_key(key);
            if self.server.is_some() && !self.may_be_key(kind, field, rules, key, &path) {
                continue;
            }
            leaves.insert(path, Leaf::of_key(field, rules, key, value));
        }
    }

    fn may_be_key(
        &mut self,
        kind: &'static Kind,
        field: &Field,
        rules: &MapRules,
        key: &str,
        path: &FieldPath,
    ) -> bool {
        if kind.mark == Some(field.name) && crate::mark::is_mark_key(key) {
            return self.refuse(Refusal::MarkKey { path: path.clone() });
        }
        if rules.kept_by_server.contains(&key) {
            return self.refuse(Refusal::ReadOnly { path: path.clone() });
        }
        let listed = rules.mirrors.iter().find(|(start, _)| key.starts_with(start)).map(|(_, field)| *field);
        let named = kind.field(key).filter(|_| rules.mirrors_field_names).map(|field| field.name);
        match listed.or(named) {
            Some(mirrored) => {
                let field = kind.field(mirrored).and_then(|field| field.typed_as).unwrap_or(mirrored);
                self.refuse(Refusal::Mirror { path: path.clone(), field: field.to_owned() })
            }
            None => true,
        }
    }

    fn children(
        &mut self,
        rules: &'static ChildRules,
        children: &[Value],
        path: &FieldPath,
        leaves: &mut Leaves,
    ) {
        for child in children {
            let Value::Object(map) = child else {
                self.wrong_shape(path, "a list of objects");
                continue;
            };
            let Some(key) = child_key(rules.kind.naming, child) else {
                self.refuse_when_desired(Refusal::ChildWithoutName {
                    path: path.clone(),
                    field: rules.kind.naming.name_field().to_owned(),
                });
                continue;
            };
            let at = path.then_key(&key);
            if leaves.contains_key(&at) {
                self.refuse_when_desired(Refusal::ChildTwice { path: at });
                continue;
            }
            leaves.insert(
                at.clone(),
                Leaf { rule: Rule::Child(rules), wire: child.clone(), normal: Some(Value::Bool(true)) },
            );
            self.take(rules.kind, map, &at, leaves);
        }
    }

    fn wrong_shape(&mut self, path: &FieldPath, expected: &'static str) {
        self.refuse_when_desired(Refusal::WrongShape { path: path.clone(), expected: expected.to_owned() });
    }

    fn refuse_when_desired(&mut self, refusal: Refusal) {
        if self.server.is_some() {
            self.refused.push(refusal);
        }
    }

    /// Refuses, and says that the field is not to be taken.
    fn refuse(&mut self, refusal: Refusal) -> bool {
        self.refused.push(refusal);
        false
    }
}
