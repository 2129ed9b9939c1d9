//! Carrying out a plan.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use keycloak_admin::{AdminApi, AdminError, AnswerKind};
use keycloak_plan::kinds::{CLIENT, KINDS, REALM};
use keycloak_plan::{Action, FieldPath, Identity, OwnedRecord, Plan, Step, StepId};
use serde_json::Value;

use crate::error::{SyncError, Verb};
use crate::observed::Representation;
use crate::{client, realm};

/// Whether this process may still write. Asked before each write: leadership ends by time, not by an event.
pub type Fence<'a> = &'a (dyn Fn() -> bool + Send + Sync);

/// Where a plan is carried out.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The server, with the login that may write there.
    pub api: &'a AdminApi,
    /// Name of the realm: for a realm its own, for a client the one it lives in.
    pub realm: &'a str,
    /// Whether to write at all.
    pub fence: Fence<'a>,
}

impl Target<'_> {
    /// Asks the fence before a further call of the same steps.
    pub(crate) fn may_still(&self, step: &Step) -> Result<(), SyncError> {
        if (self.fence)() { Ok(()) } else { Err(fenced(step)) }
    }
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("api", &self.api).field("realm", &self.realm).finish_non_exhaustive()
    }
}

/// What became of a plan.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// The steps that are done.
    pub done: BTreeSet<StepId>,
    /// The steps that failed, in order.
    pub failed: Vec<StepFailure>,
    /// The steps that were not tried because one they depend on is not done.
    pub held_back: Vec<HeldBack>,
    /// Keycloak's ids of what was created, where it says them.
    pub created: BTreeMap<Identity, String>,
    /// What to remember as owned from now on. Right also when steps failed: those keep what was remembered before.
    pub record: OwnedRecord,
}

/// A step that failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{error}{}", about(.object, .paths))]
pub struct StepFailure {
    /// Its number in the plan.
    pub step: StepId,
    /// What it was to do.
    pub verb: Verb,
    /// To which object.
    pub object: Identity,
    /// Where in the object. Every path of a creation is new, so there it is empty.
    pub paths: Vec<FieldPath>,
    /// Why it failed.
    #[source]
    pub error: SyncError,
}

/// A step that was not tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// Its number in the plan.
    pub step: StepId,
    /// What it was to do.
    pub verb: Verb,
    /// To which object.
    pub object: Identity,
    /// The step that it depends on and that is not done.
    pub on: StepId,
}

impl Applied {
    /// Whether every step that may run is done.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.held_back.is_empty()
    }

    /// The creation that failed because an object of that name or id exists: look it up once, decide whose it is,
    /// and plan again.
    pub fn conflict(&self) -> Option<&StepFailure> {
        self.failed.iter().find(|failure| failure.failed_to_create() && failure.error.is_conflict())
    }
}

/// Carries out the steps of a plan that may run, in order. A failed step stops what depends on it, the rest goes on.
/// Steps that wait for an approval are left alone.
///
/// `before` is the record that the plan was made with.
pub async fn execute(plan: &Plan, before: &OwnedRecord, target: &Target<'_>) -> Applied {
    let (mut applied, mut lookups) = (Applied::default(), realm::Lookups::default());
    let mut steps: VecDeque<&Step> = plan.runnable().collect();
    while let Some(step) = steps.pop_front() {
        if applied.done.contains(&step.id) {
            continue;
        }
        if let Some(on) = applied.in_the_way_of(step) {
            let (step, verb, object) = (step.id, step.action.into(), step.object.clone());
            applied.held_back.push(HeldBack { step, verb, object, on });
            continue;
        }
        match step.action {
            Action::Link | Action::Unlink => {
                let mut links = vec![step];
                while let Some(next) = steps.front().filter(|next| applied.goes_with(step, next)) {
                    links.push(*next);
                    steps.pop_front();
                }
                applied.link(&links, &mut lookups, target).await;
            }
            Action::Create | Action::Update | Action::Delete => applied.write(step, &steps, target).await,
        }
    }
    let record = plan.record_after(before, &applied.done);
    let refused = applied.failed.iter().filter(|failure| failure.was_certainly_not_made());
    let refused = refused.map(|failure| &failure.object);
    // A realm's call carries what is in it: if it may have made the realm, it may have made that, too.
    let maybe_a_realm = applied.failed.iter().any(|failure| {
        failure.verb == Verb::Create
            && failure.object.kind() == REALM.name
            && !failure.was_certainly_not_made()
    });
    let moves: BTreeSet<StepId> =
        plan.steps.iter().filter(|step| step.moved().is_some()).map(|step| step.id).collect();
    let is_not_made =
        |held: &&HeldBack| moves.contains(&held.step) || (held.verb == Verb::Create && !maybe_a_realm);
    let not_tried = applied.held_back.iter().filter(is_not_made).map(|held| &held.object);
    applied.record = refused.chain(not_tried).fold(record, OwnedRecord::without_pending);
    applied
}

