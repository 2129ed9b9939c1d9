//! What the controllers say to each other: through spec, status and Secrets, and nothing else. The tables here are
//! what the code follows and what `docs/contract.md` is made of.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    generate::{GenerateError, KINDS, Kind},
    status::is_not_written_yet,
};

/// Who writes or reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The instance controller.
    Instance,
    /// The realm controller.
    Realm,
    /// The client controller.
    Client,
    /// A person or a tool like them.
    Person,
    /// An application.
    Application,
}

impl Party {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Realm => "realm",
            Self::Client => "client",
            Self::Person => "people",
            Self::Application => "application",
        }
    }
}

/// A field of one kind that a controller reads although it belongs to another, or that it reads of its own status.
/// Only these fields wake objects of other kinds; conditions and messages are never read to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContractField {
    /// Kind of the object.
    pub kind: &'static str,
    /// Path of the field.
    pub field: &'static str,
    /// Who writes it.
    pub writer: Party,
    /// Who reads it.
    pub readers: &'static [Party],
    /// What a reader does when it is absent.
    pub when_absent: &'static str,
    /// How it comes back when it is lost.
    pub rebuilt: &'static str,
}

/// Whether a row names this field of a kind, or a part of it, or one above it, for this reader.
pub fn names(kind: &str, field: &str, reader: Party) -> bool {
    let is_within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let mut rows = FIELDS.iter().filter(|row| row.kind == kind && row.readers.contains(&reader));
    rows.any(|row| row.field.split(", ").any(|named| is_within(named, field) || is_within(field, named)))
}

/// The fields of a kind on which `look` depends, sorted: uid, time of deletion, and what is at the top of spec and status. Each
/// is given other values in the sample, one field at a time; `look` gives nothing for an object that it cannot read. For tests of
/// what watches keep: whatever it names has to stand in [`FIELDS`].
///
/// # Errors
/// If the schema of the kind cannot be made.
pub fn looked_at<T: PartialEq>(
    kind: &Kind,
    sample: &Value,
    look: impl Fn(Value) -> Option<T>,
) -> Result<Vec<String>, GenerateError> {
    let crd = kind.finished_crd()?;
    let values = [
        json!("x"),
        json!(7),
        json!(true),
        json!([{"id": "x"}]),
        json!({"namespace": "x", "name": "x", "url": "https://x", "tokens": [{"id": "x"}]}),
    ];
    let mut fields = vec![("metadata", "uid"), ("metadata", "deletionTimestamp")];
    for area in ["spec", "status"] {
        let place = format!("/spec/versions/0/schema/openAPIV3Schema/properties/{area}/properties");
        let names = crd.pointer(&place).and_then(Value::as_object).into_iter().flat_map(|names| names.keys());
        fields.extend(names.map(|name| (area, name.as_str())));
    }
    let before = look(sample.clone());
    let matters = |area: &str, name: &str| {
        values.iter().any(|value| {
            let mut object = sample.clone();
            if let Some(object) = object.as_object_mut() {
                let area = object.entry(area).or_insert_with(|| json!({}));
                if let Some(area) = area.as_object_mut() {
                    area.insert(name.to_owned(), value.clone());
                }
            }
            let after = look(object);
            after.is_some() && after != before
        })
    };
    let mut found: Vec<String> = fields
        .into_iter()
        .filter(|(area, name)| matters(area, name))
        .map(|(area, name)| format!("{area}.{name}"))
        .collect();
    found.sort();
    Ok(found)
}

/// A Secret that controllers hand to each other or to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContractSecret {
    /// Name, with placeholders.
    pub name: &'static str,
    /// What it is.
    pub holds: &'static str,
    /// Keys.
    pub keys: &'static str,
    /// Who writes it.
    pub writer: Party,
    /// Who reads it.
    pub readers: &'static [Party],
    /// When and by whom it is made anew.
    pub rotation: &'static str,
}

