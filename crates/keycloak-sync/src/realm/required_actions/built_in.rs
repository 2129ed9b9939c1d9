//! The required actions that Keycloak makes with a realm, as it makes them.

use keycloak_admin::types::RequiredActionProviderRepresentation;

/// An action that Keycloak makes itself. No one is given to new users at first.
struct BuiltIn {
    alias: &'static str,
    name: &'static str,
    enabled: bool,
    /// Its place at first; another one in another version.
    priorities: &'static [i32],
}

const fn on(alias: &'static str, name: &'static str, priorities: &'static [i32]) -> BuiltIn {
    BuiltIn { alias, name, enabled: true, priorities }
}

const fn off(alias: &'static str, name: &'static str, priorities: &'static [i32]) -> BuiltIn {
    BuiltIn { alias, name, enabled: false, priorities }
}

/// Of 26.4 to 26.7, also those that a feature brings.
const ALL: &[BuiltIn] = &[
    on("CONFIGURE_RECOVERY_AUTHN_CODES", "Recovery Authentication Codes", &[130]),
    on("CONFIGURE_TOTP", "Configure OTP", &[10, 54]),
    off("TERMS_AND_CONDITIONS", "Terms and Conditions", &[20]),
    off("UPDATE_EMAIL", "Update Email", &[70]),
    on("UPDATE_PASSWORD", "Update Password", &[30, 57]),
    on("UPDATE_PROFILE", "Update Profile", &[40]),
    on("VERIFY_EMAIL", "Verify Email", &[50]),
    on("VERIFY_PROFILE", "Verify Profile", &[100]),
    off("delete_account", "Delete Account", &[60]),
    on("delete_credential", "Delete Credential", &[110]),
    on("idp_link", "Linking Identity Provider", &[120]),
    on("update_user_locale", "Update User Locale", &[1000]),
    on("verifiable_credential_offer", "Verifiable Credential Offer", &[130]),
    on("webauthn-register", "Webauthn Register", &[80]),
    on("webauthn-register-passwordless", "Webauthn Register Passwordless", &[90]),
];

/// Of them, the one that comes with a feature.
const BY_FEATURE: &str = "verifiable_credential_offer";

fn find(alias: &str) -> Option<&'static BuiltIn> {
    ALL.iter().find(|action| action.alias == alias)
}

/// Aliases of those that every server makes, as it starts.
pub(super) fn everywhere() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|action| action.alias).filter(|alias| *alias != BY_FEATURE)
}

/// Whether Keycloak makes this action itself.
pub(super) fn is(alias: &str) -> bool {
    find(alias).is_some()
}

/// An action without what is as Keycloak makes it: nothing for one that is not its own.
pub(super) fn changed(live: &RequiredActionProviderRepresentation) -> RequiredActionProviderRepresentation {
    let Some(made) = live.alias.as_deref().and_then(find) else { return live.clone() };
    let mut changed = live.clone();
    changed.provider_id.take_if(|provider| *provider == made.alias);
    changed.name.take_if(|name| *name == made.name);
    changed.enabled.take_if(|enabled| *enabled == made.enabled);
    changed.default_action.take_if(|default| !*default);
    changed.priority.take_if(|priority| made.priorities.contains(priority));
    changed
}
