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

    /// Whether its work grows with the size of a realm: creating, deleting, importing and exporting
    /// one, and synchronising users. Deleting a realm of 3,000 objects took 11 s.
    pub fn is_long(&self) -> bool {
        matches!(
            self.id,
            "realm_create"
                | "realm_delete"
                | "realm_partial_export"
                | "realm_partial_import"
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
    fn the_long_calls_exist() {
        assert_eq!(OPERATIONS.iter().filter(|operation| operation.is_long()).count(), 10);
    }
}
