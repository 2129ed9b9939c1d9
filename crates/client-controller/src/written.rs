//! What was written into a Secret because its object asks for it: remembered in an annotation of the Secret itself, so that it goes
//! when the object no longer asks. What somebody else put there stays.

use std::collections::BTreeSet;

use keycloak_connect::{StoredSecret, secret::WantedSecret};
use keycloak_crds::labels::{PREFIX, annotation};
use serde::{Deserialize, Serialize};

/// Names of what was written, beyond what each Secret of its sort has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Names {
    /// Annotations.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) annotations: BTreeSet<String>,
    /// Keys.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) keys: BTreeSet<String>,
    /// Labels.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) labels: BTreeSet<String>,
    /// The key under which the client's secret stands, where that was renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) secret: Option<String>,
}

impl Names {
    /// Those that a Secret remembers; none where that cannot be read.
    pub(crate) fn of(stored: &StoredSecret) -> Self {
        let text = stored.annotation(annotation::WRITTEN);
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// The annotation; nothing where there is nothing to remember.
    fn text(&self) -> Option<String> {
        if *self == Self::default() { None } else { serde_json::to_string(self).ok() }
    }
}

/// Has the Secret remember what is written now, and lose what was written before and is no longer wanted. `implied`: keys that it
/// may hold although it does not remember them.
pub(crate) fn remember(
    wanted: &mut WantedSecret,
    now: &Names,
    stored: Option<&StoredSecret>,
    implied: &[&str],
) {
    if let Some(text) = now.text() {
        wanted.annotations.insert(annotation::WRITTEN.to_owned(), text);
    }
    let Some(stored) = stored else { return };
    let Names { mut annotations, keys, mut labels, secret: _ } = Names::of(stored);
    for key in keys.into_iter().chain(implied.iter().map(|key| (*key).to_owned())) {
        wanted.data.entry(key).or_insert(None);
    }
    // Ours are not anybody's to take away by editing what is remembered.
    labels.retain(|name| !name.starts_with(PREFIX));
    annotations.retain(|name| !name.starts_with(PREFIX));
    annotations.insert(annotation::WRITTEN.to_owned());
    wanted.former_labels = labels;
    wanted.former_annotations = annotations;
}

#[cfg(test)]
mod tests {
    use keycloak_connect::Owner;
    use keycloak_crds::labels::{Component, label};
    use serde_json::{Value, json};

    use super::*;
    use crate::sample;

    fn wanted() -> WantedSecret {
        let owner = Owner::client(&sample::client(&json!({}), Value::Null)).unwrap();
        WantedSecret::new("acme", "portal-credentials", &owner, Component::ClientCredentials)
            .with("id", "portal")
    }

    fn names(of: [&[&str]; 3]) -> Names {
        let [annotations, keys, labels] = of.map(|of| of.iter().map(|name| (*name).to_owned()).collect());
        Names { annotations, keys, labels, secret: None }
    }

    #[test]
    fn what_was_written_before_goes_and_what_is_written_now_is_remembered() {
        let remembered =
            json!({"keys": ["id", "old"], "labels": ["app", label::OWNER_UID], "annotations": ["team"]});
        let stored = sample::secret("x", &json!({annotation::WRITTEN: remembered.to_string()}));
        let mut wanted = wanted();
        remember(&mut wanted, &names([&[], &["id"], &["tier"]]), Some(&stored), &["client-id"]);
        let gone: Vec<&str> =
            wanted.data.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| key.as_str()).collect();
        assert_eq!(gone, ["client-id", "old"]);
        assert_eq!(wanted.former_labels, ["app".to_owned()].into());
        assert_eq!(wanted.former_annotations, ["team".to_owned(), annotation::WRITTEN.to_owned()].into());
        assert_eq!(wanted.annotations[annotation::WRITTEN], r#"{"keys":["id"],"labels":["tier"]}"#);
    }

    #[test]
    fn a_secret_with_nothing_of_its_own_remembers_nothing() {
        let mut new = wanted();
        remember(&mut new, &Names::default(), None, &["client-id"]);
        assert!(new.annotations.is_empty() && new.data.len() == 1);
        // What cannot be read is nothing.
        let stored = sample::secret("x", &json!({annotation::WRITTEN: "{"}));
        let mut wanted = wanted();
        remember(&mut wanted, &Names::default(), Some(&stored), &[]);
        assert!(wanted.annotations.is_empty() && wanted.former_labels.is_empty());
        assert_eq!(wanted.former_annotations, [annotation::WRITTEN.to_owned()].into());
    }
}
