//! The hands of a person at Keycloak's admin console: plain HTTP and plain JSON, with the master
//! admin's login, sharing no type with what it is used to check.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::environment::KeycloakServer;
use crate::failure::{OrFail, fail, with_causes};
use crate::upstream::{HttpClient, http_client};

/// How long an access token of the console is used; Keycloak's lives for 60 s.
const TOKEN_USED_FOR: Duration = Duration::from_secs(30);
/// How often the same call is made as long as the server has to give up.
const TRIES: usize = 3;

/// A logged-in master admin.
#[derive(Debug)]
pub struct Console {
    server: KeycloakServer,
    http: HttpClient,
    token: Mutex<Option<(String, Instant)>>,
}

/// Something in Keycloak that the console can look at and change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    realm: String,
    kind: ThingKind,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ThingKind {
    Realm,
    Client,
    ClientScope,
    RealmRole,
    User,
}

/// An answer of Keycloak.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its body as JSON; `null` if it is empty, a string if it is something else.
    pub body: Value,
}

/// A realm by its name.
pub fn realm(name: &str) -> Thing {
    thing(name, ThingKind::Realm, name)
}

/// A client by its realm and its client id.
pub fn client(realm: &str, client_id: &str) -> Thing {
    thing(realm, ThingKind::Client, client_id)
}

/// A client scope by its realm and its name.
pub fn client_scope(realm: &str, name: &str) -> Thing {
    thing(realm, ThingKind::ClientScope, name)
}

/// A realm role by its realm and its name.
pub fn realm_role(realm: &str, name: &str) -> Thing {
    thing(realm, ThingKind::RealmRole, name)
}

/// A user by its realm and its username.
pub fn user(realm: &str, username: &str) -> Thing {
    thing(realm, ThingKind::User, username)
}

fn thing(realm: &str, kind: ThingKind, name: &str) -> Thing {
    Thing { realm: realm.to_owned(), kind, name: name.to_owned() }
}

impl Thing {
    /// Path of the collection it lies in.
    fn collection(&self) -> String {
        let realm = encoded(&self.realm);
        match self.kind {
            ThingKind::Realm => "/admin/realms".to_owned(),
            ThingKind::Client => format!("/admin/realms/{realm}/clients"),
            ThingKind::ClientScope => format!("/admin/realms/{realm}/client-scopes"),
            ThingKind::RealmRole => format!("/admin/realms/{realm}/roles"),
            ThingKind::User => format!("/admin/realms/{realm}/users"),
        }
    }

    /// Field that holds its name.
    fn name_field(&self) -> &'static str {
        match self.kind {
            ThingKind::Realm => "realm",
            ThingKind::Client => "clientId",
            ThingKind::ClientScope | ThingKind::RealmRole => "name",
            ThingKind::User => "username",
        }
    }

    /// Query that finds it in a list, where it is not found by its name in the path.
    fn search(&self) -> Option<String> {
        let name = encoded(&self.name);
        match self.kind {
            ThingKind::Realm | ThingKind::RealmRole => None,
            ThingKind::Client => Some(format!("?clientId={name}")),
            ThingKind::ClientScope => Some(String::new()),
            ThingKind::User => Some(format!("?exact=true&username={name}")),
        }
    }

    /// Path of itself.
    fn path(&self, representation: &Value) -> String {
        let key = match self.kind {
            ThingKind::Realm | ThingKind::RealmRole => self.name.as_str(),
            ThingKind::Client | ThingKind::ClientScope | ThingKind::User => {
                representation.get("id").and_then(Value::as_str).unwrap_or_default()
            }
        };
        format!("{}/{}", self.collection(), encoded(key))
    }
}

