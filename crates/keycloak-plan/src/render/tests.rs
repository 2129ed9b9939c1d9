use serde_json::json;

use super::*;
use crate::kinds::{COMPOSITE_OF_ROLE, REALM, REALM_ROLE};
use crate::tests::{Given, all_steps, client, explain_drift, mark, portal, realm, role};
use crate::{Approvals, DesiredLinks, FieldPath, Identity, Live, LiveObject, LiveState, OwnedRecord, Proof};

fn roles(live: LiveState, names: &[(&str, u64)]) -> LiveState {
    names.iter().fold(live, |live, (name, held)| {
        let role = Live::new(json!({"id": format!("id-{name}"), "name": name})).held(*held, "users");
        live.present(Identity::new(&REALM_ROLE, name), role)
    })
}

/// A realm with drift, a change, a new role and one that users hold; and with who made the drift.
fn typical() -> Plan {
    let mut plan = changed();
    explain_drift(
        &mut plan,
        &Identity::new(&REALM, "acme"),
        "changed by user \"admin\" in the console, 4 minutes ago",
    );
    plan
}

fn changed() -> Plan {
    let settings = |lifespan| realm(json!({"accessTokenLifespan": lifespan, "bruteForceProtected": true}));
    let live = |lifespan, protected| {
        let value = json!({"id": "r-1", "realm": "acme", "accessTokenLifespan": lifespan, "bruteForceProtected": protected});
        LiveState::new().present(Identity::new(&REALM, "acme"), Live::new(value))
    };
    let mut given = Given::new()
        .desired(settings(300))
        .desired(role("contractor", json!({})))
        .desired(role("employee", json!({})));
    given.live = live(300, false);
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired =
        vec![settings(600), role("employee", json!({})), role("manager", json!({"description": "Leads"}))];
    given.live = roles(live(300, false), &[("contractor", 3), ("employee", 60)]);
    given.plan()
}

/// A realm whose display name and lifespan of tokens left the object.
fn released() -> Plan {
    let both = json!({"id": "r-1", "realm": "acme", "displayName": "Acme", "accessTokenLifespan": 600});
    let mut given = Given::new().desired(realm(json!({"displayName": "Acme", "accessTokenLifespan": 600})));
    given.live = LiveState::new().present(Identity::new(&REALM, "acme"), Live::new(both));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired = vec![realm(json!({}))];
    given.plan()
}

/// A realm with users whose object is deleted.
fn deleted() -> Plan {
    let (subject, identity) = (crate::tests::subject(), Identity::new(&REALM, "acme"));
    let live = Live::new(json!({"id": "r-1", "realm": "acme"})).held(3, "users and 2 organizations");
    let teardown = crate::Teardown {
        subject: &subject,
        kind: &REALM,
        identity: &identity,
        live: &LiveObject::Present(live),
        proof: Some(Proof::LoginSecret),
        guarded: true,
        record: &OwnedRecord::default(),
        approvals: &Approvals::default(),
    };
    crate::teardown(&teardown).unwrap()
}

/// All but the last line, with which a program will approve that does not exist yet.
#[test]
fn the_pictures_of_the_guide_are_plans_as_they_are_printed() {
    let page = include_str!("../../../../docs/guide/ownership-and-consent.md");
    for plan in [changed(), released(), deleted()] {
        let printed = text(&plan, Color::Never);
        let lines: Vec<&str> = printed.lines().filter(|line| !line.starts_with("Approve with:")).collect();
        let picture = lines.join("\n");
        assert!(
            page.contains(&format!("```text\n{picture}\n```")),
            "the page has no such picture:\n{picture}"
        );
    }
}

fn fixed_hash(plan: &Plan, text: &str) -> String {
    text.replace(plan.approval().unwrap_or("-none-"), "7f3c2a91")
}

