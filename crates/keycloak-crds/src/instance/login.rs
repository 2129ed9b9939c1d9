//! How we log in to a server.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::rule;

/// The administrator's login: used once to make our own, and for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Admin {
    /// Secret with the keys `username` and `password` (or `client-id` and `client-secret`) of an administrator of the
    /// master realm. Absent: `<name>-admin-credentials`, made for servers that we run. Example: `keycloak-admin`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing_secret: Option<String>,
    /// Our service account in the master realm, where it was made under another name: by the cluster this one was
    /// restored from. Absent: made from cluster id, namespace and name. Example: `cloakroom-7f3c2a91`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Realms made by somebody else on which our account is given rights, once, with the login of `existingSecret`.
    /// Example: `[acme]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_realms: Option<Vec<String>>,
}

/// Where the logins of the client controller are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::LOGINS))]
pub struct Logins {
    /// Namespace of the Secrets with the logins in single realms, which the realm controller writes and the client controller
    /// reads: there it needs no right on the Secrets beside the instance. It cannot be changed. Absent: the instance's.
    /// Example: `cloakroom-logins`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
}

/// When the secrets of our own logins in a server are made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginRotation {
    /// Whether they are made anew when their time has come. Absent means yes. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The longest time between two secrets of a login, in hours or days. Logins have their turns in the last tenth of it, each at
    /// its own time. Absent: 90d. Example: `90d`.
    #[schemars(length(min = 2, max = 5), extend("x-kubernetes-validations" = rules::ROTATION_PERIOD))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_period: Option<String>,
}

/// Hours between two secrets of a login where nothing else is asked for.
const USUAL_HOURS: u32 = 90 * 24;

impl LoginRotation {
    /// Hours between two secrets; `None` where they are not made anew by time. What no API server would have let through counts
    /// as not written.
    pub fn hours(&self) -> Option<u32> {
        if self.enabled == Some(false) {
            return None;
        }
        Some(self.rotation_period.as_deref().and_then(hours).unwrap_or(USUAL_HOURS))
    }
}

/// `90d` or `720h`.
fn hours(text: &str) -> Option<u32> {
    let (count, unit) = match (text.strip_suffix('d'), text.strip_suffix('h')) {
        (Some(days), _) => (days, 24),
        (None, Some(hours)) => (hours, 1),
        (None, None) => return None,
    };
    count.parse::<u16>().ok().filter(|count| *count > 0).map(|count| u32::from(count) * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_hours_or_days_and_there_is_one_unless_it_is_switched_off() {
        let rotation = |enabled: Option<bool>, period: Option<&str>| {
            LoginRotation { enabled, rotation_period: period.map(str::to_owned) }.hours()
        };
        assert_eq!(rotation(None, None), Some(2_160));
        assert_eq!(rotation(Some(true), Some("30d")), Some(720));
        assert_eq!(rotation(None, Some("1h")), Some(1));
        assert_eq!(rotation(None, Some("9999d")), Some(239_976));
        assert_eq!(rotation(Some(false), Some("30d")), None);
        for wrong in ["", "d", "0d", "-1d", "30", "30m", "1.5d", "30 d"] {
            assert_eq!(rotation(None, Some(wrong)), Some(2_160), "{wrong}");
        }
    }
}
