//! For any desired, owned and live: applying a plan makes the next one empty, and nothing else is touched.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::server::{Keycloak, Object};
use super::{Given, mark, object};
use crate::diff::asked_leaves;
use crate::kind::{Access, Kind, Shape};
use crate::kinds::{CLIENT, CLIENT_SCOPE, COMPOSITE_OF_ROLE, KINDS, REALM, REALM_ROLE};
use crate::leaf::{Leaves, live_leaves};
use crate::record::{Applied, RecordEdit, Remember, Standing};
use crate::{
    Approvals, Desired, DesiredLinks, Exclusive, FieldPath, Identity, LiveState, OwnedRecord, Plan, Server,
    ServerVersion, ShortHash, StepState, WaitingFor, decode, diff,
};

mod areas;
mod groups;
mod life;

const VERSIONS: [ServerVersion; 3] =
    [ServerVersion::new(26, 4, 5), ServerVersion::new(26, 6, 0), ServerVersion::new(26, 7, 3)];

/// Values of every writable field of a kind, as Keycloak's types allow.
fn values(kind: &'static Kind, defaults: &Value) -> BoxedStrategy<Object> {
    let mut fields: Vec<BoxedStrategy<Option<(String, Value)>>> = Vec::new();
    for field in
        kind.fields.iter().filter(|field| matches!(field.access, Access::Writable | Access::Immutable))
    {
        let value = match &field.shape {
            Shape::Scalar(_) => scalar(field.name, defaults.get(field.name)),
            Shape::Set => set(field.name),
            Shape::List => vec(select(vec!["ES256", "RS256", "x"]), 0..3).prop_map(Value::from).boxed(),
            Shape::Json => {
                select(vec![json!({"profiles": []}), json!({"profiles": [{"name": "p"}]})]).boxed()
            }
            Shape::Map(rules) => map(field.name, rules.values == crate::kind::MapValues::TextSet),
            Shape::Children(_) => vec(mapper(), 0..4).prop_map(unique_mappers).boxed(),
        };
        let name = field.name.to_owned();
        fields.push(option::weighted(0.3, value.prop_map(move |value| (name.clone(), value))).boxed());
    }
    fields.prop_map(|fields| fields.into_iter().flatten().collect()).boxed()
}

fn scalar(name: &str, default: Option<&Value>) -> BoxedStrategy<Value> {
    let number = ["eventsExpiration", "notBefore", "maxSecondaryAuthFailures", "nodeReRegistrationTimeout"]
        .contains(&name)
        || name.starts_with("client") && (name.ends_with("Timeout") || name.ends_with("Lifespan"));
    let text = |texts: &'static [&'static str]| select(texts).prop_map(Value::from).boxed();
    match (name, default) {
        ("passwordPolicy", _) => text(&[
            "",
            "length(8)",
            "digits(1) and length(8)",
            "length(8) and digits(1)",
            "notEmail(undefined)",
            "notEmail",
        ]),
        ("sslRequired", _) => text(&["none", "EXTERNAL", "external"]),
        ("protocol" | "clientAuthenticatorType", _) => text(&["openid-connect", "saml"]),
        ("webAuthnPolicyRpEntityName" | "webAuthnPolicyPasswordlessRpEntityName", _) => {
            text(&["keycloak", "acme"])
        }
        ("webAuthnPolicyPasswordlessMediation", _) => text(&["", "conditional"]),
        (_, Some(Value::Bool(_))) => any::<bool>().prop_map(Value::from).boxed(),
        (_, Some(Value::Number(_))) => select(vec![0, 5, 600]).prop_map(Value::from).boxed(),
        _ if number => select(vec![0, 5, 600]).prop_map(Value::from).boxed(),
        (_, Some(Value::String(_))) => text(&["", "a", "not specified"]),
        _ if name.ends_with("Reusable")
            || name.ends_with("Enabled")
            || name.ends_with("Logout")
            || name.ends_with("Allowed") =>
        {
            any::<bool>().prop_map(Value::from).boxed()
        }
        (_, Some(_) | None) => text(&["", "a", "b"]),
    }
}

