//! What a `KeycloakRealm` asks for, and what a live realm is as one.

use insta::{assert_json_snapshot, assert_snapshot, with_settings};
use keycloak_crds::realm::fields::ACTED_ON;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::{
    CLIENT_ROLE_OF_ROLE, COMPOSITE_OF_ROLE, DEFAULT_GROUP, REALM_DEFAULT_SCOPE, REALM_OPTIONAL_SCOPE,
    REALM_ROLE, SCOPE_MAPPING, USER_PROFILE,
};
use keycloak_plan::{LiveState, is_mark_key};
use serde_json::{Value, json};

use super::*;
use crate::tests::{creation, first_plan, mark};

/// Every field that is acted on, each with a value that is not the one a realm is created with.
const FULL: &str = r#"
realmName: acme
operatorRef: {namespace: keycloak-system}
description: Everything of Acme
displayName: Acme
displayNameHtml: <b>Acme</b>
enabled: false
security:
  registrationAllowed: true
  registrationEmailAsUsername: true
  editUsernameAllowed: true
  resetPasswordAllowed: false
  rememberMe: true
  verifyEmail: true
  loginWithEmailAllowed: false
  duplicateEmailsAllowed: true
  sslRequired: all
  revokeRefreshToken: true
  refreshTokenMaxReuse: 1
  bruteForceProtected: true
  permanentLockout: true
  maxFailureWait: 901
  minimumQuickLoginWait: 61
  waitIncrement: 62
  quickLoginCheckMillis: 1001
  maxDeltaTime: 43201
  failureFactor: 11
tokenSettings:
  accessTokenLifespan: 301
  accessTokenLifespanForImplicitFlow: 901
  ssoSessionIdleTimeout: 1801
  ssoSessionMaxLifespan: 36001
  offlineSessionIdleTimeout: 2592001
  offlineSessionMaxLifespanEnabled: true
  offlineSessionMaxLifespan: 5184001
  clientSessionIdleTimeout: 601
  clientSessionMaxLifespan: 3601
  clientOfflineSessionIdleTimeout: 86401
  clientOfflineSessionMaxLifespan: 172801
themes: {login: acme-login, admin: acme-admin, account: acme-account, email: acme-email}
localization:
  enabled: true
  supportedLocales: [en, de]
  defaultLocale: de
  texts: {de: {loginAccountTitle: Willkommen}}
browserSecurityHeaders:
  contentSecurityPolicy: frame-src 'self'
  contentSecurityPolicyReportOnly: object-src 'none'
  xContentTypeOptions: ""
  xFrameOptions: DENY
  xRobotsTag: all
  strictTransportSecurity: max-age=60
  referrerPolicy: origin
eventsConfig:
  eventsEnabled: true
  eventsListeners: [jboss-logging, email]
  enabledEventTypes: [LOGIN, LOGIN_ERROR]
  eventsExpiration: 86401
  adminEventsEnabled: true
  adminEventsDetailsEnabled: true
passwordPolicy:
  length: 12
  upperCase: 1
  lowerCase: 2
  digits: 3
  specialChars: 4
  notUsername: true
  notEmail: true
  hashIterations: 5
  passwordHistory: 6
  forceExpiredPasswordChange: 365
  maxLength: 64
  regexPattern: ^[^ ]+(a|b)$
  furtherRules: {hashAlgorithm: argon2, notContainsUsername: ""}
otpPolicy:
  type: hotp
  algorithm: HmacSHA512
  initialCounter: 2
  digits: 8
  lookAheadWindow: 3
  period: 60
  codeReusable: true
webAuthnPolicy: &keys
  rpEntityName: Acme
  signatureAlgorithms: [RS256, ES256]
  rpId: acme.example.com
  attestationConveyancePreference: direct
  authenticatorAttachment: platform
  requireResidentKey: "Yes"
  residentKey: preferred
  userVerificationRequirement: preferred
  createTimeout: 61
  avoidSameAuthenticatorRegister: true
  acceptableAaguids: [ee882879-721c-4913-9775-3dfcce97072a]
  extraOrigins: ["https://app.example.com"]
webAuthnPasswordlessPolicy:
  <<: *keys
  passkeysEnabled: true
  mediation: optional
