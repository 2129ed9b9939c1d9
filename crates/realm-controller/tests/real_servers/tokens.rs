//! Named tokens: what a namespace may do with one of an instance, and those that a realm hands out itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use authorization_token::{AuthorizationToken, MINT_BYTES, TokenId};
use controller_testkit::{KeycloakServer, Person, eventually, realm, unique_name};
use jiff::{SignedDuration, Timestamp};
use k8s_openapi::api::core::v1::Namespace;
use keycloak_connect::{
    Namespaces,
    tokens::{self, Keeper, NamedTokens, Target},
};
use keycloak_crds::{Keycloak, KeycloakRealm, authorization::AuthorizedBy, labels::annotation};
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    authorization::with_ticket,
    place::{Place, SOON, condition},
    refusals::anonymous,
};

/// Name of the Secrets with token `team` of the instance.
const SECRET: &str = "keycloak-auth-token-team";

/// Lets tokens be copied into a namespace.
async fn takes_tokens(place: &Place, namespace: &str) {
    let labels = json!({"metadata": {"labels": {"keycloak.mdvr.nl/accept-tokens": "true"}}});
    let namespaces: Api<Namespace> = Api::all(place.kube.clone());
    namespaces.patch(namespace, &PatchParams::default(), &Patch::Merge(labels)).await.unwrap();
}

/// Writes `spec.authorization` of the instance.
async fn declares(place: &Place, authorization: &Value) {
    // A field that is not mentioned would stay.
    let mut whole = json!({"tokens": null, "revoked": null});
    for (field, value) in authorization.as_object().unwrap() {
        whole[field] = value.clone();
    }
    let patch = Patch::Merge(json!({"spec": {"authorization": whole}}));
    place.keycloaks().patch("keycloak", &PatchParams::default(), &patch).await.unwrap();
}

/// What the instance controller does: everything that the instance hands out.
async fn hands_out(place: &Place) {
    let instance = place.instance().await;
    let spec = instance.object().spec.authorization.as_ref();
    let revoked = spec.and_then(|spec| spec.revoked.clone()).unwrap_or_default();
    let revoked: BTreeSet<TokenId> = revoked.iter().map(|id| TokenId::parse(id).unwrap()).collect();
    let named = NamedTokens::read(spec, "keycloak").unwrap();
    let target = Target {
        owner: instance.owner(),
        identity: instance.identity(),
        status: instance.object().status.as_ref().and_then(|status| status.authorization.as_ref()),
        resource_version: instance.object().metadata.resource_version.as_deref().unwrap(),
        revoked: &revoked,
        named: &named,
    };
    let (secrets, namespaces) = (place.reader(), Namespaces::new(place.kube.clone()));
    let at = tokens::place_of_instance(&secrets, &instance).await.unwrap();
    let keeper = Keeper { secrets: &secrets, namespaces: &namespaces, thorough: true };
    let kept = tokens::keep::<Keycloak>(keeper, &target, &at, Timestamp::now()).await.unwrap();
    assert!(kept.failures.is_empty(), "{:?}", kept.failures);
    assert!(kept.issued.undelivered.unwrap_or_default().is_empty());
}

/// The token of a Secret, and its id.
async fn token_in(place: &Place, namespace: &str) -> (String, String) {
    let token = place.secret(namespace, SECRET).await.unwrap()["token"].clone();
    let id = token.split('_').nth(1).unwrap().to_owned();
    (token, id)
}

/// Writes another time into the entry of a token in the instance's status, as if it had passed.
async fn sets_time(place: &Place, id: &str, field: &str, time: Timestamp) {
    let instance = place.instance().await;
    let mut status = serde_json::to_value(&instance.object().status).unwrap();
    let entries = status["authorization"]["tokens"].as_array_mut().unwrap();
    let entry = entries.iter_mut().find(|entry| entry["id"] == id).unwrap();
    entry[field] = json!(Timestamp::from_second(time.as_second()).unwrap().to_string());
    let patch = json!({"authorization": {"tokens": entries}});
    Person::with(place.kube.clone()).edits_status::<Keycloak>(&place.namespace, "keycloak", patch).await;
}

