//! Consent to be read: which Secret may go into a custom resource (rule `secretConsent`).

use std::{fmt, str::FromStr, sync::Arc, time::Duration};

use k8s_openapi::api::admissionregistration::v1::{
    ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding,
};
use keycloak_crds::labels::annotation::READABLE_BY;
use kube::{Api, Resource};
use serde::de::DeserializeOwned;

use crate::{
    error::ConnectError,
    owner::{Owner, OwnerKind},
    recent::Recent,
    secret::{Expectation, StoredSecret},
};

/// How long it is believed that the policies stand.
const KEEP: Duration = Duration::from_secs(60);

/// Who says that a Secret may be read for an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// The API server did, at admission: the author of the object may `get` what it names. Needs the policies.
    #[default]
    Admission,
    /// The Secret does, by the annotation `keycloak.mdvr.nl/readable-by`.
    Label,
    /// Nobody is asked.
    Off,
}

impl Consent {
    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admission => "admission",
            Self::Label => "label",
            Self::Off => "off",
        }
    }

    /// Whether this Secret may be read for this object. With [`Consent::Admission`] that was decided before.
    fn allows(self, secret: &StoredSecret, reader: &Owner) -> bool {
        match self {
            Self::Admission | Self::Off => true,
            Self::Label => is_readable_by(secret, reader),
        }
    }
}

impl fmt::Display for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is none of the three.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no way of secret consent; write admission, label or off")]
pub struct UnknownConsent(String);

impl FromStr for Consent {
    type Err = UnknownConsent;
    fn from_str(word: &str) -> Result<Self, UnknownConsent> {
        [Self::Admission, Self::Label, Self::Off]
            .into_iter()
            .find(|consent| consent.as_str() == word)
            .ok_or_else(|| UnknownConsent(word.to_owned()))
    }
}

/// Whether the annotation names the reader: a list, by commas, of `Kind`, `Kind/name` or `*`.
pub(crate) fn is_readable_by(secret: &StoredSecret, reader: &Owner) -> bool {
    let Some(readers) = secret.annotation(READABLE_BY) else { return false };
    readers.split(',').map(str::trim).any(|entry| match entry.split_once('/') {
        Some((kind, name)) => kind == reader.kind.as_str() && name == reader.name,
        None => entry == "*" || entry == reader.kind.as_str(),
    })
}

/// Leave to read the Secrets that one object names, from its own namespace. Only [`Policies::leave`] gives it, after it was seen
/// that somebody asks whether the author of the object may read them.
#[derive(Clone, Debug)]
pub struct Leave {
    reader: Owner,
    consent: Consent,
}

impl Leave {
    /// For what is no secret, although it stands in one: certificates of authorities.
    pub(crate) fn for_what_is_public(reader: &Owner) -> Self {
        Self { reader: reader.clone(), consent: Consent::Off }
    }

    /// The object that names Secrets.
    pub fn reader(&self) -> &Owner {
        &self.reader
    }

    /// One key that the object names.
    pub fn expects<'a>(&'a self, name: &'a str, key: &'a str, field: &'a str) -> Expectation<'a> {
        Expectation { namespace: &self.reader.namespace, name, key, field }
    }

    pub(crate) fn covers(&self, secret: &StoredSecret) -> bool {
        self.consent.allows(secret, &self.reader)
    }
}

/// Looks whether the admission policies stand. Clones share what was seen.
#[derive(Clone)]
pub struct Policies {
    kube: kube::Client,
    consent: Consent,
    seen: Arc<Recent<OwnerKind, ()>>,
}

impl Policies {
    /// Nothing was looked at yet.
    pub fn new(kube: kube::Client, consent: Consent) -> Self {
        Self { kube, consent, seen: Arc::new(Recent::new(KEEP)) }
    }

    /// Leave to read what this object names. Where consent is given at admission, policy and binding for objects of its kind must
    /// be there and deny: two GETs, at most once a minute. Without them nobody has asked whether the author may read it.
    ///
    /// # Errors
    /// [`ConnectError::ConsentPolicyMissing`], or what the API server says.
    pub async fn leave(&self, reader: &Owner) -> Result<Leave, ConnectError> {
        match self.consent {
            Consent::Admission => self.stand_for(reader.kind).await?,
            Consent::Label | Consent::Off => {}
        }
        Ok(Leave { reader: reader.clone(), consent: self.consent })
    }

    async fn stand_for(&self, kind: OwnerKind) -> Result<(), ConnectError> {
        if self.seen.get(&kind, 0).is_some() {
            return Ok(());
        }
        let name = format!("secret-consent-{}s.keycloak.mdvr.nl", kind.as_str().to_ascii_lowercase());
        let policy: ValidatingAdmissionPolicy = self.existing(&name).await?;
        let binding: ValidatingAdmissionPolicyBinding = self.existing(&name).await?;
        if let Some(policy) = lacking(&policy, &binding, &name) {
            return Err(ConnectError::ConsentPolicyMissing { policy });
        }
        self.seen.put(kind, 0, ());
        Ok(())
    }

