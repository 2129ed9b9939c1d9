//! The login model on real servers: who is made by whom, and what each may do.
#![allow(
    clippy::wildcard_imports,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test program"
)]

mod real;

use std::fmt::Write as _;

use keycloak_admin::logins::{
    CLIENT_MANAGER_ROLES, ClientManager, Excess, Granted, LoginsError, client_manager, grant_realms,
    realm_manager,
};
use keycloak_admin::queries::*;
use keycloak_admin::types::*;
use keycloak_admin::{AdminApi, AdminError, LoginError, RealmView, Secret};
use real::{TestRealm, Version, api_of, unique};

on_both!(
    a_realm_manager_is_made_once_and_left_alone_while_it_is_right,
    a_realm_manager_that_was_bent_is_mended_and_keeps_its_id_and_its_realms,
    a_client_manager_is_made_by_the_realm_manager_and_mended,
    a_realm_manager_loses_what_a_composite_or_a_group_gave_it,
    a_realm_manager_stays_in_a_group_that_grants_it_a_realm_and_no_more,
    a_client_manager_loses_what_a_composite_or_a_group_gave_it,
    what_everybody_in_a_realm_may_do_is_told_of_a_client_manager_and_not_taken_from_others,
    a_granting_run_gives_the_named_realms_and_no_other,
    a_name_that_an_application_has_is_not_taken,
    the_table_of_logins_calls_and_answers,
);

/// A realm-manager of its own for a test.
async fn manager(version: Version) -> (AdminApi, String, Secret) {
    let (client_id, secret) = (unique("cloakroom"), Secret::random());
    realm_manager(&version.admin(), &client_id, &secret).await.unwrap();
    (api_of(version, "master", &client_id, &secret), client_id, secret)
}

/// Deletes the account of a test.
async fn forget(version: Version, client_id: &str) {
    let admin = version.admin();
    let uuid = admin.client_by_client_id("master", client_id).await.unwrap().unwrap().id.unwrap();
    admin.client_delete("master", &uuid).await.unwrap();
}

async fn a_realm_manager_is_made_once_and_left_alone_while_it_is_right(version: Version) {
    let admin = version.admin();
    let (client_id, secret) = (unique("cloakroom"), Secret::random());
    let first = realm_manager(&admin, &client_id, &secret).await.unwrap();
    assert_eq!(first.excess, Excess::default());
    let read = async || {
        let mut client = admin.client_get("master", &first.credentials.client_uuid).await.unwrap();
        // Keycloak answers these in any order.
        client.default_client_scopes.as_mut().unwrap().sort();
        client.optional_client_scopes.as_mut().unwrap().sort();
        let user = admin.client_service_account_user("master", &first.credentials.client_uuid).await.unwrap();
        (client, user.id.clone(), admin.user_role_mappings("master", &user.id.unwrap()).await.unwrap())
    };
    let before = read().await;
    assert_eq!(realm_manager(&admin, &client_id, &secret).await.unwrap(), first);
    assert_eq!(read().await, before);

    let client = before.0;
    assert_eq!(client.full_scope_allowed, Some(true));
    let attributes = client.attributes.unwrap();
    assert_eq!(attributes["client.use.lightweight.access.token.enabled"].as_deref(), Some("true"));
    let roles: Vec<String> =
        before.2.realm_mappings.unwrap().into_iter().filter_map(|role| role.name).collect();
    assert!(roles.contains(&"create-realm".to_owned()), "{roles:?}");
    assert!(!roles.contains(&"admin".to_owned()), "{roles:?}");

    let manager = api_of(version, "master", &client_id, &secret);
    let token = manager.session().token().await.unwrap();
    assert!(token.expose().len() < 1000, "lightweight: {}", token.expose().len());
    forget(version, &client_id).await;
}

