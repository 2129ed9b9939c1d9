//! The issuer's side of authorization tokens: one line of tokens, from its Secret and the target's status to the writes that the
//! rotation asks for.
//!
//! A *line* is what one Secret hands out. [`issue`] looks, plans and writes, in the plan's order, each write with the
//! `resourceVersion` of what was looked at. Stopped anywhere, the next call goes on.
//!
//! [`keep`] does it for the target's own line and for those of `spec.authorization.tokens`.
//!
//! The report of the pass must carry [`Issued::ledger`] (by [`entries`]): what it does not mention the runtime takes from the
//! status as it was before.

use std::collections::BTreeSet;

use authorization_token::rotation::{self, Action, IssuePolicy, Notice, Observed};
use authorization_token::{
    IssuerSecret, Ledger, MINT_BYTES, PREVIOUS_KEY, RECORD_KEY, Slot, TOKEN_KEY, TargetIdentity, TokenId,
    TokenName, UnreadableEntry,
};
use jiff::Timestamp;
use keycloak_crds::{
    authorization::{AuthorizationStatus, TokenEntry},
    labels::{Component, label},
};
use kube::{Resource, core::NamespaceResourceScope};
use serde_json::json;
use zeroize::Zeroizing;

use crate::{
    authorize,
    error::ConnectError,
    login::token_secret_name,
    owner::Owner,
    reference::{Instance, Realm},
    secret::{self, Secrets, StoredSecret, Takeover, WantedSecret, Withdrawn, Written, guard},
};

mod keep;
mod named;

pub use keep::{Keeper, Kept, Undelivered, delivered, has_copies, keep, not_delivered, take_back_copies};
pub(crate) use named::as_listed;
pub use named::{NamedLine, NamedTokens};

/// Who writes the ledger, in `metadata.managedFields`.
const MANAGER: &str = "cloakroom-tokens";

/// The ledger in `status.authorization`, and what of it cannot be read.
pub fn ledger(status: Option<&AuthorizationStatus>) -> (Ledger, Vec<UnreadableEntry>) {
    let tokens = status.and_then(|status| status.tokens.as_ref());
    // Entries of strings, lists and times cannot fail to be written; if one did, the list would count as empty.
    Ledger::read(&serde_json::to_value(tokens).unwrap_or_default())
}

/// The ledger as it stands in `status.authorization.tokens`.
///
/// # Errors
/// `LedgerUnwritable`, if the two forms should ever differ.
pub fn entries(ledger: &Ledger) -> Result<Vec<TokenEntry>, ConnectError> {
    let unwritable = |error: serde_json::Error| ConnectError::LedgerUnwritable { why: error.to_string() };
    serde_json::from_value(serde_json::to_value(ledger).map_err(unwritable)?).map_err(unwritable)
}

/// A Secret that hands tokens out.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// What stands there; `None` if it is to be made.
    pub found: Option<StoredSecret>,
}

/// Where the tokens of an instance are handed out: `<keycloak>-auth-token`.
///
/// # Errors
/// `SecretNotOwned`, or what the API server says.
pub async fn place_of_instance(secrets: &Secrets, instance: &Instance) -> Result<Place, ConnectError> {
    let (owner, name) = (instance.owner(), token_secret_name(&instance.owner().name));
    let found = secrets.ours(&owner.namespace, &name).await?;
    if let Some(found) = &found {
        guard(found, owner, Component::AuthorizationToken, Takeover::Seed)?;
        if found.label(label::TOKEN).is_some() {
            return Err(not_for_this(found, owner));
        }
    }
    Ok(Place { name, found })
}

