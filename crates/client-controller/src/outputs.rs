//! The Secrets of a client: what its object may ask of them, and what its further ones hold.
//!
//! A further Secret holds what its templates give from the client's id, its secret and its addresses. It has nothing of its own but,
//! for oauth2-proxy, the key of that program's cookies, which is made once and kept.

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::Secret;
use keycloak_connect::{
    Owner, SecretBytes, StoredSecret,
    secret::{SecretType, WantedSecret, check_annotations, check_labels},
};
use keycloak_crds::{
    client::{KeycloakClientSpec, OutputPreset, SecretOutput},
    labels::{Component, annotation, label},
    policy::StringMap,
};
use keycloak_plan::template::{NotATemplate, Template};

use crate::{
    credentials::{self, Addresses, key},
    error::ClientError,
    written::{self, Names},
};

/// Longest key of a Secret.
const LONGEST_KEY: usize = 253;

/// The key under which oauth2-proxy's chart looks for what its cookies are sealed with.
const COOKIE_SECRET: &str = "cookie-secret";

/// How many characters of it: oauth2-proxy takes 16, 24 or 32 bytes.
const COOKIE_SECRET_LENGTH: usize = 32;

/// Keys that Secrets of type `kubernetes.io/basic-auth` have.
const BASIC_AUTH: [&str; 2] = ["username", "password"];

/// Why a Secret cannot be written as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutputRefusal {
    /// Two outputs with one name.
    #[error("spec.outputs holds {name:?} twice; give each Secret a name of its own")]
    Twice {
        /// The name.
        name: String,
    },
    /// An output that is called like another Secret of the object.
    #[error("spec.outputs holds {name:?}, but that Secret {is}; choose another name")]
    Taken {
        /// The name.
        name: String,
        /// `is the one of spec.secretName`.
        is: &'static str,
    },
    /// A secret of one's own that stands in a Secret that is written.
    #[error(
        "spec.clientSecret names Secret {name:?}, which is written from it and would say for ever what it says now; name a \
         Secret of your own, or remove clientSecret"
    )]
    OwnSource {
        /// The name.
        name: String,
    },
    /// An output with nothing in it.
    #[error("spec.outputs[{name}] holds nothing; write a preset, or data with a template for each key")]
    Nothing {
        /// Its name.
        name: String,
    },
    /// A key that no Secret can have.
    #[error(
        "{field} has {key:?}, which is no key of a Secret: 1 to 253 letters, digits, '-', '_' and '.', not '.' alone and not \
         beginning with '..'"
    )]
    NotAKey {
        /// Where it stands.
        field: String,
        /// What it is.
        key: String,
    },
    /// A key that is to be renamed and does not exist.
    #[error("spec.secretKeys renames {key:?}, which the Secret does not have; it has {}", key::ALL.join(", "))]
    UnknownKey {
        /// The key.
        key: String,
    },
    /// Two values under one key.
    #[error("spec.secretKeys gives two values the key {key:?}; give each a key of its own")]
    SameKey {
        /// The key.
        key: String,
    },
    /// A type that is not written.
    #[error(
        "{field} is {type_:?}, and only Opaque, kubernetes.io/basic-auth and servicebinding.io/<provider> are written; other \
         types make other controllers act"
    )]
    Type {
        /// The field.
        field: String,
        /// What it says.
        type_: String,
    },
    /// A Secret of type `kubernetes.io/basic-auth` without its keys.
    #[error("{field} is kubernetes.io/basic-auth, whose keys are username and password; {instead}")]
    BasicAuth {
        /// The field.
        field: String,
        /// What to write.
        instead: &'static str,
    },
    /// A template that is none.
    #[error("spec.outputs[{name}].data[{key}]: {why}")]
    Template {
        /// Name of the output.
        name: String,
        /// The key.
        key: String,
        /// What is wrong.
        why: Box<NotATemplate>,
    },
}

/// What templates can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    AuthEndpoint,
    ClientId,
    ClientSecret,
    DiscoveryUrl,
    EndSessionEndpoint,
    Issuer,
    JwksEndpoint,
    KeycloakUrl,
    Realm,
    TokenEndpoint,
    UserinfoEndpoint,
}

