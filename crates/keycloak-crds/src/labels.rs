//! Names of labels, annotations, finalizers and marks. Those of the seed keep their names and values.

/// Prefix of all labels and annotations.
pub const PREFIX: &str = "keycloak.mdvr.nl/";

/// Labels on objects we write.
pub mod label {
    /// Who made the object; the value is [`MANAGED_BY_VALUE`].
    pub const MANAGED_BY: &str = "keycloak.mdvr.nl/managed-by";
    /// Value of [`MANAGED_BY`], as the seed wrote it.
    pub const MANAGED_BY_VALUE: &str = "keycloak-operator";
    /// Name of the Keycloak object that a child belongs to.
    pub const INSTANCE: &str = "keycloak.mdvr.nl/instance";
    /// The uid of the Keycloak object that a login goes with, where it stands in another namespace: by it the logins are found
    /// when the object goes.
    pub const INSTANCE_UID: &str = "keycloak.mdvr.nl/instance-uid";
    /// Part of the system, see [`super::Component`].
    pub const COMPONENT: &str = "keycloak.mdvr.nl/component";
    /// The client a credentials Secret is of; a hash where the client id is no label value.
    pub const CLIENT: &str = "keycloak.mdvr.nl/client";
    /// The realm a Secret is of; a hash where the realm's name is no label value.
    pub const REALM: &str = "keycloak.mdvr.nl/realm";
    /// What a Secret holds, on Secrets of clients `client-credentials`.
    pub const SECRET_TYPE: &str = "keycloak.mdvr.nl/secret-type";
    /// The uid of the CR that a Secret belongs to; without it a Secret is not ours to write.
    pub const OWNER_UID: &str = "keycloak.mdvr.nl/owner-uid";
    /// Name of the token of `spec.authorization.tokens` that a Secret holds.
    pub const TOKEN: &str = "keycloak.mdvr.nl/token";
    /// On a namespace, with the value `true`: tokens whose scope holds it may be copied here.
    pub const ACCEPT_TOKENS: &str = "keycloak.mdvr.nl/accept-tokens";
}

/// Annotations that we read or write.
pub mod annotation {
    /// On a CR: the hash of waiting steps that may run.
    pub const APPROVE: &str = "keycloak.mdvr.nl/approve";
    /// On a CR in deletion: `"true"` drops the finalizer and leaves Keycloak alone.
    pub const ABANDON: &str = "keycloak.mdvr.nl/abandon";
    /// On a CR: any new value forces a pass.
    pub const RECONCILE_AT: &str = "keycloak.mdvr.nl/reconcile-at";
    /// On a Keycloak or a KeycloakRealm: any new value has our login in it made anew at once.
    pub const ROTATE_LOGIN: &str = "keycloak.mdvr.nl/rotate-login";
    /// On the Secret of a login of ours: when the secret in use was made, as RFC 3339 writes it.
    pub const ROTATED_AT: &str = "keycloak.mdvr.nl/rotated-at";
    /// On the Secret of a login of ours: the value of [`ROTATE_LOGIN`] that was served last.
    pub const ROTATION_SERVED: &str = "keycloak.mdvr.nl/rotation-served";
    /// On a Secret: which kinds or objects may name it, where consent is by label.
    pub const READABLE_BY: &str = "keycloak.mdvr.nl/readable-by";
    /// On a credentials Secret: `confidential` or `public`.
    pub const CLIENT_TYPE: &str = "keycloak.mdvr.nl/client-type";
    /// On a credentials Secret: that a controller wrote it for this client of this realm, as a keyed hash. Labels can be written by
    /// whoever may write Secrets; this cannot, so only with it the Secret proves whose a client without a mark is.
    pub const PROOF: &str = "keycloak.mdvr.nl/proof";
    /// On a credentials Secret: generation of the KeycloakClient whose `regenerateSecret` made its value, so that the same
    /// request makes no second one.
    pub const REGENERATED: &str = "keycloak.mdvr.nl/regenerated";
    /// On a Secret of a client: names of the keys, labels and annotations that were written as its KeycloakClient asks, beyond those
    /// that each has: by it they are found again when the object no longer asks for them.
    pub const WRITTEN: &str = "keycloak.mdvr.nl/written";
}

/// Finalizers of our own; an object with one of the seed's and none of ours is a seed object.
pub mod finalizer {
    /// On every kind that has something to take down.
    pub const TEARDOWN: &str = "keycloak.mdvr.nl/teardown";
    /// The seed's on Keycloak.
    pub const SEED_INSTANCE: &str = "keycloak.mdvr.nl/cleanup";
    /// The seed's on KeycloakRealm.
    pub const SEED_REALM: &str = "keycloak.mdvr.nl/realm-cleanup";
    /// The seed's on KeycloakClient.
    pub const SEED_CLIENT: &str = "keycloak.mdvr.nl/client-cleanup";
}

/// Keys of the mark in attributes of realms and clients in Keycloak.
pub mod mark {
    /// Prefix of all keys; refused in `attributes` and `extra`.
    pub const PREFIX: &str = "kubernetes.operator.";
    /// Uid of the CR. The seed's.
    pub const UID: &str = "kubernetes.operator.uid";
    /// Namespace of the CR. The seed's.
    pub const NAMESPACE: &str = "kubernetes.operator.namespace";
    /// Name of the CR. The seed's.
    pub const NAME: &str = "kubernetes.operator.name";
    /// When the seed marked the object; read at takeover, never written.
    pub const SEED_TIMESTAMP: &str = "kubernetes.operator.timestamp";
    /// Uid of the CR's namespace.
    pub const NAMESPACE_UID: &str = "kubernetes.operator.namespace-uid";
    /// Id of the cluster: uid of kube-system, or `--cluster-id`.
    pub const CLUSTER_ID: &str = "kubernetes.operator.cluster-id";
}

/// Values of [`label::COMPONENT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Component {
    /// The server's workload.
    Server,
    /// Its Services.
    Service,
    /// Its Ingress.
    Ingress,
    /// The bootstrap admin's Secret.
    AdminCredentials,
    /// The Secret an application reads.
    ClientCredentials,
    /// Secrets of our own logins.
    Login,
    /// Secrets with authorization tokens.
    AuthorizationToken,
    /// ConfigMaps with a record of what was applied.
    Record,
}

impl Component {
    /// The label's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Service => "service",
            Self::Ingress => "ingress",
            Self::AdminCredentials => "admin-credentials",
            Self::ClientCredentials => "client-credentials",
            Self::Login => "login",
            Self::AuthorizationToken => "authorization-token",
            Self::Record => "record",
        }
    }
}