impl Console {
    /// A console of this server. It logs in with its first call.
    ///
    /// # Panics
    /// If no HTTP client can be made.
    #[expect(
        clippy::unused_async,
        reason = "what opens a connection is awaited, whether it has to wait or not"
    )]
    pub async fn open(server: &KeycloakServer) -> Self {
        let http = http_client(None, None).or_fail("no HTTP client for the admin console");
        Self { server: server.clone(), http, token: Mutex::default() }
    }

    /// The whole representation, or `None` if there is no such thing.
    ///
    /// # Panics
    /// As [`Console::calls`], and on any status but 200 and 404.
    pub async fn sees(&self, thing: &Thing) -> Option<Value> {
        let path = match thing.search() {
            Some(query) => format!("{}{query}", thing.collection()),
            None => thing.path(&Value::Null),
        };
        let answer = self.calls(Method::GET, &path, None).await;
        match answer.status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return None,
            other => fail(format!("the console cannot see {thing:?}: {other} {}", answer.body)),
        }
        let is_it = |found: &&Value| {
            found.get(thing.name_field()).and_then(Value::as_str) == Some(thing.name.as_str())
        };
        match &answer.body {
            Value::Array(found) => found.iter().find(is_it).cloned(),
            found => Some(found.clone()),
        }
    }

    /// The value of one field: its name, or a JSON pointer (RFC 6901) such as
    /// `/attributes/post.logout.redirect.uris`. `null` if it is not there.
    ///
    /// # Panics
    /// If there is no such thing.
    pub async fn sees_field(&self, thing: &Thing, field: &str) -> Value {
        let representation = self.must_see(thing).await;
        representation.pointer(&pointer(field)).cloned().unwrap_or_default()
    }

    /// Sets one field (a name or a JSON pointer) as a person would: reads the whole, changes the
    /// field, writes the whole.
    ///
    /// # Panics
    /// If there is no such thing, or Keycloak refuses it.
    pub async fn sets(&self, thing: &Thing, field: &str, value: impl Into<Value>) {
        let mut representation = self.must_see(thing).await;
        set(&mut representation, &pointer(field), value.into());
        self.must(Method::PUT, &thing.path(&representation), Some(representation)).await;
    }

    /// Creates it from a representation, to which the name is added.
    ///
    /// # Panics
    /// If Keycloak refuses it.
    pub async fn creates(&self, thing: &Thing, mut representation: Value) {
        set(&mut representation, &format!("/{}", thing.name_field()), json!(thing.name));
        self.must(Method::POST, &thing.collection(), Some(representation)).await;
    }

    /// Deletes it. Does nothing if it is not there.
    ///
    /// # Panics
    /// If Keycloak refuses it.
    pub async fn deletes(&self, thing: &Thing) {
        if let Some(representation) = self.sees(thing).await {
            self.must(Method::DELETE, &thing.path(&representation), None).await;
        }
    }

    /// Calls the admin API with the master admin's login; `path` begins with `/admin` and is sent as
    /// it is.
    ///
    /// # Panics
    /// If the server cannot be reached or refuses the login.
    pub async fn calls(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let bearer = format!("Bearer {}", self.access_token().await);
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let headers =
            [(AUTHORIZATION.as_str(), bearer.as_str()), (CONTENT_TYPE.as_str(), "application/json")];
        self.send(method, path, &headers, body).await
    }

    /// Logs in as a confidential client with its secret (client credentials grant) and returns the
    /// claims of its access token.
    ///
    /// # Errors
    /// Keycloak's answer, if it refuses.
    ///
    /// # Panics
    /// If the server cannot be reached.
    pub async fn logs_in_as(&self, client: &Thing, secret: &str) -> Result<Value, Answer> {
        let form =
            [("grant_type", "client_credentials"), ("client_id", &client.name), ("client_secret", secret)];
        let token = self.logs_in(&client.realm, &form).await?;
        let payload = token.split('.').nth(1).and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok());
        Ok(payload.and_then(|payload| serde_json::from_slice(&payload).ok()).unwrap_or_default())
    }

    async fn must_see(&self, thing: &Thing) -> Value {
        match self.sees(thing).await {
            Some(representation) => representation,
            None => fail(format!("the console cannot see {thing:?}: there is none on {:?}", self.server)),
        }
    }

    /// As a person does: who is told that the server had to give up (500, a transaction that lost against another one and was
    /// rolled back) tries again.
    async fn must(&self, method: Method, path: &str, body: Option<Value>) {
        let mut answer = self.calls(method.clone(), path, body.clone()).await;
        for _ in 1..TRIES {
            if answer.status != StatusCode::INTERNAL_SERVER_ERROR {
                break;
            }
            answer = self.calls(method.clone(), path, body.clone()).await;
        }
        if !answer.status.is_success() {
            fail(format!("the console's {method} {path}: {} {}", answer.status, answer.body));
        }
    }

    async fn access_token(&self) -> String {
        let mut held = self.token.lock().await;
        if let Some((token, _)) = held.as_ref().filter(|(_, since)| since.elapsed() < TOKEN_USED_FOR) {
            return token.clone();
        }
        let form = [
            ("grant_type", "password"),
            ("client_id", "admin-cli"),
            ("username", self.server.admin()),
            ("password", self.server.password()),
        ];
        match self.logs_in("master", &form).await {
            Ok(token) => {
                *held = Some((token.clone(), Instant::now()));
                token
            }
            Err(answer) => fail(format!(
                "{:?} refuses the console's login as {}: {} {}",
                self.server,
                self.server.admin(),
                answer.status,
                answer.body
            )),
        }
    }

    async fn logs_in(&self, realm: &str, form: &[(&str, &str)]) -> Result<String, Answer> {
        let path = format!("/realms/{}/protocol/openid-connect/token", encoded(realm));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let headers = [(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")];
        let answer = self.send(Method::POST, &path, &headers, body).await;
        match answer.body.get("access_token").and_then(Value::as_str) {
            Some(token) => Ok(token.to_owned()),
            None => Err(answer),
        }
    }

    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let what = || format!("the console's {method} {path} on {:?}", self.server);
        let mut request = Request::builder().method(&method).uri(format!("{}{path}", self.server.url()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::from(body))).or_fail(what());
        let answer = self.http.request(request).await.map_err(|error| with_causes(&error)).or_fail(what());
        let status = answer.status();
        let bytes = answer.into_body().collect().await.or_fail(what()).to_bytes();
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(&bytes)))
        };
        Answer { status, body }
    }
}

