//! Which fields of a Keycloak are acted on. Every other one is refused.

use crate::rule::NotBuiltYet;

/// Fields that the instance controller acts on; `.**` stands for everything below, in Kubernetes' own types.
pub const ACTED_ON: &[&str] = &[
    "spec.admin.account",
    "spec.admin.existingSecret",
    "spec.admin.grantRealms",
    "spec.authorization.deny[].namespaceSelector.matchExpressions[].key",
    "spec.authorization.deny[].namespaceSelector.matchExpressions[].operator",
    "spec.authorization.deny[].namespaceSelector.matchExpressions[].values",
    "spec.authorization.deny[].namespaceSelector.matchLabels",
    "spec.authorization.deny[].namespaces",
    "spec.authorization.grants[].namespaceSelector.matchExpressions[].key",
    "spec.authorization.grants[].namespaceSelector.matchExpressions[].operator",
    "spec.authorization.grants[].namespaceSelector.matchExpressions[].values",
    "spec.authorization.grants[].namespaceSelector.matchLabels",
    "spec.authorization.grants[].namespaces",
    "spec.authorization.limits[].names",
    "spec.authorization.limits[].namespaceSelector.matchExpressions[].key",
    "spec.authorization.limits[].namespaceSelector.matchExpressions[].operator",
    "spec.authorization.limits[].namespaceSelector.matchExpressions[].values",
    "spec.authorization.limits[].namespaceSelector.matchLabels",
    "spec.authorization.limits[].namespaces",
    "spec.authorization.revoked",
    "spec.authorization.sameNamespace",
    "spec.database.connectionParams",
    "spec.database.connectionPool.connectionTimeout",
    "spec.database.connectionPool.maxConnections",
    "spec.database.connectionPool.minConnections",
    "spec.database.credentialsSecret",
    "spec.database.database",
    "spec.database.host",
    "spec.database.passwordSecret.key",
    "spec.database.passwordSecret.name",
    "spec.database.port",
    "spec.database.sslMode",
    "spec.database.type",
    "spec.database.username",
    "spec.env",
    "spec.envVars.**",
    "spec.external.caSecret.key",
    "spec.external.caSecret.name",
    "spec.external.publicUrl",
    "spec.external.url",
    "spec.hostname.admin",
    "spec.hostname.backchannelDynamic",
    "spec.hostname.hostname",
    "spec.hostname.strict",
    "spec.image",
    "spec.jvmOptions",
    "spec.keycloakVersion",
    "spec.livenessProbe.**",
    "spec.logins.namespace",
    "spec.management",
    "spec.podSecurityContext.**",
    "spec.proxy.headers",
    "spec.readinessProbe.**",
    "spec.replicas",
    "spec.resources.limits",
    "spec.resources.requests",
    "spec.securityContext.**",
    "spec.service.annotations",
    "spec.service.httpPort",
    "spec.service.type",
    "spec.serviceAccount",
    "spec.startupProbe.**",
    "spec.suspend",
    "spec.takeOver[].clusterId",
    "spec.takeOver[].names",
    "spec.takeOver[].namespaces",
    "spec.version",
];

/// Fields that are refused until the thing they are about exists.
pub const NOT_BUILT_YET: &[NotBuiltYet] = &[
    NotBuiltYet::new(
        "spec.authorization.limits[].allowed",
        "limits of what realms ask for",
        "Remove the field; a realm asks for nothing that it could allow, and what clients may ask for stands in the limits of \
         their KeycloakRealm.",
    ),
    NotBuiltYet::new(
        "spec.authorization.limits[].maxObjects",
        "exact counts of objects",
        "Remove the field; how many realms a namespace may have says maxRealms of a KeycloakQuota there.",
    ),
    NotBuiltYet::new(
        "spec.authorization.tokens",
        "named tokens",
        "Remove the list, or write []; a namespace may use the object's one token, a grant, or RBAC with the verb 'use'.",
    )
    .unless("self.tokens.size() == 0"),
    NotBuiltYet::new(
        "spec.cacheIsolation",
        "upgrades of running servers",
        "Remove the field; servers of one Keycloak object share their caches, and no others.",
    ),
    NotBuiltYet::new(
        "spec.database.cnpg",
        "CloudNativePG",
        "Write host: <cluster>-rw, database: app and credentialsSecret: <cluster>-app instead.",
    ),
    NotBuiltYet::new(
        "spec.database.cnpgCluster",
        "CloudNativePG",
        "Write host: <cluster>-rw, database: app and credentialsSecret: <cluster>-app instead.",
    ),
    NotBuiltYet::new(
        "spec.database.external",
        "the other forms of database",
        "Write its fields directly below database: host, port, database, credentialsSecret.",
    ),
    NotBuiltYet::new(
        "spec.database.managed",
        "snapshots before upgrades",
        "Write host, port, database and credentialsSecret directly below database.",
    ),
    NotBuiltYet::new(
        "spec.database.migrationStrategy",
        "upgrades of running servers",
        "Only auto is possible: the server changes the schema at its start; write auto or remove the field.",
    )
    .unless("self.migrationStrategy == 'auto'"),
    NotBuiltYet::new(
        "spec.http",
        "relative paths of servers that we run",
        "Remove the field; everything is served below /.",
    ),
    NotBuiltYet::new(
        "spec.ingress",
        "routes to the server",
        "Remove the field, or write enabled: false, and create an Ingress for the Service <name>-keycloak yourself.",
    )
    .unless("!has(self.ingress.enabled) || !self.ingress.enabled"),
    NotBuiltYet::new(
        "spec.maintenanceMode",
        "maintenance",
        "Remove the field, or write enabled: false.",
    )
    .unless("!has(self.maintenanceMode.enabled) || !self.maintenanceMode.enabled"),
    NotBuiltYet::new(
        "spec.operatorRef",
        "several installations of the controllers in one cluster",
        "Remove the field; the only installation looks after every Keycloak object.",
    ),
    NotBuiltYet::new(
        "spec.optimized",
        "optimized images",
        "Remove the field, or write false; the server builds itself at its start.",
    )
    .unless("!self.optimized"),
    NotBuiltYet::new(
        "spec.realmCapacity",
        "limits",
        "Remove the field; how many realms a namespace may have says maxRealms of a KeycloakQuota there.",
    ),
    NotBuiltYet::new(
        "spec.service.httpsPort",
        "TLS in the pod",
        "Remove the field; the Service has the HTTP port.",
    ),
    NotBuiltYet::new(
        "spec.tls",
        "TLS in the pod",
        "Remove the field, or write enabled: false, and end TLS at your Ingress or load balancer.",
    )
    .unless("!has(self.tls.enabled) || !self.tls.enabled"),
    NotBuiltYet::new(
        "spec.tracing",
        "traces of the server",
        "Remove the field, or write enabled: false, and set KC_TRACING_ENABLED and its companions in env.",
    )
    .unless("!has(self.tracing.enabled) || !self.tracing.enabled"),
    NotBuiltYet::new(
        "spec.upgradePolicy",
        "upgrades of running servers",
        "Remove the field; a new image replaces the pods one by one.",
    ),
];
