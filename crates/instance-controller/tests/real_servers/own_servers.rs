//! Servers that we run, as real pods beside a real PostgreSQL.
//!
//! The images are those that `cargo xtask cluster` loads. A server takes a minute to start, and each test has its own.

use std::{collections::BTreeMap, time::Duration};

use controller_testkit::{KeycloakServer, eventually};
use k8s_openapi::api::{
    apps::v1::{Deployment, StatefulSet},
    core::v1::{Namespace, Pod, Secret, Service},
};
use keycloak_crds::{Keycloak, labels::annotation};
use kube::{
    Api, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    SOON, by_our_login_at,
    place::{Place, condition},
    told,
};

/// A server builds itself and makes its database at its first start.
const STARTED: Duration = Duration::from_secs(480);
/// Secret with the database's password, as the quickstart has it.
const DATABASE_SECRET: &str = "keycloak-db-credentials";
const NAME: &str = "keycloak-keycloak";
/// An image that is refused at once: nobody serves images there.
const NOWHERE: &str = "localhost/nowhere/keycloak:26.7.3";

impl Place {
    async fn makes(&self, object: Value) {
        let kind = object["kind"].as_str().unwrap();
        let (group, plural) = match kind {
            "Pod" | "Service" | "Secret" => ("api/v1", format!("{}s", kind.to_lowercase())),
            _ => ("apis/apps/v1", format!("{}s", kind.to_lowercase())),
        };
        let path = format!("/{group}/namespaces/{}/{plural}", self.namespace);
        let request = http::Request::post(path).header("content-type", "application/json");
        let request = request.body(serde_json::to_vec(&object).unwrap()).unwrap();
        let _: Value = self.kube.request(request).await.unwrap();
    }

    fn api<K>(&self) -> Api<K>
    where
        K: kube::Resource<DynamicType = (), Scope = k8s_openapi::NamespaceResourceScope>,
    {
        Api::namespaced(self.kube.clone(), &self.namespace)
    }

    async fn makes_database_secret(&self, password: &str) {
        self.makes(json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": DATABASE_SECRET},
            "stringData": {"password": password},
        }))
        .await;
    }

    /// PostgreSQL, whose password is `right`.
    async fn has_database(&self) {
        let labels = json!({"app": "postgres"});
        self.makes(json!({
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": "postgres"},
            "spec": {"selector": labels, "ports": [{"port": 5432}]},
        }))
        .await;
        let variables = [
            ("POSTGRES_DB", "keycloak"),
            ("POSTGRES_USER", "keycloak"),
            ("POSTGRES_PASSWORD", "right"),
            ("PGDATA", "/var/lib/postgresql/data/pgdata"),
        ];
        let variables: Vec<Value> =
            variables.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.makes(json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "postgres", "labels": labels},
            "spec": {
                "automountServiceAccountToken": false,
                "volumes": [{"name": "data", "emptyDir": {}}],
                "containers": [{
                    "name": "postgres", "image": "postgres:15", "env": variables,
                    "volumeMounts": [{"name": "data", "mountPath": "/var/lib/postgresql/data"}],
                }],
            },
        }))
        .await;
    }

    /// The quickstart's spec in this namespace, with further fields.
    fn own(&self, further: &Value) -> Value {
        let mut spec = json!({
            "replicas": 1,
            "database": {
                "type": "postgresql", "host": format!("postgres.{}.svc.cluster.local", self.namespace), "port": 5432,
                "database": "keycloak", "username": "keycloak",
                "passwordSecret": {"name": DATABASE_SECRET, "key": "password"},
            },
            "service": {"type": "ClusterIP"},
            "resources": {"requests": {"cpu": "250m", "memory": "512Mi"}, "limits": {"cpu": "2", "memory": "1Gi"}},
        });
        for (field, value) in further.as_object().unwrap() {
            spec[field] = value.clone();
        }
        spec
    }

    async fn child<K>(&self, name: &str) -> Option<K>
    where
        K: kube::Resource<DynamicType = (), Scope = k8s_openapi::NamespaceResourceScope>
            + Clone
            + DeserializeOwned
            + std::fmt::Debug,
    {
        self.api::<K>().get_opt(name).await.unwrap()
    }

    async fn stateful_set(&self) -> StatefulSet {
        self.child(NAME).await.unwrap()
    }

    /// The condition becomes that status, and its message is given.
    async fn tells(&self, type_: &str, status: &str, reason: &str, within: Duration) -> String {
        eventually(&format!("{type_} is {status} because of {reason}"), within, async || {
            let object = self.object().await;
            let conditions =
                object.status.as_ref().and_then(|status| status.conditions.clone()).unwrap_or_default();
            let found = conditions.into_iter().find(|condition| condition.type_ == type_);
            match found {
                Some(found)
                    if format!("{:?}", found.status) == status && found.reason.as_deref() == Some(reason) =>
                {
                    Ok(found.message.unwrap_or_default())
                }
                _ => Err(told(&object)),
            }
        })
        .await
    }
}

