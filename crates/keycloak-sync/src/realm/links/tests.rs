//! What is told of links that were tried together.

use keycloak_plan::kinds::{COMPOSITE_OF_ROLE, REALM_ROLE};
use keycloak_plan::{DesiredLinks, LiveState, OwnedRecord, Plan, PlanInput, Server, plan};

use super::*;
use crate::tests::subject;

/// A role that is there holds these, or is to hold them.
fn plan_of(held: &[&str], wanted: &[&str]) -> Plan {
    let manager = Identity::new(&REALM_ROLE, "manager");
    let live = LiveState::new().links(manager.clone(), &COMPOSITE_OF_ROLE, held.iter().copied());
    let links = DesiredLinks::new(manager, &COMPOSITE_OF_ROLE, wanted.iter().copied()).exclusive();
    plan(&PlanInput {
        subject: &subject("realm acme"),
        desired: &[],
        links: &[links],
        exclusive: &[],
        live: &live,
        record: &OwnedRecord::default(),
        approvals: &keycloak_plan::Approvals::default(),
        server: &Server::default(),
        key: None,
        catalogue: keycloak_plan::kinds::CATALOGUE,
    })
    .unwrap()
}

fn role(name: &str) -> Identity {
    Identity::new(&REALM_ROLE, name)
}

#[test]
fn each_link_of_a_call_is_told_and_one_of_which_nothing_is_told_is_not_done() {
    let plan = plan_of(&[], &["employee", "guest", "lead", "nobody"]);
    let steps: Vec<&Step> = plan.steps.iter().collect();
    let [employee, guest, lead, nobody] = steps.as_slice() else { panic!("{steps:?}") };
    let (mut linked, mut batch) = (Linked::default(), Batch::default());
    batch.add(employee, Ok(Some(named("1".to_owned(), "employee".to_owned()))), &mut linked);
    batch.add(guest, Ok(None), &mut linked);
    batch.add(lead, without_end(lead, role("lead")).map(|()| None), &mut linked);
    assert_eq!(batch.roles.len(), 1);
    assert_eq!(batch.first().map(|step| step.id), Some(employee.id));
    linked.add(&batch.steps, &Ok(()));
    assert!(linked.take(employee).is_ok() && linked.take(guest).is_ok());
    let failed = [linked.take(lead), linked.take(nobody)].map(|became| became.unwrap_err().to_string());
    insta::assert_snapshot!(failed.join("\n"), @r"
    cannot link role manager to role lead: there is none; make it, or take it out of the list
    cannot link role manager: objects of this kind are not written by this version
    ");
}

#[test]
fn a_link_that_is_to_be_taken_away_went_with_its_end() {
    let plan = plan_of(&["employee"], &[]);
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert_eq!(step.action, Action::Unlink);
    assert!(without_end(step, role("employee")).is_ok());
}
