//! The `KeycloakClient`s of a realm whose object is being deleted: who still needs our login, and what goes with the realm.

use std::fmt;

use keycloak_connect::{ConnectError, Owner};
use keycloak_crds::KeycloakClient;
use kube::{
    Api,
    api::{ApiResource, ListParams},
    core::{NotUsed, Object, Status},
};
use serde::{Deserialize, Serialize};

/// How many are read at once.
const PAGE: u32 = 200;
/// More than these are not counted.
const MOST: usize = 1_000;
/// How many are named.
const NAMED: usize = 3;
/// How an API server answers that cannot select by fields of a definition.
const BAD_REQUEST: u16 = 400;
const TOO_OLD: &str = "the API server cannot select KeycloakClients by the realm that they name: that needs Kubernetes 1.32, the oldest \
                       that is supported; the login of the realm is kept";

/// The `KeycloakClient`s of a realm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clients {
    /// Whether any object refers to the realm, and may need our login in it.
    pub refer: bool,
    /// Those that stand in it; `None` where they may not be listed.
    pub standing: Option<Standing>,
}

/// Clients that go with a realm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many; those beyond a thousand are not counted.
    pub count: usize,
    /// `namespace/name` of the first.
    pub first: Vec<String>,
}

/// What its controller says of a client, as far as it tells whether the client was made.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct Told {
    realm_uid: Option<String>,
    internal_id: Option<String>,
}

/// Looks for them, in all namespaces.
///
/// # Errors
/// What the API server says, other than that they may not be listed.
pub async fn of_realm(kube: &kube::Client, realm: &Owner) -> Result<Clients, ConnectError> {
    let resource = ApiResource::erase::<KeycloakClient>(&());
    let clients: Api<Object<NotUsed, Told>> = Api::all_with(kube.clone(), &resource);
    let (mut refer, mut standing) = (false, Standing::default());
    let mut page = ListParams::default().fields(&refers_to(realm)).limit(PAGE);
    loop {
        let found = match clients.list(&page).await {
            Ok(found) => found,
            // Who may not look across namespaces keeps the login, which does no harm.
            Err(kube::Error::Api(status)) if cannot_be_told(&status) => {
                return Ok(Clients { refer: true, standing: None });
            }
            Err(source) => return Err(failed(source)),
        };
        refer |= !found.items.is_empty();
        for client in found.items {
            let told = client.status.unwrap_or_default();
            if told.realm_uid.as_deref() == Some(realm.uid.as_str()) && told.internal_id.is_some() {
                standing.add(client.metadata.namespace.as_deref(), client.metadata.name.as_deref());
            }
        }
        match found.metadata.continue_.filter(|token| !token.is_empty() && standing.count < MOST) {
            Some(token) => page = page.continue_token(&token),
            None => return Ok(Clients { refer, standing: Some(standing) }),
        }
    }
}

/// Whether any object refers to the realm. Who may not look does not know, and takes it for yes.
///
/// # Errors
/// What the API server says, other than that they may not be listed.
pub async fn refer_to(kube: &kube::Client, realm: &Owner) -> Result<bool, ConnectError> {
    let clients: Api<KeycloakClient> = Api::all(kube.clone());
    match clients.list_metadata(&ListParams::default().fields(&refers_to(realm)).limit(1)).await {
        Ok(found) => Ok(!found.items.is_empty()),
        Err(kube::Error::Api(status)) if cannot_be_told(&status) => Ok(true),
        Err(source) => Err(failed(source)),
    }
}

/// Whether this answer means that the question cannot be asked here at all: then nothing that is being deleted waits for it.
fn cannot_be_told(answer: &Status) -> bool {
    let too_old = answer.code == BAD_REQUEST;
    if too_old {
        tracing::warn!(answer = answer.message, "{TOO_OLD}");
    }
    too_old || answer.is_forbidden() || answer.is_not_found()
}

fn refers_to(realm: &Owner) -> String {
    format!("spec.realmRef.namespace={},spec.realmRef.name={}", realm.namespace, realm.name)
}

fn failed(source: kube::Error) -> ConnectError {
    ConnectError::Kube { doing: "looking for the KeycloakClients of the realm".to_owned(), source }
}

impl Standing {
    fn add(&mut self, namespace: Option<&str>, name: Option<&str>) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(format!("{}/{}", namespace.unwrap_or_default(), name.unwrap_or_default()));
        }
    }
}

impl fmt::Display for Clients {
    /// A clause about what goes with the realm; empty if nothing does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(standing) = &self.standing else {
            return f.write_str("which KeycloakClients stand in it cannot be told here");
        };
        let named = standing.first.join(", ");
        let further = standing.count.saturating_sub(standing.first.len());
        match (standing.count, further) {
            (0, _) => Ok(()),
            (1, _) => write!(f, "1 KeycloakClient stands in it: {named}"),
            (count, 0) => write!(f, "{count} KeycloakClients stand in it: {named}"),
            (MOST.., _) => write!(f, "{MOST} KeycloakClients or more stand in it: {named} and others"),
            (count, further) => {
                write!(f, "{count} KeycloakClients stand in it: {named} and {further} more")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_server_that_cannot_answer_holds_no_deletion_up_and_one_that_fails_is_asked_again() {
        let answers = |code: u16, message: &str, reason: &str| {
            cannot_be_told(&Status::failure(message, reason).with_code(code))
        };
        assert!(answers(403, "no", "Forbidden"));
        assert!(answers(404, "no", "NotFound"));
        // Kubernetes 1.30, and later ones that have it switched off.
        assert!(answers(400, "field label not supported: spec.realmRef.namespace", "BadRequest"));
        for code in [409, 410, 429, 500, 503] {
            assert!(!answers(code, "no", "Other"), "{code}");
        }
        insta::assert_snapshot!(TOO_OLD, @"the API server cannot select KeycloakClients by the realm that they name: that needs Kubernetes 1.32, the oldest that is supported; the login of the realm is kept");
    }

    #[test]
    fn what_goes_with_a_realm_is_counted_and_the_first_are_named() {
        let standing = |count: usize| {
            let mut standing = Standing::default();
            for number in 0..count {
                standing.add(Some("acme"), Some(&format!("portal-{number}")));
            }
            Clients { refer: count > 0, standing: Some(standing) }.to_string()
        };
        let mut told: Vec<String> = [0, 1, 3, 7, MOST + 1].into_iter().map(standing).collect();
        told.push(Clients { refer: true, standing: None }.to_string());
        insta::assert_snapshot!(told.join("\n"), @r"

        1 KeycloakClient stands in it: acme/portal-0
        3 KeycloakClients stand in it: acme/portal-0, acme/portal-1, acme/portal-2
        7 KeycloakClients stand in it: acme/portal-0, acme/portal-1, acme/portal-2 and 4 more
        1000 KeycloakClients or more stand in it: acme/portal-0, acme/portal-1, acme/portal-2 and others
        which KeycloakClients stand in it cannot be told here
        ");
    }
}
