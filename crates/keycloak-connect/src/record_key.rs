//! The key of the hashes of values that come from Secrets: Secret `cloakroom-record-key` in the controllers' namespace.
//!
//! Whichever controller needs it first makes it; it is never rotated. Lost, each secret value is written to Keycloak once more,
//! and the records that it sealed, those that are too large for status, are lost.

use std::{collections::BTreeMap, fmt, sync::Arc};

use hmac::{Hmac, KeyInit as _, Mac as _};
use k8s_openapi::{ByteString, api::core::v1::Secret, apimachinery::pkg::apis::meta::v1::ObjectMeta};
use keycloak_crds::labels::label;
use kube::{Api, api::PostParams};
use sha2::Sha256;
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

use crate::{
    MANAGER,
    error::ConnectError,
    secret::{Secrets, StoredSecret},
    secret_name::short_hash,
};

/// Name of the Secret.
pub const SECRET_NAME: &str = "cloakroom-record-key";
/// Key that holds the key: 32 bytes.
pub const KEY: &str = "key";
/// Key that holds its id.
pub const ID: &str = "id";

const LENGTH: usize = 32;

/// Where a controller has the key: read, or made, when it is first needed, and kept for the life of the process. Clones share it.
#[derive(Clone, Debug)]
pub struct RecordKeys {
    secrets: Secrets,
    home: String,
    key: Arc<OnceCell<RecordKey>>,
}

impl RecordKeys {
    /// `home`: the namespace of the controllers.
    pub fn new(secrets: Secrets, home: impl Into<String>) -> Self {
        Self { secrets, home: home.into(), key: Arc::default() }
    }

    /// The key.
    ///
    /// # Errors
    /// `RecordKeyDamaged` when the Secret is there and holds no key, or what the API server says.
    pub async fn get(&self) -> Result<&RecordKey, ConnectError> {
        self.key.get_or_try_init(|| RecordKey::read_or_create(&self.secrets, &self.home)).await
    }
}

/// The key with its id. `Debug` shows the id.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordKey {
    id: String,
    bytes: Zeroizing<[u8; LENGTH]>,
}

impl RecordKey {
    /// Reads the key, or makes it: one GET, and one POST the first time in a cluster.
    ///
    /// # Errors
    /// `RecordKeyDamaged` when the Secret is there and holds no key, or what the API server says.
    async fn read_or_create(secrets: &Secrets, namespace: &str) -> Result<Self, ConnectError> {
        if let Some(found) = secrets.ours(namespace, SECRET_NAME).await? {
            return Self::of(namespace, &found);
        }
        let key = Self::random();
        let api: Api<Secret> = Api::namespaced(secrets.kube().clone(), namespace);
        let parameters = PostParams { field_manager: Some(MANAGER.to_owned()), ..PostParams::default() };
        match api.create(&parameters, &key.as_secret(namespace)).await {
            Ok(_) => Ok(key),
            // Another controller was faster: its key is the one.
            Err(kube::Error::Api(status)) if status.is_already_exists() => {
                let found = secrets.ours(namespace, SECRET_NAME).await?;
                let found = found.ok_or_else(|| ConnectError::SecretChanged {
                    namespace: namespace.to_owned(),
                    name: SECRET_NAME.to_owned(),
                })?;
                Self::of(namespace, &found)
            }
            Err(source) => {
                let doing = format!("creating Secret {namespace}/{SECRET_NAME}");
                Err(ConnectError::Kube { doing, source })
            }
        }
    }

    /// Its id, as it stands in records.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key itself, for the keyed hash and nothing else.
    pub fn expose(&self) -> &[u8; LENGTH] {
        &self.bytes
    }

