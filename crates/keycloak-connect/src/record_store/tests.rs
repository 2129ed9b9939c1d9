use keycloak_crds::KeycloakRealm;

use super::*;
use crate::{fake, owner::OwnerKind, record_key};

const OBJECT: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/acme/keycloakrealms/acme";
const MAPS: &str = "/api/v1/namespaces/acme/configmaps";

fn owner() -> Owner {
    fake::owner(OwnerKind::KeycloakRealm, "acme", "acme")
}

fn map() -> String {
    format!("{MAPS}/{}", config_map_name(&owner()))
}

fn record(text: &str) -> RecordText {
    RecordText { text: text.to_owned(), key_id: Some("rk-1".to_owned()) }
}

fn large(letter: &str) -> RecordText {
    record(&letter.repeat(MAX_OWNED_RECORD + 1))
}

/// An API server with the object, whose status says this.
fn with(owned: &Value) -> fake::Api {
    let api = fake::Api::default();
    api.holds(
        OBJECT,
        json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm",
        "metadata": {"namespace": "acme", "name": "acme"}, "status": {"owned": owned}}),
    );
    api
}

fn owned(api: &fake::Api) -> Owned {
    serde_json::from_value(api.object(OBJECT).unwrap()["status"]["owned"].clone()).unwrap()
}

/// Where a key of this id is, in an API server of its own: what it costs to read is counted elsewhere.
fn keys(id: &str) -> RecordKeys {
    let api = fake::Api::default();
    let namespace = "cloakroom-system";
    let content = [(record_key::ID, id), (record_key::KEY, "0123456789abcdef0123456789abcdef")];
    api.holds_secret(&fake::secret(namespace, record_key::SECRET_NAME, &content));
    RecordKeys::new(fake::secrets(&api), namespace)
}

/// One pass: what it reads, and then does; the calls that it made.
async fn pass<T>(
    api: &fake::Api,
    doing: impl AsyncFnOnce(&mut StoredRecord, &mut StatusWriter<'_>) -> T,
) -> (T, Vec<String>) {
    let before = api.calls().len();
    let (kube, told, keys) = (api.client(), StatusWrites::default(), keys("rk-1"));
    let version = api.object(OBJECT).unwrap()["metadata"]["resourceVersion"].as_str().unwrap().to_owned();
    let mut stored = StoredRecord::in_status(&owner(), Some(&owned(api)));
    stored.look(&kube, &keys).await.unwrap();
    let mut version = version;
    let mut writer = StatusWriter {
        kube: &kube,
        keys: &keys,
        told: &told,
        manager: "test",
        resource_version: &mut version,
    };
    let done = doing(&mut stored, &mut writer).await;
    (done, api.calls().split_off(before))
}

async fn keeps(api: &fake::Api, record: &RecordText) -> (Result<Owned, ConnectError>, Vec<String>) {
    pass(api, async |stored, writer| stored.keep::<KeycloakRealm>(writer, record).await).await
}

async fn reads(api: &fake::Api) -> (String, Option<String>) {
    let told = async |stored: &mut StoredRecord, _: &mut StatusWriter<'_>| {
        (stored.text().to_owned(), stored.gone().map(|gone| gone.to_string()))
    };
    pass(api, told).await.0
}

