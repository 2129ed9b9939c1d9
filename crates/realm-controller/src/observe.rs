//! Looking: the instance, its leave, the realm, our login in it, and the place of its tokens.
//!
//! Each look needs the one before it. The first thing in the way ends the look and is kept ([`Seen::obstacle`]): what was
//! found until then is still reported.

use std::sync::Arc;

use authorization_token::decision::{Decision, Operation};
use controller_runtime::{Key, Pass};
use keycloak_admin::{AdminError, LoginError, RealmView};
use keycloak_connect::{
    Ask, ClientManagerLogin, ConnectError, Connection, Instance, Look as How, Mode, Realm, StoredRecord,
    StoredSecret,
    authorize::Terms,
    login::{self, client_manager_secret_name},
    marked::{self, Life, Marked},
    quota::Standing,
    secret::{self, Takeover},
    tokens::{self, Place},
};
use keycloak_crds::{KeycloakRealm, labels::Component, policy::DeletionPolicy};
use keycloak_plan::{LiveMark, LiveState, Mark, MarkedOwner, Permission, Server, TakeOver};
use keycloak_sync::realm::{self, Availability, Holdings, Observed as LiveRealm};

use crate::{
    admin_events::{Edits, Kinds, Whose},
    asks::asks,
    clients::{self, Clients},
    controller::{RealmController, has_a_name},
    error::RealmError,
    plan::remembered,
    secrets::Resolved,
    teardown::was_ours,
    validate::mode,
};

/// What was found; nothing for an object that is not for us to touch.
#[derive(Debug)]
pub struct Observed(pub(crate) Option<Box<Seen>>);

impl Observed {
    /// What was found.
    pub fn seen(&self) -> Option<&Seen> {
        self.0.as_deref()
    }
}

/// Our login in the realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// Its Secret is bound to this realm, and the server accepts it.
    Works,
    /// Its Secret does not exist, lacks a key, or is bound to another realm.
    Missing,
    /// The server refuses it, or it has fewer rights than it needs.
    Refused,
    /// Nobody can log in to the realm: it is disabled.
    Disabled,
    /// It was not tried.
    Unknown,
}

/// What was found.
#[derive(Debug)]
pub struct Seen {
    /// The object with what is derived from it.
    pub realm: Realm,
    /// The instance it names.
    pub instance: Option<Arc<Instance>>,
    /// The instance's version, as the plan takes it.
    pub server: Option<Server>,
    /// Whether the instance lets the object in.
    pub decision: Option<Decision>,
    /// The session of the instance's realm-manager.
    pub connection: Option<Connection>,
    /// What Keycloak has of the realm.
    pub live: Option<LiveRealm>,
    /// What is in the realm beside its settings, as far as the plan needs it.
    pub parts: Option<LiveState>,
    /// What others did in the realm since the last pass, where it keeps admin events.
    pub(crate) edits: Edits,
    /// Our mark.
    pub mark: Option<Mark>,
    /// What is known of the object that the live mark names.
    pub marked_owner: MarkedOwner,
    /// Leave of the instance to take realms over.
    pub permission: Permission,
    /// The Secret of our login, if it exists and is ours.
    pub login_secret: Option<StoredSecret>,
    /// The login that it holds, if it is whole and of this realm.
    pub held: Option<ClientManagerLogin>,
    /// Whether that login works.
    pub login: LoginState,
    /// The Secret of the authorization token.
    pub token_place: Option<Place>,
    /// The Secrets that the spec names, once all of them were read.
    pub secrets: Option<Resolved>,
    /// In a teardown: what the realm holds that nobody can bring back.
    pub holds: Option<Holdings>,
    /// In a teardown: whether the object's namespace is being deleted, too.
    pub terminating: bool,
    /// In a teardown: the clients that still refer to the object and need our login, or go with the realm.
    pub clients: Clients,
    /// What ended the look.
    pub obstacle: Option<RealmError>,
    /// What was applied before, where it is stored.
    pub stored: StoredRecord,
    /// Its slot in the quotas of its namespace.
    pub slot: Standing,
}

