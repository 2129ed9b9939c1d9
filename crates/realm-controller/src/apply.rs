//! Doing what was planned: each step once, and what depends on a failed one not at all.

use std::collections::BTreeSet;

use controller_runtime::{Applied, Class, Classify as _, Fence, Pass};
use keycloak_admin::{
    Secret,
    logins::{self, Excess, LoginsError},
};
use keycloak_connect::{
    ClientManagerLogin, ConnectError, Connection, Instance, RecordText, StoredRecord, StoredSecret, audit,
    authorize,
    login::{
        client_manager_secret_name,
        rotation::{self, Age, Why as RotationCause},
    },
    quota::{Room, Standing, Wanted},
    record_store::StatusWriter,
    secret::{self, Takeover, WantedSecret, Withdrawn, Written},
    tokens::{self, Issued, Keeper},
};
use keycloak_crds::{KeycloakRealm, authorization::HandedOut, record::Owned};
use keycloak_plan::{Approvals, OwnedRecord, Plan as Changes};
use keycloak_sync::{Target, execute, status};
use kube::ResourceExt as _;

use crate::{
    account,
    controller::RealmController,
    error::RealmError,
    left_logins,
    observe::{LoginState, Observed, Seen, try_login},
    plan::{Farewell, Plan, Step},
    slots, validate,
};

/// Who writes down what is about to be made. The report of the pass takes the field over again.
const PENDING: &str = "cloakroom-realm-pending";

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// What became of the realm, if it was changed: the steps that are done, and what is remembered now.
    pub realm: Option<keycloak_sync::Applied>,
    /// Where what is remembered now stands.
    pub owned: Option<Owned>,
    /// Our login, if it was made, mended, made anew or tried.
    pub login: Option<LoginDone>,
    /// The Secret of our login, if it was written.
    pub login_secret: Option<StoredSecret>,
    /// What became of the tokens.
    pub tokens: Option<Issued>,
    /// What failed for one named token or another.
    pub token_failures: Vec<RealmError>,
    /// Copies of tokens that are left in other namespaces, and why.
    pub copies_left: Vec<(HandedOut, String)>,
    /// Whether the login's Secret was taken back.
    pub taken_back: Option<Withdrawn>,
    /// The account of our login that could not be taken along from a realm that stays.
    pub account_left: Option<AccountLeft>,
    /// Why the realm is not made yet: no slot is free.
    pub waits: Option<RealmError>,
}

/// An account of ours that nobody looks after any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLeft {
    /// Its client id.
    pub account: String,
    /// Why it stays.
    pub why: String,
}

/// What became of our login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginDone {
    /// Its client id.
    pub account: String,
    /// Whether it works now; a disabled realm lets nobody log in.
    pub state: LoginState,
    /// Whether its Secret was written, and whether there was an account before.
    pub written: Option<Mended>,
    /// Rights beyond its need that it had.
    pub excess: Excess,
}

/// Whether there was a login before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// There was none.
    Made,
    /// It was refused.
    Mended,
    /// It worked, and has another secret: why.
    Rotated(RotationCause),
}

/// Work under way.
struct Work<'a> {
    controller: &'a RealmController,
    seen: &'a Seen,
    plan: &'a Plan,
    pass: &'a Pass,
    /// Of the object, after the writes so far.
    resource_version: String,
    /// What is remembered, where it stands after the writes so far.
    stored: StoredRecord,
    done: Done,
}

