//! The controller itself: what it is made of, what it watches, and its steps in order.

use std::sync::{Arc, OnceLock};

use clap::Args;
use controller_runtime::{
    Applied, Controller, Facts, Key, Outcome, Pass, Pipeline, Product, Projection, Reference, Report,
    Runtime, Store, Target, hash_of,
};
use keycloak_connect::{
    Authorizer, ClusterId, Consent, Namespaces, OwnerKind, References, Secrets, SessionArgs, Sessions,
    login::MASTER, session::SessionSettings, summary::summed_up_early, watched::SlimKeycloak,
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
    apply::{self, Done},
    error::RealmError,
    left_logins::LeftLogins,
    observe::{self, Observed},
    plan::{self, Plan},
    report,
    secrets::NamedSecrets,
    teardown,
    validate::{self, Valid},
};

mod slim;

pub use slim::{SlimClient, SlimRealm};

/// What this program is called.
pub const PRODUCT: Product = Product {
    name: "realm-controller",
    version: env!("CARGO_PKG_VERSION"),
    about: "Reconciles KeycloakRealm objects: realms, our logins in them, and their authorization tokens",
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
}

/// Puts the controller into a process.
///
/// # Errors
/// When the cluster's id can neither be read nor was given.
pub async fn build(runtime: Runtime, args: RealmArgs) -> anyhow::Result<Runtime> {
    let cluster = ClusterId::find(&runtime.kube(), args.cluster_id.as_deref()).await?;
    Ok(install_calling(runtime, cluster, args.secret_consent, args.calls.settings()))
}

/// The same where the cluster's id is known, with the defaults for calls to servers.
pub fn install(runtime: Runtime, cluster: ClusterId, consent: Consent) -> Runtime {
    install_calling(runtime, cluster, consent, SessionSettings::default())
}

fn install_calling(
    runtime: Runtime,
    cluster: ClusterId,
    consent: Consent,
    calls: SessionSettings,
) -> Runtime {
    let (controller, left_logins) = RealmController::watching(runtime.kube(), cluster, consent, calls);
    let leadership = runtime.leadership();
    runtime.controller(controller).background("left logins", left_logins.run(leadership))
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
    keycloaks: Arc<Store<SlimKeycloak>>,
    /// Made by the runtime after this; set before anything runs.
    realms: Arc<OnceLock<Arc<Store<SlimRealm>>>>,
}

impl RealmController {
    /// A controller with its watches and the task beside it, over the runtime's own client, which refuses writes when this
    /// process does not lead.
    fn watching(
        kube: kube::Client,
        cluster: ClusterId,
        consent: Consent,
        calls: SessionSettings,
    ) -> (Controller<Self>, LeftLogins) {
        let namespaces = Namespaces::new(kube.clone());
        let secrets = Secrets::new(kube.clone(), consent);
        let keycloaks = Store::new(controller_runtime::store::Attention::default());
        let realms = Arc::new(OnceLock::new());
        let controller = Self {
            references: References::new(kube.clone()),
            sessions: Sessions::new(secrets.clone(), calls),
            named: NamedSecrets::new(secrets.clone(), kube.default_namespace()),
            authorizer: Authorizer::new(kube.clone(), namespaces.clone(), secrets.clone()),
            secrets,
            namespaces,
            kube,
            cluster,
            noted: Arc::default(),
            keycloaks: Arc::clone(&keycloaks),
            realms: Arc::clone(&realms),
        };
        let left_logins = LeftLogins::new(
            controller.kube.clone(),
            controller.secrets.clone(),
            controller.references.clone(),
            Arc::clone(&keycloaks),
            Arc::clone(&controller.noted),
        );
        let clients = Store::<SlimClient>::new(controller_runtime::store::Attention::default());
        let controller = Controller::new(controller).watches(keycloaks).watches(clients);
        // Nobody else holds the cell, so it is empty.
        let _ = realms.set(controller.store());
        (controller, left_logins)
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
        Box::pin(apply::apply(self, plan, observed, pass)).await
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
        report::report(object, facts, outcome, pass)
    }

    fn sum_up(&self, status: &Value, outcome: &Outcome, pass: &Pass) -> Report {
        summed_up_early(status, outcome, pass, &report::CONDITIONS)
    }
}

/// The reference of a realm, for the index of who depends on whom.
pub(crate) fn to_instance(namespace: &str, name: &str) -> Reference {
    Reference::to(Target::object(SlimKeycloak::KIND, Key::namespaced(namespace, name)))
}

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
