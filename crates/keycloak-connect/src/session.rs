//! Authenticated sessions in Keycloak, shared by everybody who uses the same login of the same server, and paced where the
//! program was told a rate.
//!
//! A session is that of one base URL, one set of trusted certificates and one state of one login Secret. Secrets are read
//! again once a minute, or once per resync where nothing else is going on, and within seconds while the server refuses the login; a changed Secret gives a new session, an unchanged one
//! the same, so that there is one login per lifetime of a token.

use std::{
    collections::HashMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher as _},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use clap::Args;
use controller_runtime::{Admission, Class, Haste, Pacing, Refusals, telemetry};
use keycloak_admin::{
    AdminApi, AdminError, AdminSession, AnswerKind, Hurry, Login, LoginError, OtherLogins, Resolver, Server,
    ServerSettings, TraceHeaders,
    stack::{Limits, Pace},
};
use keycloak_crds::condition::Reason;
use tokio::{sync::Mutex as AsyncMutex, time::Instant};

use crate::{
    consent::Leave,
    error::{ConnectError, admin_class, reason},
    login::{
        AdminLogin, ClientManagerLogin, Kind, RealmManagerLogin, client_manager_secret_name, is_of,
        realm_manager_secret_name, rotation,
    },
    reference::{Instance, Realm},
    secret::{SecretVersion, Secrets, StoredSecret},
};

/// How long a login's Secret is believed to be unchanged.
const KEEP: Duration = Duration::from_secs(60);
/// The same in a pass that nothing asked for: a login that was changed is one that the server refuses.
const KEEP_AT_LEISURE: Duration = Duration::from_secs(600);
/// The same while the server refuses the login: somebody may be mending it.
const KEEP_REFUSED: Duration = Duration::from_secs(2);
/// A login that nobody used for this long is forgotten.
const IDLE: Duration = Duration::from_secs(3600);

/// Arguments of every program that calls servers.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct SessionArgs {
    /// Most calls per second to one Keycloak, logins apart; those of one second may go at once. Default: as many as the server
    /// answers quickly.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000), value_name = "CALLS_PER_SECOND")]
    pub keycloak_rate: Option<u32>,
}

impl SessionArgs {
    /// What they say about how servers are called.
    pub fn settings(self) -> SessionSettings {
        let limits = Limits { pace: self.keycloak_rate.map(Pace::per_second), ..Limits::default() };
        SessionSettings { limits, ..SessionSettings::default() }
    }
}

/// How servers are called.
#[derive(Clone)]
pub struct SessionSettings {
    /// Numbers of the stack, per server.
    pub limits: Limits,
    /// Trace context for outgoing requests; default: that of the runtime ([`trace_headers`]).
    pub trace_headers: Option<TraceHeaders>,
    /// Waits between probes of a login that the server refuses.
    pub pacing: Pacing,
    /// Who finds the addresses of host names; default: the operating system.
    pub resolver: Option<Resolver>,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            trace_headers: Some(trace_headers()),
            pacing: Pacing::default(),
            resolver: None,
        }
    }
}

/// Puts a call to a server into the trace of the pass that makes it. Nothing is added where no traces are exported.
pub fn trace_headers() -> TraceHeaders {
    Arc::new(telemetry::inject)
}

/// Whether a call is made by a pass that somebody waits for: an edit, a deletion, a pass that was asked for.
fn hurry() -> Hurry {
    Arc::new(|| Haste::current() == Haste::Now)
}

impl fmt::Debug for SessionSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionSettings").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Sessions by server and login. Clones share them.
#[derive(Clone)]
pub struct Sessions {
    shared: Arc<Shared>,
}

struct Shared {
    secrets: Secrets,
    settings: SessionSettings,
    servers: Mutex<HashMap<String, Slot<ServerState>>>,
    logins: Mutex<HashMap<LoginKey, Slot<LoginState>>>,
    refusals: Refusals<RefusalKey>,
}

/// One login: its Secret, and the address it is sent to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct LoginKey {
    instance_uid: String,
    namespace: String,
    name: String,
}

/// A login as far as the server accepts it: everywhere, or in one realm. A realm that one login may not change says nothing
/// about the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct RefusalKey {
    login: LoginKey,
    realm: Option<String>,
}

