//! Whether a client may be made or changed in its realm.

use authorization_token::decision::{Decision, Operation};
use controller_runtime::{Fields, Key, Pass};
use keycloak_connect::{
    Ask, ConnectError, Consent, OwnerKind, Realm,
    authorize::Terms,
    secret::{self, Expectation},
};
use keycloak_crds::{client::KeycloakClientSpec, reference::TokenRef};

use crate::{asks::asks, controller::ClientController, error::ClientError, ground::Ground, slim::SlimClient};

/// Decides whether the object may use the realm.
pub(crate) async fn authorize(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
    pass: &Pass,
) -> Result<Decision, ClientError> {
    let spec = &ground.object.spec;
    let token = spec.realm_ref.authorization_secret_ref.as_ref();
    if let Some(token) = token {
        may_be_read(controller, ground, token).await?;
    }
    let asks = asks(spec);
    let ask = Ask {
        namespace: &ground.owner.namespace,
        name: &spec.client_id,
        token,
        asks: &asks,
        operation: if ground.is_known() { Operation::Change } else { Operation::Create },
        others: others(controller, pass, spec),
    };
    Ok(controller.authorizer.decide(&ask, &Terms::of_realm(realm), pass.now).await?)
}

/// Whether the Secret with the authorization token may be read for this object. One that is missing is for the decision to tell.
async fn may_be_read(
    controller: &ClientController,
    ground: &Ground,
    token: &TokenRef,
) -> Result<(), ConnectError> {
    match controller.settings.consent {
        Consent::Off => Ok(()),
        Consent::Admission => controller.policies.stand_for(OwnerKind::KeycloakClient).await,
        Consent::Label => {
            let expected = Expectation {
                namespace: &ground.owner.namespace,
                name: &token.name,
                key: &token.key,
                field: "spec.realmRef.authorizationSecretRef",
            };
            match secret::get(&controller.kube, expected.namespace, expected.name).await? {
                Some(found) => found.check_readable(&expected, &ground.owner, Consent::Label),
                None => Ok(()),
            }
        }
    }
}

/// How many other clients of the namespace stand in the realm.
fn others(controller: &ClientController, pass: &Pass, spec: &KeycloakClientSpec) -> u32 {
    let Some(store) = controller.clients() else { return 0 };
    let realm = Key::namespaced(spec.realm_ref.namespace.as_str(), spec.realm_ref.name.as_str());
    let all = store.dependants(&SlimClient::target(&realm), Fields::ALL);
    let others = all.iter().filter(|key| **key != pass.key && key.namespace() == pass.key.namespace());
    let standing = others.filter(|key| store.get(key).is_some_and(|slim| slim.stands()));
    u32::try_from(standing.count()).unwrap_or(u32::MAX)
}
