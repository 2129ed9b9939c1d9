//! Who owns a value: what is enforced, what is free, what is released, what the server overrides.

use serde_json::{Value, json};

use super::{Given, all_steps, changes, client, explain_drift, mark, object, portal, realm};
use crate::kinds::REALM;
use crate::{
    Adoption, FieldPath, Identity, Live, LiveState, OwnedRecord, RecordKey, Server, ServerVersion,
    SourceVersion,
};

fn there(value: Value) -> LiveState {
    LiveState::new().present(portal(), Live::new(with_id(value)))
}

fn with_id(value: Value) -> Value {
    let mut all =
        object(json!({"id": "c-1", "clientId": "portal", "webOrigins": [], "frontchannelLogout": false}));
    all.extend(object(value));
    Value::Object(all)
}

fn realm_there(value: Value) -> LiveState {
    let mut all = object(json!({"id": "r-1", "realm": "acme"}));
    all.extend(object(value));
    LiveState::new().present(Identity::new(&REALM, "acme"), Live::new(Value::Object(all)))
}

/// The record after `desired` was applied and read back as `live`.
fn applied(mut given: Given, live: &LiveState) -> OwnedRecord {
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.live = live.clone();
    let plan = given.plan();
    plan.record_after(&given.record, &all_steps(&plan))
}

fn after(value: Value) -> OwnedRecord {
    applied(Given::new().desired(client(value.clone())).live(there(json!({}))), &there(value))
}

#[test]
fn a_field_outside_the_cr_belongs_to_whoever_set_it() {
    let given = Given::new()
        .desired(client(json!({"name": "Portal"})))
        .record(after(json!({"name": "Portal"})))
        .live(there(json!({"name": "Portal", "description": "by hand", "attributes": {"x": "y"}})));
    assert!(given.plan().is_converged());
}

