//! The controller itself: what it is made of, what it watches, and its steps in order.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use clap::Args;
use controller_runtime::{
    Applied, Controller, Facts, Key, Outcome, Pass, Pipeline, Product, Projection, Reference, Report,
    Runtime, Store, Target, Waker, hash_of,
};
use keycloak_connect::{
    Authorizer, ClusterId, Consent, Mode, Namespaces, OwnerKind, References, Secrets, SessionArgs, Sessions,
    login::MASTER,
    quota::{Slots, Turns},
    session::SessionSettings,
    summary::summed_up_early,
    watched::SlimKeycloak,
};
use keycloak_crds::{
    KeycloakRealm,
    condition::ConditionType,
    labels::{PREFIX, annotation, finalizer},
    name::RealmName,
    policy::Management,
};
use serde_json::Value;
use tokio::sync::Notify;

use crate::{
    admin_events::{AdminEvents, EventPolls, Followed, INTERVAL, Kinds},
    apply::{self, Done},
    error::RealmError,
    left_logins::LeftLogins,
    observe::{self, Observed, Seen},
    plan::{self, Plan},
    quota::QuotaController,
    report,
    secrets::NamedSecrets,
    slots::RealmSlots,
    teardown,
    validate::{self, Valid},
};

mod slim;

pub use slim::{SlimClient, SlimRealm};

/// What this program is called.
pub const PRODUCT: Product = Product {
    name: "realm-controller",
    version: env!("CARGO_PKG_VERSION"),
    about: "Reconciles KeycloakRealm objects: realms, our logins in them, and their authorization tokens; and KeycloakQuota objects",
    metrics_prefix: "keycloak_operator",
    environment_prefix: "CLOAKROOM",
};

/// Arguments beside those of the runtime.
#[derive(Args, Clone, Debug)]
pub struct RealmArgs {
    /// Id of this cluster, part of the mark on realms; default: the uid of namespace kube-system.
    #[arg(long, value_name = "ID")]
    pub cluster_id: Option<String>,

    /// Who may let a KeycloakRealm name a Secret: admission, label or off.
    #[arg(long, default_value = "admission", value_name = "WAY")]
    pub secret_consent: Consent,

    /// How servers are called.
    #[command(flatten)]
    pub calls: SessionArgs,

    /// How often the admin events of each realm that keeps them are read, from 1s to 1h: what somebody changes is then found
    /// before the resync. 0s reads none. They are never switched on.
    #[arg(long, default_value = "30s", value_parser = interval, value_name = "DURATION")]
    pub admin_events_interval: Duration,
}

/// What a controller is told at its start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who may let a KeycloakRealm name a Secret.
    pub consent: Consent,
    /// How often the admin events of a realm are read; never with zero.
    pub admin_events: Duration,
    /// How servers are called.
    pub calls: SessionSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self { consent: Consent::default(), admin_events: INTERVAL, calls: SessionSettings::default() }
    }
}

/// Reads `30s`, `5m`, and `0s` for never.
fn interval(text: &str) -> Result<Duration, String> {
    let wrong =
        || format!("{text:?} is no interval; write 0s for never, or from 1s to 1h, for example 30s or 5m");
    let signed: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    let bounds = Duration::from_secs(1)..=Duration::from_secs(3_600);
    let is_fine = |interval: &Duration| interval.is_zero() || bounds.contains(interval);
    Duration::try_from(signed).ok().filter(is_fine).ok_or_else(wrong)
}

/// Puts the controller into a process.
///
/// # Errors
/// When the cluster's id can neither be read nor was given.
pub async fn build(runtime: Runtime, args: RealmArgs) -> anyhow::Result<Runtime> {
    let cluster = ClusterId::find(&runtime.kube(), args.cluster_id.as_deref()).await?;
    let settings = Settings {
        consent: args.secret_consent,
        admin_events: args.admin_events_interval,
        calls: args.calls.settings(),
    };
    Ok(install(runtime, cluster, settings))
}

