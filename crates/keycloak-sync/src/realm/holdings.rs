//! What goes with a realm that is deleted and that nobody can bring back.
//!
//! Users with their credentials, the identities by which providers know them, and their places in organizations; and of users that
//! a directory keeps what Keycloak keeps for it. An identity of a provider and a member of an organization is always that of a user.
//! So a realm without users and directories holds neither, and they are no counts of their own: organizations are told, not judged.
//!
//! A directory is a reason by itself: the number of users has none of those that it shows without having made a copy, and what
//! Keycloak keeps of them (credentials, consents, identities of providers) stands nowhere else.

use keycloak_admin::{AdminApi, queries};
use keycloak_plan::Live;

use super::{Observed, identity};
use crate::error::{SyncError, Verb};

/// The type of component that a user federation is.
const USER_FEDERATION: &str = "org.keycloak.storage.UserStorageProvider";

/// What a realm holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Users, service accounts apart.
    pub users: u64,
    /// Directories that users come from, enabled or not.
    pub federations: u64,
    /// Organizations; 0 where there are no users that could belong to one.
    pub organizations: u64,
}

impl Holdings {
    /// Of a realm with this many users and nothing else.
    pub fn of_users(users: u64) -> Self {
        Self { users, ..Self::default() }
    }

    /// Whether there is anybody whose data would be lost.
    fn is_nobody(self) -> bool {
        self.users == 0 && self.federations == 0
    }

    /// The live realm with what it holds, as the plan of its deletion takes it.
    pub(crate) fn told(self, live: Live) -> Live {
        if self.is_nobody() {
            return live.held(0, "users");
        }
        let counts = [
            (self.users, "user", "users"),
            (self.federations, "user federation", "user federations"),
            (self.organizations, "organization", "organizations"),
        ];
        let mut counts = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| (count, if count == 1 { one } else { many }));
        let Some((count, what)) = counts.next() else { return live };
        let further: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        match further.as_slice() {
            [] => live.held(count, what),
            [second] => live.held(count, &format!("{what} and {second}")),
            [second, rest @ ..] => live.held(count, &format!("{what}, {second} and {}", rest.join(" and "))),
        }
    }
}

/// Counts what deleting a realm would lose: two calls, and a third for a realm with organizations in which somebody is.
///
/// # Errors
/// Why a call failed.
pub async fn holdings(api: &AdminApi, name: &str, live: &Observed) -> Result<Holdings, SyncError> {
    let identity = identity(name);
    let failed = || SyncError::call(Verb::Read, &identity);
    let Some(realm) = live.present() else { return Ok(Holdings::default()) };
    let users = api.user_count(name, queries::UserCountQuery::default()).await.map_err(failed())?;
    let query = queries::ComponentListQuery { type_: Some(USER_FEDERATION), ..Default::default() };
    let federations = api.component_list(name, query).await.map_err(failed())?;
    let mut holdings = Holdings {
        users: u64::try_from(users).unwrap_or_default(),
        federations: u64::try_from(federations.len()).unwrap_or(u64::MAX),
        organizations: 0,
    };
    if realm.organizations_enabled == Some(true) && !holdings.is_nobody() {
        let query = queries::OrganizationCountQuery::default();
        match api.organization_count(name, query).await {
            Ok(organizations) => holdings.organizations = u64::try_from(organizations).unwrap_or_default(),
            // It is only told: a login that was not given the right, or a server without the feature, holds nothing up.
            Err(error) if error.is_denied() || error.is_not_found() => {}
            Err(error) => return Err(failed()(error)),
        }
    }
    Ok(holdings)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(users: u64, federations: u64, organizations: u64) -> String {
        let holdings = Holdings { users, federations, organizations };
        format!("{:?}", holdings.told(Live::new(json!({}))))
    }

    #[test]
    fn what_a_realm_holds_is_told_in_numbers_and_only_what_is_there() {
        let lines = [told(1, 0, 0), told(3, 0, 2), told(0, 1, 0), told(0, 2, 1), told(3, 1, 1)];
        insta::assert_snapshot!(lines.join("\n"), @r#"
        Live { held: Some(Held { count: 1, what: "user" }), edited: false, built_in: false, .. }
        Live { held: Some(Held { count: 3, what: "users and 2 organizations" }), edited: false, built_in: false, .. }
        Live { held: Some(Held { count: 1, what: "user federation" }), edited: false, built_in: false, .. }
        Live { held: Some(Held { count: 2, what: "user federations and 1 organization" }), edited: false, built_in: false, .. }
        Live { held: Some(Held { count: 3, what: "users, 1 user federation and 1 organization" }), edited: false, built_in: false, .. }
        "#);
    }

    #[test]
    fn organizations_in_which_nobody_can_be_hold_nothing_back() {
        assert_eq!(told(0, 0, 2), told(0, 0, 0));
        assert!(told(0, 0, 2).contains("count: 0"), "{}", told(0, 0, 2));
    }
}