async fn a_realm_manager_that_was_bent_is_mended_and_keeps_its_id_and_its_realms(version: Version) {
    let admin = version.admin();
    let (api, client_id, secret) = manager(version).await;
    let realm = TestRealm::create(&api, "kept").await;
    let made = realm_manager(&admin, &client_id, &secret).await.unwrap();
    let uuid = made.credentials.client_uuid.clone();

    let user = admin.client_service_account_user("master", &uuid).await.unwrap().id.unwrap();
    let all_powerful = admin.role_get("master", "admin").await.unwrap();
    let create_realm = admin.role_get("master", "create-realm").await.unwrap();
    admin.user_realm_roles_add("master", &user, &vec![all_powerful]).await.unwrap();
    admin.user_realm_roles_remove("master", &user, &vec![create_realm]).await.unwrap();
    let bent = ClientRepresentation {
        enabled: Some(false),
        full_scope_allowed: Some(false),
        standard_flow_enabled: Some(true),
        secret: Some("leaked".into()),
        ..Default::default()
    };
    admin.client_update("master", &uuid, &bent).await.unwrap();
    let refused = api_of(version, "master", &client_id, &secret).session().token().await.unwrap_err();
    assert!(matches!(refused, LoginError::Refused { .. }), "{refused}");

    let fresh = Secret::random();
    let mended = realm_manager(&admin, &client_id, &fresh).await.unwrap();
    assert_eq!(mended.credentials.client_uuid, uuid);
    assert_eq!(mended.excess, Excess { taken_away: vec!["admin".into()], left: vec![] });
    let old = api_of(version, "master", &client_id, &"leaked".into()).session().token().await;
    assert!(matches!(old, Err(LoginError::Refused { .. })), "the old secret is out");
    let api = api_of(version, "master", &client_id, &fresh);
    assert!(
        matches!(api.realm_view(&realm.name).await.unwrap(), RealmView::Full(_)),
        "its realms are still its own"
    );
    let second = TestRealm::create(&api, "again").await;
    second.delete().await;
    api.realm_delete(&realm.name).await.unwrap();
    forget(version, &client_id).await;
}

async fn a_client_manager_is_made_by_the_realm_manager_and_mended(version: Version) {
    let (api, account, _) = manager(version).await;
    let realm = TestRealm::create(&api, "clients").await;
    let (client_id, secret) = ("cloakroom-client-manager", Secret::random());
    let made = client_manager(&api, &realm.name, client_id, &secret).await.unwrap();
    assert_eq!(client_manager(&api, &realm.name, client_id, &secret).await.unwrap(), made);

    let user = async || {
        let uuid = &made.credentials.client_uuid;
        api.client_service_account_user(&realm.name, uuid).await.unwrap().id.unwrap()
    };
    let container =
        api.client_by_client_id(&realm.name, "realm-management").await.unwrap().unwrap().id.unwrap();
    let held = async || {
        let roles = api.user_client_roles(&realm.name, &user().await, &container).await.unwrap();
        let mut names: Vec<String> = roles.into_iter().filter_map(|role| role.name).collect();
        names.sort();
        names
    };
    assert_eq!(held().await, CLIENT_MANAGER_ROLES);
    // Bent by an administrator of the server: some versions let nobody else give these roles.
    let admin = version.admin();
    let too_much = admin.client_role_get(&realm.name, &container, "manage-realm").await.unwrap();
    let needed = admin.client_role_get(&realm.name, &container, "view-events").await.unwrap();
    admin.user_client_roles_add(&realm.name, &user().await, &container, &vec![too_much]).await.unwrap();
    admin.user_client_roles_remove(&realm.name, &user().await, &container, &vec![needed]).await.unwrap();
    let mended = client_manager(&api, &realm.name, client_id, &secret).await.unwrap();
    let taken_away = vec!["manage-realm of realm-management".to_owned()];
    assert_eq!(mended, ClientManager { excess: Excess { taken_away, left: vec![] }, ..made.clone() });
    assert_eq!(held().await, CLIENT_MANAGER_ROLES);
    realm.delete().await;
    forget(version, &account).await;
}

/// A realm role that holds another role.
async fn composite(
    admin: &AdminApi,
    realm: &str,
    name: &str,
    held: RoleRepresentation,
) -> RoleRepresentation {
    let role = RoleRepresentation { name: Some(name.into()), ..Default::default() };
    admin.role_create(realm, &role).await.unwrap();
    admin.role_composites_add(realm, name, &vec![held]).await.unwrap();
    admin.role_get(realm, name).await.unwrap()
}

/// A group with these rights, and the user in it.
async fn group_of(admin: &AdminApi, realm: &str, name: &str, user: &str) -> String {
    let group = GroupRepresentation { name: Some(name.into()), ..Default::default() };
    let group = admin.group_create(realm, &group).await.unwrap().into_id().unwrap();
    admin.user_group_add(realm, user, &group).await.unwrap();
    group
}

