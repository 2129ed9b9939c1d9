//! Who may name a Secret in an object: whoever may get it.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{Tenant, refused_by, without};

/// The Secret that is named below.
const SECRET: &str = "named";

/// A kind, its policy, the field, and a spec that names the Secret there and no other.
type Naming = (&'static str, &'static str, &'static str, Value);

/// Every field that names one Secret and is acted on.
fn single() -> Vec<Naming> {
    const INSTANCE: &str = "secret-consent-keycloaks.keycloak.mdvr.nl";
    const REALM: &str = "secret-consent-keycloakrealms.keycloak.mdvr.nl";
    const CLIENT: &str = "secret-consent-keycloakclients.keycloak.mdvr.nl";
    vec![
        (
            "Keycloak",
            INSTANCE,
            "database.passwordSecret",
            json!({"database": {"host": "postgres", "database": "keycloak", "username": "keycloak", "passwordSecret": {"name": SECRET}}}),
        ),
        (
            "Keycloak",
            INSTANCE,
            "database.credentialsSecret",
            json!({"database": {"host": "postgres", "database": "keycloak", "credentialsSecret": SECRET}}),
        ),
        (
            "Keycloak",
            INSTANCE,
            "admin.existingSecret",
            json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": SECRET}}),
        ),
        (
            "KeycloakRealm",
            REALM,
            "operatorRef.authorizationSecretRef",
            json!({"realmName": "acme", "operatorRef": {"namespace": "platform", "authorizationSecretRef": {"name": SECRET}}}),
        ),
        (
            "KeycloakClient",
            CLIENT,
            "realmRef.authorizationSecretRef",
            json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme", "authorizationSecretRef": {"name": SECRET}}}),
        ),
        (
            "KeycloakClient",
            CLIENT,
            "clientSecret",
            json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}, "clientSecret": {"name": SECRET, "key": "secret"}}),
        ),
    ]
}

#[test]
fn a_secret_may_be_named_by_whoever_may_get_it() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    for (kind, policy, field, spec) in single() {
        let words = refused_by(policy, tenant.person.would_apply(&tenant.namespace.object(kind, &spec)))?;
        let named =
            format!("spec.{field} names Secret {}/{SECRET}, which you may not get", tenant.namespace.name());
        assert!(words.starts_with(&named), "{words}");
    }
    tenant.allow("get", "secrets", SECRET)?;
    for (kind, _, field, spec) in single() {
        tenant.person.would_apply(&tenant.namespace.object(kind, &spec)).context(field)?;
    }
    Ok(())
}

#[test]
fn the_refusal_says_what_to_do() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    let (kind, policy, _, spec) = single().remove(0);
    let words = refused_by(policy, tenant.person.would_apply(&tenant.namespace.object(kind, &spec)))?;
    insta::assert_snapshot!(without(&words, &tenant.namespace, "acme"), @"spec.database.passwordSecret names Secret acme/named, which you may not get: the controllers would read it for you; name a Secret that you may get, let somebody apply this who may get it, or ask for a Role with the verb get on it");
    Ok(())
}

#[test]
fn a_certificate_authority_is_a_secret_too() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    tenant.allow("get", "secrets", "admin")?;
    let spec = json!({
        "external": {"url": "https://sso.example.com", "caSecret": {"name": SECRET}},
        "admin": {"existingSecret": "admin"},
    });
    let object = tenant.namespace.object("Keycloak", &spec);
    let words = refused_by("secret-consent-keycloaks.keycloak.mdvr.nl", tenant.person.would_apply(&object))?;
    assert!(words.starts_with("spec.external.caSecret names Secret"), "{words}");
    tenant.allow("get", "secrets", SECRET)?;
    tenant.person.would_apply(&object)?;
    Ok(())
}

