//! What waits for an approval, and what an approval is worth.

use serde_json::{Value, json};

use super::{Given, all_steps, client, object, portal, role, subject};
use crate::consent::approval_hash;
use crate::kind::{Deletion, Field, Kind, Naming, OnImmutable, WriteBody};
use crate::kinds::{CLIENT, REALM, REALM_ROLE};
use crate::{
    Action, ApprovalState, Approvals, ConsentKey, Desired, FieldPath, Identity, Live, LiveObject, LiveState,
    Loss, NotAccepted, OwnedRecord, Plan, Proof, ServerVersion, StepState, Teardown, WaitingFor, teardown,
};

fn contractor() -> Identity {
    Identity::new(&REALM_ROLE, "contractor")
}

/// A role that we created, whose line left the CR.
fn leaving(held: u64) -> Given {
    let mut given = Given::new().desired(role("contractor", json!({})));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired.clear();
    let live = Live::new(json!({"id": "role-1", "name": "contractor"})).held(held, "users");
    given.live = LiveState::new().present(contractor(), live);
    given
}

fn state(plan: &Plan) -> &StepState {
    &plan.steps[0].state
}

#[test]
fn a_role_that_somebody_holds_waits_and_an_unused_one_of_ours_goes() {
    assert_eq!(state(&leaving(3).plan()), &StepState::Waiting(WaitingFor::Approval));
    assert_eq!(state(&leaving(0).plan()), &StepState::Ready);
}

#[test]
fn names_longer_than_status_takes_wait_are_told_apart_and_approved() {
    let names = ["a", "b"].map(|end| format!("{}{end}", "ä".repeat(5000)));
    let mut given = Given::new();
    for name in &names {
        given = given.desired(role(name, json!({})));
    }
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired.clear();
    let mut live = LiveState::new();
    for (id, name) in names.iter().enumerate() {
        let there = Live::new(json!({"id": format!("role-{id}"), "name": name})).held(1, "users");
        live = live.present(Identity::new(&REALM_ROLE, name), there);
    }
    given.live = live;
    let plan = given.plan();
    let told: Vec<String> = plan.summary().steps.into_iter().map(|step| step.identity).collect();
    assert!(told.len() == 2 && told[0] != told[1], "{} steps", told.len());
    let accepted = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    let keys = accepted.entries[0].steps.iter().map(|key| &key.identity);
    assert!(keys.chain(&told).all(|identity| identity.chars().count() <= crate::IDENTITY_LIMIT));
    given.approvals = accepted;
    assert_eq!(given.plan().approval(), None, "both run");
}

#[test]
fn a_role_whose_holders_nobody_counted_waits() {
    let mut given = leaving(0);
    given.live =
        LiveState::new().present(contractor(), Live::new(json!({"id": "role-1", "name": "contractor"})));
    assert_eq!(state(&given.plan()), &StepState::Waiting(WaitingFor::Approval));
}

#[test]
fn an_approved_step_runs_and_is_used_up_when_it_is_gone() {
    let mut given = leaving(3);
    let plan = given.plan();
    let hash = plan.approval().unwrap().to_owned();
    given.approvals = given.approvals.accept(&hash, &plan).unwrap();

    let plan = given.plan();
    assert_eq!(state(&plan), &StepState::Ready);
    assert_eq!(plan.approval(), None);
    // A crash later it still runs.
    given.approvals = given.approvals.settle(&plan);
    assert_eq!(state(&given.plan()), &StepState::Ready);

    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.live = LiveState::new();
    given.approvals = given.approvals.settle(&given.plan());
    assert_eq!((given.approvals.consumed, given.approvals.entries[0].state), (1, ApprovalState::Consumed));

    // The same role again, and the old annotation still there.
    let mut again = leaving(3);
    again.approvals = given.approvals;
    insta::assert_snapshot!(again.approvals.accept(&hash, &again.plan()).unwrap_err().to_string().replace(&hash, "<hash>"), @"the approval <hash> was accepted before, and none is valid twice");
    assert_ne!(again.plan().approval(), Some(hash.as_str()));
}

