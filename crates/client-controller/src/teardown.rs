//! Looking at an object in deletion: what is left to take down, and by which login.
//!
//! Teardown needs proof, not authorization, and never waits for what will not come back: a realm, an instance or a login that is
//! gone for good has taken the client along.

use std::{fmt, sync::Arc};

use authorization_token::decision::{Outcome, Reason as DecisionReason};
use controller_runtime::{Class, Classify as _, Pass};
use keycloak_admin::{AdminError, LoginError};
use keycloak_connect::{ConnectError, Look, Realm};
use keycloak_crds::{
    KeycloakRealm, KeycloakRealmSpec, condition::Reason, policy::DeletionPolicy, reference::OperatorRef,
};
use keycloak_plan::{Adoption, Claim};
use keycloak_sync::{SyncError, client};

use crate::{
    controller::ClientController, credentials, error::ClientError, ground::Ground, observe, ownership,
    permission::authorize,
};

/// Why nothing is done in Keycloak for an object in deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// The client is not there.
    Gone,
    /// The client was deleted.
    Deleted,
    /// What the client lived in is gone for good: in one clause.
    ParentGone(String),
    /// It is left in Keycloak because somebody asks for that: which field.
    Left(&'static str),
    /// Nothing proves that it is ours.
    NotProven,
    /// Nothing proves that one was made, and the object may not use the realm: nothing is told of what the realm holds.
    NeverLetIn,
}

impl Farewell {
    /// The word for it.
    pub const fn reason(&self) -> Reason {
        match self {
            Self::Gone | Self::Deleted | Self::NeverLetIn => Reason::Deleting,
            Self::ParentGone(_) => Reason::RealmMissing,
            Self::Left(_) => Reason::Retained,
            Self::NotProven => Reason::NotProven,
        }
    }

    /// Whether Keycloak does not hold the client, as far as anybody can tell.
    pub const fn is_gone(&self) -> bool {
        match self {
            Self::Gone | Self::Deleted | Self::ParentGone(_) | Self::NeverLetIn => true,
            Self::Left(_) | Self::NotProven => false,
        }
    }

    /// Whether Keycloak holds nothing of this object's, as far as anybody can tell: where nothing was ever made for it, what is there
    /// is somebody else's.
    pub(crate) fn leaves_nothing_of(&self, ground: &Ground) -> bool {
        self.is_gone() || (*self == Self::NotProven && !status_says_it_was_made(ground))
    }

    /// Whether a person has something left to do.
    pub const fn is_worth_a_warning(&self) -> bool {
        match self {
            Self::Gone | Self::Deleted | Self::ParentGone(_) | Self::NeverLetIn => false,
            Self::Left(_) | Self::NotProven => true,
        }
    }
}

impl fmt::Display for Farewell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("the client is not in Keycloak"),
            Self::Deleted => f.write_str("the client was deleted in Keycloak"),
            Self::ParentGone(why) => write!(f, "the client went with what it lived in: {why}"),
            Self::Left(why) => write!(f, "the client is left in Keycloak, because {why}"),
            Self::NotProven => f.write_str(
                "the client is left in Keycloak: it carries neither the mark of this object nor the secret of its Secret, so \
                 nothing proves that it is ours; delete it there by hand if it is not needed",
            ),
            Self::NeverLetIn => f.write_str(
                "this object may not use the realm, and nothing proves that a client was made for it, so nothing is deleted and \
                 nothing told of what the realm holds; if there is such a client, delete it in Keycloak",
            ),
        }
    }
}

/// What a client belongs to, as far as it can still be told.
struct Parent {
    realm: Arc<Realm>,
    /// Whether the KeycloakRealm still exists.
    object_exists: bool,
}

/// Looks. What ends in a [`Farewell`] needs no call to Keycloak.
pub(crate) async fn look(
    controller: &ClientController,
    ground: &mut Ground,
    pass: &Pass,
) -> Result<(), ClientError> {
    controller.authorizer.forget(&ground.owner);
    if let Some(why) = left(controller, ground).await? {
        ground.farewell = Some(Farewell::Left(why));
        return Ok(());
    }
    let Parent { realm, object_exists } = match parent(controller, ground).await? {
        Ok(parent) => parent,
        Err(why) => {
            ground.farewell = Some(Farewell::ParentGone(why));
            return Ok(());
        }
    };
    let looked = look_in_realm(controller, ground, &Parent { realm, object_exists }, pass).await;
    match looked {
        Err(error) => match gone_for_good(ground, &error, object_exists) {
            Some(why) => {
                ground.farewell = Some(Farewell::ParentGone(why));
                Ok(())
            }
            None => Err(error),
        },
        Ok(()) => Ok(()),
    }
}

