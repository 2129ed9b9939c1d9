//! What of the spec can only be told by reading it as a whole, and which version counts.

use std::collections::BTreeSet;

use authorization_token::{TargetPolicy, TokenId};
use keycloak_admin::logins::MASTER;
use keycloak_connect::tokens::NamedTokens;
use keycloak_crds::Keycloak;
use kube::ResourceExt as _;

use crate::{
    controller::is_of_the_seed,
    error::InstanceError,
    observe::Seen,
    workload::{self, Child, stateful_set::version_of},
};

/// Oldest server that is supported.
const OLDEST: (u32, u32) = (26, 4);

/// What was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid {
    /// Version of the server; `None` where it can neither be seen nor was it written down.
    pub version: Option<String>,
    /// `spec.authorization.revoked`.
    pub revoked: BTreeSet<TokenId>,
    /// The objects of a server that we run; none where it runs elsewhere, and none as long as a Secret is missing.
    pub children: Vec<Child>,
}

/// Checks the spec. `seen`: the version that the server told in this pass.
///
/// What the server tells counts before what somebody wrote down, and that before what the server told in an earlier pass:
/// only an administrator always sees the version, and our own login must not be one.
///
/// # Errors
/// See [`InstanceError`].
pub fn validate(object: &Keycloak, seen: Option<&str>) -> Result<Valid, InstanceError> {
    if is_of_the_seed(object) {
        return Err(InstanceError::SeedObject);
    }
    check_grant_realms(object)?;
    let declared = object.spec.declared_version();
    if let Some(declared) = declared.filter(|version| numbers(version).is_none()) {
        return Err(invalid("spec.version", format!("{declared:?} is no version; write for example 26.7.3")));
    }
    let known = object.status.as_ref().and_then(|status| status.version.as_deref());
    let version = seen.or(declared).or(known);
    check_age(version)?;
    named_tokens(object)?;
    Ok(Valid { version: version.map(str::to_owned), revoked: revoked(object)?, children: Vec::new() })
}

fn check_age(version: Option<&str>) -> Result<(), InstanceError> {
    match version.filter(|version| numbers(version).is_some_and(|found| found < OLDEST)) {
        Some(version) => Err(InstanceError::TooOld { version: version.to_owned() }),
        None => Ok(()),
    }
}

/// Adds what the spec of a server that we run amounts to.
///
/// Its version is published when it runs: until a change is rolled out, the one that ran before counts.
///
/// # Errors
/// See [`workload::render`].
pub fn with_children(valid: Valid, seen: &Seen) -> Result<Valid, InstanceError> {
    let Some(workload) = &seen.workload else { return Ok(valid) };
    let children = match &workload.inputs {
        Some(inputs) => workload::render(&seen.instance, inputs, workload.stateful_set.as_ref())?,
        None => Vec::new(),
    };
    let image = workload::stateful_set::image(&seen.instance, workload.container());
    let of_image = version_of(&image).filter(|version| numbers(version).is_some());
    let known = seen.instance.version();
    let declared = seen.instance.object().spec.declared_version();
    let wanted = seen.version.as_deref().or(declared).or(of_image).or(known);
    check_age(wanted)?;
    let version = if workload.rollout.done { wanted } else { known }.map(str::to_owned);
    Ok(Valid { version, children, ..valid })
}

fn check_grant_realms(object: &Keycloak) -> Result<(), InstanceError> {
    let realms = object.spec.admin.iter().flat_map(|admin| admin.grant_realms.iter().flatten());
    for (index, realm) in realms.enumerate() {
        let why = match realm.as_str() {
            MASTER => "master cannot be given to our login: whoever manages it manages the server; remove it",
            "" => "is empty; write the name of a realm, or remove the entry",
            _ => continue,
        };
        return Err(invalid(format!("spec.admin.grantRealms[{index}]"), why));
    }
    Ok(())
}

pub(crate) fn revoked(object: &Keycloak) -> Result<BTreeSet<TokenId>, InstanceError> {
    // Plain structs cannot fail to be written; if one did, the policy would be the default.
    let authorization = serde_json::to_value(&object.spec.authorization).unwrap_or_default();
    let policy = TargetPolicy::read(&authorization).map_err(|error| invalid(error.path, error.why))?;
    Ok(policy.revoked)
}

/// `spec.authorization.tokens`.
pub(crate) fn named_tokens(object: &Keycloak) -> Result<NamedTokens, InstanceError> {
    NamedTokens::read(object.spec.authorization.as_ref(), &object.name_any())
        .map_err(|error| invalid(error.path, error.why))
}

pub(crate) fn invalid(field: impl Into<String>, why: impl Into<String>) -> InstanceError {
    InstanceError::InvalidSpec { field: field.into(), why: why.into() }
}

/// Major and minor of `26.7.3`, `26.7` or `26.7.3-SNAPSHOT`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(['.', '-']);
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests;
