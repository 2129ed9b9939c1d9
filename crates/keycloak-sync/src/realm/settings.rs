//! The settings of a realm, by Keycloak's names.

use keycloak_crds::realm::{
    BrowserSecurityHeaders, EventsConfig, KeycloakRealmSpec, Localization, Security, Themes, TokenSettings,
};
use serde_json::{Map, Value};

use super::{Secrets, mail, policies};
use crate::fields::{Fields, text_map};

/// The fields that have a name of their own in the CR.
pub(super) fn representation(spec: &KeycloakRealmSpec, secrets: &Secrets) -> Map<String, Value> {
    let mut fields = Fields::default();
    fields
        .set("displayName", spec.display_name.clone())
        .set("displayNameHtml", spec.html_title())
        .set("enabled", spec.enabled)
        .set("organizationsEnabled", spec.organizations_enabled)
        .set("attributes", spec.attributes.as_ref().map(text_map))
        .set("smtpServer", spec.smtp_server.as_ref().map(|server| mail::smtp(server, secrets)))
        .set("passwordPolicy", spec.password_policy.as_ref().map(policies::password_text));
    if let Some(security) = &spec.security {
        set_security(&mut fields, security);
    }
    if let Some(tokens) = &spec.token_settings {
        set_tokens(&mut fields, tokens);
    }
    if let Some(themes) = &spec.themes {
        set_themes(&mut fields, themes);
    }
    if let Some(localization) = &spec.localization {
        set_localization(&mut fields, localization);
    }
    if let Some(headers) = &spec.browser_security_headers {
        set_headers(&mut fields, headers);
    }
    if let Some(events) = &spec.events_config {
        set_events(&mut fields, events);
    }
    if let Some(otp) = &spec.otp_policy {
        policies::set_otp(&mut fields, otp);
    }
    for (policy, prefix) in [
        (&spec.web_authn_policy, policies::TWO_FACTOR),
        (&spec.web_authn_passwordless_policy, policies::PASSWORDLESS),
    ] {
        if let Some(policy) = policy {
            policies::set_web_authn(&mut fields, policy, prefix);
        }
    }
    fields.into_map()
}

fn set_security(fields: &mut Fields, security: &Security) {
    let Security {
        registration_allowed,
        registration_email_as_username,
        edit_username_allowed,
        reset_password_allowed,
        remember_me,
        verify_email,
        login_with_email_allowed,
        duplicate_emails_allowed,
        ssl_required,
        revoke_refresh_token,
        refresh_token_max_reuse,
        brute_force_protected,
        permanent_lockout,
        max_failure_wait,
        minimum_quick_login_wait,
        wait_increment,
        quick_login_check_millis,
        max_delta_time,
        failure_factor,
    } = security;
    fields
        .set("registrationAllowed", *registration_allowed)
        .set("registrationEmailAsUsername", *registration_email_as_username)
        .set("editUsernameAllowed", *edit_username_allowed)
        .set("resetPasswordAllowed", *reset_password_allowed)
        .set("rememberMe", *remember_me)
        .set("verifyEmail", *verify_email)
        .set("loginWithEmailAllowed", *login_with_email_allowed)
        .set("duplicateEmailsAllowed", *duplicate_emails_allowed)
        .set("sslRequired", ssl_required.map(keycloak_crds::realm::SslRequired::as_str))
        .set("revokeRefreshToken", *revoke_refresh_token)
        .set("refreshTokenMaxReuse", *refresh_token_max_reuse)
        .set("bruteForceProtected", *brute_force_protected)
        .set("permanentLockout", *permanent_lockout)
        .set("maxFailureWaitSeconds", *max_failure_wait)
        .set("minimumQuickLoginWaitSeconds", *minimum_quick_login_wait)
        .set("waitIncrementSeconds", *wait_increment)
        .set("quickLoginCheckMilliSeconds", *quick_login_check_millis)
        .set("maxDeltaTimeSeconds", *max_delta_time)
        .set("failureFactor", *failure_factor);
}

