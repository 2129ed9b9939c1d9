//! The table of calls.

use crate::generated::operations::OPERATIONS;

/// One call of the admin API.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Name of the [`AdminApi`](crate::AdminApi) method: `client_get`.
    pub id: &'static str,
    /// HTTP method, upper case.
    pub method: &'static str,
    /// Route template, `/admin/realms/{realm}/clients/{client-uuid}`: a metric label of bounded size.
    pub template: &'static str,
}

impl Operation {
    /// Every call, sorted by name.
    pub fn all() -> &'static [Self] {
        OPERATIONS
    }

    /// The call of this name.
    pub fn named(id: &str) -> Option<&'static Self> {
        let found = OPERATIONS.binary_search_by(|operation| operation.id.cmp(id)).ok()?;
        OPERATIONS.get(found)
    }

    /// Whether sending it twice is the same as sending it once (RFC 9110, 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "PUT" | "DELETE")
    }

    /// Whether its work grows with the size of a realm: creating, changing, deleting, importing and
    /// exporting one, changing the profile of its users, deleting a role, which is taken from whoever
    /// holds it, or a group, which goes with its whole tree, and synchronising users. Deleting a realm
    /// of 3,000 objects took 11 s.
    pub fn is_long(&self) -> bool {
        matches!(
            self.id,
            "realm_create"
                | "realm_update"
                | "realm_delete"
                | "realm_partial_export"
                | "realm_partial_import"
                | "user_profile_update"
                | "role_delete"
                | "role_by_id_delete"
                | "group_delete"
                | "authz_import"
                | "authz_settings"
                | "user_storage_sync"
                | "user_storage_mapper_sync"
                | "user_storage_unlink_users"
                | "user_storage_remove_imported"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_found_by_its_name() {
        assert!(OPERATIONS.len() > 200);
        for operation in Operation::all() {
            assert_eq!(Operation::named(operation.id), Some(operation));
        }
        assert_eq!(Operation::named("nonsense"), None);
    }

    #[test]
    fn what_grows_with_a_realm_is_long_and_what_is_about_one_object_is_not() {
        let long: Vec<&str> =
            OPERATIONS.iter().filter(|operation| operation.is_long()).map(|operation| operation.id).collect();
        // Sorted, as the table is.
        let expected = [
            "authz_import",
            "authz_settings",
            "group_delete",
            "realm_create",
            "realm_delete",
            "realm_partial_export",
            "realm_partial_import",
            "realm_update",
            "role_by_id_delete",
            "role_delete",
            "user_profile_update",
            "user_storage_mapper_sync",
            "user_storage_remove_imported",
            "user_storage_sync",
            "user_storage_unlink_users",
        ];
        assert_eq!(long, expected);
        for usual in ["client_get", "group_update", "realm_get", "role_by_id_update", "user_profile_get"] {
            assert!(Operation::named(usual).is_some_and(|operation| !operation.is_long()), "{usual}");
        }
    }
}
