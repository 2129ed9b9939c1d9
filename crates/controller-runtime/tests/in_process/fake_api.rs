//! An API server in this process: enough of one for a controller, with faults on request.
//!
//! It keeps objects as JSON and knows nothing of their kinds. What it does, it does as the real one: resourceVersions,
//! generations, finalizers, JSON patch with tests, server-side apply of status by owner, streamed and paged lists,
//! bookmarks, 410. The tests that need the real one are in `tests/real_server`.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard},
};

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, StreamBody, combinators::UnsyncBoxBody};
use kube::client::Body;
use serde_json::{Map, Value, json};
use tokio::sync::Notify;

type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// One call as the server saw it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Group and plural, for example `example.com/greetings`.
    pub(crate) collection: String,
    pub(crate) namespace: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) subresource: Option<String>,
    pub(crate) content: String,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: Value,
}

impl Call {
    pub(crate) fn is_watch(&self) -> bool {
        self.query.get("watch").is_some_and(|value| value == "true")
    }

    /// Writes of objects that count: Leases and Events apart.
    pub(crate) fn is_write(&self) -> bool {
        self.method != Method::GET
            && !self.collection.contains("coordination")
            && !self.collection.contains("events")
    }

    /// `PATCH greetings/status`, for comparing whole conversations.
    pub(crate) fn short(&self) -> String {
        let plural = self.collection.rsplit('/').next().unwrap_or_default();
        match &self.subresource {
            Some(subresource) => format!("{} {plural}/{subresource}", self.method),
            None => format!("{} {plural}", self.method),
        }
    }
}

/// What a fault does to a call.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// This status code and message instead of an answer.
    Status(u16, &'static str),
    /// No answer, ever.
    Silence,
}

type Matcher = Box<dyn Fn(&Call) -> bool + Send>;

#[derive(Default)]
struct State {
    version: u64,
    compacted: u64,
    objects: BTreeMap<(String, String, String), Value>,
    owned: HashMap<(String, String), HashSet<String>>,
    log: Vec<(u64, String, Value)>,
    watch_epoch: u64,
    refuse_streaming: bool,
    faults: Vec<(Matcher, usize, Fault)>,
    calls: Vec<Call>,
}

/// Clones share the server.
#[derive(Clone, Default)]
pub(crate) struct FakeApi {
    state: Arc<Mutex<State>>,
    changed: Arc<Notify>,
}

