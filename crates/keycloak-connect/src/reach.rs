//! What an object asks for that reaches beyond itself, so that the owner of its target has a say in it.
//!
//! What is looked at is the representation as it would be sent, so that a field of the object, a line of `attributes`, one of
//! `extra` and one of a mapper's configuration are alike. Here are the parts that realms and clients share.

use std::collections::{BTreeMap, BTreeSet};

use authorization_token::Capability;
use authorization_token::decision::{Decision, Reason};
use serde_json::{Map, Value};

mod inside;

pub use inside::{host_leads_inside, leads_inside};

/// The client whose roles administrate its realm.
const REALM_MANAGEMENT: &str = "realm-management";
/// What the clients of the master realm end with whose roles administrate another one.
const OF_MASTER: &str = "-realm";
/// Roles of them that let somebody become another user; the second holds all others.
const IMPERSONATING: &[&str] = &["impersonation", "realm-admin"];
/// Fields that give roles of clients, by client id.
const GIVING: &[&str] = &["clientRoles", "compositeClientRoles"];
/// What Keycloak puts between several values of one attribute.
const SEPARATOR: &str = "##";
/// The claim that holds the roles of all clients.
const ROLES_CLAIM: &str = "resource_access";
/// Words of names whose values are addresses.
const ADDRESS_WORDS: &[&str] = &["endpoint", "endpoints", "uri", "uris", "url", "urls", "wsdl"];

/// How many fields a refusal names.
const SHOWN: usize = 5;
/// How much of a field's path it shows.
const LONGEST: usize = 100;

/// What each field asks for, by its path in Keycloak's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked(BTreeMap<String, BTreeSet<Capability>>);

impl Asked {
    /// Nothing beyond the ordinary.
    pub const NOTHING: Self = Self(BTreeMap::new());

    /// Adds what a field asks for.
    pub fn add(&mut self, field: impl Into<String>, asks: BTreeSet<Capability>) {
        if !asks.is_empty() {
            self.0.entry(field.into()).or_default().extend(asks);
        }
    }

    /// Everything that is asked for.
    pub fn all(&self) -> BTreeSet<Capability> {
        self.0.values().flatten().copied().collect()
    }

    /// Lets a refusal for what is asked say which fields ask for it.
    pub fn explain(&self, decision: &mut Decision) {
        if decision.reason != Reason::CapabilityNotAllowed {
            return;
        }
        let refused = decision.limits.capabilities_refused(&self.all());
        let refused: BTreeSet<Capability> = refused.into_iter().map(|(capability, _)| capability).collect();
        let asking = self.0.iter().filter(|(_, asks)| !asks.is_disjoint(&refused));
        let mut fields: Vec<String> =
            asking.map(|(field, _)| field.chars().take(LONGEST).collect()).collect();
        if fields.len() > SHOWN {
            let more = fields.split_off(SHOWN).len();
            fields.push(format!("{more} more"));
        }
        decision.message = format!("{} It is asked for by {}.", decision.message, fields.join(", "));
    }
}

/// What is asked for by giving roles of a client to anybody.
pub fn roles<'r>(client: &str, roles: impl IntoIterator<Item = &'r str>) -> BTreeSet<Capability> {
    let mut asks = BTreeSet::new();
    if client == REALM_MANAGEMENT || client.ends_with(OF_MASTER) {
        for role in roles {
            asks.insert(Capability::RealmManagementRoles);
            if IMPERSONATING.contains(&role) {
                asks.insert(Capability::Impersonation);
            }
        }
    }
    asks
}

