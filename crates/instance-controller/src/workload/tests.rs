use serde_json::json;

use super::*;
use crate::sample::{inputs, keycloak};

fn rendered(spec: Value, live: Option<&StatefulSet>) -> Vec<Child> {
    let instance = Instance::of(keycloak(spec, Value::Null)).unwrap();
    render(&instance, &inputs(&"0f".repeat(16)), live).unwrap()
}

fn as_yaml(children: &[Child]) -> String {
    let texts = children.iter().map(|child| serde_yaml_ng::to_string(&child.body).unwrap());
    texts.collect::<Vec<_>>().join("---\n")
}

fn stateful_set(children: &[Child]) -> StatefulSet {
    let found = children.iter().find(|child| child.kind == ChildKind::StatefulSet).unwrap();
    serde_json::from_value(found.body.clone()).unwrap()
}

fn variable(set: &StatefulSet, name: &str) -> Option<String> {
    let container = stateful_set::container_of(set).unwrap();
    let mut variables = container.env.iter().flatten();
    variables.find(|variable| variable.name == name).and_then(|variable| variable.value.clone())
}

fn quickstart() -> Value {
    json!({
        "replicas": 1,
        "database": {
            "type": "postgresql", "host": "postgres.keycloak-system.svc.cluster.local", "port": 5432,
            "database": "keycloak", "username": "keycloak",
            "passwordSecret": {"name": "keycloak-db-credentials", "key": "password"},
        },
        "service": {"type": "ClusterIP"},
        "resources": {"requests": {"cpu": "250m", "memory": "512Mi"}, "limits": {"cpu": "2", "memory": "1Gi"}},
    })
}

#[test]
fn the_quickstart_in_objects() {
    insta::assert_snapshot!("quickstart", as_yaml(&rendered(quickstart(), None)));
}

