use super::{Outcome, Pace, shortened};
use crate::class::{
    Class,
    ClassName::{self, Retry, Stall, Wait},
    Classify, Reason,
};

const WHY: Reason = Reason::new("Why");

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failure(&'static str, ClassName);

impl Classify for Failure {
    fn class(&self) -> Class {
        match self.1 {
            ClassName::Retry => Class::Retry(WHY),
            ClassName::Wait => Class::Wait(WHY),
            ClassName::Stall => Class::Stall(WHY),
        }
    }
}

/// The table of design: class, Ready, Reconciling, Stalled, label. A class that is missing here fails the test below.
const TABLE: [(Option<ClassName>, [&str; 3], &str); 4] = [
    (None, ["True", "False", "False"], "success"),
    (Some(ClassName::Retry), ["False", "True", "False"], "retry"),
    (Some(ClassName::Wait), ["False", "True", "False"], "wait"),
    (Some(ClassName::Stall), ["False", "False", "True"], "stall"),
];

#[test]
fn every_class_has_its_line_in_the_table_and_its_conditions() {
    for class in ClassName::ALL {
        assert!(TABLE.iter().any(|(listed, ..)| *listed == Some(class)), "{class:?} is not in the table");
    }
    for (class, expected, label) in TABLE {
        let outcome = match class {
            None => Outcome::settled(WHY, "text"),
            Some(class) => Outcome::of_error(&Failure("text", class)),
        };
        let conditions = outcome.conditions();
        assert_eq!(
            conditions.each_ref().map(|condition| condition.type_),
            ["Ready", "Reconciling", "Stalled"]
        );
        assert_eq!(conditions.each_ref().map(|condition| condition.truth.as_str()), expected, "{class:?}");
        assert!(conditions.iter().all(|condition| condition.reason == WHY));
        assert_eq!(outcome.label(), label);
        assert_eq!(outcome.is_settled(), class.is_none());
    }
}

#[test]
fn the_gravest_of_several_failures_is_the_headline() {
    let of = |classes: &[ClassName]| {
        let texts = ["first", "second", "third"];
        let failures: Vec<_> = classes.iter().zip(texts).map(|(class, text)| Failure(text, *class)).collect();
        Outcome::of_failures(&failures)
            .map(|outcome| (outcome.class().unwrap().name(), outcome.message().to_owned()))
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[Retry]), Some((Retry, "first".into())));
    assert_eq!(of(&[Retry, Wait]), Some((Wait, "second (and 1 more failure)".into())));
    assert_eq!(of(&[Retry, Stall, Stall]), Some((Stall, "second (and 2 more failures)".into())));
}

#[test]
fn the_next_pass_comes_as_soon_as_for_the_lightest_failure() {
    let pace = |classes: &[ClassName]| {
        let failures: Vec<_> = classes.iter().map(|class| Failure("text", *class)).collect();
        Outcome::of_failures(&failures).and_then(|outcome| outcome.pace())
    };
    assert_eq!(pace(&[Stall, Retry]), Some(Pace::Waits(Retry)));
    assert_eq!(pace(&[Stall, Wait]), Some(Pace::Waits(Wait)));
    assert_eq!(pace(&[Stall, Stall]), Some(Pace::Waits(Stall)));
    assert_eq!(Outcome::settled(WHY, "text").pace(), None);
}

#[test]
fn long_texts_are_cut_between_characters() {
    assert_eq!(shortened("short".into(), 10), "short");
    assert_eq!(shortened("ääääääää".into(), 10), "äää…");
    assert_eq!(Outcome::settled(WHY, "x".repeat(10_000)).message().len(), 2_048);
}
