//! Where the record of what was applied to an object stands: in its status or, where it is too large for that, in a `ConfigMap`
//! that goes with the object.
//!
//! | status says | the record is |
//! | --- | --- |
//! | `owned.record` | that text |
//! | `owned.configMap` | key `record` of our `ConfigMap` |
//! | neither | lost, or never made |
//!
//! What status does not name counts for nothing: the `ConfigMap` is written before status names it, and emptied after status
//! names it no more. Stopped in between, a process leaves one behind that nobody reads, that is written over when it is needed
//! again, and that goes with its object. Its name is made from the object and its uid, never read from status.
//!
//! Many may write a `ConfigMap`, so the text carries a seal there that only the controllers can make, and `owned.revision` says in status
//! which one is the least that counts (`seal`). Anything else that stands there is a lost record: docs/decisions/0018.

use std::{collections::BTreeMap, fmt};

use controller_runtime::StatusWrites;
use k8s_openapi::{
    NamespaceResourceScope,
    api::core::v1::ConfigMap,
    apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference},
};
use keycloak_crds::{
    labels::{Component, label},
    record::{MAX_OWNED_RECORD, Owned},
};
use kube::{
    Api, Resource,
    api::{ApiResource, DynamicObject, Patch, PatchParams, PostParams},
};
use serde_json::{Map, Value, json};

use crate::{
    MANAGER,
    error::ConnectError,
    owner::Owner,
    record_key::{RecordKey, RecordKeys},
    secret::is_terminating,
    secret_name::{short_hash, slug},
};

mod seal;

/// Key of the `ConfigMap` that holds the record.
pub const KEY: &str = "record";

/// Key of the `ConfigMap` that holds the seal of the record.
pub const SEAL: &str = "seal";

/// Largest record that a `ConfigMap` holds, in bytes: the API server takes no more than 1 MiB of values in one, and the seal stands
/// beside it.
pub const MAX_IN_CONFIG_MAP: usize = 1024 * 1024 - 256;

/// Name of the `ConfigMap` with the record of an object: a hash over kind, namespace, name and uid, so that an object made anew
/// never finds the record of the one before.
pub fn config_map_name(owner: &Owner) -> String {
    let parts = [owner.kind.as_str(), &owner.namespace, &owner.name, &owner.uid];
    let hash = short_hash("keycloak.mdvr.nl/record/v1", &parts, 8);
    let slug = slug(&owner.name, 40);
    format!("{slug}-owned-{hash}")
}

/// Where a record belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Into status.
    Status,
    /// Into a `ConfigMap`: it is larger than status may hold.
    ConfigMap,
}

/// A record to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordText {
    /// Its text.
    pub text: String,
    /// Id of the key with which values from Secrets were hashed.
    pub key_id: Option<String>,
}

/// As `keycloak_sync::status::owned` makes it of a record.
impl From<Owned> for RecordText {
    fn from(owned: Owned) -> Self {
        Self { text: owned.record.unwrap_or_default(), key_id: owned.key_id }
    }
}

impl RecordText {
    /// Where it belongs.
    ///
    /// # Errors
    /// `RecordTooLarge`: nowhere.
    pub fn place(&self) -> Result<Place, ConnectError> {
        let bytes = self.text.len();
        if bytes <= MAX_OWNED_RECORD {
            Ok(Place::Status)
        } else if bytes <= MAX_IN_CONFIG_MAP {
            Ok(Place::ConfigMap)
        } else {
            Err(ConnectError::RecordTooLarge { bytes, most: MAX_IN_CONFIG_MAP })
        }
    }
}

/// Why the `ConfigMap` that status names gives no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "ConfigMap {namespace}/{name}, where the record of what was applied stood, {why}; everything is adopted and nothing is deleted"
)]
pub struct RecordGone {
    namespace: String,
    name: String,
    why: &'static str,
}

/// The `ConfigMap` as it was read or written last.
#[derive(Clone, Debug)]
enum Found {
    Missing,
    Ours { version: String, references: Vec<OwnerReference>, held: Held },
    Foreign { whose: &'static str },
}

/// What a `ConfigMap` of ours holds.
#[derive(Clone, Debug)]
enum Held {
    Nothing,
    /// A text that we wrote, and that counts.
    Sealed {
        text: String,
        revision: i64,
    },
    /// One that does not count.
    Unproven {
        why: &'static str,
    },
}

/// The record of an object as a pass read it and leaves it. Clones know nothing of each other.
#[derive(Clone)]
pub struct StoredRecord {
    owner: Owner,
    /// What status says.
    owned: Owned,
    /// `None`: it was not looked at.
    map: Option<Found>,
}

/// How a pass writes into the status of the object.
pub struct StatusWriter<'p> {
    /// The runtime's client.
    pub kube: &'p kube::Client,
    /// The key that seals what does not stand in status.
    pub keys: &'p RecordKeys,
    /// Where the runtime is told.
    pub told: &'p StatusWrites,
    /// Who writes; the report of the pass takes the field over again.
    pub manager: &'static str,
    /// Version of the object after the writes so far: what was changed by somebody else meanwhile is not written over.
    pub resource_version: &'p mut String,
}

