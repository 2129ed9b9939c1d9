//! The controller itself: what it is made of, and its steps in order.

use clap::Args;
use controller_runtime::{Applied, Controller, Facts, Outcome, Pass, Pipeline, Product, Report, Runtime};
use keycloak_admin::{BadServer, health::HealthProbe};
use keycloak_connect::{
    ClusterId, Consent, Instance, Namespaces, OwnerKind, RecordKeys, Secrets, SessionArgs, Sessions,
    session::{self, SessionSettings},
    summary::summed_up_early,
};
use keycloak_crds::{
    Keycloak,
    condition::ConditionType,
    labels::{PREFIX, annotation, finalizer},
    policy::Management,
};
use serde_json::Value;

use crate::{
    apply::{self, Done},
    error::InstanceError,
    observe::{self, Observed, Seen},
    plan::{self, Plan},
    report,
    validate::{self, Valid},
    workload::{identity, watch},
};

mod slim;

pub use slim::SlimKeycloak;

/// What this program is called.
pub const PRODUCT: Product = Product {
    name: "instance-controller",
    version: env!("CARGO_PKG_VERSION"),
    about: "Reconciles Keycloak objects: servers, our logins in them, and their authorization tokens",
    metrics_prefix: "keycloak_operator",
    environment_prefix: "CLOAKROOM",
};

/// Arguments beside those of the runtime.
#[derive(Args, Clone, Debug)]
pub struct InstanceArgs {
    /// Id of this cluster, part of the names of our logins; default: the uid of namespace kube-system.
    #[arg(long, value_name = "ID")]
    pub cluster_id: Option<String>,

    /// Who may let a Keycloak name a Secret: admission, label or off.
    #[arg(long, default_value = "admission", value_name = "WAY")]
    pub secret_consent: Consent,

    /// How servers are called.
    #[command(flatten)]
    pub calls: SessionArgs,
}

/// Puts the controller into a process.
///
/// # Errors
/// When the cluster's id can neither be read nor was given.
pub async fn build(runtime: Runtime, args: InstanceArgs) -> anyhow::Result<Runtime> {
    let cluster = ClusterId::find(&runtime.kube(), args.cluster_id.as_deref()).await?;
    let controller =
        InstanceController::new(runtime.kube(), cluster, args.secret_consent)?.calling(args.calls.settings());
    Ok(runtime.controller(controller.watching()))
}

/// What a pass needs.
pub struct InstanceController {
    pub(crate) kube: kube::Client,
    pub(crate) cluster: ClusterId,
    pub(crate) sessions: Sessions,
    pub(crate) secrets: Secrets,
    pub(crate) namespaces: Namespaces,
    pub(crate) record_key: RecordKeys,
    pub(crate) health: HealthProbe,
}

impl InstanceController {
    /// A controller over the runtime's own client, which refuses writes when this process does not lead.
    ///
    /// # Errors
    /// When the HTTP library refuses to start.
    pub fn new(kube: kube::Client, cluster: ClusterId, consent: Consent) -> Result<Self, BadServer> {
        let secrets = Secrets::new(kube.clone(), consent);
        let sessions = Sessions::new(secrets.clone(), SessionSettings::default());
        let record_key = RecordKeys::new(secrets.clone(), kube.default_namespace());
        let health = HealthProbe::new()?.with_trace_headers(session::trace_headers());
        let namespaces = Namespaces::new(kube.clone());
        Ok(Self { kube, cluster, sessions, secrets, namespaces, record_key, health })
    }

    /// The same with other settings for calls to servers, for example with a resolver of its own outside the cluster.
    #[must_use]
    pub fn calling(mut self, settings: SessionSettings) -> Self {
        self.sessions = Sessions::new(self.secrets.clone(), settings);
        self
    }

    /// The controller with the watches that it needs.
    pub fn watching(self) -> Controller<Self> {
        watch::with_children(Controller::new(self))
    }
}

/// Whether the object belongs to the seed.
pub(crate) fn is_of_the_seed(object: &Keycloak) -> bool {
    let remembers = object.status.as_ref().is_some_and(|status| status.owned.is_some());
    OwnerKind::Keycloak.is_of_the_seed(&object.metadata, remembers)
}

impl Pipeline for InstanceController {
    type Object = Keycloak;
    type Slim = SlimKeycloak;
    type Observed = Observed;
    type Valid = Valid;
    type Plan = Plan;
    type Applied = Done;
    type Error = InstanceError;