impl Place {
    /// Deletes the namespace, and the Keycloak does not hold that up; its pods take their time.
    async fn vanishes(&self) {
        let namespaces: Api<Namespace> = Api::all(self.kube.clone());
        namespaces.delete(&self.namespace, &DeleteParams::default()).await.unwrap();
        eventually("the Keycloak goes with its namespace", SOON, async || {
            match self.child::<Keycloak>("keycloak").await {
                None => Ok(()),
                Some(object) => Err(told(&object)),
            }
        })
        .await;
    }
}

#[tokio::test]
async fn the_quickstart_becomes_ready_scales_and_goes() {
    let place = Place::new("quickstart", &KeycloakServer::newest()).await;
    place.has_database().await;
    place.makes_database_secret("right").await;
    place.applies(place.own(&json!({}))).await;
    let process = place.start();
    let message = place.tells("Ready", "True", "InSync", STARTED).await;
    assert_eq!(message, "in sync");

    let object = place.object().await;
    let status = object.status.clone().unwrap();
    let base = format!("http://keycloak-keycloak.{}.svc", place.namespace);
    assert_eq!(status.version.as_deref(), Some("26.7.3"));
    assert_eq!(status.internal_url, Some(format!("{base}:8080")));
    assert_eq!(status.endpoints.unwrap().management, Some(format!("{base}:9000")));
    assert_eq!((status.replicas, status.ready_replicas), (Some(1), Some(1)));
    for type_ in ["Available", "DatabaseReady", "LoginReady"] {
        assert_eq!(condition(&object, type_).unwrap().0, "True", "{type_}");
    }
    let address = place.child::<Service>(NAME).await.unwrap().spec.unwrap().cluster_ip.unwrap();
    let api = by_our_login_at(&place, &format!("http://{address}:8080")).await;
    api.realm_view("master").await.unwrap();

    nothing_is_written_when_nothing_changed(&place).await;
    drift_is_set_back(&place).await;
    it_can_be_stopped_and_scaled(&place).await;

    let admin = place.secret("keycloak-admin-credentials").await.unwrap();
    place.deletes_and_it_is_gone().await;
    process.stops().await;
    eventually("what belongs to the instance is collected", SOON, async || {
        let left = place.api::<StatefulSet>().list(&ListParams::default()).await.unwrap().items.len();
        let login = place.secret("keycloak-realm-manager").await.map(|secret| secret.len());
        if left == 0 && login.is_none() {
            Ok(())
        } else {
            Err(format!("{left} StatefulSets, login {login:?}"))
        }
    })
    .await;
    // The database may outlive the object, and nobody else knows the password.
    assert_eq!(place.secret("keycloak-admin-credentials").await, Some(admin));
}

async fn nothing_is_written_when_nothing_changed(place: &Place) {
    let before = place.kube_proxy.snapshot();
    place.annotates(annotation::RECONCILE_AT, "again").await;
    eventually("the objects are looked at", SOON, async || {
        let calls = place.kube_proxy.since(&before);
        if calls.reads() > 5 { Ok(()) } else { Err(calls.to_string()) }
    })
    .await;
    place.kube_proxy.since(&before).expect("a second pass").writes(0);
}

async fn drift_is_set_back(place: &Place) {
    let sets: Api<StatefulSet> = place.api();
    let patch = json!({"spec": {"template": {"spec": {"containers": [{"name": "keycloak", "args": ["start-dev"]}]}}}});
    sets.patch(NAME, &PatchParams::default(), &Patch::Strategic(patch)).await.unwrap();
    let services: Api<Service> = place.api();
    let patch = json!({"spec": {"publishNotReadyAddresses": false}});
    services
        .patch("keycloak-keycloak-discovery", &PatchParams::default(), &Patch::Merge(patch))
        .await
        .unwrap();
    eventually("both are set back", SOON, async || {
        let set = place.stateful_set().await;
        let args = set.spec.unwrap().template.spec.unwrap().containers[0].args.clone().unwrap();
        let service = services.get("keycloak-keycloak-discovery").await.unwrap();
        let published = service.spec.unwrap().publish_not_ready_addresses;
        if args == ["start"] && published == Some(true) {
            Ok(())
        } else {
            Err(format!("{args:?} {published:?}"))
        }
    })
    .await;
    place.event_says("DriftRepaired", "StatefulSet keycloak-keycloak was changed by somebody else").await;
    place.tells("Ready", "True", "InSync", STARTED).await;
}

