//! What an admin event says: who did what to which part of a realm.

use std::collections::BTreeSet;

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_admin::types::AdminEventRepresentation;
use keycloak_crds::drift::DriftActor;
use keycloak_plan::{
    Identity, OwnedRecord, Plan,
    kinds::{
        CATALOGUE, CLIENT, CLIENT_SCOPE, GROUP, PROFILE_ATTRIBUTE, PROFILE_GROUP, PROTOCOL_MAPPER, REALM,
        REALM_ROLE, REQUIRED_ACTION, SCOPE_MAPPING, USER_PROFILE,
    },
};
use keycloak_sync::drift::Drifted;

/// What Keycloak writes down about a part of a realm: the type of resource, and how its path begins.
struct Trail {
    /// Kind of Keycloak object, or of what a link leads to.
    kind: &'static str,
    resource: &'static str,
    path: &'static str,
    /// Only what is deleted counts.
    only_deleted: bool,
}

const fn trail(kind: &'static str, resource: &'static str, path: &'static str) -> Trail {
    Trail { kind, resource, path, only_deleted: false }
}

const fn deletion(kind: &'static str, resource: &'static str) -> Trail {
    Trail { only_deleted: true, ..trail(kind, resource, "clients/") }
}

/// Every trail that a change of what a realm's object can declare leaves. The names of resources are those of all supported
/// servers: one that a server does not know is an error to it.
const TRAILS: &[Trail] = &[
    trail(REALM.name, "REALM", ""),
    trail(REALM.name, "CLIENT_SCOPE", "default-default-client-scopes/"),
    trail(REALM.name, "CLIENT_SCOPE", "default-optional-client-scopes/"),
    trail(REALM.name, "GROUP", "default-groups/"),
    trail(REALM_ROLE.name, "REALM_ROLE", "roles"),
    trail(GROUP.name, "GROUP", "groups"),
    trail(GROUP.name, "REALM_ROLE_MAPPING", "groups/"),
    trail(GROUP.name, "CLIENT_ROLE_MAPPING", "groups/"),
    trail(CLIENT_SCOPE.name, "CLIENT_SCOPE", "client-scopes"),
    trail(CLIENT_SCOPE.name, "PROTOCOL_MAPPER", "client-scopes/"),
    trail(PROTOCOL_MAPPER.name, "PROTOCOL_MAPPER", "client-scopes/"),
    trail(REQUIRED_ACTION.name, "REQUIRED_ACTION", "authentication/"),
    trail(USER_PROFILE.name, "USER_PROFILE", "users/profile"),
    trail(PROFILE_ATTRIBUTE.name, "USER_PROFILE", "users/profile"),
    trail(PROFILE_GROUP.name, "USER_PROFILE", "users/profile"),
    trail(SCOPE_MAPPING.target, "REALM_SCOPE_MAPPING", ""),
    trail(SCOPE_MAPPING.target, "CLIENT_SCOPE_MAPPING", ""),
    deletion("client role", "CLIENT_ROLE"),
    deletion("client role", "CLIENT"),
    trail("group path", "GROUP", "groups"),
];

/// Kinds of which something is declared, or was applied: what others do to the rest of the realm does not concern us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(BTreeSet<&'static str>);

impl Kinds {
    /// What is remembered; the settings of the realm always are.
    pub(crate) fn of_record(record: &OwnedRecord) -> Self {
        let mut kinds = Self(BTreeSet::from([REALM.name]));
        for (identity, known) in record.objects() {
            kinds.add(identity.kind());
            for name in known.relations() {
                kinds.add(CATALOGUE.relation(name, identity.kind()).map_or("", |relation| relation.target));
            }
        }
        kinds
    }

    /// Beside that what a plan is about.
    pub(crate) fn and_of(mut self, plan: &Plan) -> Self {
        for step in &plan.steps {
            self.add(step.object.kind());
            self.add(step.link.as_ref().map_or("", |link| link.relation.target));
        }
        for missing in &plan.findings.unresolved {
            self.add(missing.object.kind());
            self.add(missing.what.link.as_ref().map_or("", |link| link.relation.target));
        }
        self
    }