/// Versions before made hashes of 16 digits. What counts is which steps an accepted approval names, so those go on; one that
/// was not accepted yet is to be given again.
#[test]
fn an_approval_that_runs_under_a_shorter_hash_of_before_goes_on_and_one_that_waits_is_to_be_given_again() {
    let mut given = leaving(3);
    let plan = given.plan();
    let short = plan.approval().unwrap()[..16].to_owned();
    let refused = given.approvals.accept(&short, &plan).unwrap_err();
    let expected = plan.approval().unwrap().to_owned();
    assert_eq!(refused, NotAccepted::OtherSteps { hash: short.clone(), expected });

    let steps = plan.waiting_keys().into_iter().collect();
    given.approvals.entries =
        vec![crate::Approval { hash: short.clone(), state: ApprovalState::Executing, steps }];
    let plan = given.plan();
    assert_eq!((state(&plan), plan.approval()), (&StepState::Ready, None));
    // Its annotation is still there.
    let again = given.approvals.accept(&short, &plan).unwrap_err();
    assert_eq!(again, NotAccepted::Already { hash: short });
    given.live = LiveState::new();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.approvals = given.approvals.settle(&given.plan());
    assert_eq!((given.approvals.consumed, given.approvals.entries[0].state), (1, ApprovalState::Consumed));
}

#[test]
fn an_approval_for_other_steps_is_refused_with_the_right_one() {
    let given = leaving(3);
    let plan = given.plan();
    let right = plan.approval().unwrap();
    let refused = given.approvals.accept("0123456789abcdef", &plan).unwrap_err().to_string();
    insta::assert_snapshot!(refused.replace(right, "<right>"), @"the approval 0123456789abcdef is for other steps than those that wait now; look at the plan and approve <right>");
    let nothing = Given::new().plan();
    insta::assert_snapshot!(given.approvals.accept("0123456789abcdef", &nothing).unwrap_err(), @"the approval 0123456789abcdef approves nothing: no step waits; remove the annotation keycloak.mdvr.nl/approve");
}

#[test]
fn a_step_that_went_away_meanwhile_needs_a_new_approval_when_it_comes_back() {
    let mut given = leaving(3);
    let plan = given.plan();
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    // The line comes back before anything ran.
    let mut back = leaving(3);
    back.desired.push(role("contractor", json!({})));
    given.approvals = given.approvals.settle(&back.plan());
    assert_eq!(state(&given.plan()), &StepState::Waiting(WaitingFor::Approval));
}

#[test]
fn the_hash_covers_exactly_what_the_rule_says() {
    let key = |kind: &str, identity: &str, id: &str, loses| ConsentKey {
        kind: kind.to_owned(),
        identity: identity.to_owned(),
        id: id.to_owned(),
        loses,
    };
    let base = [key("role", "a", "1", Loss::Access), key("role", "b", "2", Loss::Access)];
    let hash = |uid: &str, realm: &str, consumed, keys: &[ConsentKey]| {
        approval_hash(uid, realm, consumed, &keys.iter().cloned().collect())
    };
    let right = hash("u", "r", 0, &base);
    let mut turned = base.clone();
    turned.reverse();
    assert_eq!(right, hash("u", "r", 0, &turned), "order does not count");
    for other in [
        hash("v", "r", 0, &base),
        hash("u", "s", 0, &base),
        hash("u", "r", 1, &base),
        hash("u", "r", 0, &base[..1]),
        hash("u", "r", 0, &[base[0].clone(), key("role", "b", "3", Loss::Access)]),
        hash("u", "r", 0, &[base[0].clone(), key("role", "c", "2", Loss::Access)]),
        hash("u", "r", 0, &[base[0].clone(), key("group", "b", "2", Loss::Access)]),
        hash("u", "r", 0, &[base[0].clone(), key("role", "b", "2", Loss::UserData)]),
        hash("ur", "", 0, &base),
    ] {
        assert_ne!(right, other);
    }
    assert_eq!(right.len(), 40);
}

#[test]
fn counts_and_harmless_steps_do_not_change_the_approval() {
    let given = leaving(3);
    let mut more = leaving(500);
    more.desired.push(role("employee", json!({})));
    assert_eq!(given.plan().approval(), more.plan().approval());
    let mut other = leaving(3);
    other.subject.uid = "another".to_owned();
    assert_ne!(given.plan().approval(), other.plan().approval());
}

fn many(count: usize, total: usize) -> Given {
    let mut given = Given::new();
    for number in 0..count {
        given.desired.push(role(&format!("role-{number:02}"), json!({})));
    }
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired.clear();
    for number in 0..count {
        let name = format!("role-{number:02}");
        let live = Live::new(json!({"id": name, "name": name})).held(0, "users");
        given.live = given.live.present(Identity::new(&REALM_ROLE, &name), live);
    }
    given.live = given.live.total(&REALM_ROLE, total);
    given
}