/// Held while it is read anew, so that there is one reader.
type Slot<T> = Arc<AsyncMutex<Option<T>>>;

struct ServerState {
    url: String,
    /// Name and key of the Secret with private authorities, as the object says.
    named: Option<(String, String)>,
    authority: Option<SecretVersion>,
    read_at: Instant,
    server: Server,
}

struct LoginState {
    version: SecretVersion,
    server: ServerMark,
    read_at: Instant,
    /// The server refuses it, so its Secret is read again soon.
    refused: bool,
    used_at: Instant,
    session: Arc<AdminSession>,
    client_manager: Option<Arc<ClientManagerLogin>>,
    realm_manager: Option<Arc<RealmManagerLogin>>,
}

/// What makes two servers the same to a session.
#[derive(Clone, PartialEq, Eq)]
struct ServerMark {
    url: String,
    authority: Option<SecretVersion>,
}

/// An admin API together with the login behind it. Cheap to clone.
#[derive(Clone)]
pub struct Connection {
    api: AdminApi,
    version: SecretVersion,
    key: RefusalKey,
    client_manager: Option<Arc<ClientManagerLogin>>,
    realm_manager: Option<Arc<RealmManagerLogin>>,
    shared: Arc<Shared>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("api", &self.api)
            .field("secret", &self.version)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

impl Sessions {
    /// No sessions yet.
    pub fn new(secrets: Secrets, settings: SessionSettings) -> Self {
        let refusals = Refusals::new(settings.pacing.clone());
        let (servers, logins) = (Mutex::default(), Mutex::default());
        Self { shared: Arc::new(Shared { secrets, settings, servers, logins, refusals }) }
    }

    /// As an administrator of the instance: for making our own logins, and for nothing else.
    ///
    /// # Errors
    /// `ConsentPolicyMissing`, `SecretNotConsented`, `LoginMissing`, `LoginNotNow`, `Server`, what is wrong with the Secret of certificates, or what the API server says.
    pub async fn administrator(&self, instance: &Instance) -> Result<Connection, ConnectError> {
        let (namespace, name) = AdminLogin::secret(instance);
        let read = |secret: &StoredSecret| Ok(Read::only(AdminLogin::read(secret)?.login().clone()));
        // One that we made is not named by the object, and needs no leave.
        let leave = if AdminLogin::is_named(instance) {
            Some(self.shared.secrets.leave(instance.owner()).await?)
        } else {
            None
        };
        let place = Place { namespace, name, realm: None, leave: leave.as_ref() };
        self.connect(instance, Kind::Administrator, place, read).await
    }

    /// As the realm-manager of the instance, about to work on this realm.
    ///
    /// # Errors
    /// See [`Sessions::administrator`].
    pub async fn realm_manager(&self, instance: &Instance, realm: &str) -> Result<Connection, ConnectError> {
        let name = realm_manager_secret_name(&instance.owner().name);
        let read = |secret: &StoredSecret| {
            let login = RealmManagerLogin::read(secret)?;
            let session = login.login();
            Ok(Read { login: session, realm_manager: Some(Arc::new(login)), client_manager: None })
        };
        let realm = Some(realm.to_owned());
        let place = Place { namespace: &instance.owner().namespace, name, realm, leave: None };
        self.connect(instance, Kind::RealmManager, place, read).await
    }

    /// As the client-manager of the realm. Its Secret must name the realm's uid and `spec.realmName`.
    ///
    /// # Errors
    /// `LoginOfOtherRealm`, and see [`Sessions::administrator`].
    pub async fn client_manager(
        &self,
        instance: &Instance,
        realm: &Realm,
    ) -> Result<Connection, ConnectError> {
        let name = client_manager_secret_name(&instance.owner().name, realm.owner());
        let read = |secret: &StoredSecret| {
            let login = ClientManagerLogin::read(secret, realm)?;
            let session = login.login();
            Ok(Read { login: session, client_manager: Some(Arc::new(login)), realm_manager: None })
        };
        let namespace = instance.logins_namespace();
        let place = Place { namespace, name: name.clone(), realm: None, leave: None };
        let connection = self.connect(instance, Kind::ClientManager, place, read).await?;
        // A session that was kept was checked against what the realm said then.
        if let Some(login) = &connection.client_manager {
            login.check(namespace, &name, realm)?;
        }
        Ok(connection)
    }

