//! Doing what was planned: each step once, and what depends on a failed one not at all.

use controller_runtime::{Applied, Fence, Pass};
use k8s_openapi::api::{apps::v1::StatefulSet, core::v1::Service};
use keycloak_admin::{
    Secret,
    logins::{self, Excess, Granted, LoginsError},
};
use keycloak_connect::{
    AdminLogin, ConnectError, Connection, RealmManagerLogin, StoredSecret,
    login::{
        self, MASTER,
        rotation::{self, Age, Why as RotationCause},
    },
    secret::{self, Creation, Takeover, Written},
    tokens::{self, Issued, Keeper, Kept},
};
use keycloak_crds::{Keycloak, authorization::HandedOut};
use kube::{
    Api, ResourceExt as _,
    api::{Patch, PatchParams},
};
use serde::de::DeserializeOwned;

use crate::{
    controller::InstanceController,
    error::InstanceError,
    observe::{FAREWELL, Observed, Seen},
    plan::{Mode, Plan, Step},
    validate,
    workload::{
        Child, ChildKind,
        compare::{Why, differences},
        identity::MANAGER,
        look::json,
    },
};

/// User name of the administrator that we make, as the seed has it.
const ADMIN: &str = "admin";

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// Whether the administrator's Secret was made.
    pub admin_secret: bool,
    /// Objects of a server that we run that were written.
    pub children: Vec<WrittenChild>,
    /// Whether one of them makes Kubernetes replace or add pods.
    pub rolls_out: bool,
    /// Our login, if it was made or mended, or has another secret.
    pub login: Option<LoginMade>,
    /// The Secret of our login, if it was written.
    pub login_secret: Option<StoredSecret>,
    /// What became of each realm to grant.
    pub granted: Vec<(String, Granted)>,
    /// What became of the tokens.
    pub tokens: Option<Issued>,
    /// What became of our login in a teardown.
    pub farewell: Option<Farewell>,
    /// Why Secrets of ours are left in another namespace, and in which.
    pub secrets_left: Option<(String, String)>,
    /// Copies of tokens that are left in other namespaces, and why.
    pub copies_left: Vec<(HandedOut, String)>,
}

/// An object of a server that we run was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenChild {
    /// Its kind.
    pub kind: ChildKind,
    /// Its name.
    pub name: String,
    /// Why it was written.
    pub why: Why,
    /// Paths of values that read back differently than they were written, in the answer to the write.
    pub kept: Vec<String>,
}

impl WrittenChild {
    /// `kind/name`.
    pub fn object(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }
}

/// Our login was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginMade {
    /// Its client id.
    pub account: String,
    /// Whether there was one before.
    pub mended: bool,
    /// Rights beyond its need that it had.
    pub excess: Excess,
    /// Whether it logs in since.
    pub works: bool,
}

/// What became of our login in a teardown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// It was removed.
    Removed(String),
    /// It is left in the server: which one, and why.
    Left {
        /// Its client id.
        account: String,
        /// Why.
        why: String,
    },
}