fn set(name: &str) -> BoxedStrategy<Value> {
    let pool: &[&str] = match name {
        "redirectUris" => &["https://a.example/*", "https://b.example/x", "app:/back"],
        "webOrigins" => &["https://a.example", "+"],
        _ => &["one", "two", "three"],
    };
    vec(select(pool), 0..3).prop_map(Value::from).boxed()
}

fn map(name: &str, sets: bool) -> BoxedStrategy<Value> {
    let keys: &[&str] = match name {
        "smtpServer" => &["host", "password", "replyTo", "port"],
        "browserSecurityHeaders" => &["xFrameOptions", "xRobotsTag", "xXSSProtection"],
        "authenticationFlowBindingOverrides" => &["browser", "direct_grant"],
        _ => {
            &["acme.owner", "post.logout.redirect.uris", "cibaExpiresIn", "pkce.code.challenge.method", "a.b"]
        }
    };
    let value = if sets {
        vec(select(vec!["x", "y"]), 0..3).prop_map(Value::from).boxed()
    } else {
        prop_oneof![
            select(vec!["", "x", "https://a/##https://b/", "https://b/##https://a/"]).prop_map(Value::from),
            select(vec![json!(5), json!(true)]),
        ]
        .boxed()
    };
    btree_map(select(keys), value, 0..4)
        .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
        .boxed()
}

fn mapper() -> BoxedStrategy<Value> {
    let config = btree_map(select(vec!["claim.name", "multi"]), select(vec!["", "x", "y"]), 0..3);
    let protocol = option::of(select(vec!["openid-connect", "saml"]));
    (
        select(vec!["audience", "b@c", "d"]),
        protocol,
        option::of(config),
        select(vec!["oidc-audience-mapper", "other"]),
    )
        .prop_map(|(name, protocol, config, mapper)| {
            let mut value = json!({"name": name, "protocolMapper": mapper});
            if let Some(protocol) = protocol {
                value["protocol"] = Value::from(protocol);
            }
            if let Some(config) = config {
                value["config"] = json!(config);
            }
            value
        })
        .boxed()
}

fn unique_mappers(mappers: Vec<Value>) -> Value {
    let mut seen = BTreeMap::new();
    for mapper in mappers {
        seen.insert(crate::leaf::child_key(crate::kinds::PROTOCOL_MAPPER.naming, &mapper).unwrap(), mapper);
    }
    seen.into_values().collect()
}

fn realm_defaults() -> Value {
    serde_json::from_str(include_str!("realm_defaults.json")).unwrap()
}

fn client_defaults() -> Value {
    json!({"surrogateAuthRequired": false, "enabled": true, "alwaysDisplayInConsole": false, "notBefore": 0,
        "bearerOnly": false, "consentRequired": false, "standardFlowEnabled": true, "implicitFlowEnabled": false,
        "directAccessGrantsEnabled": false, "serviceAccountsEnabled": false, "publicClient": false})
}

/// A client that asks for a secret is a confidential one.
fn confidential(mut client: Object) -> Object {
    if client.contains_key("secret") {
        client.insert("secret".to_owned(), json!("s3cret"));
        client.insert("publicClient".to_owned(), json!(false));
        client.insert("bearerOnly".to_owned(), json!(false));
    }
    client
}

/// One thing a CR may say.
#[derive(Debug, Clone)]
struct Wish {
    realm: Option<Object>,
    roles: BTreeMap<&'static str, Object>,
    composites: BTreeMap<&'static str, BTreeSet<&'static str>>,
    client: Option<Object>,
    scopes: BTreeMap<&'static str, Object>,
    exclusive_mappers: bool,
    exclusive_roles: bool,
}

const ROLES: [&str; 3] = ["employee", "manager", "guest"];

