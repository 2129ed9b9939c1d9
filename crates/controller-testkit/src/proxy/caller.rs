//! Who calls, as far as a call shows it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::Value;

use crate::call::{Caller, Kind};

/// Reads it from an access token (without verifying it: that is the server's task) or, for a login,
/// from its form or its Basic header (RFC 6749, section 2.3.1).
pub(super) fn caller(headers: &HeaderMap, kind: Kind, body: &[u8]) -> Caller {
    let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => by_token(token.trim()),
        Some((scheme, login)) if scheme.eq_ignore_ascii_case("basic") => by_basic(login.trim()),
        _ if kind == Kind::Login => by_form(body),
        _ => Caller::default(),
    }
}

fn by_token(token: &str) -> Caller {
    let claims = token
        .split('.')
        .nth(1)
        .and_then(|payload| URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok())
        .and_then(|payload| serde_json::from_slice::<Value>(&payload).ok())
        .unwrap_or_default();
    let claim =
        |names: [&str; 2]| names.iter().find_map(|name| claims.get(name)?.as_str()).map(str::to_owned);
    Caller { client: claim(["azp", "client_id"]), user: claim(["preferred_username", "sub"]) }
}

fn by_basic(login: &str) -> Caller {
    let decoded = STANDARD.decode(login).ok().and_then(|login| String::from_utf8(login).ok());
    let client = decoded.and_then(|login| login.split_once(':').map(|(client, _)| client.to_owned()));
    Caller { client, user: None }
}

fn by_form(body: &[u8]) -> Caller {
    let field = |wanted: &str| {
        let mut fields = url::form_urlencoded::parse(body);
        fields.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    Caller { client: field("client_id"), user: field("username") }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn with(authorization: &str) -> HeaderMap {
        [(AUTHORIZATION, HeaderValue::from_str(authorization).unwrap())].into_iter().collect()
    }

    #[test]
    fn an_access_token_names_client_and_user() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"azp":"admin-cli","preferred_username":"admin","sub":"x"}"#);
        let caller = caller(&with(&format!("Bearer h.{claims}.s")), Kind::Read, b"");
        assert_eq!(caller.to_string(), "admin-cli (admin)");
        let claims = URL_SAFE_NO_PAD.encode(r#"{"sub":"system:serviceaccount:a:b"}"#);
        let caller = super::caller(&with(&format!("bearer h.{claims}.s")), Kind::Read, b"");
        assert_eq!(caller.to_string(), "system:serviceaccount:a:b");
    }

    #[test]
    fn a_login_names_its_client_by_form_or_header_and_never_a_secret() {
        let form = b"grant_type=password&client_id=admin-cli&username=admin&password=word";
        assert_eq!(caller(&HeaderMap::new(), Kind::Login, form).to_string(), "admin-cli (admin)");
        let basic = format!("Basic {}", STANDARD.encode("cloakroom-1a2b:secret"));
        assert_eq!(caller(&with(&basic), Kind::Login, b"").to_string(), "cloakroom-1a2b");
    }

    #[test]
    fn a_token_of_another_form_names_nobody() {
        for authorization in ["Bearer opaque", "Bearer a.!.c", "Bearer", "Negotiate x"] {
            assert_eq!(caller(&with(authorization), Kind::Read, b""), Caller::default(), "{authorization}");
        }
    }
}
