//! Named tokens of an instance: issued, delivered, rotated, revoked, and gone.

use authorization_token::AuthorizationToken;
use controller_testkit::{KeycloakServer, Person, eventually, unique_name};
use jiff::{SignedDuration, Timestamp};
use k8s_openapi::api::core::v1::Namespace;
use keycloak_crds::{Keycloak, labels::annotation};
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    SOON,
    place::{Place, condition},
};

/// Name of the Secrets with token `team`.
const SECRET: &str = "keycloak-auth-token-team";

async fn takes_tokens(place: &Place, namespace: &str, value: Value) {
    let labels = json!({"metadata": {"labels": {"keycloak.mdvr.nl/accept-tokens": value}}});
    let namespaces: Api<Namespace> = Api::all(place.kube.clone());
    namespaces.patch(namespace, &PatchParams::default(), &Patch::Merge(labels)).await.unwrap();
}

/// Waits until the object says this.
async fn says(place: &Place, what: &str, wanted: impl Fn(&Keycloak) -> bool) -> Keycloak {
    eventually(what, SOON, async || {
        let object = place.object().await;
        if wanted(&object) { Ok(object) } else { Err(super::told(&object)) }
    })
    .await
}

async fn is_gone(person: &Person, namespace: &str, name: &str) {
    eventually(&format!("Secret {namespace}/{name} is gone"), SOON, async || {
        person.secret(namespace, name).await.map_or(Ok(()), |secret| Err(format!("{:?}", secret.keys())))
    })
    .await;
}

/// The states of the tokens called `team`, in the order of status.
fn states(object: &Keycloak) -> Vec<String> {
    let status = serde_json::to_value(&object.status).unwrap();
    let tokens = status["authorization"]["tokens"].as_array().cloned().unwrap_or_default();
    let team = tokens.iter().filter(|entry| entry["name"] == "team");
    team.map(|entry| entry["state"].as_str().unwrap().to_owned()).collect()
}

/// Moves the time of an entry in status, as if it had passed.
async fn sets_time(place: &Place, person: &Person, id: &str, field: &str, time: Timestamp) {
    let mut status = serde_json::to_value(&place.object().await.status).unwrap();
    let entries = status["authorization"]["tokens"].as_array_mut().unwrap();
    let entry = entries.iter_mut().find(|entry| entry["id"] == id).unwrap();
    entry[field] = json!(Timestamp::from_second(time.as_second()).unwrap().to_string());
    let patch = json!({"authorization": {"tokens": entries}});
    person.edits_status::<Keycloak>(&place.namespace, "keycloak", patch).await;
}

