//! `spec.extra`: free JSON that is merged into the representation before anything else looks at it.

use serde_json::{Map, Value};

use crate::kind::{Access, Field, Kind};
use crate::path::FieldPath;
use crate::refusal::Refusal;

/// Merges `spec.extra` under the typed fields of a CR (rule 1.10).
///
/// `typed` is what the CR's own fields say. The result goes into a [`Desired`](crate::Desired), where everything
/// (shape, mark, server version, ownership) is checked as for any other field.
///
/// # Errors
///
/// Every refused key, with the field of the CR to use instead: keys that name the object, that a field of the CR
/// sets, that are secret, that Keycloak computes, and containers of other kinds or of what nobody can declare; also the
/// empty key, which no path can name. Nothing is merged then.
pub fn merge_extra(
    kind: &'static Kind,
    typed: Map<String, Value>,
    extra: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<Refusal>> {
    let refused: Vec<Refusal> = extra.keys().filter_map(|key| refusal(kind, key)).collect();
    if !refused.is_empty() {
        return Err(refused);
    }
    let mut merged = typed;
    for (key, value) in extra {
        merged.insert(key.clone(), value.clone());
    }
    Ok(merged)
}

fn refusal(kind: &'static Kind, key: &str) -> Option<Refusal> {
    if key.is_empty() {
        let path = FieldPath::field("extra");
        return Some(Refusal::EmptyKey { path, representation: kind.representation });
    }
    let field = kind.field(key)?;
    let path = FieldPath::field("extra").then_field(key);
    match (field.access, field.typed_as) {
        (Access::Identity, _) => Some(Refusal::Identity { path, field: typed_name(kind, field) }),
        (Access::ReadOnly, _) if key == "id" => {
            let naming = kind.field(kind.naming.name_field());
            let field = naming.map_or_else(String::new, |naming| typed_name(kind, naming));
            Some(Refusal::Identity { path, field })
        }
        (Access::ReadOnly, _) => Some(Refusal::ReadOnly { path }),
        (Access::OtherKind(declared), _) => Some(Refusal::OtherKind { path, declared: declared.to_owned() }),
        (Access::NotManaged(instead), _) => Some(Refusal::Area { path, why: instead.to_owned() }),
        (Access::Writable | Access::Immutable, Some(typed)) if field.secret => {
            Some(Refusal::Secret { path, field: typed.to_owned() })
        }
        (Access::Writable | Access::Immutable, Some(typed)) => {
            Some(Refusal::Typed { path, field: typed.to_owned() })
        }
        // Untyped maps are checked key by key in the merged whole.
        (Access::Writable | Access::Immutable, None) => None,
    }
}

fn typed_name(kind: &Kind, field: &Field) -> String {
    field.typed_as.map_or_else(|| format!("the {} of the {}", field.name, kind.name), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::{CLIENT, REALM};

    fn merged(kind: &'static Kind, typed: Value, extra: Value) -> Result<Value, String> {
        let (Value::Object(typed), Value::Object(extra)) = (typed, extra) else { panic!("objects") };
        merge_extra(kind, typed, &extra)
            .map(Value::Object)
            .map_err(|refused| refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_field_without_a_type_is_merged() {
        let merged = merged(&REALM, json!({"displayName": "Acme"}), json!({"bruteForceStrategy": "LINEAR"}));
        assert_eq!(merged, Ok(json!({"displayName": "Acme", "bruteForceStrategy": "LINEAR"})));
    }

    #[test]
    fn a_field_that_no_declaration_knows_is_merged() {
        assert_eq!(merged(&REALM, json!({}), json!({"brandNew": [1]})), Ok(json!({"brandNew": [1]})));
    }

    #[test]
    fn every_refused_key_is_told_with_the_field_to_use() {
        let extra = json!({
            "id": "x", "clientId": "y", "redirectUris": [], "secret": "s", "attributes": {"kubernetes.operator.uid": ""},
            "defaultClientScopes": [], "access": {}, "nodeReRegistrationTimeout": 5
        });
        insta::assert_snapshot!(merged(&CLIENT, json!({}), extra).unwrap_err(), @r"
        extra.access: Keycloak keeps this value itself; leave it out
        extra.attributes: write spec.attributes instead
        extra.clientId: this names the object; write spec.clientId
        extra.defaultClientScopes: these are objects or links of their own; declare them in spec.defaultClientScopes
        extra.id: this names the object; write spec.clientId
        extra.redirectUris: write spec.redirectUris instead
        extra.secret: this is a secret; write spec.clientSecret, which reads it from a Secret
        ");
    }

    #[test]
    fn an_empty_key_is_refused_with_what_to_write_there() {
        insta::assert_snapshot!(merged(&REALM, json!({}), json!({"": 1, "bruteForceStrategy": "LINEAR"})).unwrap_err(), @"extra: a key is empty and names no field; write the name of a field of Keycloak's RealmRepresentation there, or take the key out");
        // Below the top a key may be any text.
        assert!(merged(&REALM, json!({}), json!({"brandNew": {"": 1}})).is_ok());
    }

    #[test]
    fn containers_of_other_kinds_are_told_where_they_are_declared() {
        let extra = json!({"roles": {}, "clients": [], "realm": "other", "users": []});
        insta::assert_snapshot!(merged(&REALM, json!({}), extra).unwrap_err(), @r"
        extra.clients: these are objects or links of their own; declare them in KeycloakClient objects
        extra.realm: this names the object; write spec.realmName
        extra.roles: these are objects or links of their own; declare them in spec.roles
        extra.users: users are not managed; make people in the admin console or by the admin API, let them register themselves (spec.security.registrationAllowed), or have them come from a directory or an identity provider; a service account belongs to the KeycloakClient that turns it on (spec.settings.serviceAccountsEnabled)
        ");
    }
}
