//! Groups that stood elsewhere, as `previousPath` tells.

use keycloak_plan::StepState;

use super::*;

fn group(names: &[&str]) -> Identity {
    let (first, rest) = names.split_first().unwrap();
    rest.iter().fold(Identity::new(&GROUP, first), |parent, name| Identity::below(parent, &GROUP, name))
}

fn remembered(case: &Case, plan: &Plan) -> OwnedRecord {
    let every = plan.steps.iter().map(|step| step.id).collect();
    plan.record_after(&case.record, &every)
}

impl Case {
    /// A realm in which everything of this spec was made by us, and which shows these groups now.
    async fn made_for(fields: &Value, groups: Value) -> Self {
        let mut case = Self::new(&json!({}), json!({"roles": {"realm": [{"id": "9", "name": "employee"}]}}));
        let plan = case.plan(fields).await;
        case.record = remembered(&case, &plan);
        case.shows(groups);
        case
    }

    fn shows(&mut self, groups: Value) {
        self.whole.groups = serde_json::from_value(groups).unwrap();
    }
}

/// Each step: what it does, Keycloak's id, and both places of one that moves.
fn done(plan: &Plan) -> Vec<String> {
    let steps = plan.steps.iter().map(|step| {
        let id = step.server_id.as_deref().unwrap_or("new");
        match step.moved() {
            Some(moved) => format!("move {id} from {} to {}", moved.from().key(), moved.to().key()),
            None => format!("{} {id} {}", step.action.as_str(), step.object.key()),
        }
    });
    steps.collect()
}

/// `platform` with what is below it.
fn platform(further: &Value) -> Value {
    let mut group = json!({"name": "platform", "attributes": {"on-call": ["yes"]}, "realmRoles": ["employee"],
        "subGroups": [{"name": "storage"}]});
    group.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    group
}

fn below_engineering() -> Value {
    json!({
        "groups": [{"name": "engineering", "subGroups": [platform(&json!({}))]}, {"name": "sales"}],
        "defaultGroups": ["/engineering/platform/storage"],
    })
}

fn below_sales() -> Value {
    let platform = platform(&json!({"previousPath": "/engineering/platform"}));
    json!({
        "groups": [{"name": "engineering"}, {"name": "sales", "subGroups": [platform]}],
        "defaultGroups": ["/sales/platform/storage"],
    })
}

/// The groups as a server shows them, `platform` below one of the two.
fn shown(parent: &str, roles_of_engineering: &Value) -> Value {
    let mut groups = json!([
        {"id": "1", "name": "engineering", "realmRoles": roles_of_engineering, "subGroups": []},
        {"id": "2", "name": "sales", "subGroups": []},
    ]);
    let platform = json!({"id": "3", "name": "platform", "description": "About", "attributes": {"on-call": ["yes"]},
        "realmRoles": ["employee"], "subGroups": [{"id": "4", "name": "storage"}]});
    for group in groups.as_array_mut().unwrap() {
        if group["name"] == parent {
            group["subGroups"] = json!([platform]);
        }
    }
    groups
}

#[tokio::test]
async fn a_group_that_stood_elsewhere_is_moved_by_one_step_with_all_that_is_known_of_it() {
    let mut case = Case::made_for(&below_engineering(), shown("engineering", &json!([]))).await;
    case.whole.default_groups = Some(vec!["/engineering/platform/storage".to_owned()]);
    let plan = case.plan(&below_sales()).await;
    assert_eq!(done(&plan), ["move 3 from group:engineering>group:platform to group:sales>group:platform"]);
    let step = &plan.steps[0];
    assert_eq!((step.parent_id.as_deref(), &step.state), (Some("2"), &StepState::Ready));
    assert_eq!(step.body().unwrap().expose(), &json!({"name": "platform", "description": "About"}));

    let undisturbed = remembered(&case, &plan);
    // A process that was stopped after the call, before it could remember that.
    case.record = case.record.clone().with_pending(plan.pending());
    case.shows(shown("sales", &json!([])));
    case.whole.default_groups = Some(vec!["/sales/platform/storage".to_owned()]);
    let plan = case.plan(&below_sales()).await;
    assert_eq!(done(&plan), Vec::<String>::new());
    assert_eq!(remembered(&case, &plan), undisturbed);

    assert!(undisturbed.object(&group(&["sales", "platform"])).unwrap().created_by_us());
    case.record = undisturbed;
    let plan = case.plan(&below_sales()).await;
    assert!(plan.is_converged(), "{plan:#?}");
}

#[tokio::test]
async fn a_move_that_takes_roles_from_members_waits_unless_the_new_place_gives_them_too() {
    let below = |parent: &str, further: Value| {
        let other = if parent == "sales" { "engineering" } else { "sales" };
        json!({"groups": [{"name": other}, {"name": parent, "subGroups": [further]}]})
    };
    let before = below("engineering", json!({"name": "leaf"}));
    let after = below("sales", json!({"name": "leaf", "previousPath": "/engineering/leaf"}));
    let mut groups = json!([
        {"id": "1", "name": "engineering", "realmRoles": ["employee"], "clientRoles": {"orders": ["viewer"]},
            "subGroups": [{"id": "3", "name": "leaf"}]},
        {"id": "2", "name": "sales"},
    ]);
    let mut case = Case::made_for(&before, groups.clone()).await;
    let plan = case.plan(&after).await;
    assert!(matches!(plan.steps[0].state, StepState::Waiting(_)), "{plan:#?}");
    assert_snapshot!(plan.summary().steps[0].detail, @"moves from /engineering/leaf to /sales/leaf; takes from its members 2 roles that groups above it give");

    groups[1]["clientRoles"] = json!({"orders": ["viewer"]});
    case.shows(groups.clone());
    let plan = case.plan(&after).await;
    assert_snapshot!(plan.summary().steps[0].detail, @"moves from /engineering/leaf to /sales/leaf; takes from its members 1 role that a group above it gives");

    groups[0]["subGroups"][0]["realmRoles"] = json!(["employee"]);
    case.shows(groups);
    let plan = case.plan(&after).await;
    assert_eq!(plan.steps[0].state, StepState::Ready, "nobody loses a role: {plan:#?}");
}