impl Applied {
    /// The step that has to be done before this one and is not. Nothing is done in a realm that could not be made.
    fn in_the_way_of(&self, step: &Step) -> Option<StepId> {
        let needed = step.depends_on.iter().find(|on| !self.done.contains(on)).copied();
        let no_realm =
            |failure: &&StepFailure| failure.verb == Verb::Create && failure.object.kind() == REALM.name;
        needed.or_else(|| self.failed.iter().find(no_realm).map(|failure| failure.step))
    }

    /// Whether one call makes this link too.
    fn goes_with(&self, first: &Step, next: &Step) -> bool {
        let relation = |step: &Step| step.link.as_ref().map(|link| link.relation);
        first.action == next.action
            && first.object == next.object
            && relation(first) == relation(next)
            && self.in_the_way_of(next).is_none()
    }

    /// One step, and with a realm that is made what its call can carry.
    async fn write(&mut self, step: &Step, after: &VecDeque<&Step>, target: &Target<'_>) {
        if !(target.fence)() {
            return self.fenced(&[step]);
        }
        let made = if *step.kind() == CLIENT {
            client::write(step, target).await.map(realm::Made::alone)
        } else if *step.kind() == REALM && step.action == Action::Create {
            realm::create(step, after.iter().copied(), target).await
        } else if *step.kind() == REALM {
            realm::write(step, target).await.map(realm::Made::alone)
        } else {
            realm::write_part(step, realm::Created(&self.created), target).await.map(realm::Made::alone)
        };
        match made {
            Ok(realm::Made { id, done }) => {
                self.done.insert(step.id);
                self.done.extend(done);
                self.created.extend(id.map(|id| (step.object.clone(), id)));
            }
            Err(error) => self.failed.push(failure(step, error)),
        }
    }

    /// The links of one relation that one object holds.
    async fn link(&mut self, steps: &[&Step], lookups: &mut realm::Lookups, target: &Target<'_>) {
        if !(target.fence)() {
            return self.fenced(steps);
        }
        let mut linked = realm::link_part(steps, realm::Created(&self.created), lookups, target).await;
        for step in steps {
            match linked.take(step) {
                Ok(()) => {
                    self.done.insert(step.id);
                }
                Err(error) => self.failed.push(failure(step, error)),
            }
        }
    }

    fn fenced(&mut self, steps: &[&Step]) {
        self.failed.extend(steps.iter().map(|step| failure(step, fenced(step))));
    }
}

impl StepFailure {
    /// Whether it is the creation itself that failed, and not a call after it that gives what was made the rest of its values.
    fn failed_to_create(&self) -> bool {
        let is_later = matches!(
            self.error,
            SyncError::Call { verb: Verb::Update, .. } | SyncError::Fenced { verb: Verb::Update, .. }
        );
        self.verb == Verb::Create && !is_later
    }

