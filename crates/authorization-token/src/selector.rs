//! Which namespaces a grant, a deny or a limit is about: by name, or by label.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::identity::NamespaceName;

/// A selector that says nothing, or two things.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// Neither `namespaces` nor `namespaceSelector`, or both.
    #[error("write either namespaces (a list of names) or namespaceSelector (labels), exactly one of them")]
    ExactlyOne,
    /// `namespaces: []`.
    #[error("namespaces is empty: write at least one namespace, or remove the entry")]
    NoNames,
    /// `namespaceSelector: {}`, which in Kubernetes selects everything.
    #[error(
        "namespaceSelector is empty, which would select every namespace of the cluster: write matchLabels or matchExpressions \
         (if every namespace is meant: matchExpressions with key kubernetes.io/metadata.name and operator Exists)"
    )]
    EmptySelector,
    /// `In` or `NotIn` without values, `Exists` or `DoesNotExist` with.
    #[error("namespaceSelector.matchExpressions: operator {operator} on key {key:?} needs {needs}")]
    Values {
        /// The label's key.
        key: String,
        /// The operator as written.
        operator: &'static str,
        /// `at least one value` or `no values`.
        needs: &'static str,
    },
}

/// A label selector as Kubernetes writes it (`metav1.LabelSelector`); all requirements must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelSelector {
    /// Labels with exactly these values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Further requirements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_expressions: Vec<LabelRequirement>,
}

/// One requirement of a [`LabelSelector`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelRequirement {
    /// The label's key.
    pub key: String,
    /// How key and values belong together.
    pub operator: LabelOperator,
    /// For `In` and `NotIn` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// The operators of a label selector, with Kubernetes' meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelOperator {
    /// The label is there and has one of the values.
    In,
    /// The label has none of the values, or is not there.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
}

impl LabelRequirement {
    fn check(&self) -> Result<(), SelectorError> {
        let (operator, wants_values) = match self.operator {
            LabelOperator::In => ("In", true),
            LabelOperator::NotIn => ("NotIn", true),
            LabelOperator::Exists => ("Exists", false),
            LabelOperator::DoesNotExist => ("DoesNotExist", false),
        };
        if wants_values == self.values.is_empty() {
            let needs = if wants_values { "at least one value" } else { "no values" };
            return Err(SelectorError::Values { key: self.key.clone(), operator, needs });
        }
        Ok(())
    }

    fn holds(&self, labels: &BTreeMap<String, String>) -> bool {
        let value = labels.get(&self.key);
        let listed = value.is_some_and(|value| self.values.contains(value));
        match self.operator {
            LabelOperator::In => listed,
            LabelOperator::NotIn => !listed,
            LabelOperator::Exists => value.is_some(),
            LabelOperator::DoesNotExist => value.is_none(),
        }
    }
}

impl LabelSelector {
    fn check(&self) -> Result<(), SelectorError> {
        if self.match_labels.is_empty() && self.match_expressions.is_empty() {
            return Err(SelectorError::EmptySelector);
        }
        self.match_expressions.iter().try_for_each(LabelRequirement::check)
    }

    fn selects(&self, labels: &BTreeMap<String, String>) -> bool {
        self.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
            && self.match_expressions.iter().all(|requirement| requirement.holds(labels))
    }
}

/// Whether a namespace is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectorMatch {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody can tell: the selector is by label, and the controller does not know the namespace's labels.
    LabelsUnknown,
}

/// Namespaces by name or by label, exactly one of the two, never empty.
///
/// JSON: `{"namespaces": ["team-a", "team-b"]}` or `{"namespaceSelector": {"matchLabels": {"tenant": "a"}}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawSelector", into = "RawSelector")]
pub enum NamespaceSelector {
    /// These namespaces.
    Names(BTreeSet<NamespaceName>),
    /// The namespaces with these labels, where the controller may watch namespaces.
    Labels(LabelSelector),
}

/// The two fields as they are written; [`NamespaceSelector`] is what they may say.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawSelector {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) namespaces: Option<BTreeSet<NamespaceName>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) namespace_selector: Option<LabelSelector>,
}

impl TryFrom<RawSelector> for NamespaceSelector {
    type Error = SelectorError;
    fn try_from(raw: RawSelector) -> Result<Self, SelectorError> {
        match (raw.namespaces, raw.namespace_selector) {
            (Some(names), None) if names.is_empty() => Err(SelectorError::NoNames),
            (Some(names), None) => Ok(Self::Names(names)),
            (None, Some(selector)) => {
                selector.check()?;
                Ok(Self::Labels(selector))
            }
            (None, None) | (Some(_), Some(_)) => Err(SelectorError::ExactlyOne),
        }
    }
}

