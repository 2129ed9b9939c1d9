//! A small operator for a kind of its own: a Greeting is written on a wall outside the cluster, and into a
//! `ConfigMap`.
//!
//! It uses everything the runtime has, and shows what a controller looks like. The wall stands for any system behind
//! HTTP; what can go wrong with it is chosen by name.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use controller_runtime::{
    Applied, Asserted, Class, Classify, Facts, Key, Notice, Outcome, Pass, Pipeline, Projection, Reason,
    Reference, Report, Tally, Target, calls, hash_of,
};
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api, CustomResource, Resource, ResourceExt,
    api::{Patch, PatchParams},
    core::{ApiResource, DynamicObject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tracing::Instrument as _;

/// Whom to greet, and how.
#[derive(CustomResource, Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[kube(group = "example.com", version = "v1", kind = "Greeting", namespaced, status = "GreetingStatus")]
#[serde(rename_all = "camelCase")]
pub(crate) struct GreetingSpec {
    /// Whom to greet.
    pub(crate) name: String,
    /// A `ConfigMap` whose key `salutation` replaces "Hello".
    pub(crate) salutation_from: Option<String>,
}

/// What was written.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GreetingStatus {
    /// The generation this status speaks about.
    pub(crate) observed_generation: Option<i64>,
    /// What stands on the wall.
    pub(crate) text: Option<String>,
    /// What Ready says.
    pub(crate) summary: Option<String>,
    /// The generation whose text stands on the wall.
    pub(crate) written_generation: Option<i64>,
    /// Ready, Reconciling, Stalled, Written.
    #[serde(default)]
    #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["type"]))]
    pub(crate) conditions: Vec<k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition>,
}

/// What is kept in memory of a Greeting.
#[derive(Deserialize)]
pub(crate) struct SlimGreeting {
    metadata: SlimMeta,
    spec: SlimSpec,
    #[serde(default)]
    status: SlimStatus,
}

#[derive(Deserialize)]
struct SlimMeta {
    namespace: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SlimSpec {
    salutation_from: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SlimStatus {
    written_generation: Option<i64>,
}

const GREETED: Tally = Tally::phase("Greeted");
const SILENT: Tally = Tally::phase("Silent");

impl Projection for SlimGreeting {
    type Kind = Greeting;
    const KIND: &'static str = "Greeting";
    const TALLIES: &'static [Tally] = &[GREETED, SILENT];

    fn tallies(&self) -> Vec<Tally> {
        vec![if self.status.written_generation.is_some() { GREETED } else { SILENT }]
    }

    fn references(&self) -> Vec<Reference> {
        let source = self.spec.salutation_from.as_deref();
        let key = source.map(|name| Key::namespaced(self.metadata.namespace.as_str(), name));
        key.into_iter().map(|key| Reference::to(Target::object(SlimConfigMap::KIND, key))).collect()
    }

    fn settled(&self, generation: i64) -> bool {
        self.status.written_generation == Some(generation)
    }
}

/// What is kept in memory of a `ConfigMap`: a hash of the one key that greetings read, and a greeting that it speaks about.
pub(crate) struct SlimConfigMap {
    salutation: u64,
    about: Option<Key>,
}

impl<'de> Deserialize<'de> for SlimConfigMap {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Whole {
            metadata: SlimMeta,
            #[serde(default)]
            data: BTreeMap<String, String>,
        }
        let Whole { metadata, data } = Whole::deserialize(deserializer)?;
        let about = data.get("about").map(|name| Key::namespaced(metadata.namespace.as_str(), name.as_str()));
        Ok(Self { salutation: hash_of(&data.get("salutation")), about })
    }
}

impl Projection for SlimConfigMap {
    type Kind = ConfigMap;
    const KIND: &'static str = "ConfigMap";
    const WAKES_IN_DELETION_ONLY: bool = true;

    fn contract(&self) -> Vec<u64> {
        vec![self.salutation]
    }

    fn references(&self) -> Vec<Reference> {
        let about = self.about.iter().cloned();
        about.map(|key| Reference::to(Target::object(SlimGreeting::KIND, key))).collect()
    }
}

/// What is wrong with the wall when it comes to one greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It cannot be reached.
    Unreachable,
    /// The controller panics while it looks at it.
    Panics,
    /// It never answers.
    Silent,
    /// Every look takes this long.
    Slow(Duration),
}