/// A link between two objects in Keycloak: it belongs to the CR of the object that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is linked.
    pub link: &'static str,
    /// Kind of the object that declares it.
    pub kind: &'static str,
    /// The fields that declare it.
    pub fields: &'static [&'static str],
    /// Who writes it to Keycloak.
    pub executed_by: Party,
    /// Why, where it is not the controller of the declaring kind.
    pub because: &'static str,
}

impl ContractField {
    /// Whether a controller acts on it. Not yet: fields that are refused at admission, the status of a kind of which every
    /// field is refused, and what [`NOT_WRITTEN_YET`](crate::status::NOT_WRITTEN_YET) names.
    pub fn is_acted_on(&self) -> bool {
        let of_kind = KINDS.iter().find(|kind| kind.name == self.kind);
        let has_purpose = of_kind.is_some_and(|kind| !kind.acted_on.is_empty());
        has_purpose && !is_refused(self.kind, self.field) && !is_not_written_yet(self.kind, self.field)
    }
}

impl Link {
    /// Whether a controller executes it: not as long as every field that declares it is refused at admission.
    pub fn is_acted_on(&self) -> bool {
        self.fields.iter().any(|field| !is_refused(self.kind, field))
    }
}

/// Whether the field, or one above it, is refused at admission.
fn is_refused(kind: &str, field: &str) -> bool {
    let refused = KINDS.iter().filter(|known| known.name == kind).flat_map(|known| known.not_built_yet);
    let is_at_or_below = |top: &str| {
        field.strip_prefix(top).is_some_and(|below| below.is_empty() || below.starts_with(['.', '[']))
    };
    refused.map(|entry| entry.path).any(is_at_or_below)
}

const SPEC_IS_THERE: &str = "it is required";
const NOTHING_TO_REBUILD: &str = "spec is kept in Git or in backups of the cluster";