impl FakeApi {
    pub(crate) fn client(&self) -> kube::Client {
        let api = self.clone();
        let service = tower::service_fn(move |request: Request<Body>| {
            let api = api.clone();
            async move { Ok::<_, Infallible>(api.answer(request).await) }
        });
        kube::Client::new(service, "default")
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The next `times` calls that match meet the fault.
    pub(crate) fn fault(&self, times: usize, fault: Fault, matches: impl Fn(&Call) -> bool + Send + 'static) {
        self.lock().faults.push((Box::new(matches), times, fault));
    }

    pub(crate) fn mend(&self) {
        self.lock().faults.clear();
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.lock().calls.clone()
    }

    pub(crate) fn forget_calls(&self) {
        self.lock().calls.clear();
    }

    pub(crate) fn writes(&self) -> Vec<String> {
        self.calls().iter().filter(|call| call.is_write()).map(Call::short).collect()
    }

    pub(crate) fn refuse_streaming(&self) {
        self.lock().refuse_streaming = true;
    }

    /// All watches end, as a real server's do every few minutes.
    pub(crate) fn end_watches(&self) {
        self.lock().watch_epoch += 1;
        self.changed.notify_waiters();
    }

    /// Watches end, and can only go on from a new list: what happened until now is forgotten.
    pub(crate) fn compact(&self) {
        let mut state = self.lock();
        state.compacted = state.version;
        drop(state);
        self.end_watches();
    }

    /// An object disappears without anybody being told by a watch.
    pub(crate) fn delete_unseen(&self, collection: &str, namespace: &str, name: &str) {
        let mut state = self.lock();
        state.version += 1;
        state.objects.remove(&(collection.to_owned(), namespace.to_owned(), name.to_owned()));
    }

    pub(crate) fn object(&self, collection: &str, namespace: &str, name: &str) -> Option<Value> {
        self.lock().objects.get(&(collection.to_owned(), namespace.to_owned(), name.to_owned())).cloned()
    }

    pub(crate) fn objects(&self, collection: &str) -> Vec<Value> {
        self.lock()
            .objects
            .iter()
            .filter(|(key, _)| key.0 == collection)
            .map(|(_, object)| object.clone())
            .collect()
    }

    /// What a person does with `kubectl apply`: the object as given, its status and finalizers kept.
    pub(crate) fn apply(&self, collection: &str, object: Value) {
        let mut state = self.lock();
        let key = key_of(collection, &object);
        match state.objects.get(&key).cloned() {
            None => state.create(collection, object),
            Some(mut current) => {
                let spec_changed = current["spec"] != object["spec"];
                for (field, value) in object.as_object().unwrap() {
                    if field != "metadata" && field != "status" {
                        current[field] = value.clone();
                    }
                }
                if object["metadata"]["annotations"].is_object() {
                    current["metadata"]["annotations"] = object["metadata"]["annotations"].clone();
                }
                state.store(collection, current, spec_changed);
            }
        }
        drop(state);
        self.changed.notify_waiters();
    }

    pub(crate) fn delete(&self, collection: &str, namespace: &str, name: &str) {
        self.lock().delete(&(collection.to_owned(), namespace.to_owned(), name.to_owned()));
        self.changed.notify_waiters();
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let content =
            parts.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let call =
            parse(&parts.method, parts.uri.path(), parts.uri.query().unwrap_or_default(), content, &body);
        let fault = {
            let mut state = self.lock();
            state.calls.push(call.clone());
            let hit = state.faults.iter_mut().find(|(matches, times, _)| *times > 0 && matches(&call));
            hit.map(|(_, times, fault)| {
                *times -= 1;
                fault.clone()
            })
        };
        match fault {
            Some(Fault::Status(code, message)) => return status(code, "Fault", message),
            Some(Fault::Silence) => std::future::pending::<()>().await,
            None => {}
        }
        if call.is_watch() {
            return self.watch(&call);
        }
        let answer = self.lock().serve(&call);
        self.changed.notify_waiters();
        answer
    }

    fn watch(&self, call: &Call) -> Answer {
        let state = self.lock();
        let streamed = call.query.contains_key("sendInitialEvents");
        if streamed && state.refuse_streaming {
            return status(
                422,
                "Invalid",
                "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled",
            );
        }
        let mut first = Vec::new();
        let mut cursor: u64 =
            call.query.get("resourceVersion").and_then(|version| version.parse().ok()).unwrap_or(0);
        if streamed {
            first.extend(state.matching(call).map(|object| line("ADDED", object)));
            let bookmark = json!({"apiVersion": "v1", "kind": "X", "metadata": {
                "resourceVersion": state.version.to_string(), "annotations": {"k8s.io/initial-events-end": "true"}}});
            first.push(line("BOOKMARK", &bookmark));
            cursor = state.version;
        } else if cursor < state.compacted && cursor != 0 {
            let gone = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 410,
                "reason": "Expired", "message": "too old resource version"});
            first.push(line("ERROR", &gone));
        }
        let epoch = state.watch_epoch;
        drop(state);
        let stream = futures::stream::unfold(
            (self.clone(), call.clone(), cursor, first),
            move |(api, call, cursor, mut ready)| async move {
                loop {
                    if !ready.is_empty() {
                        let frame = http_body::Frame::data(Bytes::from(ready.remove(0)));
                        return Some((Ok::<_, Infallible>(frame), (api, call, cursor, ready)));
                    }
                    let changed = Arc::clone(&api.changed);
                    let told = changed.notified();
                    let (lines, reached, ended) = {
                        let state = api.lock();
                        (state.since(&call, cursor), state.version, state.watch_epoch != epoch)
                    };
                    if ended {
                        return None;
                    }
                    if lines.is_empty() {
                        told.await;
                    } else {
                        return Some((Ok(http_body::Frame::data(Bytes::new())), (api, call, reached, lines)));
                    }
                }
            },
        );
        Response::new(StreamBody::new(stream).boxed_unsync())
    }
}

