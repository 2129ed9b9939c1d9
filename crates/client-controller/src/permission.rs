//! Whether a client may be made or changed in its realm.

use authorization_token::decision::{Decision, Operation};
use controller_runtime::{Fields, Key, Pass};
use keycloak_connect::{Ask, Realm, authorize::Terms};
use keycloak_crds::client::KeycloakClientSpec;

use crate::{asks::asks, controller::ClientController, error::ClientError, ground::Ground, slim::SlimClient};

/// Decides whether the object may use the realm. Of one in deletion the audit log is not told: it needs no leave.
pub(crate) async fn authorize(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
    pass: &Pass,
) -> Result<Decision, ClientError> {
    let spec = &ground.object.spec;
    let (asked, terms) = (asks(spec), Terms::of_realm(realm));
    let ask = Ask {
        reader: &ground.owner,
        field: "spec.realmRef",
        name: &spec.client_id,
        token: spec.realm_ref.authorization_secret_ref.as_ref(),
        asks: &asked,
        operation: if ground.is_known() { Operation::Change } else { Operation::Create },
        others: others(controller, pass, spec),
    };
    let authorizer = &controller.authorizer;
    Ok(if pass.deleting {
        authorizer.weigh(&ask, &terms, pass.now).await?
    } else {
        authorizer.decide(&ask, &terms, pass.now).await?
    })
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