impl From<NamespaceSelector> for RawSelector {
    fn from(selector: NamespaceSelector) -> Self {
        match selector {
            NamespaceSelector::Names(names) => Self { namespaces: Some(names), namespace_selector: None },
            NamespaceSelector::Labels(labels) => Self { namespaces: None, namespace_selector: Some(labels) },
        }
    }
}

impl NamespaceSelector {
    /// Whether the namespace `name` with `labels` is selected; `None` where the labels are not known.
    pub fn selects(&self, name: &NamespaceName, labels: Option<&BTreeMap<String, String>>) -> SelectorMatch {
        match (self, labels) {
            (Self::Names(names), _) if names.contains(name) => SelectorMatch::Yes,
            (Self::Labels(_), None) => SelectorMatch::LabelsUnknown,
            (Self::Labels(selector), Some(labels)) if selector.selects(labels) => SelectorMatch::Yes,
            (Self::Names(_), _) | (Self::Labels(_), Some(_)) => SelectorMatch::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<NamespaceSelector, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn each_selector_that_says_nothing_or_two_things_has_its_own_sentence() {
        let errors: Vec<String> = [
            "{}",
            r#"{"namespaces": []}"#,
            r#"{"namespaceSelector": {}}"#,
            r#"{"namespaces": ["a"], "namespaceSelector": {"matchLabels": {"a": "b"}}}"#,
            r#"{"namespaceSelector": {"matchExpressions": [{"key": "a", "operator": "In"}]}}"#,
            r#"{"namespaceSelector": {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["x"]}]}}"#,
            r#"{"namespaces": ["*"]}"#,
            r#"{"namespace": ["a"]}"#,
        ]
        .iter()
        .map(|json| read(json).unwrap_err())
        .collect();
        insta::assert_snapshot!(errors.join("\n"), @r#"
        write either namespaces (a list of names) or namespaceSelector (labels), exactly one of them
        namespaces is empty: write at least one namespace, or remove the entry
        namespaceSelector is empty, which would select every namespace of the cluster: write matchLabels or matchExpressions (if every namespace is meant: matchExpressions with key kubernetes.io/metadata.name and operator Exists)
        write either namespaces (a list of names) or namespaceSelector (labels), exactly one of them
        namespaceSelector.matchExpressions: operator In on key "a" needs at least one value
        namespaceSelector.matchExpressions: operator Exists on key "a" needs no values
        the namespace "*" is not valid: write 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; patterns are not possible here at line 1 column 20
        unknown field `namespace`, expected `namespaces` or `namespaceSelector` at line 1 column 12
        "#);
    }

    #[test]
    fn names_select_without_labels_and_labels_only_with() {
        let team = NamespaceName::new("team-a").unwrap();
        let names = read(r#"{"namespaces": ["team-a"]}"#).unwrap();
        assert_eq!(names.selects(&team, None), SelectorMatch::Yes);
        assert_eq!(names.selects(&NamespaceName::new("team-b").unwrap(), None), SelectorMatch::No);
        let by_label = read(r#"{"namespaceSelector": {"matchLabels": {"tenant": "a"}}}"#).unwrap();
        assert_eq!(by_label.selects(&team, None), SelectorMatch::LabelsUnknown);
        assert_eq!(
            by_label.selects(&team, Some(&labels(&[("tenant", "a"), ("x", "y")]))),
            SelectorMatch::Yes
        );
        assert_eq!(by_label.selects(&team, Some(&labels(&[("tenant", "b")]))), SelectorMatch::No);
        assert_eq!(by_label.selects(&team, Some(&labels(&[]))), SelectorMatch::No);
    }

    #[test]
    fn operators_mean_what_they_mean_in_kubernetes() {
        let team = NamespaceName::new("team-a").unwrap();
        for (operator, values, expected) in [
            ("In", r#"["a"]"#, [true, false, false]),
            ("NotIn", r#"["a"]"#, [false, true, true]),
            ("Exists", "[]", [true, true, false]),
            ("DoesNotExist", "[]", [false, false, true]),
        ] {
            let json = format!(
                r#"{{"namespaceSelector":{{"matchExpressions":[{{"key":"t","operator":"{operator}","values":{values}}}]}}}}"#
            );
            let selector = read(&json).unwrap();
            let got = [labels(&[("t", "a")]), labels(&[("t", "b")]), labels(&[])]
                .map(|labels| selector.selects(&team, Some(&labels)) == SelectorMatch::Yes);
            assert_eq!(got, expected, "{operator}");
            assert_eq!(
                serde_json::from_value::<NamespaceSelector>(serde_json::to_value(&selector).unwrap())
                    .unwrap(),
                selector
            );
        }
    }
}
