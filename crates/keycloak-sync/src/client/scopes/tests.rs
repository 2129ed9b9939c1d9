use keycloak_plan::{Approvals, OwnedRecord, Plan, Server};
use serde_json::{Value, json};

use super::*;
use crate::client::{Beside, desired, missing, wanted};
use crate::planning::Planning;
use crate::tests::subject;

fn spec(fields: &Value) -> KeycloakClientSpec {
    let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
    spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(spec).unwrap()
}

fn scope(name: &str, protocol: &str) -> ClientScopeRepresentation {
    serde_json::from_value(json!({"id": format!("id of {name}"), "name": name, "protocol": protocol}))
        .unwrap()
}

/// New clients get `basic` and `profile`, and may ask for `phone`; those for SAML get `role_list`.
fn of_the_realm() -> Scopes {
    let oidc = |names: &[&str]| names.iter().map(|name| scope(name, "openid-connect")).collect::<Vec<_>>();
    let saml = || vec![scope("role_list", "saml")];
    let all = [oidc(&["basic", "email", "orders", "phone", "profile"]), saml()].concat();
    Scopes::of(&all, &[oidc(&["basic", "profile"]), saml()].concat(), &oidc(&["phone"]))
}

fn planned(fields: &Value, observed: Option<&Observed>, record: &OwnedRecord) -> Plan {
    let spec = spec(fields);
    let (approvals, server) = (Approvals::default(), Server::default());
    let subject = subject("client portal of realm acme");
    let planning = Planning { subject: &subject, record, approvals: &approvals, server: &server, key: None };
    let desired = desired(&spec, None, None).unwrap();
    let scopes = of_the_realm();
    let beside = Beside { scopes: Some(&scopes), roles: None };
    planning.plan_client(&desired, &wanted(&spec), observed, beside).unwrap()
}

fn live(defaults: &[&str], optional: &[&str]) -> Observed {
    let live = json!({"id": "id-1", "clientId": "portal", "protocol": "openid-connect",
        "defaultClientScopes": defaults, "optionalClientScopes": optional});
    Observed::Present(Box::new(serde_json::from_value(live).unwrap()))
}

/// Both lists of the POST.
fn created(plan: &Plan) -> [Value; 2] {
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    let body = step.body().unwrap().expose();
    [&body["defaultClientScopes"], &body["optionalClientScopes"]].map(Value::clone)
}

/// What the record says after all of a plan.
fn remembered(plan: &Plan) -> OwnedRecord {
    plan.record_after(&OwnedRecord::default(), &plan.steps.iter().map(|step| step.id).collect())
}

fn links(plan: &Plan) -> Vec<String> {
    let told = |step: &keycloak_plan::Step| {
        let link = step.link.as_ref().unwrap();
        format!("{} {} {}", step.action.as_str(), link.relation.name, link.target)
    };
    plan.steps.iter().map(told).collect()
}

#[test]
fn a_client_that_names_no_scope_is_created_with_those_of_its_realm_by_keycloak() {
    let plan = planned(&json!({}), None, &OwnedRecord::default());
    assert_eq!(created(&plan), [Value::Null, Value::Null]);
    assert!(!wanted(&spec(&json!({}))).needs_scopes(None));
}

#[test]
fn a_client_is_created_with_what_it_names_beside_what_new_clients_get() {
    let fields = json!({"defaultClientScopes": ["orders", "phone"]});
    let plan = planned(&fields, None, &OwnedRecord::default());
    assert_eq!(created(&plan), [json!(["basic", "profile", "orders", "phone"]), json!([])]);
    let fields = json!({"optionalClientScopes": ["profile", "email"]});
    let plan = planned(&fields, None, &OwnedRecord::default());
    assert_eq!(created(&plan), [json!(["basic"]), json!(["phone", "email", "profile"])]);
}

#[test]
fn a_complete_list_is_all_that_a_client_is_created_with() {
    let fields = json!({"defaultClientScopes": ["orders"], "exclusive": ["defaultClientScopes", "optionalClientScopes"]});
    let plan = planned(&fields, None, &OwnedRecord::default());
    assert_eq!(created(&plan), [json!(["orders"]), json!([])]);
}

