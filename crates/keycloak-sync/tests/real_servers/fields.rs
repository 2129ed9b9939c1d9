//! Every field of a realm, one row each: set, changed and removed, read back in plain JSON outside our types, and
//! compared again after each write without a difference. The rows of a client are of the same kind.

mod inside;

use std::collections::BTreeSet;
use std::fmt;

use controller_testkit::{KeycloakServer, realm as thing};
use http::Method;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::realm::fields::ACTED_ON;
use keycloak_plan::render::{Color, text};
use keycloak_plan::{Approvals, OwnedRecord, ServerVersion};
use keycloak_sync::realm::{self, Secrets};
use serde_json::{Value, json};

use crate::stage::{Cr, Stage, on_each_version};

on_each_version!(
    every_setting_is_set_changed_and_removed_and_reads_back_as_it_was_written,
    a_realm_is_created_with_every_setting_at_once,
    a_rule_that_leaves_the_password_policy_goes_and_the_others_stay,
    a_password_policy_that_keycloak_refuses_is_told_by_its_field,
    only_another_mail_password_is_written_once_and_nothing_after_it,
    the_examples_of_the_guide_are_applied_and_stay_as_they_are,
);

/// Fields of the CR that nothing in Keycloak answers to.
const NOT_IN_KEYCLOAK: &[&str] = &[
    "spec.adopt",
    "spec.authorization",
    "spec.clientAuthorizationGrants",
    // A note, see the roles.
    "spec.defaultRole.containerId",
    "spec.deletionPolicy",
    "spec.description",
    // How lists are compared: see the tests of complete lists.
    "spec.exclusive",
    // Where a group stood: see the tests of moved groups.
    "spec.groups[].previousPath",
    "spec.groups[].subGroups[].previousPath",
    "spec.groups[].subGroups[].subGroups[].previousPath",
    "spec.groups[].subGroups[].subGroups[].subGroups[].previousPath",
    "spec.groups[].subGroups[].subGroups[].subGroups[].subGroups[].previousPath",
    "spec.management",
    "spec.operatorRef.authorizationSecretRef.key",
    "spec.operatorRef.authorizationSecretRef.name",
    "spec.operatorRef.name",
    "spec.operatorRef.namespace",
    "spec.realmName",
    // A note that nothing answers to.
    "spec.roles.realmRoles[].containerId",
    // Whose roles are mapped: see the tests of scope mappings.
    "spec.scopeMappings[].client",
    "spec.scopeMappings[].clientScope",
    // Of the Secret's value: see the test of the mail server's password.
    "spec.smtpServer.passwordSecret.key",
    "spec.smtpServer.passwordSecret.name",
    "spec.suspend",
    "spec.takeOver",
];

/// What a field reads as when it left the CR.
#[derive(Clone, Debug)]
pub(crate) enum After {
    /// It is left as it is.
    Stays,
    /// It goes back to the server's default.
    Is(Value),
    /// It is empty or gone.
    Nothing,
}

/// A value in the CR, and as the server reads it.
pub(crate) type Written = (Value, Value);

#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Below `spec`.
    pub(crate) path: &'static str,
    /// In the object's representation, or in what `from` reads.
    at: String,
    /// What is read, below the realm; nothing for its representation.
    from: &'static str,
    /// What the entry must have beside the field, for a field of a list's entries.
    beside: Value,
    /// Fields of the spec among which it stands, at the first entry of each list; `{realm}` in them is the realm's name.
    within: Option<Value>,
    /// The same without the entry that the field makes, for one that each entry must have.
    without: Option<Value>,
    pub(crate) set: Written,
    pub(crate) change: Written,
    after: After,
    /// Whether order means nothing.
    unordered: bool,
    since: ServerVersion,
    /// A feature that it needs and that the servers of the tests run without.
    pub(crate) behind: Option<&'static str>,
}

impl Row {
    /// A field whose values read as they are written.
    pub(crate) fn new(path: &'static str, at: &str, set: Value, change: Value, after: After) -> Self {
        let twice = |value: Value| (value.clone(), value);
        let (set, change) = (twice(set), twice(change));
        let (at, from, beside, unordered) = (format!("/{at}"), "", json!({}), false);
        let (within, without, since, behind) = (None, None, ServerVersion::ANY, None);
        Self { path, at, from, beside, within, without, set, change, after, unordered, since, behind }
    }

    /// One that stands elsewhere than in the realm's representation.
    fn read_from(mut self, from: &'static str) -> Self {
        self.from = from;
        self
    }

    /// A field of the entry of a list that has this beside it.
    pub(crate) fn of_entry(mut self, beside: Value) -> Self {
        self.beside = beside;
        self
    }

    /// A field that stands among these of the spec.
    pub(crate) fn within(mut self, fields: Value) -> Self {
        self.within = Some(fields);
        self
    }

    /// One that goes with its entry, and what is left then.
    pub(crate) fn without(mut self, fields: Value) -> Self {
        self.without = Some(fields);
        self
    }

    /// One whose removal is left to people.
    pub(crate) fn stays(path: &'static str, at: &str, set: Value, change: Value) -> Self {
        Self::new(path, at, set, change, After::Stays)
    }

