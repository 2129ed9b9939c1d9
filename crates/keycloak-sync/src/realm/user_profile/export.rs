//! The user profile of a live realm as a spec.

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::policy::FreeObject;
use keycloak_crds::realm::KeycloakRealmSpec;
use serde_json::{Map, Value};

use super::document::{LISTS, POLICY, normal};
use super::refused_in;

/// The component in which a realm keeps a profile that somebody changed, and its value there: the document as a text.
const COMPONENT: &str = "org.keycloak.userprofile.UserProfileProvider";
const VALUE: &str = "kc.user.profile.config";

/// Where a profile stands between what was read and the spec. Keycloak has no such field in a realm.
const READ: &str = "userProfile";

/// Adds what an export needs to settings that were read: the profile, unless it is as Keycloak makes it.
pub(crate) fn take(live: &mut RealmRepresentation, whole: &mut RealmRepresentation) {
    let profile = document(whole);
    live.extra.extend(profile.map(|profile| (READ.to_owned(), Value::Object(profile))));
}

fn document(whole: &RealmRepresentation) -> Option<Map<String, Value>> {
    let component = whole.components.as_ref()?.get(COMPONENT)?.as_ref()?.first()?;
    let text = component.config.as_ref()?.get(VALUE)?.as_ref()?.first()?;
    serde_json::from_str(text).ok()
}

/// What the profile of each realm begins with and may be taken out of it, by list.
const BEGUN_WITH: [(&str, &[&str]); 2] =
    [("attributes", &["firstName", "lastName"]), ("groups", &["user-metadata"])];

/// What the profile of this realm does not have of that, by path.
pub(crate) fn lacks(live: &RealmRepresentation) -> Vec<String> {
    let Some(profile) = live.extra.get(READ).and_then(Value::as_object) else { return Vec::new() };
    let mut lacks = Vec::new();
    for (list, names) in BEGUN_WITH {
        let entries = profile.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let there =
            |name: &str| entries.iter().any(|entry| entry.get("name").and_then(Value::as_str) == Some(name));
        let gone = names.iter().filter(|name| !there(name));
        lacks.extend(gone.map(|name| format!("spec.userProfile.{list}[{name}]")));
    }
    lacks
}

/// Puts the user profile of a realm into its spec: all of it, if somebody changed it. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(profile) = live.extra.get(READ).and_then(Value::as_object) else { return &[] };
    let mut exported = Map::new();
    for list in LISTS {
        let entries = profile.get(list).and_then(Value::as_array).into_iter().flatten();
        let entries = entries.filter_map(Value::as_object).map(|entry| Value::Object(normal(entry)));
        let entries: Vec<Value> = entries.collect();
        if !entries.is_empty() {
            exported.insert(list.to_owned(), Value::Array(entries));
        }
    }
    let policy = profile.get(POLICY).filter(|policy| !policy.is_null());
    exported.extend(policy.map(|policy| (POLICY.to_owned(), policy.clone())));
    // What another version has is left to people.
    if refused_in(&exported).is_empty() && !exported.is_empty() {
        spec.user_profile = Some(FreeObject(exported));
    }
    &[]
}
