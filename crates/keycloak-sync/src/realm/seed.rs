//! What the seed's schema wrote into every KeycloakRealm.
//!
//! A default of a schema stands in the object as if somebody had asked for it. The seed never sent most of these to Keycloak, so a
//! realm may well have other values, set in the admin console: they stay until somebody changes the field in the object.

use keycloak_plan::{Constant, Desired, FieldPath};

const FALSE: Constant = Constant::Bool(false);
const TRUE: Constant = Constant::Bool(true);

/// Fields of the realm, by Keycloak's names, and what the seed's schema wrote.
const SETTINGS: [(&str, Constant); 17] = [
    ("registrationAllowed", FALSE),
    ("registrationEmailAsUsername", FALSE),
    ("editUsernameAllowed", FALSE),
    ("resetPasswordAllowed", TRUE),
    ("rememberMe", FALSE),
    ("verifyEmail", FALSE),
    ("loginWithEmailAllowed", TRUE),
    ("duplicateEmailsAllowed", FALSE),
    ("sslRequired", Constant::Text("external")),
    ("revokeRefreshToken", FALSE),
    ("bruteForceProtected", FALSE),
    ("permanentLockout", FALSE),
    ("offlineSessionMaxLifespanEnabled", FALSE),
    ("internationalizationEnabled", FALSE),
    ("eventsEnabled", FALSE),
    ("adminEventsEnabled", FALSE),
    ("adminEventsDetailsEnabled", FALSE),
];

/// Switches of `smtpServer`, which Keycloak keeps as texts.
const MAIL_SWITCHES: [&str; 3] = ["ssl", "starttls", "auth"];

/// The same for an object that the seed made: its schema's defaults are nobody's wish (rule 1.4).
#[must_use]
pub fn of_the_seed(desired: Desired) -> Desired {
    let settings = SETTINGS.iter().map(|(name, value)| (FieldPath::field(name), value.value()));
    let mail = FieldPath::field("smtpServer");
    let switches = MAIL_SWITCHES.iter().map(|name| (mail.then_key(name), "false".into()));
    desired.with_seed_defaults(settings.chain(switches))
}

#[cfg(test)]
mod tests {
    use keycloak_crds::realm::KeycloakRealmSpec;
    use serde_json::json;

    use super::*;
    use crate::realm::{Secrets, desired};

    fn spec(fields: &serde_json::Value) -> KeycloakRealmSpec {
        let mut spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
        spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(spec).unwrap()
    }

    fn defaults(fields: &serde_json::Value) -> Vec<String> {
        let desired = desired(&spec(fields), &Secrets::default(), None).unwrap();
        of_the_seed(desired).seed_defaults().map(ToString::to_string).collect()
    }

    /// Every default of the seed's definition of KeycloakRealm whose field this version acts on.
    #[test]
    fn every_default_of_the_seeds_schema_is_known_by_keycloaks_name() {
        let all = json!({
            "security": {
                "registrationAllowed": false, "registrationEmailAsUsername": false, "editUsernameAllowed": false,
                "resetPasswordAllowed": true, "rememberMe": false, "verifyEmail": false,
                "loginWithEmailAllowed": true, "duplicateEmailsAllowed": false, "sslRequired": "external",
                "revokeRefreshToken": false, "bruteForceProtected": false, "permanentLockout": false
            },
            "tokenSettings": {"offlineSessionMaxLifespanEnabled": false},
            "localization": {"enabled": false},
            "eventsConfig": {
                "eventsEnabled": false, "adminEventsEnabled": false, "adminEventsDetailsEnabled": false
            },
            "smtpServer": {"host": "mail", "port": 25, "ssl": false, "starttls": false, "auth": false},
        });
        let mut known: Vec<String> = SETTINGS.iter().map(|(name, _)| (*name).to_owned()).collect();
        known.extend(MAIL_SWITCHES.iter().map(|name| format!("smtpServer[{name}]")));
        known.sort();
        assert_eq!(defaults(&all), known);
    }

    #[test]
    fn what_somebody_wrote_is_asked_for() {
        let written = json!({
            "security": {"registrationAllowed": true, "sslRequired": "external"},
            "smtpServer": {"host": "mail", "port": 25, "ssl": true}, "displayName": "Acme"
        });
        assert_eq!(defaults(&written), ["sslRequired"]);
    }
}