/// Does the plan.
pub async fn apply(
    controller: &RealmController,
    plan: &Plan,
    observed: &Observed,
    pass: &Pass,
) -> Applied<Done, RealmError> {
    let Some(seen) = observed.seen() else { return Applied::all(Done::default()) };
    if let Some(RealmError::ApprovalAccepted { hash }) = &plan.verdict {
        audit::approval(seen.realm.owner(), hash);
    }
    let resource_version = seen.realm.object().metadata.resource_version.clone().unwrap_or_default();
    let stored = seen.stored.clone();
    let mut work = Work { controller, seen, plan, pass, resource_version, stored, done: Done::default() };
    let mut failures: Vec<RealmError> = Vec::new();
    let mut is_stopped = false;
    for step in &plan.steps {
        // What was decided is told in every mode: it is a fact about the object, not a change of it.
        if !plan.mode.writes() && *step != Step::PublishDecision {
            continue;
        }
        if let Err(error) = work.carry_out(*step).await {
            // Login and tokens hang on the realm, and nothing is taken back before it is gone. Clients do not wait for what is in it.
            let is_there = seen.live_id().is_some();
            let goes_on = error.is_about_a_part() || (is_there && error.is_about_the_record());
            is_stopped = match step {
                Step::TakeSlot => plan.is_new(seen),
                // The login is what proves, the next time, that the realm was ours.
                Step::FreeSlot => true,
                Step::ChangeRealm
                | Step::PublishDecision
                | Step::MakeLogin
                | Step::MendLogin
                | Step::RotateLogin(_)
                | Step::TryLogin
                | Step::KeepTokens
                | Step::TakeTokensBack
                | Step::TakeLoginBack
                | Step::NoteLogin => false,
            };
            let ends = is_stopped || (*step == Step::ChangeRealm && !goes_on);
            let frees_slot = *step == Step::ChangeRealm && work.made_nothing(&error);
            failures.push(error);
            if frees_slot {
                failures.extend(work.free_slot().await.err());
            }
            if ends {
                break;
            }
        }
        if work.done.waits.is_some() {
            is_stopped = true;
            break;
        }
    }
    // What had no place before the realm was changed has none now.
    if !is_stopped && !failures.iter().any(RealmError::is_about_the_record) {
        failures.extend(work.keep_record().await.err());
    }
    let mut done = work.done;
    failures.append(&mut done.token_failures);
    Applied { done, failures }
}

