//! Every field of a client, one row each: set, changed and removed, read back in plain JSON outside our types, and compared
//! again after each write without a difference.

use std::collections::BTreeMap;

use controller_testkit::{KeycloakServer, client as thing};
use http::{Method, StatusCode};
use keycloak_admin::Secret;
use keycloak_crds::client::KeycloakClientSpec;
use keycloak_crds::client::fields::{ACTED_ON, NOT_BUILT_YET};
use keycloak_crds::reference::RealmRef;
use keycloak_plan::{Desired, OwnedRecord, Plan};
use keycloak_sync::client;
use serde_json::{Value, json};

use crate::fields::{After, Row, each_has_a_row, examples, put};
use crate::stage::{Cr, Stage, on_each_version};

on_each_version!(
    every_field_is_set_changed_and_removed_and_reads_back_as_it_was_written,
    a_client_is_created_with_every_field_at_once_and_its_export_changes_nothing,
    the_examples_of_the_guide_are_applied_and_stay_as_they_are,
);

/// Fields of the CR that nothing in Keycloak answers to.
const NOT_IN_KEYCLOAK: &[&str] = &[
    "spec.adopt",
    "spec.clientId",
    "spec.clientSecret",
    "spec.deletionPolicy",
    "spec.manageSecret",
    "spec.management",
    "spec.outputs",
    "spec.realmRef.authorizationSecretRef.key",
    "spec.realmRef.authorizationSecretRef.name",
    "spec.realmRef.name",
    "spec.realmRef.namespace",
    "spec.regenerateSecret",
    "spec.secretKeys",
    "spec.secretMetadata",
    "spec.secretName",
    "spec.secretType",
    "spec.suspend",
];

/// Fields that stand beside the client's representation, with the test of the client controller that sees them in Keycloak.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "spec.clientRoles",
        "roles_of_a_client_are_made_repaired_and_deleted_with_leave_where_somebody_holds_them",
    ),
    (
        "spec.defaultClientScopes",
        "clients_that_name_scopes_take_one_call_each_and_share_a_look_at_those_of_their_realm",
    ),
    ("spec.exclusive", "either_order_of_scope_and_client_converges_and_only_what_is_ours_is_touched"),
    (
        "spec.optionalClientScopes",
        "either_order_of_scope_and_client_converges_and_only_what_is_ours_is_touched",
    ),
    ("spec.roles", "a_role_of_a_client_holds_others_of_it"),
];

/// Where those tests stand.
const TESTS_ELSEWHERE: &[&str] = &[
    include_str!("../../../client-controller/tests/real_servers/roles.rs"),
    include_str!("../../../client-controller/tests/real_servers/scopes.rs"),
];

/// Examples that need a feature which the servers of the tests run without.
const BEHIND_A_FEATURE: &[(&str, &str)] = &[("docker.yaml", "docker")];

/// Keycloak's ids of a realm's flows, by alias.
type Flows = BTreeMap<String, String>;

/// Every field that reaches Keycloak.
fn table(flows: &Flows) -> Vec<Row> {
    let mut rows = mappers();
    rows.extend(kinds());
    rows.extend(names_and_addresses());
    rows.extend(switches());
    rows.extend(kept_as_attributes());
    rows.extend(own_flows(flows));
    rows
}

fn mappers() -> Vec<Row> {
    let mapper = "oidc-sub-mapper";
    let row = |path: &'static str, at: &str, set: Value, change: Value, after: After| {
        let with_mapper = json!({"protocolMappers": [{"name": "team", "protocolMapper": mapper}]});
        Row::new(path, &format!("protocolMappers/0/{at}"), set, change, after).within(with_mapper)
    };
    let none = || json!({"protocolMappers": []});
    let oidc = || json!("openid-connect");
    let claim = |value: &str| json!({"access.token.claim": value});
    let another = json!("oidc-audience-resolve-mapper");
    vec![
        row("protocolMappers[].name", "name", json!("team"), json!("department"), After::Nothing)
            .without(none()),
        row("protocolMappers[].protocol", "protocol", oidc(), oidc(), After::Stays),
        row("protocolMappers[].protocolMapper", "protocolMapper", another, json!(mapper), After::Nothing)
            .without(none()),
        row(
            "protocolMappers[].config",
            "config/access.token.claim",
            claim("true"),
            claim("false"),
            After::Nothing,
        )
        .reads(json!("true"), json!("false")),
    ]
}

