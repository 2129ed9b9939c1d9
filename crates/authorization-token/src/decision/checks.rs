//! The checks of the chain, in its order, apart from the one about ways in.

use super::{Conclusion, Findings, Operation, Question, Reason, TokenEvidence, TokenSecret};
use crate::limits::LimitSource;
use crate::selector::SelectorMatch;
use crate::token::AuthorizationToken;
use crate::verify::{TokenRefusal, verify};

type Checked = Result<(), Conclusion>;

fn stop(reason: Reason, why: String) -> Checked {
    Err(Conclusion { reason, why })
}

pub(super) fn deletion_needs_nothing(question: Question<'_>, _: &mut Findings) -> Checked {
    match question.request.operation {
        Operation::Delete => {
            stop(Reason::DeletionNeedsNoAuthorization, "Deletion needs no authorization.".to_owned())
        }
        Operation::Create | Operation::Change => Ok(()),
    }
}

pub(super) fn policy_is_readable(question: Question<'_>, _: &mut Findings) -> Checked {
    let Err(error) = question.target.policy else { return Ok(()) };
    let target = question.target.identity;
    // What exactly is wrong stands at the target, for its owner; here it could tell about other tenants.
    stop(
        Reason::TargetPolicyInvalid,
        format!(
            "{target} has an invalid authorization policy ({}), so it authorizes nobody. Its owner must mend it.",
            error.path
        ),
    )
}

pub(super) fn is_not_denied(question: Question<'_>, _: &mut Findings) -> Checked {
    let Ok(policy) = question.target.policy else { return Ok(()) };
    let (request, target) = (question.request, question.target.identity);
    let mut unknown = None;
    for (index, deny) in policy.deny.iter().enumerate() {
        match deny.selects(request.namespace, request.namespace_labels) {
            SelectorMatch::Yes => {
                return stop(
                    Reason::Denied,
                    format!(
                        "Namespace {} may not use {target}: spec.authorization.deny[{index}] of it denies that, whatever else allows it. \
                         Ask its owner to remove the entry.",
                        request.namespace
                    ),
                );
            }
            SelectorMatch::LabelsUnknown => unknown = unknown.or(Some(index)),
            SelectorMatch::No => {}
        }
    }
    let Some(index) = unknown else { return Ok(()) };
    stop(
        Reason::NamespaceLabelsUnknown,
        labels_unknown(question, &format!("spec.authorization.deny[{index}]")),
    )
}

/// A sentence about labels that are needed and not known.
pub(super) fn labels_unknown(question: Question<'_>, field: &str) -> String {
    format!(
        "{field} of {} selects namespaces by label, and the labels of namespace {} are not known. Give the controller list and watch on \
         namespaces, or ask the owner to write names instead of labels.",
        question.target.identity, question.request.namespace
    )
}

fn named_secret(question: Question<'_>) -> Option<&TokenSecret> {
    match question.evidence.token {
        TokenEvidence::NotNamed => None,
        TokenEvidence::SecretMissing(secret)
        | TokenEvidence::KeyMissing(secret)
        | TokenEvidence::Presented(secret, _) => Some(secret),
    }
}

/// Comes before anything is said about that Secret: not even whether it exists is anybody's business elsewhere.
pub(super) fn token_is_in_the_own_namespace(question: Question<'_>, _: &mut Findings) -> Checked {
    let own = question.request.namespace;
    let Some(secret) = named_secret(question).filter(|secret| secret.namespace != *own) else {
        return Ok(());
    };
    let field = question.target.identity.kind.consumer().token_field();
    stop(
        Reason::TokenSecretInOtherNamespace,
        format!(
            "{field} names Secret {}/{}, but the authorization token is only ever read from namespace {own}. Copy the token into a Secret of \
             namespace {own} and name that.",
            secret.namespace, secret.name
        ),
    )
}

pub(super) fn token_is_there(question: Question<'_>, _: &mut Findings) -> Checked {
    let kind = question.target.identity.kind.consumer();
    let field = kind.token_field();
    match question.evidence.token {
        TokenEvidence::NotNamed | TokenEvidence::Presented(..) => Ok(()),
        TokenEvidence::SecretMissing(secret) => stop(
            Reason::TokenSecretMissing,
            format!(
                "Secret {}/{}, named in {field}, does not exist. Create it with the authorization token of {} under key {:?}, or remove {field}.",
                secret.namespace, secret.name, question.target.identity, secret.key
            ),
        ),
        TokenEvidence::KeyMissing(secret) => stop(
            Reason::TokenKeyMissing,
            format!(
                "Secret {}/{} has no key {:?}, which {field} names. Put the authorization token of {} under that key, or name the key that \
                 holds it.",
                secret.namespace, secret.name, secret.key, question.target.identity
            ),
        ),
    }
}

