//! What of an exported spec the API server would refuse for its size: Keycloak keeps longer texts and more entries than a custom
//! resource may hold.

use keycloak_crds::generate::KINDS;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Where the schema of a spec stands in a CRD.
const SPEC: &str = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

/// Fields whose parts say something together only: without one of them the others would ask for something else.
const WHOLE: &[&str] = &["spec.passwordPolicy", "spec.secretRotation"];

/// Where an object stands in Kubernetes is for whoever applies it to say, also later.
const PLACES: &[&str] = &["spec.operatorRef", "spec.realmRef"];

/// By which of its fields an entry of a list is known.
const NAMES: [&str; 2] = ["name", "alias"];

/// The spec of an object of this kind without what the limits in its schema refuse, and the paths of that: lengths, counts and
/// ranges, and not what only a rule can tell.
///
/// A value goes alone where it may be absent, and else with what it belongs to. A list of plain values goes as a whole, because one that
/// lacks some of them asks for them to be taken away.
pub(crate) fn within_limits<S: Serialize + DeserializeOwned>(kind: &str, spec: S) -> (S, Vec<String>) {
    let crd = KINDS.iter().find(|known| known.name == kind).and_then(|kind| kind.finished_crd().ok());
    let schema = crd.as_ref().and_then(|crd| crd.pointer(SPEC));
    let (Some(schema), Ok(mut value)) = (schema, serde_json::to_value(&spec)) else {
        return (spec, Vec::new());
    };
    let mut taken = Vec::new();
    if !fits(schema, &mut value, "spec", &mut taken) || taken.is_empty() {
        return (spec, Vec::new());
    }
    match serde_json::from_value(value) {
        Ok(fitting) => (fitting, taken),
        Err(_) => (spec, Vec::new()),
    }
}

/// Whether the value may stay, once what does not fit was taken out of it.
fn fits(schema: &Value, value: &mut Value, path: &str, taken: &mut Vec<String>) -> bool {
    match value {
        _ if PLACES.contains(&path) => true,
        Value::Null | Value::Bool(_) => true,
        Value::String(text) => is_within(schema, "Length", text.chars().count()),
        Value::Number(number) => number.as_f64().is_none_or(|number| {
            let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
            bound("minimum").is_none_or(|least| number >= least)
                && bound("maximum").is_none_or(|most| number <= most)
        }),
        Value::Array(items) => {
            is_within(schema, "Items", items.len()) && items_fit(schema, items, path, taken)
        }
        Value::Object(fields) => {
            is_within(schema, "Properties", fields.len()) && fields_fit(schema, fields, path, taken)
        }
    }
}

fn is_within(schema: &Value, what: &str, count: usize) -> bool {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let bound = |end: &str| schema.get(format!("{end}{what}")).and_then(Value::as_u64);
    bound("min").is_none_or(|least| count >= least) && bound("max").is_none_or(|most| count <= most)
}

/// Takes out objects that do not fit: each is declared by itself. Anything else that does not fit takes its list along.
fn items_fit(schema: &Value, items: &mut Vec<Value>, path: &str, taken: &mut Vec<String>) -> bool {
    let Some(each) = schema.get("items") else { return true };
    let (mut all_fit, mut position) = (true, 0_usize);
    items.retain_mut(|item| {
        let name = NAMES.iter().find_map(|field| item.get(*field)?.as_str());
        let at = format!("{path}[{}]", name.map_or_else(|| position.to_string(), str::to_owned));
        position += 1;
        if fits(each, item, &at, taken) {
            return true;
        }
        if item.is_object() {
            taken.push(at);
            return false;
        }
        all_fit = false;
        true
    });
    all_fit
}

fn fields_fit(schema: &Value, fields: &mut Map<String, Value>, path: &str, taken: &mut Vec<String>) -> bool {
    let before = taken.len();
    let declared = schema.get("properties");
    let others = schema.get("additionalProperties").filter(|others| others.is_object());
    fields.retain(|name, value| {
        let known = declared.and_then(|declared| declared.get(name));
        let at = if known.is_some() { format!("{path}.{name}") } else { format!("{path}[{name}]") };
        let stays = known.or(others).is_none_or(|schema| fits(schema, value, &at, taken));
        if !stays {
            taken.push(at);
        }
        stays
    });
    let mut required =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let is_torn = WHOLE.contains(&path) && taken.len() > before;
    if is_torn || required.any(|name| !fields.contains_key(name)) {
        // It is told as a whole.
        taken.truncate(before);
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use keycloak_crds::realm::KeycloakRealmSpec;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_over_a_limit_goes_alone_where_it_may_and_else_with_what_it_belongs_to() {
        let (long, name) = ("x".repeat(8_193), "r".repeat(256));
        let asked = json!({
            "realmName": "acme", "operatorRef": {"namespace": "keycloak-system"},
            "displayName": "x".repeat(256), "displayNameHtml": "Acme",
            "attributes": {"team": "identity", "long": long},
            "localization": {"supportedLocales": ["en", ""], "defaultLocale": "en"},
            "passwordPolicy": {"length": 0, "digits": 1},
            "smtpServer": {"host": "h".repeat(254), "port": 25, "from": "a@example.com"},
            "roles": {"realmRoles": [
                {"name": name},
                {"name": "manager", "attributes": {"long": [long], "short": ["1"]}},
            ]},
        });
        let spec: KeycloakRealmSpec = serde_json::from_value(asked).unwrap();
        let (spec, mut taken) = within_limits("KeycloakRealm", spec);
        taken.sort();
        let role = format!("spec.roles.realmRoles[{name}]");
        let told = [
            "spec.attributes[long]",
            "spec.displayName",
            "spec.localization.supportedLocales",
            "spec.passwordPolicy",
            "spec.roles.realmRoles[manager].attributes[long]",
            role.as_str(),
            "spec.smtpServer",
        ];
        assert_eq!(taken, told);
        assert_eq!(json!(spec.attributes), json!({"team": "identity"}));
        assert_eq!(json!(spec.localization), json!({"defaultLocale": "en"}));
        assert_eq!((spec.display_name, spec.display_name_html.as_deref()), (None, Some("Acme")));
        assert_eq!(json!([spec.password_policy, spec.smtp_server]), json!([null, null]));
        let manager = json!({"name": "manager", "attributes": {"short": ["1"]}});
        assert_eq!(json!(spec.roles), json!({"realmRoles": [manager]}));
    }

    #[test]
    fn a_spec_within_its_limits_is_left_as_it_is() {
        let asked = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"},
            "displayName": "x".repeat(255), "passwordPolicy": {"length": 1}});
        let spec: KeycloakRealmSpec = serde_json::from_value(asked).unwrap();
        let (within, taken) = within_limits("KeycloakRealm", spec.clone());
        assert_eq!((json!(within), taken), (json!(spec), Vec::new()));
    }
}
