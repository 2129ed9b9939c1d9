//! No Secret of any kind is forgotten: what the kinds' schemas name is compared with what the policies say they cover.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};
use end_to_end::{installation, kubectl::in_repository};
use serde_json::Value;

/// The tables in the policies: path of a field, what is needed to write it.
fn tables() -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let mut tables = BTreeMap::new();
    for plural in ["keycloaks", "keycloakrealms", "keycloakclients"] {
        let path = in_repository(&format!("deploy/policies/secret-consent-{plural}.yaml"));
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let rows = text.lines().filter_map(|line| line.strip_prefix("# | ")?.split_once('|'));
        let table = rows.map(|(path, needed)| (path.trim().to_owned(), needed.trim().to_owned())).collect();
        tables.insert(plural.to_owned(), table);
    }
    Ok(tables)
}

/// Every place below a schema that names a Secret. `[]` stands for the items of a list, `{}` for the values of a map.
fn secrets_below(schema: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(items) = schema.get("items") {
        secrets_below(items, &format!("{path}[]"), found);
    }
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        secrets_below(values, &format!("{path}{{}}"), found);
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let below = format!("{path}.{name}");
        let word = name.to_ascii_lowercase();
        let by_its_name = ["secret", "secrets", "secretname", "secretref", "secretkeyref"];
        let names_secret = by_its_name.iter().any(|ending| word.ends_with(ending));
        match names_secret.then(|| property["type"].as_str()).flatten() {
            Some("string") => found.push(below),
            Some("object") if property["properties"]["name"].is_object() => {
                found.push(format!("{below}.name"));
            }
            Some("object") if property["additionalProperties"]["properties"]["name"].is_object() => {
                found.push(format!("{below}{{}}.name"));
            }
            _ => secrets_below(property, &below, found),
        }
    }
}

#[test]
fn every_field_that_names_a_secret_stands_in_the_table_of_its_policy() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    let mut missing = Vec::new();
    for (plural, table) in tables()? {
        let crd = administrator.json(&[
            "get",
            "customresourcedefinition",
            &format!("{plural}.keycloak.mdvr.nl"),
        ])?;
        let spec = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"];
        let mut found = Vec::new();
        secrets_below(spec, "spec", &mut found);
        assert!(found.len() >= 3, "the schema of {plural} should name more Secrets than {found:?}");
        missing.extend(
            found
                .into_iter()
                .filter(|path| !table.contains_key(path))
                .map(|path| format!("{plural}: {path}")),
        );
    }
    assert!(missing.is_empty(), "no policy asks for consent to {missing:#?}");
    Ok(())
}

#[test]
fn every_row_of_the_tables_has_an_expression() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    for (plural, table) in tables()? {
        let policy = format!("secret-consent-{plural}.keycloak.mdvr.nl");
        let policy = administrator.json(&["get", "validatingadmissionpolicy", &policy])?;
        let text = |list: &str| -> Vec<String> {
            let all = policy["spec"][list].as_array().into_iter().flatten();
            all.filter_map(|one| one["expression"].as_str()).map(|text| text.replace('?', "")).collect()
        };
        let expressions = [text("variables"), text("validations")].concat();
        for (path, needed) in table.iter().filter(|(_, needed)| !needed.starts_with("none:")) {
            // Of a list the field itself stands in a variable; its items' fields follow under a name of their own.
            let parts: Vec<&str> = path.split("[]").collect();
            let begin = parts[0].to_owned();
            let end = parts
                .get(1)
                .map_or("", |rest| rest.trim_start_matches('.').split(['.', '{']).next().unwrap_or(""));
            let covered = expressions
                .iter()
                .any(|text| text.contains(&format!("variables.{begin}")) && text.contains(end));
            assert!(covered, "{plural}: no expression is about {path} ({needed})");
        }
    }
    Ok(())
}
