use keycloak_plan::OwnedRecord;
use serde_json::json;

use super::{edit::tests::event, *};

fn whose() -> Whose {
    Whose {
        uid: "u".into(),
        realm: "acme".into(),
        ours: BTreeSet::from(["ours".to_owned()]),
        kinds: Kinds::of_record(&OwnedRecord::default()),
    }
}

fn by(client: &str, resource: &str, path: &str, id: &str) -> AdminEventRepresentation {
    let mut event = event(resource, &json!(path), "UPDATE");
    event.id = Some(id.into());
    if let Some(details) = &mut event.auth_details {
        details.client_id = Some(client.into());
    }
    event
}

fn followed() -> Followed {
    let instance = Arc::new(crate::sample::instance());
    Followed { whose: whose(), instance, hint: 0, since: Timestamp::UNIX_EPOCH }
}

/// An event at this time, in milliseconds.
fn at(time: i64) -> AdminEventRepresentation {
    AdminEventRepresentation { time: Some(time), ..by("console", "REALM", "", &time.to_string()) }
}

fn pulled(times: &[i64], complete: bool) -> Pulled {
    Pulled { events: times.iter().copied().map(at).collect(), complete }
}

fn times(events: &[AdminEventRepresentation]) -> Vec<i64> {
    events.iter().filter_map(|event| event.time).collect()
}

/// The clients with which was done what is remembered.
fn clients(diary: &Diary) -> String {
    let edits = locked(&diary.edits);
    let clients: Vec<&str> =
        edits.iter().map(|edit| edit.actor.client_id.as_deref().unwrap_or("nobody")).collect();
    clients.join(" ")
}

#[test]
fn what_we_do_ourselves_and_what_is_not_ours_is_no_news() {
    let diary = Diary::default();
    assert!(
        diary
            .take(&[by("ours", "REALM", "", "1"), by("console", "USER", "users/u", "2")], &whose())
            .is_empty()
    );
    assert!(!diary.take(&[by("console", "REALM", "", "3")], &whose()).is_empty());
    assert_eq!(clients(&diary), "console");
}

#[test]
fn what_we_did_after_others_over_the_same_thing_settles_who_it_was_and_not_what() {
    let diary = Diary::default();
    let both = [by("console", "REALM", "", "1"), by("ours", "REALM", "", "2")];
    assert_eq!(diary.take(&both, &whose()).len(), 1, "what we wrote may have been planned before it");
    assert_eq!(clients(&diary), "console");
    assert!(diary.take(&[by("ours", "REALM", "", "2a")], &whose()).is_empty());
    assert_eq!(clients(&diary), "");
    let others = [by("console", "REALM", "", "3"), by("ours", "GROUP", "default-groups/g", "4")];
    assert!(!diary.take(&others, &whose()).is_empty(), "over something else");
    assert!(diary.take(&[by("ours", "REALM", "", "5")], &whose()).is_empty());
    assert_eq!(clients(&diary), "");
}

#[test]
fn only_so_many_are_remembered_and_the_latest_of_them() {
    let diary = Diary::default();
    let many = (0..150).map(|number| by(&format!("console-{number}"), "REALM", "", &number.to_string()));
    assert!(!diary.take(&many.collect::<Vec<_>>(), &whose()).is_empty());
    let edits = locked(&diary.edits);
    assert_eq!(edits.len(), EDITS);
    assert_eq!(edits[EDITS - 1].actor.client_id.as_deref(), Some("console-149"));
}

#[test]
fn what_a_pass_has_seen_is_over_and_what_came_meanwhile_is_not() {
    let (events, key) = (AdminEvents::new(INTERVAL), Key::namespaced("acme", "acme"));
    let diary = events.diary(&key, "u");
    diary.take(&[by("first", "REALM", "", "1")], &whose());
    let seen = Edits { all: locked(&diary.edits).clone(), new: Vec::new() };
    diary.take(&[by("second", "REALM", "", "2")], &whose());
    events.follow(&key, followed(), &seen);
    assert_eq!(clients(&diary), "second");
    assert!(events.followed(&key).is_some());
    // An object made anew under the same name begins anew.
    assert_eq!(clients(&events.diary(&key, "another")), "");
    assert!(events.followed(&key).is_none());
    events.forget(&key);
    assert_eq!(locked(&events.schedule).next(Instant::now() + 2 * INTERVAL), schedule::Turn::Never);
}

