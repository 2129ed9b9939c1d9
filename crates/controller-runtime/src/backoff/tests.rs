use std::time::Duration;

use super::{Backoff, Pacing};
use crate::class::ClassName;

fn waits(class: ClassName, count: usize) -> Vec<f64> {
    let mut slot = None;
    (0..count).map(|_| Backoff::next(&mut slot, class, &Pacing::default()).as_secs_f64()).collect()
}

#[test]
fn a_retry_waits_from_one_second_by_factor_one_and_a_half_with_up_to_as_much_jitter() {
    let mut least = 1.0_f64;
    for wait in waits(ClassName::Retry, 30) {
        assert!(
            wait >= least - 0.001 && wait <= 2.0 * least + 0.001,
            "{wait} is not within {least} and twice that"
        );
        least = (least * 1.5).min(300.0);
    }
}

#[test]
fn a_wait_doubles_from_two_seconds_to_a_minute() {
    assert_eq!(waits(ClassName::Wait, 8), [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]);
}

#[test]
fn a_stall_is_looked_at_after_5_10_30_60_minutes_and_then_every_six_hours() {
    assert_eq!(waits(ClassName::Stall, 7), [300.0, 600.0, 1_800.0, 3_600.0, 21_600.0, 21_600.0, 21_600.0]);
}

#[test]
fn another_class_begins_anew() {
    let (pacing, mut slot) = (Pacing::default(), None);
    for _ in 0..5 {
        Backoff::next(&mut slot, ClassName::Wait, &pacing);
    }
    assert_eq!(Backoff::next(&mut slot, ClassName::Stall, &pacing), Duration::from_secs(300));
    assert_eq!(Backoff::next(&mut slot, ClassName::Wait, &pacing), Duration::from_secs(2));
}

#[test]
fn resyncs_of_one_object_are_exactly_one_interval_apart_whatever_a_pass_takes() {
    let pacing = Pacing::default();
    for uid in [0, 1, 77, u64::MAX / 3, u64::MAX] {
        let first = pacing.until_resync(uid, Duration::ZERO);
        assert!(first >= pacing.resync / 2 && first < pacing.resync * 3 / 2, "{first:?}");
        let pass = Duration::from_secs(3);
        let second = pacing.until_resync(uid, first + pass);
        assert_eq!(second + pass, pacing.resync);
    }
}

#[test]
fn resyncs_of_objects_that_came_together_are_spread_over_the_interval() {
    let pacing = Pacing::default();
    let mut minutes = [0_u32; 10];
    for number in 0..10_000_u32 {
        let uid = crate::hash_of(&format!("0b5c0a6e-{number}"));
        let wait = pacing.until_resync(uid, Duration::ZERO).saturating_sub(pacing.resync / 2);
        minutes[usize::try_from(wait.as_secs() / 60).unwrap()] += 1;
    }
    assert!(minutes.iter().all(|count| (800..1_200).contains(count)), "{minutes:?}");
}
