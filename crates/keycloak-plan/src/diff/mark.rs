//! The mark of the owner, written like a field that is always asked.

use serde_json::Value;

use super::{Edit, ObjectDiff, Sides, To};
use crate::change::{Change, Reason, Shown};
use crate::kind::Loss;
use crate::path::FieldPath;

impl Sides<'_> {
    pub(super) fn compare_mark(&self, found: &mut ObjectDiff) {
        let (Some(field), Some(mark)) = (self.desired.kind.mark, &self.desired.mark) else { return };
        let reason = if self.owned.created_by_us() || self.owned.paths().next().is_some() {
            Reason::Drift
        } else {
            Reason::Desired
        };
        for (key, value) in mark.attributes() {
            let path = FieldPath::field(field).then_key(key);
            let live = self.live_leaves.get(&path);
            if live.and_then(|live| live.wire.as_str()) == Some(value) {
                continue;
            }
            let change = Change {
                path,
                old: live.map_or(Shown::Absent, |live| Shown::Value(live.wire.clone())),
                new: Shown::Value(Value::from(value)),
                reason,
                note: None,
                set: false,
                entry: false,
                mark: true,
            };
            let to = To::Set(Value::from(value));
            found.edits.push(Edit {
                change,
                to,
                after: Vec::new(),
                loss: Loss::Nothing,
                removes: None,
                names: None,
            });
        }
    }
}
