//! The environment of the container: what the spec's fields mean in Keycloak's words.
//!
//! Variables that belong to a field or to us are refused in `env` and `envVars`, see [`Taken`]; all others are passed on.

use k8s_openapi::api::core::v1::{Container, EnvVar, EnvVarSource, SecretKeySelector};
use keycloak_connect::{AdminLogin, Instance, login};
use keycloak_crds::instance::{Database, Hostname, environment::Taken};

use super::database::{Binding, url_properties};
use crate::{error::InstanceError, validate::invalid};

/// Largest number of connections of a new server, as the seed has it.
const POOL_MAX: i32 = 20;
/// Connections that a new server keeps open, as the seed has it.
const POOL_MIN: i32 = 5;
/// How long a request of a new server waits for a connection, as the seed has it.
const POOL_TIMEOUT: &str = "30s";

const POOL_MAX_SIZE: &str = "KC_DB_POOL_MAX_SIZE";
const POOL_MIN_SIZE: &str = "KC_DB_POOL_MIN_SIZE";
const POOL_ACQUISITION: &str = "KC_DB_POOL_ACQUISITION_TIMEOUT";
const QUARKUS_ACQUISITION: &str = "QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT";

/// The variables, ours first. `live`: the container that exists, for creation values.
///
/// # Errors
/// See [`url_properties`], for options of the Java machine that the start script would split, and for variables that belong to
/// a field: an API server that knows our kinds does not take such an object.
pub fn variables(instance: &Instance, live: Option<&Container>) -> Result<Vec<EnvVar>, InstanceError> {
    let spec = &instance.object().spec;
    let given = given(instance)?;
    let database = spec.database.clone().unwrap_or_default();
    let mut ours = of_the_database(&database)?;
    ours.extend(of_the_pool(&database, live));
    ours.extend(of_the_administrator(instance));
    ours.extend(of_the_addresses(instance));
    ours.extend([
        value("KC_HEALTH_ENABLED", "true"),
        // The check of the database in /health/ready exists only with metrics.
        value("KC_METRICS_ENABLED", "true"),
        // Also for a single server, so that a second one needs no restart. The servers find each other in the database
        // (jdbc-ping, Keycloak's default).
        value("KC_CACHE", "ispn"),
    ]);
    if let Some(options) = java_options(spec.jvm_options.as_deref().unwrap_or_default())? {
        ours.push(value("JAVA_OPTS_APPEND", &options));
    }
    ours.extend(given);
    Ok(ours)
}

fn given(instance: &Instance) -> Result<Vec<EnvVar>, InstanceError> {
    let spec = &instance.object().spec;
    let map = spec.env.iter().flat_map(|map| map.iter()).map(|(name, text)| {
        let variable = EnvVar { name: name.clone(), value: Some(text.clone()), ..EnvVar::default() };
        ("spec.env", variable)
    });
    let list = spec.env_vars.iter().flatten().map(|variable| ("spec.envVars", variable.0.clone()));
    let checked = map.chain(list).map(|(field, variable)| match Taken::find(&variable.name) {
        Some(taken) => Err(invalid(format!("{field}[{}]", variable.name), taken.instead)),
        None => Ok(variable),
    });
    checked.collect()
}

fn of_the_database(database: &Database) -> Result<Vec<EnvVar>, InstanceError> {
    let binding = Binding::of(database)?;
    let mut variables = vec![
        value("KC_DB", binding.type_.vendor()),
        value("KC_DB_URL_HOST", &binding.host),
        value("KC_DB_URL_PORT", &binding.port.to_string()),
        value("KC_DB_URL_DATABASE", &binding.name),
    ];
    variables.extend(url_properties(database)?.map(|properties| value("KC_DB_URL_PROPERTIES", &properties)));
    if let Some(secret) = &database.credentials_secret {
        variables.push(secret_value("KC_DB_USERNAME", secret, login::key::USERNAME, false));
        variables.push(secret_value("KC_DB_PASSWORD", secret, login::key::PASSWORD, false));
        return Ok(variables);
    }
    variables.extend(database.username.as_deref().map(|username| value("KC_DB_USERNAME", username)));
    let password = database.password_secret.as_ref();
    variables.extend(password.map(|secret| secret_value("KC_DB_PASSWORD", &secret.name, &secret.key, false)));
    Ok(variables)
}

