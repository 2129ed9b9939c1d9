//! Whether the server runs as it should, and if not, why.

use k8s_openapi::api::{
    apps::v1::StatefulSet,
    core::v1::{ContainerStatus, Pod},
};
use keycloak_admin::health::Health;
use keycloak_crds::{condition::Reason, status::Verdict};

use super::{
    database::Binding,
    identity::CONTAINER,
    last_words::{self, Cause, DatabaseTrouble},
};
use crate::error::InstanceError;

/// The database of a server, for sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseLogin {
    /// Where it is.
    pub binding: Binding,
    /// Where its login is from.
    pub login: String,
}

/// What keeps a server from running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Its database.
    Database(Box<DatabaseTrouble>),
    /// A pod, and what is the matter with it.
    Pod {
        /// Its name.
        pod: String,
        /// What Kubernetes or the server say.
        why: String,
    },
}

/// How far the pods are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollout {
    /// Pods that should be there.
    pub wanted: i32,
    /// Pods that exist.
    pub replicas: i32,
    /// Pods that are ready.
    pub ready: i32,
    /// Pods that are available.
    pub available: i32,
    /// Whether all pods are as the StatefulSet says, and ready.
    pub done: bool,
    /// What is in the way.
    pub trouble: Option<Trouble>,
    /// Whether the server reaches its database; `None` if nobody knows.
    pub database: Option<bool>,
}

/// Reads the state of a server from its objects. `health`: what the first pod that answered said.
pub fn rollout(
    wanted: i32,
    stateful_set: Option<&StatefulSet>,
    pods: &[Pod],
    health: Option<&Health>,
    database: &DatabaseLogin,
) -> Rollout {
    let status = stateful_set.and_then(|set| set.status.clone()).unwrap_or_default();
    let generation = stateful_set.and_then(|set| set.metadata.generation);
    let ready = status.ready_replicas.unwrap_or_default();
    let updated = status.updated_replicas.unwrap_or_default();
    let is_seen = stateful_set.is_some() && status.observed_generation >= generation;
    let done = is_seen && [ready, updated, status.replicas].iter().all(|count| *count == wanted);
    let reached = health.and_then(|health| health.database);
    // Pods stay ready for a while after their database went away.
    let trouble = if done && reached != Some(false) { None } else { trouble(pods, reached, database) };
    let failed = matches!(trouble, Some(Trouble::Database(_)));
    Rollout {
        wanted,
        replicas: status.replicas,
        ready,
        available: status.available_replicas.unwrap_or_default(),
        done,
        trouble,
        // A ready pod has passed the check, which is part of readiness.
        database: if failed { Some(false) } else { reached.or((ready > 0).then_some(true)) },
    }
}

fn trouble(pods: &[Pod], reached: Option<bool>, database: &DatabaseLogin) -> Option<Trouble> {
    let of_cause = |cause, words| {
        let DatabaseLogin { binding, login } = database.clone();
        Trouble::Database(Box::new(DatabaseTrouble { cause, binding, login, words }))
    };
    if reached == Some(false) {
        return Some(of_cause(Cause::Away, String::new()));
    }
    let unready: Vec<&Pod> = pods.iter().filter(|pod| !is_ready(pod) && !is_leaving(pod)).collect();
    let words = unready.iter().find_map(|pod| last_words::about_the_database(last_log(pod)?));
    if let Some((cause, words)) = words {
        return Some(of_cause(cause, words));
    }
    unready.into_iter().find_map(|pod| {
        let pod_name = pod.metadata.name.clone().unwrap_or_default();
        why_not(pod).map(|why| Trouble::Pod { pod: pod_name, why })
    })
}

fn container(pod: &Pod) -> Option<&ContainerStatus> {
    pod.status.as_ref()?.container_statuses.iter().flatten().find(|status| status.name == CONTAINER)
}

/// Whether a pod is ready.
pub fn is_ready(pod: &Pod) -> bool {
    has_condition(pod, "Ready", "True").is_some()
}

fn is_leaving(pod: &Pod) -> bool {
    pod.metadata.deletion_timestamp.is_some()
}