async fn a_realm_manager_loses_what_a_composite_or_a_group_gave_it(version: Version) {
    let admin = version.admin();
    let (api, client_id, secret) = manager(version).await;
    let realm = TestRealm::create(&api, "own").await;
    let foreign = TestRealm::create(&admin, "foreign").await;
    let made = realm_manager(&admin, &client_id, &secret).await.unwrap();
    let user = admin.client_service_account_user("master", &made.credentials.client_uuid).await.unwrap();
    let user = user.id.unwrap();
    let (boss, staff) = (unique("boss"), unique("staff"));
    let all_powerful = admin.role_get("master", "admin").await.unwrap();
    let role = composite(&admin, "master", &boss, all_powerful.clone()).await;
    admin.user_realm_roles_add("master", &user, &vec![role]).await.unwrap();
    let group = group_of(&admin, "master", &staff, &user).await;
    admin.group_realm_roles_add("master", &group, &vec![all_powerful]).await.unwrap();
    // It has rights on everything now.
    assert!(matches!(api.realm_view(&foreign.name).await.unwrap(), RealmView::Full(_)));

    let mended = realm_manager(&admin, &client_id, &secret).await.unwrap();
    let mut taken_away = vec![boss.clone(), format!("group /{staff}")];
    taken_away.sort();
    assert_eq!(mended.excess, Excess { taken_away, left: vec![] });
    assert_eq!(api.realm_view(&foreign.name).await.unwrap(), RealmView::Reduced);
    assert!(matches!(api.realm_view(&realm.name).await.unwrap(), RealmView::Full(_)), "its own");
    assert_eq!(realm_manager(&admin, &client_id, &secret).await.unwrap(), made);

    admin.role_delete("master", &boss).await.unwrap();
    admin.group_delete("master", &group).await.unwrap();
    foreign.delete().await;
    realm.delete().await;
    forget(version, &client_id).await;
}

async fn a_realm_manager_stays_in_a_group_that_grants_it_a_realm_and_no_more(version: Version) {
    let admin = version.admin();
    let (api, client_id, secret) = manager(version).await;
    let granted = TestRealm::create(&admin, "granted").await;
    let made = realm_manager(&admin, &client_id, &secret).await.unwrap();
    let user = admin.client_service_account_user("master", &made.credentials.client_uuid).await.unwrap();
    let user = user.id.unwrap();
    let keepers = unique("keepers");
    let group = group_of(&admin, "master", &keepers, &user).await;
    let container = admin.client_by_client_id("master", &format!("{}-realm", granted.name)).await.unwrap();
    let container = container.unwrap().id.unwrap();
    let view = admin.client_role_get("master", &container, "view-realm").await.unwrap();
    admin.group_client_roles_add("master", &group, &container, &vec![view]).await.unwrap();
    assert!(matches!(api.realm_view(&granted.name).await.unwrap(), RealmView::Full(_)));

    assert_eq!(realm_manager(&admin, &client_id, &secret).await.unwrap(), made);
    assert!(matches!(api.realm_view(&granted.name).await.unwrap(), RealmView::Full(_)), "as it was granted");

    // As soon as that group gives more, nobody can tell the one from the other.
    let all_powerful = admin.role_get("master", "admin").await.unwrap();
    admin.group_realm_roles_add("master", &group, &vec![all_powerful]).await.unwrap();
    let mended = realm_manager(&admin, &client_id, &secret).await.unwrap();
    let taken_away = vec![format!("group /{keepers}")];
    assert_eq!(mended.excess, Excess { taken_away, left: vec![] });
    assert_eq!(api.realm_view(&granted.name).await.unwrap(), RealmView::Reduced);

    admin.group_delete("master", &group).await.unwrap();
    granted.delete().await;
    forget(version, &client_id).await;
}

