//! May this object use its target? Collects the evidence and asks the one pure decision.
//!
//! The presented token is only ever read from the object's own namespace, and only where its Secret may go into that object.
//! RBAC is asked only where nothing else allows, and its answer is good for 30 s.

use std::{sync::Arc, time::Duration};

use authorization_token::decision::{
    self, Decision, Evidence, Operation, RbacAnswer, Reason, Request, Rung, Target, TokenEvidence,
    TokenSecret,
};
use authorization_token::{Ledger, NamespaceName, ObjectName, PolicyError, TargetIdentity, TargetPolicy};
use controller_runtime::calls;
use jiff::Timestamp;
use k8s_openapi::api::authorization::v1::{
    LocalSubjectAccessReview, ResourceAttributes, SubjectAccessReviewSpec,
};
use keycloak_crds::{
    GROUP, VERSION,
    authorization::{AuthorizationSpec, AuthorizationStatus, AuthorizedBy},
    policy::TakeOver,
    reference::TokenRef,
};
use kube::{
    Api, Resource,
    api::{ApiResource, DynamicObject, Patch, PatchParams, PostParams},
    core::NamespaceResourceScope,
};
use serde_json::{Value, json};

use crate::{
    audit::Decisions,
    cluster::Namespaces,
    error::ConnectError,
    owner::Owner,
    reach::Asked,
    recent::Recent,
    reference::{Instance, Realm},
    secret::{Secrets, StoredSecret},
    tokens,
};

/// Who writes the decision, in `metadata.managedFields`.
const MANAGER: &str = "cloakroom-authorization";
/// How long an answer about RBAC is good.
const KEEP: Duration = Duration::from_secs(30);

/// Our own verbs that a namespace can hold on a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Make an object on it.
    Use,
    /// Take over an object of it that exists and is not ours.
    Adopt,
}

impl Verb {
    /// The verb as it stands in a Role.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Adopt => "adopt",
        }
    }
}

/// What an object wants of its target.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The object.
    pub reader: &'a Owner,
    /// Its field that names the target: `spec.operatorRef`.
    pub field: &'static str,
    /// The realm name or client id.
    pub name: &'a str,
    /// `authorizationSecretRef` of its reference.
    pub token: Option<&'a TokenRef>,
    /// What it asks for beyond the ordinary, from the merged CR.
    pub asks: &'a Asked,
    /// What is about to be done.
    pub operation: Operation,
    /// How many *other* objects of its namespace stand on the target already.
    pub others: u32,
}

/// What a target says about who may use it.
#[derive(Clone, Debug)]
pub struct Terms {
    identity: TargetIdentity,
    policy: Result<TargetPolicy, PolicyError>,
    ledger: Ledger,
    /// A token cannot be checked before the target's controller has written any ledger.
    has_ledger: bool,
    take_over: Vec<TakeOver>,
}

impl Terms {
    /// The terms of an instance.
    pub fn of_instance(instance: &Instance) -> Self {
        let object = instance.object();
        let status = object.status.as_ref().and_then(|status| status.authorization.as_ref());
        let terms = Self::new(instance.identity(), object.spec.authorization.as_ref(), &[], status);
        Self { take_over: object.spec.take_over.clone().unwrap_or_default(), ..terms }
    }

    /// The terms of a realm. Namespaces of `clientAuthorizationGrants` are granted as those of `authorization.grants`.
    pub fn of_realm(realm: &Realm) -> Self {
        let object = realm.object();
        let status = object.status.as_ref().and_then(|status| status.authorization.as_ref());
        let grants = object.spec.client_authorization_grants.as_deref().unwrap_or_default();
        let terms = Self::new(realm.identity(), object.spec.authorization.as_ref(), grants, status);
        Self { take_over: object.spec.take_over.clone().unwrap_or_default(), ..terms }
    }

