//! Doing what was planned.
//!
//! The Secret first, then Keycloak: stopped between the two, the next pass finds the value in the Secret and goes on with it.

use std::collections::BTreeSet;

use controller_runtime::{Applied, Class, Classify as _, Pass};
use keycloak_admin::Secret;
use keycloak_connect::{
    ConnectError, Connection, Mode, RecordText, StoredRecord, StoredSecret, audit,
    quota::{Room, Standing, Wanted},
    record_store::StatusWriter,
    secret::{self, Creation, Takeover, Withdrawn, Written},
};
use keycloak_crds::{KeycloakClient, client::SecretOutput, labels::annotation, record::Owned};
use keycloak_plan::{Claim, OwnedRecord, StepId, kinds::CLIENT};
use keycloak_sync::{StepFailure, SyncError, Target, Verb, client, execute, status};
use kube::ResourceExt as _;

use crate::{
    controller::ClientController,
    credentials,
    error::{ClientError, class_of, is_about_a_part},
    ground::{Ground, Observed, SecretLook, Site},
    observe, outputs, ownership,
    plan::{self, Approval, Credential, Made, Origin, Plan, Work},
    slots,
    teardown::Farewell,
};

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// The plan that was carried out, where it is another one than that of the pass: the client existed.
    pub replanned: Option<Box<Made>>,
    /// Whose the client was, where it was found only after an attempt to create it.
    pub claim: Option<Claim>,
    /// What is remembered from now on.
    pub record: Option<OwnedRecord>,
    /// Where that stands.
    pub owned: Option<Owned>,
    /// Keycloak's id of the client.
    pub internal_id: Option<String>,
    /// Whether the client was made in this pass.
    pub created: bool,
    /// Whether anything was written to Keycloak.
    pub wrote: bool,
    /// The steps of the plan that are done.
    pub steps: BTreeSet<StepId>,
    /// Whether the client has no secret.
    pub is_public: Option<bool>,
    /// What became of the Secret.
    pub secret: Option<SecretDone>,
    /// What became of the further Secrets.
    pub outputs: Vec<OutputDone>,
    /// Secrets of before that were taken back.
    pub withdrawn: Vec<(String, Withdrawn)>,
    /// A Secret of before that was let go: it stays as it is.
    pub released: Option<String>,
    /// What became of the client of an object in deletion.
    pub farewell: Option<Farewell>,
    /// Why the client is not made yet: no slot is free.
    pub waits: Option<ClientError>,
}

/// What became of the Secret that the application reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretDone {
    /// Its name.
    pub name: String,
    /// What was written.
    pub how: SecretWrite,
    /// Why it holds what it holds.
    pub origin: Origin,
}

/// What became of a further Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputDone {
    /// Its name.
    pub name: String,
    /// What was written.
    pub how: SecretWrite,
}

/// What was written to a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretWrite {
    /// It was made.
    Made,
    /// It was there, and its value was another.
    ValueChanged,
    /// It was there, and something else in it was different.
    Changed,
    /// Nothing.
    Nothing,
}

/// Does the plan.
pub async fn apply(
    controller: &ClientController,
    plan: &Plan,
    observed: &Observed,
    pass: &Pass,
) -> Applied<Done, ClientError> {
    let mut applied = Applied::all(Done::default());
    let Some(ground) = observed.ground() else { return applied };
    let result = match &plan.work {
        Work::Nothing => Ok(()),
        Work::Leave(farewell) => {
            applied.done.farewell = Some(farewell.clone());
            // What is left counts as long as it is there.
            if farewell.leaves_nothing_of(ground) {
                free_slot(controller, ground, pass).await
            } else {
                Ok(())
            }
        }
        Work::Impossible(error) => Err(SyncError::clone(error).into()),
        Work::Keep(made) if plan.mode == Mode::Enforce => {
            let stored = ground.stored.clone();
            let version = ground.object.metadata.resource_version.clone().unwrap_or_default();
            let (done, beside) = (&mut applied.done, Vec::new());
            let mut work = Keeping { controller, ground, pass, stored, version, done, beside };
            let kept = work.keep(made).await;
            let beside = std::mem::take(&mut work.beside);
            applied.failures.extend(kept.err().into_iter().chain(beside));
            work.keep_record().await
        }
        Work::Keep(_) => {
            applied.done.internal_id = internal_id(ground.live.as_ref());
            Ok(())
        }
        Work::Remove(plan) => match remove(ground, plan, pass, &mut applied.done).await {
            Ok(()) => free_slot(controller, ground, pass).await,
            failed => failed,
        },
    };
    applied.failures.extend(result.err());
    tell_of_an_approval(ground, plan, &applied.done);
    applied
}