/// The system outside the cluster.
#[derive(Clone, Default)]
pub(crate) struct Wall {
    inner: Arc<Mutex<Inside>>,
}

#[derive(Default)]
struct Inside {
    texts: HashMap<String, String>,
    moods: HashMap<String, Mood>,
    looks: Vec<String>,
    forced: Vec<String>,
    busy: HashMap<String, usize>,
    most_at_once: HashMap<String, usize>,
}

impl Wall {
    fn with<T>(&self, act: impl FnOnce(&mut Inside) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// What stands there about an object, by uid.
    pub(crate) fn text(&self, uid: &str) -> Option<String> {
        self.with(|inside| inside.texts.get(uid).cloned())
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.with(|inside| inside.texts.len())
    }

    /// Somebody scribbles over all texts.
    pub(crate) fn scribble(&self, text: &str) {
        self.with(|inside| inside.texts.values_mut().for_each(|old| text.clone_into(old)));
    }

    /// From now on it behaves like this towards the object of this name.
    pub(crate) fn behaves(&self, name: &str, mood: Mood) {
        self.with(|inside| inside.moods.insert(name.to_owned(), mood));
    }

    /// From now on it behaves well towards everybody.
    pub(crate) fn behaves_well(&self) {
        self.with(|inside| inside.moods.clear());
    }

    /// The names of the objects that were looked at, in order.
    pub(crate) fn looks(&self) -> Vec<String> {
        self.with(|inside| inside.looks.clone())
    }

    /// How often an object was looked at.
    pub(crate) fn looks_at(&self, name: &str) -> usize {
        self.looks().iter().filter(|look| *look == name).count()
    }

    /// The objects that were looked at thoroughly.
    pub(crate) fn forced(&self) -> Vec<String> {
        self.with(|inside| inside.forced.clone())
    }

    /// How often an object was looked at at the same time, at most.
    pub(crate) fn most_at_once(&self, name: &str) -> usize {
        self.with(|inside| inside.most_at_once.get(name).copied().unwrap_or_default())
    }

    async fn look(&self, name: &str, uid: &str, forced: bool) -> Result<Option<String>, GreetingError> {
        let mood = self.with(|inside| {
            inside.looks.push(name.to_owned());
            if forced {
                inside.forced.push(name.to_owned());
            }
            let busy = inside.busy.entry(name.to_owned()).or_default();
            *busy += 1;
            let busy = *busy;
            let most = inside.most_at_once.entry(name.to_owned()).or_default();
            *most = busy.max(*most);
            inside.moods.get(name).copied()
        });
        let _busy = Busy { wall: self, name };
        match mood {
            None => {}
            Some(Mood::Unreachable) => return Err(GreetingError::WallUnreachable),
            #[allow(clippy::panic, reason = "that is what is to be survived")]
            Some(Mood::Panics) => panic!("the wall is in a mood about {name}"),
            Some(Mood::Silent) => std::future::pending().await,
            Some(Mood::Slow(time)) => tokio::time::sleep(time).await,
        }
        Ok(self.text(uid))
    }
}

struct Busy<'w> {
    wall: &'w Wall,
    name: &'w str,
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.wall.with(|inside| {
            inside.busy.entry(self.name.to_owned()).and_modify(|busy| *busy -= 1);
        });
    }
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GreetingError {
    /// The wall is away.
    #[error("the wall cannot be reached")]
    WallUnreachable,
    /// A reference leads nowhere.
    #[error("ConfigMap {0} with key \"salutation\" does not exist; create it or remove spec.salutationFrom")]
    SalutationMissing(String),
    /// The name is not one.
    #[error("spec.name is {0:?}; write a name without line breaks")]
    BadName(String),
    /// Kubernetes does not want.
    #[error("{}", calls::sentence(.0))]
    Kube(#[from] kube::Error),
}

impl Classify for GreetingError {
    fn class(&self) -> Class {
        match self {
            Self::WallUnreachable => Class::Retry(Reason::new("WallUnreachable")),
            Self::SalutationMissing(_) => Class::Wait(Reason::new("SalutationMissing")),
            Self::BadName(_) => Class::Stall(Reason::new("BadName")),
            Self::Kube(error) => calls::class_of(error),
        }
    }
}

/// A name that never stands on the wall as it was written.
pub(crate) const ECHO: &str = "Echo";

/// A name whose greeting stands in status before it stands on the wall: in pencil, as [`PENCILLED`].
pub(crate) const PENCIL: &str = "Pencil";

/// What stands in status meanwhile.
pub(crate) const PENCILLED: &str = "in pencil";

/// The controller.
pub(crate) struct Greeter {
    /// The cluster.
    pub(crate) kube: kube::Client,
    /// The outside.
    pub(crate) wall: Wall,
}

/// What was found.
pub(crate) struct Observed {
    salutation: String,
    on_wall: Option<String>,
    in_cluster: Option<String>,
}

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Write on the wall.
    Write(String),
    /// Write the `ConfigMap`.
    Publish(String),
    /// Wipe the wall.
    Wipe,
}