fn wish() -> impl Strategy<Value = Wish> {
    let realm = option::weighted(0.7, values(&REALM, &realm_defaults()));
    let roles = btree_map(select(&ROLES[..]), values(&REALM_ROLE, &json!({})), 0..3);
    let composites =
        btree_map(select(&ROLES[..]), proptest::collection::btree_set(select(&ROLES[..]), 0..3), 0..2);
    let client = option::weighted(0.7, values(&CLIENT, &client_defaults()).prop_map(confidential));
    let scopes = btree_map(select(vec!["department", "team"]), values(&CLIENT_SCOPE, &json!({})), 0..2);
    (realm, roles, composites, client, scopes, any::<bool>(), any::<bool>()).prop_map(
        |(realm, roles, composites, client, scopes, exclusive_mappers, exclusive_roles)| {
            let composites =
                composites.into_iter().filter(|(holder, _)| roles.contains_key(holder)).collect();
            Wish { realm, roles, composites, client, scopes, exclusive_mappers, exclusive_roles }
        },
    )
}

impl Wish {
    fn tell(&self, given: &mut Given) {
        given.desired.clear();
        given.links.clear();
        given.exclusive.clear();
        if let Some(realm) = &self.realm {
            let realm = Desired::new(&REALM, "acme", realm.clone()).marked(mark());
            given.desired.push(realm.with_secret(FieldPath::field("smtpServer").then_key("password")));
        }
        for (name, role) in &self.roles {
            given.desired.push(Desired::new(&REALM_ROLE, name, role.clone()));
        }
        for (holder, targets) in &self.composites {
            let holder = Identity::new(&REALM_ROLE, holder);
            given.links.push(DesiredLinks::new(holder, &COMPOSITE_OF_ROLE, targets.iter().copied()));
        }
        for (name, scope) in &self.scopes {
            let scope = Desired::new(&CLIENT_SCOPE, name, scope.clone());
            let list = FieldPath::field("protocolMappers");
            given.desired.push(if self.exclusive_mappers { scope.exclusive(list) } else { scope });
        }
        if let Some(client) = &self.client {
            let client = Desired::new(&CLIENT, "portal", client.clone()).marked(mark());
            let list = FieldPath::field("protocolMappers");
            given.desired.push(if self.exclusive_mappers { client.exclusive(list) } else { client });
        }
        if self.exclusive_roles {
            given.exclusive.push(Exclusive { kind: &REALM_ROLE, parent: None });
        }
    }
}

/// What people did to the server by hand.
fn by_hand(keycloak: &mut Keycloak, wish: &Wish) {
    if let Some(realm) = &wish.realm {
        let mut realm = realm.clone();
        let newer = ["scimApiEnabled", "maxSecondaryAuthFailures", "ResidentKey", "Mediation"];
        let current = keycloak.version >= VERSIONS[2];
        realm.retain(|field, _| current || !newer.iter().any(|newer| field.ends_with(newer)));
        if keycloak.realm.is_some() {
            keycloak.update_realm(&realm);
        } else {
            realm.insert("realm".to_owned(), json!("acme"));
            keycloak.create_realm(&realm);
        }
    }
    for (name, role) in &wish.roles {
        let mut role = role.clone();
        role.insert("name".to_owned(), json!(name));
        role.retain(|_, value| !value.is_null());
        if keycloak.roles.contains_key(*name) {
            keycloak.update_role(name, &role);
        } else {
            keycloak.create_role(&role);
        }
    }
    if let Some(client) = &wish.client {
        let mut client = client.clone();
        for mapper in client.get_mut("protocolMappers").and_then(Value::as_array_mut).into_iter().flatten() {
            if mapper.get("protocol").is_none() {
                mapper["protocol"] = json!("openid-connect");
            }
        }
        client.insert("clientId".to_owned(), json!("portal"));
        if keycloak.clients.contains_key("portal") {
            keycloak.update_client("portal", &client);
        } else {
            keycloak.create_client(&client);
        }
    }
    keycloak.deleted.clear();
    keycloak.writes = 0;
}

/// Any record, also one that nobody could have written: about things that are there and things that are not.
fn any_record() -> impl Strategy<Value = Vec<(Wish, bool, u64)>> {
    vec((wish(), any::<bool>(), any::<u64>()), 0..2)
}

