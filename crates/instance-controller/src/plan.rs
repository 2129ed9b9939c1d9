//! What is to be done, decided from a few facts.

use std::fmt;

use jiff::Timestamp;
pub use keycloak_connect::Mode;
use keycloak_connect::{login::rotation::Why as RotationCause, tokens};
use keycloak_crds::Keycloak;

use crate::workload::{
    Child,
    compare::{Comparison, Why},
    look::{AdminSecret, Workload},
};

/// The mode that the spec asks for.
pub fn mode(object: &Keycloak) -> Mode {
    Mode::of(object.spec.management, object.spec.suspend)
}

/// Our login in the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// Its Secret is ours and the server accepts it.
    Works,
    /// Its Secret does not exist, lacks a key, or holds another account than `spec.admin.account` names.
    Missing,
    /// The server refuses it.
    Refused,
    /// It could not be tried.
    Unknown,
}

/// The administrator's login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdminState {
    /// It was not needed, so nobody looked.
    NotNeeded,
    /// It works.
    Works,
    /// It is needed and cannot be used.
    Unusable,
}

/// The Secret that hands out the authorization token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It is ours; whether a token is due is decided where tokens are issued.
    There,
    /// It does not exist.
    Missing,
    /// It cannot be read, or is somebody else's.
    Unusable,
}

/// What decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// Our login.
    pub login: LoginState,
    /// The administrator's.
    pub admin: AdminState,
    /// The token.
    pub token: TokenState,
    /// Realms of `spec.admin.grantRealms` that exist and on which our login has no rights.
    pub ungranted: Vec<String>,
    /// Why our login, which works, is to get another secret.
    pub rotation: Option<RotationCause>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make the Secret with the administrator of a server that starts for the first time.
    MakeAdminSecret,
    /// Write an object of a server that we run.
    Apply(Box<Child>, Why),
    /// Make our login, with its Secret.
    MakeLogin,
    /// Give the account that exists a new secret, and write it into its Secret.
    MendLogin,
    /// Give our login, which works, another secret.
    RotateLogin(RotationCause),
    /// Give our login the rights on these realms.
    GrantRealms(Vec<String>),
    /// Issue, rotate and revoke authorization tokens as it is time to.
    KeepTokens,
    /// Take the copies of tokens in other namespaces back.
    TakeTokensBack,
    /// Remove our login from the server.
    RemoveLogin,
    /// Leave our login in the server, and say so.
    LeaveLogin,
    /// Remove the Secrets of the logins in single realms, which stand in this namespace.
    RemoveSecrets(String),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MakeAdminSecret => f.write_str("make the administrator's Secret"),
            Self::Apply(child, why) => write!(f, "{why} {child}"),
            Self::MakeLogin => f.write_str("make our login in the server"),
            Self::MendLogin => f.write_str("give our login a new secret"),
            Self::RotateLogin(why) => write!(f, "give our login a new secret, {why}"),
            Self::GrantRealms(realms) => write!(f, "give our login the rights on {}", realms.join(", ")),
            Self::KeepTokens => f.write_str("issue the authorization token"),
            Self::TakeTokensBack => f.write_str("take the copies of authorization tokens back"),
            Self::RemoveLogin => f.write_str("remove our login from the server"),
            Self::LeaveLogin => f.write_str("leave our login in the server"),
            Self::RemoveSecrets(namespace) => write!(f, "remove our logins from namespace {namespace}"),
        }
    }
}

/// What is to be done, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Whether the steps are done or only said.
    pub mode: Mode,
    /// The steps.
    pub steps: Vec<Step>,
    /// The objects of a server that we run, as they were compared with what is wanted.
    pub compared: Vec<Comparison>,
}

/// Decides for an object that stays.
pub fn plan(mode: Mode, facts: &PlanFacts) -> Plan {
    // A plan that is only shown need not be possible now.
    let may_administrate = facts.admin == AdminState::Works || mode != Mode::Enforce;
    let mut steps = Vec::new();
    match facts.login {
        LoginState::Missing if may_administrate => steps.push(Step::MakeLogin),
        LoginState::Refused if may_administrate => steps.push(Step::MendLogin),
        LoginState::Works | LoginState::Unknown | LoginState::Missing | LoginState::Refused => {}
    }
    // It works: where nothing is written nothing is missing.
    if facts.login == LoginState::Works && facts.admin == AdminState::Works && mode == Mode::Enforce {
        steps.extend(facts.rotation.map(Step::RotateLogin));
    }
    if may_administrate && !facts.ungranted.is_empty() {
        steps.push(Step::GrantRealms(facts.ungranted.clone()));
    }
    match facts.token {
        TokenState::Missing => steps.push(Step::KeepTokens),
        // Whether one is due is not known before it is tried: not a step to show.
        TokenState::There if mode == Mode::Enforce => steps.push(Step::KeepTokens),
        TokenState::There | TokenState::Unusable => {}
    }
    Plan { mode, steps, compared: Vec::new() }
}

impl Plan {
    /// The plan with what a server that we run needs, which comes before what needs the server.
    #[must_use]
    pub fn after_the_workload(self, workload: &Workload, wanted: &[Child], now: Timestamp) -> Self {
        let mut steps = Vec::new();
        if workload.admin_secret == AdminSecret::Missing && !wanted.is_empty() {
            steps.push(Step::MakeAdminSecret);
        }
        let compared = workload.compare(wanted, now);
        let to_write = wanted.iter().zip(&compared).filter_map(|(child, comparison)| {
            let why = comparison.why.clone()?;
            Some(Step::Apply(Box::new(child.clone()), why))
        });
        steps.extend(to_write);
        steps.extend(self.steps);
        Self { mode: self.mode, steps, compared }
    }
}

impl Plan {
    /// The plan of a teardown with the copies of tokens in other namespaces, which go first.
    #[must_use]
    pub fn with_copies(mut self, mode: Mode, object: &Keycloak) -> Self {
        let namespace = object.metadata.namespace.as_deref().unwrap_or_default();
        let status = object.status.as_ref().and_then(|status| status.authorization.as_ref());
        if mode == Mode::Enforce && tokens::has_copies(status, namespace) {
            self.steps.insert(0, Step::TakeTokensBack);
        }
        self
    }
}

/// Decides for an object in deletion. Secrets go by their owner references, except those `elsewhere`, in another namespace; the
/// administrator's has none and stays.
pub fn teardown(mode: Mode, facts: &PlanFacts, elsewhere: Option<&str>) -> Plan {
    let of_login = match (mode, facts.login, facts.admin) {
        // There never was one.
        (_, LoginState::Missing, AdminState::NotNeeded) => None,
        (Mode::Enforce, _, AdminState::Works) => Some(Step::RemoveLogin),
        // Leaving is no write, so it is done in every mode.
        (Mode::Enforce | Mode::Observe | Mode::Suspend, _, _) => Some(Step::LeaveLogin),
    };
    let elsewhere = elsewhere.filter(|_| mode == Mode::Enforce);
    let of_secrets = elsewhere.map(|namespace| Step::RemoveSecrets(namespace.to_owned()));
    Plan { steps: of_login.into_iter().chain(of_secrets).collect(), ..Plan::default() }
}

#[cfg(test)]
mod tests;