impl Pipeline for Greeter {
    type Object = Greeting;
    type Slim = SlimGreeting;
    type Observed = Observed;
    type Valid = String;
    type Plan = Vec<Step>;
    type Applied = Vec<&'static str>;
    type Error = GreetingError;

    const MANAGER: &'static str = "greeter";
    const FINALIZER: Option<&'static str> = Some("example.com/wipe");
    const REPLACED_FINALIZERS: &'static [&'static str] = &["example.org/paint-over"];
    const ANNOTATION_PREFIX: &'static str = "example.com/";
    const FORCE_ANNOTATION: Option<&'static str> = Some("example.com/reconcile-at");
    const ABANDON_ANNOTATION: Option<&'static str> = Some("example.com/abandon");
    const STATUS_FIELDS: &'static [&'static str] = &["summary", "text", "writtenGeneration"];
    const CONDITIONS: &'static [&'static str] = &["Written"];

    /// What the painter kept carries his finalizer until it is on our wall.
    fn wants_finalizer(&self, greeting: &Greeting) -> bool {
        !is_the_painters(greeting)
    }

    async fn observe(&self, greeting: &Greeting, pass: &Pass) -> Result<Observed, GreetingError> {
        let look = tracing::info_span!("look at the wall");
        let on_wall = self.wall.look(&greeting.name_any(), &pass.uid, pass.forced).instrument(look).await?;
        let maps: Api<ConfigMap> =
            Api::namespaced(self.kube.clone(), pass.key.namespace().unwrap_or_default());
        let value = async |name: &str, key: &str| {
            let map = maps.get_opt(name).await?;
            Ok::<_, GreetingError>(map.and_then(|map| map.data?.remove(key)))
        };
        let salutation = match &greeting.spec.salutation_from {
            Some(source) if !pass.deleting => value(source, "salutation")
                .await?
                .ok_or_else(|| GreetingError::SalutationMissing(source.clone()))?,
            Some(_) | None => "Hello".to_owned(),
        };
        let in_cluster = value(&map_name(greeting), "text").await?;
        Ok(Observed { salutation, on_wall, in_cluster })
    }

    fn validate(&self, greeting: &Greeting, observed: &Observed, _: &Pass) -> Result<String, GreetingError> {
        let name = &greeting.spec.name;
        if name.is_empty() || name.contains('\n') {
            return Err(GreetingError::BadName(name.clone()));
        }
        Ok(format!("{}, {name}", observed.salutation))
    }

    fn plan(&self, _: &Greeting, text: &String, observed: &Observed, _: &Pass) -> Vec<Step> {
        let write = (observed.on_wall.as_ref() != Some(text)).then(|| Step::Write(text.clone()));
        let publish = (observed.in_cluster.as_ref() != Some(text)).then(|| Step::Publish(text.clone()));
        write.into_iter().chain(publish).collect()
    }

    fn teardown(&self, _: &Greeting, observed: &Observed, _: &Pass) -> Vec<Step> {
        observed.on_wall.iter().map(|_| Step::Wipe).collect()
    }

    async fn apply(
        &self,
        plan: &Vec<Step>,
        _: &Observed,
        pass: &Pass,
    ) -> Applied<Vec<&'static str>, GreetingError> {
        let mut applied = Applied::all(Vec::new());
        for step in plan {
            match step {
                Step::Write(text) => {
                    if text.ends_with(PENCIL)
                        && let Err(error) = self.pencil(pass).await
                    {
                        applied.failures.push(error.into());
                        continue;
                    }
                    self.wall.with(|inside| inside.texts.insert(pass.uid.clone(), text.clone()));
                    applied.done.push("written");
                }
                Step::Wipe => {
                    self.wall.with(|inside| inside.texts.remove(&pass.uid));
                    applied.done.push("wiped");
                }
                Step::Publish(text) => match self.publish(text, pass).await {
                    Ok(()) => applied.done.push("published"),
                    Err(error) => applied.failures.push(error.into()),
                },
            }
        }
        applied
    }

    fn outcome(&self, greeting: &Greeting, _: Facts<'_, Self>, _: &Pass) -> Outcome {
        if greeting.spec.name == ECHO {
            let class = Class::Stall(Reason::new("WallEchoes"));
            return Outcome::unfinished(class, "the wall says another name; choose one that it takes")
                .at_resync();
        }
        Outcome::settled(Reason::new("Greeted"), "in sync")
    }

    fn report(&self, greeting: &Greeting, facts: Facts<'_, Self>, outcome: &Outcome, pass: &Pass) -> Report {
        let report = Report::new().field("summary", outcome.message());
        let Some((text, applied)) = facts.valid.zip(facts.applied) else {
            return report;
        };
        let report = report
            .field("text", text)
            .field("writtenGeneration", pass.generation)
            .condition(Asserted::new("Written", true, Reason::new("Greeted"), ""));
        let report = if is_the_painters(greeting) { report.taken_over() } else { report };
        if applied.done.contains(&"written") {
            report.notice(Notice::normal(Reason::new("Written"), format!("wrote {text:?} on the wall")))
        } else {
            report
        }
    }

    fn sum_up(&self, _: &Value, outcome: &Outcome, _: &Pass) -> Report {
        Report::new().field("summary", outcome.message())
    }
}

