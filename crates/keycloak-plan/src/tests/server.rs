//! A model of the server: how Keycloak takes representations, as tried on 26.4.5 and 26.7.3.
//!
//! It knows nothing of the declarations. Every rule here was seen on a running server.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Given;
use crate::kinds::{CLIENT, CLIENT_SCOPE, PROTOCOL_MAPPER, REALM, REALM_ROLE};
use crate::plan::{Action, Plan, Step, StepId};
use crate::{Identity, Live, LiveState, ServerVersion};

pub(super) mod areas;
pub(super) mod groups;

pub(super) type Object = Map<String, Value>;

/// A part of a realm, with whoever reads it for a plan and carries the steps out.
pub(super) trait Model {
    /// Everything of it, as a plan reads it.
    fn live(&self, given: &Given) -> LiveState;

    /// Carries out a step. It panics where Keycloak would refuse, and where something is lost that needs a consent nobody gave.
    fn step(&mut self, step: &Step);
}

pub(super) const MASK: &str = "**********";

/// Fields that a realm keeps among its attributes: the field is what stands there, or 0.
const KEPT_AS_ATTRIBUTES: [&str; 4] = [
    "clientSessionIdleTimeout",
    "clientSessionMaxLifespan",
    "clientOfflineSessionIdleTimeout",
    "clientOfflineSessionMaxLifespan",
];
const RESET_WITHOUT_ATTRIBUTES: [(&str, &str); 5] = [
    ("cibaBackchannelTokenDeliveryMode", "poll"),
    ("cibaExpiresIn", "120"),
    ("cibaInterval", "5"),
    ("cibaAuthRequestedUserHint", "login_hint"),
    ("parRequestUriLifespan", "60"),
];
const OTP: [(&str, i64); 4] = [
    ("otpPolicyInitialCounter", 0),
    ("otpPolicyDigits", 0),
    ("otpPolicyLookAheadWindow", 0),
    ("otpPolicyPeriod", 0),
];

/// One Keycloak with one realm.
#[derive(Debug, Clone)]
pub(super) struct Keycloak {
    pub(super) version: ServerVersion,
    pub(super) realm: Option<Object>,
    pub(super) roles: BTreeMap<String, Object>,
    pub(super) clients: BTreeMap<String, Object>,
    pub(super) scopes: BTreeMap<String, Object>,
    pub(super) composites: BTreeMap<String, Vec<String>>,
    /// Everything that was deleted, as `kind name`.
    pub(super) deleted: Vec<String>,
    /// Number of writes so far.
    pub(super) writes: usize,
    next_id: u32,
}

impl Keycloak {
    pub(super) fn new(version: ServerVersion) -> Self {
        Self {
            version,
            realm: None,
            roles: BTreeMap::new(),
            clients: BTreeMap::new(),
            scopes: BTreeMap::new(),
            composites: BTreeMap::new(),
            deleted: Vec::new(),
            writes: 0,
            next_id: 0,
        }
    }

    fn id(&mut self) -> Value {
        self.next_id += 1;
        Value::from(format!("id-{}", self.next_id))
    }

    // Realm.

    pub(super) fn create_realm(&mut self, body: &Object) {
        self.check_fields(body);
        let defaults: Value = serde_json::from_str(include_str!("realm_defaults.json")).unwrap();
        let Value::Object(mut realm) = defaults else { panic!("an object") };
        realm.insert("id".to_owned(), body.get("id").cloned().unwrap_or_else(|| self.id()));
        realm.insert("realm".to_owned(), body["realm"].clone());
        self.realm = Some(realm);
        let mut first = body.clone();
        // A creation merges the attributes with the defaults.
        let mut attributes = self.realm.as_ref().unwrap()["attributes"].as_object().unwrap().clone();
        attributes.extend(body.get("attributes").and_then(Value::as_object).cloned().unwrap_or_default());
        first.insert("attributes".to_owned(), Value::Object(attributes));
        for (field, default) in [("oauth2DeviceCodeLifespan", 600), ("oauth2DevicePollingInterval", 5)] {
            first.entry(field).or_insert(Value::from(default));
        }
        self.take_realm(&first);
        self.writes += 1;
    }

