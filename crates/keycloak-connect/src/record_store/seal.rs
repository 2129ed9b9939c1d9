//! What tells a record in a `ConfigMap` that we wrote from one that somebody else wrote there, or put back.
//!
//! Many may write `ConfigMap`s: the cluster's role `edit` gives that. So beside the text stands a seal,
//! `<revision>:<digest>:<id of the key>`: an HMAC by the record key over whose record it is, its revision and the text. Nobody without
//! the key makes one for another text, another object or another revision. Older texts carry seals of ours, too; status, which no
//! role of ours lets people write, says which revision is the least that counts. One that is later was written by a pass that was
//! stopped before status said so.

use crate::{owner::Owner, record_key::RecordKey};

/// What the digest is for: no digest of another use is taken for one of these.
const PURPOSE: &str = "keycloak.mdvr.nl/record-seal/v1";

/// A text that nobody sealed.
const UNSEALED: &str =
    "holds one without a seal: somebody else wrote it, or a version of the controllers that made no seals";
/// One that another key sealed.
const OTHER_KEY: &str = "holds one that was sealed with another key than that of Secret cloakroom-record-key: that key was \
                         lost, or somebody else changed the record";
/// One whose seal is of something else.
const CHANGED: &str = "was changed by somebody else";
/// One of ours that does not count any more.
const PUT_BACK: &str = "was put back to an older one by somebody else";

/// The seal of a text.
pub(super) fn seal(key: &RecordKey, owner: &Owner, revision: i64, text: &str) -> String {
    format!("{revision}:{}:{}", digest(key, owner, revision, text), key.id())
}

/// The revision of a text that we wrote for this object, where that is at least the least one.
///
/// # Errors
/// What is to be told of the `ConfigMap`.
pub(super) fn open(
    key: &RecordKey,
    owner: &Owner,
    seal: Option<&str>,
    text: &str,
    least: i64,
) -> Result<i64, &'static str> {
    let mut parts = seal.ok_or(UNSEALED)?.splitn(3, ':');
    let mut next = || parts.next().ok_or(CHANGED);
    let (revision, found, id) = (next()?, next()?, next()?);
    let revision: i64 = revision.parse().map_err(|_| CHANGED)?;
    if id != key.id() {
        return Err(OTHER_KEY);
    }
    if found != digest(key, owner, revision, text) {
        return Err(CHANGED);
    }
    if revision < least { Err(PUT_BACK) } else { Ok(revision) }
}

fn digest(key: &RecordKey, owner: &Owner, revision: i64, text: &str) -> String {
    let revision = revision.to_string();
    let values = [owner.kind.as_str(), &owner.namespace, &owner.name, &owner.uid, &revision, text];
    key.digest(PURPOSE, values.iter().map(|value| value.as_bytes()))
}
