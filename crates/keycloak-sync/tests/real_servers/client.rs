//! Clients, by the login that the client controller has.

use controller_testkit::{KeycloakServer, client as thing};
use keycloak_admin::{AdminApi, Class, Secret};
use keycloak_crds::client::KeycloakClientSpec;
use keycloak_crds::reference::RealmRef;
use keycloak_plan::{Action, Adoption, Desired, LiveMark, Proof};
use keycloak_sync::{Verb, client};
use serde_json::{Value, json};

use crate::stage::{Cr, Stage, on_each_version};

on_each_version!(
    creating_changing_and_deleting_a_client_takes_the_promised_calls,
    what_nobody_declared_survives_and_drift_is_repaired,
    a_client_that_exists_is_a_conflict_and_found_with_one_look,
    a_client_is_found_again_when_its_id_leads_nowhere,
    lists_are_cleared_and_released,
    a_refused_client_is_told_with_keycloaks_words_and_nothing_is_owned,
    a_client_in_a_realm_that_is_gone_is_not_found,
    every_exported_client_changes_nothing_when_applied,
);

fn spec(fields: Value) -> KeycloakClientSpec {
    let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

/// A confidential client with a mapper.
fn confidential(callback: &str) -> KeycloakClientSpec {
    spec(json!({
        "redirectUris": [callback],
        "postLogoutRedirectUris": ["https://portal.example.com/bye", "https://portal.example.com/start"],
        "webOrigins": ["https://portal.example.com"],
        "settings": {"serviceAccountsEnabled": true, "directAccessGrantsEnabled": false},
        "attributes": {"acme.owner": "portal-team"},
        "protocolMappers": [{"name": "audience", "protocolMapper": "oidc-audience-mapper",
            "config": {"included.custom.audience": "orders", "access.token.claim": "true"}}],
    }))
}

fn desired(cr: &Cr, spec: &KeycloakClientSpec, secret: &Secret) -> Desired {
    client::desired(spec, Some(secret), Some(&cr.mark())).unwrap()
}

async fn look(cr: &Cr) -> client::Observed {
    client::observe(&cr.api, &cr.realm, "portal").await.unwrap()
}

async fn on_stage(server: KeycloakServer) -> (Stage, Cr) {
    let mut stage = Stage::new(server).await;
    let (realm, manager) = stage.realm_with_client_manager().await;
    let cr = Cr::new(&stage, &manager, &realm);
    (stage, cr)
}

async fn creating_changing_and_deleting_a_client_takes_the_promised_calls(server: KeycloakServer) {
    let (stage, mut cr) = on_stage(server).await;
    let secret = Secret::random();
    let first = desired(&cr, &confidential("https://portal.example.com/callback"), &secret);

    let (created, calls) = stage
        .calls_of(async {
            let plan = cr.plan::<keycloak_admin::types::ClientRepresentation>(&first, None);
            cr.applies(&plan).await
        })
        .await;
    calls.expect("creating a confidential client with a mapper").writes(1).reads(0);
    assert!(created.is_complete(), "{:?}", created.failed);
    let id = created.created[&client::identity("portal")].clone();

    let portal = thing(&cr.realm, "portal");
    let claims = stage.console.logs_in_as(&portal, secret.expose()).await.unwrap();
    assert!(claims["aud"].to_string().contains("orders"), "the mapper works: {claims}");
    let seen = stage.console.sees(&portal).await.unwrap();
    assert_eq!(
        (&seen["id"], &seen["name"], &seen["publicClient"]),
        (&json!(id), &json!("portal"), &json!(false))
    );
    assert_eq!(
        seen["attributes"]["post.logout.redirect.uris"],
        json!("https://portal.example.com/bye##https://portal.example.com/start")
    );

    let ((), calls) = stage
        .calls_of(async {
            let observed = client::observe_by_id(&cr.api, &cr.realm, "portal", &id).await.unwrap();
            assert_eq!(client::secret(&observed), Some(&secret), "the secret is read back");
            assert_eq!(observed.mark(), LiveMark::from(&cr.mark()));
            let plan = cr.passes(&first, Some(&observed)).await;
            assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
            assert_eq!(plan.adoption, Some(Adoption::Equal));
        })
        .await;
    calls.expect("a pass with nothing changed").writes(0).reads(1);

    let second = desired(&cr, &confidential("https://portal.example.com/other"), &secret);
    let ((), calls) = stage
        .calls_of(async {
            let observed = look(&cr).await;
            cr.passes(&second, Some(&observed)).await;
        })
        .await;
    calls.expect("changing a redirect URI").writes(1).reads(1);
    let uris = stage.console.sees_field(&portal, "redirectUris").await;
    assert_eq!(uris, json!(["https://portal.example.com/other"]));

    let (plan, calls) = stage
        .calls_of(async {
            let observed = look(&cr).await;
            let without_proof = cr.tears_down("portal", None, None, &observed).await;
            assert!(without_proof.is_empty(), "without proof nothing is deleted");
            cr.tears_down("portal", Some(Proof::Mark), None, &observed).await
        })
        .await;
    calls.expect("deleting a client").writes(1).reads(1);
    assert_eq!(plan.steps[0].action, Action::Delete);
    assert_eq!(stage.console.sees(&portal).await, None);
    assert!(cr.record.is_empty());
    stage.leave().await;
}

async fn what_nobody_declared_survives_and_drift_is_repaired(server: KeycloakServer) {
    let (stage, mut cr) = on_stage(server).await;
    let secret = Secret::random();
    let spec = confidential("https://portal.example.com/callback");
    let desired = desired(&cr, &spec, &secret);
    cr.passes(&desired, Some(&client::Observed::Absent)).await;
    let observed = look(&cr).await;
    cr.passes(&desired, Some(&observed)).await;

    let portal = thing(&cr.realm, "portal");
    stage.console.sets(&portal, "description", "by hand").await;
    stage.console.sets(&portal, "/attributes/by.hand", "kept").await;
    for _ in 0..2 {
        let (plan, calls) = stage
            .calls_of(async {
                let observed = look(&cr).await;
                cr.passes(&desired, Some(&observed)).await
            })
            .await;
        calls.expect("a resync after somebody set what is not in the CR").writes(0).reads(1);
        assert!(plan.is_converged(), "{:?}", plan.findings);
    }

    stage.console.sets(&portal, "redirectUris", json!(["https://elsewhere.example.com/"])).await;
    stage.console.sets(&portal, "/attributes/acme.owner", "somebody").await;
    let (plan, calls) = stage
        .calls_of(async {
            let observed = look(&cr).await;
            cr.passes(&desired, Some(&observed)).await
        })
        .await;
    calls.expect("repairing drift").writes(1).reads(1);
    let paths: Vec<String> = plan.steps[0].changes.iter().map(|change| change.path.to_string()).collect();
    assert_eq!(paths, ["attributes[acme.owner]", "redirectUris"]);

    let seen = stage.console.sees(&portal).await.unwrap();
    assert_eq!(seen["redirectUris"], json!(["https://portal.example.com/callback"]));
    assert_eq!(seen["attributes"]["acme.owner"], json!("portal-team"));
    assert_eq!(seen["description"], json!("by hand"));
    assert_eq!(seen["attributes"]["by.hand"], json!("kept"));
    stage.leave().await;
}

async fn a_client_that_exists_is_a_conflict_and_found_with_one_look(server: KeycloakServer) {
    let (stage, mut cr) = on_stage(server).await;
    let secret = Secret::random();
    stage.console.creates(&thing(&cr.realm, "portal"), json!({"publicClient": true})).await;
    let spec = spec(json!({"publicClient": true}));
    let desired = desired(&cr, &spec, &secret);

    let (observed, calls) = stage
        .calls_of(async {
            let plan = cr.plan::<keycloak_admin::types::ClientRepresentation>(&desired, None);
            let applied = cr.applies(&plan).await;
            let conflict = applied.conflict().expect("409");
            assert_eq!((conflict.verb, conflict.object.name()), (Verb::Create, "portal"));
            assert!(applied.record.is_empty(), "nothing of it is ours");
            look(&cr).await
        })
        .await;
    calls.expect("a creation that meets an existing client").writes(1).reads(1);
    assert!(observed.mark().is_absent());

    let (plan, calls) = stage.calls_of(cr.passes(&desired, Some(&observed))).await;
    calls.expect("adopting an equal client").writes(1).reads(0);
    assert!(plan.steps[0].is_only_mark(), "{:?}", plan.steps[0].changes);
    assert_eq!(look(&cr).await.mark(), LiveMark::from(&cr.mark()));
    stage.leave().await;
}

async fn a_client_is_found_again_when_its_id_leads_nowhere(server: KeycloakServer) {
    let (stage, cr) = on_stage(server).await;
    let portal = thing(&cr.realm, "portal");
    let by_id = async |api: &AdminApi, id: &str| {
        client::observe_by_id(api, &cr.realm, "portal", id).await.unwrap().id().map(str::to_owned)
    };
    stage.console.creates(&portal, json!({})).await;
    let first = look(&cr).await.id().unwrap().to_owned();
    assert_eq!(by_id(&cr.api, &first).await, Some(first.clone()));

    stage.console.deletes(&portal).await;
    assert_eq!(by_id(&cr.api, &first).await, None);
    stage.console.creates(&portal, json!({})).await;
    let second = by_id(&cr.api, &first).await.unwrap();
    assert_ne!(second, first);

    stage.console.sets(&portal, "clientId", "renamed").await;
    assert_eq!(by_id(&cr.api, &second).await, None, "what has another client id is another client");
    stage.leave().await;
}

async fn lists_are_cleared_and_released(server: KeycloakServer) {
    let (stage, mut cr) = on_stage(server).await;
    let secret = Secret::random();
    let full = confidential("https://portal.example.com/callback");
    let desired_full = desired(&cr, &full, &secret);
    cr.passes(&desired_full, Some(&client::Observed::Absent)).await;
    let portal = thing(&cr.realm, "portal");

    let cleared = KeycloakClientSpec {
        redirect_uris: Some(vec![]),
        web_origins: Some(vec![]),
        post_logout_redirect_uris: Some(vec![]),
        protocol_mappers: None,
        ..full
    };
    let desired_cleared = desired(&cr, &cleared, &secret);
    let observed = look(&cr).await;
    cr.passes(&desired_cleared, Some(&observed)).await;
    let seen = stage.console.sees(&portal).await.unwrap();
    assert_eq!((&seen["redirectUris"], &seen["webOrigins"]), (&json!([]), &json!([])));
    assert_eq!(seen["attributes"].get("post.logout.redirect.uris"), None);
    assert_eq!(
        seen.get("protocolMappers").and_then(Value::as_array).map_or(0, Vec::len),
        0,
        "ours went with its line"
    );

    stage.console.sets(&portal, "redirectUris", json!(["https://by-hand.example.com/"])).await;
    let released = KeycloakClientSpec { redirect_uris: None, ..cleared };
    let desired_released = desired(&cr, &released, &secret);
    let observed = look(&cr).await;
    let plan = cr.passes(&desired_released, Some(&observed)).await;
    assert!(plan.is_empty(), "{:?}", plan.steps);
    assert_eq!(
        stage.console.sees_field(&portal, "redirectUris").await,
        json!(["https://by-hand.example.com/"])
    );
    stage.leave().await;
}

async fn a_refused_client_is_told_with_keycloaks_words_and_nothing_is_owned(server: KeycloakServer) {
    let (stage, mut cr) = on_stage(server).await;
    let unknown = spec(json!({"extra": {"noSuchField": 1}}));
    let desired = desired(&cr, &unknown, &Secret::random());
    let plan = cr.plan(&desired, Some(&client::Observed::Absent));
    let applied = cr.applies(&plan).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    assert_eq!(failure.error.class(), Class::Stall);
    let said = failure.to_string();
    assert!(said.starts_with("cannot create client portal: client_create: 400"), "{said}");
    assert!(said.contains("noSuchField"), "{said}");
    assert!(applied.record.is_empty());
    stage.leave().await;
}

async fn a_client_in_a_realm_that_is_gone_is_not_found(server: KeycloakServer) {
    let mut stage = Stage::new(server).await;
    let name = stage.realm_name();
    let administrator = stage.administrator();
    let observed = client::observe(&administrator, &name, "portal").await.unwrap_err();
    assert!(observed.is_not_found(), "{observed}");
    let by_id =
        client::observe_by_id(&administrator, &name, "portal", "5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11").await;
    assert!(by_id.unwrap_err().is_not_found());
    stage.leave().await;
}

async fn every_exported_client_changes_nothing_when_applied(server: KeycloakServer) {
    let (stage, mut cr) = on_stage(server).await;
    let ours = desired(&cr, &confidential("https://portal.example.com/callback"), &Secret::random());
    cr.passes(&ours, Some(&client::Observed::Absent)).await;
    let clients = cr.api.clients(&cr.realm).await.unwrap();
    assert!(clients.len() > 6, "ours and Keycloak's own");
    for live in clients {
        let exported = client::export(&live, RealmRef::default());
        let desired = client::desired(&exported.spec, None, None).unwrap();
        let fresh = Cr::new(&stage, &cr.api, &cr.realm);
        let plan = fresh.plan(&desired, Some(&client::Observed::Present(Box::new(live))));
        assert!(plan.is_converged(), "{}: {:?} {:?}", exported.spec.client_id, plan.steps, plan.findings);
    }
    stage.leave().await;
}