impl StoredRecord {
    /// As status has it. A `ConfigMap` that it names is not looked at yet.
    pub fn in_status(owner: &Owner, status: Option<&Owned>) -> Self {
        Self { owner: owner.clone(), owned: status.cloned().unwrap_or_default(), map: None }
    }

    /// Reads the `ConfigMap` if status says that the record stands there: no call otherwise, and no key.
    ///
    /// # Errors
    /// `RecordKeyDamaged`, or what the API server says.
    pub async fn look(&mut self, kube: &kube::Client, keys: &RecordKeys) -> Result<(), ConnectError> {
        if !self.is_in_config_map() {
            return Ok(());
        }
        let key = keys.get().await?;
        self.read(kube, key).await
    }

    /// The text of the record; empty where there is none.
    pub fn text(&self) -> &str {
        if let Some(record) = &self.owned.record {
            return record;
        }
        match &self.map {
            Some(Found::Ours { held: Held::Sealed { text, .. }, .. }) if self.is_in_config_map() => text,
            Some(_) | None => "",
        }
    }

    /// Why the `ConfigMap` that status names gives no record.
    pub fn gone(&self) -> Option<RecordGone> {
        let why = match self.map.as_ref().filter(|_| self.is_in_config_map())? {
            Found::Missing => "is gone",
            Found::Foreign { whose } => whose,
            Found::Ours { held: Held::Nothing, .. } => "holds none any more",
            Found::Ours { held: Held::Unproven { why }, .. } => why,
            Found::Ours { held: Held::Sealed { .. }, .. } => return None,
        };
        Some(RecordGone { namespace: self.owner.namespace.clone(), name: self.name(), why })
    }

