//! What is planned for a realm and what is in it, from a spec and what was read.

mod moved_groups;

use insta::assert_snapshot;
use keycloak_plan::kinds::PROTOCOL_MAPPER;
use keycloak_plan::{Action, Approvals};
use serde_json::json;

use super::*;
use crate::realm::Secrets;
use crate::tests::{nowhere, subject};
use crate::{Planning, Verb, execute};

fn spec(fields: &Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
    spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(spec).unwrap()
}

/// A realm in Keycloak, and what a spec is planned with beside it.
struct Case {
    settings: RealmRepresentation,
    /// As an export shows it.
    whole: RealmRepresentation,
    record: OwnedRecord,
    server: Server,
    /// Roles of clients that are there.
    of_clients: &'static [&'static str],
}

impl Case {
    fn new(settings: &Value, whole: Value) -> Self {
        let mut all = json!({"id": "acme-id", "realm": "acme", "enabled": true});
        all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        Self {
            settings: serde_json::from_value(all).unwrap(),
            whole: serde_json::from_value(whole).unwrap(),
            record: OwnedRecord::default(),
            server: Server::default(),
            of_clients: &[],
        }
    }

    /// What is read for this, without one call to a server.
    async fn live(&self, wanted: &Wanted) -> Result<LiveState, SyncError> {
        let (api, needed) = (nowhere(), Needed { wanted, record: &self.record });
        let look =
            Look { api: &api, realm: "acme", settings: &self.settings, whole: Some(&self.whole), needed };
        let live = roles::observe(&look, LiveState::new()).await?;
        let live = groups::observe(&look, live).await?;
        let live = client_scopes::observe(&look, live).await?;
        let roles = self.of_clients.iter().copied();
        let live = roles.fold(live, |live, role| live.target(&CLIENT_ROLE_OF_ROLE, role, Some(role)));
        Ok(needed.absent(live))
    }

    async fn plan(&self, fields: &Value) -> Plan {
        let spec = spec(fields);
        let desired = crate::realm::desired(&spec, &Secrets::default(), None).unwrap();
        let wanted = wanted(&spec);
        let live = self.live(&wanted).await.unwrap();
        let observed = Observed::Present(Box::new(self.settings.clone()));
        Planning {
            subject: &subject("realm acme"),
            record: &self.record,
            approvals: &Approvals::default(),
            server: &self.server,
            key: None,
        }
        .plan_realm(&desired, &wanted, &observed, &live)
        .unwrap()
    }
}

