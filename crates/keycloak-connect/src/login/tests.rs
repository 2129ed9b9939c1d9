use serde_json::json;

use super::*;
use crate::{
    fake,
    owner::OwnerKind,
    secret::{Takeover, write},
};

fn credentials() -> Credentials {
    Credentials {
        client_id: "cloakroom-1".into(),
        client_uuid: "uuid-1".into(),
        client_secret: "hidden".into(),
    }
}

fn login(realm: &Realm) -> ClientManagerLogin {
    ClientManagerLogin {
        credentials: credentials(),
        realm: realm.realm_name().into(),
        realm_id: "realm-id-1".into(),
        owner: realm.owner().clone(),
    }
}

#[test]
fn names_are_computed_and_depend_on_the_uid_where_a_realm_could_be_made_anew() {
    let realm = fake::owner(OwnerKind::KeycloakRealm, "acme", "acme");
    let name = client_manager_secret_name("keycloak", &realm);
    insta::assert_snapshot!(name, @"keycloak-client-manager-099d60b996fbb0ef");
    let anew = Owner { uid: "uid-2".into(), ..realm.clone() };
    assert_ne!(client_manager_secret_name("keycloak", &anew), name);
    // Length counts: no other split of the same characters gives this name.
    let shifted = Owner { namespace: "acm".into(), name: "eacme".into(), ..realm.clone() };
    assert_ne!(client_manager_secret_name("keycloak", &shifted), name);

    let cluster = ClusterId::given("cluster-1").unwrap();
    insta::assert_snapshot!(account(&cluster, &realm), @"cloakroom-42d231be");
    assert_eq!(account(&cluster, &anew), account(&cluster, &realm));
    assert_ne!(account(&ClusterId::given("cluster-2").unwrap(), &realm), account(&cluster, &realm));
}

#[test]
fn a_restored_cluster_names_the_account_of_before() {
    let cluster = ClusterId::given("cluster-1").unwrap();
    let instance = fake::instance(&json!({"admin": {"account": "cloakroom-old"}}), &json!({}));
    assert_eq!(realm_manager_account(&cluster, &instance), "cloakroom-old");
}

