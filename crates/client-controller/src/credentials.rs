//! The Secret that an application reads: its name, its content, and the addresses in it.

use keycloak_admin::Secret;
use keycloak_connect::{
    Owner, StoredSecret,
    secret::{SecretType, Takeover, WantedSecret, guard},
    secret_name::Candidates,
};
use keycloak_crds::{
    client::{KeycloakClientSpec, status::ClientEndpoints},
    labels::{Component, annotation, label},
};
use keycloak_plan::{RecordKey, ShortHash};

use crate::written::{self, Names};

/// Keys of the Secret, as the seed has them.
pub mod key {
    /// Client id.
    pub const CLIENT_ID: &str = "client-id";
    /// The secret.
    pub const CLIENT_SECRET: &str = "client-secret";
    /// Address of the server.
    pub const KEYCLOAK_URL: &str = "keycloak-url";
    /// Name of the realm.
    pub const REALM: &str = "realm";
    /// Where tokens are got.
    pub const TOKEN_ENDPOINT: &str = "token-endpoint";
    /// Where claims about a user are got.
    pub const USERINFO_ENDPOINT: &str = "userinfo-endpoint";
    /// Where the keys of tokens are got.
    pub const JWKS_ENDPOINT: &str = "jwks-endpoint";
    /// Issuer of tokens, as it stands in them.
    pub const ISSUER: &str = "issuer";
    /// All of them.
    pub const ALL: [&str; 8] = [
        CLIENT_ID,
        CLIENT_SECRET,
        KEYCLOAK_URL,
        REALM,
        TOKEN_ENDPOINT,
        USERINFO_ENDPOINT,
        JWKS_ENDPOINT,
        ISSUER,
    ];
}

const SUFFIX: &str = "credentials";

/// Longest name of an object (RFC 1123 subdomain).
const LONGEST_NAME: usize = 253;

/// Longest value of a label.
const LONGEST_LABEL: usize = 63;

/// Seed's word for what the Secret holds.
const SECRET_TYPE: &str = "client-credentials";

/// Name of the Secret: `spec.secretName`, else `<object>-credentials` as the seed has it; a shorter one of its own where that
/// would be too long.
pub fn secret_name(spec: &KeycloakClientSpec, owner: &Owner) -> String {
    if let Some(name) = &spec.secret_name {
        return name.clone();
    }
    let name = format!("{}-{SUFFIX}", owner.name);
    if name.len() <= LONGEST_NAME { name } else { Candidates::new(&owner.name, SUFFIX, &owner.uid).unique }
}

/// Where a client and its realm are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// Address of the server as users and applications see it, without a slash at the end.
    pub keycloak: String,
    /// Name of the realm.
    pub realm: String,
    /// Issuer of tokens.
    pub issuer: String,
}

impl Addresses {
    /// Addresses below the public address of a server. The issuer stands in tokens, and libraries compare it: the addresses
    /// of the cluster's inside would be refused by them.
    pub fn new(public: &str, realm: &str) -> Self {
        let issuer = format!("{public}/realms/{}", segment(realm));
        Self { keycloak: public.to_owned(), realm: realm.to_owned(), issuer }
    }

    /// The address of a part of the protocol.
    pub(crate) fn protocol(&self, last: &str) -> String {
        format!("{}/protocol/openid-connect/{last}", self.issuer)
    }

    /// As they stand in status.
    pub fn endpoints(&self) -> ClientEndpoints {
        ClientEndpoints {
            auth: Some(self.protocol("auth")),
            token: Some(self.protocol("token")),
            userinfo: Some(self.protocol("userinfo")),
            jwks: Some(self.protocol("certs")),
            issuer: Some(self.issuer.clone()),
            end_session: Some(self.protocol("logout")),
        }
    }
}