    fn new(
        identity: &TargetIdentity,
        spec: Option<&AuthorizationSpec>,
        granted: &[String],
        status: Option<&AuthorizationStatus>,
    ) -> Self {
        let (ledger, unreadable) = tokens::ledger(status);
        for problem in unreadable {
            tracing::warn!(target = %identity, %problem, "a token authorizes nobody");
        }
        let has_ledger = status.is_some_and(|status| status.tokens.is_some());
        let (identity, policy) = (identity.clone(), policy(spec, granted));
        // Who withdraws a named token, or narrows it, does not wait for the target's controller.
        let ledger = tokens::as_listed(&ledger, spec);
        Self { identity, policy, ledger, has_ledger, take_over: Vec::new() }
    }

    /// Whether an object in this namespace may use the target for standing beside it.
    pub fn are_shared_with(&self, namespace: &str) -> bool {
        self.identity.namespace.as_str() == namespace
            && self.policy.as_ref().is_ok_and(|policy| policy.same_namespace)
    }

    /// Which object it is.
    pub fn identity(&self) -> &TargetIdentity {
        &self.identity
    }

    /// `spec.authorization`, checked; the error is for the target's owner.
    ///
    /// # Errors
    /// The first entry that cannot be followed.
    pub fn policy(&self) -> Result<&TargetPolicy, &PolicyError> {
        self.policy.as_ref()
    }
}

/// `spec.authorization` by its JSON, which is the same on both sides.
fn policy(spec: Option<&AuthorizationSpec>, granted: &[String]) -> Result<TargetPolicy, PolicyError> {
    let unreadable = |why: String| PolicyError { path: "spec.authorization".to_owned(), why };
    let mut value = serde_json::to_value(spec).map_err(|error| unreadable(error.to_string()))?;
    if !granted.is_empty() {
        if value.is_null() {
            value = json!({});
        }
        if let Some(fields) = value.as_object_mut() {
            let grants = fields.entry("grants").or_insert_with(|| Value::Array(Vec::new()));
            if let Some(grants) = grants.as_array_mut() {
                grants.push(json!({"namespaces": granted}));
            }
        }
    }
    TargetPolicy::read(&value)
}

/// What lets an object take over what exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaveToAdopt {
    /// It stands in the target's namespace, and the target does not switch that off.
    pub same_namespace: bool,
    /// Its namespace holds the verb `adopt` on the target. Not asked where the first is enough.
    pub verb: bool,
    /// The target's `spec.takeOver` gives up to it what carries no mark.
    pub unmarked: bool,
    /// The target's `spec.takeOver` gives up to it what carries the mark of these clusters.
    pub clusters: Vec<String>,
}

/// Whether an entry of `spec.takeOver` is about an object of this namespace with this realm name or client id.
fn is_about(entry: &TakeOver, namespace: &str, name: &str) -> bool {
    let fits = |pattern: &String| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    };
    entry.namespaces.iter().any(|listed| listed == namespace)
        && entry.names.as_ref().is_none_or(|names| names.iter().any(fits))
}

/// Collects evidence and decides. Clones share what RBAC has answered.
#[derive(Clone)]
pub struct Authorizer {
    kube: kube::Client,
    namespaces: Namespaces,
    secrets: Secrets,
    answers: Arc<Recent<Question, bool>>,
    decisions: Arc<Decisions>,
}

/// What RBAC was asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Question {
    namespace: NamespaceName,
    target: TargetIdentity,
    verb: Verb,
}

impl Authorizer {
    /// Nothing was asked yet.
    pub fn new(kube: kube::Client, namespaces: Namespaces, secrets: Secrets) -> Self {
        let answers = Arc::new(Recent::new(KEEP));
        Self { kube, namespaces, secrets, answers, decisions: Arc::default() }
    }