#[test]
fn more_than_ten_and_a_fifth_of_a_kind_always_wait() {
    assert_eq!(state(&many(10, 10).plan()), &StepState::Ready);
    assert_eq!(state(&many(11, 55).plan()), &StepState::Ready, "exactly a fifth");
    let mut given = many(11, 54);
    let plan = given.plan();
    assert_eq!(plan.counts().waiting, 11);
    assert_eq!(state(&plan), &StepState::Waiting(WaitingFor::ApprovalOfMany));
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    assert_eq!(given.plan().counts().delete, 11);
}

#[test]
fn too_many_mappers_of_a_client_wait_too() {
    let mapper =
        |number| json!({"name": format!("m{number}"), "protocol": "openid-connect", "protocolMapper": "x"});
    let mappers: Vec<Value> = (0..11).map(mapper).collect();
    let mut given = Given::new().desired(client(json!({"protocolMappers": mappers})));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired = vec![client(json!({"name": "new"}))];
    given.live = LiveState::new()
        .present(portal(), Live::new(json!({"id": "c", "clientId": "portal", "protocolMappers": mappers})));
    let plan = given.plan();
    assert_eq!(plan.counts().waiting, 11);
    // The rest of the client goes on, and keeps them.
    let update = plan.runnable().next().unwrap();
    assert!(update.body().unwrap().expose().get("protocolMappers").is_none());
}

