//! The one place where the testkit ends a test.

use std::error::Error;
use std::fmt::Display;

/// Fails the running test with a sentence.
#[track_caller]
#[expect(clippy::panic, reason = "a failed expectation of a test is a panic; this crate is for tests only")]
pub(crate) fn fail(sentence: impl Display) -> ! {
    panic!("{sentence}")
}

/// The value, or a failed test that says what could not be done.
pub(crate) trait OrFail<T> {
    /// `self`'s value, or [`fail`] with `what` and the error.
    #[track_caller]
    fn or_fail(self, what: impl Display) -> T;
}

impl<T, E: Display> OrFail<T> for Result<T, E> {
    #[track_caller]
    fn or_fail(self, what: impl Display) -> T {
        match self {
            Ok(value) => value,
            Err(error) => fail(format!("{what}: {error}")),
        }
    }
}

/// An error with its causes in one line: an HTTP client's own words are only "client error".
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
