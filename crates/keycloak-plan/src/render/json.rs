//! A plan as JSON.
//!
//! ```json
//! {
//!   "format": 1,
//!   "subject": {"what", "on", "cr", "namespace", "uid", "realmId"},
//!   "adoption": "equal | absent | other",
//!   "counts": {"change", "create", "delete", "link", "unlink", "waiting", "blocked"},
//!   "approval": "<value of keycloak.mdvr.nl/approve>",
//!   "steps": [{
//!     "id": 0, "action": "create | update | delete | link | unlink",
//!     "kind": "role", "identity": "contractor", "path": "...", "idOnServer": "...",
//!     "link": {"relation", "target"},
//!     "changes": [{"path", "reason": "desired | drift | released", "old", "new", "sensitive", "note"}],
//!     "loses": "Nothing | Login | Configuration | Access | UserData", "held": "held by 3 users",
//!     "state": "ready" | {"waiting": "approval | approvalOfMany"} | {"after": 0},
//!     "dependsOn": [0]
//!   }],
//!   "findings": {"overridden", "refused", "released", "unknown", "unresolved", "withoutEffect", "seedDefaults", "unmanaged",
//!     "unproven"},
//!   "unchanged": {"roles": 61}
//! }
//! ```
//!
//! What has no value is left out. Fields are only ever added while `format` stays 1. Secrets never appear: where
//! `sensitive` is true, `old` and `new` are the words `secret` or `unknown`.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::mark::Adoption;
use crate::plan::{Counts, Findings, Plan, Step, Subject};

const FORMAT: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    format: u32,
    subject: &'a Subject,
    #[serde(skip_serializing_if = "Option::is_none")]
    adoption: Option<Adoption>,
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval: Option<&'a str>,
    steps: &'a [Step],
    findings: &'a Findings,
    unchanged: &'a BTreeMap<&'static str, usize>,
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = Document {
            format: FORMAT,
            subject: &self.subject,
            adoption: self.adoption,
            counts: self.counts(),
            approval: self.approval(),
            steps: &self.steps,
            findings: &self.findings,
            unchanged: &self.unchanged,
        };
        document.serialize(serializer)
    }
}
