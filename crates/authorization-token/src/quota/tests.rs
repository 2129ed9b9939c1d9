use proptest::prelude::*;

use super::*;

const REALM: ConsumerKind = ConsumerKind::KeycloakRealm;
const CLIENT: ConsumerKind = ConsumerKind::KeycloakClient;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn claim(uid: &str, created: i64) -> Claim {
    Claim {
        uid: Uid::new(uid).unwrap(),
        name: ObjectName::new(format!("cr-{uid}")).unwrap(),
        namespace: None,
        realm: None,
        object: None,
        created: at(created),
    }
}

fn row(uid: &str) -> SlotRow {
    claim(uid, 0).row(at(0))
}

fn quota(name: &str, max: Option<u32>, rows: &[SlotRow]) -> Quota {
    Quota { name: ObjectName::new(name).unwrap(), max, rows: rows.to_vec() }
}

fn taken_uids(decision: &SlotDecision) -> Vec<String> {
    let SlotDecision::Take { rows, .. } = decision else { panic!("{decision:?}") };
    rows.iter().map(|row| row.uid.to_string()).collect()
}

#[test]
fn without_a_limit_there_is_nothing_to_take() {
    assert_eq!(decide(REALM, &[], &claim("a", 1), &[], at(9)), SlotDecision::Unlimited);
    let without = [quota("q", None, &[row("b")])];
    assert_eq!(decide(REALM, &without, &claim("a", 1), &[], at(9)), SlotDecision::Unlimited);
}

#[test]
fn a_free_slot_is_taken_behind_the_others() {
    let quotas = [quota("q", Some(2), &[row("b")])];
    let decision = decide(REALM, &quotas, &claim("a", 1), &[], Timestamp::from_millisecond(9_700).unwrap());
    assert_eq!(taken_uids(&decision), ["b", "a"]);
    let SlotDecision::Take { quota, rows } = decision else { unreachable!() };
    assert_eq!((quota.as_str(), rows[1].since), ("q", at(9)));
}

#[test]
fn who_has_a_slot_keeps_it_even_when_the_maximum_was_lowered() {
    let quotas = [quota("q", Some(0), &[row("a"), row("b")])];
    assert_eq!(decide(REALM, &quotas, &claim("a", 1), &[], at(9)), SlotDecision::Held);
}

#[test]
fn a_quota_of_zero_lets_nobody_in() {
    let quotas = [quota("q", Some(0), &[])];
    let SlotDecision::Wait { ahead: 0, message } = decide(REALM, &quotas, &claim("a", 1), &[], at(9)) else {
        panic!()
    };
    insta::assert_snapshot!(message, @"The realm of cr-a waits for room: KeycloakQuota q allows at most 0 (spec.maxRealms), and 0 exist in this namespace. It is the next in line. Delete a realm, or have spec.maxRealms raised.");
}

#[test]
fn the_oldest_comes_first_and_of_the_same_second_the_smaller_uid() {
    let quotas = [quota("q", Some(2), &[row("x")])];
    let waiting = [claim("c", 5), claim("a", 5), claim("b", 7), claim("x", 1)];
    assert_eq!(taken_uids(&decide(REALM, &quotas, &waiting[1], &waiting, at(9))), ["x", "a"]);
    let waits = |claim: &Claim| match decide(REALM, &quotas, claim, &waiting, at(9)) {
        SlotDecision::Wait { ahead, message } => (ahead, message),
        other => panic!("{other:?}"),
    };
    assert_eq!(waits(&waiting[0]).0, 1);
    assert_eq!(waits(&waiting[2]).0, 2);
    insta::assert_snapshot!(waits(&waiting[0]).1, @"The realm of cr-c waits for room: KeycloakQuota q allows at most 2 (spec.maxRealms), and 1 exists in this namespace. One older realm comes first. Delete a realm, or have spec.maxRealms raised.");
    insta::assert_snapshot!(waits(&waiting[2]).1, @"The realm of cr-b waits for room: KeycloakQuota q allows at most 2 (spec.maxRealms), and 1 exists in this namespace. 2 older realms come first. Delete a realm, or have spec.maxRealms raised.");
}

