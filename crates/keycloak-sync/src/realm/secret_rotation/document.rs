//! The two documents of Keycloak, and what of them is ours as one object, as a plan compares it.

use keycloak_admin::types::{
    ClientPoliciesRepresentation, ClientPolicyConditionRepresentation, ClientPolicyExecutorRepresentation,
    ClientPolicyRepresentation, ClientProfileRepresentation, ClientProfilesRepresentation,
    RealmRepresentation,
};
use keycloak_crds::realm::SecretRotationPolicy;
use serde_json::{Map, Value, json};

use super::NAME;

/// The check of a profile that makes secrets expire.
const EXECUTOR: &str = "secret-rotation";

/// Our fields of the three periods, and what they are called in the check's configuration.
const PERIODS: [(&str, &str); 3] = [
    ("expirationPeriod", "expiration-period"),
    ("rotatedExpirationPeriod", "rotated-expiration-period"),
    ("remainingRotationPeriod", "remaining-rotation-period"),
];

/// The condition that holds for confidential clients.
const CONDITION: &str = "client-access-type";

/// What a condition says, that is turned round, the same as not at all where it is false. The admin console writes it.
const TURNED_ROUND: &str = "is-negative-logic";

/// What people read in the admin console.
const DESCRIPTION: &str = "Made by Cloakroom from spec.secretRotation of the realm; changes are undone";