    /// Makes the record stand in its place after a pass, as far as the pass's own status patch does not do it. Returns what
    /// that is to say.
    ///
    /// # Errors
    /// `RecordTooLarge`, `RecordMapNotOwned`, `RecordMapChanged`, `NamespaceTerminating`, or what the API server says.
    pub async fn keep<K>(
        &mut self,
        writer: &mut StatusWriter<'_>,
        record: &RecordText,
    ) -> Result<Owned, ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let place = record.place()?;
        if place == Place::Status && self.owned.config_map.is_none() {
            return Ok(self.in_status_as(record));
        }
        self.put::<K>(writer, record, place).await?;
        Ok(self.owned.clone())
    }

    /// Makes room for the record before anything is made that it is to remember: what could not be remembered is not made.
    /// `now` is what is remembered until then, `foreseen` what it would be after every step. Where status can hold both, nothing is
    /// written unless `now` says what nobody knows yet (`is_news`).
    ///
    /// # Errors
    /// As [`StoredRecord::keep`].
    pub async fn make_room<K>(
        &mut self,
        writer: &mut StatusWriter<'_>,
        now: &RecordText,
        foreseen: &RecordText,
        is_news: bool,
    ) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let place = foreseen.place()?.max(now.place()?);
        if is_news || place == Place::ConfigMap { self.put::<K>(writer, now, place).await } else { Ok(()) }
    }

    /// Makes the record stand there now, before what it promises is done. `place` may be larger than the record needs.
    ///
    /// # Errors
    /// As [`StoredRecord::keep`]; nothing is written where the `ConfigMap` is somebody else's.
    pub async fn put<K>(
        &mut self,
        writer: &mut StatusWriter<'_>,
        record: &RecordText,
        place: Place,
    ) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        match place {
            Place::Status => {
                let stood_elsewhere = self.owned.config_map.is_some();
                self.say::<K>(writer, self.in_status_as(record)).await?;
                if stood_elsewhere && let Err(error) = self.empty(writer).await {
                    tracing::warn!(object = %self.owner, %error, "a record that counts no more stays in its ConfigMap");
                }
                Ok(())
            }
            Place::ConfigMap => {
                let revision = self.write(writer, &record.text).await?;
                let (config_map, key_id) = (Some(self.name()), record.key_id.clone());
                let owned = Owned { record: None, config_map, key_id, revision: Some(revision) };
                self.say::<K>(writer, owned).await
            }
        }
    }

    fn is_in_config_map(&self) -> bool {
        self.owned.record.is_none() && self.owned.config_map.is_some()
    }

    fn name(&self) -> String {
        config_map_name(&self.owner)
    }

    /// The revision stays there: what was sealed before does not count again when the record goes back into a `ConfigMap`.
    fn in_status_as(&self, record: &RecordText) -> Owned {
        let (text, key_id) = (Some(record.text.clone()), record.key_id.clone());
        let revision = Some(self.latest()).filter(|latest| *latest > 0);
        Owned { record: text, config_map: None, key_id, revision }
    }

    /// Writes what status says, if it does not say it. A field that is left out is taken away whoever wrote it. A later revision
    /// alone is left to the report of the pass: until then it counts as well.
    async fn say<K>(&mut self, writer: &mut StatusWriter<'_>, owned: Owned) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let as_before = Owned { revision: self.owned.revision, ..owned.clone() };
        if self.owned == as_before {
            self.owned = owned;
            return Ok(());
        }
        let Owned { record, config_map, key_id, revision } = &owned;
        let said = json!({"record": record, "configMap": config_map, "keyId": key_id, "revision": revision});
        let patch = json!({
            "metadata": {"resourceVersion": &*writer.resource_version},
            "status": {"owned": said},
        });
        let api: Api<DynamicObject> =
            Api::namespaced_with(writer.kube.clone(), &self.owner.namespace, &ApiResource::erase::<K>(&()));
        let by = PatchParams { field_manager: Some(writer.manager.to_owned()), ..PatchParams::default() };
        let written = api.patch_status(&self.owner.name, &by, &Patch::Merge(patch)).await;
        let doing = || format!("writing into the status of {} what is about to be made", self.owner);
        let written = written.map_err(ConnectError::kube(doing))?;
        writer.told.tell(&written);
        *writer.resource_version = written.metadata.resource_version.unwrap_or_default();
        self.owned = owned;
        Ok(())
    }

    fn api(&self, kube: &kube::Client) -> Api<ConfigMap> {
        Api::namespaced(kube.clone(), &self.owner.namespace)
    }

    async fn read(&mut self, kube: &kube::Client, key: &RecordKey) -> Result<(), ConnectError> {
        let found = self.api(kube).get_opt(&self.name()).await;
        let found = found.map_err(ConnectError::kube(|| self.doing("reading")))?;
        self.map = Some(found.map_or(Found::Missing, |map| self.found(map, key)));
        Ok(())
    }

    fn found(&self, map: ConfigMap, key: &RecordKey) -> Found {
        let label =
            |name| map.metadata.labels.as_ref().and_then(|labels| labels.get(name)).map(String::as_str);
        let is_managed = label(label::MANAGED_BY) == Some(label::MANAGED_BY_VALUE);
        match label(label::OWNER_UID) {
            Some(uid) if is_managed && uid == self.owner.uid => {}
            Some(_) if is_managed => return Found::Foreign { whose: "belongs to another object" },
            Some(_) | None => return Found::Foreign { whose: "does not carry our labels" },
        }
        Found::Ours {
            version: map.metadata.resource_version.unwrap_or_default(),
            references: map.metadata.owner_references.unwrap_or_default(),
            held: self.held(map.data.unwrap_or_default(), key),
        }
    }

    fn held(&self, mut data: BTreeMap<String, String>, key: &RecordKey) -> Held {
        let Some(text) = data.remove(KEY).filter(|text| !text.is_empty()) else { return Held::Nothing };
        let seal = data.get(SEAL).map(String::as_str);
        match seal::open(key, &self.owner, seal, &text, self.owned.revision.unwrap_or_default()) {
            Ok(revision) => Held::Sealed { text, revision },
            Err(why) => Held::Unproven { why },
        }
    }

    /// The revision of the text that is written next.
    fn next_revision(&self) -> i64 {
        self.latest().saturating_add(1)
    }

    /// The latest revision that status says or the `ConfigMap` has; 0 where there was none.
    fn latest(&self) -> i64 {
        let held = match &self.map {
            Some(Found::Ours { held: Held::Sealed { revision, .. }, .. }) => *revision,
            Some(_) | None => 0,
        };
        self.owned.revision.unwrap_or_default().max(held)
    }

    /// Makes the `ConfigMap` hold this text. What is not ours stays as it is. Returns the revision of the text.
    async fn write(&mut self, writer: &StatusWriter<'_>, text: &str) -> Result<i64, ConnectError> {
        let (kube, key) = (writer.kube, writer.keys.get().await?);
        if self.map.is_none() {
            self.read(kube, key).await?;
        }
        let revision = self.next_revision();
        match self.map.clone() {
            None | Some(Found::Missing) => self.make(kube, key, text, revision).await?,
            Some(Found::Foreign { whose }) => {
                return Err(ConnectError::RecordMapNotOwned {
                    namespace: self.owner.namespace.clone(),
                    name: self.name(),
                    whose,
                    owner: self.owner.to_string(),
                });
            }
            Some(Found::Ours { version, references, held }) => {
                let mut metadata = Map::from_iter([("resourceVersion".to_owned(), json!(version))]);
                let mine = self.owner.reference(&self.owner.namespace);
                let lacks = mine.filter(|mine| references.iter().all(|reference| reference.uid != mine.uid));
                let stands = match held {
                    Held::Sealed { text: held, revision } if held == text => Some(revision),
                    Held::Sealed { .. } | Held::Unproven { .. } | Held::Nothing => None,
                };
                if let (Some(revision), None) = (stands, &lacks) {
                    return Ok(revision);
                }
                if let Some(mine) = lacks {
                    metadata.insert("ownerReferences".to_owned(), json!([references, vec![mine]].concat()));
                }
                let revision = stands.unwrap_or(revision);
                let data = self.data(key, text, revision);
                self.change(kube, key, &json!({"metadata": metadata, "data": data}), "changing").await?;
                return Ok(revision);
            }
        }
        Ok(revision)
    }

    fn data(&self, key: &RecordKey, text: &str, revision: i64) -> BTreeMap<String, String> {
        let seal = seal::seal(key, &self.owner, revision, text);
        BTreeMap::from([(KEY.to_owned(), text.to_owned()), (SEAL.to_owned(), seal)])
    }

    async fn make(
        &mut self,
        kube: &kube::Client,
        key: &RecordKey,
        text: &str,
        revision: i64,
    ) -> Result<(), ConnectError> {
        let labels = [
            (label::MANAGED_BY, label::MANAGED_BY_VALUE),
            (label::OWNER_UID, self.owner.uid.as_str()),
            (label::COMPONENT, Component::Record.as_str()),
        ];
        let labels = labels.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let map = ConfigMap {
            metadata: ObjectMeta {
                namespace: Some(self.owner.namespace.clone()),
                name: Some(self.name()),
                labels: Some(labels.into()),
                owner_references: self.owner.reference(&self.owner.namespace).map(|mine| vec![mine]),
                ..ObjectMeta::default()
            },
            data: Some(self.data(key, text, revision)),
            ..ConfigMap::default()
        };
        let by = PostParams { field_manager: Some(MANAGER.to_owned()), ..PostParams::default() };
        match self.api(kube).create(&by, &map).await {
            Ok(made) => {
                self.map = Some(self.found(made, key));
                Ok(())
            }
            Err(kube::Error::Api(status)) if status.is_already_exists() => Err(self.changed()),
            Err(kube::Error::Api(status)) if is_terminating(&status) => {
                Err(ConnectError::NamespaceTerminating { namespace: self.owner.namespace.clone() })
            }
            Err(source) => Err(ConnectError::Kube { doing: self.doing("making"), source }),
        }
    }

    /// Takes the text away: the controllers hold no right to delete `ConfigMap`s.
    async fn empty(&mut self, writer: &StatusWriter<'_>) -> Result<(), ConnectError> {
        let (kube, key) = (writer.kube, writer.keys.get().await?);
        if self.map.is_none() {
            self.read(kube, key).await?;
        }
        let version = match &self.map {
            Some(Found::Ours { version, held: Held::Sealed { .. } | Held::Unproven { .. }, .. }) => version,
            Some(Found::Ours { held: Held::Nothing, .. } | Found::Missing | Found::Foreign { .. }) | None => {
                return Ok(());
            }
        };
        let patch = json!({"metadata": {"resourceVersion": version}, "data": Value::Null});
        self.change(kube, key, &patch, "emptying").await
    }

    async fn change(
        &mut self,
        kube: &kube::Client,
        key: &RecordKey,
        patch: &Value,
        verb: &str,
    ) -> Result<(), ConnectError> {
        let by = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
        match self.api(kube).patch(&self.name(), &by, &Patch::Merge(patch)).await {
            Ok(changed) => {
                self.map = Some(self.found(changed, key));
                Ok(())
            }
            Err(kube::Error::Api(status)) if status.is_conflict() || status.is_not_found() => {
                Err(self.changed())
            }
            Err(source) => Err(ConnectError::Kube { doing: self.doing(verb), source }),
        }
    }

    fn changed(&self) -> ConnectError {
        ConnectError::RecordMapChanged { namespace: self.owner.namespace.clone(), name: self.name() }
    }

    fn doing(&self, verb: &str) -> String {
        let (namespace, name) = (&self.owner.namespace, self.name());
        format!(
            "{verb} ConfigMap {namespace}/{name}, which holds the record of what was applied to {}",
            self.owner
        )
    }
}

/// Where it stands; the text is long.
impl fmt::Debug for StoredRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.text().len();
        f.debug_struct("StoredRecord")
            .field("map", &self.owned.config_map)
            .field("bytes", &bytes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