pub(super) fn token_is_valid(question: Question<'_>, findings: &mut Findings) -> Checked {
    let (TokenEvidence::Presented(secret, value), Ok(policy)) =
        (question.evidence.token, question.target.policy)
    else {
        return Ok(());
    };
    let checked = AuthorizationToken::parse(value).map_err(TokenRefusal::Malformed).and_then(|token| {
        let target = question.target;
        verify(
            &token,
            target.ledger,
            &policy.revoked,
            target.identity,
            question.request.namespace,
            question.now,
        )
    });
    match checked {
        Ok(entry) => {
            findings.token = Some(entry.id);
            findings.lapses_at = Some(entry.expires_at);
            if let Some(limits) = &entry.limits {
                findings.limits.narrow(&LimitSource::Token(entry.id), limits);
            }
            Ok(())
        }
        Err(refusal) => {
            let is_token = !matches!(refusal, TokenRefusal::Malformed(_));
            let subject = if is_token { "The authorization token" } else { "The value" };
            let TokenSecret { namespace, name, key } = secret;
            let why = format!("{subject} under key {key:?} of Secret {namespace}/{name} {refusal}.");
            stop(reason_of(&refusal), why)
        }
    }
}

fn reason_of(refusal: &TokenRefusal) -> Reason {
    match refusal {
        TokenRefusal::Malformed(_) => Reason::TokenMalformed,
        TokenRefusal::Unknown { .. } => Reason::TokenUnknown,
        TokenRefusal::Mismatch { .. } => Reason::TokenMismatch,
        TokenRefusal::Revoked { .. } => Reason::TokenRevoked,
        TokenRefusal::Expired { .. } => Reason::TokenExpired,
        TokenRefusal::Superseded { .. } => Reason::TokenSuperseded,
        TokenRefusal::OtherTarget { .. } => Reason::TokenOfOtherTarget,
        TokenRefusal::OtherNamespaces { .. } => Reason::TokenForOtherNamespace,
    }
}

/// Gathers the limits of the target that are for this namespace. One that cannot be told to be for it, or not, might be.
pub(super) fn limits_are_known(question: Question<'_>, findings: &mut Findings) -> Checked {
    let Ok(policy) = question.target.policy else { return Ok(()) };
    let request = question.request;
    for (index, entry) in policy.limits.iter().enumerate() {
        let selected = entry.namespaces.as_ref().map_or(SelectorMatch::Yes, |selector| {
            selector.selects(request.namespace, request.namespace_labels)
        });
        match selected {
            SelectorMatch::Yes => findings.limits.narrow(&LimitSource::Target(index), &entry.limits),
            SelectorMatch::No => {}
            SelectorMatch::LabelsUnknown => {
                let field = format!("spec.authorization.limits[{index}]");
                return stop(Reason::NamespaceLabelsUnknown, labels_unknown(question, &field));
            }
        }
    }
    if *request.namespace != question.target.identity.namespace {
        findings.limits.default_for_other_namespaces();
    }
    Ok(())
}

pub(super) fn name_is_within_limits(question: Question<'_>, findings: &mut Findings) -> Checked {
    let (request, target) = (question.request, question.target.identity);
    let Some(list) = findings.limits.name_refused_by(request.name) else { return Ok(()) };
    let patterns: Vec<&str> = list.value.iter().map(crate::NamePattern::as_str).collect();
    stop(
        Reason::NameNotAllowed,
        format!(
            "Namespace {} may use {target} only for {} named {} ({}), not {:?}. Create the object anew with such a name in {}, or ask the owner of {target} to widen the \
             limit.",
            request.namespace,
            target.kind.consumer().plural(),
            patterns.join(" or "),
            list.source,
            request.name,
            target.kind.consumer().name_field()
        ),
    )
}

pub(super) fn capabilities_are_within_limits(question: Question<'_>, findings: &mut Findings) -> Checked {
    let refused = findings.limits.capabilities_refused(question.request.asks);
    if refused.is_empty() {
        return Ok(());
    }
    let target = question.target.identity;
    let listed: Vec<String> =
        refused.iter().map(|(capability, source)| format!("{capability} (by {source})")).collect();
    stop(
        Reason::CapabilityNotAllowed,
        format!(
            "{} {:?} asks for what namespace {} may not have on {target}: {}. Remove it from the {}, or ask the owner of {target} to allow it \
             in spec.authorization.limits[].allowed.",
            capitalized(target.kind.consumer().noun()),
            question.request.name,
            question.request.namespace,
            listed.join(", "),
            target.kind.consumer().noun(),
        ),
    )
}

fn capitalized(noun: &str) -> String {
    let mut signs = noun.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Only for something new: a limit that is lowered stops creation and nothing else.
pub(super) fn there_is_room(question: Question<'_>, findings: &mut Findings) -> Checked {
    let (request, target) = (question.request, question.target.identity);
    let Some(max) = &findings.limits.max_objects else { return Ok(()) };
    if request.operation != Operation::Create || request.others < max.value {
        return Ok(());
    }
    let plural = target.kind.consumer().plural();
    stop(
        Reason::ObjectLimitReached,
        format!(
            "Namespace {} may have {} {plural} on {target} ({}) and has {}. Delete one, or ask the owner of {target} to raise maxObjects.",
            request.namespace, max.value, max.source, request.others
        ),
    )
}
