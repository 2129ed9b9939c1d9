//! Client scopes of a realm, by the login that the realm controller has.

use controller_testkit::{KeycloakServer, client, client_scope};
use http::Method;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::{CLIENT_SCOPE, PROTOCOL_MAPPER, REALM_DEFAULT_SCOPE};
use keycloak_plan::{Action, Identity, Loss, StepState};
use keycloak_sync::{Exported, realm};
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    scopes_are_made_verified_changed_and_removed_in_the_promised_calls,
    drift_of_a_scope_is_repaired_and_what_others_added_stays,
    a_scope_that_a_client_uses_waits_for_an_approval,
    an_optional_scope_becomes_a_default_and_goes_with_its_line,
    scopes_that_were_listed_beside_one_that_failed_are_remembered_and_taken_out,
    a_scope_that_keycloak_makes_is_enforced_and_let_go,
    a_mapper_type_that_the_server_lacks_is_refused_before_it_is_sent,
    a_default_scope_that_does_not_exist_is_told_and_the_rest_is_applied,
    an_exported_realm_with_scopes_is_applied_without_a_write,
    what_differs_in_keycloaks_own_scopes_is_exported_and_enforced,
    a_realm_without_scopes_costs_no_call_for_them,
);

fn department(attribute: &str) -> Value {
    json!({"name": "department", "description": "Department", "attributes": {"include.in.token.scope": "true"},
    "protocolMappers": [
        {"name": "department", "protocolMapper": "oidc-usermodel-attribute-mapper",
         "config": {"user.attribute": attribute, "claim.name": "department", "access.token.claim": "true"}},
    ]})
}

fn audience() -> Value {
    json!({"name": "orders", "protocolMappers": [
        {"name": "orders", "protocolMapper": "oidc-audience-mapper",
         "config": {"included.custom.audience": "orders", "access.token.claim": "true"}},
    ]})
}

fn scope(name: &str) -> Identity {
    Identity::new(&CLIENT_SCOPE, name)
}

async fn scopes_are_made_verified_changed_and_removed_in_the_promised_calls(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let whole = json!({"clientScopes": [department("department"), audience()],
        "defaultClientScopes": ["department", "profile"], "optionalClientScopes": ["orders"]});
    let (plan, calls) = room.passes(&whole).await;
    // The realm, two scopes, and each into its list, for which both lists are read; `profile` is there.
    calls.expect("making a realm with two scopes").writes(5).reads(5);
    assert!(plan.findings.unresolved.is_empty(), "{:?}", plan.findings.unresolved);

    let (plan, calls) = room.passes(&whole).await;
    calls.expect("a pass with nothing changed: the realm and its export").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let changed = json!({"clientScopes": [department("team"), audience()],
        "defaultClientScopes": ["department", "profile"], "optionalClientScopes": ["orders"]});
    let (plan, calls) = room.passes(&changed).await;
    calls.expect("changing a value of a mapper").writes(1).reads(2);
    assert_eq!(plan.steps[0].object, Identity::below(scope("department"), &PROTOCOL_MAPPER, "department"));
    let seen = room.console().sees(&client_scope(room.name(), "department")).await.unwrap();
    assert_eq!(seen["protocolMappers"][0]["config"]["user.attribute"], "team");
    assert_eq!(seen["protocolMappers"][0]["config"]["claim.name"], "department");

    let less = json!({"clientScopes": [{"name": "department"}, audience()], "defaultClientScopes": ["profile"],
        "optionalClientScopes": ["orders"]});
    let (plan, calls) = room.passes(&less).await;
    calls.expect("releasing description, attribute, mapper and default").writes(3);
    let actions: Vec<Action> = plan.steps.iter().map(|step| step.action).collect();
    assert_eq!(actions, [Action::Update, Action::Unlink, Action::Delete]);
    let seen = room.console().sees(&client_scope(room.name(), "department")).await.unwrap();
    assert!(["", "-"].contains(&seen["description"].as_str().unwrap_or("-")), "{seen}");
    assert_eq!(seen["attributes"].get("include.in.token.scope").cloned().unwrap_or_default(), Value::Null);
    assert_eq!(seen["protocolMappers"].as_array().map_or(0, Vec::len), 0);
    let defaults = room.gets("default-default-client-scopes").await;
    assert!(defaults.as_array().unwrap().iter().all(|scope| scope["name"] != "department"));
    let (plan, _) = room.passes(&less).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let (plan, calls) = room.passes(&json!({})).await;
    // One of them leaves its list first; who uses them is read in one page of clients.
    calls.expect("removing two scopes nobody uses").writes(3).reads(5);
    assert_eq!(plan.steps.len(), 3, "{:?}", plan.steps);
    assert_eq!(room.console().sees(&client_scope(room.name(), "department")).await, None);
    let defaults = room.gets("default-default-client-scopes").await;
    let profile = defaults.as_array().unwrap().iter().any(|scope| scope["name"] == "profile");
    assert!(profile, "what Keycloak put there itself stays: {defaults}");
    let (_, calls) = room.passes(&json!({})).await;
    calls.expect("a pass after everything left").writes(0).reads(1);
    room.leaves().await;
}