organizationsEnabled: true
smtpServer:
  host: smtp.example.com
  port: 587
  from: noreply@example.com
  fromDisplayName: Acme
  replyTo: help@example.com
  envelopeFrom: bounce@example.com
  ssl: false
  starttls: true
  auth: true
  user: acme
  password: not-a-real-one
attributes: {team: identity, acme.cost-centre: "17"}
roles:
  realmRoles:
    - name: manager
      description: Leads
      composite: true
      clientRole: false
      containerId: acme
      attributes: {cost-center: ["42"]}
      compositeRoles: [employee]
      compositeClientRoles: {account: [view-profile]}
    - {name: employee}
defaultRole:
  name: default-roles-acme
  description: What everybody gets
  composite: true
  clientRole: false
  containerId: acme
  attributes: {of: [everybody]}
  compositeRoles: [manager]
  compositeClientRoles: {account: [manage-account-links]}
defaultRoles: [employee]
clientScopes:
  - name: department
    description: Department
    protocol: saml
    attributes: {include.in.token.scope: "true"}
    protocolMappers:
      - {name: department, protocolMapper: saml-user-attribute-mapper, config: {user.attribute: department}}
defaultClientScopes: [department]
optionalClientScopes: [offline_access]
groups:
  - {name: g1, path: "/g1", previousPath: "/old1", description: About, attributes: {k: [v]}, realmRoles: [employee], clientRoles: {account: [view-profile]}, subGroups: [{name: g2, path: "/g1/g2", previousPath: "/g1/old2", description: About, attributes: {k: [v]}, realmRoles: [employee], clientRoles: {account: [view-profile]}, subGroups: [{name: g3, path: "/g1/g2/g3", previousPath: "/g1/g2/old3", description: About, attributes: {k: [v]}, realmRoles: [employee], clientRoles: {account: [view-profile]}, subGroups: [{name: g4, path: "/g1/g2/g3/g4", previousPath: "/g1/g2/g3/old4", description: About, attributes: {k: [v]}, realmRoles: [employee], clientRoles: {account: [view-profile]}, subGroups: [{name: g5, path: "/g1/g2/g3/g4/g5", previousPath: "/g1/g2/g3/g4/old5", description: About, attributes: {k: [v]}, realmRoles: [employee], clientRoles: {account: [view-profile]}, subGroups: [{name: g6}]}]}]}]}]}
defaultGroups: [/g1]
requiredActions:
  - alias: acme-survey
    name: Survey
    providerId: acme-survey
    enabled: false
    defaultAction: true
    priority: 55
    config: {max_auth_age: "300"}
userProfile: {attributes: [{name: department}]}
secretRotation: {expirationPeriod: 7776000, rotatedExpirationPeriod: 604800, remainingRotationPeriod: 1209600}
scopeMappings: [{clientScope: department, roles: [employee]}]
clientScopeMappings: {account: [{clientScope: department, roles: [view-profile]}]}
extra: {accessCodeLifespan: 61}
"#;

/// Fields that are about Kubernetes, or about how the object is treated, with all below them. `loginPageTitle` is another
/// spelling.
const NOT_IN_KEYCLOAK: &[&str] = &[
    "spec.adopt",
    "spec.authorization",
    "spec.clientAuthorizationGrants",
    // That of the scope, said again.
    "spec.clientScopes[].protocolMappers[].protocol",
    // Whether a role holds others follows from what it holds.
    "spec.defaultRole.clientRole",
    "spec.defaultRole.composite",
    "spec.defaultRole.containerId",
    "spec.deletionPolicy",
    "spec.description",
    // What it says of lists is how they are compared.
    "spec.exclusive",
    "spec.loginPageTitle",
    "spec.management",
    "spec.operatorRef",
    "spec.roles.realmRoles[].clientRole",
    "spec.roles.realmRoles[].composite",
    "spec.roles.realmRoles[].containerId",
    // Whoever reads Secrets follows it.
    "spec.smtpServer.passwordSecret",
    // Instead of the client scope.
    "spec.scopeMappings[].client",
    "spec.suspend",
    "spec.takeOver[].clusterId",
    "spec.takeOver[].names",
    "spec.takeOver[].namespaces",
];

