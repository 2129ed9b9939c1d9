//! An API server in this process, as far as this crate speaks to one: objects by path, merge patches with preconditions, access
//! reviews. And objects to put into it.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{Arc, Mutex},
};

use http::{Method, Request, Response, StatusCode};
use k8s_openapi::{ByteString, api::core::v1::Secret};
use kube::client::Body;
use serde_json::{Value, json};

use crate::{
    consent::Consent,
    owner::{Owner, OwnerKind},
    reference::{Instance, Realm},
    secret::{Secrets, StoredSecret},
};

#[derive(Clone, Default)]
pub(crate) struct Api {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Value>,
    version: u64,
    calls: Vec<(String, Value)>,
    refused: Vec<(String, u16, &'static str)>,
    appears: Option<Value>,
    /// Namespaces whose service accounts hold every verb.
    bound: Vec<String>,
}

impl Api {
    pub(crate) fn client(&self) -> kube::Client {
        let api = self.clone();
        let service = tower::service_fn(move |request: Request<Body>| {
            let api = api.clone();
            async move { Ok::<_, Infallible>(api.answer(request).await) }
        });
        kube::Client::new(service, "default")
    }

    /// Method and path of every call, in order.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.state.lock().unwrap().calls.iter().map(|(call, _)| call.clone()).collect()
    }

    /// The last body that was sent by this method.
    pub(crate) fn last_body(&self, method: &str) -> Value {
        let state = self.state.lock().unwrap();
        let call = state.calls.iter().rev().find(|(call, _)| call.starts_with(method));
        call.map(|(_, body)| body.clone()).unwrap_or_default()
    }

    pub(crate) fn holds(&self, path: &str, mut object: Value) {
        let mut state = self.state.lock().unwrap();
        state.version += 1;
        object["metadata"]["resourceVersion"] = json!(state.version.to_string());
        if object["metadata"]["uid"].is_null() {
            object["metadata"]["uid"] = json!(format!("uid-{}", state.version));
        }
        state.objects.insert(path.to_owned(), object);
    }

    pub(crate) fn holds_secret(&self, secret: &Secret) {
        self.holds(&path(secret), of(secret));
    }

    pub(crate) fn lacks(&self, path: &str) {
        self.state.lock().unwrap().objects.remove(path);
    }

    pub(crate) fn object(&self, path: &str) -> Option<Value> {
        self.state.lock().unwrap().objects.get(path).cloned()
    }

    /// The Secret as it is now.
    pub(crate) fn secret(&self, namespace: &str, name: &str) -> Option<StoredSecret> {
        let object = self.object(&format!("/api/v1/namespaces/{namespace}/secrets/{name}"))?;
        Some(StoredSecret::new(serde_json::from_value(object).unwrap()))
    }

    /// Calls that begin with this get this answer.
    pub(crate) fn refuses(&self, call: &str, code: u16, reason: &'static str) {
        self.state.lock().unwrap().refused.push((call.to_owned(), code, reason));
    }

    pub(crate) fn refuses_nothing(&self) {
        self.state.lock().unwrap().refused.clear();
    }

    /// Somebody else is faster.
    pub(crate) fn appears_before_next_post(&self, object: Value) {
        self.state.lock().unwrap().appears = Some(object);
    }

    pub(crate) fn binds(&self, namespace: &str) {
        self.state.lock().unwrap().bound.push(namespace.to_owned());
    }