/// What the plan does, and what it refuses.
fn told(plan: &Plan) -> String {
    let steps = plan.steps.iter().map(|step| {
        let id = step.server_id.as_deref().unwrap_or_default();
        let link = step.link.as_ref().map(|link| format!(" {} {}", link.relation.name, link.target));
        format!("{} {} ({id}){}", step.action.as_str(), step.object, link.unwrap_or_default())
    });
    let refused = plan.findings.refused.iter();
    let refused = refused.map(|found| format!("refused: {}: {}", found.object, found.what.refusal));
    steps.chain(refused).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn roles_that_manage_the_realm_are_refused_where_no_login_of_ours_may_give_them() {
    let mut fields = json!({
        "roles": {"realmRoles": [{"name": "manager", "compositeClientRoles": {
            "realm-management": ["realm-admin", "view-users"], "orders": ["viewer"],
        }}]},
        "groups": [{"name": "staff", "clientRoles": {"realm-management": ["realm-admin", "manage-users"]}}],
    });
    let whole = json!({
        "roles": {"realm": [{"id": "1", "name": "manager"}]},
        // What somebody with more rights gave stays, and is nothing to refuse.
        "groups": [{"id": "2", "name": "staff", "clientRoles": {"realm-management": ["manage-users"]}}],
    });
    let mut case = Case::new(&json!({}), whole);
    case.of_clients = &["realm-management>realm-admin", "realm-management>view-users", "orders>viewer"];
    let mut lines = vec![told(&case.plan(&fields).await)];
    case.server = Server::version("26.4.5".parse().unwrap());
    lines.push(told(&case.plan(&fields).await));
    case.server = Server::version("26.4.8".parse().unwrap());
    assert_eq!(told(&case.plan(&fields).await), lines[0]);
    case.settings.admin_permissions_enabled = Some(true);
    lines.push(told(&case.plan(&fields).await));
    // Turned off by the same plan, before the links are made.
    fields["extra"] = json!({"adminPermissionsEnabled": false});
    lines.push(told(&case.plan(&fields).await));
    assert_snapshot!(lines.join("\n\n"));
}

#[tokio::test]
async fn a_role_with_the_usual_name_of_a_default_role_that_has_another_one_is_nobodys() {
    let whole = json!({
        "roles": {"realm": [
            {"id": "7", "name": "everybody", "composites": {"realm": ["guest"]}},
            {"id": "8", "name": "default-roles-acme", "description": "Plain"},
            {"id": "9", "name": "guest", "composites": {"realm": ["default-roles-acme"]}},
        ]},
        "groups": [{"id": "2", "name": "staff", "realmRoles": ["everybody", "default-roles-acme"]}],
    });
    let case = Case::new(&json!({"defaultRole": {"id": "7", "name": "everybody"}}), whole);
    let fields = json!({
        "defaultRole": {"name": "default-roles-acme", "description": "What all get"}, "defaultRoles": ["guest"],
        "roles": {"realmRoles": [{"name": "guest"}, {"name": "everybody", "compositeRoles": ["guest"]}]},
        "groups": [{"name": "staff", "realmRoles": ["default-roles-acme"]}],
    });
    let plan = case.plan(&fields).await;
    assert_snapshot!(told(&plan), @r"
    update role default-roles-acme (7)
    refused: role everybody: name: in this realm the role that holds what new users get has this name; declare it as spec.defaultRole, by the name default-roles-acme
    ");
    assert!(plan.findings.unresolved.is_empty(), "{:?}", plan.findings);

    let mut live = case.settings.clone();
    live.roles = case.whole.roles.clone();
    live.groups = case.whole.groups.clone();
    let exported = crate::realm::export(&live, keycloak_crds::reference::OperatorRef::default()).spec;
    let exported = json!(exported);
    assert_eq!(exported["roles"], json!({"realmRoles": [{"name": "guest"}]}));
    assert_eq!(exported["defaultRoles"], json!(["guest"]));
    assert_eq!(exported["groups"], json!([{"name": "staff", "realmRoles": ["default-roles-acme"]}]));
    let plan = case.plan(&exported).await;
    assert!(plan.is_converged(), "{}", told(&plan));
}

#[tokio::test]
async fn groups_whose_names_hold_slashes_are_told_apart() {
    let whole = |defaults: &[&str]| {
        json!({
            "groups": [
                {"id": "1", "name": "a/b"}, {"id": "4", "name": "c/d"},
                {"id": "2", "name": "a", "subGroups": [{"id": "3", "name": "b"}]},
            ],
            "defaultGroups": defaults,
        })
    };
    let fields = json!({
        "groups": [{"name": "a/b"}, {"name": "c/d"}, {"name": "a", "subGroups": [{"name": "b"}]}],
        "defaultGroups": ["/a/b", "/c~/d", "/e/f"],
    });
    let plan = Case::new(&json!({}), whole(&["/c/d"])).plan(&fields).await;
    assert_eq!(told(&plan), "link realm acme (acme-id) default group /a/b");
    assert_eq!(plan.steps[0].target_id.as_deref(), Some("3"));
    let [unresolved] = plan.findings.unresolved.as_slice() else { panic!("{:?}", plan.findings) };
    assert_snapshot!(missing(unresolved), @"new users are to join the group /e/f, which this realm does not have: declare it in spec.groups (a slash in the name of a group is written ~/)");

    // This may be either group: the server is asked which.
    let case = Case::new(&json!({}), whole(&["/a/b"]));
    let asked = case.live(&wanted(&spec(&fields))).await;
    assert!(matches!(asked, Err(SyncError::Call { verb: Verb::Read, .. })), "{asked:?}");
}

#[tokio::test]
async fn a_mapper_whose_deletion_failed_is_deleted_later_although_nothing_else_names_scopes() {
    let mapper = json!({"name": "audience", "protocolMapper": "oidc-audience-mapper"});
    let declared = json!({"clientScopes": [
        {"name": "department", "description": "Department", "protocolMappers": [mapper]}]});
    let scope = |mappers: Value| {
        json!({"clientScopes": [
            {"id": "1", "name": "department", "description": "Department", "protocolMappers": mappers}]})
    };
    // The scope was there before, the mapper in it is made by us.
    let mut case = Case::new(&json!({}), scope(json!([])));
    let plan = case.plan(&declared).await;
    assert_eq!(told(&plan), "create protocol mapper audience of client scope department ()");
    case.record = plan.record_after(&case.record, &plan.steps.iter().map(|step| step.id).collect());

    let live = json!([{"id": "2", "name": "audience", "protocol": "openid-connect",
        "protocolMapper": "oidc-audience-mapper", "config": {}}]);
    let mut case = Case { whole: serde_json::from_value(scope(live)).unwrap(), ..case };
    let nothing = json!({});
    for _ in 0..2 {
        let plan = case.plan(&nothing).await;
        assert_eq!(told(&plan), "delete protocol mapper audience of client scope department (2)");
        let (api, fence) = (nowhere(), || true);
        let target = Target { api: &api, realm: "acme", fence: &fence };
        let applied = execute(&plan, &case.record, &target).await;
        assert_eq!((applied.failed.len(), applied.done.len()), (1, 0), "{applied:?}");
        case.record = applied.record;
        let known: Vec<&str> = case.record.objects().map(|(identity, _)| identity.kind()).collect();
        assert_eq!(known, [PROTOCOL_MAPPER.name], "the scope is let go, the mapper is not");
    }
    // The record alone makes the next pass look into the realm.
    let (api, wanted) = (nowhere(), wanted(&spec(&nothing)));
    let observed = Observed::Present(Box::new(case.settings.clone()));
    let looked = observe_parts(&api, "acme", &observed, &wanted, &case.record).await;
    assert!(matches!(looked, Err(SyncError::Call { verb: Verb::Read, .. })), "{looked:?}");
    assert_eq!(case.plan(&nothing).await.steps[0].action, Action::Delete);
}
