//! Owned values that left the CR (rule 1.7).

use std::collections::BTreeSet;

use super::{ObjectDiff, Sides, To, entry_of, is_masked, is_refused, remembered_hash};
use crate::change::{Reason, Shown};
use crate::leaf::{Leaf, Reset, rule_at};
use crate::path::FieldPath;
use crate::record::Remember;

impl Sides<'_> {
    /// Owned values that left the CR (rule 1.7).
    pub(super) fn release(&self, found: &mut ObjectDiff) {
        let mut released: BTreeSet<FieldPath> = self.owned.paths().cloned().collect();
        released.retain(|path| !self.asked.contains_key(path) && !is_refused(path, found));
        for path in released {
            let entry = entry_of(self.desired.kind, &path);
            if entry.as_ref().is_some_and(|entry| !self.asked.contains_key(entry)) {
                // The entry as a whole left the CR, see above; or it is gone with everything in it.
                if entry.is_some_and(|entry| !self.live_leaves.contains_key(&entry)) {
                    found.settled.push(Remember::NoValue(path));
                }
                continue;
            }
            self.release_value(path, found);
        }
        for path in self.owned.seed_defaults() {
            if !self.asked.contains_key(path) && !is_refused(path, found) {
                found.settled.push(Remember::NoSeedDefault(path.clone()));
            }
        }
    }

    fn release_value(&self, path: FieldPath, found: &mut ObjectDiff) {
        let forget = Remember::NoValue(path.clone());
        let Some(rule) = rule_at(self.desired.kind, &path) else {
            return found.settled.push(forget);
        };
        let live = self.live_leaves.get(&path);
        let reads = live.map_or_else(|| rule.absent(), |live| live.normal.clone());
        let masked = live.is_some_and(is_masked);
        let ours = masked
            || remembered_hash(self.desired, self.context.key, &path, rule, reads.as_ref())
                .is_some_and(|reads| self.owned.value(&path).is_some_and(|applied| applied.hash == reads));
        let target = match rule.reset(&path) {
            Some(Reset::Away) => None,
            Some(Reset::To(value)) => Some(value),
            // Nothing to go back to, and nothing there: nothing to report either.
            None if live.is_none() => return found.settled.push(forget),
            None => {
                found.left.push(path);
                return found.settled.push(forget);
            }
        };
        let already = match &target {
            None => reads.is_none(),
            Some(value) => reads == Leaf::new(rule, &path, value).normal,
        };
        if already {
            found.settled.push(forget);
        } else if ours {
            let to = target.clone().map_or(To::Away, To::Set);
            let new = target.map_or(Shown::Absent, Shown::Value);
            self.edit(&path, rule, new, Reason::Released, to, vec![forget], found);
        } else {
            // Somebody else changed it meanwhile: it is theirs now.
            found.left.push(path);
            found.settled.push(forget);
        }
    }
}
