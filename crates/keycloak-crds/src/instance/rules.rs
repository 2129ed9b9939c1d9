//! What the API server refuses in a Keycloak object, and what the user reads.

use crate::rule::Rule;

/// About the object's own name.
pub const ROOT: &[Rule] = &[Rule::new(
    "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
    "metadata.name becomes part of names of Services, so it must be at most 40 lower case letters, digits and '-', \
     beginning with a letter, for example 'keycloak'",
)];

/// About the spec as a whole.
pub const SPEC: &[Rule] = &[
    Rule::new(
        "has(self.database) || has(self.external)",
        "say where the server keeps its data with database (a server that we run), or where it runs with external",
    )
    .at(".database")
    .required(),
    Rule::new(
        "!has(self.external) || !(has(self.database) || has(self.image) || has(self.service) || has(self.ingress) || \
         has(self.tls) || has(self.resources) || has(self.env) || has(self.envVars) || has(self.jvmOptions) || \
         has(self.serviceAccount) || has(self.startupProbe) || has(self.livenessProbe) || has(self.readinessProbe) || \
         has(self.podSecurityContext) || has(self.securityContext) || has(self.hostname) || has(self.proxy) || \
         has(self.http) || has(self.optimized))",
        "with external nothing is deployed, so database, image, service, ingress, tls, resources, env, envVars, \
         jvmOptions, serviceAccount, probes, security contexts, hostname, proxy, http and optimized have no effect; \
         remove them, or remove external",
    )
    .at(".external"),
    // The schema's default cannot be told from a 1 that somebody wrote.
    Rule::new(
        "!has(self.external) || !has(self.replicas) || self.replicas == 1",
        "with external nothing is deployed, so there is nothing to scale; remove replicas, and scale the server where it runs",
    )
    .at(".replicas"),
    Rule::new(
        "has(self.external) == has(oldSelf.external)",
        "a server that we run (database) cannot become one that runs elsewhere (external), nor the other way round: its pods \
         would be left behind; create a second Keycloak of another name and name it in operatorRef, or delete this one (its \
         database stays) and create it anew",
    )
    .at(".external"),
    Rule::new(
        "!has(self.external) || (has(self.admin) && has(self.admin.existingSecret))",
        "with external, admin.existingSecret must name the Secret with the login of an administrator, for example \
         admin: {existingSecret: keycloak-admin}",
    )
    .at(".admin")
    .required(),
    Rule::new(
        "!has(self.admin) || !has(self.admin.grantRealms) || has(self.admin.existingSecret)",
        "admin.grantRealms is done with the login of an administrator; name its Secret in admin.existingSecret",
    )
    .at(".admin"),
    Rule::new(
        "!has(oldSelf.logins) || has(self.logins)",
        "logins cannot be removed: the Secrets would be left where nobody looks for them; leave it as it is, or delete this \
         Keycloak and create it anew",
    )
    .at(".logins"),
    Rule::new(
        "!has(self.version) || !has(self.keycloakVersion)",
        "version and keycloakVersion mean the same; write only version",
    )
    .at(".version"),
    Rule::new(
        "!has(self.image) || !self.image.matches(':([0-9]|1[0-9]|2[0-5])([.-][^/:@]*)?(@[^/]*)?$')",
        "image has a tag of Keycloak 25 or older; 26.4 and later are supported, for example \
         quay.io/keycloak/keycloak:26.7.3",
    )
    .at(".image"),
    Rule::new(
        "!has(self.serviceAccount) || self.serviceAccount.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')",
        "serviceAccount must be the name of a ServiceAccount in this namespace, for example keycloak",
    )
    .at(".serviceAccount"),
    Rule::new(
        "!has(self.env) || !has(self.envVars) || !self.envVars.exists(e, e.name in self.env)",
        "a variable stands in env and in envVars; write it in one of them",
    )
    .at(".envVars"),
];

/// About `logins`.
pub const LOGINS: &[Rule] = &[
    Rule::new(
        "self.__namespace__.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        "logins.namespace must be the name of a namespace: lower case letters, digits and '-', for example cloakroom-logins",
    )
    .at(".namespace"),
    Rule::new(
        "self.__namespace__ == oldSelf.__namespace__",
        "logins.namespace cannot be changed: the Secrets would be left where nobody looks for them; leave it as it is, or \
         delete this Keycloak and create it anew",
    )
    .at(".namespace"),
];

/// About `loginRotation.rotationPeriod`.
pub const ROTATION_PERIOD: &[Rule] = &[Rule::new(
    "self.matches('^[1-9][0-9]{0,3}[hd]$')",
    "rotationPeriod must be a whole number of hours or days, from 1h to 9999d, for example 90d; to make nothing anew by time, \
     write loginRotation: {enabled: false}",
)];

