//! Roles of clients, as links name them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use keycloak_admin::queries::ClientRoleListQuery;
use keycloak_admin::{AdminApi, AdminError};
use keycloak_crds::policy::ListMap;
use keycloak_plan::kinds::{CLIENT_ROLE_OF_GROUP, CLIENT_ROLE_OF_ROLE, REALM_ROLE, SCOPE_MAPPING};
use keycloak_plan::{FieldPath, Identity, LiveState, Refusal, Relation, Server, ServerVersion, Step};

use crate::error::{SyncError, Verb};
use crate::execute::Target;
use crate::realm::links::without_end;
use crate::realm::parts::{Look, Needed};
use crate::realm::{Observed, scope_mappings};

/// A role of a client, by client id and name.
///
/// Its text is `client>role`, with a backslash before `\` and `>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClientRole {
    /// The client id.
    pub(crate) client: String,
    /// The role's name.
    pub(crate) role: String,
}

impl fmt::Display for ClientRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('>', "\\>");
        write!(f, "{}>{}", escaped(&self.client), escaped(&self.role))
    }
}

impl FromStr for ClientRole {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mut parts, mut escaped) = (vec![String::new()], false);
        for letter in text.chars() {
            let last = parts.last_mut().ok_or(())?;
            match letter {
                _ if escaped => {
                    last.push(letter);
                    escaped = false;
                }
                '\\' => escaped = true,
                '>' => parts.push(String::new()),
                _ => last.push(letter),
            }
        }
        match <[String; 2]>::try_from(parts) {
            Ok([client, role]) if !escaped => Ok(Self { client, role }),
            Ok(_) | Err(_) => Err(()),
        }
    }
}

/// The roles of clients that a spec lists by client, one by one.
pub(crate) fn declared(by_client: Option<&ListMap>) -> impl Iterator<Item = ClientRole> {
    by_client.into_iter().flatten().flat_map(|(client, roles)| {
        roles.iter().map(move |role| ClientRole { client: client.clone(), role: role.clone() })
    })
}

/// The same as a server shows them.
pub(crate) fn shown(
    by_client: Option<&BTreeMap<String, Option<Vec<String>>>>,
) -> impl Iterator<Item = ClientRole> {
    by_client.into_iter().flatten().flat_map(|(client, roles)| {
        let roles = roles.iter().flatten();
        roles.map(move |role| ClientRole { client: client.clone(), role: role.clone() })
    })
}

/// In a realm that is to be made there is none of a client that anybody made.
pub(crate) fn of_no_realm(needed: Needed<'_>, mut live: LiveState) -> LiveState {
    for relation in [&CLIENT_ROLE_OF_ROLE, &CLIENT_ROLE_OF_GROUP] {
        for (_, target) in needed.targets(relation) {
            live = live.target(relation, target, None);
        }
    }
    live
}

/// Adds which roles of clients exist that roles and groups are to hold and do not hold yet. What they hold was read before.
pub(crate) async fn observe(look: &Look<'_>, live: LiveState) -> Result<LiveState, SyncError> {
    let mut new = Vec::new();
    for relation in [&CLIENT_ROLE_OF_ROLE, &CLIENT_ROLE_OF_GROUP] {
        let targets = look.needed.targets(relation);
        let targets = targets.filter(|(holder, target)| !live.is_linked(holder, relation, target));
        new.extend(targets.filter_map(|(_, target)| target.parse::<ClientRole>().ok()));
    }
    // Both relations lead to the same kind of target.
    look_up(look, &CLIENT_ROLE_OF_ROLE, new, live).await
}

/// The setting of a realm under which Keycloak asks for finer rights than its own roles give.
pub(crate) const ADMIN_PERMISSIONS: &str = "adminPermissionsEnabled";

/// The client whose roles manage the realm.
const MANAGEMENT: &str = "realm-management";

/// Its role that holds all others.
const EVERYTHING: &str = "realm-admin";

/// Versions in which nobody below an administrator of the whole server gives roles that manage a realm (keycloak#44371).
static STRICT: [Range<ServerVersion>; 2] = [
    ServerVersion::new(26, 4, 0)..ServerVersion::new(26, 4, 8),
    ServerVersion::new(26, 5, 0)..ServerVersion::new(26, 5, 1),
];

/// Which roles of clients our login may not give in a realm, whatever the object asks (rule 1.11): Keycloak would answer 403, or would let
/// a token carry what nobody is to hand out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard {
    admin_permissions: bool,
    /// The server's version, where it is one of [`STRICT`].
    strict: Option<ServerVersion>,
}

impl Guard {
    /// `asked` is what the object says of [`ADMIN_PERMISSIONS`], which is written before any link.
    pub(crate) fn of(asked: Option<bool>, observed: &Observed, server: &Server) -> Self {
        let live = observed.present().and_then(|live| live.admin_permissions_enabled);
        let strict = server.version.filter(|version| STRICT.iter().any(|strict| strict.contains(version)));
        Self { admin_permissions: asked.or(live) == Some(true), strict }
    }