    pub(crate) fn reads(mut self, set: Value, change: Value) -> Self {
        (self.set.1, self.change.1) = (set, change);
        self
    }

    pub(crate) fn unordered(mut self) -> Self {
        self.unordered = true;
        self
    }

    fn since(mut self, minor: u16) -> Self {
        self.since = ServerVersion::new(26, minor, 0);
        self
    }

    pub(crate) fn behind(mut self, feature: &'static str) -> Self {
        self.behind = Some(feature);
        self
    }

    /// The realm as it should be with this value, and with what every row has.
    fn spec(&self, name: &str, value: Option<&Value>) -> KeycloakRealmSpec {
        let mut spec = minimal(name);
        if value.is_some() && self.path.starts_with("smtpServer.") {
            put(&mut spec, "smtpServer", &mail_server());
        }
        let spec = self.laid_over(spec, name, value);
        serde_json::from_value(spec).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    /// A spec with this value, and with what the row has beside it.
    pub(crate) fn laid_over(&self, mut spec: Value, name: &str, value: Option<&Value>) -> Value {
        if let Some(within) = &self.within {
            let fields = if value.is_none() { self.without.as_ref().unwrap_or(within) } else { within };
            spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            if let Some(value) = value {
                let place = format!("/{}", self.path.replace("[]", "/0").replace('.', "/"));
                let (above, field) = place.rsplit_once('/').unwrap();
                spec.pointer_mut(above).unwrap_or_else(|| panic!("{}", self.path))[field] = value.clone();
            }
            spec = serde_json::from_str(&spec.to_string().replace("{realm}", name)).unwrap();
        } else if let Some((list, field)) = self.path.split_once("[].") {
            let mut entry = self.beside.clone();
            if let Some(value) = value {
                entry[field] = value.clone();
            }
            put(&mut spec, list, &json!([entry]));
        } else if let Some(value) = value {
            put(&mut spec, self.path, value);
        }
        spec
    }

    /// Whether the realm's own calls write it.
    fn is_a_setting(&self) -> bool {
        self.from.is_empty()
    }

    /// What the field is read from.
    async fn live(&self, stage: &Stage, realm: &str) -> Value {
        if self.is_a_setting() {
            return stage.console.sees(&thing(realm)).await.unwrap();
        }
        let method = if self.from.starts_with("partial-export") { Method::POST } else { Method::GET };
        let path = format!("/admin/realms/{realm}/{}", self.from);
        let answer = stage.console.calls(method, &path, None).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        inside::by_name(by_scope(answer.body))
    }

    pub(crate) fn check(&self, what: &str, live: &Value, expected: &Value) {
        let seen = live.pointer(&self.at).cloned().unwrap_or_default();
        let same = if self.unordered { sorted(&seen) == sorted(expected) } else { seen == *expected };
        assert!(same, "spec.{} {what}: {} reads {seen}, not {expected}", self.path, self.at);
    }

    pub(crate) fn check_removed(&self, live: &Value) {
        let seen = live.pointer(&self.at).cloned().unwrap_or_default();
        match &self.after {
            After::Stays => self.check("removed", live, &self.change.1),
            After::Is(default) => self.check("removed", live, default),
            After::Nothing => {
                let nothing = [json!(null), json!(""), json!([])].contains(&seen);
                assert!(nothing, "spec.{} removed: {} reads {seen}, not nothing", self.path, self.at);
            }
        }
    }
}

/// An export with the roles that each client scope maps, by its name.
fn by_scope(mut export: Value) -> Value {
    let entries = |list: &Value| -> Value {
        let entries = list.as_array().into_iter().flatten();
        let named = entries.map(|entry| (entry["clientScope"].as_str().unwrap_or_default(), &entry["roles"]));
        named.map(|(name, roles)| (name.to_owned(), roles.clone())).collect::<serde_json::Map<_, _>>().into()
    };
    for field in ["scopeMappings", "clientScopeMappings"] {
        let read = match &export[field] {
            Value::Array(_) => entries(&export[field]),
            Value::Object(by_client) => {
                let by_client = by_client.iter().map(|(client, list)| (client.clone(), entries(list)));
                Value::Object(by_client.collect())
            }
            _ => continue,
        };
        export[field] = read;
    }
    export
}

/// For people (`cargo xtask fields`): the field, and what the server reads once it is set, changed and removed.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let removed = match &self.after {
            After::Stays => "stays".to_owned(),
            After::Is(default) => default.to_string(),
            After::Nothing => "nothing".to_owned(),
        };
        write!(f, "spec.{}  set {}  changed {}  removed {removed}", self.path, self.set.1, self.change.1)
    }
}

/// What a mail server must have, and what it keeps only together.
fn mail_server() -> Value {
    json!({"host": "smtp.example.com", "port": 587, "from": "noreply@example.com", "auth": true, "user": "acme",
        "password": "first"})
}

fn minimal(name: &str) -> Value {
    json!({"realmName": name, "operatorRef": {"namespace": "keycloak-system"}})
}

pub(crate) fn put(spec: &mut Value, path: &str, value: &Value) {
    let place = path.split('.').fold(spec, |place, name| &mut place[name]);
    *place = value.clone();
}

