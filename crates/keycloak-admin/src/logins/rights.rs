//! What an account may do, and what of that is too much.
//!
//! Rights are told by name: `admin` is a realm role, `manage-realm of realm-management` the role of a client, `group /staff` a
//! group.

use std::collections::BTreeSet;

use super::LoginsError;
use crate::api::AdminApi;
use crate::api::queries::UserGroupsQuery;
use crate::error::{AdminError, AnswerKind};
use crate::types::{ClientMappingsRepresentation, RoleRepresentation};

/// Rights of an account beyond its need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excess {
    /// Roles and groups of the account that were taken away.
    pub taken_away: Vec<String>,
    /// What it still has: by the default role, by a role that became a composite one, or because the server lets nobody take it
    /// away whom we may ask. Only people can mend that.
    pub left: Vec<String>,
}

impl Excess {
    /// What became of taking this away. A server that does not let us does not keep the rest from going on.
    fn note(
        &mut self,
        names: impl Iterator<Item = String>,
        outcome: Result<(), AdminError>,
    ) -> Result<(), LoginsError> {
        match outcome {
            Ok(()) => self.taken_away.extend(names),
            Err(error) if error.kind() == Some(AnswerKind::Forbidden) => self.left.extend(names),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// With what the account has in the end; each name once, in order.
    pub(super) fn with_left(self, names: Vec<String>) -> Self {
        let in_order = |names: BTreeSet<String>| names.into_iter().collect();
        let left = self.left.into_iter().chain(names).collect();
        Self { taken_away: in_order(self.taken_away.into_iter().collect()), left: in_order(left) }
    }
}

/// Roles that were given to an account itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    realm_roles: Vec<RoleRepresentation>,
    client_roles: Vec<OfClient>,
}

/// Roles of one client.
#[derive(Clone, Debug)]
struct OfClient {
    client_id: String,
    uuid: String,
    roles: Vec<RoleRepresentation>,
}

impl OfClient {
    fn read((client_id, mapping): (String, ClientMappingsRepresentation)) -> Option<Self> {
        Some(Self { client_id, uuid: mapping.id?, roles: mapping.mappings.unwrap_or_default() })
    }

    fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.roles.iter().map(|role| of_client(name(role), &self.client_id))
    }
}

impl Given {
    /// Whether this realm role is among them.
    pub(super) fn has_realm_role(&self, wanted: &str) -> bool {
        self.realm_roles.iter().any(|role| name(role) == wanted)
    }

    /// Those of one client.
    pub(super) fn roles_of(&self, client_id: &str) -> &[RoleRepresentation] {
        let found = self.client_roles.iter().find(|given| given.client_id == client_id);
        found.map_or(&[], |given| given.roles.as_slice())
    }

    /// What of it is not needed. `is_needed` is asked with the client id, nothing for a realm role, and the name of the role.
    /// The default role is never too much: everybody in the realm has it.
    pub(super) fn beyond(&self, realm: &str, is_needed: impl Fn(Option<&str>, &str) -> bool) -> Self {
        let realm_roles = self.realm_roles.iter();
        let realm_roles =
            realm_roles.filter(|role| !is_default_role(realm, role) && !is_needed(None, name(role)));
        let client_roles = self.client_roles.iter().map(|given| {
            let surplus = |role: &&RoleRepresentation| !is_needed(Some(&given.client_id), name(role));
            OfClient { roles: given.roles.iter().filter(surplus).cloned().collect(), ..given.clone() }
        });
        Self {
            realm_roles: realm_roles.cloned().collect(),
            client_roles: client_roles.filter(|given| !given.roles.is_empty()).collect(),
        }
    }

    /// What is in it, told by name.
    pub(super) fn names(&self) -> Vec<String> {
        let realm_roles = self.realm_roles.iter().map(|role| name(role).to_owned());
        realm_roles.chain(self.client_roles.iter().flat_map(OfClient::names)).collect()
    }
}

/// The user behind a service account.
pub(super) struct Holder<'a> {
    pub(super) api: &'a AdminApi,
    pub(super) realm: &'a str,
    pub(super) user: String,
}