    const MANAGER: &'static str = identity::MANAGER;
    const FINALIZER: Option<&'static str> = Some(finalizer::TEARDOWN);
    const ANNOTATION_PREFIX: &'static str = PREFIX;
    const FORCE_ANNOTATION: Option<&'static str> = Some(annotation::RECONCILE_AT);
    const ABANDON_ANNOTATION: Option<&'static str> = Some(annotation::ABANDON);
    /// `status.authorization` is missing here on purpose: it is written where tokens are issued, between two writes of their
    /// Secret, and an entry with two owners could not be removed.
    const STATUS_FIELDS: &'static [&'static str] = &[
        "adminSecret",
        "adminUsername",
        "authorizationSecretName",
        "availableReplicas",
        "childResources",
        "currentVersion",
        "databaseStatus",
        "deployment",
        "endpoints",
        "externalUrl",
        "internalUrl",
        "lastHealthCheck",
        "message",
        "owned",
        "phase",
        "previousVersion",
        "readyReplicas",
        "reason",
        "reconcileStatus",
        "replicas",
        "rotation",
        "selector",
        "service",
        "version",
    ];
    const CONDITIONS: &'static [&'static str] = &[
        ConditionType::Available.as_str(),
        ConditionType::Progressing.as_str(),
        ConditionType::Degraded.as_str(),
        ConditionType::DatabaseReady.as_str(),
        ConditionType::LoginReady.as_str(),
        ConditionType::OverriddenByServer.as_str(),
        ConditionType::Planned.as_str(),
        ConditionType::TokensDelivered.as_str(),
    ];
    const TIME_FIELDS: &'static [&'static str] = &["lastHealthCheck"];

    /// Only where something may be made in a server.
    fn wants_finalizer(&self, object: &Keycloak) -> bool {
        let spec = &object.spec;
        !is_of_the_seed(object) && spec.management == Management::Enforce && !spec.suspend.unwrap_or(false)
    }

    async fn observe(&self, object: &Keycloak, pass: &Pass) -> Result<Observed, InstanceError> {
        Box::pin(observe::observe(self, object, pass)).await
    }

    fn validate(&self, object: &Keycloak, observed: &Observed, _: &Pass) -> Result<Valid, InstanceError> {
        let valid = validate::validate(object, observed.seen_version())?;
        observed.seen().map_or(Ok(valid.clone()), |seen| validate::with_children(valid, seen))
    }

    fn plan(&self, object: &Keycloak, valid: &Valid, observed: &Observed, pass: &Pass) -> Plan {
        let Some(seen) = observed.seen() else { return Plan::default() };
        let plan = plan::plan(plan::mode(object), &seen.facts);
        match &seen.workload {
            Some(workload) => plan.after_the_workload(workload, &valid.children, pass.now),
            None => plan,
        }
    }

    fn teardown(&self, object: &Keycloak, observed: &Observed, _: &Pass) -> Plan {
        let of = |seen: &Seen| {
            let elsewhere = Some(&seen.instance).filter(|instance| instance.keeps_logins_elsewhere());
            let mode = plan::mode(object);
            plan::teardown(mode, &seen.facts, elsewhere.map(Instance::logins_namespace))
                .with_copies(mode, object)
        };
        observed.seen().map_or_else(Plan::default, of)
    }

    async fn apply(&self, plan: &Plan, observed: &Observed, pass: &Pass) -> Applied<Done, InstanceError> {
        apply::apply(self, plan, observed, pass).await
    }

    fn outcome(&self, _: &Keycloak, facts: Facts<'_, Self>, pass: &Pass) -> Outcome {
        report::outcome(facts, pass)
    }

    fn report(&self, object: &Keycloak, facts: Facts<'_, Self>, outcome: &Outcome, pass: &Pass) -> Report {
        report::report(object, facts, outcome, pass)
    }

    fn sum_up(&self, status: &Value, outcome: &Outcome, pass: &Pass) -> Report {
        summed_up_early(status, outcome, pass, &report::CONDITIONS)
    }
}

#[cfg(test)]
mod tests {
    use keycloak_crds::generate::KINDS;

    use super::*;

    #[test]
    fn each_field_of_status_is_written_or_said_to_be_written_by_nobody() {
        let kind = KINDS.iter().find(|kind| kind.name == "Keycloak").unwrap();
        // What the runtime writes, and what is written where tokens are issued.
        let written =
            [InstanceController::STATUS_FIELDS, &["authorization", "conditions", "observedGeneration"]]
                .concat();
        assert_eq!(kind.misreported_status(&written).unwrap(), Vec::<String>::new());
    }
}