    async fn existing<K>(&self, name: &str) -> Result<K, ConnectError>
    where
        K: Resource<DynamicType = ()> + Clone + DeserializeOwned + fmt::Debug,
    {
        let kind = K::kind(&());
        let found = Api::<K>::all(self.kube.clone()).get_opt(name).await;
        let found = found.map_err(ConnectError::kube(|| format!("reading {kind} {name}")))?;
        found.ok_or_else(|| ConnectError::ConsentPolicyMissing { policy: format!("{kind} {name}") })
    }
}

/// What is not installed as it has to be: a policy that only warns, or that lets everybody through when it cannot be evaluated, asks
/// nobody.
fn lacking(
    policy: &ValidatingAdmissionPolicy,
    binding: &ValidatingAdmissionPolicyBinding,
    name: &str,
) -> Option<String> {
    let on_failure = policy.spec.as_ref().and_then(|spec| spec.failure_policy.as_deref());
    if on_failure == Some("Ignore") {
        return Some(format!("ValidatingAdmissionPolicy {name} with failurePolicy Fail"));
    }
    let denies = binding.spec.as_ref().is_some_and(|spec| {
        let actions = spec.validation_actions.as_deref().unwrap_or_default();
        spec.policy_name.as_deref() == Some(name) && actions.iter().any(|action| action == "Deny")
    });
    (!denies).then(|| {
        format!("ValidatingAdmissionPolicyBinding {name} of that policy with validationActions [Deny]")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fake;

    #[test]
    fn a_secret_names_its_readers_by_kind_or_by_object() {
        let reader = fake::owner(OwnerKind::KeycloakRealm, "acme", "acme");
        let allows = |value: &str| {
            let secret = fake::secret("acme", "mail", &[("password", "x")]);
            Consent::Label.allows(&fake::annotated(secret, READABLE_BY, value), &reader)
        };
        assert!(allows("KeycloakRealm"));
        assert!(allows("Keycloak, KeycloakRealm/acme"));
        assert!(allows("*"));
        assert!(!allows("KeycloakRealm/other"));
        assert!(!allows("Keycloak"));
        assert!(!allows(""));
        assert!(!Consent::Label.allows(&fake::stored(fake::secret("acme", "mail", &[])), &reader));
    }

    #[test]
    fn the_words_are_read_back() {
        for consent in [Consent::Admission, Consent::Label, Consent::Off] {
            assert_eq!(consent.to_string().parse(), Ok(consent));
        }
        assert_eq!(
            "no".parse::<Consent>().unwrap_err().to_string(),
            r#""no" is no way of secret consent; write admission, label or off"#
        );
    }

    #[tokio::test]
    async fn a_policy_that_is_missing_or_lets_through_is_named_and_a_standing_one_is_not_asked_for_again() {
        let api = fake::Api::default();
        let policies = Policies::new(api.client(), Consent::Admission);
        let client = fake::owner(OwnerKind::KeycloakClient, "acme", "portal");
        let error = policies.leave(&client).await.unwrap_err().to_string();
        assert!(
            error.starts_with(
                "ValidatingAdmissionPolicy secret-consent-keycloakclients.keycloak.mdvr.nl is not installed"
            ),
            "{error}"
        );
        let name = "secret-consent-keycloakclients.keycloak.mdvr.nl";
        let installs = |on_failure: &str, action: &str, of: &str| {
            let base = "/apis/admissionregistration.k8s.io/v1";
            for (plural, kind, spec) in [
                (
                    "validatingadmissionpolicies",
                    "ValidatingAdmissionPolicy",
                    json!({"failurePolicy": on_failure}),
                ),
                (
                    "validatingadmissionpolicybindings",
                    "ValidatingAdmissionPolicyBinding",
                    json!({"policyName": of, "validationActions": [action]}),
                ),
            ] {
                let object = json!({
                    "apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "metadata": {"name": name},
                    "spec": spec,
                });
                api.holds(&format!("{base}/{plural}/{name}"), object);
            }
        };
        let mut sentences = Vec::new();
        for (on_failure, action, of) in
            [("Ignore", "Deny", name), ("Fail", "Audit", name), ("Fail", "Deny", "other")]
        {
            installs(on_failure, action, of);
            let sentence = policies.leave(&client).await.unwrap_err().to_string();
            sentences.push(sentence.split(", so").next().unwrap().to_owned());
        }
        insta::assert_snapshot!(sentences.join("\n"), @r"
        ValidatingAdmissionPolicy secret-consent-keycloakclients.keycloak.mdvr.nl with failurePolicy Fail is not installed
        ValidatingAdmissionPolicyBinding secret-consent-keycloakclients.keycloak.mdvr.nl of that policy with validationActions [Deny] is not installed
        ValidatingAdmissionPolicyBinding secret-consent-keycloakclients.keycloak.mdvr.nl of that policy with validationActions [Deny] is not installed
        ");
        installs("Fail", "Deny", name);
        policies.leave(&client).await.unwrap();
        let calls = api.calls().len();
        policies.leave(&client).await.unwrap();
        assert_eq!(api.calls().len(), calls);
    }
}
