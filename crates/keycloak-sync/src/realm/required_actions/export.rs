//! The required actions of a live realm as a spec.

use keycloak_admin::types::{RealmRepresentation, RequiredActionProviderRepresentation};
use keycloak_crds::policy::StringMap;
use keycloak_crds::realm::{KeycloakRealmSpec, RequiredAction};

use super::built_in;

/// Puts the required actions of a realm into its spec: of those that Keycloak makes itself what differs from how it makes them, and
/// all others. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(actions) = &live.required_actions else { return &[] };
    let mut exported: Vec<RequiredAction> = actions.iter().filter_map(action).collect();
    exported.sort_by(|left, right| left.alias.cmp(&right.alias));
    spec.required_actions = (!exported.is_empty()).then_some(exported);
    &["spec.requiredActions"]
}

/// Actions that Keycloak makes with each realm and this one does not have, by path.
pub(crate) fn lacks(live: &RealmRepresentation) -> Vec<String> {
    let Some(actions) = &live.required_actions else { return Vec::new() };
    let there = |alias: &str| actions.iter().any(|action| action.alias.as_deref() == Some(alias));
    let gone = built_in::everywhere().filter(|alias| !there(alias));
    gone.map(|alias| format!("spec.requiredActions[{alias}]")).collect()
}

fn action(live: &RequiredActionProviderRepresentation) -> Option<RequiredAction> {
    let changed = built_in::changed(live);
    let config: StringMap = changed
        .config
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key, value.filter(|value| !value.is_empty())?)))
        .collect();
    let action = RequiredAction {
        alias: live.alias.clone()?,
        name: changed.name,
        provider_id: changed.provider_id,
        enabled: changed.enabled,
        default_action: changed.default_action,
        priority: changed.priority,
        config: (!config.is_empty()).then_some(config),
    };
    let nothing = RequiredAction { alias: action.alias.clone(), ..RequiredAction::default() };
    (action != nothing || !built_in::is(&action.alias)).then_some(action)
}