#[tokio::test]
async fn a_delivered_token_lets_its_namespace_in_within_its_limits_until_it_is_rotated_revoked_or_gone() {
    let mut place = Place::new("named", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    takes_tokens(&place, &tenant).await;
    let name = unique_name("named");
    let team = |names: &str| json!({"name": "team", "namespaces": [tenant], "deliver": true, "limits": {"names": [names]}});
    // One spec with the Secret that holds the token, and a display name by which a new generation is told.
    let spec = |secret: &str, display_name: &str| {
        let mut spec = with_ticket(&place, &name, secret);
        spec["displayName"] = json!(display_name);
        spec
    };
    declares(&place, &json!({"tokens": [team(&name)]})).await;
    hands_out(&place).await;
    let (first, first_id) = token_in(&place, &tenant).await;
    place.applies_in(&tenant, "acme", spec(SECRET, "By a copy")).await;
    let process = place.start();
    let object = place.becomes_ready_in(&tenant, "acme").await;
    let told = object.status.unwrap().authorization.unwrap();
    assert_eq!((told.by, told.token_id), (Some(AuthorizedBy::Token), Some(first_id.clone())));

    // Limits hold at every change, not only at creation.
    let before = place.keycloak.snapshot();
    declares(&place, &json!({"tokens": [team("beta-*")]})).await;
    hands_out(&place).await;
    let limited = place.is_not_ready_in(&tenant, "acme", "LimitExceeded").await;
    place.applies_in(&tenant, "acme", spec(SECRET, "Beyond its limits")).await;
    place.is_not_ready_in(&tenant, "acme", "LimitExceeded").await;
    place.keycloak.since(&before).expect("a token with narrower limits").writes(0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "By a copy");
    insta::assert_snapshot!(anonymous(&place, &name, &limited).replace(&tenant, "<tenant>").replace(&first_id, "<id>"), @r#"Namespace <tenant> may use Keycloak <namespace>/keycloak only for realms named beta-* (the limits of authorization token <id>), not "<realm>". Create the object anew with such a name in spec.realmName, or ask the owner of Keycloak <namespace>/keycloak to widen the limit. Until then realm "<realm>" stays as it is: nothing is changed, nothing deleted."#);
    declares(&place, &json!({"tokens": [team(&name)]})).await;
    hands_out(&place).await;
    place.applies_in(&tenant, "acme", spec(SECRET, "Within them")).await;
    place.becomes_ready_in(&tenant, "acme").await;

    // Rotated: the copy follows, and the old one is good for the overlap.
    sets_time(&place, &first_id, "issuedAt", Timestamp::now() - SignedDuration::from_hours(24 * 84)).await;
    hands_out(&place).await;
    let (_, second_id) = token_in(&place, &tenant).await;
    assert_ne!(first_id, second_id);
    place.writes_ticket(&tenant, &first).await;
    for (secret, id) in [("ticket", &first_id), (SECRET, &second_id)] {
        place.applies_in(&tenant, "acme", spec(secret, &format!("By {id}"))).await;
        let object = place.becomes_ready_in(&tenant, "acme").await;
        assert_eq!(object.status.unwrap().authorization.unwrap().token_id.as_ref(), Some(id));
    }
    sets_time(&place, &first_id, "expiresAt", Timestamp::now() - SignedDuration::from_mins(1)).await;
    place.applies_in(&tenant, "acme", spec("ticket", "After the overlap")).await;
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    assert!(message.contains("was replaced, and the overlap ended at"), "{message}");

    // Revoked: by the word of the spec alone, before its issuer has looked.
    place.applies_in(&tenant, "acme", spec(SECRET, "Not revoked yet")).await;
    place.becomes_ready_in(&tenant, "acme").await;
    declares(&place, &json!({"tokens": [team(&name)], "revoked": [second_id]})).await;
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    assert!(message.contains("was revoked"), "{message}");
    hands_out(&place).await;
    place.applies_in(&tenant, "acme", spec(SECRET, "By the next one")).await;
    place.becomes_ready_in(&tenant, "acme").await;

    // Out of the list: the copy is gone, and what it was copied into is refused.
    let (third, _) = token_in(&place, &tenant).await;
    place.writes_ticket(&tenant, &third).await;
    declares(&place, &json!({"tokens": []})).await;
    hands_out(&place).await;
    for namespace in [&place.namespace, &tenant] {
        assert_eq!(place.secret(namespace, SECRET).await, None, "{namespace}");
    }
    place.applies_in(&tenant, "acme", spec("ticket", "Out of the list")).await;
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    assert!(message.contains("was revoked"), "{message}");

    // One that something else made is known by its digest.
    let random: [u8; MINT_BYTES] = std::array::from_fn(|at| u8::try_from(at * 5).unwrap());
    let made = AuthorizationToken::mint(&random);
    let end = Timestamp::from_second(Timestamp::now().as_second() + 3_600).unwrap();
    let declared = json!({
        "name": "vault", "id": made.id().as_str(), "digest": made.digest().to_string(), "expiresAt": end.to_string(),
    });
    place.writes_ticket(&tenant, made.expose().as_str()).await;
    declares(&place, &json!({"tokens": [declared]})).await;
    hands_out(&place).await;
    place.applies_in(&tenant, "acme", spec("ticket", "By a digest")).await;
    let object = place.becomes_ready_in(&tenant, "acme").await;
    assert_eq!(object.status.unwrap().authorization.unwrap().token_id.as_deref(), Some(made.id().as_str()));
    sets_time(&place, made.id().as_str(), "expiresAt", Timestamp::now() - SignedDuration::from_mins(1)).await;
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    assert!(message.contains("expired at"), "{message}");
    process.stops().await;
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "By a digest");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_hands_named_tokens_out_and_takes_them_back_when_it_goes() {
    let mut place = Place::new("hands-out", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let (name, copy) = (unique_name("hands-out"), "acme-auth-token-team");
    let person = Person::with(place.kube.clone());
    takes_tokens(&place, &tenant).await;
    let tokens = json!([{"name": "team", "namespaces": [tenant], "deliver": true}]);
    let spec = |tokens: &Value| {
        place.spec(&name, &json!({"authorization": {"tokens": tokens}, "deletionPolicy": "Delete"}))
    };
    place.applies("acme", spec(&tokens)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    let told = condition(&object, "TokensDelivered").unwrap();
    assert_eq!(told.0, "True", "{}", told.1);
    let issued = place.secret(&place.namespace, copy).await.unwrap();
    let keys = |secret: &BTreeMap<String, String>| secret.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&issued), ["token", "token.json"]);
    let copied = place.secret(&tenant, copy).await.unwrap();
    assert_eq!((keys(&copied), &copied["token"]), (vec!["token".to_owned()], &issued["token"]));
    let authorization = object.status.unwrap().authorization.unwrap();
    let names: Vec<_> = authorization.tokens.unwrap().into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, [None, Some("team".to_owned())]);
    assert_eq!(authorization.secrets.unwrap().len(), 2);

    // A Secret of somebody else in the way is told, and the realm stays Ready.
    person.deletes_secret(&tenant, copy).await;
    person.writes_secret(&tenant, copy, json!({"token": "theirs"})).await;
    place.annotates("acme", annotation::RECONCILE_AT, &unique_name("at")).await;
    let told = eventually("the copy is told to be in the way", SOON, async || {
        let object = place.object("acme").await;
        let told = condition(&object, "TokensDelivered");
        told.clone().filter(|(status, _)| status == "False").ok_or_else(|| format!("{told:?}"))
    })
    .await;
    insta::assert_snapshot!(told.1.replace(&tenant, "<tenant>").replace(&place.namespace, "<namespace>"), @r#"authorization token "team" is not as it should be in namespace <tenant>: Secret <tenant>/acme-auth-token-team exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for KeycloakRealm <namespace>/acme"#);
    assert_eq!(place.secret(&tenant, copy).await.unwrap()["token"], "theirs");
    person.deletes_secret(&tenant, copy).await;
    place.annotates("acme", annotation::RECONCILE_AT, &unique_name("at")).await;
    let token = issued["token"].clone();
    person.secret_becomes(&tenant, copy, SOON, |secret| secret.get("token") == Some(&token)).await;

    person.deletes::<KeycloakRealm>(&place.namespace, "acme").await;
    place.is_gone("acme").await;
    process.stops().await;
    assert_eq!(place.secret(&tenant, copy).await, None);
    place.leave(&[]).await;
}