/// About `database`.
pub const DATABASE: &[Rule] = &[
    Rule::new(
        "!has(self.type) || self.type in ['postgresql', 'mysql', 'mariadb', 'oracle', 'mssql']",
        "type must be postgresql, mysql, mariadb, oracle or mssql; h2 (dev-file, dev-mem) would lose its data with the pod",
    )
    .at(".type"),
    Rule::new(
        "[has(self.host) || has(self.database) || has(self.username) || has(self.passwordSecret) || \
         has(self.credentialsSecret), has(self.cnpg), has(self.cnpgCluster), has(self.managed), \
         has(self.external)].exists_one(form, form)",
        "say in exactly one way where the database is: host and database, or one of cnpg, cnpgCluster, managed, external",
    ),
    Rule::new(
        "has(self.cnpg) || has(self.cnpgCluster) || has(self.managed) || has(self.external) || \
         (has(self.host) && has(self.database))",
        "host and database are required, for example host: postgres.keycloak-system.svc.cluster.local, database: keycloak",
    )
    .at(".host")
    .required(),
    Rule::new(
        "has(self.cnpg) || has(self.cnpgCluster) || has(self.managed) || has(self.external) || has(self.username) || \
         has(self.credentialsSecret)",
        "say how to log in to the database: username with passwordSecret, or credentialsSecret, a Secret with the keys \
         username and password",
    )
    .at(".username")
    .required(),
    Rule::new(
        "!has(self.credentialsSecret) || (!has(self.username) && !has(self.passwordSecret))",
        "credentialsSecret holds user name and password; remove username and passwordSecret, or remove credentialsSecret",
    )
    .at(".credentialsSecret"),
    // Keycloak's issue 49256: the address of Oracle has had properties since 26.7.0 only.
    Rule::new(
        "!has(self.connectionParams) || !has(self.type) || self.type != 'oracle'",
        "Keycloak before 26.7 leaves connectionParams out of the address of an Oracle database; remove them, and write what \
         the driver needs as Java properties into jvmOptions, for example -Doracle.jdbc.ReadTimeout=60000",
    )
    .at(".connectionParams"),
    Rule::new(
        "!has(self.sslMode) || !has(self.type) || self.type != 'oracle'",
        "sslMode does not exist for Oracle; remove it, and write what the driver needs as Java properties into jvmOptions, \
         for example -Doracle.net.ssl_server_dn_match=true",
    )
    .at(".sslMode"),
];

/// About `database.connectionPool`.
pub const CONNECTION_POOL: &[Rule] = &[
    Rule::new(
        "!has(self.minConnections) || self.minConnections <= (has(self.maxConnections) ? self.maxConnections : 20)",
        "minConnections is larger than maxConnections (20 where it is not given)",
    )
    .at(".minConnections"),
    Rule::new(
        "!has(self.connectionTimeout) || self.connectionTimeout.matches('^[0-9]{1,9}(ms|s|m)$')",
        "connectionTimeout must be a number with ms, s or m, for example 30s",
    )
    .at(".connectionTimeout"),
];

/// About addresses of servers.
pub const URL: &[Rule] = &[Rule::new(
    "self.matches('^https?://[^/?#@ ]+(/[^?# ]*)?$')",
    "must be an address that begins with https:// or http://, with a host and perhaps a path, without user, query and \
     fragment, for example https://sso.example.com/auth",
)];

/// About `hostname`.
pub const HOSTNAME: &[Rule] = &[
    Rule::new(
        "!has(self.hostname) || self.hostname.matches('^(https?://[^/?#@ ]+(/[^?# ]*)?|[^/:?#@ ]+)$')",
        "hostname must be a host name or an address, for example auth.example.com or https://auth.example.com",
    )
    .at(".hostname"),
    Rule::new(
        "!has(self.admin) || (has(self.hostname) && self.hostname.startsWith('http') && self.hostname.contains('://'))",
        "hostname.admin needs hostname.hostname as an address, for example https://auth.example.com: Keycloak demands it",
    )
    .at(".admin"),
    Rule::new(
        "!has(self.admin) || self.admin.matches('^https?://[^/?#@ ]+(/[^?# ]*)?$')",
        "hostname.admin must be an address, for example https://admin.example.com",
    )
    .at(".admin"),
    Rule::new(
        "!has(self.backchannelDynamic) || !self.backchannelDynamic || (has(self.hostname) && \
         self.hostname.startsWith('http') && self.hostname.contains('://'))",
        "hostname.backchannelDynamic needs hostname.hostname as an address, for example https://auth.example.com: \
         Keycloak demands it",
    )
    .at(".backchannelDynamic"),
    Rule::new(
        "!has(self.strict) || !self.strict || has(self.hostname)",
        "hostname.strict needs hostname.hostname, for example https://auth.example.com",
    )
    .at(".strict"),
];

/// About `resources.requests` and `resources.limits`.
pub const QUANTITIES: &[Rule] = &[Rule::new(
    "self.all(name, isQuantity(string(self[name])))",
    "values must be Kubernetes quantities, for example 500m, \"2\" or 1Gi",
)];