fn sorted(list: &Value) -> Option<BTreeSet<String>> {
    Some(list.as_array()?.iter().map(ToString::to_string).collect())
}

/// Every field that reaches Keycloak but those of what is [inside].
fn table() -> Vec<Row> {
    let mut rows = looks();
    rows.extend(security());
    rows.extend(lifespans());
    rows.extend(events_and_headers());
    rows.extend(mail());
    rows.extend(passwords_and_codes());
    rows.extend(web_authn("webAuthnPolicy", "webAuthnPolicy"));
    rows.extend(web_authn("webAuthnPasswordlessPolicy", "webAuthnPolicyPasswordless"));
    rows.push(Row::stays(
        "webAuthnPasswordlessPolicy.passkeysEnabled",
        "webAuthnPolicyPasswordlessPasskeysEnabled",
        json!(true),
        json!(false),
    ));
    let mediation = ("webAuthnPasswordlessPolicy.mediation", "webAuthnPolicyPasswordlessMediation");
    rows.push(Row::stays(mediation.0, mediation.1, json!("conditional"), json!("optional")).since(7));
    rows.extend(without_a_field());
    rows.extend(texts());
    rows.extend(required_actions());
    rows.extend(user_profile());
    rows.extend(secret_rotation());
    rows.extend(scope_mappings());
    rows
}

fn texts() -> Vec<Row> {
    let text = |text: &str| json!({"de": {"loginAccountTitle": text}});
    let at = "loginAccountTitle";
    let row = Row::new("localization.texts", at, text("Willkommen"), text("Hallo"), After::Nothing)
        .reads(json!("Willkommen"), json!("Hallo"));
    vec![row.read_from("localization/de")]
}

fn user_profile() -> Vec<Row> {
    let policy = |policy: &str| json!({"unmanagedAttributePolicy": policy});
    let row = Row::stays("userProfile", "unmanagedAttributePolicy", policy("ENABLED"), policy("ADMIN_EDIT"));
    vec![row.reads(json!("ENABLED"), json!("ADMIN_EDIT")).read_from("users/profile")]
}

/// Of the client profile that is made for it, which goes with the field.
fn secret_rotation() -> Vec<Row> {
    let row = |path: &'static str, key: &str| {
        let at = format!("profiles/0/executors/0/configuration/{key}");
        Row::new(path, &at, json!(1_209_600), json!(864_000), After::Nothing)
            .read_from("client-policies/profiles")
            .behind("client-secret-rotation")
    };
    vec![
        row("secretRotation.expirationPeriod", "expiration-period"),
        row("secretRotation.rotatedExpirationPeriod", "rotated-expiration-period"),
        row("secretRotation.remainingRotationPeriod", "remaining-rotation-period"),
    ]
}

fn required_actions() -> Vec<Row> {
    let row = |path: &'static str, at: &str, set: Value, change: Value| {
        Row::stays(path, at, set, change)
            .read_from("authentication/required-actions/CONFIGURE_TOTP")
            .of_entry(json!({"alias": "CONFIGURE_TOTP"}))
    };
    let alias = || json!("CONFIGURE_TOTP");
    vec![
        row("requiredActions[].alias", "alias", alias(), alias()),
        row("requiredActions[].providerId", "providerId", alias(), alias()),
        row("requiredActions[].name", "name", json!("Second factor"), json!("One-time code")),
        row("requiredActions[].enabled", "enabled", json!(false), json!(true)),
        row("requiredActions[].defaultAction", "defaultAction", json!(true), json!(false)),
        row("requiredActions[].priority", "priority", json!(5), json!(6)),
        row(
            "requiredActions[].config",
            "config/max_auth_age",
            json!({"max_auth_age": "120"}),
            json!({"max_auth_age": "240"}),
        )
        .reads(json!("120"), json!("240")),
    ]
}

/// Of the client scope `profile`, and of a client that each realm has.
fn scope_mappings() -> Vec<Row> {
    let export = "partial-export?exportClients=false&exportGroupsAndRoles=true";
    let roles = |roles: &[&str]| json!([{"clientScope": "profile", "roles": roles}]);
    let realm_roles = (json!(["offline_access"]), json!(["uma_authorization"]));
    let at = "scopeMappings/profile";
    vec![
        Row::new("scopeMappings[].roles", at, realm_roles.0, realm_roles.1, After::Nothing)
            .read_from(export)
            .of_entry(json!({"clientScope": "profile"})),
        Row::new(
            "clientScopeMappings",
            "clientScopeMappings/account/profile",
            json!({"account": roles(&["view-profile"])}),
            json!({"account": roles(&["manage-account"])}),
            After::Nothing,
        )
        .reads(json!(["view-profile"]), json!(["manage-account"]))
        .read_from(export),
    ]
}