    pub(super) fn update_realm(&mut self, body: &Object) {
        self.check_fields(body);
        self.take_realm(body);
        self.writes += 1;
    }

    fn take_realm(&mut self, body: &Object) {
        let realm = self.realm.as_mut().expect("the realm exists");
        match body.get("attributes").and_then(Value::as_object) {
            Some(attributes) => {
                let kept = attributes.iter().filter(|(_, value)| !value.is_null());
                realm.insert(
                    "attributes".to_owned(),
                    kept.map(|(key, value)| (key.clone(), text(value))).collect(),
                );
            }
            None => {
                for (key, value) in RESET_WITHOUT_ATTRIBUTES {
                    realm["attributes"][key] = Value::from(value);
                }
            }
        }
        for (field, default) in [("oauth2DeviceCodeLifespan", 600), ("oauth2DevicePollingInterval", 5)] {
            let value = body.get(field).cloned().unwrap_or(Value::from(default));
            realm.insert(field.to_owned(), value.clone());
            realm["attributes"][field] = text(&value);
        }
        for (field, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            match field.as_str() {
                "attributes" | "id" | "oauth2DeviceCodeLifespan" | "oauth2DevicePollingInterval" => {}
                "smtpServer" => {
                    let mut config = texts(value);
                    if config.get("password") == Some(&Value::from(MASK)) {
                        match realm["smtpServer"].get("password") {
                            Some(kept) => config.insert("password".to_owned(), kept.clone()),
                            None => config.remove("password"),
                        };
                    }
                    realm.insert(field.clone(), Value::Object(config));
                }
                "browserSecurityHeaders" => {
                    for (key, value) in value.as_object().unwrap() {
                        realm[field][key] = value.clone();
                    }
                }
                "sslRequired" => {
                    realm.insert(field.clone(), Value::from(value.as_str().unwrap().to_lowercase()));
                }
                "passwordPolicy" | "eventsExpiration" | "supportedLocales"
                    if [json!(""), json!(0), json!([])].contains(value) =>
                {
                    realm.remove(field);
                }
                "supportedLocales" | "eventsListeners" | "enabledEventTypes" => {
                    realm.insert(field.clone(), sorted(value));
                }
                field if KEPT_AS_ATTRIBUTES.contains(&field) => {
                    realm["attributes"][field] = text(value);
                }
                "scimApiEnabled" => {
                    realm["attributes"][field] = text(value);
                }
                field if field.starts_with("otpPolicy") || field.starts_with("webAuthnPolicy") => {}
                _ => {
                    realm.insert(field.clone(), value.clone());
                }
            }
        }
        if let Some(kind) = body.get("otpPolicyType") {
            realm.insert("otpPolicyType".to_owned(), kind.clone());
            for (field, otherwise) in OTP {
                realm.insert(field.to_owned(), body.get(field).cloned().unwrap_or(Value::from(otherwise)));
            }
            take_or_remove(realm, body, "otpPolicyAlgorithm");
            let reusable = body.get("otpPolicyCodeReusable").cloned().unwrap_or(Value::from(false));
            realm["attributes"]["realmReusableOtpCode"] = text(&reusable);
        }
        for prefix in ["webAuthnPolicyPasswordless", "webAuthnPolicy"] {
            take_webauthn(realm, body, prefix);
        }
    }

    fn check_fields(&self, body: &Object) {
        let newer = [
            ("scimApiEnabled", ServerVersion::new(26, 6, 0)),
            ("maxSecondaryAuthFailures", ServerVersion::new(26, 6, 0)),
            ("webAuthnPolicyResidentKey", ServerVersion::new(26, 7, 0)),
            ("webAuthnPolicyPasswordlessResidentKey", ServerVersion::new(26, 7, 0)),
            ("webAuthnPolicyPasswordlessMediation", ServerVersion::new(26, 7, 0)),
        ];
        for (field, since) in newer {
            assert!(!body.contains_key(field) || self.version >= since, "400: unrecognized field {field}");
        }
        assert!(!body.contains_key("nonsense"), "400: unrecognized field nonsense");
    }