/// The plan that counts is the one that was made when the client turned out to exist, else that of the pass.
fn tell_of_an_approval(ground: &Ground, plan: &Plan, done: &Done) {
    let made = match (&done.replanned, &plan.work) {
        (Some(made), _) | (None, Work::Keep(made)) => made,
        (None, Work::Nothing | Work::Remove(_) | Work::Leave(_) | Work::Impossible(_)) => return,
    };
    if plan.mode == Mode::Enforce && matches!(made.approval, Approval::Accepted) {
        let hash = ground.object.annotations().get(annotation::APPROVE);
        audit::approval(&ground.owner, hash.map_or("", String::as_str));
    }
}

fn internal_id(live: Option<&client::Observed>) -> Option<String> {
    live.and_then(client::Observed::id).map(str::to_owned)
}

/// A client that stays, at work.
struct Keeping<'a> {
    controller: &'a ClientController,
    ground: &'a Ground,
    pass: &'a Pass,
    /// What is remembered, where it stands after the writes so far.
    stored: StoredRecord,
    /// Version of the object, after the writes so far.
    version: String,
    done: &'a mut Done,
    /// What failed and kept the rest from nothing: the slot of a client that exists, what is in the client.
    beside: Vec<ClientError>,
}

/// Who writes into status before the report of the pass, which takes the field over again.
const PLACED: &str = "cloakroom-client-record";

