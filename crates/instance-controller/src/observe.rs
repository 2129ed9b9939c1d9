//! Looking at Secrets and at the server: with our own login, and with the administrator's only where that is needed.

use std::time::Duration;

use controller_runtime::{Class, Lane, Pass};
use keycloak_admin::{AdminApi, AdminError, LoginError, RealmView};
use keycloak_connect::{
    AdminLogin, ConnectError, Connection, Instance, RealmManagerLogin, StoredSecret,
    login::{
        self, MASTER,
        rotation::{self, Age, Schedule, Why},
    },
    secret::{self, Takeover},
    tokens::{self, Place},
};
use keycloak_crds::{Keycloak, labels::Component};
use kube::ResourceExt as _;

use crate::{
    controller::{InstanceController, is_of_the_seed},
    error::{InstanceError, Need},
    plan::{AdminState, LoginState, Mode, PlanFacts, TokenState, mode},
    workload::{
        self,
        look::{AdminSecret, Workload},
        rollout::Rollout,
    },
};

/// The longest that a deletion waits for the server, each for looking at it and for removing our login.
pub(crate) const FAREWELL: Duration = Duration::from_secs(20);

/// What was found; nothing for an object that is not for us to touch.
#[derive(Debug)]
pub struct Observed(pub(crate) Option<Box<Seen>>);

/// What was found about a server.
#[derive(Debug)]
pub struct Seen {
    /// The object with what is derived from it.
    pub instance: Instance,
    /// What decides.
    pub facts: PlanFacts,
    /// Client id of our login.
    pub account: String,
    /// The Secret of our login, if it exists and is ours.
    pub login_secret: Option<StoredSecret>,
    /// The Secret of the authorization token, unless it cannot be used.
    pub token_place: Option<Place>,
    /// The administrator's session, where one was needed and works.
    pub administrator: Option<Connection>,
    /// Whether the server answered as a Keycloak; `None` if nobody asked it.
    pub answers: Option<bool>,
    /// The version that it told.
    pub version: Option<String>,
    /// Realms of `spec.admin.grantRealms` that do not exist.
    pub missing_realms: Vec<String>,
    /// Why there is no administrator to make our login anew, which works and whose time has come.
    pub overdue: Option<String>,
    /// The objects of a server that we run; nothing where it runs elsewhere, or must not be touched.
    pub workload: Option<Workload>,
    /// What stands in the way, gravest or not.
    pub obstacles: Vec<InstanceError>,
}

impl Observed {
    /// What was found about a server.
    pub fn seen(&self) -> Option<&Seen> {
        self.0.as_deref()
    }

    /// The version that the server told in this pass.
    pub fn seen_version(&self) -> Option<&str> {
        self.seen()?.version.as_deref()
    }
}

/// Looks.
///
/// What stands in the way of one thing is no reason not to look at the others: it is kept in [`Seen::obstacles`].
///
/// # Errors
/// When the API server does not answer, or when the login's Secret is somebody else's. Neither keeps an object in deletion.
pub async fn observe(
    controller: &InstanceController,
    object: &Keycloak,
    pass: &Pass,
) -> Result<Observed, InstanceError> {
    if is_of_the_seed(object) {
        return Ok(Observed(None));
    }
    let mut look = Look::begin(controller, Instance::of(object.clone())?, pass.deleting).await?;
    if pass.deleting {
        look.before_teardown(mode(object)).await;
    } else if look.at_the_workload().await {
        if look.is_serving() {
            look.at_our_login(pass).await;
            look.at_the_administrator().await;
        }
        look.at_the_token().await;
    }
    Ok(Observed(Some(Box::new(look.seen))))
}

/// A look under way.
struct Look<'c> {
    controller: &'c InstanceController,
    seen: Seen,
}