    /// Whether the server refused to make it, or was not asked.
    fn was_certainly_not_made(&self) -> bool {
        let is_refusal = |kind: AnswerKind| match kind {
            AnswerKind::BadRequest
            | AnswerKind::Unauthorized
            | AnswerKind::Forbidden
            | AnswerKind::NotFound
            | AnswerKind::Conflict
            | AnswerKind::Unprocessable
            | AnswerKind::TooManyRequests
            | AnswerKind::OtherRefusal => true,
            AnswerKind::OtherSuccess | AnswerKind::Redirect | AnswerKind::Server | AnswerKind::Unknown => {
                false
            }
        };
        let refused = self.error.admin().and_then(AdminError::kind).is_some_and(is_refusal);
        let not_sent = matches!(
            self.error,
            SyncError::Fenced { .. }
                | SyncError::NoMapperType { .. }
                | SyncError::NoRequiredAction { .. }
                | SyncError::FeatureOff { .. }
        );
        // Of changes only a move is noted before it is made.
        (self.failed_to_create() || self.verb == Verb::Update) && (refused || not_sent)
    }
}

fn fenced(step: &Step) -> SyncError {
    SyncError::Fenced { verb: step.action.into(), object: step.object.clone() }
}

pub(crate) fn no_call(step: &Step) -> SyncError {
    SyncError::NoCall { verb: step.action.into(), object: step.object.clone() }
}

fn failure(step: &Step, error: SyncError) -> StepFailure {
    let verb = Verb::from(step.action);
    let paths = match verb {
        Verb::Update => step.changes.iter().map(|change| change.path.clone()).collect(),
        Verb::Read | Verb::Create | Verb::Delete | Verb::Link | Verb::Unlink => Vec::new(),
    };
    StepFailure { step: step.id, verb, object: step.object.clone(), paths, error }
}

/// What was to change, in the words of the CR.
fn about(object: &Identity, paths: &[FieldPath]) -> String {
    if paths.is_empty() {
        return String::new();
    }
    let kind = KINDS.iter().find(|kind| kind.name == object.kind());
    let asked = |path: &FieldPath| kind.map_or_else(|| path.to_string(), |kind| kind.asked_in(path));
    let paths: Vec<String> = paths.iter().map(asked).collect();
    format!(" (to change: {})", paths.join(", "))
}

/// The body of a step as the admin API takes it, and the id that it asks for.
pub(crate) fn body<R: Representation>(step: &Step) -> Result<(R, Option<String>), SyncError> {
    let (verb, object) = (Verb::from(step.action), step.object.clone());
    let Some(body) = step.body() else {
        return Err(SyncError::Incomplete { verb, object, lacks: "body" });
    };
    let body = body.expose();
    let id = body.get("id").and_then(Value::as_str).map(str::to_owned);
    match R::deserialize(body) {
        Ok(representation) => Ok((representation, id)),
        // The parser's own text may quote a value, and values may be secrets.
        Err(_) => Err(SyncError::WrongType { verb, object, fields: misfits::<R>(body) }),
    }
}

/// The fields that do not fit, each tried by itself.
fn misfits<R: Representation>(body: &Value) -> Vec<String> {
    let fields = body.as_object().into_iter().flatten();
    let misfits = fields.filter(|(name, value)| {
        let alone = Value::Object([((*name).clone(), (*value).clone())].into_iter().collect());
        R::deserialize(&alone).is_err()
    });
    misfits.map(|(name, _)| name.clone()).collect()
}

/// The answer to a deletion: what is gone already is deleted.
pub(crate) fn deleted(answer: Result<(), AdminError>) -> Result<(), AdminError> {
    match answer {
        Err(error) if !error.is_not_found() => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Keycloak's id of the object that a step changes or deletes.
pub(crate) fn server_id(step: &Step) -> Result<&str, SyncError> {
    step.server_id.as_deref().ok_or_else(|| SyncError::Incomplete {
        verb: step.action.into(),
        object: step.object.clone(),
        lacks: "id in Keycloak",
    })
}
