//! What a pass wrote into the status of its object by itself, before its report.

use std::sync::{Arc, Mutex};

use kube::core::DynamicObject;
use serde_json::Value;

use crate::locked;

/// What a pass wrote into the status of its object by itself. Clones share it.
///
/// The one status patch of a pass says only what differs from the status that was read at its beginning. A pass that writes
/// into the fields of its report before that, because something has to stand there before it goes on, tells it here: then
/// the report is compared with what stands there now, and what it does not mention stays as the pass wrote it.
#[derive(Clone, Debug, Default)]
pub struct StatusWrites(Arc<Mutex<Option<StatusWrite>>>);

/// The object's status after such a write.
#[derive(Clone, Debug)]
pub(crate) struct StatusWrite {
    pub(crate) status: Value,
    pub(crate) resource_version: Option<String>,
}

impl StatusWrites {
    /// Tells of a write: `object` is what the API server answered to it.
    pub fn tell(&self, object: &DynamicObject) {
        let write = StatusWrite {
            status: object.data.get("status").cloned().unwrap_or_default(),
            resource_version: object.metadata.resource_version.clone(),
        };
        *locked(&self.0) = Some(write);
    }

    /// The last one.
    pub(crate) fn last(&self) -> Option<StatusWrite> {
        locked(&self.0).clone()
    }
}
