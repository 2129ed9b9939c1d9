//! Everything that a target hands out: its own token, those of `spec.authorization.tokens`, and copies of these.
//!
//! Nobody may list Secrets, so `status.authorization.secrets` says which ones hold a named token. A Secret stands there before it is
//! made, and until it is taken back: stopped anywhere, the next call finds it.
//!
//! A line that leaves the spec ends in this order: its Secret is taken back, its tokens are revoked, its copies are taken back. A
//! Secret that cannot be taken back now is no reason to wait with the rest.
//! A copy is made after its token is accepted. One that cannot be made stands in nobody's way ([`Undelivered`]): it depends on
//! somebody else's namespace.

use std::collections::{BTreeMap, BTreeSet};

use authorization_token::rotation::{self, Action, IssuePolicy, Lifetimes, Notice};
use authorization_token::{
    Ledger, LedgerEntry, NamespaceName, Scope, TOKEN_KEY, TokenName, TokenState, declare,
};
use controller_runtime::{Class, Classify as _, Notice as EventNotice, Reason, calls};
use jiff::{SignedDuration, Timestamp};
use keycloak_crds::{
    authorization::{AuthorizationStatus, HandedOut},
    condition::{ConditionStatus, Reason as Word},
    labels::{Component, annotation, label},
    status::Verdict,
};
use kube::{Resource, core::NamespaceResourceScope};
use serde_json::json;

use super::{
    Issued, Line, MANAGER, NamedLine, Place, Target, issue, issue_at, ledger, not_for_this, write_ledger,
};
use crate::{
    audit, authorize,
    cluster::{Namespace, Namespaces},
    error::{ConnectError, reason},
    owner::{Owner, OwnerKind},
    secret::{self, Secrets, StoredSecret, Takeover, WantedSecret, Written},
    summary::word,
};

/// How long before its end a token that nobody renews is told of, at most; for short ones it is a quarter of their life.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What tokens are handed out with.
#[derive(Clone, Copy)]
pub struct Keeper<'a> {
    /// Where they are handed out.
    pub secrets: &'a Secrets,
    /// Which namespaces take copies.
    pub namespaces: &'a Namespaces,
    /// Whether what was seen of namespaces before does not count.
    pub thorough: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Kept {
    /// The tokens, all lines.
    pub issued: Issued,
    /// What failed for one named token or another; the others are as they should be.
    pub failures: Vec<ConnectError>,
}

/// A copy that could not be put where it belongs, or not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The token, and where its copy belongs.
    pub copy: HandedOut,
    /// Why, in one word.
    pub reason: Reason,
    /// Why.
    pub why: String,
}

impl Undelivered {
    fn of(copy: HandedOut, error: &ConnectError) -> Self {
        Self { copy, reason: error.class().reason(), why: error.to_string() }
    }
}

/// Brings everything that the target hands out to where it should be now: its own line with tokens for every namespace, without
/// limits of their own, with the usual lifetimes, and those of `spec.authorization.tokens`. `K` is the target's kind.
///
/// # Errors
/// What the writes of the target's own line say; what was written until then stays, and the next call goes on from there. What fails
/// after that is one of the failures.
pub async fn keep<K>(
    keeper: Keeper<'_>,
    target: &Target<'_>,
    place: &Place,
    now: Timestamp,
) -> Result<Kept, ConnectError>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
{
    let (ledger, unreadable) = ledger(target.status);
    for entry in unreadable {
        tracing::warn!(owner = %target.owner, problem = %entry, "an authorization token in status counts as lost");
    }
    let policy = IssuePolicy {
        line: None,
        scope: Scope { target: target.identity.clone(), namespaces: None },
        limits: None,
        lifetimes: Lifetimes::default(),
        replace_issued_before: None,
    };
    let line = Line {
        owner: target.owner,
        resource_version: target.resource_version,
        ledger: &ledger,
        revoked: target.revoked,
        policy: &policy,
    };
    let issued = issue::<K>(keeper.secrets, &line, place, now).await?;
    let stored = noted(target.status);
    let mut work = Work {
        keeper,
        target,
        now,
        issued,
        rows: stored.clone(),
        stored,
        failures: Vec::new(),
        undelivered: Vec::new(),
    };
    let named = work.keep_named::<K>().await;
    let Work { mut issued, mut failures, mut undelivered, .. } = work;
    let first = target.named.issued.iter().find(|line| line.deliver);
    // What was done until then is done, and is told.
    if let Err(error) = named {
        let copy = first.map(|line| line.place(target.owner));
        undelivered.extend(copy.map(|copy| Undelivered::of(copy, &error)));
        failures.push(error);
    }
    issued.undelivered = (first.is_some() || !undelivered.is_empty()).then_some(undelivered);
    audit::tokens(target.owner, &issued.notices);
    Ok(Kept { issued, failures })
}