fn looks() -> Vec<Row> {
    let gone = || After::Nothing;
    vec![
        Row::new("displayName", "displayName", json!("Acme"), json!("Acme Inc."), gone()),
        Row::new("displayNameHtml", "displayNameHtml", json!("<b>Acme</b>"), json!("<i>Acme</i>"), gone()),
        Row::new("loginPageTitle", "displayNameHtml", json!("<b>Title</b>"), json!("<i>Title</i>"), gone()),
        Row::stays("enabled", "enabled", json!(false), json!(true)),
        Row::stays("organizationsEnabled", "organizationsEnabled", json!(true), json!(false)),
        Row::new("themes.login", "loginTheme", json!("keycloak.v2"), json!("keycloak"), gone()),
        Row::new("themes.admin", "adminTheme", json!("keycloak.v2"), json!("acme"), gone()),
        Row::new("themes.account", "accountTheme", json!("keycloak.v3"), json!("acme"), gone()),
        Row::new("themes.email", "emailTheme", json!("keycloak"), json!("base"), gone()),
        Row::new(
            "localization.enabled",
            "internationalizationEnabled",
            json!(false),
            json!(true),
            After::Is(json!(false)),
        ),
        Row::new(
            "localization.supportedLocales",
            "supportedLocales",
            json!(["nl", "de", "en"]),
            json!(["en", "fr"]),
            gone(),
        )
        .unordered(),
        Row::new("localization.defaultLocale", "defaultLocale", json!("de"), json!("en"), gone()),
        Row::new(
            "attributes",
            "attributes/team",
            json!({"team": "identity"}),
            json!({"team": "platform"}),
            gone(),
        )
        .reads(json!("identity"), json!("platform")),
        Row::stays(
            "extra",
            "accessCodeLifespan",
            json!({"accessCodeLifespan": 61}),
            json!({"accessCodeLifespan": 62}),
        )
        .reads(json!(61), json!(62)),
    ]
}

fn security() -> Vec<Row> {
    let switch = |path, at| Row::stays(path, at, json!(true), json!(false));
    let off = |path, at| Row::stays(path, at, json!(false), json!(true));
    let number = |path, at| Row::stays(path, at, json!(7), json!(9));
    vec![
        switch("security.registrationAllowed", "registrationAllowed"),
        switch("security.registrationEmailAsUsername", "registrationEmailAsUsername"),
        switch("security.editUsernameAllowed", "editUsernameAllowed"),
        off("security.resetPasswordAllowed", "resetPasswordAllowed"),
        switch("security.rememberMe", "rememberMe"),
        switch("security.verifyEmail", "verifyEmail"),
        off("security.loginWithEmailAllowed", "loginWithEmailAllowed"),
        switch("security.duplicateEmailsAllowed", "duplicateEmailsAllowed"),
        Row::stays("security.sslRequired", "sslRequired", json!("none"), json!("external")),
        switch("security.revokeRefreshToken", "revokeRefreshToken"),
        number("security.refreshTokenMaxReuse", "refreshTokenMaxReuse"),
        switch("security.bruteForceProtected", "bruteForceProtected"),
        switch("security.permanentLockout", "permanentLockout"),
        number("security.maxFailureWait", "maxFailureWaitSeconds"),
        number("security.minimumQuickLoginWait", "minimumQuickLoginWaitSeconds"),
        number("security.waitIncrement", "waitIncrementSeconds"),
        number("security.quickLoginCheckMillis", "quickLoginCheckMilliSeconds"),
        number("security.maxDeltaTime", "maxDeltaTimeSeconds"),
        number("security.failureFactor", "failureFactor"),
    ]
}

fn lifespans() -> Vec<Row> {
    let names: [(&str, &str); 10] = [
        ("tokenSettings.accessTokenLifespan", "accessTokenLifespan"),
        ("tokenSettings.accessTokenLifespanForImplicitFlow", "accessTokenLifespanForImplicitFlow"),
        ("tokenSettings.ssoSessionIdleTimeout", "ssoSessionIdleTimeout"),
        ("tokenSettings.ssoSessionMaxLifespan", "ssoSessionMaxLifespan"),
        ("tokenSettings.offlineSessionIdleTimeout", "offlineSessionIdleTimeout"),
        ("tokenSettings.offlineSessionMaxLifespan", "offlineSessionMaxLifespan"),
        ("tokenSettings.clientSessionIdleTimeout", "clientSessionIdleTimeout"),
        ("tokenSettings.clientSessionMaxLifespan", "clientSessionMaxLifespan"),
        ("tokenSettings.clientOfflineSessionIdleTimeout", "clientOfflineSessionIdleTimeout"),
        ("tokenSettings.clientOfflineSessionMaxLifespan", "clientOfflineSessionMaxLifespan"),
    ];
    // 26.7 refuses a client's session that outlives the realm's; 0 means as long as that.
    let values = |at: &str| if at.starts_with("client") { (300, 0) } else { (301, 302) };
    let row = |(path, at)| {
        let (set, change) = values(at);
        Row::stays(path, at, json!(set), json!(change))
    };
    let mut rows: Vec<Row> = names.into_iter().map(row).collect();
    let enabled = ("tokenSettings.offlineSessionMaxLifespanEnabled", "offlineSessionMaxLifespanEnabled");
    rows.push(Row::stays(enabled.0, enabled.1, json!(true), json!(false)));
    rows
}

