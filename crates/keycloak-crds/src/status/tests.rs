use super::*;

fn at(text: &str) -> Time {
    serde_json::from_value(serde_json::json!(text)).expect("a time")
}

fn findings(progress: Progress, ready: Verdict, available: Option<Verdict>) -> Findings {
    Findings { generation: 3, ready, progress, available, areas: Vec::new() }
}

fn in_sync() -> Findings {
    findings(
        Progress::Settled,
        Verdict::yes(Reason::InSync, "in sync"),
        Some(Verdict::yes(Reason::RealmAvailable, "the realm can be used")),
    )
}

/// Phase, reconcileStatus and the types of the conditions that are true, in one line.
fn line(findings: &Findings) -> String {
    let summary = summarise(findings, &[], &at("2026-01-31T12:00:00Z"));
    let holding: Vec<_> = summary
        .conditions
        .iter()
        .filter(|condition| condition.status == ConditionStatus::True)
        .map(|condition| condition.type_.as_str())
        .collect();
    let line = format!("{:?} {:?} {}", summary.phase, summary.reconcile_status, holding.join(","));
    line.trim_end().to_owned()
}

#[test]
fn what_is_in_sync_is_available_and_nothing_else_is_true() {
    insta::assert_snapshot!(line(&in_sync()), @"Ready Succeeded Available");
}

#[test]
fn each_kind_of_progress_has_its_phase() {
    let no = || Verdict::no(Reason::SecretMissing, "Secret acme/smtp does not exist");
    let usable = || Some(Verdict::yes(Reason::RealmAvailable, ""));
    let lost = || Verdict::no(Reason::DatabaseUnavailable, "no database");
    let table: Vec<String> = [
        ("first work", findings(Progress::Working, no(), None)),
        ("work on what is there", findings(Progress::Working, no(), usable())),
        ("waiting, never there", findings(Progress::Waiting, no(), None)),
        ("waiting, usable", findings(Progress::Waiting, no(), usable())),
        ("retrying, usable", findings(Progress::Retrying, no(), usable())),
        ("retrying, never there", findings(Progress::Retrying, no(), None)),
        ("stalled", findings(Progress::Stalled, no(), None)),
        ("approval", findings(Progress::AwaitingPerson, no(), usable())),
        ("suspended", findings(Progress::Suspended, no(), usable())),
        ("deleting", findings(Progress::Deleting, no(), usable())),
        ("server lost", findings(Progress::Retrying, lost(), Some(lost()))),
    ]
    .iter()
    .map(|(name, findings)| format!("{name}: {}", line(findings)))
    .collect();
    insta::assert_snapshot!(table.join("\n"), @r"
    first work: Provisioning InProgress Progressing
    work on what is there: Updating InProgress Available,Progressing
    waiting, never there: Pending InProgress Progressing
    waiting, usable: Degraded InProgress Available,Progressing,Degraded
    retrying, usable: Degraded InProgress Available,Progressing,Degraded
    retrying, never there: Provisioning InProgress Progressing
    stalled: Failed Failed
    approval: Updating InProgress Available
    suspended: Paused Succeeded Available
    deleting: Updating InProgress Available,Progressing
    server lost: Degraded InProgress Progressing,Degraded
    ");
}

#[test]
fn a_pass_that_finds_the_same_changes_nothing() {
    let first = summarise(&in_sync(), &[], &at("2026-01-31T12:00:00Z"));
    let second = summarise(&in_sync(), &first.conditions, &at("2026-02-01T12:00:00Z"));
    assert_eq!(first, second);
}

#[test]
fn a_condition_that_turns_gets_a_new_time_and_the_others_keep_theirs() {
    let first = summarise(&in_sync(), &[], &at("2026-01-31T12:00:00Z"));
    let mut later = in_sync();
    later.progress = Progress::Retrying;
    later.ready = Verdict::no(Reason::ServerUnreachable, "Keycloak does not answer");
    let second = summarise(&later, &first.conditions, &at("2026-02-01T12:00:00Z"));
    let since = |wanted| {
        crate::condition::find(&second.conditions, wanted)
            .and_then(|found| found.last_transition_time.clone())
    };
    assert_eq!(since(ConditionType::Degraded), Some(at("2026-02-01T12:00:00Z")));
    assert_eq!(since(ConditionType::Available), Some(at("2026-01-31T12:00:00Z")));
}

#[test]
fn what_kstatus_reads_is_left_to_whatever_runs_the_passes() {
    for progress in [Progress::Settled, Progress::Working, Progress::Stalled, Progress::Deleting] {
        let findings = findings(progress, Verdict::no(Reason::SecretMissing, "no Secret"), None);
        let summary = summarise(&findings, &[], &at("2026-01-31T12:00:00Z"));
        for absent in [ConditionType::Ready, ConditionType::Reconciling, ConditionType::Stalled] {
            assert_eq!(crate::condition::find(&summary.conditions, absent), None);
        }
    }
}

#[test]
fn what_is_said_to_be_written_by_nobody_is_in_the_schema() {
    for (kind, path) in NOT_WRITTEN_YET {
        let of_kind = crate::generate::KINDS.iter().find(|known| known.name == *kind).expect("the kind");
        let crd = of_kind.finished_crd().expect("the CRD");
        let root = crd.pointer("/spec/versions/0/schema/openAPIV3Schema").expect("a schema");
        let found = path.split('.').try_fold(root, |node, name| node.get("properties")?.get(name));
        assert!(found.is_some(), "{kind} {path}");
    }
}

#[test]
fn what_nobody_writes_is_told_apart_at_any_depth() {
    assert!(is_not_written_yet("Keycloak", "status.blueGreen"));
    assert!(is_not_written_yet("Keycloak", "status.blueGreen.state"));
    assert!(is_not_written_yet("KeycloakRealm", "status.userFederationStatus[].name"));
    assert!(!is_not_written_yet("KeycloakRealm", "status.features"));
    assert!(!is_not_written_yet("KeycloakRealm", "status.features.customThemes"));
    assert!(is_not_written_yet("KeycloakRealm", "status.features.identityProviders"));
    assert!(!is_not_written_yet("KeycloakClient", "status.activeUsers"));
}