impl Holder<'_> {
    /// What was given to the account itself.
    pub(super) async fn given(&self) -> Result<Given, LoginsError> {
        let mappings = self.api.user_role_mappings(self.realm, &self.user).await?;
        let client_roles = mappings.client_mappings.unwrap_or_default();
        Ok(Given {
            realm_roles: mappings.realm_mappings.unwrap_or_default(),
            client_roles: client_roles.into_iter().filter_map(OfClient::read).collect(),
        })
    }

    /// Takes these roles away.
    pub(super) async fn take_away(&self, surplus: &Given, excess: &mut Excess) -> Result<(), LoginsError> {
        let Self { api, realm, user } = self;
        if !surplus.realm_roles.is_empty() {
            let outcome = api.user_realm_roles_remove(realm, user, &surplus.realm_roles).await;
            excess.note(surplus.realm_roles.iter().map(|role| name(role).to_owned()), outcome)?;
        }
        for given in &surplus.client_roles {
            let outcome = api.user_client_roles_remove(realm, user, &given.uuid, &given.roles).await;
            excess.note(given.names(), outcome)?;
        }
        Ok(())
    }

    /// Takes the account out of every group; whether it was in one.
    pub(super) async fn leave_groups(&self, excess: &mut Excess) -> Result<bool, LoginsError> {
        let Self { api, realm, user } = self;
        let groups = api.user_groups(realm, user, UserGroupsQuery::default()).await?;
        let was_in_one = !groups.is_empty();
        for group in groups {
            let Some(id) = group.id else { continue };
            let outcome = api.user_group_remove(realm, user, &id).await;
            let path = group.path.or(group.name).unwrap_or(id);
            excess.note(std::iter::once(format!("group {path}")), outcome)?;
        }
        Ok(was_in_one)
    }

    /// The roles of this client that the account has, in whatever way, and does not need.
    pub(super) async fn has_of_client(
        &self,
        client_id: &str,
        uuid: &str,
        needed: &[&str],
    ) -> Result<Vec<String>, LoginsError> {
        let has = self.api.user_client_roles_effective(self.realm, &self.user, uuid, None).await?;
        let surplus = has.iter().map(name).filter(|role| !needed.contains(role));
        Ok(surplus.map(|role| of_client(role, client_id)).collect())
    }

    /// The realm roles that the account has, in whatever way, and does not need; without those that Keycloak itself gives to
    /// everybody.
    pub(super) async fn has_of_realm(&self, needed: &[&str]) -> Result<Vec<String>, LoginsError> {
        let has = self.api.user_realm_roles_effective(self.realm, &self.user, None).await?;
        let surplus = has.iter().filter(|role| !is_default_role(self.realm, role)).map(name);
        let surplus = surplus.filter(|role| !needed.contains(role) && !OF_EVERYBODY.contains(role));
        Ok(surplus.map(str::to_owned).collect())
    }
}

/// What Keycloak itself puts into the default role.
const OF_EVERYBODY: [&str; 2] = ["offline_access", "uma_authorization"];

/// The role that every account of a realm gets. It can be renamed, and keeps its description then.
fn is_default_role(realm: &str, role: &RoleRepresentation) -> bool {
    name(role) == format!("default-roles-{}", realm.to_lowercase())
        || role.description.as_deref() == Some("${role_default-roles}")
}

fn name(role: &RoleRepresentation) -> &str {
    role.name.as_deref().unwrap_or_default()
}

pub(super) fn of_client(role: &str, client_id: &str) -> String {
    format!("{role} of {client_id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(names: &[&str]) -> Vec<RoleRepresentation> {
        let role = |name: &&str| RoleRepresentation { name: Some((*name).to_owned()), ..Default::default() };
        names.iter().map(role).collect()
    }

    #[test]
    fn what_nobody_needs_is_told_by_role_and_client_and_the_default_role_is_left() {
        let of = |client_id: &str, names: &[&str]| OfClient {
            client_id: client_id.into(),
            uuid: format!("uuid-of-{client_id}"),
            roles: roles(names),
        };
        let given = Given {
            realm_roles: roles(&["default-roles-acme", "boss", "create-realm"]),
            client_roles: vec![
                of("realm-management", &["manage-users", "realm-admin"]),
                of("shop", &["clerk"]),
            ],
        };
        let needed = |client: Option<&str>, role: &str| {
            role == "create-realm" || (client == Some("realm-management") && role == "manage-users")
        };
        let surplus = given.beyond("Acme", needed);
        assert_eq!(surplus.names(), ["boss", "realm-admin of realm-management", "clerk of shop"]);
        assert_eq!(given.beyond("Acme", |_, _| true).names(), Vec::<String>::new());
        assert_eq!(given.roles_of("realm-management").len(), 2);
    }

    #[test]
    fn a_default_role_of_another_name_is_known_by_its_description() {
        let renamed = RoleRepresentation {
            name: Some("everybody".into()),
            description: Some("${role_default-roles}".into()),
            ..Default::default()
        };
        let given = Given { realm_roles: vec![renamed], ..Given::default() };
        assert_eq!(given.beyond("acme", |_, _| false).names(), Vec::<String>::new());
    }
}
