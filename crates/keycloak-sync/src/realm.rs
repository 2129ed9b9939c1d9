//! A realm: `KeycloakRealm` and Keycloak's realm settings.

mod export;

use keycloak_admin::types::RealmRepresentation;
use keycloak_admin::{AdminApi, RealmView, queries};
use keycloak_crds::name::RealmName;
use keycloak_crds::realm::fields::NOT_BUILT_YET;
use keycloak_crds::realm::{KeycloakRealmSpec, Localization, Security, Themes, TokenSettings};
use keycloak_plan::kinds::REALM;
use keycloak_plan::{Action, Desired, Identity, Mark, Step};
use serde_json::{Map, Value};

pub use export::export;

use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, no_call};
use crate::fields::{Fields, RefusedFields, not_built_yet, text_map, with_extra};

/// What Keycloak has of a realm.
pub type Observed = crate::observed::Observed<RealmRepresentation>;

/// Fields of the CR that are about Kubernetes: who may use the realm.
const ELSEWHERE: &[&str] = &["spec.authorization", "spec.clientAuthorizationGrants", "spec.takeOver"];

/// Whether clients can live in a realm (rule 4.1), as far as the realm itself shows it. That it is ours is proven by
/// the login Secret, bound to the id that is in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It exists, and logins to it work.
    Available {
        /// Keycloak's id of it.
        realm_id: String,
    },
    /// It exists, but nobody can log in to it.
    Disabled {
        /// Keycloak's id of it.
        realm_id: String,
    },
    /// There is no such realm.
    Missing,
}

/// The realm as a plan names it.
pub fn identity(name: &str) -> Identity {
    Identity::new(&REALM, name)
}

/// What the CR asks of the realm: only what stands in it. Values that the realm is created with and that belong to
/// nobody afterwards are in the declaration of its kind.
///
/// `mark` is left out where nothing may be marked: a plan for people, `management: Observe`. Call
/// [`Desired::with_id`] on the result to choose the id of a new realm, which saves reading it back.
///
/// # Errors
/// Every field that cannot be asked for, with what to write instead.
pub fn desired(spec: &KeycloakRealmSpec, mark: Option<&Mark>) -> Result<Desired, RefusedFields> {
    let mut refused = not_built_yet(spec, NOT_BUILT_YET, ELSEWHERE);
    if let Err(error) = spec.realm_name.parse::<RealmName>() {
        refused.push(error.into());
    }
    let value = with_extra(&REALM, representation(spec), spec.extra.as_ref(), &mut refused);
    if !refused.is_empty() {
        return Err(RefusedFields(refused));
    }
    let desired = Desired::new(&REALM, &spec.realm_name, value);
    Ok(match mark {
        Some(mark) => desired.marked(mark.clone()),
        None => desired,
    })
}

/// The fields that have a name of their own in the CR.
fn representation(spec: &KeycloakRealmSpec) -> Map<String, Value> {
    let mut fields = Fields::default();
    fields
        .set("displayName", spec.display_name.clone())
        .set("displayNameHtml", spec.html_title())
        .set("enabled", spec.enabled)
        .set("attributes", spec.attributes.as_ref().map(text_map));
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

/// Reads the realm: one call.
///
/// # Errors
/// [`SyncError::NoRights`] if the login sees no more of it than everybody; else why the call failed.
pub async fn observe(api: &AdminApi, name: &str) -> Result<Observed, SyncError> {
    match api.realm_view(name).await {
        Ok(RealmView::Full(live)) => Ok(Observed::Present(live)),
        Ok(RealmView::Reduced) => Err(SyncError::NoRights { realm: name.to_owned() }),
        Err(error) if error.is_not_found() => Ok(Observed::Absent),
        Err(error) => Err(SyncError::call(Verb::Read, &identity(name))(error)),
    }
}

/// How many users the realm holds, service accounts apart: one call. What deleting the realm would lose.
///
/// # Errors
/// Why the call failed.
pub async fn users(api: &AdminApi, name: &str) -> Result<u64, SyncError> {
    let count = api.user_count(name, queries::UserCountQuery::default()).await;
    let count = count.map_err(SyncError::call(Verb::Read, &identity(name)))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Whether clients can live in the realm, as it was read.
pub fn availability(observed: &Observed) -> Availability {
    let Some(live) = observed.present() else { return Availability::Missing };
    let realm_id = live.id.clone().unwrap_or_default();
    // Keycloak takes a realm that does not say so for disabled.
    if live.enabled == Some(true) {
        Availability::Available { realm_id }
    } else {
        Availability::Disabled { realm_id }
    }
}

/// One step on a realm. A deletion has the long time limit of its call; what is gone already is deleted.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    let name = step.object.name();
    let failed = SyncError::call(step.action.into(), &step.object);
    match step.action {
        Action::Create => {
            let (realm, id) = body::<RealmRepresentation>(step)?;
            target.api.realm_create(&realm).await.map_err(failed)?;
            Ok(id)
        }
        Action::Update => {
            let (realm, _) = body::<RealmRepresentation>(step)?;
            target.api.realm_update(name, &realm).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => match target.api.realm_delete(name).await {
            Err(error) if !error.is_not_found() => Err(failed(error)),
            Ok(()) | Err(_) => Ok(None),
        },
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

#[cfg(test)]
mod tests;
