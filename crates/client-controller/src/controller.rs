//! The controller itself: what it is made of, and its steps in order.

use std::sync::{Arc, OnceLock};

use clap::Args;
use controller_runtime::{
    Applied, Controller, Facts, Outcome, Pass, Pipeline, Product, Report, Runtime, Store, Waker,
    store::Attention,
};
use keycloak_connect::{
    Authorizer, ClusterId, ConnectError, Consent, Mode, Namespaces, OwnerKind, RecordKeys, References,
    Secrets, SessionArgs, Sessions,
    quota::{SlimQuota, Slots, Turns},
    session::SessionSettings,
    summary::summed_up_early,
    watched::SlimKeycloak,
};
use keycloak_crds::{
    KeycloakClient,
    condition::ConditionType,
    labels::{PREFIX, annotation, finalizer},
};
use serde_json::Value;

use crate::{
    apply::{self, Done},
    error::{Awaited, ClientError},
    ground::Observed,
    observe,
    plan::{self, Plan},
    report,
    scopes::RealmScopes,
    slim::{SlimClient, SlimRealm},
    slots::ClientSlots,
    validate::{self, Valid},
};

/// What this program is called.
pub const PRODUCT: Product = Product {
    name: "client-controller",
    version: env!("CARGO_PKG_VERSION"),
    about: "Reconciles KeycloakClient objects: clients in realms, and the Secrets that their applications read",
    metrics_prefix: "keycloak_operator",
    environment_prefix: "CLOAKROOM",
};

/// Arguments beside those of the runtime.
#[derive(Args, Clone, Debug)]
pub struct ClientArgs {
    /// Id of this cluster, part of the mark on every client; default: the uid of namespace kube-system.
    #[arg(long, value_name = "ID")]
    pub cluster_id: Option<String>,

    /// Who may let a KeycloakClient name a Secret: admission, label or off.
    #[arg(long, default_value = "admission", value_name = "WAY")]
    pub secret_consent: Consent,

    /// How servers are called.
    #[command(flatten)]
    pub calls: SessionArgs,
}

/// What a controller is told at its start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which cluster this is.
    pub cluster: ClusterId,
    /// Namespace of the controllers: the record key stands there.
    pub home: String,
    /// Who may let a KeycloakClient name a Secret.
    pub consent: Consent,
}

/// Puts the controller into a process.
///
/// # Errors
/// When the cluster's id can neither be read nor was given.
pub async fn build(runtime: Runtime, args: ClientArgs) -> anyhow::Result<Runtime> {
    let kube = runtime.kube();
    let cluster = ClusterId::find(&kube, args.cluster_id.as_deref()).await?;
    let home = kube.default_namespace().to_owned();
    let settings = Settings { cluster, home, consent: args.secret_consent };
    Ok(install(runtime, ClientController::new(kube, settings).calling(args.calls.settings())))
}

/// The same where the cluster's id is known.
pub fn install(runtime: Runtime, controller: ClientController) -> Runtime {
    let (controller, turns) = controller.watching();
    let leadership = runtime.leadership();
    runtime.controller(controller).background("slots of quotas", turns.run(leadership))
}

/// What a pass needs.
pub struct ClientController {
    pub(crate) kube: kube::Client,
    pub(crate) settings: Settings,
    pub(crate) references: References,
    pub(crate) secrets: Secrets,
    pub(crate) sessions: Sessions,
    pub(crate) authorizer: Authorizer,
    pub(crate) namespaces: Namespaces,
    pub(crate) realms: Arc<Store<SlimRealm>>,
    pub(crate) instances: Arc<Store<SlimKeycloak>>,
    /// The client scopes of realms.
    pub(crate) scopes: RealmScopes,
    /// What is kept of quotas.
    quotas: Arc<Store<SlimQuota>>,
    /// Those of the clients' realms' namespaces.
    pub(crate) slots: Arc<Slots<ClientSlots>>,
    /// All clients, to count those of a namespace; there as soon as the controller is.
    clients: Arc<OnceLock<Arc<Store<SlimClient>>>>,
    record_key: RecordKeys,
}