    /// Decides, and tells the audit log. What does not allow is a [`Decision`] too, see [`ConnectError::of_decision`].
    ///
    /// # Errors
    /// As [`Self::weigh`].
    pub async fn decide(
        &self,
        ask: &Ask<'_>,
        terms: &Terms,
        now: Timestamp,
    ) -> Result<Decision, ConnectError> {
        let decision = self.weigh(ask, terms, now).await?;
        self.decisions.tell(ask.reader, &terms.identity, ask.operation, &decision);
        Ok(decision)
    }

    /// Forgets what the audit log was told of an object that goes.
    pub fn forget(&self, reader: &Owner) {
        self.decisions.forget(reader);
    }

    /// Decides and tells nobody: for an object in deletion, which needs no leave, and of which only is asked what it may be told.
    ///
    /// # Errors
    /// When the named Secret may not go into the object, or cannot be read because the API server does not answer or does not
    /// let us look, or when a name is none.
    pub async fn weigh(
        &self,
        ask: &Ask<'_>,
        terms: &Terms,
        now: Timestamp,
    ) -> Result<Decision, ConnectError> {
        let namespace = NamespaceName::new(ask.reader.namespace.as_str())?;
        let token = self.token(ask, &namespace).await?;
        if matches!(token, Token::Presented(..)) && !terms.has_ledger && ask.operation != Operation::Delete {
            return Err(no_ledger(&terms.identity));
        }
        let asks = ask.asks.all();
        let mut rbac = RbacAnswer::Unknown("it was not asked yet".to_owned());
        let mut labels = None;
        let decide = |rbac: &RbacAnswer, labels: Option<&std::collections::BTreeMap<String, String>>| {
            let request = Request {
                namespace: &namespace,
                namespace_labels: labels,
                name: ask.name,
                asks: &asks,
                operation: ask.operation,
                others: ask.others,
            };
            let target =
                Target { identity: &terms.identity, policy: terms.policy.as_ref(), ledger: &terms.ledger };
            decision::decide(&request, target, Evidence { token: token.evidence(), rbac }, now)
        };
        let mut decision = decide(&rbac, None);
        if decision.reason == Reason::NamespaceLabelsUnknown {
            labels = self.labels(&namespace).await;
            decision = decide(&rbac, labels.as_ref());
        }
        if decision.reason == Reason::RbacUnknown {
            rbac = self.rbac(&namespace, &terms.identity, Verb::Use).await;
            decision = decide(&rbac, labels.as_ref());
        }
        // Without RBAC a grant by label may be what is left.
        if decision.reason == Reason::NamespaceLabelsUnknown && labels.is_none() {
            labels = self.labels(&namespace).await;
            decision = decide(&rbac, labels.as_ref());
        }
        ask.asks.explain(&mut decision);
        Ok(decision)
    }

    /// Whether the service accounts of a namespace hold a verb on the target, as of at most 30 s ago.
    ///
    /// # Errors
    /// When the namespace's name is none.
    pub async fn holds(
        &self,
        namespace: &str,
        verb: Verb,
        target: &TargetIdentity,
    ) -> Result<RbacAnswer, ConnectError> {
        Ok(self.rbac(&NamespaceName::new(namespace)?, target, verb).await)
    }

    /// Whether an object may take over what of the target exists and is not its own, once its author has asked for that.
    /// `name`: its realm name or client id.
    ///
    /// # Errors
    /// When the namespace's name is none.
    pub async fn leave_to_adopt(
        &self,
        namespace: &str,
        name: &str,
        terms: &Terms,
    ) -> Result<LeaveToAdopt, ConnectError> {
        let same_namespace = terms.are_shared_with(namespace);
        // What could not be asked is not allowed now; the refusal is looked at again.
        let verb = !same_namespace
            && self.holds(namespace, Verb::Adopt, &terms.identity).await? == RbacAnswer::Allowed;
        let given_up = terms.take_over.iter().filter(|entry| is_about(entry, namespace, name));
        let (marked, unmarked): (Vec<_>, Vec<_>) = given_up.partition(|entry| entry.cluster_id.is_some());
        let clusters = marked.into_iter().filter_map(|entry| entry.cluster_id.clone()).collect();
        Ok(LeaveToAdopt { same_namespace, verb, unmarked: !unmarked.is_empty(), clusters })
    }

