//! A person with all rights at an API server: what tests do with objects of any kind, with Secrets and with namespaces, and what
//! they wait for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};
use std::path::{Path, PathBuf};
use std::time::Duration;

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::api::authorization::v1::LocalSubjectAccessReview;
use k8s_openapi::api::core::v1::{Namespace, Secret};
use k8s_openapi::api::events::v1::Event;
use k8s_openapi::api::rbac::v1::{Role, RoleBinding};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{ApiResource, DeleteParams, DynamicObject, ListParams, Patch, PatchParams, PostParams};
use kube::core::GroupVersionKind;
use kube::{Api, Client, Resource, ResourceExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::eventually::eventually;
use crate::failure::{OrFail, fail};

/// The field manager of what a person applies.
const PERSON: &str = "person";

/// An object in a namespace, of any kind.
pub trait Object:
    Resource<DynamicType = (), Scope = NamespaceResourceScope>
    + Clone
    + Debug
    + DeserializeOwned
    + Serialize
    + Send
    + Sync
    + 'static
{
}

impl<K> Object for K where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>
        + Clone
        + Debug
        + DeserializeOwned
        + Serialize
        + Send
        + Sync
        + 'static
{
}

/// A condition of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// Its reason.
    pub reason: String,
    /// Its message.
    pub message: String,
}

/// A condition of an object by its type, if the object has it.
pub fn condition(object: &impl Serialize, type_: &str) -> Option<Condition> {
    let status = status(object);
    let mut conditions = status["conditions"].as_array().into_iter().flatten();
    let found = conditions.find(|condition| condition["type"] == type_)?;
    let text = |field: &str| found[field].as_str().unwrap_or_default().to_owned();
    Some(Condition { status: text("status"), reason: text("reason"), message: text("message") })
}

/// `status` of an object.
fn status(object: &impl Serialize) -> Value {
    let mut whole = serde_json::to_value(object).unwrap_or_default();
    whole["status"].take()
}

/// The generation that status speaks about.
fn observed(object: &impl Serialize) -> i64 {
    status(object)["observedGeneration"].as_i64().unwrap_or(-1)
}

/// A person with all rights. What a person cannot do fails the test.
#[derive(Clone)]
pub struct Person {
    kube: Client,
}

impl Person {
    /// A person who works with this client.
    pub fn with(kube: Client) -> Self {
        Self { kube }
    }

    /// The objects of a kind in a namespace.
    pub fn objects<K: Object>(&self, namespace: &str) -> Api<K> {
        Api::namespaced(self.kube.clone(), namespace)
    }

    /// Applies definitions of kinds from the files that users apply, once per process, and waits until they are served.
    ///
    /// # Panics
    /// If a file holds no definition, or the API server does not take it or serve its objects within a minute.
    pub async fn installs(&self, definitions: &[PathBuf]) {
        static INSTALLED: Mutex<BTreeSet<PathBuf>> = Mutex::const_new(BTreeSet::new());
        let mut installed = INSTALLED.lock().await;
        for file in definitions {
            if !installed.contains(file) {
                self.installs_one(file).await;
                installed.insert(file.clone());
            }
        }
    }

    async fn installs_one(&self, file: &Path) {
        let what = || format!("the kind of {}", file.display());
        let text = std::fs::read_to_string(file).or_fail(what());
        let definition: Value = serde_yaml_ng::from_str(&text).or_fail(what());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (name, spec) = (text(&definition["metadata"]["name"]), definition["spec"].clone());
        let definitions: Api<CustomResourceDefinition> = Api::all(self.kube.clone());
        let parameters = PatchParams::apply(PERSON).force();
        definitions.patch(&name, &parameters, &Patch::Apply(definition)).await.or_fail(what());
        let (group, version) = (text(&spec["group"]), text(&spec["versions"][0]["name"]));
        let (kind, plural) = (text(&spec["names"]["kind"]), text(&spec["names"]["plural"]));
        let kind = GroupVersionKind { group, version, kind };
        let objects: Api<DynamicObject> =
            Api::all_with(self.kube.clone(), &ApiResource::from_gvk_with_plural(&kind, &plural));
        eventually(&format!("{plural} are served"), Duration::from_secs(60), async || {
            objects.list(&ListParams::default().limit(1)).await.map(drop)
        })
        .await;
    }