/// The calls with the paths of these tests shortened.
fn short(calls: &[String]) -> String {
    let map = map();
    calls
        .iter()
        .map(|call| call.replace(&map, "map").replace(MAPS, "maps").replace(OBJECT, "object"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[tokio::test]
async fn a_record_that_status_holds_costs_no_call() {
    let api = with(&json!({"record": "before", "keyId": "rk-1"}));
    let (kept, calls) = keeps(&api, &record("after")).await;
    let (text, key_id) = (Some("after".into()), Some("rk-1".into()));
    let expected = Owned { record: text, key_id, ..Owned::default() };
    assert_eq!((kept.unwrap(), calls), (expected, Vec::<String>::new()));
    assert_eq!(reads(&api).await, ("before".to_owned(), None));
}

#[tokio::test]
async fn a_large_record_stands_in_a_config_map_before_status_names_it() {
    let api = with(&json!({"record": "before", "keyId": "rk-1"}));
    let (kept, calls) = keeps(&api, &large("a")).await;
    assert_eq!(short(&calls), "GET map, POST maps, PATCH object/status");
    assert_eq!(owned(&api), kept.unwrap());
    assert_eq!(owned(&api).record, None, "taken away whoever wrote it");
    assert_eq!(reads(&api).await, (large("a").text, None));
    let metadata = api.object(&map()).unwrap()["metadata"].clone();
    let labels = json!({
        "keycloak.mdvr.nl/component": "record", "keycloak.mdvr.nl/managed-by": "keycloak-operator",
        "keycloak.mdvr.nl/owner-uid": "uid-of-acme",
    });
    assert_eq!(metadata["labels"], labels);
    let reference = json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm", "name": "acme", "uid": "uid-of-acme"});
    assert_eq!(metadata["ownerReferences"], json!([reference]));
}

#[tokio::test]
async fn there_it_is_read_once_a_pass_and_written_where_it_changed() {
    let api = with(&json!({}));
    keeps(&api, &large("a")).await.0.unwrap();
    let (kept, calls) = keeps(&api, &large("a")).await;
    assert_eq!((short(&calls), kept.unwrap()), ("GET map".to_owned(), owned(&api)));
    let (_, calls) = keeps(&api, &large("b")).await;
    assert_eq!(short(&calls), "GET map, PATCH map");
    assert_eq!(reads(&api).await.0, large("b").text);
}

#[tokio::test]
async fn what_became_small_moves_back_and_leaves_nothing_behind() {
    let api = with(&json!({}));
    keeps(&api, &large("a")).await.0.unwrap();
    let (kept, calls) = keeps(&api, &record("small")).await;
    assert_eq!(short(&calls), "GET map, PATCH object/status, PATCH map");
    assert_eq!(owned(&api), kept.unwrap());
    assert_eq!(owned(&api).config_map, None);
    assert_eq!(api.object(&map()).unwrap()["data"], Value::Null);
    let (_, calls) = keeps(&api, &record("smaller")).await;
    assert_eq!(calls, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_emptied_counts_for_nothing_and_is_written_over_when_it_is_needed() {
    let api = with(&json!({}));
    keeps(&api, &large("a")).await.0.unwrap();
    api.refuses(&format!("PATCH {}", map()), 403, "Forbidden");
    keeps(&api, &record("small")).await.0.unwrap();
    api.refuses_nothing();
    // The report of the pass writes what status is to say.
    assert_eq!(reads(&api).await, ("small".to_owned(), None));
    assert_eq!(api.object(&map()).unwrap()["data"][KEY], large("a").text.as_str());
    let (_, calls) = keeps(&api, &large("b")).await;
    assert_eq!(short(&calls), "GET map, PATCH map, PATCH object/status");
    assert_eq!(reads(&api).await.0, large("b").text);
}

#[tokio::test]
async fn a_note_stands_there_before_anything_is_done_and_once() {
    let api = with(&json!({"record": "before", "keyId": "rk-1"}));
    let note = async |stored: &mut StoredRecord, writer: &mut StatusWriter<'_>| {
        stored.put::<KeycloakRealm>(writer, &record("noted"), Place::Status).await.unwrap();
        stored.put::<KeycloakRealm>(writer, &record("noted"), Place::Status).await.unwrap();
    };
    assert_eq!(short(&pass(&api, note).await.1), "PATCH object/status");
    assert_eq!(owned(&api).record.as_deref(), Some("noted"));
    // Room is made for what the record will be, before it is that large.
    let room = async |stored: &mut StoredRecord, writer: &mut StatusWriter<'_>| {
        stored.put::<KeycloakRealm>(writer, &record("noted"), Place::ConfigMap).await.unwrap();
        stored.keep::<KeycloakRealm>(writer, &large("a")).await.unwrap();
    };
    let calls = pass(&api, room).await.1;
    assert_eq!(short(&calls), "GET map, POST maps, PATCH object/status, PATCH map");
    assert_eq!(reads(&api).await.0, large("a").text);
}

#[tokio::test]
async fn a_config_map_of_somebody_else_is_left_alone_and_nothing_is_written() {
    for (labels, sentence) in [
        (json!({}), "does not carry our labels"),
        (json!({label::OWNER_UID: "uid-of-acme"}), "does not carry our labels"),
        (
            json!({label::MANAGED_BY: label::MANAGED_BY_VALUE, label::OWNER_UID: "uid-of-another"}),
            "belongs to another object",
        ),
    ] {
        let api = with(&json!({"record": "before", "keyId": "rk-1"}));
        let theirs = json!({"metadata": {"name": config_map_name(&owner()), "labels": labels}, "data": {"record": "theirs"}});
        api.holds(&map(), theirs.clone());
        let (kept, calls) = keeps(&api, &large("a")).await;
        let error = kept.unwrap_err();
        assert!(
            matches!(error, ConnectError::RecordMapNotOwned { whose, .. } if whose == sentence),
            "{error}"
        );
        assert_eq!(short(&calls), "GET map");
        assert_eq!(api.object(&map()).unwrap()["data"], theirs["data"]);
        assert_eq!(owned(&api).record.as_deref(), Some("before"));
    }
}

#[tokio::test]
async fn a_record_that_somebody_took_away_is_lost_with_a_sentence_and_stored_again() {
    let kept = || async {
        let api = with(&json!({}));
        keeps(&api, &large("a")).await.0.unwrap();
        api
    };
    let (deleted, emptied, replaced) = (kept().await, kept().await, kept().await);
    deleted.lacks(&map());
    let mut object = emptied.object(&map()).unwrap();
    object["data"] = json!({"notes": "mine"});
    emptied.holds(&map(), object);
    replaced.holds(&map(), json!({"metadata": {"name": "x"}, "data": {"record": "theirs"}}));
    let mut sentences = Vec::new();
    for api in [&deleted, &emptied, &replaced] {
        let (text, gone) = reads(api).await;
        assert_eq!(text, "");
        sentences.push(gone.unwrap().replace(&config_map_name(&owner()), "acme-owned-1a2b3c4d"));
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, is gone; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, holds none any more; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, does not carry our labels; everything is adopted and nothing is deleted
    ");
    for api in [&deleted, &emptied] {
        keeps(api, &large("b")).await.0.unwrap();
        assert_eq!(reads(api).await, (large("b").text, None));
    }
    assert!(keeps(&replaced, &large("b")).await.0.is_err());
}

#[tokio::test]
async fn an_owner_reference_that_somebody_took_off_is_put_back_beside_others() {
    let api = with(&json!({}));
    keeps(&api, &large("a")).await.0.unwrap();
    let mut object = api.object(&map()).unwrap();
    object["metadata"]["ownerReferences"] =
        json!([{"apiVersion": "v1", "kind": "Secret", "name": "x", "uid": "y"}]);
    api.holds(&map(), object);
    assert_eq!(short(&keeps(&api, &large("a")).await.1), "GET map, PATCH map");
    let references = api.object(&map()).unwrap()["metadata"]["ownerReferences"].clone();
    let uids: Vec<_> = references.as_array().unwrap().iter().map(|reference| &reference["uid"]).collect();
    assert_eq!(uids, ["y", "uid-of-acme"]);
}

#[tokio::test]
async fn two_writers_a_namespace_that_goes_and_a_missing_right_are_told_and_status_stays() {
    let written_meanwhile = with(&json!({}));
    keeps(&written_meanwhile, &large("a")).await.0.unwrap();
    let race = async |stored: &mut StoredRecord, writer: &mut StatusWriter<'_>| {
        written_meanwhile.holds(&map(), written_meanwhile.object(&map()).unwrap());
        stored.keep::<KeycloakRealm>(writer, &large("b")).await.unwrap_err()
    };
    let error = pass(&written_meanwhile, race).await.0;
    assert!(matches!(error, ConnectError::RecordMapChanged { .. }), "{error}");
    assert_eq!(reads(&written_meanwhile).await.0, large("a").text);

    let made_meanwhile = with(&json!({}));
    made_meanwhile.appears_before_next_post(json!({"metadata": {"name": config_map_name(&owner())}}));
    let error = keeps(&made_meanwhile, &large("a")).await.0.unwrap_err();
    assert!(matches!(error, ConnectError::RecordMapChanged { .. }), "{error}");

    let goes = with(&json!({}));
    goes.refuses(&format!("POST {MAPS}"), 403, "NamespaceTerminating");
    let error = keeps(&goes, &large("a")).await.0.unwrap_err();
    assert!(matches!(error, ConnectError::NamespaceTerminating { .. }), "{error}");

    let forbidden = with(&json!({}));
    forbidden.refuses(&format!("POST {MAPS}"), 403, "Forbidden");
    let error = keeps(&forbidden, &large("a")).await.0.unwrap_err().to_string();
    let doing = format!("making ConfigMap acme/{}, which holds the record", config_map_name(&owner()));
    assert!(error.contains(&doing), "{error}");

    for api in [made_meanwhile, goes, forbidden] {
        assert_eq!(owned(&api), Owned::default());
    }
}

#[tokio::test]
async fn a_record_for_which_there_is_no_place_is_refused_before_anything_is_written() {
    let api = with(&json!({"record": "before"}));
    let (kept, calls) = keeps(&api, &record(&"a".repeat(MAX_IN_CONFIG_MAP + 1))).await;
    assert!(matches!(kept, Err(ConnectError::RecordTooLarge { bytes: 1_048_321, most: 1_048_320 })));
    assert_eq!(calls, Vec::<String>::new());
    assert_eq!(record(&"a".repeat(MAX_IN_CONFIG_MAP)).place().unwrap(), Place::ConfigMap);
    assert_eq!(record(&"a".repeat(MAX_OWNED_RECORD)).place().unwrap(), Place::Status);
}

#[test]
fn the_name_is_that_of_one_object_and_a_label() {
    let of = |kind, name: &str, uid: &str| {
        config_map_name(&Owner { kind, namespace: "acme".into(), name: name.into(), uid: uid.into() })
    };
    let long = "a.".repeat(126);
    let names = [
        of(OwnerKind::KeycloakRealm, "acme", "u-1"),
        of(OwnerKind::KeycloakRealm, "acme", "u-2"),
        of(OwnerKind::KeycloakClient, "acme", "u-1"),
        of(OwnerKind::KeycloakRealm, &long, "u-1"),
    ];
    assert!(names.iter().all(|name| name.len() <= 63 && !name.contains('.')), "{names:?}");
    assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len(), "{names:?}");
}

#[tokio::test]
async fn stopped_between_two_writes_the_record_of_before_counts_and_the_next_pass_stores_the_new_one() {
    for (before, after) in [(record("before"), large("a")), (large("a"), record("after"))] {
        let api = with(&json!({}));
        let store = async |stored: &mut StoredRecord, writer: &mut StatusWriter<'_>| {
            let place = before.place().unwrap();
            stored.put::<KeycloakRealm>(writer, &before, place).await.unwrap();
        };
        pass(&api, store).await;
        api.refuses(&format!("PATCH {OBJECT}/status"), 500, "InternalError");
        keeps(&api, &after).await.0.unwrap_err();
        assert_eq!(reads(&api).await, (before.text.clone(), None));
        api.refuses_nothing();
        keeps(&api, &after).await.0.unwrap();
        assert_eq!(reads(&api).await, (after.text, None));
    }
}

/// What the `ConfigMap` holds.
fn held(api: &fake::Api) -> Value {
    api.object(&map()).unwrap()["data"].clone()
}

/// Somebody writes this into the `ConfigMap`.
fn somebody_writes(api: &fake::Api, data: &Value) {
    let mut object = api.object(&map()).unwrap();
    object["data"] = data.clone();
    api.holds(&map(), object);
}

/// As the report of a pass writes it.
fn reports(api: &fake::Api, owned: &Owned) {
    let mut object = api.object(OBJECT).unwrap();
    object["status"]["owned"] = json!(owned);
    api.holds(OBJECT, object);
}

#[tokio::test]
async fn a_record_that_somebody_else_wrote_or_put_back_is_lost_with_a_sentence_and_written_over() {
    let api = with(&json!({}));
    keeps(&api, &large("a")).await.0.unwrap();
    let first = held(&api);
    reports(&api, &keeps(&api, &large("b")).await.0.unwrap());
    let second = held(&api);
    let of_this_text =
        |data: &Value, letter: &str| json!({"record": large(letter).text, "seal": data["seal"]});
    let seal = second["seal"].as_str().unwrap();
    let as_if_later = seal.replacen("2:", "3:", 1);
    let of_another_key = seal.replace(":rk-1", ":rk-2");
    let mut sentences = Vec::new();
    for written in [
        of_this_text(&second, "c"),
        json!({"record": large("b").text, "seal": as_if_later}),
        json!({"record": large("b").text, "seal": "2"}),
        json!({"record": large("b").text, "seal": "two:2:rk-1"}),
        json!({"record": large("b").text, "seal": of_another_key}),
        json!({"record": large("c").text}),
        first.clone(),
    ] {
        somebody_writes(&api, &written);
        let (text, gone) = reads(&api).await;
        assert_eq!(text, "");
        sentences.push(gone.unwrap().replace(&config_map_name(&owner()), "acme-owned-1a2b3c4d"));
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, was changed by somebody else; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, was changed by somebody else; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, was changed by somebody else; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, was changed by somebody else; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, holds one that was sealed with another key than that of Secret cloakroom-record-key: that key was lost, or somebody else changed the record; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, holds one without a seal: somebody else wrote it, or a version of the controllers that made no seals; everything is adopted and nothing is deleted
    ConfigMap acme/acme-owned-1a2b3c4d, where the record of what was applied stood, was put back to an older one by somebody else; everything is adopted and nothing is deleted
    ");
    let (kept, calls) = keeps(&api, &large("b")).await;
    assert_eq!(short(&calls), "GET map, PATCH map", "the same text is sealed anew");
    assert_eq!(kept.unwrap().revision, Some(3));
    assert_eq!(reads(&api).await, (large("b").text, None));
    // Everything as it was, by whoever may write ConfigMaps.
    somebody_writes(&api, &second);
    assert_eq!(reads(&api).await.0, large("b").text, "status knows of no later one yet");
}

#[tokio::test]
async fn a_record_that_was_sealed_before_it_moved_to_status_does_not_count_when_it_moves_back() {
    let api = with(&json!({}));
    for letter in ["a", "b"] {
        reports(&api, &keeps(&api, &large(letter)).await.0.unwrap());
    }
    let old = held(&api);
    reports(&api, &keeps(&api, &record("small")).await.0.unwrap());
    assert_eq!(owned(&api).revision, Some(2));
    reports(&api, &keeps(&api, &large("c")).await.0.unwrap());
    assert_eq!(owned(&api).revision, Some(3));
    somebody_writes(&api, &old);
    assert_eq!(reads(&api).await.0, "");
}

#[tokio::test]
async fn a_text_that_was_written_by_a_pass_that_was_stopped_before_it_reported_counts() {
    let api = with(&json!({}));
    keeps(&api, &large("a")).await.0.unwrap();
    let (kept, calls) = keeps(&api, &large("b")).await;
    assert_eq!(short(&calls), "GET map, PATCH map", "the report of the pass says the revision");
    assert_eq!((owned(&api).revision, kept.unwrap().revision), (Some(1), Some(2)));
    assert_eq!(reads(&api).await, (large("b").text, None));
    let (kept, calls) = keeps(&api, &large("b")).await;
    assert_eq!((short(&calls), kept.unwrap().revision), ("GET map".to_owned(), Some(2)));
}

#[tokio::test]
async fn room_is_made_only_where_something_is_news_or_does_not_fit() {
    let api = with(&json!({"record": "before", "keyId": "rk-1"}));
    let room = async |stored: &mut StoredRecord, writer: &mut StatusWriter<'_>| {
        let (now, small) = (record("noted"), record("after"));
        stored.make_room::<KeycloakRealm>(writer, &now, &small, false).await.unwrap();
        stored.make_room::<KeycloakRealm>(writer, &now, &small, true).await.unwrap();
        stored.make_room::<KeycloakRealm>(writer, &now, &large("a"), false).await.unwrap();
        let most = "a".repeat(MAX_IN_CONFIG_MAP + 1);
        stored.make_room::<KeycloakRealm>(writer, &now, &record(&most), true).await.unwrap_err()
    };
    let (error, calls) = pass(&api, room).await;
    assert!(matches!(error, ConnectError::RecordTooLarge { .. }), "{error}");
    assert_eq!(short(&calls), "PATCH object/status, GET map, POST maps, PATCH object/status");
    assert_eq!(reads(&api).await, ("noted".to_owned(), None));
}

#[tokio::test]
async fn a_seal_is_of_one_object_one_revision_and_one_text() {
    let keys = keys("rk-1");
    let key = keys.get().await.unwrap();
    let of = |kind, uid: &str| Owner { kind, namespace: "acme".into(), name: "acme".into(), uid: uid.into() };
    let mine = of(OwnerKind::KeycloakRealm, "u-1");
    let seal = seal::seal(key, &mine, 7, "text");
    assert_eq!(seal::open(key, &mine, Some(&seal), "text", 0), Ok(7));
    assert_eq!(seal::open(key, &mine, Some(&seal), "text", 7), Ok(7));
    assert!(seal::open(key, &mine, Some(&seal), "text", 8).is_err());
    assert!(seal::open(key, &mine, Some(&seal), "texts", 0).is_err());
    assert!(seal::open(key, &mine, None, "text", 0).is_err());
    for other in [of(OwnerKind::KeycloakRealm, "u-2"), of(OwnerKind::KeycloakClient, "u-1")] {
        assert!(seal::open(key, &other, Some(&seal), "text", 0).is_err(), "{other}");
    }
}