impl Greeter {
    /// A write into the status by the pass itself, before the report.
    async fn pencil(&self, pass: &Pass) -> Result<(), kube::Error> {
        let namespace = pass.key.namespace().unwrap_or_default();
        let greetings: Api<DynamicObject> =
            Api::namespaced_with(self.kube.clone(), namespace, &ApiResource::erase::<Greeting>(&()));
        let patch = Patch::Merge(json!({"status": {"text": PENCILLED}}));
        let by = PatchParams { field_manager: Some("pencil".to_owned()), ..PatchParams::default() };
        pass.status_writes.tell(&greetings.patch_status(pass.key.name(), &by, &patch).await?);
        Ok(())
    }

    async fn publish(&self, text: &str, pass: &Pass) -> Result<(), kube::Error> {
        let namespace = pass.key.namespace().unwrap_or_default();
        let name = format!("{}-greeting", pass.key.name());
        let map = json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": name, "namespace": namespace, "ownerReferences": [{
                "apiVersion": Greeting::api_version(&()), "kind": Greeting::kind(&()),
                "name": pass.key.name(), "uid": pass.uid, "controller": true}]},
            "data": {"text": text},
        });
        let maps: Api<ConfigMap> = Api::namespaced(self.kube.clone(), namespace);
        maps.patch(&name, &PatchParams::apply(Self::MANAGER).force(), &Patch::Apply(map)).await.map(|_| ())
    }
}

/// Whether an operator of before keeps the object: its finalizer, and nothing of ours on the wall.
fn is_the_painters(greeting: &Greeting) -> bool {
    let painters = greeting.finalizers().iter().any(|name| name == "example.org/paint-over");
    painters && greeting.status.as_ref().is_none_or(|status| status.text.is_none())
}

fn map_name(greeting: &Greeting) -> String {
    format!("{}-greeting", greeting.name_any())
}