#[test]
fn a_scope_that_does_not_exist_is_waited_for_and_then_only_linked() {
    let fields = json!({"defaultClientScopes": ["later", "orders"]});
    let plan = planned(&fields, None, &OwnedRecord::default());
    assert_eq!(created(&plan)[0], json!(["basic", "profile", "orders"]));
    let [waiting] = plan.findings.unresolved.as_slice() else { panic!("{:?}", plan.findings) };
    insta::assert_snapshot!(missing(waiting), @"the client is to have the client scope later, which its realm does not have: declare it in spec.clientScopes of the KeycloakRealm, or make it in the admin console");

    let record = remembered(&plan);
    let there = live(&["basic", "orders", "profile"], &[]);
    let plan = planned(&fields, Some(&there), &record);
    assert!(plan.is_empty() && !plan.is_converged(), "{plan:?}");
    let fields = json!({"defaultClientScopes": ["email", "orders"]});
    let plan = planned(&fields, Some(&there), &record);
    assert_eq!(links(&plan), ["link default client scope email"]);
    assert_eq!(plan.steps[0].target_id.as_deref(), Some("id of email"));
}

#[test]
fn what_leaves_the_list_goes_if_it_was_put_there_by_us_and_the_rest_stays() {
    let record =
        remembered(&planned(&json!({"defaultClientScopes": ["orders"]}), None, &OwnedRecord::default()));
    let there = live(&["basic", "email", "orders"], &["phone"]);
    let plan = planned(&json!({}), Some(&there), &record);
    assert_eq!(links(&plan), ["unlink default client scope orders"]);
    assert_eq!(plan.approval(), None);
    let gone = live(&["basic"], &[]);
    let plan = planned(&json!({"defaultClientScopes": ["orders"]}), Some(&gone), &record);
    assert_eq!(links(&plan), ["link default client scope orders"], "drift");
    assert_eq!(crate::drift::drifted(&plan, &record).len(), 1);
}

#[test]
fn a_complete_list_takes_what_others_put_there_only_after_an_approval() {
    let fields = json!({"defaultClientScopes": ["orders"], "exclusive": ["defaultClientScopes"]});
    let plan = planned(&fields, Some(&live(&["email", "orders"], &["phone"])), &OwnedRecord::default());
    assert_eq!(links(&plan), ["unlink default client scope email"]);
    assert!(plan.approval().is_some());
}

#[test]
fn a_scope_of_another_protocol_is_refused_by_name_and_the_rest_is_done() {
    let fields = json!({"defaultClientScopes": ["orders", "role_list"]});
    let plan = planned(&fields, None, &OwnedRecord::default());
    assert_eq!(created(&plan)[0], json!(["basic", "profile", "orders"]));
    let [refused] = plan.findings.refused.as_slice() else { panic!("{:?}", plan.findings) };
    insta::assert_snapshot!(refused.what.refusal, @"defaultClientScopes[role_list]: this client scope is for saml, and Keycloak does not give it to a client for openid-connect; take it out");
}

#[test]
fn a_scope_in_both_lists_is_refused() {
    let fields = json!({"defaultClientScopes": ["email"], "optionalClientScopes": ["email"]});
    let refused = desired(&spec(&fields), None, None).unwrap_err().to_string();
    insta::assert_snapshot!(refused, @"spec.optionalClientScopes: email stands in spec.defaultClientScopes too, and Keycloak keeps a scope in one of the two lists; take it out of one");
}

#[test]
fn the_scopes_of_the_realm_are_looked_at_only_where_one_is_lacking() {
    let wanted = wanted(&spec(&json!({"defaultClientScopes": ["email"]})));
    assert!(wanted.needs_scopes(None));
    assert!(wanted.needs_scopes(Some(&Observed::Absent)));
    assert!(wanted.needs_scopes(Some(&live(&["basic"], &["email"]))));
    assert!(!wanted.needs_scopes(Some(&live(&["email"], &[]))));
}
