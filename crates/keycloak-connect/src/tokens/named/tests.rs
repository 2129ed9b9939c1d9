use serde_json::{Value, json};

use super::*;

const DIGEST: &str = "sha256:9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab";

fn read(tokens: &Value) -> Result<NamedTokens, PolicyError> {
    let spec: AuthorizationSpec = serde_json::from_value(json!({"tokens": tokens})).unwrap();
    NamedTokens::read(Some(&spec), "keycloak")
}

fn declared(name: &str) -> Value {
    json!({"name": name, "id": "0f9k2m4p6r8t", "digest": DIGEST, "expiresAt": "2026-05-01T12:00:00Z"})
}

#[test]
fn no_list_asks_for_nothing() {
    assert_eq!(NamedTokens::read(None, "keycloak"), Ok(NamedTokens::default()));
    assert_eq!(read(&json!([])), Ok(NamedTokens::default()));
}

#[test]
fn what_is_issued_and_what_is_only_declared_are_told_apart() {
    let mut other = declared("vault");
    other["id"] = json!("1f9k2m4p6r8t");
    let read = read(&json!([
        {"name": "acme"},
        {"name": "beta", "secretName": "for-beta", "namespaces": ["beta"], "deliver": true, "limits": {"names": ["beta-*"]}},
        declared("vault"),
        other,
    ]))
    .unwrap();
    let secrets: Vec<_> = read.issued.iter().map(|line| (line.secret.as_str(), line.copy.as_str())).collect();
    assert_eq!(
        secrets,
        [("keycloak-auth-token-acme", "keycloak-auth-token-acme"), ("for-beta", "keycloak-auth-token-beta")]
    );
    assert_eq!((read.issued[0].deliver, read.issued[1].deliver), (false, true));
    assert_eq!(read.issued[0].limits, None);
    assert!(read.issued[1].limits.as_ref().unwrap().names.is_some());
    // Two of one name: the other side keeps an overlap.
    assert_eq!(read.declared.len(), 2);
}