/// Does the plan.
pub async fn apply(
    controller: &InstanceController,
    plan: &Plan,
    observed: &Observed,
    pass: &Pass,
) -> Applied<Done, InstanceError> {
    let mut applied = Applied::all(Done::default());
    let Some(seen) = observed.seen().filter(|_| plan.mode == Mode::Enforce) else {
        return applied;
    };
    let (mut has_login, mut has_admin) = (true, true);
    for step in &plan.steps {
        let result = match step {
            Step::MakeAdminSecret => {
                let made = make_admin_secret(controller, seen).await;
                has_admin = made.is_ok();
                made.map(|()| applied.done.admin_secret = true)
            }
            // A server that starts without its first administrator never gets one.
            Step::Apply(child, _) if !has_admin && child.kind == ChildKind::StatefulSet => Ok(()),
            Step::Apply(child, why) => write_child(controller, seen, child).await.map(|answer| {
                applied.done.rolls_out |= answer.rolls_out;
                let (kind, name, why) = (child.kind, child.name.clone(), why.clone());
                applied.done.children.push(WrittenChild { kind, name, why, kept: answer.kept });
            }),
            Step::MakeLogin | Step::MendLogin => {
                let mended = *step == Step::MendLogin;
                let made = make_login(controller, seen, mended, pass, &mut applied.done).await;
                has_login = made.is_ok();
                made
            }
            Step::RotateLogin(why) => rotate_login(controller, seen, *why, pass, &mut applied.done).await,
            // There is nobody to grant to.
            Step::GrantRealms(_) if !has_login => Ok(()),
            Step::GrantRealms(realms) => {
                grant(seen, realms, &pass.fence).await.map(|granted| applied.done.granted = granted)
            }
            Step::KeepTokens => {
                let kept = keep_tokens(controller, seen, pass).await;
                kept.map(|kept| {
                    if let Some(Kept { issued, failures }) = kept {
                        applied.done.tokens = Some(issued);
                        applied.failures.extend(failures.into_iter().map(InstanceError::from));
                    }
                })
            }
            Step::TakeTokensBack => {
                applied.done.copies_left = take_tokens_back(controller, seen, &pass.fence).await;
                Ok(())
            }
            Step::RemoveLogin => {
                applied.done.farewell = Some(remove_login(seen, &pass.fence).await);
                controller.sessions.forget(&seen.instance);
                Ok(())
            }
            Step::LeaveLogin => {
                applied.done.farewell = Some(leave_login(seen));
                controller.sessions.forget(&seen.instance);
                Ok(())
            }
            Step::RemoveSecrets(namespace) => {
                let left = remove_secrets(controller, seen, &pass.fence).await.err();
                applied.done.secrets_left = left.map(|error| (namespace.clone(), error.to_string()));
                Ok(())
            }
        };
        applied.failures.extend(result.err());
    }
    applied
}

/// Once, before the first start. Nothing is generated over a Secret that is there by now: the next pass looks whether it is
/// ours, and uses it as it is.
async fn make_admin_secret(controller: &InstanceController, seen: &Seen) -> Result<(), InstanceError> {
    let wanted = AdminLogin::wanted(&seen.instance, ADMIN, &Secret::random());
    let created = secret::create(&controller.kube, &wanted).await?;
    match created {
        // A namespace in deletion takes nothing new; the object itself is about to go.
        Creation::Done(_) | Creation::NamespaceTerminating => Ok(()),
        Creation::Exists => {
            let (namespace, name) = (wanted.namespace, wanted.name);
            Err(ConnectError::SecretChanged { namespace, name }.into())
        }
    }
}

/// What the API server answered to a write.
struct Answer {
    /// Whether Kubernetes replaces or adds pods.
    rolls_out: bool,
    /// Paths of values that it did not take as they were written.
    kept: Vec<String>,
}

/// Server-side apply: whoever wrote a field of ours before loses it.
async fn write_child(
    controller: &InstanceController,
    seen: &Seen,
    child: &Child,
) -> Result<Answer, InstanceError> {
    let kube = controller.kube.clone();
    let namespace = &seen.instance.owner().namespace;
    let kept = |stored| differences(&child.body, &stored).into_keys().collect();
    match child.kind {
        ChildKind::StatefulSet => {
            let written: StatefulSet = write_as(Api::namespaced(kube, namespace), namespace, child).await?;
            let before = seen.workload.as_ref().and_then(|workload| workload.stateful_set.as_ref());
            let is_new = |before: &StatefulSet| before.metadata.generation != written.metadata.generation;
            Ok(Answer { rolls_out: before.is_none_or(is_new), kept: kept(json(&written)) })
        }
        ChildKind::Service => {
            let written: Service = write_as(Api::namespaced(kube, namespace), namespace, child).await?;
            Ok(Answer { rolls_out: false, kept: kept(json(&written)) })
        }
    }
}

async fn write_as<K>(api: Api<K>, namespace: &str, child: &Child) -> Result<K, InstanceError>
where
    K: Clone + DeserializeOwned + std::fmt::Debug,
{
    let parameters = PatchParams::apply(MANAGER).force();
    let written = api.patch(&child.name, &parameters, &Patch::Apply(&child.body)).await;
    let doing = || format!("writing {} {namespace}/{}", child.kind, child.name);
    written.map_err(|source| ConnectError::kube(doing)(source).into())
}

fn may_write(fence: &Fence) -> Result<(), InstanceError> {
    if fence.is_open() { Ok(()) } else { Err(InstanceError::NotLeading) }
}

