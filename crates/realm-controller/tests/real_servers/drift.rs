//! What somebody changes at the admin console: what the object declares is set back and told of, everything else is kept.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use controller_testkit::{Call, Calls, KeycloakServer, Kind, client, eventually, realm, unique_name};
use http::Method;
use k8s_openapi::api::events::v1::Event;
use keycloak_crds::{drift::DriftStatus, labels::annotation};
use kube::{Api, api::ListParams};
use serde_json::{Value, json};

use super::place::{Place, Process, SOON, condition};

const EVENTS: &str = "/admin/realms/{realm}/admin-events";

/// How often events are read in these tests.
const OFTEN: Duration = Duration::from_secs(1);

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spot {
    Settings,
    Role,
    Group,
    Scope,
    Mapper,
}

impl Spot {
    const ALL: [Self; 5] = [Self::Settings, Self::Role, Self::Group, Self::Scope, Self::Mapper];
}

/// What the object declares.
fn declared() -> Value {
    json!({
        "displayName": "Acme", "displayNameHtml": "<b>Acme</b>", "attributes": {"team": "identity"},
        "themes": {"login": "keycloak.v2", "email": "keycloak"},
        "security": {
            "registrationAllowed": false, "rememberMe": false, "verifyEmail": false, "resetPasswordAllowed": false,
            "editUsernameAllowed": false, "sslRequired": "external", "bruteForceProtected": true, "failureFactor": 5,
            "maxFailureWait": 600, "waitIncrement": 30, "maxDeltaTime": 3600,
        },
        "tokenSettings": {
            "accessTokenLifespan": 300, "ssoSessionIdleTimeout": 1800, "ssoSessionMaxLifespan": 36000,
            "offlineSessionIdleTimeout": 100_000,
        },
        "smtpServer": {"host": "mail.example.com", "port": 25, "from": "acme@example.com"},
        "browserSecurityHeaders": {"xFrameOptions": "DENY", "referrerPolicy": "origin"},
        "roles": {"realmRoles": [
            {"name": "employee", "description": "Works here", "attributes": {"level": ["1"]}},
        ]},
        "groups": [{"name": "staff", "attributes": {"cost-center": ["42"], "floor": ["3"]}}],
        "clientScopes": [{
            "name": "department", "description": "Department of the user",
            "protocolMappers": [{
                "name": "department", "protocolMapper": "oidc-usermodel-attribute-mapper",
                "config": {"user.attribute": "department", "claim.name": "department", "jsonType.label": "String"},
            }],
        }],
    })
}

/// Thirty of these values: where, what it is declared as, what somebody makes of it.
fn owned() -> Vec<(Spot, &'static str, Value, Value)> {
    let settings = [
        ("/displayName", json!("Acme"), json!("Evil")),
        ("/displayNameHtml", json!("<b>Acme</b>"), json!("<b>Evil</b>")),
        ("/attributes/team", json!("identity"), json!("evil")),
        ("/loginTheme", json!("keycloak.v2"), json!("keycloak")),
        ("/emailTheme", json!("keycloak"), json!("base")),
        ("/registrationAllowed", json!(false), json!(true)),
        ("/rememberMe", json!(false), json!(true)),
        ("/verifyEmail", json!(false), json!(true)),
        ("/resetPasswordAllowed", json!(false), json!(true)),
        ("/editUsernameAllowed", json!(false), json!(true)),
        ("/sslRequired", json!("external"), json!("none")),
        ("/bruteForceProtected", json!(true), json!(false)),
        ("/failureFactor", json!(5), json!(50)),
        ("/maxFailureWaitSeconds", json!(600), json!(60)),
        ("/waitIncrementSeconds", json!(30), json!(3)),
        ("/maxDeltaTimeSeconds", json!(3600), json!(60)),
        ("/accessTokenLifespan", json!(300), json!(1200)),
        ("/ssoSessionIdleTimeout", json!(1800), json!(3600)),
        ("/ssoSessionMaxLifespan", json!(36000), json!(90000)),
        ("/offlineSessionIdleTimeout", json!(100_000), json!(200_000)),
        ("/smtpServer/host", json!("mail.example.com"), json!("evil.example.com")),
        ("/smtpServer/from", json!("acme@example.com"), json!("evil@example.com")),
        ("/browserSecurityHeaders/xFrameOptions", json!("DENY"), json!("SAMEORIGIN")),
        ("/browserSecurityHeaders/referrerPolicy", json!("origin"), json!("unsafe-url")),
    ];
    let parts = [
        (Spot::Role, "/description", json!("Works here"), json!("Evil")),
        (Spot::Role, "/attributes/level", json!(["1"]), json!(["9"])),
        (Spot::Group, "/attributes/cost-center", json!(["42"]), json!(["0"])),
        (Spot::Group, "/attributes/floor", json!(["3"]), json!(["13"])),
        (Spot::Scope, "/description", json!("Department of the user"), json!("Evil")),
        (Spot::Mapper, "/config/claim.name", json!("department"), json!("evil")),
    ];
    let settings = settings.into_iter().map(|(at, ours, theirs)| (Spot::Settings, at, ours, theirs));
    settings.chain(parts).collect()
}

