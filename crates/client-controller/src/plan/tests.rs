use authorization_token::{
    Allowance, EffectiveLimits, LimitSource, Limited,
    decision::{Decision, Outcome, Reason, Rung, Stops},
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_crds::labels::annotation;
use keycloak_plan::{Identity, kinds::CLIENT_ROLE};
use serde_json::{Value, json};

use super::*;
use crate::{
    ground::SecretLook,
    sample::{self, live, secret},
};

fn credential_of(object: &KeycloakClient, live: Option<&client::Observed>, held: Option<&str>) -> Credential {
    let mut ground = sample::ground(object);
    if let Some(held) = held {
        ground.secret = SecretLook::There(secret(held, &json!({})));
    }
    credential(object, &ground, live, super::held(&ground))
}

/// What is remembered once the client was created.
fn remembered(object: &KeycloakClient, ground: &Ground) -> OwnedRecord {
    let credential = credential(object, ground, None, None);
    let plan = make(ground, ground.site().unwrap(), None, credential).unwrap().plan;
    let every = plan.steps.iter().map(|step| step.id).collect();
    plan.record_after(&OwnedRecord::default(), &every)
}

fn value(secret: &str, origin: Origin) -> Credential {
    Credential::Value { secret: secret.into(), origin }
}

#[test]
fn a_new_client_gets_the_value_of_its_secret_or_a_fresh_one() {
    let object = sample::client(&json!({}), Value::Null);
    assert_eq!(credential_of(&object, None, None), value("fresh", Origin::New));
    assert_eq!(credential_of(&object, None, Some("of before")), value("of before", Origin::New));
    let absent = client::Observed::Absent;
    assert_eq!(credential_of(&object, Some(&absent), Some("of before")), value("of before", Origin::New));
}

#[test]
fn keycloaks_value_wins_over_an_edited_secret() {
    let object = sample::client(&json!({}), Value::Null);
    let found = credential_of(&object, Some(&live(&json!({}))), Some("edited"));
    assert_eq!(found, value("of keycloak", Origin::Keycloak));
}

#[test]
fn a_secret_of_ones_own_counts_before_keycloaks_and_that_of_the_secret() {
    let given = |fields: &Value, found: Option<&client::Observed>| {
        let object = sample::client(fields, Value::Null);
        let mut ground = sample::ground(&object);
        ground.given = Some("mine".into());
        credential(&object, &ground, found, Some("held".into()))
    };
    let named = json!({"clientSecret": {"name": "mine", "key": "secret"}});
    assert_eq!(given(&named, None), value("mine", Origin::Given));
    assert_eq!(given(&named, Some(&live(&json!({})))), value("mine", Origin::Given));
    let unmanaged = json!({"clientSecret": {"name": "mine", "key": "secret"}, "manageSecret": false});
    assert_eq!(given(&unmanaged, Some(&live(&json!({})))), value("mine", Origin::Given));
    assert_eq!(given(&named, Some(&live(&json!({"publicClient": true})))), Credential::None);
    assert_eq!(given(&named, Some(&live(&json!({"bearerOnly": true})))), Credential::None);
}

#[test]
fn another_secret_of_ones_own_is_a_change_and_the_same_one_is_none() {
    let named = json!({"clientSecret": {"name": "mine", "key": "secret"}});
    let object = sample::client(&named, Value::Null);
    let mut ground = sample::ground(&object);
    ground.given = Some("of keycloak".into());
    ground.record = remembered(&object, &ground);
    let is_empty = |ground: &Ground| {
        let found = live(&json!({}));
        let credential = credential(&object, ground, Some(&found), None);
        make(ground, ground.site().unwrap(), Some(&found), credential).unwrap().plan.is_empty()
    };
    assert!(is_empty(&ground));
    ground.given = Some("another".into());
    assert!(!is_empty(&ground));
}

#[test]
fn no_secret_is_kept_for_a_public_client_or_where_nobody_asks() {
    let none = |fields: &Value, found: &Value| {
        credential_of(&sample::client(fields, Value::Null), Some(&live(found)), None)
    };
    assert_eq!(none(&json!({"publicClient": true}), &json!({})), Credential::None);
    assert_eq!(none(&json!({"bearerOnly": true}), &json!({})), Credential::None);
    assert_eq!(none(&json!({"manageSecret": false}), &json!({})), Credential::None);
    // Nobody says what it is, and it was made as a public one.
    assert_eq!(none(&json!({}), &json!({"publicClient": true})), Credential::None);
    assert_eq!(none(&json!({}), &json!({"bearerOnly": true})), Credential::None);
}

#[test]
fn a_secret_that_keycloak_hides_is_not_written_as_its_mask() {
    let object = sample::client(&json!({}), Value::Null);
    assert_eq!(
        credential_of(&object, Some(&live(&json!({"secret": "**********"}))), None),
        Credential::Hidden
    );
    // A client that was public has none.
    assert_eq!(
        credential_of(&object, Some(&live(&json!({"secret": null}))), None),
        value("fresh", Origin::New)
    );
}

#[test]
fn another_secret_is_made_once_and_a_stopped_pass_goes_on_with_the_one_that_it_wrote() {
    let asks = json!({"regenerateSecret": true});
    let object = sample::client(&asks, Value::Null);
    let mut ground = sample::ground(&object);
    let found = live(&json!({}));
    assert_eq!(
        credential(&object, &ground, Some(&found), None),
        value("of keycloak", Origin::Keycloak),
        "an object whose client nobody remembers may be restored from Git"
    );
    ground.record = remembered(&object, &ground);
    let of = |ground: &Ground, object: &KeycloakClient| {
        credential(object, ground, Some(&found), super::held(ground))
    };
    ground.secret = SecretLook::There(secret("of keycloak", &json!({})));
    assert_eq!(of(&ground, &object), value("fresh", Origin::Regenerated(3)));
    // Stopped after the Secret was written.
    ground.secret = SecretLook::There(secret("made before", &json!({annotation::REGENERATED: "3"})));
    assert_eq!(of(&ground, &object), value("made before", Origin::Regenerated(3)));
    // What an earlier request made is no answer to this one.
    ground.secret = SecretLook::There(secret("made before", &json!({annotation::REGENERATED: "2"})));
    assert_eq!(of(&ground, &object), value("fresh", Origin::Regenerated(3)));
    let served = sample::client(&asks, json!({"rotation": {"served": "true"}}));
    assert_eq!(of(&ground, &served), value("of keycloak", Origin::Keycloak));
}

#[test]
fn a_client_that_no_record_knows_is_created_without_having_been_read() {
    let object = sample::client(&json!({}), Value::Null);
    let plan = plan(&object, &sample::ground(&object));
    let Work::Keep(made) = plan.work else { panic!("{plan:?}") };
    assert!(made.creates());
    let body = made.plan.steps[0].body().unwrap().expose();
    assert_eq!((&body["clientId"], &body["secret"]), (&json!("portal"), &json!("fresh")));
}

#[test]
fn a_new_client_gets_full_scope_only_where_the_realm_allows_it() {
    let object = sample::client(&json!({}), Value::Null);
    let created = |allowance: Allowance| {
        let mut ground = sample::ground(&object);
        ground.decision = Some(Decision {
            outcome: Outcome::Allowed,
            reason: Reason::Granted,
            message: "Granted.".into(),
            rung: Some(Rung::Grant),
            token: None,
            lapses_at: None,
            stops: Stops::Nothing,
            limits: EffectiveLimits { allowance, ..EffectiveLimits::default() },
        });
        let Work::Keep(made) = plan(&object, &ground).work else { panic!("nothing is made") };
        made.plan.steps[0].body().unwrap().expose()["fullScopeAllowed"].clone()
    };
    let only = |value: &[Capability]| {
        let value = value.iter().copied().collect();
        Allowance::Only(vec![Limited { value, source: LimitSource::SafeDefault }])
    };
    assert_eq!(created(Allowance::Everything), json!(true));
    assert_eq!(created(only(&[Capability::FullScope])), json!(true));
    assert_eq!(created(only(&[])), json!(false));
}

#[test]
fn what_stands_in_the_way_leaves_nothing_to_do() {
    let object = sample::client(&json!({}), Value::Null);
    let mut ground = sample::ground(&object);
    ground.obstacle = Some(crate::ClientError::SeedObject);
    assert!(matches!(plan(&object, &ground).work, Work::Nothing));
    assert!(matches!(
        plan(&object, &Ground::begin(&object, jiff::Timestamp::UNIX_EPOCH).unwrap()).work,
        Work::Nothing
    ));
}

#[test]
fn an_approval_of_before_its_status_was_lost_is_refused() {
    // More than ten mappers that leave at once wait, whoever made them.
    let mapper = |number: i32| json!({"name": format!("m{number}"), "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper"});
    let mappers = json!({"protocolMappers": (0..11).map(mapper).collect::<Vec<_>>()});
    let declared = sample::client(&mappers, Value::Null);
    let record = remembered(&declared, &sample::ground(&declared));
    let made = |object: &KeycloakClient, second: i64| {
        let now = jiff::Timestamp::from_second(second).unwrap();
        let mut ground = Ground::begin(object, now).unwrap();
        ground.site = sample::ground(object).site;
        ground.record = record.clone();
        make(&ground, ground.site().unwrap(), Some(&live(&mappers)), Credential::None).unwrap()
    };
    let mut object = sample::client(&json!({"protocolMappers": []}), Value::Null);
    let first = made(&object, 10);
    let hash = first.plan.approval().expect("they wait").to_owned();
    object.metadata.annotations = Some([(annotation::APPROVE.to_owned(), hash)].into());
    let now = Time(jiff::Timestamp::UNIX_EPOCH);
    let stored = keycloak_sync::status::stored_approvals(&first.approvals, &first.plan, None, &now);
    object.status.get_or_insert_default().approvals = stored;
    assert_eq!(made(&object, 20).approval, Approval::Accepted);
    object.status.as_mut().unwrap().approvals = None;
    assert!(matches!(made(&object, 20).approval, Approval::NotAccepted(NotAccepted::OtherSteps { .. })));
}

#[test]
fn what_was_about_to_be_made_in_a_client_that_is_adopted_is_not_taken_for_our_own_work() {
    let object = sample::client(&json!({"clientRoles": ["viewer"]}), Value::Null);
    let role = Identity::below(client::identity("portal"), &CLIENT_ROLE, "viewer");
    let pending = |claim: Claim| {
        let mut ground = sample::ground(&object);
        ground.record = OwnedRecord::default().with_pending([role.clone()]);
        ground.roles = Some(client::Roles::default());
        let (live, made) = (live(&json!({})), Credential::None);
        let made =
            make_with(&ground, ground.site().unwrap(), (Some(&live), ground.roles.as_ref()), &claim, made);
        ground.record_for(made.unwrap().is_adopted).pending().count()
    };
    let adopted = Claim::Adopted { by: keycloak_plan::AdoptedBy::SameNamespace };
    assert_eq!(pending(adopted), 0, "it may have been somebody else's");
    assert_eq!(pending(Claim::Restored), 1);
    assert_eq!(pending(Claim::Ours { proof: Some(keycloak_plan::Proof::Mark), mark_drifted: false }), 1);
}

#[test]
fn a_client_is_taken_down_with_proof_and_left_without() {
    let object = sample::client(&json!({}), Value::Null);
    let with = |claim: Option<Claim>| {
        let mut ground = sample::ground(&object);
        ground.live = Some(live(&json!({})));
        ground.claim = claim;
        teardown(&object, &ground).work
    };
    let proven = Claim::Ours { proof: Some(keycloak_plan::Proof::Mark), mark_drifted: false };
    assert!(matches!(with(Some(proven)), Work::Remove(_)));
    let unproven = Claim::Ours { proof: None, mark_drifted: true };
    assert!(matches!(with(Some(unproven)), Work::Leave(Farewell::NotProven)));
    assert!(matches!(with(None), Work::Leave(Farewell::NotProven)));
}