/// Every field that is read across kinds, and every status field that its own controller reads.
pub const FIELDS: &[ContractField] = &[
    ContractField {
        kind: "Keycloak",
        field: "status.endpoints.internal",
        writer: Party::Instance,
        readers: &[Party::Realm, Party::Client],
        when_absent: "waits: the server has not answered yet (InstanceNotReady); the address itself is always taken from spec",
        rebuilt: "from spec.external or the Service, after the server has answered",
    },
    ContractField {
        kind: "Keycloak",
        field: "status.version",
        writer: Party::Instance,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "waits: it is not known which fields the server has (InstanceNotReady)",
        rebuilt: "by asking the server, else from spec.version, else from the image's tag",
    },
    ContractField {
        kind: "Keycloak",
        field: "status.authorization.tokens",
        writer: Party::Instance,
        readers: &[Party::Instance, Party::Realm],
        when_absent: "a token that is named cannot be checked: waits (InstanceNotReady)",
        rebuilt: "from Secret <keycloak>-auth-token, those of named tokens, and their token.json; an entry that is in none is lost, one that is declared by its digest is made anew",
    },
    ContractField {
        kind: "Keycloak",
        field: "status.authorization.secrets",
        writer: Party::Instance,
        readers: &[Party::Instance],
        when_absent: "no Secret with a named token is taken back; those of tokens in spec are found by their names",
        rebuilt: "from spec.authorization.tokens; a copy that nothing asks for any more is not found again",
    },
    ContractField {
        kind: "Keycloak",
        field: "status.rotation",
        writer: Party::Instance,
        readers: &[Party::Person],
        when_absent: "nobody is told when our login is made anew; what is due is read from its Secret",
        rebuilt: "at every pass, from the login's Secret",
    },
    ContractField {
        kind: "Keycloak",
        field: "status.owned",
        writer: Party::Instance,
        readers: &[Party::Instance],
        when_absent: "a value of a server's objects that something else keeps changing back is written once more",
        rebuilt: "from the server's objects at the next pass",
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.authorization",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm],
        when_absent: "same namespace, the instance's token and RBAC `use` allow",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.takeOver",
        writer: Party::Person,
        readers: &[Party::Realm],
        when_absent: "same namespace and RBAC `adopt` allow",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.logins.namespace",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "the logins in single realms stand in the instance's namespace",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.loginRotation",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm],
        when_absent: "our logins get another secret after 90 days at the latest",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.external.url, spec.external.publicUrl",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "we run the server: its address is that of its Service; users see publicUrl, else url",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.hostname",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "users see the address of the Service, in status and in Secrets too",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.service",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "the Service is called at port 8080",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.http",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "the server has no relative path",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.tls",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "the Service is called without TLS",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "spec.external.caSecret",
        writer: Party::Person,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        when_absent: "the system's authorities are trusted",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "Keycloak",
        field: "metadata.uid, metadata.deletionTimestamp",
        writer: Party::Person,
        readers: &[Party::Realm, Party::Client],
        when_absent: "the instance stays",
        rebuilt: "never lost; a Keycloak that is made anew has another uid, and its logins are others",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.available",
        writer: Party::Realm,
        readers: &[Party::Realm, Party::Client],
        when_absent: "waits: the realm is not there or not ours (RealmNotAvailable)",
        rebuilt: "by reading the realm and proving by its login Secret that it is ours",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.authorization.tokens",
        writer: Party::Realm,
        readers: &[Party::Realm, Party::Client],
        when_absent: "a token that is named cannot be checked: waits (RealmNotAvailable)",
        rebuilt: "from Secret <realmName>-realm-auth, those of named tokens, and their token.json; an entry that is in none is lost, one that is declared by its digest is made anew",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.authorization.secrets",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "no Secret with a named token is taken back; those of tokens in spec are found by their names",
        rebuilt: "from spec.authorization.tokens; a copy that nothing asks for any more is not found again",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.rotation",
        writer: Party::Realm,
        readers: &[Party::Person],
        when_absent: "nobody is told when the clients' login is made anew; what is due is read from its Secret",
        rebuilt: "at every pass, from the login's Secret",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.secretRotation",
        writer: Party::Realm,
        readers: &[Party::Person],
        when_absent: "secrets of clients do not expire, and one that is made anew takes the place of the one before at once",
        rebuilt: "at every pass in which the realm is there, from its client policies",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.owned",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "also where the ConfigMap that it names is gone or was changed by somebody else: everything is adopted; what is no longer declared is listed as unmanaged and never deleted",
        rebuilt: "by adoption",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.internalId",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "where the Secret of its login is gone too, the deletion of the object says nothing about a realm",
        rebuilt: "at every pass in which the realm is there",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.observedGeneration, status.reconcileStatus",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "a restart looks at the object at once, instead of at its resync",
        rebuilt: "at every pass",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.approvals",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "nothing is approved; the count begins anew at the time, so that no old approval is valid",
        rebuilt: "by asking again",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "status.drift",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "what something else changed, and still stands, is told once more",
        rebuilt: "by the next comparison; what was set back before is forgotten",
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "spec.realmName",
        writer: Party::Person,
        readers: &[Party::Client],
        when_absent: SPEC_IS_THERE,
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "spec.operatorRef",
        writer: Party::Person,
        readers: &[Party::Client],
        when_absent: SPEC_IS_THERE,
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "spec.authorization",
        writer: Party::Person,
        readers: &[Party::Realm, Party::Client],
        when_absent: "same namespace, the realm's token and RBAC `use` allow",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "spec.clientAuthorizationGrants",
        writer: Party::Person,
        readers: &[Party::Client],
        when_absent: "no namespace is granted by it; spec.authorization.grants says the same",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "spec.takeOver",
        writer: Party::Person,
        readers: &[Party::Client],
        when_absent: "same namespace and RBAC `adopt` allow",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakRealm",
        field: "metadata.uid",
        writer: Party::Person,
        readers: &[Party::Client],
        when_absent: "it is never absent",
        rebuilt: "never lost; a KeycloakRealm that is made anew has another uid, and another login in its realm",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.owned",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "also where the ConfigMap that it names is gone or was changed by somebody else: everything is adopted; what is no longer declared is listed as unmanaged and never deleted",
        rebuilt: "by adoption",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.approvals",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "nothing is approved; the count begins anew at the time, so that no old approval is valid",
        rebuilt: "by asking again",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.drift",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "what something else changed, and still stands, is told once more",
        rebuilt: "by the next comparison; what was set back before is forgotten",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.rotation",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "a request of spec.regenerateSecret counts as not served; with status.owned lost too, as served",
        rebuilt: "with the next request",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.realm, status.realmUid, status.keycloakInstance",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "when its KeycloakRealm object is gone, the client is left in Keycloak, with an Event",
        rebuilt: "at every pass while the KeycloakRealm object exists; once there is a client, realm and realmUid only with status.internalId",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.realmUid, status.internalId",
        writer: Party::Client,
        readers: &[Party::Realm, Party::Client],
        when_absent: "a realm that gives roles of the client waits for it (WaitingForClient); the client is not told of where \
                      the deletion of its realm waits for an approval; when the object is deleted, the client is looked for only if the object may use the realm or its Secret proves it",
        rebuilt: "at every pass in which the client is there",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.createdRoles",
        writer: Party::Client,
        readers: &[Party::Realm, Party::Client],
        when_absent: "a realm that gives a role of the client and waits for it looks for it at its resync",
        rebuilt: "at every pass after which the roles are there",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.observedGeneration, status.reconcileStatus",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "a restart looks at the object at once, instead of at its resync",
        rebuilt: "at every pass",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "spec.realmRef, spec.clientId",
        writer: Party::Person,
        readers: &[Party::Realm, Party::Client],
        when_absent: "they are required",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakClient",
        field: "status.credentialsSecret, status.childResources",
        writer: Party::Client,
        readers: &[Party::Client],
        when_absent: "a Secret of an earlier secretName, of before manageSecret: false, or of an output that left the spec, stays \
                      until the object is deleted",
        rebuilt: "from spec.secretName and spec.outputs at the next pass",
    },
    ContractField {
        kind: "KeycloakClient",
        field: "spec.serviceAccountRoles",
        writer: Party::Person,
        readers: &[Party::Realm, Party::Client],
        when_absent: "no roles are given",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakQuota",
        field: "spec",
        writer: Party::Person,
        readers: &[Party::Realm, Party::Client],
        when_absent: "nothing is limited",
        rebuilt: NOTHING_TO_REBUILD,
    },
    ContractField {
        kind: "KeycloakQuota",
        field: "status.realms",
        writer: Party::Realm,
        readers: &[Party::Realm],
        when_absent: "no slot is taken",
        rebuilt: "from the realms that exist, oldest first, before a new one gets a slot",
    },
    ContractField {
        kind: "KeycloakQuota",
        field: "status.clients",
        writer: Party::Client,
        readers: &[Party::Realm, Party::Client],
        when_absent: "no slot is taken",
        rebuilt: "from the clients that exist, oldest first, before a new one gets a slot",
    },
];

