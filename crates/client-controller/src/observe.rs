//! Looking at the realm, at who may use it, at our login, at the client and at its Secret.

use std::sync::Arc;

use authorization_token::decision::{Decision, Operation, RbacAnswer};
use controller_runtime::{Key, Lane, Pass, Projection, Store, hash_of};
use keycloak_admin::Secret;
use keycloak_connect::{
    Ask, ConnectError, Connection, Consent, Instance, Look, Mode, Owner, OwnerKind, Realm, StoredSecret,
    Verb,
    authorize::Terms,
    reference::Serving,
    secret::{self, Expectation},
};
use keycloak_crds::{
    KeycloakClient,
    name::{Namespace, ObjectName},
    reference::TokenRef,
};
use keycloak_plan::{
    Adoption, Approvals, Claim, ClaimFacts, Evidence, LiveMark, Mark, MarkedOwner, OwnedRecord, Permission,
    Server,
};
use keycloak_sync::{SyncError, client};
use kube::Api;

use crate::{
    asks::asks,
    controller::{ClientController, is_of_the_seed, mode},
    credentials::{self, Addresses},
    error::{ClientError, class_of},
    slim::SlimClient,
    teardown::{self, Farewell},
};

/// What was found; nothing for an object that is not for us to touch.
pub struct Observed(pub(crate) Option<Box<Ground>>);

impl Observed {
    /// What was found about an object of ours.
    pub fn ground(&self) -> Option<&Ground> {
        self.0.as_deref()
    }
}

/// Everything that decides. What stands in the way ends the look, and is kept beside what was found until then.
pub struct Ground {
    /// The object.
    pub object: KeycloakClient,
    /// The object as the owner of its Secret.
    pub owner: Owner,
    /// Whether anything may be written.
    pub mode: Mode,
    /// What was applied last; empty also where it was lost.
    pub record: OwnedRecord,
    /// What was approved.
    pub approvals: Approvals,
    /// The realm that it names.
    pub realm: Option<Arc<Realm>>,
    /// Whether it may use the realm.
    pub decision: Option<Decision>,
    /// Where the client lives, once everything about it is there.
    pub site: Option<Site>,
    /// Our login in the realm.
    pub connection: Option<Connection>,
    /// The client as Keycloak has it; `None` if it was not looked for.
    pub live: Option<client::Observed>,
    /// Whose the live client is.
    pub claim: Option<Claim>,
    /// The Secret that the application reads.
    pub secret: SecretLook,
    /// The Secret of before, where it has another name now.
    pub old_secret: Option<StoredSecret>,
    /// A secret for a client that is made in this pass.
    pub fresh: Secret,
    /// What stands in the way.
    pub obstacle: Option<ClientError>,
    /// In deletion: why nothing is to be done in Keycloak.
    pub farewell: Option<Farewell>,
}

/// The Secret that the application reads.
#[derive(Debug)]
pub enum SecretLook {
    /// It was not looked for.
    NotRead,
    /// It does not exist.
    Missing,
    /// It is there.
    There(StoredSecret),
}

impl SecretLook {
    /// The Secret, if it was found.
    pub fn stored(&self) -> Option<&StoredSecret> {
        match self {
            Self::There(stored) => Some(stored),
            Self::NotRead | Self::Missing => None,
        }
    }
}

impl From<Option<StoredSecret>> for SecretLook {
    fn from(found: Option<StoredSecret>) -> Self {
        found.map_or(Self::Missing, Self::There)
    }
}

/// Where the client lives, as far as it decides anything.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name of the realm.
    pub realm: String,
    /// Keycloak's id of the realm.
    pub realm_id: String,
    /// `namespace/name` of the instance.
    pub instance: String,
    /// The server, as the plan must know it.
    pub server: Server,
    /// Our mark.
    pub mark: Mark,
    /// The key of hashes of values from Secrets.
    pub key: Option<keycloak_plan::RecordKey>,
    /// What the Secret says.
    pub addresses: Addresses,
}

impl Ground {
    /// Whether the application gets a Secret, if its client is as the CR or else the live client says.
    pub(crate) fn wants_secret(&self, live: Option<&client::Observed>) -> bool {
        self.object.spec.manage_secret.unwrap_or(true) && !self.is_public(live)
    }

    /// Whether the client has no secret.
    pub(crate) fn is_public(&self, live: Option<&client::Observed>) -> bool {
        let live = live.and_then(client::Observed::present).and_then(|live| live.public_client);
        self.object.spec.public_client.or(live).unwrap_or(false)
    }

    /// Whether the record knows the client.
    pub(crate) fn is_known(&self) -> bool {
        self.record.object(&client::identity(&self.object.spec.client_id)).is_some()
    }