    /// A keyed digest (HMAC with SHA-256) of values that come from Secrets, as 32 hexadecimal digits: equal values are
    /// recognised, and nobody without the key can try out passwords on it. `purpose` keeps digests of different uses apart.
    pub fn digest<'v>(&self, purpose: &str, values: impl IntoIterator<Item = &'v [u8]>) -> String {
        // HMAC takes keys of every length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.bytes.as_slice()) else {
            return String::new();
        };
        let mut absorb = |part: &[u8]| {
            // With its length before it, no two lists of values look the same.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        };
        absorb(purpose.as_bytes());
        values.into_iter().for_each(absorb);
        let digest = mac.finalize().into_bytes();
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    fn random() -> Self {
        let bytes: Zeroizing<[u8; LENGTH]> = Zeroizing::new(rand::random());
        // By chance, not by the key: the id is public.
        let seed: u64 = rand::random();
        let id = format!("rk-{}", short_hash("keycloak.mdvr.nl/record-key-id/v1", &[&seed.to_string()], 8));
        Self { id, bytes }
    }

    fn of(namespace: &str, secret: &StoredSecret) -> Result<Self, ConnectError> {
        let damaged = |why| ConnectError::RecordKeyDamaged { namespace: namespace.to_owned(), why };
        let bytes = secret.get(KEY).ok_or_else(|| damaged("it has no key \"key\""))?;
        let bytes: [u8; LENGTH] =
            bytes.try_into().map_err(|_| damaged("the value of key \"key\" has not 32 bytes"))?;
        let id = secret.text(ID).ok_or_else(|| damaged("it has no key \"id\""))?;
        Ok(Self { id: id.to_owned(), bytes: Zeroizing::new(bytes) })
    }

    fn as_secret(&self, namespace: &str) -> Secret {
        let labels = BTreeMap::from([(label::MANAGED_BY.to_owned(), label::MANAGED_BY_VALUE.to_owned())]);
        let data = BTreeMap::from([
            (KEY.to_owned(), ByteString(self.bytes.to_vec())),
            (ID.to_owned(), ByteString(self.id.clone().into_bytes())),
        ]);
        Secret {
            metadata: ObjectMeta {
                namespace: Some(namespace.to_owned()),
                name: Some(SECRET_NAME.to_owned()),
                labels: Some(labels),
                ..ObjectMeta::default()
            },
            type_: Some("Opaque".to_owned()),
            data: Some(data),
            ..Secret::default()
        }
    }
}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordKey").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake;

    #[tokio::test]
    async fn the_first_controller_makes_the_key_and_all_others_read_it() {
        let api = fake::Api::default();
        let first = RecordKey::read_or_create(&fake::secrets(&api), "cloakroom-system").await.unwrap();
        let second = RecordKey::read_or_create(&fake::secrets(&api), "cloakroom-system").await.unwrap();
        assert!(first == second);
        assert!(first.id().len() == 11 && first.id().starts_with("rk-"), "{}", first.id());
        assert_eq!(format!("{first:?}"), format!("RecordKey {{ id: {:?}, .. }}", first.id()));
        let writes: Vec<_> = api.calls().into_iter().filter(|call| !call.starts_with("GET")).collect();
        assert_eq!(writes, ["POST /api/v1/namespaces/cloakroom-system/secrets"]);
    }

    #[test]
    fn digests_tell_values_purposes_and_keys_apart_and_nothing_else() {
        let (key, other) = (RecordKey::random(), RecordKey::random());
        let of = |key: &RecordKey, purpose: &str, values: &[&str]| {
            key.digest(purpose, values.iter().map(|value| value.as_bytes()))
        };
        let digest = of(&key, "pod", &["keycloak", "secret"]);
        assert_eq!(digest.len(), 32);
        assert_eq!(digest, of(&key, "pod", &["keycloak", "secret"]));
        assert_ne!(digest, of(&key, "pod", &["keycloaks", "ecret"]));
        assert_ne!(digest, of(&key, "login", &["keycloak", "secret"]));
        assert_ne!(digest, of(&other, "pod", &["keycloak", "secret"]));
    }

    #[tokio::test]
    async fn of_two_controllers_at_once_the_slower_takes_the_key_of_the_faster() {
        let api = fake::Api::default();
        let faster = RecordKey::random();
        api.appears_before_next_post(fake::of(&faster.as_secret("cloakroom-system")));
        let key = RecordKey::read_or_create(&fake::secrets(&api), "cloakroom-system").await.unwrap();
        assert!(key == faster);
    }

    #[tokio::test]
    async fn a_damaged_key_is_never_made_anew() {
        let api = fake::Api::default();
        api.holds_secret(&fake::secret("cloakroom-system", SECRET_NAME, &[(ID, "rk-1"), (KEY, "short")]));
        let error = RecordKey::read_or_create(&fake::secrets(&api), "cloakroom-system").await.unwrap_err();
        insta::assert_snapshot!(error, @r#"Secret cloakroom-system/cloakroom-record-key does not hold the key of the records: the value of key "key" has not 32 bytes; restore it from a backup, or delete it: then each secret value is written to Keycloak once more, and records in ConfigMaps are lost"#);
        assert!(api.calls().iter().all(|call| call.starts_with("GET")));
    }
}