/// Every Secret that is handed over.
pub const SECRETS: &[ContractSecret] = &[
    ContractSecret {
        name: "<keycloak>-admin-credentials",
        holds: "the bootstrap administrator",
        keys: "username, password",
        writer: Party::Instance,
        readers: &[Party::Instance, Party::Person],
        rotation: "by people",
    },
    ContractSecret {
        name: "<keycloak>-realm-manager",
        holds: "a service account in master that may create realms",
        keys: "client-id, client-uuid, client-secret; while it is made anew client-secret-next",
        writer: Party::Instance,
        readers: &[Party::Realm],
        rotation: "scheduled, by annotation, and when it is lost or the server refuses it; needs the admin Secret, else RotationNeedsAdmin",
    },
    ContractSecret {
        name: "<keycloak>-client-manager-<hash>",
        holds: "a service account in one realm; the proof that the realm is ours",
        keys: "client-id, client-uuid, client-secret, realm, realm-id, namespace, name, uid; while it is made anew client-secret-next",
        writer: Party::Realm,
        readers: &[Party::Realm, Party::Client],
        rotation: "scheduled, by annotation, and when it is lost or the server refuses it",
    },
    ContractSecret {
        name: "<keycloak>-left-logins",
        holds: "which of these logins outlive the KeycloakRealm, until no KeycloakClient refers to it",
        keys: "one per login, by the name of its Secret",
        writer: Party::Realm,
        readers: &[Party::Realm],
        rotation: "never; a login that is not on it goes with its instance",
    },
    ContractSecret {
        name: "<keycloak>-auth-token",
        holds: "authorization tokens of an instance",
        keys: "token, token-previous, token.json",
        writer: Party::Instance,
        readers: &[Party::Instance, Party::Person],
        rotation: "scheduled, with overlap",
    },
    ContractSecret {
        name: "<realmName>-realm-auth",
        holds: "authorization tokens of a realm",
        keys: "token, token-previous, token.json",
        writer: Party::Realm,
        readers: &[Party::Realm, Party::Person],
        rotation: "scheduled, with overlap",
    },
    ContractSecret {
        name: "<object>-auth-token-<token>",
        holds: "a named token of an instance or a realm; beside it, or under the name that its entry gives, with the two other keys, elsewhere a copy with the first alone",
        keys: "token, token-previous, token.json",
        writer: Party::Instance,
        readers: &[Party::Instance, Party::Realm, Party::Client, Party::Person],
        rotation: "scheduled, with overlap; that of a realm by the realm controller",
    },
    ContractSecret {
        name: "<client>-credentials, or secretName",
        holds: "what an application needs to log in",
        keys: "client-id, client-secret, keycloak-url, realm, token-endpoint, userinfo-endpoint, jwks-endpoint, issuer, or as \
               spec.secretKeys calls them",
        writer: Party::Client,
        readers: &[Party::Client, Party::Application],
        rotation: "as spec.regenerateSecret asks, when somebody makes a new secret in Keycloak, and when the Secret of \
                   spec.clientSecret changes",
    },
    ContractSecret {
        name: "spec.outputs[].name of a client",
        holds: "the same values, for programs that look for other keys or for whole files",
        keys: "those of its preset and of data",
        writer: Party::Client,
        readers: &[Party::Client, Party::Application],
        rotation: "with the Secret above",
    },
    ContractSecret {
        name: "cloakroom-record-key",
        holds: "the key of hashes of values that come from Secrets, and of the seals of records in ConfigMaps; in the controllers' namespace",
        keys: "key, id",
        writer: Party::Instance,
        readers: &[Party::Instance, Party::Realm, Party::Client],
        rotation: "never; whichever controller needs it first makes it",
    },
];