    pub(crate) fn begin(object: &KeycloakClient) -> Result<Self, ClientError> {
        let status = object.status.as_ref();
        let record = keycloak_sync::status::record(status.and_then(|status| status.owned.as_ref()));
        Ok(Self {
            owner: Owner::client(object)?,
            mode: mode(object),
            record: record.unwrap_or_else(|lost| {
                tracing::debug!(%lost, "everything is adopted");
                OwnedRecord::default()
            }),
            approvals: keycloak_sync::status::approvals(status.and_then(|status| status.approvals.as_ref())),
            realm: None,
            decision: None,
            site: None,
            connection: None,
            live: None,
            claim: None,
            secret: SecretLook::NotRead,
            old_secret: None,
            fresh: Secret::random(),
            obstacle: None,
            farewell: None,
            object: object.clone(),
        })
    }
}

/// Looks.
///
/// # Errors
/// When the object was not read from an API server.
pub async fn observe(
    controller: &ClientController,
    object: &KeycloakClient,
    pass: &Pass,
) -> Result<Observed, ClientError> {
    if is_of_the_seed(object) {
        return Ok(Observed(None));
    }
    let mut ground = Box::new(Ground::begin(object)?);
    let looked = if pass.deleting {
        teardown::look(controller, &mut ground).await
    } else {
        look(controller, &mut ground, pass).await
    };
    ground.obstacle = looked.err();
    Ok(Observed(Some(ground)))
}

async fn look(controller: &ClientController, ground: &mut Ground, pass: &Pass) -> Result<(), ClientError> {
    let named = ground.object.spec.realm_ref.clone();
    let how = how_to_look(&controller.realms, &named.namespace, &named.name, pass);
    let realm = controller.references.realm(&named, how).await?;
    ground.realm = Some(Arc::clone(&realm));
    let decision = authorize(controller, ground, &realm, pass).await?;
    let refused = ConnectError::of_decision(&decision);
    ground.decision = Some(decision);
    if let Some(refused) = refused {
        return Err(refused.into());
    }
    let operator = realm.operator_ref();
    let how = how_to_look(&controller.instances, &operator.namespace, &operator.name, pass);
    let instance = controller.references.instance(operator, how).await?;
    let serving = instance.serving()?;
    let said = realm.available()?.to_owned();
    let site = site(controller, ground, &instance, &realm, Some(&serving)).await?;
    if site.realm_id != said {
        let realm = format!("{}/{}", realm.owner().namespace, realm.owner().name);
        return Err(ClientError::OtherRealm { realm, said, login: site.realm_id });
    }
    let site = ground.site.insert(site);
    if ground.object.spec.manage_secret.unwrap_or(true) {
        site.key = Some(controller.record_key().await?.clone());
    }
    if !creates_first(ground, pass) {
        look_at_the_client(controller, ground, &realm).await?;
    }
    Ok(())
}

/// Somebody has just asked for a client that no record knows: creating it answers faster whether it exists. What failed before
/// is looked at first, so that trying again does not write again.
fn creates_first(ground: &Ground, pass: &Pass) -> bool {
    let asked_now = match pass.lane {
        Lane::Edit | Lane::Wake => true,
        Lane::Again | Lane::Start | Lane::Resync => false,
    };
    asked_now && ground.mode.writes() && !ground.is_known()
}

/// What the watch last said about an object decides whether what was read before still serves.
fn how_to_look<P: Projection>(store: &Store<P>, namespace: &str, name: &str, pass: &Pass) -> Look {
    if pass.forced {
        return Look::Now;
    }
    let key = Key::namespaced(namespace, name);
    Look::Recent(store.get(&key).map_or(0, |slim| hash_of(&slim.contract())))
}

/// Decides whether the object may use the realm.
async fn authorize(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
    pass: &Pass,
) -> Result<Decision, ClientError> {
    let spec = &ground.object.spec;
    let token = spec.realm_ref.authorization_secret_ref.as_ref();
    if let Some(token) = token {
        may_be_read(controller, ground, token).await?;
    }
    let asks = asks(spec);
    let ask = Ask {
        namespace: &ground.owner.namespace,
        name: &spec.client_id,
        token,
        asks: &asks,
        operation: if ground.is_known() { Operation::Change } else { Operation::Create },
        others: others(controller, pass, spec),
    };
    Ok(controller.authorizer.decide(&ask, &Terms::of_realm(realm), pass.now).await?)
}

/// Whether the Secret with the authorization token may be read for this object. One that is missing is for the decision to tell.
async fn may_be_read(
    controller: &ClientController,
    ground: &Ground,
    token: &TokenRef,
) -> Result<(), ConnectError> {
    match controller.settings.consent {
        Consent::Off => Ok(()),
        Consent::Admission => controller.policies.stand_for(OwnerKind::KeycloakClient).await,
        Consent::Label => {
            let expected = Expectation {
                namespace: &ground.owner.namespace,
                name: &token.name,
                key: &token.key,
                field: "spec.realmRef.authorizationSecretRef",
            };
            match secret::get(&controller.kube, expected.namespace, expected.name).await? {
                Some(found) => found.check_readable(&expected, &ground.owner, Consent::Label),
                None => Ok(()),
            }
        }
    }
}