    /// The server of an instance, without a login: for its health, and for logins that are not in a Secret yet.
    ///
    /// # Errors
    /// `Server`, what is wrong with the Secret of certificates, or what the API server says.
    pub async fn server(&self, instance: &Instance) -> Result<Server, ConnectError> {
        Ok(self.server_of(instance).await?.0)
    }

    /// Forgets everything about an instance: it is being deleted.
    pub fn forget(&self, instance: &Instance) {
        let uid = &instance.owner().uid;
        locked(&self.shared.servers).remove(uid);
        locked(&self.shared.logins).retain(|key, _| key.instance_uid != *uid);
    }

    /// Forgets one login: its Secret was just written, and whoever connects next reads it.
    pub fn forget_login(&self, instance: &Instance, secret: &str) {
        let is_it = |key: &LoginKey| key.instance_uid == instance.owner().uid && key.name == secret;
        locked(&self.shared.logins).retain(|key, _| !is_it(key));
    }

    async fn connect(
        &self,
        instance: &Instance,
        kind: Kind,
        place: Place<'_>,
        read: impl Fn(&StoredSecret) -> Result<Read, ConnectError>,
    ) -> Result<Connection, ConnectError> {
        let (server, mark) = self.server_of(instance).await?;
        let Place { namespace, name, realm, leave } = place;
        let key =
            LoginKey { instance_uid: instance.owner().uid.clone(), namespace: namespace.to_owned(), name };
        let slot = slot_of(&self.shared.logins, &key, |state| state.used_at);
        let mut held = slot.lock().await;
        let fresh = held.as_ref().is_some_and(|state| state.is_fresh() && state.server == mark);
        if !fresh {
            let secrets = &self.shared.secrets;
            let found = match leave {
                Some(leave) => secrets.named(leave, &key.name, AdminLogin::FIELD).await?,
                None => secrets.ours(&key.namespace, &key.name).await?,
            };
            let Some(secret) = found else {
                *held = None;
                return Err(kind.missing(&key.namespace, &key.name, "does not exist".to_owned()));
            };
            let is_of_another = match kind {
                Kind::RealmManager => !secret.belongs_to(instance.owner()),
                Kind::ClientManager => !is_of(&secret, instance),
                Kind::Administrator => false,
            };
            if is_of_another {
                // A name alone would send the login of a Keycloak that is gone to the one that took its name.
                *held = None;
                return Err(kind.missing(
                    &key.namespace,
                    &key.name,
                    "belongs to another Keycloak".to_owned(),
                ));
            }
            let now = Instant::now();
            let same = |state: &&mut LoginState| state.version == secret.version() && state.server == mark;
            if let Some(state) = held.as_mut().filter(same) {
                state.read_at = now;
            } else {
                // A Secret that cannot be used ends the session of the one before.
                *held = None;
                let Read { login, client_manager, realm_manager } = read(&secret)?;
                let session = match kind {
                    // By people, who tell nobody beforehand.
                    Kind::Administrator => AdminSession::new(&server, login),
                    Kind::RealmManager | Kind::ClientManager => {
                        let others = others(secrets, &secret, &login);
                        AdminSession::with_others(&server, login, others)
                    }
                };
                *held = Some(LoginState {
                    version: secret.version(),
                    server: mark,
                    read_at: now,
                    refused: false,
                    used_at: now,
                    session,
                    client_manager,
                    realm_manager,
                });
            }
        }
        let Some(state) = held.as_mut() else {
            return Err(kind.missing(&key.namespace, &key.name, "does not exist".to_owned()));
        };
        state.used_at = Instant::now();
        let key = RefusalKey { login: key, realm };
        let admitted = self.admit(&key, &state.version);
        state.refused = admitted.is_err();
        admitted?;
        Ok(Connection {
            api: AdminApi::new(Arc::clone(&state.session)),
            version: state.version.clone(),
            key,
            client_manager: state.client_manager.clone(),
            realm_manager: state.realm_manager.clone(),
            shared: Arc::clone(&self.shared),
        })
    }

