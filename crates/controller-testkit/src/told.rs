//! What a program tells, down to the finest level of its log, and whether a secret stands in it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use k8s_openapi::api::core::v1::Secret;
use kube::api::ListParams;
use kube::{Api, ResourceExt as _};
use tracing::Dispatch;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::failure::OrFail as _;

/// Keys of Secrets whose values are secret; all others are names and addresses.
const SECRET_KEYS: &[&str] = &["client-secret", "key", "password", "token", "token-previous"];

/// Shorter values stand in ordinary words.
const SHORTEST: usize = 8;

/// Keeps what every crate logs on this thread from now on, at every level: what a test on a runtime of one thread, the usual one,
/// and the controllers in it log. It ends when this is dropped.
pub struct TraceLog {
    written: Written,
    /// While there is one subscriber alone, tracing asks that of whichever thread comes to a place first whether anybody
    /// wants it, and keeps the answer.
    _second: Dispatch,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TraceLog {
    /// Begins.
    #[must_use]
    pub fn begin() -> Self {
        let written = Written::default();
        let sink = written.clone();
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || sink.clone());
        let second = Dispatch::new(tracing_subscriber::registry());
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(lines));
        Self { written, _second: second, _guard: guard }
    }

    /// Everything so far.
    #[must_use]
    pub fn text(&self) -> String {
        let written = self.written.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&written).into_owned()
    }
}

/// The secret values that the Secrets of a namespace hold, each with its place.
///
/// # Panics
/// If they cannot be listed.
pub async fn secrets_of(secrets: &Api<Secret>) -> Vec<(String, Vec<u8>)> {
    let listed = secrets.list(&ListParams::default()).await.or_fail("the Secrets cannot be listed");
    let mut held = Vec::new();
    for secret in listed {
        let name = secret.name_any();
        for (key, value) in secret.data.unwrap_or_default() {
            if SECRET_KEYS.contains(&key.as_str()) {
                held.push((format!("{name}/{key}"), value.0));
            }
        }
    }
    held
}

/// Which secret stands in which place, as text or in base64: names only, the secret is not repeated.
#[must_use]
pub fn told(places: &[(&str, String)], secrets: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut told = Vec::new();
    for (name, value) in secrets.iter().filter(|(_, value)| value.len() >= SHORTEST) {
        let spellings = [String::from_utf8(value.clone()).ok(), Some(STANDARD.encode(value))];
        for (place, text) in places {
            if spellings.iter().flatten().any(|spelling| text.contains(spelling.as_str())) {
                told.push(format!("{name} stands in {place}"));
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_logged_at_the_finest_level_is_kept_until_the_end() {
        let log = TraceLog::begin();
        tracing::trace!(word = "canary-of-a-field", "a line");
        tracing::info_span!("pass", secret = "canary-of-a-span").in_scope(|| tracing::debug!("within"));
        let text = log.text();
        assert!(text.contains("canary-of-a-field") && text.contains("canary-of-a-span"), "{text}");
    }

    #[test]
    fn a_secret_is_found_as_text_and_in_base64_and_never_repeated() {
        let secrets = [
            ("mail/password".to_owned(), b"canary-in-a-secret".to_vec()),
            ("key/key".to_owned(), vec![0xff; 32]),
            ("short/key".to_owned(), b"x".to_vec()),
        ];
        let places = [
            ("the log", "x canary-in-a-secret x".to_owned()),
            ("an Event", format!("data: {}", STANDARD.encode("canary-in-a-secret"))),
            ("status", STANDARD.encode([0xff; 32])),
            ("a URL", "/realms/acme".to_owned()),
        ];
        assert_eq!(
            told(&places, &secrets),
            [
                "mail/password stands in the log",
                "mail/password stands in an Event",
                "key/key stands in status"
            ]
        );
    }
}
