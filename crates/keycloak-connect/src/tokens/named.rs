//! What `spec.authorization.tokens` asks for, read and checked as a whole.

use std::collections::{BTreeMap, BTreeSet};

use authorization_token::rotation::{IssuePolicy, Lifetimes};
use authorization_token::{
    DeclaredToken, Ledger, LedgerEntry, Limits, Listed, NamespaceName, ObjectName, PolicyError, Scope,
    TargetIdentity, TokenDigest, TokenId, TokenName,
};
use jiff::{SignedDuration, Timestamp};
use keycloak_crds::authorization::{AuthorizationSpec, HandedOut, NamedToken};

use crate::{
    owner::Owner,
    secret_name::{short_hash, slug},
};

/// As many Secrets with named tokens can stand in status.
const MOST_SECRETS: usize = 10_000;
/// The longest name of a Secret.
const LONGEST_NAME: usize = 253;
/// The shortest lifetime, in hours: its overlap of a quarter is longer than the time between two looks at an object that waits for a
/// person.
const SHORTEST_LIFETIME: i64 = 2 * 24;
/// The longest lifetime, in hours: a hundred years.
const LONGEST_LIFETIME: i64 = 876_000;
/// The longest overlap, in hours.
const LONGEST_OVERLAP: i64 = 7 * 24;

/// A named token that is issued here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLine {
    /// Its name in the list.
    pub name: TokenName,
    /// The Secret that holds it, in the target's namespace.
    pub secret: String,
    /// The Secret that holds a copy of it, in other namespaces.
    pub copy: String,
    /// Who may present it; `None`: every namespace that holds it.
    pub namespaces: Option<BTreeSet<NamespaceName>>,
    /// Its own limits.
    pub limits: Option<Limits>,
    /// How long it lives.
    pub lifetimes: Lifetimes,
    /// Whether it is copied into its namespaces.
    pub deliver: bool,
}

/// `spec.authorization.tokens`, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedTokens {
    /// Those that are issued here.
    pub issued: Vec<NamedLine>,
    /// Those that something else makes.
    pub declared: Vec<DeclaredToken>,
}

impl NamedLine {
    /// What its tokens are like.
    pub fn policy(&self, target: &TargetIdentity) -> IssuePolicy {
        IssuePolicy {
            line: Some(self.name.clone()),
            scope: Scope { target: target.clone(), namespaces: self.namespaces.clone() },
            limits: self.limits.clone(),
            lifetimes: self.lifetimes,
            replace_issued_before: None,
        }
    }

    /// Where its token is handed out.
    pub(super) fn place(&self, owner: &Owner) -> HandedOut {
        self.row(&owner.namespace, &self.secret)
    }

    /// Where a copy of it stands in another namespace.
    pub(super) fn copy_in(&self, namespace: &NamespaceName) -> HandedOut {
        self.row(namespace.as_str(), &self.copy)
    }

    fn row(&self, namespace: &str, name: &str) -> HandedOut {
        HandedOut {
            token: self.name.as_str().to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }
}

impl NamedTokens {
    /// Reads the list of the object called `object`.
    ///
    /// # Errors
    /// The first entry that cannot be followed, with its path.
    pub fn read(spec: Option<&AuthorizationSpec>, object: &str) -> Result<Self, PolicyError> {
        let mut read = Self::default();
        let tokens = spec.and_then(|spec| spec.tokens.as_deref()).unwrap_or_default();
        for (index, token) in tokens.iter().enumerate() {
            read.add(Entry { index, token }, object)?;
        }
        let secrets = read.most_secrets();
        if secrets > MOST_SECRETS {
            let why = format!(
                "asks for up to {secrets} Secrets with tokens, and at most {MOST_SECRETS} can be kept track of; write fewer \
                 namespaces into entries with deliver, or fewer entries"
            );
            return Err(PolicyError { path: "spec.authorization.tokens".to_owned(), why });
        }
        Ok(read)
    }

    /// So many Secrets hold tokens at most: one of each, and its copies.
    fn most_secrets(&self) -> usize {
        let copies =
            |line: &NamedLine| line.namespaces.as_ref().filter(|_| line.deliver).map_or(0, BTreeSet::len);
        self.issued.iter().map(|line| 1 + copies(line)).sum()
    }