impl Work<'_> {
    async fn carry_out(&mut self, step: Step) -> Result<(), RealmError> {
        match step {
            Step::PublishDecision => self.publish_decision().await,
            Step::TakeSlot => self.take_slot().await,
            Step::ChangeRealm => self.change_realm().await,
            Step::MakeLogin => self.make_login(Mended::Made).await,
            Step::MendLogin => self.make_login(Mended::Mended).await,
            Step::RotateLogin(why) => self.rotate_login(why).await,
            Step::TryLogin => self.try_login().await,
            Step::KeepTokens => self.keep_tokens().await,
            Step::TakeTokensBack => self.take_tokens_back().await,
            Step::FreeSlot => self.free_slot().await,
            Step::TakeLoginBack => self.take_login_back().await,
            Step::NoteLogin => self.note_login().await,
        }
    }

    async fn publish_decision(&mut self) -> Result<(), RealmError> {
        let Some(decision) = &self.seen.decision else { return Ok(()) };
        let (kube, owner) = (&self.controller.kube, self.seen.realm.owner());
        self.resource_version =
            authorize::publish::<KeycloakRealm>(kube, owner, &self.resource_version, decision).await?;
        Ok(())
    }

    /// Before the realm is made. A realm that exists is counted and not stopped.
    async fn take_slot(&mut self) -> Result<(), RealmError> {
        let (controller, seen, pass) = (self.controller, self.seen, self.pass);
        let namespace = seen.realm.owner().namespace.as_str();
        let claim = slots::claim(seen, pass).map_err(ConnectError::from)?;
        let is_there = !self.plan.is_new(seen);
        let is_taken_over = !is_there && seen.live_id().is_some();
        let wanted = Wanted { key: &pass.key, namespace, claim, is_there, is_taken_over, now: pass.now };
        if let Room::Waits { message } = controller.slots.take(&wanted).await? {
            self.done.waits = Some(RealmError::NoRoom { message });
        }
        Ok(())
    }

    /// Whether the creation ended with nothing, and goes on only after somebody did something: no slot is kept for that.
    fn made_nothing(&self, error: &RealmError) -> bool {
        let is_there = self.seen.live_id().is_some()
            || self.done.realm.as_ref().is_some_and(|applied| !applied.done.is_empty());
        let is_stalled = matches!(error.class(), Class::Stall(_)) && !error.is_about_a_part();
        is_stalled && !is_there && !self.pass.deleting && self.seen.slot != Standing::NoQuota
    }

    /// After the realm is gone, or was not made.
    async fn free_slot(&mut self) -> Result<(), RealmError> {
        let owner = self.seen.realm.owner();
        Ok(self.controller.slots.free(&owner.namespace, &owner.uid, self.pass.now).await?)
    }

    async fn change_realm(&mut self) -> Result<(), RealmError> {
        let (Some(changes), Some(connection)) = (&self.plan.changes, &self.seen.connection) else {
            return Ok(());
        };
        let fence = &self.pass.fence;
        let may_write = || fence.is_open();
        let target = Target { api: connection.api(), realm: self.seen.realm.realm_name(), fence: &may_write };
        let record = self.note_pending(changes).await?;
        let mut applied = execute(changes, &record, &target).await;
        let failure = (!applied.failed.is_empty()).then(|| applied.failed.remove(0));
        self.done.realm = Some(applied);
        if let Some(failure) = failure {
            return Err(RealmError::step(failure, connection));
        }
        connection.succeeded();
        Ok(())
    }

    /// Writes down, in one patch, what is about to be made and can carry no mark: whoever finds it there after a crash knows that
    /// it is our own work (rule 1.6). A record that could not hold it afterwards, or would have no place, is refused before
    /// anything is made.
    async fn note_pending(&mut self, changes: &Changes) -> Result<OwnedRecord, RealmError> {
        let record = &self.plan.record;
        // Nothing is made any more, and nothing that is remembered outlives the object.
        if self.pass.deleting {
            return Ok(record.clone());
        }
        let foreseen = RecordText::from(status::foreseen(changes, record));
        let pending = changes.pending();
        let is_pending = !pending.is_empty();
        // With what was settled without a write: the defaults of an object of the seed are known from its first record only.
        let record = if is_pending {
            changes.record_after(record, &BTreeSet::new()).with_pending(pending)
        } else {
            record.clone()
        };
        let noted = RecordText::from(status::owned(&record));
        may_write(&self.pass.fence)?;
        let (mut writer, stored) = self.writer();
        stored.make_room::<KeycloakRealm>(&mut writer, &noted, &foreseen, is_pending).await?;
        Ok(record)
    }

    /// What is remembered after this pass. Where it stands in status, the report writes it.
    async fn keep_record(&mut self) -> Result<(), RealmError> {
        if self.plan.changes.is_none() || !self.plan.mode.writes() || self.pass.deleting {
            return Ok(());
        }
        let record = RecordText::from(status::owned(&self.done.record(self.plan)));
        let (mut writer, stored) = self.writer();
        let owned = stored.keep::<KeycloakRealm>(&mut writer, &record).await?;
        self.done.owned = Some(owned);
        Ok(())
    }

    fn writer(&mut self) -> (StatusWriter<'_>, &mut StoredRecord) {
        let writer = StatusWriter {
            kube: &self.controller.kube,
            keys: self.controller.named.keys(),
            told: &self.pass.status_writes,
            manager: PENDING,
            resource_version: &mut self.resource_version,
        };
        (writer, &mut self.stored)
    }

    /// Keycloak first, then the Secret: stopped between the two, the next pass finds the Secret missing or refused and gives
    /// the account another secret.
    async fn make_login(&mut self, mended: Mended) -> Result<(), RealmError> {
        let (seen, controller) = (self.seen, self.controller);
        let (Some(connection), Some(instance)) = (&seen.connection, &seen.instance) else { return Ok(()) };
        may_write(&self.pass.fence)?;
        let (account, realm) = (seen.account(controller), seen.realm.realm_name());
        // The secret that stands in Kubernetes is put back: another one would lock everybody out between the two writes, and be
        // written anew in each pass while the server refuses for another reason.
        let held = seen.held.as_ref().map(|held| held.credentials.client_secret.clone());
        let is_new = held.is_none();
        let secret = held.unwrap_or_else(Secret::random);
        let made = logins::client_manager(connection.api(), realm, &account, &secret).await;
        let made = made.map_err(|error| failed(connection, &account, realm, error))?;
        let login = ClientManagerLogin {
            credentials: made.credentials,
            realm: realm.to_owned(),
            // A realm that was just made has the id that was chosen for it.
            realm_id: seen.live_id().unwrap_or(&seen.realm.owner().uid).to_owned(),
            owner: seen.realm.owner().clone(),
        };
        let wanted = login.wanted(instance);
        let wanted = if is_new { self.finished(wanted) } else { rotation::unchanged(wanted) };
        let known = seen.login_secret.as_ref();
        let written = secret::write(&controller.secrets, &wanted, known, Takeover::No).await?;
        self.proven(
            instance,
            written,
            LoginDone { account, state: LoginState::Missing, written: Some(mended), excess: made.excess },
        )
        .await
    }

    /// Gives our login another secret, in the steps of [`rotation`]: stopped between any two, whoever logs in finds what the server
    /// accepts in the Secret, and the next pass goes on. What the account may do is looked at on the way.
    async fn rotate_login(&mut self, why: RotationCause) -> Result<(), RealmError> {
        let (seen, controller) = (self.seen, self.controller);
        let (Some(connection), Some(instance)) = (&seen.connection, &seen.instance) else { return Ok(()) };
        // It is due by what stands in there.
        let (Some(found), Some(held)) = (&seen.login_secret, &seen.held) else { return Ok(()) };
        let (account, realm) = (seen.account(controller), seen.realm.realm_name());
        may_write(&self.pass.fence)?;
        let (next, begun) = if let Some(next) = Age::of(found).next {
            (next, found.clone())
        } else {
            let next = Secret::random();
            let wanted = rotation::begun(held.wanted(instance), &next);
            let written = secret::write(&controller.secrets, &wanted, Some(found), Takeover::No).await?;
            let Some(begun) = written.secret() else { return Ok(()) };
            (next, begun.clone())
        };
        self.done.login_secret = Some(begun.clone());
        may_write(&self.pass.fence)?;
        let made = logins::client_manager(connection.api(), realm, &account, &next).await;
        let made = made.map_err(|error| failed(connection, &account, realm, error))?;
        let login = ClientManagerLogin { credentials: made.credentials, ..held.clone() };
        let wanted = self.finished(login.wanted(instance));
        let written = secret::write(&controller.secrets, &wanted, Some(&begun), Takeover::No).await?;
        rotation::tell("client-manager", &account, seen.realm.owner(), why);
        self.proven(
            instance,
            written,
            LoginDone {
                account,
                state: LoginState::Missing,
                written: Some(Mended::Rotated(why)),
                excess: made.excess,
            },
        )
        .await
    }

    /// The Secret of our login, whose secret was just made.
    fn finished(&self, wanted: WantedSecret) -> WantedSecret {
        let asked = rotation::asked(self.seen.realm.object().annotations());
        rotation::finished(wanted, self.pass.now, asked.as_deref())
    }

    /// Tries the login whose Secret was just written.
    async fn proven(
        &mut self,
        instance: &Instance,
        written: Written,
        login: LoginDone,
    ) -> Result<(), RealmError> {
        let (seen, controller) = (self.seen, self.controller);
        controller.sessions.forget_login(instance, &secret_name(instance, seen));
        // Also in the passes after that of the rotation, which put the same secret back.
        let is_fresh = written.secret().map(Age::of).is_some_and(|age| age.is_fresh(self.pass.now));
        self.done.login_secret = written.secret().cloned();
        let state = match written {
            Written::Created(_) | Written::Changed(_) | Written::Unchanged(_) => {
                try_login(controller, instance, &seen.realm).await?
            }
            // Nothing new is taken there; the instance is about to go.
            Written::NamespaceTerminating => LoginState::Missing,
        };
        let account = login.account.clone();
        // It worked until now, and a node of the server may take a moment to know the new secret: that takes the realm from nobody.
        let is_rotated = matches!(login.written, Some(Mended::Rotated(_)));
        let may_be_unknown = is_rotated || (is_fresh && seen.held.is_some());
        let told = if may_be_unknown && state == LoginState::Refused { LoginState::Unknown } else { state };
        self.done.login = Some(LoginDone { state: told, ..login });
        match state {
            LoginState::Refused => {
                let realm = seen.realm.realm_name().to_owned();
                Err(RealmError::NotAcceptedYet { account, realm })
            }
            LoginState::Works | LoginState::Disabled | LoginState::Missing | LoginState::Unknown => Ok(()),
        }
    }

    async fn try_login(&mut self) -> Result<(), RealmError> {
        let Some(instance) = &self.seen.instance else { return Ok(()) };
        let state = try_login(self.controller, instance, &self.seen.realm).await?;
        let account = self.seen.account(self.controller);
        self.done.login = Some(LoginDone { account, state, written: None, excess: Excess::default() });
        Ok(())
    }

    /// The realm's own token, and those of its spec. Every write carries the `resourceVersion` of what was looked at.
    async fn keep_tokens(&mut self) -> Result<(), RealmError> {
        let Some(place) = &self.seen.token_place else { return Ok(()) };
        let realm = &self.seen.realm;
        let target = tokens::Target {
            owner: realm.owner(),
            identity: realm.identity(),
            status: realm.object().status.as_ref().and_then(|status| status.authorization.as_ref()),
            resource_version: &self.resource_version,
            revoked: &self.plan.revoked,
            named: &validate::named_tokens(realm.object())?,
        };
        let keeper = Keeper {
            secrets: &self.controller.secrets,
            namespaces: &self.controller.namespaces,
            thorough: self.pass.forced,
        };
        let kept = tokens::keep::<KeycloakRealm>(keeper, &target, place, self.pass.now).await?;
        self.resource_version.clone_from(&kept.issued.resource_version);
        self.done.tokens = Some(kept.issued);
        // What failed for one token is told when all others are as they should be.
        self.done.token_failures = kept.failures.into_iter().map(RealmError::from).collect();
        Ok(())
    }

    /// Nothing here stands in the way of the deletion: nobody accepts these tokens any more.
    async fn take_tokens_back(&mut self) -> Result<(), RealmError> {
        may_write(&self.pass.fence)?;
        let realm = &self.seen.realm;
        let status = realm.object().status.as_ref().and_then(|status| status.authorization.as_ref());
        let left = tokens::take_back_copies(&self.controller.secrets, realm.owner(), status).await;
        self.done.copies_left = left.into_iter().map(|(copy, error)| (copy, error.to_string())).collect();
        Ok(())
    }

    async fn note_login(&mut self) -> Result<(), RealmError> {
        let Some(instance) = &self.seen.instance else { return Ok(()) };
        left_logins::note(&self.controller.secrets, instance, self.seen.realm.owner()).await?;
        self.controller.noted.notify_one();
        Ok(())
    }

    /// From a realm that stays the account goes first: without its Secret nobody would know of it.
    async fn take_login_back(&mut self) -> Result<(), RealmError> {
        let (Some(found), Some(instance)) = (&self.seen.login_secret, &self.seen.instance) else {
            return Ok(());
        };
        if let (Some(Farewell::Left(_)), Some(held)) = (&self.plan.farewell, &self.seen.held) {
            may_write(&self.pass.fence)?;
            let (sessions, credentials) = (&self.controller.sessions, &held.credentials);
            let removed = account::remove(sessions, instance, &held.realm, &credentials.client_uuid).await;
            let account = credentials.client_id.clone();
            self.done.account_left = removed.err().map(|why| AccountLeft { account, why });
        }
        let taken = secret::withdraw(&self.controller.kube, found, self.seen.realm.owner()).await?;
        self.controller.sessions.forget_login(instance, found.name());
        self.done.taken_back = Some(taken);
        Ok(())
    }
}