#[test]
fn the_reason_tells_a_change_of_the_cr_from_a_change_of_the_server() {
    let mut given = Given::new()
        .desired(client(json!({"name": "Portal", "description": "new"})))
        .record(after(json!({"name": "Portal", "description": "old"})))
        .live(there(json!({"name": "by hand", "description": "old"})));
    insta::assert_snapshot!(changes(&given.plan()), @r#"
    description: "old" -> "new" (Desired)
    name: "by hand" -> "Portal" (Drift)
    "#);
    let mut plan = given.plan();
    explain_drift(&mut plan, &portal(), "changed by user \"admin\" in the console");
    assert_eq!(plan.steps[0].changes[0].note, None);
    assert!(plan.steps[0].changes[1].note.is_some());
    given.desired.clear();
}

#[test]
fn a_released_label_is_cleared_and_a_released_address_is_left_and_told() {
    let value = json!({"description": "ours", "baseUrl": "https://portal.example.com"});
    let given = Given::new().desired(client(json!({}))).record(after(value.clone())).live(there(value));
    let plan = given.plan();
    insta::assert_snapshot!(changes(&plan), @r#"description: "ours" -> "" (Released)"#);
    assert_eq!(plan.findings.released[0].what.path, Some(FieldPath::field("baseUrl")));
    let record = plan.record_after(&given.record, &all_steps(&plan));
    assert_eq!(record.object(&portal()).unwrap().paths().count(), 0);
}

#[test]
fn a_released_field_that_somebody_changed_meanwhile_is_theirs() {
    let given = Given::new()
        .desired(client(json!({})))
        .record(after(json!({"description": "ours"})))
        .live(there(json!({"description": "by hand"})));
    let plan = given.plan();
    assert!(plan.is_empty());
    assert_eq!(plan.findings.released.len(), 1);
}

#[test]
fn a_released_attribute_goes_unless_it_protects_something() {
    let value = json!({"attributes": {"acme.owner": "team", "pkce.code.challenge.method": "S256"}});
    let given = Given::new().desired(client(json!({}))).record(after(value.clone())).live(there(value));
    let plan = given.plan();
    insta::assert_snapshot!(changes(&plan), @r#"attributes[acme.owner]: "team" -> (none) (Released)"#);
    assert_eq!(plan.findings.released.len(), 1);
}

#[test]
fn a_released_header_gets_the_servers_default() {
    let value = json!({"browserSecurityHeaders": {"xFrameOptions": "DENY"}});
    let record = applied(
        Given::new().desired(realm(value.clone())).live(realm_there(json!({}))),
        &realm_there(value.clone()),
    );
    let given = Given::new().desired(realm(json!({}))).record(record).live(realm_there(value));
    insta::assert_snapshot!(changes(&given.plan()), @r#"browserSecurityHeaders[xFrameOptions]: "DENY" -> "SAMEORIGIN" (Released)"#);
}

#[test]
fn an_absent_value_list_is_released_and_an_empty_one_clears() {
    let value = json!({"redirectUris": ["https://a/*"]});
    let released = Given::new()
        .desired(client(json!({})))
        .record(after(value.clone()))
        .live(there(value.clone()))
        .plan();
    assert!(released.is_empty());
    assert_eq!(released.findings.released.len(), 1);

    let cleared = Given::new().desired(client(json!({"redirectUris": []}))).live(there(value));
    assert_eq!(super::only_body(&cleared.plan())["redirectUris"], json!([]));
}

#[test]
fn the_order_of_a_set_and_the_form_of_a_text_are_no_difference() {
    let desired = json!({"redirectUris": ["https://b/*", "https://a/*"], "description": "",
        "attributes": {"post.logout.redirect.uris": ["https://b/", "https://a/"], "n": 5, "gone": ""}});
    let live = json!({"redirectUris": ["https://a/*", "https://b/*"],
        "attributes": {"post.logout.redirect.uris": "https://a/##https://b/", "n": "5", "realm_client": "false"}});
    assert!(Given::new().desired(client(desired)).live(there(live)).plan().is_empty());

    let desired = json!({"sslRequired": "EXTERNAL", "passwordPolicy": "length(8) and notEmail and digits(1)", "eventsExpiration": 0,
        "supportedLocales": [], "displayName": ""});
    let live = json!({"sslRequired": "external", "passwordPolicy": "digits(1) and length(8) and notEmail(undefined)"});
    assert!(Given::new().desired(realm(desired)).live(realm_there(live)).plan().is_empty());
}

#[test]
fn null_in_the_cr_is_no_wish() {
    let plan = Given::new()
        .desired(client(json!({"name": null, "attributes": {"a": null}})))
        .live(there(json!({"name": "x"})));
    assert!(plan.plan().is_empty());
}

#[test]
fn a_value_that_the_server_keeps_changing_is_reported_and_left() {
    let mut given =
        Given::new().desired(client(json!({"name": "ours"}))).live(there(json!({"name": "theirs"})));
    for expected in [1, 1, 0, 0] {
        let plan = given.plan();
        assert_eq!(plan.steps.len(), expected);
        given.record = plan.record_after(&given.record, &all_steps(&plan));
    }
    let told = &given.plan().findings.overridden[0].what;
    assert_eq!(told.path, FieldPath::field("name"));
    assert!(!given.plan().is_converged());

    // The CR changes: it is tried again.
    given.desired = vec![client(json!({"name": "ours again"}))];
    assert_eq!(given.plan().steps.len(), 1);

    // So do policies and another server version.
    given.desired = vec![client(json!({"name": "ours"}))];
    given.server.policies = "changed".to_owned();
    assert_eq!(given.plan().steps.len(), 1);
    given.server = Server::version(ServerVersion::new(26, 8, 0));
    assert_eq!(given.plan().steps.len(), 1);

    // The server gives in.
    given.server = Given::new().server;
    given.live = there(json!({"name": "ours"}));
    assert!(given.plan().is_converged());
}

#[test]
fn a_value_whose_release_nobody_could_remember_is_not_overridden_when_it_is_asked_for_again() {
    let mut given = Given::new();
    let mut generation = 0;
    let mut asks = |given: &mut Given, wishes: Value| {
        generation += 1;
        given.desired = vec![client(wishes)];
        given.server.policies = generation.to_string();
    };
    let apply = |given: &mut Given| {
        let plan = given.plan();
        given.record = plan.record_after(&given.record, &all_steps(&plan));
        plan.steps.len()
    };
    asks(&mut given, json!({"name": "x", "description": "ours"}));
    given.record = after(json!({"name": "x", "description": "ours"}));
    // Somebody took it away, and it is set back.
    given.live = there(json!({"name": "x"}));
    assert_eq!(apply(&mut given), 1);
    // It leaves the CR and is taken away; a crash keeps that from being remembered.
    given.live = there(json!({"name": "x", "description": "ours"}));
    asks(&mut given, json!({"name": "x"}));
    assert_eq!(given.plan().steps.len(), 1);
    given.live = there(json!({"name": "x"}));
    asks(&mut given, json!({"name": "x", "description": "ours"}));
    assert_eq!(given.plan().findings.overridden, vec![]);
    assert_eq!(apply(&mut given), 1);
    given.live = there(json!({"name": "x", "description": "ours"}));
    assert!(given.plan().is_converged());
}

#[test]
fn reading_back_what_was_written_over_nothing_changes_no_record() {
    let mut given = Given::new().desired(client(json!({"name": "Portal"}))).live(there(json!({})));
    let plan = given.plan();
    let written = plan.record_after(&given.record, &all_steps(&plan));
    given.record = written.clone();
    given.live = there(json!({"name": "Portal"}));
    assert_eq!(given.plan().record_after(&given.record, &all_steps(&given.plan())), written);
    given.live = there(json!({"name": "by hand"}));
    insta::assert_snapshot!(changes(&given.plan()), @r#"name: "by hand" -> "Portal" (Drift)"#);
}

#[test]
fn what_people_change_right_after_a_write_is_drift_and_not_an_override() {
    let mut given =
        Given::new().desired(client(json!({"name": "ours"}))).record(after(json!({"name": "ours"})));
    given.live = there(json!({"name": "by hand"}));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    // The same hand again, before anybody read our value back; the admin events tell.
    given.live =
        LiveState::new().present(portal(), Live::new(with_id(json!({"name": "by hand"}))).edited_by_others());
    assert_eq!(given.plan().steps.len(), 1);
    // It is the same whether that is told before the object is added or after.
    given.live = there(json!({"name": "by hand"})).edited_by_others([portal()]);
    assert_eq!(given.plan().steps.len(), 1);
    given.live = LiveState::new()
        .edited_by_others([portal()])
        .present(portal(), Live::new(with_id(json!({"name": "by hand"}))));
    assert_eq!(given.plan().steps.len(), 1);
    given.live = there(json!({"name": "by hand"}));
    assert!(given.plan().is_empty());
}

#[test]
fn a_masked_secret_is_written_when_its_hash_changes_and_only_then() {
    let smtp = |password: &str| realm(json!({"smtpServer": {"password": password}}));
    let live = realm_there(json!({"smtpServer": {"password": "**********"}}));
    let mut given = Given::new().desired(smtp("one")).live(live);
    let adoption = given.plan();
    assert_eq!(adoption.steps.len(), 1, "adoption writes each masked secret once");
    given.record = adoption.record_after(&given.record, &all_steps(&adoption));
    assert_eq!(given.record.key_id(), Some("rk-1"));
    assert!(given.plan().is_converged());

    given.desired = vec![smtp("two")];
    assert_eq!(given.plan().steps.len(), 1);

    given.desired = vec![smtp("one")];
    given.key = Some(RecordKey::new("rk-2", b"another key"));
    assert_eq!(given.plan().steps.len(), 1, "with a lost key it is written once more");

    given.key = None;
    let plan = given.plan();
    assert!(plan.is_empty() && !plan.is_converged());
    assert_eq!(plan.findings.unknown[0].what.path.to_string(), "smtpServer[password]");
}

#[test]
fn a_secret_that_can_be_read_is_compared_without_any_key() {
    let mut given =
        Given::new().desired(client(json!({"secret": "one"}))).live(there(json!({"secret": "one"})));
    given.key = None;
    assert!(given.plan().is_converged());
    given.live = there(json!({"secret": "two"}));
    insta::assert_snapshot!(changes(&given.plan()), @"secret: (secret) -> (secret) (Desired)");
}

#[test]
fn the_mask_is_refused_as_a_secret() {
    let plan = Given::new()
        .desired(client(json!({"secret": "**********"})))
        .live(there(json!({"secret": "one"})))
        .plan();
    assert!(plan.is_empty());
    insta::assert_snapshot!(plan.findings.refused[0].what.refusal, @"secret: this is how Keycloak hides a secret, not the secret; write the secret itself");
}

#[test]
fn a_field_with_an_empty_name_is_refused_wherever_it_stands_and_the_record_can_be_read_again() {
    let wishes = json!({"": 1, "name": "Portal", "protocolMappers": [{"name": "a", "": 2}]});
    for live in [LiveState::new(), there(json!({})), there(json!({"": 3}))] {
        let given = Given::new().desired(client(wishes.clone())).live(live);
        let plan = given.plan();
        assert_eq!(plan.steps.len(), 1);
        let record = plan.record_after(&given.record, &all_steps(&plan));
        assert_eq!(crate::decode(&record.encode()), crate::Decoded::Record(record));
        let refused: Vec<_> =
            plan.findings.refused.iter().map(|refused| refused.what.refusal.to_string()).collect();
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused.join("\n"), @r"
            client: a key is empty and names no field; write the name of a field of Keycloak's ClientRepresentation there, or take the key out
            protocolMappers[a]: a key is empty and names no field; write the name of a field of Keycloak's ProtocolMapperRepresentation there, or take the key out
            ");
        }
    }
}

#[test]
fn adoption_of_an_equal_object_writes_the_mark_and_nothing_else() {
    let given = Given::new()
        .desired(client(json!({"name": "Portal"})).marked(mark()))
        .live(there(json!({"name": "Portal"})));
    let plan = given.plan();
    assert_eq!(plan.adoption, Some(Adoption::Absent));
    assert!(plan.steps[0].is_only_mark());
    let body = super::only_body(&plan);
    assert_eq!(
        object(body.clone()).keys().collect::<Vec<_>>(),
        ["attributes", "frontchannelLogout", "webOrigins"]
    );
    assert_eq!(object(body["attributes"].clone()).len(), 5);
}

#[test]
fn a_field_with_the_seeds_default_is_not_owned_until_it_changes() {
    let path = FieldPath::field("directAccessGrantsEnabled");
    let live = there(json!({"directAccessGrantsEnabled": false}));
    let mut given = Given::new()
        .desired(client(json!({"directAccessGrantsEnabled": true})).seed_default(path.clone()))
        .live(live);
    let plan = given.plan();
    assert!(plan.is_converged());
    assert_eq!(plan.findings.seed_defaults[0].what.path, path);
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    assert_eq!(given.record.object(&portal()).unwrap().seed_defaults().collect::<Vec<_>>(), [&path]);

    // Later the takeover is over and nobody tells any more: the record remembers.
    given.desired = vec![client(json!({"directAccessGrantsEnabled": true}))];
    assert!(given.plan().is_converged());
    given.desired = vec![client(json!({"directAccessGrantsEnabled": false}))];
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    assert_eq!(given.record.object(&portal()).unwrap().paths().collect::<Vec<_>>(), [&path]);
}

#[test]
fn a_step_that_failed_keeps_what_was_remembered() {
    let value = json!({"description": "ours"});
    let given = Given::new().desired(client(json!({}))).record(after(value.clone())).live(there(value));
    let record = given.plan().record_after(&given.record, &std::collections::BTreeSet::new());
    assert_eq!(record, given.record);
}

#[test]
fn versions_of_secrets_stay_in_the_record() {
    let version = SourceVersion { uid: "u".to_owned(), resource_version: "7".to_owned() };
    let record = OwnedRecord::default().with_sources([("acme/smtp".to_owned(), version.clone())].into());
    assert_eq!(crate::decode(&record.encode()).or_empty().source("acme/smtp"), Some(&version));
}

#[test]
fn refused_paths_of_a_cr_are_told_and_their_memory_is_kept() {
    let wishes = json!({
        "access": {}, "attributes": {"kubernetes.operator.uid": "me", "realm_client": "true"},
        "defaultClientScopes": ["x"], "redirectUris": "https://a", "webOrigins": {}, "enabled": [true],
        "protocolMappers": [{"protocolMapper": "x"}, {"name": "a"}, {"name": "a"}, 5]
    });
    let plan = Given::new().desired(client(wishes)).live(there(json!({}))).plan();
    let refused: Vec<_> =
        plan.findings.refused.iter().map(|refused| refused.what.refusal.to_string()).collect();
    insta::assert_snapshot!(refused.join("\n"), @r"
    access: Keycloak keeps this value itself; leave it out
    attributes[kubernetes.operator.uid]: this key carries the owner's mark; choose another key
    attributes[realm_client]: Keycloak keeps this value itself; leave it out
    defaultClientScopes: these are objects or links of their own; declare them in spec.defaultClientScopes
    enabled: expected one value
    protocolMappers: an entry has no name; give each one a name
    protocolMappers[a]: there are two entries with this name; keep one
    protocolMappers: expected a list of objects
    redirectUris: expected a list
    webOrigins: expected a list
    ");

    let value = json!({"attributes": {"clientSessionIdleTimeout": "5", "_browser_header.x": "y", "realmReusableOtpCode": "true"}});
    let plan = Given::new().desired(realm(value)).live(realm_there(json!({}))).plan();
    let refused: Vec<_> =
        plan.findings.refused.iter().map(|refused| refused.what.refusal.to_string()).collect();
    insta::assert_snapshot!(refused.join("\n"), @r"
    attributes[_browser_header.x]: this key repeats a field of the object; write spec.browserSecurityHeaders instead
    attributes[clientSessionIdleTimeout]: this key repeats a field of the object; write spec.tokenSettings.clientSessionIdleTimeout instead
    attributes[realmReusableOtpCode]: this key repeats a field of the object; write spec.otpPolicy.codeReusable instead
    ");
}
