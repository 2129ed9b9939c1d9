//! What a realm has, as status tells it at a glance.

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::realm::status::RealmFeatures;
use serde_json::{Map, Value, json};

/// The themes of Keycloak's distribution.
const BUILT_IN: [&str; 4] = ["base", "keycloak", "keycloak.v2", "keycloak.v3"];
const THEMES: [&str; 4] = ["accountTheme", "adminTheme", "emailTheme", "loginTheme"];
const REGISTRATION: &str = "registrationAllowed";
const RESET: &str = "resetPasswordAllowed";

/// What the realm has after a pass: as it was read before, and as it was written since (the bodies, in order).
pub(super) fn features<'b>(
    live: Option<&RealmRepresentation>,
    written: impl Iterator<Item = &'b Value>,
) -> RealmFeatures {
    let mut fields = live.map(read).unwrap_or_default();
    for (name, value) in written.filter_map(Value::as_object).flatten() {
        fields.insert(name.clone(), value.clone());
    }
    // A realm without a word about it has neither.
    let has = |name: &str| Some(fields.get(name).and_then(Value::as_bool).unwrap_or(false));
    let mut themes = THEMES.iter().filter_map(|name| fields.get(*name).and_then(Value::as_str));
    RealmFeatures {
        user_registration: has(REGISTRATION),
        password_reset: has(RESET),
        custom_themes: Some(themes.any(|theme| !theme.is_empty() && !BUILT_IN.contains(&theme))),
        ..RealmFeatures::default()
    }
}

/// What is told of a realm as it was read.
fn read(live: &RealmRepresentation) -> Map<String, Value> {
    let values = [
        (REGISTRATION, json!(live.registration_allowed)),
        (RESET, json!(live.reset_password_allowed)),
        ("accountTheme", json!(live.account_theme)),
        ("adminTheme", json!(live.admin_theme)),
        ("emailTheme", json!(live.email_theme)),
        ("loginTheme", json!(live.login_theme)),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(fields: Value) -> RealmRepresentation {
        serde_json::from_value(fields).unwrap()
    }

    fn told(live: Option<&RealmRepresentation>, written: &[Value]) -> [bool; 3] {
        let features = features(live, written.iter());
        assert_eq!((features.identity_providers, features.user_federation_providers), (None, None));
        [features.user_registration, features.password_reset, features.custom_themes].map(Option::unwrap)
    }

    #[test]
    fn what_was_just_written_counts_before_what_was_read() {
        let read =
            live(json!({"registrationAllowed": true, "resetPasswordAllowed": false, "loginTheme": "acme"}));
        assert_eq!(told(Some(&read), &[]), [true, false, true]);
        let written =
            [json!({"resetPasswordAllowed": true}), json!({"loginTheme": "", "registrationAllowed": false})];
        assert_eq!(told(Some(&read), &written), [false, true, false]);
        assert_eq!(told(None, &[json!({"resetPasswordAllowed": true})]), [false, true, false]);
    }

    #[test]
    fn keycloaks_own_themes_are_not_custom_ones() {
        for theme in BUILT_IN {
            assert_eq!(told(Some(&live(json!({"emailTheme": theme}))), &[]), [false, false, false]);
        }
        for field in THEMES {
            let mut themed = json!({"loginTheme": "keycloak.v2"});
            themed[field] = json!("acme");
            assert_eq!(told(Some(&live(themed)), &[]), [false, false, true], "{field}");
        }
    }
}
