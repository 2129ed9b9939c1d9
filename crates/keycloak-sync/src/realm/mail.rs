//! The mail server of a realm, both ways.

use keycloak_crds::realm::SmtpServer;
use serde_json::{Map, Value};

use super::Secrets;
use crate::fields::Fields;

/// The mail server as Keycloak keeps it: texts by name.
pub(super) fn smtp(server: &SmtpServer, secrets: &Secrets) -> Map<String, Value> {
    let SmtpServer {
        host,
        port,
        from,
        from_display_name,
        reply_to,
        envelope_from,
        ssl,
        starttls,
        auth,
        user,
        password,
        // Read by whoever resolves Secrets.
        password_secret: _,
    } = server;
    let resolved = secrets.smtp_password.as_ref().map(|secret| secret.expose().to_owned());
    // Keycloak drops both when it is not to log in; asked for all the same they would never read as they were written.
    let logs_in = *auth == Some(true);
    let mut map = Fields::default();
    map.set("host", Some(host.as_str()))
        .set("port", Some(port.to_string()))
        .set("from", from.clone())
        .set("fromDisplayName", from_display_name.clone())
        .set("replyTo", reply_to.clone())
        .set("envelopeFrom", envelope_from.clone())
        .set("ssl", ssl.map(|on| on.to_string()))
        .set("starttls", starttls.map(|on| on.to_string()))
        .set("auth", auth.map(|on| on.to_string()))
        .set("user", user.clone().filter(|_| logs_in))
        .set(
            "password",
            resolved.or_else(|| password.as_ref().map(|plain| plain.0.clone())).filter(|_| logs_in),
        );
    map.into_map()
}

/// The mail server of a live realm, without its password; nothing for a realm that has none, or one without what the API server
/// asks of each. A login that is not by user and password has no field: the keys of it are left out together.
pub(super) fn server(live: &Value) -> Option<SmtpServer> {
    let map = live.get("smtpServer")?;
    let text = |key: &str| map.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let owned = |key: &str| text(key).map(str::to_owned);
    let switch = |key: &str| text(key).and_then(|text| text.parse::<bool>().ok());
    let by_password = text("user").is_some() && text("authType") != Some("token");
    let auth = switch("auth").filter(|on| !on || by_password);
    Some(SmtpServer {
        host: owned("host")?,
        port: text("port").and_then(|port| port.parse().ok()).filter(|port| (1..=65_535).contains(port))?,
        from: Some(owned("from")?),
        from_display_name: owned("fromDisplayName"),
        reply_to: owned("replyTo"),
        envelope_from: owned("envelopeFrom"),
        ssl: switch("ssl"),
        starttls: switch("starttls"),
        auth,
        user: owned("user").filter(|_| auth == Some(true)),
        password: None,
        password_secret: None,
    })
}
