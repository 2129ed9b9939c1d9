//! Any JSON at all, with the names of fields where they make a difference: nothing panics, and what comes out can be used. The fuzz
//! targets look for the same, without a limit of time.

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

use super::{Given, all_steps};
use crate::kinds::KINDS;
use crate::render::{Color, text};
use crate::{
    Decoded, Desired, Identity, Kind, Live, LiveState, STORED_PLAN_LIMIT, ServerVersion, decode, merge_extra,
};

/// A kind, and names that objects of it and below have, among any others.
fn key(kind: &'static Kind) -> impl Strategy<Value = String> {
    let fields: Vec<&'static str> = kind.fields.iter().map(|field| field.name).collect();
    let below = vec!["id", "name", "config", "password", "protocolMapper", "kubernetes.operator.uid"];
    prop_oneof![
        6 => select(fields).prop_map(str::to_owned),
        2 => select(below).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn json(kind: &'static Kind) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        select(vec!["", "**********", "true", "a,b", "name"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key(kind), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn object(kind: &'static Kind) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map(key(kind), json(kind), 0..6).prop_map(|map| map.into_iter().collect())
}

fn wanted_and_found() -> impl Strategy<Value = (&'static Kind, Map<String, Value>, Value)> {
    select(KINDS.to_vec()).prop_flat_map(|kind| {
        // Without an id it is a reduced view, and the plan ends at once.
        let found = object(kind).prop_map(|mut found| {
            found.insert("id".to_owned(), json!("id-1"));
            Value::Object(found)
        });
        (Just(kind), object(kind), prop_oneof![9 => found, 1 => json(kind)])
    })
}

proptest! {
    #[test]
    fn any_json_as_asked_and_as_found_gives_a_plan_that_can_be_used((kind, wanted, found) in wanted_and_found()) {
        let mut given = Given::new()
            .desired(Desired::new(kind, "name", wanted))
            .live(LiveState::new().present(Identity::new(kind, "name"), Live::new(found)));
        let Ok(plan) = given.try_plan() else { return Ok(()) };
        let _ = text(&plan, Color::Never);
        let summary = serde_json::to_string(&plan.summary()).unwrap();
        prop_assert!(summary.len() <= STORED_PLAN_LIMIT);
        given.record = plan.record_after(&given.record, &all_steps(&plan));
        prop_assert_eq!(decode(&given.record.encode()), Decoded::Record(given.record.clone()));
        // As if the server had kept everything as it was.
        let again = given.try_plan();
        prop_assert!(again.is_ok(), "{:?}", again.map(|plan| plan.steps.len()));
    }

    #[test]
    fn any_json_in_extra_is_merged_as_it_is_or_refused_by_path((kind, extra, _) in wanted_and_found()) {
        match merge_extra(kind, Map::new(), &extra) {
            Ok(merged) => prop_assert_eq!(merged, extra),
            Err(refused) => {
                prop_assert!(!refused.is_empty());
                for refusal in refused {
                    prop_assert!(refusal.to_string().starts_with("extra"), "{}", refusal);
                }
            }
        }
    }

    #[test]
    fn a_version_is_read_as_it_is_written(text in "[0-9]{1,6}(\\.[0-9]{1,6}){0,3}(-[a-z]{1,4})?") {
        if let Ok(version) = text.parse::<ServerVersion>() {
            prop_assert_eq!(version.to_string().parse(), Ok(version));
        }
    }
}