impl Keeping<'_> {
    async fn keep(&mut self, made: &Made) -> Result<(), ClientError> {
        if made.credential == Credential::Hidden {
            let client_id = self.ground.object.spec.client_id.clone();
            return Err(ClientError::SecretHidden { client_id });
        }
        match self.takes_slot(made).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            // A client that exists is kept as declared also while it cannot be counted.
            Err(error) if self.is_there(made) => self.beside.push(error),
            Err(error) => return Err(error),
        }
        if made.creates() {
            let created = self.create(made).await;
            if created.as_ref().is_err_and(|error| self.made_nothing(error)) {
                let freed = free_slot(self.controller, self.ground, self.pass).await;
                self.beside.extend(freed.err());
            }
            return created;
        }
        let stored = self.ground.secret.stored();
        self.write_secret(&made.credential, self.ground.live.as_ref(), stored).await?;
        self.carry_out(made, self.ground.live.as_ref()).await?;
        let written = self.write_outputs(&made.credential, self.ground.live.as_ref()).await;
        let outputs_stand = written.is_ok();
        written.and(self.withdraw_old(outputs_stand).await)
    }

    /// Whether Keycloak holds the client, and it is ours.
    fn is_there(&self, made: &Made) -> bool {
        !made.creates() && !matches!(self.ground.claim, Some(Claim::Adopted { .. }))
    }

    /// Whether the creation ended with nothing of ours, and goes on only after somebody did something: no slot is kept for that.
    fn made_nothing(&self, error: &ClientError) -> bool {
        let is_there = self.done.created || self.done.claim.is_some();
        let waits = matches!(error.class(), Class::Stall(_)) || matches!(error, ClientError::Claimed { .. });
        !is_there && waits
    }

    /// Before anything is made; the answer is whether the work goes on. A client that exists is counted and not stopped.
    async fn takes_slot(&mut self, made: &Made) -> Result<bool, ClientError> {
        let (ground, pass) = (self.ground, self.pass);
        let Some(realm) = ground.realm.as_ref().filter(|_| ground.slot == Standing::Open) else {
            return Ok(true);
        };
        let namespace = realm.owner().namespace.as_str();
        let claim = slots::claim(ground, realm, pass).map_err(ConnectError::from)?;
        let is_taken_over = !made.creates() && matches!(ground.claim, Some(Claim::Adopted { .. }));
        let is_there = self.is_there(made);
        let wanted = Wanted { key: &pass.key, namespace, claim, is_there, is_taken_over, now: pass.now };
        match self.controller.slots.take(&wanted).await? {
            Room::Granted => Ok(true),
            Room::Waits { message } => {
                self.done.waits = Some(ClientError::NoRoom { message });
                Ok(false)
            }
        }
    }

    /// The Secret, then the POST with its value. If the client exists, it is looked up once.
    async fn create(&mut self, made: &Made) -> Result<(), ClientError> {
        let ground = self.ground;
        let site = ground.site()?;
        let wants = ground.wants_secret(ground.live.as_ref());
        let (stored, value) = match made.credential.value().filter(|_| wants) {
            Some((fresh, origin)) => {
                let (stored, value) = self.secret_of_new_client(fresh, origin).await?;
                (Some(stored), Some(value))
            }
            None => (None, None),
        };
        let another = value.filter(|value| made.credential.secret() != Some(value));
        let again = match another {
            Some(secret) => {
                // A secret of one's own is never another.
                let credential = Credential::Value { secret, origin: Origin::New };
                Some(plan::make(ground, site, ground.live.as_ref(), credential)?)
            }
            None => None,
        };
        let made = again.as_ref().unwrap_or(made);
        let written = match self.carry_out(made, ground.live.as_ref()).await {
            Err(ClientError::Step { source, .. }) if is_conflict(&source) => {
                self.take_what_exists(stored).await
            }
            Err(error) => Err(error),
            Ok(()) => {
                let proven = self.prove(&made.credential, stored.as_ref()).await;
                proven.and(self.write_outputs(&made.credential, ground.live.as_ref()).await)
            }
        };
        if self.done.is_public.is_none() {
            // The client is not what is asked, so its Secret of before may still be the one that serves.
            return written;
        }
        let outputs_stand = written.is_ok();
        written.and(self.withdraw_old(outputs_stand).await)
    }

    /// Makes the Secret, or takes the value that it holds: it was made for this client before. A secret of one's own is what it is.
    async fn secret_of_new_client(
        &mut self,
        fresh: &Secret,
        origin: Origin,
    ) -> Result<(StoredSecret, Secret), ClientError> {
        let ground = self.ground;
        let namespace = &ground.owner.namespace;
        let wanted = self.wanted_for_new(fresh, origin, None)?;
        let found = match &ground.secret {
            SecretLook::There(stored) => Some(stored.clone()),
            SecretLook::NotRead | SecretLook::Missing => {
                match secret::create(&self.controller.kube, &wanted).await? {
                    Creation::Done(stored) => {
                        self.say_secret(&wanted.name, SecretWrite::Made, origin);
                        return Ok((stored, fresh.clone()));
                    }
                    Creation::NamespaceTerminating => return Err(self.terminating()),
                    Creation::Exists => self.controller.secrets.ours(namespace, &wanted.name).await?,
                }
            }
        };
        let held = found.as_ref().and_then(|found| self.held(found)).filter(|_| origin != Origin::Given);
        let chosen = if held.is_some() { Origin::Given } else { origin };
        let value = held.unwrap_or_else(|| fresh.clone());
        let wanted = self.wanted_for_new(&value, chosen, found.as_ref())?;
        // What is not ours is refused here.
        let takeover = self.takeover(found.as_ref()).await?;
        let written = secret::write(&self.controller.secrets, &wanted, found.as_ref(), takeover).await?;
        let how = how_written(&written, found.as_ref(), &value);
        self.say_secret(&wanted.name, how, origin);
        Ok((written.secret().cloned().ok_or_else(|| self.terminating())?, value))
    }

    /// The client exists: whose is it, and what is to be changed in it? A Secret that was made for nothing is taken back.
    async fn take_what_exists(&mut self, stored: Option<StoredSecret>) -> Result<(), ClientError> {
        let ground = self.ground;
        let site = ground.site()?;
        let made_now = matches!(&self.done.secret, Some(SecretDone { how: SecretWrite::Made, .. }));
        let live = observe::live(ground).await?;
        let Some(realm) = &ground.realm else {
            return Err(ClientError::RealmMissing { realm: site.realm.clone() });
        };
        let claim = ownership::claim(self.controller, ground, realm, &live, stored.as_ref()).await?;
        let refused = ownership::refuse(ground, &claim).and_then(|()| observe::check_given(ground, &live));
        if let Err(refused) = refused {
            if let Some(stored) = stored.filter(|_| made_now) {
                secret::withdraw(&self.controller.kube, &stored, &ground.owner).await?;
                self.done.secret = None;
            }
            return Err(refused);
        }
        let held = stored.as_ref().and_then(|stored| self.held(stored));
        let credential = plan::credential(&ground.object, ground, Some(&live), held);
        // From here on it counts as ours, whatever fails.
        let claim = self.done.claim.insert(claim).clone();
        let roles = observe::roles(ground, &live).await?;
        let made = plan::make_with(ground, site, (Some(&live), roles.as_ref()), &claim, credential)?;
        if made.credential == Credential::Hidden {
            return Err(ClientError::SecretHidden { client_id: ground.object.spec.client_id.clone() });
        }
        match (made.credential.secret(), &stored) {
            (None, Some(stored)) if made_now => {
                // It exists as a public client.
                secret::withdraw(&self.controller.kube, stored, &ground.owner).await?;
                self.done.secret = None;
            }
            _ => self.write_secret(&made.credential, Some(&live), stored.as_ref()).await?,
        }
        let result = match self.carry_out(&made, Some(&live)).await {
            Ok(()) => self.write_outputs(&made.credential, Some(&live)).await,
            Err(error) => Err(error),
        };
        self.done.replanned = Some(Box::new(made));
        result
    }

    /// Makes the Secret hold the value, if one is asked for.
    async fn write_secret(
        &mut self,
        credential: &Credential,
        live: Option<&client::Observed>,
        stored: Option<&StoredSecret>,
    ) -> Result<(), ClientError> {
        let Some((value, origin)) = credential.value() else { return Ok(()) };
        if !self.ground.wants_secret(live) {
            return Ok(());
        }
        let wanted = self.wanted(value, credential.regenerated(), stored)?;
        let takeover = self.takeover(stored).await?;
        let written = secret::write(&self.controller.secrets, &wanted, stored, takeover).await?;
        if matches!(written, Written::NamespaceTerminating) {
            return Err(self.terminating());
        }
        let how = how_written(&written, stored, value);
        self.say_secret(&wanted.name, how, origin);
        Ok(())
    }

    /// Writes the further Secrets: the value is what Keycloak has by now. One that cannot be written keeps no other from it.
    async fn write_outputs(
        &mut self,
        credential: &Credential,
        live: Option<&client::Observed>,
    ) -> Result<(), ClientError> {
        let ground = self.ground;
        let Some(value) = credential.secret().filter(|_| ground.wants_secret(live)) else { return Ok(()) };
        let mut failed = None;
        for output in ground.object.spec.outputs.iter().flatten() {
            match self.write_output(output, value).await {
                Ok(how) => self.done.outputs.push(OutputDone { name: output.name.clone(), how }),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    async fn write_output(&self, output: &SecretOutput, value: &Secret) -> Result<SecretWrite, ClientError> {
        let Ground { object, owner, outputs: found, .. } = self.ground;
        let site = self.ground.site()?;
        let wanted = |stored: Option<&StoredSecret>| {
            outputs::wanted(output, &object.spec.client_id, owner, &site.addresses, value, stored)
        };
        let stored = match found.get(&output.name) {
            Some(stored) => Some(stored.clone()),
            None => match secret::create(&self.controller.kube, &wanted(None)?).await? {
                Creation::Done(_) => return Ok(SecretWrite::Made),
                Creation::NamespaceTerminating => return Err(self.terminating()),
                Creation::Exists => self.controller.secrets.ours(&owner.namespace, &output.name).await?,
            },
        };
        let wanted = wanted(stored.as_ref())?;
        let written = secret::write(&self.controller.secrets, &wanted, stored.as_ref(), Takeover::No).await?;
        match written {
            Written::Created(_) => Ok(SecretWrite::Made),
            Written::Changed(_) => Ok(SecretWrite::Changed),
            Written::Unchanged(_) => Ok(SecretWrite::Nothing),
            Written::NamespaceTerminating => Err(self.terminating()),
        }
    }

    fn terminating(&self) -> ClientError {
        ClientError::NamespaceTerminating { namespace: self.ground.owner.namespace.clone() }
    }

    /// The value that a Secret of ours holds.
    fn held(&self, stored: &StoredSecret) -> Option<Secret> {
        credentials::held(stored, &self.ground.owner)
    }

    /// One that was let go while nobody asked for it is taken again: it still carries the proof that it was written for this
    /// client.
    async fn takeover(&self, stored: Option<&StoredSecret>) -> Result<Takeover, ClientError> {
        let Some(stored) = stored else { return Ok(Takeover::Seed) };
        let let_go = observe::was_let_go(self.controller, self.ground, stored).await?;
        Ok(if let_go { Takeover::Released } else { Takeover::Seed })
    }

    fn wanted(
        &self,
        value: &Secret,
        regenerated: Option<i64>,
        stored: Option<&StoredSecret>,
    ) -> Result<secret::WantedSecret, ClientError> {
        let Ground { object, owner, .. } = self.ground;
        let site = self.ground.site()?;
        let proof = site.key.as_ref().map(|key| {
            credentials::proof(key, owner, &site.realm_id, &object.spec.client_id, value.expose())
        });
        Ok(credentials::wanted(&object.spec, owner, &site.addresses, value, proof, regenerated, stored))
    }

    /// The Secret of a client that is not made yet, which may turn out to be somebody else's: only a value that was made in this pass
    /// proves anything. Whoever names a secret of their own, or types one into the Secret, may know that client's.
    fn wanted_for_new(
        &self,
        value: &Secret,
        origin: Origin,
        stored: Option<&StoredSecret>,
    ) -> Result<secret::WantedSecret, ClientError> {
        let mut wanted = self.wanted(value, None, stored)?;
        if origin == Origin::Given {
            wanted.annotations.remove(annotation::PROOF);
        }
        Ok(wanted)
    }

    /// Adds the proof to the Secret of a client that was just made, where it was written without.
    async fn prove(&self, credential: &Credential, stored: Option<&StoredSecret>) -> Result<(), ClientError> {
        let (Some((value, _)), Some(stored)) = (credential.value(), stored) else { return Ok(()) };
        let wanted = self.wanted(value, None, Some(stored))?;
        let proof = wanted.annotations.get(annotation::PROOF).map(String::as_str);
        if stored.annotation(annotation::PROOF) != proof {
            secret::write(&self.controller.secrets, &wanted, Some(stored), Takeover::No).await?;
        }
        Ok(())
    }

    /// What was said before counts, if more was written then.
    fn say_secret(&mut self, name: &str, how: SecretWrite, origin: Origin) {
        let before = self.done.secret.take().filter(|before| before.how == SecretWrite::Made);
        let how = before.map_or(how, |before| before.how);
        self.done.secret = Some(SecretDone { name: name.to_owned(), how, origin });
    }

    /// Carries out Keycloak's side. What fails in the client, a role or a link, is told and keeps the rest from nothing.
    async fn carry_out(&mut self, made: &Made, live: Option<&client::Observed>) -> Result<(), ClientError> {
        let ground = self.ground;
        let (connection, site) = ground.way()?;
        let record = self.note_pending(made).await?;
        let mut applied =
            execute(&made.plan, &record, &target(connection, site, &may_write(self.pass))).await;
        let identity = client::identity(&ground.object.spec.client_id);
        let created = applied.created.get(&identity).cloned();
        if made.creates() && applied.failed.is_empty() && created.is_none() {
            // A page before the server answers 200 to everything.
            return Err(ClientError::NotSaid { client_id: ground.object.spec.client_id.clone() });
        }
        let is_there = created.is_some() || !made.creates();
        self.done.created |= created.is_some();
        self.done.wrote |= !applied.done.is_empty();
        self.done.steps.clone_from(&applied.done);
        self.done.internal_id = created.or_else(|| internal_id(live));
        // The client itself first.
        applied.failed.sort_by_key(|failure| is_about_a_part(failure.verb, &failure.object));
        let is_whole = is_there
            && applied.failed.iter().all(|failed| is_about_a_part(failed.verb, &failed.object))
            && applied.held_back.iter().all(|held| is_about_a_part(held.verb, &held.object));
        if is_whole {
            self.done.is_public = Some(ground.is_public(live));
        }
        if let Some(failure) = applied.failed.into_iter().next() {
            // Roles that were noted are not made in a client that exists, which may be somebody else's.
            let is_noted = record.pending().next().is_some();
            if is_noted || !is_conflict(&failure) {
                self.done.record = Some(applied.record);
            }
            let failed = step_failed(connection, site, failure);
            if !is_whole {
                return Err(failed);
            }
            self.beside.push(failed);
            return Ok(());
        }
        if !applied.done.is_empty() {
            connection.succeeded();
        }
        self.done.record = Some(applied.record);
        Ok(())
    }

    /// What could not be remembered is not written either: a record that status cannot hold has its place before anything is
    /// made. And what is about to be made and can carry no mark, a role, is written down in one patch: whoever finds it there after
    /// a crash knows that it is our own work (rule 1.6).
    async fn note_pending(&mut self, made: &Made) -> Result<OwnedRecord, ClientError> {
        let remembered = self.ground.record_for(made.is_adopted);
        let record = &*remembered;
        let foreseen = RecordText::from(status::foreseen(&made.plan, record));
        let pending = made.plan.pending();
        let is_pending = !pending.is_empty();
        let record = if is_pending {
            made.plan.record_after(record, &BTreeSet::new()).with_pending(pending)
        } else {
            record.clone()
        };
        let now = RecordText::from(status::owned(&record));
        let mut writer = status_writer(self.controller, self.pass, &mut self.version);
        self.stored.make_room::<KeycloakClient>(&mut writer, &now, &foreseen, is_pending).await?;
        Ok(record)
    }

    /// What is remembered after this pass. Where it stands in status, the report writes it.
    async fn keep_record(&mut self) -> Result<(), ClientError> {
        let Some(record) = &self.done.record else { return Ok(()) };
        let record = RecordText::from(status::owned(record));
        let mut writer = status_writer(self.controller, self.pass, &mut self.version);
        let owned = self.stored.keep::<KeycloakClient>(&mut writer, &record).await?;
        self.done.owned = Some(owned);
        Ok(())
    }

    /// Takes the Secrets of before back, or lets the one go that an application may still read.
    /// One that cannot be taken back keeps no other from it. The further ones stay while one that is asked for cannot be written:
    /// what reads them may have nothing else yet.
    async fn withdraw_old(&mut self, outputs_stand: bool) -> Result<(), ClientError> {
        let ground = self.ground;
        self.done.released.clone_from(&ground.let_go);
        let mut failed = match &ground.old_secret {
            Some(old) if ground.lets_secret_go() => self.release(old).await.err(),
            Some(old) => self.withdraw(old).await.err(),
            None => None,
        };
        for old in ground.old_outputs.iter().filter(|_| outputs_stand) {
            failed = failed.or(self.withdraw(old).await.err());
        }
        failed.map_or(Ok(()), Err)
    }

    async fn release(&mut self, old: &StoredSecret) -> Result<(), ClientError> {
        // The proof stays: by it the Secret is known when it is asked for again.
        let annotations = [annotation::REGENERATED];
        secret::release(&self.controller.kube, old, &self.ground.owner, &annotations).await?;
        self.done.released = Some(old.name().to_owned());
        Ok(())
    }

    async fn withdraw(&mut self, old: &StoredSecret) -> Result<(), ClientError> {
        let withdrawn = secret::withdraw(&self.controller.kube, old, &self.ground.owner).await?;
        self.done.withdrawn.push((old.name().to_owned(), withdrawn));
        Ok(())
    }
}

/// What was written to the client's own Secret, which was to hold this value.
fn how_written(written: &Written, before: Option<&StoredSecret>, value: &Secret) -> SecretWrite {
    match written {
        Written::Created(_) => SecretWrite::Made,
        Written::Changed(_) => {
            let held = before.and_then(credentials::value_in);
            if held == Some(value.expose()) { SecretWrite::Changed } else { SecretWrite::ValueChanged }
        }
        Written::Unchanged(_) | Written::NamespaceTerminating => SecretWrite::Nothing,
    }
}

/// After the client is gone. The quotas are those of its realm's namespace.
async fn free_slot(controller: &ClientController, ground: &Ground, pass: &Pass) -> Result<(), ClientError> {
    if ground.slot == Standing::NoQuota {
        return Ok(());
    }
    let namespace = &ground.object.spec.realm_ref.namespace;
    Ok(controller.slots.free(namespace, &ground.owner.uid, pass.now).await?)
}

fn status_writer<'p>(
    controller: &'p ClientController,
    pass: &'p Pass,
    resource_version: &'p mut String,
) -> StatusWriter<'p> {
    let (kube, keys) = (&controller.kube, controller.record_keys());
    StatusWriter { kube, keys, told: &pass.status_writes, manager: PLACED, resource_version }
}