    /// Whether this login may be tried now: everywhere, and in its realm.
    fn admit(&self, key: &RefusalKey, version: &SecretVersion) -> Result<(), ConnectError> {
        let everywhere = RefusalKey { login: key.login.clone(), realm: None };
        let fingerprint = fingerprint(version);
        for key in [Some(&everywhere), key.realm.is_some().then_some(key)].into_iter().flatten() {
            let word = if key.realm.is_some() { Reason::RightMissing } else { Reason::LoginRefused };
            match self.shared.refusals.admit(key, fingerprint, reason(word)) {
                Admission::Go | Admission::Probe => {}
                Admission::NotNow(class) => {
                    return Err(ConnectError::LoginNotNow {
                        namespace: key.login.namespace.clone(),
                        name: key.login.name.clone(),
                        realm: key.realm.clone(),
                        given_up: matches!(class, Class::Stall(_)),
                    });
                }
            }
        }
        Ok(())
    }

    async fn server_of(&self, instance: &Instance) -> Result<(Server, ServerMark), ConnectError> {
        let slot = slot_of(&self.shared.servers, &instance.owner().uid, |state| state.read_at);
        let mut held = slot.lock().await;
        let url = instance.addresses().internal.as_str();
        let external = instance.object().spec.external.as_ref();
        let named = external.and_then(|external| external.ca_secret.as_ref());
        let named = named.map(|named| (named.name.clone(), named.key.clone()));
        let same = |state: &&ServerState| state.url == url && state.named == named;
        if let Some(state) = held.as_ref().filter(same).filter(|state| state.read_at.elapsed() < keep()) {
            return Ok((state.server.clone(), state.mark()));
        }
        let authority = self.authority(instance).await?;
        let version = authority.as_ref().map(|(_, version)| version.clone());
        if let Some(state) = held.as_mut().filter(|state| state.url == url && state.authority == version) {
            state.named = named;
            state.read_at = Instant::now();
            return Ok((state.server.clone(), state.mark()));
        }
        let settings = ServerSettings {
            url: url.to_owned(),
            ca_bundle: authority.map(|(bundle, _)| bundle),
            limits: self.shared.settings.limits.clone(),
            trace_headers: self.shared.settings.trace_headers.clone(),
            hurry: Some(hurry()),
            resolver: self.shared.settings.resolver.clone(),
        };
        let server = Server::new(settings).map_err(|source| ConnectError::Server {
            namespace: instance.owner().namespace.clone(),
            name: instance.owner().name.clone(),
            source,
        })?;
        let (url, read_at) = (url.to_owned(), Instant::now());
        let state = ServerState { url, named, authority: version, read_at, server };
        let answer = (state.server.clone(), state.mark());
        *held = Some(state);
        Ok(answer)
    }

    /// The private authorities of an external server, PEM. They stand in the instance's namespace and are public, so consent is
    /// not asked for; the type is.
    async fn authority(&self, instance: &Instance) -> Result<Option<(Vec<u8>, SecretVersion)>, ConnectError> {
        let external = instance.object().spec.external.as_ref();
        let Some(named) = external.and_then(|external| external.ca_secret.as_ref()) else { return Ok(None) };
        let leave = Leave::for_what_is_public(instance.owner());
        let expected = leave.expects(&named.name, &named.key, "spec.external.caSecret of the Keycloak");
        let (bundle, version) = self.shared.secrets.value(&leave, &expected).await?;
        Ok(Some((bundle.expose().to_vec(), version)))
    }
}

/// What the Secret of this login holds by the time the server refuses what stood in it: a login that is made anew is written down
/// before the server has it, so whoever calls meanwhile need not be told. Only the same Secret counts, for the same account.
fn others(secrets: &Secrets, read: &StoredSecret, login: &Login) -> OtherLogins {
    let (secrets, login, uid) = (secrets.clone(), login.clone(), read.version().uid);
    let (namespace, name) = (read.namespace().to_owned(), read.name().to_owned());
    Arc::new(move || {
        let (secrets, login, uid) = (secrets.clone(), login.clone(), uid.clone());
        let (namespace, name) = (namespace.clone(), name.clone());
        Box::pin(async move {
            match secrets.ours(&namespace, &name).await {
                Ok(Some(found)) if found.version().uid == uid => rotation::logins(&found, &login),
                Ok(_) => Vec::new(),
                Err(error) => {
                    // The refusal itself is told.
                    tracing::debug!(%error, "a login that is refused cannot be looked up again");
                    Vec::new()
                }
            }
        })
    })
}

/// How long what was read serves in this pass.
fn keep() -> Duration {
    match Haste::current() {
        Haste::Now | Haste::Soon => KEEP,
        Haste::AtLeisure => KEEP_AT_LEISURE,
    }
}

/// The slot of a key; those that nobody used for long are dropped on the way.
fn slot_of<K, T>(slots: &Mutex<HashMap<K, Slot<T>>>, key: &K, used_at: impl Fn(&T) -> Instant) -> Slot<T>
where
    K: Clone + Eq + Hash,
{
    let mut slots = locked(slots);
    if let Some(slot) = slots.get(key) {
        return Arc::clone(slot);
    }
    slots.retain(|_, slot| {
        // Somebody holds it: it is in use.
        slot.try_lock()
            .map_or(true, |state| state.as_ref().is_some_and(|state| used_at(state).elapsed() < IDLE))
    });
    Arc::clone(slots.entry(key.clone()).or_default())
}

/// Where a login stands.
struct Place<'a> {
    namespace: &'a str,
    name: String,
    /// The realm that it is about to work on, where that can be refused by itself.
    realm: Option<String>,
    /// Leave to read its Secret, where the object names it.
    leave: Option<&'a Leave>,
}

