//! What a controller remembers in the status of a CR: the owned record, the plan and the approvals, between the types of the
//! plan and those of the Kubernetes API.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_crds::record::{
    Approval as StoredApproval, ApprovalState as StoredState, Approvals as StoredApprovals, ApprovedStep,
    Loss as StoredLoss, Owned, PlanStatus, PlannedStep,
};
use keycloak_plan::{
    Approval, ApprovalState, Approvals, ConsentKey, Decoded, Loss, LostRecord, OwnedRecord, Plan,
    SummaryStep, decode,
};

/// The record of this text, which stands in status or in a `ConfigMap`.
///
/// # Errors
/// Why there is none: plan with an empty one then, which adopts everything and deletes nothing.
pub fn record(text: &str) -> Result<OwnedRecord, LostRecord> {
    match decode(text) {
        Decoded::Record(record) => Ok(record),
        Decoded::Lost(lost) => Err(lost),
    }
}

/// The record of this text, or an empty one with the sentence that tells why nothing is remembered although something was. `gone` is
/// that sentence where there is no text, and it is known why; an object that never had a record has none.
pub fn remembered(text: &str, gone: Option<String>) -> (OwnedRecord, Option<String>) {
    match record(text) {
        Ok(record) => (record, None),
        Err(LostRecord::Missing) => (OwnedRecord::default(), gone),
        Err(lost @ (LostRecord::UnknownVersion(_) | LostRecord::Corrupt)) => {
            (OwnedRecord::default(), Some(lost.to_string()))
        }
    }
}

/// The record as it stands in status, or in a `ConfigMap` where status cannot hold it.
pub fn owned(record: &OwnedRecord) -> Owned {
    let (text, key_id) = (record.encode(), record.key_id().map(str::to_owned));
    Owned { record: Some(text), key_id, ..Owned::default() }
}

/// The record once every step of a plan is done, also what waits now: so much there must be room for before anything is made.
pub fn foreseen(plan: &Plan, before: &OwnedRecord) -> Owned {
    let every = plan.steps.iter().map(|step| step.id).collect();
    owned(&plan.record_after(before, &every))
}

/// The plan as it stands in status; nothing for one without steps.
pub fn plan(plan: &Plan) -> Option<PlanStatus> {
    if plan.is_empty() {
        return None;
    }
    let summary = plan.summary();
    Some(PlanStatus {
        summary: Some(summary.summary),
        approval: summary.approval,
        steps: Some(summary.steps.into_iter().map(planned).collect()),
        omitted: i32::try_from(summary.omitted).ok().filter(|omitted| *omitted > 0),
    })
}

/// Longest detail of a step, in characters: the definition of the CR takes no more.
const DETAIL_LIMIT: usize = 2048;

/// The detail of a step as status takes it; nothing where there is nothing to tell.
pub fn detail(mut text: String) -> Option<String> {
    if text.chars().count() > DETAIL_LIMIT {
        text = text.chars().take(DETAIL_LIMIT - 1).chain(['…']).collect();
    }
    Some(text).filter(|text| !text.is_empty())
}

fn planned(step: SummaryStep) -> PlannedStep {
    PlannedStep {
        action: step.action.as_str().to_owned(),
        kind: step.kind,
        identity: step.identity,
        id: step.id,
        loses: step.loses.and_then(stored_loss),
        waits: step.waits.then_some(true),
        detail: detail(step.detail),
    }
}

/// The approvals that stand in status.
///
/// Where nothing stands there, nobody can tell whether there never was an approval, whether status was lost, or whether
/// somebody took them away so that an old annotation counts again. So they always begin anew at `now`, where no approval of
/// before is valid. Accepted steps without a count are none of ours, and approve nothing.
pub fn approvals(stored: Option<&StoredApprovals>, now: &Time) -> Approvals {
    let counted = stored.and_then(|stored| Some((stored, u64::try_from(stored.consumed?).ok()?)));
    let Some((stored, consumed)) = counted else {
        return Approvals::after_loss(u64::try_from(now.0.as_millisecond()).unwrap_or_default());
    };
    Approvals { consumed, entries: stored.entries.iter().flatten().map(approval).collect() }
}

