//! Whose a client is that exists already.

use keycloak_connect::{
    Realm, StoredSecret,
    authorize::Terms,
    marked::{self, Life, Marked},
};
use keycloak_crds::{KeycloakClient, labels::annotation};
use keycloak_plan::{Adoption, Claim, ClaimFacts, Evidence, LiveMark, MarkedOwner, Permission, TakeOver};
use keycloak_sync::client;

use crate::{controller::ClientController, credentials, error::ClientError, ground::Ground};

/// Whose the live client is. `stored`: the Secret that may prove it.
pub(crate) async fn claim(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
    live: &client::Observed,
    stored: Option<&StoredSecret>,
) -> Result<Claim, ClientError> {
    let site = ground.site()?;
    let (ours, marked) = (&site.mark, live.mark());
    let agrees = match stored {
        Some(stored) => {
            let held = credentials::held(stored, &ground.owner);
            // Whoever may write Secrets can write one with our labels and a value that they know, but not the proof.
            let is_ours = carries_proof(controller, ground, stored).await?;
            is_ours && held.is_some() && held.as_ref() == client::secret(live)
        }
        None => false,
    };
    let adopt = ground.object.spec.adopt.unwrap_or(false);
    let owner = match ours.compare(&marked) {
        // Then nobody asks.
        Adoption::Equal | Adoption::Absent => MarkedOwner::Unknown,
        Adoption::Other => marked_owner(controller, &marked).await?,
    };
    let permission = if adopt { permission(controller, ground, realm).await? } else { Permission::default() };
    Ok(Claim::decide(&ClaimFacts {
        ours,
        live: &marked,
        evidence: Evidence::Client { output_secret_agrees: agrees },
        owner,
        adopt,
        permission: &permission,
    }))
}

/// Whether a Secret carries what only we can have written, for this client of this object and for the value that it holds.
pub(crate) async fn carries_proof(
    controller: &ClientController,
    ground: &Ground,
    stored: &StoredSecret,
) -> Result<bool, ClientError> {
    let Some(found) = stored.annotation(annotation::PROOF) else { return Ok(false) };
    let Some(value) = credentials::value_in(stored) else { return Ok(false) };
    let key = controller.record_key().await?;
    let realm_id = &ground.site()?.realm_id;
    Ok(found == credentials::proof(&key, &ground.owner, realm_id, &ground.object.spec.client_id, value))
}

/// A client that must be left alone is an obstacle.
pub(crate) fn refuse(ground: &Ground, claim: &Claim) -> Result<(), ClientError> {
    match claim {
        Claim::Ours { .. } | Claim::Restored | Claim::Adopted { .. } => Ok(()),
        Claim::Refused(refusal) => Err(ClientError::Claimed {
            client_id: ground.object.spec.client_id.clone(),
            realm: ground.site()?.realm.clone(),
            refusal: refusal.clone(),
        }),
    }
}

async fn marked_owner(controller: &ClientController, marked: &LiveMark) -> Result<MarkedOwner, ClientError> {
    let marked = Marked {
        cluster_id: marked.cluster_id.as_deref(),
        namespace: marked.namespace.as_deref(),
        name: marked.name.as_deref(),
        uid: marked.uid.as_deref(),
    };
    let cluster = &controller.settings.cluster;
    Ok(match marked::look::<KeycloakClient>(&controller.kube, cluster, marked).await? {
        Life::Alive => MarkedOwner::Alive,
        Life::Gone => MarkedOwner::Gone,
        Life::Unknown => MarkedOwner::Unknown,
    })
}

/// Leave of the realm to take clients over.
async fn permission(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
) -> Result<Permission, ClientError> {
    let terms = Terms::of_realm(realm);
    let (namespace, client_id) = (&ground.owner.namespace, &ground.object.spec.client_id);
    let leave = controller.authorizer.leave_to_adopt(namespace, client_id, &terms).await?;
    let take_over = TakeOver { unmarked: leave.unmarked, clusters: leave.clusters };
    Ok(Permission { same_namespace: leave.same_namespace, adopt_verb: leave.verb, take_over })
}