#[test]
fn a_plan_in_the_terminal() {
    let plan = typical();
    insta::assert_snapshot!(fixed_hash(&plan, &text(&plan, Color::Never)), @r#"
    realm acme on keycloak-system/keycloak

      ~ settings
          accessTokenLifespan        300 -> 600
          bruteForceProtected        false -> true        drift: changed by user "admin" in the console, 4 minutes ago
      + role manager
      - role contractor                                   held by 3 users     needs approval
      . 1 role unchanged

    2 to change, 1 to create, 1 waits for approval.
    Approve with:  kubectl cloakroom approve realm/acme -n acme 7f3c2a91
    "#);
}

#[test]
fn the_same_in_colour() {
    let plan = typical();
    let colored = fixed_hash(&plan, &text(&plan, Color::Always));
    insta::assert_snapshot!(colored.replace('\u{1b}', "^"));
    let mut stripped = colored;
    for code in ["\u{1b}[32m", "\u{1b}[33m", "\u{1b}[31m", "\u{1b}[2m", "\u{1b}[1m", "\u{1b}[0m"] {
        stripped = stripped.replace(code, "");
    }
    assert_eq!(stripped, fixed_hash(&plan, &text(&plan, Color::Never)), "colour changes no column");
}

#[test]
fn everything_that_a_plan_can_tell() {
    let wishes = json!({
        "name": "Portal", "redirectUris": ["https://b/*", "https://c/*"], "secret": "canary", "access": {},
        "attributes": {"acme.owner": "team"},
        "protocolMappers": [{"name": "audience", "protocolMapper": "oidc-audience-mapper", "config": {"a": "1"}}],
        "rootUrl": "https://portal.example.com/a/very/long/address/that/goes/on/and/on/and/on/for/ever"
    });
    let live = json!({
        "id": "c-1", "clientId": "portal", "redirectUris": ["https://a/*", "https://b/*"], "secret": "old canary",
        "protocolMappers": [{"id": "m", "name": "old", "protocol": "openid-connect", "protocolMapper": "x", "config": {}}],
        "frontchannelLogout": true
    });
    let manager = Identity::new(&REALM_ROLE, "manager");
    let mut given = Given::new()
        .desired(client(wishes).marked(mark()).exclusive(FieldPath::field("protocolMappers")))
        .desired(role("manager", json!({})))
        .desired(role("a\u{1b}[2Jb", json!({})))
        .desired(
            realm(json!({"smtpServer": {"password": "canary"}, "displayName": "Acme"}))
                .seed_default(FieldPath::field("displayName")),
        );
    given.key = None;
    given.links.push(DesiredLinks::new(manager.clone(), &COMPOSITE_OF_ROLE, ["employee"]).exclusive());
    let realm = json!({"id": "r-1", "realm": "acme", "smtpServer": {"password": "**********"}});
    given.live = roles(LiveState::new(), &[("manager", 0), ("found", 0), ("lost", 0)])
        .links(manager, &COMPOSITE_OF_ROLE, ["guest"])
        .present(portal(), Live::new(live))
        .present(Identity::new(&REALM, "acme"), Live::new(realm));
    let plan = given.plan();
    let shown = fixed_hash(&plan, &text(&plan, Color::Never));
    assert!(!shown.contains("canary"));
    insta::assert_snapshot!(shown);
    insta::assert_json_snapshot!(plan);
    insta::assert_json_snapshot!(plan.summary());
}

#[test]
fn released_and_overridden_values_are_told() {
    let live = |name: &str| {
        let value = json!({"id": "c", "clientId": "portal", "name": name, "baseUrl": "https://x", "description": "d"});
        LiveState::new().present(portal(), Live::new(value))
    };
    let mut given =
        Given::new().desired(client(json!({"name": "ours", "baseUrl": "https://x", "description": "d"})));
    given.live = live("theirs");
    for _ in 0..3 {
        let plan = given.plan();
        given.record = plan.record_after(&given.record, &all_steps(&plan));
    }
    given.desired = vec![client(json!({"name": "ours"}))];
    insta::assert_snapshot!(text(&given.plan(), Color::Never), @r#"
    realm acme on keycloak-system/keycloak

      ~ client portal
          description                "d" -> ""              released: back to the default
      ! client portal
          name                       "ours" reads "theirs"  the server overrides it; not written again
          baseUrl                    released               left as it is

    1 to change.
    "#);
}

#[test]
fn nothing_to_do_is_one_line() {
    insta::assert_snapshot!(text(&Given::new().plan(), Color::Never), @r"
    realm acme on keycloak-system/keycloak

    Nothing to change.
    ");
}

#[test]
fn the_stored_form_never_exceeds_its_limit_and_keeps_what_waits() {
    let mut given = Given::new().desired(role("contractor", json!({})));
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired = (0..3000).map(|number| role(&format!("role-{number}"), json!({}))).collect();
    given.live = roles(LiveState::new(), &[("contractor", 3)]);
    let summary = given.plan().summary();
    let size = serde_json::to_string(&summary).unwrap().len();
    assert!(size <= crate::STORED_PLAN_LIMIT, "{size}");
    assert!(size > crate::STORED_PLAN_LIMIT * 9 / 10, "{size}");
    assert_eq!(summary.steps.len() + summary.omitted, 3001);
    assert!(summary.steps[0].waits);
    assert_eq!(summary.steps[0].detail, "held by 3 users");
}

#[test]
fn what_could_deceive_a_reader_is_written_as_an_escape() {
    assert_eq!(printable("a\nb\u{202e}c\u{200b}d\u{9b}e"), r"a\u{a}b\u{202e}c\u{200b}d\u{9b}e");
    assert_eq!(printable("Zürich Ω 東京"), "Zürich Ω 東京");
}

#[test]
fn both_sides_of_a_change_are_shown_without_secrets_and_of_a_set_only_what_differs() {
    let change = |old, new, set| Change {
        path: FieldPath::field("field"),
        old,
        new,
        reason: crate::Reason::Drift,
        note: None,
        set,
        entry: false,
        mark: false,
    };
    let shown = |old: Shown, new: Shown, set| {
        sides(&change(old, new, set), 12).map(|side| side.unwrap_or_else(|| "nothing".to_owned())).join(" | ")
    };
    let value = |value: serde_json::Value| Shown::Value(value);
    let lines = [
        shown(value(json!("Evil")), value(json!("Acme")), false),
        shown(value(json!("a value that is long")), Shown::Absent, false),
        shown(Shown::Secret, Shown::Secret, false),
        shown(Shown::Unknown, Shown::Secret, false),
        shown(value(json!(["a", "b"])), value(json!(["b", "c"])), true),
        shown(value(json!(["a"])), value(json!(["a", "b"])), true),
        shown(value(json!("a\u{202e}b")), value(json!(1)), false),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r#"
    "Evil" | "Acme"
    "a value th… | nothing
    (secret) | (secret)
    unknown | (secret)
    ["a"] | ["c"]
    [] | ["b"]
    "a\u{202e}b" | 1
    "#);
}