    /// Makes a namespace.
    ///
    /// # Panics
    /// If there is one of that name.
    pub async fn makes_namespace(&self, name: &str) {
        let mut namespace = Namespace::default();
        namespace.metadata.name = Some(name.to_owned());
        let namespaces: Api<Namespace> = Api::all(self.kube.clone());
        let made = namespaces.create(&PostParams::default(), &namespace).await;
        made.or_fail(format!("namespace {name} is not made"));
    }

    /// Applies an object, whoever wrote it before. Its name stands in it; apiVersion and kind are those of `K`.
    ///
    /// # Errors
    /// What the API server says.
    pub async fn applies<K: Object>(&self, namespace: &str, mut object: Value) -> Result<K, kube::Error> {
        object["apiVersion"] = K::api_version(&()).into();
        object["kind"] = K::kind(&()).into();
        let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        let parameters = PatchParams::apply(PERSON).force();
        self.objects::<K>(namespace).patch(&name, &parameters, &Patch::Apply(object)).await
    }

    /// Changes fields of an object (RFC 7396).
    ///
    /// # Panics
    /// If the API server refuses.
    pub async fn edits<K: Object>(&self, namespace: &str, name: &str, patch: Value) -> K {
        let edited =
            self.objects::<K>(namespace).patch(name, &PatchParams::default(), &Patch::Merge(patch)).await;
        edited.or_fail(format!("{} is not edited", named::<K>(namespace, name)))
    }

    /// Changes fields of an object's status.
    ///
    /// # Panics
    /// If the API server refuses.
    pub async fn edits_status<K: Object>(&self, namespace: &str, name: &str, status: Value) -> K {
        let patch = Patch::Merge(json!({ "status": status }));
        let edited = self.objects::<K>(namespace).patch_status(name, &PatchParams::default(), &patch).await;
        edited.or_fail(format!("status of {} is not edited", named::<K>(namespace, name)))
    }

    /// Sets an annotation of an object.
    ///
    /// # Panics
    /// If the API server refuses.
    pub async fn annotates<K: Object>(&self, namespace: &str, name: &str, annotation: &str, value: &str) {
        let patch = json!({"metadata": {"annotations": {annotation: value}}});
        self.edits::<K>(namespace, name, patch).await;
    }

    /// Reads an object.
    ///
    /// # Panics
    /// If there is none.
    pub async fn gets<K: Object>(&self, namespace: &str, name: &str) -> K {
        let found = self.objects(namespace).get(name).await;
        found.or_fail(format!("{} is not read", named::<K>(namespace, name)))
    }

    /// Deletes an object. It may stay for its finalizers: see [`Person::is_gone`].
    ///
    /// # Panics
    /// If there is none, or the API server refuses.
    pub async fn deletes<K: Object>(&self, namespace: &str, name: &str) {
        let deleted = self.objects::<K>(namespace).delete(name, &DeleteParams::default()).await;
        deleted.or_fail(format!("{} is not deleted", named::<K>(namespace, name)));
    }

    /// Waits until an object is gone.
    ///
    /// # Panics
    /// When time is up, with what keeps it.
    pub async fn is_gone<K: Object>(&self, namespace: &str, name: &str, within: Duration) {
        let what = format!("{} is gone", named::<K>(namespace, name));
        let objects = self.objects::<K>(namespace);
        eventually(&what, within, async || match objects.get_opt(name).await {
            Ok(None) => Ok(()),
            Ok(Some(object)) => Err(format!("{:?} {}", object.finalizers(), status(&object))),
            Err(error) => Err(error.to_string()),
        })
        .await;
    }

    /// Removes an object as if it had no finalizer, and with it whatever remembers it: as a restore from Git finds it.
    ///
    /// # Panics
    /// As [`Person::is_gone`].
    pub async fn loses<K: Object>(&self, namespace: &str, name: &str, within: Duration) {
        self.edits::<K>(namespace, name, json!({"metadata": {"finalizers": null}})).await;
        self.deletes::<K>(namespace, name).await;
        self.is_gone::<K>(namespace, name, within).await;
    }