/// How many other clients of the namespace stand in the realm.
fn others(
    controller: &ClientController,
    pass: &Pass,
    spec: &keycloak_crds::client::KeycloakClientSpec,
) -> u32 {
    let Some(store) = controller.clients() else { return 0 };
    let realm = Key::namespaced(spec.realm_ref.namespace.as_str(), spec.realm_ref.name.as_str());
    let all = store.dependants(&SlimClient::target(&realm), controller_runtime::Fields::ALL);
    let others = all.iter().filter(|key| **key != pass.key && key.namespace() == pass.key.namespace());
    let standing = others.filter(|key| store.get(key).is_some_and(|slim| slim.stands()));
    u32::try_from(standing.count()).unwrap_or(u32::MAX)
}

/// Our login in the realm, and everything that is said about the place. Without `serving` no plan that writes can be made.
pub(crate) async fn site(
    controller: &ClientController,
    ground: &mut Ground,
    instance: &Instance,
    realm: &Realm,
    serving: Option<&Serving>,
) -> Result<Site, ClientError> {
    let connection = controller.sessions.client_manager(instance, realm).await?;
    let realm_id = connection.client_manager().map(|login| login.realm_id.clone()).unwrap_or_default();
    let owner = &ground.owner;
    let namespace = controller.namespaces.get(&owner.namespace).await?;
    let Some(namespace) = namespace else {
        return Err(ClientError::NamespaceMissing { namespace: owner.namespace.clone() });
    };
    let version = serving.and_then(|serving| serving.version.parse().ok());
    let site = Site {
        realm: realm.realm_name().to_owned(),
        realm_id,
        instance: format!("{}/{}", instance.owner().namespace, instance.owner().name),
        server: Server { version, policies: String::new() },
        mark: Mark {
            cluster_id: controller.settings.cluster.as_str().to_owned(),
            namespace_uid: namespace.uid.clone(),
            namespace: owner.namespace.clone(),
            name: owner.name.clone(),
            uid: owner.uid.clone(),
        },
        key: None,
        addresses: Addresses::new(&instance.addresses().public, realm.realm_name()),
    };
    ground.connection = Some(connection);
    Ok(site)
}

/// One read of the client, and one of its Secret.
async fn look_at_the_client(
    controller: &ClientController,
    ground: &mut Ground,
    realm: &Realm,
) -> Result<(), ClientError> {
    let live = live(ground).await?;
    look_at_secrets(controller, ground, &live).await?;
    if live.present().is_some() {
        let claim = claim(controller, ground, realm, &live, ground.secret.stored()).await?;
        refuse(ground, &claim)?;
        ground.claim = Some(claim);
    }
    ground.live = Some(live);
    Ok(())
}

/// Looks the client up.
pub(crate) async fn live(ground: &Ground) -> Result<client::Observed, ClientError> {
    let (connection, site) = ground.way()?;
    let found = client::observe(connection.api(), &site.realm, &ground.object.spec.client_id).await;
    match found {
        Ok(found) => {
            connection.succeeded();
            Ok(found)
        }
        Err(error) if error.is_not_found() => Err(ClientError::RealmMissing { realm: site.realm.clone() }),
        Err(error) => Err(failed(connection, error)),
    }
}

/// An error of a read, with what the pool of sessions makes of it.
fn failed(connection: &Connection, error: SyncError) -> ClientError {
    let class = error.admin().map_or_else(|| class_of(&error), |admin| connection.failed(admin));
    ClientError::Sync { source: Box::new(error), class }
}

/// The Secret as it should be called, and the one of before where that is another.
async fn look_at_secrets(
    controller: &ClientController,
    ground: &mut Ground,
    live: &client::Observed,
) -> Result<(), ClientError> {
    let (kube, namespace) = (&controller.kube, &ground.owner.namespace);
    let name = credentials::secret_name(&ground.object.spec, &ground.owner);
    let wants = ground.wants_secret(Some(live));
    if wants {
        ground.secret = secret::get(kube, namespace, &name).await?.into();
    }
    let before = ground.object.status.as_ref().and_then(|status| status.credentials_secret.clone());
    if let Some(before) = before.filter(|before| !wants || *before != name) {
        let found = secret::get(kube, namespace, &before).await?;
        // Status is ours to write and its tenant's to patch: only what carries our labels and uid counts. One that has been
        // emptied before is as good as gone.
        ground.old_secret =
            found.filter(|found| found.belongs_to(&ground.owner) && found.keys().next().is_some());
    }
    Ok(())
}

