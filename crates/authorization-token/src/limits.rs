//! What a namespace may ask of a target, however it was let in.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pattern::NamePattern;
use crate::token::TokenId;

/// Something an object may ask for that reaches beyond itself, so that the target's owner has a say in it.
///
/// Asked means: the CR says it, also by `extra` or `attributes`. From a namespace other than the target's none is allowed
/// unless limits say so; from the target's own namespace all are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Capability {
    /// Roles of `realm-management` (or of a `<realm>-realm` client of the master realm) for a service account, in a scope
    /// mapping or in a composite.
    RealmManagementRoles,
    /// The role `impersonation`, or a policy that permits it.
    Impersonation,
    /// Mappers and policies that run a script.
    ScriptMappers,
    /// Redirect URIs with `*` in them.
    WildcardRedirectUris,
    /// Token exchange, standard or legacy.
    TokenExchange,
    /// `fullScopeAllowed: true`, said in the CR: every role of a user stands in the client's tokens. Where it is not allowed, a
    /// client that says nothing is made without.
    FullScope,
    /// Client scopes of the realm beside Keycloak's own, named in the CR: with each come the roles that are mapped to it.
    ClientScopes,
    /// URLs that the server calls and that lead into the cluster: link-local and metadata addresses, the API server, Services;
    /// also the host of a mail server.
    InternalUrls,
    /// `adminPermissionsEnabled`: permissions that administrators of a realm give to others.
    AdminPermissions,
    /// Listeners of events beside those that every server has.
    EventListeners,
    /// Headers of pages that protect less than those that Keycloak sends by itself; pages of all realms have one origin.
    SecurityHeaders,
    /// Flows of a client's own in place of the realm's: another one may ask a user for less.
    Flows,
}

impl Capability {
    /// All of them, in the order of declaration.
    pub const ALL: [Self; 12] = [
        Self::RealmManagementRoles,
        Self::Impersonation,
        Self::ScriptMappers,
        Self::WildcardRedirectUris,
        Self::TokenExchange,
        Self::FullScope,
        Self::ClientScopes,
        Self::InternalUrls,
        Self::AdminPermissions,
        Self::EventListeners,
        Self::SecurityHeaders,
        Self::Flows,
    ];

    /// The name as it stands in `limits[].allowed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RealmManagementRoles => "realmManagementRoles",
            Self::Impersonation => "impersonation",
            Self::ScriptMappers => "scriptMappers",
            Self::WildcardRedirectUris => "wildcardRedirectUris",
            Self::TokenExchange => "tokenExchange",
            Self::FullScope => "fullScope",
            Self::ClientScopes => "clientScopes",
            Self::InternalUrls => "internalUrls",
            Self::AdminPermissions => "adminPermissions",
            Self::EventListeners => "eventListeners",
            Self::SecurityHeaders => "securityHeaders",
            Self::Flows => "flows",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Limits as they are written on a target or given to a token. What is absent is not limited here.
///
/// JSON: `{"names": ["team-a-*"], "maxObjects": 5, "allowed": ["fullScope"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// Realm names (on an instance) or client ids (in a realm): one of the patterns must fit. Never an empty list.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "not_empty")]
    pub names: Option<BTreeSet<NamePattern>>,
    /// How many objects of one namespace may stand on the target. Zero stops creation; it deletes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_objects: Option<u32>,
    /// What may be asked for; an empty list: nothing. Absent: the default described on [`Capability`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<BTreeSet<Capability>>,
}

fn not_empty<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<BTreeSet<NamePattern>>, D::Error> {
    let names = Option::<BTreeSet<NamePattern>>::deserialize(source)?;
    if names.as_ref().is_some_and(BTreeSet::is_empty) {
        return Err(serde::de::Error::custom(
            "names is empty, which would allow no name at all: write at least one pattern, or leave names out",
        ));
    }
    Ok(names)
}

/// Where a limit comes from, so that a message can name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitSource {
    /// `spec.authorization.limits[index]` of the target.
    Target(usize),
    /// The named token.
    Token(TokenId),
    /// Nobody said anything, and the namespace is not the target's own.
    SafeDefault,
}

impl fmt::Display for LimitSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(index) => write!(f, "spec.authorization.limits[{index}]"),
            Self::Token(id) => write!(f, "the limits of authorization token {id}"),
            Self::SafeDefault => f.write_str("the default for other namespaces"),
        }
    }
}

/// A limit and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited<T> {
    /// The limit.
    pub value: T,
    /// Who set it.
    pub source: LimitSource,
}

/// What may be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Allowance {
    /// Everything: the target's own namespace, and nobody said otherwise.
    #[default]
    Everything,
    /// Only what each of these lists holds.
    Only(Vec<Limited<BTreeSet<Capability>>>),
}

/// All limits that hold for one object, the narrowest of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EffectiveLimits {
    /// A name must fit every one of these lists, in each by one pattern. Empty: any name.
    pub names: Vec<Limited<BTreeSet<NamePattern>>>,
    /// The smallest number that anybody set.
    pub max_objects: Option<Limited<u32>>,
    /// What may be asked for.
    pub allowance: Allowance,
}

