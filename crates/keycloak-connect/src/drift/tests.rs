use metrics_exporter_prometheus::PrometheusBuilder;

use super::*;

const NOW: i64 = 1_760_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Somebody changed this field of the realm's settings.
fn found(path: &str, repaired: bool) -> Found {
    let finding = DriftFinding {
        action: "update".into(),
        kind: "realm".into(),
        identity: "acme".into(),
        path: Some(path.into()),
        old: Some("\"Evil\"".into()),
        new: Some("\"Acme\"".into()),
        ..DriftFinding::default()
    };
    Found { object: String::new(), finding, repaired, has_own_event: false }
}

fn many(count: usize, repaired: bool) -> Vec<Found> {
    (0..count).map(|number| found(&format!("field{number:02}"), repaired)).collect()
}

fn somebody() -> DriftActor {
    DriftActor {
        user_id: Some("4711".into()),
        client_id: Some("console".into()),
        realm_id: Some("master-id".into()),
        ip_address: Some("10.0.0.7".into()),
        at: Some(Time(at(NOW - 5))),
    }
}

fn notes(drift: &Drift) -> Vec<String> {
    let notices = drift.notices(" in realm \"acme\"");
    notices.into_iter().map(|notice| format!("{}: {}", notice.reason, notice.note)).collect()
}

#[test]
fn what_stands_is_told_once_and_shown_as_long_as_it_stands() {
    let mut with_actor = found("displayName", false);
    with_actor.finding.actor = Some(somebody());
    let first = Drift::of(None, &[with_actor], at(NOW));
    insta::assert_snapshot!(first.verdict().unwrap().message, @r#"changed by something else: displayName: "Evil" instead of "Acme" (by user 4711 with client console from 10.0.0.7 at 2025-10-09T08:53:15Z)"#);
    insta::assert_snapshot!(notes(&first).join("\n"), @r#"DriftDetected: changed by something else in realm "acme": displayName: "Evil" instead of "Acme" (by user 4711 with client console from 10.0.0.7 at 2025-10-09T08:53:15Z)"#);

    // Later nobody knows any more who it was, and nothing is news.
    let later = Drift::of(first.status(), &[found("displayName", false)], at(NOW + 600));
    assert_eq!(later.status(), first.status(), "nothing is written at rest");
    assert_eq!(later.verdict(), first.verdict());
    assert_eq!(notes(&later), [""; 0]);

    // Somebody else set it back.
    let over = Drift::of(later.status(), &[], at(NOW + 1_200));
    assert_eq!((over.status(), over.verdict()), (None, None));
}

#[test]
fn what_was_set_back_is_told_and_shown_for_an_hour() {
    let first = Drift::of(None, &[found("displayName", true)], at(NOW));
    assert_eq!(first.verdict(), None, "it does not stand");
    insta::assert_snapshot!(notes(&first).join("\n"), @r#"DriftRepaired: changed by something else in realm "acme" and set back: displayName: "Evil" instead of "Acme""#);
    let later = Drift::of(first.status(), &[], at(NOW + 3_599));
    assert_eq!((later.status(), notes(&later)), (first.status(), vec![]));
    assert_eq!(Drift::of(first.status(), &[], at(NOW + 3_600)).status(), None);

    // The same once more is a finding of its own.
    let again = Drift::of(first.status(), &[found("displayName", true)], at(NOW + 60));
    let findings = again.status().unwrap().findings.clone().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].found_at, Some(Time(at(NOW + 60))));
    assert_eq!(notes(&again).len(), 1);
}

#[test]
fn what_could_not_be_set_back_stands_until_it_is_and_keeps_when_it_was_found() {
    let first = Drift::of(None, &[found("displayName", false)], at(NOW));
    let then = Drift::of(first.status(), &[found("displayName", true)], at(NOW + 60));
    let finding = &then.status().unwrap().findings.as_ref().unwrap()[0];
    assert_eq!(finding.found_at, Some(Time(at(NOW))));
    assert_eq!(finding.repaired_at, Some(Time(at(NOW + 60))));
    assert_eq!(notes(&then).len(), 1, "that it was set back is news");
}

#[test]
fn of_very_many_the_first_are_listed_and_the_others_counted_and_none_is_told_twice() {
    let first = Drift::of(None, &many(50, false), at(NOW));
    let status = first.status().unwrap();
    assert_eq!((status.findings.as_ref().unwrap().len(), status.omitted), (MAX_FINDINGS, Some(30)));
    assert!(first.verdict().unwrap().message.ends_with("and 40 more"));
    let told = notes(&first);
    assert_eq!(told.len(), 11);
    assert_eq!(told[10], "DriftDetected: changed by something else in realm \"acme\": 40 more");

    let same = Drift::of(first.status(), &many(50, false), at(NOW + 600));
    assert_eq!((same.status(), notes(&same).len()), (first.status(), 0));
    let one_more = Drift::of(first.status(), &many(51, false), at(NOW + 600));
    assert_eq!(one_more.status().unwrap().omitted, Some(31));
    assert_eq!(notes(&one_more).len(), 1);

    // What was set back and not listed stands in nobody's way.
    let repaired = Drift::of(None, &many(30, true), at(NOW));
    assert_eq!(repaired.status().unwrap().omitted, Some(10));
    assert_eq!(Drift::of(repaired.status(), &[], at(NOW + 60)).status(), repaired.status());
    let other = Drift::of(repaired.status(), &[found("another", true)], at(NOW + 60));
    assert_eq!(notes(&other).len(), 1);
}

#[test]
fn an_object_or_a_link_that_is_gone_is_named() {
    let gone = |action: &str, path: Option<&str>| {
        let finding = DriftFinding {
            action: action.into(),
            path: path.map(str::to_owned),
            old: None,
            new: Some("(exists)".into()),
            ..found("", false).finding
        };
        Found { object: "role employee".into(), finding, repaired: false, has_own_event: false }
    };
    let drift = Drift::of(None, &[gone("create", None), gone("link", Some("composite clerk"))], at(NOW));
    insta::assert_snapshot!(drift.verdict().unwrap().message, @"changed by something else: role employee: gone; role employee: composite clerk: gone");
}

#[test]
fn findings_are_counted_by_kind_once_and_what_was_set_back_beside_them() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let metrics = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let first = Drift::of(None, &many(3, false), at(NOW));
    first.count("KeycloakRealm");
    let second = Drift::of(first.status(), &many(3, true), at(NOW + 60));
    second.count("KeycloakRealm");
    Drift::of(second.status(), &[], at(NOW + 120)).count("KeycloakRealm");
    let text = metrics.render();
    for name in ["drift_findings_total", "remediation_total"] {
        let line = format!("keycloak_operator_{name}{{resource_type=\"KeycloakRealm\",kind=\"realm\"}} 3");
        assert!(text.contains(&line), "{text}");
    }
}