/// The same where the cluster's id is known.
pub fn install(runtime: Runtime, cluster: ClusterId, settings: Settings) -> Runtime {
    let (controller, beside) = RealmController::watching(runtime.kube(), cluster, settings);
    let Beside { left_logins, polls, turns, quotas } = beside;
    let (leadership, events) = (runtime.leadership(), runtime.events());
    runtime
        .controller(controller)
        .controller(quotas)
        .background("left logins", left_logins.run(leadership.clone()))
        .background("slots of quotas", turns.run(leadership.clone()))
        .background("admin events", polls.run(leadership, events))
}

/// What runs beside the controller of realms.
struct Beside {
    left_logins: LeftLogins,
    polls: EventPolls,
    turns: Turns<RealmSlots>,
    /// Its watch is what the slots go by.
    quotas: Controller<QuotaController>,
}

/// What a pass needs.
pub struct RealmController {
    pub(crate) kube: kube::Client,
    pub(crate) cluster: ClusterId,
    pub(crate) references: References,
    pub(crate) sessions: Sessions,
    pub(crate) authorizer: Authorizer,
    pub(crate) namespaces: Namespaces,
    pub(crate) secrets: Secrets,
    /// What realms name of them.
    pub(crate) named: NamedSecrets,
    /// Tells that a login was noted which outlives its realm's object.
    pub(crate) noted: Arc<Notify>,
    /// What others did in the realms that keep admin events.
    pub(crate) events: Arc<AdminEvents>,
    /// Those of the realms' namespaces.
    pub(crate) slots: Arc<Slots<RealmSlots>>,
    keycloaks: Arc<Store<SlimKeycloak>>,
    /// Made by the runtime after this; set before anything runs.
    realms: Arc<OnceLock<Arc<Store<SlimRealm>>>>,
}

impl RealmController {
    /// A controller with its watches and the tasks beside it, over the runtime's own client, which refuses writes when this
    /// process does not lead.
    fn watching(
        kube: kube::Client,
        cluster: ClusterId,
        Settings { consent, admin_events, calls }: Settings,
    ) -> (Controller<Self>, Beside) {
        let namespaces = Namespaces::new(kube.clone());
        let secrets = Secrets::new(kube.clone(), consent);
        let keycloaks = Store::new(controller_runtime::store::Attention::default());
        let realms = Arc::new(OnceLock::new());
        let (waker, woken) = Waker::new();
        let (references, sessions) = (References::new(kube.clone()), Sessions::new(secrets.clone(), calls));
        let quotas = Controller::new(QuotaController);
        let of_realms =
            RealmSlots::new(kube.clone(), references.clone(), sessions.clone(), Arc::clone(&realms));
        let slots = Arc::new(Slots::new(kube.clone(), quotas.store(), of_realms));
        let controller = Self {
            references,
            sessions,
            slots: Arc::clone(&slots),
            named: NamedSecrets::new(secrets.clone(), kube.default_namespace()),
            authorizer: Authorizer::new(kube.clone(), namespaces.clone(), secrets.clone()),
            secrets,
            namespaces,
            kube,
            cluster,
            noted: Arc::default(),
            events: Arc::new(AdminEvents::new(admin_events)),
            keycloaks: Arc::clone(&keycloaks),
            realms: Arc::clone(&realms),
        };
        let left_logins = LeftLogins::new(
            controller.kube.clone(),
            controller.secrets.clone(),
            controller.sessions.clone(),
            controller.references.clone(),
            Arc::clone(&keycloaks),
            Arc::clone(&controller.noted),
        );
        let polls = EventPolls {
            events: Arc::clone(&controller.events),
            sessions: controller.sessions.clone(),
            keycloaks: Arc::clone(&keycloaks),
            realms: Arc::clone(&realms),
            waker: waker.clone(),
        };
        let clients = Store::<SlimClient>::new(controller_runtime::store::Attention::default());
        let controller = Controller::new(controller).watches(keycloaks).watches(clients).woken_by(woken);
        // Nobody else holds the cell, so it is empty.
        let _ = realms.set(controller.store());
        (controller, Beside { left_logins, polls, turns: Turns::new(slots, waker), quotas })
    }

