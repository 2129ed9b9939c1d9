//! Looking at the realm, at who may use it, at our login, at the client and at its Secret.

use std::sync::Arc;

use controller_runtime::{Key, Lane, Pass, Projection, Store, hash_of};
use keycloak_connect::{
    ConnectError, Connection, Instance, Look, Realm, StoredSecret, quota::Standing, reference::Serving,
};
use keycloak_crds::{KeycloakClient, labels::label};
use keycloak_plan::{Mark, Server};
use keycloak_sync::{SyncError, client};

use crate::{
    controller::{ClientController, is_of_the_seed},
    credentials::{self, Addresses},
    error::{ClientError, class_of},
    ground::{Ground, Observed, Site},
    ownership::{self, claim, refuse},
    permission::authorize,
    teardown,
};

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
    let mut ground = Box::new(Ground::begin(object, pass.now)?);
    ground.slot = controller.slots.look(&ground.object.spec.realm_ref.namespace, &ground.owner.uid, None);
    let looked = if pass.deleting {
        teardown::look(controller, &mut ground, pass).await
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
    let quotas = &realm.owner().namespace;
    ground.slot = controller.slots.look(quotas, &ground.owner.uid, Some(&realm.owner().uid));
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
    let spec = &ground.object.spec;
    if spec.manage_secret.unwrap_or(true) || spec.client_secret.is_some() {
        site.key = Some(controller.record_key().await?);
    }
    ground.given = given(controller, ground).await?;
    ground.look_at_the_record(&controller.kube, controller.record_keys()).await?;
    if !creates_first(ground, pass) {
        look_at_the_client(controller, ground, &realm).await?;
    }
    look_at_the_flows(ground).await?;
    look_at_scopes(controller, ground, pass).await
}

/// The field of a secret of one's own.
const CLIENT_SECRET: &str = "spec.clientSecret";

/// What Keycloak shows instead of a secret. As a secret it would be refused by the plan, after it was written into our own Secret.
const MASK: &str = "**********";

/// The secret that the object names, from its own namespace and with consent (rule 5.7). What is missing is waited for.
async fn given(
    controller: &ClientController,
    ground: &Ground,
) -> Result<Option<keycloak_admin::Secret>, ClientError> {
    let Some(named) = &ground.object.spec.client_secret else { return Ok(None) };
    let leave = controller.secrets.leave(&ground.owner).await?;
    let expected = leave.expects(&named.name, &named.key, CLIENT_SECRET);
    let (value, _) = controller.secrets.value(&leave, &expected).await?;
    let unusable = |why: &'static str| ConnectError::SecretValueUnusable {
        namespace: ground.owner.namespace.clone(),
        name: named.name.clone(),
        key: named.key.clone(),
        field: CLIENT_SECRET.to_owned(),
        why,
    };
    let text =
        value.text().ok_or_else(|| unusable("is not text in UTF-8; write the secret into it as text"))?;
    if text.expose() == MASK {
        return Err(
            unusable("is what Keycloak shows instead of a secret; write the secret itself into it").into()
        );
    }
    Ok(Some(text))
}

/// A secret of one's own that nothing could be done with is told, once it is known that the client is ours.
pub(crate) fn check_given(ground: &Ground, live: &client::Observed) -> Result<(), ClientError> {
    if ground.given.is_some() && client::has_no_secret(&ground.object.spec, Some(live)) {
        let client_id = ground.object.spec.client_id.clone();
        let which = if ground.is_public(Some(live)) { "public" } else { "bearer-only" };
        return Err(ClientError::HasNoSecret { client_id, which });
    }
    Ok(())
}

/// Somebody has just asked for a client that no record knows: creating it answers faster whether it exists. What failed before
/// is looked at first, so that trying again does not write again; so is what `spec.adopt` says exists already, so that taking it
/// over writes nothing but the mark, and what a record was lost of.
fn creates_first(ground: &Ground, pass: &Pass) -> bool {
    let asked_now = match pass.lane {
        Lane::Edit | Lane::Wake => true,
        Lane::Again | Lane::Start | Lane::Resync => false,
    };
    let exists_they_say = ground.object.spec.adopt.unwrap_or(false);
    // Where it has to wait for a slot, what exists does not.
    let needs_no_look = ground.slot != Standing::Open;
    let is_new = needs_no_look && !ground.is_known() && ground.lost_record.is_none();
    asked_now && !exists_they_say && ground.mode.writes() && is_new
}

/// What the watch last said about an object decides whether what was read before still serves.
fn how_to_look<P: Projection>(store: &Store<P>, namespace: &str, name: &str, pass: &Pass) -> Look {
    if pass.forced {
        return Look::Now;
    }
    let key = Key::namespaced(namespace, name);
    Look::Recent(store.get(&key).map_or(0, |slim| hash_of(&slim.contract())))
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
        // Policies are not read: a change of the CR is what tries an overridden value again.
        server: Server { version, policies: generation(&ground.object) },
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
    look_at_outputs(controller, ground, &live).await?;
    if live.present().is_some() {
        let claim = claim(controller, ground, realm, &live, ground.secret.stored()).await?;
        refuse(ground, &claim)?;
        check_given(ground, &live)?;
        ground.claim = Some(claim);
        ground.roles = roles(ground, &live).await?;
    }
    ground.live = Some(live);
    Ok(())
}