fn approval(stored: &StoredApproval) -> Approval {
    let key = |step: &ApprovedStep| ConsentKey {
        kind: step.kind.clone(),
        identity: step.identity.clone(),
        id: step.id.clone().unwrap_or_default(),
        loses: step.loses.map_or(Loss::Nothing, loss),
    };
    Approval {
        hash: stored.hash.clone(),
        state: match stored.state {
            StoredState::Executing => ApprovalState::Executing,
            StoredState::Consumed => ApprovalState::Consumed,
        },
        steps: stored.steps.iter().flatten().map(key).collect(),
    }
}

/// The approvals as they stand in status; nothing as long as no step of a plan ever waited. The count is stored together with
/// the first hash that is made of it, so that the hash stays the same until it is used. `before` is what stands there now: it
/// knows when each was accepted; one that it does not know was accepted at `now`.
pub fn stored_approvals(
    approvals: &Approvals,
    plan: &Plan,
    before: Option<&StoredApprovals>,
    now: &Time,
) -> Option<StoredApprovals> {
    if before.is_none() && approvals.entries.is_empty() && plan.approval().is_none() {
        return None;
    }
    let accepted_at = |hash: &str| {
        let known = before.into_iter().flat_map(|before| before.entries.iter().flatten());
        let found = known.filter(|entry| entry.hash == hash).find_map(|entry| entry.accepted_at.clone());
        found.unwrap_or_else(|| now.clone())
    };
    let entries = approvals.entries.iter().map(|entry| StoredApproval {
        hash: entry.hash.clone(),
        state: match entry.state {
            ApprovalState::Executing => StoredState::Executing,
            ApprovalState::Consumed => StoredState::Consumed,
        },
        accepted_at: Some(accepted_at(&entry.hash)),
        steps: (!entry.steps.is_empty()).then(|| entry.steps.iter().map(approved).collect()),
    });
    Some(StoredApprovals {
        consumed: Some(i64::try_from(approvals.consumed).unwrap_or(i64::MAX)),
        entries: Some(entries.collect()).filter(|entries: &Vec<_>| !entries.is_empty()),
    })
}

fn approved(key: &ConsentKey) -> ApprovedStep {
    ApprovedStep {
        kind: key.kind.clone(),
        identity: key.identity.clone(),
        id: Some(key.id.clone()).filter(|id| !id.is_empty()),
        loses: stored_loss(key.loses),
    }
}

/// What loses nothing has no word in status.
const fn stored_loss(loss: Loss) -> Option<StoredLoss> {
    match loss {
        Loss::Nothing => None,
        Loss::Login => Some(StoredLoss::Login),
        Loss::Configuration => Some(StoredLoss::Configuration),
        Loss::Access => Some(StoredLoss::Access),
        Loss::UserData => Some(StoredLoss::UserData),
    }
}