    pub(super) fn realm_view(&self) -> Option<Value> {
        let mut view = self.realm.clone()?;
        let attributes = view["attributes"].clone();
        for field in KEPT_AS_ATTRIBUTES {
            let number =
                attributes.get(field).and_then(Value::as_str).and_then(|text| text.parse::<i64>().ok());
            view.insert(field.to_owned(), Value::from(number.unwrap_or(0)));
        }
        let told = |key: &str| attributes.get(key).and_then(Value::as_str) == Some("true");
        view.insert("otpPolicyCodeReusable".to_owned(), Value::from(told("realmReusableOtpCode")));
        if self.version >= ServerVersion::new(26, 6, 0) {
            view.insert("scimApiEnabled".to_owned(), Value::from(told("scimApiEnabled")));
            view.entry("maxSecondaryAuthFailures").or_insert(Value::from(0));
        }
        if view["smtpServer"].get("password").is_some() {
            view["smtpServer"]["password"] = Value::from(MASK);
        }
        Some(Value::Object(view))
    }

    // Clients.

    pub(super) fn create_client(&mut self, body: &Object) {
        let name = body["clientId"].as_str().unwrap().to_owned();
        assert!(!self.clients.contains_key(&name), "409: client {name}");
        let flag = |field: &str, otherwise: bool| body.get(field).cloned().unwrap_or(Value::from(otherwise));
        let consent = body.get("consentRequired") == Some(&Value::from(true));
        let mut client = json!({
            "clientId": name, "surrogateAuthRequired": false, "enabled": true, "alwaysDisplayInConsole": false,
            "clientAuthenticatorType": "client-secret", "redirectUris": [], "webOrigins": [], "notBefore": 0,
            "bearerOnly": false, "consentRequired": false, "standardFlowEnabled": true, "implicitFlowEnabled": false,
            "directAccessGrantsEnabled": false, "serviceAccountsEnabled": false, "publicClient": false,
            "protocol": "openid-connect", "attributes": {}, "authenticationFlowBindingOverrides": {},
            "nodeReRegistrationTimeout": -1,
            "frontchannelLogout": flag("frontchannelLogout", false), "fullScopeAllowed": flag("fullScopeAllowed", !consent),
            "defaultClientScopes": ["web-origins", "profile", "roles"], "optionalClientScopes": ["offline_access"],
            "access": {"view": true, "configure": true, "manage": true}
        })
        .as_object()
        .unwrap()
        .clone();
        client.insert("id".to_owned(), body.get("id").cloned().unwrap_or_else(|| self.id()));
        for scopes in ["defaultClientScopes", "optionalClientScopes"] {
            take_if_there(&mut client, body, scopes);
        }
        self.clients.insert(name.clone(), client);
        self.update_client(&name, body);
    }