#[test]
fn logins_are_kept_where_whoever_says_so_may_create_secrets() -> Result<()> {
    let (tenant, place) = (Tenant::create("consent")?, Tenant::create("logins")?);
    tenant.allow("get", "secrets", SECRET)?;
    let object = |namespace: &str| {
        let database = json!({"host": "postgres", "database": "keycloak", "credentialsSecret": SECRET});
        tenant
            .namespace
            .object("Keycloak", &json!({"database": database, "logins": {"namespace": namespace}}))
    };
    let elsewhere = object(place.namespace.name());
    let policy = "secret-consent-keycloaks.keycloak.mdvr.nl";
    let words = refused_by(policy, tenant.person.would_apply(&elsewhere))?;
    insta::assert_snapshot!(without(&words, &place.namespace, "logins"), @"spec.logins.namespace names namespace logins, in which you may not create Secrets: the controllers would write them for you; remove the field, let somebody apply this who may create them, or ask for a Role there with the verb create on secrets");
    // Beside the instance they stand anyway.
    tenant.person.would_apply(&object(tenant.namespace.name()))?;
    // Somebody who may did it: it is not asked about again.
    tenant.administrator.apply(&elsewhere)?;
    let mut further = elsewhere.clone();
    further["spec"]["replicas"] = json!(2);
    tenant.person.would_apply(&further)?;
    Ok(())
}

#[test]
fn a_list_of_secrets_needs_the_right_to_get_all_of_them() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    tenant.allow("get", "secrets", SECRET)?;
    let variable =
        |key: &str| json!({"name": key, "valueFrom": {"secretKeyRef": {"name": SECRET, "key": key}}});
    let object = |variables: &[Value]| {
        let spec = json!({
            "database": {"host": "postgres", "database": "keycloak", "credentialsSecret": SECRET},
            "envVars": variables,
        });
        tenant.namespace.object("Keycloak", &spec)
    };
    let policy = "secret-consent-keycloaks.keycloak.mdvr.nl";

    let words = refused_by(policy, tenant.person.apply(&object(&[variable("A")])))?;
    insta::assert_snapshot!(without(&words, &tenant.namespace, "acme"), @"spec.envVars names Secrets that were not named before, which needs the right to get every Secret of namespace acme: the controllers would read them for you; let somebody apply this who has that right, or ask for a Role with the verb get on secrets");
    // A variable with a value of its own names nothing.
    tenant.person.would_apply(&object(&[json!({"name": "A", "value": "a"})]))?;

    tenant.administrator.apply(&object(&[variable("A"), variable("B")]))?;
    tenant.person.would_apply(&object(&[variable("B")]))?;
    refused_by(policy, tenant.person.would_apply(&object(&[variable("A"), variable("B"), variable("C")])))?;
    tenant.allow("get", "secrets", "")?;
    tenant.person.would_apply(&object(&[variable("A"), variable("B"), variable("C")]))?;
    Ok(())
}

#[test]
fn a_secret_named_by_somebody_else_does_not_keep_the_rest_from_being_changed() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "platform", "authorizationSecretRef": {"name": SECRET}}});
    tenant.administrator.apply(&tenant.namespace.object("KeycloakRealm", &spec))?;

    tenant.patch("keycloakrealms", &json!({"spec": {"displayName": "Acme"}}))?;
    let another = json!({"spec": {"operatorRef": {"authorizationSecretRef": {"name": "another"}}}});
    refused_by("secret-consent-keycloakrealms.keycloak.mdvr.nl", tenant.patch("keycloakrealms", &another))?;
    // Another key of the same Secret is something else that would be read.
    let another = json!({"spec": {"operatorRef": {"authorizationSecretRef": {"key": "another"}}}});
    refused_by("secret-consent-keycloakrealms.keycloak.mdvr.nl", tenant.patch("keycloakrealms", &another))?;
    tenant.patch("keycloakrealms", &json!({"spec": {"operatorRef": {"authorizationSecretRef": null}}}))?;
    Ok(())
}

#[test]
fn an_administrators_login_cannot_be_sent_to_another_address_by_whoever_may_not_get_it() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    let spec = json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": SECRET}});
    tenant.administrator.apply(&tenant.namespace.object("Keycloak", &spec))?;

    let elsewhere = json!({"spec": {"external": {"url": "https://somewhere-else.example"}}});
    refused_by("secret-consent-keycloaks.keycloak.mdvr.nl", tenant.patch("keycloaks", &elsewhere))?;
    tenant.patch("keycloaks", &json!({"spec": {"suspend": true}}))?;
    tenant.allow("get", "secrets", SECRET)?;
    tenant.patch("keycloaks", &elsewhere)?;
    Ok(())
}