impl Seen {
    pub(crate) fn new(realm: Realm) -> Self {
        let owned = realm.object().status.as_ref().and_then(|status| status.owned.as_ref());
        Self {
            stored: StoredRecord::in_status(realm.owner(), owned),
            realm,
            instance: None,
            server: None,
            decision: None,
            connection: None,
            live: None,
            parts: None,
            edits: Edits::default(),
            mark: None,
            marked_owner: MarkedOwner::Unknown,
            permission: Permission::default(),
            login_secret: None,
            held: None,
            login: LoginState::Unknown,
            token_place: None,
            secrets: None,
            holds: None,
            terminating: false,
            clients: Clients::default(),
            obstacle: None,
            slot: Standing::default(),
        }
    }

    /// Keycloak's id of the realm as it was read.
    pub fn live_id(&self) -> Option<&str> {
        self.live.as_ref().and_then(LiveRealm::id)
    }

    /// Whether the login's Secret, which nobody but the controllers can write, is bound to this object and to the live
    /// realm: what proves that the realm is ours.
    pub fn is_proven(&self) -> bool {
        let bound = self.held.as_ref().map(|held| held.realm_id.as_str());
        bound.is_some() && bound == self.live_id()
    }

    /// Whether the realm keeps admin events.
    pub(crate) fn keeps_events(&self) -> bool {
        let live = self.live.as_ref().and_then(LiveRealm::present);
        live.and_then(|live| live.admin_events_enabled) == Some(true)
    }

    /// The realm as far as its events are concerned: what is declared, and what we log in with.
    pub(crate) fn whose(&self, kinds: Kinds) -> Whose {
        let manager = self.connection.as_ref().and_then(Connection::realm_manager);
        let logins =
            [manager.map(|login| &login.credentials), self.held.as_ref().map(|held| &held.credentials)];
        Whose {
            uid: self.realm.owner().uid.clone(),
            realm: self.realm.realm_name().to_owned(),
            ours: logins.into_iter().flatten().map(|login| login.client_uuid.clone()).collect(),
            kinds,
        }
    }

    /// `namespace/name` of the instance that the object names.
    pub fn instance_name(&self) -> String {
        let named = self.realm.operator_ref();
        format!("{}/{}", named.namespace, named.name)
    }

    /// Client id of our login: the one in its Secret, else the one made from cluster, namespace and name. An account
    /// keeps its name when the cluster's id changes.
    pub(crate) fn account(&self, controller: &RealmController) -> String {
        let held = self.held.as_ref().map(|held| held.credentials.client_id.clone());
        held.unwrap_or_else(|| keycloak_connect::login::account(&controller.cluster, self.realm.owner()))
    }
}

/// Looks.
///
/// # Errors
/// When the object was not read from an API server.
pub async fn observe(
    controller: &RealmController,
    object: &KeycloakRealm,
    pass: &Pass,
) -> Result<Observed, RealmError> {
    if !has_a_name(object) {
        return Ok(Observed(None));
    }
    let mut look = Look { controller, pass, seen: Seen::new(Realm::of(object.clone())?) };
    controller.slots.known().await;
    let owner = look.seen.realm.owner();
    look.seen.slot = controller.slots.look(&owner.namespace, &owner.uid, None);
    let looked = if pass.deleting { look.before_teardown().await } else { look.at_everything().await };
    look.seen.obstacle = looked.err();
    Ok(Observed(Some(Box::new(look.seen))))
}

/// A look under way.
struct Look<'c> {
    controller: &'c RealmController,
    pass: &'c Pass,
    seen: Seen,
}

