use keycloak_admin::logins::Credentials;
use serde_json::json;

use super::*;
use crate::{
    fake,
    login::RealmManagerLogin,
    owner::OwnerKind,
    secret::{Takeover, write},
};

const MADE: &str = "2026-01-31T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An instance whose logins rotate as this says.
fn instance(rotation: &serde_json::Value) -> Instance {
    fake::instance(&json!({"loginRotation": rotation}), &json!({}))
}

fn schedule(rotation: &serde_json::Value) -> Schedule {
    Schedule::of(&instance(rotation), &fake::owner(OwnerKind::KeycloakRealm, "acme", "acme"))
}

/// A login whose secret was made at [`MADE`].
fn age(served: Option<&str>, next: Option<&str>) -> Age {
    let (served, next) = (served.map(str::to_owned), next.map(SecretText::from));
    Age { made_at: Some(at(MADE)), is_told: true, served, next }
}

#[test]
fn each_login_has_its_own_time_in_the_last_tenth_of_the_period() {
    let instance = instance(&json!({"rotationPeriod": "100d"}));
    let ages: Vec<i64> = (0..200)
        .map(|number| {
            let owner = fake::owner(OwnerKind::KeycloakRealm, "acme", &format!("realm-{number}"));
            let schedule = Schedule::of(&instance, &owner);
            assert_eq!(schedule, Schedule::of(&instance, &owner), "the same each time");
            let next = schedule.next_at(&age(None, None)).unwrap();
            next.duration_since(at(MADE)).as_hours() / 24
        })
        .collect();
    assert!(ages.iter().all(|days| (90..=100).contains(days)), "{ages:?}");
    for days in 90..100 {
        assert!(ages.contains(&days), "nobody has a turn on day {days}: {ages:?}");
    }
}

#[test]
fn a_login_is_due_when_it_is_begun_asked_for_or_old_and_never_twice_for_the_same_request() {
    let schedule = schedule(&json!({"rotationPeriod": "10h"}));
    let (young, old) = (at("2026-01-31T20:59:00Z"), at("2026-01-31T22:00:00Z"));
    assert_eq!(schedule.due(&age(None, None), None, young), None);
    assert_eq!(schedule.due(&age(None, None), None, old), Some(Why::Aged));
    assert_eq!(schedule.due(&age(None, None), Some("1"), young), Some(Why::Asked));
    assert_eq!(schedule.due(&age(Some("1"), None), Some("1"), young), None);
    assert_eq!(schedule.due(&age(Some("1"), None), Some("2"), young), Some(Why::Asked));
    assert_eq!(schedule.due(&age(Some("1"), None), None, young), None, "the annotation was taken away");
    assert_eq!(schedule.due(&age(Some("1"), Some("next")), Some("2"), old), Some(Why::Begun));
}

#[test]
fn those_whose_time_has_passed_take_turns_within_about_a_day() {
    let instance = instance(&json!({"rotationPeriod": "90d"}));
    let schedules: Vec<Schedule> = (0..200)
        .map(|number| {
            let owner = fake::owner(OwnerKind::KeycloakRealm, "acme", &format!("realm-{number}"));
            Schedule::of(&instance, &owner)
        })
        .collect();
    let told = age(None, None);
    let silent = Age { is_told: false, ..told.clone() };
    let long_ago = at("2026-06-30T00:00:00Z");
    let of_now = |age: &Age, now: Timestamp| {
        schedules.iter().filter(|schedule| schedule.due(age, None, now) == Some(Why::Aged)).count()
    };
    for age in [&told, &silent] {
        let by_hour: Vec<usize> =
            (0..26).map(|hour| of_now(age, long_ago + SignedDuration::from_hours(hour))).collect();
        assert!(by_hour.iter().all(|count| (1..=60).contains(count)), "{by_hour:?}");
        // A pass comes every ten minutes: within a round everybody has had a turn. Where it comes each six hours, within four days.
        for (passes, minutes) in [(156, 10), (16, 360)] {
            let served = schedules.iter().filter(|schedule| {
                let mut passes = (0..passes).map(|pass| long_ago + SignedDuration::from_mins(minutes * pass));
                passes.any(|now| schedule.due(age, None, now).is_some())
            });
            assert_eq!(served.count(), schedules.len(), "each {minutes} minutes");
        }
    }
    assert_eq!(of_now(&told, at("2030-01-01T00:00:00Z")), schedules.len(), "some are too late to wait");
    for schedule in &schedules {
        let own_time = schedule.next_at(&told).unwrap();
        assert_eq!(
            schedule.due(&told, None, own_time),
            Some(Why::Aged),
            "at its own time it waits for nobody"
        );
    }
    // The login of an instance is alone.
    let alone = Schedule::of(&instance, instance.owner());
    assert_eq!(alone.due(&silent, None, long_ago), Some(Why::Aged));
}

#[test]
fn without_a_schedule_only_what_is_asked_for_or_begun_is_due() {
    let schedule = schedule(&json!({"enabled": false, "rotationPeriod": "1h"}));
    let late = at("2030-01-31T12:00:00Z");
    assert_eq!(schedule.next_at(&age(None, None)), None);
    assert_eq!(schedule.due(&age(None, None), None, late), None);
    assert_eq!(schedule.due(&age(None, None), Some("1"), late), Some(Why::Asked));
    assert_eq!(schedule.due(&age(None, Some("next")), None, late), Some(Why::Begun));
}