/// Why the client is to be left, if it is.
async fn left(controller: &ClientController, ground: &Ground) -> Result<Option<&'static str>, ClientError> {
    if !ground.mode.writes() {
        return Ok(Some("spec.management: Observe or spec.suspend: true asks that nothing is written"));
    }
    match ground.object.spec.deletion_policy {
        DeletionPolicy::Delete => Ok(None),
        DeletionPolicy::Retain => Ok(Some("spec.deletionPolicy is Retain")),
        DeletionPolicy::Guarded => {
            let namespace = controller.namespaces.get_now(&ground.owner.namespace).await?;
            let terminating = namespace.is_none_or(|namespace| namespace.terminating);
            Ok(terminating.then_some(
                "its namespace is being deleted, and spec.deletionPolicy Guarded then means Retain",
            ))
        }
    }
}

/// The realm as its object says, or else as this object remembers it, or else why there is none.
async fn parent(
    controller: &ClientController,
    ground: &Ground,
) -> Result<Result<Parent, String>, ClientError> {
    let named = &ground.object.spec.realm_ref;
    match controller.references.realm(named, Look::Now).await {
        Ok(realm) => Ok(Ok(Parent { realm, object_exists: true })),
        Err(ConnectError::RealmObjectMissing { namespace, name }) => match remembered(ground)? {
            Some(realm) => Ok(Ok(Parent { realm: Arc::new(realm), object_exists: false })),
            None => Ok(Err(format!(
                "KeycloakRealm {namespace}/{name} does not exist, and this object never reached its realm"
            ))),
        },
        Err(error) => Err(error.into()),
    }
}

/// The KeycloakRealm that is gone, as far as a login for it needs to be named. The login's Secret says whether it is right.
fn remembered(ground: &Ground) -> Result<Option<Realm>, ClientError> {
    let Some(status) = &ground.object.status else { return Ok(None) };
    let instance = status.keycloak_instance.as_deref().and_then(|text| text.split_once('/'));
    let (Some(uid), Some(realm_name), Some((namespace, name))) = (&status.realm_uid, &status.realm, instance)
    else {
        return Ok(None);
    };
    let named = &ground.object.spec.realm_ref;
    let operator_ref = OperatorRef {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        authorization_secret_ref: None,
    };
    let spec =
        KeycloakRealmSpec { realm_name: realm_name.clone(), operator_ref, ..KeycloakRealmSpec::default() };
    let mut object = KeycloakRealm::new(&named.name, spec);
    object.metadata.namespace = Some(named.namespace.clone());
    object.metadata.uid = Some(uid.clone());
    Ok(Some(Realm::of(object)?))
}

async fn look_in_realm(
    controller: &ClientController,
    ground: &mut Ground,
    parent: &Parent,
    pass: &Pass,
) -> Result<(), ClientError> {
    let realm = &parent.realm;
    let instance = controller.references.instance(realm.operator_ref(), Look::Now).await?;
    if instance.is_deleting() {
        let (namespace, name) = (instance.owner().namespace.clone(), instance.owner().name.clone());
        return Err(ConnectError::InstanceDeleting { namespace, name }.into());
    }
    let site = observe::site(controller, ground, &instance, realm, None).await?;
    ground.site = Some(site);
    let says_so = status_says_it_was_made(ground);
    if !says_so && !may_know(controller, ground, parent, pass).await? {
        ground.farewell = Some(Farewell::NeverLetIn);
        return Ok(());
    }
    let live = observe::live(ground).await?;
    let claim = if live.present().is_some() { whose(controller, ground, realm, &live).await? } else { None };
    // Whoever may be told was asked for above, unless status alone led here.
    let proven = claim.as_ref().and_then(Claim::proof).is_some();
    if says_so && !proven && !may_know(controller, ground, parent, pass).await? {
        ground.farewell = Some(Farewell::NeverLetIn);
        return Ok(());
    }
    if live.present().is_none() {
        ground.farewell = Some(Farewell::Gone);
        return Ok(());
    }
    ground.claim = claim;
    ground.live = Some(live);
    ground.realm = Some(Arc::clone(realm));
    Ok(())
}

/// Whose the client is that was found; nothing for one that carries the mark of another object.
async fn whose(
    controller: &ClientController,
    ground: &mut Ground,
    realm: &Realm,
    live: &client::Observed,
) -> Result<Option<Claim>, ClientError> {
    if live.mark().is_absent() {
        let name = credentials::secret_name(&ground.object.spec, &ground.owner);
        ground.secret = controller.secrets.ours(&ground.owner.namespace, &name).await?.into();
    }
    match ground.site()?.mark.compare(&live.mark()) {
        // Somebody else's: nobody needs to know whether they still exist.
        Adoption::Other => Ok(None),
        Adoption::Equal | Adoption::Absent => {
            ownership::claim(controller, ground, realm, live, ground.secret.stored()).await.map(Some)
        }
    }
}

/// Whether status says that there is a client of this object. Its tenant may write the same, so it is reason enough to look,
/// and proves nothing: what is found is deleted by its mark or its Secret, and else nothing is told of it.
fn status_says_it_was_made(ground: &Ground) -> bool {
    ground.is_known() || ground.object.status.as_ref().is_some_and(|status| status.internal_id.is_some())
}

