//! A live realm as a spec.

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::realm::{KeycloakRealmSpec, Localization, Security, SslRequired, Themes, TokenSettings};
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::REALM;

use super::representation;
use crate::export::{Exported, attributes, filled, left_out, unless_empty};

/// The spec of a live realm, for the instance that `operator_ref` names: every field that is acted on, without secrets
/// and without the mark. Applied to the same realm it changes nothing.
pub fn export(live: &RealmRepresentation, operator_ref: OperatorRef) -> Exported<KeycloakRealmSpec> {
    let spec = KeycloakRealmSpec {
        realm_name: live.realm.clone().unwrap_or_default(),
        operator_ref,
        display_name: filled(live.display_name.as_ref()),
        display_name_html: filled(live.display_name_html.as_ref()),
        enabled: live.enabled,
        security: unless_empty(security(live)),
        token_settings: unless_empty(tokens(live)),
        themes: unless_empty(themes(live)),
        localization: unless_empty(localization(live)),
        attributes: attributes(&REALM, live.attributes.as_ref()),
        ..KeycloakRealmSpec::default()
    };
    let left_out = left_out(live, &representation(&spec));
    Exported { spec, left_out }
}

fn security(live: &RealmRepresentation) -> Security {
    Security {
        registration_allowed: live.registration_allowed,
        registration_email_as_username: live.registration_email_as_username,
        edit_username_allowed: live.edit_username_allowed,
        reset_password_allowed: live.reset_password_allowed,
        remember_me: live.remember_me,
        verify_email: live.verify_email,
        login_with_email_allowed: live.login_with_email_allowed,
        duplicate_emails_allowed: live.duplicate_emails_allowed,
        ssl_required: live.ssl_required.as_deref().and_then(ssl_required),
        revoke_refresh_token: live.revoke_refresh_token,
        refresh_token_max_reuse: live.refresh_token_max_reuse,
        brute_force_protected: live.brute_force_protected,
        permanent_lockout: live.permanent_lockout,
        max_failure_wait: live.max_failure_wait_seconds,
        minimum_quick_login_wait: live.minimum_quick_login_wait_seconds,
        wait_increment: live.wait_increment_seconds,
        quick_login_check_millis: live.quick_login_check_milli_seconds,
        max_delta_time: live.max_delta_time_seconds,
        failure_factor: live.failure_factor,
    }
}

/// Keycloak writes it in lower case and takes it in any.
fn ssl_required(word: &str) -> Option<SslRequired> {
    let all = [SslRequired::All, SslRequired::External, SslRequired::None];
    all.into_iter().find(|value| value.as_str().eq_ignore_ascii_case(word))
}

fn tokens(live: &RealmRepresentation) -> TokenSettings {
    TokenSettings {
        access_token_lifespan: live.access_token_lifespan,
        access_token_lifespan_for_implicit_flow: live.access_token_lifespan_for_implicit_flow,
        sso_session_idle_timeout: live.sso_session_idle_timeout,
        sso_session_max_lifespan: live.sso_session_max_lifespan,
        offline_session_idle_timeout: live.offline_session_idle_timeout,
        offline_session_max_lifespan_enabled: live.offline_session_max_lifespan_enabled,
        offline_session_max_lifespan: live.offline_session_max_lifespan,
        client_session_idle_timeout: live.client_session_idle_timeout,
        client_session_max_lifespan: live.client_session_max_lifespan,
        client_offline_session_idle_timeout: live.client_offline_session_idle_timeout,
        client_offline_session_max_lifespan: live.client_offline_session_max_lifespan,
    }
}

fn themes(live: &RealmRepresentation) -> Themes {
    Themes {
        login: filled(live.login_theme.as_ref()),
        admin: filled(live.admin_theme.as_ref()),
        account: filled(live.account_theme.as_ref()),
        email: filled(live.email_theme.as_ref()),
    }
}

fn localization(live: &RealmRepresentation) -> Localization {
    let locales = live.supported_locales.clone().map(|mut locales| {
        locales.sort_unstable();
        locales
    });
    Localization {
        enabled: live.internationalization_enabled,
        supported_locales: locales.filter(|locales| !locales.is_empty()),
        default_locale: filled(live.default_locale.as_ref()),
        texts: None,
    }
}
