//! Whether an object that exists in Keycloak is ours, may be taken over, or must be left alone (rules 3.2, 3.3).

use serde::{Deserialize, Serialize};

use crate::mark::{Adoption, LiveMark, Mark};

/// What proves that an object is ours. Destructive steps need one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Proof {
    /// A realm: the login Secret is bound to the CR's uid and the realm's id.
    LoginSecret,
    /// A client: it carries our mark.
    Mark,
    /// A client without a mark: our output Secret holds its live secret.
    OutputSecret,
}

/// What kind of proof an object can have, and what of it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A realm. The mark is no proof of it: whoever may write its attributes can write one.
    Realm {
        /// The login Secret is bound to the CR's uid and the realm's live id.
        login_secret_agrees: bool,
    },
    /// A client.
    Client {
        /// The output Secret of this CR (or the seed's) holds the live secret.
        output_secret_agrees: bool,
    },
}

/// What is known of the CR that the live mark names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkedOwner {
    /// No object with that uid exists in this cluster any more.
    Gone,
    /// It exists.
    Alive,
    /// Nobody could tell: another cluster, where nobody here can look, or no right to read it in this one.
    Unknown,
}

/// Leave of the target to take objects over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permission {
    /// The CR stands in the namespace of its target, and the target does not switch that off.
    pub same_namespace: bool,
    /// The CR's namespace holds the verb `adopt` on the target.
    pub adopt_verb: bool,
    /// The target's `spec.takeOver`.
    pub take_over: TakeOver,
}

/// What the target's `spec.takeOver` gives up to this CR: the entries that name its namespace and its realm name or client id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakeOver {
    /// Objects without any mark.
    pub unmarked: bool,
    /// Objects with the mark of these clusters.
    pub clusters: Vec<String>,
}

impl TakeOver {
    fn covers(&self, live: &LiveMark) -> bool {
        if live.is_absent() {
            self.unmarked
        } else {
            live.cluster_id.as_ref().is_some_and(|cluster| self.clusters.contains(cluster))
        }
    }
}

/// Everything the decision is made from.
#[derive(Debug, Clone)]
pub struct ClaimFacts<'a> {
    /// Our mark.
    pub ours: &'a Mark,
    /// What the live object carries.
    pub live: &'a LiveMark,
    /// Proof at hand.
    pub evidence: Evidence,
    /// The CR that the live mark names.
    pub owner: MarkedOwner,
    /// `spec.adopt` of our CR.
    pub adopt: bool,
    /// Leave of the target.
    pub permission: &'a Permission,
}

/// What may be done with the live object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is ours.
    Ours {
        /// What proves it. `None`: it carries our mark, which for a realm is a claim only, so nothing destructive.
        proof: Option<Proof>,
        /// Its mark is missing or changed: drift, written again, with an Event.
        mark_drifted: bool,
    },
    /// The CR of the same cluster, namespace and name was made anew (restore from Git): taken over silently.
    Restored,
    /// It was somebody else's or nobody's, and may be adopted.
    Adopted {
        /// By whose leave.
        by: AdoptedBy,
    },
    /// It must be left alone.
    Refused(ClaimRefusal),
}

/// By whose leave an object is adopted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AdoptedBy {
    /// `spec.adopt`, in the target's namespace.
    SameNamespace,
    /// `spec.adopt` and verb `adopt` on the target.
    AdoptVerb,
    /// `spec.adopt` and an entry of the target's `spec.takeOver`.
    TakeOver,
}

/// Why a live object is left alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefusal {
    /// Its owner lives.
    #[error(
        "it belongs to {owner}, which exists; delete that object with deletionPolicy Retain first, or choose another name"
    )]
    OwnerAlive {
        /// `namespace/name` of the owner.
        owner: String,
    },
    /// Its owner, in this cluster, cannot be read.
    #[error(
        "it is marked as belonging to {owner} of cluster {cluster}, and this controller cannot tell whether that still exists; let it read that namespace, or take the mark off in Keycloak"
    )]
    OwnerUnknown {
        /// `namespace/name` of the owner.
        owner: String,
        /// Cluster of the owner.
        cluster: String,
    },
    /// Nobody asked for adoption.
    #[error("it exists already and {whose}; set spec.adopt: true to take it over")]
    NotAsked {
        /// `carries no mark`, `belonged to a/b, which is gone`, or to whom in another cluster.
        whose: String,
    },
    /// The target gives no leave.
    #[error(
        "spec.adopt is set, but the target does not allow it; grant this namespace the verb adopt on the target, list it in the target's spec.takeOver, or declare the object in the target's namespace"
    )]
    NotAllowed,
}