    async fn token(&self, ask: &Ask<'_>, namespace: &NamespaceName) -> Result<Token, ConnectError> {
        let Some(named) = ask.token.filter(|_| ask.operation != Operation::Delete) else {
            return Ok(Token::NotNamed);
        };
        let secret = TokenSecret {
            namespace: namespace.clone(),
            name: ObjectName::new(named.name.as_str())?,
            key: named.key.clone(),
        };
        let leave = self.secrets.leave(ask.reader).await?;
        let field = format!("{}.authorizationSecretRef", ask.field);
        Ok(match self.secrets.named(&leave, &named.name, &field).await? {
            None => Token::SecretMissing(secret),
            Some(stored) if stored.get(&named.key).is_none() => Token::KeyMissing(secret),
            Some(stored) => Token::Presented(secret, stored),
        })
    }

    /// The labels of a namespace; `None` where the controller may not look.
    async fn labels(&self, namespace: &NamespaceName) -> Option<std::collections::BTreeMap<String, String>> {
        match self.namespaces.get(namespace.as_str()).await {
            Ok(found) => found.map(|namespace| namespace.labels.clone()),
            Err(error) => {
                tracing::debug!(%namespace, %error, "the labels of a namespace are not known");
                None
            }
        }
    }

    async fn rbac(&self, namespace: &NamespaceName, target: &TargetIdentity, verb: Verb) -> RbacAnswer {
        let question = Question { namespace: namespace.clone(), target: target.clone(), verb };
        let allowed = match self.answers.get(&question, 0) {
            Some(allowed) => allowed,
            None => match self.review(&question).await {
                Ok(allowed) => {
                    count(verb, if allowed { "allowed" } else { "denied" });
                    self.answers.put(question, 0, allowed);
                    allowed
                }
                Err(error) => {
                    count(verb, "unknown");
                    return RbacAnswer::Unknown(calls::sentence(&error));
                }
            },
        };
        if allowed { RbacAnswer::Allowed } else { RbacAnswer::NotAllowed }
    }

    async fn review(&self, question: &Question) -> Result<bool, kube::Error> {
        let reviews: Api<LocalSubjectAccessReview> =
            Api::namespaced(self.kube.clone(), question.target.namespace.as_str());
        let answer = reviews.create(&PostParams::default(), &review(question)).await?;
        Ok(answer.status.is_some_and(|status| status.allowed && status.denied != Some(true)))
    }
}

/// Questions that the API server was asked about RBAC; what is remembered is no question.
fn count(verb: Verb, result: &'static str) {
    metrics::counter!("keycloak_operator_rbac_validations_total", "verb" => verb.as_str(), "result" => result)
        .increment(1);
}

/// The groups of every service account of the namespace, and no user: a plain `RoleBinding` to the group is the whole grant.
fn review(question: &Question) -> LocalSubjectAccessReview {
    let Question { namespace, target, verb } = question;
    let groups = vec![
        "system:serviceaccounts".to_owned(),
        format!("system:serviceaccounts:{namespace}"),
        "system:authenticated".to_owned(),
    ];
    let attributes = ResourceAttributes {
        group: Some(GROUP.to_owned()),
        version: Some(VERSION.to_owned()),
        resource: Some(target.kind.resource().to_owned()),
        namespace: Some(target.namespace.as_str().to_owned()),
        name: Some(target.name.as_str().to_owned()),
        verb: Some(verb.as_str().to_owned()),
        ..ResourceAttributes::default()
    };
    let spec = SubjectAccessReviewSpec {
        groups: Some(groups),
        resource_attributes: Some(attributes),
        ..SubjectAccessReviewSpec::default()
    };
    let mut review = LocalSubjectAccessReview { spec, ..LocalSubjectAccessReview::default() };
    review.metadata.namespace = Some(target.namespace.as_str().to_owned());
    review
}