#[test]
fn an_interval_of_zero_follows_nothing() {
    let (events, key) = (AdminEvents::new(Duration::ZERO), Key::namespaced("acme", "acme"));
    events.follow(&key, followed(), &Edits::default());
    assert!(events.followed(&key).is_none());
    assert_eq!(locked(&events.schedule).next(Instant::now() + INTERVAL), schedule::Turn::Never);
}

#[test]
fn of_the_first_reading_only_what_was_done_about_then_counts_and_later_all_that_is_new() {
    let (mut pages, now) = (Pages::default(), Instant::now());
    let since = Timestamp::from_millisecond(1_000_000).unwrap();
    // The server's clock may be a minute behind ours.
    let first = pages.take(pulled(&[100_000, 939_999, 940_000, 945_000], true), since, now, now);
    assert_eq!(times(&first), [940_000, 945_000]);
    let second = pages.take(pulled(&[936_000, 939_999], true), since, now, now);
    assert_eq!(times(&second), [936_000], "what was passed over once is not new later");

    // Nobody is named who did something long before.
    let diary = Diary::default();
    assert_eq!(diary.take(&first, &whose()).len(), 2);
    assert_eq!(locked(&diary.edits).len(), 2);
}

#[test]
fn an_edit_that_a_pass_is_the_first_to_see_wakes_the_realm_at_its_next_turn_and_not_before() {
    let (events, key) = (AdminEvents::new(INTERVAL), Key::namespaced("acme", "acme"));
    let diary = events.diary(&key, "u");
    diary.pages.try_lock().unwrap().is_read = true;
    let edits = diary.take(&[by("console", "REALM", "", "1")], &whose());
    let seen = Edits { all: edits.clone(), new: edits };
    let before = Instant::now();
    events.follow(&key, followed(), &seen);
    let turn = locked(&events.schedule).next(Instant::now());
    assert!(matches!(turn, schedule::Turn::At(at) if at >= before + INTERVAL), "{turn:?}");
    assert_eq!(diary.next(None), Next::Compare, "whether anything could be read or not");
    assert_eq!(diary.next(None), Next::Rest, "once");

    // What was known before the realm was read was compared.
    events.follow(&key, followed(), &Edits { new: Vec::new(), ..seen });
    assert_eq!(diary.next(None), Next::Rest);
}

#[test]
fn a_realm_of_which_much_is_to_be_read_is_read_on_and_woken_once_at_the_end() {
    let diary = Diary::default();
    let read = |news: &[Edit], goes_on: bool| Read::Done { news: news.to_vec(), goes_on };
    let edits = diary.take(&[by("console", "REALM", "", "1")], &whose());
    assert_eq!(diary.next(Some(&read(&edits, true))), Next::ReadOn);
    assert_eq!(diary.next(Some(&read(&edits, true))), Next::ReadOn);
    assert_eq!(diary.next(Some(&read(&[], true))), Next::ReadOn);
    assert_eq!(diary.next(Some(&read(&[], false))), Next::Compare);
    assert_eq!(diary.next(Some(&read(&[], false))), Next::Rest);
    assert_eq!(diary.next(Some(&Read::Refused { told: false })), Next::Rest);
    assert_eq!(diary.next(Some(&read(&edits, false))), Next::Compare);
}

#[test]
fn what_a_pass_did_not_read_to_its_end_is_read_on_at_once() {
    let (events, key) = (AdminEvents::new(INTERVAL), Key::namespaced("acme", "acme"));
    let diary = events.diary(&key, "u");
    let now = Instant::now();
    {
        let mut pages = diary.pages.try_lock().unwrap();
        pages.take(pulled(&[1_000], true), Timestamp::UNIX_EPOCH, now, now);
        pages.take(pulled(&[2_000], false), Timestamp::UNIX_EPOCH, now, now);
    }
    events.follow(&key, followed(), &Edits::default());
    let turn = locked(&events.schedule).next(Instant::now());
    assert!(matches!(turn, schedule::Turn::Read { .. }), "{turn:?}");
    diary.pages.try_lock().unwrap().take(pulled(&[3_000], true), Timestamp::UNIX_EPOCH, now, now);
    events.follow(&key, followed(), &Edits::default());
    let line = line_of(&followed().instance);
    locked(&events.schedule).done(&key, &line, Instant::now());
    let turn = locked(&events.schedule).next(Instant::now());
    assert!(matches!(turn, schedule::Turn::At(_)), "{turn:?}");
}