/// The same for everything in this JSON that gives roles of clients, at any depth: roles, groups, groups below them.
pub fn roles_within(value: &Value) -> BTreeSet<Capability> {
    match value {
        Value::Array(items) => items.iter().flat_map(roles_within).collect(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| roles_of_field(name, value)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => BTreeSet::new(),
    }
}

fn roles_of_field(name: &str, value: &Value) -> BTreeSet<Capability> {
    match value.as_object().filter(|_| GIVING.contains(&name)) {
        Some(given) => given.iter().flat_map(|(client, listed)| roles(client, texts(listed))).collect(),
        None => roles_within(value),
    }
}

/// The texts of a list.
pub fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// What the mappers of a client or client scope ask for. `root`: as for [`leads_inside`].
pub fn mappers(mappers: &Value, root: Option<&str>) -> BTreeSet<Capability> {
    mappers.as_array().into_iter().flatten().flat_map(|mapper| mapper_asks(mapper, root)).collect()
}

fn mapper_asks(mapper: &Value, root: Option<&str>) -> BTreeSet<Capability> {
    let mut asks = BTreeSet::new();
    let kind = mapper.get("protocolMapper").and_then(Value::as_str).unwrap_or_default();
    if is_script(kind) {
        asks.insert(Capability::ScriptMappers);
    }
    let Some(config) = mapper.get("config").and_then(Value::as_object) else { return asks };
    // `oidc-hardcoded-role-mapper` and `saml-hardcode-role-mapper` give the role `<client id>.<role>`; others write such a name, or
    // the client's alone, into what other applications trust.
    let gives = kind.contains("hardcode") && kind.contains("role");
    let written = config.values().filter_map(Value::as_str);
    for value in written.flat_map(|value| [value.to_owned(), unescaped(value)]) {
        let of_master = gives && value.split_once('.').is_some_and(|(client, _)| client.ends_with(OF_MASTER));
        if of_master || value.contains(REALM_MANAGEMENT) {
            asks.insert(Capability::RealmManagementRoles);
            if IMPERSONATING.iter().any(|role| value.contains(role)) {
                asks.insert(Capability::Impersonation);
            }
        }
    }
    // What is written to the whole claim is not always known here: the value of an attribute, for example.
    let claim = config.get("claim.name").and_then(Value::as_str);
    if claim.is_some_and(|claim| unescaped(claim).trim() == ROLES_CLAIM) {
        asks.insert(Capability::RealmManagementRoles);
    }
    if calls_inside(config, &[], &[], root) {
        asks.insert(Capability::InternalUrls);
    }
    asks
}

/// A text as Keycloak uses it: in the path of a claim a backslash goes and the sign after it stays, in JSON `\uXXXX` is a sign.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        rest = if let Some((sign, left)) = by_number(after) {
            plain.push(sign);
            left
        } else {
            let mut signs = after.chars();
            plain.extend(signs.next());
            signs.as_str()
        };
    }
    plain.push_str(rest);
    plain
}

/// The sign that `uXXXX` at the beginning stands for, and what follows.
fn by_number(text: &str) -> Option<(char, &str)> {
    let (number, left) = text.strip_prefix('u')?.split_at_checked(4)?;
    let sign = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
    Some((sign, left))
}

/// Whether something of this kind runs a script: what was deployed to the server begins with `script-`.
fn is_script(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("script-") || kind.contains("-script-") || kind.contains("javascript")
}

/// Whether a policy in this JSON, at any depth, runs a script.
pub fn policies_run_scripts(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(policies_run_scripts),
        Value::Object(fields) => fields.iter().any(|(name, value)| match (name.as_str(), value) {
            ("javascriptPolicies", Value::Array(policies)) => !policies.is_empty(),
            ("type", Value::String(kind)) => kind == "js" || is_script(kind),
            (_, value) => policies_run_scripts(value),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether one of these texts is an address inside that the server would call.
///
/// `called`: names whose values the server calls for certain, so that what cannot be read counts too. `opened`: names whose
/// addresses only browsers open. Of all others those count whose name says that they are addresses and whose value is one.
/// `root`: as for [`leads_inside`].
pub fn calls_inside(
    named: &Map<String, Value>,
    called: &[&str],
    opened: &[&str],
    root: Option<&str>,
) -> bool {
    named.iter().any(|(name, value)| {
        let Some(value) = value.as_str().filter(|_| !opened.contains(&name.as_str())) else { return false };
        if called.contains(&name.as_str()) {
            return value.split(SEPARATOR).any(|address| leads_inside(address, root));
        }
        let parts = value.split(SEPARATOR).flat_map(|part| part.split([',', ' ', '\t', '\n']));
        let mut addresses = parts.filter(|part| part.contains("://") || part.starts_with('/'));
        names_an_address(name) && addresses.any(|address| leads_inside(address, root))
    })
}

/// Whether one of the words of a name, parted by signs or by capitals, says that its value is an address.
fn names_an_address(name: &str) -> bool {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for sign in name.chars() {
        if !sign.is_alphanumeric() || (was_small && sign.is_uppercase()) {
            words.push(String::new());
        }
        was_small = sign.is_lowercase() || sign.is_numeric();
        if let Some(word) = words.last_mut().filter(|_| sign.is_alphanumeric()) {
            word.extend(sign.to_lowercase());
        }
    }
    words.iter().any(|word| ADDRESS_WORDS.contains(&word.as_str()))
}

/// As Keycloak reads the value of an attribute, whatever type it is written in: in any case of letters.
pub fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::String(value) => value.trim().eq_ignore_ascii_case("true"),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests;
