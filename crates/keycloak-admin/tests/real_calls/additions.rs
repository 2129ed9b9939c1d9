//! Calls that Keycloak has and its own document lacks or tells wrongly.

use keycloak_admin::AdminError;
use keycloak_admin::queries::*;
use keycloak_admin::types::*;

use crate::real::{TestRealm, Version};

pub(crate) async fn calls_that_the_document_lacks_exist(version: Version) {
    let realm = TestRealm::create(&version.admin(), "lacking").await;
    let TestRealm { name, api } = &realm;
    let info = api.server_info().await.unwrap();
    assert!(info["systemInfo"]["version"].as_str().unwrap().starts_with(&version.label().replace('_', ".")));
    api.realm_cache_clear(name).await.unwrap();
    api.user_cache_clear(name).await.unwrap();
    api.keys_cache_clear(name).await.unwrap();
    api.crl_cache_clear(name).await.unwrap();

    let ldap = ComponentRepresentation {
        name: Some("ldap".into()),
        provider_id: Some("ldap".into()),
        provider_type: Some("org.keycloak.storage.UserStorageProvider".into()),
        config: Some(
            [
                ("connectionUrl", "ldap://127.0.0.1:1"),
                ("usersDn", "ou=users,dc=example"),
                ("usernameLDAPAttribute", "uid"),
                ("rdnLDAPAttribute", "uid"),
                ("uuidLDAPAttribute", "entryUUID"),
                ("userObjectClasses", "inetOrgPerson"),
                ("editMode", "READ_ONLY"),
                ("vendor", "other"),
                ("authType", "none"),
            ]
            .map(|(key, value)| (key.to_owned(), Some(vec![value.to_owned()])))
            .into(),
        ),
        ..Default::default()
    };
    let ldap_id = api.component_create(name, &ldap).await.unwrap().into_id().unwrap();
    api.user_storage_unlink_users(name, &ldap_id).await.unwrap();
    api.user_storage_remove_imported(name, &ldap_id).await.unwrap();
    let query = ComponentListQuery { parent: Some(&ldap_id), ..Default::default() };
    let mapper = api.component_list(name, query).await.unwrap().remove(0).id.unwrap();
    let test = TestLdapConnectionRepresentation {
        action: Some("testConnection".into()),
        connection_url: Some("ldap://127.0.0.1:1".into()),
        auth_type: Some("none".into()),
        ..Default::default()
    };
    // No LDAP server listens there: the calls are understood and fail for that reason alone.
    let outcomes = [
        ("test", api.realm_test_ldap(name, &test).await),
        ("capabilities", api.realm_ldap_capabilities(name, &test).await.map(drop)),
        ("sync", api.user_storage_sync(name, &ldap_id, Some("triggerFullSync")).await.map(drop)),
        (
            "mapper sync",
            api.user_storage_mapper_sync(name, &ldap_id, &mapper, Some("fedToKeycloak")).await.map(drop),
        ),
    ];
    for (what, outcome) in outcomes {
        match outcome {
            Ok(()) => {}
            Err(AdminError::Answer { status, message, .. }) => {
                assert!([400, 500].contains(&status.as_u16()), "{what}: {status}: {message}");
            }
            Err(other) => panic!("{what}: {other}"),
        }
    }
    realm.delete().await;
}

pub(crate) async fn an_identity_provider_is_linked_to_an_organization_by_its_alias(version: Version) {
    let made = RealmRepresentation { organizations_enabled: Some(true), ..Default::default() };
    let realm = TestRealm::with(&version.admin(), "orgs", made).await;
    let TestRealm { name, api } = &realm;
    let organization = OrganizationRepresentation {
        name: Some("acme".into()),
        domains: Some(vec![OrganizationDomainRepresentation {
            name: Some("acme.example".into()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    let id = api.organization_create(name, &organization).await.unwrap().into_id().unwrap();
    let idp = IdentityProviderRepresentation {
        alias: Some("corp".into()),
        provider_id: Some("oidc".into()),
        config: Some(
            [("clientId", "c"), ("tokenUrl", "https://t.example"), ("authorizationUrl", "https://a.example")]
                .map(|(key, value)| (key.to_owned(), Some(value.to_owned())))
                .into(),
        ),
        ..Default::default()
    };
    api.idp_create(name, &idp).await.unwrap();
    api.organization_idp_add(name, &id, "corp").await.unwrap();
    let linked = api.organization_idps(name, &id).await.unwrap();
    assert_eq!(linked[0].alias.as_deref(), Some("corp"));
    api.organization_idp_remove(name, &id, "corp").await.unwrap();
    assert_eq!(api.organizations(name).await.unwrap().len(), 1);
    assert_eq!(api.organization_member_count(name, &id).await.unwrap(), 0);
    api.organization_delete(name, &id).await.unwrap();
    realm.delete().await;
}