    fn add(&mut self, entry: Entry<'_>, object: &str) -> Result<(), PolicyError> {
        let token = entry.token;
        let name =
            TokenName::new(token.name.as_str()).map_err(|error| entry.error("name", error.to_string()))?;
        if self.issued.iter().any(|line| line.name == name) {
            let why = format!("{:?} is there twice; give each token a name of its own", name.as_str());
            return Err(entry.error("name", why));
        }
        if entry.is_declared() {
            let declared = entry.declared(name)?;
            if self.declared.iter().any(|known| known.id == declared.id) {
                let why = format!("the token {} is there twice; remove one of the two entries", declared.id);
                return Err(entry.error("id", why));
            }
            self.declared.push(declared);
            return Ok(());
        }
        if self.declared.iter().any(|known| known.name == name) {
            let why = format!(
                "{:?} is also the name of a token that something else makes; give each a name of its own",
                name.as_str()
            );
            return Err(entry.error("name", why));
        }
        let line = entry.issued(name, object)?;
        if self.issued.iter().any(|known| known.secret == line.secret) {
            let why = format!("Secret {} holds another token already; name another Secret", line.secret);
            return Err(entry.error("secretName", why));
        }
        self.issued.push(line);
        Ok(())
    }
}

/// The ledger as this spec has it by now. What of the list cannot be read lets nobody in by a token of that name: it could be a limit.
pub(crate) fn as_listed(ledger: &Ledger, spec: Option<&AuthorizationSpec>) -> Ledger {
    let tokens = spec.and_then(|spec| spec.tokens.as_deref()).unwrap_or_default();
    let mut by_name: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for (index, token) in tokens.iter().enumerate() {
        by_name.entry(token.name.as_str()).or_default().push(Entry { index, token });
    }
    authorization_token::as_listed(ledger, |name, known| {
        let entries = by_name.get(name.as_str())?.iter();
        let read: Result<Vec<Option<Listed>>, PolicyError> =
            entries.map(|entry| entry.listed(name, known)).collect();
        // Of two that are about it nobody can tell which one holds.
        let found: Result<[Listed; 1], _> = read.ok()?.into_iter().flatten().collect::<Vec<_>>().try_into();
        found.ok().map(|[listed]| listed)
    })
}

/// One entry of the list.
#[derive(Clone, Copy)]
struct Entry<'a> {
    index: usize,
    token: &'a NamedToken,
}

