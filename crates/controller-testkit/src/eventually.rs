//! Waiting for a result instead of for a time.

use std::fmt::Display;
use std::time::Duration;

use tokio::time::Instant;

use crate::failure::fail;

/// First pause between two looks; it doubles up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(5);
/// Longest pause between two looks.
const LONGEST: Duration = Duration::from_millis(250);

/// Looks until `look` has a value, at most for `within`.
///
/// `what` names what is waited for and begins the message of a failure; the error of `look` says
/// what it saw instead.
///
/// ```no_run
/// # async fn test(read: impl AsyncFn() -> Option<u16>) {
/// use std::time::Duration;
/// controller_testkit::eventually("the answer is 42", Duration::from_secs(10), async || match read().await {
///     Some(42) => Ok(()),
///     other => Err(format!("it is {other:?}")),
/// })
/// .await;
/// # }
/// ```
///
/// # Panics
/// When time is up, with what was seen last.
pub async fn eventually<T, E: Display>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Result<T, E>,
) -> T {
    let started = Instant::now();
    let deadline = started + within;
    let mut pause = FIRST;
    let mut seen: Option<E> = None;
    let mut looks: usize = 0;
    loop {
        // A look that hangs is over with the deadline, too.
        match tokio::time::timeout_at(deadline, look()).await {
            Ok(Ok(value)) => return value,
            Ok(Err(other)) => seen = Some(other),
            Err(_) => {}
        }
        looks += 1;
        if Instant::now() >= deadline {
            let seen = seen
                .map_or_else(|| "nothing: the look itself does not end".to_owned(), |seen| seen.to_string());
            fail(format!("{what}: not within {within:?} ({looks} looks). Seen last: {seen}"));
        }
        tokio::time::sleep_until(deadline.min(Instant::now() + pause)).await;
        pause = (pause * 2).min(LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_returns_the_value_as_soon_as_there_is_one() {
        let mut looks = 0;
        let value = eventually("three looks", Duration::from_secs(10), async || {
            looks += 1;
            if looks == 3 { Ok(looks) } else { Err("too early") }
        })
        .await;
        assert_eq!(value, 3);
    }

    #[tokio::test(start_paused = true)]
    #[should_panic(expected = "the realm is ready: not within 2s (14 looks). Seen last: it is not")]
    async fn it_fails_with_what_it_saw_last() {
        eventually::<(), _>("the realm is ready", Duration::from_secs(2), async || Err("it is not")).await;
    }

    #[tokio::test(start_paused = true)]
    #[should_panic(expected = "the look itself does not end")]
    async fn a_look_that_hangs_is_over_with_the_deadline() {
        eventually::<(), &str>("anything", Duration::from_secs(2), async || std::future::pending().await)
            .await;
    }
}
