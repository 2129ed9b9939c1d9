//! Flows that a client uses instead of the realm's: a CR names them by alias, Keycloak keeps their ids.

use keycloak_admin::AdminApi;
use keycloak_crds::client::KeycloakClientSpec;
use keycloak_plan::Desired;
use serde_json::{Map, Value};

use crate::error::{SyncError, Verb};

/// The field of Keycloak's representation that holds them.
const BINDINGS: &str = "authenticationFlowBindingOverrides";

/// A flow that a CR names and its realm does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "spec.authenticationFlows.{field}: realm {realm} has no flow {alias:?}; make it there, or name another one; until then \
     nothing of the client is made or changed, as it would let in whom that flow keeps out"
)]
pub struct MissingFlow {
    /// The field.
    pub field: &'static str,
    /// The realm.
    pub realm: String,
    /// What it names.
    pub alias: String,
}

/// The flows that a CR names, as they were looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    ids: Map<String, Value>,
    missing: Vec<MissingFlow>,
}

impl Flows {
    /// Those that the realm does not have.
    pub fn missing(&self) -> &[MissingFlow] {
        &self.missing
    }

    /// Asks for those that the realm has.
    #[must_use]
    pub fn bind(&self, desired: Desired) -> Desired {
        if self.ids.is_empty() { desired } else { desired.asking(BINDINGS, self.ids.clone()) }
    }
}

/// What a CR names: its field, what Keycloak calls the binding, the alias.
fn named(spec: &KeycloakClientSpec) -> Vec<(&'static str, &'static str, &str)> {
    let Some(flows) = &spec.authentication_flows else { return Vec::new() };
    let named = [
        ("browserFlow", "browser", flows.browser_flow.as_deref()),
        ("directGrantFlow", "direct_grant", flows.direct_grant_flow.as_deref()),
    ];
    named.into_iter().filter_map(|(field, binding, alias)| Some((field, binding, alias?))).collect()
}

/// Looks up the flows that a CR names: one call, and none where it names none.
///
/// # Errors
/// Why the call failed; [`SyncError::is_not_found`] says that there is no such realm.
pub async fn observe_flows(
    api: &AdminApi,
    realm: &str,
    spec: &KeycloakClientSpec,
) -> Result<Flows, SyncError> {
    let named = named(spec);
    if named.is_empty() {
        return Ok(Flows::default());
    }
    let all = api.flow_list(realm).await;
    let all = all.map_err(SyncError::call(Verb::Read, &super::identity(&spec.client_id)))?;
    let mut flows = Flows::default();
    for (field, binding, alias) in named {
        let found = all.iter().find(|flow| flow.alias.as_deref() == Some(alias));
        match found.and_then(|flow| flow.id.as_deref()) {
            Some(id) => {
                flows.ids.insert(binding.to_owned(), Value::from(id));
            }
            None => {
                flows.missing.push(MissingFlow { field, realm: realm.to_owned(), alias: alias.to_owned() });
            }
        }
    }
    Ok(flows)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tests::{creation, nowhere};

    fn spec(flows: &Value) -> KeycloakClientSpec {
        let spec = json!({
            "clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}, "authenticationFlows": flows,
        });
        serde_json::from_value(spec).unwrap()
    }

    #[tokio::test]
    async fn a_client_that_names_no_flow_asks_nothing_of_the_server_and_for_no_flow() {
        let spec = spec(&json!({}));
        let flows = observe_flows(&nowhere(), "acme", &spec).await.unwrap();
        assert_eq!(flows, Flows::default());
        let desired = crate::client::desired(&spec, None, None).unwrap();
        assert_eq!(creation(&flows.bind(desired)).get(BINDINGS), None);
    }

    #[test]
    fn flows_reach_keycloak_by_the_ids_that_were_looked_up() {
        let spec = spec(&json!({"browserFlow": "acme-browser", "directGrantFlow": "direct grant"}));
        let bindings: Vec<&str> = named(&spec).into_iter().map(|(_, binding, _)| binding).collect();
        assert_eq!(bindings, ["browser", "direct_grant"]);
        let ids = json!({"browser": "7d1c", "direct_grant": "5b2f"});
        let flows = Flows { ids: ids.as_object().unwrap().clone(), missing: Vec::new() };
        let desired = crate::client::desired(&spec, None, None).unwrap();
        assert_eq!(creation(&flows.bind(desired))[BINDINGS], ids);
    }
}
