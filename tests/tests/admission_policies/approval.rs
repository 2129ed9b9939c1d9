//! Who may allow a loss: annotations `approve` and `abandon`, deletion policies `Delete` and `Retain`.

use anyhow::Result;
use end_to_end::namespace::Namespace;
use serde_json::{Value, json};

use crate::{Tenant, annotation, grant, refused_by, without};

const POLICY: &str = "approval.keycloak.mdvr.nl";

fn realm_on(instance_namespace: &str) -> Value {
    json!({"realmName": "acme", "operatorRef": {"namespace": instance_namespace}})
}

fn client_in(realm_namespace: &str) -> Value {
    json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": realm_namespace}})
}

fn deletion_policy(policy: &str) -> Value {
    json!({"spec": {"deletionPolicy": policy}})
}

#[test]
fn approving_a_realm_needs_the_verb_on_its_instance_in_another_namespace() -> Result<()> {
    let tenant = Tenant::create("approve")?;
    let platform = Namespace::create(&tenant.administrator, "platform")?;
    tenant.person.apply(&tenant.namespace.object("KeycloakRealm", &realm_on(platform.name())))?;
    // The verb on the tenant's own object is worth nothing here.
    tenant.allow("approve", "keycloakrealms", "it")?;

    let words = refused_by(POLICY, tenant.patch("keycloakrealms", &annotation("approve", "4f1c")))?;
    insta::assert_snapshot!(without(&words, &platform, "platform"), @"annotation keycloak.mdvr.nl/approve and deletionPolicy Delete allow what loses data of users, so they need the verb approve on keycloaks platform/keycloak, which you do not have; leave them out, let somebody set them who has the verb, or ask the administrators of namespace platform for a Role with it");
    refused_by(POLICY, tenant.patch("keycloakrealms", &deletion_policy("Delete")))?;

    grant(&platform, &tenant.user, "approve", "keycloaks", "keycloak")?;
    tenant.patch("keycloakrealms", &annotation("approve", "4f1c"))?;
    tenant.patch("keycloakrealms", &deletion_policy("Delete"))?;
    Ok(())
}

#[test]
fn abandoning_needs_a_verb_of_its_own() -> Result<()> {
    let tenant = Tenant::create("abandon")?;
    let platform = Namespace::create(&tenant.administrator, "platform")?;
    tenant.person.apply(&tenant.namespace.object("KeycloakRealm", &realm_on(platform.name())))?;
    grant(&platform, &tenant.user, "approve", "keycloaks", "keycloak")?;

    let words = refused_by(POLICY, tenant.patch("keycloakrealms", &annotation("abandon", "true")))?;
    insta::assert_snapshot!(without(&words, &platform, "platform"), @"annotation keycloak.mdvr.nl/abandon and deletionPolicy Retain leave things in Keycloak that nobody looks after, so they need the verb abandon on keycloaks platform/keycloak, which you do not have; leave them out, let somebody set them who has the verb, or ask the administrators of namespace platform for a Role with it");
    refused_by(POLICY, tenant.patch("keycloakrealms", &deletion_policy("Retain")))?;

    grant(&platform, &tenant.user, "abandon", "keycloaks", "keycloak")?;
    tenant.patch("keycloakrealms", &annotation("abandon", "true"))?;
    tenant.patch("keycloakrealms", &deletion_policy("Retain"))?;
    Ok(())
}

#[test]
fn the_verb_on_one_instance_does_not_count_for_another() -> Result<()> {
    let tenant = Tenant::create("approve")?;
    let platform = Namespace::create(&tenant.administrator, "platform")?;
    grant(&platform, &tenant.user, "approve", "keycloaks", "keycloak")?;
    let mut spec = realm_on(platform.name());
    spec["operatorRef"]["name"] = json!("other");
    spec["deletionPolicy"] = json!("Delete");

    refused_by(POLICY, tenant.person.would_apply(&tenant.namespace.object("KeycloakRealm", &spec)))?;
    spec["operatorRef"]["name"] = json!("keycloak");
    tenant.person.would_apply(&tenant.namespace.object("KeycloakRealm", &spec))?;
    Ok(())
}

#[test]
fn beside_its_instance_a_realm_is_approved_by_a_verb_on_the_realm() -> Result<()> {
    let tenant = Tenant::create("approve")?;
    tenant.person.apply(&tenant.namespace.object("KeycloakRealm", &realm_on(tenant.namespace.name())))?;

    let words = refused_by(POLICY, tenant.patch("keycloakrealms", &annotation("approve", "4f1c")))?;
    assert!(
        words.contains(&format!("the verb approve on keycloakrealms {}/it", tenant.namespace.name())),
        "{words}"
    );
    tenant.allow("approve", "keycloakrealms", "it")?;
    tenant.patch("keycloakrealms", &annotation("approve", "4f1c"))?;
    Ok(())
}

#[test]
fn a_client_asks_the_realm_of_another_namespace() -> Result<()> {
    let tenant = Tenant::create("approve")?;
    let owner = Namespace::create(&tenant.administrator, "owner")?;
    tenant.allow("abandon", "keycloakclients", "it")?;
    let object = |realm_namespace| {
        let mut spec = client_in(realm_namespace);
        spec["deletionPolicy"] = json!("Retain");
        tenant.namespace.object("KeycloakClient", &spec)
    };

    tenant.person.would_apply(&object(tenant.namespace.name()))?;
    let words = refused_by(POLICY, tenant.person.would_apply(&object(owner.name())))?;
    assert!(words.contains(&format!("the verb abandon on keycloakrealms {}/acme", owner.name())), "{words}");
    grant(&owner, &tenant.user, "abandon", "keycloakrealms", "acme")?;
    tenant.person.would_apply(&object(owner.name()))?;
    Ok(())
}

#[test]
fn an_instance_is_abandoned_by_a_verb_on_itself() -> Result<()> {
    let tenant = Tenant::create("abandon")?;
    // Written by somebody who may get the Secret; the tenant need not.
    let spec =
        json!({"database": {"host": "postgres", "database": "keycloak", "credentialsSecret": "database"}});
    tenant.administrator.apply(&tenant.namespace.object("Keycloak", &spec))?;

    refused_by(POLICY, tenant.patch("keycloaks", &annotation("abandon", "true")))?;
    tenant.allow("abandon", "keycloaks", "it")?;
    tenant.patch("keycloaks", &annotation("abandon", "true"))?;
    Ok(())
}

#[test]
fn what_somebody_else_allowed_is_not_asked_about_again_and_may_be_taken_back() -> Result<()> {
    let tenant = Tenant::create("approve")?;
    let mut object = tenant.namespace.object("KeycloakRealm", &realm_on("platform-of-others"));
    object["metadata"]["annotations"] = annotation("approve", "4f1c")["metadata"]["annotations"].clone();
    object["spec"]["deletionPolicy"] = json!("Delete");
    tenant.administrator.apply(&object)?;

    tenant.patch("keycloakrealms", &json!({"spec": {"displayName": "Acme"}}))?;
    tenant.patch("keycloakrealms", &annotation("reconcile-at", "now"))?;
    refused_by(POLICY, tenant.patch("keycloakrealms", &annotation("approve", "another")))?;
    tenant
        .patch("keycloakrealms", &json!({"metadata": {"annotations": {"keycloak.mdvr.nl/approve": null}}}))?;
    tenant.patch("keycloakrealms", &deletion_policy("Guarded"))?;
    refused_by(POLICY, tenant.patch("keycloakrealms", &deletion_policy("Delete")))?;
    Ok(())
}