/// By the words that users write.
const NAMES: &[(&str, Name)] = &[
    ("authEndpoint", Name::AuthEndpoint),
    ("clientId", Name::ClientId),
    ("clientSecret", Name::ClientSecret),
    ("discoveryUrl", Name::DiscoveryUrl),
    ("endSessionEndpoint", Name::EndSessionEndpoint),
    ("issuer", Name::Issuer),
    ("jwksEndpoint", Name::JwksEndpoint),
    ("keycloakUrl", Name::KeycloakUrl),
    ("realm", Name::Realm),
    ("tokenEndpoint", Name::TokenEndpoint),
    ("userinfoEndpoint", Name::UserinfoEndpoint),
];

/// What a program reads.
struct Preset {
    data: &'static [(&'static str, &'static str)],
    labels: &'static [(&'static str, &'static str)],
}

/// Of Argo CD, "User management: sensitive data"; of Envoy Gateway, "OIDC authentication"; of Grafana, "Configure generic OAuth";
/// of oauth2-proxy, the values of its chart.
const fn preset(preset: OutputPreset) -> Preset {
    match preset {
        OutputPreset::ArgoCd => Preset {
            data: &[
                ("oidc.keycloak.clientID", "{{ clientId }}"),
                ("oidc.keycloak.clientSecret", "{{ clientSecret }}"),
                ("oidc.keycloak.issuer", "{{ issuer }}"),
            ],
            labels: &[("app.kubernetes.io/part-of", "argocd")],
        },
        OutputPreset::EnvoyGateway | OutputPreset::Oauth2Proxy => Preset {
            data: &[("client-id", "{{ clientId }}"), ("client-secret", "{{ clientSecret }}")],
            labels: &[],
        },
        OutputPreset::Grafana => Preset {
            data: &[
                ("GF_AUTH_GENERIC_OAUTH_API_URL", "{{ userinfoEndpoint }}"),
                ("GF_AUTH_GENERIC_OAUTH_AUTH_URL", "{{ authEndpoint }}"),
                ("GF_AUTH_GENERIC_OAUTH_CLIENT_ID", "{{ clientId }}"),
                ("GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET", "{{ clientSecret }}"),
                ("GF_AUTH_GENERIC_OAUTH_TOKEN_URL", "{{ tokenEndpoint }}"),
            ],
            labels: &[],
        },
    }
}

fn known(output: &SecretOutput) -> Preset {
    output.preset.map_or(Preset { data: &[], labels: &[] }, preset)
}

/// Checks what an object asks of its Secrets.
///
/// # Errors
/// What is wrong first.
pub(crate) fn check(spec: &KeycloakClientSpec, owner: &Owner) -> Result<(), ClientError> {
    check_credentials(spec)?;
    let own = credentials::secret_name(spec, owner);
    let is_written = spec.manage_secret.unwrap_or(true);
    let source = spec.client_secret.as_ref().map(|source| source.name.as_str());
    if let Some(name) = source.filter(|name| is_written && *name == own) {
        return Err(OutputRefusal::OwnSource { name: name.to_owned() }.into());
    }
    let mut names = BTreeSet::new();
    for output in spec.outputs.iter().flatten() {
        let name = output.name.clone();
        if !names.insert(output.name.as_str()) {
            return Err(OutputRefusal::Twice { name }.into());
        }
        if name == own {
            let is = "is the one of spec.secretName, or of the object's name without it";
            return Err(OutputRefusal::Taken { name, is }.into());
        }
        if source == Some(name.as_str()) {
            return Err(OutputRefusal::OwnSource { name }.into());
        }
        check_output(output)?;
    }
    Ok(())
}