/// The condition `TokensDelivered`; `None` where nothing is to be delivered.
pub fn delivered(issued: &Issued) -> Option<Verdict> {
    let undelivered = issued.undelivered.as_ref()?;
    let Some(Undelivered { copy, reason, why }) = undelivered.first() else {
        return Some(Verdict::yes(Word::InSync, "every copy of a token stands where it belongs"));
    };
    let further = match undelivered.len() - 1 {
        0 => String::new(),
        count => format!(" (and {count} more)"),
    };
    let message = format!(
        "authorization token {:?} is not as it should be in namespace {}: {why}{further}",
        copy.token, copy.namespace
    );
    Some(Verdict::no(word(*reason), message))
}

/// The Event that tells of a copy that is not as it should be.
pub fn not_delivered(issued: &Issued) -> Option<EventNotice> {
    let verdict = delivered(issued).filter(|verdict| verdict.status == ConditionStatus::False)?;
    Some(EventNotice::warning(reason(verdict.reason), verdict.message))
}

/// Whether copies of tokens stand in other namespaces than the target's own.
pub fn has_copies(status: Option<&AuthorizationStatus>, namespace: &str) -> bool {
    noted(status).iter().any(|row| row.namespace != namespace)
}

/// Takes the copies of a target in deletion back. The Secrets beside it go with it.
///
/// Gives those that are left, and why.
pub async fn take_back_copies(
    secrets: &Secrets,
    owner: &Owner,
    status: Option<&AuthorizationStatus>,
) -> Vec<(HandedOut, ConnectError)> {
    let mut left = Vec::new();
    for row in noted(status).into_iter().filter(|row| row.namespace != owner.namespace) {
        if let Err(error) = take_back(secrets, owner, &row).await {
            left.push((row, error));
        }
    }
    left
}

/// The Secrets that hold named tokens, as status tells.
fn noted(status: Option<&AuthorizationStatus>) -> BTreeSet<HandedOut> {
    status.and_then(|status| status.secrets.clone()).unwrap_or_default().into_iter().collect()
}

/// Takes one Secret back, unless it is somebody else's, empty, or gone.
async fn take_back(secrets: &Secrets, owner: &Owner, row: &HandedOut) -> Result<(), ConnectError> {
    let found = secrets.ours(&row.namespace, &row.name).await?;
    if let Some(found) = found.filter(|found| holds(found, owner, &row.token) && !is_empty(found)) {
        secret::withdraw(secrets.kube(), &found, owner).await?;
    }
    Ok(())
}

/// Whether a Secret is ours and holds this token of this owner.
fn holds(found: &StoredSecret, owner: &Owner, token: &str) -> bool {
    found.belongs_to(owner)
        && found.label(label::COMPONENT) == Some(Component::AuthorizationToken.as_str())
        && found.label(label::TOKEN) == Some(token)
}

fn is_empty(found: &StoredSecret) -> bool {
    found.keys().next().is_none()
}

/// A Secret of this token, or one that held a token and was taken back.
fn guarded(found: &StoredSecret, owner: &Owner, token: &str) -> Result<(), ConnectError> {
    if holds(found, owner, token) {
        return Ok(());
    }
    secret::guard(found, owner, Component::AuthorizationToken, Takeover::Emptied)?;
    // What belongs to this owner passes the guard, whatever it holds.
    let was_a_token = found.label(label::TOKEN).is_some() && is_empty(found);
    if was_a_token { Ok(()) } else { Err(not_for_this(found, owner)) }
}

/// Whether tokens may be copied into a namespace.
fn accepts(namespace: &Namespace) -> bool {
    let consent = namespace.labels.get(label::ACCEPT_TOKENS).map(String::as_str);
    consent == Some("true") && !namespace.terminating
}

/// Copies that should be there.
#[derive(Default)]
struct Copies {
    /// Their namespaces take them.
    wanted: Vec<HandedOut>,
    /// It cannot be seen whether their namespaces take them.
    unclear: BTreeSet<HandedOut>,
}