fn is_in_keycloak(path: &str) -> bool {
    !NOT_IN_KEYCLOAK
        .iter()
        .any(|top| path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

fn full() -> KeycloakRealmSpec {
    let mut full: serde_yaml_ng::Value = serde_yaml_ng::from_str(FULL).unwrap();
    full.apply_merge().unwrap();
    serde_yaml_ng::from_value(full).unwrap()
}

fn minimal() -> KeycloakRealmSpec {
    let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
    serde_json::from_value(spec).unwrap()
}

fn with(fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!(minimal());
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

/// Asserts the JSON with its keys in order, which depends on what else is built otherwise.
macro_rules! assert_sorted {
    ($value:expr) => {
        with_settings!({sort_maps => true}, { assert_json_snapshot!($value) })
    };
}

#[test]
fn a_full_realm_is_created_with_every_field() {
    assert_sorted!(creation(&desired(&full(), &Secrets::default(), Some(&mark())).unwrap()));
}

#[test]
fn a_minimal_realm_is_created_with_the_creation_values_said_explicitly() {
    assert_sorted!(creation(
        &desired(&minimal(), &Secrets::default(), Some(&mark())).unwrap().with_id("an-id-of-ours")
    ));
}

/// Everything that is written for a spec, of the realm itself and of what is in it: when the realm is made, and once it is there.
fn asked(spec: &KeycloakRealmSpec) -> Value {
    let there = RealmRepresentation { id: Some("1".to_owned()), ..RealmRepresentation::default() };
    json!([written(spec, &Observed::Absent), written(spec, &Observed::Present(Box::new(there)))])
}

fn written(spec: &KeycloakRealmSpec, observed: &Observed) -> Value {
    let plan = planned(spec, observed);
    let steps = plan.steps.iter().map(|step| {
        let link = step.link.as_ref().map(|link| format!("{} {}", link.relation.name, link.target));
        json!([step.action.as_str(), step.object.key(), link, step.body().map(|body| body.expose().clone())])
    });
    steps.collect()
}

fn planned(spec: &KeycloakRealmSpec, observed: &Observed) -> keycloak_plan::Plan {
    let desired = desired(spec, &Secrets::default(), None).unwrap();
    let everybody = keycloak_plan::Identity::new(&REALM_ROLE, "default-roles-acme");
    let role = keycloak_plan::Live::new(json!({"id": "7", "name": "default-roles-acme"}));
    let profile = keycloak_plan::Identity::new(&USER_PROFILE, "acme");
    let mut live = LiveState::new()
        .present(everybody.clone(), role)
        .present(profile, keycloak_plan::Live::new(json!({"attributes": []})));
    for relation in [&COMPOSITE_OF_ROLE, &CLIENT_ROLE_OF_ROLE] {
        live = live.links(everybody.clone(), relation, []);
    }
    for relation in [&REALM_DEFAULT_SCOPE, &REALM_OPTIONAL_SCOPE, &DEFAULT_GROUP, &SCOPE_MAPPING] {
        live = live.links(identity("acme"), relation, []);
    }
    let planning = crate::Planning {
        subject: &crate::tests::subject("realm acme"),
        record: &keycloak_plan::OwnedRecord::default(),
        approvals: &keycloak_plan::Approvals::default(),
        server: &keycloak_plan::Server::default(),
        key: None,
    };
    planning.plan_realm(&desired, &wanted(spec), observed, &live).unwrap()
}

#[test]
fn a_tree_of_groups_in_which_one_has_a_description_is_not_carried_by_the_realms_post() {
    let spec = with(json!({"groups": [
        {"name": "a", "subGroups": [{"name": "b", "subGroups": [{"name": "c", "description": "About"}]}]},
        {"name": "d", "description": "", "subGroups": [{"name": "e"}]},
    ]}));
    let plan = planned(&spec, &Observed::Absent);
    let mut realm = RealmRepresentation::default();
    let carried = parts::carried(plan.steps.iter(), &mut realm);
    let carried: Vec<&str> = carried.iter().map(|step| step.object.name()).collect();
    assert_eq!(carried, ["d", "e"]);
    let groups = realm.groups.unwrap_or_default();
    assert_eq!(groups.iter().map(|group| group.name.as_deref()).collect::<Vec<_>>(), [Some("d")]);
}

#[test]
fn every_field_that_is_acted_on_reaches_keycloak() {
    let spec = json!({ "spec": full() });
    let whole = asked(&full());
    for path in ACTED_ON.iter().filter(|path| is_in_keycloak(path)) {
        let pointer = format!("/{}", path.replace("[]", "/0").replace('.', "/"));
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        let mut without = spec.clone();
        let removed = without.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(field);
        assert!(removed.is_some(), "the full realm of this test has no {path}");
        // Without these there is no object; a group's path is only compared, and the one it had is looked at where it stands there.
        let last = [
            "].name",
            "].path",
            "].previousPath",
            "].alias",
            "].clientScope",
            "].protocolMapper",
            "spec.realmName",
            "spec.defaultRole.name",
        ];
        if last.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        match *path {
            // A mail server without them is none.
            "spec.smtpServer.host" => without["spec"]["smtpServer"]["host"] = json!("mail.example.com"),
            "spec.smtpServer.port" => without["spec"]["smtpServer"]["port"] = json!(25),
            _ => {}
        }
        let without: KeycloakRealmSpec = serde_json::from_value(without["spec"].clone()).unwrap();
        assert_ne!(asked(&without), whole, "{path} changes nothing");
    }
}

#[test]
fn creation_values_belong_to_nobody_afterwards() {
    let plan =
        first_plan(&desired(&minimal(), &Secrets::default(), Some(&mark())).unwrap(), &LiveState::new());
    let record = plan.record_after(&keycloak_plan::OwnedRecord::default(), &[plan.steps[0].id].into());
    let owned: Vec<_> = record.objects().flat_map(|(_, object)| object.paths()).collect();
    assert!(owned.is_empty(), "{owned:?}");
}

#[test]
fn both_spellings_of_the_title_are_one_field() {
    let title = with(json!({"loginPageTitle": "<i>Acme</i>"}));
    assert_eq!(
        creation(&desired(&title, &Secrets::default(), None).unwrap())["displayNameHtml"],
        json!("<i>Acme</i>")
    );
}

#[test]
fn what_cannot_be_asked_for_is_refused_with_what_to_write_instead() {
    let refused = |fields: Value| desired(&with(fields), &Secrets::default(), None).unwrap_err().to_string();
    let sentences = [
        refused(json!({"realmName": ".."})),
        refused(
            json!({"extra": {"id": "x", "realm": "y", "roles": {}, "users": [], "enabled": false, "attributes": {}}}),
        ),
        refused(json!({"browserFlow": "browser", "organizations": [{"name": "Example"}]})),
        refused(json!({"localization": {"texts": {"de/AT": {"a": "b"}}}})),
        refused(
            json!({"passwordPolicy": {"length": 8, "notEmail": false, "furtherRules": {"length": "9", "notEmail": ""}}}),
        ),
        refused(
            json!({"browserSecurityHeaders": {"xXSSProtection": "1"}, "webAuthnPolicy": {"passkeysEnabled": true}}),
        ),
    ];
    assert_snapshot!(sentences.join("\n"));
}

#[test]
fn an_empty_key_of_extra_is_refused_with_what_to_write_there() {
    let spec = with(json!({"displayName": "Acme", "extra": {"": true}}));
    let refused = desired(&spec, &Secrets::default(), None).unwrap_err();
    assert_snapshot!(refused, @"spec.extra: a key is empty and names no field; write the name of a field of Keycloak's RealmRepresentation there, or take the key out");
}

#[test]
fn empty_lists_of_what_is_not_built_yet_ask_for_nothing() {
    let empty = json!({"groups": [], "roles": {"realmRoles": []}, "clientAuthorizationGrants": ["a"]});
    assert!(desired(&with(empty), &Secrets::default(), None).is_ok());
}

#[test]
fn keys_of_the_mark_and_repeated_fields_among_the_attributes_are_refused_by_path() {
    let attributes =
        json!({"attributes": {"kubernetes.operator.uid": "x", "displayName": "y", "_browser_header.x": "z"}});
    let plan = first_plan(&desired(&with(attributes), &Secrets::default(), None).unwrap(), &LiveState::new());
    let refused: Vec<String> =
        plan.findings.refused.iter().map(|finding| finding.what.refusal.to_string()).collect();
    assert_snapshot!(refused.join("\n"));
    assert_eq!(plan.steps[0].body().unwrap().expose().get("attributes"), None);
}

fn password_policy(text: &str) -> (Value, String) {
    let live = RealmRepresentation { password_policy: Some(text.to_owned()), ..live() };
    let spec = export(&live, OperatorRef::default()).spec;
    let desired = desired(&spec, &Secrets::default(), None).unwrap();
    let plan = first_plan(&desired, &Observed::Present(Box::new(live)).state(desired.identity()));
    assert!(plan.is_converged(), "{text}: {:?}", plan.steps);
    (
        json!(spec.password_policy),
        creation(&desired)["passwordPolicy"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn every_password_policy_is_exported_so_that_applying_it_changes_nothing() {
    let (spec, text) =
        password_policy("length(8) and notUsername(undefined) and notEmail() and regexPattern(^(a|b)+$)");
    assert_eq!(spec, json!({"length": 8, "notUsername": true, "notEmail": true, "regexPattern": "^(a|b)+$"}));
    assert_eq!(text, "length(8) and notUsername and notEmail and regexPattern(^(a|b)+$)");
    // Rules without a field, without their value, or with one that the field cannot hold.
    let (spec, _) = password_policy(
        "hashAlgorithm(argon2) and digits and length(08) and maxAuthAge(300) and notEmail(x)",
    );
    let further = json!({"hashAlgorithm": "argon2", "digits": "", "length": "08", "maxAuthAge": "300", "notEmail": "x"});
    assert_eq!(spec, json!({ "furtherRules": further }));
    assert_eq!(password_policy(""), (Value::Null, String::new()));
}

#[test]
fn a_policy_without_rules_takes_all_rules_away() {
    let live = RealmRepresentation { password_policy: Some("length(8)".into()), ..live() };
    let desired = desired(&with(json!({"passwordPolicy": {}})), &Secrets::default(), None).unwrap();
    let plan = first_plan(&desired, &Observed::Present(Box::new(live)).state(desired.identity()));
    assert_eq!(plan.steps[0].body().unwrap().expose()["passwordPolicy"], json!(""));
}

/// A realm as Keycloak answers it, with our mark, a secret, and an attribute of somebody else.
fn live() -> RealmRepresentation {
    serde_json::from_str(include_str!("tests/live.json")).unwrap()
}

#[test]
fn an_exported_realm_has_no_mark_no_secret_and_no_repeated_field() {
    let exported = export(&live(), OperatorRef { namespace: "keycloak-system".into(), ..Default::default() });
    let attributes = exported.spec.attributes.clone().unwrap();
    assert!(!attributes.keys().any(|key| is_mark_key(key) || REALM.field(key).is_some()), "{attributes:?}");
    let text = serde_json::to_string(&exported.spec).unwrap();
    assert!(!text.contains("**********"), "{text}");
    assert_sorted!((&exported.spec, &exported.left_out));
}

#[test]
fn an_exported_realm_applied_to_the_same_realm_changes_nothing() {
    let exported = export(&live(), OperatorRef::default());
    let desired = desired(&exported.spec, &Secrets::default(), None).unwrap();
    let plan = first_plan(&desired, &Observed::Present(Box::new(live())).state(desired.identity()));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

/// The realm as Keycloak answers it, with these fields instead of its own; exported.
fn exported_with(fields: Value) -> (RealmRepresentation, crate::export::Exported<KeycloakRealmSpec>) {
    let mut whole = json!(live());
    let Value::Object(fields) = fields else { panic!("fields of a realm") };
    whole.as_object_mut().unwrap().extend(fields);
    let live: RealmRepresentation = serde_json::from_value(whole).unwrap();
    let exported = export(&live, OperatorRef::default());
    (live, exported)
}

#[test]
fn keys_of_a_mail_server_without_a_field_are_told_and_a_login_that_no_field_asks_for_is_left_out_whole() {
    let mail = |more: Value| {
        let mut server = json!({"host": "mail", "port": "25", "from": "a@example.com", "replyTo": ""});
        server.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (_, exported) = exported_with(json!({"smtpServer": server}));
        let told: Vec<&str> = exported.left_out.iter().map(String::as_str).collect();
        let told: Vec<&str> = told.into_iter().filter(|field| field.starts_with("spec.smtpServer")).collect();
        json!([exported.spec.smtp_server, told])
    };
    let without_login = json!({"host": "mail", "port": 25, "from": "a@example.com"});
    let by_password = json!({"host": "mail", "port": 25, "from": "a@example.com", "auth": true, "user": "u"});
    assert_eq!(
        mail(
            json!({"auth": "true", "user": "u", "password": "**********", "allowutf8": "true", "debug": ""})
        ),
        json!([by_password, ["spec.smtpServer.passwordSecret", "spec.smtpServer[allowutf8]"]])
    );
    let by_token = json!({"auth": "true", "user": "u", "authType": "token", "authTokenUrl": "https://sso.example.com",
        "authTokenClientSecret": "**********"});
    let keys = ["authTokenClientSecret", "authTokenUrl", "authType", "auth", "user"];
    let keys = keys.map(|key| format!("spec.smtpServer[{key}]"));
    assert_eq!(mail(by_token), json!([without_login, keys]));
    assert_eq!(mail(json!({"auth": "true"})), json!([without_login, ["spec.smtpServer[auth]"]]));
    // The API server asks for a sender.
    assert_eq!(mail(json!({"from": ""})), json!([null, ["spec.smtpServer"]]));
}

#[test]
fn what_the_api_server_would_refuse_in_an_export_is_left_out_and_told() {
    let (live, exported) = exported_with(json!({
        "maxFailureWaitSeconds": 0, "minimumQuickLoginWaitSeconds": 0, "waitIncrementSeconds": 0,
        "quickLoginCheckMilliSeconds": 0, "maxDeltaTimeSeconds": 0, "failureFactor": 0, "otpPolicyPeriod": 0,
        "ssoSessionIdleTimeout": -1, "eventsExpiration": 0, "supportedLocales": ["en"], "defaultLocale": "de",
    }));
    let security = exported.spec.security.clone().unwrap();
    assert_eq!((security.wait_increment, security.quick_login_check_millis), (None, None));
    assert_eq!(exported.spec.localization.clone().unwrap().default_locale, None);
    for field in [
        "spec.security.maxFailureWait",
        "spec.security.minimumQuickLoginWait",
        "spec.security.waitIncrement",
        "spec.security.quickLoginCheckMillis",
        "spec.security.maxDeltaTime",
        "spec.security.failureFactor",
        "spec.otpPolicy.period",
        "spec.tokenSettings.ssoSessionIdleTimeout",
        "spec.localization.defaultLocale",
    ] {
        assert!(exported.left_out.iter().any(|told| told == field), "{field}: {:?}", exported.left_out);
    }
    assert!(!exported.left_out.iter().any(|told| told == "spec.eventsConfig.eventsExpiration"), "it is none");
    let desired = desired(&exported.spec, &Secrets::default(), None).unwrap();
    let plan = first_plan(&desired, &Observed::Present(Box::new(live)).state(desired.identity()));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

#[test]
fn what_is_longer_than_an_object_may_hold_is_left_out_of_an_export_and_told() {
    let (live, exported) =
        exported_with(json!({"displayName": "x".repeat(256), "supportedLocales": [""], "defaultLocale": ""}));
    assert_eq!(exported.spec.display_name, None);
    assert_eq!(exported.spec.localization.clone().unwrap().supported_locales, None);
    for field in ["spec.displayName", "spec.localization.supportedLocales"] {
        assert!(exported.left_out.iter().any(|told| told == field), "{field}: {:?}", exported.left_out);
    }
    assert!(exported.left_out.is_sorted());
    let desired = desired(&exported.spec, &Secrets::default(), None).unwrap();
    let plan = first_plan(&desired, &Observed::Present(Box::new(live)).state(desired.identity()));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

#[test]
fn a_list_that_is_empty_is_exported_where_a_new_realm_has_another() {
    let (_, exported) =
        exported_with(json!({"eventsListeners": [], "enabledEventTypes": [], "supportedLocales": []}));
    let events = exported.spec.events_config.clone().unwrap();
    assert_eq!((events.events_listeners, events.enabled_event_types), (Some(Vec::new()), None));
    let made = creation(&desired(&exported.spec, &Secrets::default(), None).unwrap());
    assert_eq!(made["eventsListeners"], json!([]));
    assert_eq!(exported.spec.localization.unwrap().supported_locales, None);
}

#[test]
fn a_realm_is_available_only_when_logins_work() {
    let realm = |enabled| Observed::Present(Box::new(RealmRepresentation { enabled, ..live() }));
    let realm_id = live().id.unwrap();
    assert_eq!(availability(&realm(Some(true))), Availability::Available { realm_id: realm_id.clone() });
    for enabled in [Some(false), None] {
        assert_eq!(availability(&realm(enabled)), Availability::Disabled { realm_id: realm_id.clone() });
    }
    assert_eq!(availability(&Observed::Absent), Availability::Missing);
}