/// What is asked of the Secret that each client has.
fn check_credentials(spec: &KeycloakClientSpec) -> Result<(), ClientError> {
    let metadata = spec.secret_metadata.as_ref();
    if let Some(labels) = metadata.and_then(|metadata| metadata.labels.as_ref()) {
        check_labels("spec.secretMetadata.labels", labels)?;
    }
    if let Some(annotations) = metadata.and_then(|metadata| metadata.annotations.as_ref()) {
        check_annotations("spec.secretMetadata.annotations", annotations)?;
    }
    for (key, called) in spec.secret_keys.iter().flatten() {
        if !key::ALL.contains(&key.as_str()) {
            return Err(OutputRefusal::UnknownKey { key: key.clone() }.into());
        }
        check_key("spec.secretKeys", called)?;
    }
    let mut keys = BTreeSet::new();
    for called in credentials::keys(spec) {
        if !keys.insert(called) {
            return Err(OutputRefusal::SameKey { key: called.to_owned() }.into());
        }
    }
    let instead = "write secretKeys: {client-id: username, client-secret: password}, or another type";
    check_type("spec.secretType", spec.secret_type.as_deref(), &keys, instead)?;
    Ok(())
}

fn check_output(output: &SecretOutput) -> Result<(), ClientError> {
    if let Some(labels) = &output.labels {
        check_labels("spec.outputs[].labels", labels)?;
    }
    if let Some(annotations) = &output.annotations {
        check_annotations("spec.outputs[].annotations", annotations)?;
    }
    let name = &output.name;
    let templates = templates(output);
    if templates.is_empty() {
        return Err(OutputRefusal::Nothing { name: name.clone() }.into());
    }
    for (key, template) in &templates {
        check_key(&format!("spec.outputs[{name}].data"), key)?;
        read(name, key, template)?;
    }
    let keys: BTreeSet<&str> = templates.keys().copied().collect();
    let instead = "write templates for these keys into data, or another type";
    check_type(&format!("spec.outputs[{name}].type"), output.type_.as_deref(), &keys, instead)?;
    Ok(())
}

fn check_type(
    field: &str,
    type_: Option<&str>,
    keys: &BTreeSet<&str>,
    instead: &'static str,
) -> Result<(), OutputRefusal> {
    let Some(name) = type_ else { return Ok(()) };
    match SecretType::from_name(name) {
        None => Err(OutputRefusal::Type { field: field.to_owned(), type_: name.to_owned() }),
        Some(SecretType::BasicAuth) if !BASIC_AUTH.iter().all(|key| keys.contains(key)) => {
            Err(OutputRefusal::BasicAuth { field: field.to_owned(), instead })
        }
        Some(SecretType::BasicAuth | SecretType::Opaque | SecretType::ServiceBinding(_)) => Ok(()),
    }
}

/// As the API server checks them.
fn check_key(field: &str, key: &str) -> Result<(), OutputRefusal> {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let fits = (1..=LONGEST_KEY).contains(&key.len())
        && key.bytes().all(is_inner)
        && key != "."
        && !key.starts_with("..");
    if fits {
        return Ok(());
    }
    Err(OutputRefusal::NotAKey { field: field.to_owned(), key: key.to_owned() })
}

/// The templates of an output by key: those of its preset, with its own over them.
fn templates(output: &SecretOutput) -> BTreeMap<&str, &str> {
    let of_preset: &[(&str, &str)] = known(output).data;
    let own = output.data.iter().flatten().map(|(key, template)| (key.as_str(), template.as_str()));
    of_preset.iter().copied().chain(own).collect()
}

fn read(name: &str, key: &str, template: &str) -> Result<Template<Name>, OutputRefusal> {
    Template::parse(template, NAMES).map_err(|why| OutputRefusal::Template {
        name: name.to_owned(),
        key: key.to_owned(),
        why: Box::new(why),
    })
}