/// A path segment or query value with everything encoded but unreserved characters (RFC 3986).
fn encoded(segment: &str) -> String {
    let mut encoded = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A JSON pointer of a field that is given by its name or as one.
fn pointer(field: &str) -> String {
    if field.starts_with('/') {
        field.to_owned()
    } else {
        format!("/{}", field.replace('~', "~0").replace('/', "~1"))
    }
}

/// Sets what a JSON pointer names, making objects on the way.
fn set(whole: &mut Value, pointer: &str, value: Value) {
    let mut place = whole;
    for part in pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")) {
        if !place.is_object() {
            *place = json!({});
        }
        let Value::Object(fields) = place else { return };
        place = fields.entry(part).or_insert(Value::Null);
    }
    *place = value;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_into_paths_whole() {
        let role = realm_role("a/b", "x y;z=ü");
        assert_eq!(role.path(&Value::Null), "/admin/realms/a%2Fb/roles/x%20y%3Bz%3D%C3%BC");
        let client = client("acme", "shop");
        assert_eq!(client.path(&json!({"id": "1"})), "/admin/realms/acme/clients/1");
        assert_eq!(user("acme", "a&b").search().unwrap(), "?exact=true&username=a%26b");
    }

    #[test]
    fn a_field_is_set_by_name_or_by_pointer_and_the_rest_stays() {
        let mut client = json!({"clientId": "shop", "attributes": {"a.b": "1"}});
        set(&mut client, &pointer("description"), json!("by hand"));
        set(&mut client, &pointer("/attributes/x~1y"), json!("2"));
        set(&mut client, &pointer("/access/view"), json!(true));
        assert_eq!(
            client,
            json!({
                "clientId": "shop",
                "description": "by hand",
                "attributes": {"a.b": "1", "x/y": "2"},
                "access": {"view": true},
            })
        );
    }
}