    pub(super) fn extend(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    fn add(&mut self, kind: &str) {
        self.0.extend(TRAILS.iter().map(|trail| trail.kind).find(|known| *known == kind));
    }

    /// The types of resources to ask for.
    pub(crate) fn resources(&self) -> Vec<String> {
        let trails = TRAILS.iter().filter(|trail| self.0.contains(trail.kind));
        let resources: BTreeSet<&str> = trails.map(|trail| trail.resource).collect();
        resources.into_iter().map(str::to_owned).collect()
    }
}

/// Something that was done in a realm.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edit {
    resource: String,
    /// Below the realm: `roles/employee`. Empty for the realm itself.
    path: String,
    operation: String,
    /// Server's clock, in milliseconds.
    at: i64,
    pub(crate) actor: DriftActor,
}

impl Edit {
    /// What an event tells; nothing for one without a time.
    pub(crate) fn of(event: &AdminEventRepresentation) -> Option<Self> {
        let at = event.time?;
        let who = event.auth_details.clone().unwrap_or_default();
        let short = |text: Option<String>| text.filter(|text| !text.is_empty() && text.len() <= 255);
        Some(Self {
            resource: event.resource_type.clone().unwrap_or_default(),
            path: event.resource_path.clone().unwrap_or_default(),
            operation: event.operation_type.clone().unwrap_or_default(),
            at,
            actor: DriftActor {
                user_id: short(who.user_id),
                client_id: short(who.client_id),
                realm_id: short(who.realm_id),
                ip_address: short(who.ip_address),
                // As status keeps it.
                at: Timestamp::from_second(at / 1_000).ok().map(Time),
            },
        })
    }

    /// Whether it is about the same thing, as far as events tell.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        (&self.resource, &self.path) == (&other.resource, &other.path)
    }

    fn follows(&self, trail: &Trail) -> bool {
        self.resource == trail.resource
            && self.path.starts_with(trail.path)
            && (!trail.only_deleted || self.operation == "DELETE")
    }

    /// Whether it may have changed something of these kinds.
    pub(super) fn is_about(&self, kinds: &Kinds) -> bool {
        TRAILS.iter().any(|trail| kinds.0.contains(trail.kind) && self.follows(trail))
    }

    /// Whether it may have changed this object. Roles are told apart by their names, where the event has one; of other objects
    /// it has an id.
    pub(crate) fn may_concern(&self, object: &Identity) -> bool {
        let top = top_of(object);
        TRAILS.iter().any(|trail| trail.kind == top.kind() && self.follows(trail))
            && self.named_role().is_none_or(|path| is_below(path, top.name()))
    }

    /// Whether it made this finding, as far as can be told.
    pub(crate) fn explains(&self, drifted: &Drifted, id: Option<&str>) -> bool {
        if let Some(mapping) = drifted.link.as_ref().filter(|link| *link.relation == SCOPE_MAPPING) {
            // The realm declares it; what somebody does to it is done to a client or a client scope.
            return self.took_away(&mapping.target);
        }
        let by_id = ["groups/", "roles-by-id/", "client-scopes/"];
        let told = by_id.into_iter().find_map(|list| self.path.strip_prefix(list));
        let told = told.and_then(|rest| rest.split('/').next());
        let is_another = told.zip(id).is_some_and(|(told, id)| told != id);
        // What stands below another object has an id of its own.
        self.may_concern(&drifted.object) && (drifted.object.parent().is_some() || !is_another)
    }

    /// Whether it took such a scope mapping away: one of the same sort, since events have the ids of clients and client scopes, and
    /// the role not at all.
    fn took_away(&self, mapping: &str) -> bool {
        let Ok(chain) = mapping.parse::<Identity>() else { return false };
        let is_of_a_client = chain.parent().is_some_and(|above| above.parent().is_some());
        let resource = if is_of_a_client { "CLIENT_SCOPE_MAPPING" } else { "REALM_SCOPE_MAPPING" };
        let holder = if top_of(&chain).kind() == CLIENT.name { "clients/" } else { "client-scopes/" };
        self.operation == "DELETE" && self.resource == resource && self.path.starts_with(holder)
    }

    /// What follows `roles/`, where it is about a role of the realm.
    fn named_role(&self) -> Option<&str> {
        self.path.strip_prefix("roles/").filter(|_| self.resource == "REALM_ROLE")
    }
}