/// Keycloak first, then the Secret: stopped between the two, the next pass finds the Secret missing or refused and gives the
/// account, which is never made anew, another secret.
async fn make_login(
    controller: &InstanceController,
    seen: &Seen,
    mended: bool,
    pass: &Pass,
    done: &mut Done,
) -> Result<(), InstanceError> {
    let Some(administrator) = &seen.administrator else { return Err(nobody(seen)) };
    may_write(&pass.fence)?;
    let secret = Secret::random();
    let made = logins::realm_manager(administrator.api(), &seen.account, &secret).await;
    let made = made.map_err(|error| failed(seen, administrator, error))?;
    let login = RealmManagerLogin { credentials: made.credentials };
    let wanted = rotation::finished(login.wanted(&seen.instance), pass.now, asked(seen).as_deref());
    let written =
        secret::write(&controller.secrets, &wanted, seen.login_secret.as_ref(), Takeover::No).await?;
    done.login_secret = written.secret().cloned();
    let login = LoginMade { account: seen.account.clone(), mended, excess: made.excess, works: false };
    match written {
        Written::Created(_) | Written::Changed(_) | Written::Unchanged(_) => {
            tried(controller, seen, login, done).await
        }
        // Nothing new is taken there; the object itself is about to go.
        Written::NamespaceTerminating => {
            done.login = Some(LoginMade { works: true, ..login });
            Ok(())
        }
    }
}

/// The request of another secret that stands on the object.
fn asked(seen: &Seen) -> Option<String> {
    rotation::asked(seen.instance.object().annotations())
}

/// Gives our login, which works, another secret, in the steps of [`rotation`]: stopped between any two, whoever logs in finds what
/// the server accepts in the Secret, and the next pass goes on.
async fn rotate_login(
    controller: &InstanceController,
    seen: &Seen,
    why: RotationCause,
    pass: &Pass,
    done: &mut Done,
) -> Result<(), InstanceError> {
    let Some(administrator) = &seen.administrator else { return Err(nobody(seen)) };
    // It is due by what stands in there.
    let Some(found) = &seen.login_secret else { return Ok(()) };
    may_write(&pass.fence)?;
    let held = RealmManagerLogin::read(found)?;
    let (next, begun) = if let Some(next) = Age::of(found).next {
        (next, found.clone())
    } else {
        let next = Secret::random();
        let wanted = rotation::begun(held.wanted(&seen.instance), &next);
        let written = secret::write(&controller.secrets, &wanted, Some(found), Takeover::No).await?;
        let Some(begun) = written.secret() else { return Ok(()) };
        (next, begun.clone())
    };
    done.login_secret = Some(begun.clone());
    may_write(&pass.fence)?;
    let made = logins::realm_manager(administrator.api(), &seen.account, &next).await;
    let made = made.map_err(|error| failed(seen, administrator, error))?;
    let login = RealmManagerLogin { credentials: made.credentials };
    let wanted = rotation::finished(login.wanted(&seen.instance), pass.now, asked(seen).as_deref());
    let written = secret::write(&controller.secrets, &wanted, Some(&begun), Takeover::No).await?;
    done.login_secret = written.secret().cloned();
    rotation::tell("realm-manager", &seen.account, seen.instance.owner(), why);
    controller.sessions.forget_login(&seen.instance, wanted.name.as_str());
    let login = LoginMade { account: seen.account.clone(), mended: true, excess: made.excess, works: false };
    tried(controller, seen, login, done).await
}

/// Tries the login that has a secret since a moment. That it has one is told also where the server does not take it yet.
async fn tried(
    controller: &InstanceController,
    seen: &Seen,
    login: LoginMade,
    done: &mut Done,
) -> Result<(), InstanceError> {
    let tried = try_login(controller, seen).await;
    done.login = Some(LoginMade { works: tried.is_ok(), ..login });
    tried
}

/// Proves that the Secret that was written logs in. Its access token serves the next passes.
async fn try_login(controller: &InstanceController, seen: &Seen) -> Result<(), InstanceError> {
    let connection = controller.sessions.realm_manager(&seen.instance, MASTER).await?;
    match connection.api().realm_view(MASTER).await {
        Ok(_) => {
            connection.succeeded();
            Ok(())
        }
        Err(source) => {
            connection.failed(&source);
            Err(InstanceError::NotAcceptedYet { account: seen.account.clone(), source: Box::new(source) })
        }
    }
}

