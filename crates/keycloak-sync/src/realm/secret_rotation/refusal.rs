//! Rotations of secrets that cannot be asked for, or that a server does not do.

use keycloak_crds::realm::SecretRotationPolicy;

/// Why a rotation of secrets cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotationRefusal {
    /// Secrets that are refused from the beginning.
    #[error(
        "spec.secretRotation.expirationPeriod: {0} seconds are no time to hand a secret out; write at least 3600"
    )]
    TooShort(i32),
    /// A period that Keycloak takes only within that of the secret itself.
    #[error(
        "spec.secretRotation.{field}: {seconds} seconds are longer than expirationPeriod, or shorter than nothing; write 0 to \
         {expiration}"
    )]
    Outside {
        /// The field.
        field: &'static str,
        /// What it says, or what it is where it is left out.
        seconds: i32,
        /// How long a secret is accepted.
        expiration: i32,
    },
}

/// A feature that the server does not have switched on, as its refusal tells.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{field}: this server has the feature {feature} turned off; start it with --features={feature}{}",
    or_of_others(others)
)]
pub struct FeatureOff {
    /// The field that needs it.
    pub field: &'static str,
    /// The feature.
    pub feature: &'static str,
    /// Entries of others in the same document, which is refused as a whole.
    pub others: Vec<String>,
}

fn or_of_others(others: &[String]) -> String {
    if others.is_empty() {
        return String::new();
    }
    format!(
        "; if it is turned on, the server does not have what another client profile of the realm asks for: {}",
        others.join(", ")
    )
}

/// Everything about the rotation of a spec that cannot be asked for.
pub(super) fn refused_in(policy: &SecretRotationPolicy) -> Vec<RotationRefusal> {
    let [expiration, rotated, remaining] = policy.periods();
    if expiration < 3_600 {
        return vec![RotationRefusal::TooShort(expiration)];
    }
    let periods = [("rotatedExpirationPeriod", rotated), ("remainingRotationPeriod", remaining)];
    let outside = periods.into_iter().filter(|(_, seconds)| !(0..=expiration).contains(seconds));
    outside.map(|(field, seconds)| RotationRefusal::Outside { field, seconds, expiration }).collect()
}