/// Looks the flows up that the CR names: no call where it names none. Without one of them nothing is done: the client would let
/// in whom that flow keeps out.
async fn look_at_the_flows(ground: &mut Ground) -> Result<(), ClientError> {
    let (connection, site) = ground.way()?;
    let flows = match client::observe_flows(connection.api(), &site.realm, &ground.object.spec).await {
        Ok(flows) => flows,
        Err(error) if error.is_not_found() => {
            return Err(ClientError::RealmMissing { realm: site.realm.clone() });
        }
        Err(error) => return Err(failed(connection, error)),
    };
    if let Some(missing) = flows.missing().first() {
        return Err(missing.clone().into());
    }
    ground.flows = flows;
    Ok(())
}

/// The roles of a client that is there, where the object names any or the record knows of some.
pub(crate) async fn roles(
    ground: &Ground,
    live: &client::Observed,
) -> Result<Option<client::Roles>, ClientError> {
    let (connection, site) = ground.way()?;
    let wanted = client::wanted(&ground.object.spec);
    let found = client::observe_roles(connection.api(), &site.realm, live, &wanted, &ground.record).await;
    found.map_err(|error| not_read(connection, site, error))
}

/// The client scopes of the realm, where the object names one that the client may lack.
async fn look_at_scopes(
    controller: &ClientController,
    ground: &mut Ground,
    pass: &Pass,
) -> Result<(), ClientError> {
    let wanted = client::wanted(&ground.object.spec);
    if !wanted.needs_scopes(ground.live.as_ref()) {
        return Ok(());
    }
    let (connection, site) = ground.way()?;
    let found = controller.scopes.of(connection, site, &wanted, pass.forced).await;
    let scopes = found.map_err(|error| not_read(connection, site, error))?;
    ground.scopes = Some(scopes);
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
        Err(error) => Err(not_read(connection, site, error)),
    }
}

/// An error of a read of something in the realm.
fn not_read(connection: &Connection, site: &Site, error: SyncError) -> ClientError {
    if error.is_not_found() {
        return ClientError::RealmMissing { realm: site.realm.clone() };
    }
    failed(connection, error)
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
    let (secrets, namespace) = (&controller.secrets, &ground.owner.namespace);
    let name = credentials::secret_name(&ground.object.spec, &ground.owner);
    let wants = ground.wants_secret(Some(live));
    if wants {
        ground.secret = secrets.ours(namespace, &name).await?.into();
    }
    let before = ground.object.status.as_ref().and_then(|status| status.credentials_secret.clone());
    let is_over = |before: &String| {
        let is_read = ground.reads_from(before) && !ground.lets_secret_go();
        !is_read && (!wants || (*before != name && !ground.asks_for_output(before)))
    };
    if let Some(before) = before.filter(is_over) {
        let found = secrets.ours(namespace, &before).await?;
        // Status is ours to write and its tenant's to patch: only what carries our labels and uid counts. One that has been
        // emptied before is as good as gone.
        match found {
            Some(stored) if stored.belongs_to(&ground.owner) => {
                ground.old_secret = Some(stored).filter(|stored| !stored.is_emptied());
            }
            Some(stored) if ground.lets_secret_go() && was_let_go(controller, ground, &stored).await? => {
                ground.let_go = Some(before);
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// How many further Secrets of before are looked for: more than an object may ask for.
const FORMER_OUTPUTS: usize = 64;

/// The further Secrets, and those of before that are no longer asked for.
async fn look_at_outputs(
    controller: &ClientController,
    ground: &mut Ground,
    live: &client::Observed,
) -> Result<(), ClientError> {
    let (secrets, namespace) = (&controller.secrets, ground.owner.namespace.clone());
    let wants = ground.wants_secret(Some(live));
    if wants {
        for output in ground.object.spec.outputs.iter().flatten() {
            if let Some(stored) = secrets.ours(&namespace, &output.name).await? {
                ground.outputs.insert(output.name.clone(), stored);
            }
        }
    }
    let own = credentials::secret_name(&ground.object.spec, &ground.owner);
    let is_over =
        |name: &&str| !ground.reads_from(name) && (!wants || (*name != own && !ground.asks_for_output(name)));
    let over: Vec<String> =
        ground.former_outputs().filter(is_over).take(FORMER_OUTPUTS).map(str::to_owned).collect();
    for name in over {
        // As with the Secret of before: only what carries our labels and uid counts, and what was emptied is gone.
        let found = secrets.ours(&namespace, &name).await?;
        let ours = found.filter(|stored| stored.belongs_to(&ground.owner) && !stored.is_emptied());
        ground.old_outputs.extend(ours);
    }
    Ok(())
}

/// Whether this Secret was written for this client and let go later: it is nobody's, and carries what only we can write.
pub(crate) async fn was_let_go(
    controller: &ClientController,
    ground: &Ground,
    stored: &StoredSecret,
) -> Result<bool, ClientError> {
    let is_nobodys = stored.label(label::OWNER_UID).is_none();
    Ok(is_nobodys && ownership::carries_proof(controller, ground, stored).await?)
}

fn generation(object: &KeycloakClient) -> String {
    object.metadata.generation.unwrap_or_default().to_string()
}