fn set_tokens(fields: &mut Fields, tokens: &TokenSettings) {
    let TokenSettings {
        access_token_lifespan,
        access_token_lifespan_for_implicit_flow,
        sso_session_idle_timeout,
        sso_session_max_lifespan,
        offline_session_idle_timeout,
        offline_session_max_lifespan_enabled,
        offline_session_max_lifespan,
        client_session_idle_timeout,
        client_session_max_lifespan,
        client_offline_session_idle_timeout,
        client_offline_session_max_lifespan,
    } = tokens;
    fields
        .set("accessTokenLifespan", *access_token_lifespan)
        .set("accessTokenLifespanForImplicitFlow", *access_token_lifespan_for_implicit_flow)
        .set("ssoSessionIdleTimeout", *sso_session_idle_timeout)
        .set("ssoSessionMaxLifespan", *sso_session_max_lifespan)
        .set("offlineSessionIdleTimeout", *offline_session_idle_timeout)
        .set("offlineSessionMaxLifespanEnabled", *offline_session_max_lifespan_enabled)
        .set("offlineSessionMaxLifespan", *offline_session_max_lifespan)
        .set("clientSessionIdleTimeout", *client_session_idle_timeout)
        .set("clientSessionMaxLifespan", *client_session_max_lifespan)
        .set("clientOfflineSessionIdleTimeout", *client_offline_session_idle_timeout)
        .set("clientOfflineSessionMaxLifespan", *client_offline_session_max_lifespan);
}

fn set_themes(fields: &mut Fields, themes: &Themes) {
    let Themes { login, admin, account, email } = themes;
    fields
        .set("loginTheme", login.clone())
        .set("adminTheme", admin.clone())
        .set("accountTheme", account.clone())
        .set("emailTheme", email.clone());
}

fn set_localization(fields: &mut Fields, localization: &Localization) {
    // Texts are objects of their own in Keycloak.
    let Localization { enabled, supported_locales, default_locale, texts: _ } = localization;
    fields
        .set("internationalizationEnabled", *enabled)
        .set("supportedLocales", supported_locales.clone())
        .set("defaultLocale", default_locale.clone());
}

fn set_headers(fields: &mut Fields, headers: &BrowserSecurityHeaders) {
    let BrowserSecurityHeaders {
        content_security_policy,
        content_security_policy_report_only,
        x_content_type_options,
        x_frame_options,
        x_robots_tag,
        // Refused: Keycloak keeps it and never sends it.
        x_xss_protection: _,
        strict_transport_security,
        referrer_policy,
    } = headers;
    let mut map = Fields::default();
    map.set("contentSecurityPolicy", content_security_policy.clone())
        .set("contentSecurityPolicyReportOnly", content_security_policy_report_only.clone())
        .set("xContentTypeOptions", x_content_type_options.clone())
        .set("xFrameOptions", x_frame_options.clone())
        .set("xRobotsTag", x_robots_tag.clone())
        .set("strictTransportSecurity", strict_transport_security.clone())
        .set("referrerPolicy", referrer_policy.clone());
    let map = map.into_map();
    fields.set("browserSecurityHeaders", (!map.is_empty()).then_some(map));
}

fn set_events(fields: &mut Fields, events: &EventsConfig) {
    let EventsConfig {
        events_enabled,
        events_listeners,
        enabled_event_types,
        events_expiration,
        admin_events_enabled,
        admin_events_details_enabled,
    } = events;
    fields
        .set("eventsEnabled", *events_enabled)
        .set("eventsListeners", events_listeners.clone())
        .set("enabledEventTypes", enabled_event_types.clone())
        .set("eventsExpiration", *events_expiration)
        .set("adminEventsEnabled", *admin_events_enabled)
        .set("adminEventsDetailsEnabled", *admin_events_details_enabled);
}
