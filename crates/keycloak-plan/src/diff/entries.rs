//! Entries of lists of child objects that travel inside their parent: which come, go, stay and are nobody's.

use serde_json::Value;

use super::{ObjectDiff, RemovedChild, Sides, To, entry_of, is_refused, remember_created};
use crate::change::{Reason, Shown};
use crate::kind::{ChildRules, Deletion};
use crate::leaf::{Leaf, Rule, travels_in_parent};
use crate::path::FieldPath;
use crate::record::Remember;

impl Sides<'_> {
    /// An entry of a list of child objects that the CR declares.
    pub(super) fn compare_entry(&self, path: &FieldPath, leaf: &Leaf, found: &mut ObjectDiff) {
        if self.live_leaves.contains_key(path) {
            return;
        }
        let known = self.owned.created_child(path) || self.owned.paths().any(|owned| owned.is_within(path));
        let reason = if known { Reason::Drift } else { Reason::Desired };
        let mut after = vec![Remember::NoChild(path.clone()), Remember::Child(path.clone())];
        after.extend(self.remember_within(path));
        let new = Shown::Value(Value::Bool(true));
        self.edit(path, leaf.rule, new, reason, To::Entry, after, found);
        if let Some(edit) = found.edits.last_mut() {
            edit.change.entry = true;
        }
    }

    /// What is remembered of the values inside a new entry.
    pub(super) fn remember_within(&self, entry: &FieldPath) -> Vec<Remember> {
        let inside = self.asked.iter().filter(|(path, _)| path.is_within(entry));
        inside.filter_map(|(path, leaf)| self.remember_created(path, leaf)).collect()
    }

    fn remember_created(&self, path: &FieldPath, leaf: &Leaf) -> Option<Remember> {
        remember_created(self.desired, self.context.key, path, leaf)
    }

    pub(super) fn inside_missing_entry(&self, path: &FieldPath) -> bool {
        entry_of(self.desired.kind, path).is_some_and(|entry| !self.live_leaves.contains_key(&entry))
    }

    /// Entries that the CR does not declare.
    pub(super) fn compare_entries(&self, found: &mut ObjectDiff) {
        for (path, leaf) in &self.live_leaves {
            let Rule::Child(rules) = leaf.rule else { continue };
            if self.asked.contains_key(path) || is_refused(path, found) || !travels_in_parent(rules) {
                continue;
            }
            let created = self.owned.created_child(path);
            let list = FieldPath::field(path.top());
            if created {
                self.remove_entry(path, leaf, rules, Reason::Released, found);
            } else if self.desired.exclusive.contains(&list) {
                self.remove_entry(path, leaf, rules, Reason::Desired, found);
            } else if self.owned.paths().any(|owned| owned.is_within(path)) {
                found.settled.push(Remember::NoChild(path.clone()));
                found.left.push(path.clone());
            } else if self.asked.keys().any(|asked| asked.is_within(&list)) {
                found.unmanaged.push(path.clone());
            }
        }
        for path in self.owned.children() {
            let gone = !self.live_leaves.contains_key(path) && !self.asked.contains_key(path);
            if gone && !is_refused(path, found) {
                found.settled.push(Remember::NoChild(path.clone()));
            }
        }
    }

    fn remove_entry(
        &self,
        path: &FieldPath,
        leaf: &Leaf,
        rules: &ChildRules,
        reason: Reason,
        found: &mut ObjectDiff,
    ) {
        let loss = match rules.kind.deletion {
            Deletion::Loses(loss) | Deletion::IfHeld { held: loss, .. } => loss,
        };
        let text = |name: &str| leaf.wire.get(name).and_then(Value::as_str).map(str::to_owned);
        let after = vec![Remember::NoChild(path.clone())];
        self.edit(path, leaf.rule, Shown::Absent, reason, To::NoEntry, after, found);
        if let Some(edit) = found.edits.last_mut() {
            edit.change.entry = true;
            edit.change.old = Shown::Value(Value::Bool(true));
            edit.loss = loss;
            edit.removes = Some(RemovedChild {
                kind: rules.kind,
                name: crate::leaf::child_key(rules.kind.naming, &leaf.wire).unwrap_or_default(),
                id: text("id"),
                created_by_us: self.owned.created_child(path),
            });
        }
    }
}
