//! A process that is stopped before or after any of its writes: the next one brings the realm to the same end.
//!
//! A pass does one write after the other, so being stopped before a write leaves what being stopped after the one before it leaves.
//! Where a realm is dear, as it has something in every area, the process is stopped after its writes only.

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use controller_testkit::{
    Fault, KeycloakServer, Stop, crash_points_after, eventually, every_crash_point, realm, realm_role,
    unique_name, user,
};
use http::Method;
use keycloak_crds::{KeycloakRealm, labels::annotation};
use kube::{ResourceExt as _, api::DeleteParams};
use serde_json::{Value, json};

use super::place::{Place, SOON, condition};

const REALM: &str = "/admin/realms/{realm}";

/// What must be the same after every history. Ids, times and names differ from run to run.
pub(crate) async fn state(place: &Place, object: &KeycloakRealm) -> Value {
    let name = &object.spec.realm_name;
    let seen = place.console.sees(&realm(name)).await.unwrap();
    let attributes = &seen["attributes"];
    let path = format!("/admin/realms/{name}/clients?clientId=cloakroom-&search=true");
    let logins = place.console.calls(http::Method::GET, &path, None).await;
    let logins = logins.body.as_array().unwrap().len();
    place.our_login_works(object).await;
    let status = object.status.clone().unwrap();
    let conditions = ["Ready", "Available", "Authorized", "LoginReady", "Stalled", "Degraded"];
    let conditions: Vec<_> =
        conditions.iter().map(|type_| condition(object, type_).map(|told| told.0)).collect();
    let record = status.owned.unwrap().record.unwrap();
    json!({
        "displayName": seen["displayName"], "team": attributes["team"], "resetPasswordAllowed": seen["resetPasswordAllowed"],
        "marked": attributes["kubernetes.operator.uid"] == json!(object.uid()),
        "logins": logins, "conditions": conditions,
        "tokens": status.authorization.unwrap().tokens.unwrap().len(),
        "children": status.child_resources.unwrap().len(),
        "realmId": status.available.unwrap().realm_id == object.uid(),
        "made by us": record.contains("\"c\":true"),
        "paths": record.matches("displayName").count() + record.matches("attributes[team]").count(),
        "finalizers": object.finalizers(),
    })
}

fn object_of(number: usize) -> String {
    format!("acme-{number}")
}