impl Look<'_> {
    async fn at_everything(&mut self) -> Result<(), RealmError> {
        let instance = self.at_the_instance().await?;
        self.at_the_login_secret(&instance).await?;
        self.at_its_leave(&instance).await?;
        self.at_the_realm(&instance).await?;
        self.at_marks(&instance).await?;
        self.seen.stored.look(&self.controller.kube, self.controller.named.keys()).await?;
        self.at_its_parts().await?;
        self.at_its_events().await;
        // One that is missing keeps the realm from being changed, and nothing else from being looked at.
        let secrets = self.at_its_secrets().await;
        self.at_our_login(&instance).await?;
        self.at_the_token().await?;
        secrets
    }

    /// What a deletion needs to know, and not more: without it nothing waits for a server that is away.
    async fn before_teardown(&mut self) -> Result<(), RealmError> {
        self.controller.authorizer.forget(self.seen.realm.owner());
        let instance = self.at_the_instance().await;
        self.seen.clients = clients::of_realm(&self.controller.kube, self.seen.realm.owner()).await?;
        let instance = instance?;
        self.at_the_login_secret(&instance).await?;
        let spec = &self.seen.realm.object().spec;
        if mode(self.seen.realm.object()) != Mode::Enforce || spec.deletion_policy == DeletionPolicy::Retain {
            return Ok(());
        }
        if spec.deletion_policy == DeletionPolicy::Guarded {
            self.is_terminating().await?;
        }
        if self.seen.terminating {
            return Ok(());
        }
        if self.seen.held.is_none() {
            self.at_what_was_ours(&instance).await;
            return Ok(());
        }
        self.at_the_record().await?;
        self.at_the_realm(&instance).await?;
        if self.seen.is_proven() {
            self.at_its_holdings().await?;
        }
        Ok(())
    }

    /// What was applied is only asked whether we made the realm. Where it may not be read, since the right went before the
    /// object did, nobody knows, and more waits for an approval.
    async fn at_the_record(&mut self) -> Result<(), RealmError> {
        let is_unknown = |error: &ConnectError| {
            let is_forbidden = matches!(
                error,
                ConnectError::Kube { source: kube::Error::Api(status), .. } if status.is_forbidden()
            );
            // Without the key nobody can tell what we wrote.
            is_forbidden || matches!(error, ConnectError::RecordKeyDamaged { .. })
        };
        match self.seen.stored.look(&self.controller.kube, self.controller.named.keys()).await {
            Err(error) if is_unknown(&error) => {
                tracing::debug!(realm = %self.seen.realm.owner(), %error, "what was applied is not known");
                Ok(())
            }
            other => Ok(other?),
        }
    }

    /// Without proof nothing is deleted: the look only tells whether anything is left, and nobody waits for it.
    ///
    /// Status is its tenant's to patch. Where it alone says that the realm was ours, only who may use the instance is told what
    /// that holds: else the deletion of objects would find out the names of its realms.
    async fn at_what_was_ours(&mut self, instance: &Instance) {
        if !was_ours(self.seen.realm.object(), &self.seen) {
            return;
        }
        let mut looked = Ok(());
        if self.seen.login_secret.is_none() {
            looked = self.at_its_leave(instance).await;
        }
        if looked.is_ok() {
            looked = self.at_the_realm(instance).await;
        }
        if let Err(error) = looked {
            tracing::debug!(realm = %self.seen.realm.owner(), %error, "it is not known whether the realm is there");
        }
    }

    async fn at_the_instance(&mut self) -> Result<Arc<Instance>, RealmError> {
        let named = self.seen.realm.operator_ref();
        let key = Key::namespaced(named.namespace.as_str(), named.name.as_str());
        let thorough = self.pass.forced || self.pass.deleting;
        let how = if thorough { How::Now } else { How::Recent(self.controller.hint(&key)) };
        let instance = self.controller.references.instance(named, how).await?;
        self.seen.instance = Some(Arc::clone(&instance));
        if instance.is_deleting() {
            let (namespace, name) = (named.namespace.clone(), named.name.clone());
            return Err(ConnectError::InstanceDeleting { namespace, name }.into());
        }
        Ok(instance)
    }

    async fn at_the_login_secret(&mut self, instance: &Instance) -> Result<(), RealmError> {
        let owner = self.seen.realm.owner();
        let name = client_manager_secret_name(&instance.owner().name, owner);
        let found = self.controller.secrets.ours(instance.logins_namespace(), &name).await?;
        if let Some(found) = &found {
            let guarded = secret::guard(found, owner, Component::Login, Takeover::No);
            if guarded.is_err() && self.pass.deleting {
                // It proves nothing, and it is not ours to take back: no reason to keep the object.
                return Ok(());
            }
            guarded?;
            // One that lacks a key, or names something else, is as good as none: it is written anew.
            let held = ClientManagerLogin::read(found, &self.seen.realm).ok();
            self.seen.held = held.filter(|_| login::is_of(found, instance));
        }
        self.seen.login_secret = found;
        Ok(())
    }

    async fn at_its_leave(&mut self, instance: &Instance) -> Result<(), RealmError> {
        let (controller, realm) = (self.controller, &self.seen.realm);
        let is_there = self.seen.held.is_some();
        let key = Key::namespaced(instance.owner().namespace.as_str(), instance.owner().name.as_str());
        let asked = asks(&realm.object().spec);
        let ask = Ask {
            reader: realm.owner(),
            field: "spec.operatorRef",
            name: realm.realm_name(),
            token: realm.operator_ref().authorization_secret_ref.as_ref(),
            asks: &asked,
            operation: if is_there { Operation::Change } else { Operation::Create },
            others: controller.others(&self.pass.key, &key),
        };
        let terms = Terms::of_instance(instance);
        let authorizer = &controller.authorizer;
        let decision = if self.pass.deleting {
            authorizer.weigh(&ask, &terms, self.pass.now).await?
        } else {
            authorizer.decide(&ask, &terms, self.pass.now).await?
        };
        let refused = ConnectError::of_decision(&decision);
        self.seen.decision = Some(decision);
        refused.map_or(Ok(()), |error| Err(error.into()))
    }

    /// One call, as the realm-manager.
    async fn at_the_realm(&mut self, instance: &Instance) -> Result<(), RealmError> {
        let serving = instance.serving()?;
        let version = serving
            .version
            .parse()
            .map_err(|source| RealmError::Version { instance: self.seen.instance_name(), source })?;
        // Policies are not read: a change of the CR is what tries an overridden value again.
        let policies = self.seen.realm.object().metadata.generation.unwrap_or_default().to_string();
        self.seen.server = Some(Server { version: Some(version), policies });
        let name = self.seen.realm.realm_name();
        let connection = self.controller.sessions.realm_manager(instance, name).await?;
        let live = realm::observe(connection.api(), name).await;
        let live = live.map_err(|error| RealmError::sync(error, &connection))?;
        connection.succeeded();
        self.seen.connection = Some(connection);
        self.seen.live = Some(live);
        Ok(())
    }

    /// Our mark; and if the live realm carries another one, whether its owner lives.
    async fn at_marks(&mut self, instance: &Instance) -> Result<(), RealmError> {
        let owner = self.seen.realm.owner();
        let namespace = self.controller.namespaces.get(&owner.namespace).await?;
        let namespace =
            namespace.ok_or_else(|| RealmError::NamespaceMissing { namespace: owner.namespace.clone() })?;
        let ours = Mark {
            cluster_id: self.controller.cluster.as_str().to_owned(),
            namespace_uid: namespace.uid.clone(),
            namespace: owner.namespace.clone(),
            name: owner.name.clone(),
            uid: owner.uid.clone(),
        };
        let live = self.seen.live.as_ref().map(LiveRealm::mark).unwrap_or_default();
        if !self.seen.is_proven() && self.seen.live_id().is_some() {
            self.seen.marked_owner = self.owner_of(&live).await?;
            self.ask_leave_to_adopt(instance).await?;
        }
        self.seen.mark = Some(ours);
        Ok(())
    }

    /// No call for a realm whose object declares nothing but settings, and never did.
    async fn at_its_parts(&mut self) -> Result<(), RealmError> {
        let (Some(connection), Some(live)) = (&self.seen.connection, &self.seen.live) else { return Ok(()) };
        let (object, name) = (self.seen.realm.object(), self.seen.realm.realm_name());
        let (record, _) = remembered(&self.seen.stored);
        let wanted = realm::wanted(&object.spec);
        let parts = realm::observe_parts(connection.api(), name, live, &wanted, &record).await;
        self.seen.parts = Some(parts.map_err(|error| RealmError::sync(error, connection))?);
        Ok(())
    }

    /// After the realm was read: whoever changed what differs is told of by then. Nothing is asked of a realm that keeps no events,
    /// that is frozen, or that nothing tells to be ours.
    async fn at_its_events(&mut self) {
        let seen = &self.seen;
        let (Some(connection), true) = (&seen.connection, seen.keeps_events()) else { return };
        let (object, events) = (seen.realm.object(), &self.controller.events);
        let is_ours = seen.is_proven() || events.follows(&self.pass.key);
        if mode(object) == Mode::Suspend || !is_ours {
            return;
        }
        let whose = seen.whose(Kinds::of_record(&remembered(&seen.stored).0));
        self.seen.edits = events.edits(&self.pass.key, whose, connection.api(), self.pass.now).await;
    }

    async fn owner_of(&self, live: &LiveMark) -> Result<MarkedOwner, RealmError> {
        let marked = Marked {
            cluster_id: live.cluster_id.as_deref(),
            namespace: live.namespace.as_deref(),
            name: live.name.as_deref(),
            uid: live.uid.as_deref(),
        };
        let controller = self.controller;
        let found = marked::look::<KeycloakRealm>(&controller.kube, &controller.cluster, marked).await?;
        Ok(match found {
            Life::Alive => MarkedOwner::Alive,
            Life::Gone => MarkedOwner::Gone,
            Life::Unknown => MarkedOwner::Unknown,
        })
    }

    async fn ask_leave_to_adopt(&mut self, instance: &Instance) -> Result<(), RealmError> {
        let realm = &self.seen.realm;
        if realm.object().spec.adopt != Some(true) {
            return Ok(());
        }
        let terms = Terms::of_instance(instance);
        let (namespace, name) = (&realm.owner().namespace, realm.realm_name());
        let leave = self.controller.authorizer.leave_to_adopt(namespace, name, &terms).await?;
        let take_over = TakeOver { unmarked: leave.unmarked, clusters: leave.clusters };
        self.seen.permission =
            Permission { same_namespace: leave.same_namespace, adopt_verb: leave.verb, take_over };
        Ok(())
    }

    /// Tries our login with one authenticated call.
    async fn at_our_login(&mut self, instance: &Instance) -> Result<(), RealmError> {
        if !self.seen.is_proven() {
            self.seen.login = LoginState::Missing;
            return Ok(());
        }
        let live = self.seen.live.as_ref().map(realm::availability);
        self.seen.login = match live {
            Some(Availability::Disabled { .. }) => LoginState::Disabled,
            Some(Availability::Available { .. } | Availability::Missing) | None => {
                try_login(self.controller, instance, &self.seen.realm).await?
            }
        };
        Ok(())
    }

    async fn at_the_token(&mut self) -> Result<(), RealmError> {
        let place = tokens::place_of_realm(&self.controller.secrets, &self.seen.realm).await?;
        self.seen.token_place = Some(place);
        Ok(())
    }

    async fn at_its_secrets(&mut self) -> Result<(), RealmError> {
        self.seen.secrets = Some(self.controller.named.of(&self.seen.realm).await?);
        Ok(())
    }

    async fn at_its_holdings(&mut self) -> Result<(), RealmError> {
        let (Some(connection), Some(live)) = (&self.seen.connection, &self.seen.live) else { return Ok(()) };
        let holds = realm::holdings(connection.api(), self.seen.realm.realm_name(), live).await;
        self.seen.holds = Some(holds.map_err(|error| RealmError::sync(error, connection))?);
        Ok(())
    }

    async fn is_terminating(&mut self) -> Result<(), RealmError> {
        let namespace = self.controller.namespaces.get_now(&self.seen.realm.owner().namespace).await?;
        self.seen.terminating = namespace.is_none_or(|namespace| namespace.terminating);
        Ok(())
    }
}

