//! Registration, logins, wrong passwords, headers of pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;

/// Who may register, how users log in, and what happens after wrong passwords.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SECURITY))]
pub struct Security {
    /// Whether users may register themselves. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_allowed: Option<bool>,
    /// Whether the mail address is the user name. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_email_as_username: Option<bool>,
    /// Whether users may change their user name. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit_username_allowed: Option<bool>,
    /// Whether users may ask for a new password. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_password_allowed: Option<bool>,
    /// Whether users may stay logged in when the browser closes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remember_me: Option<bool>,
    /// Whether users must prove their mail address. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify_email: Option<bool>,
    /// Whether users may log in with their mail address. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_with_email_allowed: Option<bool>,
    /// Whether two users may have the same mail address. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_emails_allowed: Option<bool>,
    /// Which requests must come by HTTPS: all, external or none. Example: `external`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssl_required: Option<SslRequired>,
    /// Whether a refresh token is used up by its use. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoke_refresh_token: Option<bool>,
    /// How often a used-up refresh token may be used again. Example: `0`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token_max_reuse: Option<i32>,
    /// Whether users are locked out after wrong passwords. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brute_force_protected: Option<bool>,
    /// Whether they are locked out for good. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permanent_lockout: Option<bool>,
    /// Longest lockout in seconds; Keycloak's maxFailureWaitSeconds. Example: `900`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_failure_wait: Option<i32>,
    /// Lockout in seconds after two logins too quick for a person; Keycloak's minimumQuickLoginWaitSeconds.
    /// Example: `60`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_quick_login_wait: Option<i32>,
    /// Seconds added to the lockout each time; Keycloak's waitIncrementSeconds. Example: `60`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_increment: Option<i32>,
    /// Milliseconds below which two logins are too quick; Keycloak's quickLoginCheckMilliSeconds. Example: `1000`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick_login_check_millis: Option<i64>,
    /// Seconds after which wrong passwords are forgotten; Keycloak's maxDeltaTimeSeconds. Example: `43200`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_delta_time: Option<i32>,
    /// Wrong passwords until the lockout. Example: `10`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_factor: Option<i32>,
}

/// Which requests must come by HTTPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum SslRequired {
    /// All.
    All,
    /// Those from outside private networks.
    External,
    /// None.
    None,
}

impl SslRequired {
    /// Keycloak's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::External => "external",
            Self::None => "none",
        }
    }
}

/// Headers that browsers get with every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrowserSecurityHeaders {
    /// Content-Security-Policy. Example: `frame-src 'self'; frame-ancestors 'self'; object-src 'none';`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_security_policy: Option<String>,
    /// Content-Security-Policy-Report-Only. Example: `frame-src 'self';`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_security_policy_report_only: Option<String>,
    /// X-Content-Type-Options. Example: `nosniff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x_content_type_options: Option<String>,
    /// X-Frame-Options. Example: `SAMEORIGIN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x_frame_options: Option<String>,
    /// X-Robots-Tag. Example: `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x_robots_tag: Option<String>,
    /// X-XSS-Protection, which Keycloak does not send. Example: `1; mode=block`.
    #[serde(rename = "xXSSProtection")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x_xss_protection: Option<String>,
    /// Strict-Transport-Security. Example: `max-age=31536000; includeSubDomains`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict_transport_security: Option<String>,
    /// Referrer-Policy. Example: `no-referrer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer_policy: Option<String>,
}