    pub(super) fn update_client(&mut self, name: &str, body: &Object) {
        let mut client = self.clients.remove(name).expect("404");
        for (field, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            match field.as_str() {
                "id" | "access" | "defaultClientScopes" | "optionalClientScopes" | "clientId" => {}
                "attributes" => {
                    for (key, value) in value.as_object().unwrap() {
                        merge_key(&mut client["attributes"], key, value, "");
                    }
                }
                "authenticationFlowBindingOverrides" => {
                    for (key, value) in value.as_object().unwrap() {
                        merge_key(&mut client[field], key, value, "");
                    }
                }
                "redirectUris" | "webOrigins" => {
                    client.insert(field.clone(), sorted(value));
                }
                "protocolMappers" => self.take_mappers(&mut client, value, name),
                "secret" if value == MASK => panic!("the mask was written as the secret of {name}"),
                "authorizationServicesEnabled" if value == false => {
                    client.remove(field);
                }
                _ => {
                    client.insert(field.clone(), value.clone());
                }
            }
        }
        client["attributes"]["realm_client"] = Value::from("false");
        if !body.contains_key("webOrigins") && client["webOrigins"] == json!([]) {
            let uris = client["redirectUris"].as_array().unwrap().iter().filter_map(Value::as_str);
            let origins = uris.filter(|uri| uri.starts_with("http")).map(origin).collect::<Vec<_>>();
            client.insert("webOrigins".to_owned(), sorted(&Value::from(origins)));
        }
        if !body.contains_key("frontchannelLogout") && self.version < ServerVersion::new(26, 7, 0) {
            client.insert("frontchannelLogout".to_owned(), client["publicClient"].clone());
        }
        if client["publicClient"] == true || client["bearerOnly"] == true {
            client.remove("secret");
        } else if !client.contains_key("secret") {
            let secret = self.id();
            client.insert("secret".to_owned(), secret);
        }
        if client.get("protocolMappers") == Some(&json!([])) {
            client.remove("protocolMappers");
        }
        self.clients.insert(name.to_owned(), client);
        self.writes += 1;
    }

    fn take_mappers(&mut self, client: &mut Object, value: &Value, name: &str) {
        let same =
            |one: &Value, other: &Value| one["name"] == other["name"] && one["protocol"] == other["protocol"];
        let old = client.get("protocolMappers").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut new = Vec::new();
        for mapper in value.as_array().unwrap() {
            let mut mapper = mapper.clone();
            assert!(mapper["protocol"].is_string() && mapper["name"].is_string(), "400: {mapper}");
            assert!(!new.iter().any(|other| same(other, &mapper)), "409: {mapper}");
            let before = old.iter().find(|other| same(other, &mapper));
            mapper["id"] = before.map_or_else(|| self.id(), |before| before["id"].clone());
            mapper["consentRequired"] = Value::from(false);
            mapper["config"] = match mapper.get("config").and_then(Value::as_object) {
                Some(config) => config
                    .iter()
                    .filter(|(_, value)| **value != "")
                    .map(|(key, value)| (key.clone(), text(value)))
                    .collect(),
                None => json!({}),
            };
            new.push(mapper);
        }
        for gone in old.iter().filter(|old| !new.iter().any(|new| same(old, new))) {
            self.deleted.push(format!("mapper {}@{} of {name}", gone["name"], gone["protocol"]));
        }
        client.insert("protocolMappers".to_owned(), Value::Array(new));
    }

    // Roles.

    pub(super) fn create_role(&mut self, body: &Object) {
        let name = body["name"].as_str().unwrap().to_owned();
        assert!(!self.roles.contains_key(&name), "409: role {name}");
        let id = self.id();
        let role = json!({"id": id, "name": name, "composite": false, "clientRole": false, "containerId": "r", "attributes": {}});
        self.roles.insert(name.clone(), role.as_object().unwrap().clone());
        self.update_role(&name, body);
    }

    pub(super) fn update_role(&mut self, name: &str, body: &Object) {
        assert!(body.contains_key("name"), "400: role has no name");
        let role = self.roles.get_mut(name).expect("404");
        take_or_remove(role, body, "description");
        if let Some(attributes) = body.get("attributes").and_then(Value::as_object) {
            let kept = attributes.iter().filter(|(_, values)| **values != json!([]));
            role.insert(
                "attributes".to_owned(),
                kept.map(|(key, values)| (key.clone(), values.clone())).collect(),
            );
        }
        self.writes += 1;
    }

    // Client scopes.

    pub(super) fn create_scope(&mut self, body: &Object) {
        let name = body["name"].as_str().unwrap().to_owned();
        let mut scope = json!({"name": name, "protocol": body["protocol"], "attributes": {}})
            .as_object()
            .unwrap()
            .clone();
        scope.insert("id".to_owned(), self.id());
        if let Some(mappers) = body.get("protocolMappers") {
            self.take_mappers(&mut scope, mappers, &name);
        }
        self.scopes.insert(name.clone(), scope);
        self.update_scope(&name, body);
    }

