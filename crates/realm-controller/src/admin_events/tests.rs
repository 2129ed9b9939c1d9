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
fn what_we_did_after_others_over_the_same_thing_is_the_end_of_it() {
    let diary = Diary::default();
    let both = [by("console", "REALM", "", "1"), by("ours", "REALM", "", "2")];
    assert!(diary.take(&both, &whose()).is_empty(), "a pass came first");
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
    let seen = locked(&diary.edits).clone();
    diary.take(&[by("second", "REALM", "", "2")], &whose());
    let instance = Arc::new(crate::sample::instance());
    events.follow(&key, Followed { whose: whose(), instance, hint: 0, since: Timestamp::UNIX_EPOCH }, &seen);
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
    let instance = Arc::new(crate::sample::instance());
    events.follow(&key, Followed { whose: whose(), instance, hint: 0, since: Timestamp::UNIX_EPOCH }, &[]);
    assert!(events.followed(&key).is_none());
    assert_eq!(locked(&events.schedule).next(Instant::now() + INTERVAL), schedule::Turn::Never);
}
