use jiff::Timestamp;

use super::{Asserted, Truth};
use crate::class::Reason;

#[test]
fn the_time_of_a_condition_moves_when_it_flips_and_only_then() {
    let (early, late): (Timestamp, Timestamp) =
        ("2026-01-01T00:00:00.5Z".parse().unwrap(), "2026-01-02T00:00:00Z".parse().unwrap());
    let first = Asserted::new("Ready", false, Reason::new("Starting"), "a").onto(&[], 1, early);
    assert_eq!(first.last_transition_time.0.to_string(), "2026-01-01T00:00:00Z", "whole seconds");
    let other_reason = Asserted::new("Ready", false, Reason::new("Waiting"), "b").onto(
        std::slice::from_ref(&first),
        2,
        late,
    );
    assert_eq!(other_reason.last_transition_time, first.last_transition_time);
    assert_eq!((other_reason.reason.as_str(), other_reason.observed_generation), ("Waiting", Some(2)));
    let flipped = Asserted::new("Ready", Truth::Unknown, Reason::new("Waiting"), "b").onto(&[first], 2, late);
    assert_eq!(flipped.last_transition_time.0, late);
}
