use proptest::prelude::*;
use serde_json::json;

use super::*;

fn entry(id: &str) -> serde_json::Value {
    json!({
        "id": id,
        "name": "team-a",
        "digest": "sha256:9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
        "scope": {
            "target": {"kind": "Keycloak", "namespace": "platform", "name": "keycloak", "uid": "6f0cbb1e-3d1e-4d3a-9c39-0d6a4a1b2c3d"},
            "namespaces": ["team-a"]
        },
        "limits": {"names": ["team-a-*"], "maxObjects": 5, "allowed": ["fullScope"]},
        "issuedAt": "2026-01-01T00:00:00Z",
        "expiresAt": "2026-04-01T00:00:00Z",
        "state": "active"
    })
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn id(text: &str) -> TokenId {
    TokenId::parse(text).unwrap()
}

#[test]
fn the_json_is_as_documented_both_ways() {
    let list = json!([entry("0f9k2m4p6r8t")]);
    let (ledger, unreadable) = Ledger::read(&list);
    assert_eq!(unreadable, []);
    assert_eq!(serde_json::to_value(&ledger).unwrap(), list);
    let mut small = entry("0f9k2m4p6r8t");
    for field in ["name", "limits"] {
        small.as_object_mut().unwrap().remove(field);
    }
    small["scope"].as_object_mut().unwrap().remove("namespaces");
    let (ledger, unreadable) = Ledger::read(&json!([small.clone()]));
    assert_eq!(unreadable, []);
    assert_eq!(serde_json::to_value(&ledger).unwrap(), json!([small]));
}

#[test]
fn an_entry_that_cannot_be_read_authorizes_nobody_and_harms_no_other() {
    let good = entry("0f9k2m4p6r8t");
    let with = |field: &str, value: serde_json::Value| {
        let mut entry = entry("aaaaaaaaaaaa");
        entry[field] = value;
        entry
    };
    let mut without_uid = entry("aaaaaaaaaaaa");
    without_uid["scope"]["target"]["uid"] = json!("");
    let list = json!([
        with("id", json!("kcat1_0f9k2m4p6r8t_SECRET")),
        with("digest", json!("md5:SECRET")),
        with("state", json!("pending")),
        with("expiresAt", json!("soon")),
        with("newLimit", json!(1)),
        with("limits", json!({"newLimit": 1})),
        with("scope", json!({})),
        without_uid,
        "SECRET",
        good,
        entry("bbbbbbbbbbbb"),
        entry("bbbbbbbbbbbb"),
    ]);
    let (ledger, unreadable) = Ledger::read(&list);
    assert_eq!(serde_json::to_value(&ledger).unwrap(), json!([good]));
    let shown: Vec<String> = unreadable.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    status.authorization.tokens[0] cannot be used: a whole authorization token stands where its id belongs: write only the 12 characters between the first and the second '_', and replace this token, for it is no longer secret
    status.authorization.tokens[1] cannot be used: the digest of a token is written as sha256: followed by 64 lower-case hexadecimal digits
    status.authorization.tokens[2] cannot be used: unknown variant `pending`, expected one of `active`, `superseded`, `revoked`, `expired`
    status.authorization.tokens[3] cannot be used: failed to parse four digit integer as year: invalid digit, expected 0-9 but got s
    status.authorization.tokens[4] cannot be used: unknown field `newLimit`, expected one of `id`, `name`, `digest`, `scope`, `limits`, `issuedAt`, `expiresAt`, `state`
    status.authorization.tokens[5] cannot be used: unknown field `newLimit`, expected one of `names`, `maxObjects`, `allowed`
    status.authorization.tokens[6] cannot be used: missing field `target`
    status.authorization.tokens[7] cannot be used: the uid "" is not valid: write the metadata.uid of the object: 1 to 64 letters, digits or '-'
    status.authorization.tokens[8] cannot be used: invalid type: string "SECRET", expected struct LedgerEntry
    status.authorization.tokens[10] cannot be used: the id bbbbbbbbbbbb is there more than once
    status.authorization.tokens[11] cannot be used: the id bbbbbbbbbbbb is there more than once
    "#);
}

#[test]
fn an_absent_list_is_empty_and_anything_else_is_reported() {
    assert_eq!(Ledger::read(&serde_json::Value::Null), (Ledger::default(), Vec::new()));
    let (ledger, unreadable) = Ledger::read(&json!({"tokens": []}));
    assert_eq!((ledger, unreadable.len()), (Ledger::default(), 1));
}

#[test]
fn states_only_ever_lead_towards_refusal() {
    let (mut ledger, _) = Ledger::read(&json!([entry("0f9k2m4p6r8t"), entry("aaaaaaaaaaaa")]));
    let (one, other) = (id("0f9k2m4p6r8t"), id("aaaaaaaaaaaa"));
    let now = at("2026-02-01T00:00:00Z");
    assert!(ledger.find(one).unwrap().is_accepted(now));
    // An overlap beyond the end of the token does not make it longer.
    assert!(ledger.supersede(one, at("2027-01-01T00:00:00Z")));
    assert_eq!(ledger.find(one).unwrap().expires_at, at("2026-04-01T00:00:00Z"));
    assert!(!ledger.supersede(one, now), "once superseded, the end stands");
    assert!(ledger.revoke(other));
    assert!(!ledger.revoke(other));
    assert!(!ledger.supersede(other, now), "what is revoked stays revoked");
    assert!(!ledger.find(other).unwrap().is_accepted(now));
    assert_eq!(ledger.expire(at("2026-04-01T00:00:00Z")), [one]);
    assert_eq!(ledger.find(other).unwrap().state, TokenState::Revoked);
    assert!(!ledger.supersede(id("bbbbbbbbbbbb"), now) && !ledger.revoke(id("bbbbbbbbbbbb")));
}

#[test]
fn an_entry_past_its_end_is_refused_whatever_its_state_says() {
    let (ledger, _) = Ledger::read(&json!([entry("0f9k2m4p6r8t")]));
    let entry = ledger.find(id("0f9k2m4p6r8t")).unwrap();
    assert_eq!(entry.state, TokenState::Active);
    assert!(entry.is_accepted(at("2026-03-31T23:59:59.999999999Z")));
    assert!(!entry.is_accepted(at("2026-04-01T00:00:00Z")));
}

#[test]
fn a_revoked_entry_is_kept_as_long_as_its_token_could_have_lived_and_longer() {
    let (mut ledger, _) = Ledger::read(&json!([entry("0f9k2m4p6r8t")]));
    let keep = SignedDuration::from_hours(24);
    ledger.revoke(id("0f9k2m4p6r8t"));
    ledger.prune(None, at("2026-04-01T23:59:59Z"), keep);
    assert_eq!(ledger.entries().len(), 1);
    let another = TokenName::new("another").unwrap();
    ledger.prune(Some(&another), at("2026-04-02T00:00:00Z"), keep);
    assert_eq!(ledger.entries().len(), 1, "another line may be kept for less long");
    ledger.prune(None, at("2026-04-02T00:00:00Z"), keep);
    assert_eq!(ledger.entries().len(), 0);
}

#[test]
fn one_id_is_added_once() {
    let (mut ledger, _) = Ledger::read(&json!([entry("0f9k2m4p6r8t")]));
    let copy = ledger.entries()[0].clone();
    assert_eq!(ledger.add(copy), Err(DuplicateId(id("0f9k2m4p6r8t"))));
}

proptest! {
    #[test]
    fn no_json_makes_reading_panic(text in "[\\[\\]{}\":,a-zA-Z0-9 ]{0,120}") {
        if let Ok(value) = serde_json::from_str(&text) {
            let _ = Ledger::read(&value);
        }
    }

    /// Whatever single field of an entry is replaced by whatever simple value: what is read is written back the same.
    #[test]
    fn what_is_read_is_written_back(field in 0..8_usize, text in "[a-z0-9:.-]{0,20}", number in any::<i64>(), kind in 0..4_u8) {
        let mut changed = entry("0f9k2m4p6r8t");
        let key = changed.as_object().unwrap().keys().nth(field).unwrap().clone();
        changed[&key] = match kind {
            0 => json!(text),
            1 => json!(number),
            2 => serde_json::Value::Null,
            _ => json!([text]),
        };
        let (ledger, unreadable) = Ledger::read(&json!([changed]));
        prop_assert_eq!(ledger.entries().len() + unreadable.len(), 1);
        let (again, _) = Ledger::read(&serde_json::to_value(&ledger).unwrap());
        prop_assert_eq!(again, ledger);
    }
}
