//! How the servers refuse, and what is made of it.

use keycloak_admin::queries::*;
use keycloak_admin::types::*;
use keycloak_admin::{AdminError, AdminSession, Class, Login, LoginError, Server, ServerSettings};
use serde_json::json;

use crate::real::{TestRealm, Version, api_of};
use crate::{client, role};

pub(crate) async fn refusals_are_spelled_as_expected(version: Version) {
    let realm = TestRealm::create(&version.admin(), "refusals").await;
    let (api, name) = (&realm.api, realm.name.as_str());
    let uuid = api.client_create(name, &client("shop")).await.unwrap().into_id().unwrap();
    let mut unknown = client("shop");
    unknown.extra.insert("inventedField".into(), json!(1));
    let illegal =
        ClientRepresentation { redirect_uris: Some(vec!["javascript:alert(1)".into()]), ..client("shop") };
    let outcomes = [
        ("client twice", api.client_create(name, &client("shop")).await.map(drop)),
        ("unknown field", api.client_update(name, &uuid, &unknown).await),
        ("illegal redirect", api.client_update(name, &uuid, &illegal).await),
        ("no such client", api.client_get(name, "nothing").await.map(drop)),
        ("no such role", api.role_get(name, "nothing").await.map(drop)),
        ("no such realm", api.realm_get("nothing").await.map(drop)),
        ("no service account", api.client_service_account_user(name, &uuid).await.map(drop)),
        ("role twice", {
            api.role_create(name, &role("twice")).await.unwrap();
            api.role_create(name, &role("twice")).await.map(drop)
        }),
        (
            "realm name with slash",
            api.realm_create(&RealmRepresentation { realm: Some("a/b".into()), ..Default::default() })
                .await
                .map(drop),
        ),
        (
            "realm twice",
            api.realm_create(&RealmRepresentation { realm: Some(name.into()), ..Default::default() })
                .await
                .map(drop),
        ),
    ];
    let lines: Vec<String> = outcomes
        .into_iter()
        .map(|(what, outcome)| {
            let error = outcome.expect_err(what);
            format!("{what}: {:?}: {error}", error.class()).replace(name, "<realm>").replace(&uuid, "<uuid>")
        })
        .collect();
    insta::assert_snapshot!(format!("refusals_{}", version.label()), lines.join("\n"));
    realm.delete().await;
}

pub(crate) async fn refused_logins_are_told_apart(version: Version) {
    let realm = TestRealm::create(&version.admin(), "logins").await;
    let (api, name) = (&realm.api, realm.name.as_str());
    let account = ClientRepresentation {
        secret: Some("right".into()),
        service_accounts_enabled: Some(true),
        ..client("robot")
    };
    let uuid = api.client_create(name, &account).await.unwrap().into_id().unwrap();
    let server = version.server();
    let log_in = async |realm: &str, client_id: &str, secret: &str| {
        let session = AdminSession::new(&server, Login::service_account(realm, client_id, secret.into()));
        session.token().await.map(drop)
    };
    log_in(name, "robot", "right").await.unwrap();
    let mut outcomes = vec![
        ("wrong secret", log_in(name, "robot", "wrong").await),
        ("unknown client", log_in(name, "nobody", "right").await),
        ("no such realm", log_in("nothing", "robot", "right").await),
        (
            "wrong password",
            AdminSession::new(&server, Login::bootstrap_admin("admin", "wrong".into()))
                .token()
                .await
                .map(drop),
        ),
    ];
    api.client_update(name, &uuid, &ClientRepresentation { enabled: Some(false), ..Default::default() })
        .await
        .unwrap();
    outcomes.push(("client disabled", log_in(name, "robot", "right").await));
    api.client_update(name, &uuid, &ClientRepresentation { enabled: Some(true), ..Default::default() })
        .await
        .unwrap();
    api.realm_update(name, &RealmRepresentation { enabled: Some(false), ..Default::default() })
        .await
        .unwrap();
    outcomes.push(("realm disabled", log_in(name, "robot", "right").await));
    let elsewhere = Server::new(ServerSettings::new(format!("{}/wrong/path", server.url()))).unwrap();
    let session = AdminSession::new(&elsewhere, Login::service_account(name, "robot", "right".into()));
    outcomes.push(("wrong address", session.token().await.map(drop)));
    let lines: Vec<String> = outcomes
        .into_iter()
        .map(|(what, outcome)| {
            let error = outcome.expect_err(what);
            format!("{what}: {:?}: {error}", error.class())
                .replace(name, "<realm>")
                .replace(server.url(), "<server>")
        })
        .collect();
    insta::assert_snapshot!(format!("refused_logins_{}", version.label()), lines.join("\n"));
    realm.delete().await;
}

pub(crate) async fn a_token_of_a_deleted_realm_is_refused_and_the_login_says_why(version: Version) {
    let realm = TestRealm::create(&version.admin(), "gone").await;
    let account = ClientRepresentation {
        secret: Some("secret".into()),
        service_accounts_enabled: Some(true),
        ..client("robot")
    };
    realm.api.client_create(&realm.name, &account).await.unwrap();
    let name = realm.name.clone();
    let own = api_of(version, &name, "robot", &"secret".into());
    own.session().token().await.unwrap();
    realm.delete().await;
    let error = own.client_list(&name, ClientListQuery::default()).await.unwrap_err();
    assert!(matches!(&error, AdminError::Login { source: LoginError::RealmMissing { .. }, .. }), "{error:?}");
    assert_eq!(error.class(), Class::Wait);
}
