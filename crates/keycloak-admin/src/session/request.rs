//! The request for a token (RFC 6749, 4.3 and 4.4) and what Keycloak makes of it.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;

use super::{Grant, Login};
use crate::error::{AnswerKind, KeycloakMessage, LoginError, TransportFault, unreadable};
use crate::path;
use crate::secret::Secret;
use crate::server::Server;

/// The longest answer that is read, in bytes: a token of an account with rights on thousands of realms has 200 KiB.
const LONGEST_ANSWER: usize = 1024 * 1024;
/// The longest lifetime that is believed: a day. After it there is another login, which does no harm.
const LONGEST_LIFETIME: u64 = 24 * 60 * 60;

pub(super) struct Granted {
    pub(super) token: Secret,
    pub(super) lifetime: Duration,
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: Secret,
    /// Seconds.
    expires_in: u64,
}

pub(super) async fn token(server: &Server, login: &Login) -> Result<Granted, LoginError> {
    let account = login.account().to_owned();
    let Ok(realm) = path::encode(&login.realm) else {
        // Keycloak creates realms of such names and never finds them again.
        return Err(LoginError::RealmMissing { realm: login.realm.clone(), account });
    };
    let url = format!("{}/realms/{realm}/protocol/openid-connect/token", server.url());
    let mut request = server.http().post(&url).form(&form(&login.grant));
    if let Some(add) = server.trace_headers() {
        let mut headers = http::HeaderMap::new();
        add(&mut headers);
        request = request.headers(headers);
    }
    let broken = |error| LoginError::Transport { account: account.clone(), fault: TransportFault::of(error) };
    let mut answer = request.send().await.map_err(broken)?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(broken)? {
        if body.len() + part.len() > LONGEST_ANSWER {
            let reason = format!("it is longer than {LONGEST_ANSWER} bytes");
            return Err(LoginError::NoToken { account, reason });
        }
        body.extend_from_slice(&part);
    }
    if status.is_success() {
        return granted(&body)
            .map_err(|error| LoginError::NoToken { account: account.clone(), reason: unreadable(&error) });
    }
    Err(refusal(login, &url, status, KeycloakMessage::of(status, &headers, &body)))
}

fn form(grant: &Grant) -> Vec<(&'static str, &str)> {
    match grant {
        Grant::ClientCredentials { client_id, client_secret } => vec![
            ("grant_type", "client_credentials"),
            ("client_id", client_id),
            ("client_secret", client_secret.expose()),
        ],
        Grant::Password { username, password } => vec![
            ("grant_type", "password"),
            ("client_id", "admin-cli"),
            ("username", username),
            ("password", password.expose()),
        ],
    }
}

fn granted(body: &[u8]) -> Result<Granted, serde_json::Error> {
    let response: TokenResponse = serde_json::from_slice(body)?;
    let lifetime = Duration::from_secs(response.expires_in.min(LONGEST_LIFETIME));
    Ok(Granted { token: response.access_token, lifetime })
}

fn refusal(login: &Login, url: &str, status: StatusCode, message: KeycloakMessage) -> LoginError {
    let (realm, account) = (login.realm.clone(), login.account().to_owned());
    let says = |code: &str| message.error.as_deref() == Some(code);
    match AnswerKind::of(status) {
        AnswerKind::NotFound if says("Realm does not exist") => LoginError::RealmMissing { realm, account },
        AnswerKind::NotFound => LoginError::AddressWrong { account, url: url.to_owned(), message },
        AnswerKind::Forbidden if says("access_denied") => LoginError::RealmDisabled { realm, account },
        AnswerKind::Unauthorized => LoginError::Refused { realm, account, message },
        AnswerKind::BadRequest if says("invalid_grant") => LoginError::Refused { realm, account, message },
        AnswerKind::TooManyRequests | AnswerKind::Server => {
            LoginError::Unavailable { account, status, message }
        }
        AnswerKind::OtherSuccess
        | AnswerKind::Redirect
        | AnswerKind::BadRequest
        | AnswerKind::Forbidden
        | AnswerKind::Conflict
        | AnswerKind::Unprocessable
        | AnswerKind::OtherRefusal
        | AnswerKind::Unknown => LoginError::Answer { account, status, message },
    }
}