/// What came of reading the token.
enum Token {
    NotNamed,
    SecretMissing(TokenSecret),
    KeyMissing(TokenSecret),
    Presented(TokenSecret, StoredSecret),
}

impl Token {
    fn evidence(&self) -> TokenEvidence<'_> {
        match self {
            Self::NotNamed => TokenEvidence::NotNamed,
            Self::SecretMissing(secret) => TokenEvidence::SecretMissing(secret),
            Self::KeyMissing(secret) => TokenEvidence::KeyMissing(secret),
            Self::Presented(secret, stored) => {
                TokenEvidence::Presented(secret, stored.get(&secret.key).unwrap_or_default())
            }
        }
    }
}

/// The target's controller has not written down any token yet: nobody can tell a good one from a bad one.
fn no_ledger(target: &TargetIdentity) -> ConnectError {
    let (namespace, name) = (target.namespace.as_str().to_owned(), target.name.as_str().to_owned());
    match target.kind {
        authorization_token::TargetKind::Keycloak => ConnectError::InstanceNotReady {
            namespace,
            name,
            lacks: "its authorization tokens are not known yet",
        },
        authorization_token::TargetKind::KeycloakRealm => {
            ConnectError::RealmNotAvailable { namespace, name, because: None }
        }
    }
}

/// Writes the decision into the object's `status.authorization`, beside the tokens, which have another owner. To be called
/// where it differs from what stands there.
///
/// Gives the object's new `resourceVersion`.
///
/// # Errors
/// What the API server says; a conflict if the object is no longer that of `resource_version`.
pub async fn publish<K>(
    kube: &kube::Client,
    owner: &Owner,
    resource_version: &str,
    decision: &Decision,
) -> Result<String, ConnectError>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
{
    let AuthorizationStatus { tokens: _, secrets: _, granted, by, token_id } = status(decision);
    let authorization = json!({"granted": granted, "by": by, "tokenId": token_id});
    let doing = || format!("writing the authorization of {owner} into its status");
    patch_authorization::<K>(kube, owner, resource_version, MANAGER, &authorization)
        .await
        .map_err(ConnectError::kube(doing))
}

/// Merges into `status.authorization`, and gives the object's new `resourceVersion`.
///
/// The version also names the object: one that was made anew under the same name has another.
pub(crate) async fn patch_authorization<K>(
    kube: &kube::Client,
    owner: &Owner,
    resource_version: &str,
    manager: &str,
    authorization: &Value,
) -> Result<String, kube::Error>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
{
    let patch = json!({
        "metadata": {"resourceVersion": resource_version},
        "status": {"authorization": authorization},
    });
    let api: Api<DynamicObject> =
        Api::namespaced_with(kube.clone(), &owner.namespace, &ApiResource::erase::<K>(&()));
    let parameters = PatchParams { field_manager: Some(manager.to_owned()), ..PatchParams::default() };
    let written = api.patch_status(&owner.name, &parameters, &Patch::Merge(patch)).await?;
    Ok(written.metadata.resource_version.unwrap_or_default())
}

/// What stands in the object's `status.authorization` about the decision; the object's own tokens are added by its controller.
pub fn status(decision: &Decision) -> AuthorizationStatus {
    AuthorizationStatus {
        tokens: None,
        secrets: None,
        granted: Some(decision.outcome == decision::Outcome::Allowed),
        by: decision.rung.map(|rung| match rung {
            Rung::SameNamespace => AuthorizedBy::SameNamespace,
            Rung::Token => AuthorizedBy::Token,
            Rung::Rbac => AuthorizedBy::Rbac,
            Rung::Grant => AuthorizedBy::Grant,
        }),
        token_id: decision.token.map(|id| id.to_string()),
    }
}

#[cfg(test)]
mod tests;