    async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let bytes = request.into_body().collect_bytes().await.unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let call = format!("{method} {path}");
        let appears = {
            let mut state = self.state.lock().unwrap();
            state.calls.push((call.clone(), body.clone()));
            if method == Method::POST { state.appears.take() } else { None }
        };
        if let Some(object) = appears {
            let name = object["metadata"]["name"].as_str().unwrap().to_owned();
            self.holds(&format!("{path}/{name}"), object);
        }
        let refused =
            self.state.lock().unwrap().refused.iter().find(|(start, ..)| call.starts_with(start)).cloned();
        if let Some((_, code, reason)) = refused {
            return failure(code, reason);
        }
        match method {
            Method::GET if path.ends_with("/keycloakquotas") => success(200, &self.list(&path)),
            Method::GET => {
                self.object(&path).map_or_else(|| failure(404, "NotFound"), |object| success(200, &object))
            }
            Method::POST if path.ends_with("localsubjectaccessreviews") => self.review(body),
            Method::POST => self.create(&path, body),
            Method::PATCH => self.patch(path.trim_end_matches("/status"), &body),
            Method::DELETE => self.delete(&path, &body),
            _ => failure(405, "MethodNotAllowed"),
        }
    }

    fn list(&self, collection: &str) -> Value {
        let state = self.state.lock().unwrap();
        let within = format!("{collection}/");
        let items = state.objects.iter().filter(|(path, _)| path.starts_with(&within));
        let items: Vec<&Value> = items.map(|(_, object)| object).collect();
        let metadata = json!({"resourceVersion": state.version.to_string()});
        json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": "List", "metadata": metadata, "items": items})
    }

    fn review(&self, mut body: Value) -> Response<Body> {
        let state = self.state.lock().unwrap();
        let groups = body["spec"]["groups"].as_array().cloned().unwrap_or_default();
        let allowed = state
            .bound
            .iter()
            .any(|bound| groups.contains(&json!(format!("system:serviceaccounts:{bound}"))));
        body["status"] = json!({"allowed": allowed});
        success(201, &body)
    }

    fn create(&self, collection: &str, object: Value) -> Response<Body> {
        let path = format!("{collection}/{}", object["metadata"]["name"].as_str().unwrap());
        if self.object(&path).is_some() {
            return failure(409, "AlreadyExists");
        }
        self.holds(&path, object);
        success(201, &self.object(&path).unwrap())
    }

    fn patch(&self, path: &str, changes: &Value) -> Response<Body> {
        let Some(mut object) = self.object(path) else { return failure(404, "NotFound") };
        for field in ["resourceVersion", "uid"] {
            let (wanted, is) = (&changes["metadata"][field], &object["metadata"][field]);
            if !wanted.is_null() && wanted != is {
                return failure(409, "Conflict");
            }
        }
        merge(&mut object, changes);
        self.holds(path, object);
        success(200, &self.object(path).unwrap())
    }

    fn delete(&self, path: &str, options: &Value) -> Response<Body> {
        let Some(object) = self.object(path) else { return failure(404, "NotFound") };
        for field in ["resourceVersion", "uid"] {
            let wanted = &options["preconditions"][field];
            if !wanted.is_null() && *wanted != object["metadata"][field] {
                return failure(409, "Conflict");
            }
        }
        self.lacks(path);
        success(200, &json!({"kind": "Status", "apiVersion": "v1", "status": "Success"}))
    }
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (name, value) in fields {
        if value.is_null() {
            target.as_object_mut().unwrap().remove(name);
        } else {
            merge(&mut target[name], value);
        }
    }
}

fn success(code: u16, object: &Value) -> Response<Body> {
    Response::builder().status(code).body(Body::from(serde_json::to_vec(object).unwrap())).unwrap()
}

fn failure(code: u16, reason: &str) -> Response<Body> {
    let status = json!({
        "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "reason": reason, "message": reason.to_lowercase(),
        "details": {"causes": [{"reason": reason, "message": reason}]},
    });
    let code = StatusCode::from_u16(code).unwrap();
    Response::builder().status(code).body(Body::from(serde_json::to_vec(&status).unwrap())).unwrap()
}

/// A reader for which nobody is asked.
pub(crate) fn secrets(api: &Api) -> Secrets {
    Secrets::new(api.client(), Consent::Off)
}

fn path(secret: &Secret) -> String {
    let meta = &secret.metadata;
    format!(
        "/api/v1/namespaces/{}/secrets/{}",
        meta.namespace.as_deref().unwrap(),
        meta.name.as_deref().unwrap()
    )
}

pub(crate) fn of(secret: &Secret) -> Value {
    serde_json::to_value(secret).unwrap()
}

pub(crate) fn secret(namespace: &str, name: &str, data: &[(&str, &str)]) -> Secret {
    let mut secret = Secret::default();
    secret.metadata.namespace = Some(namespace.into());
    secret.metadata.name = Some(name.into());
    secret.type_ = Some("Opaque".into());
    let data = data.iter().map(|(key, value)| ((*key).to_owned(), ByteString(value.as_bytes().to_vec())));
    secret.data = Some(data.collect());
    secret
}

pub(crate) fn labelled(mut secret: Secret, labels: &[(&str, &str)]) -> Secret {
    let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    secret.metadata.labels.get_or_insert_default().extend(labels);
    secret
}

pub(crate) fn annotated(mut secret: Secret, name: &str, value: &str) -> StoredSecret {
    secret.metadata.annotations.get_or_insert_default().insert(name.into(), value.into());
    stored(secret)
}

pub(crate) fn stored(secret: Secret) -> StoredSecret {
    StoredSecret::new(secret)
}

pub(crate) fn owner(kind: OwnerKind, namespace: &str, name: &str) -> Owner {
    Owner { kind, namespace: namespace.into(), name: name.into(), uid: format!("uid-of-{name}") }
}

/// `Keycloak platform/keycloak` with this spec and status.
pub(crate) fn instance(spec: &Value, status: &Value) -> Instance {
    let object = json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak",
        "metadata": {"namespace": "platform", "name": "keycloak", "uid": "uid-of-keycloak", "resourceVersion": "1"},
        "spec": spec, "status": status,
    });
    Instance::of(serde_json::from_value(object).unwrap()).unwrap()
}

/// `KeycloakRealm acme/acme` with further fields of spec, and status.
pub(crate) fn realm(realm_name: &str, further: &Value, status: &Value) -> Realm {
    let mut spec = json!({"realmName": realm_name, "operatorRef": {"namespace": "platform"}});
    merge(&mut spec, further);
    let object = json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm",
        "metadata": {"namespace": "acme", "name": "acme", "uid": "uid-of-acme", "resourceVersion": "1"},
        "spec": spec, "status": status,
    });
    Realm::of(serde_json::from_value(object).unwrap()).unwrap()
}