#[test]
fn of_several_quotas_the_least_holds_and_the_rows_of_all_count_once() {
    let quotas = [quota("wide", Some(5), &[row("a"), row("b")]), quota("narrow", Some(3), &[row("b")])];
    let decision = decide(REALM, &quotas, &claim("c", 1), &[], at(9));
    assert!(matches!(&decision, SlotDecision::Take { quota, .. } if quota.as_str() == "narrow"));
    assert_eq!(taken_uids(&decision), ["b", "c"]);
    let full = [quotas[0].clone(), quota("narrow", Some(2), &[row("b")])];
    assert!(matches!(decide(REALM, &full, &claim("c", 1), &[], at(9)), SlotDecision::Wait { .. }));
    assert_eq!(
        decide(REALM, &full, &claim("a", 1), &[], at(9)),
        SlotDecision::Held,
        "its row stands in the other quota"
    );
}

#[test]
fn clients_are_counted_per_realm() {
    let of = |uid: &str, realm: &str| Claim { realm: Some(Uid::new(realm).unwrap()), ..claim(uid, 1) };
    let rows = [SlotRow { realm: Some(Uid::new("r-1").unwrap()), ..row("a") }];
    let quotas = [quota("q", Some(1), &rows)];
    assert_eq!(taken_uids(&decide(CLIENT, &quotas, &of("b", "r-2"), &[of("0", "r-1")], at(9))), ["a", "b"]);
    let SlotDecision::Wait { message, .. } = decide(CLIENT, &quotas, &of("b", "r-1"), &[], at(9)) else {
        panic!()
    };
    insta::assert_snapshot!(message, @"The client of cr-b waits for room: KeycloakQuota q allows at most 1 (spec.maxClientsPerRealm), and 1 exists in this realm. It is the next in line. Delete a client, or have spec.maxClientsPerRealm raised.");
}

#[test]
fn what_exists_without_a_row_is_counted_in_and_never_stopped() {
    let mut quotas = [quota("q", Some(1), &[row("a")]), quota("wide", Some(9), &[row("b")])];
    let existing = [claim("a", 1), claim("b", 1), claim("c", 1), claim("d", 1)];
    assert_eq!(count_in(&mut quotas, &existing, at(9)), Some(ObjectName::new("q").unwrap()));
    let rows: Vec<&str> = quotas[0].rows.iter().map(|row| row.uid.as_str()).collect();
    assert_eq!(rows, ["a", "c", "d"]);
    assert_eq!(decide(REALM, &quotas, &existing[3], &[], at(9)), SlotDecision::Held);
    assert!(matches!(decide(REALM, &quotas, &claim("e", 0), &[], at(9)), SlotDecision::Wait { .. }));
    assert_eq!(count_in(&mut quotas, &existing, at(9)), None, "each of them has one");
    assert_eq!(count_in(&mut [quota("q", None, &[])], &existing, at(9)), None, "nothing is limited");
}

#[test]
fn an_object_that_another_cr_declares_now_takes_one_slot() {
    let named = |uid: &str| Claim { object: Some("platform/keycloak/acme".into()), ..claim(uid, 1) };
    let mut quotas = [quota("q", Some(2), &[named("before").row(at(0)), row("b")])];
    assert!(count_in(&mut quotas, &[named("after")], at(9)).is_some());
    let rows: Vec<&str> = quotas[0].rows.iter().map(|row| row.uid.as_str()).collect();
    assert_eq!(rows, ["b", "after"]);
}

