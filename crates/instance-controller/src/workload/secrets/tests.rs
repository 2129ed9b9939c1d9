use super::*;

/// What was found: under which key, with which digest, in which state of Secret `keycloak-db`.
fn found(key: &str, digest: &str, version: &str) -> PodSecrets {
    PodSecrets {
        key: key.into(),
        digest: digest.into(),
        versions: BTreeMap::from([("keycloak-db".to_owned(), version.to_owned())]),
        pods: String::new(),
    }
}

fn pods(before: &PodSecrets, now: PodSecrets) -> String {
    now.following(Some(before)).pods
}

#[test]
fn pods_are_replaced_when_a_value_changed_and_not_when_the_secret_did_beside_it() {
    let first = found("rk-1", "digest-1", "uid/7").following(None);
    assert_eq!(first.pods, "digest-1");
    assert_eq!(pods(&first, found("rk-1", "digest-1", "uid/7")), "digest-1");
    // A label, another key of it, or a Secret made anew with the same values.
    assert_eq!(pods(&first, found("rk-1", "digest-1", "uid/8")), "digest-1");
    assert_eq!(pods(&first, found("rk-1", "digest-1", "another/1")), "digest-1");
    assert_eq!(pods(&first, found("rk-1", "digest-2", "uid/8")), "digest-2");
}

#[test]
fn a_lost_key_replaces_no_pods_and_the_next_change_of_a_value_does() {
    let first = found("rk-1", "digest-1", "uid/7").following(None);
    let after = found("rk-2", "other-1", "uid/7").following(Some(&first));
    assert_eq!(after.pods, "digest-1", "pods carry what they carried");
    // From now on the new key tells.
    assert_eq!(pods(&after, found("rk-2", "other-1", "uid/8")), "digest-1");
    assert_eq!(pods(&after, found("rk-2", "other-2", "uid/9")), "other-2");
}

#[test]
fn whether_a_value_changed_while_the_key_was_lost_is_not_known_so_pods_are_replaced() {
    let first = found("rk-1", "digest-1", "uid/7").following(None);
    assert_eq!(pods(&first, found("rk-2", "other-1", "uid/8")), "other-1");
    assert_eq!(pods(&first, found("rk-2", "other-1", "another/1")), "other-1");
}

#[test]
fn without_a_record_pods_that_carry_todays_digest_stay() {
    let first = found("rk-1", "digest-1", "uid/7").following(None);
    assert_eq!(found("rk-1", "digest-1", "uid/9").following(None).pods, first.pods);
}