/// Work under way.
struct Work<'a> {
    keeper: Keeper<'a>,
    target: &'a Target<'a>,
    now: Timestamp,
    issued: Issued,
    /// Secrets that hold named tokens, as status tells.
    stored: BTreeSet<HandedOut>,
    /// The same, as it is.
    rows: BTreeSet<HandedOut>,
    failures: Vec<ConnectError>,
    undelivered: Vec<Undelivered>,
}

impl Work<'_> {
    async fn keep_named<K>(&mut self) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        for name in self.ended() {
            let ended = self.end_line::<K>(&name).await;
            self.failures.extend(ended.err());
        }
        let copies = self.copies().await;
        let (target, owner) = (self.target, self.target.owner);
        let places = target.named.issued.iter().map(|line| line.place(owner));
        let wanted: BTreeSet<HandedOut> = places.chain(copies.wanted.iter().cloned()).collect();
        self.note_places::<K>(&wanted).await?;
        self.declare::<K>().await?;
        let mut held: BTreeMap<&str, StoredSecret> = BTreeMap::new();
        for line in &target.named.issued {
            match self.issue_line::<K>(line).await {
                Ok(secret) => held.extend(secret.map(|secret| (line.name.as_str(), secret))),
                Err(error) => {
                    let of_line = copies.wanted.iter().filter(|copy| copy.token == line.name.as_str());
                    self.undelivered.extend(of_line.map(|copy| Undelivered::of(copy.clone(), &error)));
                    self.failures.push(error);
                }
            }
        }
        for copy in &copies.wanted {
            if let Some(secret) = held.get(copy.token.as_str()) {
                self.deliver(copy, secret).await;
            }
        }
        self.tidy::<K>(&wanted, &copies.unclear).await
    }

    /// Names of lines that are issued no more, and of tokens that are declared no more.
    ///
    /// A line without a place was not issued here: what the ledger knows of it was declared, and that is withdrawn.
    fn ended(&self) -> BTreeSet<TokenName> {
        let (named, own) = (self.target.named, &self.target.owner.namespace);
        let is_issued = |name: &TokenName| named.issued.iter().any(|line| line.name == *name);
        let is_declared = |name: &TokenName| named.declared.iter().any(|token| token.name == *name);
        let has_place = |name: &TokenName| {
            self.rows.iter().any(|row| row.namespace == *own && row.token == name.as_str())
        };
        let of_places = self.rows.iter().filter(|row| row.namespace == *own);
        let of_places = of_places.filter_map(|row| TokenName::new(row.token.as_str()).ok());
        let of_ledger = self.issued.ledger.entries().iter().filter(|entry| is_alive(entry));
        let of_ledger = of_ledger.filter_map(|entry| entry.name.clone());
        of_places
            .filter(|name| !is_issued(name))
            .chain(of_ledger.filter(|name| !(is_declared(name) || is_issued(name) && has_place(name))))
            .collect()
    }

    async fn end_line<K>(&mut self, name: &TokenName) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let owner = self.target.owner;
        let is_place = |row: &&HandedOut| row.namespace == owner.namespace && row.token == name.as_str();
        let places: Vec<HandedOut> = self.rows.iter().filter(is_place).cloned().collect();
        let mut left = None;
        for place in places {
            match take_back(self.keeper.secrets, owner, &place).await {
                Ok(()) => {
                    self.rows.remove(&place);
                }
                // It stays in the list, and its tokens are revoked all the same.
                Err(error) => left = Some(error),
            }
        }
        let plan = rotation::withdraw(name, false, &self.issued.ledger);
        for action in plan.actions {
            match action {
                Action::WriteLedger(ledger) => self.write_ledger::<K>(ledger).await?,
                // The Secret went before.
                Action::WriteSecret(_) | Action::DeleteSecret => {}
            }
        }
        self.issued.notices.extend(plan.notices);
        left.map_or(Ok(()), Err)
    }

    /// Where copies belong: in those namespaces of a token that take them.
    async fn copies(&mut self) -> Copies {
        let (target, mut copies) = (self.target, Copies::default());
        for line in target.named.issued.iter().filter(|line| line.deliver) {
            for namespace in line.namespaces.iter().flatten() {
                // The Secret itself stands there.
                if namespace.as_str() == target.owner.namespace {
                    continue;
                }
                let copy = line.copy_in(namespace);
                match self.namespace(namespace).await {
                    Ok(true) => copies.wanted.push(copy),
                    Ok(false) => {}
                    Err(error) => {
                        copies.unclear.insert(copy.clone());
                        self.undelivered(copy, error);
                    }
                }
            }
        }
        copies
    }

    async fn namespace(&self, name: &NamespaceName) -> Result<bool, ConnectError> {
        let Keeper { namespaces, thorough, .. } = self.keeper;
        let found = if thorough {
            namespaces.get_now(name.as_str()).await?
        } else {
            namespaces.get(name.as_str()).await?
        };
        Ok(found.is_some_and(|found| accepts(&found)))
    }

    /// Writes down where tokens are about to stand. A name under which another token still stands is waited for.
    async fn note_places<K>(&mut self, wanted: &BTreeSet<HandedOut>) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        for row in wanted {
            let is_taken = self.rows.iter().any(|known| {
                known.namespace == row.namespace && known.name == row.name && known.token != row.token
            });
            if !is_taken {
                self.rows.insert(row.clone());
            }
        }
        self.write_rows::<K>().await
    }

    async fn write_rows<K>(&mut self) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        if self.rows == self.stored {
            return Ok(());
        }
        let (kube, owner) = (self.keeper.secrets.kube(), self.target.owner);
        let rows = (!self.rows.is_empty()).then_some(&self.rows);
        let secrets = json!({"secrets": rows});
        let doing = || format!("writing the Secrets with authorization tokens of {owner} into its status");
        let version = &self.issued.resource_version;
        let written = authorize::patch_authorization::<K>(kube, owner, version, MANAGER, &secrets).await;
        self.issued.resource_version = written.map_err(ConnectError::kube(doing))?;
        self.issued.changed = true;
        self.stored.clone_from(&self.rows);
        Ok(())
    }

    async fn write_ledger<K>(&mut self, ledger: Ledger) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let (kube, owner) = (self.keeper.secrets.kube(), self.target.owner);
        self.issued.resource_version =
            write_ledger::<K>(kube, owner, &self.issued.resource_version, &ledger).await?;
        self.issued.ledger = ledger;
        self.issued.changed = true;
        Ok(())
    }

    /// Brings the tokens that something else makes into the ledger, and out of it.
    async fn declare<K>(&mut self) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let (target, now) = (self.target, self.now);
        let declared = &target.named.declared;
        if declared.is_empty() {
            return Ok(());
        }
        let names: BTreeSet<TokenName> = declared.iter().map(|token| token.name.clone()).collect();
        let before = self.issued.ledger.clone();
        let mut after = declare(&before, target.identity, &names, declared, now);
        for token in declared.iter().filter(|token| target.revoked.contains(&token.id)) {
            after.revoke(token.id);
        }
        let known = |entry: &LedgerEntry| before.find(entry.id).map(|known| known.state);
        for entry in after.entries().iter().filter(|entry| known(entry) != Some(entry.state)) {
            match entry.state {
                TokenState::Revoked => self.issued.notices.push(Notice::Revoked { id: entry.id }),
                TokenState::Expired => self.issued.notices.push(Notice::Expired { id: entry.id }),
                TokenState::Active | TokenState::Superseded => {}
            }
        }
        let has_successor = |entry: &LedgerEntry| {
            let mut others = after.entries().iter().filter(|other| is_alive(other));
            others.any(|other| other.name == entry.name && other.expires_at > entry.expires_at)
        };
        let soon = after.entries().iter().filter(|entry| {
            let is_declared = entry.name.as_ref().is_some_and(|name| names.contains(name));
            is_declared && ends_soon(entry, now) && !has_successor(entry)
        });
        self.issued.notices.extend(soon.filter_map(expiring));
        if after == before {
            return Ok(());
        }
        self.write_ledger::<K>(after).await
    }

    /// Brings one line to where it should be, and gives its Secret.
    async fn issue_line<K>(&mut self, line: &NamedLine) -> Result<Option<StoredSecret>, ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let (secrets, target) = (self.keeper.secrets, self.target);
        let owner = target.owner;
        let found = secrets.ours(&owner.namespace, &line.secret).await?;
        if let Some(found) = &found {
            guarded(found, owner, line.name.as_str())?;
        }
        // Nothing is made that is not written down; the next pass does both.
        if !self.rows.contains(&line.place(owner)) {
            let (namespace, name) = (owner.namespace.clone(), line.secret.clone());
            return Err(ConnectError::SecretChanged { namespace, name });
        }
        let place = Place { name: line.secret.clone(), found };
        let policy = line.policy(target.identity);
        let asked = Line {
            owner,
            resource_version: &self.issued.resource_version,
            ledger: &self.issued.ledger,
            revoked: target.revoked,
            policy: &policy,
        };
        let (issued, secret) = issue_at::<K>(secrets, &asked, &place, self.now).await?;
        let Issued { ledger, resource_version, notices, next_at, changed, undelivered: _ } = issued;
        self.issued.ledger = ledger;
        self.issued.resource_version = resource_version;
        self.issued.notices.extend(notices);
        self.issued.next_at = self.issued.next_at.into_iter().chain(next_at).min();
        self.issued.changed |= changed;
        Ok(secret)
    }

    async fn deliver(&mut self, copy: &HandedOut, secret: &StoredSecret) {
        if !self.rows.contains(copy) {
            return;
        }
        match self.write_copy(copy, secret).await {
            Ok(changed) => self.issued.changed |= changed,
            Err(error) => self.undelivered(copy.clone(), error),
        }
    }

    /// Writes the newest token of the line's Secret into its copy; whether that changed anything.
    async fn write_copy(&self, copy: &HandedOut, secret: &StoredSecret) -> Result<bool, ConnectError> {
        let Some(token) = secret.get(TOKEN_KEY) else { return Ok(false) };
        let (secrets, owner) = (self.keeper.secrets, self.target.owner);
        let found = secrets.ours(&copy.namespace, &copy.name).await?;
        if let Some(found) = &found {
            guarded(found, owner, &copy.token)?;
        }
        let mut wanted = WantedSecret::new(&copy.namespace, &copy.name, owner, Component::AuthorizationToken)
            .labelled(label::TOKEN, &copy.token)
            .with(TOKEN_KEY, token);
        // For those who present it, also where Secrets must consent to be read.
        let reader = match owner.kind {
            OwnerKind::Keycloak => OwnerKind::KeycloakRealm,
            OwnerKind::KeycloakRealm | OwnerKind::KeycloakClient => OwnerKind::KeycloakClient,
        };
        wanted.annotations.insert(annotation::READABLE_BY.to_owned(), reader.as_str().to_owned());
        let written = secret::write(secrets, &wanted, found.as_ref(), Takeover::Emptied).await?;
        Ok(matches!(written, Written::Created(_) | Written::Changed(_)))
    }

    /// Takes back what is wanted no more.
    async fn tidy<K>(
        &mut self,
        wanted: &BTreeSet<HandedOut>,
        unclear: &BTreeSet<HandedOut>,
    ) -> Result<(), ConnectError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let owner = self.target.owner;
        let is_over = |row: &&HandedOut| !wanted.contains(*row) && !unclear.contains(*row);
        let over: Vec<HandedOut> = self.rows.iter().filter(is_over).cloned().collect();
        for row in over {
            match take_back(self.keeper.secrets, owner, &row).await {
                Ok(()) => {
                    self.rows.remove(&row);
                    self.issued.changed = true;
                }
                Err(error) => self.undelivered(row, error),
            }
        }
        self.write_rows::<K>().await
    }

    /// What mends itself is a failure, too, which is tried again soon; what needs a person is said, and looked at at the resync.
    fn undelivered(&mut self, copy: HandedOut, error: ConnectError) {
        self.undelivered.push(Undelivered::of(copy, &error));
        match error.class() {
            Class::Retry(reason) if reason != calls::NOT_PERMITTED => self.failures.push(error),
            Class::Retry(_) | Class::Wait(_) | Class::Stall(_) => {}
        }
    }
}

/// Whether an entry may still let anybody in.
const fn is_alive(entry: &LedgerEntry) -> bool {
    match entry.state {
        TokenState::Active | TokenState::Superseded => true,
        TokenState::Revoked | TokenState::Expired => false,
    }
}

fn ends_soon(entry: &LedgerEntry, now: Timestamp) -> bool {
    let quarter = SignedDuration::from_secs(entry.expires_at.duration_since(entry.issued_at).as_secs() / 4);
    is_alive(entry) && entry.expires_at.duration_since(now) <= SOON.min(quarter)
}

fn expiring(entry: &LedgerEntry) -> Option<Notice> {
    let name = entry.name.clone()?;
    Some(Notice::Expiring { id: entry.id, name, at: entry.expires_at })
}

#[cfg(test)]
mod tests;