#[test]
fn an_object_that_is_declared_anew_gets_the_slot_of_before_and_waits_behind_nobody() {
    let named = |uid: &str| Claim { object: Some("platform/keycloak/acme".into()), ..claim(uid, 5) };
    let rows = [named("before").row(at(0)), row("b")];
    let quotas = [quota("q", Some(2), &rows)];
    let waiting = [claim("older", 1), named("after")];
    assert_eq!(taken_uids(&decide(REALM, &quotas, &waiting[1], &waiting, at(9))), ["b", "after"]);
    assert!(matches!(decide(REALM, &quotas, &waiting[0], &waiting, at(9)), SlotDecision::Wait { .. }));
    let lowered = [quota("q", Some(1), &rows)];
    assert!(matches!(decide(REALM, &lowered, &waiting[1], &[], at(9)), SlotDecision::Wait { .. }));
}

#[test]
fn a_client_whose_realm_was_made_anew_has_one_row() {
    let of = |realm: &str| Claim { realm: Some(Uid::new(realm).unwrap()), ..claim("a", 1) };
    let quotas = [quota("q", Some(1), &[of("r-1").row(at(0))])];
    assert_eq!(taken_uids(&decide(CLIENT, &quotas, &of("r-2"), &[], at(9))), ["a"]);
}

#[test]
fn a_row_goes_after_teardown_or_when_nothing_is_left_of_its_object() {
    let rows = [row("a"), row("b"), row("c"), row("d")];
    let uids = |rows: Option<Vec<SlotRow>>| {
        rows.map(|rows| rows.iter().map(|row| row.uid.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(uids(free(&rows, &rows[1].uid)), Some(vec!["a".into(), "c".into(), "d".into()]));
    assert_eq!(free(&rows, &Uid::new("z").unwrap()), None);
    let presence = |row: &SlotRow| match row.uid.as_str() {
        "a" => Presence::CustomResource,
        "b" => Presence::KeycloakOnly,
        "c" => Presence::Unknown,
        _ => Presence::Gone,
    };
    assert_eq!(uids(sweep(&rows, presence)), Some(vec!["a".into(), "b".into(), "c".into()]));
    assert_eq!(sweep(&rows[..3], presence), None);
}

#[test]
fn a_row_is_written_as_documented() {
    assert_eq!(
        serde_json::to_value(row("a")).unwrap(),
        serde_json::json!({"uid": "a", "name": "cr-a", "since": "1970-01-01T00:00:00Z"})
    );
}

proptest! {
    /// Any number of claims, asked in any order, with writes that fail when somebody else wrote in between: exactly as many get
    /// a slot as there are, and they are the oldest.
    #[test]
    fn slots_are_exact_and_go_to_the_oldest(
        ages in proptest::collection::vec(0..20_i64, 1..20),
        max in 0..12_u32,
        order in proptest::collection::vec((any::<usize>(), any::<bool>()), 0..200),
    ) {
        let claims: Vec<Claim> = ages.iter().enumerate().map(|(place, age)| claim(&format!("u{place:02}"), *age)).collect();
        let mut quota = quota("q", Some(max), &[]);
        let mut version = 0_u32;
        let mut looked_at = vec![(quota.clone(), version); claims.len()];
        let everybody_twice = (0..claims.len()).cycle().take(2 * claims.len()).map(|place| (place, true));
        for (place, look) in order.into_iter().chain(everybody_twice) {
            let place = place % claims.len();
            if look {
                looked_at[place] = (quota.clone(), version);
            }
            let (seen, seen_version) = &looked_at[place];
            if let SlotDecision::Take { rows, .. } = decide(REALM, std::slice::from_ref(seen), &claims[place], &claims, at(99))
                && *seen_version == version
            {
                quota.rows = rows;
                version += 1;
            }
            prop_assert!(quota.rows.len() <= max as usize);
        }
        let mut sorted = claims.clone();
        sorted.sort_by(|one, other| one.order().cmp(&other.order()));
        let expected: BTreeSet<Uid> = sorted.into_iter().take(max as usize).map(|claim| claim.uid).collect();
        let got: BTreeSet<Uid> = quota.rows.into_iter().map(|row| row.uid).collect();
        prop_assert_eq!(got, expected);
    }
}