impl State {
    fn next_version(&mut self) -> String {
        self.version += 1;
        self.version.to_string()
    }

    fn create(&mut self, collection: &str, mut object: Value) {
        let uid = format!("uid-{}", self.version + 1);
        object["metadata"]["uid"] = json!(uid);
        object["metadata"]["generation"] = json!(1);
        object["metadata"]["resourceVersion"] = json!(self.next_version());
        object["metadata"]["managedFields"] =
            json!([{"manager": "somebody", "operation": "Update", "fieldsV1": {"f:spec": {}}}]);
        self.log.push((self.version, "ADDED".into(), tagged(collection, &object)));
        self.objects.insert(key_of(collection, &object), object);
    }

    fn store(&mut self, collection: &str, mut object: Value, spec_changed: bool) {
        let key = key_of(collection, &object);
        let finalizers = object["metadata"]["finalizers"].as_array().is_some_and(|all| !all.is_empty());
        if object["metadata"]["deletionTimestamp"].is_string() && !finalizers {
            self.objects.insert(key.clone(), object);
            return self.remove(&key);
        }
        if spec_changed {
            let generation = object["metadata"]["generation"].as_i64().unwrap_or_default();
            object["metadata"]["generation"] = json!(generation + 1);
        }
        object["metadata"]["resourceVersion"] = json!(self.next_version());
        self.log.push((self.version, "MODIFIED".into(), tagged(collection, &object)));
        self.objects.insert(key, object);
    }