    pub(super) fn update_scope(&mut self, name: &str, body: &Object) {
        assert!(body.contains_key("name"), "500: a client scope without a name");
        let scope = self.scopes.get_mut(name).expect("404");
        for (field, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            match field.as_str() {
                "id" | "protocolMappers" => {}
                "attributes" => {
                    for (key, value) in value.as_object().unwrap() {
                        if value.is_null() {
                            scope["attributes"].as_object_mut().unwrap().remove(key);
                        } else {
                            scope["attributes"][key] = text(value);
                        }
                    }
                }
                _ => {
                    scope.insert(field.clone(), value.clone());
                }
            }
        }
        // A removed key travels as null.
        for (key, value) in body.get("attributes").and_then(Value::as_object).into_iter().flatten() {
            if value.is_null() {
                scope["attributes"].as_object_mut().unwrap().remove(key);
            }
        }
        self.writes += 1;
    }

    fn write_scope_mapper(&mut self, scope: &str, key: &str, action: Action, body: Option<&Object>) {
        let mut holder = self.scopes.remove(scope).expect("404");
        let mut mappers =
            holder.get("protocolMappers").and_then(Value::as_array).cloned().unwrap_or_default();
        let is =
            |mapper: &Value| crate::leaf::child_key(PROTOCOL_MAPPER.naming, mapper).as_deref() == Some(key);
        let before = mappers.clone();
        match action {
            Action::Create => mappers.push(Value::Object(body.unwrap().clone())),
            Action::Update => {
                assert!(
                    body.unwrap().contains_key("protocolMapper"),
                    "404: ProtocolMapper provider not found"
                );
                *mappers.iter_mut().find(|mapper| is(mapper)).expect("404") =
                    Value::Object(body.unwrap().clone());
            }
            Action::Delete => mappers.retain(|mapper| !is(mapper)),
            Action::Link | Action::Unlink => panic!("a mapper has no links"),
        }
        holder.insert("protocolMappers".to_owned(), Value::Array(before));
        self.take_mappers(&mut holder, &Value::Array(mappers), scope);
        self.scopes.insert(scope.to_owned(), holder);
        self.writes += 1;
    }

    // Carrying out a plan.

    /// Runs every step that may run, in order.
    pub(super) fn run(&mut self, plan: &Plan) -> std::collections::BTreeSet<StepId> {
        let mut done = std::collections::BTreeSet::new();
        for step in plan.runnable() {
            self.step(step);
            done.insert(step.id);
        }
        done
    }

    fn step(&mut self, step: &Step) {
        let body = step.body().map(|body| body.expose().as_object().unwrap().clone());
        let (kind, name) = (step.object.kind(), step.object.name());
        if let Some(link) = &step.link {
            assert_eq!(link.relation.name, "composite");
            let targets = self.composites.entry(name.to_owned()).or_default();
            match step.action {
                Action::Link => targets.push(link.target.clone()),
                _ => targets.retain(|target| *target != link.target),
            }
            self.writes += 1;
            return;
        }
        match (step.action, kind) {
            (Action::Create, "realm") => self.create_realm(&body.unwrap()),
            (Action::Update, "realm") => self.update_realm(&body.unwrap()),
            (Action::Create, "client") => self.create_client(&body.unwrap()),
            (Action::Update, "client") => self.update_client(name, &body.unwrap()),
            (Action::Create, "role") => self.create_role(&body.unwrap()),
            (Action::Update, "role") => self.update_role(name, &body.unwrap()),
            (Action::Create, "client scope") => self.create_scope(&body.unwrap()),
            (Action::Update, "client scope") => self.update_scope(name, &body.unwrap()),
            (action, "protocol mapper") => {
                let scope = step.object.parent().unwrap().name().to_owned();
                self.write_scope_mapper(&scope, name, action, body.as_ref());
            }
            (Action::Delete, kind) => {
                let gone = match kind {
                    "role" => self.roles.remove(name),
                    "client" => self.clients.remove(name),
                    "client scope" => self.scopes.remove(name),
                    "realm" => self.realm.take(),
                    other => panic!("no such kind {other}"),
                };
                assert!(gone.is_some(), "404: {kind} {name}");
                self.deleted.push(format!("{kind} {name}"));
                self.writes += 1;
            }
            (action, kind) => panic!("{action:?} of {kind}"),
        }
    }

