use std::sync::Mutex;

use serde_json::Value;

use super::waiting::Waiter;
use super::*;
use crate::fake;

const QUOTAS: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/acme/keycloakquotas";

/// What happens between a look and the patch that follows it.
type Meanwhile = Box<dyn FnOnce() + Send>;

/// The realms of namespace `acme`.
#[derive(Default)]
struct Realms {
    existing: Vec<(Key, Claim)>,
    meanwhile: Mutex<Option<Meanwhile>>,
    /// Uids whose object Keycloak holds although no CR has it.
    retained: Vec<&'static str>,
}

impl Consumers for Realms {
    const KIND: ConsumerKind = ConsumerKind::KeycloakRealm;
    const MANAGER: &'static str = "test";

    fn existing(&self, _: &str) -> Vec<(Key, Claim)> {
        if let Some(meanwhile) = self.meanwhile.lock().unwrap().take() {
            meanwhile();
        }
        self.existing.clone()
    }

    fn lives(&self, _: &Key, _: &Uid) -> bool {
        true
    }

    fn uids(&self) -> Option<HashSet<u64>> {
        None
    }

    async fn presence(&self, _: &str, row: &SlotRow) -> Presence {
        if self.retained.contains(&row.uid.as_str()) { Presence::KeycloakOnly } else { Presence::Gone }
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn key(uid: &str) -> Key {
    Key::namespaced("acme", format!("cr-{uid}"))
}

fn claimed(uid: &str, created: i64) -> Claim {
    claim(&key(uid), uid, "acme", None, Some(format!("platform/keycloak/{uid}")), at(created)).unwrap()
}

fn with_quota(max: i32) -> fake::Api {
    let api = fake::Api::default();
    api.holds(
        &format!("{QUOTAS}/small"),
        json!({"metadata": {"namespace": "acme", "name": "small"}, "spec": {"maxRealms": max}}),
    );
    api
}

fn slots(api: &fake::Api, realms: Realms) -> Slots<Realms> {
    Slots::new(api.client(), Store::new(controller_runtime::Attention::default()), realms)
}

fn rows(api: &fake::Api) -> Vec<String> {
    let object = api.object(&format!("{QUOTAS}/small")).unwrap();
    let rows = object["status"]["realms"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row["uid"].as_str().unwrap().to_owned()).collect()
}

async fn takes(slots: &Slots<Realms>, uid: &str, is_there: bool) -> Room {
    let (key, claim) = (key(uid), claimed(uid, 1));
    let wanted = Wanted { is_there, ..wants(&key, claim) };
    slots.take(&wanted).await.unwrap()
}

/// What is not in Keycloak yet.
fn wants(key: &Key, claim: Claim) -> Wanted<'_> {
    Wanted { key, namespace: "acme", claim, is_there: false, is_taken_over: false, now: at(9) }
}

fn short(api: &fake::Api) -> String {
    api.calls().iter().map(|call| call.replace(QUOTAS, "quotas")).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn a_slot_costs_one_list_and_one_patch_and_waiting_for_one_costs_no_patch() {
    let api = with_quota(1);
    let slots = slots(&api, Realms::default());
    assert_eq!(takes(&slots, "a", false).await, Room::Granted);
    assert_eq!(short(&api), "GET quotas, PATCH quotas/small/status");
    let object = api.object(&format!("{QUOTAS}/small")).unwrap();
    assert_eq!(
        object["status"]["realms"],
        json!([{"uid": "a", "name": "cr-a", "object": "platform/keycloak/a", "since": "1970-01-01T00:00:09Z"}])
    );
    let Room::Waits { message } = takes(&slots, "b", false).await else { panic!("there is room") };
    insta::assert_snapshot!(message, @"The realm of cr-b waits for room: KeycloakQuota small allows at most 1 (spec.maxRealms), and 1 exists in this namespace. It is the next in line. Delete a realm, or have spec.maxRealms raised.");
    assert_eq!(short(&api), "GET quotas, PATCH quotas/small/status, GET quotas");
    assert_eq!(takes(&slots, "a", false).await, Room::Granted, "it has one");
    assert_eq!(api.calls().len(), 4, "nothing is to be written");
}

#[tokio::test]
async fn without_a_quota_nothing_is_written_and_nobody_waits() {
    let api = fake::Api::default();
    let slots = slots(&api, Realms::default());
    assert_eq!(takes(&slots, "a", false).await, Room::Granted);
    slots.free("acme", "a", at(9)).await.unwrap();
    assert_eq!(short(&api), "GET quotas, GET quotas");
}

#[tokio::test]
async fn whoever_was_slower_looks_again_and_does_not_take_the_same_slot() {
    let api = with_quota(1);
    let other = api.clone();
    let meanwhile: Meanwhile = Box::new(move || {
        let path = format!("{QUOTAS}/small");
        let mut object = other.object(&path).unwrap();
        object["status"]["realms"] = json!([{"uid": "b", "name": "cr-b", "since": "1970-01-01T00:00:00Z"}]);
        other.holds(&path, object);
    });
    let realms = Realms { meanwhile: Mutex::new(Some(meanwhile)), ..Realms::default() };
    let slots = slots(&api, realms);
    assert!(matches!(takes(&slots, "a", false).await, Room::Waits { .. }));
    assert_eq!(short(&api), "GET quotas, PATCH quotas/small/status, GET quotas");
    assert_eq!(rows(&api), ["b"]);
}

#[tokio::test]
async fn what_exists_is_counted_before_anybody_is_let_in_and_is_never_stopped() {
    let existing = ["a", "b"].map(|uid| (key(uid), claimed(uid, 1))).to_vec();
    let api = with_quota(2);
    let slots = slots(&api, Realms { existing, ..Realms::default() });
    assert!(matches!(takes(&slots, "c", false).await, Room::Waits { .. }), "two exist");
    assert_eq!(takes(&slots, "d", true).await, Room::Granted, "it exists, too");
    assert_eq!(rows(&api), ["a", "b", "d"]);
    assert!(matches!(takes(&slots, "c", false).await, Room::Waits { .. }));
}

#[tokio::test]
async fn of_many_that_stand_without_a_slot_not_each_waits_for_the_others() {
    let existing = ["a", "b", "c"].map(|uid| (key(uid), claimed(uid, 1))).to_vec();
    let api = with_quota(1);
    let slots = slots(&api, Realms { existing, ..Realms::default() });
    assert!(matches!(takes(&slots, "a", false).await, Room::Waits { .. }), "two others stand");
    assert_eq!(rows(&api), ["b", "c"], "they are counted although it waits");
    assert_eq!(takes(&slots, "b", false).await, Room::Granted);
    assert_eq!(takes(&slots, "c", false).await, Room::Granted);
    assert_eq!(rows(&api), ["b", "c", "a"], "it is counted by the others");
    let before = api.calls().len();
    assert_eq!(takes(&slots, "a", false).await, Room::Granted);
    assert_eq!(api.calls().split_off(before), [format!("GET {QUOTAS}")], "they are counted once");
}

#[tokio::test]
async fn what_status_says_of_an_object_gives_it_no_slot() {
    let existing = vec![(key("a"), claimed("a", 1))];
    let api = with_quota(0);
    let slots = slots(&api, Realms { existing, ..Realms::default() });
    assert!(matches!(takes(&slots, "a", false).await, Room::Waits { .. }), "Keycloak does not hold it");
}

#[tokio::test]
async fn what_is_to_be_taken_over_and_waits_is_told_why() {
    let api = with_quota(0);
    let slots = slots(&api, Realms::default());
    let (key, claim) = (key("a"), claimed("a", 1));
    let wanted = Wanted { is_taken_over: true, ..wants(&key, claim) };
    let Room::Waits { message } = slots.take(&wanted).await.unwrap() else { panic!("there is room") };
    insta::assert_snapshot!(message, @"The realm of cr-a waits for room: KeycloakQuota small allows at most 0 (spec.maxRealms), and 0 exist in this namespace. It is the next in line. Delete a realm, or have spec.maxRealms raised. What is taken over needs a slot like what is made anew.");
}

#[tokio::test]
async fn the_oldest_that_wait_come_first_also_where_a_younger_one_asks_first() {
    let api = with_quota(0);
    let slots = slots(&api, Realms::default());
    for (uid, created) in [("c", 3), ("b", 2), ("a", 2)] {
        let (key, claim) = (key(uid), claimed(uid, created));
        assert!(matches!(slots.take(&wants(&key, claim)).await.unwrap(), Room::Waits { .. }));
    }
    let path = format!("{QUOTAS}/small");
    let mut object = api.object(&path).unwrap();
    object["spec"]["maxRealms"] = json!(2);
    api.holds(&path, object);
    let take = async |uid: &str, created: i64| {
        let (key, claim) = (key(uid), claimed(uid, created));
        slots.take(&wants(&key, claim)).await.unwrap()
    };
    let Room::Waits { message } = take("c", 3).await else { panic!("it is not its turn") };
    insta::assert_snapshot!(message, @"The realm of cr-c waits for room: KeycloakQuota small allows at most 2 (spec.maxRealms), and 0 exist in this namespace. 2 older realms come first. Delete a realm, or have spec.maxRealms raised.");
    // One of them wants none any more.
    slots.leave(&key("b"));
    assert_eq!(take("c", 3).await, Room::Granted);
    assert_eq!(take("a", 2).await, Room::Granted);
    assert_eq!(rows(&api), ["c", "a"]);
}

#[tokio::test]
async fn a_slot_is_given_back_once_and_a_lost_right_keeps_nothing_from_going() {
    let api = with_quota(1);
    let slots = slots(&api, Realms::default());
    takes(&slots, "a", false).await;
    slots.free("acme", "a", at(9)).await.unwrap();
    assert_eq!(rows(&api), Vec::<String>::new());
    let before = api.calls().len();
    slots.free("acme", "a", at(9)).await.unwrap();
    assert_eq!(api.calls().split_off(before), [format!("GET {QUOTAS}")]);
    api.refuses("GET", 403, "Forbidden");
    slots.free("acme", "a", at(9)).await.unwrap();
    api.refuses_nothing();
    api.refuses("GET", 500, "InternalError");
    assert!(slots.free("acme", "a", at(9)).await.is_err());
}

#[tokio::test]
async fn rows_whose_object_is_gone_are_freed_and_what_keycloak_still_holds_counts() {
    let api = with_quota(5);
    let slots = slots(&api, Realms { retained: vec!["retained"], ..Realms::default() });
    for uid in ["alive", "gone", "retained"] {
        takes(&slots, uid, false).await;
    }
    let known = HashSet::from([hash_of("alive")]);
    slots.sweep("acme", &known, at(9)).await.unwrap();
    assert_eq!(rows(&api), ["alive", "retained"]);
    let before = api.calls().len();
    slots.sweep("acme", &known, at(9)).await.unwrap();
    assert_eq!(
        api.calls().split_off(before),
        [format!("GET {QUOTAS}")],
        "nothing changed, so nothing is written"
    );
}

#[test]
fn a_queue_is_sorted_by_age_and_then_by_uid() {
    let waiter = |uid: &str, created: i64| Waiter {
        key: key(uid),
        namespace: "acme".into(),
        claim: claimed(uid, created),
    };
    let queues = turns::in_order(vec![waiter("c", 1), waiter("b", 1), waiter("a", 2)]);
    let order: Vec<&str> = queues.values().flatten().map(|(_, claim)| claim.uid.as_str()).collect();
    assert_eq!(order, ["b", "c", "a"]);
}

fn slim(spec: &Value, status: &Value) -> SlimQuota {
    let object = json!({"metadata": {"namespace": "acme", "name": "small"}, "spec": spec, "status": status});
    serde_json::from_value(object).unwrap()
}

#[test]
fn of_a_quota_its_numbers_and_whose_slots_are_taken_is_kept() {
    let (realm, client) = (ConsumerKind::KeycloakRealm, ConsumerKind::KeycloakClient);
    let status = json!({
        "realms": [{"uid": "a", "name": "a"}], "clients": [{"uid": "b", "name": "b", "realm": "a"}], "message": "1 of 5",
    });
    let quota = slim(&json!({"maxRealms": 5}), &status);
    assert_eq!((quota.max(realm), quota.max(client)), (Some(5), None));
    assert!(quota.holds(realm, "a", None) && !quota.holds(realm, "b", None));
    assert!(quota.holds(client, "b", Some("a")) && !quota.holds(client, "b", Some("c")));
    assert_eq!(quota.held(client, Some("a")).count(), 1);
    assert_eq!(quota.held(client, Some("c")).count(), 0);
    let told = json!({"realms": status["realms"], "clients": status["clients"], "message": "one of five"});
    assert_eq!(slim(&json!({"maxRealms": 5}), &told).wake(), quota.wake(), "a message wakes nobody");
    assert_ne!(slim(&json!({"maxRealms": 5}), &json!({"realms": []})).wake(), quota.wake());
}

#[test]
fn what_is_kept_of_a_quota_stands_in_the_contract() {
    use keycloak_crds::{
        contract::{self, Party},
        generate::KINDS,
    };
    let kind = KINDS.iter().find(|kind| kind.name == SlimQuota::KIND).unwrap();
    for field in ["spec.maxRealms", "status.realms"] {
        assert!(contract::names(kind.name, field, Party::Realm), "{field}");
    }
    for field in ["spec.maxClientsPerRealm", "status.clients"] {
        assert!(contract::names(kind.name, field, Party::Client), "{field}");
    }
}