fn is_below(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The object that calls name: a mapper goes with its scope, a subgroup has calls of its own but is a group like any other.
fn top_of(object: &Identity) -> &Identity {
    std::iter::successors(Some(object), |object| object.parent()).last().unwrap_or(object)
}

#[cfg(test)]
pub(super) mod tests {
    use keycloak_plan::{
        Link,
        kinds::{KINDS, MESSAGE_TEXTS, RELATIONS, SECRET_ROTATION},
    };
    use serde_json::{Value, json};

    use super::*;

    pub(in crate::admin_events) fn event(
        resource: &str,
        path: &Value,
        operation: &str,
    ) -> AdminEventRepresentation {
        serde_json::from_value(json!({
            "time": 1_760_000_000_123_i64, "resourceType": resource, "resourcePath": path, "operationType": operation,
            "authDetails": {"realmId": "m", "clientId": "console", "userId": "4711", "ipAddress": "10.0.0.7"},
            "representation": "{\"password\":\"hidden\"}",
        }))
        .unwrap()
    }

    fn edit(resource: &str, path: &str) -> Edit {
        Edit::of(&event(resource, &json!(path), "UPDATE")).unwrap()
    }

    fn kinds(names: &[&str]) -> Kinds {
        let mut kinds = Kinds::of_record(&OwnedRecord::default());
        for name in names {
            kinds.add(name);
        }
        kinds
    }

    #[test]
    fn every_kind_and_every_link_of_a_realm_leaves_a_trail() {
        let known = |kind: &str| TRAILS.iter().any(|trail| trail.kind == kind);
        // Keycloak 26.4 writes no event about message texts, and none about client policies: they are compared at the resync.
        let without = [&CLIENT, &MESSAGE_TEXTS, &SECRET_ROTATION];
        for kind in KINDS.iter().filter(|kind| !without.contains(kind)) {
            assert!(known(kind.name), "add the admin events of {} to TRAILS", kind.plural);
        }
        for relation in RELATIONS.iter().filter(|relation| relation.holder != CLIENT.name) {
            assert!(known(relation.target), "add the admin events of {} to TRAILS", relation.target);
        }
    }

    #[test]
    fn only_what_is_declared_or_was_applied_is_asked_for_and_counts() {
        let settings = kinds(&[]);
        assert_eq!(settings.resources(), ["CLIENT_SCOPE", "GROUP", "REALM"]);
        assert!(edit("REALM", "").is_about(&settings));
        assert!(edit("REALM", "events/config").is_about(&settings));
        assert!(edit("GROUP", "default-groups/g-1").is_about(&settings));
        for (resource, path) in [
            ("USER", "users/u-1"),
            ("REALM_ROLE", "roles/employee"),
            ("GROUP", "groups/g-1"),
            ("CLIENT_SCOPE", "client-scopes/s-1"),
            ("CLIENT", "clients/c-1"),
        ] {
            assert!(!edit(resource, path).is_about(&settings), "{resource} {path}");
        }
        let all = kinds(&["role", "group", "client scope", "protocol mapper", "client role"]);
        for (resource, path) in [
            ("REALM_ROLE", "roles/employee"),
            ("REALM_ROLE", "roles/employee/composites"),
            ("REALM_ROLE", "roles-by-id/r-1"),
            ("GROUP", "groups/g-1/children"),
            ("REALM_ROLE_MAPPING", "groups/g-1/role-mappings/realm"),
            ("PROTOCOL_MAPPER", "client-scopes/s-1/protocol-mappers/models/m-1"),
        ] {
            assert!(edit(resource, path).is_about(&all), "{resource} {path}");
        }
        for (resource, path) in [
            ("REALM_ROLE_MAPPING", "users/u-1/role-mappings/realm"),
            ("GROUP_MEMBERSHIP", "users/u-1/groups/g-1"),
            ("PROTOCOL_MAPPER", "clients/c-1/protocol-mappers/models/m-1"),
            ("CLIENT_ROLE", "clients/c-1/roles/viewer"),
        ] {
            assert!(!edit(resource, path).is_about(&all), "{resource} {path}");
        }
        let gone = Edit::of(&event("CLIENT_ROLE", &json!("clients/c-1/roles/viewer"), "DELETE")).unwrap();
        assert!(gone.is_about(&all));
    }

    #[test]
    fn a_finding_is_explained_by_what_was_done_to_its_object_and_by_nothing_else() {
        let drifted = |object: Identity| Drifted {
            object,
            step: keycloak_plan::StepId(0),
            link: None,
            finding: keycloak_crds::drift::DriftFinding::default(),
        };
        let (realm, role) = (Identity::new(&REALM, "acme"), Identity::new(&REALM_ROLE, "employee"));
        let group = Identity::new(&GROUP, "staff");
        let scope = Identity::new(&CLIENT_SCOPE, "department");
        let mapper = Identity::below(scope.clone(), &PROTOCOL_MAPPER, "audience");
        let explains =
            |edit: Edit, object: &Identity, id: Option<&str>| edit.explains(&drifted(object.clone()), id);
        assert!(explains(edit("REALM", ""), &realm, Some("r")));
        assert!(!explains(edit("REALM", ""), &role, None));
        assert!(explains(edit("REALM_ROLE", "roles/employee"), &role, None));
        assert!(explains(edit("REALM_ROLE", "roles/employee/composites"), &role, None));
        assert!(!explains(edit("REALM_ROLE", "roles/employees"), &role, None));
        assert!(explains(edit("REALM_ROLE", "roles-by-id/e-1"), &role, Some("e-1")));
        assert!(!explains(edit("REALM_ROLE", "roles-by-id/e-2"), &role, Some("e-1")));
        assert!(explains(edit("GROUP", "groups/g-1"), &group, None), "it is gone, and so is its id");
        assert!(!explains(edit("GROUP", "groups/g-2"), &group, Some("g-1")));
        assert!(explains(
            edit("PROTOCOL_MAPPER", "client-scopes/s-1/protocol-mappers/models/m-1"),
            &mapper,
            Some("m-1")
        ));
    }

    #[test]
    fn a_scope_mapping_that_is_gone_is_explained_by_what_took_one_of_its_sort_away() {
        let gone = |target: &str| Drifted {
            object: Identity::new(&REALM, "acme"),
            step: keycloak_plan::StepId(0),
            link: Some(Link { relation: &SCOPE_MAPPING, target: target.to_owned() }),
            finding: keycloak_crds::drift::DriftFinding::default(),
        };
        let explains = |resource: &str, path: &str, operation: &str, target: &str| {
            Edit::of(&event(resource, &json!(path), operation)).unwrap().explains(&gone(target), None)
        };
        let of_scope = "client-scopes/s-1/scope-mappings/realm";
        let department = "client scope:department>role:employee";
        assert!(explains("REALM_SCOPE_MAPPING", of_scope, "DELETE", department));
        assert!(!explains("REALM_SCOPE_MAPPING", of_scope, "CREATE", department), "it made one");
        assert!(!explains("REALM", "", "UPDATE", department), "the settings of the realm");
        assert!(!explains("REALM_SCOPE_MAPPING", of_scope, "DELETE", "client:portal>role:employee"));
        let of_client = "clients/c-1/scope-mappings/clients/c-2";
        assert!(explains(
            "CLIENT_SCOPE_MAPPING",
            of_client,
            "DELETE",
            "client:portal>client:orders>role:viewer"
        ));
        assert!(!explains("CLIENT_SCOPE_MAPPING", of_client, "DELETE", "client:portal>role:employee"));
    }

    #[test]
    fn of_an_event_who_where_and_when_are_kept_and_never_what_was_written() {
        let told = Edit::of(&event("REALM", &Value::Null, "UPDATE")).unwrap();
        assert!(!format!("{told:?}").contains("hidden"));
        insta::assert_debug_snapshot!(serde_json::to_value(&told.actor).unwrap(), @r#"
        Object {
            "at": String("2025-10-09T08:53:20Z"),
            "clientId": String("console"),
            "ipAddress": String("10.0.0.7"),
            "realmId": String("m"),
            "userId": String("4711"),
        }
        "#);
        assert_eq!(Edit::of(&AdminEventRepresentation::default()), None);
    }
}
