//! Rotation of clients' secrets: one client profile and one client policy, both of our name, in two documents that are replaced as a
//! whole. What others have in them stays.

mod document;
mod export;
mod refusal;

use keycloak_admin::types::{ClientProfilesRepresentation, RealmRepresentation};
use keycloak_admin::{AdminError, AnswerKind};
use keycloak_crds::realm::{KeycloakRealmSpec, SecretRotationPolicy};
use keycloak_plan::kinds::SECRET_ROTATION;
use keycloak_plan::{Action, Desired, Identity, Live, LiveState, Step};
use serde_json::{Map, Value};

pub(crate) use export::export;
use refusal::refused_in;
pub use refusal::{FeatureOff, RotationRefusal};

use super::parts::{Look, Wanted};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, no_call};
use crate::fields::FieldRefusal;

/// Name of the profile, and of the policy that applies it.
const NAME: &str = "cloakroom-secret-rotation";

/// What Keycloak says of a profile that asks for something which no provider of the server does.
const NO_PROVIDER: &str = "does not have valid provider";

fn identity() -> Identity {
    Identity::new(&SECRET_ROTATION, NAME)
}

/// What a spec wants of the rotation of secrets.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    let Some(policy) = &spec.secret_rotation else { return };
    let faults = refused_in(policy);
    if faults.is_empty() {
        wanted.objects.push(Desired::new(&SECRET_ROTATION, NAME, document::asked(policy)));
    }
    refused.extend(faults.into_iter().map(FieldRefusal::Rotation));
}

/// Adds the profile and the policy of our name: no call, since the settings of a realm hold both documents.
pub(crate) fn observe(look: &Look<'_>, live: LiveState) -> LiveState {
    if !look.needed.declares(&SECRET_ROTATION) {
        return live;
    }
    match document::seen(look.settings) {
        Some(found) => live.present(identity(), Live::new(found.into())),
        None => live,
    }
}

/// The policy that holds in a realm as it was read and as these steps left it, which are done: nothing where there is none, or
/// where somebody made something else of it.
pub fn rotation_in_force<'s>(
    live: Option<&RealmRepresentation>,
    done: impl Iterator<Item = &'s Step>,
) -> Option<SecretRotationPolicy> {
    let mut found = live.and_then(document::seen);
    for step in done.filter(|step| *step.kind() == SECRET_ROTATION) {
        match step.action {
            Action::Create | Action::Update => found = body(step).cloned(),
            Action::Delete => found = None,
            Action::Link | Action::Unlink => {}
        }
    }
    document::policy(&found?)
}

fn body(step: &Step) -> Option<&Map<String, Value>> {
    step.body()?.expose().as_object()
}

/// One step on the rotation of secrets: each document is read, and written where that changes it.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    match step.action {
        Action::Create | Action::Update => put(step, target).await?,
        Action::Delete => take_out(step, target).await?,
        Action::Link | Action::Unlink => return Err(no_call(step)),
    }
    Ok(None)
}

/// The profile first: Keycloak refuses a policy that names one which is not there. What fails after the profile failed to update:
/// half of it is there, and ours.
async fn put(step: &Step, target: &Target<'_>) -> Result<(), SyncError> {
    let (api, realm) = (target.api, target.realm);
    let Some(body) = body(step) else {
        let (verb, object) = (step.action.into(), step.object.clone());
        return Err(SyncError::Incomplete { verb, object, lacks: "body" });
    };
    let profiles = api.client_profiles_get(realm, None).await;
    let mut profiles = profiles.map_err(SyncError::call(Verb::Read, &step.object))?;
    if document::put_profile(&mut profiles, body) {
        let done = api.client_profiles_update(realm, &profiles).await;
        done.map_err(|error| refused(step, &profiles, error))?;
    }
    let failed = || SyncError::call(Verb::Update, &step.object);
    let mut policies = api.client_policies_get(realm, None).await.map_err(failed())?;
    if document::put_policy(&mut policies) {
        if !(target.fence)() {
            return Err(SyncError::Fenced { verb: Verb::Update, object: step.object.clone() });
        }
        api.client_policies_update(realm, &policies).await.map_err(failed())?;
    }
    Ok(())
}

/// The policy first, and the profile only where no policy of somebody else names it: Keycloak would refuse their next change.
async fn take_out(step: &Step, target: &Target<'_>) -> Result<(), SyncError> {
    let (api, realm) = (target.api, target.realm);
    let failed = || SyncError::call(Verb::Delete, &step.object);
    let mut policies = api.client_policies_get(realm, None).await.map_err(failed())?;
    if document::take_policy(&mut policies) {
        api.client_policies_update(realm, &policies).await.map_err(failed())?;
    }
    if document::is_named(&policies) {
        return Ok(());
    }
    let mut profiles = api.client_profiles_get(realm, None).await.map_err(failed())?;
    if document::take_profile(&mut profiles) {
        target.may_still(step)?;
        api.client_profiles_update(realm, &profiles).await.map_err(failed())?;
    }
    Ok(())
}

/// Why the profiles were not taken. Nothing that our login may read says which features the server has: its refusal does.
fn refused(step: &Step, profiles: &ClientProfilesRepresentation, error: AdminError) -> SyncError {
    let has_no_provider =
        error.kind() == Some(AnswerKind::BadRequest) && error.to_string().contains(NO_PROVIDER);
    if !has_no_provider {
        return SyncError::call(step.action.into(), &step.object)(error);
    }
    let feature = FeatureOff {
        field: "spec.secretRotation",
        feature: "client-secret-rotation",
        others: document::others(profiles),
    };
    SyncError::FeatureOff {
        verb: step.action.into(),
        object: step.object.clone(),
        feature: Box::new(feature),
    }
}

#[cfg(test)]
mod tests;