    /// From now on the admin events of the realm are read, or not any more. What could not be looked at stays as it is.
    fn follow(&self, plan: &Plan, observed: &Observed, applied: &Applied<Done, RealmError>, pass: &Pass) {
        let Some(seen) = observed.seen().filter(|seen| seen.live.is_some()) else { return };
        let Some(followed) = self.followed(plan, seen, applied, pass) else {
            return self.events.forget(&pass.key);
        };
        self.events.follow(&pass.key, followed, &seen.edits);
    }

    /// Only a realm that was compared, and so is ours, is there, and keeps events as far as this pass leaves it.
    fn followed(
        &self,
        plan: &Plan,
        seen: &Seen,
        applied: &Applied<Done, RealmError>,
        pass: &Pass,
    ) -> Option<Followed> {
        let (changes, instance) = (plan.changes.as_ref()?, seen.instance.as_ref()?);
        let config = seen.realm.object().spec.events_config.as_ref();
        let is_applied = plan.mode.writes() && applied.failures.is_empty();
        let asked = config.and_then(|config| config.admin_events_enabled).filter(|_| is_applied);
        let is_there = seen.live_id().is_some() || applied.done.realm.is_some();
        let keeps_events = asked.unwrap_or_else(|| seen.keeps_events());
        if pass.deleting || plan.mode == Mode::Suspend || !is_there || !keeps_events {
            return None;
        }
        let owner = instance.owner();
        Some(Followed {
            whose: seen.whose(Kinds::of_record(&plan.record).and_of(changes)),
            instance: Arc::clone(instance),
            hint: self.hint(&Key::namespaced(owner.namespace.as_str(), owner.name.as_str())),
            since: pass.now,
        })
    }

    /// What the watch last said about an instance, as a number that changes with it; 0 where the watch does not see it.
    pub(crate) fn hint(&self, instance: &Key) -> u64 {
        self.keycloaks.get(instance).map_or(0, |slim| hash_of(&slim.contract()))
    }

    /// How many other objects of this namespace stand on the same instance.
    pub(crate) fn others(&self, own: &Key, instance: &Key) -> u32 {
        let Some(realms) = self.realms.get() else { return 0 };
        let target = Target::object(SlimKeycloak::KIND, instance.clone());
        let all = realms.dependants(&target, controller_runtime::Fields::ALL);
        let others = all.iter().filter(|key| *key != own && key.namespace() == own.namespace()).count();
        u32::try_from(others).unwrap_or(u32::MAX)
    }
}

/// Whether the object is the seed's and was not taken over.
pub(crate) fn is_of_the_seed(object: &KeycloakRealm) -> bool {
    let remembers = object.status.as_ref().is_some_and(|status| status.owned.is_some());
    OwnerKind::KeycloakRealm.is_of_the_seed(&object.metadata, remembers)
}

/// Whether the realm's name is one that may be declared. Without one there is nothing to look at.
pub(crate) fn has_a_name(object: &KeycloakRealm) -> bool {
    let name = object.spec.realm_name.as_str();
    name != MASTER && name.parse::<RealmName>().is_ok()
}

impl Pipeline for RealmController {
    type Object = KeycloakRealm;
    type Slim = SlimRealm;
    type Observed = Observed;
    type Valid = Valid;
    type Plan = Plan;
    type Applied = Done;
    type Error = RealmError;

