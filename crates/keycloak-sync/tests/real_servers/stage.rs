//! What every test stands on: a realm-manager of its own behind a counting proxy, and a person at the console.

use controller_testkit::{
    Calls, Console, Fault, FaultHandle, KeycloakServer, Proxy, client, realm as thing, unique_name,
};
use http::{Method, StatusCode};
use keycloak_admin::logins::{client_manager, realm_manager};
use keycloak_admin::{AdminApi, AdminSession, Login, Secret, Server, ServerSettings};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::{
    Approvals, Desired, Identity, Mark, OwnedRecord, Plan, Proof, RecordKey, Relation, Subject,
};
use keycloak_sync::realm::{self, Holdings, Secrets};
use keycloak_sync::{Applied, Observed, Planning, Representation, Target, Teardown, execute};
use serde_json::{Value, json};

/// Names the tests twice: on the newest server and on the oldest.
macro_rules! on_each_version {
    ($($test:ident),+ $(,)?) => {
        mod newest {
            $(#[tokio::test] async fn $test() { super::$test(controller_testkit::KeycloakServer::newest()).await; })+
        }
        mod oldest {
            $(#[tokio::test] async fn $test() { super::$test(controller_testkit::KeycloakServer::oldest()).await; })+
        }
    };
}
pub(crate) use on_each_version;

/// A server with a realm-manager of the test.
pub(crate) struct Stage {
    pub(crate) console: Console,
    /// The realm-manager, through the proxy.
    pub(crate) manager: AdminApi,
    /// Its client id.
    pub(crate) account: String,
    proxy: Proxy,
    server: KeycloakServer,
    realms: Vec<String>,
}

impl Stage {
    pub(crate) async fn new(server: KeycloakServer) -> Self {
        let console = Console::open(&server).await;
        let proxy = Proxy::before_keycloak(server.url()).start().await;
        let (account, secret) = (unique_name("cloakroom-sync"), Secret::random());
        realm_manager(&bootstrap(&server), &account, &secret).await.unwrap();
        let manager = api(&proxy.url(), Login::service_account("master", &account, secret));
        Self { console, manager, account, proxy, server, realms: Vec::new() }
    }

    /// A name for a realm, which is deleted in the end.
    pub(crate) fn realm_name(&mut self) -> String {
        let name = unique_name("sync");
        self.realms.push(name.clone());
        name
    }

    /// A realm that a person made, in which the client-manager that is returned may work, through the proxy.
    pub(crate) async fn realm_with_client_manager(&mut self) -> (String, AdminApi) {
        let name = self.realm_name();
        self.console.creates(&thing(&name), serde_json::json!({"enabled": true})).await;
        let secret = Secret::random();
        client_manager(&bootstrap(&self.server), &name, "cloakroom", &secret).await.unwrap();
        let manager = api(&self.proxy.url(), Login::service_account(&name, "cloakroom", secret));
        (name, manager)
    }

    /// A session of the administrator, past the proxy.
    pub(crate) fn administrator(&self) -> AdminApi {
        bootstrap(&self.server)
    }

    /// What an act needs of calls.
    pub(crate) async fn calls_of<T>(&self, act: impl Future<Output = T>) -> (T, Calls) {
        let before = self.proxy.snapshot();
        let done = act.await;
        (done, self.proxy.since(&before))
    }

    /// Takes away what the test made.
    pub(crate) async fn leave(self) {
        for name in &self.realms {
            self.console.deletes(&thing(name)).await;
        }
        self.console.deletes(&client("master", &self.account)).await;
    }
}

fn bootstrap(server: &KeycloakServer) -> AdminApi {
    api(server.url(), Login::bootstrap_admin(server.admin(), server.password().into()))
}

fn api(url: &str, login: Login) -> AdminApi {
    let server = Server::new(ServerSettings::new(url)).unwrap();
    AdminApi::new(AdminSession::new(&server, login))
}

/// A CR between two passes: what it remembers, and where it lives.
pub(crate) struct Cr {
    pub(crate) api: AdminApi,
    pub(crate) realm: String,
    pub(crate) record: OwnedRecord,
    server: keycloak_plan::Server,
    subject: Subject,
    key: RecordKey,
}

impl Cr {
    pub(crate) fn new(stage: &Stage, api: &AdminApi, realm: &str) -> Self {
        let text = str::to_owned;
        let subject = Subject {
            what: text("test"),
            on: text("keycloak-system/keycloak"),
            cr: text("test/test"),
            namespace: text("acme"),
            uid: text("5b2f9c1e"),
            realm_id: String::new(),
        };
        Self {
            api: api.clone(),
            realm: text(realm),
            record: OwnedRecord::default(),
            server: keycloak_plan::Server::version(stage.server.version().parse().unwrap()),
            subject,
            key: RecordKey::new("key-1", &[7; 32]),
        }
    }

    pub(crate) fn mark(&self) -> Mark {
        let text = str::to_owned;
        Mark {
            cluster_id: text("7f6e0d1f"),
            namespace_uid: text("b9d2"),
            namespace: text("acme"),
            name: text("test"),
            uid: self.subject.uid.clone(),
        }
    }

    /// From now on hashes are made with another key.
    pub(crate) fn loses_its_key(&mut self) {
        self.key = RecordKey::new("key-2", &[8; 32]);
    }

    fn planning<'a>(&'a self, approvals: &'a Approvals) -> Planning<'a> {
        Planning {
            subject: &self.subject,
            record: &self.record,
            approvals,
            server: &self.server,
            key: Some(&self.key),
        }
    }

    pub(crate) fn plan<R: Representation>(&self, desired: &Desired, observed: Option<&Observed<R>>) -> Plan {
        self.planning(&Approvals::default()).plan(desired, observed).unwrap()
    }

    /// Carries a plan out and remembers what was done. As the controllers do, it notes before what is about to be created.
    pub(crate) async fn applies(&mut self, plan: &Plan) -> Applied {
        let target = Target { api: &self.api, realm: &self.realm, fence: &|| true };
        let noted = self.record.clone().with_pending(plan.pending());
        let applied = execute(plan, &noted, &target).await;
        self.record = applied.record.clone();
        applied
    }

    /// A pass over what was read: plan and apply. Answers the plan.
    pub(crate) async fn passes<R: Representation>(
        &mut self,
        desired: &Desired,
        observed: Option<&Observed<R>>,
    ) -> Plan {
        let plan = self.plan(desired, observed);
        let applied = self.applies(&plan).await;
        assert!(applied.is_complete(), "{:?} {:?}", applied.failed, applied.held_back);
        plan
    }

    /// The plan that a look at a realm and at what is in it leads to.
    pub(crate) async fn plans_realm(&self, spec: &KeycloakRealmSpec, approvals: &Approvals) -> Plan {
        let desired = realm::desired(spec, &Secrets::default(), Some(&self.mark())).unwrap();
        let desired = desired.with_id(&format!("id-of-{}", self.realm));
        let observed = realm::observe(&self.api, &self.realm).await.unwrap();
        let wanted = realm::wanted(spec);
        let live =
            realm::observe_parts(&self.api, &self.realm, &observed, &wanted, &self.record).await.unwrap();
        self.planning(approvals).plan_realm(&desired, &wanted, &observed, &live).unwrap()
    }

    /// A pass over a realm and what is in it: look, plan and apply. Answers the plan.
    pub(crate) async fn brings_about(&mut self, spec: &KeycloakRealmSpec) -> Plan {
        let plan = self.plans_realm(spec, &Approvals::default()).await;
        let applied = self.applies(&plan).await;
        assert!(applied.is_complete(), "{:?} {:?}", applied.failed, applied.held_back);
        plan
    }

    /// Deletes what was read, with this proof.
    pub(crate) async fn tears_down<R: Representation>(
        &mut self,
        name: &str,
        proof: Option<Proof>,
        holds: Option<Holdings>,
        observed: &Observed<R>,
    ) -> Plan {
        let how = Teardown { name, proof, guarded: true, holds };
        let plan = self.planning(&Approvals::default()).teardown(&how, observed).unwrap();
        let applied = self.applies(&plan).await;
        assert!(applied.is_complete(), "{:?}", applied.failed);
        plan
    }
}

/// A realm of one CR, pass by pass.
pub(crate) struct Room {
    stage: Stage,
    cr: Cr,
}

impl Room {
    pub(crate) async fn new(server: KeycloakServer) -> Self {
        let mut stage = Stage::new(server).await;
        let name = stage.realm_name();
        let cr = Cr::new(&stage, &stage.manager, &name);
        Self { stage, cr }
    }

    pub(crate) fn name(&self) -> &str {
        &self.cr.realm
    }

    pub(crate) fn api(&self) -> &AdminApi {
        &self.cr.api
    }

    pub(crate) fn console(&self) -> &Console {
        &self.stage.console
    }

    fn spec(&self, fields: &Value) -> KeycloakRealmSpec {
        let mut spec = json!({"realmName": self.name(), "operatorRef": {"namespace": "keycloak-system"}});
        spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(spec).unwrap()
    }

    async fn plan(&self, spec: &KeycloakRealmSpec, record: &OwnedRecord, approvals: &Approvals) -> Plan {
        let desired = realm::desired(spec, &Secrets::default(), None).unwrap();
        let wanted = realm::wanted(spec);
        let observed = realm::observe(self.api(), self.name()).await.unwrap();
        let live = realm::observe_parts(self.api(), self.name(), &observed, &wanted, record).await.unwrap();
        let planning = Planning { record, ..self.cr.planning(approvals) };
        planning.plan_realm(&desired, &wanted, &observed, &live).unwrap()
    }

    /// A pass of the CR with these fields, that succeeds, and the calls that it took.
    pub(crate) async fn passes(&mut self, fields: &Value) -> (Plan, Calls) {
        let before = self.stage.proxy.snapshot();
        let plan = self.plan(&self.spec(fields), &self.cr.record, &Approvals::default()).await;
        let applied = self.cr.applies(&plan).await;
        assert!(applied.is_complete(), "{:?} {:?}", applied.failed, applied.held_back);
        (plan, self.stage.proxy.since(&before))
    }

    /// A pass that may fail.
    pub(crate) async fn tries(&mut self, fields: &Value) -> Applied {
        let plan = self.plan(&self.spec(fields), &self.cr.record, &Approvals::default()).await;
        self.cr.applies(&plan).await
    }

    /// Makes one object that no spec could ask for here. Only that is remembered: a plan of one object must not know of others.
    pub(crate) async fn makes<R: Representation>(&mut self, desired: &Desired) -> Applied {
        self.cr.record = OwnedRecord::default();
        let plan = self.cr.plan::<R>(desired, Some(&Observed::Absent));
        self.cr.applies(&plan).await
    }

    /// A pass with what waits approved.
    pub(crate) async fn approves(&mut self, fields: &Value) {
        let spec = self.spec(fields);
        let waiting = self.plan(&spec, &self.cr.record, &Approvals::default()).await;
        let approvals = Approvals::default().accept(waiting.approval().unwrap(), &waiting).unwrap();
        let plan = self.plan(&spec, &self.cr.record, &approvals).await;
        let applied = self.cr.applies(&plan).await;
        assert!(applied.is_complete(), "{:?} {:?}", applied.failed, applied.held_back);
    }

    /// The plan of a CR that nothing was applied from.
    pub(crate) async fn plans_anew(&self, spec: &KeycloakRealmSpec) -> Plan {
        self.plan(spec, &OwnedRecord::default(), &Approvals::default()).await
    }

    /// From now on calls of this method and route are refused, so many of them or, without a number, all until it is healed.
    pub(crate) fn breaks(&self, method: Method, template: &str, times: Option<usize>) -> FaultHandle {
        let fault = Fault::status(StatusCode::BAD_REQUEST).on(method, template);
        self.stage.proxy.inject(match times {
            Some(times) => fault.times(times),
            None => fault,
        })
    }

    /// What the record remembers of links that an object made by one relation.
    pub(crate) fn remembers(&self, holder: &Identity, relation: &Relation) -> Vec<String> {
        let known = self.cr.record.object(holder).and_then(|known| known.links(relation.name));
        known.into_iter().flatten().cloned().collect()
    }

    /// A call of a person below the realm.
    pub(crate) async fn calls(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let path = format!("/admin/realms/{}/{path}", self.name());
        let answer = self.console().calls(method, &path, body).await;
        (answer.status, answer.body)
    }

    pub(crate) async fn gets(&self, path: &str) -> Value {
        let (status, body) = self.calls(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    pub(crate) async fn does(&self, method: Method, path: &str, body: Option<Value>) {
        let (status, body) = self.calls(method, path, body).await;
        assert!(status.is_success(), "{path}: {status} {body}");
    }

    pub(crate) async fn leaves(self) {
        self.stage.leave().await;
    }
}