/// Where the tokens of a realm are handed out: `<realmName>-realm-auth`, where that is a name and free, else a name of its own.
/// Once made, the Secret keeps its name.
///
/// # Errors
/// What the API server says.
pub async fn place_of_realm(secrets: &Secrets, realm: &Realm) -> Result<Place, ConnectError> {
    let (owner, names) = (realm.owner(), realm.token_secret_names());
    let is_ours = |found: &StoredSecret| {
        let guarded = guard(found, owner, Component::AuthorizationToken, Takeover::Seed);
        guarded.is_ok() && found.label(label::TOKEN).is_none()
    };
    let mut plain_is_free = false;
    if let Some(plain) = &names.plain {
        match secrets.ours(&owner.namespace, plain).await? {
            Some(found) if is_ours(&found) => return Ok(Place { name: plain.clone(), found: Some(found) }),
            Some(_) => {}
            None => plain_is_free = true,
        }
    }
    let unique = secrets.ours(&owner.namespace, &names.unique).await?;
    match (unique, names.plain) {
        (Some(found), _) => {
            guard(&found, owner, Component::AuthorizationToken, Takeover::Seed)?;
            Ok(Place { name: names.unique, found: Some(found) })
        }
        (None, Some(plain)) if plain_is_free => Ok(Place { name: plain, found: None }),
        (None, _) => Ok(Place { name: names.unique, found: None }),
    }
}

/// One line of tokens and what is known about it.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The target that the tokens are of.
    pub owner: &'a Owner,
    /// `metadata.resourceVersion` of the target as the ledger was read from it.
    pub resource_version: &'a str,
    /// The target's ledger, all lines.
    pub ledger: &'a Ledger,
    /// `spec.authorization.revoked`.
    pub revoked: &'a BTreeSet<TokenId>,
    /// What the line's tokens are like.
    pub policy: &'a IssuePolicy,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The ledger as it stands in status now.
    pub ledger: Ledger,
    /// The target's `resourceVersion` after the writes, for the next line.
    pub resource_version: String,
    /// What happened, for Events.
    pub notices: Vec<Notice>,
    /// When something happens next by time alone.
    pub next_at: Option<Timestamp>,
    /// Whether anything was written.
    pub changed: bool,
    /// Copies of named tokens that could not be put where they belong; `None` where nothing is to be delivered.
    pub undelivered: Option<Vec<Undelivered>>,
}

/// A target that hands out tokens of its own.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// Whose tokens.
    pub owner: &'a Owner,
    /// The same as target of authorization.
    pub identity: &'a TargetIdentity,
    /// Its `status.authorization`.
    pub status: Option<&'a AuthorizationStatus>,
    /// Its `metadata.resourceVersion`, as the status was read with it.
    pub resource_version: &'a str,
    /// Its `spec.authorization.revoked`.
    pub revoked: &'a BTreeSet<TokenId>,
    /// Its `spec.authorization.tokens`.
    pub named: &'a NamedTokens,
}

/// Brings one line to where it should be now. `K` is the target's kind.
///
/// # Errors
/// What the writes say; what was written until then stays, and the next call goes on from there.
pub async fn issue<K>(
    secrets: &Secrets,
    line: &Line<'_>,
    place: &Place,
    now: Timestamp,
) -> Result<Issued, ConnectError>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
{
    issue_at::<K>(secrets, line, place, now).await.map(|(issued, _)| issued)
}

/// The same, with the line's Secret as it is after that.
async fn issue_at<K>(
    secrets: &Secrets,
    line: &Line<'_>,
    place: &Place,
    now: Timestamp,
) -> Result<(Issued, Option<StoredSecret>), ConnectError>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
{
    let observed = place.found.as_ref().map(read);
    let observed = Observed { secret: observed.as_ref(), ledger: line.ledger, revoked: line.revoked, now };
    let random: Zeroizing<[u8; MINT_BYTES]> = Zeroizing::new(rand::random());
    let plan = rotation::plan(observed, line.policy, &random)?;
    let mut home = Home {
        secrets,
        owner: line.owner,
        resource_version: line.resource_version.to_owned(),
        ledger: line.ledger.clone(),
        found: place.found.clone(),
        name: &place.name,
        line: line.policy.line.as_ref(),
    };
    let changed = !plan.actions.is_empty();
    for action in &plan.actions {
        if home.execute::<K>(action).await? == Step::NamespaceTerminating {
            // Nothing new is taken there; nobody will present a token either.
            break;
        }
    }
    let Home { ledger, resource_version, found, .. } = home;
    let issued = Issued {
        ledger,
        resource_version,
        notices: plan.notices,
        next_at: plan.next_at,
        changed,
        undelivered: None,
    };
    Ok((issued, found))
}