    /// Why a link of this relation cannot be made.
    pub(crate) fn refusal(self, relation: &Relation, target: &str) -> Option<Refusal> {
        let (field, given, tokens) = if *relation == CLIENT_ROLE_OF_ROLE {
            ("compositeClientRoles", target.parse::<ClientRole>().ok()?, None)
        } else if *relation == CLIENT_ROLE_OF_GROUP {
            ("clientRoles", target.parse::<ClientRole>().ok()?, None)
        } else if *relation == SCOPE_MAPPING {
            let (tokens, role) = scope_mappings::of_a_client_role(target)?;
            ("clientScopeMappings", role, Some(tokens))
        } else {
            return None;
        };
        let ClientRole { client, role } = given;
        if client != MANAGEMENT {
            return None;
        }
        let why = match tokens {
            Some(tokens) => self.why_not_carried(&role, &tokens)?,
            None => self.why_not_given(&role)?,
        };
        Some(Refusal::Area { path: FieldPath::field(field).then_key(&client), why })
    }

    /// Why tokens, `tokens of client portal`, are not to carry a role that manages the realm. Versions differ in what they answer.
    fn why_not_carried(self, role: &str, tokens: &str) -> Option<String> {
        if role == EVERYTHING {
            return Some(format!(
                "{EVERYTHING} gives every right over the realm, and {tokens} are not to carry it; name the roles of {MANAGEMENT} \
                 that are needed instead, for example manage-users"
            ));
        }
        self.admin_permissions.then(|| {
            format!(
                "{tokens} are not to carry {role}, a role that manages the realm, while {ADMIN_PERMISSIONS} is on; take it out, or \
                 set {ADMIN_PERMISSIONS} to false in spec.extra"
            )
        })
    }

    /// Why a role that manages the realm cannot be given.
    fn why_not_given(self, role: &str) -> Option<String> {
        Some(if role == EVERYTHING {
            format!(
                "Keycloak lets only an administrator of the whole server give {EVERYTHING}; name the roles of {MANAGEMENT} that \
                 are needed instead, for example manage-users"
            )
        } else if self.admin_permissions {
            format!(
                "Keycloak lets only an administrator of the whole server give {role}, a role that manages the realm, while \
                 {ADMIN_PERMISSIONS} is on; take it out, or set {ADMIN_PERMISSIONS} to false in spec.extra"
            )
        } else {
            let version = self.strict?;
            format!(
                "Keycloak {version} lets only an administrator of the whole server give {role}, a role that manages the realm; \
                 take it out, or upgrade the server to 26.4.8, 26.5.1 or later"
            )
        })
    }
}

/// Looks up which of these roles exist: two calls per client, however many roles of it are asked for. A client that is there
/// with no such role, and a client that is not there, are the same to a link.
pub(crate) async fn look_up(
    look: &Look<'_>,
    relation: &'static Relation,
    targets: Vec<ClientRole>,
    mut live: LiveState,
) -> Result<LiveState, SyncError> {
    let mut clients = Clients::default();
    for target in targets {
        let id = clients.role(look.api, look.realm, &target).await?;
        live = live.target(relation, &target.to_string(), id.as_deref());
    }
    Ok(live)
}

/// Clients and their roles, each read once.
#[derive(Debug, Default)]
pub(crate) struct Clients(BTreeMap<String, Option<Client>>);

#[derive(Debug)]
struct Client {
    uuid: String,
    /// Keycloak's ids of its roles by name, once one was asked for.
    roles: Option<BTreeMap<String, String>>,
}

impl Clients {
    /// Notes what was read of a client elsewhere: Keycloak's id of it, or that it is not there.
    pub(crate) fn know(&mut self, client_id: &str, uuid: Option<String>) {
        let client = uuid.map(|uuid| Client { uuid, roles: None });
        self.0.entry(client_id.to_owned()).or_insert(client);
    }

    /// Keycloak's id of the client; `None` if it is not there.
    pub(crate) async fn uuid(
        &mut self,
        api: &AdminApi,
        realm: &str,
        client_id: &str,
    ) -> Result<Option<String>, SyncError> {
        Ok(self.client(api, realm, client_id).await?.map(|client| client.uuid.clone()))
    }

    /// Keycloak's id of the role; `None` if the client or its role is not there.
    pub(crate) async fn role(
        &mut self,
        api: &AdminApi,
        realm: &str,
        role: &ClientRole,
    ) -> Result<Option<String>, SyncError> {
        let Some(client) = self.client(api, realm, &role.client).await? else { return Ok(None) };
        if client.roles.is_none() {
            client.roles = Some(roles(api, realm, &role.client, &client.uuid).await?);
        }
        Ok(client.roles.as_ref().and_then(|roles| roles.get(&role.role)).cloned())
    }