async fn drift_of_a_scope_is_repaired_and_what_others_added_stays(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let whole = json!({"clientScopes": [department("department")]});
    room.passes(&whole).await;
    let thing = client_scope(room.name(), "department");
    room.console().sets(&thing, "/attributes/by.hand", "kept").await;
    room.console().sets(&thing, "description", "By hand").await;
    let seen = room.console().sees(&thing).await.unwrap();
    let scope_path = format!("client-scopes/{}/protocol-mappers/models", seen["id"].as_str().unwrap());
    let theirs = json!({"name": "theirs", "protocol": "openid-connect", "protocolMapper": "oidc-sub-mapper",
        "config": {"access.token.claim": "true"}});
    room.does(http::Method::POST, &scope_path, Some(theirs)).await;
    let mut ours = seen["protocolMappers"][0].clone();
    ours["config"]["user.attribute"] = json!("by-hand");
    ours["config"]["added"] = json!("by-hand");
    let path = format!("{scope_path}/{}", ours["id"].as_str().unwrap());
    room.does(http::Method::PUT, &path, Some(ours)).await;

    let (plan, calls) = room.passes(&whole).await;
    calls.expect("repairing a scope and its mapper").writes(2).reads(2);
    assert_eq!(plan.findings.unmanaged.len(), 1, "{:?}", plan.findings.unmanaged);
    let seen = room.console().sees(&thing).await.unwrap();
    assert_eq!(seen["description"], "Department");
    assert_eq!(seen["attributes"]["by.hand"], "kept");
    let mappers = seen["protocolMappers"].as_array().unwrap();
    assert_eq!(mappers.len(), 2);
    let ours = mappers.iter().find(|mapper| mapper["name"] == "department").unwrap();
    assert_eq!(ours["config"]["user.attribute"], "department");
    assert_eq!(ours["config"]["added"], "by-hand");
    room.leaves().await;
}

async fn a_scope_that_a_client_uses_waits_for_an_approval(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({"clientScopes": [audience()]})).await;
    let portal = client(room.name(), "portal");
    room.console().creates(&portal, json!({"optionalClientScopes": ["orders"]})).await;
    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("a deletion that waits").writes(0);
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
    assert_eq!(step.loses, Loss::Access);
    let (phrase, held) = step.held.clone().unwrap();
    assert_eq!(format!("{phrase} {} {}", held.count, held.what), "used by 1 clients");
    assert!(room.console().sees(&client_scope(room.name(), "orders")).await.is_some());
    room.leaves().await;
}

