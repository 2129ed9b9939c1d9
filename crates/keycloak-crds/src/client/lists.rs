//! Lists of a client that are complete.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A list of a client that may be complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum ClientList {
    /// `clientRoles` together with `roles`.
    ClientRoles,
    /// `defaultClientScopes`.
    DefaultClientScopes,
    /// `optionalClientScopes`.
    OptionalClientScopes,
    /// `protocolMappers`.
    ProtocolMappers,
}