    async fn client(
        &mut self,
        api: &AdminApi,
        realm: &str,
        client_id: &str,
    ) -> Result<Option<&mut Client>, SyncError> {
        if !self.0.contains_key(client_id) {
            let found = api.client_by_client_id(realm, client_id).await.map_err(failed(client_id))?;
            let client = found.and_then(|client| client.id).map(|uuid| Client { uuid, roles: None });
            self.0.insert(client_id.to_owned(), client);
        }
        Ok(self.0.get_mut(client_id).and_then(Option::as_mut))
    }
}

/// Ids of the roles of a client. One that went meanwhile has none.
async fn roles(
    api: &AdminApi,
    realm: &str,
    client_id: &str,
    uuid: &str,
) -> Result<BTreeMap<String, String>, SyncError> {
    let query = ClientRoleListQuery { brief_representation: Some(true), ..ClientRoleListQuery::default() };
    let roles = match api.client_role_list(realm, uuid, query).await {
        Err(error) if error.is_not_found() => Vec::new(),
        roles => roles.map_err(failed(client_id))?,
    };
    Ok(roles.into_iter().filter_map(|role| Some((role.name?, role.id?))).collect())
}

/// Keycloak's id of the role of a client that a link leads to. `None` for a link that is to be taken away and whose role is gone.
pub(crate) async fn target_of(
    step: &Step,
    role: &ClientRole,
    clients: &mut Clients,
    target: &Target<'_>,
) -> Result<Option<String>, SyncError> {
    if let Some(id) = &step.target_id {
        return Ok(Some(id.clone()));
    }
    if let Some(id) = clients.role(target.api, target.realm, role).await? {
        return Ok(Some(id));
    }
    let client = crate::client::identity(&role.client);
    without_end(step, Identity::below(client, &REALM_ROLE, &role.role)).map(|()| None)
}

fn failed(client_id: &str) -> impl FnOnce(AdminError) -> SyncError {
    let client = crate::client::identity(client_id);
    move |error| SyncError::call(Verb::Read, &client)(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_give_no_role_that_manages_a_realm_are_known() {
        let strict = |version: &str| {
            let server = Server::version(version.parse().unwrap());
            let guard = Guard::of(None, &Observed::Absent, &server);
            guard.refusal(&CLIENT_ROLE_OF_GROUP, "realm-management>view-users").is_some()
        };
        let versions = ["26.3.5", "26.4.0", "26.4.7", "26.4.8", "26.5.0", "26.5.1", "26.7.3"];
        assert_eq!(versions.map(strict), [false, true, true, false, true, false, false]);
        let guard = Guard::of(Some(true), &Observed::Absent, &Server::default());
        assert_eq!(
            guard.refusal(&CLIENT_ROLE_OF_ROLE, "orders>realm-admin"),
            None,
            "a role of another client"
        );
    }

    #[test]
    fn tokens_carry_no_role_that_manages_the_realm_where_permissions_are_finer_and_never_all_of_them() {
        let told = |asked: Option<bool>, version: &str| {
            let server = Server::version(version.parse().unwrap());
            let guard = Guard::of(asked, &Observed::Absent, &server);
            let refusal =
                |target: &&str| guard.refusal(&SCOPE_MAPPING, target).map(|refusal| refusal.to_string());
            [
                "client:portal>client:realm-management>role:realm-admin",
                "client scope:department>client:realm-management>role:view-users",
                "client:portal>client:orders>role:realm-admin",
                "client:portal>role:realm-admin",
            ]
            .iter()
            .filter_map(refusal)
            .collect::<Vec<_>>()
            .join("\n")
        };
        insta::assert_snapshot!(told(Some(true), "26.7.3"), @r"
        clientScopeMappings[realm-management]: realm-admin gives every right over the realm, and tokens of client portal are not to carry it; name the roles of realm-management that are needed instead, for example manage-users
        clientScopeMappings[realm-management]: tokens with client scope department are not to carry view-users, a role that manages the realm, while adminPermissionsEnabled is on; take it out, or set adminPermissionsEnabled to false in spec.extra
        ");
        for version in ["26.7.3", "26.4.5"] {
            assert_eq!(told(None, version), told(Some(true), "26.7.3").lines().next().unwrap(), "{version}");
        }
    }

    #[test]
    fn a_role_of_a_client_is_read_as_it_was_written() {
        for (client, role, text) in [
            ("orders", "viewer", "orders>viewer"),
            ("https://a/b", "x>y", r"https://a/b>x\>y"),
            (r"a\", "b", r"a\\>b"),
        ] {
            let target = ClientRole { client: client.into(), role: role.into() };
            assert_eq!(target.to_string(), text);
            assert_eq!(text.parse(), Ok(target));
        }
        for none in ["orders", "a>b>c", r"a>b\"] {
            assert_eq!(none.parse::<ClientRole>(), Err(()), "{none}");
        }
    }
}