/// Whose the live client is. `stored`: the Secret that may prove it.
pub(crate) async fn claim(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
    live: &client::Observed,
    stored: Option<&StoredSecret>,
) -> Result<Claim, ClientError> {
    let site = ground.site()?;
    let (ours, marked) = (&site.mark, live.mark());
    let held = stored.and_then(|stored| credentials::held(stored, &ground.owner));
    let agrees = held.is_some() && held.as_ref() == client::secret(live);
    let adopt = ground.object.spec.adopt.unwrap_or(false);
    let owner = match ours.compare(&marked) {
        // Then nobody asks.
        Adoption::Equal | Adoption::Absent => MarkedOwner::Unknown,
        Adoption::Other => marked_owner(controller, ours, &marked).await?,
    };
    let permission = if adopt { permission(controller, ground, realm).await? } else { Permission::default() };
    Ok(Claim::decide(&ClaimFacts {
        ours,
        live: &marked,
        evidence: Evidence::Client { output_secret_agrees: agrees },
        owner,
        adopt,
        permission: &permission,
    }))
}

/// A client that must be left alone is an obstacle.
pub(crate) fn refuse(ground: &Ground, claim: &Claim) -> Result<(), ClientError> {
    match claim {
        Claim::Ours { .. } | Claim::Restored | Claim::Adopted { .. } => Ok(()),
        Claim::Refused(refusal) => Err(ClientError::Claimed {
            client_id: ground.object.spec.client_id.clone(),
            realm: ground.site()?.realm.clone(),
            refusal: refusal.clone(),
        }),
    }
}

/// Looks for the object that a mark names. The mark may be anybody's words, so its names are checked before they become a path.
async fn marked_owner(
    controller: &ClientController,
    ours: &Mark,
    marked: &LiveMark,
) -> Result<MarkedOwner, ClientError> {
    let LiveMark { cluster_id, namespace, name, uid, .. } = marked;
    let namespace = namespace.as_deref().and_then(|text| text.parse::<Namespace>().ok());
    let name = name.as_deref().and_then(|text| text.parse::<ObjectName>().ok());
    let (Some(namespace), Some(name), Some(uid)) = (namespace, name, uid) else {
        return Ok(MarkedOwner::Unknown);
    };
    if cluster_id.as_deref() != Some(ours.cluster_id.as_str()) {
        return Ok(MarkedOwner::Unknown);
    }
    let clients: Api<KeycloakClient> = Api::namespaced(controller.kube.clone(), namespace.as_str());
    match clients.get_metadata_opt(name.as_str()).await {
        Ok(Some(found)) if found.metadata.uid.as_ref() == Some(uid) => Ok(MarkedOwner::Alive),
        Ok(Some(_) | None) => Ok(MarkedOwner::Gone),
        Err(kube::Error::Api(status)) if status.is_forbidden() => Ok(MarkedOwner::Unknown),
        Err(source) => {
            let doing = format!("reading KeycloakClient {namespace}/{name}");
            Err(ConnectError::Kube { doing, source }.into())
        }
    }
}

/// Leave of the realm to take clients over.
async fn permission(
    controller: &ClientController,
    ground: &Ground,
    realm: &Realm,
) -> Result<Permission, ClientError> {
    let terms = Terms::of_realm(realm);
    let switched_on = terms.policy().is_ok_and(|policy| policy.same_namespace);
    let same_namespace = switched_on && realm.owner().namespace == ground.owner.namespace;
    let adopt_verb = !same_namespace
        && controller.authorizer.holds(&ground.owner.namespace, Verb::Adopt, realm.identity()).await?
            == RbacAnswer::Allowed;
    // spec.takeOver of a realm is refused at admission until it is acted on.
    Ok(Permission { same_namespace, adopt_verb, take_over: Vec::new() })
}

impl Ground {
    /// Where the client lives.
    ///
    /// # Errors
    /// When it is not known: a fault of this controller, since whoever asks has found it before.
    pub(crate) fn site(&self) -> Result<&Site, ClientError> {
        self.site.as_ref().ok_or_else(|| self.not_there())
    }

    /// Our login, and where it leads to.
    ///
    /// # Errors
    /// As [`Ground::site`].
    pub(crate) fn way(&self) -> Result<(&Connection, &Site), ClientError> {
        let connection = self.connection.as_ref().ok_or_else(|| self.not_there())?;
        Ok((connection, self.site()?))
    }

    fn not_there(&self) -> ClientError {
        let named = &self.object.spec.realm_ref;
        let (namespace, name) = (named.namespace.clone(), named.name.clone());
        ConnectError::RealmNotAvailable { namespace, name, because: None }.into()
    }
}