/// Thirty values that nobody declares, and what somebody makes of them.
fn unowned() -> Vec<(Spot, &'static str, Value)> {
    let settings = [
        ("/defaultSignatureAlgorithm", json!("ES256")),
        ("/accessCodeLifespan", json!(61)),
        ("/accessCodeLifespanUserAction", json!(301)),
        ("/accessCodeLifespanLogin", json!(1801)),
        ("/actionTokenGeneratedByAdminLifespan", json!(43_201)),
        ("/actionTokenGeneratedByUserLifespan", json!(302)),
        ("/ssoSessionIdleTimeoutRememberMe", json!(3600)),
        ("/ssoSessionMaxLifespanRememberMe", json!(7200)),
        ("/accountTheme", json!("keycloak.v3")),
        ("/adminTheme", json!("keycloak.v2")),
        ("/permanentLockout", json!(true)),
        ("/minimumQuickLoginWaitSeconds", json!(61)),
        ("/quickLoginCheckMilliSeconds", json!(1001)),
        ("/revokeRefreshToken", json!(true)),
        ("/refreshTokenMaxReuse", json!(1)),
        ("/eventsEnabled", json!(true)),
        ("/eventsExpiration", json!(86_400)),
        ("/offlineSessionMaxLifespanEnabled", json!(true)),
        ("/offlineSessionMaxLifespan", json!(5_184_001)),
        ("/accessTokenLifespanForImplicitFlow", json!(901)),
        ("/otpPolicyDigits", json!(8)),
        ("/otpPolicyPeriod", json!(60)),
        ("/userManagedAccessAllowed", json!(true)),
        ("/passwordPolicy", json!("length(9)")),
        ("/attributes/theirs", json!("1")),
        ("/smtpServer/replyTo", json!("theirs@example.com")),
        ("/browserSecurityHeaders/xRobotsTag", json!("all")),
    ];
    let parts = [
        (Spot::Role, "/attributes/theirs", json!(["1"])),
        (Spot::Group, "/attributes/theirs", json!(["1"])),
        (Spot::Scope, "/attributes/gui.order", json!("7")),
    ];
    settings.into_iter().map(|(at, theirs)| (Spot::Settings, at, theirs)).chain(parts).collect()
}

/// Somebody at the console of one realm.
struct Somebody<'a> {
    place: &'a Place,
    realm: &'a str,
}