async fn a_client_manager_loses_what_a_composite_or_a_group_gave_it(version: Version) {
    let admin = version.admin();
    let (api, account, _) = manager(version).await;
    let realm = TestRealm::create(&api, "bent").await;
    let (name, client_id, secret) = (realm.name.as_str(), "cloakroom-client-manager", Secret::random());
    let made = client_manager(&api, name, client_id, &secret).await.unwrap();
    assert_eq!(made.excess, Excess::default());
    let user = async || {
        let uuid = &made.credentials.client_uuid;
        admin.client_service_account_user(name, uuid).await.unwrap().id.unwrap()
    };
    let container = admin.client_by_client_id(name, "realm-management").await.unwrap().unwrap().id.unwrap();
    let realm_admin = admin.client_role_get(name, &container, "realm-admin").await.unwrap();
    let boss = composite(&admin, name, "boss", realm_admin.clone()).await;
    admin.user_realm_roles_add(name, &user().await, &vec![boss]).await.unwrap();
    let shop = ClientRepresentation { client_id: Some("shop".into()), ..Default::default() };
    let shop = admin.client_create(name, &shop).await.unwrap().into_id().unwrap();
    let clerk = RoleRepresentation { name: Some("clerk".into()), ..Default::default() };
    admin.client_role_create(name, &shop, &clerk).await.unwrap();
    let clerk = admin.client_role_get(name, &shop, "clerk").await.unwrap();
    admin.user_client_roles_add(name, &user().await, &shop, &vec![clerk]).await.unwrap();
    let staff = group_of(&admin, name, "staff", &user().await).await;
    admin.group_client_roles_add(name, &staff, &container, &vec![realm_admin]).await.unwrap();
    // One that gives nothing: it stays, unless it cannot be told apart from one that does.
    group_of(&admin, name, "guests", &user().await).await;

    let mended = client_manager(&api, name, client_id, &secret).await.unwrap();
    let has = admin.user_client_roles_effective(name, &user().await, &container, None).await.unwrap();
    let mut has: Vec<String> = has.into_iter().filter_map(|role| role.name).collect();
    has.sort();
    let excess = format!("{:?}\nhas {has:?}", mended.excess);
    insta::assert_snapshot!(format!("client_manager_excess_{}", version.label()), excess);
    realm.delete().await;
    forget(version, &account).await;
}

async fn what_everybody_in_a_realm_may_do_is_told_of_a_client_manager_and_not_taken_from_others(
    version: Version,
) {
    let admin = version.admin();
    let (api, account, _) = manager(version).await;
    let realm = TestRealm::create(&api, "everybody").await;
    let name = realm.name.as_str();
    let container = admin.client_by_client_id(name, "realm-management").await.unwrap().unwrap().id.unwrap();
    let manage_realm = admin.client_role_get(name, &container, "manage-realm").await.unwrap();
    let default_role = format!("default-roles-{name}");
    admin.role_composites_add(name, &default_role, &vec![manage_realm]).await.unwrap();

    let made = client_manager(&api, name, "cloakroom-client-manager", &Secret::random()).await.unwrap();
    let left = vec!["manage-realm of realm-management".to_owned()];
    // Where a server makes us import the account, it gets its four roles and not the default one.
    let expected = if version == Version::V26_4 { vec![] } else { left };
    assert_eq!(made.excess, Excess { taken_away: vec![], left: expected });
    let held = admin.role_composites(name, &default_role).await.unwrap();
    assert!(held.iter().any(|role| role.name.as_deref() == Some("manage-realm")));
    realm.delete().await;
    forget(version, &account).await;
}

async fn a_granting_run_gives_the_named_realms_and_no_other(version: Version) {
    let admin = version.admin();
    let (api, account, _) = manager(version).await;
    let (named, other) = (TestRealm::create(&admin, "named").await, TestRealm::create(&admin, "other").await);
    // The token of before the grant is used: roles are effective at once.
    assert_eq!(api.realm_view(&named.name).await.unwrap(), RealmView::Reduced);

    let both = [named.name.clone(), "no-such-realm".to_owned()];
    let granted = grant_realms(&admin, &account, &both).await.unwrap();
    assert!(matches!(&granted[0].1, Granted::Now(roles) if roles.len() > 10), "{granted:?}");
    assert_eq!(granted[1].1, Granted::NoSuchRealm);
    assert_eq!(grant_realms(&admin, &account, &both[..1]).await.unwrap()[0].1, Granted::Before);
    assert!(matches!(api.realm_view(&named.name).await.unwrap(), RealmView::Full(_)));
    assert_eq!(api.realm_view(&other.name).await.unwrap(), RealmView::Reduced);

    let master = grant_realms(&admin, &account, &["master".to_owned()]).await.unwrap_err();
    assert_eq!(
        master.to_string(),
        "realm master cannot be given to a realm-manager: whoever manages it manages the server"
    );
    let nobody = grant_realms(&admin, "nobody", &both).await.unwrap_err();
    assert_eq!(nobody.to_string(), "there is no client nobody in realm master: make the login first");
    named.delete().await;
    other.delete().await;
    forget(version, &account).await;
}

