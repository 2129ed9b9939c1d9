//! A realm: `KeycloakRealm` and Keycloak's realm settings.

mod client_role;
mod client_scopes;
mod export;
mod groups;
mod holdings;
mod links;
mod mail;
mod parts;
mod policies;
mod required_actions;
mod roles;
mod scope_mappings;
mod secret_rotation;
mod seed;
mod settings;
mod texts;
mod user_profile;

pub(crate) use client_role::ClientRole;
pub use client_scopes::ScopeRefusal;
pub(crate) use client_scopes::in_both as scopes_in_both;
pub use export::export;
pub use groups::GroupRefusal;
pub use holdings::{Holdings, holdings};
use keycloak_admin::types::RealmRepresentation;
use keycloak_admin::{AdminApi, RealmView, Secret};
use keycloak_crds::name::RealmName;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::realm::fields::NOT_BUILT_YET;
use keycloak_plan::kinds::REALM;
use keycloak_plan::{Action, Desired, Identity, Mark, Step, StepId};
pub use parts::{Wanted, is_of_a_client, missing, observe_parts, read_whole, wanted, without_effect};
pub use required_actions::{ActionRefusal, MissingRequiredAction};
pub use roles::RoleRefusal;
pub(crate) use roles::cycle as cycle_of_roles;
pub use scope_mappings::MappingRefusal;
pub use secret_rotation::{FeatureOff, RotationRefusal, rotation_in_force};
pub use seed::of_the_seed;
use settings::representation;
pub use texts::TextRefusal;
pub use user_profile::ProfileRefusal;

use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call};
use crate::fields::{RefusedFields, not_built_yet, with_extra};

/// What Keycloak has of a realm.
pub type Observed = crate::observed::Observed<RealmRepresentation>;

/// Fields of the CR that are about Kubernetes: who may use the realm.
const ELSEWHERE: &[&str] = &["spec.authorization", "spec.clientAuthorizationGrants", "spec.takeOver"];

/// Whether clients can live in a realm (rule 4.1), as far as the realm itself shows it. That it is ours is proven by
/// the login Secret, bound to the id that is in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It exists, and logins to it work.
    Available {
        /// Keycloak's id of it.
        realm_id: String,
    },
    /// It exists, but nobody can log in to it.
    Disabled {
        /// Keycloak's id of it.
        realm_id: String,
    },
    /// There is no such realm.
    Missing,
}

/// Values of the Secrets that a realm names, as they were read. They are hashed with the key of the record and never printed.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// Of `spec.smtpServer.passwordSecret`.
    pub smtp_password: Option<Secret>,
}

impl Secrets {
    /// Whether the plan of this spec compares a secret, and so needs the key of the record.
    pub fn are_asked_for(spec: &KeycloakRealmSpec) -> bool {
        spec.smtp_server
            .as_ref()
            .is_some_and(|smtp| smtp.password.is_some() || smtp.password_secret.is_some())
    }
}

/// The realm as a plan names it.
pub fn identity(name: &str) -> Identity {
    Identity::new(&REALM, name)
}

/// What the CR asks of the realm's settings: only what stands in it. What it asks of everything in the realm that has calls of its
/// own is [`wanted`]; what cannot be asked for is refused here for both. Values that the realm is created with and that belong to
/// nobody afterwards are in the declaration of its kind.
///
/// `secrets` are the values of the Secrets that the spec names; one that is missing is not asked for, so do not make a plan
/// to be carried out before all of them are read. `mark` is left out where nothing may be marked: a plan for people, `management: Observe`. Call
/// [`Desired::with_id`] on the result to choose the id of a new realm, which saves reading it back.
///
/// # Errors
/// Every field that cannot be asked for, with what to write instead.
pub fn desired(
    spec: &KeycloakRealmSpec,
    secrets: &Secrets,
    mark: Option<&Mark>,
) -> Result<Desired, RefusedFields> {
    let mut refused = not_built_yet(spec, NOT_BUILT_YET, ELSEWHERE);
    if let Err(error) = spec.realm_name.parse::<RealmName>() {
        refused.push(error.into());
    }
    if let Some(policy) = &spec.password_policy {
        refused.extend(policies::said_twice(policy));
    }
    refused.extend(Wanted::of(spec).1);
    let value = with_extra(&REALM, representation(spec, secrets), spec.extra.as_ref(), &mut refused);
    if !refused.is_empty() {
        return Err(RefusedFields(refused));
    }
    let desired = Desired::new(&REALM, &spec.realm_name, value);
    Ok(match mark {
        Some(mark) => desired.marked(mark.clone()),
        None => desired,
    })
}

/// Reads the realm: one call.
///
/// # Errors
/// [`SyncError::NoRights`] if the login sees no more of it than everybody; else why the call failed.
pub async fn observe(api: &AdminApi, name: &str) -> Result<Observed, SyncError> {
    match api.realm_view(name).await {
        Ok(RealmView::Full(live)) => Ok(Observed::Present(live)),
        Ok(RealmView::Reduced) => Err(SyncError::NoRights { realm: name.to_owned() }),
        Err(error) if error.is_not_found() => Ok(Observed::Absent),
        Err(error) => Err(SyncError::call(Verb::Read, &identity(name))(error)),
    }
}

/// Whether clients can live in the realm, as it was read.
pub fn availability(observed: &Observed) -> Availability {
    let Some(live) = observed.present() else { return Availability::Missing };
    let realm_id = live.id.clone().unwrap_or_default();
    // Keycloak takes a realm that does not say so for disabled.
    if live.enabled == Some(true) {
        Availability::Available { realm_id }
    } else {
        Availability::Disabled { realm_id }
    }
}

/// One step on a realm. A deletion has the long time limit of its call; what is gone already is deleted.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    let name = step.object.name();
    let failed = SyncError::call(step.action.into(), &step.object);
    match step.action {
        Action::Create => create(step, std::iter::empty(), target).await.map(|made| made.id),
        Action::Update => {
            let (realm, _) = body::<RealmRepresentation>(step)?;
            target.api.realm_update(name, &realm).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => {
            deleted(target.api.realm_delete(name).await).map_err(failed)?;
            Ok(None)
        }
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

/// What a call made.
pub(crate) struct Made {
    /// Its id, where the call tells it or it was chosen before.
    pub(crate) id: Option<String>,
    /// Further steps that the same call did.
    pub(crate) done: Vec<StepId>,
}

impl Made {
    /// Made, or changed, by a call of its own.
    pub(crate) fn alone(id: Option<String>) -> Self {
        Self { id, done: Vec::new() }
    }
}

/// Makes a realm, and in the same call whatever of the steps after it the call can carry.
pub(crate) async fn create<'s>(
    step: &Step,
    after: impl Iterator<Item = &'s Step>,
    target: &Target<'_>,
) -> Result<Made, SyncError> {
    let (mut realm, id) = body::<RealmRepresentation>(step)?;
    let done = parts::carried(after, &mut realm).into_iter().map(|step| step.id).collect();
    let failed = SyncError::call(Verb::Create, &step.object);
    target.api.realm_create(&realm).await.map_err(failed)?;
    Ok(Made { id, done })
}

/// One step on an object of a realm.
pub(crate) use parts::{Created, Lookups, link as link_part, write as write_part};

#[cfg(test)]
mod tests;