#[tokio::test]
async fn a_named_token_is_issued_delivered_rotated_revoked_and_taken_back() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("named", &keycloak).await;
    let person = Person::with(place.kube.clone());
    let (tenant, other) = (unique_name("tenant"), unique_name("other"));
    for namespace in [&tenant, &other] {
        person.makes_namespace(namespace).await;
    }
    place.writes_admin_secret(keycloak.password()).await;
    let with = |authorization: Value| place.external(&json!({"authorization": authorization}));
    let team = json!({
        "name": "team", "namespaces": [tenant, other], "deliver": true, "lifetime": "4d", "limits": {"names": ["team-*"]},
    });
    place.applies(with(json!({"tokens": [team]}))).await;
    let process = place.start();
    let object = place.becomes_ready().await;

    // Issued; nobody has asked for a copy.
    let issued = place.secret(SECRET).await.unwrap();
    assert_eq!(issued.keys().collect::<Vec<_>>(), ["token", "token.json"]);
    let first = AuthorizationToken::parse(issued["token"].as_bytes()).unwrap();
    let told = object.status.clone().unwrap().authorization.unwrap();
    let entry = told.tokens.unwrap().into_iter().find(|entry| entry.name.is_some()).unwrap();
    assert_eq!((entry.id.as_str(), entry.digest), (first.id().as_str(), first.digest().to_string()));
    assert_eq!(entry.limits.unwrap().names, Some(vec!["team-*".to_owned()]));
    assert_eq!(entry.scope.namespaces.unwrap().len(), 2);
    assert_eq!(told.secrets.unwrap().len(), 1);
    assert_eq!(condition(&object, "TokensDelivered").unwrap().0, "True");
    assert_eq!(person.secret(&tenant, SECRET).await, None);

    // Delivered where a namespace takes it, and nothing more is written after that.
    takes_tokens(&place, &tenant, json!("true")).await;
    place.annotates(annotation::RECONCILE_AT, "delivered").await;
    let is = |token: &AuthorizationToken| {
        let text = token.expose().to_string();
        move |secret: &std::collections::BTreeMap<String, String>| secret.get("token") == Some(&text)
    };
    let copy = person.secret_becomes(&tenant, SECRET, SOON, is(&first)).await;
    assert_eq!(copy.keys().collect::<Vec<_>>(), ["token"]);
    assert_eq!(person.secret(&other, SECRET).await, None);
    let (before, asked) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.annotates(annotation::RECONCILE_AT, "again").await;
    place.keycloak_is_asked_since(&asked).await;
    process.stops().await;
    place.kube_proxy.since(&before).expect("a pass over what is delivered").writes(0);

    // Rotated: both are good until the overlap ends.
    let ago = |hours: i64| Timestamp::now() - SignedDuration::from_hours(hours);
    sets_time(&place, &person, first.id().as_str(), "issuedAt", ago(73)).await;
    let process = place.start();
    let copy = person.secret_becomes(&tenant, SECRET, SOON, |secret| !is(&first)(secret)).await;
    let second = AuthorizationToken::parse(copy["token"].as_bytes()).unwrap();
    let rotated = place.secret_appears(SECRET, is(&second)).await;
    assert_eq!(rotated["token-previous"], *first.expose());
    says(&place, "the first is superseded", |object| states(object) == ["superseded", "active"]).await;
    sets_time(&place, &person, first.id().as_str(), "expiresAt", ago(1)).await;
    place.annotates(annotation::RECONCILE_AT, "the overlap is over").await;
    place.secret_appears(SECRET, |secret| !secret.contains_key("token-previous")).await;
    says(&place, "the first has expired", |object| states(object) == ["expired", "active"]).await;

    // Revoked: out of both Secrets, and another one in its place.
    place.applies(with(json!({"tokens": [team], "revoked": [second.id().as_str()]}))).await;
    let copy = person.secret_becomes(&tenant, SECRET, SOON, |secret| !is(&second)(secret)).await;
    let third = AuthorizationToken::parse(copy["token"].as_bytes()).unwrap();
    place.secret_appears(SECRET, is(&third)).await;
    place.event_says("SecretRotated", &format!("{} was revoked", second.id())).await;

    // Somebody's Secret is in the way of the other copy.
    person.writes_secret(&other, SECRET, json!({"token": "theirs"})).await;
    takes_tokens(&place, &other, json!("true")).await;
    place.annotates(annotation::RECONCILE_AT, "in the way").await;
    let object = says(&place, "a copy is in the way", |object| {
        condition(object, "TokensDelivered").is_some_and(|(status, _)| status == "False")
    })
    .await;
    let (_, message) = condition(&object, "TokensDelivered").unwrap();
    assert!(
        message.contains(&format!("Secret {other}/{SECRET} exists and does not carry our labels")),
        "{message}"
    );
    assert_eq!(condition(&object, "Ready").unwrap().0, "True", "nobody else waits for it");
    place.event_says("SecretNotOwned", "so it is not overwritten").await;

    // A namespace that takes no tokens any more loses its copy.
    takes_tokens(&place, &tenant, Value::Null).await;
    place.annotates(annotation::RECONCILE_AT, "withdrawn").await;
    is_gone(&person, &tenant, SECRET).await;
    takes_tokens(&place, &tenant, json!("true")).await;
    place.annotates(annotation::RECONCILE_AT, "taken again").await;
    person.secret_becomes(&tenant, SECRET, SOON, is(&third)).await;

    // Out of the list, and back.
    place.applies(with(json!({"tokens": []}))).await;
    is_gone(&person, &place.namespace, SECRET).await;
    is_gone(&person, &tenant, SECRET).await;
    let object =
        says(&place, "nothing is handed out", |object| condition(object, "TokensDelivered").is_none()).await;
    assert_eq!(object.status.clone().unwrap().authorization.unwrap().secrets, None);
    assert_eq!(states(&object).last().map(String::as_str), Some("revoked"));
    place.applies(with(json!({"tokens": [team]}))).await;
    let token = place.secret_appears(SECRET, |secret| secret.contains_key("token")).await["token"].clone();
    person.secret_becomes(&tenant, SECRET, SOON, |secret| secret.get("token") == Some(&token)).await;

    place.deletes_and_it_is_gone().await;
    process.stops().await;
    assert_eq!(person.secret(&tenant, SECRET).await, None);
    assert_eq!(person.secret(&other, SECRET).await.unwrap()["token"], "theirs");
}