#[test]
fn a_mapper_of_others_in_an_exclusive_list_waits_and_the_rest_of_the_list_is_written() {
    let live = json!({"id": "c", "clientId": "portal", "protocolMappers": [
        {"id": "m-1", "name": "by hand", "protocol": "openid-connect", "protocolMapper": "x", "config": {}}
    ]});
    let mut given = Given::new()
        .desired(
            client(json!({"protocolMappers": [{"name": "ours", "protocolMapper": "y"}]}))
                .exclusive(FieldPath::field("protocolMappers")),
        )
        .live(LiveState::new().present(portal(), Live::new(live)));
    let plan = given.plan();
    let names = |plan: &Plan| {
        let update = plan.runnable().find(|step| step.action == Action::Update).unwrap();
        let list = update.body().unwrap().expose()["protocolMappers"].clone();
        list.as_array()
            .unwrap()
            .iter()
            .map(|mapper| mapper["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&plan), ["by hand", "ours"]);
    let waiting =
        plan.steps.iter().find(|step| step.state == StepState::Waiting(WaitingFor::Approval)).unwrap();
    assert_eq!(waiting.object.to_string(), "protocol mapper by hand of client portal");
    assert_eq!((waiting.server_id.as_deref(), waiting.body()), (Some("m-1"), None));
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    assert_eq!(names(&given.plan()), ["ours"]);
}

#[test]
fn unbinding_a_flow_waits_and_the_rest_of_the_client_goes_on() {
    let live =
        json!({"id": "c", "clientId": "portal", "authenticationFlowBindingOverrides": {"browser": "flow-1"}});
    let mut given = Given::new()
        .desired(client(json!({"name": "x", "authenticationFlowBindingOverrides": {"browser": ""}})))
        .live(LiveState::new().present(portal(), Live::new(live)));
    let plan = given.plan();
    assert_eq!((plan.counts().change, plan.counts().waiting), (1, 1));
    let waiting = &plan.steps[1];
    assert_eq!(
        waiting.path,
        Some(FieldPath::field("authenticationFlowBindingOverrides").then_key("browser"))
    );
    assert_eq!(waiting.loses, Loss::Access);
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    let body = super::only_body(&given.plan());
    assert_eq!(body["authenticationFlowBindingOverrides"], json!({"browser": ""}));
}

/// The client as the server shows it, with this flow in the place of the realm's.
fn with_flow(flow: Option<&str>) -> LiveState {
    let flows = flow.map_or_else(|| json!({}), |flow| json!({"browser": flow}));
    let live = json!({"id": "c", "clientId": "portal", "authenticationFlowBindingOverrides": flows});
    LiveState::new().present(portal(), Live::new(live))
}

/// Does everything that may run. What is approved afterwards is stored by the same process, or found by the next one, after a crash.
fn carry_out(given: &mut Given, live: LiveState, crashed: bool) {
    let plan = given.plan();
    let done = plan.runnable().map(|step| step.id).collect();
    given.record = plan.record_after(&given.record, &done);
    given.live = live;
    given.approvals =
        if crashed { given.approvals.settle(&given.plan()) } else { given.approvals.after(&plan, &done) };
}

#[test]
fn a_flow_that_is_unbound_again_needs_an_approval_again_and_none_is_valid_twice() {
    let binds = |flow: &str| vec![client(json!({"authenticationFlowBindingOverrides": {"browser": flow}}))];
    let mut given = Given::new();
    let mut used: Vec<String> = Vec::new();
    for (turn, crashed) in [(1, false), (2, true), (3, false)] {
        given.desired = binds("flow-1");
        given.live = with_flow(None);
        let plan = given.plan();
        assert_eq!((plan.counts().change, plan.approval()), (1, None), "binding loses nothing");
        carry_out(&mut given, with_flow(Some("flow-1")), crashed);

        given.desired = binds("");
        let waiting = given.plan();
        let hash = waiting.approval().unwrap().to_owned();
        assert!(!used.contains(&hash), "turn {turn}: {hash} was used before");
        for hash in &used {
            let refused = NotAccepted::Already { hash: hash.clone() };
            assert_eq!(given.approvals.accept(hash, &waiting), Err(refused), "turn {turn}");
        }
        given.approvals = given.approvals.accept(&hash, &waiting).unwrap();
        assert_eq!(given.plan().counts().change, 1);
        carry_out(&mut given, with_flow(None), crashed);
        assert_eq!(given.approvals.consumed, turn);
        // Somebody binds it at the console: that is undone by an approval of its own, too.
        given.live = with_flow(Some("flow-1"));
        assert_eq!(state(&given.plan()), &StepState::Waiting(WaitingFor::Approval), "turn {turn}");
        used.push(hash);
    }
}

#[test]
fn what_waits_beside_an_approved_step_keeps_its_hash_when_that_step_is_done() {
    let names = ["contractor", "guest"];
    let there = |names: &[&str]| {
        names.iter().fold(LiveState::new(), |live, name| {
            let role = Live::new(json!({"id": format!("id-of-{name}"), "name": name})).held(3, "users");
            live.present(Identity::new(&REALM_ROLE, name), role)
        })
    };
    let mut given = Given::new();
    given.desired = names.iter().map(|name| role(name, json!({}))).collect();
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.live = there(&names);
    given.desired = vec![role("guest", json!({}))];
    let plan = given.plan();
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();

    // The other line leaves before anything ran.
    given.desired.clear();
    let plan = given.plan();
    let states: Vec<&StepState> = plan.steps.iter().map(|step| &step.state).collect();
    assert_eq!(states, [&StepState::Ready, &StepState::Waiting(WaitingFor::Approval)]);
    let hash = plan.approval().unwrap().to_owned();
    given.approvals = given.approvals.settle(&plan);
    assert_eq!(given.approvals.consumed, 0, "it is not done yet");
    carry_out(&mut given, there(&["guest"]), false);
    assert_eq!(given.approvals.consumed, 1);
    let plan = given.plan();
    assert_eq!(plan.approval(), Some(hash.as_str()));
    given.approvals = given.approvals.accept(&hash, &plan).unwrap();
    carry_out(&mut given, LiveState::new(), false);
    assert_eq!(given.approvals.consumed, 2);
}

#[test]
fn what_was_not_done_stays_approved() {
    let mut given = many(12, 12);
    let plan = given.plan();
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    let plan = given.plan();
    let first = plan.steps.iter().take(5).map(|step| step.id).collect();
    let rest = given.approvals.after(&plan, &first);
    assert_eq!((rest.entries[0].state, rest.entries[0].steps.len()), (ApprovalState::Executing, 7));
    let all = rest.after(&plan, &all_steps(&plan));
    assert_eq!((all.entries[0].state, all.consumed), (ApprovalState::Consumed, 1));
}

/// A kind with an immutable field, deleted and made anew when that must change.
static COMPONENT: Kind = Kind {
    name: "component",
    plural: "components",
    part: None,
    representation: "ComponentRepresentation",
    naming: Naming::Named("name"),
    order: 50,
    fields: &[
        Field::read_only("id"),
        Field::identity("name"),
        Field::scalar("providerId").immutable(),
        Field::label("note"),
    ],
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::UserData),
    on_immutable: OnImmutable::Recreate,
    mark: None,
    since: ServerVersion::ANY,
};

#[test]
fn what_depends_on_a_waiting_step_waits_and_the_rest_goes_on() {
    let identity = Identity::new(&COMPONENT, "ldap");
    let live = json!({"id": "x-1", "name": "ldap", "providerId": "ldap", "note": "old"});
    let mut given = Given::new()
        .desired(Desired::new(&COMPONENT, "ldap", object(json!({"providerId": "kerberos", "note": "new"}))))
        .live(LiveState::new().present(identity.clone(), Live::new(live)));
    let plan = given.plan();
    let states: Vec<_> = plan.steps.iter().map(|step| (step.action, step.state.clone())).collect();
    let delete = plan.steps.iter().find(|step| step.action == Action::Delete).unwrap().id;
    assert_eq!(
        states,
        [
            (Action::Update, StepState::Ready),
            (Action::Delete, StepState::Waiting(WaitingFor::Approval)),
            (Action::Create, StepState::After(delete)),
        ]
    );
    given.approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
    let plan = given.plan();
    let states: Vec<_> = plan.runnable().map(|step| step.action).collect();
    assert_eq!(states, [Action::Delete, Action::Create]);
}

#[test]
fn an_immutable_field_of_another_kind_is_refused_by_path() {
    static FIXED: Kind = Kind { on_immutable: OnImmutable::Refuse, ..COPY };
    const COPY: Kind = Kind {
        name: "fixed",
        plural: "fixed",
        part: None,
        representation: "",
        naming: Naming::Named("name"),
        order: 50,
        fields: &[Field::identity("name"), Field::scalar("providerId").immutable()],
        write: WriteBody::Whole,
        deletion: Deletion::Loses(Loss::Nothing),
        on_immutable: OnImmutable::Refuse,
        mark: None,
        since: ServerVersion::ANY,
    };
    let given = Given::new().desired(Desired::new(&FIXED, "x", object(json!({"providerId": "b"})))).live(
        LiveState::new()
            .present(Identity::new(&FIXED, "x"), Live::new(json!({"name": "x", "providerId": "a"}))),
    );
    let plan = given.plan();
    assert!(plan.is_empty());
    insta::assert_snapshot!(plan.findings.refused[0].what.refusal, @r#"providerId: this cannot change once the object exists; write "a" again, or delete the object first"#);
}

fn torn_down(kind: &'static Kind, name: &str, live: Live, proof: Option<Proof>, guarded: bool) -> Plan {
    let (record, approvals, subject) = (OwnedRecord::default(), Approvals::default(), subject());
    let identity = Identity::new(kind, name);
    let live = LiveObject::Present(live);
    teardown(&Teardown {
        subject: &subject,
        kind,
        identity: &identity,
        live: &live,
        proof,
        guarded,
        record: &record,
        approvals: &approvals,
    })
    .unwrap()
}

#[test]
fn deleting_a_client_is_its_own_consent_and_needs_proof() {
    let live = || Live::new(json!({"id": "c", "clientId": "portal"}));
    let plan = torn_down(&CLIENT, "portal", live(), Some(Proof::Mark), true);
    assert_eq!((state(&plan), plan.steps[0].loses), (&StepState::Ready, Loss::Login));
    let plan = torn_down(&CLIENT, "portal", live(), None, true);
    assert!(plan.is_empty());
    assert_eq!(plan.findings.unproven[0].object, portal());
}

#[test]
fn deleting_a_realm_with_users_waits_unless_its_policy_is_the_consent() {
    let live = || Live::new(json!({"id": "r", "realm": "acme"})).held(3100, "users");
    let plan = torn_down(&REALM, "acme", live(), Some(Proof::LoginSecret), true);
    assert_eq!(
        (state(&plan), plan.steps[0].loses),
        (&StepState::Waiting(WaitingFor::Approval), Loss::UserData)
    );
    assert!(plan.approval().is_some());
    let plan = torn_down(&REALM, "acme", live(), Some(Proof::LoginSecret), false);
    assert_eq!(state(&plan), &StepState::Ready);
}

#[test]
fn tearing_down_what_is_gone_needs_no_step() {
    let (record, approvals, subject, identity) =
        (OwnedRecord::default(), Approvals::default(), subject(), portal());
    let plan = teardown(&Teardown {
        subject: &subject,
        kind: &CLIENT,
        identity: &identity,
        live: &LiveObject::Absent,
        proof: None,
        guarded: true,
        record: &record,
        approvals: &approvals,
    })
    .unwrap();
    assert!(plan.is_converged());
}

#[test]
fn used_up_approvals_are_kept_for_a_while_and_all_are_counted() {
    let mut approvals = Approvals::default();
    for _ in 0..14 {
        let mut given = leaving(3);
        given.approvals = approvals;
        let plan = given.plan();
        approvals = given.approvals.accept(plan.approval().unwrap(), &plan).unwrap();
        approvals = approvals.settle(&Given::new().plan());
    }
    assert_eq!((approvals.consumed, approvals.entries.len()), (14, 10));
}