fn may_write(pass: &Pass) -> impl Fn() -> bool + Send + Sync + use<> {
    let fence = pass.fence.clone();
    move || fence.is_open()
}

fn target<'a>(connection: &'a Connection, site: &'a Site, fence: keycloak_sync::Fence<'a>) -> Target<'a> {
    Target { api: connection.api(), realm: &site.realm, fence }
}

/// Whether there is such a client.
fn is_conflict(failure: &StepFailure) -> bool {
    creates_client(failure) && failure.error.is_conflict()
}

fn creates_client(failure: &StepFailure) -> bool {
    failure.verb == Verb::Create && failure.object.kind() == CLIENT.name
}

/// A failed step with what the pool of sessions makes of it. A realm that is gone is a parent that is missing.
fn step_failed(connection: &Connection, site: &Site, failure: StepFailure) -> ClientError {
    if creates_client(&failure) && failure.error.is_not_found() {
        return ClientError::RealmMissing { realm: site.realm.clone() };
    }
    let class = match &failure.error {
        SyncError::Call { source, .. } => connection.failed(source),
        other => class_of(other),
    };
    ClientError::Step { source: Box::new(failure), class }
}

/// Takes the client down.
async fn remove(
    ground: &Ground,
    plan: &keycloak_plan::Plan,
    pass: &Pass,
    done: &mut Done,
) -> Result<(), ClientError> {
    let (connection, site) = ground.way()?;
    let applied = execute(plan, &ground.record, &target(connection, site, &may_write(pass))).await;
    if let Some(failure) = applied.failed.into_iter().next() {
        return Err(step_failed(connection, site, failure));
    }
    connection.succeeded();
    done.farewell = Some(Farewell::Deleted);
    Ok(())
}
