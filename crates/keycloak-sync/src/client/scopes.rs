//! The client scopes of a client: which it is to have, and which new clients of its realm get.

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::AdminApi;
use keycloak_admin::types::{ClientRepresentation, ClientScopeRepresentation};
use keycloak_crds::client::{ClientList, KeycloakClientSpec, Protocol};
use keycloak_plan::kinds::{DEFAULT_CLIENT_SCOPE, OPTIONAL_CLIENT_SCOPE};
use keycloak_plan::{Desired, DesiredLinks, FieldPath, LiveState, Refusal, Relation};

use super::{Observed, identity, is_complete};
use crate::error::{SyncError, Verb};
use crate::realm;

/// The protocol of what does not say one.
const USUAL: &str = Protocol::OpenidConnect.as_str();

/// Both ways to have a scope.
const RELATIONS: [&Relation; 2] = [&DEFAULT_CLIENT_SCOPE, &OPTIONAL_CLIENT_SCOPE];

/// The client scopes of a realm, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeMap<String, Scope>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Scope {
    /// Keycloak's id of it.
    id: String,
    /// A client has scopes of its own protocol only.
    protocol: String,
    /// How new clients get it.
    given_by: Option<&'static Relation>,
}

impl Scopes {
    /// Reads the scopes of a realm, and which of them new clients get: three calls.
    ///
    /// # Errors
    /// Why a call failed; [`SyncError::is_not_found`] says that there is no such realm.
    pub async fn read(api: &AdminApi, realm: &str) -> Result<Self, SyncError> {
        let failed = || SyncError::call(Verb::Read, &realm::identity(realm));
        let all = api.scope_list(realm).await.map_err(failed())?;
        let defaults = api.realm_default_scopes(realm).await.map_err(failed())?;
        let optional = api.realm_optional_scopes(realm).await.map_err(failed())?;
        Ok(Self::of(&all, &defaults, &optional))
    }

    fn of(
        all: &[ClientScopeRepresentation],
        defaults: &[ClientScopeRepresentation],
        optional: &[ClientScopeRepresentation],
    ) -> Self {
        let names = |scopes: &[ClientScopeRepresentation]| {
            scopes.iter().filter_map(|scope| scope.name.clone()).collect::<BTreeSet<String>>()
        };
        let (defaults, optional) = (names(defaults), names(optional));
        let scopes = all.iter().filter_map(|scope| {
            let name = scope.name.clone()?;
            let given_by = if defaults.contains(&name) {
                Some(&DEFAULT_CLIENT_SCOPE)
            } else {
                optional.contains(&name).then_some(&OPTIONAL_CLIENT_SCOPE)
            };
            let protocol = scope.protocol.clone().unwrap_or_else(|| USUAL.to_owned());
            Some((name, Scope { id: scope.id.clone()?, protocol, given_by }))
        });
        Self(scopes.collect())
    }

    /// Whether the realm has a scope of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn id(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|scope| scope.id.as_str())
    }

    /// What a new client of this protocol gets by one relation.
    fn given<'s>(&'s self, relation: &'s Relation, protocol: &'s str) -> impl Iterator<Item = &'s str> {
        let given = self.0.iter().filter(move |(_, scope)| {
            scope.given_by.is_some_and(|by| *by == *relation) && scope.protocol == protocol
        });
        given.map(|(name, _)| name.as_str())
    }
}

/// The scopes that a spec asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct WantedScopes {
    links: Vec<DesiredLinks>,
    protocol: Option<&'static str>,
}

impl WantedScopes {
    pub(super) fn of(spec: &KeycloakClientSpec) -> Self {
        let lists = [
            (&spec.default_client_scopes, &DEFAULT_CLIENT_SCOPE, ClientList::DefaultClientScopes),
            (&spec.optional_client_scopes, &OPTIONAL_CLIENT_SCOPE, ClientList::OptionalClientScopes),
        ];
        let links = lists.into_iter().filter_map(|(names, relation, list)| {
            let names: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
            let is_complete = is_complete(spec, list);
            if names.is_empty() && !is_complete {
                return None;
            }
            let links = DesiredLinks::new(identity(&spec.client_id), relation, names);
            Some(if is_complete { links.exclusive() } else { links })
        });
        Self { links: links.collect(), protocol: spec.protocol.map(Protocol::as_str) }
    }