impl Somebody<'_> {
    async fn gets(&self, path: &str) -> Value {
        let path = format!("/admin/realms/{}{path}", self.realm);
        let answer = self.place.console.calls(Method::GET, &path, None).await;
        assert!(answer.status.is_success(), "GET {path}: {} {}", answer.status, answer.body);
        answer.body
    }

    async fn puts(&self, path: &str, body: Value) {
        let path = format!("/admin/realms/{}{path}", self.realm);
        let answer = self.place.console.calls(Method::PUT, &path, Some(body)).await;
        assert!(answer.status.is_success(), "PUT {path}: {} {}", answer.status, answer.body);
    }

    async fn id_of_scope(&self) -> String {
        let scopes = self.gets("/client-scopes").await;
        let scope = scopes.as_array().unwrap().iter().find(|scope| scope["name"] == "department").unwrap();
        scope["id"].as_str().unwrap().to_owned()
    }

    /// What stands there, and its path.
    async fn sees(&self, spot: Spot) -> (Value, String) {
        let path = match spot {
            Spot::Settings => String::new(),
            Spot::Role => "/roles/employee".to_owned(),
            Spot::Group => {
                let group = self.gets("/group-by-path/staff").await;
                format!("/groups/{}", group["id"].as_str().unwrap())
            }
            Spot::Scope => format!("/client-scopes/{}", self.id_of_scope().await),
            Spot::Mapper => {
                let mappers = format!("/client-scopes/{}/protocol-mappers/models", self.id_of_scope().await);
                let found = self.gets(&mappers).await;
                format!("{mappers}/{}", found[0]["id"].as_str().unwrap())
            }
        };
        (self.gets(&path).await, path)
    }

    /// Changes everything in thirty owned and thirty other places, as a person does: what is there is read and written whole.
    async fn changes_everything(&self) {
        for spot in Spot::ALL {
            let (mut whole, path) = self.sees(spot).await;
            let theirs =
                owned().into_iter().map(|(at, pointer, _, theirs)| (at, pointer, theirs)).chain(unowned());
            for (_, pointer, value) in theirs.filter(|(at, ..)| *at == spot) {
                match pointer.trim_start_matches('/').split_once('/') {
                    Some((parent, field)) => whole[parent][field] = value,
                    None => whole[pointer.trim_start_matches('/')] = value,
                }
            }
            self.puts(&path, whole).await;
        }
    }

    /// What of the declared values is another one now.
    async fn differs(&self) -> Vec<String> {
        let mut differs = Vec::new();
        for spot in Spot::ALL {
            let (whole, _) = self.sees(spot).await;
            for (_, pointer, ours, _) in owned().into_iter().filter(|(at, ..)| *at == spot) {
                let reads = whole.pointer(pointer).cloned().unwrap_or_default();
                if reads != ours {
                    differs.push(format!("{spot:?} {pointer} is {reads}"));
                }
            }
        }
        differs
    }

    /// Waits until all is as declared; the answer is how long that took.
    async fn is_set_back(&self) -> Duration {
        let began = Instant::now();
        eventually("what the object declares is set back", SOON, async || {
            let differs = self.differs().await;
            if differs.is_empty() { Ok(()) } else { Err(differs.join("; ")) }
        })
        .await;
        began.elapsed()
    }

    async fn keeps_what_nobody_declares(&self) {
        for spot in Spot::ALL {
            let (whole, _) = self.sees(spot).await;
            for (_, pointer, theirs) in unowned().into_iter().filter(|(at, ..)| *at == spot) {
                assert_eq!(whole.pointer(pointer), Some(&theirs), "{spot:?} {pointer}");
            }
        }
    }
}

fn with(mut declared: Value, field: &str, value: Value) -> Value {
    declared[field] = value;
    declared
}

fn watched() -> Value {
    with(declared(), "eventsConfig", json!({"adminEventsEnabled": true}))
}

/// A place with realm `name` of object `acme`, Ready, and the process that keeps it.
async fn kept(purpose: &str, server: &KeycloakServer, declared: &Value) -> (Arc<Place>, String, Process) {
    let mut place = Place::new(purpose, server).await;
    place.admin_events = OFTEN;
    let (place, name) = (Arc::new(place), unique_name(purpose));
    place.applies("acme", place.spec(&name, declared)).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    (place, name, process)
}