impl<'c> Look<'c> {
    async fn begin(
        controller: &'c InstanceController,
        instance: Instance,
        deleting: bool,
    ) -> Result<Self, InstanceError> {
        let mut obstacles = Vec::new();
        let login_secret = match login_secret(controller, &instance).await {
            Ok(found) => found,
            Err(error) if deleting => {
                obstacles.push(error);
                None
            }
            Err(error) => return Err(error),
        };
        let facts = PlanFacts {
            login: LoginState::Unknown,
            admin: AdminState::NotNeeded,
            token: TokenState::Unusable,
            ungranted: Vec::new(),
            rotation: None,
        };
        let account = account(controller, &instance, login_secret.as_ref());
        let seen = Seen {
            instance,
            facts,
            account,
            login_secret,
            token_place: None,
            administrator: None,
            answers: None,
            version: None,
            missing_realms: Vec::new(),
            overdue: None,
            workload: None,
            obstacles,
        };
        Ok(Self { controller, seen })
    }

    /// Looks at the objects of a server that we run. Whether there is anything to do for this object.
    async fn at_the_workload(&mut self) -> bool {
        if self.seen.instance.object().spec.is_external() {
            return true;
        }
        match workload::look::look(self.controller, &self.seen.instance, &mut self.seen.obstacles).await {
            Ok(workload) => {
                self.seen.workload = Some(workload);
                true
            }
            Err(error) => {
                self.seen.obstacles.push(error);
                false
            }
        }
    }

    /// Whether it makes sense to ask the server. Without its database it answers nothing, and the database is the cause to tell.
    fn is_serving(&self) -> bool {
        let serves = |rollout: &Rollout| rollout.is_serving() && !rollout.lost_its_database();
        self.seen.workload.as_ref().is_none_or(|workload| serves(&workload.rollout))
    }

    /// Tries our login with one authenticated call.
    async fn at_our_login(&mut self, pass: &Pass) {
        let held = self.seen.login_secret.as_ref().map(RealmManagerLogin::read);
        let Some(Ok(held)) = held else {
            self.seen.facts.login = LoginState::Missing;
            return;
        };
        if held.credentials.client_id != self.seen.account {
            self.seen.facts.login = LoginState::Missing;
            return;
        }
        let connection = match self.controller.sessions.realm_manager(&self.seen.instance, MASTER).await {
            Ok(connection) => connection,
            // It was refused before, and the Secret has not changed since.
            Err(ConnectError::LoginNotNow { .. }) => {
                self.seen.facts.login = LoginState::Refused;
                return;
            }
            Err(error) => return self.seen.obstacles.push(error.into()),
        };
        match connection.api().realm_view(MASTER).await {
            Ok(RealmView::Full(_) | RealmView::Reduced) => {
                connection.succeeded();
                self.seen.answers = Some(true);
                self.seen.facts.login = LoginState::Works;
                self.seen.facts.rotation = self.rotation(pass);
                self.ask_the_version(connection.api(), pass).await;
                self.at_realms_to_grant(connection.api()).await;
            }
            Err(error) => {
                let class = connection.failed(&error);
                if is_refused_login(&error) {
                    self.seen.answers = Some(true);
                    self.seen.facts.login = LoginState::Refused;
                } else {
                    self.silent(error, class);
                }
            }
        }
    }

    /// Whether our login is to get another secret, as its Secret and the object say.
    fn rotation(&self, pass: &Pass) -> Option<Why> {
        let (instance, secret) = (&self.seen.instance, self.seen.login_secret.as_ref()?);
        if mode(instance.object()) != Mode::Enforce {
            return None;
        }
        let asked = rotation::asked(instance.object().annotations());
        Schedule::of(instance, instance.owner()).due(&Age::of(secret), asked.as_deref(), pass.now)
    }

    /// The answer is large, and some versions leave the version out of it for our login: it is asked for where nothing is
    /// known, in a thorough pass, and at the resync, so that an upgrade of a server outside is noticed.
    async fn ask_the_version(&mut self, api: &AdminApi, pass: &Pass) {
        let object = self.seen.instance.object();
        let is_known = self.seen.instance.version().is_some() || object.spec.declared_version().is_some();
        if is_known && !pass.forced && pass.lane != Lane::Resync {
            return;
        }
        // A server that has just answered and does not answer this has no version to tell; nothing depends on it alone.
        self.seen.version = version_of(api).await.ok().flatten();
    }