    fn delete(&mut self, key: &(String, String, String)) {
        let Some(mut object) = self.objects.get(key).cloned() else { return };
        if object["metadata"]["finalizers"].as_array().is_some_and(|all| !all.is_empty()) {
            object["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
            self.store(&key.0, object, true);
        } else {
            self.remove(key);
        }
    }

    fn remove(&mut self, key: &(String, String, String)) {
        if let Some(mut object) = self.objects.remove(key) {
            object["metadata"]["resourceVersion"] = json!(self.next_version());
            self.log.push((self.version, "DELETED".into(), tagged(&key.0, &object)));
        }
    }

    fn matching<'s>(&'s self, call: &'s Call) -> impl Iterator<Item = &'s Value> {
        self.objects
            .iter()
            .filter(|((collection, ..), object)| *collection == call.collection && selected(call, object))
            .map(|(_, object)| object)
    }

    fn since(&self, call: &Call, cursor: u64) -> Vec<String> {
        self.log
            .iter()
            .filter(|(version, _, _)| *version > cursor)
            .filter(|(_, _, object)| {
                object["collection"] == call.collection.as_str() && selected(call, &object["object"])
            })
            .map(|(_, kind, object)| line(kind, &object["object"]))
            .collect()
    }

    fn serve(&mut self, call: &Call) -> Answer {
        let namespace = call.namespace.clone().unwrap_or_default();
        let key = call.name.clone().map(|name| (call.collection.clone(), namespace.clone(), name));
        match (&call.method, key) {
            (&Method::GET, Some(key)) => self.objects.get(&key).map_or_else(|| missing(call), ok),
            (&Method::GET, None) => self.list(call),
            (&Method::POST, None) => self.post(call, &namespace),
            (&Method::PUT, Some(key)) => self.put(call, &key),
            (&Method::PATCH, Some(key)) => self.patch(call, &key),
            (&Method::DELETE, Some(key)) => {
                self.delete(&key);
                ok(&json!({"kind": "Status", "status": "Success"}))
            }
            _ => status(405, "MethodNotAllowed", "not in this fake"),
        }
    }

    fn list(&self, call: &Call) -> Answer {
        let from: usize = call.query.get("continue").and_then(|token| token.parse().ok()).unwrap_or(0);
        let limit: usize = call.query.get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
        let all: Vec<&Value> = self.matching(call).collect();
        let page: Vec<&&Value> = all.iter().skip(from).take(limit).collect();
        let next = from.saturating_add(page.len());
        let token = if next < all.len() { json!(next.to_string()) } else { Value::Null };
        ok(&json!({"kind": "List", "apiVersion": "v1", "items": page,
            "metadata": {"resourceVersion": self.version.to_string(), "continue": token}}))
    }

    fn post(&mut self, call: &Call, namespace: &str) -> Answer {
        let mut object = call.body.clone();
        object["metadata"]["namespace"] = json!(namespace);
        let key = key_of(&call.collection, &object);
        if self.objects.contains_key(&key) {
            return status(409, "AlreadyExists", "it exists already");
        }
        self.create(&call.collection, object);
        ok(&self.objects[&key])
    }

    fn put(&mut self, call: &Call, key: &(String, String, String)) -> Answer {
        let Some(current) = self.objects.get(key) else { return missing(call) };
        let version = &call.body["metadata"]["resourceVersion"];
        if version.is_string() && *version != current["metadata"]["resourceVersion"] {
            return status(409, "Conflict", "the object has been modified");
        }
        let mut object = call.body.clone();
        object["metadata"]["uid"] = current["metadata"]["uid"].clone();
        let spec_changed = object["spec"] != current["spec"];
        self.store(&call.collection, object, spec_changed);
        ok(&self.objects[key])
    }

    fn patch(&mut self, call: &Call, key: &(String, String, String)) -> Answer {
        let applied = call.content.starts_with("application/apply-patch");
        let Some(mut object) = self.objects.get(key).cloned() else {
            if applied && call.subresource.is_none() {
                self.create(&call.collection, call.body.clone());
                return ok(&self.objects[key]);
            }
            return missing(call);
        };
        let version = &call.body["metadata"]["resourceVersion"];
        if version.is_string() && *version != object["metadata"]["resourceVersion"] {
            return status(409, "Conflict", "the object has been modified");
        }
        let before = object.clone();
        if call.content.starts_with("application/json-patch") {
            let patch: json_patch::Patch = serde_json::from_value(call.body.clone()).unwrap();
            if json_patch::patch(&mut object, &lenient(&patch, &before)).is_err() {
                return status(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request",
                );
            }
        } else if applied && call.subresource.as_deref() == Some("status") {
            let manager = call.query.get("fieldManager").cloned().unwrap_or_default();
            self.apply_status(&mut object, &call.body["status"], manager);
        } else {
            json_patch::merge(&mut object, &call.body);
        }
        object["metadata"]["resourceVersion"] = before["metadata"]["resourceVersion"].clone();
        if object != before {
            let spec_changed = object["spec"] != before["spec"];
            self.store(&call.collection, object.clone(), spec_changed);
        }
        ok(self.objects.get(key).unwrap_or(&object))
    }

    /// Fields and conditions that this manager sent before and no longer sends are removed.
    fn apply_status(&mut self, object: &mut Value, sent: &Value, manager: String) {
        let uid = object["metadata"]["uid"].as_str().unwrap_or_default().to_owned();
        let owned = self.owned.entry((uid, manager)).or_default();
        let live = object["status"].as_object().cloned().unwrap_or_default();
        let mut status: Map<String, Value> =
            live.into_iter().filter(|(name, _)| !owned.contains(name)).collect();
        let types = |value: &Value| -> Vec<Value> { value.as_array().cloned().unwrap_or_default() };
        let ours = types(&sent["conditions"]);
        let mut conditions: Vec<Value> = types(&object["status"]["conditions"])
            .into_iter()
            .filter(|live| !owned.contains(&format!("condition/{}", live["type"].as_str().unwrap())))
            .filter(|live| ours.iter().all(|new| new["type"] != live["type"]))
            .collect();
        owned.clear();
        for (name, value) in sent.as_object().unwrap() {
            if name != "conditions" {
                owned.insert(name.clone());
                status.insert(name.clone(), value.clone());
            }
        }
        owned.extend(
            ours.iter().map(|condition| format!("condition/{}", condition["type"].as_str().unwrap())),
        );
        conditions.extend(ours);
        status.insert("conditions".into(), json!(conditions));
        object["status"] = Value::Object(status);
    }
}

/// The real server's `test` finds null where nothing is.
fn lenient(patch: &json_patch::Patch, object: &Value) -> json_patch::Patch {
    let absent = |operation: &json_patch::PatchOperation| match operation {
        json_patch::PatchOperation::Test(test) => {
            test.value.is_null() && object.pointer(test.path.as_str()).is_none()
        }
        _ => false,
    };
    json_patch::Patch(patch.0.iter().filter(|operation| !absent(operation)).cloned().collect())
}

fn selected(call: &Call, object: &Value) -> bool {
    let namespace = call.namespace.as_deref();
    let name = call.query.get("fieldSelector").and_then(|selector| selector.strip_prefix("metadata.name="));
    namespace.is_none_or(|namespace| object["metadata"]["namespace"] == namespace)
        && name.is_none_or(|name| object["metadata"]["name"] == name)
}

fn tagged(collection: &str, object: &Value) -> Value {
    json!({"collection": collection, "object": object})
}

fn key_of(collection: &str, object: &Value) -> (String, String, String) {
    let text = |field: &str| object["metadata"][field].as_str().unwrap_or_default().to_owned();
    (collection.to_owned(), text("namespace"), text("name"))
}

fn line(kind: &str, object: &Value) -> String {
    // As the real server, and unlike a map: the type comes first.
    format!("{{\"type\":\"{kind}\",\"object\":{object}}}\n")
}

fn body(value: &Value) -> UnsyncBoxBody<Bytes, Infallible> {
    http_body_util::Full::new(Bytes::from(value.to_string())).boxed_unsync()
}

fn ok(object: &Value) -> Answer {
    Response::new(body(object))
}

fn missing(call: &Call) -> Answer {
    let name = call.name.as_deref().unwrap_or_default();
    status(404, "NotFound", &format!("{} \"{name}\" not found", call.collection))
}

fn status(code: u16, reason: &str, message: &str) -> Answer {
    let text = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code,
        "reason": reason, "message": message});
    Response::builder().status(code).body(body(&text)).unwrap()
}

fn parse(method: &Method, path: &str, query: &str, content: &str, body: &[u8]) -> Call {
    let mut parts = path.trim_matches('/').split('/');
    let group = match parts.next() {
        Some("apis") => parts.next().unwrap_or_default(),
        _ => "",
    };
    let mut rest: Vec<String> = parts.skip(1).map(ToOwned::to_owned).collect();
    let namespace = (rest.first().is_some_and(|part| part == "namespaces") && rest.len() > 2).then(|| {
        rest.remove(0);
        rest.remove(0)
    });
    let mut rest = rest.into_iter();
    Call {
        method: method.clone(),
        collection: format!("{group}/{}", rest.next().unwrap_or_default()),
        namespace,
        name: rest.next(),
        subresource: rest.next(),
        content: content.to_owned(),
        query: query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.replace("%3D", "=")))
            .collect(),
        body: serde_json::from_slice(body).unwrap_or_default(),
    }
}
