//! Answers that are good for a short while.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Above this many entries, those that are too old are dropped at every insertion.
const SWEEP_ABOVE: usize = 256;

/// Answers by question, each for a limited time.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    keep: Duration,
    answers: Mutex<HashMap<K, Answer<V>>>,
}

#[derive(Debug)]
struct Answer<V> {
    value: V,
    at: Instant,
    /// What was known about the thing when it was read; something else known is something else to read.
    hint: u64,
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    pub(crate) fn new(keep: Duration) -> Self {
        Self { keep, answers: Mutex::default() }
    }

    /// The answer, if it is young enough and was given under the same hint.
    pub(crate) fn get(&self, key: &K, hint: u64) -> Option<V> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = answers.get(key)?;
        (answer.at.elapsed() < self.keep && answer.hint == hint).then(|| answer.value.clone())
    }

    pub(crate) fn put(&self, key: K, hint: u64, value: V) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= SWEEP_ABOVE {
            answers.retain(|_, answer| answer.at.elapsed() < self.keep);
        }
        answers.insert(key, Answer { value, at: Instant::now(), hint });
    }

    pub(crate) fn forget(&self, key: &K) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_used_until_it_is_too_old_or_something_else_is_known() {
        let recent = Recent::new(Duration::from_secs(30));
        recent.put("a", 1, "answer");
        tokio::time::advance(Duration::from_secs(29)).await;
        assert_eq!(recent.get(&"a", 1), Some("answer"));
        assert_eq!(recent.get(&"a", 2), None);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(recent.get(&"a", 1), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_too_old_does_not_stay_in_memory() {
        let recent = Recent::new(Duration::from_secs(30));
        for number in 0..SWEEP_ABOVE {
            recent.put(number, 0, ());
        }
        tokio::time::advance(Duration::from_secs(31)).await;
        recent.put(SWEEP_ABOVE, 0, ());
        assert_eq!(recent.answers.lock().unwrap().len(), 1);
    }
}
