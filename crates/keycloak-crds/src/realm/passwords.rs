//! Rules for passwords, one-time codes and security keys.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::policy::StringMap;

/// Rules for passwords; a rule that is not given is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordPolicy {
    /// Least number of characters. Example: `12`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<i32>,
    /// Least number of capital letters. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper_case: Option<i32>,
    /// Least number of small letters. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower_case: Option<i32>,
    /// Least number of digits. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<i32>,
    /// Least number of other characters. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_chars: Option<i32>,
    /// Whether it must differ from the user name. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_username: Option<bool>,
    /// Whether it must differ from the mail address. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_email: Option<bool>,
    /// Rounds of hashing. Example: `5`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash_iterations: Option<i32>,
    /// Number of earlier passwords that may not be used again. Example: `3`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_history: Option<i32>,
    /// Days until it must be changed. Example: `365`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_expired_password_change: Option<i32>,
    /// Largest number of characters. Example: `64`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<i32>,
    /// Regular expression it must fit. Example: `^[^ ]+$`.
    #[schemars(length(min = 1, max = 1024), extend("x-kubernetes-validations" = rules::REGEX_PATTERN))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regex_pattern: Option<String>,
    /// Further rules by Keycloak's name, each with its value; empty for rules that take none.
    /// Example: `{hashAlgorithm: argon2, notContainsUsername: ""}`.
    #[schemars(extend("maxProperties" = 50, "x-kubernetes-validations" = rules::FURTHER_PASSWORD_RULES))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub further_rules: Option<StringMap>,
}

/// Rules for one-time codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OtpPolicy {
    /// By time (totp) or by counter (hotp). Absent when the realm is created with this policy: totp. Example: `totp`.
    #[serde(rename = "type")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<OtpType>,
    /// Hash. Absent when the realm is created with this policy: HmacSHA256. Example: `HmacSHA256`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<OtpAlgorithm>,
    /// First counter of hotp. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_counter: Option<i32>,
    /// Digits of a code, 6 or 8. Example: `6`.
    #[schemars(extend("enum" = [6, 8]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<i32>,
    /// Codes ahead that are accepted. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_ahead_window: Option<i32>,
    /// Seconds that a code of totp is valid. Example: `30`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<i32>,
    /// Whether a code may be used twice. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_reusable: Option<bool>,
    /// Applications that users are told about. Example: `[totpAppGoogleName]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supported_applications: Option<Vec<String>>,
}

/// Kind of one-time codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum OtpType {
    /// By time (RFC 6238).
    Totp,
    /// By counter (RFC 4226).
    Hotp,
}

impl OtpType {
    /// Keycloak's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Hotp => "hotp",
        }
    }
}

/// Hash of one-time codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum OtpAlgorithm {
    /// HMAC with SHA-1.
    HmacSHA1,
    /// HMAC with SHA-256.
    HmacSHA256,
    /// HMAC with SHA-512.
    HmacSHA512,
}

impl OtpAlgorithm {
    /// Keycloak's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HmacSHA1 => "HmacSHA1",
            Self::HmacSHA256 => "HmacSHA256",
            Self::HmacSHA512 => "HmacSHA512",
        }
    }
}

/// Rules for security keys and passkeys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebAuthnPolicy {
    /// Name that users see. Example: `Acme`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rp_entity_name: Option<String>,
    /// Algorithms of signatures, the preferred one first. Example: `[ES256]`.
    #[schemars(length(min = 1, max = 50), inner(length(min = 1, max = 50)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature_algorithms: Option<Vec<String>>,
    /// Domain of the keys; absent means the server's. Example: `example.com`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rp_id: Option<String>,
    /// How the key proves what it is. Example: `not specified`.
    #[schemars(length(min = 1, max = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation_conveyance_preference: Option<String>,
    /// Built in or plugged in. Example: `platform`.
    #[schemars(length(min = 1, max = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator_attachment: Option<String>,
    /// Whether the key must be kept in the authenticator; from Keycloak 26.7 on write `residentKey` instead. Example: `Yes`.
    #[schemars(length(min = 1, max = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_resident_key: Option<String>,
    /// Whether the key should be kept in the authenticator: required, preferred or discouraged. Since Keycloak 26.7.
    /// Example: `required`.
    #[schemars(length(min = 1, max = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resident_key: Option<String>,
    /// Whether the user must prove themselves to the key. Example: `required`.
    #[schemars(length(min = 1, max = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_verification_requirement: Option<String>,
    /// Seconds to register a key; 0 means the browser's. Example: `0`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_timeout: Option<i32>,
    /// Whether a key may be registered once only. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avoid_same_authenticator_register: Option<bool>,
    /// Models of keys that are accepted, as AAGUIDs. Example: `[ee882879-721c-4913-9775-3dfcce97072a]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 100)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acceptable_aaguids: Option<Vec<String>>,
    /// Further origins. Example: `["https://app.example.com"]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 2048)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra_origins: Option<Vec<String>>,
    /// Whether passkeys are offered at login; for the passwordless policy. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkeys_enabled: Option<bool>,
    /// How passkeys are offered at login; for the passwordless policy, since Keycloak 26.7. Example: `conditional`.
    #[schemars(length(min = 1, max = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mediation: Option<String>,
}
