//! The examples of the guide.

use controller_testkit::KeycloakServer;
use serde_json::Value;

use crate::place::Place;

/// Names and specs of those examples beside the pages of the guide whose files are `wanted` by their names; the test says where their
/// realm is. All examples are applied to all servers where the fields of clients are tested; here are those of which more than the
/// client itself is to be seen.
pub(crate) fn examples(wanted: impl Fn(&str) -> bool) -> Vec<(String, Value)> {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/client");
    let files = std::fs::read_dir(guide).unwrap_or_else(|error| panic!("{guide}: {error}"));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    let is_wanted = |name: &str| name.strip_suffix(".yaml").is_some_and(&wanted);
    paths.retain(|path| path.file_name().is_some_and(|name| is_wanted(&name.to_string_lossy())));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let object: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(object["kind"], "KeycloakClient", "{}", path.display());
        let mut spec = object["spec"].clone();
        spec.as_object_mut().unwrap().remove("realmRef").unwrap();
        (object["metadata"]["name"].as_str().unwrap().to_owned(), spec)
    };
    paths.iter().map(read).collect()
}

#[tokio::test]
async fn the_examples_of_the_guide_are_applied_and_stay_as_they_are() {
    let place = Place::new("guide", &KeycloakServer::newest()).await;
    let process = place.start();
    let examples = examples(|name| ["roles", "scopes"].contains(&name));
    assert_eq!(examples.len(), 2);
    for (name, spec) in &examples {
        place.applies(name, spec).await;
        place.becomes_ready(name).await;
    }
    let before = place.keycloak.snapshot();
    for (name, _) in &examples {
        place.forces(name).await;
    }
    process.stops().await;
    place.keycloak.since(&before).expect("applied a second time").writes(0);
    place.leaves().await;
}