const fn loss(stored: StoredLoss) -> Loss {
    match stored {
        StoredLoss::Login => Loss::Login,
        StoredLoss::Configuration => Loss::Configuration,
        StoredLoss::Access => Loss::Access,
        StoredLoss::UserData => Loss::UserData,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approvals_of(loses: &[Loss]) -> Approvals {
        let key = |loses: &Loss| ConsentKey {
            kind: "role".into(),
            identity: format!("contractor-{loses:?}"),
            id: if *loses == Loss::Access { "4711".into() } else { String::new() },
            loses: *loses,
        };
        let entry = |hash: &str, state, steps| Approval { hash: hash.into(), state, steps };
        Approvals {
            consumed: 3,
            entries: vec![
                entry("7f3c2a91", ApprovalState::Executing, loses.iter().map(key).collect()),
                entry("00ff00ff", ApprovalState::Consumed, Vec::new()),
            ],
        }
    }

    fn time(second: i64) -> Time {
        Time(k8s_openapi::jiff::Timestamp::from_second(second).unwrap())
    }

    /// The plan of a deletion that loses users, which waits unless one of these approvals lets it run.
    fn deletion(approvals: &Approvals) -> Plan {
        let live = keycloak_admin::types::RealmRepresentation {
            id: Some("r-1".into()),
            realm: Some("acme".into()),
            ..Default::default()
        };
        let how = crate::Teardown {
            name: "acme",
            proof: Some(keycloak_plan::Proof::LoginSecret),
            guarded: true,
            holds: Some(crate::realm::Holdings::of_users(3)),
        };
        let planning = crate::Planning {
            subject: &crate::tests::subject("realm acme"),
            record: &OwnedRecord::default(),
            approvals,
            server: &keycloak_plan::Server::default(),
            key: None,
        };
        planning.teardown(&how, &crate::realm::Observed::Present(Box::new(live))).unwrap()
    }

    /// A plan in which nothing waits.
    fn nothing() -> Plan {
        let desired =
            keycloak_plan::Desired::new(&keycloak_plan::kinds::REALM, "acme", serde_json::Map::new());
        crate::tests::first_plan(&desired, &keycloak_plan::LiveState::new())
    }

    #[test]
    fn approvals_survive_the_way_through_status_with_every_loss() {
        let losses = [Loss::Nothing, Loss::Login, Loss::Configuration, Loss::Access, Loss::UserData];
        let before = approvals_of(&losses);
        let stored = stored_approvals(&before, &nothing(), None, &time(10)).unwrap();
        let json = serde_json::to_value(&stored).unwrap();
        let read: StoredApprovals = serde_json::from_value(json).unwrap();
        assert_eq!(approvals(Some(&read), &time(20)), before);
    }

    #[test]
    fn the_time_of_acceptance_stays() {
        let first = stored_approvals(&approvals_of(&[Loss::Access]), &nothing(), None, &time(10)).unwrap();
        let second = stored_approvals(&approvals_of(&[]), &nothing(), Some(&first), &time(20)).unwrap();
        let times: Vec<_> = second.entries.unwrap().into_iter().map(|entry| entry.accepted_at).collect();
        assert_eq!(times, [Some(time(10)), Some(time(10))]);
    }

    #[test]
    fn an_object_in_which_nothing_ever_waited_has_nothing_in_status() {
        let new = approvals(None, &time(10));
        assert_eq!(stored_approvals(&new, &nothing(), None, &time(10)), None);
    }

    #[test]
    fn the_hash_of_what_waits_stays_the_same_from_the_first_pass_on() {
        let new = approvals(None, &time(10));
        let plan = deletion(&new);
        let stored = stored_approvals(&new, &plan, None, &time(10)).unwrap();
        let later = approvals(Some(&stored), &time(20));
        assert_eq!(deletion(&later).approval(), plan.approval());
        assert_eq!(stored_approvals(&later, &nothing(), Some(&stored), &time(20)), Some(stored));
    }

    #[test]
    fn what_was_approved_before_its_status_was_lost_or_taken_away_approves_nothing() {
        let first = approvals(None, &time(10));
        let waiting = deletion(&first);
        let hash = waiting.approval().unwrap().to_owned();
        let accepted = first.accept(&hash, &waiting).unwrap();
        let stored = stored_approvals(&accepted, &deletion(&accepted), None, &time(10)).unwrap();
        assert_eq!(deletion(&approvals(Some(&stored), &time(20))).approval(), None, "it lets the step run");

        let without_count = StoredApprovals { consumed: None, ..stored.clone() };
        let below_zero = StoredApprovals { consumed: Some(-1), ..stored };
        for lost in [None, Some(&StoredApprovals::default()), Some(&without_count), Some(&below_zero)] {
            let approvals = approvals(lost, &time(20));
            let plan = deletion(&approvals);
            assert_ne!(plan.approval(), None, "{lost:?}");
            let refused = approvals.accept(&hash, &plan).unwrap_err();
            assert!(matches!(refused, keycloak_plan::NotAccepted::OtherSteps { .. }), "{lost:?}: {refused}");
        }
    }

    #[test]
    fn a_detail_is_never_longer_than_status_takes() {
        assert_eq!(detail(String::new()), None);
        assert_eq!(detail("ß".repeat(2048)), Some("ß".repeat(2048)));
        let cut = detail("ß".repeat(2049)).unwrap();
        assert_eq!((cut.chars().count(), cut.chars().last()), (2048, Some('…')));
    }

    #[test]
    fn a_record_survives_the_way_through_its_text_and_a_changed_one_is_lost() {
        let record = OwnedRecord::default();
        let text = owned(&record).record.unwrap();
        assert_eq!(text, record.encode());
        assert_eq!(super::record(&text), Ok(record));
        assert_eq!(super::record(&text.replace('}', " }")), Err(LostRecord::Corrupt));
        assert_eq!(super::record(""), Err(LostRecord::Missing));
        let gone = || Some("gone".to_owned());
        let told = [text.as_str(), "", "x"].map(|text| remembered(text, gone()).1);
        assert_eq!(told, [None, gone(), Some(LostRecord::Corrupt.to_string())]);
        assert_eq!(remembered("", None), (OwnedRecord::default(), None));
    }
}