    /// Everything, as a plan reads it. Nobody holds any role.
    pub(super) fn live(&self) -> LiveState {
        let mut live = LiveState::new();
        let realm = Identity::new(&REALM, "acme");
        live = match self.realm_view() {
            Some(view) => live.present(realm, Live::new(view).held(0, "users")),
            None => live.absent(realm),
        };
        for (name, role) in &self.roles {
            let identity = Identity::new(&REALM_ROLE, name);
            live = live.present(identity.clone(), Live::new(Value::Object(role.clone())).held(0, "users"));
            let targets = self.composites.get(name).into_iter().flatten().map(String::as_str);
            live = live.links(identity, &crate::kinds::COMPOSITE_OF_ROLE, targets);
        }
        for (name, client) in &self.clients {
            live = live.present(Identity::new(&CLIENT, name), Live::new(Value::Object(client.clone())));
        }
        for (name, scope) in &self.scopes {
            let identity = Identity::new(&CLIENT_SCOPE, name);
            live = live.present(identity, Live::new(Value::Object(scope.clone())).held(0, "clients"));
        }
        live
    }
}

fn take_webauthn(realm: &mut Object, body: &Object, prefix: &str) {
    let entity = format!("{prefix}RpEntityName");
    if body.get(&entity).and_then(Value::as_str).is_none_or(str::is_empty) {
        return;
    }
    let defaults: Value = serde_json::from_str(include_str!("realm_defaults.json")).unwrap();
    let passwordless = "webAuthnPolicyPasswordless";
    let mut fields: Vec<String> =
        defaults.as_object().unwrap().keys().filter(|field| field.starts_with(prefix)).cloned().collect();
    for newer in ["ResidentKey", "Mediation", "PasskeysEnabled"] {
        fields.push(format!("{prefix}{newer}"));
    }
    for field in fields.iter().filter(|field| prefix == passwordless || !field.starts_with(passwordless)) {
        match body.get(field).or_else(|| defaults.get(field)) {
            Some(value) => realm.insert(field.clone(), value.clone()),
            None => realm.remove(field),
        };
    }
}

fn take_if_there(object: &mut Object, body: &Object, field: &str) {
    if let Some(value) = body.get(field) {
        object.insert(field.to_owned(), value.clone());
    }
}

fn take_or_remove(object: &mut Object, body: &Object, field: &str) {
    match body.get(field).filter(|value| !value.is_null()) {
        Some(value) => object.insert(field.to_owned(), value.clone()),
        None => object.remove(field),
    };
}

fn merge_key(map: &mut Value, key: &str, value: &Value, removes: &str) {
    if value.is_null() || value.as_str() == Some(removes) {
        map.as_object_mut().unwrap().remove(key);
    } else {
        map[key] = text(value);
    }
}

fn text(value: &Value) -> Value {
    match value {
        Value::String(_) => value.clone(),
        other => Value::from(other.to_string()),
    }
}

fn texts(value: &Value) -> Object {
    value.as_object().unwrap().iter().map(|(key, value)| (key.clone(), text(value))).collect()
}

fn sorted(value: &Value) -> Value {
    let mut items: Vec<String> =
        value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect();
    items.sort();
    items.dedup();
    Value::from(items)
}

fn origin(uri: &str) -> String {
    uri.split('/').take(3).collect::<Vec<_>>().join("/")
}
