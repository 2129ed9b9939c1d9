//! The steps that make Keycloak's document safe to generate from, in order.
//!
//! Each step counts what it touches, and the count must be the one in the overlay: that is what
//! notices a field that changed its shape in a new release.

mod added;
mod names;
mod parameters;
mod reachable;
mod responses;
mod schemas;

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::inputs::Inputs;
pub(crate) use names::proposed_name;
pub(crate) use responses::ANSWER;

/// The document to generate from.
pub(crate) struct Normalised {
    pub(crate) document: Value,
}

pub(crate) fn normalise(inputs: &Inputs) -> Result<Normalised> {
    let mut document = inputs.document.clone();
    let counts = steps(&mut document, inputs)?;
    check_counts(&counts, &inputs.overlay.counts)?;
    Ok(Normalised { document })
}

type Counts = BTreeMap<&'static str, usize>;

fn steps(document: &mut Value, inputs: &Inputs) -> Result<Counts> {
    let overlay = &inputs.overlay;
    let mut counts = Counts::new();
    counts.insert("corrections", added::correct(document, &overlay.corrections)?);
    counts.insert("added_schemas", added::add_schemas(document, &overlay.schemas)?);
    counts.insert("added_operations", added::add_operations(document, &overlay.operations)?);

    names::refuse_doubled_parameters(document)?;
    counts.insert("operation_ids", names::name_operations(document, &inputs.allowed)?);

    counts.insert("leaked_query_dropped", parameters::drop_leaked_query_parameters(document));
    counts.insert("leaked_query_pushed_down", parameters::push_down_query_parameters(document));
    counts.insert("object_path_parameters", parameters::path_parameters_are_text(document));
    counts.insert("parameter_patterns", parameters::drop_patterns(document));

    counts.insert("request_media_types", responses::one_request_media_type(document));
    counts.insert("response_media_types", responses::responses_are_json(document));
    counts.insert("answers_marked", responses::mark_answers(document));
    counts.insert("several_successes", responses::one_success(document));
    counts.insert("error_responses", responses::drop_errors(document));
    counts.insert("success_ranges", responses::success_is_a_range(document));

    counts.insert("raw_json_wrappers", schemas::raw_json_is_free(document));
    counts.insert("single_all_of", schemas::unwrap_single_all_of(document));
    counts.insert("opened_enums", schemas::open_enums(document));
    counts.insert("inlined_references", schemas::inline_scalars_and_maps(document));
    counts.insert("nullable_collections", schemas::collections_are_nullable(document));
    counts.insert("nullable_map_values", schemas::map_values_are_nullable(document));
    counts.insert("structs_with_extra", schemas::structs_keep_unknown_fields(document));
    counts.insert("secrets", schemas::mark_secrets(document, &overlay.secrets)?);

    counts.insert("operations_kept", reachable::keep_allowed(document, &inputs.allowed)?);
    counts.insert("schemas_kept", reachable::drop_unreachable_schemas(document));
    Ok(counts)
}

fn check_counts(found: &Counts, expected: &BTreeMap<String, usize>) -> Result<()> {
    let mut wrong: Vec<String> = found
        .iter()
        .filter(|(step, count)| expected.get(**step) != Some(count))
        .map(|(step, count)| match expected.get(*step) {
            Some(expected) => format!("  {step}: {count} # the overlay says {expected}"),
            None => format!("  {step}: {count} # the overlay does not say"),
        })
        .collect();
    wrong.extend(
        expected
            .keys()
            .filter(|step| !found.contains_key(step.as_str()))
            .map(|step| format!("  {step}: no such step")),
    );
    if wrong.is_empty() {
        return Ok(());
    }
    bail!(
        "the document is not the one that the overlay was written for. Look at each difference \
         (`cargo xtask openapi --diff other.json`), then correct `counts` in openapi/overlay.yaml:\n{}",
        wrong.join("\n")
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_differs_stops_the_generator_and_shows_both_numbers() {
        let expected = BTreeMap::from([("secrets".to_owned(), 3), ("gone".to_owned(), 1)]);
        let error = check_counts(&Counts::from([("secrets", 2), ("new", 1)]), &expected).unwrap_err();
        let text = error.to_string();
        for line in
            ["secrets: 2 # the overlay says 3", "new: 1 # the overlay does not say", "gone: no such step"]
        {
            assert!(text.contains(line), "{text}");
        }
        assert!(check_counts(&Counts::from([("a", 1)]), &BTreeMap::from([("a".to_owned(), 1)])).is_ok());
    }
}