async fn a_name_that_an_application_has_is_not_taken(version: Version) {
    let (api, account, _) = manager(version).await;
    let realm = TestRealm::create(&api, "taken").await;
    let shop = ClientRepresentation {
        client_id: Some("shop".into()),
        redirect_uris: Some(vec!["https://shop.example/".into()]),
        ..Default::default()
    };
    api.client_create(&realm.name, &shop).await.unwrap();
    let saml = ClientRepresentation {
        client_id: Some("saml".into()),
        protocol: Some("saml".into()),
        ..Default::default()
    };
    api.client_create(&realm.name, &saml).await.unwrap();
    for (client_id, what) in [("shop", "an application"), ("saml", "a SAML client")] {
        let error = client_manager(&api, &realm.name, client_id, &Secret::random()).await.unwrap_err();
        assert!(matches!(&error, LoginsError::NotALogin { what: found, .. } if *found == what), "{error}");
    }
    assert!(matches!(client_manager(&api, "master", "x", &Secret::random()).await, Err(LoginsError::Master)));
    realm.delete().await;
    forget(version, &account).await;
}

/// One line of the table: a call, and what each login is answered.
struct Row {
    call: &'static str,
    answers: Vec<String>,
}

/// Objects in a realm that the calls work on, made by an administrator.
struct Fixture {
    client: String,
    account_user: String,
    scope: String,
    role: RoleRepresentation,
    client_role: RoleRepresentation,
    realm_management: String,
    view_users: RoleRepresentation,
    realm_admin: RoleRepresentation,
}

async fn fixture(admin: &AdminApi, realm: &str) -> Fixture {
    let target = ClientRepresentation {
        client_id: Some("target".into()),
        service_accounts_enabled: Some(true),
        ..Default::default()
    };
    let client = admin.client_create(realm, &target).await.unwrap().into_id().unwrap();
    let account_user = admin.client_service_account_user(realm, &client).await.unwrap().id.unwrap();
    let scope = ClientScopeRepresentation {
        name: Some("target".into()),
        protocol: Some("openid-connect".into()),
        ..Default::default()
    };
    let scope = admin.scope_create(realm, &scope).await.unwrap().into_id().unwrap();
    let role = RoleRepresentation { name: Some("target".into()), ..Default::default() };
    admin.role_create(realm, &role).await.unwrap();
    admin.client_role_create(realm, &client, &role).await.unwrap();
    let realm_management =
        admin.client_by_client_id(realm, "realm-management").await.unwrap().unwrap().id.unwrap();
    Fixture {
        role: admin.role_get(realm, "target").await.unwrap(),
        client_role: admin.client_role_get(realm, &client, "target").await.unwrap(),
        view_users: admin.client_role_get(realm, &realm_management, "view-users").await.unwrap(),
        realm_admin: admin.client_role_get(realm, &realm_management, "realm-admin").await.unwrap(),
        client,
        account_user,
        scope,
        realm_management,
    }
}

fn said<T>(outcome: Result<T, AdminError>) -> String {
    match outcome {
        Ok(_) => "200".into(),
        Err(AdminError::Answer { status, .. }) => status.as_u16().to_string(),
        Err(other) => format!("{other:?}"),
    }
}

