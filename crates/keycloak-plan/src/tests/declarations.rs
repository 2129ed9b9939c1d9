//! The declarations say what Keycloak's types and behaviour are.

use std::collections::BTreeSet;

use super::object;
use crate::kind::{Access, Kind, MapWrite, Sent, Shape};
use crate::kinds::{
    CLIENT, CLIENT_SCOPE, GROUP, KINDS, MESSAGE_TEXTS, PROTOCOL_MAPPER, REALM, REALM_ROLE, RELATIONS,
    REQUIRED_ACTION,
};
use crate::merge_extra;

#[test]
fn no_kind_declares_a_field_twice() {
    for kind in KINDS {
        let names: BTreeSet<_> = kind.fields.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), kind.fields.len(), "{}", kind.name);
    }
}

#[test]
fn every_kind_declares_the_field_that_names_it_and_the_one_that_carries_its_mark() {
    for kind in KINDS {
        let naming = kind.field(kind.naming.name_field()).unwrap();
        assert_eq!(naming.access, Access::Identity, "{}", kind.name);
        if let Some(mark) = kind.mark {
            assert!(matches!(kind.field(mark).unwrap().shape, Shape::Map(_)), "{}", kind.name);
        }
    }
}

#[test]
fn a_mirrored_key_names_a_field_that_exists() {
    for kind in KINDS {
        for field in kind.fields {
            let Shape::Map(rules) = &field.shape else { continue };
            for (_, mirrored) in rules.mirrors {
                assert!(kind.field(mirrored).is_some(), "{} {mirrored}", kind.name);
            }
        }
    }
}

#[test]
fn what_a_realm_update_would_reset_travels_with_every_one() {
    let always = |kind: &Kind| {
        let always = kind.fields.iter().filter(|field| field.sent == Sent::Always);
        always.map(|field| field.name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(always(&REALM), "oauth2DeviceCodeLifespan oauth2DevicePollingInterval attributes");
    assert_eq!(always(&CLIENT), "webOrigins frontchannelLogout");
    assert_eq!(always(&REALM_ROLE), "name description");
    assert_eq!(always(&GROUP), "name description");
    assert_eq!(always(&CLIENT_SCOPE), "name protocol");
}

#[test]
fn maps_are_merged_or_replaced_as_keycloak_does_it() {
    let written = |kind: &Kind, name: &str| match &kind.field(name).unwrap().shape {
        Shape::Map(rules) => matches!(rules.write, MapWrite::Merged(_)),
        other => panic!("{other:?}"),
    };
    assert!(written(&CLIENT, "attributes"));
    assert!(written(&CLIENT, "authenticationFlowBindingOverrides"));
    assert!(written(&REALM, "browserSecurityHeaders"));
    assert!(!written(&REALM, "attributes"));
    assert!(!written(&REALM, "smtpServer"));
    assert!(!written(&REALM_ROLE, "attributes"));
    assert!(!written(&GROUP, "attributes"));
    assert!(written(&CLIENT_SCOPE, "attributes"));
    assert!(!written(&PROTOCOL_MAPPER, "config"));
    assert!(written(&MESSAGE_TEXTS, "texts"));
    assert!(!written(&REQUIRED_ACTION, "config"));
}

#[test]
fn fields_newer_than_the_oldest_supported_server_say_so() {
    let newer: Vec<_> = KINDS
        .iter()
        .flat_map(|kind| kind.fields)
        .filter(|field| field.since > crate::ServerVersion::new(26, 4, 0))
        .map(|field| format!("{} {}", field.name, field.since))
        .collect();
    insta::assert_snapshot!(newer.join("\n"), @r"
    scimApiEnabled 26.6.0
    maxSecondaryAuthFailures 26.6.0
    webAuthnPolicyResidentKey 26.7.0
    webAuthnPolicyPasswordlessResidentKey 26.7.0
    webAuthnPolicyPasswordlessMediation 26.7.0
    ");
}

#[test]
fn relations_name_kinds_in_words_that_kinds_use() {
    for relation in RELATIONS {
        assert!(KINDS.iter().any(|kind| kind.name == relation.holder), "{}", relation.name);
        if let Some(field) = relation.at_creation {
            let holder = KINDS.iter().find(|kind| kind.name == relation.holder).unwrap();
            assert!(matches!(holder.field(field).unwrap().access, Access::OtherKind(_)), "{field}");
        }
    }
}

#[test]
fn every_field_of_a_realm_that_has_a_type_is_refused_in_extra() {
    for field in REALM.fields {
        let extra = object(serde_json::json!({field.name: "x"}));
        let refused = merge_extra(&REALM, serde_json::Map::new(), &extra).is_err();
        let free = field.typed_as.is_none() && field.access == Access::Writable;
        assert_eq!(refused, !free, "{}", field.name);
    }
}