/// What a login Secret gave.
struct Read {
    login: Login,
    client_manager: Option<Arc<ClientManagerLogin>>,
    realm_manager: Option<Arc<RealmManagerLogin>>,
}

impl Read {
    fn only(login: Login) -> Self {
        Self { login, client_manager: None, realm_manager: None }
    }
}

impl ServerState {
    fn mark(&self) -> ServerMark {
        ServerMark { url: self.url.clone(), authority: self.authority.clone() }
    }
}

impl LoginState {
    fn is_fresh(&self) -> bool {
        self.read_at.elapsed() < if self.refused { KEEP_REFUSED } else { keep() }
    }
}

impl Connection {
    /// The calls.
    pub fn api(&self) -> &AdminApi {
        &self.api
    }

    /// Which state of the login's Secret this is.
    pub fn secret_version(&self) -> &SecretVersion {
        &self.version
    }

    /// The client-manager, when this is one: it names the realm's id, which is to be compared.
    pub fn client_manager(&self) -> Option<&ClientManagerLogin> {
        self.client_manager.as_deref()
    }

    /// The realm-manager, when this is one.
    pub fn realm_manager(&self) -> Option<&RealmManagerLogin> {
        self.realm_manager.as_deref()
    }

    /// A call failed: says how to go on, and remembers a refusal of the login, so that of all objects that use it one probes and
    /// the others wait. After five minutes a refusal stalls, until the Secret changes.
    pub fn failed(&self, error: &AdminError) -> Class {
        let class = admin_class(error);
        let refused_at_login = matches!(error, AdminError::Login { source: LoginError::Refused { .. }, .. });
        let forbidden = error.kind() == Some(AnswerKind::Forbidden);
        if !refused_at_login && !error.is_denied() {
            return class;
        }
        // What is forbidden may be so in this realm alone; a login or a token that is not accepted is not accepted anywhere.
        let realm = self.key.realm.clone().filter(|_| forbidden);
        let key = RefusalKey { login: self.key.login.clone(), realm };
        let remembered = self.shared.refusals.refused(&key, fingerprint(&self.version), class.reason());
        self.look_again();
        remembered
    }

    /// A call went well: nothing is held against this login any more.
    pub fn succeeded(&self) {
        self.shared.refusals.accepted(&self.key);
        if self.key.realm.is_some() {
            self.shared.refusals.accepted(&RefusalKey { login: self.key.login.clone(), realm: None });
        }
    }

    /// The next connections read the login's Secret again soon: somebody may be mending it.
    fn look_again(&self) {
        let slot = locked(&self.shared.logins).get(&self.key.login).cloned();
        if let Some(slot) = slot
            && let Ok(mut held) = slot.try_lock()
            && let Some(state) = held.as_mut().filter(|state| state.version == self.version)
        {
            state.refused = true;
        }
    }
}

fn fingerprint(version: &SecretVersion) -> u64 {
    let mut hasher = DefaultHasher::new();
    version.hash(&mut hasher);
    hasher.finish()
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