impl Entry<'_> {
    fn error(self, field: &str, why: impl Into<String>) -> PolicyError {
        PolicyError { path: format!("spec.authorization.tokens[{}].{field}", self.index), why: why.into() }
    }

    /// Whether something else makes the token.
    fn is_declared(self) -> bool {
        let NamedToken { id, digest, expires_at, .. } = self.token;
        id.is_some() || digest.is_some() || expires_at.is_some()
    }

    /// What it says of this token of its name in the ledger; nothing if it is about another one.
    fn listed(self, name: &TokenName, known: &LedgerEntry) -> Result<Option<Listed>, PolicyError> {
        if self.is_declared() {
            let DeclaredToken { id, digest, namespaces, limits, expires_at, .. } =
                self.declared(name.clone())?;
            let is_it = id == known.id && digest == known.digest;
            return Ok(is_it.then_some(Listed { namespaces, limits, expires_at: Some(expires_at) }));
        }
        Ok(Some(Listed { namespaces: self.namespaces()?, limits: self.limits()?, expires_at: None }))
    }

    fn issued(self, name: TokenName, object: &str) -> Result<NamedLine, PolicyError> {
        let token = self.token;
        let copy = secret_name(object, &name);
        let secret = token.secret_name.clone().unwrap_or_else(|| copy.clone());
        ObjectName::new(secret.as_str()).map_err(|error| self.error("secretName", error.to_string()))?;
        let deliver = token.deliver == Some(true);
        let namespaces = self.namespaces()?;
        if deliver && namespaces.is_none() {
            return Err(self.error("deliver", "needs namespaces, into which the token is copied: write them"));
        }
        let limits = self.limits()?;
        let lifetimes = self.lifetimes()?;
        Ok(NamedLine { name, secret, copy, namespaces, limits, lifetimes, deliver })
    }

    fn declared(self, name: TokenName) -> Result<DeclaredToken, PolicyError> {
        let token = self.token;
        let (Some(id), Some(digest), Some(expires_at)) = (&token.id, &token.digest, &token.expires_at) else {
            return Err(self.error("id", "is declared together with digest and expiresAt; write all three"));
        };
        if token.secret_name.is_some() || token.lifetime.is_some() || token.deliver == Some(true) {
            let why = "is that of a token which something else keeps, so secretName, lifetime and deliver have no effect; remove them";
            return Err(self.error("id", why));
        }
        Ok(DeclaredToken {
            name,
            id: TokenId::parse(id).map_err(|error| self.error("id", error.to_string()))?,
            digest: TokenDigest::parse(digest).map_err(|error| self.error("digest", error.to_string()))?,
            namespaces: self.namespaces()?,
            limits: self.limits()?,
            // Whole seconds, as the API server stores them.
            expires_at: Timestamp::from_second(expires_at.0.as_second()).unwrap_or(expires_at.0),
        })
    }

    fn namespaces(self) -> Result<Option<BTreeSet<NamespaceName>>, PolicyError> {
        let Some(listed) = &self.token.namespaces else { return Ok(None) };
        let read = |name: &String| NamespaceName::new(name.as_str());
        let namespaces: Result<BTreeSet<_>, _> = listed.iter().map(read).collect();
        let namespaces = namespaces.map_err(|error| self.error("namespaces", error.to_string()))?;
        if namespaces.is_empty() {
            let why =
                "is empty, so nobody could present the token: write at least one, or leave namespaces out";
            return Err(self.error("namespaces", why));
        }
        Ok(Some(namespaces))
    }

    /// By its JSON, which is the same on both sides.
    fn limits(self) -> Result<Option<Limits>, PolicyError> {
        let Some(limits) = &self.token.limits else { return Ok(None) };
        let read = serde_json::to_value(limits).and_then(serde_json::from_value::<Limits>);
        let limits = read.map_err(|error| self.error("limits", error.to_string()))?;
        Ok((limits != Limits::default()).then_some(limits))
    }

    fn lifetimes(self) -> Result<Lifetimes, PolicyError> {
        let Some(text) = &self.token.lifetime else { return Ok(Lifetimes::default()) };
        let Some(hours) = hours(text) else {
            let why = format!("{text:?} is no lifetime; write a number with h or d, from 48h to 36500d");
            return Err(self.error("lifetime", why));
        };
        // In minutes, as a quarter of an hour is no whole number of hours.
        let overlap = (hours * 15).min(LONGEST_OVERLAP * 60);
        let minutes = |count: i64| SignedDuration::from_secs(count * 60);
        Lifetimes::new(minutes(hours * 60), minutes(hours * 60 - overlap), minutes(overlap))
            .map_err(|error| self.error("lifetime", error.to_string()))
    }
}

/// The hours of `30d` or `72h`, where they are possible.
fn hours(text: &str) -> Option<i64> {
    let (digits, factor) = match text.strip_suffix('d') {
        Some(digits) => (digits, 24),
        None => (text.strip_suffix('h')?, 1),
    };
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let hours = digits.parse::<i64>().ok().filter(|_| are_digits)?.checked_mul(factor)?;
    (SHORTEST_LIFETIME..=LONGEST_LIFETIME).contains(&hours).then_some(hours)
}

/// `<object>-auth-token-<name>`; a long name of the object is cut, and a hash keeps it apart from others.
fn secret_name(object: &str, name: &TokenName) -> String {
    let plain = format!("{object}-auth-token-{}", name.as_str());
    if plain.len() <= LONGEST_NAME {
        return plain;
    }
    let hash = short_hash("keycloak.mdvr.nl/named-token/v1", &[object], 8);
    format!("{}-{hash}-auth-token-{}", slug(object, 150), name.as_str())
}

#[cfg(test)]
mod tests;