/// Every link between objects of Keycloak.
pub const LINKS: &[Link] = &[
    Link {
        link: "realm role in a realm role (composite)",
        kind: "KeycloakRealm",
        fields: &[
            "spec.roles.realmRoles[].compositeRoles",
            "spec.defaultRole.compositeRoles",
            "spec.defaultRoles",
        ],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "client role in a realm role (composite)",
        kind: "KeycloakRealm",
        fields: &["spec.roles.realmRoles[].compositeClientRoles", "spec.defaultRole.compositeClientRoles"],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "realm role or client role to a group",
        kind: "KeycloakRealm",
        fields: &["spec.groups[].realmRoles", "spec.groups[].clientRoles"],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "realm role to a client or client scope (scope mapping)",
        kind: "KeycloakRealm",
        fields: &["spec.scopeMappings"],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "client role to a client or client scope (scope mapping)",
        kind: "KeycloakRealm",
        fields: &["spec.clientScopeMappings"],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "client scope to a realm (default, optional)",
        kind: "KeycloakRealm",
        fields: &["spec.defaultClientScopes", "spec.optionalClientScopes"],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "group to a realm (default group)",
        kind: "KeycloakRealm",
        fields: &["spec.defaultGroups"],
        executed_by: Party::Realm,
        because: "",
    },
    Link {
        link: "client role in a role of the same client (composite)",
        kind: "KeycloakClient",
        fields: &["spec.roles[].compositeClientRoles"],
        executed_by: Party::Client,
        because: "",
    },
    Link {
        link: "client scope to a client (default, optional)",
        kind: "KeycloakClient",
        fields: &["spec.defaultClientScopes", "spec.optionalClientScopes"],
        executed_by: Party::Client,
        because: "",
    },
    Link {
        link: "client role to a service account",
        kind: "KeycloakClient",
        fields: &["spec.serviceAccountRoles.clientRoles"],
        executed_by: Party::Client,
        because: "",
    },
    Link {
        link: "realm role or role of realm-management to a service account",
        kind: "KeycloakClient",
        fields: &["spec.serviceAccountRoles"],
        executed_by: Party::Realm,
        because: "the client login lacks the right; the realm controller checks the guards",
    },
];

