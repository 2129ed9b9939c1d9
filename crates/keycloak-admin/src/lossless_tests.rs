//! Nothing that Keycloak says may be lost between reading and writing, and everything can be cleared.

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::types;

fn round_trip<T: Serialize + DeserializeOwned>(value: &Value) -> Value {
    let read: T = serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"));
    serde_json::to_value(read).unwrap()
}

#[test]
fn absent_empty_and_filled_collections_differ() {
    let written = |client: &types::ClientRepresentation| serde_json::to_value(client).unwrap();
    let absent = types::ClientRepresentation::default();
    assert_eq!(written(&absent), json!({}));
    let cleared = types::ClientRepresentation {
        redirect_uris: Some(vec![]),
        attributes: Some([("pkce".to_owned(), None)].into()),
        protocol_mappers: Some(vec![]),
        ..Default::default()
    };
    assert_eq!(
        written(&cleared),
        json!({"redirectUris": [], "attributes": {"pkce": null}, "protocolMappers": []})
    );
}

#[test]
fn every_list_and_map_of_client_realm_group_user_and_role_can_be_cleared() {
    fn clear<T: Serialize + DeserializeOwned>(schema: &str) -> usize {
        let document = document();
        let properties = document["components"]["schemas"][schema]["properties"].as_object().unwrap();
        let mut cleared = 0;
        for (name, property) in properties {
            let empty = match property["type"].as_str() {
                Some("array") => json!({ name: [] }),
                Some("object") => json!({ name: {} }),
                _ => continue,
            };
            assert_eq!(round_trip::<T>(&empty), empty, "{schema}.{name}");
            cleared += 1;
        }
        cleared
    }
    let cleared = clear::<types::ClientRepresentation>("ClientRepresentation")
        + clear::<types::RealmRepresentation>("RealmRepresentation")
        + clear::<types::GroupRepresentation>("GroupRepresentation")
        + clear::<types::UserRepresentation>("UserRepresentation")
        + clear::<types::RoleRepresentation>("RoleRepresentation");
    assert!(cleared > 60, "{cleared}");
}

#[test]
fn fields_of_a_newer_server_survive_at_every_depth() {
    let realm = json!({"realm": "a", "newSwitch": true, "clients": [
        {"clientId": "c", "newList": [], "protocolMappers": [{"name": "m", "newObject": {"deep": [1, null]}}]}]});
    assert_eq!(round_trip::<types::RealmRepresentation>(&realm), realm);
}

#[test]
fn a_value_that_an_enum_did_not_have_survives() {
    let keys = json!({"keys": [{"kid": "k", "use": "SOMETHING_NEW"}]});
    assert_eq!(round_trip::<types::KeysMetadataRepresentation>(&keys), keys);
    let realm = json!({"bruteForceStrategy": "EXPONENTIAL"});
    assert_eq!(round_trip::<types::RealmRepresentation>(&realm), realm);
}

#[test]
fn settings_of_client_policies_survive_whatever_their_shape() {
    let profile = json!({"profiles": [{"name": "p", "executors": [
        {"executor": "pkce-enforcer", "configuration": {"auto-configure": true, "list": ["a"], "deep": {"x": 1}}}]}]});
    assert_eq!(round_trip::<types::ClientProfilesRepresentation>(&profile), profile);
}

#[test]
fn fields_of_one_policy_type_travel_beside_the_common_ones() {
    let policy =
        json!({"name": "p", "type": "role", "logic": "POSITIVE", "roles": [{"id": "r", "required": true}]});
    assert_eq!(round_trip::<types::PolicyRepresentation>(&policy), policy);
}

fn document() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/upstream/keycloak-26.7.3.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Random numbers that a seed decides.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// A random value that fits a schema of the *upstream* document, with unknown fields, unknown enum
/// values, null map values and empty collections mixed in.
fn random(document: &Value, schema: &Value, depth: u32, dice: &mut Dice) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return random(document, &document["components"]["schemas"][name], depth, dice);
    }
    if let Some(part) = schema["allOf"].get(0) {
        return random(document, part, depth, dice);
    }
    let few = if depth == 0 { 1 } else { 3 };
    match schema["type"].as_str() {
        Some("string") => Value::from(format!("text-{}", dice.roll(1000))),
        Some("boolean") => Value::from(dice.roll(2) == 0),
        Some("integer") => Value::from(dice.roll(2_000_000_000)),
        Some("array") => {
            let length = dice.roll(few);
            (0..length).map(|_| random(document, &schema["items"], depth.saturating_sub(1), dice)).collect()
        }
        Some("object") if schema.get("properties").is_some() => random_struct(document, schema, depth, dice),
        Some("object") => random_map(document, &schema["additionalProperties"], depth, dice),
        _ => json!([{"free": dice.roll(10)}, null, "x"]),
    }
}

fn random_struct(document: &Value, schema: &Value, depth: u32, dice: &mut Dice) -> Value {
    let mut fields = Map::new();
    for (name, property) in schema["properties"].as_object().unwrap() {
        if depth > 0 && dice.roll(3) == 0 {
            fields.insert(name.clone(), random(document, property, depth - 1, dice));
        }
    }
    if dice.roll(2) == 0 {
        fields.insert(format!("unknown{}", dice.roll(9)), json!({"any": [dice.roll(9), null]}));
    }
    Value::Object(fields)
}

fn random_map(document: &Value, values: &Value, depth: u32, dice: &mut Dice) -> Value {
    let entries = (0..dice.roll(3)).map(|index| {
        let value = match dice.roll(4) {
            0 => Value::Null,
            _ if values.is_object() => random(document, values, depth.saturating_sub(1), dice),
            _ => json!({"free": [dice.roll(9)]}),
        };
        (format!("key-{index}"), value)
    });
    // A map of structs holds no nulls: Keycloak never writes them there.
    let is_struct = values["$ref"].as_str().is_some();
    Value::Object(entries.filter(|(_, value)| !(is_struct && value.is_null())).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_representations_are_the_same_after_reading_and_writing(seed in any::<u64>()) {
        thread_local! {
            static DOCUMENT: Value = document();
        }
        macro_rules! same {
            ($document:expr, $dice:expr, $($name:ident),*) => { $({
                let value = random($document, &json!({"$ref": format!("#/{}", stringify!($name))}), 6, $dice);
                prop_assert_eq!(round_trip::<types::$name>(&value), value, "{}", stringify!($name));
            })* };
        }
        DOCUMENT.with(|document| {
            let dice = &mut Dice(seed);
            same!(document, dice, RealmRepresentation, ClientRepresentation, ClientScopeRepresentation,
                RoleRepresentation, GroupRepresentation, UserRepresentation, ComponentRepresentation,
                IdentityProviderRepresentation, IdentityProviderMapperRepresentation,
                AuthenticationFlowRepresentation, AuthenticationExecutionInfoRepresentation,
                RequiredActionProviderRepresentation, OrganizationRepresentation,
                ClientProfilesRepresentation, ResourceServerRepresentation, MappingsRepresentation);
            Ok(())
        })?;
    }
}