/// Creation values: what the spec says, else what stands there, else what a new server gets.
///
/// A server does not start with more connections at least than at most. So where the spec says one of the two, the other one
/// follows it where it has to.
fn of_the_pool(database: &Database, live: Option<&Container>) -> Vec<EnvVar> {
    let pool = database.connection_pool.clone().unwrap_or_default();
    let standing = |name: &str| {
        let mut variables = live?.env.iter().flatten();
        variables.find(|variable| variable.name == name).and_then(|variable| variable.value.clone())
    };
    let chosen = |name: &str, given: Option<String>, new: &str| {
        given.or_else(|| standing(name)).or_else(|| live.is_none().then(|| new.to_owned()))
    };
    let size = |name: &str, given: Option<i32>, new: i32| {
        chosen(name, given.map(|size| size.to_string()), &new.to_string())
    };
    let (least, most) = (pool.min_connections, pool.max_connections);
    let mut max = size(POOL_MAX_SIZE, most, POOL_MAX);
    let mut min = size(POOL_MIN_SIZE, least, POOL_MIN);
    match (least, most) {
        (None, Some(most)) => min = min.map(|size| bounded(size, |size| size.min(most))),
        (Some(least), None) => max = max.map(|size| bounded(size, |size| size.max(least))),
        (Some(_), Some(_)) | (None, None) => {}
    }
    let seconds = |name| chosen(name, pool.connection_timeout.clone(), POOL_TIMEOUT);
    let variables = [
        (POOL_MAX_SIZE, max),
        (POOL_MIN_SIZE, min),
        (POOL_ACQUISITION, seconds(POOL_ACQUISITION)),
        // The same for servers that do not know that option yet.
        (QUARKUS_ACQUISITION, seconds(QUARKUS_ACQUISITION)),
    ];
    variables.into_iter().filter_map(|(name, text)| text.map(|text| value(name, &text))).collect()
}

/// A number within its bound; whatever else somebody put there stays.
fn bounded(text: String, bound: impl Fn(i32) -> i32) -> String {
    match text.parse() {
        Ok(size) => bound(size).to_string(),
        Err(_) => text,
    }
}

/// The first administrator, whom the server makes together with realm master and never looks at again. That is why the Secret
/// may be missing later.
fn of_the_administrator(instance: &Instance) -> Vec<EnvVar> {
    let (_, secret) = AdminLogin::secret(instance);
    let of = |name, key| secret_value(name, &secret, key, true);
    let mut variables = vec![
        of("KC_BOOTSTRAP_ADMIN_USERNAME", login::key::USERNAME),
        of("KC_BOOTSTRAP_ADMIN_PASSWORD", login::key::PASSWORD),
    ];
    let admin = instance.object().spec.admin.as_ref();
    if admin.is_some_and(|admin| admin.existing_secret.is_some()) {
        variables.push(of("KC_BOOTSTRAP_ADMIN_CLIENT_ID", login::key::CLIENT_ID));
        variables.push(of("KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", login::key::CLIENT_SECRET));
    }
    variables
}

fn of_the_addresses(instance: &Instance) -> Vec<EnvVar> {
    let spec = &instance.object().spec;
    let Hostname { hostname, admin, strict, backchannel_dynamic } = spec.hostname.clone().unwrap_or_default();
    // Without a host name the server answers under each; it refuses to start otherwise.
    let strict = strict.or_else(|| hostname.is_none().then_some(false));
    let headers = spec.proxy.as_ref().and_then(|proxy| proxy.headers).unwrap_or_default();
    let mut variables = vec![
        // TLS ends before the Service.
        value("KC_HTTP_ENABLED", "true"),
        value("KC_PROXY_HEADERS", headers.as_str()),
    ];
    let texts = [
        ("KC_HOSTNAME", hostname),
        ("KC_HOSTNAME_ADMIN", admin),
        ("KC_HOSTNAME_STRICT", strict.map(|strict| strict.to_string())),
        ("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", backchannel_dynamic.map(|dynamic| dynamic.to_string())),
    ];
    variables.extend(texts.into_iter().filter_map(|(name, text)| text.map(|text| value(name, &text))));
    variables
}

fn java_options(options: &[String]) -> Result<Option<String>, InstanceError> {
    for (index, option) in options.iter().enumerate() {
        if option.is_empty() || option.contains(char::is_whitespace) {
            let why = format!(
                "{option:?} is empty or holds blanks, where the server's start script would split it; write one option \
                 per entry, for example -XX:MaxRAMPercentage=70"
            );
            return Err(invalid(format!("spec.jvmOptions[{index}]"), why));
        }
    }
    Ok((!options.is_empty()).then(|| options.join(" ")))
}

/// A variable with a text that is taken as it is: Kubernetes would replace `$(NAME)` in it.
fn value(name: &str, text: &str) -> EnvVar {
    EnvVar { name: name.to_owned(), value: Some(text.replace("$(", "$$(")), ..EnvVar::default() }
}

fn secret_value(name: &str, secret: &str, key: &str, optional: bool) -> EnvVar {
    let selector = SecretKeySelector {
        name: secret.to_owned(),
        key: key.to_owned(),
        optional: optional.then_some(true),
    };
    EnvVar {
        name: name.to_owned(),
        value_from: Some(EnvVarSource { secret_key_ref: Some(selector), ..EnvVarSource::default() }),
        ..EnvVar::default()
    }
}