#[tokio::test]
async fn a_client_login_is_read_back_and_goes_with_the_instance() {
    let api = fake::Api::default();
    let (instance, realm) =
        (fake::instance(&json!({}), &json!({})), fake::realm("acme", &json!({}), &json!({})));
    let written =
        write(&fake::secrets(&api), &login(&realm).wanted(&instance), None, Takeover::No).await.unwrap();
    let stored = written.secret().unwrap();
    assert_eq!(ClientManagerLogin::read(stored, &realm).unwrap(), login(&realm));
    assert!(stored.belongs_to(realm.owner()));
    insta::assert_json_snapshot!(api.last_body("POST")["metadata"], @r#"
    {
      "labels": {
        "keycloak.mdvr.nl/component": "login",
        "keycloak.mdvr.nl/instance": "keycloak",
        "keycloak.mdvr.nl/managed-by": "keycloak-operator",
        "keycloak.mdvr.nl/owner-uid": "uid-of-acme"
      },
      "name": "keycloak-client-manager-099d60b996fbb0ef",
      "namespace": "platform",
      "ownerReferences": [
        {
          "apiVersion": "keycloak.mdvr.nl/v1",
          "kind": "Keycloak",
          "name": "keycloak",
          "uid": "uid-of-keycloak"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn a_client_login_elsewhere_says_which_instance_it_goes_with_and_the_others_stay_beside_that() {
    let api = fake::Api::default();
    let instance = fake::instance(&json!({"logins": {"namespace": "logins"}}), &json!({}));
    let realm = fake::realm("acme", &json!({}), &json!({}));
    write(&fake::secrets(&api), &login(&realm).wanted(&instance), None, Takeover::No).await.unwrap();
    insta::assert_json_snapshot!(api.last_body("POST")["metadata"], @r#"
    {
      "labels": {
        "keycloak.mdvr.nl/component": "login",
        "keycloak.mdvr.nl/instance": "keycloak",
        "keycloak.mdvr.nl/instance-uid": "uid-of-keycloak",
        "keycloak.mdvr.nl/managed-by": "keycloak-operator",
        "keycloak.mdvr.nl/owner-uid": "uid-of-acme"
      },
      "name": "keycloak-client-manager-099d60b996fbb0ef",
      "namespace": "logins"
    }
    "#);
    let of_realms = RealmManagerLogin { credentials: login(&realm).credentials };
    assert_eq!(of_realms.wanted(&instance).namespace, "platform");
    assert_eq!(AdminLogin::wanted(&instance, "admin", &"hidden".into()).namespace, "platform");
    assert_eq!(AdminLogin::secret(&instance).0, "platform");
}

#[tokio::test]
async fn an_instance_that_goes_takes_its_logins_along_only_from_another_namespace() {
    let api = fake::Api::default();
    remove_logins(&api.client(), &fake::instance(&json!({}), &json!({}))).await.unwrap();
    assert!(api.calls().is_empty());
    let elsewhere = fake::instance(&json!({"logins": {"namespace": "logins"}}), &json!({}));
    api.refuses("DELETE /api/v1/namespaces/logins/secrets", 403, "Forbidden");
    let refused = remove_logins(&api.client(), &elsewhere).await.unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("removing the logins of Keycloak platform/keycloak in namespace logins"),
        "{refused}"
    );
    assert_eq!(api.calls(), ["DELETE /api/v1/namespaces/logins/secrets"]);
}

#[tokio::test]
async fn a_client_login_of_another_realm_is_refused() {
    let api = fake::Api::default();
    let (instance, realm) =
        (fake::instance(&json!({}), &json!({})), fake::realm("acme", &json!({}), &json!({})));
    let right = login(&realm);
    let wrong = [
        ClientManagerLogin { realm: "other".into(), ..right.clone() },
        ClientManagerLogin {
            owner: Owner { uid: "uid-of-the-one-before".into(), ..right.owner.clone() },
            ..right.clone()
        },
        ClientManagerLogin { owner: Owner { namespace: "evil".into(), ..right.owner.clone() }, ..right },
    ];
    let mut sentences = Vec::new();
    for (number, login) in wrong.into_iter().enumerate() {
        let mut wanted = login.wanted(&instance);
        wanted.name = format!("login-{number}");
        let written = write(&fake::secrets(&api), &wanted, None, Takeover::No).await.unwrap();
        sentences.push(ClientManagerLogin::read(written.secret().unwrap(), &realm).unwrap_err().to_string());
    }
    insta::assert_snapshot!(sentences.join("\n"), @r#"
    Secret platform/login-0 is the login of another realm: its realm is "other", expected "acme"; delete the Secret, and the realm controller makes it anew
    Secret platform/login-1 is the login of another realm: its uid is "uid-of-the-one-before", expected "uid-of-acme"; delete the Secret, and the realm controller makes it anew
    Secret platform/login-2 is the login of another realm: its namespace is "evil", expected "acme"; delete the Secret, and the realm controller makes it anew
    "#);
}

#[test]
fn a_login_without_a_key_says_who_makes_it() {
    let realm = fake::realm("acme", &json!({}), &json!({}));
    let secret = |data: &[(&str, &str)]| fake::stored(fake::secret("platform", "login", data));
    let sentences = [
        ClientManagerLogin::read(&secret(&[("client-id", "x")]), &realm).unwrap_err(),
        RealmManagerLogin::read(&secret(&[("client-id", "x"), ("client-uuid", "y"), ("client-secret", "")]))
            .unwrap_err(),
        AdminLogin::read(&secret(&[("username", "admin")])).unwrap_err(),
    ];
    insta::assert_snapshot!(sentences.map(|error| error.to_string()).join("\n"), @r#"
    the login for clients is not there: Secret platform/login has no key "client-uuid"; the realm controller makes it
    the login for realms is not there: Secret platform/login has no key "client-secret"; the instance controller makes it
    the login for administration is not there: Secret platform/login has neither the keys username and password nor client-id and client-secret; write the login of an administrator into it; for a server that we run, the instance controller makes it
    "#);
}

#[test]
fn an_administrator_is_a_user_or_a_service_account() {
    let read = |data: &[(&str, &str)]| {
        AdminLogin::read(&fake::stored(fake::secret("platform", "admin", data))).unwrap()
    };
    assert_eq!(
        read(&[("username", "admin"), ("password", "hidden")]).login(),
        &Login::bootstrap_admin("admin", "hidden".into())
    );
    assert_eq!(
        read(&[("client-id", "ci"), ("client-secret", "hidden")]).login(),
        &Login::service_account("master", "ci", "hidden".into())
    );
    let own = fake::instance(&json!({}), &json!({}));
    assert_eq!(AdminLogin::secret(&own), ("platform", "keycloak-admin-credentials".to_owned()));
    let named = fake::instance(
        &json!({"admin": {"existingSecret": "mine"}, "logins": {"namespace": "logins"}}),
        &json!({}),
    );
    assert_eq!(AdminLogin::secret(&named), ("platform", "mine".to_owned()));
}
