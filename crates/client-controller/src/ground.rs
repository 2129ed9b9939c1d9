//! What a look found: everything that decides, and nothing that has to be asked for.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use authorization_token::decision::Decision;
use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_admin::Secret;
use keycloak_connect::{
    ConnectError, Connection, Mode, Owner, Realm, RecordKeys, StoredRecord, StoredSecret, quota::Standing,
};
use keycloak_crds::KeycloakClient;
use keycloak_plan::{Approvals, Claim, Mark, OwnedRecord, Server};
use keycloak_sync::client::{self, Roles, Scopes};

use crate::{controller::mode, credentials::Addresses, error::ClientError, teardown::Farewell};

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
    /// Why nothing of that is known, although something was there: a sentence.
    pub lost_record: Option<String>,
    /// Where that is stored.
    pub stored: StoredRecord,
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
    /// The flows that the CR names.
    pub flows: client::Flows,
    /// The client scopes of the realm, where the plan needs them.
    pub scopes: Option<Arc<Scopes>>,
    /// The roles of the client, where the plan needs them.
    pub roles: Option<Roles>,
    /// Whose the live client is.
    pub claim: Option<Claim>,
    /// The Secret that the application reads.
    pub secret: SecretLook,
    /// The further Secrets by name, as far as they were looked for.
    pub outputs: BTreeMap<String, StoredSecret>,
    /// The Secret of before, where it has another name now or none is asked for.
    pub old_secret: Option<StoredSecret>,
    /// Further Secrets of before that are no longer asked for.
    pub old_outputs: Vec<StoredSecret>,
    /// The secret that `spec.clientSecret` names.
    pub given: Option<Secret>,
    /// Name of the Secret that a pass let go and could not tell of any more.
    pub let_go: Option<String>,
    /// A secret for a client that is made in this pass.
    pub fresh: Secret,
    /// What stands in the way.
    pub obstacle: Option<ClientError>,
    /// In deletion: why nothing is to be done in Keycloak.
    pub farewell: Option<Farewell>,
    /// Its slot in the quotas of its realm's namespace.
    pub slot: Standing,
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
        self.object.spec.manage_secret.unwrap_or(true) && !client::has_no_secret(&self.object.spec, live)
    }

    /// Whether a Secret that is not asked for any more is left to its application as it is.
    pub(crate) fn lets_secret_go(&self) -> bool {
        self.object.spec.manage_secret == Some(false)
    }

    /// Names of the further Secrets that were written before, as status says.
    pub(crate) fn former_outputs(&self) -> impl Iterator<Item = &str> {
        let status = self.object.status.as_ref();
        let own = status.and_then(|status| status.credentials_secret.as_deref());
        let children = status.and_then(|status| status.child_resources.as_deref()).unwrap_or_default();
        let names = children.iter().filter_map(|child| child.strip_prefix("Secret/"));
        names.filter(move |name| Some(*name) != own)
    }

    /// Whether a further Secret of this name is asked for.
    pub(crate) fn asks_for_output(&self, name: &str) -> bool {
        self.object.spec.outputs.iter().flatten().any(|output| output.name == name)
    }

    /// Whether the secret that the object names stands in the Secret of this name: then that is not taken back.
    pub(crate) fn reads_from(&self, name: &str) -> bool {
        self.object.spec.client_secret.as_ref().is_some_and(|source| source.name == name)
    }

    /// Whether the client is a public one.
    pub(crate) fn is_public(&self, live: Option<&client::Observed>) -> bool {
        let live = live.and_then(client::Observed::present).and_then(|live| live.public_client);
        self.object.spec.public_client.or(live).unwrap_or(false)
    }

    /// Whether the record knows the client.
    pub(crate) fn is_known(&self) -> bool {
        self.record.object(&client::identity(&self.object.spec.client_id)).is_some()
    }

    /// What is remembered, for a plan. What was about to be made in a client that then turned out to be somebody else's was not made
    /// by us: what is there by that name is theirs.
    pub(crate) fn record_for(&self, is_adopted: bool) -> Cow<'_, OwnedRecord> {
        if !is_adopted || self.record.pending().next().is_none() {
            return Cow::Borrowed(&self.record);
        }
        Cow::Owned(self.record.pending().fold(self.record.clone(), OwnedRecord::without_pending))
    }

    pub(crate) fn begin(object: &KeycloakClient, now: Timestamp) -> Result<Self, ClientError> {
        let status = object.status.as_ref();
        let approvals = status.and_then(|status| status.approvals.as_ref());
        let owner = Owner::client(object)?;
        let stored = StoredRecord::in_status(&owner, status.and_then(|status| status.owned.as_ref()));
        let (record, lost_record) = remembered(&stored);
        Ok(Self {
            owner,
            mode: mode(object),
            record,
            lost_record,
            stored,
            approvals: keycloak_sync::status::approvals(approvals, &Time(now)),
            realm: None,
            decision: None,
            site: None,
            connection: None,
            live: None,
            flows: client::Flows::default(),
            scopes: None,
            roles: None,
            claim: None,
            secret: SecretLook::NotRead,
            outputs: BTreeMap::new(),
            old_secret: None,
            old_outputs: Vec::new(),
            given: None,
            let_go: None,
            fresh: Secret::random(),
            obstacle: None,
            farewell: None,
            slot: Standing::default(),
            object: object.clone(),
        })
    }
}

impl Ground {
    /// Reads the record where it does not stand in status; no call otherwise.
    pub(crate) async fn look_at_the_record(
        &mut self,
        kube: &kube::Client,
        keys: &RecordKeys,
    ) -> Result<(), ConnectError> {
        self.stored.look(kube, keys).await?;
        (self.record, self.lost_record) = remembered(&self.stored);
        Ok(())
    }

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

fn remembered(stored: &StoredRecord) -> (OwnedRecord, Option<String>) {
    keycloak_sync::status::remembered(stored.text(), stored.gone().map(|gone| gone.to_string()))
}
