//! Any JSON object in `spec.extra` is merged as it is, or refused with a path into it; what is merged can be planned.
#![no_main]

use keycloak_plan::{
    Desired, DiffContext, ObjectRecord, Server, ServerVersion, diff, kinds::KINDS, merge_extra,
};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};

fuzz_target!(|text: &[u8]| {
    let Ok(Value::Object(extra)) = serde_json::from_slice(text) else { return };
    let server = Server::version(ServerVersion::new(26, 7, 3));
    for kind in KINDS {
        match merge_extra(kind, Map::new(), &extra) {
            Ok(merged) => {
                assert_eq!(merged, extra);
                let desired = Desired::new(kind, "name", merged);
                let context = DiffContext { server: &server, key: None, edited_by_others: false };
                for change in diff(&desired, &ObjectRecord::default(), &Map::new(), context) {
                    assert!(!change.path.to_string().is_empty());
                }
            }
            Err(refused) => {
                assert!(!refused.is_empty());
                assert!(refused.iter().all(|refusal| refusal.to_string().starts_with("extra")));
            }
        }
    }
});