#[tokio::test]
async fn a_realm_is_made_once_wherever_the_process_is_stopped() {
    let place = Place::new("crash-make", &KeycloakServer::newest()).await;
    let names: Vec<String> = (0..80).map(|_| unique_name("crash")).collect();
    let further = json!({"displayName": "Acme", "attributes": {"team": "identity"}});
    let makes =
        async |number: usize| place.works_until_ready(&object_of(number), &names[number], &further).await;
    let report = Box::pin(every_crash_point(
        "making a realm",
        &place.stop,
        async |attempt| {
            if let Some(before) = attempt.number.checked_sub(1) {
                place.loses(&object_of(before)).await;
                place.console.deletes(&realm(&names[before])).await;
            }
            makes(attempt.number).await;
        },
        async |attempt| makes(attempt.number).await,
        async |attempt| state(&place, &place.object(&object_of(attempt.number)).await).await,
    ))
    .await;
    assert!(report.writes >= 8, "{report:?}");
    for name in names {
        place.console.deletes(&realm(&name)).await;
    }
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_change_is_made_wherever_the_process_is_stopped() {
    let place = Place::new("crash-change", &KeycloakServer::newest()).await;
    let name = unique_name("crash");
    let becomes = async |title: String| {
        let further = json!({"displayName": title, "attributes": {"team": "identity"}});
        place.works_until_ready("acme", &name, &further).await;
    };
    becomes("first".to_owned()).await;
    let title = |number: usize| format!("Acme {number}");
    let report = Box::pin(every_crash_point(
        "changing a realm",
        &place.stop,
        async |attempt| becomes(title(attempt.number)).await,
        async |attempt| becomes(title(attempt.number)).await,
        async |attempt| {
            let mut state = state(&place, &place.object("acme").await).await;
            state["displayName"] = json!(state["displayName"] == json!(title(attempt.number)));
            state
        },
    ))
    .await;
    assert!(report.writes >= 2, "{report:?}");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_is_deleted_with_its_login_wherever_the_process_is_stopped() {
    let place = Place::new("crash-delete", &KeycloakServer::newest()).await;
    let names: Vec<String> = (0..12).map(|_| unique_name("crash")).collect();
    place
        .works_until(async {
            for (number, name) in names.iter().enumerate() {
                place.applies(&object_of(number), place.spec(name, &json!({}))).await;
            }
            for number in 0..names.len() {
                place.becomes_ready(&object_of(number)).await;
            }
        })
        .await;
    let mut secrets = Vec::new();
    for number in 0..names.len() {
        secrets.push(Place::login_secret_name(&place.object(&object_of(number)).await));
    }
    let deletes = async |number: usize| {
        let name = object_of(number);
        place
            .works_until(async {
                place.realms().delete(&name, &DeleteParams::default()).await.ok();
                place.is_gone(&name).await;
            })
            .await;
    };
    let report = Box::pin(every_crash_point(
        "deleting a realm",
        &place.stop,
        async |attempt| deletes(attempt.number).await,
        async |attempt| deletes(attempt.number).await,
        async |attempt| {
            let login = place.secret(&place.namespace, &secrets[attempt.number]).await;
            (place.console.sees(&realm(&names[attempt.number])).await, login)
        },
    ))
    .await;
    assert!(report.writes >= 3, "{report:?}");
    for reason in ["NotProven", "Retained"] {
        assert!(!place.has_event(reason).await, "no realm was left, so none is said to be: {reason}");
    }
    for name in names {
        place.console.deletes(&realm(&name)).await;
    }
    place.leave(&[]).await;
}

/// Something in every area of a realm. The password of its mail server is in Secret `ticket`.
fn areas() -> Value {
    json!({
        "displayName": "Acme", "attributes": {"team": "identity"},
        "smtpServer": {"host": "smtp.example.com", "port": 587, "from": "noreply@example.com", "auth": true,
            "user": "acme", "passwordSecret": {"name": "ticket", "key": "token"}},
        "tokenSettings": {"accessTokenLifespan": 300},
        "security": {"resetPasswordAllowed": true, "bruteForceProtected": true, "failureFactor": 10},
        "passwordPolicy": {"length": 12, "notUsername": true},
        "otpPolicy": {"type": "totp", "algorithm": "HmacSHA1", "digits": 6, "period": 30},
        "webAuthnPolicy": {"rpEntityName": "Acme", "signatureAlgorithms": ["ES256", "RS256"]},
        "eventsConfig": {"eventsEnabled": true, "eventsExpiration": 604_800},
        "browserSecurityHeaders": {"xFrameOptions": "SAMEORIGIN"},
        "extra": {"accessCodeLifespanLogin": 900},
        "localization": {"enabled": true, "supportedLocales": ["en", "de"], "defaultLocale": "en",
            "texts": {"de": {"loginAccountTitle": "Willkommen"}}},
        "requiredActions": [{"alias": "CONFIGURE_TOTP", "defaultAction": true}],
        "userProfile": {"attributes": [{"name": "department", "displayName": "Department"}]},
        "roles": {"realmRoles": [
            {"name": "employee", "description": "Works here", "attributes": {"cost-center": ["42"]}},
            {"name": "manager", "compositeRoles": ["employee"], "compositeClientRoles": {"account": ["view-profile"]}},
        ]},
        "defaultRoles": ["employee"],
        "groups": [
            {"name": "engineering", "attributes": {"cost-center": ["42"]}, "realmRoles": ["employee"],
                "clientRoles": {"account": ["view-profile"]}, "subGroups": [{"name": "platform"}]},
            {"name": "everybody"},
        ],
        "defaultGroups": ["/everybody"],
        "clientScopes": [scope("department", "department"), {"name": "staff"}],
        "defaultClientScopes": ["department"],
        "optionalClientScopes": ["staff"],
        "scopeMappings": [{"clientScope": "staff", "roles": ["employee"]}],
        "clientScopeMappings": {"account": [{"clientScope": "staff", "roles": ["view-profile"]}]},
    })
}

/// A client scope with a mapper of this attribute.
fn scope(name: &str, attribute: &str) -> Value {
    json!({"name": name, "description": attribute, "protocolMappers": [
        {"name": "team", "protocolMapper": "oidc-usermodel-attribute-mapper",
            "config": {"user.attribute": attribute, "claim.name": "team", "access.token.claim": "true"}},
    ]})
}

/// All that a person sees of the realm, and what its object says, without these words, which differ from run to run.
async fn everything(place: &Place, object: &KeycloakRealm, words: &[&str]) -> Value {
    let mut seen = super::exports::seen(place, &object.spec.realm_name).await;
    // Each realm has keys and flows of its own, and its clients have objects of their own.
    for others in ["components", "authenticationFlows", "authenticatorConfig"] {
        seen.as_object_mut().unwrap().remove(others);
    }
    seen["roles"].as_object_mut().unwrap().remove("client");
    let told = state(place, object).await;
    let whole = json!({"realm": seen, "object": told}).to_string();
    let whole = words.iter().fold(whole, |whole, word| whole.replace(*word, "<word>"));
    serde_json::from_str(&whole).unwrap()
}

/// Stopped after every fourth write, each time with a realm of its own: before the realm is there, several times while its areas
/// come into it, and towards the end. What is written for every realm (finalizer, login, tokens) has each of its stops with a realm
/// without areas, and each write to an area has its own where areas are changed.
#[tokio::test]
async fn a_realm_with_something_in_every_area_is_made_once_wherever_the_process_is_stopped() {
    let place = Place::new("crash-make-areas", &KeycloakServer::newest()).await;
    place.writes_ticket(&place.namespace, "not-a-secret").await;
    let names: Vec<String> = (0..60).map(|_| unique_name("crash")).collect();
    let makes =
        async |number: usize| place.works_until_ready(&object_of(number), &names[number], &areas()).await;
    let report = Box::pin(crash_points_after(
        "making a realm with something in every area",
        &place.stop,
        (3..).step_by(4),
        async |attempt| {
            if let Some(before) = attempt.number.checked_sub(1) {
                place.loses(&object_of(before)).await;
                place.console.deletes(&realm(&names[before])).await;
            }
            makes(attempt.number).await;
        },
        async |attempt| makes(attempt.number).await,
        async |attempt| {
            let object = place.object(&object_of(attempt.number)).await;
            everything(&place, &object, &[&names[attempt.number]]).await
        },
    ))
    .await;
    assert!(report.writes >= 15 && report.stopped >= 4, "{report:?}");
    for name in names.iter().take(report.stopped + 2) {
        place.console.deletes(&realm(name)).await;
    }
    place.leave(&[]).await;
}

#[tokio::test]
async fn scopes_groups_and_attributes_are_changed_wherever_the_process_is_stopped() {
    let place = Place::new("crash-change-areas", &KeycloakServer::newest()).await;
    let name = unique_name("crash");
    let becomes = async |further: Value| place.works_until_ready("acme", &name, &further).await;
    let word = |number: usize| format!("of-{number:03}");
    // Each attempt has scopes and groups of its own; those of the one before go in it.
    let after = |number: usize| {
        let word = word(number);
        json!({
            "displayName": format!("Acme {word}"), "attributes": {"team": word},
            "roles": {"realmRoles": [{"name": "employee"}]},
            "clientScopes": [scope("orders", &word), scope(&format!("scope-{word}"), "department")],
            "defaultClientScopes": [format!("scope-{word}")],
            "groups": [
                {"name": "engineering", "attributes": {"cost-center": [word]},
                    "subGroups": [{"name": format!("team-{word}")}]},
                {"name": format!("group-{word}"), "realmRoles": ["employee"], "subGroups": [{"name": "below"}]},
            ],
            "defaultGroups": [format!("/group-{word}")],
        })
    };
    // First without scopes, as our login would have those that new clients get.
    becomes(json!({})).await;
    becomes(after(999)).await;
    let report = Box::pin(crash_points_after(
        "changing scopes, groups and attributes",
        &place.stop,
        1..,
        async |attempt| becomes(after(attempt.number)).await,
        async |attempt| becomes(after(attempt.number)).await,
        async |attempt| {
            let object = place.object("acme").await;
            everything(&place, &object, &[&name, &word(attempt.number)]).await
        },
    ))
    .await;
    assert!(report.writes >= 14, "{report:?}");
    place.leave(&[&name]).await;
}

/// What a person does who is asked: approves what waits, until `done`. `asked` gets every approval that was asked for.
async fn approves_until(
    place: &Place,
    name: &str,
    asked: &RefCell<BTreeSet<String>>,
    done: impl Fn(Option<&KeycloakRealm>) -> bool,
) {
    let realms = place.realms();
    eventually(&format!("what waits for {name} is approved and done"), SOON, async || {
        let object = realms.get_opt(name).await.map_err(|error| error.to_string())?;
        if done(object.as_ref()) {
            return Ok(());
        }
        let Some(object) = object else { return Err("there is no such object".to_owned()) };
        let status = json!(object.status);
        let ready = controller_testkit::condition(&object, "Ready").unwrap_or_default();
        let is_current = status["observedGeneration"] == json!(object.metadata.generation);
        let waits = is_current && ready.reason == "ApprovalRequired";
        let given = object.annotations().get(annotation::APPROVE).map(String::as_str);
        if let Some(hash) = status["plan"]["approval"].as_str().filter(|hash| waits && given != Some(*hash)) {
            asked.borrow_mut().insert(hash.to_owned());
            place.annotates(name, annotation::APPROVE, hash).await;
        }
        Err(status.to_string())
    })
    .await;
}

/// Whether an approval still lets steps run.
fn is_executing(object: Option<&KeycloakRealm>) -> bool {
    let status = json!(object.and_then(|object| object.status.as_ref()));
    let entries = status["approvals"]["entries"].as_array();
    entries.is_some_and(|entries| entries.iter().any(|entry| entry["state"] == "Executing"))
}

/// Gives user jane all these roles, and makes her a member of all these groups.
async fn jane_has(place: &Place, name: &str, roles: &[String], groups: &[String]) {
    let paths: Vec<String> = groups.iter().map(|group| format!("/{group}")).collect();
    place.console.creates(&user(name, "jane"), json!({"enabled": true, "groups": paths})).await;
    let id = place.console.sees_field(&user(name, "jane"), "id").await;
    let mut given = Vec::new();
    for role in roles {
        given.push(place.console.sees(&realm_role(name, role)).await.unwrap());
    }
    let path = format!("/admin/realms/{name}/users/{}/role-mappings/realm", id.as_str().unwrap());
    let answer = place.console.calls(Method::POST, &path, Some(json!(given))).await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

#[tokio::test]
async fn what_was_approved_is_done_and_asked_for_once_wherever_the_process_is_stopped() {
    let place = Place::new("crash-consent", &KeycloakServer::newest()).await;
    let name = unique_name("crash");
    let roles: Vec<String> = (0..24).map(|number| format!("role-{number:02}")).collect();
    let groups: Vec<String> = (0..24).map(|number| format!("group-{number:02}")).collect();
    let declares = |first: usize| {
        let named =
            |names: &[String]| names.iter().skip(first).map(|name| json!({"name": name})).collect::<Value>();
        json!({"roles": {"realmRoles": named(&roles)}, "groups": named(&groups)})
    };
    place
        .works_until(async {
            place.applies("acme", place.spec(&name, &declares(0))).await;
            place.becomes_ready("acme").await;
        })
        .await;
    jane_has(&place, &name, &roles, &groups).await;
    let asked: RefCell<BTreeSet<String>> = RefCell::default();
    // Each attempt takes away one role that somebody has, and one group that somebody is in.
    let consents = async |number: usize| {
        place
            .works_until(async {
                let object = place.applies("acme", place.spec(&name, &declares(number + 1))).await;
                let is_ready =
                    |object: &KeycloakRealm| condition(object, "Ready").is_some_and(|told| told.0 == "True");
                let generation = object.metadata.generation;
                let observed = |object: &KeycloakRealm| object.status.as_ref()?.observed_generation;
                approves_until(&place, "acme", &asked, |object| {
                    object.is_some_and(|object| is_ready(object) && observed(object) == generation)
                })
                .await;
                // That all of it is done is seen by the pass after it.
                if is_executing(Some(&place.object("acme").await)) {
                    place.annotates("acme", annotation::RECONCILE_AT, &unique_name("at")).await;
                    approves_until(&place, "acme", &asked, |object| !is_executing(object)).await;
                }
            })
            .await;
    };
    let report = Box::pin(crash_points_after(
        "approving deletions",
        &place.stop,
        1..,
        async |attempt| consents(attempt.number).await,
        async |attempt| consents(attempt.number).await,
        async |attempt| {
            let number = attempt.number;
            let mut there = Vec::new();
            for role in &roles[number..number + 2] {
                there.push(place.console.sees(&realm_role(&name, role)).await.is_some());
            }
            let path = format!("/admin/realms/{name}/groups?max=1000");
            let left = place.console.calls(Method::GET, &path, None).await.body;
            let object = place.object("acme").await;
            let consumed = object.status.as_ref().unwrap().approvals.as_ref().unwrap().consumed.unwrap();
            json!({
                "roles": there,
                "groups": left.as_array().unwrap().len() + number,
                "asked once each": asked.borrow().len() == number + 1,
                // The count begins at a time.
                "consumed": consumed - i64::try_from(number).unwrap(),
                "executing": is_executing(Some(&object)),
                "ready": condition(&object, "Ready").map(|told| told.0),
            })
        },
    ))
    .await;
    // What waits, what was approved, a role, a group, and the end of it.
    assert!(report.writes >= 5, "{report:?}");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_with_users_and_everything_goes_by_one_approval_wherever_the_process_is_stopped() {
    let place = Place::new("crash-delete-areas", &KeycloakServer::newest()).await;
    place.writes_ticket(&place.namespace, "not-a-secret").await;
    let names: Vec<String> = (0..40).map(|_| unique_name("crash")).collect();
    let logins: RefCell<Vec<String>> = RefCell::default();
    let asked: RefCell<BTreeSet<String>> = RefCell::default();
    let makes = async |number: usize| {
        place.applies(&object_of(number), place.spec(&names[number], &areas())).await;
        let object = place.becomes_ready(&object_of(number)).await;
        place.console.creates(&user(&names[number], "jane"), json!({"enabled": true})).await;
        logins.borrow_mut().push(Place::login_secret_name(&object));
    };
    let deletes = async |number: usize| {
        let name = object_of(number);
        place.realms().delete(&name, &DeleteParams::default()).await.ok();
        approves_until(&place, &name, &asked, |object| object.is_none()).await;
    };
    place.works_until(makes(0)).await;
    let report = Box::pin(crash_points_after(
        "deleting a realm with users and something in every area",
        &place.stop,
        1..,
        async |attempt| place.works_until(deletes(attempt.number)).await,
        async |attempt| {
            place
                .works_until(async {
                    deletes(attempt.number).await;
                    makes(attempt.number + 1).await;
                })
                .await;
        },
        async |attempt| {
            let login = logins.borrow()[attempt.number].clone();
            let login = place.secret(&place.namespace, &login).await;
            let there = place.console.sees(&realm(&names[attempt.number])).await;
            (there, login, asked.borrow().len() == attempt.number + 1)
        },
    ))
    .await;
    // What waits, what was approved, the realm, our login's Secret, and the finalizer.
    assert!(report.writes >= 5, "{report:?}");
    for reason in ["NotProven", "Retained"] {
        assert!(!place.has_event(reason).await, "no realm was left, so none is said to be: {reason}");
    }
    for name in names.iter().take(report.stopped + 2) {
        place.console.deletes(&realm(name)).await;
    }
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_long_deletion_that_its_process_does_not_live_to_see_ends_without_another_approval() {
    let place = Arc::new(Place::new("crash-long", &KeycloakServer::newest()).await);
    let name = unique_name("crash");
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let login = Place::login_secret_name(&place.becomes_ready("acme").await);
    process.stops().await;
    place.console.creates(&user(&name, "jane"), json!({"enabled": true})).await;
    let asked: RefCell<BTreeSet<String>> = RefCell::default();

    // It does not come to its server while the first process lives.
    let slow = place.keycloak.inject(Fault::hang().on(Method::DELETE, REALM));
    place.deletes("acme").await;
    let process = place.start();
    approves_until(&place, "acme", &asked, |_| slow.hits() >= 1).await;
    drop(process);
    assert!(place.console.sees(&realm(&name)).await.is_some());

    // The second one is stopped while its server is at it, and never learns what came of it.
    let process = place.start();
    approves_until(&place, "acme", &asked, |_| slow.hits() >= 2).await;
    place.stop.set(Stop::AfterWrite(1));
    slow.heal();
    eventually("the realm is being deleted", SOON, async || match place.stop.writes() {
        0 => Err("nothing was sent"),
        _ => Ok(()),
    })
    .await;
    drop(process);
    place.stop.clear();

    let process = place.start();
    approves_until(&place, "acme", &asked, |object| object.is_none()).await;
    process.stops().await;
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    assert_eq!(place.secret(&place.namespace, &login).await, None);
    assert_eq!(asked.borrow().len(), 1, "{asked:?}");
    for reason in ["NotProven", "Retained"] {
        assert!(!place.has_event(reason).await, "no realm was left, so none is said to be: {reason}");
    }
    place.leave(&[]).await;
}
