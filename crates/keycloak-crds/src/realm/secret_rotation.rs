//! Rotation of clients' secrets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;

/// What Keycloak takes for the three periods where nobody says them, in the order of the fields: 29, 2 and 10 days.
const USUAL: [i32; 3] = [2_505_600, 172_800, 864_000];

/// How long secrets of confidential clients are accepted, in seconds. A period that is left out is as Keycloak has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SECRET_ROTATION))]
pub struct SecretRotationPolicy {
    /// How long a secret is accepted after it was made. Absent: 2505600, which is 29 days. Example: `7776000`.
    #[schemars(range(min = 3_600, max = 157_680_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_period: Option<i32>,
    /// How long the secret before is accepted too; 0 means not at all. Absent: 172800, which is 2 days. Example: `604800`.
    #[schemars(range(min = 0, max = 157_680_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotated_expiration_period: Option<i32>,
    /// How long before its end a secret is made anew by an update of a client that registered itself. Absent: 864000, which is
    /// 10 days. Example: `1209600`.
    #[schemars(range(min = 0, max = 157_680_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_rotation_period: Option<i32>,
}

impl SecretRotationPolicy {
    /// The three periods in the order of the fields, also those that are left out.
    pub fn periods(&self) -> [i32; 3] {
        let [expiration, rotated, remaining] = USUAL;
        [
            self.expiration_period.unwrap_or(expiration),
            self.rotated_expiration_period.unwrap_or(rotated),
            self.remaining_rotation_period.unwrap_or(remaining),
        ]
    }

    /// A policy that says all three.
    pub fn of(periods: [i32; 3]) -> Self {
        let [expiration_period, rotated_expiration_period, remaining_rotation_period] = periods.map(Some);
        Self { expiration_period, rotated_expiration_period, remaining_rotation_period }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_that_is_left_out_is_as_keycloak_has_it() {
        let day = 24 * 60 * 60;
        assert_eq!(SecretRotationPolicy::default().periods(), [29 * day, 2 * day, 10 * day]);
        let policy = SecretRotationPolicy::of([90 * day, 0, 14 * day]);
        assert_eq!(policy.periods(), [90 * day, 0, 14 * day]);
        assert_eq!(policy.rotated_expiration_period, Some(0));
    }
}
