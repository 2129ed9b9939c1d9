//! Making the secret of one of our logins anew: when, and what its Secret says meanwhile.
//!
//! Keycloak accepts one secret of a client at a time, and nobody can write to it and to Kubernetes in one step. So the new secret is
//! written down first:
//!
//! 1. The Secret gets the new one under `client-secret-next`, beside the one in use.
//! 2. Keycloak gets it.
//! 3. In the Secret it takes the place of the one in use, and `client-secret-next` goes.
//!
//! Stopped anywhere, the Secret holds what Keycloak accepts: whoever is refused with the one reads again and tries the other
//! (see [`crate::session`]), and the next pass goes on with the same new secret ([`Why::Begun`]). When the secret in use was made, and which
//! request was served last, stands in annotations of the Secret, so status is only told of it.

use std::{collections::BTreeMap, fmt};

use jiff::{SignedDuration, Timestamp};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_admin::{Login, Secret as SecretText};
use keycloak_crds::{labels::annotation, record::RotationStatus};

use super::key;
use crate::{
    owner::{Owner, OwnerKind},
    reference::Instance,
    secret::{StoredSecret, WantedSecret},
    secret_name::short_hash,
};

/// What `status.rotation.step` says between the first step and the last.
const SECRET_WRITTEN: &str = "SecretWritten";
/// How long a node of the server may take to know a new secret.
const FRESH: SignedDuration = SignedDuration::from_mins(1);
/// The longest value of the annotation that is told apart, in characters: as many as status can hold.
const LONGEST_REQUEST: usize = 255;

/// Why a login gets another secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The new one is written down already, and the server may have it.
    Begun,
    /// Somebody asks for it by annotation.
    Asked,
    /// Its time has come.
    Aged,
}

impl Why {
    /// As metrics spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Asked => "asked",
            Self::Aged => "aged",
        }
    }
}

/// The end of a sentence: our login got a new secret, ...
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Begun => "as an earlier pass had begun to",
            Self::Asked => "as annotation keycloak.mdvr.nl/rotate-login asks",
            Self::Aged => "as it was time to",
        })
    }
}

/// What the Secret of a login says about its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// When the secret in use was made; for a Secret that does not say it, when the Secret was.
    pub made_at: Option<Timestamp>,
    /// Whether the Secret says so itself.
    pub is_told: bool,
    /// Which request was served last.
    pub served: Option<String>,
    /// The secret that takes its place, if that has begun.
    pub next: Option<SecretText>,
}

impl Age {
    /// What this Secret says.
    pub fn of(secret: &StoredSecret) -> Self {
        let told: Option<Timestamp> =
            secret.annotation(annotation::ROTATED_AT).and_then(|text| text.parse().ok());
        Self {
            made_at: told.or_else(|| secret.made_at()),
            is_told: told.is_some(),
            served: secret.annotation(annotation::ROTATION_SERVED).map(str::to_owned),
            next: secret.text(key::CLIENT_SECRET_NEXT).map(SecretText::from),
        }
    }

    /// Whether the secret in use was made a minute ago at most: a node of the server may not know it yet.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let made_at = self.made_at.filter(|_| self.is_told);
        made_at.is_some_and(|made_at| now.duration_since(made_at).abs() <= FRESH)
    }
}

/// When a login is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// How old a secret becomes; `None`: as old as nobody asks for another one.
    age: Option<SignedDuration>,
    /// Where it stands among all whose time has passed, of [`SHARES`]; nothing where it is alone.
    turn: Option<i64>,
}

/// Those whose time has passed take turns within a tenth of the period, in seconds at most this: about a day. Not 24 hours:
/// a realm that waits for somebody is looked at every six, which would be at the same four places of each round, and perhaps never in
/// its turn. In rounds of 26 these places move: within four days they are two hours apart, and a turn is longer.
const ROUND: i64 = 26 * HOUR;
/// An hour, in seconds.
const HOUR: i64 = 3_600;
/// A turn lasts a twelfth of the round, in seconds at least this: a pass comes every ten minutes.
const TURN: i64 = 1_200;
/// From so late on, in seconds, none waits for its turn: a year.
const TOO_LATE: i64 = 365 * 24 * HOUR;

impl Schedule {
    /// That of the login for this object, which is the instance or a realm on it.
    ///
    /// Each login has its own time within the last tenth of the period, so that logins that were made together are not made anew
    /// together.
    pub fn of(instance: &Instance, owner: &Owner) -> Self {
        let hours = instance.object().spec.hours_between_rotations();
        let age = hours.map(|hours| {
            let seconds = i64::from(hours) * 3_600;
            SignedDuration::from_secs(seconds - seconds / 10 * share(owner) / SHARES)
        });
        // Logins in realms are many.
        let turn = (owner.kind == OwnerKind::KeycloakRealm).then(|| share(owner));
        Self { age, turn }
    }

