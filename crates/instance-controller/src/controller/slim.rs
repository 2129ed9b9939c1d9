//! What the watch keeps of a Keycloak: how it is, to be counted.

use controller_runtime::{Projection, Tally};
use keycloak_connect::watched::{BY_PHASE, by_phase};
use keycloak_crds::{Keycloak, condition::ConditionType, phase::Phase};
use serde::Deserialize;

/// Servers by whether they answer.
const fn server(value: &'static str) -> Tally {
    Tally { metric: "keycloak_instance_status", label: "status", value }
}

/// Servers that we run, by whether they reach their database.
const fn database(value: &'static str) -> Tally {
    Tally { metric: "database_connection_status", label: "status", value }
}

const SERVERS: [Tally; 3] = [server("available"), server("unavailable"), server("unknown")];
const DATABASES: [Tally; 3] = [database("connected"), database("disconnected"), database("unknown")];

const ALL: [Tally; BY_PHASE.len() + 6] = {
    let mut all = [server("unknown"); BY_PHASE.len() + 6];
    let mut at = 0;
    while at < BY_PHASE.len() {
        all[at] = BY_PHASE[at];
        at += 1;
    }
    let mut of = 0;
    while of < 3 {
        all[at + of] = SERVERS[of];
        all[at + 3 + of] = DATABASES[of];
        of += 1;
    }
    all
};

/// What the watch keeps of a Keycloak. Nothing is decided by it.
#[derive(Debug, Deserialize)]
#[serde(from = "Wire")]
pub struct SlimKeycloak {
    phase: Phase,
    server: Tally,
    database: Option<Tally>,
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    status: WireStatus,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireStatus {
    phase: Phase,
    conditions: Vec<WireCondition>,
}

#[derive(Deserialize)]
struct WireCondition {
    #[serde(rename = "type")]
    type_: String,
    status: String,
}

impl From<Wire> for SlimKeycloak {
    fn from(Wire { status: WireStatus { phase, conditions } }: Wire) -> Self {
        let said = |type_: ConditionType| {
            let mut said = conditions.iter().filter(|condition| condition.type_ == type_.as_str());
            said.next().map(|condition| condition.status.as_str())
        };
        let word = |[yes, no, unknown]: [Tally; 3], said: &str| match said {
            "True" => yes,
            "False" => no,
            _ => unknown,
        };
        Self {
            phase,
            server: word(SERVERS, said(ConditionType::Available).unwrap_or_default()),
            // An external server has none that we know of.
            database: said(ConditionType::DatabaseReady).map(|said| word(DATABASES, said)),
        }
    }
}

impl Projection for SlimKeycloak {
    type Kind = Keycloak;
    const KIND: &'static str = "Keycloak";
    const TALLIES: &'static [Tally] = &ALL;

    fn tallies(&self) -> Vec<Tally> {
        [by_phase(self.phase), self.server].into_iter().chain(self.database).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn counted(status: &Value) -> Vec<String> {
        let object = json!({"metadata": {"name": "keycloak"}, "spec": {}, "status": status});
        let slim: SlimKeycloak = serde_json::from_value(object).unwrap();
        assert!(slim.tallies().iter().all(|tally| SlimKeycloak::TALLIES.contains(tally)));
        let told = |tally: &Tally| format!("{}{{{}={}}}", tally.metric, tally.label, tally.value);
        slim.tallies().iter().map(told).collect()
    }

    #[test]
    fn a_server_counts_by_whether_it_answers_and_reaches_its_database() {
        let condition = |type_: &str, status: &str| json!({"type": type_, "status": status});
        assert_eq!(
            counted(&json!({
                "phase": "Degraded",
                "conditions": [condition("Available", "True"), condition("DatabaseReady", "False")],
            })),
            [
                "active_resources{phase=Degraded}",
                "keycloak_instance_status{status=available}",
                "database_connection_status{status=disconnected}",
            ]
        );
        // One that runs elsewhere, and one that nobody has looked at yet.
        assert_eq!(
            counted(&json!({"phase": "Ready", "conditions": [condition("Available", "False")]})),
            ["active_resources{phase=Ready}", "keycloak_instance_status{status=unavailable}"]
        );
        assert_eq!(
            counted(&json!({"observedGeneration": -1})),
            ["active_resources{phase=Pending}", "keycloak_instance_status{status=unknown}"]
        );
    }
}