async fn drift(place: &Place) -> DriftStatus {
    place.object("acme").await.status.and_then(|status| status.drift).unwrap_or_default()
}

/// Notes of all Events of a reason.
async fn notes(place: &Place, reason: &str) -> Vec<String> {
    let events: Api<Event> = Api::namespaced(place.kube.clone(), &place.namespace);
    let events = events.list(&ListParams::default()).await.unwrap();
    let told = events.items.into_iter().filter(|event| event.reason.as_deref() == Some(reason));
    told.filter_map(|event| event.note).collect()
}

/// A read of many events takes several calls, of which the first begins at none or at the very beginning.
fn is_first_page(call: &Call) -> bool {
    !["first=100", "first=200", "first=300", "first=400"].iter().any(|later| call.path.contains(later))
}

/// Waits until the events of this realm were read so many times more, and gives all calls meanwhile.
async fn reads_of_events(place: &Place, name: &str, times: usize) -> Calls {
    let before = place.keycloak.snapshot();
    eventually("the events are read again", SOON, async || {
        let calls = place.keycloak.since(&before);
        let reads =
            calls.to(&Method::GET, EVENTS).only(|call| call.path.contains(name) && is_first_page(call));
        let reads = reads.len();
        if reads >= times { Ok(()) } else { Err(calls.to_string()) }
    })
    .await;
    place.keycloak.since(&before)
}

/// The administrator at the console, as events name them.
async fn user_id(place: &Place) -> String {
    let found =
        place.console.calls(Method::GET, "/admin/realms/master/users?username=admin&exact=true", None).await;
    found.body[0]["id"].as_str().unwrap().to_owned()
}