    const MANAGER: &'static str = "cloakroom-realm";
    const FINALIZER: Option<&'static str> = Some(finalizer::TEARDOWN);
    const REPLACED_FINALIZERS: &'static [&'static str] = &[finalizer::SEED_REALM];
    const ANNOTATION_PREFIX: &'static str = PREFIX;
    const FORCE_ANNOTATION: Option<&'static str> = Some(annotation::RECONCILE_AT);
    const ABANDON_ANNOTATION: Option<&'static str> = Some(annotation::ABANDON);
    /// `status.authorization` is missing here on purpose: its tokens are written where they are issued, between two writes of
    /// their Secret, and the decision beside them where it changed. Each entry has one owner.
    const STATUS_FIELDS: &'static [&'static str] = &[
        "approvals",
        "authorizationSecretName",
        "available",
        "childResources",
        "drift",
        "endpoints",
        "features",
        "internalId",
        "keycloakInstance",
        "lastHealthCheck",
        "lastUpdated",
        "message",
        "owned",
        "phase",
        "plan",
        "realmName",
        "reason",
        "reconcileStatus",
        "rotation",
        "secretRotation",
    ];
    const CONDITIONS: &'static [&'static str] = &[
        ConditionType::Available.as_str(),
        ConditionType::Progressing.as_str(),
        ConditionType::Degraded.as_str(),
        ConditionType::Authorized.as_str(),
        ConditionType::LoginReady.as_str(),
        ConditionType::Planned.as_str(),
        ConditionType::Drifted.as_str(),
        ConditionType::DeletionBlocked.as_str(),
        ConditionType::OverriddenByServer.as_str(),
        ConditionType::PartiallyApplied.as_str(),
        ConditionType::TokensDelivered.as_str(),
    ];
    const TIME_FIELDS: &'static [&'static str] = &["lastHealthCheck", "lastUpdated"];

    /// Only where something may be made in a server. An object of the seed keeps its finalizer, which tells whose it is, until it
    /// is taken over.
    fn wants_finalizer(&self, object: &KeycloakRealm) -> bool {
        !is_of_the_seed(object)
            && has_a_name(object)
            && object.spec.management == Management::Enforce
            && !object.spec.suspend.unwrap_or(false)
    }

    async fn observe(&self, object: &KeycloakRealm, pass: &Pass) -> Result<Observed, RealmError> {
        Box::pin(observe::observe(self, object, pass)).await
    }

    fn validate(&self, object: &KeycloakRealm, _: &Observed, _: &Pass) -> Result<Valid, RealmError> {
        validate::validate(object)
    }

    fn plan(&self, object: &KeycloakRealm, valid: &Valid, observed: &Observed, pass: &Pass) -> Plan {
        plan::plan(object, valid, observed, pass.now)
    }

    fn teardown(&self, object: &KeycloakRealm, observed: &Observed, pass: &Pass) -> Plan {
        teardown::teardown(object, observed, pass.now)
    }

    async fn apply(&self, plan: &Plan, observed: &Observed, pass: &Pass) -> Applied<Done, RealmError> {
        let applied = Box::pin(apply::apply(self, plan, observed, pass)).await;
        self.follow(plan, observed, &applied, pass);
        applied
    }

    fn outcome(&self, _: &KeycloakRealm, facts: Facts<'_, Self>, pass: &Pass) -> Outcome {
        report::outcome(facts, pass)
    }

    fn report(
        &self,
        object: &KeycloakRealm,
        facts: Facts<'_, Self>,
        outcome: &Outcome,
        pass: &Pass,
    ) -> Report {
        // Whatever else stands in the way: nobody waits behind it.
        if facts.applied.is_none_or(|applied| applied.done.waits.is_none()) {
            self.slots.leave(&pass.key);
        }
        report::report(object, facts, outcome, pass)
    }

    fn sum_up(&self, status: &Value, outcome: &Outcome, pass: &Pass) -> Report {
        // What cannot be read, or ended before it was looked at, is not in line.
        self.slots.leave(&pass.key);
        summed_up_early(status, outcome, pass, &report::CONDITIONS)
    }
}

/// The reference of a realm, for the index of who depends on whom.
pub(crate) fn to_instance(namespace: &str, name: &str) -> Reference {
    Reference::to(Target::object(SlimKeycloak::KIND, Key::namespaced(namespace, name)))
}

#[cfg(test)]
mod at_rest;

#[cfg(test)]
mod tests {
    use keycloak_crds::generate::KINDS;

    use super::*;

    #[test]
    fn each_field_of_status_is_written_or_said_to_be_written_by_nobody() {
        let kind = KINDS.iter().find(|kind| kind.name == "KeycloakRealm").unwrap();
        // What the runtime writes, and what is written where tokens are issued.
        let written =
            [RealmController::STATUS_FIELDS, &["authorization", "conditions", "observedGeneration"]].concat();
        assert_eq!(kind.misreported_status(&written).unwrap(), Vec::<String>::new());
    }
}