async fn an_optional_scope_becomes_a_default_and_goes_with_its_line(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let lists = async |room: &Room| {
        let mut in_lists = Vec::new();
        for list in ["default-default-client-scopes", "default-optional-client-scopes"] {
            let scopes = room.gets(list).await;
            in_lists.push(scopes.as_array().unwrap().iter().any(|scope| scope["name"] == "phone"));
        }
        in_lists
    };
    assert_eq!(lists(&room).await, [false, true]);
    let (_, calls) = room.passes(&json!({"defaultClientScopes": ["phone"]})).await;
    calls.expect("out of one list, into the other").writes(2);
    assert_eq!(lists(&room).await, [true, false]);
    let (plan, _) = room.passes(&json!({"defaultClientScopes": ["phone"]})).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    // Both in one plan: it is put among the optional ones, and what was made before is taken away.
    room.passes(&json!({"optionalClientScopes": ["phone"]})).await;
    assert_eq!(
        lists(&room).await,
        [false, true],
        "taking it out of a list it is not in any more takes it out of none"
    );
    let (plan, _) = room.passes(&json!({"optionalClientScopes": ["phone"]})).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    room.passes(&json!({})).await;
    assert_eq!(lists(&room).await, [false, false]);
    room.leaves().await;
}

async fn a_scope_that_keycloak_makes_is_enforced_and_let_go(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let ours = json!({"clientScopes": [{"name": "profile", "description": "Who it is"}]});
    let (plan, _) = room.passes(&ours).await;
    assert_eq!(plan.findings.unresolved.len(), 1, "the realm is to be made first: {:?}", plan.findings);
    let thing = client_scope(room.name(), "profile");
    let made = room.console().sees(&thing).await.unwrap();
    let (_, calls) = room.passes(&ours).await;
    calls.expect("its description").writes(1);
    let mut expected = made.clone();
    expected["description"] = json!("Who it is");
    let mut seen = room.console().sees(&thing).await.unwrap();
    for scope in [&mut expected, &mut seen] {
        let key = |mapper: &Value| mapper["name"].as_str().unwrap_or_default().to_owned();
        scope["protocolMappers"].as_array_mut().unwrap().sort_by_key(key);
    }
    assert_eq!(seen, expected, "nothing but the description");
    let (plan, _) = room.passes(&ours).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.passes(&json!({})).await;
    assert!(room.console().sees(&thing).await.is_some());
    room.leaves().await;
}

async fn a_mapper_type_that_the_server_lacks_is_refused_before_it_is_sent(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let scope =
        json!({"name": "department", "protocolMappers": [{"name": "a", "protocolMapper": "oidc-no-mapper"}]});
    let applied = room.tries(&json!({"clientScopes": [scope, audience()]})).await;
    let [failure] = applied.failed.as_slice() else { panic!("{:?}", applied.failed) };
    let told = failure.to_string();
    let begin = "cannot create client scope department: this Keycloak has no mapper type oidc-no-mapper, which mapper a \
                 asks for; write one of ";
    assert!(told.starts_with(begin) && told.contains("oidc-audience-mapper"), "{told}");
    assert_eq!(room.console().sees(&client_scope(room.name(), "department")).await, None);
    assert!(room.console().sees(&client_scope(room.name(), "orders")).await.is_some(), "the rest is applied");
    room.leaves().await;
}

async fn a_default_scope_that_does_not_exist_is_told_and_the_rest_is_applied(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let whole = json!({"clientScopes": [audience()], "defaultClientScopes": ["orders", "no-such-scope"]});
    let (plan, calls) = room.passes(&whole).await;
    calls.expect("the scope and its link").writes(2);
    let [missing] = plan.findings.unresolved.as_slice() else { panic!("{:?}", plan.findings) };
    assert_eq!(missing.what.link.as_ref().unwrap().target, "no-such-scope");
    let (plan, calls) = room.passes(&whole).await;
    calls.expect("as long as it is missing").writes(0);
    assert!(!plan.is_converged());
    room.leaves().await;
}