impl ClientController {
    /// A controller over the runtime's own client, which refuses writes when this process does not lead.
    pub fn new(kube: kube::Client, settings: Settings) -> Self {
        let namespaces = Namespaces::new(kube.clone());
        let secrets = Secrets::new(kube.clone(), settings.consent);
        let foreign = Attention { annotation_prefix: "", finalizer: None };
        let (references, realms) = (References::new(kube.clone()), Store::new(foreign));
        let sessions = Sessions::new(secrets.clone(), SessionSettings::default());
        let (clients, quotas) = (Arc::default(), Store::new(foreign));
        let of_clients = ClientSlots::new(
            kube.clone(),
            references.clone(),
            sessions.clone(),
            Arc::clone(&realms),
            Arc::clone(&clients),
        );
        Self {
            slots: Arc::new(Slots::new(kube.clone(), Arc::clone(&quotas), of_clients)),
            quotas,
            references,
            sessions,
            authorizer: Authorizer::new(kube.clone(), namespaces.clone(), secrets.clone()),
            realms,
            instances: Store::new(foreign),
            scopes: RealmScopes::default(),
            clients,
            record_key: RecordKeys::new(secrets.clone(), settings.home.as_str()),
            secrets,
            namespaces,
            settings,
            kube,
        }
    }

    /// The same with other settings for calls to servers.
    #[must_use]
    pub fn calling(mut self, settings: SessionSettings) -> Self {
        self.sessions = Sessions::new(self.secrets.clone(), settings);
        let of_clients = ClientSlots::new(
            self.kube.clone(),
            self.references.clone(),
            self.sessions.clone(),
            Arc::clone(&self.realms),
            Arc::clone(&self.clients),
        );
        self.slots = Arc::new(Slots::new(self.kube.clone(), Arc::clone(&self.quotas), of_clients));
        self
    }

    /// The same with its watches, of clients, of realms, of instances and of quotas; and who runs beside it.
    pub fn watching(self) -> (Controller<Self>, Turns<ClientSlots>) {
        let (realms, instances) = (Arc::clone(&self.realms), Arc::clone(&self.instances));
        let (clients, quotas) = (Arc::clone(&self.clients), Arc::clone(&self.quotas));
        let (waker, woken) = Waker::new();
        let turns = Turns::new(Arc::clone(&self.slots), waker);
        let controller = Controller::new(self).watches(realms).watches(instances).watches(quotas);
        let controller = controller.woken_by(woken);
        // It was made a moment ago: nobody has set it.
        let _ = clients.set(controller.store());
        (controller, turns)
    }

    /// All clients that are watched.
    pub(crate) fn clients(&self) -> Option<&Store<SlimClient>> {
        self.clients.get().map(AsRef::as_ref)
    }

    /// Whether this object is woken when what it waits for changes. Its realm stands in its spec. Its instance is known by what it
    /// says of itself since an earlier pass: what it says at the end of this one comes too late for a change of meanwhile.
    fn hears_of(&self, awaited: &Awaited, object: &KeycloakClient, pass: &Pass) -> bool {
        match awaited {
            Awaited::Realm => true,
            Awaited::Instance(instance) => {
                let said = object.status.as_ref().and_then(|status| status.keycloak_instance.as_deref());
                let slim = self.clients().and_then(|clients| clients.get(&pass.key));
                said == Some(instance.to_string().as_str())
                    && slim.is_some_and(|slim| slim.instance() == Some(instance))
            }
        }
    }

    /// Where the key of hashes from Secrets is: it seals records, too.
    pub(crate) fn record_keys(&self) -> &RecordKeys {
        &self.record_key
    }

    /// The key of hashes of values that come from Secrets; read once per process.
    pub(crate) async fn record_key(&self) -> Result<keycloak_plan::RecordKey, ConnectError> {
        let key = self.record_key.get().await?;
        Ok(keycloak_plan::RecordKey::new(key.id(), key.expose()))
    }
}

/// Whether the object belongs to the seed.
pub(crate) fn is_of_the_seed(object: &KeycloakClient) -> bool {
    let remembers = object.status.as_ref().is_some_and(|status| status.owned.is_some());
    OwnerKind::KeycloakClient.is_of_the_seed(&object.metadata, remembers)
}

/// Whether this object's client may be written.
pub(crate) fn mode(object: &KeycloakClient) -> Mode {
    Mode::of(object.spec.management, object.spec.suspend)
}

