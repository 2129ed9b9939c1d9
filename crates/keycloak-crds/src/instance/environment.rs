//! Variables of the container that belong to a field or to the controller, in one table: whoever writes one into `env` or
//! `envVars` reads what to write instead. All others are free.
//!
//! Names are those of Keycloak 26.4 to 26.7. Keycloak reads an option from `KC_<OPTION>`, and its value literally from
//! `KCRAW_<OPTION>`.

use std::sync::LazyLock;

use crate::rule::Rule;

/// Variables that belong together, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Options of Keycloak, as they stand behind `KC_` and `KCRAW_`. Example: `DB_URL_HOST`.
    pub options: &'static [&'static str],
    /// Other variables, in full. Example: `KEYCLOAK_ADMIN`.
    pub others: &'static [&'static str],
    /// What to write instead, a sentence for people.
    pub instead: &'static str,
}

impl Taken {
    /// The row that a variable is in; `None` for one that is free.
    pub fn find(name: &str) -> Option<&'static Self> {
        TAKEN.iter().find(|taken| taken.names().any(|taken| taken == name))
    }

    fn names(&self) -> impl Iterator<Item = String> {
        let options = self.options.iter();
        let options = options.flat_map(|option| [format!("KC_{option}"), format!("KCRAW_{option}")]);
        options.chain(self.others.iter().map(|&other| other.to_owned()))
    }

    /// The rule about a collection whose items have their name at `name`; `one` is the item.
    fn rule(&self, name: &str) -> Rule {
        let names: Vec<String> = self.names().map(|name| format!("'{name}'")).collect();
        let expression = format!("!self.exists(one, {name} in [{}])", names.join(", "));
        // Made once per process, from a table that does not grow.
        Rule::new(expression.leak(), self.instead)
    }
}

/// About `env`.
pub static ENV: LazyLock<Vec<Rule>> = LazyLock::new(|| TAKEN.iter().map(|taken| taken.rule("one")).collect());

/// About `envVars`.
pub static ENV_VARS: LazyLock<Vec<Rule>> =
    LazyLock::new(|| TAKEN.iter().map(|taken| taken.rule("one.name")).collect());

/// The table.
pub const TAKEN: &[Taken] = &[
    Taken {
        options: &[
            "DB",
            "DB_URL",
            "DB_URL_HOST",
            "DB_URL_PORT",
            "DB_URL_DATABASE",
            "DB_URL_PROPERTIES",
            "DB_USERNAME",
            "DB_PASSWORD",
            "DB_TLS_MODE",
        ],
        others: &[],
        instead: "KC_DB, KC_DB_URL*, KC_DB_USERNAME, KC_DB_PASSWORD and KC_DB_TLS_MODE are what database says: write type, \
                  host, port, database, connectionParams, username with passwordSecret, or credentialsSecret, and sslMode there",
    },
    Taken {
        options: &["DB_POOL_MIN_SIZE", "DB_POOL_MAX_SIZE", "DB_POOL_ACQUISITION_TIMEOUT"],
        others: &["QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT"],
        instead: "KC_DB_POOL_MIN_SIZE, KC_DB_POOL_MAX_SIZE and the acquisition timeout are what database.connectionPool says: \
                  write minConnections, maxConnections and connectionTimeout there",
    },
    Taken {
        options: &[
            "BOOTSTRAP_ADMIN_USERNAME",
            "BOOTSTRAP_ADMIN_PASSWORD",
            "BOOTSTRAP_ADMIN_CLIENT_ID",
            "BOOTSTRAP_ADMIN_CLIENT_SECRET",
            "BOOTSTRAP_ADMIN_EXPIRATION",
        ],
        others: &["KEYCLOAK_ADMIN", "KEYCLOAK_ADMIN_PASSWORD"],
        instead: "KC_BOOTSTRAP_ADMIN_* and KEYCLOAK_ADMIN* are what admin says: write the login of the first administrator into \
                  a Secret with the keys username and password, or client-id and client-secret, and name it in \
                  admin.existingSecret",
    },
    Taken {
        options: &["HOSTNAME", "HOSTNAME_ADMIN", "HOSTNAME_STRICT", "HOSTNAME_BACKCHANNEL_DYNAMIC"],
        others: &[],
        instead: "KC_HOSTNAME* are what hostname says: write hostname, admin, strict and backchannelDynamic there",
    },
    Taken {
        options: &["PROXY_HEADERS"],
        others: &[],
        instead: "KC_PROXY_HEADERS is what proxy says: write headers: xforwarded or forwarded there",
    },
    Taken {
        options: &["HTTP_ENABLED", "HTTP_PORT", "HTTP_RELATIVE_PATH"],
        others: &[],
        instead: "pods serve HTTP on port 8080 below /, where the Service and the controllers call them; remove KC_HTTP_ENABLED, \
                  KC_HTTP_PORT and KC_HTTP_RELATIVE_PATH; the Service's port is service.httpPort",
    },
    Taken {
        options: &[
            "HEALTH_ENABLED",
            "METRICS_ENABLED",
            "HTTP_MANAGEMENT_PORT",
            "HTTP_MANAGEMENT_RELATIVE_PATH",
            "HTTP_MANAGEMENT_SCHEME",
            "HTTP_MANAGEMENT_HEALTH_ENABLED",
            "LEGACY_OBSERVABILITY_INTERFACE",
        ],
        others: &[],
        instead: "health and metrics are always on, by HTTP on port 9000, where probes and controllers look for them; remove \
                  KC_HEALTH_ENABLED, KC_METRICS_ENABLED, KC_HTTP_MANAGEMENT_* and KC_LEGACY_OBSERVABILITY_INTERFACE; when a pod \
                  counts as ready or dead is what startupProbe, readinessProbe and livenessProbe say",
    },
    Taken {
        options: &["CACHE"],
        others: &[],
        instead: "KC_CACHE is always ispn, so that all servers of a Keycloak know the same sessions; remove it; how many servers \
                  there are is what replicas says",
    },
    Taken {
        options: &[],
        others: &["JAVA_OPTS_APPEND"],
        instead: "JAVA_OPTS_APPEND is what jvmOptions says: write one option per entry there, for example \
                  -XX:MaxRAMPercentage=70",
    },
];
