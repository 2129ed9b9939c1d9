//! What a realm remembers of logins and of changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the realm remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventsConfig {
    /// Whether logins are kept. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_enabled: Option<bool>,
    /// Who is told of events. Example: `[jboss-logging]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_listeners: Option<Vec<String>>,
    /// Which events are kept. Example: `[LOGIN, LOGIN_ERROR]`.
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_event_types: Option<Vec<String>>,
    /// Seconds that they are kept. Example: `86400`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_expiration: Option<i64>,
    /// Whether changes by administrators are kept. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_events_enabled: Option<bool>,
    /// Whether they are kept with what was written. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_events_details_enabled: Option<bool>,
}