/// What a further Secret is to hold, beside what is `stored` there. `value`: the client's secret.
///
/// # Errors
/// When a template is none; [`check`] has refused it before.
pub(crate) fn wanted(
    output: &SecretOutput,
    client_id: &str,
    owner: &Owner,
    addresses: &Addresses,
    value: &Secret,
    stored: Option<&StoredSecret>,
) -> Result<WantedSecret, OutputRefusal> {
    let mut wanted = WantedSecret::new(&owner.namespace, &output.name, owner, Component::ClientCredentials)
        .labelled(label::CLIENT, &credentials::label_value(client_id))
        .labelled(label::REALM, &credentials::label_value(&addresses.realm));
    wanted.type_ = output.type_.as_deref().and_then(SecretType::from_name).unwrap_or_default();
    let values = Values::new(client_id, value, addresses);
    for (key, template) in templates(output) {
        let template = read(&output.name, key, template)?;
        let text = Secret::from(template.render(|name| values.of(name)));
        wanted = wanted.with(key, &text);
    }
    let is_for_cookies = output.preset == Some(OutputPreset::Oauth2Proxy);
    if is_for_cookies && !wanted.data.contains_key(COOKIE_SECRET) {
        wanted = wanted.with(COOKIE_SECRET, cookie_secret(stored));
    }
    let of_preset =
        known(output).labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let labels: StringMap = output.labels.iter().flatten().map(owned).chain(of_preset).collect();
    let annotations: StringMap = output.annotations.iter().flatten().map(owned).collect();
    let now = Names {
        annotations: annotations.keys().cloned().collect(),
        keys: wanted.data.keys().cloned().collect(),
        labels: labels.keys().cloned().collect(),
        secret: None,
    };
    wanted.labels.extend(labels);
    wanted.annotations.extend(annotations);
    // One that was the client's own Secret before has the keys and annotations of that.
    let was_own = stored.is_some_and(|stored| stored.annotation(annotation::CLIENT_TYPE).is_some());
    let implied: &[&str] = if was_own { &key::ALL } else { &[] };
    written::remember(&mut wanted, &now, stored, implied);
    if was_own {
        let of_own = [annotation::CLIENT_TYPE, annotation::PROOF, annotation::REGENERATED];
        wanted.former_annotations.extend(of_own.map(str::to_owned));
    }
    Ok(wanted)
}

fn owned((name, value): (&String, &String)) -> (String, String) {
    (name.clone(), value.clone())
}

/// The one that is there, whoever wrote it: with another one everybody would have to log in again.
fn cookie_secret(stored: Option<&StoredSecret>) -> SecretBytes {
    let there = stored.and_then(|stored| stored.get(COOKIE_SECRET)).filter(|value| !value.is_empty());
    there.map_or_else(
        || {
            let random = Secret::random();
            // Hexadecimal digits: one byte each.
            SecretBytes::from(random.expose().get(..COOKIE_SECRET_LENGTH).unwrap_or(random.expose()))
        },
        SecretBytes::from,
    )
}

/// The values of one client.
struct Values<'a> {
    client_id: &'a str,
    secret: &'a Secret,
    addresses: &'a Addresses,
    auth: String,
    discovery: String,
    end_session: String,
    jwks: String,
    token: String,
    userinfo: String,
}

impl<'a> Values<'a> {
    fn new(client_id: &'a str, secret: &'a Secret, addresses: &'a Addresses) -> Self {
        Self {
            client_id,
            secret,
            addresses,
            auth: addresses.protocol("auth"),
            discovery: format!("{}/.well-known/openid-configuration", addresses.issuer),
            end_session: addresses.protocol("logout"),
            jwks: addresses.protocol("certs"),
            token: addresses.protocol("token"),
            userinfo: addresses.protocol("userinfo"),
        }
    }

    fn of(&self, name: Name) -> &str {
        match name {
            Name::AuthEndpoint => &self.auth,
            Name::ClientId => self.client_id,
            Name::ClientSecret => self.secret.expose(),
            Name::DiscoveryUrl => &self.discovery,
            Name::EndSessionEndpoint => &self.end_session,
            Name::Issuer => &self.addresses.issuer,
            Name::JwksEndpoint => &self.jwks,
            Name::KeycloakUrl => &self.addresses.keycloak,
            Name::Realm => &self.addresses.realm,
            Name::TokenEndpoint => &self.token,
            Name::UserinfoEndpoint => &self.userinfo,
        }
    }
}

#[cfg(test)]
mod tests;
