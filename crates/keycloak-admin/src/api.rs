//! The calls on a session. One method per call stands in `generated/api.rs`; here is what needs
//! more than one answer, or knowledge that the document does not hold.

use std::sync::Arc;

use crate::answer::Call;
use crate::error::AdminError;
use crate::generated::calls::Client;
use crate::server::Server;
use crate::session::AdminSession;
use crate::stack::Stack;
use crate::types;

/// Query parameters of the calls that have several.
pub mod queries {
    pub use crate::generated::api::*;
}

/// The admin API of one server with one login. Cheap to clone.
///
/// * Bodies are whole or partial representations: a field that is `None` is not sent, and Keycloak
///   leaves it as it is. `Some(vec![])` is sent and clears. What is unknown to us travels in `extra`,
///   which is only safe towards the server that it came from: others refuse fields they do not know.
/// * Realm attributes are replaced as a whole, client attributes key by key (`None` removes one).
#[derive(Clone, Debug)]
pub struct AdminApi {
    calls: Client,
    server: Server,
    session: Arc<AdminSession>,
}

/// What a login sees of a realm.
#[derive(Clone, Debug, PartialEq)]
pub enum RealmView {
    /// Everything.
    Full(Box<types::RealmRepresentation>),
    /// The few fields that everybody sees: this login has no rights in the realm. Never compare
    /// these with anything, or everything would look changed.
    Reduced,
}

impl AdminApi {
    /// The admin API as this session may use it.
    pub fn new(session: Arc<AdminSession>) -> Self {
        let server = session.server().clone();
        let stack = Stack::new(&server, &session);
        let calls = Client::new_with_client(server.url(), server.http().clone(), stack);
        Self { calls, server, session }
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The login.
    pub fn session(&self) -> &Arc<AdminSession> {
        &self.session
    }

    pub(crate) fn calls(&self) -> &Client {
        &self.calls
    }

    /// A realm as this login sees it. Keycloak answers 200 to everybody; without rights there is no
    /// `id` in it.
    pub fn realm_view<'a>(&'a self, realm: &'a str) -> Call<'a, RealmView> {
        Box::pin(async move {
            let view = self.realm_get(realm).await?;
            Ok(if view.id.is_some() { RealmView::Full(Box::new(view)) } else { RealmView::Reduced })
        })
    }

    /// The client with this client id, if there is one. One call, whatever the number of clients.
    pub fn client_by_client_id<'a>(
        &'a self,
        realm: &'a str,
        client_id: &'a str,
    ) -> Call<'a, Option<types::ClientRepresentation>> {
        Box::pin(async move {
            let query = queries::ClientListQuery { client_id: Some(client_id), ..Default::default() };
            let found = self.client_list(realm, query).await?;
            // The filter is exact today; a prefix match one day must not hand out another client.
            Ok(found.into_iter().find(|client| client.client_id.as_deref() == Some(client_id)))
        })
    }

    /// All clients of a realm, in pages of 100: a thousand in one answer take seconds, and more
    /// pages make no difference.
    pub fn clients<'a>(&'a self, realm: &'a str) -> Call<'a, Vec<types::ClientRepresentation>> {
        Box::pin(every(PAGE, move |first, max| {
            let query = queries::ClientListQuery { first: Some(first), max: Some(max), ..Default::default() };
            self.client_list(realm, query)
        }))
    }

    /// All users of a realm without their attributes, in pages of 100.
    pub fn users<'a>(&'a self, realm: &'a str) -> Call<'a, Vec<types::UserRepresentation>> {
        Box::pin(every(PAGE, move |first, max| {
            let query = queries::UserListQuery {
                brief_representation: Some(true),
                first: Some(first),
                max: Some(max),
                ..Default::default()
            };
            self.user_list(realm, query)
        }))
    }

    /// All realm roles with their attributes, in pages of 100.
    pub fn roles<'a>(&'a self, realm: &'a str) -> Call<'a, Vec<types::RoleRepresentation>> {
        Box::pin(every(PAGE, move |first, max| {
            let query = queries::RoleListQuery {
                brief_representation: Some(false),
                first: Some(first),
                max: Some(max),
                ..Default::default()
            };
            self.role_list(realm, query)
        }))
    }

    /// All direct subgroups of a group with their attributes and roles, in pages of 100.
    pub fn subgroups<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Call<'a, Vec<types::GroupRepresentation>> {
        Box::pin(every(PAGE, move |first, max| {
            let query = queries::GroupChildrenQuery {
                brief_representation: Some(false),
                first: Some(first),
                max: Some(max),
                ..Default::default()
            };
            self.group_children(realm, group_id, query)
        }))
    }

    /// All organizations of a realm, in pages of 100.
    pub fn organizations<'a>(&'a self, realm: &'a str) -> Call<'a, Vec<types::OrganizationRepresentation>> {
        Box::pin(every(PAGE, move |first, max| {
            let query = queries::OrganizationListQuery {
                brief_representation: Some(false),
                first: Some(first),
                max: Some(max),
                ..Default::default()
            };
            self.organization_list(realm, query)
        }))
    }
}

/// Objects per page: the first page of a large realm takes 0.2 s.
const PAGE: i32 = 100;

/// Every object of a paged list: pages until one is not full.
async fn every<'a, T>(size: i32, page: impl Fn(i32, i32) -> Call<'a, Vec<T>>) -> Result<Vec<T>, AdminError> {
    let mut all = Vec::new();
    let mut first = 0;
    loop {
        let part = page(first, size).await?;
        let full = usize::try_from(size).is_ok_and(|size| part.len() >= size);
        all.extend(part);
        if !full {
            return Ok(all);
        }
        first += size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_list_is_read_page_by_page_until_one_is_not_full() {
        for (total, calls) in [(0, 1), (3, 1), (10, 2), (25, 3)] {
            let asked = std::sync::Mutex::new(Vec::new());
            let all = every(10, |first, max| {
                asked.lock().unwrap().push(first);
                let part: Vec<i32> = (first..(first + max).min(total)).collect();
                Box::pin(async move { Ok(part) })
            })
            .await
            .unwrap();
            assert_eq!(all, (0..total).collect::<Vec<_>>());
            assert_eq!(asked.into_inner().unwrap().len(), calls, "{total} objects");
        }
    }
}