    async fn at_realms_to_grant(&mut self, api: &AdminApi) {
        for realm in realms_to_grant(&self.seen.instance) {
            match api.realm_view(&realm).await {
                Ok(RealmView::Full(_)) => {}
                Ok(RealmView::Reduced) => self.seen.facts.ungranted.push(realm),
                Err(error) if error.is_not_found() => self.seen.missing_realms.push(realm),
                // The next pass asks again; what is not seen now is not granted now.
                Err(error) => {
                    let class = keycloak_connect::admin_class(&error);
                    let url = self.seen.instance.addresses().internal.clone();
                    return self.seen.obstacles.push(InstanceError::Server {
                        url,
                        source: Box::new(error),
                        class,
                    });
                }
            }
        }
    }

    /// Logs in as the administrator if something needs one.
    async fn at_the_administrator(&mut self) {
        let need = match self.seen.facts.login {
            LoginState::Missing => Need::MakeLogin,
            LoginState::Refused => Need::MendLogin,
            LoginState::Works if !self.seen.facts.ungranted.is_empty() => Need::GrantRealms,
            LoginState::Works if self.seen.facts.rotation.is_some() => Need::RotateLogin,
            LoginState::Works | LoginState::Unknown => return,
        };
        let of_our_server = self.seen.workload.as_ref().map(|workload| workload.admin_secret);
        if of_our_server == Some(AdminSecret::Unusable) {
            // Why was told where it was looked at.
            self.seen.facts.admin = AdminState::Unusable;
            return;
        }
        match self.administrator().await {
            Ok((connection, version)) => {
                self.seen.facts.admin = AdminState::Works;
                self.seen.answers = Some(true);
                self.seen.version = version.or(self.seen.version.take());
                self.seen.administrator = Some(connection);
                if matches!(need, Need::MakeLogin | Need::MendLogin) {
                    // A new account has no rights yet; one that has them keeps them.
                    self.seen.facts.ungranted = realms_to_grant(&self.seen.instance);
                }
            }
            // Nobody waits for it, and everything works until an administrator is there.
            Err(error) if need == Need::RotateLogin && self.seen.facts.rotation != Some(Why::Asked) => {
                self.seen.facts.admin = AdminState::Unusable;
                self.seen.overdue = Some(error.to_string());
            }
            Err(error @ InstanceError::Server { .. }) => {
                self.seen.answers = Some(false);
                self.seen.facts.admin = AdminState::Unusable;
                self.seen.obstacles.push(error);
            }
            Err(error) => {
                if matches!(error, InstanceError::AdminRefused { .. }) {
                    self.seen.answers = Some(true);
                }
                self.seen.facts.admin = AdminState::Unusable;
                self.seen.obstacles.push(InstanceError::NeedsAdmin { need, source: Box::new(error) });
            }
        }
    }

    /// The administrator's session, and the version that only administrators always see.
    async fn administrator(&self) -> Result<(Connection, Option<String>), InstanceError> {
        let instance = &self.seen.instance;
        let connection = self.controller.sessions.administrator(instance).await?;
        match version_of(connection.api()).await {
            Ok(version) => {
                connection.succeeded();
                Ok((connection, version))
            }
            Err(error) => {
                let class = connection.failed(&error);
                let (namespace, name) = AdminLogin::secret(instance);
                Err(if is_refused_login(&error) || error.is_denied() {
                    InstanceError::AdminRefused {
                        namespace: namespace.to_owned(),
                        name,
                        source: Box::new(error),
                        class,
                    }
                } else {
                    InstanceError::Server {
                        url: instance.addresses().internal.clone(),
                        source: Box::new(error),
                        class,
                    }
                })
            }
        }
    }

