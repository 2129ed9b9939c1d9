//! What was applied, where status cannot hold it.

use std::sync::Arc;

use controller_testkit::{Fault, KeycloakServer, eventually, realm, realm_role, unique_name};
use http::{Method, StatusCode};
use k8s_openapi::api::core::v1::ConfigMap;
use keycloak_connect::{Owner, record_store};
use keycloak_crds::{KeycloakRealm, record::Owned};
use keycloak_plan::{Identity, kinds::REALM_ROLE};
use kube::{
    Api, ResourceExt as _,
    api::{DeleteParams, Patch, PatchParams, PostParams},
};
use serde_json::{Value, json};

use super::place::{Place, SOON};

const REALM: &str = "/admin/realms/{realm}";
const MAP: &str = "/api/v1/namespaces/{namespace}/configmaps/{name}";

/// How many attributes [`many`] declares.
const MANY: usize = 1200;

/// Attributes whose names cannot be compressed, since there is no order in them: their record is larger than 256 KiB.
fn many() -> Value {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(
            b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"[(state >> 58) as usize],
        )
    };
    let names = (0..MANY).map(|_| std::iter::once('x').chain((0..240).map(|_| letter())).collect::<String>());
    let attributes: serde_json::Map<String, Value> = names.map(|name| (name, json!("on"))).collect();
    json!({"displayName": "Acme", "attributes": attributes})
}

fn maps(place: &Place) -> Api<ConfigMap> {
    Api::namespaced(place.kube.clone(), &place.namespace)
}

fn map_name(object: &KeycloakRealm) -> String {
    record_store::config_map_name(&Owner::realm(object).unwrap())
}

fn owned(object: &KeycloakRealm) -> Owned {
    object.status.as_ref().and_then(|status| status.owned.clone()).unwrap()
}

/// How many attributes of [`many`] the realm has.
async fn attributes(place: &Place, name: &str) -> usize {
    let attributes = place.console.sees_field(&realm(name), "attributes").await;
    attributes.as_object().unwrap().keys().filter(|key| key.len() == 241).count()
}