#[expect(clippy::print_stdout, reason = "how long it took is shown, and no test depends on it")]
async fn console_edits_of_what_is_declared_are_set_back_and_others_kept(server: KeycloakServer) {
    assert_eq!((owned().len(), unowned().len()), (30, 30));
    let version = server.version().to_owned();
    let mut place = Place::new("drift", &server).await;
    (place.admin_events, place.resync) = (OFTEN, Duration::from_secs(4));
    let (mut place, name) = (Arc::new(place), unique_name("drift"));
    place.applies("acme", place.spec(&name, &declared())).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    let somebody = Somebody { place: &place, realm: &name };
    assert_eq!(somebody.differs().await, [""; 0]);
    somebody.changes_everything().await;
    let took = somebody.is_set_back().await;
    println!("{version}: 30 edits at rest, a resync every 4 s: set back after {:.2} s", took.as_secs_f64());
    somebody.keeps_what_nobody_declares().await;
    place.event_says("DriftRepaired", "set back: displayName: \"Evil\" instead of \"Acme\"").await;
    process.stops().await;
    place.keycloak.calls().expect("a realm without events").calls(&Method::GET, EVENTS, 0);
    let told = drift(&place).await;
    let findings = told.findings.unwrap();
    assert!(
        findings.iter().all(|finding| finding.repaired_at.is_some() && finding.actor.is_none()),
        "{findings:#?}"
    );

    // With events on and the usual resync.
    Arc::get_mut(&mut place).unwrap().resync = Duration::from_secs(600);
    let somebody = Somebody { place: &place, realm: &name };
    let process = place.start();
    place.applies("acme", place.spec(&name, &watched())).await;
    place.becomes_ready("acme").await;
    reads_of_events(&place, &name, 1).await;
    // The same hand twice: it is drift each time, however it reads back.
    for round in ["the first time", "again"] {
        somebody.changes_everything().await;
        let took = somebody.is_set_back().await;
        println!(
            "{version}: 30 edits with events, read every second, {round}: set back after {:.2} s",
            took.as_secs_f64()
        );
    }
    somebody.keeps_what_nobody_declares().await;
    let object = place.becomes_ready("acme").await;
    assert_eq!(condition(&object, "Drifted"), None, "nothing stands");
    let user = user_id(&place).await;
    let findings = drift(&place).await.findings.unwrap();
    let of_settings = findings.iter().find(|finding| finding.kind == "realm").unwrap();
    let actor = of_settings.actor.as_ref().unwrap();
    assert_eq!(actor.user_id.as_deref(), Some(user.as_str()));
    assert!(actor.at.is_some() && actor.ip_address.is_some(), "{actor:?}");
    place.event_says("DriftRepaired", &format!("(by user {user} with client ")).await;

    // What we did ourselves wakes nobody. What was done while a pass looked is looked at once more, at the next turn.
    eventually("our own changes cause no calls", SOON, async || {
        let calls = reads_of_events(&place, &name, 4).await;
        let others = calls.only(|call| call.template != EVENTS && call.kind != Kind::Login);
        if others.is_empty() { Ok(()) } else { Err(others.to_string()) }
    })
    .await;
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn console_edits_of_what_is_declared_are_set_back_and_others_kept_on_26_7() {
    Box::pin(console_edits_of_what_is_declared_are_set_back_and_others_kept(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn console_edits_of_what_is_declared_are_set_back_and_others_kept_on_26_4() {
    Box::pin(console_edits_of_what_is_declared_are_set_back_and_others_kept(KeycloakServer::oldest())).await;
}

#[tokio::test]
async fn an_observed_realm_shows_drift_with_who_did_it_and_tells_of_it_once() {
    let (place, name, process) = kept("shown", &KeycloakServer::newest(), &watched()).await;
    place.applies("acme", place.spec(&name, &with(watched(), "management", json!("Observe")))).await;
    eventually("the realm is observed", SOON, async || {
        let status = place.object("acme").await.status.unwrap();
        if status.reason.as_deref() == Some("Observing") {
            Ok(())
        } else {
            Err(format!("{:?}", status.reason))
        }
    })
    .await;
    let before = place.keycloak.snapshot();
    place.console.sets(&realm(&name), "displayName", "Evil").await;
    let message = eventually("the drift is shown", SOON, async || {
        let object = place.object("acme").await;
        condition(&object, "Drifted").map(|(_, message)| message).ok_or_else(|| super::told(&object))
    })
    .await;
    let user = user_id(&place).await;
    let expected =
        format!("changed by something else: displayName: \"Evil\" instead of \"Acme\" (by user {user}");
    assert!(message.starts_with(&expected), "{message}");
    let told = drift(&place).await;
    let [finding] = told.findings.as_deref().unwrap() else { panic!("{told:?}") };
    assert_eq!((finding.repaired_at.as_ref(), told.omitted), (None, None));
    place.event_says("DriftDetected", "displayName: \"Evil\" instead of \"Acme\"").await;

    // Looked at again, it is the same finding.
    place.annotates("acme", annotation::RECONCILE_AT, &unique_name("at")).await;
    reads_of_events(&place, &name, 3).await;
    assert_eq!(drift(&place).await, told);
    assert_eq!(notes(&place, "DriftDetected").await.len(), 1);
    place.keycloak.since(&before).expect("an observed realm").writes(0);

    // Somebody sets it back.
    place.console.sets(&realm(&name), "displayName", "Acme").await;
    eventually("nothing is left to show", SOON, async || {
        let object = place.object("acme").await;
        let shows = object.status.as_ref().is_some_and(|status| status.drift.is_some());
        if shows || condition(&object, "Drifted").is_some() { Err(super::told(&object)) } else { Ok(()) }
    })
    .await;
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_suspended_realm_is_not_followed_and_one_that_keeps_no_events_is_not_asked() {
    let mut place = Place::new("quiet", &KeycloakServer::newest()).await;
    place.admin_events = OFTEN;
    let place = Arc::new(place);
    let [followed, suspended, without] = ["followed", "frozen", "without"].map(unique_name);
    let process = place.start();
    let events = json!({"eventsConfig": {"adminEventsEnabled": true}});
    for (object, name, spec) in
        [("followed", &followed, &events), ("frozen", &suspended, &events), ("without", &without, &json!({}))]
    {
        place.applies(object, place.spec(name, spec)).await;
        place.becomes_ready(object).await;
    }
    reads_of_events(&place, &suspended, 1).await;
    place.applies("frozen", place.spec(&suspended, &with(events, "suspend", json!(true)))).await;
    eventually("the realm is frozen", SOON, async || {
        let status = place.object("frozen").await.status.unwrap();
        if status.reason.as_deref() == Some("Suspended") {
            Ok(())
        } else {
            Err(format!("{:?}", status.reason))
        }
    })
    .await;
    let calls = reads_of_events(&place, &followed, 4).await;
    let others = calls.to(&Method::GET, EVENTS).only(|call| !call.path.contains(&followed));
    assert!(others.is_empty(), "{others}");
    process.stops().await;
    place.leave(&[&followed, &suspended, &without]).await;
}

/// Takes the right to read events from our login in master.
async fn loses_the_right_to_read_events(place: &Place, name: &str) {
    let of_master = async |path: String, method: Method, body: Option<Value>| {
        let answer = place.console.calls(method, &format!("/admin/realms/master{path}"), body).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
        answer.body
    };
    let id = |found: Value| found.as_str().unwrap().to_owned();
    let account = id(place.console.sees_field(&client("master", &place.account), "id").await);
    let user =
        id(of_master(format!("/clients/{account}/service-account-user"), Method::GET, None).await["id"]
            .take());
    let container = id(place.console.sees_field(&client("master", &format!("{name}-realm")), "id").await);
    let held = format!("/users/{user}/role-mappings/clients/{container}");
    let roles = of_master(held.clone(), Method::GET, None).await;
    let about_events = |role: &&Value| role["name"].as_str().is_some_and(|name| name.ends_with("-events"));
    let taken: Vec<Value> = roles.as_array().unwrap().iter().filter(about_events).cloned().collect();
    assert_eq!(taken.len(), 2, "{roles:#}");
    of_master(held, Method::DELETE, Some(json!(taken))).await;
}

async fn a_login_that_may_not_read_events_is_told_and_the_realm_is_kept_all_the_same(server: KeycloakServer) {
    let (place, name, process) = kept("blind", &server, &watched()).await;
    reads_of_events(&place, &name, 1).await;
    loses_the_right_to_read_events(&place, &name).await;
    place.event_says("RightMissing", "give the login the role view-events of client").await;
    place.console.sets(&realm(&name), "displayName", "Evil").await;
    place.annotates("acme", annotation::RECONCILE_AT, &unique_name("at")).await;
    eventually("the realm is kept", SOON, async || {
        let says = place.console.sees_field(&realm(&name), "displayName").await;
        if says == "Acme" { Ok(()) } else { Err(says) }
    })
    .await;
    let object = place.becomes_ready("acme").await;
    assert_eq!(notes(&place, "RightMissing").await.len(), 1, "{}", super::told(&object));
    let told = eventually("it is told of", SOON, async || {
        let told = drift(&place).await;
        if told.findings.is_some() { Ok(told) } else { Err("nothing is told") }
    })
    .await;
    assert_eq!(told.findings.unwrap()[0].actor, None, "nobody knows who it was");
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_login_that_may_not_read_events_is_told_and_the_realm_is_kept_all_the_same_on_26_7() {
    Box::pin(a_login_that_may_not_read_events_is_told_and_the_realm_is_kept_all_the_same(
        KeycloakServer::newest(),
    ))
    .await;
}

#[tokio::test]
async fn a_login_that_may_not_read_events_is_told_and_the_realm_is_kept_all_the_same_on_26_4() {
    Box::pin(a_login_that_may_not_read_events_is_told_and_the_realm_is_kept_all_the_same(
        KeycloakServer::oldest(),
    ))
    .await;
}

#[tokio::test]
async fn somebody_who_edits_without_pause_does_not_keep_the_realm_busy_without_pause() {
    let (place, name, process) = kept("restless", &KeycloakServer::newest(), &watched()).await;
    reads_of_events(&place, &name, 1).await;
    let edits = async {
        for seconds in 86_400_i64.. {
            // Nobody declares it, so no pass can tell what it is about.
            place.console.sets(&realm(&name), "eventsExpiration", seconds).await;
        }
    };
    let calls = tokio::select! {
        () = edits => unreachable!("there is always another number"),
        calls = reads_of_events(&place, &name, 16) => calls,
    };
    // Each pass exports the realm and reads the events once, and was woken by a turn that had read them.
    let of_this = calls.only(|call| call.path.contains(&name));
    let passes = of_this.to(&Method::POST, "/admin/realms/{realm}/partial-export").len();
    let reads = of_this.to(&Method::GET, EVENTS).only(is_first_page).len();
    assert!(passes >= 2, "edits wake the realm:\n{calls}");
    // The first and the last of them may be cut off.
    assert!(2 * passes <= reads + 2, "{passes} passes in {reads} reads:\n{calls}");
    process.stops().await;
    place.leave(&[&name]).await;
}

async fn whoever_takes_a_scope_mapping_away_is_told(server: KeycloakServer) {
    let declared = json!({
        "eventsConfig": {"adminEventsEnabled": true},
        "roles": {"realmRoles": [{"name": "employee"}]},
        "clientScopes": [{"name": "department"}],
        "scopeMappings": [{"clientScope": "department", "roles": ["employee"]}],
    });
    let (place, name, process) = kept("mapped", &server, &declared).await;
    reads_of_events(&place, &name, 1).await;
    let scope = Somebody { place: &place, realm: &name }.id_of_scope().await;
    let path = format!("/admin/realms/{name}/client-scopes/{scope}/scope-mappings/realm");
    let held = place.console.calls(Method::GET, &path, None).await.body;
    assert_eq!(held[0]["name"], "employee", "{held}");
    assert!(place.console.calls(Method::DELETE, &path, Some(held)).await.status.is_success());
    eventually("the role is mapped again", SOON, async || {
        let held = place.console.calls(Method::GET, &path, None).await.body;
        if held[0]["name"] == "employee" { Ok(()) } else { Err(held) }
    })
    .await;
    let user = user_id(&place).await;
    let told = format!(
        "set back: scope mapping client scope:department>role:employee: gone (by user {user} with client "
    );
    place.event_says("DriftRepaired", &told).await;
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn whoever_takes_a_scope_mapping_away_is_told_on_26_7() {
    Box::pin(whoever_takes_a_scope_mapping_away_is_told(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn whoever_takes_a_scope_mapping_away_is_told_on_26_4() {
    Box::pin(whoever_takes_a_scope_mapping_away_is_told(KeycloakServer::oldest())).await;
}

#[tokio::test]
async fn objects_and_links_that_somebody_deletes_are_made_again_and_told() {
    let declared = json!({
        "eventsConfig": {"adminEventsEnabled": true},
        "roles": {"realmRoles": [{"name": "employee"}, {"name": "manager", "compositeRoles": ["employee"]}]},
    });
    let (place, name, process) = kept("gone", &KeycloakServer::newest(), &declared).await;
    reads_of_events(&place, &name, 1).await;
    let path = format!("/admin/realms/{name}/roles/employee");
    assert!(place.console.calls(Method::DELETE, &path, None).await.status.is_success());
    let holds = format!("/admin/realms/{name}/roles/manager/composites");
    eventually("the role is there again, and held", SOON, async || {
        let held = place.console.calls(Method::GET, &holds, None).await.body;
        if held[0]["name"] == "employee" { Ok(()) } else { Err(held) }
    })
    .await;
    let user = user_id(&place).await;
    place.event_says("DriftRepaired", &format!("set back: role employee: gone (by user {user}")).await;
    place.event_says("DriftRepaired", "role manager: composite employee: gone").await;
    process.stops().await;
    place.leave(&[&name]).await;
}
