//! Realms, by the login that the realm controller has.

use controller_testkit::{KeycloakServer, client as client_thing, realm as thing, user};
use keycloak_admin::logins::{Granted, grant_realms};
use keycloak_admin::types::RealmRepresentation;
use keycloak_admin::{AdminApi, Class};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::{Action, Adoption, Desired, LiveMark, Proof, StepState};
use keycloak_sync::realm::{self, Availability, Holdings, Secrets};
use keycloak_sync::{SyncError, Target, execute};
use serde_json::{Value, json};

use crate::stage::{Cr, Stage, on_each_version};

on_each_version!(
    creating_changing_and_deleting_a_realm_takes_the_promised_calls,
    what_nobody_declared_survives_a_change,
    adopting_an_equal_realm_writes_the_mark_only,
    a_realm_of_somebody_else_gives_no_rights_until_they_are_granted,
    a_realm_that_exists_is_a_conflict,
    a_realm_with_users_waits_for_an_approval_before_it_is_deleted,
    availability_follows_the_realm,
    a_refused_change_is_told_with_its_paths,
);

fn spec(name: &str, fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": name, "operatorRef": {"namespace": "keycloak-system"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

fn acme(name: &str) -> KeycloakRealmSpec {
    spec(
        name,
        json!({
            "displayName": "Acme",
            "displayNameHtml": "<b>Acme</b>",
            "security": {"registrationAllowed": true, "bruteForceProtected": true, "failureFactor": 7, "sslRequired": "none"},
            "tokenSettings": {"accessTokenLifespan": 120, "clientOfflineSessionIdleTimeout": 600},
            "themes": {"login": "keycloak.v2"},
            "localization": {"enabled": true, "supportedLocales": ["en", "de"], "defaultLocale": "de"},
            "attributes": {"team": "identity"},
            "extra": {"accessCodeLifespan": 61},
        }),
    )
}

fn desired(cr: &Cr, spec: &KeycloakRealmSpec) -> Desired {
    realm::desired(spec, &Secrets::default(), Some(&cr.mark())).unwrap()
}

async fn look(api: &AdminApi, name: &str) -> realm::Observed {
    realm::observe(api, name).await.unwrap()
}

async fn on_stage(server: KeycloakServer) -> (Stage, Cr, String) {
    let mut stage = Stage::new(server).await;
    let name = stage.realm_name();
    let cr = Cr::new(&stage, &stage.manager, &name);
    (stage, cr, name)
}

async fn creating_changing_and_deleting_a_realm_takes_the_promised_calls(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let spec = acme(&name);
    let first = desired(&cr, &spec).with_id(&format!("id-of-{name}"));

    let (created, calls) = stage
        .calls_of(async {
            let plan = cr.plan::<RealmRepresentation>(&first, None);
            cr.applies(&plan).await
        })
        .await;
    calls.expect("creating a realm").writes(1).reads(0);
    assert!(created.is_complete(), "{:?}", created.failed);
    assert_eq!(created.created[&realm::identity(&name)], format!("id-of-{name}"));

    let ((), calls) = stage
        .calls_of(async {
            let observed = look(&cr.api, &name).await;
            assert_eq!(observed.id(), Some(format!("id-of-{name}").as_str()));
            assert_eq!(observed.mark(), LiveMark::from(&cr.mark()));
            let plan = cr.passes(&first, Some(&observed)).await;
            assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
        })
        .await;
    calls.expect("a pass with nothing changed").writes(0).reads(1);

    let second = desired(&cr, &KeycloakRealmSpec { display_name: Some("Acme Inc.".into()), ..spec });
    let (plan, calls) = stage
        .calls_of(async {
            let observed = look(&cr.api, &name).await;
            cr.passes(&second, Some(&observed)).await
        })
        .await;
    calls.expect("changing the display name").writes(1).reads(1);
    assert_eq!(plan.steps[0].changes.len(), 1, "{:?}", plan.steps[0].changes);
    assert_eq!(stage.console.sees_field(&thing(&name), "displayName").await, json!("Acme Inc."));

    let (_, calls) = stage
        .calls_of(async {
            let observed = look(&cr.api, &name).await;
            let holds = realm::holdings(&cr.api, &name, &observed).await.unwrap();
            assert_eq!(holds, Holdings::default());
            cr.tears_down(&name, Some(Proof::LoginSecret), Some(holds), &observed).await
        })
        .await;
    calls.expect("deleting an empty realm: a read for proof, its users, its federations").writes(1).reads(3);
    assert_eq!(stage.console.sees(&thing(&name)).await, None);
    assert_eq!(look(&cr.api, &name).await, realm::Observed::Absent);
    stage.leave().await;
}

async fn what_nobody_declared_survives_a_change(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let spec = acme(&name);
    let first = desired(&cr, &spec);
    cr.passes(&first, Some(&realm::Observed::Absent)).await;
    let whole = thing(&name);
    // What a write of a realm without them sets back: attributes of others, CIBA settings, the device flow's.
    stage.console.sets(&whole, "/attributes/by.hand", "kept").await;
    stage.console.sets(&whole, "/attributes/cibaExpiresIn", "77").await;
    stage.console.sets(&whole, "oauth2DeviceCodeLifespan", 777).await;
    stage.console.sets(&whole, "resetPasswordAllowed", false).await;

    let attributes = [("team".to_owned(), "platform".to_owned())].into();
    let second = desired(&cr, &KeycloakRealmSpec { attributes: Some(attributes), ..spec });
    let (plan, calls) = stage
        .calls_of(async {
            let observed = look(&cr.api, &name).await;
            cr.passes(&second, Some(&observed)).await
        })
        .await;
    calls.expect("changing one attribute").writes(1).reads(1);
    assert_eq!(plan.steps[0].changes.len(), 1, "{:?}", plan.steps[0].changes);
    let seen = stage.console.sees(&whole).await.unwrap();
    assert_eq!(seen["attributes"]["team"], json!("platform"));
    assert_eq!(seen["attributes"]["by.hand"], json!("kept"));
    assert_eq!(seen["attributes"]["cibaExpiresIn"], json!("77"));
    assert_eq!(seen["oauth2DeviceCodeLifespan"], json!(777));
    assert_eq!(seen["resetPasswordAllowed"], json!(false), "a creation value belongs to nobody afterwards");
    assert_eq!(seen["attributes"]["kubernetes.operator.uid"], json!(cr.mark().uid));
    let observed = look(&cr.api, &name).await;
    assert!(cr.passes(&second, Some(&observed)).await.is_converged());
    stage.leave().await;
}

async fn adopting_an_equal_realm_writes_the_mark_only(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let whole = thing(&name);
    let by_hand = json!({"enabled": true, "displayName": "By hand", "registrationAllowed": true,
        "internationalizationEnabled": true, "supportedLocales": ["nl", "en"], "attributes": {"theirs": "1"}});
    stage.console.creates(&whole, by_hand).await;
    let granted =
        grant_realms(&stage.administrator(), &stage.account, std::slice::from_ref(&name)).await.unwrap();
    assert!(matches!(granted.as_slice(), [(_, Granted::Now(_))]), "{granted:?}");

    let live = look(&cr.api, &name).await;
    let exported = realm::export(live.present().unwrap(), OperatorRef::default());
    assert_eq!(exported.spec.display_name.as_deref(), Some("By hand"));
    let without_mark = realm::desired(&exported.spec, &Secrets::default(), None).unwrap();
    let nothing = cr.plan(&without_mark, Some(&live));
    assert!(nothing.is_converged(), "{:?} {:?}", nothing.steps, nothing.findings);

    let desired = desired(&cr, &exported.spec);
    let (plan, calls) = stage
        .calls_of(async {
            let observed = look(&cr.api, &name).await;
            cr.passes(&desired, Some(&observed)).await
        })
        .await;
    calls.expect("adopting an equal realm").writes(1).reads(1);
    assert_eq!(plan.adoption, Some(Adoption::Absent));
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert!(step.is_only_mark(), "{:?}", step.changes);

    let mut before = serde_json::to_value(live.present().unwrap()).unwrap();
    let after = stage.console.sees(&whole).await.unwrap();
    for (key, value) in cr.mark().attributes() {
        before["attributes"][key] = json!(value);
    }
    assert_eq!(after, before, "nothing but the mark");

    let (plan, calls) = stage
        .calls_of(async {
            let observed = look(&cr.api, &name).await;
            cr.passes(&desired, Some(&observed)).await
        })
        .await;
    calls.expect("the pass after the adoption").writes(0).reads(1);
    assert!(plan.is_converged());
    stage.leave().await;
}

async fn a_realm_of_somebody_else_gives_no_rights_until_they_are_granted(server: KeycloakServer) {
    let (stage, cr, name) = on_stage(server).await;
    stage.console.creates(&thing(&name), json!({"enabled": true})).await;
    let refused = realm::observe(&cr.api, &name).await.unwrap_err();
    assert!(matches!(&refused, SyncError::NoRights { realm } if *realm == name), "{refused}");
    assert_eq!(refused.class(), Class::Wait);
    grant_realms(&stage.administrator(), &stage.account, std::slice::from_ref(&name)).await.unwrap();
    assert!(look(&cr.api, &name).await.id().is_some());
    stage.leave().await;
}

async fn a_realm_that_exists_is_a_conflict(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    stage.console.creates(&thing(&name), json!({"enabled": true, "displayName": "theirs"})).await;
    let desired = desired(&cr, &acme(&name));
    let plan = cr.plan::<RealmRepresentation>(&desired, None);
    let applied = cr.applies(&plan).await;
    assert!(applied.conflict().is_some(), "{:?}", applied.failed);
    assert!(applied.created.is_empty() && applied.record.is_empty());
    assert_eq!(stage.console.sees_field(&thing(&name), "displayName").await, json!("theirs"));
    stage.leave().await;
}

async fn a_realm_with_users_waits_for_an_approval_before_it_is_deleted(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let desired = desired(&cr, &spec(&name, json!({})));
    cr.passes(&desired, Some(&realm::Observed::Absent)).await;
    stage.console.creates(&client_thing(&name, "robot"), json!({"serviceAccountsEnabled": true})).await;
    let observed = look(&cr.api, &name).await;
    let holds = realm::holdings(&cr.api, &name, &observed).await.unwrap();
    assert_eq!(holds, Holdings::default(), "service accounts are no users");
    stage.console.creates(&user(&name, "ann"), json!({})).await;
    let holds = realm::holdings(&cr.api, &name, &observed).await.unwrap();
    assert_eq!(holds, Holdings::of_users(1));

    for held in [Some(holds), None] {
        let (plan, calls) =
            stage.calls_of(cr.tears_down(&name, Some(Proof::LoginSecret), held, &observed)).await;
        calls.expect("a deletion that waits").writes(0);
        assert!(matches!(plan.steps[0].state, StepState::Waiting(_)), "{held:?}: {:?}", plan.steps);
        assert!(plan.approval().is_some());
    }
    assert!(stage.console.sees(&thing(&name)).await.is_some());
    stage.leave().await;
}

async fn availability_follows_the_realm(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    assert_eq!(realm::availability(&look(&cr.api, &name).await), Availability::Missing);
    let desired = desired(&cr, &spec(&name, json!({})));
    cr.passes(&desired, Some(&realm::Observed::Absent)).await;
    let observed = look(&cr.api, &name).await;
    let realm_id = observed.id().unwrap().to_owned();
    assert_eq!(realm::availability(&observed), Availability::Available { realm_id: realm_id.clone() });
    stage.console.sets(&thing(&name), "enabled", false).await;
    assert_eq!(realm::availability(&look(&cr.api, &name).await), Availability::Disabled { realm_id });
    stage.leave().await;
}

async fn a_refused_change_is_told_with_its_paths(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let fields = json!({"displayName": "Acme"});
    let first = desired(&cr, &spec(&name, fields));
    cr.passes(&first, Some(&realm::Observed::Absent)).await;
    let fields = json!({"displayName": "Acme 2", "extra": {"noSuchField": 1}});
    let second = desired(&cr, &spec(&name, fields));
    let plan = cr.plan(&second, Some(&look(&cr.api, &name).await));
    let before = cr.record.clone();

    let (closed, calls) = stage
        .calls_of(async {
            let target = Target { api: &cr.api, realm: &name, fence: &|| false };
            execute(&plan, &before, &target).await
        })
        .await;
    calls.expect("a plan behind a closed fence").writes(0);
    assert!(matches!(closed.failed[0].error, SyncError::Fenced { .. }));

    let applied = cr.applies(&plan).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    assert_eq!((plan.steps[0].action, failure.error.class()), (Action::Update, Class::Stall));
    let said = failure.to_string();
    assert!(said.starts_with(&format!("cannot update realm {name}: realm_update: 400")), "{said}");
    assert!(said.ends_with("(to change: spec.displayName, noSuchField)"), "{said}");
    assert_eq!(stage.console.sees_field(&thing(&name), "displayName").await, json!("Acme"));
    stage.leave().await;
}