fn kinds() -> Vec<Row> {
    let protocol = |word: &str| Row::stays("protocol", "protocol", json!(word), json!("openid-connect"));
    vec![
        Row::stays("publicClient", "publicClient", json!(true), json!(false)),
        Row::stays("bearerOnly", "bearerOnly", json!(true), json!(false)),
        protocol("saml"),
        protocol("docker-v2").behind("docker"),
    ]
}

fn names_and_addresses() -> Vec<Row> {
    let label = |path: &'static str, at: &str| {
        Row::new(path, at, json!("Acme portal"), json!("Where Acme works"), After::Nothing)
    };
    let address =
        |path: &'static str, set: &str, change: &str| Row::stays(path, path, json!(set), json!(change));
    let list = |path: &'static str, set: &str, change: &str| {
        Row::stays(path, path, json!([set]), json!([change])).unordered()
    };
    let bye = json!(["https://portal.example.com/bye", "https://portal.example.com/start"]);
    vec![
        label("clientName", "name"),
        label("description", "description"),
        address("rootUrl", "https://portal.example.org", "https://portal.example.com"),
        address("baseUrl", "/home", "/start"),
        address("adminUrl", "https://portal.example.com/admin", "https://portal.example.com/manage"),
        list("redirectUris", "https://portal.example.com/callback", "https://portal.example.com/app/*"),
        list("webOrigins", "https://portal.example.com", "+"),
        Row::stays("postLogoutRedirectUris", "attributes/post.logout.redirect.uris", bye, json!(["+"]))
            .reads(json!("https://portal.example.com/bye##https://portal.example.com/start"), json!("+")),
        Row::new(
            "attributes",
            "attributes/team",
            json!({"team": "identity"}),
            json!({"team": "platform"}),
            After::Nothing,
        )
        .reads(json!("identity"), json!("platform")),
        Row::stays("extra", "notBefore", json!({"notBefore": 61}), json!({"notBefore": 62}))
            .reads(json!(61), json!(62)),
    ]
}

fn switches() -> Vec<Row> {
    let row = |path: &'static str, set: Value, change: Value| {
        let at = path.strip_prefix("settings.").unwrap_or(path);
        Row::stays(path, at, set, change)
    };
    let off = |path| row(path, json!(false), json!(true));
    let on = |path| row(path, json!(true), json!(false));
    let console = "settings.alwaysDisplayInConsole";
    vec![
        off("settings.enabled"),
        off("settings.standardFlowEnabled"),
        on("settings.implicitFlowEnabled"),
        off("settings.directAccessGrantsEnabled"),
        on("settings.serviceAccountsEnabled"),
        on("settings.consentRequired"),
        on("settings.frontchannelLogout"),
        off("settings.fullScopeAllowed"),
        Row::new(console, "alwaysDisplayInConsole", json!(false), json!(true), After::Is(json!(false))),
        row("settings.clientAuthenticatorType", json!("client-jwt"), json!("client-x509")),
    ]
}

fn kept_as_attributes() -> Vec<Row> {
    let at = |key: &str| format!("attributes/{key}");
    let seconds = |path: &'static str, key: &str, set: i32, change: i32| {
        let texts = (json!(set.to_string()), json!(change.to_string()));
        Row::stays(path, &at(key), json!(set), json!(change)).reads(texts.0, texts.1)
    };
    let switch = |path: &'static str, key: &str| {
        Row::new(path, &at(key), json!(true), json!(false), After::Nothing)
            .reads(json!("true"), json!("false"))
    };
    vec![
        seconds("settings.accessTokenLifespan", "access.token.lifespan", 120, 180),
        seconds("settings.clientSessionIdleTimeout", "client.session.idle.timeout", 600, 660),
        seconds("settings.refreshTokenLifespan", "client.session.idle.timeout", 720, 780),
        seconds("settings.clientSessionMaxLifespan", "client.session.max.lifespan", 3600, 4200),
        switch("settings.displayOnConsentScreen", "display.on.consent.screen"),
        switch("settings.includeInTokenScope", "include.in.token.scope"),
        Row::stays(
            "settings.pkceCodeChallengeMethod",
            &at("pkce.code.challenge.method"),
            json!("S256"),
            json!("plain"),
        ),
    ]
}

fn own_flows(flows: &Flows) -> Vec<Row> {
    let row = |path: &'static str, binding: &str, set: &str, change: &str| {
        let id = |alias: &str| json!(flows.get(alias));
        let at = format!("authenticationFlowBindingOverrides/{binding}");
        Row::stays(path, &at, json!(set), json!(change)).reads(id(set), id(change))
    };
    vec![
        row("authenticationFlows.browserFlow", "browser", "browser", "reset credentials"),
        row("authenticationFlows.directGrantFlow", "direct_grant", "direct grant", "browser"),
    ]
}