fn events_and_headers() -> Vec<Row> {
    let switch = |path, at| Row::stays(path, at, json!(true), json!(false));
    let header = |path: &'static str, set: &str, change: &str, default: &str| {
        let at = path.replace('.', "/");
        Row::new(path, &at, json!(set), json!(change), After::Is(json!(default)))
    };
    let csp = "frame-src 'self'; frame-ancestors 'self'; object-src 'none';";
    vec![
        switch("eventsConfig.eventsEnabled", "eventsEnabled"),
        Row::stays(
            "eventsConfig.eventsListeners",
            "eventsListeners",
            json!(["email", "jboss-logging"]),
            json!([]),
        )
        .unordered(),
        Row::stays(
            "eventsConfig.enabledEventTypes",
            "enabledEventTypes",
            json!(["LOGOUT", "LOGIN"]),
            json!(["LOGIN_ERROR"]),
        )
        .unordered(),
        Row::stays(
            "eventsConfig.eventsExpiration",
            "eventsExpiration",
            json!(86_400),
            json!(5_000_000_000_i64),
        ),
        switch("eventsConfig.adminEventsEnabled", "adminEventsEnabled"),
        switch("eventsConfig.adminEventsDetailsEnabled", "adminEventsDetailsEnabled"),
        header("browserSecurityHeaders.contentSecurityPolicy", "frame-src 'none'", "", csp),
        header(
            "browserSecurityHeaders.contentSecurityPolicyReportOnly",
            "frame-src 'self'",
            "object-src 'none'",
            "",
        ),
        header("browserSecurityHeaders.xContentTypeOptions", "", "none", "nosniff"),
        header("browserSecurityHeaders.xFrameOptions", "DENY", "", "SAMEORIGIN"),
        header("browserSecurityHeaders.xRobotsTag", "all", "noindex", "none"),
        header(
            "browserSecurityHeaders.strictTransportSecurity",
            "max-age=60",
            "max-age=120",
            "max-age=31536000; includeSubDomains",
        ),
        header("browserSecurityHeaders.referrerPolicy", "origin", "same-origin", "no-referrer"),
    ]
}

fn mail() -> Vec<Row> {
    let row = |path: &'static str, set: Value, change: Value| {
        Row::stays(path, &path.replace('.', "/"), set, change)
    };
    let gone = |path: &'static str, set: &str, change: &str| {
        Row::new(path, &path.replace('.', "/"), json!(set), json!(change), After::Nothing)
    };
    let switch = |path| row(path, json!(true), json!(false)).reads(json!("true"), json!("false"));
    let mask = || json!("**********");
    vec![
        row("smtpServer.host", json!("mail.example.com"), json!("smtp.example.org")),
        row("smtpServer.port", json!(25), json!(465)).reads(json!("25"), json!("465")),
        row("smtpServer.from", json!("acme@example.com"), json!("noreply@example.org")),
        gone("smtpServer.fromDisplayName", "Acme", "Acme Inc."),
        gone("smtpServer.replyTo", "help@example.com", "help@example.org"),
        gone("smtpServer.envelopeFrom", "bounce@example.com", "bounce@example.org"),
        switch("smtpServer.ssl"),
        switch("smtpServer.starttls"),
        switch("smtpServer.auth"),
        row("smtpServer.user", json!("mailer"), json!("acme")),
        row("smtpServer.password", json!("second"), json!("third")).reads(mask(), mask()),
    ]
}

fn passwords_and_codes() -> Vec<Row> {
    let rule = |path: &'static str, name: &str| {
        let reads = |value: i32| json!(format!("{name}({value})"));
        Row::stays(path, "passwordPolicy", json!(8), json!(12)).reads(reads(8), reads(12))
    };
    let switch = |path: &'static str, name: &str| {
        Row::stays(path, "passwordPolicy", json!(true), json!(false)).reads(json!(name), json!(null))
    };
    let further = json!({"hashAlgorithm": "argon2", "notContainsUsername": ""});
    vec![
        rule("passwordPolicy.length", "length"),
        rule("passwordPolicy.upperCase", "upperCase"),
        rule("passwordPolicy.lowerCase", "lowerCase"),
        rule("passwordPolicy.digits", "digits"),
        rule("passwordPolicy.specialChars", "specialChars"),
        switch("passwordPolicy.notUsername", "notUsername"),
        switch("passwordPolicy.notEmail", "notEmail"),
        rule("passwordPolicy.hashIterations", "hashIterations"),
        rule("passwordPolicy.passwordHistory", "passwordHistory"),
        rule("passwordPolicy.forceExpiredPasswordChange", "forceExpiredPasswordChange"),
        rule("passwordPolicy.maxLength", "maxLength"),
        Row::stays("passwordPolicy.regexPattern", "passwordPolicy", json!("^(a|b)+( and)?$"), json!("^.*$"))
            .reads(json!("regexPattern(^(a|b)+( and)?$)"), json!("regexPattern(^.*$)")),
        Row::stays("passwordPolicy.furtherRules", "passwordPolicy", further, json!({"passwordHistory": "3"}))
            .reads(json!("hashAlgorithm(argon2) and notContainsUsername"), json!("passwordHistory(3)")),
        Row::stays("otpPolicy.type", "otpPolicyType", json!("hotp"), json!("totp")),
        Row::stays("otpPolicy.algorithm", "otpPolicyAlgorithm", json!("HmacSHA512"), json!("HmacSHA256")),
        Row::stays("otpPolicy.initialCounter", "otpPolicyInitialCounter", json!(3), json!(0)),
        Row::stays("otpPolicy.digits", "otpPolicyDigits", json!(8), json!(6)),
        Row::stays("otpPolicy.lookAheadWindow", "otpPolicyLookAheadWindow", json!(4), json!(0)),
        Row::stays("otpPolicy.period", "otpPolicyPeriod", json!(60), json!(31)),
        Row::stays("otpPolicy.codeReusable", "otpPolicyCodeReusable", json!(true), json!(false)),
    ]
}