fn has_condition<'p>(pod: &'p Pod, type_: &str, status: &str) -> Option<&'p str> {
    let conditions = pod.status.as_ref()?.conditions.iter().flatten();
    let mut fitting = conditions.filter(|condition| condition.type_ == type_ && condition.status == status);
    fitting.next().map(|condition| condition.message.as_deref().unwrap_or_default())
}

/// The end of the log of a container that ended, now or before it was started again.
fn last_log(pod: &Pod) -> Option<&str> {
    let status = container(pod)?;
    let ended = [status.state.as_ref(), status.last_state.as_ref()];
    ended.into_iter().flatten().find_map(|state| state.terminated.as_ref()?.message.as_deref())
}

/// What is the matter with a pod; nothing if it is only on its way.
fn why_not(pod: &Pod) -> Option<String> {
    if let Some(message) = has_condition(pod, "PodScheduled", "False") {
        return Some(format!("no node takes it: {message}"));
    }
    let status = container(pod)?;
    let waiting = status.state.as_ref().and_then(|state| state.waiting.as_ref());
    let waiting = waiting.and_then(|waiting| Some((waiting.reason.as_deref()?, waiting.message.as_deref())));
    match waiting {
        Some(("ContainerCreating" | "PodInitializing", _)) => return None,
        Some((reason, message)) if reason != "CrashLoopBackOff" => {
            return Some(format!("{reason}: {}", message.unwrap_or("Kubernetes says no more")));
        }
        Some(_) | None => {}
    }
    let ends = [status.state.as_ref(), status.last_state.as_ref()];
    let ended = ends.into_iter().flatten().find_map(|state| state.terminated.as_ref())?;
    if ended.reason.as_deref() == Some("OOMKilled") {
        return Some(
            "it was killed because it used more memory than it may; raise spec.resources.limits.memory"
                .to_owned(),
        );
    }
    if ended.exit_code == 0 {
        return None;
    }
    let words = ended.message.as_deref().and_then(last_words::essence);
    let words = words.unwrap_or_else(|| "it said nothing".to_owned());
    Some(format!("it ended with exit code {}: {words}", ended.exit_code))
}

impl Rollout {
    /// Whether a server takes requests.
    pub fn is_serving(&self) -> bool {
        self.wanted > 0 && self.ready > 0
    }

    /// Whether the server said that it no longer reaches its database.
    pub fn lost_its_database(&self) -> bool {
        matches!(&self.trouble, Some(Trouble::Database(trouble)) if trouble.cause == Cause::Away)
    }

    /// What keeps the server from being as declared; nothing if it is.
    pub fn shortfall(&self) -> Option<InstanceError> {
        if self.wanted == 0 {
            return Some(InstanceError::NoReplicas);
        }
        match &self.trouble {
            Some(Trouble::Database(trouble)) => Some(InstanceError::Database(trouble.clone())),
            Some(Trouble::Pod { pod, why }) => {
                Some(InstanceError::PodsFailing { pod: pod.clone(), why: why.clone() })
            }
            None if self.done => None,
            None => Some(InstanceError::Starting { ready: self.ready, wanted: self.wanted }),
        }
    }

    /// Whether the server reaches its database.
    pub fn database_ready(&self) -> Verdict {
        match (&self.trouble, self.database) {
            (Some(Trouble::Database(trouble)), _) => {
                Verdict::no(reason_of(trouble.cause), trouble.to_string())
            }
            (_, Some(true)) => Verdict::yes(Reason::DatabaseConnected, "the server reaches its database"),
            (_, Some(false) | None) if self.wanted == 0 => {
                Verdict::unknown(Reason::InstanceNotReady, "no server runs, so nobody has tried")
            }
            (_, Some(false) | None) => {
                Verdict::unknown(Reason::Starting, "no server is far enough to have tried")
            }
        }
    }
}

/// The word for a cause.
pub const fn reason_of(cause: Cause) -> Reason {
    match cause {
        Cause::LoginRefused => Reason::DatabaseRefused,
        Cause::NoSuchDatabase
        | Cause::HostUnknown
        | Cause::NotListening
        | Cause::NotEncrypted
        | Cause::RightMissing
        | Cause::Other
        | Cause::Away => Reason::DatabaseUnavailable,
    }
}

#[cfg(test)]
mod tests;