async fn it_can_be_stopped_and_scaled(place: &Place) {
    let scale = async |replicas: i32| {
        let patch = json!({"spec": {"replicas": replicas}});
        let keycloaks: Api<Keycloak> = place.api();
        keycloaks.patch_scale("keycloak", &PatchParams::default(), &Patch::Merge(patch)).await.unwrap()
    };
    scale(0).await;
    let message = place.tells("Ready", "False", "InstanceNotReady", SOON).await;
    assert_eq!(message, "spec.replicas is 0, so no server runs; write 1 or more to start it");
    place.tells("Available", "False", "InstanceNotReady", SOON).await;
    scale(2).await;
    place.tells("Ready", "True", "InSync", STARTED).await;
    let status = place.object().await.status.unwrap();
    assert_eq!((status.replicas, status.ready_replicas), (Some(2), Some(2)));
    let keycloaks: Api<Keycloak> = place.api();
    let seen = keycloaks.get_scale("keycloak").await.unwrap().status.unwrap();
    assert_eq!(seen.replicas, 2);
    let selected = ListParams::default().labels(&seen.selector.unwrap());
    assert_eq!(place.api::<Pod>().list(&selected).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_wrong_password_of_the_database_is_told_and_mended_by_the_secret_alone() {
    let place = Place::new("password", &KeycloakServer::newest()).await;
    place.has_database().await;
    place.makes_database_secret("wrong").await;
    place.applies(place.own(&json!({}))).await;
    let process = place.start();
    let message = place.tells("DatabaseReady", "False", "DatabaseRefused", STARTED).await;
    assert_eq!(
        message,
        format!(
            "the database at postgres.{0}.svc.cluster.local:5432 refuses the login of Secret {0}/{DATABASE_SECRET}, key \
             \"password\" (FATAL: password authentication failed for user \"keycloak\"); correct the Secret, or the \
             database's user",
            place.namespace
        )
    );
    let object = place.object().await;
    assert_eq!(condition(&object, "Ready"), Some(("False".to_owned(), message)));
    assert_eq!(condition(&object, "Available").unwrap().0, "False");
    let before = place.stateful_set().await.metadata.generation;

    place.sets_in_secret(DATABASE_SECRET, "password", "right").await;
    // The server says so before Kubernetes counts it as ready.
    place.tells("DatabaseReady", "True", "DatabaseConnected", STARTED).await;
    place.tells("Ready", "True", "InSync", STARTED).await;
    assert_ne!(place.stateful_set().await.metadata.generation, before, "another password makes other pods");
    place.vanishes().await;
    process.stops().await;
}

#[tokio::test]
async fn a_secret_that_is_missing_is_waited_for_and_nothing_is_made_before() {
    let place = Place::new("missing", &KeycloakServer::newest()).await;
    place.applies(place.own(&json!({"image": NOWHERE}))).await;
    let process = place.start();
    let message = place.tells("Ready", "False", "SecretMissing", SOON).await;
    assert_eq!(
        message,
        format!(
            "Secret {}/{DATABASE_SECRET}, named in spec.database.passwordSecret, does not exist; create it with key \"password\"",
            place.namespace
        )
    );
    assert!(place.child::<StatefulSet>(NAME).await.is_none());
    place
        .makes(json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": DATABASE_SECRET}, "stringData": {"other": "x"}}))
        .await;
    place.tells("Ready", "False", "SecretKeyMissing", SOON).await;
    assert!(place.child::<StatefulSet>(NAME).await.is_none());
    place.sets_in_secret(DATABASE_SECRET, "password", "right").await;
    eventually("the pods are made", SOON, async || {
        place.child::<StatefulSet>(NAME).await.map(|_| ()).ok_or("there are none")
    })
    .await;
    let admin = place.secret("keycloak-admin-credentials").await.unwrap();
    assert_eq!((admin["username"].as_str(), admin["password"].len()), ("admin", 64));
    // That image exists nowhere, which Kubernetes tells in words of its own, and we pass them on.
    let message = place.tells("Ready", "False", "PodsFailing", SOON).await;
    assert!(message.starts_with("pod keycloak-keycloak-0 does not start: "), "{message}");
    place.vanishes().await;
    process.stops().await;
}

#[tokio::test]
async fn nothing_is_started_beside_the_deployment_of_the_seed_or_over_what_is_somebody_elses() {
    let place = Place::new("legacy", &KeycloakServer::newest()).await;
    place.makes_database_secret("right").await;
    let labels = json!({
        "app": "keycloak", "keycloak.mdvr.nl/managed-by": "keycloak-operator", "keycloak.mdvr.nl/instance": "keycloak",
    });
    place
        .makes(json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": NAME, "labels": labels},
            "spec": {
                "replicas": 0, "selector": {"matchLabels": labels},
                "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "a", "image": "a"}]}},
            },
        }))
        .await;
    place.applies(place.own(&json!({}))).await;
    let process = place.start();
    let message = place.tells("Ready", "False", "LegacyDeployment", SOON).await;
    assert!(
        message
            .starts_with(&format!("Deployment {}/{NAME} of an earlier operator is there", place.namespace))
    );
    assert!(place.child::<StatefulSet>(NAME).await.is_none());
    for secret in ["keycloak-admin-credentials", "keycloak-auth-token"] {
        assert_eq!(place.secret(secret).await, None, "{secret}");
    }
    // A Service that somebody else made has the name that ours would have.
    place
        .makes(json!({
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": NAME, "labels": {"app": "theirs"}},
            "spec": {"ports": [{"port": 80}]},
        }))
        .await;
    place.api::<Deployment>().delete(NAME, &DeleteParams::default()).await.unwrap();
    let message = place.tells("Ready", "False", "OwnedElsewhere", SOON).await;
    assert_eq!(
        message,
        format!(
            "Service {}/{NAME} exists and does not belong to this Keycloak, so it is not touched; remove it, or create a \
             Keycloak of another name",
            place.namespace
        )
    );
    assert!(place.child::<StatefulSet>(NAME).await.is_none());
    let labels: BTreeMap<String, String> = place.child::<Service>(NAME).await.unwrap().labels().clone();
    assert_eq!(labels, BTreeMap::from([("app".to_owned(), "theirs".to_owned())]));
    place.vanishes().await;
    process.stops().await;
}

#[tokio::test]
async fn observing_says_which_objects_would_be_made() {
    let place = Place::new("observe-own", &KeycloakServer::newest()).await;
    place.makes_database_secret("right").await;
    place.applies(place.own(&json!({"management": "Observe"}))).await;
    let process = place.start();
    let message = place.tells("Planned", "True", "Observing", SOON).await;
    assert_eq!(
        message,
        "make the administrator's Secret; make Service keycloak-keycloak-discovery; make Service keycloak-keycloak; make \
         StatefulSet keycloak-keycloak; issue the authorization token"
    );
    process.stops().await;
    assert!(place.child::<StatefulSet>(NAME).await.is_none());
    assert!(place.child::<Service>(NAME).await.is_none());
    assert_eq!(place.secret("keycloak-admin-credentials").await, None);
    place.vanishes().await;
}

#[tokio::test]
async fn the_administrator_of_an_earlier_keycloak_is_used_as_it_is_and_one_of_somebody_else_is_not() {
    let place = Place::new("earlier-admin", &KeycloakServer::newest()).await;
    let name = "keycloak-admin-credentials";
    place.makes_database_secret("right").await;
    place
        .makes(json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": name},
            "stringData": {"username": "admin", "password": "of-before"},
        }))
        .await;
    place.applies(place.own(&json!({"management": "Observe"}))).await;
    let process = place.start();
    let message = place.tells("Ready", "False", "SecretNotOwned", SOON).await;
    let secret = format!("Secret {}/{name} exists and does not carry our labels", place.namespace);
    assert!(message.starts_with(&secret), "{message}");

    let labels = json!({
        "keycloak.mdvr.nl/managed-by": "keycloak-operator", "keycloak.mdvr.nl/component": "admin-credentials",
        "keycloak.mdvr.nl/owner-uid": "of-before",
    });
    let patch = json!({"metadata": {"labels": labels}});
    let secrets: Api<Secret> = place.api();
    secrets.patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    place.annotates(annotation::RECONCILE_AT, "labelled").await;
    let message = place.tells("Ready", "False", "Observing", SOON).await;
    assert!(message.contains("make StatefulSet keycloak-keycloak"), "{message}");
    assert!(!message.contains("administrator"), "{message}");
    process.stops().await;
    assert_eq!(place.secret(name).await.unwrap()["password"], "of-before");
    place.vanishes().await;
}