/// Both policies have the same fields.
fn web_authn(area: &'static str, prefix: &str) -> Vec<Row> {
    let row = |field: &str, set: Value, change: Value| {
        let path: &'static str = format!("{area}.{field}").leak();
        let (first, rest) = field.split_at(1);
        Row::stays(path, &format!("{prefix}{}{rest}", first.to_uppercase()), set, change)
    };
    let key = "ee882879-721c-4913-9775-3dfcce97072a";
    vec![
        row("rpEntityName", json!("Acme"), json!("Acme Inc.")),
        row("signatureAlgorithms", json!(["RS256", "ES256"]), json!(["ES512"])),
        row("rpId", json!("acme.example.com"), json!("")),
        row("attestationConveyancePreference", json!("direct"), json!("none")),
        row("authenticatorAttachment", json!("platform"), json!("cross-platform")),
        row("requireResidentKey", json!("Yes"), json!("No")),
        row("residentKey", json!("preferred"), json!("discouraged")).since(7),
        row("userVerificationRequirement", json!("preferred"), json!("discouraged")),
        row("createTimeout", json!(60), json!(0)),
        row("avoidSameAuthenticatorRegister", json!(true), json!(false)),
        row("acceptableAaguids", json!([key, "00000000-0000-0000-0000-000000000000"]), json!([])),
        row("extraOrigins", json!(["https://b.example.com", "https://a.example.com"]), json!([])),
    ]
}

/// What has no field of its own and is written by `spec.extra`.
fn without_a_field() -> Vec<Row> {
    let row = |field: &str, set: Value, change: Value| {
        let path: &'static str = format!("extra.{field}").leak();
        Row::stays(path, field, set, change)
    };
    vec![
        row("notBefore", json!(1_700_000_000), json!(0)),
        row("userManagedAccessAllowed", json!(true), json!(false)),
        row("defaultSignatureAlgorithm", json!("ES256"), json!("RS256")),
        row("maxTemporaryLockouts", json!(3), json!(0)),
        row("bruteForceStrategy", json!("LINEAR"), json!("MULTIPLE")),
        row("maxSecondaryAuthFailures", json!(3), json!(0)).since(6),
        row("ssoSessionIdleTimeoutRememberMe", json!(3600), json!(0)),
        row("ssoSessionMaxLifespanRememberMe", json!(7200), json!(0)),
        row("accessCodeLifespanUserAction", json!(301), json!(302)),
        row("accessCodeLifespanLogin", json!(1801), json!(1802)),
        row("actionTokenGeneratedByAdminLifespan", json!(43_201), json!(43_202)),
        row("actionTokenGeneratedByUserLifespan", json!(301), json!(302)),
        row("oauth2DeviceCodeLifespan", json!(601), json!(602)),
        row("oauth2DevicePollingInterval", json!(6), json!(7)),
    ]
}

#[test]
fn every_field_that_is_acted_on_has_a_row() {
    each_has_a_row(ACTED_ON, NOT_IN_KEYCLOAK, table().into_iter().chain(inside::table()));
}

