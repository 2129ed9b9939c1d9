//! Any JSON as what is asked and as what the server has gives a plan, or an error of what was read: `[desired, live]`. The plan can
//! be shown, fits into status, and what it remembers can be read again and planned with.
#![no_main]

use keycloak_plan::{
    Approvals, Decoded, Desired, Identity, Live, LiveState, OwnedRecord, Plan, PlanError, PlanInput,
    RecordKey, STORED_PLAN_LIMIT, Server, ServerVersion, Subject, decode,
    kinds::{CATALOGUE, KINDS},
    plan,
    render::{Color, text},
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|json: &[u8]| {
    let Ok([Value::Object(wanted), found]) = serde_json::from_slice::<[Value; 2]>(json) else { return };
    for kind in KINDS {
        let desired = Desired::new(kind, "name", wanted.clone());
        let live = LiveState::new().present(Identity::new(kind, "name"), Live::new(found.clone()));
        let Ok(first) = planned(&desired, &live, &OwnedRecord::default()) else { continue };
        let _ = text(&first, Color::Never);
        let summary = serde_json::to_string(&first.summary()).unwrap();
        assert!(summary.len() <= STORED_PLAN_LIMIT);
        let done = first.runnable().map(|step| step.id).collect();
        let record = first.record_after(&OwnedRecord::default(), &done);
        assert_eq!(decode(&record.encode()), Decoded::Record(record.clone()));
        let _ = planned(&desired, &live, &record);
    }
});

fn planned(desired: &Desired, live: &LiveState, record: &OwnedRecord) -> Result<Plan, PlanError> {
    let word = || "name".to_owned();
    let subject =
        Subject { what: word(), on: word(), cr: word(), namespace: word(), uid: word(), realm_id: word() };
    plan(&PlanInput {
        subject: &subject,
        desired: std::slice::from_ref(desired),
        links: &[],
        exclusive: &[],
        live,
        record,
        approvals: &Approvals::default(),
        server: &Server::version(ServerVersion::new(26, 7, 3)),
        key: Some(&RecordKey::new("rk-1", b"key")),
        catalogue: CATALOGUE,
    })
}
