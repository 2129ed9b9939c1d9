//! Names that a path has to carry.

use keycloak_admin::AdminError;

use crate::real::{TestRealm, Version};
use crate::role;

pub(crate) async fn names_with_reserved_characters_are_created_read_changed_and_deleted(version: Version) {
    let realm = TestRealm::create(&version.admin(), "names").await;
    let api = &realm.api;
    for name in [
        "a/b",
        r"a\b",
        r"a\..\..\x",
        "a;b=c",
        "a b",
        "%2f",
        "%",
        "ü€",
        "a..b",
        "...",
        "?x#y",
        "a+b&c",
        "../up",
    ] {
        api.role_create(&realm.name, &role(name)).await.unwrap();
        let mut read = api.role_get(&realm.name, name).await.unwrap();
        assert_eq!(read.name.as_deref(), Some(name));
        read.description = Some("changed".into());
        api.role_update(&realm.name, name, &read).await.unwrap();
        let read = api.role_get(&realm.name, name).await.unwrap();
        assert_eq!((read.name.as_deref(), read.description.as_deref()), (Some(name), Some("changed")));
        api.role_delete(&realm.name, name).await.unwrap();
        assert!(api.role_get(&realm.name, name).await.unwrap_err().is_not_found(), "{name}");
    }
    assert!(api.realm_get(&realm.name).await.unwrap().id.is_some(), "the realm itself was never meant");
    realm.delete().await;
}

pub(crate) async fn a_role_whose_name_no_url_carries_is_reached_by_its_id(version: Version) {
    let realm = TestRealm::create(&version.admin(), "dots").await;
    let api = &realm.api;
    for name in [".", "..", ""] {
        api.role_create(&realm.name, &role(name)).await.unwrap();
        assert!(matches!(api.role_get(&realm.name, name).await, Err(AdminError::Path { .. })));
        let found = api.roles(&realm.name).await.unwrap();
        let found = found.iter().find(|role| role.name.as_deref() == Some(name)).unwrap();
        api.role_by_id_delete(&realm.name, found.id.as_deref().unwrap()).await.unwrap();
    }
    realm.delete().await;
}