impl EffectiveLimits {
    /// Adds what `limits` says; nothing ever gets wider by it, except that a list of capabilities takes the place of no list.
    pub(crate) fn narrow(&mut self, source: &LimitSource, limits: &Limits) {
        if let Some(names) = &limits.names {
            self.names.push(Limited { value: names.clone(), source: source.clone() });
        }
        if let Some(max) = limits.max_objects
            && self.max_objects.as_ref().is_none_or(|known| max < known.value)
        {
            self.max_objects = Some(Limited { value: max, source: source.clone() });
        }
        if let Some(allowed) = &limits.allowed {
            let list = Limited { value: allowed.clone(), source: source.clone() };
            match &mut self.allowance {
                Allowance::Everything => self.allowance = Allowance::Only(vec![list]),
                Allowance::Only(lists) => lists.push(list),
            }
        }
    }

    /// Nothing that reaches further, where nobody said anything.
    pub(crate) fn default_for_other_namespaces(&mut self) {
        if self.allowance == Allowance::Everything {
            let nothing = Limited { value: BTreeSet::new(), source: LimitSource::SafeDefault };
            self.allowance = Allowance::Only(vec![nothing]);
        }
    }

    /// The first list of patterns that `name` does not fit.
    pub fn name_refused_by(&self, name: &str) -> Option<&Limited<BTreeSet<NamePattern>>> {
        self.names.iter().find(|list| !list.value.iter().any(|pattern| pattern.matches(name)))
    }

    /// What of `asked` is not allowed, each with the first who does not allow it.
    pub fn capabilities_refused(&self, asked: &BTreeSet<Capability>) -> Vec<(Capability, LimitSource)> {
        let Allowance::Only(lists) = &self.allowance else { return Vec::new() };
        let refused = |capability: &Capability| {
            let list = lists.iter().find(|list| !list.value.contains(capability))?;
            Some((*capability, list.source.clone()))
        };
        asked.iter().filter_map(refused).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn limits_are_read_back_and_an_empty_list_of_names_is_refused() {
        let json = r#"{"names":["team-a-*"],"maxObjects":5,"allowed":["fullScope"]}"#;
        let limits: Limits = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&limits).unwrap(), json);
        assert_eq!(serde_json::from_str::<Limits>("{}").unwrap(), Limits::default());
        let error = serde_json::from_str::<Limits>(r#"{"names":[]}"#).unwrap_err();
        insta::assert_snapshot!(error, @"names is empty, which would allow no name at all: write at least one pattern, or leave names out at line 1 column 12");
        let error = serde_json::from_str::<Limits>(r#"{"allowed":["everything"]}"#).unwrap_err();
        insta::assert_snapshot!(error, @"unknown variant `everything`, expected one of `realmManagementRoles`, `impersonation`, `scriptMappers`, `wildcardRedirectUris`, `tokenExchange`, `fullScope`, `clientScopes`, `internalUrls`, `adminPermissions`, `eventListeners`, `securityHeaders`, `flows` at line 1 column 24");
    }

    #[test]
    fn each_capability_is_written_as_it_is_called() {
        for capability in Capability::ALL {
            assert_eq!(serde_json::to_value(capability).unwrap(), capability.as_str());
        }
    }

    fn limits() -> impl Strategy<Value = Limits> {
        let names = proptest::option::of(proptest::collection::btree_set("[ab]{0,2}\\*?[ab]", 1..3));
        let allowed = proptest::option::of(proptest::sample::subsequence(
            Capability::ALL.to_vec(),
            0..=Capability::ALL.len(),
        ));
        (names, proptest::option::of(0..9_u32), allowed).prop_map(|(names, max_objects, allowed)| Limits {
            names: names.map(|names| names.into_iter().map(|name| NamePattern::new(name).unwrap()).collect()),
            max_objects,
            allowed: allowed.map(|allowed| allowed.into_iter().collect()),
        })
    }

    proptest! {
        /// Whatever one of the limits refuses, all together refuse, in whatever order they come.
        #[test]
        fn the_narrowest_wins(all in proptest::collection::vec(limits(), 1..4), name in "[ab]{0,3}") {
            let mut together = EffectiveLimits::default();
            for (index, limits) in all.iter().enumerate() {
                together.narrow(&LimitSource::Target(index), limits);
            }
            let asked = BTreeSet::from(Capability::ALL);
            let refused: BTreeSet<Capability> =
                together.capabilities_refused(&asked).into_iter().map(|(capability, _)| capability).collect();
            let expected_refused: BTreeSet<Capability> = asked
                .into_iter()
                .filter(|capability| all.iter().any(|one| one.allowed.as_ref().is_some_and(|set| !set.contains(capability))))
                .collect();
            prop_assert_eq!(refused, expected_refused);
            prop_assert_eq!(together.max_objects.clone().map(|max| max.value), all.iter().filter_map(|one| one.max_objects).min());
            let fits_all = all.iter().all(|one| one.names.as_ref().is_none_or(|names| names.iter().any(|name_pattern| name_pattern.matches(&name))));
            prop_assert_eq!(together.name_refused_by(&name).is_none(), fits_all);
        }
    }
}