/// What our profile and our policy are beside the periods.
fn fixed() -> [(&'static str, Value); 4] {
    [
        ("executors", json!([EXECUTOR])),
        ("enabled", json!(true)),
        ("conditions", json!([{"condition": CONDITION, "configuration": {"type": ["confidential"]}}])),
        ("profiles", json!([NAME])),
    ]
}

/// What a spec asks.
pub(super) fn asked(policy: &SecretRotationPolicy) -> Map<String, Value> {
    let periods = PERIODS.iter().zip(policy.periods());
    let periods = periods.map(|((field, _), seconds)| (*field, Value::from(seconds)));
    periods.chain(fixed()).map(|(field, value)| (field.to_owned(), value)).collect()
}

/// What a spec would have to ask for this, if it could.
pub(super) fn policy(found: &Map<String, Value>) -> Option<SecretRotationPolicy> {
    let is_as_made = fixed().iter().all(|(field, value)| found.get(*field) == Some(value));
    let seconds = |field: &str| i32::try_from(found.get(field)?.as_i64()?).ok();
    let [expiration, rotated, remaining] = PERIODS.map(|(field, _)| seconds(field));
    let policy = SecretRotationPolicy::of([expiration?, rotated?, remaining?]);
    is_as_made.then_some(policy)
}

/// What a realm has under our name, in the form in which equal ones look equal.
pub(super) fn seen(settings: &RealmRepresentation) -> Option<Map<String, Value>> {
    let mut profiles = settings.client_profiles.iter().filter_map(|all| all.profiles.as_ref()).flatten();
    let mut policies = settings.client_policies.iter().filter_map(|all| all.policies.as_ref()).flatten();
    let profile = profiles.find(|profile| is_our_profile(profile));
    let policy = policies.find(|policy| is_our_policy(policy));
    if profile.is_none() && policy.is_none() {
        return None;
    }
    let mut seen = Map::new();
    if let Some(profile) = profile {
        let executors = || profile.executors.iter().flatten();
        let kinds: Vec<Option<&str>> = executors().map(|one| one.executor.as_deref()).collect();
        seen.insert("executors".to_owned(), json!(kinds));
        if let Some(rotation) = executors().find(|one| one.executor.as_deref() == Some(EXECUTOR)) {
            seen.extend(periods(rotation));
        }
    }
    if let Some(policy) = policy {
        let conditions: Vec<Value> = policy.conditions.iter().flatten().map(condition).collect();
        seen.insert("enabled".to_owned(), json!(policy.enabled == Some(true)));
        seen.insert("conditions".to_owned(), json!(conditions));
        seen.insert("profiles".to_owned(), json!(policy.profiles));
    }
    Some(seen)
}

/// The periods of the check; one that it does not say is as Keycloak has it.
fn periods(rotation: &ClientPolicyExecutorRepresentation) -> Vec<(String, Value)> {
    let usual = SecretRotationPolicy::default().periods();
    let said = |key: &str| rotation.configuration.as_ref().and_then(|said| said.get(key));
    let period = |((field, key), usual): (&(&str, &str), i32)| {
        let seconds = match said(key) {
            None | Some(Value::Null) => Value::from(usual),
            // A number is as good as its text.
            Some(Value::String(text)) => text.parse::<i64>().map_or_else(|_| json!(text), Value::from),
            Some(other) => other.clone(),
        };
        ((*field).to_owned(), seconds)
    };
    PERIODS.iter().zip(usual).map(period).collect()
}

fn condition(condition: &ClientPolicyConditionRepresentation) -> Value {
    let mut said = condition.configuration.clone().unwrap_or_default();
    if said.get(TURNED_ROUND).is_some_and(|turned| *turned == json!(false) || *turned == json!("false")) {
        said.remove(TURNED_ROUND);
    }
    json!({"condition": condition.condition, "configuration": said})
}

fn is_our_profile(profile: &ClientProfileRepresentation) -> bool {
    profile.name.as_deref() == Some(NAME)
}

fn is_our_policy(policy: &ClientPolicyRepresentation) -> bool {
    policy.name.as_deref() == Some(NAME)
}

/// Puts our profile with these periods among those of others. Answers whether that changes anything.
pub(super) fn put_profile(all: &mut ClientProfilesRepresentation, body: &Map<String, Value>) -> bool {
    let said = PERIODS.iter().filter_map(|(field, key)| Some(((*key).to_owned(), body.get(*field)?.clone())));
    let executor = ClientPolicyExecutorRepresentation {
        executor: Some(EXECUTOR.to_owned()),
        configuration: Some(said.collect()),
        ..ClientPolicyExecutorRepresentation::default()
    };
    let profile = ClientProfileRepresentation {
        name: Some(NAME.to_owned()),
        description: Some(DESCRIPTION.to_owned()),
        executors: Some(vec![executor]),
        ..ClientProfileRepresentation::default()
    };
    put(all.profiles.get_or_insert_default(), profile, is_our_profile)
}

/// The same with our policy.
pub(super) fn put_policy(all: &mut ClientPoliciesRepresentation) -> bool {
    let condition = ClientPolicyConditionRepresentation {
        condition: Some(CONDITION.to_owned()),
        configuration: Some([("type".to_owned(), json!(["confidential"]))].into_iter().collect()),
        ..ClientPolicyConditionRepresentation::default()
    };
    let policy = ClientPolicyRepresentation {
        name: Some(NAME.to_owned()),
        description: Some(DESCRIPTION.to_owned()),
        enabled: Some(true),
        conditions: Some(vec![condition]),
        profiles: Some(vec![NAME.to_owned()]),
        ..ClientPolicyRepresentation::default()
    };
    put(all.policies.get_or_insert_default(), policy, is_our_policy)
}

fn put<T: PartialEq>(all: &mut Vec<T>, ours: T, is_ours: fn(&T) -> bool) -> bool {
    match all.iter_mut().find(|entry| is_ours(entry)) {
        Some(there) if *there == ours => return false,
        Some(there) => *there = ours,
        None => all.push(ours),
    }
    true
}

/// Takes our profile out. Answers whether it was there.
pub(super) fn take_profile(all: &mut ClientProfilesRepresentation) -> bool {
    all.profiles.as_mut().is_some_and(|all| take(all, is_our_profile))
}

/// The same with our policy.
pub(super) fn take_policy(all: &mut ClientPoliciesRepresentation) -> bool {
    all.policies.as_mut().is_some_and(|all| take(all, is_our_policy))
}

fn take<T>(all: &mut Vec<T>, is_ours: fn(&T) -> bool) -> bool {
    let before = all.len();
    all.retain(|entry| !is_ours(entry));
    all.len() < before
}

/// Whether a policy applies our profile.
pub(super) fn is_named(all: &ClientPoliciesRepresentation) -> bool {
    let mut applied = all.policies.iter().flatten().flat_map(|policy| policy.profiles.iter().flatten());
    applied.any(|profile| profile == NAME)
}

/// Names of the profiles of others that check anything.
pub(super) fn others(all: &ClientProfilesRepresentation) -> Vec<String> {
    let others = all.profiles.iter().flatten().filter(|profile| !is_our_profile(profile));
    let others = others.filter(|profile| profile.executors.as_ref().is_some_and(|checks| !checks.is_empty()));
    others.filter_map(|profile| profile.name.clone()).collect()
}

/// Whether nobody else has a profile or a policy in this realm.
pub(super) fn is_alone(settings: &RealmRepresentation) -> bool {
    let mut profiles = settings.client_profiles.iter().filter_map(|all| all.profiles.as_ref()).flatten();
    let mut policies = settings.client_policies.iter().filter_map(|all| all.policies.as_ref()).flatten();
    profiles.all(is_our_profile) && policies.all(is_our_policy)
}
