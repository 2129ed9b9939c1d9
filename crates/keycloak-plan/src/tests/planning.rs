//! Whole plans: order, links, pending objects, what cannot be planned.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Given, all_steps, client, mark, object, portal, realm, role};
use crate::kinds::{
    CLIENT, CLIENT_ROLE_OF_ROLE, CLIENT_SCOPE, COMPOSITE_OF_ROLE, GROUP, PROTOCOL_MAPPER, REALM, REALM_ROLE,
};
use crate::{
    Action, Desired, DesiredLinks, Exclusive, Identity, Live, LiveState, PlanError, Server, ServerVersion,
};

fn employee() -> Identity {
    Identity::new(&REALM_ROLE, "employee")
}

fn manager() -> Identity {
    Identity::new(&REALM_ROLE, "manager")
}

fn live_role(name: &str) -> Live {
    Live::new(json!({"id": format!("id-of-{name}"), "name": name}))
}

fn steps(given: &Given) -> String {
    let plan = given.plan();
    let line = |step: &crate::Step| {
        let link = step.link.as_ref().map(|link| format!(" {} {}", link.relation.name, link.target));
        format!(
            "{} {:?} {}{} {:?} {:?}",
            step.id.0,
            step.action,
            step.object,
            link.unwrap_or_default(),
            step.state,
            step.depends_on
        )
    };
    plan.steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_reduced_view_is_never_compared() {
    let given = Given::new()
        .desired(realm(json!({"displayName": "Acme"})))
        .live(LiveState::new().present(Identity::new(&REALM, "acme"), Live::new(json!({"realm": "acme"}))));
    insta::assert_snapshot!(given.try_plan().unwrap_err(), @"the view of realm acme has no id: the login in use has no rights on it, so nothing can be compared; grant it rights first");
}

#[test]
fn what_cannot_be_planned_says_what_to_do() {
    let identity = employee();
    let errors = [
        PlanError::NotAnObject(identity.clone()),
        PlanError::NotRead(identity.clone()),
        PlanError::LinksNotRead { holder: identity.clone(), relation: "composite" },
        PlanError::DeclaredTwice(identity),
    ];
    insta::assert_snapshot!(errors.map(|error| error.to_string()).join("\n"), @r"
    what was read of role employee is not a JSON object
    role employee is in the record of what was applied but was not read; read it before planning
    the composite links of role employee were not read; read them before planning
    role employee is declared twice; keep one declaration
    ");
}

#[test]
fn an_object_of_the_record_must_be_read_and_a_new_one_need_not() {
    let given = Given::new().desired(role("employee", json!({})));
    let plan = given.plan();
    assert_eq!(plan.steps[0].action, Action::Create);
    let record = plan.record_after(&given.record, &all_steps(&plan));
    let again = Given::new().desired(role("employee", json!({}))).record(record.clone());
    assert_eq!(again.try_plan(), Err(PlanError::NotRead(employee())));
    let gone = Given::new().record(record);
    assert_eq!(gone.try_plan(), Err(PlanError::NotRead(employee())));
}

#[test]
fn two_declarations_of_one_object_are_refused() {
    let given = Given::new().desired(role("employee", json!({}))).desired(role("employee", json!({})));
    assert_eq!(given.try_plan(), Err(PlanError::DeclaredTwice(employee())));
}

#[test]
fn links_come_after_what_they_link_and_wait_for_it() {
    let mut given = Given::new().desired(role("manager", json!({}))).desired(role("employee", json!({})));
    given.links.push(DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee", "offline_access"]));
    insta::assert_snapshot!(steps(&given), @r"
    0 Create role employee Ready []
    1 Create role manager Ready []
    2 Link role manager composite employee Ready [StepId(0), StepId(1)]
    3 Link role manager composite offline_access Ready [StepId(1)]
    ");
}

#[test]
fn only_links_that_this_cr_made_are_taken_away() {
    let mut given = Given::new().desired(role("manager", json!({})));
    given.links.push(DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee"]));
    given.live = LiveState::new().present(manager(), live_role("manager")).links(
        manager(),
        &COMPOSITE_OF_ROLE,
        ["by hand"],
    );
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));

    given.links = vec![];
    given.live = LiveState::new().present(manager(), live_role("manager")).links(
        manager(),
        &COMPOSITE_OF_ROLE,
        ["by hand", "employee"],
    );
    insta::assert_snapshot!(steps(&given), @"0 Unlink role manager composite employee Waiting(Approval) []");

    given.links = vec![DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee"]).exclusive()];
    insta::assert_snapshot!(steps(&given), @"0 Unlink role manager composite by hand Waiting(Approval) []");

    given.links = vec![DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee"])];
    given.live = LiveState::new().present(manager(), live_role("manager"));
    assert_eq!(given.try_plan(), Err(PlanError::LinksNotRead { holder: manager(), relation: "composite" }));
}

#[test]
fn links_from_a_role_that_nobody_declares_are_remembered_until_they_are_gone() {
    // As the role that holds what new users get: what it is to hold is asked for, the role itself is not.
    let everybody = Identity::new(&REALM_ROLE, "everybody");
    let there = |held: &[&str]| {
        let live = LiveState::new().present(everybody.clone(), live_role("everybody").built_in());
        live.links(everybody.clone(), &COMPOSITE_OF_ROLE, held.iter().copied())
    };
    let mut given = Given::new().live(there(&[]));
    given.links.push(DesiredLinks::new(everybody.clone(), &COMPOSITE_OF_ROLE, ["employee"]));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));

    given.live = there(&["by hand", "employee"]);
    for _ in 0..3 {
        let plan = given.plan();
        assert!(plan.is_converged() && plan.findings.released.is_empty(), "{:?}", plan.findings);
        given.record = plan.record_after(&given.record, &all_steps(&plan));
    }
    given.links.clear();
    for _ in 0..3 {
        assert_eq!(
            steps(&given),
            "0 Unlink role everybody composite employee Waiting(Approval) []",
            "pass after pass, as long as nobody approves"
        );
        given.record = given.plan().record_after(&given.record, &BTreeSet::new());
    }
    let plan = given.plan();
    assert!(plan.record_after(&given.record, &all_steps(&plan)).is_empty(), "with the link the memory goes");
}

#[test]
fn a_role_that_is_let_go_keeps_the_memory_of_links_whose_removal_waits() {
    let there = |held: &[&str]| {
        let live = LiveState::new().present(manager(), live_role("manager"));
        live.links(manager(), &COMPOSITE_OF_ROLE, held.iter().copied())
    };
    let mut given = Given::new().desired(role("manager", json!({"description": "Leads"}))).live(there(&[]));
    given.links.push(DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee"]));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));

    given.desired.clear();
    given.links.clear();
    given.live = there(&["by hand", "employee"]);
    for told in [1, 0] {
        let plan = given.plan();
        assert_eq!(plan.findings.released.len(), told, "{:?}", plan.findings);
        assert_eq!(steps(&given), "0 Unlink role manager composite employee Waiting(Approval) []");
        given.record = plan.record_after(&given.record, &BTreeSet::new());
        let known = given.record.object(&manager()).unwrap();
        assert!(known.paths().next().is_none() && known.made_link("composite", "employee"));
    }
    let plan = given.plan();
    assert!(plan.record_after(&given.record, &all_steps(&plan)).is_empty());
}

#[test]
fn an_object_we_created_is_deleted_with_its_line_and_an_adopted_one_stays() {
    let mut given = Given::new()
        .desired(role("employee", json!({})))
        .desired(role("manager", json!({"description": "x"})));
    given.live = LiveState::new().present(manager(), live_role("manager"));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));

    given.desired.clear();
    given.live = LiveState::new()
        .present(employee(), live_role("employee").held(0, "users"))
        .present(manager(), live_role("manager").held(0, "users"));
    insta::assert_snapshot!(steps(&given), @"0 Delete role employee Ready []");
    let plan = given.plan();
    assert_eq!(plan.findings.released[0].object, manager());
    let record = plan.record_after(&given.record, &all_steps(&plan));
    assert!(record.is_empty());
}

#[test]
fn an_exclusive_list_asks_before_it_deletes_what_others_made_and_never_takes_built_ins() {
    let mut given = Given::new();
    given.exclusive.push(Exclusive { kind: &REALM_ROLE, parent: None });
    given.live = LiveState::new()
        .present(employee(), live_role("employee").held(0, "users"))
        .present(Identity::new(&REALM_ROLE, "offline_access"), live_role("offline_access").built_in());
    insta::assert_snapshot!(steps(&given), @"0 Delete role employee Waiting(Approval) []");
}

#[test]
fn a_group_that_nobody_declares_in_a_complete_list_goes_with_what_is_below_it_in_one_step() {
    let below = |parent: &Identity, name: &str| Identity::below(parent.clone(), &GROUP, name);
    let (ours, theirs) = (Identity::new(&GROUP, "engineering"), Identity::new(&GROUP, "theirs"));
    let group = |name: &str| Live::new(json!({"id": format!("id-of-{name}"), "name": name}));
    let mut given = Given::new().desired(Desired::new(&GROUP, "engineering", serde_json::Map::new()));
    given.live = LiveState::new()
        .present(ours.clone(), group("engineering"))
        .present(below(&ours, "storage"), group("storage"))
        .present(theirs.clone(), group("theirs"))
        .present(below(&theirs, "leaf"), group("leaf"));
    given.exclusive.push(Exclusive { kind: &GROUP, parent: None });
    insta::assert_snapshot!(steps(&given), @"0 Delete group theirs Waiting(Approval) []");
    assert_eq!(given.plan().findings.unmanaged.len(), 1, "the list below the declared group is not complete");
    given.exclusive.push(Exclusive { kind: &GROUP, parent: Some(ours) });
    insta::assert_snapshot!(steps(&given), @r"
    0 Delete group storage of group engineering Waiting(Approval) []
    1 Delete group theirs Waiting(Approval) []
    ");
    assert_eq!(given.plan().findings.unmanaged, vec![]);
}

#[test]
fn what_nobody_declares_is_listed_and_left() {
    let mut given = Given::new();
    given.live = LiveState::new().present(employee(), live_role("employee"));
    let plan = given.plan();
    assert!(plan.is_converged());
    assert_eq!(plan.findings.unmanaged[0].object, employee());
}

#[test]
fn pending_and_present_means_created_by_us() {
    let mut given = Given::new().desired(role("employee", json!({})));
    let plan = given.plan();
    assert_eq!(plan.pending(), [employee()]);
    // The POST arrived, the record after it was never stored.
    given.record = given.record.with_pending(plan.pending());
    given.live = LiveState::new().present(employee(), live_role("employee").held(0, "users"));
    let plan = given.plan();
    assert!(plan.is_empty());
    let record = plan.record_after(&given.record, &all_steps(&plan));
    assert!(record.object(&employee()).unwrap().created_by_us());
    assert_eq!(record.pending().count(), 0);

    // The same, and meanwhile the line left the CR.
    given.desired.clear();
    insta::assert_snapshot!(steps(&given), @"0 Delete role employee Ready []");
}

#[test]
fn a_plain_client_needs_no_pending_entry() {
    let plan = Given::new().desired(client(json!({})).marked(mark())).plan();
    assert!(plan.pending().is_empty());
}

#[test]
fn an_object_that_vanished_is_created_anew() {
    let mut given = Given::new().desired(role("employee", json!({"description": "x"})));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.live = LiveState::new().absent(employee());
    insta::assert_snapshot!(steps(&given), @"0 Create role employee Ready []");
    given.desired.clear();
    let plan = given.plan();
    assert!(plan.record_after(&given.record, &all_steps(&plan)).is_empty());
}

#[test]
fn a_bound_flow_is_written_after_all_creations_and_without_undoing_what_came_before() {
    let live = json!({"id": "r-1", "realm": "acme", "displayName": "old", "browserFlow": "browser",
        "clientSessionIdleTimeout": 0, "attributes": {"clientSessionIdleTimeout": "0"}});
    let mut given = Given::new()
        .desired(realm(
            json!({"displayName": "new", "browserFlow": "acme-browser", "clientSessionIdleTimeout": 600}),
        ))
        .desired(role("employee", json!({})));
    given.live = LiveState::new().present(Identity::new(&REALM, "acme"), Live::new(live));
    insta::assert_snapshot!(steps(&given), @r"
    0 Update realm acme Ready []
    1 Create role employee Ready []
    2 Update realm acme Ready []
    ");
    let plan = given.plan();
    let late = plan.steps[2].body().unwrap().expose();
    assert_eq!(
        (&late["browserFlow"], &late["clientSessionIdleTimeout"]),
        (&json!("acme-browser"), &json!(600))
    );
}

#[test]
fn a_new_realm_is_created_without_the_flows_it_will_bind() {
    let given = Given::new().desired(realm(json!({"browserFlow": "acme-browser"})));
    let plan = given.plan();
    assert!(super::only_body(&plan).get("browserFlow").is_none());
    let record = plan.record_after(&given.record, &all_steps(&plan));
    assert_eq!(record.object(&Identity::new(&REALM, "acme")).unwrap().paths().count(), 0);
}

#[test]
fn children_of_a_kind_are_created_and_deleted_as_objects_of_their_own() {
    let mapper = |name: &str| json!({"name": name, "protocolMapper": "attribute"});
    let scope =
        |mappers| Desired::new(&CLIENT_SCOPE, "department", object(json!({"protocolMappers": mappers})));
    let identity = Identity::new(&CLIENT_SCOPE, "department");
    let live = |mappers| {
        LiveState::new().present(
            identity.clone(),
            Live::new(json!({"id": "s", "name": "department", "protocolMappers": mappers})),
        )
    };
    let mut given = Given::new().desired(scope(json!([mapper("a")]))).live(live(json!([])));
    insta::assert_snapshot!(steps(&given), @"0 Create protocol mapper a of client scope department Ready []");
    let plan = given.plan();
    assert_eq!(plan.pending(), [Identity::below(identity.clone(), &PROTOCOL_MAPPER, "a")]);
    given.record = plan.record_after(&given.record, &all_steps(&plan));

    let there = json!([
        {"id": "m-1", "name": "a", "protocol": "openid-connect", "protocolMapper": "attribute", "config": {}},
        {"id": "m-2", "name": "by hand", "protocol": "openid-connect", "protocolMapper": "attribute", "config": {}}
    ]);
    given.live = live(there);
    given.desired = vec![scope(json!([]))];
    insta::assert_snapshot!(steps(&given), @"0 Delete protocol mapper a of client scope department Ready []");
    given.desired = vec![scope(json!([mapper("a")])).exclusive(crate::FieldPath::field("protocolMappers"))];
    insta::assert_snapshot!(steps(&given), @"0 Delete protocol mapper by hand of client scope department Waiting(Approval) []");
}

#[test]
fn a_kind_that_the_server_does_not_have_is_refused_as_a_whole() {
    static TOO_NEW: crate::Kind = crate::Kind {
        name: "workflow",
        plural: "workflows",
        part: None,
        representation: "WorkflowRepresentation",
        naming: crate::kind::Naming::Named("name"),
        order: 90,
        fields: &[crate::kind::Field::identity("name")],
        write: crate::kind::WriteBody::Whole,
        deletion: crate::kind::Deletion::Loses(crate::Loss::Configuration),
        on_immutable: crate::kind::OnImmutable::Recreate,
        mark: None,
        since: ServerVersion::new(26, 9, 0),
    };
    let mut given = Given::new()
        .desired(Desired::new(&TOO_NEW, "x", object(json!({}))))
        .desired(role("employee", json!({})));
    given.server = Server::version(ServerVersion::new(26, 7, 3));
    let plan = given.plan();
    insta::assert_snapshot!(plan.findings.refused[0].what.refusal, @"workflows: Keycloak 26.7.3 has none of these, they came with 26.9.0; leave them out or upgrade the server");
    assert_eq!(plan.steps.len(), 1);
}

#[test]
fn a_kind_of_a_newer_controller_in_the_record_is_left_alone() {
    let text = Given::new().record.encode();
    let record = crate::decode(&text).or_empty().with_pending(["workflow:x".parse().unwrap()]);
    let given = Given::new().record(record.clone());
    let plan = given.plan();
    assert!(plan.is_converged());
    assert_eq!(plan.record_after(&record, &all_steps(&plan)), record);
}

#[test]
fn renaming_a_client_leaves_the_old_one_and_says_so() {
    let mut given = Given::new().desired(client(json!({"name": "x"})).marked(mark()));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired = vec![Desired::new(&CLIENT, "portal-2", object(json!({})))];
    given.live = LiveState::new().present(portal(), Live::new(json!({"id": "c", "clientId": "portal"})));
    insta::assert_snapshot!(steps(&given), @"0 Create client portal-2 Ready []");
    assert_eq!(given.plan().findings.released[0].object, portal());
}

#[test]
fn a_scope_that_leaves_takes_its_mappers_with_it_and_an_adopted_one_gives_ours_up() {
    let mapper = json!({"name": "a", "protocolMapper": "attribute"});
    let scope =
        || Desired::new(&CLIENT_SCOPE, "department", object(json!({"protocolMappers": [mapper.clone()]})));
    let identity = Identity::new(&CLIENT_SCOPE, "department");
    let there = json!({"id": "s", "name": "department", "protocolMappers": [
        {"id": "m-1", "name": "a", "protocol": "openid-connect", "protocolMapper": "attribute", "config": {}},
        {"id": "m-2", "name": "by hand", "protocol": "openid-connect", "protocolMapper": "attribute", "config": {}}
    ]});
    let live = || LiveState::new().present(identity.clone(), Live::new(there.clone()).held(0, "clients"));

    // Created by us as a whole.
    let mut given = Given::new().desired(scope());
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired.clear();
    given.live = live();
    insta::assert_snapshot!(steps(&given), @"0 Delete client scope department Ready []");
    let plan = given.plan();
    assert!(plan.record_after(&given.record, &all_steps(&plan)).is_empty());
    given.live = LiveState::new().absent(identity.clone());
    let plan = given.plan();
    assert!(plan.is_empty());
    assert!(plan.record_after(&given.record, &all_steps(&plan)).is_empty());

    // Adopted, with a mapper of ours.
    let mut given = Given::new().desired(scope());
    given.live =
        LiveState::new().present(identity.clone(), Live::new(json!({"id": "s", "name": "department"})));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired.clear();
    given.live = live();
    insta::assert_snapshot!(steps(&given), @"0 Delete protocol mapper a of client scope department Ready []");
}

#[test]
fn a_link_to_what_does_not_exist_is_left_out_and_told_and_the_others_are_made() {
    let mut given = Given::new().desired(role("manager", json!({}))).desired(role("lead", json!({})));
    given.links.push(DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee", "lead", "nobody"]));
    given.links.push(DesiredLinks::new(manager(), &CLIENT_ROLE_OF_ROLE, ["orders>viewer", "orders>editor"]));
    given.live = LiveState::new()
        .present(employee(), live_role("employee"))
        .absent(Identity::new(&REALM_ROLE, "nobody"))
        .target(&CLIENT_ROLE_OF_ROLE, "orders>viewer", Some("4711"))
        .target(&CLIENT_ROLE_OF_ROLE, "orders>editor", None);
    let plan = given.plan();
    let made = plan
        .steps
        .iter()
        .filter_map(|step| Some((step.link.as_ref()?.target.as_str(), step.target_id.as_deref())));
    assert_eq!(
        made.collect::<Vec<_>>(),
        [("employee", Some("id-of-employee")), ("lead", None), ("orders>viewer", Some("4711"))]
    );
    let missing = plan.findings.unresolved.iter().filter_map(|finding| finding.what.link.as_ref());
    assert_eq!(missing.map(|link| link.target.as_str()).collect::<Vec<_>>(), ["nobody", "orders>editor"]);
    assert!(!plan.is_converged());
    let shown = crate::render::text(&plan, crate::render::Color::Never);
    assert!(shown.contains("composite nobody") && shown.contains("does not exist yet"), "{shown}");
}

#[test]
fn a_link_that_changes_nothing_is_made_told_and_no_shortcoming() {
    let mut given = Given::new().desired(role("manager", json!({})));
    given.links.push(DesiredLinks::new(manager(), &COMPOSITE_OF_ROLE, ["employee"]));
    let read =
        LiveState::new().present(employee(), live_role("employee")).present(manager(), live_role("manager"));
    let read =
        read.without_effect(&COMPOSITE_OF_ROLE, "employee").without_effect(&COMPOSITE_OF_ROLE, "guest");
    for (held, is_converged) in [(&[][..], false), (&["employee", "guest"][..], true)] {
        given.live = read.clone().links(manager(), &COMPOSITE_OF_ROLE, held.iter().copied());
        let plan = given.plan();
        let told = plan.findings.without_effect.iter().map(|finding| finding.what.link.target.as_str());
        assert_eq!(told.collect::<Vec<_>>(), ["employee"], "nobody asks for the other one");
        assert_eq!((plan.counts().link, plan.is_converged()), (usize::from(!is_converged), is_converged));
        let shown = crate::render::text(&plan, crate::render::Color::Never);
        assert!(
            shown.contains("composite employee") && shown.contains("changes nothing as things are"),
            "{shown}"
        );
        assert_eq!(json!(plan)["findings"]["withoutEffect"][0]["link"]["target"], "employee");
    }
}

#[test]
fn what_keycloak_made_itself_is_not_listed_as_unmanaged() {
    let mut given = Given::new();
    given.live = LiveState::new().present(employee(), live_role("employee").built_in());
    assert!(given.plan().findings.unmanaged.is_empty());
}