/// A Secret of the target that holds something else than the tokens of this line.
fn not_for_this(found: &StoredSecret, owner: &Owner) -> ConnectError {
    ConnectError::SecretNotOwned {
        namespace: found.namespace().to_owned(),
        name: found.name().to_owned(),
        whose: "holds something else of this object",
        owner: owner.to_string(),
    }
}

/// Reads the three keys; damage in `token.json` is logged, and the record made anew.
fn read(stored: &StoredSecret) -> IssuerSecret {
    let (secret, damage) =
        IssuerSecret::read(stored.get(TOKEN_KEY), stored.get(PREVIOUS_KEY), stored.get(RECORD_KEY));
    if let Some(error) = damage {
        tracing::warn!(namespace = stored.namespace(), secret = stored.name(), %error, "the record of issued tokens is made anew");
    }
    secret
}

/// The two places that are written, as they are after the writes so far.
struct Home<'a> {
    secrets: &'a Secrets,
    owner: &'a Owner,
    resource_version: String,
    ledger: Ledger,
    found: Option<StoredSecret>,
    name: &'a str,
    /// The name of the token; none for the target's own.
    line: Option<&'a TokenName>,
}

#[derive(PartialEq, Eq)]
enum Step {
    Done,
    NamespaceTerminating,
}

impl Home<'_> {
    async fn execute<K>(&mut self, action: &Action) -> Result<Step, ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        match action {
            Action::WriteSecret(content) => {
                let wanted = self.wanted(content);
                let takeover = if self.line.is_none() { Takeover::Seed } else { Takeover::Emptied };
                match secret::write(self.secrets, &wanted, self.found.as_ref(), takeover).await? {
                    Written::Created(stored) | Written::Changed(stored) | Written::Unchanged(stored) => {
                        self.found = Some(stored);
                    }
                    Written::NamespaceTerminating => return Ok(Step::NamespaceTerminating),
                }
            }
            Action::WriteLedger(ledger) => {
                self.resource_version =
                    write_ledger::<K>(self.secrets.kube(), self.owner, &self.resource_version, ledger)
                        .await?;
                self.ledger = ledger.clone();
            }
            Action::DeleteSecret => {
                if let Some(stored) = self.found.take() {
                    match secret::withdraw(self.secrets.kube(), &stored, self.owner).await? {
                        Withdrawn::Deleted | Withdrawn::Emptied => {}
                    }
                }
            }
        }
        Ok(Step::Done)
    }

    fn wanted(&self, content: &IssuerSecret) -> WantedSecret {
        let wanted =
            WantedSecret::new(&self.owner.namespace, self.name, self.owner, Component::AuthorizationToken);
        let mut wanted = match self.owner.kind {
            crate::OwnerKind::Keycloak => wanted.labelled(label::INSTANCE, &self.owner.name),
            crate::OwnerKind::KeycloakRealm | crate::OwnerKind::KeycloakClient => wanted,
        };
        if let Some(line) = self.line {
            wanted = wanted.labelled(label::TOKEN, line.as_str());
        }
        for (key, slot) in [(TOKEN_KEY, &content.token), (PREVIOUS_KEY, &content.previous)] {
            wanted = match slot {
                Slot::Token(token) => wanted.with(key, token.expose().as_str()),
                Slot::Empty | Slot::Malformed(_) => wanted.without(key),
            };
        }
        match &content.record {
            Some(record) => wanted.with(RECORD_KEY, record.write().as_str()),
            None => wanted.without(RECORD_KEY),
        }
    }
}

/// Replaces `status.authorization.tokens`, and gives the object's new `resourceVersion`.
async fn write_ledger<K>(
    kube: &kube::Client,
    owner: &Owner,
    resource_version: &str,
    ledger: &Ledger,
) -> Result<String, ConnectError>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
{
    let tokens = json!({"tokens": entries(ledger)?});
    let doing = || format!("writing the authorization tokens of {owner} into its status");
    authorize::patch_authorization::<K>(kube, owner, resource_version, MANAGER, &tokens)
        .await
        .map_err(ConnectError::kube(doing))
}

#[cfg(test)]
mod tests;