/// A realm's name in a path: everything but unreserved characters is encoded (RFC 3986, section 2.3), as Keycloak does it in the
/// issuer.
fn segment(name: &str) -> String {
    use std::fmt::Write as _;

    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// What a Secret of ours carries to prove whose a client is that lost its mark: nobody without the record key can make it. It is
/// bound to the client's secret (`value`): with another one under it, it proves nothing.
pub fn proof(key: &RecordKey, owner: &Owner, realm_id: &str, client_id: &str, value: &str) -> String {
    let parts = [owner.uid.as_bytes(), realm_id.as_bytes(), client_id.as_bytes(), value.as_bytes()];
    ShortHash::keyed(key, "cloakroom client proof", &parts).to_string()
}

/// What a key of the Secret is called.
fn called<'s>(spec: &'s KeycloakClientSpec, key: &'s str) -> &'s str {
    spec.secret_keys.as_ref().and_then(|keys| keys.get(key)).map_or(key, String::as_str)
}

/// What all keys of the Secret are called.
pub(crate) fn keys(spec: &KeycloakClientSpec) -> [&str; 8] {
    key::ALL.map(|key| called(spec, key))
}

/// The Secret with this value. `proof`: see [`proof`]. `regenerated`: the generation that asked for it, where one did. `stored`: the
/// Secret as it is, for what it is to lose.
pub fn wanted(
    spec: &KeycloakClientSpec,
    owner: &Owner,
    addresses: &Addresses,
    value: &Secret,
    proof: Option<String>,
    regenerated: Option<i64>,
    stored: Option<&StoredSecret>,
) -> WantedSecret {
    let name = secret_name(spec, owner);
    let called = |key| called(spec, key);
    let mut wanted = WantedSecret::new(&owner.namespace, &name, owner, Component::ClientCredentials)
        .labelled(label::CLIENT, &label_value(&spec.client_id))
        .labelled(label::REALM, &label_value(&addresses.realm))
        .labelled(label::SECRET_TYPE, SECRET_TYPE)
        .with(called(key::CLIENT_ID), spec.client_id.as_str())
        .with(called(key::CLIENT_SECRET), value)
        .with(called(key::KEYCLOAK_URL), addresses.keycloak.as_str())
        .with(called(key::REALM), addresses.realm.as_str())
        .with(called(key::TOKEN_ENDPOINT), addresses.protocol("token").as_str())
        .with(called(key::USERINFO_ENDPOINT), addresses.protocol("userinfo").as_str())
        .with(called(key::JWKS_ENDPOINT), addresses.protocol("certs").as_str())
        .with(called(key::ISSUER), addresses.issuer.as_str());
    let mut annotate = |name: &str, value: String| wanted.annotations.insert(name.to_owned(), value);
    annotate(annotation::CLIENT_TYPE, "confidential".to_owned());
    if let Some(proof) = proof {
        annotate(annotation::PROOF, proof);
    }
    if let Some(generation) = regenerated {
        annotate(annotation::REGENERATED, generation.to_string());
    }
    wanted.type_ = spec.secret_type.as_deref().and_then(SecretType::from_name).unwrap_or_default();
    let now = further(spec, &mut wanted);
    written::remember(&mut wanted, &now, stored, &key::ALL);
    wanted
}

/// Adds the labels and annotations that the object asks for, and names what the Secret has that others do not.
fn further(spec: &KeycloakClientSpec, wanted: &mut WantedSecret) -> Names {
    let metadata = spec.secret_metadata.clone().unwrap_or_default();
    let (labels, annotations) =
        (metadata.labels.unwrap_or_default(), metadata.annotations.unwrap_or_default());
    let now = Names {
        annotations: annotations.keys().cloned().collect(),
        keys: spec.secret_keys.iter().flatten().map(|(_, called)| called.clone()).collect(),
        labels: labels.keys().cloned().collect(),
        secret: spec.secret_keys.as_ref().and_then(|keys| keys.get(key::CLIENT_SECRET)).cloned(),
    };
    wanted.labels.extend(labels);
    wanted.annotations.extend(annotations);
    now
}

/// A text as the value of a label, or a hash of it where it cannot be one.
pub(crate) fn label_value(text: &str) -> String {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let ends = text.bytes().next().zip(text.bytes().last());
    let fits = text.len() <= LONGEST_LABEL
        && text.bytes().all(inner)
        && ends.is_some_and(|(first, last)| first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    if fits { text.to_owned() } else { ShortHash::of("cloakroom label", &[text.as_bytes()]).to_string() }
}

/// The client's secret that a Secret of ours (or the seed's) holds.
pub fn held(stored: &StoredSecret, owner: &Owner) -> Option<Secret> {
    guard(stored, owner, Component::ClientCredentials, Takeover::Seed).ok()?;
    value_in(stored).map(Secret::from)
}

/// The client's secret in a Secret: under the key that it was written to, whatever the object calls that by now.
pub(crate) fn value_in(stored: &StoredSecret) -> Option<&str> {
    stored.text(Names::of(stored).secret.as_deref().unwrap_or(key::CLIENT_SECRET))
}

/// The generation whose request for another secret made the value.
pub fn regenerated_at(stored: &StoredSecret) -> Option<i64> {
    stored.annotation(annotation::REGENERATED)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use insta::assert_json_snapshot;
    use serde_json::json;

    use super::*;
    use crate::sample;

    #[test]
    fn the_secret_has_the_seeds_name_and_keys_and_the_public_addresses() {
        let object = sample::client(&json!({}), json!(null));
        let addresses = Addresses::new("https://sso.example.com/auth", "acme corp");
        let owner = Owner::client(&object).unwrap();
        let wanted = wanted(
            &object.spec,
            &owner,
            &addresses,
            &"hidden".into(),
            Some("00ff00ff00ff00ff".into()),
            Some(3),
            None,
        );
        let data: std::collections::BTreeMap<_, _> = wanted
            .data
            .iter()
            .map(|(key, value)| {
                (key, value.as_ref().map(|value| String::from_utf8_lossy(value.expose()).into_owned()))
            })
            .collect();
        let told = json!({
            "name": wanted.name, "labels": wanted.labels, "annotations": wanted.annotations, "data": data,
        });
        insta::with_settings!({sort_maps => true}, { assert_json_snapshot!(told) });
    }

    #[test]
    fn renamed_keys_stand_under_their_new_names_and_leave_the_old_ones() {
        let asks = json!({
            "secretType": "kubernetes.io/basic-auth",
            "secretKeys": {"client-id": "username", "client-secret": "password"},
            "secretMetadata": {"labels": {"app": "portal"}, "annotations": {"example.com/team": "portal"}},
        });
        let object = sample::client(&asks, json!(null));
        let owner = Owner::client(&object).unwrap();
        let addresses = Addresses::new("https://sso.example.com", "acme");
        let stored = sample::secret("hidden", &json!({}));
        let of = |stored| wanted(&object.spec, &owner, &addresses, &"hidden".into(), None, None, stored);
        let first = of(None);
        assert!(first.data.values().all(Option::is_some), "a new Secret has nothing to lose");
        assert_eq!(
            (first.labels["app"].as_str(), first.type_.to_string().as_str()),
            ("portal", "kubernetes.io/basic-auth")
        );
        let changed = of(Some(&stored));
        assert_eq!((&changed.data["client-id"], &changed.data["client-secret"]), (&None, &None));
        assert_eq!(changed.data["password"].as_ref().unwrap().expose(), b"hidden");
        assert_eq!(
            changed.annotations[annotation::WRITTEN],
            r#"{"annotations":["example.com/team"],"keys":["password","username"],"labels":["app"],"secret":"password"}"#
        );
        assert_eq!(value_in(&stored), Some("hidden"), "until it is written under its new name");
    }

    #[test]
    fn the_secret_is_read_from_where_it_was_written_also_when_keys_change_places() {
        let swapped = json!({"secretKeys": {"client-id": "client-secret", "client-secret": "client-id"}});
        let object = sample::client(&swapped, json!(null));
        let owner = Owner::client(&object).unwrap();
        let plain = sample::secret_with(&[("client-id", "portal"), ("client-secret", "hidden")], &json!({}));
        assert_eq!(value_in(&plain), Some("hidden"));
        let addresses = Addresses::new("https://sso.example.com", "acme");
        let wanted = wanted(&object.spec, &owner, &addresses, &"hidden".into(), None, None, Some(&plain));
        let written = json!({annotation::WRITTEN: wanted.annotations[annotation::WRITTEN]});
        let swapped = [("client-id", "hidden"), ("client-secret", "portal")];
        assert_eq!(value_in(&sample::secret_with(&swapped, &written)), Some("hidden"));
        // It is emptied: nothing else is taken for it.
        let emptied = [("client-id", ""), ("client-secret", "portal")];
        assert_eq!(value_in(&sample::secret_with(&emptied, &written)), None);
    }

    #[test]
    fn a_proof_is_that_of_one_object_one_client_and_one_secret() {
        let key = RecordKey::new("key-1", &[7; 32]);
        let owner = Owner::client(&sample::client(&json!({}), json!(null))).unwrap();
        let of = |realm_id, client_id, value| proof(&key, &owner, realm_id, client_id, value);
        let first = of("realm-id-1", "portal", "hidden");
        assert_eq!(first, of("realm-id-1", "portal", "hidden"));
        for other in [
            of("realm-id-1", "portal", "known"),
            of("realm-id-1", "portal", ""),
            of("realm-id-1", "portalh", "idden"),
            of("realm-id-2", "portal", "hidden"),
        ] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn a_name_that_would_be_too_long_gets_a_shorter_one_of_its_own() {
        let mut owner = Owner::client(&sample::client(&json!({}), json!(null))).unwrap();
        let spec = sample::client(&json!({}), json!(null)).spec;
        owner.name = "a".repeat(241);
        assert_eq!(secret_name(&spec, &owner).len(), 253);
        owner.name = "a".repeat(242);
        let name = secret_name(&spec, &owner);
        assert!(name.len() <= 63 && name.ends_with("-credentials"), "{name}");
        let named = sample::client(&json!({"secretName": "portal-oidc"}), json!(null)).spec;
        assert_eq!(secret_name(&named, &owner), "portal-oidc");
    }

    #[test]
    fn what_cannot_be_a_label_stands_there_as_a_hash() {
        assert_eq!(label_value("portal"), "portal");
        for text in ["https://portal.example.com/saml", "-x", "x.", "", &"a".repeat(64), "ümläut"] {
            let value = label_value(text);
            assert!(value.len() == 16 && value.bytes().all(|byte| byte.is_ascii_hexdigit()), "{text}");
        }
        assert_ne!(label_value("-x"), label_value("-y"));
    }
}