impl Pipeline for ClientController {
    type Object = KeycloakClient;
    type Slim = SlimClient;
    type Observed = Observed;
    type Valid = Valid;
    type Plan = Plan;
    type Applied = Done;
    type Error = ClientError;

    const MANAGER: &'static str = "cloakroom-client";
    const FINALIZER: Option<&'static str> = Some(finalizer::TEARDOWN);
    const ANNOTATION_PREFIX: &'static str = PREFIX;
    const FORCE_ANNOTATION: Option<&'static str> = Some(annotation::RECONCILE_AT);
    const ABANDON_ANNOTATION: Option<&'static str> = Some(annotation::ABANDON);
    const STATUS_FIELDS: &'static [&'static str] = &[
        "appliedMappers",
        "approvals",
        "authorization",
        "authorizationGranted",
        "authorizationMessage",
        "childResources",
        "clientId",
        "createdRoles",
        "credentialsSecret",
        "drift",
        "endpoints",
        "internalId",
        "keycloakInstance",
        "lastHealthCheck",
        "lastUpdated",
        "message",
        "owned",
        "phase",
        "plan",
        "publicClient",
        "realm",
        "realmUid",
        "reason",
        "reconcileStatus",
        "rotation",
    ];
    const CONDITIONS: &'static [&'static str] = &[
        ConditionType::Available.as_str(),
        ConditionType::Progressing.as_str(),
        ConditionType::Degraded.as_str(),
        ConditionType::Authorized.as_str(),
        ConditionType::Planned.as_str(),
        ConditionType::Drifted.as_str(),
        ConditionType::SecretReady.as_str(),
        ConditionType::OverriddenByServer.as_str(),
        ConditionType::PartiallyApplied.as_str(),
    ];
    const TIME_FIELDS: &'static [&'static str] = &["lastHealthCheck", "lastUpdated"];

    /// Only where something may be made in a realm.
    fn wants_finalizer(&self, object: &KeycloakClient) -> bool {
        !is_of_the_seed(object) && mode(object).writes()
    }

    async fn observe(&self, object: &KeycloakClient, pass: &Pass) -> Result<Observed, ClientError> {
        Box::pin(observe::observe(self, object, pass)).await
    }

    fn validate(&self, object: &KeycloakClient, observed: &Observed, _: &Pass) -> Result<Valid, ClientError> {
        validate::validate(object, observed.ground())
    }

    fn plan(&self, object: &KeycloakClient, _: &Valid, observed: &Observed, _: &Pass) -> Plan {
        observed.ground().map_or_else(Plan::default, |ground| plan::plan(object, ground))
    }

    fn teardown(&self, object: &KeycloakClient, observed: &Observed, _: &Pass) -> Plan {
        observed.ground().map_or_else(Plan::default, |ground| plan::teardown(object, ground))
    }

    async fn apply(&self, plan: &Plan, observed: &Observed, pass: &Pass) -> Applied<Done, ClientError> {
        Box::pin(apply::apply(self, plan, observed, pass)).await
    }

    fn outcome(&self, object: &KeycloakClient, facts: Facts<'_, Self>, pass: &Pass) -> Outcome {
        let outcome = report::outcome(facts, pass);
        let ground = facts.observed.and_then(|observed| observed.ground());
        let obstacle = ground.and_then(|ground| ground.obstacle.as_ref());
        let awaited = obstacle.filter(|_| !pass.deleting).and_then(ClientError::awaits);
        if awaited.is_some_and(|awaited| self.hears_of(&awaited, object, pass)) {
            outcome.at_resync()
        } else {
            outcome
        }
    }

    fn report(
        &self,
        object: &KeycloakClient,
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

#[cfg(test)]
mod at_rest;

#[cfg(test)]
mod tests {
    use keycloak_crds::generate::KINDS;

    use super::*;

    #[test]
    fn each_field_of_status_is_written_or_said_to_be_written_by_nobody() {
        let kind = KINDS.iter().find(|kind| kind.name == "KeycloakClient").unwrap();
        // With what the runtime writes.
        let written = [ClientController::STATUS_FIELDS, &["conditions", "observedGeneration"]].concat();
        assert_eq!(kind.misreported_status(&written).unwrap(), Vec::<String>::new());
    }
}