    /// Waits until an object is Ready as its spec is now.
    ///
    /// # Panics
    /// When time is up, with its status.
    pub async fn becomes_ready<K: Object>(&self, namespace: &str, name: &str, within: Duration) -> K {
        let generation = self.gets::<K>(namespace, name).await.meta().generation.unwrap_or_default();
        self.is_ready_at(namespace, name, generation, within).await
    }

    /// Waits until an object is Ready at this generation or a later one.
    ///
    /// # Panics
    /// When time is up, with its status.
    pub async fn is_ready_at<K: Object>(
        &self,
        namespace: &str,
        name: &str,
        generation: i64,
        within: Duration,
    ) -> K {
        self.says(namespace, name, generation, "is Ready", within, |ready| ready.status == "True").await
    }

    /// Waits until an object says about this generation or a later one that it is not Ready for this reason.
    ///
    /// # Panics
    /// When time is up, with its status.
    pub async fn is_not_ready_because<K: Object>(
        &self,
        namespace: &str,
        name: &str,
        generation: i64,
        reason: &str,
        within: Duration,
    ) -> K {
        let what = format!("says {reason}");
        let wanted = |ready: &Condition| ready.status == "False" && ready.reason == reason;
        self.says(namespace, name, generation, &what, within, wanted).await
    }

    /// Waits until an object says that it is not Ready, for this reason where one is given, with these words among others; gives the
    /// sentence. While a server refuses a login, the sentence about the refusal and the one about not asking again yet take turns.
    ///
    /// # Panics
    /// When time is up, with its status.
    pub async fn is_told<K: Object>(
        &self,
        namespace: &str,
        name: &str,
        (reason, words): (Option<&str>, &str),
        within: Duration,
    ) -> String {
        let what =
            format!("says {}{words:?}", reason.map(|reason| format!("{reason} and ")).unwrap_or_default());
        let wanted = |ready: &Condition| {
            ready.status == "False"
                && reason.is_none_or(|reason| ready.reason == reason)
                && ready.message.contains(words)
        };
        let object: K = self.says(namespace, name, 0, &what, within, wanted).await;
        condition(&object, "Ready").map(|ready| ready.message).unwrap_or_default()
    }

    async fn says<K: Object>(
        &self,
        namespace: &str,
        name: &str,
        generation: i64,
        what: &str,
        within: Duration,
        wanted: impl Fn(&Condition) -> bool,
    ) -> K {
        let what = format!("{} {what}", named::<K>(namespace, name));
        let objects = self.objects::<K>(namespace);
        eventually(&what, within, async || {
            let object = objects.get(name).await.map_err(|error| error.to_string())?;
            let says = condition(&object, "Ready").is_some_and(|ready| wanted(&ready));
            if says && observed(&object) >= generation {
                Ok(object)
            } else {
                Err(status(&object).to_string())
            }
        })
        .await
    }

    /// Waits until an Event of a namespace with this reason says this.
    ///
    /// # Panics
    /// When time is up, with the Events that there are.
    pub async fn reads_event(&self, namespace: &str, reason: &str, note: &str, within: Duration) {
        let events = self.objects::<Event>(namespace);
        eventually(&format!("an Event {reason} tells {note:?}"), within, async || {
            let events = events.list(&ListParams::default()).await.map_err(|error| error.to_string())?;
            let told = events.iter().any(|event| {
                event.reason.as_deref() == Some(reason)
                    && event.note.as_deref().is_some_and(|found| found.contains(note))
            });
            let notes: Vec<_> = events.iter().map(|event| (&event.reason, &event.note)).collect();
            if told { Ok(()) } else { Err(format!("{notes:?}")) }
        })
        .await;
    }