    /// When the next secret is made.
    pub fn next_at(&self, age: &Age) -> Option<Timestamp> {
        age.made_at?.checked_add(self.age?).ok()
    }

    /// Whether the login is to get another secret now, and why. `asked` is the request that stands on the object.
    pub fn due(&self, age: &Age, asked: Option<&str>, now: Timestamp) -> Option<Why> {
        if age.next.is_some() {
            Some(Why::Begun)
        } else if asked.is_some() && asked != age.served.as_deref() {
            Some(Why::Asked)
        } else {
            self.next_at(age).filter(|at| *at <= now && self.has_turn(age, *at, now)).map(|_| Why::Aged)
        }
    }

    /// Whether it is the turn of a login whose time has come.
    ///
    /// At its own time it always is. Where that has passed it may have passed for all at once, after an upgrade over logins that do not
    /// say when they were made, with a shorter period, or while no controller ran: then each goes at its own time of the round.
    fn has_turn(&self, age: &Age, due: Timestamp, now: Timestamp) -> bool {
        let (Some(period), Some(turn)) = (self.age, self.turn) else { return true };
        let round = (period.as_secs() / 10).min(ROUND);
        let late = now.duration_since(due).as_secs();
        if round <= HOUR || (age.is_told && (late <= HOUR || late > TOO_LATE)) {
            return true;
        }
        (now.as_second() - round * turn / SHARES).rem_euclid(round) < TURN.max(round / 12)
    }

    /// What status says.
    pub fn status(&self, secret: &StoredSecret) -> RotationStatus {
        let age = Age::of(secret);
        RotationStatus {
            last_rotation: age.made_at.map(Time),
            next_rotation: self.next_at(&age).map(Time),
            overlap_until: None,
            step: age.next.map(|_| SECRET_WRITTEN.to_owned()),
            served: age.served,
        }
    }
}

/// Of how many equal parts the spread is.
const SHARES: i64 = 0xffff;

/// Which of them this object has: the same each time.
fn share(owner: &Owner) -> i64 {
    let hash = short_hash("keycloak.mdvr.nl/login-rotation/v1", &[owner.uid.as_str()], 4);
    // Four hexadecimal digits are a number.
    i64::from_str_radix(&hash, 16).unwrap_or_default()
}

/// The request that stands on an object, as far as it is told apart.
pub fn asked(annotations: &BTreeMap<String, String>) -> Option<String> {
    let value = annotations.get(annotation::ROTATE_LOGIN)?.trim();
    (!value.is_empty()).then(|| value.chars().take(LONGEST_REQUEST).collect())
}

/// The Secret of a login before the server has the next secret.
#[must_use]
pub fn begun(of_now: WantedSecret, next: &SecretText) -> WantedSecret {
    of_now.with(key::CLIENT_SECRET_NEXT, next)
}

/// The Secret of a login whose secret, which it holds as the one in use, was just made.
#[must_use]
pub fn finished(of_now: WantedSecret, now: Timestamp, asked: Option<&str>) -> WantedSecret {
    let wanted = unchanged(of_now).annotated(annotation::ROTATED_AT, &now.to_string());
    match asked {
        Some(asked) => wanted.annotated(annotation::ROTATION_SERVED, asked),
        None => wanted,
    }
}

/// The Secret of a login that keeps the secret in use: whatever was to take its place does not.
#[must_use]
pub fn unchanged(of_now: WantedSecret) -> WantedSecret {
    of_now.without(key::CLIENT_SECRET_NEXT)
}

/// What may be tried after the server refused this login: what its Secret holds by now, if that is of the same account.
pub(crate) fn logins(found: &StoredSecret, refused: &Login) -> Vec<Login> {
    let of_the_realm = found.text(key::REALM).is_none_or(|realm| realm == refused.realm);
    if !of_the_realm || found.text(key::CLIENT_ID) != Some(refused.account()) {
        return Vec::new();
    }
    let secrets = [key::CLIENT_SECRET, key::CLIENT_SECRET_NEXT].into_iter().filter_map(|key| found.text(key));
    secrets.map(|text| Login::service_account(&refused.realm, refused.account(), text.into())).collect()
}

/// Counts and logs that a login was made anew; `login` is `realm-manager` or `client-manager`.
pub fn tell(login: &'static str, account: &str, owner: &Owner, why: Why) {
    metrics::counter!("keycloak_operator_login_rotations_total", "login" => login, "reason" => why.as_str())
        .increment(1);
    tracing::info!(%owner, login, account, reason = why.as_str(), "a login of ours got a new secret");
}

#[cfg(test)]
mod tests;