async fn an_exported_realm_with_scopes_is_applied_without_a_write(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let whole = json!({"clientScopes": [department("department"), audience(),
        {"name": "saml-department", "protocol": "saml", "protocolMappers": [
            {"name": "department", "protocolMapper": "saml-user-attribute-mapper",
             "config": {"user.attribute": "department", "attribute.name": "department", "attribute.nameformat": "Basic"}}]}],
        "defaultClientScopes": ["department"], "optionalClientScopes": ["orders"]});
    room.passes(&whole).await;
    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    let exported = realm::export(&live, OperatorRef::default()).spec;
    assert_eq!(exported.client_scopes.as_ref().map(Vec::len), Some(3));
    assert!(exported.default_client_scopes.as_ref().unwrap().contains(&"profile".to_owned()));
    let plan = room.plans_anew(&exported).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn what_differs_in_keycloaks_own_scopes_is_exported_and_enforced(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let as_made = exported(&room).await;
    assert_eq!((as_made.spec.client_scopes, as_made.lacks), (None, Vec::new()));

    let seen = room.console().sees(&client_scope(room.name(), "roles")).await.unwrap();
    let mappers = format!("client-scopes/{}/protocol-mappers/models", seen["id"].as_str().unwrap());
    let mapper = |name: &str| {
        let mut there = seen["protocolMappers"].as_array().unwrap().iter();
        let found = there.find(|mapper| mapper["name"] == name).unwrap().clone();
        (format!("{mappers}/{}", found["id"].as_str().unwrap()), found)
    };
    let (audience, made) = mapper("audience resolve");
    let mut changed = made.clone();
    changed["config"] = json!({});
    room.does(http::Method::PUT, &audience, Some(changed)).await;
    room.does(http::Method::DELETE, &mapper("client roles").0, None).await;

    let differs = exported(&room).await;
    let scopes = json!(differs.spec.client_scopes);
    let without = json!({"access.token.claim": "", "introspection.token.claim": ""});
    let audience_resolve = json!({"name": "audience resolve", "protocolMapper": "oidc-audience-resolve-mapper", "config": without});
    assert_eq!(scopes, json!([{"name": "roles", "protocolMappers": [audience_resolve]}]));
    assert_eq!(differs.lacks, ["spec.clientScopes[roles].protocolMappers[client roles]"]);
    let plan = room.plans_anew(&differs.spec).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    // In a realm where they are as Keycloak makes them.
    room.does(http::Method::PUT, &audience, Some(made)).await;
    let (_, calls) = room.passes(&json!({ "clientScopes": scopes })).await;
    calls.expect("taking two keys of one mapper away").writes(1);
    assert_eq!(json!(exported(&room).await.spec.client_scopes), scopes);
    room.leaves().await;
}

async fn exported(room: &Room) -> Exported<KeycloakRealmSpec> {
    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    realm::export(&live, OperatorRef::default())
}

async fn a_realm_without_scopes_costs_no_call_for_them(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({"displayName": "Acme"})).await;
    let (_, calls) = room.passes(&json!({"displayName": "Acme"})).await;
    calls.expect("a pass over settings alone").writes(0).reads(1);
    room.leaves().await;
}

async fn scopes_that_were_listed_beside_one_that_failed_are_remembered_and_taken_out(server: KeycloakServer) {
    const DEFAULTS: &str = "/admin/realms/{realm}/default-default-client-scopes/{id}";
    let mut room = Room::new(server).await;
    let plain = json!({"clientScopes": [{"name": "department"}, {"name": "team"}]});
    room.passes(&plain).await;
    let mut listed = plain.clone();
    listed["defaultClientScopes"] = json!(["department", "team"]);
    let realm = realm::identity(room.name());
    for (method, asked, remembered) in
        [(Method::PUT, &listed, "team"), (Method::DELETE, &plain, "department")]
    {
        let broken = room.breaks(method, DEFAULTS, Some(1));
        let applied = room.tries(asked).await;
        assert_eq!((applied.failed.len(), broken.hits()), (1, 1), "{applied:?}");
        assert_eq!(room.remembers(&realm, &REALM_DEFAULT_SCOPE), [remembered.to_owned()]);
        let (_, calls) = room.passes(asked).await;
        calls.expect("the one that failed").writes(1);
    }
    assert!(room.remembers(&realm, &REALM_DEFAULT_SCOPE).is_empty());
    room.leaves().await;
}