#[tokio::test]
async fn a_record_that_status_cannot_hold_stands_in_a_config_map_until_status_can() {
    let mut place = Place::new("record", &KeycloakServer::newest()).await;
    place.has_only_its_rights().await;
    let place = Arc::new(place);
    let name = unique_name("record");
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    assert!(owned(&object).record.is_some());
    assert!(maps(&place).get_opt(&map_name(&object)).await.unwrap().is_none());

    // It grows.
    place.applies("acme", place.spec(&name, &many())).await;
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    assert_eq!(attributes(&place, &name).await, MANY);
    let said = owned(&object);
    assert_eq!((said.record, said.config_map.as_deref()), (None, Some(map_name(&object).as_str())));
    let map = maps(&place).get(&map_name(&object)).await.unwrap();
    assert_eq!(map.owner_references()[0].uid, object.uid().unwrap());
    assert_eq!(map.labels()["keycloak.mdvr.nl/owner-uid"], object.uid().unwrap());
    assert!(map.data.unwrap()["record"].len() > 256 * 1024);

    // At rest it is read, and nothing is written anywhere.
    let (kube, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a pass with nothing changed").writes(0);
    place.kube_proxy.since(&kube).expect("a pass with nothing changed").writes(0).calls(&Method::GET, MAP, 1);

    // What it says counts: drift is seen as such.
    place.console.sets(&realm(&name), "displayName", "Somebody").await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("undoing drift").calls(&Method::PUT, REALM, 1);
    place.event_says("DriftRepaired", "set back: displayName").await;

    // Somebody deletes it: everything is adopted, and it stands there again.
    maps(&place).delete(&map_name(&object), &DeleteParams::default()).await.unwrap();
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a lost record").writes(0);
    place.event_says("DriftDetected", "is gone; everything is adopted and nothing is deleted").await;
    assert!(maps(&place).get(&map_name(&object)).await.unwrap().data.unwrap()["record"].len() > 256 * 1024);

    // It shrinks.
    let process = place.start();
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    assert_eq!(attributes(&place, &name).await, 0, "what left the object is taken away");
    let said = owned(&object);
    assert!(said.record.is_some() && said.config_map.is_none(), "{said:?}");
    assert_eq!(maps(&place).get(&map_name(&object)).await.unwrap().data, None);
    let (kube, _) = place.looks_again("acme").await;
    place.kube_proxy.since(&kube).expect("a pass with nothing changed").writes(0).calls(&Method::GET, MAP, 0);
    place.leave(&[&name]).await;
}

/// What somebody with the cluster's role `edit` can do to a record in a `ConfigMap`.
#[tokio::test]
async fn a_record_that_somebody_else_wrote_or_put_back_counts_for_nothing_and_deletes_nothing() {
    let place = Arc::new(Place::new("record-forged", &KeycloakServer::newest()).await);
    let name = unique_name("record");
    place.applies("acme", place.spec(&name, &many())).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    let map = map_name(&object);
    let writes = async |data: &Value| {
        let patch = Patch::Merge(json!({"data": data}));
        maps(&place).patch(&map, &PatchParams::default(), &patch).await.unwrap();
    };
    let first = json!(maps(&place).get(&map).await.unwrap().data.unwrap());

    // A role that somebody made at the console, and a record that says it is ours: nobody declares it, and nobody holds it.
    place.console.creates(&realm_role(&name, "theirs"), json!({})).await;
    let record = keycloak_plan::decode(first["record"].as_str().unwrap()).or_empty();
    let forged = record.with_created(Identity::new(&REALM_ROLE, "theirs")).encode();
    writes(&json!({"record": forged})).await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a record that somebody else wrote").writes(0);
    assert!(place.console.sees(&realm_role(&name, "theirs")).await.is_some());
    place.event_says("DriftDetected", "was changed by somebody else; everything is adopted").await;

    // What was adopted stands there under a seal of its own, and the one of before counts no more.
    let second = json!(maps(&place).get(&map).await.unwrap().data.unwrap());
    assert_ne!(second["seal"], first["seal"]);
    writes(&first).await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a record that somebody put back").writes(0);
    place.event_says("DriftDetected", "was put back to an older one by somebody else").await;
    let (kube, _) = place.looks_again("acme").await;
    place.kube_proxy.since(&kube).expect("a pass with nothing changed").writes(0).calls(&Method::GET, MAP, 1);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_config_map_of_somebody_else_is_left_alone_and_nothing_is_written_to_keycloak() {
    let place = Arc::new(Place::new("record-other", &KeycloakServer::newest()).await);
    let name = unique_name("record");
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    let theirs = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": map_name(&object)}, "data": {"record": "theirs"},
    });
    let theirs: ConfigMap = serde_json::from_value(theirs).unwrap();
    maps(&place).create(&PostParams::default(), &theirs).await.unwrap();
    let before = place.keycloak.snapshot();
    place.applies("acme", place.spec(&name, &many())).await;
    let message = place.is_not_ready_because("acme", "RecordNotOwned").await;
    let message =
        message.replace(&place.namespace, "here").replace(&map_name(&object), "acme-owned-1a2b3c4d");
    insta::assert_snapshot!(message, @"the record of what was applied to KeycloakRealm here/acme is too large for its status and belongs into ConfigMap here/acme-owned-1a2b3c4d, which exists and does not carry our labels, so nothing is written; remove that ConfigMap");
    assert_eq!(place.keycloak.since(&before).writes(), 0);
    assert_eq!(maps(&place).get(&map_name(&object)).await.unwrap().data, theirs.data);
    assert!(owned(&place.object("acme").await).record.is_some(), "what was applied before is remembered");

    maps(&place).delete(&map_name(&object), &DeleteParams::default()).await.unwrap();
    let object = place.becomes_ready("acme").await;
    assert!(owned(&object).config_map.is_some());
    process.stops().await;
    assert_eq!(attributes(&place, &name).await, MANY);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_that_is_made_with_more_than_status_can_remember_is_remembered_and_deleted_with_its_config_map()
 {
    let place = Arc::new(Place::new("record-made", &KeycloakServer::newest()).await);
    let name = unique_name("record");
    let mut declared = many();
    declared["roles"] = json!({"realmRoles": [{"name": "employee"}]});
    declared["deletionPolicy"] = json!("Delete");
    place.applies("acme", place.spec(&name, &declared)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    let map = maps(&place).get(&map_name(&object)).await.unwrap();
    let record = keycloak_plan::decode(&map.data.unwrap()["record"]).or_empty();
    assert_eq!(record.pending().count(), 0, "nothing is pending any more");
    assert!(record.objects().all(|(_, object)| object.created_by_us()), "it is our own work");
    assert_eq!(record.objects().count(), 2);

    // As where the namespace goes, too, and the right to read it went before the object.
    place.kube_proxy.inject(Fault::status(StatusCode::FORBIDDEN).on(Method::GET, MAP));
    place.deletes("acme").await;
    place.is_gone("acme").await;
    eventually("the realm is gone", SOON, async || {
        if place.console.sees(&realm(&name)).await.is_none() { Ok(()) } else { Err("it is there") }
    })
    .await;
    process.stops().await;
    place.leave(&[]).await;
}