/// Makes each call once with one login.
async fn answers(api: &AdminApi, realm: &str, f: &Fixture) -> Vec<(&'static str, String)> {
    let named = unique("made");
    let client = ClientRepresentation { client_id: Some(named.clone()), ..Default::default() };
    let role = RoleRepresentation { name: Some(named.clone()), ..Default::default() };
    let group = GroupRepresentation { name: Some(named.clone()), ..Default::default() };
    let scope = ClientScopeRepresentation {
        name: Some(named.clone()),
        protocol: Some("openid-connect".into()),
        ..Default::default()
    };
    let idp = IdentityProviderRepresentation {
        alias: Some(named.clone()),
        provider_id: Some("oidc".into()),
        config: Some(
            [("clientId", "c"), ("tokenUrl", "https://t.example"), ("authorizationUrl", "https://a.example")]
                .map(|(key, value)| (key.to_owned(), Some(value.to_owned())))
                .into(),
        ),
        ..Default::default()
    };
    let key = ComponentRepresentation {
        name: Some(named.clone()),
        provider_id: Some("aes-generated".into()),
        provider_type: Some("org.keycloak.keys.KeyProvider".into()),
        ..Default::default()
    };
    let import =
        PartialImportRepresentation { if_resource_exists: Some("SKIP".into()), ..Default::default() };
    let view = match api.realm_view(realm).await {
        Ok(RealmView::Full(_)) => "200".to_owned(),
        Ok(RealmView::Reduced) => "200 reduced".to_owned(),
        Err(error) => said::<()>(Err(error)),
    };
    let change = RealmRepresentation { display_name: Some(named.clone()), ..Default::default() };
    let export = RealmPartialExportQuery { export_clients: Some(false), export_groups_and_roles: Some(true) };
    vec![
        ("realm: read", view),
        ("realm: change", said(api.realm_update(realm, &change).await)),
        ("realm: partial export", said(api.realm_partial_export(realm, export).await)),
        ("realm: partial import", said(api.realm_partial_import(realm, &import).await)),
        ("realm: keys", said(api.realm_keys(realm).await)),
        ("realm: user profile", said(api.user_profile_get(realm).await)),
        ("events: settings", said(api.events_config_get(realm).await)),
        (
            "events: administrators'",
            said(api.admin_events_list(realm, AdminEventsListQuery::default()).await),
        ),
        (
            "clients: list",
            said(api.client_list(realm, ClientListQuery { max: Some(1), ..Default::default() }).await),
        ),
        ("clients: read one", said(api.client_get(realm, &f.client).await)),
        ("clients: create", said(api.client_create(realm, &client).await)),
        (
            "clients: change",
            said(
                api.client_update(
                    realm,
                    &f.client,
                    &ClientRepresentation { name: Some(named.clone()), ..Default::default() },
                )
                .await,
            ),
        ),
        ("clients: secret", said(api.client_secret_get(realm, &f.client).await)),
        ("clients: service-account user", said(api.client_service_account_user(realm, &f.client).await)),
        ("client roles: create", said(api.client_role_create(realm, &f.client, &role).await)),
        (
            "client roles: client role into composite",
            said(
                api.client_role_composites_add(realm, &f.client, &named, &vec![f.client_role.clone()]).await,
            ),
        ),
        (
            "client roles: realm role into composite",
            said(api.client_role_composites_add(realm, &f.client, &named, &vec![f.role.clone()]).await),
        ),
        ("scopes: list", said(api.scope_list(realm).await)),
        ("scopes: create", said(api.scope_create(realm, &scope).await)),
        ("scopes: link to client", said(api.client_optional_scope_add(realm, &f.client, &f.scope).await)),
        (
            "scope mappings: realm role to client",
            said(api.client_scope_mappings_realm_add(realm, &f.client, &vec![f.role.clone()]).await),
        ),
        (
            "scope mappings: client role to client",
            said(
                api.client_scope_mappings_client_add(
                    realm,
                    &f.client,
                    &f.client,
                    &vec![f.client_role.clone()],
                )
                .await,
            ),
        ),
        ("realm roles: list", said(api.role_list(realm, RoleListQuery::default()).await)),
        ("realm roles: create", said(api.role_create(realm, &role).await)),
        (
            "service account: give realm role",
            said(api.user_realm_roles_add(realm, &f.account_user, &vec![f.role.clone()]).await),
        ),
        (
            "service account: give client role",
            said(
                api.user_client_roles_add(realm, &f.account_user, &f.client, &vec![f.client_role.clone()])
                    .await,
            ),
        ),
        (
            "service account: give view-users",
            said(
                api.user_client_roles_add(
                    realm,
                    &f.account_user,
                    &f.realm_management,
                    &vec![f.view_users.clone()],
                )
                .await,
            ),
        ),
        (
            "service account: give realm-admin",
            said(
                api.user_client_roles_add(
                    realm,
                    &f.account_user,
                    &f.realm_management,
                    &vec![f.realm_admin.clone()],
                )
                .await,
            ),
        ),
        (
            "users: list",
            said(api.user_list(realm, UserListQuery { max: Some(1), ..Default::default() }).await),
        ),
        ("groups: list", said(api.group_list(realm, GroupListQuery::default()).await)),
        ("groups: create", said(api.group_create(realm, &group).await)),
        ("identity providers: list", said(api.idp_list(realm, IdpListQuery::default()).await)),
        ("identity providers: create", said(api.idp_create(realm, &idp).await)),
        ("components: list", said(api.component_list(realm, ComponentListQuery::default()).await)),
        ("components: create", said(api.component_create(realm, &key).await)),
        ("flows: list", said(api.flow_list(realm).await)),
        (
            "localization: add",
            said(
                api.localization_texts_add(realm, "de", &[("a".to_owned(), Some("b".to_owned()))].into())
                    .await,
            ),
        ),
        (
            "server info",
            match api.server_info().await {
                Ok(info) if info.get("systemInfo").is_some_and(|system| system.get("version").is_some()) => {
                    "200".into()
                }
                Ok(_) => "200 no version".into(),
                Err(error) => said::<()>(Err(error)),
            },
        ),
        ("realms: create", {
            let realm = RealmRepresentation { realm: Some(unique("made-realm")), ..Default::default() };
            let outcome = api.realm_create(&realm).await;
            if outcome.is_ok() {
                api.realm_delete(realm.realm.as_deref().unwrap()).await.unwrap();
            }
            said(outcome)
        }),
    ]
}

