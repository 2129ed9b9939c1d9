//! The engine against examples and against a model of the server.

mod any_json;
mod bodies;
mod consent;
mod declarations;
mod moves;
mod ownership;
mod planning;
mod properties;
mod server;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::kinds::{CATALOGUE, CLIENT, REALM, REALM_ROLE};
use crate::{
    Approvals, Desired, DesiredLinks, Exclusive, Identity, LiveState, Mark, OwnedRecord, Plan, PlanError,
    PlanInput, Reason, RecordKey, Server, ServerVersion, Subject, plan,
};

pub(crate) const CURRENT: ServerVersion = ServerVersion::new(26, 7, 3);

/// Everything a plan is made from, with usual values.
pub(crate) struct Given {
    pub(crate) subject: Subject,
    pub(crate) desired: Vec<Desired>,
    pub(crate) links: Vec<DesiredLinks>,
    pub(crate) exclusive: Vec<Exclusive>,
    pub(crate) live: LiveState,
    pub(crate) record: OwnedRecord,
    pub(crate) approvals: Approvals,
    pub(crate) server: Server,
    pub(crate) key: Option<RecordKey>,
}

impl Given {
    pub(crate) fn new() -> Self {
        Self {
            subject: subject(),
            desired: Vec::new(),
            links: Vec::new(),
            exclusive: Vec::new(),
            live: LiveState::new(),
            record: OwnedRecord::default(),
            approvals: Approvals::default(),
            server: Server::version(CURRENT),
            key: Some(RecordKey::new("rk-1", b"key")),
        }
    }

    pub(crate) fn desired(mut self, desired: Desired) -> Self {
        self.desired.push(desired);
        self
    }

    pub(crate) fn live(mut self, live: LiveState) -> Self {
        self.live = live;
        self
    }

    pub(crate) fn record(mut self, record: OwnedRecord) -> Self {
        self.record = record;
        self
    }

    pub(crate) fn try_plan(&self) -> Result<Plan, PlanError> {
        plan(&PlanInput {
            subject: &self.subject,
            desired: &self.desired,
            links: &self.links,
            exclusive: &self.exclusive,
            live: &self.live,
            record: &self.record,
            approvals: &self.approvals,
            server: &self.server,
            key: self.key.as_ref(),
            catalogue: CATALOGUE,
        })
    }

    pub(crate) fn plan(&self) -> Plan {
        self.try_plan().unwrap()
    }

    /// Plans, runs the plan on the model, remembers it. Returns the plan.
    fn apply(&mut self, keycloak: &mut server::Keycloak) -> Plan {
        self.live = keycloak.live();
        let plan = self.plan();
        let done = keycloak.run(&plan);
        self.record = plan.record_after(&self.record, &done);
        self.live = keycloak.live();
        self.approvals = self.approvals.settle(&self.plan());
        plan
    }
}

pub(crate) fn subject() -> Subject {
    Subject {
        what: "realm acme".to_owned(),
        on: "keycloak-system/keycloak".to_owned(),
        cr: "realm/acme".to_owned(),
        namespace: "acme".to_owned(),
        uid: "uid-of-the-cr".to_owned(),
        realm_id: "id-of-the-realm".to_owned(),
    }
}

pub(crate) fn mark() -> Mark {
    Mark {
        cluster_id: "cluster".to_owned(),
        namespace_uid: "uid-of-the-namespace".to_owned(),
        namespace: "acme".to_owned(),
        name: "portal".to_owned(),
        uid: "uid-of-the-cr".to_owned(),
    }
}

/// Writes beside every drift of an object who made it, as whoever renders a plan may: `changed by user "admin" in the console`.
pub(crate) fn explain_drift(plan: &mut Plan, object: &Identity, note: &str) {
    let steps = plan.steps.iter_mut().filter(|step| step.object == *object);
    for change in steps.flat_map(|step| &mut step.changes).filter(|change| change.reason == Reason::Drift) {
        change.note = Some(note.to_owned());
    }
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("not an object: {value}") };
    map
}

pub(crate) fn client(value: Value) -> Desired {
    Desired::new(&CLIENT, "portal", object(value))
}

pub(crate) fn realm(value: Value) -> Desired {
    Desired::new(&REALM, "acme", object(value))
}

pub(crate) fn role(name: &str, value: Value) -> Desired {
    Desired::new(&REALM_ROLE, name, object(value))
}

pub(crate) fn portal() -> Identity {
    Identity::new(&CLIENT, "portal")
}

/// The record after the first `plan` was carried out as a whole.
pub(crate) fn all_steps(plan: &Plan) -> BTreeSet<crate::StepId> {
    plan.steps.iter().map(|step| step.id).collect()
}

/// The body of the only step.
pub(crate) fn only_body(plan: &Plan) -> Value {
    let [step] = plan.steps.as_slice() else { panic!("not one step: {:#?}", plan.steps) };
    step.body().expect("a body").expose().clone()
}

/// Changes as lines: `path: old -> new (reason)`.
pub(crate) fn changes(plan: &Plan) -> String {
    let mut lines = Vec::new();
    for change in plan.steps.iter().flat_map(|step| &step.changes) {
        let (old, new) = (crate::render::shown_text(&change.old), crate::render::shown_text(&change.new));
        lines.push(format!("{}: {old} -> {new} ({:?})", change.path, change.reason));
    }
    lines.join("\n")
}
