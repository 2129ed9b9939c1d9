//! Reconciles `KeycloakQuota`: says how much of it is taken. The slots themselves are taken by whoever needs them.

use std::collections::BTreeMap;

use controller_runtime::{Applied, Facts, Outcome, Pass, Pipeline, Report};
use keycloak_connect::{
    Mode,
    quota::SlimQuota,
    reason,
    summary::{Found, summed_up, summed_up_early},
};
use keycloak_crds::{KeycloakQuota, condition::Reason, labels::PREFIX, quota::Slot};
use serde_json::Value;

use crate::error::RealmError;

/// Tells of every quota what is taken. It reads nothing but the quota.
pub struct QuotaController;

/// What is taken, for people.
fn taken(object: &KeycloakQuota) -> String {
    let status = object.status.as_ref();
    let realms = status.and_then(|status| status.realms.as_deref()).unwrap_or_default();
    let clients = status.and_then(|status| status.clients.as_deref()).unwrap_or_default();
    let realms = object.spec.max_realms.map(|max| of_realms(realms.len(), count(max)));
    let clients = object.spec.max_clients_per_realm.map(|max| of_clients(clients, count(max)));
    realms.into_iter().chain(clients).collect::<Vec<_>>().join("; ")
}

/// The schema allows none below zero.
fn count(max: i32) -> usize {
    usize::try_from(max).unwrap_or_default()
}

fn of_realms(taken: usize, max: usize) -> String {
    let beyond = beyond(taken.saturating_sub(max));
    let realms = if max == 1 { "realm" } else { "realms" };
    format!("{taken} of {max} {realms}{beyond}")
}

/// Each realm has slots of its own.
fn of_clients(slots: &[Slot], max: usize) -> String {
    let mut realms: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for slot in slots {
        *realms.entry(slot.realm.as_deref()).or_default() += 1;
    }
    let most = realms.values().max().copied().unwrap_or_default();
    let over: usize = realms.values().map(|taken| taken.saturating_sub(max)).sum();
    let beyond = beyond(over);
    let clients = if max == 1 { "client" } else { "clients" };
    format!("at most {max} {clients} in each realm, the fullest has {most}{beyond}")
}

fn beyond(over: usize) -> String {
    match over {
        0 => String::new(),
        over => {
            format!(
                " ({over} more than allowed: what was there before the quota or its number stays, and counts)"
            )
        }
    }
}

impl Pipeline for QuotaController {
    type Object = KeycloakQuota;
    type Slim = SlimQuota;
    type Observed = ();
    type Valid = ();
    type Plan = ();
    type Applied = ();
    type Error = RealmError;

    const MANAGER: &'static str = "cloakroom-realm";
    const FINALIZER: Option<&'static str> = None;
    const ANNOTATION_PREFIX: &'static str = PREFIX;
    /// The slots are written where they are taken, each list by the controller of its kind.
    const STATUS_FIELDS: &'static [&'static str] = &["message", "phase", "reason", "reconcileStatus"];

    async fn observe(&self, _: &KeycloakQuota, _: &Pass) -> Result<(), RealmError> {
        Ok(())
    }

    fn validate(&self, _: &KeycloakQuota, (): &(), _: &Pass) -> Result<(), RealmError> {
        Ok(())
    }

    fn plan(&self, _: &KeycloakQuota, (): &(), (): &(), _: &Pass) {}

    fn teardown(&self, _: &KeycloakQuota, (): &(), _: &Pass) {}

    async fn apply(&self, (): &(), (): &(), _: &Pass) -> Applied<(), RealmError> {
        Applied::all(())
    }

    fn outcome(&self, object: &KeycloakQuota, _: Facts<'_, Self>, _: &Pass) -> Outcome {
        Outcome::settled(reason(Reason::InSync), taken(object))
    }

    fn report(&self, object: &KeycloakQuota, _: Facts<'_, Self>, outcome: &Outcome, pass: &Pass) -> Report {
        let previous =
            object.status.as_ref().and_then(|status| status.conditions.clone()).unwrap_or_default();
        let found = Found { mode: Mode::Enforce, available: None, areas: Vec::new(), previous: &previous };
        summed_up(Report::new(), outcome, &found, pass, &[])
    }

    fn sum_up(&self, status: &Value, outcome: &Outcome, pass: &Pass) -> Report {
        summed_up_early(status, outcome, pass, &[])
    }
}

#[cfg(test)]
mod tests {
    use keycloak_crds::{KeycloakQuotaSpec, generate::KINDS};
    use serde_json::json;

    use super::*;

    fn told(spec: KeycloakQuotaSpec, realms: &[&str], clients: &[(&str, &str)]) -> String {
        let realms: Vec<Value> = realms.iter().map(|uid| json!({"uid": uid, "name": uid})).collect();
        let clients: Vec<Value> =
            clients.iter().map(|(uid, realm)| json!({"uid": uid, "name": uid, "realm": realm})).collect();
        let mut object = KeycloakQuota::new("small", spec);
        object.status = serde_json::from_value(json!({"realms": realms, "clients": clients})).unwrap();
        taken(&object)
    }

    #[test]
    fn what_is_taken_is_told_in_one_sentence() {
        let quota =
            |max_realms, max_clients_per_realm| KeycloakQuotaSpec { max_realms, max_clients_per_realm };
        let clients = [("a", "1"), ("b", "1"), ("c", "2")];
        let lines = [
            told(quota(Some(5), None), &[], &[]),
            told(quota(Some(5), Some(50)), &["1", "2"], &clients),
            told(quota(Some(1), Some(1)), &["1", "2"], &clients),
            told(quota(Some(0), None), &[], &[]),
            told(quota(None, Some(50)), &["1"], &[]),
        ];
        insta::assert_snapshot!(lines.join("\n"), @r"
        0 of 5 realms
        2 of 5 realms; at most 50 clients in each realm, the fullest has 2
        2 of 1 realm (1 more than allowed: what was there before the quota or its number stays, and counts); at most 1 client in each realm, the fullest has 2 (1 more than allowed: what was there before the quota or its number stays, and counts)
        0 of 0 realms
        at most 50 clients in each realm, the fullest has 0
        ");
    }

    #[test]
    fn each_field_of_status_is_written_or_said_to_be_written_by_nobody() {
        let kind = KINDS.iter().find(|kind| kind.name == "KeycloakQuota").unwrap();
        let slots = ["clients", "conditions", "observedGeneration", "realms"];
        let written = [QuotaController::STATUS_FIELDS, &slots].concat();
        assert_eq!(kind.misreported_status(&written).unwrap(), Vec::<String>::new());
    }
}
