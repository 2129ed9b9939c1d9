//! CEL rules with sentences: what the API server refuses, and what the user reads.
//!
//! A rule stands beside the struct or field it is about. Rules of one kind are in `instance/rules.rs`,
//! `realm/rules.rs` and so on; here are those that several kinds share, and the form of the list of fields that
//! no controller acts on yet.

use serde::Serialize;

/// The machine-readable cause in the API server's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Cause {
    /// The value is wrong. The API server's default.
    FieldValueInvalid,
    /// The field may not be set at all.
    FieldValueForbidden,
    /// The field is missing.
    FieldValueRequired,
}

/// One entry of `x-kubernetes-validations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// CEL expression that is true for what is allowed.
    pub rule: &'static str,
    /// What the user reads: what is wrong and what to write instead.
    pub message: &'static str,
    /// The field below the rule's place that the answer names. Example: `.realmName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_path: Option<&'static str>,
    /// Cause in the answer; absent means [`Cause::FieldValueInvalid`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cause>,
}

impl Rule {
    /// A rule about the value it stands at.
    pub const fn new(rule: &'static str, message: &'static str) -> Self {
        Self { rule, message, field_path: None, reason: None }
    }

    /// The same rule, answered in the name of one field below.
    #[must_use]
    pub const fn at(mut self, field_path: &'static str) -> Self {
        self.field_path = Some(field_path);
        self
    }

    /// The same rule, with "Forbidden" in the answer: for fields that may not be set.
    #[must_use]
    pub const fn forbidden(mut self) -> Self {
        self.reason = Some(Cause::FieldValueForbidden);
        self
    }

    /// The same rule, with "Required value" in the answer: for fields that must be set.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.reason = Some(Cause::FieldValueRequired);
        self
    }
}

/// A field of the API that no controller acts on yet. It is refused at admission, so that nothing is accepted
/// and ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBuiltYet {
    /// Path from the root, with `[]` for the items of a list; everything below it is meant too.
    /// Example: `spec.settings.consentRequired`.
    pub path: &'static str,
    /// What has to exist before the field is acted on; empty for what will never be. Example: `consent settings`.
    pub comes_with: &'static str,
    /// What to write or do instead, a whole sentence. Example: `Remove the field.`
    pub instead: &'static str,
    /// CEL expression, over the object that holds the field, that is true for values that ask for nothing and are
    /// therefore accepted. Example: `!self.ingress.enabled`.
    pub harmless: Option<&'static str>,
}

impl NotBuiltYet {
    /// A field that is refused whatever its value.
    pub const fn new(path: &'static str, comes_with: &'static str, instead: &'static str) -> Self {
        Self { path, comes_with, instead, harmless: None }
    }

    /// A field that will never be acted on, because the server has nothing of the kind: the sentence begins with the
    /// field's name and goes on with these words.
    pub const fn never(path: &'static str, why: &'static str) -> Self {
        Self { path, comes_with: "", instead: why, harmless: None }
    }

    /// The same entry, except for values that ask for nothing.
    #[must_use]
    pub const fn unless(mut self, harmless: &'static str) -> Self {
        self.harmless = Some(harmless);
        self
    }

    /// The sentence the user reads.
    pub fn sentence(&self) -> String {
        let field = self.path.strip_prefix("spec.").unwrap_or(self.path);
        if self.comes_with.is_empty() {
            return format!("{field} {}", self.instead);
        }
        format!("{field} is not built yet. {}", self.instead)
    }
}

/// Names of Secrets that an object refers to.
pub const SECRET_NAME: &[Rule] = &[Rule::new(
    "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
    "must be the name of a Secret in this namespace: lower case letters, digits, '-' and '.', for example 'acme-smtp'",
)];

/// Keys of Secrets.
pub const SECRET_KEY: &[Rule] = &[Rule::new(
    "self.matches('^[-._a-zA-Z0-9]+$')",
    "must be a key of a Secret: letters, digits, '-', '_' and '.', for example 'password'",
)];

/// Names of tokens.
pub const TOKEN_NAME: &[Rule] = &[Rule::new(
    "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    "becomes part of the names of Secrets: write lower case letters, digits and '-', for example 'acme'",
)];

/// How long tokens are valid. That a number of six digits is too large is found by the controller.
pub const TOKEN_LIFETIME: &[Rule] = &[Rule::new(
    "self.matches('^0*(4[89]|[5-9][0-9]|[1-9][0-9]{2,5})h$|^0*([2-9]|[1-9][0-9]{1,5})d$')",
    "must be a number with h or d, from 48h to 36500d, for example 30d",
)];

/// Tokens beside the one that every instance and realm has.
pub const NAMED_TOKEN: &[Rule] = &[
    Rule::new(
        "has(self.id) == has(self.digest) && has(self.id) == has(self.expiresAt)",
        "a token that something else makes is declared by id, digest and expiresAt; write all three, or none of them",
    )
    .at(".id"),
    Rule::new(
        "!has(self.id) || !(has(self.secretName) || has(self.lifetime) || (has(self.deliver) && self.deliver))",
        "the token of this id is kept by something else, so secretName, lifetime and deliver have no effect; remove them, or \
         remove id, digest and expiresAt",
    )
    .at(".id"),
    Rule::new(
        "!has(self.deliver) || !self.deliver || has(self.namespaces)",
        "deliver needs namespaces: the token is copied into those of them that carry the label \
         keycloak.mdvr.nl/accept-tokens: \"true\"",
    )
    .at(".deliver"),
];

/// `operatorRef` points at the same instance for ever.
pub const OPERATOR_REF: &[Rule] = &[
    Rule::new(
        "self.__namespace__ == oldSelf.__namespace__",
        "operatorRef.namespace cannot be changed, a realm stays on its instance; to move it, create a second \
         KeycloakRealm on the other instance, or delete this one with deletionPolicy Retain and create it anew with adopt",
    )
    .at(".namespace"),
    Rule::new(
        "self.name == oldSelf.name",
        "operatorRef.name cannot be changed, a realm stays on its instance; to move it, create a second KeycloakRealm \
         on the other instance, or delete this one with deletionPolicy Retain and create it anew with adopt",
    )
    .at(".name"),
];

/// `realmRef` points at the same realm for ever.
pub const REALM_REF: &[Rule] = &[
    Rule::new(
        "self.name == oldSelf.name",
        "realmRef.name cannot be changed, a client stays in its realm; create a second KeycloakClient in the other \
         realm and delete this one",
    )
    .at(".name"),
    Rule::new(
        "self.__namespace__ == oldSelf.__namespace__",
        "realmRef.namespace cannot be changed, a client stays in its realm; create a second KeycloakClient in the \
         other realm and delete this one",
    )
    .at(".namespace"),
];

/// Attributes of realms and clients.
pub const ATTRIBUTES: &[Rule] = &[Rule::new(
    "!self.exists(name, name.startsWith('kubernetes.operator.'))",
    "attributes beginning with kubernetes.operator. are the mark by which owners of objects are told apart, and are \
     written by the controllers only; remove them",
)];