impl Done {
    /// What is remembered after this pass, given what the plan was made with.
    pub fn record(&self, plan: &Plan) -> OwnedRecord {
        match (&self.realm, &plan.changes) {
            (Some(applied), _) => applied.record.clone(),
            // Nothing was to be written; what was found as asked is remembered all the same.
            (None, Some(changes)) => changes.record_after(&plan.record, &BTreeSet::new()),
            (None, None) => plan.record.clone(),
        }
    }

    /// What is approved after this pass: a step that is done needs another approval.
    pub fn approvals(&self, plan: &Plan) -> Approvals {
        match (&self.realm, &plan.changes) {
            (Some(applied), Some(changes)) => plan.approvals.after(changes, &applied.done),
            (Some(_) | None, _) => plan.approvals.clone(),
        }
    }
}

fn secret_name(instance: &Instance, seen: &Seen) -> String {
    client_manager_secret_name(&instance.owner().name, seen.realm.owner())
}

fn may_write(fence: &Fence) -> Result<(), RealmError> {
    if fence.is_open() { Ok(()) } else { Err(RealmError::NotLeading) }
}

fn failed(connection: &Connection, account: &str, realm: &str, error: LoginsError) -> RealmError {
    use controller_runtime::Classify as _;
    let class = match &error {
        LoginsError::Admin(source) => connection.failed(source),
        LoginsError::Incomplete { .. }
        | LoginsError::NotALogin { .. }
        | LoginsError::NoAccount { .. }
        | LoginsError::Master => ConnectError::Logins(error.clone()).class(),
    };
    RealmError::Logins {
        account: account.to_owned(),
        realm: realm.to_owned(),
        source: Box::new(error),
        class,
    }
}
