//! One login and its access token.

mod request;
#[cfg(test)]
mod tests;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::error::LoginError;
use crate::secret::Secret;
use crate::server::Server;

/// Who logs in, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// A service account (RFC 6749, 4.4).
    ClientCredentials {
        /// Client id, not the internal uuid.
        client_id: String,
        /// Its secret.
        client_secret: Secret,
    },
    /// A user by `admin-cli` (RFC 6749, 4.3). For the bootstrap administrator alone: it makes the
    /// service accounts that everything else uses.
    Password {
        /// User name.
        username: String,
        /// Its password.
        password: Secret,
    },
}

/// A login: the realm it belongs to, and its grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Realm whose token endpoint is asked: `master`, or the realm of a client-manager.
    pub realm: String,
    /// Who.
    pub grant: Grant,
}

impl Login {
    /// A service account.
    pub fn service_account(realm: &str, client_id: &str, client_secret: Secret) -> Self {
        let grant = Grant::ClientCredentials { client_id: client_id.into(), client_secret };
        Self { realm: realm.into(), grant }
    }

    /// The bootstrap administrator of a server.
    pub fn bootstrap_admin(username: &str, password: Secret) -> Self {
        Self { realm: "master".into(), grant: Grant::Password { username: username.into(), password } }
    }

    /// Client or user, for messages.
    pub fn account(&self) -> &str {
        match &self.grant {
            Grant::ClientCredentials { client_id, .. } => client_id,
            Grant::Password { username, .. } => username,
        }
    }
}

/// Finds what else the account of a session may have for its secret by now, the likeliest first. Asked only when the server refuses
/// the one that was in use: whoever makes it anew writes the new one down before the server has it.
pub type OtherLogins = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Vec<Login>> + Send>> + Send + Sync>;

/// An access token while it lives. Clones are the same token.
#[derive(Clone)]
pub struct AccessToken {
    text: Arc<Secret>,
    /// Which login of the session gave it.
    number: u64,
    renew_at: Instant,
}

impl AccessToken {
    /// The token itself.
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    fn is_fresh(&self) -> bool {
        Instant::now() < self.renew_at
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").field("number", &self.number).finish_non_exhaustive()
    }
}

/// A login in a server, shared by everyone who calls with it: there is one login per lifetime of a
/// token, however many callers wait for it, and a failed one fails them all at once.
pub struct AdminSession {
    server: Server,
    login: Login,
    others: Option<OtherLogins>,
    /// Logins that ended so far, well or badly.
    ended: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<AccessToken>,
    /// Which login the server accepts in place of the one that the session began with.
    login: Option<Login>,
    /// The last login, if it failed: its number and reason.
    failure: Option<(u64, LoginError)>,
}

impl fmt::Debug for AdminSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminSession")
            .field("server", &self.server)
            .field("realm", &self.login.realm)
            .field("account", &self.login.account())
            .finish_non_exhaustive()
    }
}

impl AdminSession {
    /// A session; nothing is sent until a token is needed.
    pub fn new(server: &Server, login: Login) -> Arc<Self> {
        Self::start(server, login, None)
    }

    /// The same for an account whose secret somebody may make anew meanwhile: when the server refuses it, those that `others` finds
    /// are tried at once, and nobody who calls is told of a refusal.
    pub fn with_others(server: &Server, login: Login, others: OtherLogins) -> Arc<Self> {
        Self::start(server, login, Some(others))
    }

    fn start(server: &Server, login: Login, others: Option<OtherLogins>) -> Arc<Self> {
        metrics::gauge!("keycloak_operator_admin_sessions_active").increment(1);
        let (server, ended) = (server.clone(), AtomicU64::new(0));
        Arc::new(Self { server, login, others, ended, state: Mutex::default() })
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The login that the session began with: realm and account are those of every other one that it may use.
    pub fn login(&self) -> &Login {
        &self.login
    }

    /// A token that lives: the present one, or that of a new login. Concurrent callers share one
    /// login and its outcome.
    ///
    /// # Errors
    /// When the login fails.
    pub async fn token(&self) -> Result<AccessToken, LoginError> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(token) = state.token.as_ref().filter(|token| token.is_fresh()) {
            return Ok(token.clone());
        }
        // Someone failed while we waited: that was our login as well.
        if let Some((number, failure)) = &state.failure
            && *number > seen
        {
            return Err(failure.clone());
        }
        self.log_in(&mut state).await
    }

    /// Forgets a token that the server did not accept, unless a newer one is there already.
    pub async fn reject(&self, refused: &AccessToken) {
        let mut state = self.state.lock().await;
        if state.token.as_ref().is_some_and(|token| token.number == refused.number) {
            state.token = None;
        }
    }

    async fn log_in(&self, state: &mut State) -> Result<AccessToken, LoginError> {
        let first = state.login.clone().unwrap_or_else(|| self.login.clone());
        let mut outcome = self.ask(&first).await;
        if matches!(outcome, Err(LoginError::Refused { .. }))
            && let Some(others) = &self.others
        {
            for other in others().await {
                if other == first {
                    continue;
                }
                outcome = self.ask(&other).await;
                if outcome.is_ok() {
                    state.login = Some(other);
                }
                if !matches!(outcome, Err(LoginError::Refused { .. })) {
                    break;
                }
            }
        }
        // Counted at the end: who came while it ran shares its outcome, who comes later does not.
        let number = self.ended.fetch_add(1, Ordering::AcqRel) + 1;
        match outcome {
            Ok((granted, sent)) => {
                let token = AccessToken {
                    text: Arc::new(granted.token),
                    number,
                    renew_at: sent + usable(granted.lifetime),
                };
                (state.token, state.failure) = (Some(token.clone()), None);
                Ok(token)
            }
            Err(failure) => {
                (state.token, state.failure) = (None, Some((number, failure.clone())));
                Err(failure)
            }
        }
    }

    /// One request for a token, with the time at which it was sent.
    async fn ask(&self, login: &Login) -> Result<(request::Granted, Instant), LoginError> {
        let sent = Instant::now();
        let limit = self.server.shared().limits.login_timeout;
        let outcome = match tokio::time::timeout(limit, request::token(&self.server, login)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(LoginError::Timeout { account: login.account().into(), after: limit }),
        };
        let result = if outcome.is_ok() { "success" } else { "failure" };
        metrics::counter!("keycloak_operator_admin_logins_total", "result" => result).increment(1);
        outcome.map(|granted| (granted, sent))
    }
}

impl Drop for AdminSession {
    fn drop(&mut self) {
        metrics::gauge!("keycloak_operator_admin_sessions_active").decrement(1);
    }
}

/// How long to use a token: a fifth of its life is left for the way and for clocks, at most 10 s.
fn usable(lifetime: Duration) -> Duration {
    lifetime.saturating_sub((lifetime / 5).min(Duration::from_secs(10)))
}
