//! What the pods of a server get.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::core::v1::ResourceRequirements,
    apimachinery::pkg::{api::resource::Quantity, util::intstr::IntOrString},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;

/// What a container asks for and may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resources {
    /// What is reserved. Example: `{cpu: 500m, memory: 512Mi}`.
    #[schemars(extend("maxProperties" = 12, "x-kubernetes-validations" = rules::QUANTITIES))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<BTreeMap<String, IntOrString>>,
    /// What may be used at most. Example: `{cpu: "1", memory: 1Gi}`.
    #[schemars(extend("maxProperties" = 12, "x-kubernetes-validations" = rules::QUANTITIES))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<BTreeMap<String, IntOrString>>,
}

impl Resources {
    /// The same in Kubernetes' type: `cpu: 1` and `cpu: "1"` are the same quantity.
    pub fn requirements(&self) -> ResourceRequirements {
        ResourceRequirements {
            requests: self.requests.as_ref().map(quantities),
            limits: self.limits.as_ref().map(quantities),
            ..ResourceRequirements::default()
        }
    }
}

fn quantities(given: &BTreeMap<String, IntOrString>) -> BTreeMap<String, Quantity> {
    let quantity = |amount: &IntOrString| match amount {
        IntOrString::Int(number) => Quantity(number.to_string()),
        IntOrString::String(text) => Quantity(text.clone()),
    };
    given.iter().map(|(name, amount)| (name.clone(), quantity(amount))).collect()
}