/// Logs in as the realm's client-manager and makes one call, which needs one of its rights.
pub(crate) async fn try_login(
    controller: &RealmController,
    instance: &Instance,
    realm: &Realm,
) -> Result<LoginState, RealmError> {
    let connection = match controller.sessions.client_manager(instance, realm).await {
        Ok(connection) => connection,
        // It was refused before, and the Secret has not changed since.
        Err(ConnectError::LoginNotNow { .. }) => return Ok(LoginState::Refused),
        // The Secret that was just read is another one by now, or gone.
        Err(ConnectError::LoginMissing { .. } | ConnectError::LoginOfOtherRealm { .. }) => {
            return Ok(LoginState::Missing);
        }
        Err(error) => return Err(error.into()),
    };
    match connection.api().realm_view(realm.realm_name()).await {
        Ok(RealmView::Full(_)) => {
            connection.succeeded();
            Ok(LoginState::Works)
        }
        Ok(RealmView::Reduced) => Ok(LoginState::Refused),
        Err(AdminError::Login { source: LoginError::RealmDisabled { .. }, .. }) => Ok(LoginState::Disabled),
        Err(error) if is_refused(&error) => {
            connection.failed(&error);
            Ok(LoginState::Refused)
        }
        Err(error) => {
            let source = keycloak_sync::SyncError::Call {
                verb: keycloak_sync::Verb::Read,
                object: realm::identity(realm.realm_name()),
                source: Box::new(error),
            };
            Err(RealmError::sync(source, &connection))
        }
    }
}

/// Whether the server refuses the login, or what it may do.
fn is_refused(error: &AdminError) -> bool {
    error.is_denied() || matches!(error, AdminError::Login { source: LoginError::Refused { .. }, .. })
}