#[test]
fn every_field_that_is_acted_on_reaches_the_objects() {
    let spec = json!({
        "image": "registry.example.com/sso/keycloak:26.7.3@sha256:0123",
        "replicas": 3,
        "admin": {"existingSecret": "keycloak-admin"},
        "database": {
            "host": "postgres", "database": "keycloak", "credentialsSecret": "keycloak-db",
            "connectionParams": {"connectTimeout": "10", "ApplicationName": "keycloak"},
            "connectionPool": {"maxConnections": 40, "minConnections": 10, "connectionTimeout": "5s"},
            "sslMode": "disable",
        },
        "hostname": {
            "hostname": "https://auth.example.com", "admin": "https://admin.example.com", "strict": true,
            "backchannelDynamic": true,
        },
        "proxy": {"headers": "forwarded"},
        "service": {"type": "LoadBalancer", "httpPort": 80, "annotations": {"example.com/team": "identity"}},
        "resources": {"limits": {"memory": "2Gi"}},
        "env": {"KC_LOG_LEVEL": "INFO", "KC_CACHE_STACK": "kubernetes"},
        "envVars": [{"name": "KC_SPI_A", "valueFrom": {"secretKeyRef": {"name": "spi", "key": "a"}}}],
        "jvmOptions": ["-XX:MaxRAMPercentage=70", "-Da=b"],
        "serviceAccount": "keycloak",
        "startupProbe": {"httpGet": {"path": "/health/started", "port": 9000}, "failureThreshold": 60},
        "livenessProbe": {"httpGet": {"path": "/health/live", "port": 9000}, "periodSeconds": 30},
        "readinessProbe": {"httpGet": {"path": "/health/ready", "port": 9000}, "periodSeconds": 7},
        "podSecurityContext": {"runAsNonRoot": true, "fsGroup": 2000},
        "securityContext": {"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true},
    });
    insta::assert_snapshot!("full", as_yaml(&rendered(spec, None)));
}

#[test]
fn what_the_spec_does_not_say_stays_as_it_was_made() {
    let mut live = stateful_set(&rendered(quickstart(), None));
    let pod = live.spec.as_mut().unwrap().template.spec.as_mut().unwrap();
    let container = &mut pod.containers[0];
    container.image = Some("quay.io/keycloak/keycloak:26.4.5".into());
    container.resources.as_mut().unwrap().limits = serde_json::from_value(json!({"memory": "3Gi"})).unwrap();
    for variable in
        container.env.iter_mut().flatten().filter(|variable| variable.name == "KC_DB_POOL_MAX_SIZE")
    {
        variable.value = Some("33".into());
    }
    container.env.as_mut().unwrap().retain(|variable| variable.name != "KC_DB_POOL_MIN_SIZE");
    let mut spec = quickstart();
    spec["resources"] = Value::Null;
    let after = stateful_set(&rendered(spec.clone(), Some(&live)));
    let container = stateful_set::container_of(&after).unwrap();
    assert_eq!(container.image.as_deref(), Some("quay.io/keycloak/keycloak:26.4.5"));
    let limits = container.resources.as_ref().unwrap().limits.as_ref().unwrap();
    assert_eq!(limits["memory"].0, "3Gi");
    assert_eq!(variable(&after, "KC_DB_POOL_MAX_SIZE").as_deref(), Some("33"));
    assert_eq!(variable(&after, "KC_DB_POOL_MIN_SIZE"), None);

    // What the spec says counts.
    spec["version"] = json!("26.7.0");
    spec["database"]["connectionPool"] = json!({"maxConnections": 3});
    let after = stateful_set(&rendered(spec.clone(), Some(&live)));
    let container = stateful_set::container_of(&after).unwrap();
    assert_eq!(container.image.as_deref(), Some("quay.io/keycloak/keycloak:26.7.0"));
    assert_eq!(variable(&after, "KC_DB_POOL_MAX_SIZE").as_deref(), Some("3"));

    // And a new server gets what the seed gave it.
    let new = stateful_set(&rendered(spec, None));
    assert_eq!(variable(&new, "KC_DB_POOL_MIN_SIZE").as_deref(), Some("3"));
    assert_eq!(variable(&new, "KC_DB_POOL_ACQUISITION_TIMEOUT").as_deref(), Some("30s"));
    let resources = stateful_set::container_of(&new).unwrap().resources.clone().unwrap();
    assert_eq!(resources.requests.unwrap()["cpu"].0, "500m");
}

#[test]
fn of_the_pools_two_bounds_the_one_that_is_not_given_follows_the_other() {
    let with_pool = |pool: Value| {
        let mut spec = quickstart();
        spec["database"]["connectionPool"] = pool;
        spec
    };
    let bounds = |set: &StatefulSet| {
        (variable(set, "KC_DB_POOL_MIN_SIZE").unwrap(), variable(set, "KC_DB_POOL_MAX_SIZE").unwrap())
    };
    let text = |min: &str, max: &str| (min.to_owned(), max.to_owned());

    let live = stateful_set(&rendered(quickstart(), None));
    assert_eq!(bounds(&live), text("5", "20"));
    let smaller =
        |live: &StatefulSet, pool: Value| bounds(&stateful_set(&rendered(with_pool(pool), Some(live))));
    // Fewer at most than were kept open until now.
    assert_eq!(smaller(&live, json!({"maxConnections": 3})), text("3", "3"));
    assert_eq!(smaller(&live, json!({"maxConnections": 8})), text("5", "8"));

    let live = stateful_set(&rendered(with_pool(json!({"maxConnections": 10})), None));
    assert_eq!(bounds(&live), text("5", "10"));
    // More at least than there were at most.
    assert_eq!(smaller(&live, json!({"minConnections": 15})), text("15", "15"));
    assert_eq!(smaller(&live, json!({"minConnections": 7})), text("7", "10"));
    assert_eq!(smaller(&live, json!({"minConnections": 15, "maxConnections": 40})), text("15", "40"));
    assert_eq!(smaller(&live, json!({"connectionTimeout": "5s"})), text("5", "10"));

    // A new server, too.
    let new = stateful_set(&rendered(with_pool(json!({"minConnections": 20})), None));
    assert_eq!(bounds(&new), text("20", "20"));
    let new = stateful_set(&rendered(with_pool(json!({"maxConnections": 3})), None));
    assert_eq!(bounds(&new), text("3", "3"));

    // What is no number was put there by somebody else, and stays theirs.
    let mut live = stateful_set(&rendered(quickstart(), None));
    let container = &mut live.spec.as_mut().unwrap().template.spec.as_mut().unwrap().containers[0];
    for variable in container.env.iter_mut().flatten() {
        if variable.name == "KC_DB_POOL_MIN_SIZE" {
            variable.value = Some("many".into());
        }
    }
    assert_eq!(smaller(&live, json!({"maxConnections": 3})), text("many", "3"));
}

#[test]
fn resources_that_are_given_are_taken_exactly() {
    let live = stateful_set(&rendered(quickstart(), None));
    let mut spec = quickstart();
    spec["resources"] = json!({"requests": {"memory": "2Gi"}});
    for live in [None, Some(&live)] {
        let set = stateful_set(&rendered(spec.clone(), live));
        let resources = stateful_set::container_of(&set).unwrap().resources.clone().unwrap();
        let requests = resources.requests.unwrap();
        assert_eq!((requests.len(), requests["memory"].0.as_str()), (1, "2Gi"));
        assert_eq!(resources.limits, None, "a default would be less than what is reserved");
    }
}

#[test]
fn another_value_in_a_secret_makes_other_pods_and_the_same_object_has_the_same_hash() {
    let instance = Instance::of(keycloak(quickstart(), Value::Null)).unwrap();
    let with = |digest: &str| render(&instance, &inputs(digest), None).unwrap();
    assert_eq!(with("a"), with("a"));
    let template = |children: &[Child]| stateful_set(children).spec.unwrap().template;
    assert_ne!(template(&with("a")), template(&with("b")));
    assert_eq!(with("a")[..2], with("b")[..2], "Services do not depend on Secrets");
}

#[test]
fn what_no_schema_rule_can_tell_is_refused_with_the_field() {
    let refused = |field: &str, value: Value| {
        let mut spec = quickstart();
        spec[field] = value;
        let instance = Instance::of(keycloak(spec, Value::Null)).unwrap();
        render(&instance, &inputs(""), None).unwrap_err().to_string()
    };
    let sentences = [
        refused("jvmOptions", json!(["-Da=b", "-Dc=d e"])),
        refused("database", Value::Null),
        refused("database", json!({"host": "postgres"})),
        refused("database", json!({"type": "oracle", "host": "db", "database": "kc", "sslMode": "require"})),
        refused("env", json!({"KC_CACHE": "local"})),
        refused("envVars", json!([{"name": "KC_DB_POOL_ACQUISITION_TIMEOUT", "value": "1s"}])),
    ];
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn every_variable_that_we_set_is_one_that_nobody_else_may_set() {
    use keycloak_crds::instance::environment::Taken;
    let spec = json!({
        "admin": {"existingSecret": "keycloak-admin"},
        "database": {
            "host": "postgres", "database": "keycloak", "credentialsSecret": "keycloak-db",
            "connectionParams": {"connectTimeout": "10"}, "sslMode": "require",
        },
        "hostname": {
            "hostname": "https://auth.example.com", "admin": "https://admin.example.com", "strict": true,
            "backchannelDynamic": true,
        },
        "jvmOptions": ["-Da=b"],
    });
    let set = stateful_set(&rendered(spec, None));
    let variables = stateful_set::container_of(&set).unwrap().env.clone().unwrap();
    assert!(variables.len() > 20, "{variables:?}");
    for variable in variables {
        assert!(Taken::find(&variable.name).is_some(), "{} is missing in the table", variable.name);
    }
}

#[test]
fn texts_are_taken_as_they_are() {
    let mut spec = quickstart();
    spec["database"]["database"] = json!("a$(HOME)b");
    let set = stateful_set(&rendered(spec, None));
    assert_eq!(variable(&set, "KC_DB_URL_DATABASE").as_deref(), Some("a$$(HOME)b"));
}

#[test]
fn an_image_tells_its_version_by_its_tag() {
    use stateful_set::version_of;
    let of = |image| version_of(image);
    assert_eq!(of("quay.io/keycloak/keycloak:26.7.3"), Some("26.7.3"));
    assert_eq!(of("registry:5000/keycloak:26.7.3-1@sha256:0123"), Some("26.7.3"));
    for none in
        ["keycloak", "registry:5000/keycloak", "keycloak:latest", "keycloak@sha256:0123", "keycloak:26"]
    {
        assert_eq!(of(none), None, "{none}");
    }
}

#[test]
fn objects_of_others_are_told_from_ours_and_those_of_the_seed() {
    let instance = Instance::of(keycloak(quickstart(), Value::Null)).unwrap();
    let meta = |value: Value| serde_json::from_value(value).unwrap();
    let ours = identity::metadata(&instance, "x".into(), keycloak_crds::labels::Component::Server);
    assert!(identity::is_ours(&instance, &ours));
    let seed =
        json!({"keycloak.mdvr.nl/managed-by": "keycloak-operator", "keycloak.mdvr.nl/instance": "keycloak"});
    assert!(identity::is_ours(&instance, &meta(json!({"labels": seed}))));
    let mut of_another = seed.clone();
    of_another["keycloak.mdvr.nl/owner-uid"] = json!("another");
    assert!(!identity::is_ours(&instance, &meta(json!({"labels": of_another}))));
    assert!(!identity::is_ours(&instance, &meta(json!({"labels": {"app": "keycloak"}}))));
    assert!(!identity::is_left_behind(&instance, &ours));
    let owned_by = |kind: &str, name: &str| {
        let reference =
            json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": kind, "name": name, "uid": "of-before"});
        meta(json!({"labels": of_another, "ownerReferences": [reference]}))
    };
    assert!(identity::is_left_behind(&instance, &owned_by("Keycloak", "keycloak")));
    assert!(!identity::is_ours(&instance, &owned_by("Keycloak", "keycloak")));
    for (kind, name) in [("Keycloak", "other"), ("KeycloakRealm", "keycloak")] {
        assert!(!identity::is_left_behind(&instance, &owned_by(kind, name)), "{kind} {name} may be alive");
    }
    assert!(!identity::is_of_the_seed("other", &meta(json!({"labels": seed}))));
}
