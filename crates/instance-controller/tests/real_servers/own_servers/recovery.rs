//! A database from before our login was made, and an administrator whose password nobody knows: what docs/operations/recovery.md
//! says, with the Job of `deploy/examples/recovery`.

use std::path::Path;

use controller_testkit::{eventually, unique_name};
use k8s_openapi::api::{batch::v1::Job, core::v1::Service};
use keycloak_admin::{AdminApi, AdminSession, Login, RealmView, types::RealmRepresentation};
use keycloak_crds::Keycloak;
use kube::api::{ListParams, Patch, PatchParams};
use serde_json::{Value, json};

use super::{NAME, Place, Pod, STARTED, by_our_login_at};
use crate::{SOON, server};

const LOGIN: &str = "keycloak-realm-manager";
const ADMIN: &str = "keycloak-admin-credentials";
/// Secret and Job, as the page names them.
const RECOVERY: &str = "keycloak-recovery";

impl Place {
    /// Where the server answers.
    async fn url(&self) -> String {
        let service: Service = self.child(NAME).await.unwrap();
        format!("http://{}:8080", service.spec.unwrap().cluster_ip.unwrap())
    }

    async fn patches(&self, spec: Value) {
        let patch = Patch::Merge(json!({"spec": spec}));
        self.api::<Keycloak>().patch("keycloak", &PatchParams::default(), &patch).await.unwrap();
    }
}

/// Leaves what such a database has: a realm that our account did not make, no account of ours, and an administrator of another
/// password than the one that was written down. Gives the realm.
pub(super) async fn the_database_is_from_before_our_login(place: &Place) -> String {
    let (admin, login) = (place.secret(ADMIN).await.unwrap(), place.secret(LOGIN).await.unwrap());
    let by_admin = Login::bootstrap_admin(&admin["username"], admin["password"].as_str().into());
    let api = AdminApi::new(AdminSession::new(&server(&place.url().await), by_admin));
    let realm = unique_name("restored");
    let body = RealmRepresentation { realm: Some(realm.clone()), enabled: Some(true), ..Default::default() };
    api.realm_create(&body).await.unwrap();
    api.client_delete("master", &login["client-uuid"]).await.unwrap();
    place.sets_in_secret(ADMIN, "password", "forgotten").await;
    realm
}

/// The Job as it stands in the repository, for this namespace.
fn job(place: &Place) -> Value {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/examples/recovery/bootstrap-admin.yaml");
    let text = std::fs::read_to_string(file).unwrap().replace("keycloak-system", &place.namespace);
    serde_yaml_ng::from_str(&text).unwrap()
}

pub(super) async fn it_is_recovered_as_documented(place: &Place, realm: &str) {
    let before = place.secret(LOGIN).await.unwrap();
    let message = place.tells("Ready", "False", "RotationNeedsAdmin", SOON).await;
    let because = format!("Secret {}/{ADMIN}", place.namespace);
    assert!(message.starts_with("the server refuses our login"), "{message}");
    assert!(message.contains(&because), "{message}");
    assert_eq!(place.secret(ADMIN).await.unwrap()["password"], "forgotten", "nothing is generated over it");

    let secret = keycloak_admin::Secret::random();
    let login = json!({"client-id": "cloakroom-recovery", "client-secret": secret.expose()});
    place.writes_secret(RECOVERY, login).await;
    place.patches(json!({"replicas": 0})).await;
    let servers = "keycloak.mdvr.nl/instance=keycloak,keycloak.mdvr.nl/component=server";
    eventually("the servers are stopped", STARTED, async || {
        let pods = place.api::<Pod>().list(&ListParams::default().labels(servers)).await;
        match pods.map_err(|error| error.to_string())?.items.len() {
            0 => Ok(()),
            left => Err(format!("{left} are left")),
        }
    })
    .await;

    place.makes(job(place)).await;
    eventually("the account is made", STARTED, async || {
        let job: Job = place.child(RECOVERY).await.ok_or("there is no such Job")?;
        let status = job.status.unwrap_or_default();
        if status.succeeded == Some(1) { Ok(()) } else { Err(format!("{status:?}")) }
    })
    .await;

    let admin = json!({"existingSecret": RECOVERY, "grantRealms": [realm]});
    place.patches(json!({"replicas": 1, "admin": admin})).await;
    place.tells("Ready", "True", "InSync", STARTED).await;
    let after = place.secret(LOGIN).await.unwrap();
    assert_eq!(after["client-id"], before["client-id"]);
    assert_ne!(after["client-uuid"], before["client-uuid"], "the account was gone");
    let api = by_our_login_at(place, &place.url().await).await;
    assert!(matches!(api.realm_view(realm).await, Ok(RealmView::Full(_))), "its rights on realms of before");
    assert!(matches!(api.realm_view("master").await, Ok(RealmView::Reduced)), "and no others");
}
