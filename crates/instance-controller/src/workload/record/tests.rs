use serde_json::{Value, json};

use super::*;
use crate::{sample::keycloak, workload::compare};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_760_000_000 + seconds).unwrap()
}

/// A Service in the cluster, beside what is wanted and what is remembered; time goes on by ten seconds a pass.
struct Story {
    record: Record,
    live: Option<Value>,
    passes: i64,
    writes: usize,
}

impl Story {
    fn new() -> Self {
        Self { record: Record::default(), live: None, passes: 0, writes: 0 }
    }

    /// One pass. `server`: what becomes of an object that is written. Gives the paths that are reported.
    fn pass(&mut self, type_: &str, server: impl Fn(&mut Value)) -> Vec<String> {
        let wanted = json!({
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": "keycloak-keycloak"},
            "spec": {"type": type_, "ports": [{"name": "http", "port": 8080}]},
        });
        let service: k8s_openapi::api::core::v1::Service = serde_json::from_value(wanted).unwrap();
        let child = compare::child(ChildKind::Service, service);
        let now = at(10 * self.passes);
        let live = self
            .live
            .as_ref()
            .map(|live| (serde_json::from_value(live["metadata"].clone()).unwrap(), live.clone()));
        let live = live.as_ref().map(|(meta, live)| (meta, live.clone()));
        let before = self.record.objects.get(&child.object());
        let comparison = compare::compare(&child, live, before, now);
        let mut written = Vec::new();
        if let Some(why) = comparison.why.clone() {
            let mut stored = child.body.clone();
            server(&mut stored);
            let kept = compare::differences(&child.body, &stored).into_keys().collect();
            written.push(WrittenChild { kind: child.kind, name: child.name.clone(), why, kept });
            self.live = Some(stored);
            self.writes += 1;
        }
        self.record = self.record.after(std::slice::from_ref(&comparison), &written, None, now);
        self.passes += 1;
        let kept = written.into_iter().flat_map(|written| written.kept);
        comparison.overridden.into_iter().chain(kept).collect()
    }

    fn somebody_sets_the_type(&mut self, type_: &str) {
        self.live.as_mut().unwrap()["spec"]["type"] = json!(type_);
    }
}

#[test]
fn what_a_webhook_makes_of_our_write_is_reported_in_the_same_pass_and_written_once() {
    let webhook = |stored: &mut Value| stored["spec"]["type"] = json!("LoadBalancer");
    let mut story = Story::new();
    for _ in 0..5 {
        assert_eq!(story.pass("ClusterIP", webhook), ["spec.type"]);
    }
    assert_eq!(story.writes, 1);
    // Another wish is written, and what becomes of it is reported again.
    assert_eq!(story.pass("NodePort", webhook), ["spec.type"]);
    assert_eq!(story.pass("NodePort", webhook), ["spec.type"]);
    assert_eq!(story.writes, 2);
    // What it makes of everything is what is wanted now.
    assert_eq!(story.pass("LoadBalancer", webhook), Vec::<String>::new());
    assert_eq!(story.writes, 3);
}

#[test]
fn what_another_manager_sets_is_set_back_once_and_then_reported() {
    let taken = |_: &mut Value| {};
    let mut story = Story::new();
    assert_eq!(story.pass("ClusterIP", taken), Vec::<String>::new());
    story.somebody_sets_the_type("NodePort");
    assert_eq!(story.pass("ClusterIP", taken), Vec::<String>::new(), "it is set back");
    assert_eq!(story.pass("ClusterIP", taken), Vec::<String>::new(), "and stands");
    story.somebody_sets_the_type("NodePort");
    for _ in 0..5 {
        assert_eq!(story.pass("ClusterIP", taken), ["spec.type"]);
    }
    assert_eq!(story.writes, 2);
    // They give in: nothing is reported, and the next change of theirs is drift like the first.
    story.somebody_sets_the_type("ClusterIP");
    assert_eq!(story.pass("ClusterIP", taken), Vec::<String>::new());
    story.somebody_sets_the_type("NodePort");
    assert_eq!(story.pass("ClusterIP", taken), Vec::<String>::new());
    assert_eq!(story.writes, 3);
}

#[test]
fn a_webhook_that_takes_our_annotation_away_costs_one_write() {
    let strips = |stored: &mut Value| {
        stored["metadata"]["annotations"] = json!({});
    };
    let mut story = Story::new();
    for _ in 0..5 {
        assert_eq!(story.pass("ClusterIP", strips), ["metadata.annotations.keycloak.mdvr.nl/applied"]);
    }
    assert_eq!(story.writes, 1);
    // Nothing but the record tells that: lost, the object is written once more.
    story.record = Record::default();
    story.pass("ClusterIP", strips);
    story.pass("ClusterIP", strips);
    assert_eq!(story.writes, 2);
}

#[test]
fn what_was_not_written_is_remembered_as_it_was() {
    let mut story = Story::new();
    story.pass("ClusterIP", |_| {});
    let comparison = Comparison {
        kind: ChildKind::Service,
        object: "Service/keycloak-keycloak".into(),
        hash: "another".into(),
        why: Some(Why::Changed),
        overridden: Vec::new(),
        differences: BTreeMap::new(),
    };
    assert_eq!(story.record.after(&[comparison], &[], None, at(60)), story.record);
}

#[test]
fn the_record_is_one_text_that_is_read_again_and_a_damaged_one_counts_as_lost() {
    let values = BTreeMap::from([
        ("spec.type".to_owned(), Standing::Overridden),
        ("spec.x".to_owned(), Standing::SetBack { over: "0f".into(), at: 1_760_000_000 }),
    ]);
    let record = Record {
        objects: BTreeMap::from([("Service/a".to_owned(), Remembered { hash: "1a".into(), values })]),
        secrets: Some(PodSecrets {
            key: "rk-1a2b3c4d".into(),
            digest: "d1".into(),
            versions: BTreeMap::from([("keycloak-db".to_owned(), "uid/7".to_owned())]),
            pods: "d0".into(),
        }),
    };
    let owned = record.owned();
    insta::assert_snapshot!(format!("{} {}", owned.key_id.as_deref().unwrap(), owned.record.as_deref().unwrap()), @r#"rk-1a2b3c4d v1:{"objects":{"Service/a":{"hash":"1a","values":{"spec.type":"overridden","spec.x":{"setBack":{"over":"0f","at":1760000000}}}}},"secrets":{"digest":"d1","versions":{"keycloak-db":"uid/7"},"pods":"d0"}}"#);
    let read = |status: Value| Record::read(keycloak(json!({}), status).status.as_ref());
    assert_eq!(read(json!({"owned": owned})), record);
    for lost in [
        json!({}),
        json!({"owned": {}}),
        json!({"owned": {"record": "v1:{"}}),
        json!({"owned": {"record": "v2:{}"}}),
    ] {
        assert_eq!(read(lost.clone()), Record::default(), "{lost}");
    }
    assert_eq!(Record::default().owned().record.as_deref(), Some("v1:{}"));
}
