use super::*;

fn refused<T: FromStr<Err = NameError> + std::fmt::Debug>(text: &str) -> String {
    text.parse::<T>().expect_err("must be refused").to_string()
}

#[test]
fn realm_names_that_keycloak_would_never_let_go_of_are_refused() {
    insta::assert_snapshot!(refused::<RealmName>("."), @r#"realm name "." is not possible: Keycloak would create such a realm and could never read or delete it again"#);
    insta::assert_snapshot!(refused::<RealmName>("a/b"), @r#"realm name "a/b" holds '/', which is not allowed: anything but '/', '\', ';', '?' and control characters"#);
    insta::assert_snapshot!(refused::<RealmName>(""), @"realm name is empty; write one");
    insta::assert_snapshot!(refused::<RealmName>(&"x".repeat(255)), @"realm name has 255 characters; at most 254 are allowed");
    for bad in ["..", "a\\b", "a;b", "a?b", "a\nb"] {
        assert!(bad.parse::<RealmName>().is_err(), "{bad:?}");
    }
}

#[test]
fn realm_names_that_keycloak_handles_are_accepted() {
    for good in ["acme", "Acme Übung", "a..b", "100%", "x", "...", &"x".repeat(254)] {
        assert_eq!(good.parse::<RealmName>().expect(good).as_str(), good);
    }
}

#[test]
fn client_ids_may_be_urls_and_hold_anything_but_control_characters() {
    for good in ["portal", "https://sp.example.com/metadata", "with space", "ümläut", &"x".repeat(255)] {
        assert!(good.parse::<ClientId>().is_ok(), "{good:?}");
    }
    insta::assert_snapshot!(refused::<ClientId>("a\tb"), @r#"client id "a\tb" holds '\t', which is not allowed: anything but control characters"#);
    insta::assert_snapshot!(refused::<ClientId>(&"x".repeat(256)), @"client id has 256 characters; at most 255 are allowed");
}

#[test]
fn names_of_kubernetes_objects_follow_rfc_1123() {
    for good in ["a", "a-b.c", "0", "acme-realm-auth"] {
        assert!(good.parse::<SecretName>().is_ok(), "{good:?}");
        assert!(good.parse::<ObjectName>().is_ok(), "{good:?}");
    }
    for bad in ["", "-a", "a-", "a..b", "A", "a_b", ".a", "a.-b", &"x".repeat(254)] {
        assert!(bad.parse::<SecretName>().is_err(), "{bad:?}");
    }
    for bad in ["a.b", "", "-a", &"x".repeat(64)] {
        assert!(bad.parse::<Namespace>().is_err(), "{bad:?}");
    }
    insta::assert_snapshot!(refused::<SecretName>("Acme"), @r#"Secret name "Acme" holds 'A', which is not allowed: lower case letters, digits, '-' and '.', with a letter or digit at both ends of each part"#);
}

#[test]
fn secret_keys_are_letters_digits_and_three_signs() {
    assert!("tls.crt".parse::<SecretKey>().is_ok());
    insta::assert_snapshot!(refused::<SecretKey>("a b"), @r#"key of a Secret "a b" holds ' ', which is not allowed: letters, digits, '-', '_' and '.'"#);
}