    /// The names that are asked for.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.links.iter().flat_map(DesiredLinks::targets)
    }

    /// Whether a plan has to know the scopes of the realm: for a client that may be made, or lacks one.
    pub(super) fn need_the_realms(&self, observed: Option<&Observed>) -> bool {
        let Some(live) = observed.and_then(Observed::present) else { return !self.links.is_empty() };
        let lacks = |links: &DesiredLinks| {
            let held = held(live, links.relation());
            links.targets().any(|name| !held.iter().any(|held| held == name))
        };
        self.links.iter().any(lacks)
    }

    /// The links that can be asked for. What a client of its protocol cannot have is added to `refused`.
    pub(super) fn granted(
        &self,
        observed: Option<&Observed>,
        scopes: Option<&Scopes>,
        refused: &mut Vec<Refusal>,
    ) -> Vec<DesiredLinks> {
        let live = observed.and_then(Observed::present);
        let protocol = self.protocol_of(live);
        let mut granted = Vec::new();
        for links in &self.links {
            let relation = links.relation();
            let of_another = |name: &str| {
                let scope = scopes?.0.get(name)?;
                let is_held = live.is_some_and(|live| held(live, relation).iter().any(|held| held == name));
                (scope.protocol != protocol && !is_held).then_some(scope)
            };
            refused.extend(links.targets().filter_map(|name| {
                let scope = of_another(name)?;
                let path = FieldPath::field(relation.at_creation?).then_key(name);
                let why = format!(
                    "this client scope is for {}, and Keycloak does not give it to a client for {protocol}; take it out",
                    scope.protocol
                );
                Some(Refusal::Area { path, why })
            }));
            granted.push(links.clone().only(|name| of_another(name).is_none()));
        }
        granted
    }

    /// The client as it is made: as soon as its POST names a scope, Keycloak gives it none of those that new clients of the realm
    /// get. So they are named too, but where a list is complete, and but for those that the object wants in the other list.
    pub(super) fn created(&self, desired: Desired, scopes: Option<&Scopes>) -> Desired {
        let Some(scopes) = scopes.filter(|_| !self.links.is_empty()) else { return desired };
        let protocol = self.protocol_of(None);
        let asked: BTreeSet<&str> = self.names().collect();
        RELATIONS.into_iter().fold(desired, |desired, relation| {
            let is_complete =
                self.links.iter().any(|links| *links.relation() == *relation && links.is_exclusive());
            match relation.at_creation.filter(|_| !is_complete) {
                Some(field) => {
                    let given = scopes.given(relation, protocol).filter(|name| !asked.contains(name));
                    desired.created_with(field, given.collect::<Vec<_>>())
                }
                None => desired,
            }
        })
    }

    /// What there is of scopes: those that the client has, and which of those that it is to have exist.
    pub(super) fn state(
        &self,
        observed: Option<&Observed>,
        client_id: &str,
        scopes: Option<&Scopes>,
        mut live: LiveState,
    ) -> LiveState {
        if let Some(client) = observed.and_then(Observed::present) {
            for relation in RELATIONS {
                let held = held(client, relation).iter().map(String::as_str);
                live = live.links(identity(client_id), relation, held);
            }
        }
        let Some(scopes) = scopes else { return live };
        for links in &self.links {
            for name in links.targets() {
                live = live.target(links.relation(), name, scopes.id(name));
            }
        }
        live
    }

    fn protocol_of<'p>(&self, live: Option<&'p ClientRepresentation>) -> &'p str {
        self.protocol.or_else(|| live.and_then(|live| live.protocol.as_deref())).unwrap_or(USUAL)
    }
}

/// The scopes that a client has by one relation.
fn held<'l>(live: &'l ClientRepresentation, relation: &Relation) -> &'l [String] {
    let list = if *relation == DEFAULT_CLIENT_SCOPE {
        &live.default_client_scopes
    } else {
        &live.optional_client_scopes
    };
    list.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests;