#[test]
fn a_clients_own_secret_cannot_be_copied_elsewhere_by_whoever_may_not_get_it() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    let spec = json!({
        "clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"},
        "clientSecret": {"name": SECRET, "key": "secret"},
    });
    tenant.administrator.apply(&tenant.namespace.object("KeycloakClient", &spec))?;

    let policy = "secret-consent-keycloakclients.keycloak.mdvr.nl";
    let copied = json!({"spec": {"outputs": [{"name": "copy", "preset": "grafana"}]}});
    refused_by(policy, tenant.patch("keycloakclients", &copied))?;
    refused_by(policy, tenant.patch("keycloakclients", &json!({"spec": {"secretName": "copy"}})))?;
    let reflected = json!({"annotations": {"reflector.example.com/to": "elsewhere"}});
    refused_by(policy, tenant.patch("keycloakclients", &json!({"spec": {"secretMetadata": reflected}})))?;
    tenant.patch("keycloakclients", &json!({"spec": {"suspend": true}}))?;
    tenant.allow("get", "secrets", SECRET)?;
    tenant.patch("keycloakclients", &copied)?;
    Ok(())
}

#[test]
fn a_service_account_is_asked_like_anybody_else() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    let user = format!("system:serviceaccount:{}:default", tenant.namespace.name());
    let account = tenant.administrator.impersonating(&user);
    tenant.namespace.allow(
        &user,
        "write",
        &json!({"apiGroups": ["keycloak.mdvr.nl"], "resources": ["keycloakclients"], "verbs": ["create", "patch"]}),
    )?;
    for (kind, policy, _, spec) in single().into_iter().filter(|(kind, ..)| *kind == "KeycloakClient") {
        refused_by(policy, account.would_apply(&tenant.namespace.object(kind, &spec)))?;
    }
    Ok(())
}

#[test]
fn status_and_finalizers_are_written_without_any_right_on_secrets() -> Result<()> {
    let tenant = Tenant::create("consent")?;
    let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "platform", "authorizationSecretRef": {"name": SECRET}}});
    tenant.administrator.apply(&tenant.namespace.object("KeycloakRealm", &spec))?;
    tenant.namespace.allow(
        &tenant.user,
        "status",
        &json!({"apiGroups": ["keycloak.mdvr.nl"], "resources": ["keycloakrealms/status"], "verbs": ["patch", "get"]}),
    )?;

    // A finalizer of no controller, so that it is this test that takes it away.
    let finalizers = |all: Value| json!({"metadata": {"finalizers": all}});
    tenant.patch("keycloakrealms", &finalizers(json!(["example.com/kept"])))?;
    tenant.patch("keycloakrealms", &finalizers(json!([])))?;
    let status = json!({"status": {"message": "written"}}).to_string();
    let namespace = tenant.namespace.name();
    let args = [
        "patch",
        "keycloakrealms",
        "it",
        "--namespace",
        namespace,
        "--subresource=status",
        "--type=merge",
        "--patch",
    ];
    tenant.person.run(&[args.as_slice(), &[&status]].concat())?;
    Ok(())
}

#[test]
fn a_tenant_may_not_write_status_and_knows_no_quotas() -> Result<()> {
    let tenant = Tenant::create("rights")?;
    let namespace = tenant.namespace.name();
    for what in [
        ["patch", "keycloaks.keycloak.mdvr.nl", "--subresource=status"],
        ["patch", "keycloakrealms.keycloak.mdvr.nl", "--subresource=status"],
        ["update", "keycloakclients.keycloak.mdvr.nl", "--subresource=status"],
        ["get", "keycloakquotas.keycloak.mdvr.nl", "--subresource="],
        ["patch", "keycloakquotas.keycloak.mdvr.nl", "--subresource=status"],
        ["use", "keycloaks.keycloak.mdvr.nl", "--subresource="],
        ["approve", "keycloakrealms.keycloak.mdvr.nl", "--subresource="],
    ] {
        let can = [["auth", "can-i", "--namespace", namespace].as_slice(), what.as_slice()].concat();
        let answer = tenant.person.run(&can);
        assert!(answer.is_err(), "{what:?}: {answer:?}");
    }
    Ok(())
}