#[test]
fn every_field_that_is_acted_on_has_a_row() {
    let rows = || table(&Flows::new()).into_iter();
    let elsewhere = ELSEWHERE.iter().map(|(path, _)| *path);
    let without_row: Vec<&str> = NOT_IN_KEYCLOAK.iter().copied().chain(elsewhere).collect();
    each_has_a_row(ACTED_ON, &without_row, rows());
    for (path, test) in ELSEWHERE {
        let is_there = TESTS_ELSEWHERE.iter().any(|tests| tests.contains(&format!("async fn {test}()")));
        assert!(is_there, "{path}: {test}");
    }
    let refused = |row: &Row| NOT_BUILT_YET.iter().any(|entry| entry.path == format!("spec.{}", row.path));
    assert_eq!(rows().filter(refused).count(), 0, "what is refused has no row");
}

fn minimal() -> Value {
    json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}})
}

fn spec(row: &Row, value: Option<&Value>) -> KeycloakClientSpec {
    let spec = row.laid_over(minimal(), "portal", value);
    serde_json::from_value(spec).unwrap_or_else(|error| panic!("{}: {error}", row.path))
}

/// A realm of a person, and a client in it, pass by pass.
struct Room {
    stage: Stage,
    cr: Cr,
    secret: Secret,
}

impl Room {
    async fn new(server: KeycloakServer) -> Self {
        let mut stage = Stage::new(server).await;
        let (realm, manager) = stage.realm_with_client_manager().await;
        let cr = Cr::new(&stage, &manager, &realm);
        Self { stage, cr, secret: Secret::random() }
    }