impl Claim {
    /// What proves that the object is ours; destructive steps need it.
    pub fn proof(&self) -> Option<Proof> {
        match self {
            Self::Ours { proof, .. } => *proof,
            Self::Restored | Self::Adopted { .. } | Self::Refused(_) => None,
        }
    }

    /// Decides.
    pub fn decide(facts: &ClaimFacts<'_>) -> Self {
        let compared = facts.ours.compare(facts.live);
        if let Some(proof) = proof(facts, compared) {
            return Self::Ours { proof: Some(proof), mark_drifted: compared != Adoption::Equal };
        }
        if facts.live.uid.as_ref() == Some(&facts.ours.uid) && same_name(facts) {
            // Ours, or the seed's mark of this very CR. A uid is never given twice.
            return Self::Ours { proof: None, mark_drifted: compared != Adoption::Equal };
        }
        match (compared, facts.owner) {
            (Adoption::Absent, _) => adopted(facts, "carries no mark"),
            (Adoption::Equal | Adoption::Other, MarkedOwner::Alive) => {
                Self::Refused(ClaimRefusal::OwnerAlive { owner: facts.live.owner() })
            }
            (Adoption::Equal | Adoption::Other, MarkedOwner::Unknown) => {
                let owner = facts.live.owner();
                let cluster = crate::render::printable(facts.live.cluster_id.as_deref().unwrap_or("?"));
                if is_of_another_cluster(facts) {
                    // Whether that cluster still lives is known to whoever sets spec.adopt, and to nobody else.
                    return adopted(
                        facts,
                        &format!(
                            "is marked as belonging to {owner} of cluster {cluster}, and nobody here can see whether that still exists"
                        ),
                    );
                }
                Self::Refused(ClaimRefusal::OwnerUnknown { owner, cluster })
            }
            (Adoption::Equal | Adoption::Other, MarkedOwner::Gone) if same_place(facts) => Self::Restored,
            (Adoption::Equal | Adoption::Other, MarkedOwner::Gone) => {
                adopted(facts, &format!("belonged to {}, which is gone", facts.live.owner()))
            }
        }
    }
}

fn proof(facts: &ClaimFacts<'_>, compared: Adoption) -> Option<Proof> {
    match (facts.evidence, compared) {
        (Evidence::Realm { login_secret_agrees }, _) => login_secret_agrees.then_some(Proof::LoginSecret),
        (Evidence::Client { .. }, Adoption::Equal) => Some(Proof::Mark),
        (Evidence::Client { output_secret_agrees }, Adoption::Absent) => {
            output_secret_agrees.then_some(Proof::OutputSecret)
        }
        (Evidence::Client { .. }, Adoption::Other) => None,
    }
}

fn same_name(facts: &ClaimFacts<'_>) -> bool {
    let (live, ours) = (facts.live, facts.ours);
    live.namespace.as_ref() == Some(&ours.namespace) && live.name.as_ref() == Some(&ours.name)
}

/// Cluster, uid of the namespace and name agree.
fn same_place(facts: &ClaimFacts<'_>) -> bool {
    let (live, ours) = (facts.live, facts.ours);
    live.cluster_id.as_ref() == Some(&ours.cluster_id)
        && live.namespace_uid.as_ref() == Some(&ours.namespace_uid)
        && same_name(facts)
}

/// A mark without a cluster is the seed's: of this one, as far as anybody can tell.
fn is_of_another_cluster(facts: &ClaimFacts<'_>) -> bool {
    facts.live.cluster_id.as_ref().is_some_and(|cluster| *cluster != facts.ours.cluster_id)
}

fn adopted(facts: &ClaimFacts<'_>, whose: &str) -> Claim {
    let permission = facts.permission;
    let by = if permission.same_namespace {
        Some(AdoptedBy::SameNamespace)
    } else if permission.adopt_verb {
        Some(AdoptedBy::AdoptVerb)
    } else if permission.take_over.covers(facts.live) {
        Some(AdoptedBy::TakeOver)
    } else {
        None
    };
    match (facts.adopt, by) {
        (false, _) => Claim::Refused(ClaimRefusal::NotAsked { whose: whose.to_owned() }),
        (true, None) => Claim::Refused(ClaimRefusal::NotAllowed),
        (true, Some(by)) => Claim::Adopted { by },
    }
}

#[cfg(test)]
mod tests;