/// The page `docs/contract.md`.
pub fn render() -> String {
    let mut page = String::from(
        "<!-- Made by `cargo xtask generate` from crates/keycloak-crds/src/contract.rs. Do not edit. -->\n\
         # The contract between the controllers\n\n\
         The instance, realm and client controllers never call each other. They speak through spec, status and Secrets,\n\
         and only through what stands here. A change of one of these fields wakes the objects that read it; conditions\n\
         and messages wake nobody and are never read to decide. Status of another namespace is a hint, not proof.\n\n\
         *Not yet* marks what no controller acts on: its fields are refused at admission with a sentence (see\n\
         [reference/api.md](reference/api.md)), and its status is never written.\n\n\
         ## Fields\n\n\
         | Kind | Field | Acted on | Written by | Read by | When absent | How it is rebuilt |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in FIELDS {
        let ContractField { kind, field, writer, readers, when_absent, rebuilt } = row;
        let _ = writeln!(
            page,
            "| {kind} | `{field}` | {} | {} | {} | {when_absent} | {rebuilt} |",
            mark(row.is_acted_on()),
            writer.as_str(),
            parties(readers)
        );
    }
    page.push_str(
        "\n## Secrets\n\n\
         | Name | Holds | Keys | Written by | Read by | Made anew |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in SECRETS {
        let ContractSecret { name, holds, keys, writer, readers, rotation } = row;
        let _ = writeln!(
            page,
            "| `{name}` | {holds} | {keys} | {} | {} | {rotation} |",
            writer.as_str(),
            parties(readers)
        );
    }
    page.push_str(
        "\n`<hash>` is over namespace, name and uid of the KeycloakRealm; it is computed, never read from status.\n\
         Nobody watches Secrets: what stands in one is read again at the resync, ten a second in all by each controller; a pass over\n\
         an object that somebody edits reads at once.\n\n\
         ## Links\n\n\
         A link belongs to the object that holds it. Where two objects declare the same link, it stays until the holder\n\
         gives it up.\n\n\
         | Link | Declared in | Acted on | Executed by | Because |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for row in LINKS {
        let Link { link, kind, fields, executed_by, because } = row;
        let (fields, acted_on) = (fields.join(", "), mark(row.is_acted_on()));
        let _ = writeln!(
            page,
            "| {link} | {kind} {fields} | {acted_on} | {} | {because} |",
            executed_by.as_str()
        );
    }
    page
}

const fn mark(acted_on: bool) -> &'static str {
    if acted_on { "yes" } else { "*not yet*" }
}

fn parties(list: &[Party]) -> String {
    list.iter().map(|party| party.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
