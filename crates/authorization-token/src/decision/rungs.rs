//! The four ways in.

use super::checks::labels_unknown;
use super::{Conclusion, Findings, Question, RbacAnswer, Reason, Rung, TokenEvidence};
use crate::selector::SelectorMatch;

/// What one way in says.
enum Answer {
    Allows,
    No,
    Unknown(Conclusion),
}

type Way = for<'a> fn(Question<'a>, &Findings) -> Answer;

/// In the order in which they are tried.
const WAYS: [(Rung, Way); 4] =
    [(Rung::SameNamespace, same_namespace), (Rung::Token, token), (Rung::Rbac, rbac), (Rung::Grant, grant)];

/// The first way that allows. If none does, one that cannot tell yet makes the object wait.
pub(super) fn some_rung_allows(question: Question<'_>, findings: &mut Findings) -> Result<(), Conclusion> {
    let mut unknown = None;
    for (rung, way) in WAYS {
        match way(question, findings) {
            Answer::Allows => {
                findings.rung = Some(rung);
                return Ok(());
            }
            Answer::No => {}
            Answer::Unknown(conclusion) => unknown = unknown.or(Some(conclusion)),
        }
    }
    Err(unknown.unwrap_or_else(|| not_authorized(question)))
}

/// What is said to one who came through the whole chain.
pub(super) fn allowed(question: Question<'_>, findings: &Findings) -> Conclusion {
    let (namespace, target) = (question.request.namespace, question.target.identity);
    let by = |reason, how: String| Conclusion {
        reason,
        why: format!("Namespace {namespace} may use {target}: {how}."),
    };
    match findings.rung {
        Some(Rung::SameNamespace) => by(Reason::SameNamespace, "it is in the same namespace".to_owned()),
        Some(Rung::Token) => {
            let id = findings.token.map(|id| id.to_string()).unwrap_or_default();
            by(Reason::TokenAccepted, format!("authorization token {id} is valid"))
        }
        Some(Rung::Rbac) => by(
            Reason::AllowedByRbac,
            format!("its service accounts have verb use on {}", target.kind.resource()),
        ),
        Some(Rung::Grant) => {
            by(Reason::Granted, "spec.authorization.grants of it names the namespace".to_owned())
        }
        // The chain cannot end without a rung; if it did, nobody would be let in.
        None => not_authorized(question),
    }
}

fn same_namespace(question: Question<'_>, _: &Findings) -> Answer {
    let switched_on = question.target.policy.is_ok_and(|policy| policy.same_namespace);
    let is_same = *question.request.namespace == question.target.identity.namespace;
    if switched_on && is_same { Answer::Allows } else { Answer::No }
}

/// A token that is named and invalid ended the chain before.
fn token(_: Question<'_>, findings: &Findings) -> Answer {
    if findings.token.is_some() { Answer::Allows } else { Answer::No }
}

fn rbac(question: Question<'_>, _: &Findings) -> Answer {
    let target = question.target.identity;
    match question.evidence.rbac {
        RbacAnswer::Allowed => Answer::Allows,
        RbacAnswer::NotAllowed => Answer::No,
        RbacAnswer::Unknown(cause) => Answer::Unknown(Conclusion {
            reason: Reason::RbacUnknown,
            why: format!(
                "Whether namespace {} has verb use on {target} is not known: {cause}. It is asked again by itself.",
                question.request.namespace
            ),
        }),
    }
}

fn grant(question: Question<'_>, _: &Findings) -> Answer {
    let Ok(policy) = question.target.policy else { return Answer::No };
    let request = question.request;
    let mut unknown = Answer::No;
    for (index, grant) in policy.grants.iter().enumerate() {
        match grant.selects(request.namespace, request.namespace_labels) {
            SelectorMatch::Yes => return Answer::Allows,
            SelectorMatch::No => {}
            SelectorMatch::LabelsUnknown => {
                let why = labels_unknown(question, &format!("spec.authorization.grants[{index}]"));
                unknown = Answer::Unknown(Conclusion { reason: Reason::NamespaceLabelsUnknown, why });
            }
        }
    }
    unknown
}

fn not_authorized(question: Question<'_>) -> Conclusion {
    let (namespace, target) = (question.request.namespace, question.target.identity);
    let field = target.kind.consumer().token_field();
    let same = if *namespace == target.namespace {
        "the use from its own namespace is switched off (spec.authorization.sameNamespace: false), "
    } else {
        ""
    };
    let token = match question.evidence.token {
        TokenEvidence::NotNamed => "no authorization token is named, ",
        TokenEvidence::SecretMissing(_) | TokenEvidence::KeyMissing(_) | TokenEvidence::Presented(..) => "",
    };
    let why = format!(
        "Namespace {namespace} may not use {target}: {same}{token}its service accounts do not have verb use on it, and \
         spec.authorization.grants of it does not name the namespace. Name a Secret with its authorization token in {field}, or ask its \
         owner for a grant or a RoleBinding in namespace {} that allows the group system:serviceaccounts:{namespace} verb use on {} {}.",
        target.namespace,
        target.kind.resource(),
        target.name
    );
    Conclusion { reason: Reason::NotAuthorized, why }
}