    async fn at_the_token(&mut self) {
        match tokens::place_of_instance(&self.controller.secrets, &self.seen.instance).await {
            Ok(place) => {
                let there = place.found.is_some();
                self.seen.facts.token = if there { TokenState::There } else { TokenState::Missing };
                self.seen.token_place = Some(place);
            }
            Err(error) => self.seen.obstacles.push(error.into()),
        }
    }

    /// Who could remove our login. Nothing here stands in the way of the deletion.
    ///
    /// In a server that we run it is left alone: the database may outlive the object, and all rights on its realms hang on the
    /// account, which a Keycloak made anew on that database takes up again.
    async fn before_teardown(&mut self, mode: Mode) {
        if !self.seen.instance.object().spec.is_external() {
            self.controller.sessions.forget(&self.seen.instance);
            self.seen.facts.login = LoginState::Missing;
            return;
        }
        // A Secret that could not be looked at says nothing about the account.
        let is_known = self.seen.login_secret.is_some() || !self.seen.obstacles.is_empty();
        if !is_known && self.seen.instance.version().is_none() {
            self.seen.facts.login = LoginState::Missing;
            return;
        }
        if mode != Mode::Enforce {
            return;
        }
        match tokio::time::timeout(FAREWELL, self.administrator()).await {
            Ok(Ok((connection, _))) => {
                self.seen.facts.admin = AdminState::Works;
                self.seen.administrator = Some(connection);
            }
            Ok(Err(error)) => {
                self.seen.facts.admin = AdminState::Unusable;
                self.seen.obstacles.push(error);
            }
            Err(_) => {
                self.seen.facts.admin = AdminState::Unusable;
                let url = self.seen.instance.addresses().internal.clone();
                self.seen.obstacles.push(InstanceError::Silent { url, seconds: FAREWELL.as_secs() });
            }
        }
    }

    fn silent(&mut self, source: AdminError, class: Class) {
        self.seen.answers = Some(false);
        let url = self.seen.instance.addresses().internal.clone();
        self.seen.obstacles.push(InstanceError::Server { url, source: Box::new(source), class });
    }
}

/// The Secret of our login, if there is one.
async fn login_secret(
    controller: &InstanceController,
    instance: &Instance,
) -> Result<Option<StoredSecret>, InstanceError> {
    let name = login::realm_manager_secret_name(&instance.owner().name);
    let found = controller.secrets.ours(&instance.owner().namespace, &name).await?;
    if let Some(found) = &found {
        secret::guard(found, instance.owner(), Component::Login, Takeover::No)?;
    }
    Ok(found)
}

/// Client id of our login: the one that the spec names, else the one that stands in its Secret, else the one that is made from
/// cluster, namespace and name. An account keeps its name when the cluster's id changes, because its rights hang on it.
fn account(controller: &InstanceController, instance: &Instance, held: Option<&StoredSecret>) -> String {
    let named = instance.object().spec.admin.as_ref().and_then(|admin| admin.account.clone());
    let held = held.and_then(|secret| secret.text(login::key::CLIENT_ID)).map(str::to_owned);
    named.or(held).unwrap_or_else(|| login::realm_manager_account(&controller.cluster, instance))
}

fn realms_to_grant(instance: &Instance) -> Vec<String> {
    let admin = instance.object().spec.admin.as_ref();
    admin.and_then(|admin| admin.grant_realms.clone()).unwrap_or_default()
}

/// Whether the account itself is refused, rather than one of its calls.
fn is_refused_login(error: &AdminError) -> bool {
    matches!(error, AdminError::Login { source: LoginError::Refused { .. }, .. })
}

/// The version, where this login may see it.
async fn version_of(api: &AdminApi) -> Result<Option<String>, AdminError> {
    let info = api.server_info().await?;
    let version = info.get("systemInfo").and_then(|info| info.get("version"));
    Ok(version.and_then(|version| version.as_str()).map(str::to_owned))
}
