use std::time::Duration;

use super::{Admission, Refusals};
use crate::{
    backoff::Pacing,
    class::{Class, ClassName, Reason},
};

const REFUSED: Reason = Reason::new("LoginRefused");

async fn after(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_retried_for_five_minutes_and_then_stalls() {
    let refusals = Refusals::new(Pacing::default());
    assert_eq!(refusals.refused(&"login", 1, REFUSED), Class::Retry(REFUSED));
    after(299).await;
    assert_eq!(refusals.refused(&"login", 1, REFUSED), Class::Retry(REFUSED));
    after(1).await;
    assert_eq!(refusals.refused(&"login", 1, REFUSED), Class::Stall(REFUSED));
}

#[tokio::test(start_paused = true)]
async fn one_of_many_objects_probes_and_the_others_are_answered_without_a_call() {
    let refusals = Refusals::new(Pacing::default());
    assert_eq!(refusals.admit(&"login", 1, REFUSED), Admission::Go);
    refusals.refused(&"login", 1, REFUSED);
    assert_eq!(refusals.admit(&"login", 1, REFUSED), Admission::NotNow(Class::Retry(REFUSED)));
    after(2).await;
    assert_eq!(refusals.admit(&"login", 1, REFUSED), Admission::Probe);
    assert_eq!(refusals.admit(&"login", 1, REFUSED), Admission::NotNow(Class::Retry(REFUSED)));
    assert_eq!(refusals.admit(&"other", 1, REFUSED), Admission::Go);
}

#[tokio::test(start_paused = true)]
async fn a_changed_secret_and_an_accepted_login_begin_anew() {
    let refusals = Refusals::new(Pacing::default());
    refusals.refused(&"login", 1, REFUSED);
    after(400).await;
    assert_eq!(refusals.admit(&"login", 2, REFUSED), Admission::Go);
    assert_eq!(
        refusals.refused(&"login", 2, REFUSED),
        Class::Retry(REFUSED),
        "the new secret has its own five minutes"
    );
    refusals.accepted(&"login");
    assert_eq!(refusals.admit(&"login", 2, REFUSED), Admission::Go);
}

#[tokio::test(start_paused = true)]
async fn a_stalled_login_is_probed_as_seldom_as_a_stalled_object() {
    let refusals = Refusals::new(Pacing::default());
    refusals.refused(&"login", 1, REFUSED);
    let mut probes = 0;
    for _ in 0..86_400 {
        after(1).await;
        if refusals.admit(&"login", 1, REFUSED) == Admission::Probe {
            refusals.refused(&"login", 1, REFUSED);
            probes += 1;
        }
    }
    assert!((12..25).contains(&probes), "{probes} probes in a day");
}

#[tokio::test(start_paused = true)]
async fn logins_that_are_gone_are_not_remembered_for_ever_and_those_in_use_are() {
    let refusals = Refusals::new(Pacing::default());
    refusals.refused(&0, 1, REFUSED);
    for login in 1..10_000 {
        refusals.refused(&login, 1, REFUSED);
        after(60).await;
        if refusals.admit(&0, 1, REFUSED) == Admission::Probe {
            assert_eq!(refusals.refused(&0, 1, REFUSED).name() == ClassName::Stall, login >= 5);
        }
    }
    // Whoever is asked about within the longest wait (6 h) may still be in use, and the map may double before it is swept.
    let kept = super::locked(&refusals.logins).len();
    assert!(kept <= 2 * 2 * 6 * 60, "{kept} logins are remembered");
}
