//! A live realm as a spec.

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::realm::{
    BrowserSecurityHeaders, EventsConfig, KeycloakRealmSpec, Localization, Security, SslRequired, Themes,
    TokenSettings,
};
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::REALM;

use super::{
    Secrets, client_scopes, groups, mail, policies, representation, required_actions, roles, scope_mappings,
    secret_rotation, texts, user_profile,
};
use crate::export::{Exported, at_least, attributes, filled, left_out, unless_empty, within_limits};
use crate::observed::json;

/// The spec of a live realm, for the instance that `operator_ref` names: every field that is acted on, without secrets
/// and without the mark. Applied to the same realm it changes nothing. What is in the realm beside its settings is taken where
/// it was read, see [`read_whole`](super::read_whole).
pub fn export(live: &RealmRepresentation, operator_ref: OperatorRef) -> Exported<KeycloakRealmSpec> {
    let fields = json(live);
    let mut spec = KeycloakRealmSpec {
        realm_name: live.realm.clone().unwrap_or_default(),
        operator_ref,
        display_name: filled(live.display_name.as_ref()),
        display_name_html: filled(live.display_name_html.as_ref()),
        enabled: live.enabled,
        security: unless_empty(security(live)),
        token_settings: unless_empty(tokens(live)),
        themes: unless_empty(themes(live)),
        localization: unless_empty(localization(live)),
        browser_security_headers: unless_empty(headers(live)),
        events_config: unless_empty(events(live)),
        password_policy: policies::password(live.password_policy.as_deref()),
        otp_policy: unless_empty(policies::otp(&fields)),
        web_authn_policy: unless_empty(policies::web_authn(&fields, policies::TWO_FACTOR)),
        web_authn_passwordless_policy: unless_empty(policies::web_authn(&fields, policies::PASSWORDLESS)),
        organizations_enabled: live.organizations_enabled,
        smtp_server: mail::server(&fields),
        attributes: attributes(&REALM, live.attributes.as_ref()),
        ..KeycloakRealmSpec::default()
    };
    let said = [
        roles::export(live, &mut spec),
        groups::export(live, &mut spec),
        client_scopes::export(live, &mut spec),
        texts::export(live, &mut spec),
        required_actions::export(live, &mut spec),
        user_profile::export(live, &mut spec),
        secret_rotation::export(live, &mut spec),
        scope_mappings::export(live, &mut spec),
    ]
    .concat();
    let mut left_out = left_out(live, &representation(&spec, &Secrets::default()));
    left_out.retain(|field| !said.contains(&field.as_str()) && field != "spec.smtpServer[password]");
    if spec.smtp_server.as_ref().is_some_and(|smtp| smtp.auth == Some(true)) {
        left_out.push("spec.smtpServer.passwordSecret".to_owned());
    }
    let (spec, over_limits) = within_limits("KeycloakRealm", spec);
    left_out.extend(over_limits);
    left_out.sort_unstable();
    let mut lacks = [
        roles::lacks(live),
        client_scopes::lacks(live),
        required_actions::lacks(live),
        user_profile::lacks(live),
    ]
    .concat();
    lacks.sort_unstable();
    Exported { spec, left_out, lacks }
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
        refresh_token_max_reuse: at_least(0, live.refresh_token_max_reuse),
        brute_force_protected: live.brute_force_protected,
        permanent_lockout: live.permanent_lockout,
        max_failure_wait: at_least(1, live.max_failure_wait_seconds),
        minimum_quick_login_wait: at_least(1, live.minimum_quick_login_wait_seconds),
        wait_increment: at_least(1, live.wait_increment_seconds),
        quick_login_check_millis: at_least(1, live.quick_login_check_milli_seconds),
        max_delta_time: at_least(1, live.max_delta_time_seconds),
        failure_factor: at_least(1, live.failure_factor),
    }
}

/// Keycloak writes it in lower case and takes it in any.
fn ssl_required(word: &str) -> Option<SslRequired> {
    let all = [SslRequired::All, SslRequired::External, SslRequired::None];
    all.into_iter().find(|value| value.as_str().eq_ignore_ascii_case(word))
}

fn tokens(live: &RealmRepresentation) -> TokenSettings {
    TokenSettings {
        access_token_lifespan: at_least(0, live.access_token_lifespan),
        access_token_lifespan_for_implicit_flow: at_least(0, live.access_token_lifespan_for_implicit_flow),
        sso_session_idle_timeout: at_least(0, live.sso_session_idle_timeout),
        sso_session_max_lifespan: at_least(0, live.sso_session_max_lifespan),
        offline_session_idle_timeout: at_least(0, live.offline_session_idle_timeout),
        offline_session_max_lifespan_enabled: live.offline_session_max_lifespan_enabled,
        offline_session_max_lifespan: at_least(0, live.offline_session_max_lifespan),
        client_session_idle_timeout: at_least(0, live.client_session_idle_timeout),
        client_session_max_lifespan: at_least(0, live.client_session_max_lifespan),
        client_offline_session_idle_timeout: at_least(0, live.client_offline_session_idle_timeout),
        client_offline_session_max_lifespan: at_least(0, live.client_offline_session_max_lifespan),
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
    // A new realm supports none, as this one does then.
    let supported = sorted(live.supported_locales.as_ref()).filter(|locales| !locales.is_empty());
    // Keycloak keeps any; the API server takes one of those that stand beside it.
    let is_supported = |locale: &String| supported.as_ref().is_none_or(|locales| locales.contains(locale));
    Localization {
        enabled: live.internationalization_enabled,
        default_locale: filled(live.default_locale.as_ref()).filter(is_supported),
        supported_locales: supported,
        texts: None,
    }
}

fn headers(live: &RealmRepresentation) -> BrowserSecurityHeaders {
    // A header that is empty is not sent, which is as much of a setting as any other.
    let header = |name: &str| live.browser_security_headers.as_ref()?.get(name)?.clone();
    BrowserSecurityHeaders {
        content_security_policy: header("contentSecurityPolicy"),
        content_security_policy_report_only: header("contentSecurityPolicyReportOnly"),
        x_content_type_options: header("xContentTypeOptions"),
        x_frame_options: header("xFrameOptions"),
        x_robots_tag: header("xRobotsTag"),
        x_xss_protection: None,
        strict_transport_security: header("strictTransportSecurity"),
        referrer_policy: header("referrerPolicy"),
    }
}

fn events(live: &RealmRepresentation) -> EventsConfig {
    EventsConfig {
        events_enabled: live.events_enabled,
        // No listener is said: a new realm has one.
        events_listeners: sorted(live.events_listeners.as_ref()),
        enabled_event_types: sorted(live.enabled_event_types.as_ref()).filter(|types| !types.is_empty()),
        events_expiration: at_least(1, live.events_expiration),
        admin_events_enabled: live.admin_events_enabled,
        admin_events_details_enabled: live.admin_events_details_enabled,
    }
}

/// A list in which order means nothing.
fn sorted(list: Option<&Vec<String>>) -> Option<Vec<String>> {
    let mut list = list?.clone();
    list.sort_unstable();
    Some(list)
}