fn garbled(parts: &[(Wish, bool, u64)]) -> OwnedRecord {
    let mut record = OwnedRecord::default();
    for (wish, created, seed) in parts {
        let mut given = Given::new();
        wish.tell(&mut given);
        for desired in &given.desired {
            let mut remember = |what| record.apply(&RecordEdit { object: desired.identity.clone(), what });
            if *created {
                remember(Remember::Created);
            }
            for (path, leaf) in asked_leaves(desired, &Server::default(), &mut Vec::new()) {
                let hash = if seed % 2 == 0 {
                    crate::digest::plain_hash(leaf.normal.as_ref())
                } else {
                    ShortHash::of("any", &[&seed.to_be_bytes()])
                };
                let standing = match seed % 5 {
                    0 => Standing::Written { over: None },
                    1 => Standing::Written { over: Some(hash) },
                    2 => Standing::Overridden { reads: hash, under: hash },
                    _ => Standing::Confirmed,
                };
                if matches!(leaf.rule, crate::leaf::Rule::Child(_)) {
                    remember(Remember::Child(path));
                } else {
                    remember(Remember::Value(path, Applied { hash, standing }));
                }
            }
        }
    }
    record
}

fn leaves_of(live: &LiveState) -> BTreeMap<Identity, Leaves> {
    let mut all = BTreeMap::new();
    for (identity, object) in live.all_present() {
        let kind = KINDS.iter().find(|kind| kind.name == identity.kind()).unwrap();
        all.insert(identity.clone(), live_leaves(kind, object.value.as_object().unwrap()));
    }
    all
}

/// Paths that a CR owns or owned, per object: what a plan may change.
fn may_change(given: &Given, record: &OwnedRecord) -> BTreeMap<Identity, BTreeSet<FieldPath>> {
    let mut all: BTreeMap<Identity, BTreeSet<FieldPath>> = BTreeMap::new();
    for desired in &given.desired {
        let paths = all.entry(desired.identity.clone()).or_default();
        paths.extend(asked_leaves(desired, &given.server, &mut Vec::new()).into_keys());
        paths.extend(mark().attributes().map(|(key, _)| FieldPath::field("attributes").then_key(key)));
    }
    for (identity, owned) in record.objects() {
        let paths = all.entry(identity.clone()).or_default();
        paths.extend(owned.paths().cloned());
        paths.extend(owned.children().cloned());
    }
    all
}

/// Values that Keycloak ties to another one: they follow it.
fn follows_another(path: &FieldPath) -> bool {
    let text = path.to_string();
    let mirror = REALM.fields.iter().any(|field| text == format!("attributes[{}]", field.name));
    mirror || text == "attributes[realmReusableOtpCode]" || text == "secret"
}

fn assert_nothing_else_changed(
    before: &BTreeMap<Identity, Leaves>,
    after: &BTreeMap<Identity, Leaves>,
    given: &Given,
    record: &OwnedRecord,
) {
    let allowed = may_change(given, record);
    for (identity, old) in before {
        let Some(new) = after.get(identity) else { continue };
        let paths: BTreeSet<&FieldPath> = old.keys().chain(new.keys()).collect();
        for path in paths {
            let value = |leaves: &Leaves| leaves.get(path).and_then(|leaf| leaf.normal.clone());
            let owned = allowed
                .get(identity)
                .is_some_and(|allowed| allowed.iter().any(|allowed| path.is_within(allowed)));
            // Scopes change with the children that the CR declares inside them.
            let inside_scope = identity.kind() == "client scope" && path.top() == "protocolMappers";
            let exclusive = path.top() == "protocolMappers"
                && given
                    .desired
                    .iter()
                    .any(|desired| desired.identity == *identity && !desired.exclusive.is_empty());
            if !owned && !inside_scope && !exclusive && !follows_another(path) {
                assert_eq!(value(old), value(new), "{identity}: {path} is nobody's and changed");
            }
        }
    }
}

/// Everything that a plan deletes without approval was created by us, and is not too much.
fn assert_consent(plan: &Plan, given: &Given) {
    for step in plan.runnable().filter(|step| step.action == crate::Action::Delete) {
        let created = given.record.object(&step.object).is_some_and(crate::ObjectRecord::created_by_us);
        let approved = step.approved.iter().any(|key| given.approvals.covers(key));
        assert!(
            approved || (created && step.loses <= crate::Loss::Configuration),
            "{} was deleted",
            step.object
        );
    }
    for step in plan.runnable() {
        for change in step.changes.iter().filter(|change| change.entry && change.new == crate::Shown::Absent)
        {
            let created =
                given.record.object(&step.object).is_some_and(|owned| owned.created_child(&change.path));
            let approved =
                !step.approved.is_empty() && step.approved.iter().all(|key| given.approvals.covers(key));
            assert!(created || approved, "{} lost {}", step.object, change.path);
        }
    }
}