async fn the_table_of_logins_calls_and_answers(version: Version) {
    let admin = version.admin();
    let mut text = String::new();
    for permissions in [false, true] {
        let (manager, account, _) = manager(version).await;
        let own = TestRealm::create(&manager, "own").await;
        let (foreign, granted) =
            (TestRealm::create(&admin, "foreign").await, TestRealm::create(&admin, "granted").await);
        grant_realms(&admin, &account, std::slice::from_ref(&granted.name)).await.unwrap();
        let secret = Secret::random();
        client_manager(&manager, &own.name, "cloakroom-client-manager", &secret).await.unwrap();
        let client_manager = api_of(version, &own.name, "cloakroom-client-manager", &secret);

        let mut columns = Vec::new();
        for (login, api, realm) in [
            ("realm-manager, own realm", &manager, &own),
            ("realm-manager, granted realm", &manager, &granted),
            ("realm-manager, foreign realm", &manager, &foreign),
            ("client-manager, its realm", &client_manager, &own),
            ("client-manager, foreign realm", &client_manager, &foreign),
        ] {
            let admin_of =
                RealmRepresentation { admin_permissions_enabled: Some(permissions), ..Default::default() };
            admin.realm_update(&realm.name, &admin_of).await.unwrap();
            // A fixture per login, so that none meets what another made.
            if let Some(client) = admin.client_by_client_id(&realm.name, "target").await.unwrap() {
                admin.client_delete(&realm.name, client.id.as_deref().unwrap()).await.unwrap();
                admin.role_delete(&realm.name, "target").await.unwrap();
                let scopes = admin.scope_list(&realm.name).await.unwrap();
                let scope = scopes.into_iter().find(|scope| scope.name.as_deref() == Some("target")).unwrap();
                admin.scope_delete(&realm.name, &scope.id.unwrap()).await.unwrap();
            }
            let fixture = fixture(&admin, &realm.name).await;
            columns.push((login, answers(api, &realm.name, &fixture).await));
        }
        table(&mut text, permissions, &columns);
        for realm in [own, foreign, granted] {
            admin.realm_delete(&realm.name).await.unwrap();
        }
        forget(version, &account).await;
    }
    insta::assert_snapshot!(format!("login_rights_{}", version.label()), text);
}

fn table(text: &mut String, permissions: bool, columns: &[(&str, Vec<(&'static str, String)>)]) {
    let rows = columns[0].1.iter().enumerate().map(|(index, (call, _))| Row {
        call,
        answers: columns.iter().map(|(_, answers)| answers[index].1.clone()).collect(),
    });
    writeln!(text, "adminPermissionsEnabled: {permissions}\n").unwrap();
    for (number, (login, _)) in columns.iter().enumerate() {
        writeln!(text, "{}: {login}", number + 1).unwrap();
    }
    writeln!(text, "\n{:<42}{:<16}{:<16}{:<16}{:<16}5", "call", 1, 2, 3, 4).unwrap();
    for Row { call, answers } in rows {
        let mut line = format!("{call:<42}");
        for answer in answers {
            write!(line, "{answer:<16}").unwrap();
        }
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text.push('\n');
}