async fn grant(
    seen: &Seen,
    realms: &[String],
    fence: &Fence,
) -> Result<Vec<(String, Granted)>, InstanceError> {
    let Some(administrator) = &seen.administrator else { return Err(nobody(seen)) };
    may_write(fence)?;
    let granted = logins::grant_realms(administrator.api(), &seen.account, realms).await;
    granted.map_err(|error| failed(seen, administrator, error))
}

async fn keep_tokens(
    controller: &InstanceController,
    seen: &Seen,
    pass: &Pass,
) -> Result<Option<Kept>, InstanceError> {
    let Some(place) = &seen.token_place else { return Ok(None) };
    let object = seen.instance.object();
    let target = tokens::Target {
        owner: seen.instance.owner(),
        identity: seen.instance.identity(),
        status: object.status.as_ref().and_then(|status| status.authorization.as_ref()),
        resource_version: object.metadata.resource_version.as_deref().unwrap_or_default(),
        revoked: &validate::revoked(object)?,
        named: &validate::named_tokens(object)?,
    };
    let keeper =
        Keeper { secrets: &controller.secrets, namespaces: &controller.namespaces, thorough: pass.forced };
    Ok(Some(tokens::keep::<Keycloak>(keeper, &target, place, pass.now).await?))
}

/// Nothing here stands in the way of the deletion: nobody accepts these tokens any more.
async fn take_tokens_back(
    controller: &InstanceController,
    seen: &Seen,
    fence: &Fence,
) -> Vec<(HandedOut, String)> {
    if may_write(fence).is_err() {
        return Vec::new();
    }
    let status = seen.instance.object().status.as_ref().and_then(|status| status.authorization.as_ref());
    let left = tokens::take_back_copies(&controller.secrets, seen.instance.owner(), status).await;
    left.into_iter().map(|(copy, error)| (copy, error.to_string())).collect()
}

/// Removes our login; whatever stands in the way is told and left, a server that does not answer among it.
async fn remove_login(seen: &Seen, fence: &Fence) -> Farewell {
    let left = |why: String| Farewell::Left { account: seen.account.clone(), why };
    let Some(administrator) = &seen.administrator else { return leave_login(seen) };
    if let Err(error) = may_write(fence) {
        return left(error.to_string());
    }
    let api = administrator.api();
    let removed = async {
        match api.client_by_client_id(MASTER, &seen.account).await?.and_then(|client| client.id) {
            Some(uuid) => api.client_delete(MASTER, &uuid).await,
            None => Ok(()),
        }
    };
    match tokio::time::timeout(FAREWELL, removed).await {
        Ok(Ok(())) => Farewell::Removed(seen.account.clone()),
        Ok(Err(error)) if error.is_not_found() => Farewell::Removed(seen.account.clone()),
        Ok(Err(error)) => left(error.to_string()),
        Err(_) => {
            let url = seen.instance.addresses().internal.clone();
            left(InstanceError::Silent { url, seconds: FAREWELL.as_secs() }.to_string())
        }
    }
}

async fn remove_secrets(
    controller: &InstanceController,
    seen: &Seen,
    fence: &Fence,
) -> Result<(), InstanceError> {
    may_write(fence)?;
    Ok(login::remove_logins(&controller.kube, &seen.instance).await?)
}

fn leave_login(seen: &Seen) -> Farewell {
    let why = seen.obstacles.first().map_or_else(
        || "spec.management or spec.suspend asks that nothing is written".to_owned(),
        ToString::to_string,
    );
    Farewell::Left { account: seen.account.clone(), why }
}

/// The plan has no such step without an administrator.
fn nobody(seen: &Seen) -> InstanceError {
    let source = LoginsError::NoAccount { realm: MASTER.to_owned(), client_id: seen.account.clone() };
    InstanceError::Logins { account: seen.account.clone(), source: Box::new(source) }
}

fn failed(seen: &Seen, administrator: &Connection, error: LoginsError) -> InstanceError {
    if let LoginsError::Admin(error) = &error {
        administrator.failed(error);
    }
    InstanceError::Logins { account: seen.account.clone(), source: Box::new(error) }
}
