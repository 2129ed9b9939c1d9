use std::time::Duration;

use controller_runtime::Haste;
use keycloak_crds::labels::{Component, annotation, label};
use serde_json::json;
use tokio::{task::JoinSet, time::Instant};

use super::*;
use crate::{
    consent::Consent,
    fake,
    owner::{Owner, OwnerKind},
};

const PATH: &str = "/api/v1/namespaces/acme/secrets/portal-credentials";

fn client() -> Owner {
    fake::owner(OwnerKind::KeycloakClient, "acme", "portal")
}

fn wanted() -> WantedSecret {
    WantedSecret::new("acme", "portal-credentials", &client(), Component::ClientCredentials)
        .with("client-id", "portal")
        .with("client-secret", "hidden")
}

async fn read_with(api: &fake::Api, key: &str, consent: Consent) -> Result<SecretBytes, String> {
    let reader = fake::owner(OwnerKind::KeycloakRealm, "acme", "acme");
    let secrets = Secrets::new(api.client(), consent);
    let leave = secrets.leave(&reader).await.map_err(|error| error.to_string())?;
    let read = secrets.value(&leave, &leave.expects("mail", key, "spec.smtpServer.passwordSecret")).await;
    read.map(|(value, _)| value).map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_secret_that_is_missing_is_asked_for_with_its_key_and_read_once_it_appears() {
    let api = fake::Api::default();
    insta::assert_snapshot!(read_with(&api, "password", Consent::Off).await.unwrap_err(), @r#"Secret acme/mail, named in spec.smtpServer.passwordSecret, does not exist; create it with key "password""#);
    api.holds_secret(&fake::secret("acme", "mail", &[("password", "hidden")]));
    let value = read_with(&api, "password", Consent::Off).await.unwrap();
    assert_eq!(value.expose(), b"hidden");
    assert_eq!(format!("{value:?}"), "SecretBytes(..)");
    assert!(api.calls().iter().all(|call| call == "GET /api/v1/namespaces/acme/secrets/mail"));
}

#[tokio::test]
async fn nothing_that_an_object_names_is_read_before_somebody_was_seen_to_ask_whether_its_author_may() {
    let api = fake::Api::default();
    api.holds_secret(&fake::secret("acme", "mail", &[("password", "hidden")]));
    let refused = read_with(&api, "password", Consent::Admission).await.unwrap_err();
    assert!(refused.contains("secret-consent-keycloakrealms.keycloak.mdvr.nl is not installed"), "{refused}");
    assert!(api.calls().iter().all(|call| !call.contains("/secrets/")), "{:?}", api.calls());
}

#[tokio::test(start_paused = true)]
async fn a_resync_reads_ten_secrets_a_second_and_an_edit_meanwhile_is_served_at_once() {
    let api = fake::Api::default();
    api.holds_secret(&fake::secret("acme", "mail", &[("password", "hidden")]));
    let (secrets, began) = (fake::secrets(&api), Instant::now());
    let mut reads = JoinSet::new();
    for _ in 0..1_000 {
        let secrets = secrets.clone();
        let read = async move { secrets.ours("acme", "mail").await.unwrap().is_some() };
        reads.spawn(Haste::AtLeisure.during(read));
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let asked = Instant::now();
    Haste::Now.during(secrets.ours("acme", "mail")).await.unwrap();
    assert!(asked.elapsed() < Duration::from_millis(50), "{:?}", asked.elapsed());
    assert!(api.calls().len() <= 12, "{}", api.calls().len());
    assert!(reads.join_all().await.into_iter().all(|found| found));
    assert!((99..=103).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    assert_eq!(api.calls().len(), 1_001);
}

#[tokio::test]
async fn the_keys_of_a_secret_are_told_only_where_it_is_ours_or_consents() {
    let api = fake::Api::default();
    let secret = || fake::secret("acme", "mail", &[("tok", "hidden"), ("user", "x")]);
    let mut sentences = Vec::new();
    api.holds_secret(&secret());
    sentences.push(read_with(&api, "token", Consent::Off).await.unwrap_err());
    api.holds_secret(&fake::labelled(secret(), &[(label::MANAGED_BY, label::MANAGED_BY_VALUE)]));
    sentences.push(read_with(&api, "token", Consent::Off).await.unwrap_err());
    let mut consenting = secret();
    consenting.metadata.annotations =
        Some([(annotation::READABLE_BY.to_owned(), "KeycloakRealm".to_owned())].into());
    api.holds_secret(&consenting);
    sentences.push(read_with(&api, "token", Consent::Label).await.unwrap_err());
    insta::assert_snapshot!(sentences.join("\n"), @r#"
    Secret acme/mail has no key "token", which spec.smtpServer.passwordSecret names; write the value under that key, or name the key that holds it
    Secret acme/mail has no key "token"; it has "tok", "user". spec.smtpServer.passwordSecret names it
    Secret acme/mail has no key "token"; it has "tok", "user". spec.smtpServer.passwordSecret names it
    "#);
}

#[tokio::test]
async fn what_may_not_be_read_is_refused_before_its_keys_are_looked_at() {
    let api = fake::Api::default();
    let mut sentences = Vec::new();
    for type_ in
        ["kubernetes.io/service-account-token", "helm.sh/release.v1", "bootstrap.kubernetes.io/token"]
    {
        let mut secret = fake::secret("acme", "mail", &[("password", "hidden")]);
        secret.type_ = Some(type_.into());
        api.holds_secret(&secret);
        sentences.push(read_with(&api, "password", Consent::Off).await.unwrap_err());
    }
    api.holds_secret(&fake::secret("acme", "mail", &[("password", "hidden")]));
    sentences.push(read_with(&api, "password", Consent::Label).await.unwrap_err());
    api.holds_secret(&fake::secret("acme", "mail", &[("password", "")]));
    sentences.push(read_with(&api, "password", Consent::Off).await.unwrap_err());
    insta::assert_snapshot!(sentences.join("\n"), @r#"
    Secret acme/mail, named in spec.smtpServer.passwordSecret, has type kubernetes.io/service-account-token; only Opaque, kubernetes.io/basic-auth, kubernetes.io/tls and servicebinding.io/* are read: copy the value into such a Secret
    Secret acme/mail, named in spec.smtpServer.passwordSecret, has type helm.sh/release.v1; only Opaque, kubernetes.io/basic-auth, kubernetes.io/tls and servicebinding.io/* are read: copy the value into such a Secret
    Secret acme/mail, named in spec.smtpServer.passwordSecret, has type bootstrap.kubernetes.io/token; only Opaque, kubernetes.io/basic-auth, kubernetes.io/tls and servicebinding.io/* are read: copy the value into such a Secret
    Secret acme/mail, named in spec.smtpServer.passwordSecret, does not consent to be read by KeycloakRealm/acme; let somebody who owns it annotate it keycloak.mdvr.nl/readable-by: KeycloakRealm/acme
    Secret acme/mail: the value of key "password", named in spec.smtpServer.passwordSecret, is empty; write the value into it
    "#);
}

#[tokio::test]
async fn a_new_secret_costs_one_call_and_carries_label_uid_and_owner() {
    let api = fake::Api::default();
    let written = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    assert!(matches!(written, Written::Created(_)), "{written:?}");
    assert_eq!(api.calls(), ["POST /api/v1/namespaces/acme/secrets"]);
    insta::assert_json_snapshot!(api.last_body("POST"), @r#"
    {
      "apiVersion": "v1",
      "data": {
        "client-id": "cG9ydGFs",
        "client-secret": "aGlkZGVu"
      },
      "kind": "Secret",
      "metadata": {
        "labels": {
          "keycloak.mdvr.nl/component": "client-credentials",
          "keycloak.mdvr.nl/managed-by": "keycloak-operator",
          "keycloak.mdvr.nl/owner-uid": "uid-of-portal"
        },
        "name": "portal-credentials",
        "namespace": "acme",
        "ownerReferences": [
          {
            "apiVersion": "keycloak.mdvr.nl/v1",
            "kind": "KeycloakClient",
            "name": "portal",
            "uid": "uid-of-portal"
          }
        ]
      },
      "type": "Opaque"
    }
    "#);
}

#[tokio::test]
async fn a_secret_as_it_should_be_is_not_written() {
    let api = fake::Api::default();
    write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    let known = api.secret("acme", "portal-credentials").unwrap();
    let calls = api.calls().len();
    let written = write(&fake::secrets(&api), &wanted(), Some(&known), Takeover::No).await.unwrap();
    assert!(matches!(written, Written::Unchanged(_)));
    assert_eq!(api.calls().len(), calls);
}

#[tokio::test]
async fn only_what_differs_is_patched_under_the_version_that_was_seen() {
    let api = fake::Api::default();
    write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    let known = api.secret("acme", "portal-credentials").unwrap();
    let wanted = wanted().with("client-secret", "newer").without("client-id").labelled("app", "portal");
    let written = write(&fake::secrets(&api), &wanted, Some(&known), Takeover::No).await.unwrap();
    assert!(matches!(written, Written::Changed(_)));
    insta::assert_json_snapshot!(api.last_body("PATCH"), @r#"
    {
      "data": {
        "client-id": null,
        "client-secret": "bmV3ZXI="
      },
      "metadata": {
        "labels": {
          "app": "portal"
        },
        "resourceVersion": "1"
      }
    }
    "#);
    let stored = api.secret("acme", "portal-credentials").unwrap();
    assert_eq!((stored.get("client-id"), stored.text("client-secret")), (None, Some("newer")));

    // The same state once more: somebody was faster, nothing is overwritten.
    let error =
        write(&fake::secrets(&api), &wanted.with("client-secret", "older"), Some(&known), Takeover::No)
            .await
            .unwrap_err();
    assert!(matches!(error, ConnectError::SecretChanged { .. }), "{error}");
    assert_eq!(api.secret("acme", "portal-credentials").unwrap().text("client-secret"), Some("newer"));
}

#[tokio::test]
async fn a_secret_of_somebody_else_is_never_written() {
    let ours = (label::MANAGED_BY, label::MANAGED_BY_VALUE);
    let mut sentences = Vec::new();
    for labels in [
        vec![],
        vec![ours],
        vec![ours, (label::OWNER_UID, "uid-of-another")],
        vec![(label::OWNER_UID, "uid-of-portal")],
    ] {
        let api = fake::Api::default();
        api.holds_secret(&fake::labelled(
            fake::secret("acme", "portal-credentials", &[("client-secret", "theirs")]),
            &labels,
        ));
        let before = api.object(PATH);
        let error = write(&fake::secrets(&api), &wanted(), None, Takeover::Seed).await.unwrap_err();
        sentences.push(error.to_string());
        assert_eq!(api.object(PATH), before, "{labels:?}");
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    Secret acme/portal-credentials exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for KeycloakClient acme/portal
    Secret acme/portal-credentials exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for KeycloakClient acme/portal
    Secret acme/portal-credentials exists and belongs to another object, so it is not overwritten; remove it, or have another name written for KeycloakClient acme/portal
    Secret acme/portal-credentials exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for KeycloakClient acme/portal
    ");
}

#[tokio::test]
async fn a_secret_of_an_earlier_object_of_the_name_waits_for_the_garbage_collector() {
    use controller_runtime::{ClassName, Classify as _};
    let api = fake::Api::default();
    let earlier = Owner { uid: "of-before".into(), ..client() };
    let mut left = fake::secret("acme", "portal-credentials", &[("client-id", "portal")]);
    left.metadata.owner_references = earlier.reference("acme").map(|reference| vec![reference]);
    api.holds_secret(&fake::labelled(left, &[(label::OWNER_UID, "of-before")]));
    let error = write(&fake::secrets(&api), &wanted(), None, Takeover::Seed).await.unwrap_err();
    insta::assert_snapshot!(error, @"Secret acme/portal-credentials exists and belongs to an earlier object of this name, which is gone: the garbage collector removes it, so it is not overwritten; remove it, or have another name written for KeycloakClient acme/portal");
    // Nobody tells when it is gone, so it is looked for.
    assert_eq!(error.class().name(), ClassName::Wait);
}

#[tokio::test]
async fn a_secret_of_the_seed_is_taken_over_where_that_is_asked_for() {
    let api = fake::Api::default();
    let seed = fake::secret(
        "acme",
        "portal-credentials",
        &[("client-id", "portal"), ("client-secret", "hidden"), ("note", "x")],
    );
    api.holds_secret(&fake::labelled(seed, &[(label::COMPONENT, "client-credentials")]));
    let refused = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap_err();
    assert!(matches!(refused, ConnectError::SecretNotOwned { .. }), "{refused}");
    write(&fake::secrets(&api), &wanted(), None, Takeover::Seed).await.unwrap();
    let stored = api.secret("acme", "portal-credentials").unwrap();
    assert!(stored.belongs_to(&client()));
    assert_eq!(stored.text("note"), Some("x"));
    assert!(stored.refers_to(&client()));
}

#[tokio::test]
async fn labels_and_annotations_that_are_no_longer_wanted_go_and_those_of_others_stay() {
    let api = fake::Api::default();
    let mut first = wanted().labelled("app", "portal").labelled("tier", "web");
    first.annotations.insert("example.com/team".to_owned(), "portal".to_owned());
    write(&fake::secrets(&api), &first, None, Takeover::No).await.unwrap();
    let mut object = api.object(PATH).unwrap();
    object["metadata"]["labels"]["theirs"] = json!("x");
    api.holds(PATH, object);

    let mut second = wanted().labelled("tier", "web");
    // Ours stay, whoever names them here.
    second.former_labels = ["app", "tier", "never", label::OWNER_UID].map(str::to_owned).into();
    second.former_annotations = ["example.com/team".to_owned()].into();
    let stored = api.secret("acme", "portal-credentials").unwrap();
    let written = write(&fake::secrets(&api), &second, Some(&stored), Takeover::No).await.unwrap();
    assert!(matches!(written, Written::Changed(_)));
    let stored = api.secret("acme", "portal-credentials").unwrap();
    assert_eq!((stored.label("app"), stored.label("tier")), (None, Some("web")));
    assert_eq!((stored.label("theirs"), stored.annotation("example.com/team")), (Some("x"), None));
    assert!(stored.belongs_to(&client()));
    let again = write(&fake::secrets(&api), &second, Some(&stored), Takeover::No).await.unwrap();
    assert!(matches!(again, Written::Unchanged(_)));
}

#[tokio::test]
async fn the_type_of_a_secret_cannot_be_changed_and_the_sentence_says_so() {
    let api = fake::Api::default();
    write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    let other =
        WantedSecret { type_: SecretType::from_name("servicebinding.io/oauth2").unwrap(), ..wanted() };
    let error = write(&fake::secrets(&api), &other, None, Takeover::No).await.unwrap_err();
    insta::assert_snapshot!(error, @"Secret acme/portal-credentials has type Opaque and cannot be changed to servicebinding.io/oauth2; delete it, and it is made anew with the same values");
    for never in [
        "kubernetes.io/service-account-token",
        "bootstrap.kubernetes.io/token",
        "helm.sh/release.v1",
        "servicebinding.io/",
    ] {
        assert_eq!(SecretType::from_name(never), None, "{never}");
    }
    let account = [("kubernetes.io/service-account.name".to_owned(), "default".to_owned())].into();
    assert!(check_annotations("spec.secretMetadata.annotations", &account).is_err());
}

#[tokio::test]
async fn a_terminating_namespace_is_no_error() {
    let api = fake::Api::default();
    api.refuses("POST", 403, "NamespaceTerminating");
    let written = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    assert!(matches!(written, Written::NamespaceTerminating));
    api.refuses_nothing();
    api.refuses("POST", 403, "Forbidden");
    let error = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap_err();
    insta::assert_snapshot!(error, @"creating Secret acme/portal-credentials: the API server answered 403: forbidden");
}

#[tokio::test]
async fn a_secret_is_taken_back_whole_or_emptied_where_deletion_is_not_permitted() {
    let api = fake::Api::default();
    for (refused, expected) in [(false, Withdrawn::Deleted), (true, Withdrawn::Emptied)] {
        if refused {
            api.refuses("DELETE", 403, "Forbidden");
        }
        let written = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
        let outcome = withdraw(&api.client(), written.secret().unwrap(), &client()).await.unwrap();
        assert_eq!(outcome, expected);
    }
    assert_eq!(api.secret("acme", "portal-credentials").unwrap().keys().count(), 0);
    // One that cannot be without its keys keeps them without a value.
    let basic = WantedSecret { name: "basic".to_owned(), type_: SecretType::BasicAuth, ..wanted() }
        .with("username", "portal")
        .with("password", "hidden");
    let written = write(&fake::secrets(&api), &basic, None, Takeover::No).await.unwrap();
    let outcome = withdraw(&api.client(), written.secret().unwrap(), &client()).await.unwrap();
    assert_eq!(outcome, Withdrawn::Emptied);
    let stored = api.secret("acme", "basic").unwrap();
    assert_eq!(stored.keys().collect::<Vec<_>>(), ["password", "username"]);
    assert!(stored.is_emptied() && !written.secret().unwrap().is_emptied());

    api.refuses_nothing();
    let stranger = fake::secret("acme", "other", &[("key", "x")]);
    api.holds_secret(&stranger);
    let stored = api.secret("acme", "other").unwrap();
    assert!(matches!(
        withdraw(&api.client(), &stored, &client()).await,
        Err(ConnectError::SecretNotOwned { .. })
    ));
    assert!(api.secret("acme", "other").is_some());
}

#[tokio::test]
async fn a_secret_that_was_changed_since_is_not_taken_back() {
    let api = fake::Api::default();
    let written = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    let mut object = api.object(PATH).unwrap();
    object["data"]["note"] = json!("eA==");
    api.holds(PATH, object);
    let error = withdraw(&api.client(), written.secret().unwrap(), &client()).await.unwrap_err();
    assert!(matches!(error, ConnectError::SecretChanged { .. }), "{error}");
    assert!(api.object(PATH).is_some());
}

#[test]
fn a_secret_in_another_namespace_gets_no_owner_reference_and_nothing_is_printed() {
    let login =
        WantedSecret::new("platform", "login", &client(), Component::Login).with("client-secret", "hidden");
    assert!(!format!("{login:?}").contains("hidden"));
    assert!(!format!("{:?}", fake::stored(fake::secret("a", "b", &[("k", "hidden")]))).contains("hidden"));
    assert_eq!(client().reference("platform"), None);
    assert!(client().reference("acme").is_some());
}

#[tokio::test]
async fn a_secret_that_is_let_go_keeps_its_values_and_is_taken_again_only_with_proof() {
    let api = fake::Api::default();
    let wanted = || {
        let mut wanted = wanted().labelled("app", "portal");
        wanted.annotations.insert(annotation::PROOF.to_owned(), "0011".to_owned());
        wanted.annotations.insert(annotation::REGENERATED.to_owned(), "3".to_owned());
        wanted
    };
    let written = write(&fake::secrets(&api), &wanted(), None, Takeover::No).await.unwrap();
    release(&api.client(), written.secret().unwrap(), &client(), &[annotation::REGENERATED]).await.unwrap();
    let stored = api.secret("acme", "portal-credentials").unwrap();
    assert_eq!(stored.text("client-secret"), Some("hidden"));
    assert_eq!((stored.label("app"), stored.label(label::MANAGED_BY)), (Some("portal"), None));
    assert_eq!((stored.label(label::OWNER_UID), stored.label(label::COMPONENT)), (None, None));
    let annotations = (stored.annotation(annotation::PROOF), stored.annotation(annotation::REGENERATED));
    assert_eq!(annotations, (Some("0011"), None));
    assert!(!stored.refers_to(&client()), "it does not go with the object");

    for takeover in [Takeover::No, Takeover::Seed] {
        let refused = write(&fake::secrets(&api), &wanted(), Some(&stored), takeover).await.unwrap_err();
        assert!(matches!(refused, ConnectError::SecretNotOwned { .. }), "{refused}");
    }
    let again = release(&api.client(), &stored, &client(), &[]).await.unwrap_err();
    assert!(matches!(again, ConnectError::SecretNotOwned { .. }), "{again}");
    write(&fake::secrets(&api), &wanted(), Some(&stored), Takeover::Released).await.unwrap();
    let stored = api.secret("acme", "portal-credentials").unwrap();
    assert!(stored.belongs_to(&client()) && stored.refers_to(&client()));

    // What belongs to another object is nobody's to take.
    let theirs = fake::labelled(fake::secret("acme", "theirs", &[]), &[(label::OWNER_UID, "uid-of-another")]);
    let refused = guard(&fake::stored(theirs), &client(), Component::ClientCredentials, Takeover::Released);
    assert!(matches!(refused, Err(ConnectError::SecretNotOwned { .. })));
}