#[test]
fn a_secret_that_does_not_say_when_it_was_filled_is_as_old_as_it_is() {
    let mut secret = fake::secret("platform", "login", &[("client-secret", "hidden")]);
    let made = serde_json::from_value(json!(MADE)).unwrap();
    secret.metadata.creation_timestamp = Some(made);
    let silent = Age::of(&fake::stored(secret.clone()));
    assert_eq!(silent, Age { is_told: false, ..age(None, None) });
    let garbled = fake::annotated(secret.clone(), annotation::ROTATED_AT, "yesterday");
    assert_eq!(Age::of(&garbled), silent);
    let told = fake::annotated(secret, annotation::ROTATED_AT, "2026-02-28T12:00:00Z");
    assert_eq!(Age::of(&told).made_at, Some(at("2026-02-28T12:00:00Z")));
}

#[test]
fn a_secret_is_fresh_for_a_minute_if_it_says_when_it_was_made() {
    let told = age(None, None);
    let silent = Age { is_told: false, ..told.clone() };
    for (now, is_fresh) in [
        (MADE, true),
        ("2026-01-31T12:01:00Z", true),
        ("2026-01-31T12:01:01Z", false),
        // A clock that is wrong by more makes nothing fresh for ever.
        ("2026-01-31T11:58:59Z", false),
    ] {
        assert_eq!(told.is_fresh(at(now)), is_fresh, "{now}");
        assert!(!silent.is_fresh(at(now)), "{now}");
    }
}

#[test]
fn a_request_is_any_text_up_to_what_status_holds() {
    let asked = |value: &str| super::asked(&[(annotation::ROTATE_LOGIN.to_owned(), value.to_owned())].into());
    assert_eq!(super::asked(&BTreeMap::new()), None);
    assert_eq!(asked(" "), None);
    assert_eq!(asked(" 2026-01-31 "), Some("2026-01-31".to_owned()));
    assert_eq!(asked(&"ö".repeat(300)), Some("ö".repeat(255)));
}

#[tokio::test]
async fn a_secret_holds_what_the_server_accepts_from_the_first_step_to_the_last() {
    let api = fake::Api::default();
    let secrets = fake::secrets(&api);
    let instance = instance(&json!({"rotationPeriod": "30d"}));
    let login = |secret: &str| RealmManagerLogin {
        credentials: Credentials {
            client_id: "cloakroom-1".into(),
            client_uuid: "uuid-1".into(),
            client_secret: secret.into(),
        },
    };
    let schedule = Schedule::of(&instance, instance.owner());
    let new = finished(login("first").wanted(&instance), at(MADE), None);
    let made = write(&secrets, &new, None, Takeover::No).await.unwrap();
    let made = made.secret().unwrap();
    assert_eq!(Age::of(made), age(None, None));
    let told = schedule.status(made);
    assert_eq!((told.last_rotation, told.step, told.served), (Some(Time(at(MADE))), None, None));
    assert!(told.next_rotation.is_some_and(|next| next.0 <= at("2026-03-02T12:00:00Z")));

    let first = begun(login("first").wanted(&instance), &"second".into());
    let begun = write(&secrets, &first, Some(made), Takeover::No).await.unwrap();
    let begun = begun.secret().unwrap();
    assert_eq!(
        (begun.text(key::CLIENT_SECRET), begun.text(key::CLIENT_SECRET_NEXT)),
        (Some("first"), Some("second"))
    );
    assert_eq!(Age::of(begun), age(None, Some("second")));
    assert_eq!(schedule.status(begun).step.as_deref(), Some("SecretWritten"));
    let held = Login::service_account("master", "cloakroom-1", "first".into());
    let both = ["first", "second"].map(|text| Login::service_account("master", "cloakroom-1", text.into()));
    assert_eq!(logins(begun, &held), both);

    let last = finished(login("second").wanted(&instance), at("2026-02-28T12:00:00Z"), Some("1"));
    let done = write(&secrets, &last, Some(begun), Takeover::No).await.unwrap();
    let done = done.secret().unwrap();
    assert_eq!((done.text(key::CLIENT_SECRET), done.text(key::CLIENT_SECRET_NEXT)), (Some("second"), None));
    let made_at = Some(at("2026-02-28T12:00:00Z"));
    let after = Age { made_at, is_told: true, served: Some("1".into()), next: None };
    assert_eq!(Age::of(done), after);
    assert_eq!(schedule.due(&after, Some("1"), at("2026-02-28T12:00:01Z")), None);
}

#[test]
fn a_secret_of_another_account_or_realm_is_not_tried() {
    let found = fake::stored(fake::secret(
        "platform",
        "login",
        &[("client-id", "cloakroom-1"), ("client-secret", "hidden"), ("realm", "acme")],
    ));
    let refused = |realm: &str, account: &str| Login::service_account(realm, account, "before".into());
    assert_eq!(logins(&found, &refused("acme", "cloakroom-1")).len(), 1);
    assert_eq!(logins(&found, &refused("other", "cloakroom-1")), []);
    assert_eq!(logins(&found, &refused("acme", "cloakroom-2")), []);
}
