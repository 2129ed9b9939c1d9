//! Servers that we run, as real pods beside a real PostgreSQL.
//!
//! The images are those that `cargo xtask cluster` loads. A server builds itself at its start, which takes half a minute of
//! two cores: what needs one that runs is one story with one server, told from its first start to its end, and everything
//! else is told without.

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

mod recovery;

/// A server builds itself and makes its database at its first start, on a machine that does other things too.
const STARTED: Duration = Duration::from_secs(300);
/// Secret with the database's password, as the quickstart has it.
const DATABASE_SECRET: &str = "keycloak-db-credentials";
const NAME: &str = "keycloak-keycloak";
const DISCOVERY: &str = "keycloak-keycloak-discovery";
/// An image that is refused at once: nobody serves images there.
const NOWHERE: &str = "localhost/nowhere/keycloak:26.7.3";

impl Place {
    async fn makes(&self, object: Value) {
        let kind = object["kind"].as_str().unwrap();
        let (group, plural) = match kind {
            "Pod" | "Service" | "Secret" => ("api/v1", format!("{}s", kind.to_lowercase())),
            "Job" => ("apis/batch/v1", "jobs".to_owned()),
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
            // A server that lives for a minute is done sooner with the quick compiler alone.
            "jvmOptions": ["-XX:TieredStopAtLevel=1"],
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

    async fn sets_in_discovery_service(&self, publishes: bool) {
        let patch = json!({"spec": {"publishNotReadyAddresses": publishes}});
        let services: Api<Service> = self.api();
        services.patch(DISCOVERY, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    async fn discovery_service_publishes(&self) -> bool {
        let service: Service = self.child(DISCOVERY).await.unwrap();
        service.spec.unwrap().publish_not_ready_addresses == Some(true)
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
async fn a_server_that_its_database_refuses_is_mended_by_the_secret_alone_runs_scales_and_goes() {
    let place = Place::new("quickstart", &KeycloakServer::newest()).await;
    place.has_database().await;
    place.makes_database_secret("wrong").await;
    place.applies(place.own(&json!({}))).await;
    let process = place.start();
    a_wrong_password_of_the_database_is_told(&place).await;
    another_password_makes_other_pods(&place).await;
    everything_about_it_is_published(&place).await;
    nothing_is_written_when_nothing_changed(&place).await;
    a_secret_that_changes_beside_its_values_replaces_no_pods(&place).await;
    // Another process: the one before may still hold the sessions of logins that worked.
    process.stops().await;
    let realm = recovery::the_database_is_from_before_our_login(&place).await;
    let process = place.start();
    recovery::it_is_recovered_as_documented(&place, &realm).await;
    it_can_be_scaled_and_stopped(&place).await;
    drift_is_set_back(&place).await;

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
    place.vanishes().await;
}

async fn a_wrong_password_of_the_database_is_told(place: &Place) {
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
}

async fn another_password_makes_other_pods(place: &Place) {
    let before = place.stateful_set().await.metadata.generation;
    place.sets_in_secret(DATABASE_SECRET, "password", "right").await;
    // The server says so before Kubernetes counts it as ready.
    place.tells("DatabaseReady", "True", "DatabaseConnected", STARTED).await;
    let message = place.tells("Ready", "True", "InSync", STARTED).await;
    assert_eq!(message, "in sync");
    assert_ne!(place.stateful_set().await.metadata.generation, before, "another password makes other pods");
}

async fn everything_about_it_is_published(place: &Place) {
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
    let api = by_our_login_at(place, &format!("http://{address}:8080")).await;
    api.realm_view("master").await.unwrap();
}

/// A label and a key that pods do not use: they stay.
async fn a_secret_that_changes_beside_its_values_replaces_no_pods(place: &Place) {
    let before = place.stateful_set().await.metadata.generation;
    let secrets: Api<Secret> = place.api();
    let patch = json!({"metadata": {"labels": {"team": "identity"}}, "stringData": {"note": "x"}});
    let labelled =
        secrets.patch(DATABASE_SECRET, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    place.annotates(annotation::RECONCILE_AT, "labelled").await;
    let version = labelled.metadata.resource_version.unwrap();
    eventually("the Secret's state is remembered", SOON, async || {
        let object = place.object().await;
        let owned = object.status.as_ref().and_then(|status| status.owned.clone()).unwrap_or_default();
        let record = owned.record.unwrap_or_default();
        if record.contains(&format!("/{version}\"")) { Ok(()) } else { Err(record) }
    })
    .await;
    assert_eq!(place.stateful_set().await.metadata.generation, before);
    assert_eq!(condition(&place.object().await, "Ready").unwrap().0, "True");
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

async fn it_can_be_scaled_and_stopped(place: &Place) {
    let scale = async |replicas: i32| {
        let patch = json!({"spec": {"replicas": replicas}});
        let keycloaks: Api<Keycloak> = place.api();
        keycloaks.patch_scale("keycloak", &PatchParams::default(), &Patch::Merge(patch)).await.unwrap()
    };
    scale(2).await;
    place.tells("Ready", "False", "Starting", SOON).await;
    place.tells("Ready", "True", "InSync", STARTED).await;
    let status = place.object().await.status.unwrap();
    assert_eq!((status.replicas, status.ready_replicas), (Some(2), Some(2)));
    let keycloaks: Api<Keycloak> = place.api();
    let seen = keycloaks.get_scale("keycloak").await.unwrap().status.unwrap();
    assert_eq!(seen.replicas, 2);
    let selected = ListParams::default().labels(&seen.selector.unwrap());
    assert_eq!(place.api::<Pod>().list(&selected).await.unwrap().items.len(), 2);
    scale(0).await;
    let message = place.tells("Ready", "False", "InstanceNotReady", SOON).await;
    assert_eq!(message, "spec.replicas is 0, so no server runs; write 1 or more to start it");
    place.tells("Available", "False", "InstanceNotReady", SOON).await;
}

/// Told of a server that is stopped: no pod has to be replaced for it.
async fn drift_is_set_back(place: &Place) {
    let sets: Api<StatefulSet> = place.api();
    let patch = json!({"spec": {"template": {"spec": {"containers": [{"name": "keycloak", "args": ["start-dev"]}]}}}});
    sets.patch(NAME, &PatchParams::default(), &Patch::Strategic(patch)).await.unwrap();
    place.sets_in_discovery_service(false).await;
    eventually("both are set back", SOON, async || {
        let set = place.stateful_set().await;
        let args = set.spec.unwrap().template.spec.unwrap().containers[0].args.clone().unwrap();
        let published = place.discovery_service_publishes().await;
        if args == ["start"] && published { Ok(()) } else { Err(format!("{args:?} {published}")) }
    })
    .await;
    place.event_says("DriftRepaired", "StatefulSet keycloak-keycloak was changed by somebody else").await;
}

#[tokio::test]
async fn a_value_that_somebody_sets_again_and_again_is_told_and_not_written_for_ever() {
    let place = Place::new("overridden", &KeycloakServer::newest()).await;
    place.makes_database_secret("right").await;
    // Nothing runs, so what is told is about the objects alone.
    place.applies(place.own(&json!({"image": NOWHERE, "replicas": 0}))).await;
    let process = place.start();
    place.tells("Ready", "False", "InstanceNotReady", SOON).await;
    place.sets_in_discovery_service(false).await;
    eventually("it is set back", SOON, async || {
        if place.discovery_service_publishes().await { Ok(()) } else { Err("not yet") }
    })
    .await;
    place.event_says("DriftRepaired", "spec.publishNotReadyAddresses").await;

    place.sets_in_discovery_service(false).await;
    let message = place.tells("OverriddenByServer", "True", "OverriddenByServer", SOON).await;
    assert_eq!(
        message,
        "other values stand there than were written, and they are not written again: Service keycloak-keycloak-discovery: \
         spec.publishNotReadyAddresses; find out who sets them (an admission webhook, or another manager in \
         metadata.managedFields), or ask for what stands there"
    );
    let before = place.kube_proxy.snapshot();
    place.annotates(annotation::RECONCILE_AT, "again").await;
    eventually("the objects are looked at", SOON, async || {
        let calls = place.kube_proxy.since(&before);
        if calls.reads() > 5 { Ok(()) } else { Err(calls.to_string()) }
    })
    .await;
    process.stops().await;
    place.kube_proxy.since(&before).expect("a pass over a value that is overridden").writes(0);
    assert!(!place.discovery_service_publishes().await);

    // What is remembered outlives the process, and somebody who gives in is believed.
    let process = place.start();
    place.sets_in_discovery_service(true).await;
    eventually("nothing is overridden", SOON, async || {
        let object = place.object().await;
        if condition(&object, "OverriddenByServer").is_none() { Ok(()) } else { Err(told(&object)) }
    })
    .await;
    place.vanishes().await;
    process.stops().await;
}

#[tokio::test]
async fn a_keycloak_made_anew_waits_for_what_an_earlier_one_left_behind() {
    let place = Place::new("left-behind", &KeycloakServer::newest()).await;
    place.makes_database_secret("right").await;
    let labels = json!({
        "keycloak.mdvr.nl/managed-by": "keycloak-operator", "keycloak.mdvr.nl/instance": "keycloak",
        "keycloak.mdvr.nl/owner-uid": "11111111-1111-1111-1111-111111111111",
    });
    // The garbage collector takes it away by itself, but not before the finalizer is gone: so it can be looked at.
    place
        .makes(json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {
                "name": NAME, "labels": labels, "finalizers": ["example.com/kept"],
                "ownerReferences": [{
                    "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak", "name": "keycloak",
                    "uid": "11111111-1111-1111-1111-111111111111",
                }],
            },
            "spec": {"ports": [{"port": 80}]},
        }))
        .await;
    place.applies(place.own(&json!({"image": NOWHERE, "replicas": 0}))).await;
    let process = place.start();
    let message = place.tells("Ready", "False", "OwnedElsewhere", SOON).await;
    assert_eq!(
        message,
        format!(
            "Service {}/{NAME} belongs to an earlier Keycloak of this name, which is gone; Kubernetes' garbage collector \
             removes it, and then it is made anew; if it stays, see whether kube-controller-manager runs, or delete it",
            place.namespace
        )
    );
    assert_eq!(condition(&place.object().await, "Reconciling").unwrap().0, "True", "it goes on by itself");
    let services: Api<Service> = place.api();
    let patch = json!({"metadata": {"finalizers": null}});
    services.patch(NAME, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    place.tells("Ready", "False", "InstanceNotReady", SOON).await;
    let ours = place.object().await.metadata.uid.unwrap();
    let made = place.child::<Service>(NAME).await.unwrap();
    assert!(made.metadata.owner_references.unwrap().iter().all(|reference| reference.uid == ours));
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
    place.applies(place.own(&json!({"image": NOWHERE, "replicas": 0}))).await;
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
             Keycloak of another name; it is looked at again until then",
            place.namespace
        )
    );
    assert_eq!(condition(&place.object().await, "Reconciling").unwrap().0, "True");
    assert!(place.child::<StatefulSet>(NAME).await.is_none());
    let labels: BTreeMap<String, String> = place.child::<Service>(NAME).await.unwrap().labels().clone();
    assert_eq!(labels, BTreeMap::from([("app".to_owned(), "theirs".to_owned())]));
    place.event_says("OwnedElsewhere", "exists and does not belong to this Keycloak").await;
    // Nothing tells that it is gone, and nobody has to wait for hours.
    place.api::<Service>().delete(NAME, &DeleteParams::default()).await.unwrap();
    eventually("the pods are made", SOON, async || {
        place.child::<StatefulSet>(NAME).await.map(|_| ()).ok_or("there are none")
    })
    .await;
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
