//! Labels and annotations that users may have on Secrets that we write.

use std::collections::BTreeMap;

use keycloak_crds::labels::PREFIX;

use crate::error::ConnectError;

/// Domains whose labels and annotations make other controllers act.
const FOREIGN: [&str; 3] = ["kubernetes.io", "k8s.io", "argoproj.io"];

/// Checks labels that a user asks for.
///
/// # Errors
/// The first that is ours, or that other controllers act on.
pub fn check_labels(field: &'static str, labels: &BTreeMap<String, String>) -> Result<(), ConnectError> {
    check(field, labels)
}

/// Checks annotations that a user asks for.
///
/// # Errors
/// See [`check_labels`].
pub fn check_annotations(
    field: &'static str,
    annotations: &BTreeMap<String, String>,
) -> Result<(), ConnectError> {
    check(field, annotations)
}

fn check(field: &'static str, entries: &BTreeMap<String, String>) -> Result<(), ConnectError> {
    let refused = entries.keys().find_map(|key| why_not(key).map(|why| (key, why)));
    refused.map_or(Ok(()), |(key, why)| {
        Err(ConnectError::SecretMetadataRefused { field, key: key.clone(), why })
    })
}

fn why_not(key: &str) -> Option<&'static str> {
    if key.starts_with(PREFIX) {
        return Some("is set by the controllers");
    }
    let domain = key.split_once('/').map(|(domain, _)| domain)?;
    let is_of =
        |parent: &str| domain.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    FOREIGN.into_iter().any(is_of).then_some("belongs to a domain that other controllers act on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_others_act_is_refused_by_its_name_and_the_rest_is_free() {
        let refused = |key: &str| {
            let labels =
                BTreeMap::from([("app".to_owned(), "x".to_owned()), (key.to_owned(), "x".to_owned())]);
            check_labels("spec.secretMetadata.labels", &labels).err().map(|error| error.to_string())
        };
        insta::assert_snapshot!(
            ["keycloak.mdvr.nl/owner-uid", "app.kubernetes.io/name", "argoproj.io/secret-type"].map(|key| refused(key).unwrap()).join("\n"),
            @r#"
            spec.secretMetadata.labels holds "keycloak.mdvr.nl/owner-uid", which is set by the controllers; remove it
            spec.secretMetadata.labels holds "app.kubernetes.io/name", which belongs to a domain that other controllers act on; remove it
            spec.secretMetadata.labels holds "argoproj.io/secret-type", which belongs to a domain that other controllers act on; remove it
            "#
        );
        for free in ["example.com/team", "notkubernetes.io/x", "tier", "kubernetes.io"] {
            assert_eq!(refused(free), None, "{free}");
        }
    }
}