/// Whether the object's author may be told whether the realm holds such a client. Whoever would not be let in, and holds no
/// Secret that proves a client of their own, may not, whatever their status says: else the deletion of objects would find out
/// the client ids of a realm.
async fn may_know(
    controller: &ClientController,
    ground: &Ground,
    parent: &Parent,
    pass: &Pass,
) -> Result<bool, ClientError> {
    if parent.object_exists {
        match authorize(controller, ground, &parent.realm, pass).await {
            // Who asks for too much may use the realm all the same.
            Ok(decision)
                if decision.outcome == Outcome::Allowed
                    || decision.reason == DecisionReason::CapabilityNotAllowed =>
            {
                return Ok(true);
            }
            Ok(_) => {}
            Err(error) if matches!(error.class(), Class::Retry(_)) => return Err(error),
            Err(refused) => tracing::debug!(%refused, "an object in deletion would not be let in"),
        }
    }
    // Status may be lost. The Secret carries what only we can write.
    let name = credentials::secret_name(&ground.object.spec, &ground.owner);
    let Some(stored) = controller.secrets.ours(&ground.owner.namespace, &name).await? else {
        return Ok(false);
    };
    ownership::carries_proof(controller, ground, &stored).await
}

/// Whether this error means that there is nothing left to take down, and why.
///
/// A login that is missing or refused while its KeycloakRealm exists comes back; without the object nobody makes it anew.
fn gone_for_good(ground: &Ground, error: &ClientError, object_exists: bool) -> Option<String> {
    let never_made = !status_says_it_was_made(ground);
    match error {
        ClientError::RealmMissing { realm } => Some(format!("realm {realm} does not exist in Keycloak")),
        ClientError::Connect(error) => match &**error {
            ConnectError::InstanceMissing { .. } | ConnectError::InstanceDeleting { .. } => {
                Some(error.to_string())
            }
            ConnectError::LoginMissing { .. } if !object_exists || never_made => Some(error.to_string()),
            // Refused before, for another client of the same realm: nobody mends it without the object.
            ConnectError::LoginOfOtherRealm { .. } | ConnectError::LoginNotNow { realm: None, .. }
                if !object_exists =>
            {
                Some(error.to_string())
            }
            _ => None,
        },
        ClientError::Sync { source, .. } => match login_error(source)? {
            LoginError::RealmMissing { .. } => Some(source.to_string()),
            LoginError::Refused { .. } if !object_exists => Some(source.to_string()),
            LoginError::AddressWrong { .. }
            | LoginError::RealmDisabled { .. }
            | LoginError::Refused { .. }
            | LoginError::Answer { .. }
            | LoginError::Unavailable { .. }
            | LoginError::NoToken { .. }
            | LoginError::Transport { .. }
            | LoginError::Timeout { .. } => None,
        },
        ClientError::SeedObject
        | ClientError::Reserved { .. }
        | ClientError::InvalidSpec { .. }
        | ClientError::Refused(_)
        | ClientError::Output(_)
        | ClientError::OtherRealm { .. }
        | ClientError::FlowMissing(_)
        | ClientError::HasNoSecret { .. }
        | ClientError::NoRoom { .. }
        | ClientError::Claimed { .. }
        | ClientError::Step { .. }
        | ClientError::NotSaid { .. }
        | ClientError::SecretHidden { .. }
        | ClientError::NamespaceTerminating { .. }
        | ClientError::NamespaceMissing { .. } => None,
    }
}

fn login_error(error: &SyncError) -> Option<&LoginError> {
    match error.admin()? {
        AdminError::Login { source, .. } => Some(source),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::sample;

    #[test]
    fn what_stands_in_its_place_takes_no_slot_of_an_object_that_made_nothing() {
        let leaves_nothing = |farewell: Farewell, status: Value| {
            farewell.leaves_nothing_of(&sample::ground(&sample::client(&json!({}), status)))
        };
        let made = || json!({"internalId": "id-1"});
        assert!(leaves_nothing(Farewell::NotProven, Value::Null));
        assert!(!leaves_nothing(Farewell::NotProven, made()), "it may be the one that was made");
        assert!(!leaves_nothing(Farewell::Left("spec.deletionPolicy is Retain"), Value::Null));
        assert!(leaves_nothing(Farewell::Gone, made()));
    }

    #[test]
    fn every_farewell_is_one_sentence() {
        let all = [
            Farewell::Gone,
            Farewell::Deleted,
            Farewell::ParentGone("realm acme does not exist in Keycloak".into()),
            Farewell::Left("spec.deletionPolicy is Retain"),
            Farewell::NotProven,
            Farewell::NeverLetIn,
        ];
        let told: Vec<String> =
            all.iter().map(|farewell| format!("{}: {farewell}", farewell.reason())).collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}
