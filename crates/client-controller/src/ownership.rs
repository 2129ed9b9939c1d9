//! Whose a client is that exists already.

use authorization_token::decision::RbacAnswer;
use keycloak_connect::{ConnectError, Realm, StoredSecret, Verb, authorize::Terms};
use keycloak_crds::{
    KeycloakClient,
    labels::annotation,
    name::{Namespace, ObjectName},
};
use keycloak_plan::{Adoption, Claim, ClaimFacts, Evidence, LiveMark, Mark, MarkedOwner, Permission};
use keycloak_sync::client;
use kube::Api;

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
            let key = controller.record_key().await?;
            let proof = credentials::proof(key, &ground.owner, &site.realm_id, &ground.object.spec.client_id);
            // Whoever may write Secrets can write one with our labels and a value that they know. They cannot write this.
            let is_ours = stored.annotation(annotation::PROOF) == Some(proof.as_str());
            is_ours && held.is_some() && held.as_ref() == client::secret(live)
        }
        None => false,
    };
    let adopt = ground.object.spec.adopt.unwrap_or(false);
    let owner = match ours.compare(&marked) {
        // Then nobody asks.
        Adoption::Equal | Adoption::Absent => MarkedOwner::Unknown,
        Adoption::Other => marked_owner(controller, ours, &marked).await?,
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

/// Looks for the object that a mark names. The mark may be anybody's words, so its names are checked before they become a path.
async fn marked_owner(
    controller: &ClientController,
    ours: &Mark,
    marked: &LiveMark,
) -> Result<MarkedOwner, ClientError> {
    let LiveMark { cluster_id, namespace, name, uid, .. } = marked;
    let namespace = namespace.as_deref().and_then(|text| text.parse::<Namespace>().ok());
    let name = name.as_deref().and_then(|text| text.parse::<ObjectName>().ok());
    let (Some(namespace), Some(name), Some(uid)) = (namespace, name, uid) else {
        return Ok(MarkedOwner::Unknown);
    };
    if cluster_id.as_deref() != Some(ours.cluster_id.as_str()) {
        return Ok(MarkedOwner::Unknown);
    }
    let clients: Api<KeycloakClient> = Api::namespaced(controller.kube.clone(), namespace.as_str());
    match clients.get_metadata_opt(name.as_str()).await {
        Ok(Some(found)) if found.metadata.uid.as_ref() == Some(uid) => Ok(MarkedOwner::Alive),
        Ok(Some(_) | None) => Ok(MarkedOwner::Gone),
        Err(kube::Error::Api(status)) if status.is_forbidden() => Ok(MarkedOwner::Unknown),
        Err(source) => {
            let doing = format!("reading KeycloakClient {namespace}/{name}");
            Err(ConnectError::Kube { doing, source }.into())
        }
    }
}

/// Leave of the realm to take clients over.
async fn permission(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
) -> Result<Permission, ClientError> {
    let terms = Terms::of_realm(realm);
    let switched_on = terms.policy().is_ok_and(|policy| policy.same_namespace);
    let same_namespace = switched_on && realm.owner().namespace == ground.owner.namespace;
    let adopt_verb = !same_namespace
        && controller.authorizer.holds(&ground.owner.namespace, Verb::Adopt, realm.identity()).await?
            == RbacAnswer::Allowed;
    // spec.takeOver of a realm is refused at admission until it is acted on.
    Ok(Permission { same_namespace, adopt_verb, take_over: Vec::new() })
}