/// Applies until nothing may run, which must be after one plan (two, where a new realm binds flows).
fn converge(given: &mut Given, keycloak: &mut Keycloak, rounds: usize) {
    for round in 0.. {
        given.live = keycloak.live();
        let plan = given.plan();
        if plan.runnable().next().is_none() {
            return;
        }
        assert!(
            round < rounds,
            "after {round} rounds: {}",
            crate::render::text(&plan, crate::render::Color::Never)
        );
        assert_consent(&plan, given);
        let before = leaves_of(&given.live);
        let done = keycloak.run(&plan);
        assert_nothing_else_changed(&before, &leaves_of(&keycloak.live()), given, &given.record);
        given.record = plan.record_after(&given.record, &done);
    }
}

fn approve_what_waits(given: &mut Given) {
    let plan = given.plan();
    let waits = plan.steps.iter().any(|step| matches!(step.state, StepState::Waiting(WaitingFor::Approval)));
    assert_eq!(waits, plan.approval().is_some());
    if let Some(hash) = plan.approval() {
        given.approvals = given.approvals.accept(hash, &plan).unwrap();
    }
}

/// Each case is a whole life of a realm: fewer than usual, more with `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn applying_a_plan_makes_the_next_one_empty(
        found in wish(), first in wish(), hands in wish(), second in wish(),
        record in any_record(), lost in any::<bool>(), version in select(&VERSIONS[..]),
    ) {
        let mut keycloak = Keycloak::new(version);
        by_hand(&mut keycloak, &found);
        let mut given = Given::new();
        given.server = Server::version(version);

        first.tell(&mut given);
        converge(&mut given, &mut keycloak, 2);
        by_hand(&mut keycloak, &hands);
        if lost {
            given.record = garbled(&record);
            // A record that names what was not read is refused, so everything of it is read.
            for (identity, _) in given.record.clone().objects() {
                prop_assume!(keycloak.live().object(identity).is_some());
            }
        }
        second.tell(&mut given);
        let rounds = if keycloak.realm.is_some() || second.realm.is_none() { 1 } else { 2 };
        converge(&mut given, &mut keycloak, rounds);

        // What waits runs once it is approved, and then there is nothing at all.
        approve_what_waits(&mut given);
        converge(&mut given, &mut keycloak, 1);
        given.live = keycloak.live();
        let last = given.plan();
        prop_assert!(last.is_empty(), "{}", crate::render::text(&last, crate::render::Color::Never));
        given.approvals = given.approvals.settle(&last);
        prop_assert!(given.approvals.entries.iter().all(|entry| entry.state == crate::ApprovalState::Consumed));

        // Nothing differs, so nothing is written, also by a plan without memory.
        let writes = keycloak.writes;
        given.apply(&mut keycloak);
        prop_assert_eq!(keycloak.writes, writes);
    }

    #[test]
    fn a_lost_record_deletes_nothing(found in wish(), first in wish(), second in wish()) {
        let mut keycloak = Keycloak::new(VERSIONS[2]);
        by_hand(&mut keycloak, &found);
        let mut given = Given::new();
        first.tell(&mut given);
        converge(&mut given, &mut keycloak, 2);
        keycloak.deleted.clear();
        given.record = decode("cloakroom-owned:1:damaged").or_empty();
        second.tell(&mut given);
        converge(&mut given, &mut keycloak, 2);
        prop_assert_eq!(&keycloak.deleted, &Vec::<String>::new());
    }

    #[test]
    fn a_value_that_the_server_always_changes_is_written_twice_at_most(
        first in wish(), path in select(vec!["displayName", "loginTheme", "browserSecurityHeaders"]),
    ) {
        let mut keycloak = Keycloak::new(VERSIONS[2]);
        by_hand(&mut keycloak, &Wish { realm: Some(object(json!({}))), ..first.clone() });
        let mut given = Given::new();
        let value = if path == "browserSecurityHeaders" { json!({"xFrameOptions": "ours"}) } else { json!("ours") };
        given.desired = vec![super::realm(json!({path: value}))];
        let mut written = 0;
        for _ in 0..6 {
            given.live = keycloak.live();
            let plan = given.plan();
            written += plan.steps.len();
            let done = keycloak.run(&plan);
            given.record = plan.record_after(&given.record, &done);
            // The server has its own idea.
            let theirs = if path == "browserSecurityHeaders" { json!({"xFrameOptions": "theirs"}) } else { json!("theirs") };
            keycloak.update_realm(&object(json!({path: theirs})));
        }
        prop_assert!(written <= 2, "written {} times", written);
        prop_assert_eq!(given.plan().findings.overridden.len(), 1);
    }

    #[test]
    fn the_changes_of_a_diff_are_the_changes_of_the_plan(found in wish(), second in wish()) {
        let mut keycloak = Keycloak::new(VERSIONS[2]);
        by_hand(&mut keycloak, &found);
        let mut given = Given::new().live(keycloak.live());
        second.tell(&mut given);
        let planned = given.plan();
        for desired in &given.desired {
            let Some(crate::LiveObject::Present(live)) = given.live.object(&desired.identity) else { continue };
            if desired.identity.kind() == "client scope" {
                continue;
            }
            let context = crate::DiffContext { server: &given.server, key: given.key.as_ref(), edited_by_others: false };
            let found = diff(desired, &crate::ObjectRecord::default(), live.value.as_object().unwrap(), context);
            let expected: BTreeSet<_> = found.iter().map(|change| change.path.to_string()).collect();
            let inside = format!("{}>", desired.identity.key());
            let steps = planned.steps.iter().filter(|step| {
                step.object == desired.identity || step.object.key().starts_with(&inside)
            });
            let mut got = BTreeSet::new();
            for step in steps {
                got.extend(step.changes.iter().map(|change| change.path.to_string()));
                if step.action == crate::Action::Delete {
                    got.insert(FieldPath::field("protocolMappers").then_key(step.object.name()).to_string());
                }
            }
            prop_assert_eq!(expected, got);
        }
    }

    #[test]
    fn every_record_survives_its_text(record in any_record(), pending in any::<String>()) {
        let pending = Identity::new(&REALM_ROLE, &pending);
        let record = garbled(&record).with_pending([pending]);
        prop_assert_eq!(decode(&record.encode()), crate::Decoded::Record(record));
    }

    #[test]
    fn no_plan_shows_a_secret(found in wish(), wanted in wish()) {
        let mut keycloak = Keycloak::new(VERSIONS[2]);
        by_hand(&mut keycloak, &found);
        let mut given = Given::new().live(keycloak.live());
        wanted.tell(&mut given);
        for desired in &mut given.desired {
            if desired.identity.kind() == "client" {
                desired.value.insert("secret".to_owned(), json!("canary-7f3c"));
            }
            if desired.identity.kind() == "realm" {
                desired.value.insert("smtpServer".to_owned(), json!({"password": "canary-7f3c"}));
            }
        }
        let plan = given.plan();
        let json = serde_json::to_string(&plan).unwrap();
        let text = crate::render::text(&plan, crate::render::Color::Always);
        let summary = serde_json::to_string(&plan.summary()).unwrap();
        let record = plan.record_after(&given.record, &super::all_steps(&plan)).encode();
        let debug = format!("{plan:?} {:?} {:?}", given.desired, given.live);
        for shown in [json, text, summary, debug, record] {
            prop_assert!(!shown.contains("canary-7f3c"), "{}", shown);
        }
    }

    #[test]
    fn an_old_approval_is_worth_nothing_after_its_status_was_lost(consumed in 1_700_000_000_u64..2_000_000_000) {
        let lost = Approvals::after_loss(consumed);
        prop_assert_eq!(lost.consumed, consumed);
        prop_assert!(lost.entries.is_empty());
    }
}
