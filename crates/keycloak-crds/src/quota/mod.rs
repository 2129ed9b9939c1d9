//! Kind `KeycloakQuota`: how much the namespace it lives in may have.

pub mod fields;
pub mod rules;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    condition::Condition,
    phase::{Phase, ReconcileStatus},
};

/// How many realms this namespace may have, and how many clients each of them. Of several quotas the least holds.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[kube(
    group = "keycloak.mdvr.nl",
    version = "v1",
    kind = "KeycloakQuota",
    plural = "keycloakquotas",
    singular = "keycloakquota",
    shortname = "kcq",
    category = "cloakroom",
    namespaced,
    status = "KeycloakQuotaStatus",
    derive = "PartialEq",
    derive = "Default",
    doc = "How many realms a namespace may have, and how many clients each of them.",
    printcolumn(
        name = "Max realms",
        type_ = "integer",
        json_path = ".spec.maxRealms",
        description = "Largest number of realms"
    ),
    printcolumn(
        name = "Max clients",
        type_ = "integer",
        json_path = ".spec.maxClientsPerRealm",
        description = "Largest number of clients in one realm"
    ),
    printcolumn(
        name = "Ready",
        type_ = "string",
        json_path = ".status.conditions[?(@.type==\"Ready\")].status",
        description = "Whether the quota is counted"
    ),
    printcolumn(
        name = "Status",
        type_ = "string",
        json_path = ".status.message",
        description = "What is used"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SPEC))]
pub struct KeycloakQuotaSpec {
    /// Largest number of realms of this namespace. Absent: no limit. Example: `5`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_realms: Option<i32>,
    /// Largest number of clients in each realm of this namespace. Absent: no limit. Example: `50`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_clients_per_realm: Option<i32>,
}

/// Status of a KeycloakQuota.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeycloakQuotaStatus {
    /// Where the quota stands, in one word. Example: `Ready`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// What is used, for people. Example: `3 of 5 realms`.
    #[schemars(length(max = 32768))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Why, in one word. Example: `InSync`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How the last pass ended. Example: `Succeeded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reconcile_status: Option<ReconcileStatus>,
    /// What holds and what does not. Example: `[{type: Ready, status: "True"}]`.
    #[schemars(length(max = 100), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["type"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// Generation that this status is about; -1 before the first look. Example: `3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// Slots taken by realms; written by the realm controller. Example: `[{name: acme}]`.
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["uid"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realms: Option<Vec<Slot>>,
    /// Slots taken by clients; written by the client controller. Example: `[{name: portal}]`.
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["uid"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clients: Option<Vec<Slot>>,
}

/// A slot of a quota, taken before the object is created in Keycloak and freed after it is gone.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// Uid of the CR that holds the slot. Example: `0d1f6f0e-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(min = 1, max = 64))]
    pub uid: String,
    /// Name of the CR. Example: `acme`.
    #[schemars(length(max = 253))]
    pub name: String,
    /// Namespace of the CR, where it is another than that of the quota. Example: `team-a`.
    #[schemars(length(max = 63))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Since when it is held. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Time>,
    /// Uid of the KeycloakRealm, for clients. Example: `7c1e0b52-52a1-4d7c-8a57-3c1b1df0b9aa`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm: Option<String>,
    /// What it is called in Keycloak, by which a slot whose CR is gone is looked up: namespace and name of the instance and name
    /// of the realm, or name of the KeycloakRealm and client id. Example: `keycloak-system/keycloak/acme`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}
