//! What a spec asks of message texts, and what a live realm has of them.

use keycloak_plan::{Approvals, OwnedRecord, Plan};

use super::*;
use crate::realm::parts;

fn spec(texts: &Value) -> KeycloakRealmSpec {
    let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}, "localization": {"texts": texts}});
    serde_json::from_value(spec).unwrap()
}

fn refusals(texts: &Value) -> String {
    let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
    desired(&spec(texts), &mut wanted, &mut refused);
    refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn realm(texts: &Value) -> RealmRepresentation {
    let realm = json!({"id": "1", "realm": "acme", "localizationTexts": texts});
    serde_json::from_value(realm).unwrap()
}

/// The plan of a realm that has these texts, and the record after it.
fn plan(asked: &Value, live: &Value, record: &OwnedRecord) -> (Plan, OwnedRecord) {
    let spec = spec(asked);
    let (wanted, whole) = (parts::wanted(&spec), realm(live));
    let settings = RealmRepresentation { localization_texts: None, ..whole.clone() };
    let state = parts::look_at(&wanted, record, &settings, &whole, observe);
    parts::planned(&spec, &settings, &state, record, &Approvals::default())
}

/// What the only step sets and takes away.
fn written(plan: &Plan) -> (Texts, Vec<String>) {
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert_eq!(step.action, Action::Update);
    changed(step)
}

fn set(key: &str, text: &str) -> Texts {
    Texts::from([(key.to_owned(), Some(text.to_owned()))])
}

#[test]
fn every_text_is_owned_by_itself() {
    let theirs = json!({"de": {"theirs": "bleibt", "logout": "Weg"}});
    let asked = json!({"de": {"login": "Hinein"}});
    let (first, record) = plan(&asked, &theirs, &OwnedRecord::default());
    assert_eq!(written(&first), (set("login", "Hinein"), vec![]));

    let now = json!({"de": {"theirs": "bleibt", "logout": "Weg", "login": "Hinein"}});
    let (again, record) = plan(&asked, &now, &record);
    assert!(again.is_converged(), "{:?} {:?}", again.steps, again.findings);

    let by_hand = json!({"de": {"theirs": "anders", "logout": "Weg", "login": "von Hand"}});
    let (repaired, record) = plan(&asked, &by_hand, &record);
    assert_eq!(written(&repaired), (set("login", "Hinein"), vec![]));

    let (released, _) = plan(&json!({"de": {"logout": "Weg"}}), &now, &record);
    assert_eq!(written(&released), (Texts::new(), vec!["login".to_owned()]));
}

#[test]
fn a_language_that_leaves_takes_its_texts_along_and_is_forgotten() {
    let asked = json!({"de": {"login": "Hinein"}});
    let (_, record) = plan(&asked, &json!({}), &OwnedRecord::default());
    let now = json!({"de": {"theirs": "bleibt", "login": "Hinein"}});
    let (_, record) = plan(&asked, &now, &record);
    let (left, record) = plan(&json!({}), &now, &record);
    assert_eq!(written(&left), (Texts::new(), vec!["login".to_owned()]));
    let (_, record) = plan(&json!({}), &json!({"de": {"theirs": "bleibt"}}), &record);
    assert_eq!(record.objects().count(), 0, "{record:?}");
}

#[test]
fn a_text_that_somebody_else_changed_meanwhile_is_left_when_its_line_goes() {
    let (_, record) = plan(&json!({"de": {"login": "Hinein"}}), &json!({}), &OwnedRecord::default());
    let (left, _) = plan(&json!({}), &json!({"de": {"login": "von Hand"}}), &record);
    assert!(left.steps.is_empty(), "{:?}", left.steps);
}

#[test]
fn an_empty_text_takes_the_themes_text_away_and_is_not_the_same_as_none() {
    let (plan, _) = plan(&json!({"de": {"login": ""}}), &json!({}), &OwnedRecord::default());
    assert_eq!(written(&plan), (set("login", ""), vec![]));
}

#[test]
fn texts_that_cannot_be_are_told_with_what_to_write_instead() {
    let told = refusals(&json!({
        "de/AT": {"login": "Hinein"},
        "en": {"..": "x", "": "y", "a\nb": "z", "nul": "a\u{0}b", "a.b/c": "fine"},
        "pt-BR": {"login": "Entrar"},
        "empty": {},
    }));
    insta::assert_snapshot!(told, @r#"
    spec.localization.texts["de/AT"]: this is no language; write its tag, for example en, de or pt-BR
    spec.localization.texts[en][""]: Keycloak could never take a text with this key away again; write the key of a message, for example loginAccountTitle
    spec.localization.texts[en][".."]: Keycloak could never take a text with this key away again; write the key of a message, for example loginAccountTitle
    spec.localization.texts[en]["a\nb"]: Keycloak could never take a text with this key away again; write the key of a message, for example loginAccountTitle
    spec.localization.texts[en][nul]: the text holds a NUL character; take it out
    "#);
}

#[test]
fn a_mebibyte_of_texts_is_refused() {
    let told = refusals(&json!({"en": {"terms": "x".repeat(1024 * 1024)}}));
    insta::assert_snapshot!(told, @"spec.localization.texts: all keys and texts together have 1048581 bytes, and at most 524288 are carried; put the texts of whole languages into a theme (spec.themes), and write here what differs from it");
    assert_eq!(refusals(&json!({"en": {"terms": "x".repeat(MOST - 5)}})), "");
}

#[test]
fn texts_are_exported_as_they_are_asked_for_unless_a_spec_cannot_hold_them() {
    let mut spec = spec(&json!(null));
    let live = realm(&json!({"en": {"login": "Enter", "none": null}, "de": {}}));
    assert_eq!(export(&live, &mut spec), ["spec.localization.texts"]);
    assert_eq!(json!(spec.localization), json!({"texts": {"en": {"login": "Enter"}}}));
    let mut spec = self::spec(&json!(null));
    let live = realm(&json!({"en": {"terms": "x".repeat(1024 * 1024)}}));
    assert_eq!(export(&live, &mut spec), [""; 0]);
    assert_eq!(spec.localization.and_then(|localization| localization.texts), None);
}
