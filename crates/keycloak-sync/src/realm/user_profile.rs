//! The user profile of a realm: which attributes users have, and who may see and change them. An attribute and a group are owned by
//! name, each with everything that its entry says; what somebody else added stays.

mod document;
mod export;
mod refusal;

use keycloak_admin::types::UpConfig;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::USER_PROFILE;
use keycloak_plan::{Action, Desired, Identity, Live, LiveState, Step};

pub(crate) use export::{export, lacks, take};
pub use refusal::ProfileRefusal;
use refusal::refused_in;

use super::parts::{Look, Wanted};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, no_call};
use crate::fields::FieldRefusal;
use crate::observed::json;

fn identity(realm: &str) -> Identity {
    Identity::new(&USER_PROFILE, realm)
}

/// What a spec wants of the user profile.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    let Some(profile) = spec.user_profile.as_ref().map(|profile| &profile.0) else { return };
    let faults = refused_in(profile);
    if !faults.is_empty() {
        refused.extend(faults.into_iter().map(FieldRefusal::Profile));
        return;
    }
    let asked = document::taken_apart(profile);
    if !asked.is_empty() {
        wanted.made_with_realm.insert(identity(&spec.realm_name));
        wanted.objects.push(Desired::new(&USER_PROFILE, &spec.realm_name, asked));
    }
}

/// Adds the user profile of the realm: one call, where a spec or the record knows one.
pub(crate) async fn observe(look: &Look<'_>, live: LiveState) -> Result<LiveState, SyncError> {
    if !look.needed.declares(&USER_PROFILE) {
        return Ok(live);
    }
    let identity = identity(look.realm);
    let profile = look.api.user_profile_get(look.realm).await;
    let profile = profile.map_err(SyncError::call(Verb::Read, &identity))?;
    Ok(live.present(identity, seen(&profile)))
}

fn seen(profile: &UpConfig) -> Live {
    let whole = json(profile);
    Live::new(whole.as_object().map(document::taken_apart).unwrap_or_default().into())
}

/// One step on the user profile: one call.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    let (verb, object) = (Verb::from(step.action), step.object.clone());
    match step.action {
        Action::Update => {}
        Action::Create | Action::Delete | Action::Link | Action::Unlink => return Err(no_call(step)),
    }
    let Some(body) = step.body().and_then(|body| body.expose().as_object()) else {
        return Err(SyncError::Incomplete { verb, object, lacks: "body" });
    };
    let profile = document::put_together(body);
    let profile: UpConfig = serde_json::from_value(profile.into()).map_err(|_| SyncError::WrongType {
        verb,
        object,
        fields: vec!["userProfile".to_owned()],
    })?;
    let done = target.api.user_profile_update(target.realm, &profile).await;
    done.map_err(SyncError::call(verb, &step.object))?;
    Ok(None)
}

#[cfg(test)]
mod tests;