#[tokio::test]
async fn once_a_group_has_stood_at_its_new_place_the_old_one_means_nothing() {
    let fields = below_sales();
    // Nothing stands at the old place: the group is made.
    let mut case = Case::made_for(&fields, json!([])).await;
    assert!(case.record.object(&group(&["sales", "platform"])).unwrap().created_by_us());
    // Somebody deletes it, and another one makes a group at the old place: drift, and a group of others.
    let mut groups = shown("engineering", &json!([]));
    groups[0]["subGroups"][0]["id"] = json!("7");
    case.shows(groups);
    let plan = case.plan(&fields).await;
    assert!(plan.steps.iter().all(|step| step.moved().is_none()), "{:?}", done(&plan));
    assert!(done(&plan).contains(&"create new group:sales>group:platform".to_owned()), "{:?}", done(&plan));

    // Both places are taken: each group stays where it is.
    let mut both = shown("engineering", &json!([]));
    both[1]["subGroups"] = json!([{"id": "5", "name": "platform"}]);
    case.shows(both);
    case.record = OwnedRecord::default();
    let plan = case.plan(&fields).await;
    assert!(plan.steps.iter().all(|step| step.moved().is_none()), "{:?}", done(&plan));
}

#[tokio::test]
async fn a_group_and_one_below_it_are_renamed_together_or_one_after_the_other() {
    let before = json!({"groups": [{"name": "a", "subGroups": [{"name": "x"}]}]});
    let after = json!({"groups": [{"name": "b", "previousPath": "/a",
        "subGroups": [{"name": "y", "previousPath": "/a/x"}]}]});
    let groups = json!([{"id": "1", "name": "a", "subGroups": [{"id": "2", "name": "x"}]}]);
    let mut case = Case::made_for(&before, groups).await;
    let plan = case.plan(&after).await;
    assert_eq!(
        done(&plan),
        ["move 1 from group:a to group:b", "move 2 from group:a>group:x to group:b>group:y"]
    );
    assert_eq!(plan.steps[1].depends_on, [plan.steps[0].id]);
    let both = remembered(&case, &plan);

    // Only the first one succeeds, or the process is stopped after it and remembers no more than what it was about to do.
    let told = plan.record_after(&case.record, &[plan.steps[0].id].into());
    let stopped = case.record.clone().with_pending(plan.pending());
    case.shows(json!([{"id": "1", "name": "b", "subGroups": [{"id": "2", "name": "x"}]}]));
    for record in [told, stopped] {
        case.record = record;
        let plan = case.plan(&after).await;
        assert_eq!(done(&plan), ["move 2 from group:b>group:x to group:b>group:y"]);
        assert_eq!(remembered(&case, &plan), both);
    }
}

#[tokio::test]
async fn of_three_that_are_renamed_below_each_other_the_first_alone_takes_the_others_along() {
    let nested = |names: [(&str, &str); 3]| {
        let below = |(name, previous): (&str, &str), groups: Value| json!({"name": name, "previousPath": previous, "subGroups": groups});
        let [top, middle, inner] = names;
        json!({"groups": [below(top, json!([below(middle, json!([below(inner, json!([]))]))]))]})
    };
    let before =
        json!({"groups": [{"name": "a", "subGroups": [{"name": "x", "subGroups": [{"name": "p"}]}]}]});
    let shown = |name: &str| {
        json!([{"id": "1", "name": name, "subGroups": [
            {"id": "2", "name": "x", "subGroups": [{"id": "3", "name": "p"}]},
        ]}])
    };
    let after = nested([("b", "/a"), ("y", "/a/x"), ("q", "/a/x/p")]);
    let mut case = Case::made_for(&before, shown("a")).await;
    let plan = case.plan(&after).await;
    case.record = plan.record_after(&case.record, &[plan.steps[0].id].into());
    case.shows(shown("b"));
    let plan = case.plan(&after).await;
    assert_eq!(
        done(&plan),
        [
            "move 2 from group:b>group:x to group:b>group:y",
            "move 3 from group:b>group:x>group:p to group:b>group:y>group:q",
        ]
    );
}

#[tokio::test]
async fn a_group_and_the_one_it_stands_below_change_places_the_lower_one_first() {
    let before = json!({"groups": [{"name": "a", "subGroups": [{"name": "b"}]}]});
    let after = json!({"groups": [{"name": "b", "previousPath": "/a/b",
        "subGroups": [{"name": "a", "previousPath": "/a"}]}]});
    let groups = json!([{"id": "1", "name": "a", "subGroups": [{"id": "2", "name": "b"}]}]);
    let mut case = Case::made_for(&before, groups).await;
    let plan = case.plan(&after).await;
    assert_eq!(
        done(&plan),
        ["move 2 from group:a>group:b to group:b", "move 1 from group:a to group:b>group:a"]
    );
    assert_eq!(plan.steps[1].depends_on, [plan.steps[0].id]);
    assert_eq!(plan.steps[1].parent_id.as_deref(), Some("2"));

    case.record = remembered(&case, &plan);
    case.shows(json!([{"id": "2", "name": "b", "subGroups": [{"id": "1", "name": "a"}]}]));
    let plan = case.plan(&after).await;
    assert!(plan.is_converged(), "{plan:#?}");
}
