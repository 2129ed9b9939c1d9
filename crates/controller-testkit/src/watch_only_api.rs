//! An API server in this process that tells watches of its objects and answers nothing else: what a controller asks for beside
//! that is what it does when it has nothing to do. Where it is made readable, objects can be read and their status written, too.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, Uri};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use kube::client::Body;
use serde_json::{Value, json};
use tokio::sync::Notify;

type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// See the module. Clones share it. It needs no time and no network, so a test may let hours pass in the runtime's paused clock.
#[derive(Clone, Default)]
pub struct WatchOnlyApi {
    state: Arc<Mutex<State>>,
    changed: Arc<Notify>,
}

/// Plural, namespace and name.
type ObjectKey = (String, String, String);

#[derive(Default)]
struct State {
    objects: BTreeMap<ObjectKey, Value>,
    /// Every change in order, as a watch of its plural tells it. The resourceVersion of an object is how many there were.
    changes: Vec<(String, String)>,
    calls: Vec<String>,
    readable: bool,
}

impl WatchOnlyApi {
    /// A client of it.
    pub fn client(&self) -> kube::Client {
        let api = self.clone();
        let service = tower::service_fn(move |request: Request<Body>| {
            let api = api.clone();
            async move {
                let (parts, body) = request.into_parts();
                let body = body.collect_bytes().await.unwrap_or_default();
                Ok::<_, Infallible>(api.answer(&parts.method, &parts.uri, &body))
            }
        });
        kube::Client::new(service, "default")
    }

    /// From now on it has this object of a resource (its plural, such as `keycloakrealms`), in the place of the one of the same
    /// namespace and name; watches are told. It is given a uid and a resourceVersion, and generation 1 if it says none.
    pub fn has(&self, plural: &str, mut object: Value) {
        let text = |field: &str| object["metadata"][field].as_str().unwrap_or_default().to_owned();
        let (namespace, name) = (text("namespace"), text("name"));
        let mut state = locked(&self.state);
        let metadata = &mut object["metadata"];
        metadata["uid"] = json!(format!("{plural}-{namespace}-{name}"));
        metadata["resourceVersion"] = json!((state.changes.len() + 1).to_string());
        if metadata["generation"].is_null() {
            metadata["generation"] = json!(1);
        }
        let key = (plural.to_owned(), namespace, name);
        let change = if state.objects.contains_key(&key) { "MODIFIED" } else { "ADDED" };
        state.changes.push((plural.to_owned(), line(change, &object)));
        state.objects.insert(key, object);
        drop(state);
        self.changed.notify_waiters();
    }

    /// From now on its objects in namespaces can be read, each by itself, and their status be applied, of which watches are told.
    pub fn becomes_readable(&self) {
        locked(&self.state).readable = true;
    }

    /// Every call that was no watch, in order, such as `GET /api/v1/namespaces/acme/secrets/shop`. Each was answered with 404, unless
    /// the API is readable and has that object.
    pub fn calls(&self) -> Vec<String> {
        locked(&self.state).calls.clone()
    }

    fn answer(&self, method: &Method, uri: &Uri, body: &[u8]) -> Answer {
        let (path, query) = (uri.path(), uri.query().unwrap_or_default());
        let asks = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
        };
        if asks("watch").as_deref() == Some("true") {
            let plural = path.rsplit('/').next().unwrap_or_default();
            let known = asks("resourceVersion").and_then(|version| version.parse().ok());
            return self.watch(plural, known.filter(|_| asks("sendInitialEvents").is_none()));
        }
        locked(&self.state).calls.push(format!("{method} {path}"));
        if let Some(object) = self.object(method, path, body) {
            return Response::new(Full::new(Bytes::from(object.to_string())).boxed_unsync());
        }
        let nothing = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 404,
            "reason": "NotFound", "message": format!("{path} not found")});
        let mut answer = Response::new(Full::new(Bytes::from(nothing.to_string())).boxed_unsync());
        *answer.status_mut() = StatusCode::NOT_FOUND;
        answer
    }

    /// The object that is read, or of which the status is applied, as it is then.
    fn object(&self, method: &Method, path: &str, body: &[u8]) -> Option<Value> {
        let (key, subresource) = object_at(path)?;
        let state = locked(&self.state);
        let mut object = state.objects.get(&key).filter(|_| state.readable).cloned()?;
        drop(state);
        match (method, subresource) {
            (&Method::GET, None) => Some(object),
            (&Method::PATCH, Some("status")) => {
                let mut applied: Value = serde_json::from_slice(body).ok()?;
                object["status"] = applied["status"].take();
                self.has(&key.0, object);
                locked(&self.state).objects.get(&key).cloned()
            }
            _ => None,
        }
    }

    /// What has changed since so many changes; without it, first everything that there is.
    fn watch(&self, plural: &str, known: Option<usize>) -> Answer {
        let mut first = String::new();
        let state = locked(&self.state);
        let now = state.changes.len();
        if known.is_none() {
            let objects = state.objects.iter().filter(|((of, ..), _)| of == plural);
            first.extend(objects.map(|(_, object)| line("ADDED", object)));
            let end = json!({"apiVersion": "v1", "kind": "X", "metadata": {
                "resourceVersion": now.to_string(), "annotations": {"k8s.io/initial-events-end": "true"}}});
            first.push_str(&line("BOOKMARK", &end));
        }
        drop(state);
        let begin = (self.clone(), plural.to_owned(), known.unwrap_or(now), first);
        let lines = futures::stream::unfold(begin, |(api, plural, mut cursor, mut ready)| async move {
            while ready.is_empty() {
                let told = api.changed.notified();
                (ready, cursor) = api.since(&plural, cursor);
                if ready.is_empty() {
                    told.await;
                }
            }
            let frame = Frame::data(Bytes::from(ready));
            Some((Ok::<_, Infallible>(frame), (api, plural, cursor, String::new())))
        });
        Response::new(StreamBody::new(lines).boxed_unsync())
    }

    /// What a watch tells of the changes from this one on, and how many there are by now.
    fn since(&self, plural: &str, cursor: usize) -> (String, usize) {
        let state = locked(&self.state);
        let lines = state.changes.iter().skip(cursor).filter(|(of, _)| of == plural);
        (lines.map(|(_, line)| line.as_str()).collect(), state.changes.len())
    }
}

impl fmt::Debug for WatchOnlyApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = locked(&self.state);
        write!(f, "an API server with {} objects that was called {:?}", state.objects.len(), state.calls)
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The object at a path such as `/apis/keycloak.mdvr.nl/v1/namespaces/realms/keycloakrealms/acme/status`, and the subresource.
fn object_at(path: &str) -> Option<(ObjectKey, Option<&str>)> {
    let (_, rest) = path.split_once("/namespaces/")?;
    let mut parts = rest.splitn(4, '/');
    let (namespace, plural, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some(((plural.to_owned(), namespace.to_owned(), name.to_owned()), parts.next()))
}

/// A line of a watch. Its type comes first, as the real server has it, and unlike the fields of a map.
fn line(change: &str, object: &Value) -> String {
    format!("{{\"type\":\"{change}\",\"object\":{object}}}\n")
}