    /// Writes a Secret with these texts; those of other keys in it stay.
    ///
    /// # Panics
    /// If the API server refuses.
    pub async fn writes_secret(&self, namespace: &str, name: &str, texts: Value) {
        let secret = json!({"metadata": {"name": name}, "stringData": texts});
        let written = self.applies::<Secret>(namespace, secret).await;
        written.or_fail(format!("Secret {namespace}/{name} is not written"));
    }

    /// Deletes a Secret. The garbage collector of a cluster may have done it before, where its owner is gone.
    ///
    /// # Panics
    /// If the API server refuses.
    pub async fn deletes_secret(&self, namespace: &str, name: &str) {
        match self.objects::<Secret>(namespace).delete(name, &DeleteParams::default()).await {
            Ok(_) => {}
            Err(kube::Error::Api(status)) if status.is_not_found() => {}
            Err(error) => fail(format!("Secret {namespace}/{name} is not deleted: {error}")),
        }
    }

    /// What a Secret holds, as text; `None` if there is none.
    ///
    /// # Panics
    /// If a value is no text.
    pub async fn secret(&self, namespace: &str, name: &str) -> Option<BTreeMap<String, String>> {
        let what = format!("Secret {namespace}/{name} is not read");
        let secret = self.objects::<Secret>(namespace).get_opt(name).await.or_fail(&what)?;
        let texts = secret.data.unwrap_or_default().into_iter();
        Some(texts.map(|(key, value)| (key, String::from_utf8(value.0).or_fail(&what))).collect())
    }

    /// Lets the service accounts of namespace `grantee` do this with all objects of a resource (`keycloaks.keycloak.mdvr.nl`) of
    /// `namespace`, by a Role and a `RoleBinding`, and waits until the API server says so: it learns of them a moment later.
    ///
    /// # Panics
    /// If it does not within half a minute.
    pub async fn grants(&self, namespace: &str, grantee: &str, resource: &str, verbs: &[&str]) {
        let (plural, group) = resource.split_once('.').ok_or("no dot").or_fail(resource);
        let accounts = format!("system:serviceaccounts:{grantee}");
        let rules = json!([{"apiGroups": [group], "resources": [plural], "verbs": verbs}]);
        let role = json!({"metadata": {"name": grantee}, "rules": rules});
        let binding = json!({
            "metadata": {"name": grantee},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": grantee},
            "subjects": [{"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": accounts}],
        });
        self.applies::<Role>(namespace, role).await.or_fail("the Role is not applied");
        self.applies::<RoleBinding>(namespace, binding).await.or_fail("the RoleBinding is not applied");
        let reviews: Api<LocalSubjectAccessReview> = Api::namespaced(self.kube.clone(), namespace);
        for verb in verbs {
            let review: LocalSubjectAccessReview = serde_json::from_value(json!({
                "metadata": {"namespace": namespace},
                "spec": {"groups": [accounts], "resourceAttributes": {
                    "group": group, "resource": plural, "verb": verb, "namespace": namespace,
                }},
            }))
            .or_fail("a review");
            eventually("the API server knows the grant", Duration::from_secs(30), async || {
                let answer = reviews.create(&PostParams::default(), &review).await;
                let status = answer.map_err(|error| error.to_string())?.status;
                if status.as_ref().is_some_and(|status| status.allowed) {
                    Ok(())
                } else {
                    Err(format!("{status:?}"))
                }
            })
            .await;
        }
    }

    /// Waits until a Secret is there and as wanted.
    ///
    /// # Panics
    /// When time is up, with the keys that it has.
    pub async fn secret_becomes(
        &self,
        namespace: &str,
        name: &str,
        within: Duration,
        as_wanted: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> BTreeMap<String, String> {
        eventually(&format!("Secret {namespace}/{name} is written"), within, async || {
            match self.secret(namespace, name).await {
                Some(secret) if as_wanted(&secret) => Ok(secret),
                Some(secret) => Err(format!("it has the keys {:?}", secret.keys())),
                None => Err("it does not exist".to_owned()),
            }
        })
        .await
    }
}

impl Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a person with all rights")
    }
}

/// An object in a sentence.
fn named<K: Object>(namespace: &str, name: impl Display) -> String {
    format!("{} {namespace}/{name}", K::kind(&()))
}