/// Fails where a field that is acted on has neither a row nor its place in the list of those that nothing in Keycloak answers
/// to, or where that list names what nobody acts on.
pub(crate) fn each_has_a_row(acted_on: &[&str], not_in_keycloak: &[&str], rows: impl Iterator<Item = Row>) {
    let rows: BTreeSet<String> = rows.map(|row| format!("spec.{}", row.path)).collect();
    let is_below = |path: &str, top: &str| {
        path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let elsewhere = |path: &str| not_in_keycloak.iter().any(|top| is_below(path, top));
    let missing: Vec<_> = acted_on.iter().filter(|path| !elsewhere(path) && !rows.contains(**path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let untold: Vec<_> =
        not_in_keycloak.iter().filter(|top| !acted_on.iter().any(|path| is_below(path, top))).collect();
    assert!(untold.is_empty(), "{untold:?}");
}

/// A pass that writes, one with what waits approved, and another one that must find nothing to do.
async fn brings_about(cr: &mut Cr, spec: &KeycloakRealmSpec, what: &str) {
    // What hangs on something that only Keycloak makes follows in the second pass.
    cr.brings_about(spec).await;
    cr.brings_about(spec).await;
    let mut again = cr.brings_about(spec).await;
    if let Some(hash) = again.approval() {
        // Who holds a role loses with it what it held.
        let approvals = Approvals::default().accept(hash, &again).unwrap();
        let approved = cr.plans_realm(spec, &approvals).await;
        assert!(cr.applies(&approved).await.is_complete(), "{what}: {:?}", approved.steps);
        again = cr.brings_about(spec).await;
    }
    assert!(again.is_converged(), "{what}: {:?} {:?}", again.steps, again.findings);
}

async fn on_stage(server: KeycloakServer) -> (Stage, Cr, String) {
    let mut stage = Stage::new(server).await;
    let name = stage.realm_name();
    let cr = Cr::new(&stage, &stage.manager, &name);
    (stage, cr, name)
}

async fn every_setting_is_set_changed_and_removed_and_reads_back_as_it_was_written(server: KeycloakServer) {
    Box::pin(tried(server, table())).await;
}

/// Tries each row on one realm, and prints it.
#[expect(clippy::print_stdout, reason = "cargo xtask fields realm shows what the test prints")]
async fn tried(server: KeycloakServer, rows: Vec<Row>) {
    let version: ServerVersion = server.version().parse().unwrap();
    let (stage, mut cr, name) = on_stage(server).await;
    let nothing = serde_json::from_value(minimal(&name)).unwrap();
    brings_about(&mut cr, &nothing, "a realm without settings").await;
    for row in rows {
        let what = |done: &str| format!("spec.{} {done}", row.path);
        if row.since > version {
            let desired =
                realm::desired(&row.spec(&name, Some(&row.set.0)), &Secrets::default(), Some(&cr.mark()))
                    .unwrap();
            let plan = cr.plan(&desired, Some(&realm::observe(&cr.api, &name).await.unwrap()));
            let refused: Vec<String> =
                plan.findings.refused.iter().map(|found| found.what.refusal.to_string()).collect();
            let field =
                row.path.strip_prefix("extra.").map_or_else(|| format!("spec.{}", row.path), str::to_owned);
            let [sentence] = refused.as_slice() else { panic!("{}: {refused:?}", what("is too new")) };
            assert!(
                sentence.starts_with(&format!("{field}: Keycloak {version} does not know")),
                "{sentence}"
            );
            assert!(plan.steps.is_empty(), "{:?}", plan.steps);
            println!("{version}  {field}  is refused: the server is older");
            continue;
        }
        if let Some(feature) = row.behind {
            let plan = cr.plans_realm(&row.spec(&name, Some(&row.set.0)), &Approvals::default()).await;
            let applied = cr.applies(&plan).await;
            let [failure] = applied.failed.as_slice() else { panic!("{}: {applied:?}", row.path) };
            let told = failure.to_string();
            assert!(told.contains(&format!("the feature {feature} turned off")), "{told}");
            println!("{version}  spec.{}  is refused: the feature {feature} is turned off", row.path);
            continue;
        }
        for (done, (asked, reads)) in [("set", &row.set), ("changed", &row.change)] {
            brings_about(&mut cr, &row.spec(&name, Some(asked)), &what(done)).await;
            row.check(done, &row.live(&stage, &name).await, reads);
        }
        brings_about(&mut cr, &row.spec(&name, None), &what("removed")).await;
        row.check_removed(&row.live(&stage, &name).await);
        println!("{version}  {row}");
    }
    stage.leave().await;
}

async fn a_realm_is_created_with_every_setting_at_once(server: KeycloakServer) {
    // Another spelling, what Keycloak does not take beside another row's value, one key of a whole.
    let apart = ["loginPageTitle", "security.duplicateEmailsAllowed", "extra"];
    let version: ServerVersion = server.version().parse().unwrap();
    let (stage, mut cr, name) = on_stage(server).await;
    let rows: Vec<Row> = table()
        .into_iter()
        .filter(|row| row.is_a_setting() && row.since <= version && !apart.contains(&row.path))
        .collect();
    let mut spec = minimal(&name);
    for row in &rows {
        put(&mut spec, row.path, &row.set.0);
    }
    let spec: KeycloakRealmSpec = serde_json::from_value(spec).unwrap();
    let desired = realm::desired(&spec, &Secrets::default(), Some(&cr.mark())).unwrap();
    let plan = cr.passes(&desired, Some(&realm::Observed::Absent)).await;
    assert_eq!(plan.steps.len(), 1, "{:?}", plan.steps);
    let again = cr.passes(&desired, Some(&realm::observe(&cr.api, &name).await.unwrap())).await;
    assert!(again.is_converged(), "{:?} {:?}", again.steps, again.findings);
    let live = stage.console.sees(&thing(&name)).await.unwrap();
    for row in rows.iter().filter(|row| row.at != "/passwordPolicy") {
        row.check("created", &live, &row.set.1);
    }

    // The law of the export: what was exported changes nothing where it came from, also when nothing is remembered.
    let observed = realm::observe(&cr.api, &name).await.unwrap();
    let exported = realm::export(observed.present().unwrap(), spec.operator_ref.clone());
    cr.record = OwnedRecord::default();
    let plan = cr.plan(&realm::desired(&exported.spec, &Secrets::default(), None).unwrap(), Some(&observed));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    stage.leave().await;
}

async fn a_rule_that_leaves_the_password_policy_goes_and_the_others_stay(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let policy = |rules: Value| {
        let mut spec = minimal(&name);
        put(&mut spec, "passwordPolicy", &rules);
        serde_json::from_value::<KeycloakRealmSpec>(spec).unwrap()
    };
    for (rules, reads) in [
        (
            json!({"length": 8, "digits": 1, "notUsername": true}),
            json!("length(8) and digits(1) and notUsername"),
        ),
        (json!({"length": 8, "notUsername": true}), json!("length(8) and notUsername")),
        (json!({}), json!(null)),
    ] {
        brings_about(&mut cr, &policy(rules.clone()), &rules.to_string()).await;
        assert_eq!(stage.console.sees_field(&thing(&name), "passwordPolicy").await, reads, "{rules}");
    }
    stage.leave().await;
}

async fn a_password_policy_that_keycloak_refuses_is_told_by_its_field(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    brings_about(&mut cr, &serde_json::from_value(minimal(&name)).unwrap(), "a realm").await;
    let mut spec = minimal(&name);
    put(&mut spec, "passwordPolicy", &json!({"furtherRules": {"noSuchRule": "1"}}));
    let desired =
        realm::desired(&serde_json::from_value(spec).unwrap(), &Secrets::default(), Some(&cr.mark()))
            .unwrap();
    let plan = cr.plan(&desired, Some(&realm::observe(&cr.api, &name).await.unwrap()));
    let applied = cr.applies(&plan).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    let said = failure.to_string().replace(&name, "<realm>");
    insta::assert_snapshot!("a_refused_password_policy", said);
    stage.leave().await;
}

async fn only_another_mail_password_is_written_once_and_nothing_after_it(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let mut spec = minimal(&name);
    let mut smtp = mail_server();
    smtp.as_object_mut().unwrap().remove("password");
    smtp["passwordSecret"] = json!({"name": "acme-smtp"});
    put(&mut spec, "smtpServer", &smtp);
    let spec: KeycloakRealmSpec = serde_json::from_value(spec).unwrap();
    assert!(Secrets::are_asked_for(&spec));
    let mark = cr.mark();
    let asks = |password: &str| {
        let secrets = Secrets { smtp_password: Some(password.into()) };
        realm::desired(&spec, &secrets, Some(&mark)).unwrap()
    };
    cr.passes(&asks("first"), Some(&realm::Observed::Absent)).await;
    for (password, writes) in [("first", 0), ("second", 1), ("second", 0)] {
        let desired = asks(password);
        let (plan, calls) = stage
            .calls_of(async {
                let observed = realm::observe(&cr.api, &name).await.unwrap();
                cr.passes(&desired, Some(&observed)).await
            })
            .await;
        calls.expect("a pass over a mail password").writes(writes).reads(1);
        let said = format!("{:?} {}", plan.steps, text(&plan, Color::Never));
        assert!(!said.contains("second") && !said.contains("first"), "{said}");
        let live = stage.console.sees(&thing(&name)).await.unwrap();
        assert_eq!(live["smtpServer"]["password"], json!("**********"));
    }
    // The key is lost: the password is written once more, and nothing else.
    cr.loses_its_key();
    for writes in [1_usize, 0] {
        let desired = asks("second");
        let (plan, calls) = stage
            .calls_of(async {
                let observed = realm::observe(&cr.api, &name).await.unwrap();
                cr.passes(&desired, Some(&observed)).await
            })
            .await;
        calls.expect("a pass with another key").writes(writes).reads(1);
        let changes: Vec<String> =
            plan.steps.iter().flat_map(|step| &step.changes).map(|change| change.path.to_string()).collect();
        assert_eq!(changes, vec!["smtpServer[password]"; writes]);
    }
    stage.leave().await;
}

/// Examples that need a feature which the servers of the tests run without: the tests of the area apply them.
const BEHIND_A_FEATURE: &[&str] = &["secret-rotation.yaml"];

/// The specs of the examples beside the pages of a guide.
pub(crate) fn examples(guide: &str, kind: &str) -> Vec<(String, Value)> {
    let guide = format!("{}/../../docs/guide/{guide}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(&guide).unwrap_or_else(|error| panic!("{guide}: {error}"));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let object: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(object["kind"], kind, "{}", path.display());
        (path.file_name().unwrap().to_string_lossy().into_owned(), object["spec"].clone())
    };
    paths.iter().map(read).collect()
}

async fn the_examples_of_the_guide_are_applied_and_stay_as_they_are(server: KeycloakServer) {
    let mut stage = Stage::new(server).await;
    let examples = examples("realm", "KeycloakRealm");
    assert!(!examples.is_empty());
    for (file, mut spec) in examples {
        if BEHIND_A_FEATURE.contains(&file.as_str()) {
            continue;
        }
        let name = stage.realm_name();
        let mut cr = Cr::new(&stage, &stage.manager, &name);
        spec["realmName"] = json!(name);
        brings_about(&mut cr, &serde_json::from_value(spec).unwrap(), &file).await;
    }
    stage.leave().await;
}