    /// The ids of the realm's flows, as a person reads them.
    async fn flows(&self) -> Flows {
        let path = format!("/admin/realms/{}/authentication/flows", self.cr.realm);
        let answer = self.stage.console.calls(Method::GET, &path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let text = |flow: &Value, field: &str| flow[field].as_str().unwrap().to_owned();
        let all = answer.body.as_array().unwrap().iter();
        all.map(|flow| (text(flow, "alias"), text(flow, "id"))).collect()
    }

    /// What a person sees of a client.
    async fn sees(&self, client_id: &str) -> Value {
        self.stage.console.sees(&thing(&self.cr.realm, client_id)).await.unwrap()
    }

    async fn look(&self, client_id: &str) -> client::Observed {
        client::observe(&self.cr.api, &self.cr.realm, client_id).await.unwrap()
    }

    async fn desired(&self, spec: &KeycloakClientSpec) -> Desired {
        let flows = client::observe_flows(&self.cr.api, &self.cr.realm, spec).await.unwrap();
        assert!(flows.missing().is_empty(), "{:?}", flows.missing());
        flows.bind(client::desired(spec, Some(&self.secret), Some(&self.cr.mark())).unwrap())
    }

    async fn plans(&self, spec: &KeycloakClientSpec) -> Plan {
        let desired = self.desired(spec).await;
        self.cr.plan(&desired, Some(&self.look(&spec.client_id).await))
    }

    /// Passes, the last of which must find nothing to do.
    async fn brings_about(&mut self, spec: &KeycloakClientSpec, what: &str) {
        for _ in 0..2 {
            let plan = self.plans(spec).await;
            let applied = Box::pin(self.cr.applies(&plan)).await;
            assert!(applied.is_complete(), "{what}: {:?} {:?}", applied.failed, applied.held_back);
        }
        let again = self.plans(spec).await;
        assert!(again.is_converged(), "{what}: {:?} {:?}", again.steps, again.findings);
    }

    /// What is told where the server has this feature turned off.
    async fn is_refused_without(&mut self, feature: &str, spec: &KeycloakClientSpec) {
        let plan = self.plans(spec).await;
        let applied = Box::pin(self.cr.applies(&plan)).await;
        let [failure] = applied.failed.as_slice() else { panic!("{feature}: {applied:?}") };
        let told = failure.to_string();
        assert!(told.contains(&format!("the feature {feature} turned off")), "{told}");
    }
}

#[expect(clippy::print_stdout, reason = "cargo xtask fields client shows what the test prints")]
async fn every_field_is_set_changed_and_removed_and_reads_back_as_it_was_written(server: KeycloakServer) {
    let version = server.version();
    let mut room = Room::new(server).await;
    let nothing = serde_json::from_value(minimal()).unwrap();
    room.brings_about(&nothing, "a client without settings").await;
    let rows = table(&room.flows().await);
    for row in rows {
        let what = |done: &str| format!("spec.{} {done}", row.path);
        if let Some(feature) = row.behind {
            room.is_refused_without(feature, &spec(&row, Some(&row.set.0))).await;
            println!("{version}  spec.{}  is refused: the feature {feature} is turned off", row.path);
            continue;
        }
        for (done, (asked, reads)) in [("set", &row.set), ("changed", &row.change)] {
            room.brings_about(&spec(&row, Some(asked)), &what(done)).await;
            row.check(done, &room.sees("portal").await, reads);
        }
        room.brings_about(&spec(&row, None), &what("removed")).await;
        row.check_removed(&room.sees("portal").await);
        println!("{version}  {row}");
    }
    for refused in NOT_BUILT_YET {
        println!("{version}  {}  is refused: {}", refused.path, refused.sentence());
    }
    room.stage.leave().await;
}

async fn a_client_is_created_with_every_field_at_once_and_its_export_changes_nothing(server: KeycloakServer) {
    // Kinds of clients that keep less, another name of a field, one field of an entry.
    let apart = ["publicClient", "bearerOnly", "protocol", "settings.refreshTokenLifespan"];
    let mut room = Room::new(server).await;
    let mut rows = table(&room.flows().await);
    rows.retain(|row| !apart.contains(&row.path) && !row.path.contains("[]"));
    let mut fields = minimal();
    for row in &rows {
        put(&mut fields, row.path, &row.set.0);
    }
    put(&mut fields, "protocolMappers", &json!([{"name": "team", "protocolMapper": "oidc-sub-mapper"}]));
    // How clients prove themselves, by keys, certificates and issuers.
    let proofs = [
        ("use.jwks.url", "true"),
        ("jwks.url", "https://portal.example.com/keys"),
        ("token.endpoint.auth.signing.alg", "ES256"),
        ("x509.subjectdn", "CN=portal"),
        ("x509.allow.regex.pattern.comparison", "false"),
        ("jwt.credential.issuer", "kubernetes"),
        ("jwt.credential.sub", "system:serviceaccount:acme:portal"),
    ];
    for (key, value) in proofs {
        fields["attributes"][key] = json!(value);
    }
    let spec: KeycloakClientSpec = serde_json::from_value(fields).unwrap();
    let plan = room.plans(&spec).await;
    assert_eq!(plan.steps.len(), 1, "{:?}", plan.steps);
    room.brings_about(&spec, "every field").await;
    let live = room.sees("portal").await;
    for row in &rows {
        row.check("created", &live, &row.set.1);
    }
    for (key, value) in proofs {
        assert_eq!(live["attributes"][key], json!(value), "{key}");
    }

    // The law of the export: what was exported changes nothing where it came from, also when nothing is remembered.
    let observed = room.look("portal").await;
    let exported = client::export(observed.present().unwrap(), RealmRef::default());
    room.cr.record = OwnedRecord::default();
    let plan = room.cr.plan(&client::desired(&exported.spec, None, None).unwrap(), Some(&observed));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    assert_eq!(
        serde_json::to_value(&exported.spec.settings).unwrap(),
        serde_json::to_value(&spec.settings).unwrap()
    );
    room.stage.leave().await;
}

async fn the_examples_of_the_guide_are_applied_and_stay_as_they_are(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let examples = examples("client", "KeycloakClient");
    assert!(!examples.is_empty());
    for (file, fields) in examples {
        room.cr.record = OwnedRecord::default();
        let spec: KeycloakClientSpec = serde_json::from_value(fields).unwrap();
        if let Some((_, feature)) = BEHIND_A_FEATURE.iter().find(|(behind, _)| *behind == file) {
            room.is_refused_without(feature, &spec).await;
        } else {
            room.brings_about(&spec, &file).await;
            let observed = room.look(&spec.client_id).await;
            let exported = client::export(observed.present().unwrap(), RealmRef::default());
            let fresh = Cr::new(&room.stage, &room.cr.api, &room.cr.realm);
            let desired = client::desired(&exported.spec, None, None).unwrap();
            let plan = fresh.plan(&desired, Some(&observed));
            assert!(plan.is_converged(), "{file}: {:?} {:?}", plan.steps, plan.findings);
        }
    }
    room.stage.leave().await;
}