#[test]
fn each_entry_that_cannot_be_followed_is_named_with_its_path_and_no_token_is_shown() {
    let with = |mut entry: Value, field: &str, value: Value| {
        entry[field] = value;
        json!([entry])
    };
    let acme = || json!({"name": "acme"});
    let errors: Vec<String> = [
        json!([{"name": "Team A"}]),
        json!([acme(), acme()]),
        json!([declared("acme"), acme()]),
        json!([acme(), declared("acme")]),
        json!([declared("acme"), declared("beta")]),
        with(acme(), "id", json!("0f9k2m4p6r8t")),
        with(declared("acme"), "lifetime", json!("30d")),
        with(declared("acme"), "id", json!("kcat1_0f9k2m4p6r8t_SECRET")),
        with(declared("acme"), "digest", json!("kcat1_0f9k2m4p6r8t_SECRET")),
        with(acme(), "namespaces", json!(["team-*"])),
        with(acme(), "namespaces", json!([])),
        with(acme(), "limits", json!({"names": ["*"]})),
        with(acme(), "lifetime", json!("47h")),
        with(acme(), "lifetime", json!("+5d")),
        with(acme(), "deliver", json!(true)),
        with(acme(), "secretName", json!("Mine")),
        json!([{"name": "acme", "secretName": "mine"}, {"name": "beta", "secretName": "mine"}]),
    ]
    .iter()
    .map(|tokens| read(tokens).unwrap_err().to_string())
    .collect();
    assert!(!errors.join("").contains("SECRET"));
    insta::assert_snapshot!(errors.join("\n"), @r#"
    spec.authorization.tokens[0].name: the token name "Team A" is not valid: write 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit
    spec.authorization.tokens[1].name: "acme" is there twice; give each token a name of its own
    spec.authorization.tokens[1].name: "acme" is also the name of a token that something else makes; give each a name of its own
    spec.authorization.tokens[1].name: "acme" is there twice; give each token a name of its own
    spec.authorization.tokens[1].id: the token 0f9k2m4p6r8t is there twice; remove one of the two entries
    spec.authorization.tokens[0].id: is declared together with digest and expiresAt; write all three
    spec.authorization.tokens[0].id: is that of a token which something else keeps, so secretName, lifetime and deliver have no effect; remove them
    spec.authorization.tokens[0].id: a whole authorization token stands where its id belongs: write only the 12 characters between the first and the second '_', and replace this token, for it is no longer secret
    spec.authorization.tokens[0].digest: the digest of a token is written as sha256: followed by 64 lower-case hexadecimal digits
    spec.authorization.tokens[0].namespaces: the namespace "team-*" is not valid: write 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; patterns are not possible here
    spec.authorization.tokens[0].namespaces: is empty, so nobody could present the token: write at least one, or leave namespaces out
    spec.authorization.tokens[0].limits: the name pattern "*" matches every name, so it limits nothing: leave names out if that is meant
    spec.authorization.tokens[0].lifetime: "47h" is no lifetime; write a number with h or d, from 48h to 36500d
    spec.authorization.tokens[0].lifetime: "+5d" is no lifetime; write a number with h or d, from 48h to 36500d
    spec.authorization.tokens[0].deliver: needs namespaces, into which the token is copied: write them
    spec.authorization.tokens[0].secretName: the object name "Mine" is not valid: write 1 to 253 lower-case letters, digits, '-' or '.', each part beginning and ending with a letter or digit
    spec.authorization.tokens[1].secretName: Secret mine holds another token already; name another Secret
    "#);
}

#[test]
fn no_more_secrets_are_asked_for_than_status_can_list() {
    let of = |lines: usize, deliver: bool| {
        let namespaces: Vec<String> = (0..999).map(|number| format!("tenant-{number}")).collect();
        let line =
            |number| json!({"name": format!("team-{number}"), "namespaces": namespaces, "deliver": deliver});
        read(&json!((0..lines).map(line).collect::<Vec<_>>()))
    };
    assert!(of(10, true).is_ok());
    insta::assert_snapshot!(of(11, true).unwrap_err(), @"spec.authorization.tokens: asks for up to 11000 Secrets with tokens, and at most 10000 can be kept track of; write fewer namespaces into entries with deliver, or fewer entries");
    assert!(of(11, false).is_ok(), "what is not delivered stands in one Secret");
}

#[test]
fn a_lifetime_leaves_a_quarter_of_it_for_the_overlap_at_most_a_week() {
    let of =
        |lifetime: &str| read(&json!([{"name": "acme", "lifetime": lifetime}])).unwrap().issued[0].lifetimes;
    let minutes = |count: i64| SignedDuration::from_secs(60 * count);
    let day = 24 * 60;
    assert_eq!(of("48h"), Lifetimes::new(minutes(2 * day), minutes(36 * 60), minutes(12 * 60)).unwrap());
    assert_eq!(of("4d"), Lifetimes::new(minutes(4 * day), minutes(3 * day), minutes(day)).unwrap());
    assert_eq!(of("30d"), Lifetimes::new(minutes(30 * day), minutes(23 * day), minutes(7 * day)).unwrap());
    assert_eq!(of("90d"), Lifetimes::default());
    assert_eq!(read(&json!([{"name": "acme"}])).unwrap().issued[0].lifetimes, Lifetimes::default());
    assert!(read(&json!([{"name": "acme", "lifetime": "36500d"}])).is_ok());
}

#[test]
fn the_name_of_a_secret_always_fits_and_long_names_are_kept_apart() {
    let name = TokenName::new("t".repeat(63)).unwrap();
    let (one, two) = (format!("{}a", "x".repeat(250)), format!("{}b", "x".repeat(250)));
    let names = [secret_name(&one, &name), secret_name(&two, &name)];
    assert_ne!(names[0], names[1]);
    for name in names {
        assert!(ObjectName::new(name.as_str()).is_ok(), "{name}");
    }
}
