//! What a client needs that a server starts without. Keycloak fails over the first as if it were broken, and takes the second
//! without a word, whose logins then fail.

use keycloak_admin::types::ClientRepresentation;
use keycloak_plan::Step;
use serde_json::{Map, Value};

use crate::error::SyncError;
use crate::execute::Target;
use crate::realm::FeatureOff;

/// A value that only servers with a feature can do something with.
struct Need {
    /// The field of the CR.
    field: &'static str,
    /// What the client says there.
    said: fn(&ClientRepresentation) -> Option<&str>,
    /// The value, which is also what its provider is called.
    value: &'static str,
    /// The kind of provider.
    spi: &'static str,
    feature: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        field: "spec.protocol",
        said: |client| client.protocol.as_deref(),
        value: "docker-v2",
        spi: "login-protocol",
        feature: "docker",
    },
    Need {
        field: "spec.settings.clientAuthenticatorType",
        said: |client| client.client_authenticator_type.as_deref(),
        value: "federated-jwt",
        spi: "client-authenticator",
        feature: "client-auth-federated",
    },
];

/// Refuses what the server cannot do, before it is sent. No call where everything is what all servers do.
pub(super) async fn check(
    step: &Step,
    client: &ClientRepresentation,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let asked: Vec<&Need> = NEEDS.iter().filter(|need| (need.said)(client) == Some(need.value)).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let info = target.api.server_info().await;
    let info = info.map_err(SyncError::call(step.action.into(), &step.object))?;
    match asked.into_iter().find(|need| lacks(&info, need)) {
        None => Ok(()),
        Some(need) => Err(SyncError::FeatureOff {
            verb: step.action.into(),
            object: step.object.clone(),
            feature: Box::new(FeatureOff { field: need.field, feature: need.feature, others: Vec::new() }),
        }),
    }
}

/// Whether the server says that it does not have it. One that does not tell is left to judge by itself.
fn lacks(info: &Map<String, Value>, need: &Need) -> bool {
    let spi = info.get("providers").and_then(|providers| providers.get(need.spi));
    let providers = spi.and_then(|spi| spi.get("providers")).and_then(Value::as_object);
    providers.is_some_and(|providers| !providers.contains_key(need.value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_server_does_not_list_is_lacking_and_what_it_does_not_tell_is_not() {
        let lacking = |info: &Value| -> Vec<&str> {
            let info = info.as_object().unwrap();
            NEEDS.iter().filter(|need| lacks(info, need)).map(|need| need.feature).collect()
        };
        let providers = |protocols: Value, authenticators: Value| {
            json!({"providers": {
                "login-protocol": {"providers": protocols}, "client-authenticator": {"providers": authenticators},
            }})
        };
        assert_eq!(lacking(&json!({})), [""; 0]);
        let usual = providers(json!({"openid-connect": {}, "saml": {}}), json!({"client-secret": {}}));
        assert_eq!(lacking(&usual), ["docker", "client-auth-federated"]);
        let both = providers(json!({"docker-v2": {}}), json!({"federated-jwt": {}}));
        assert_eq!(lacking(&both), [""; 0]);
    }
}
