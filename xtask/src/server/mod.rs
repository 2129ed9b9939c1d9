//! Talking to a running Keycloak by plain HTTP, and running one as a process of this machine.

pub(crate) mod keycloak;

use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;

const TIMEOUT: Duration = Duration::from_secs(30);

/// An access token by user name and password (RFC 6749, section 4.3).
///
/// # Errors
/// If the server cannot be reached or refuses: its own words.
pub(crate) fn password_token(
    base: &str,
    realm: &str,
    client: &str,
    user: &str,
    password: &str,
) -> Result<String> {
    let form =
        [("grant_type", "password"), ("client_id", client), ("username", user), ("password", password)];
    token(base, realm, &form)
}

/// An access token by a client's own credentials (RFC 6749, section 4.4).
///
/// # Errors
/// If the server cannot be reached or refuses: its own words.
pub(crate) fn client_token(base: &str, realm: &str, client: &str, secret: &str) -> Result<String> {
    let form = [("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret)];
    token(base, realm, &form)
}

fn token(base: &str, realm: &str, form: &[(&str, &str)]) -> Result<String> {
    let url = format!("{base}/realms/{realm}/protocol/openid-connect/token");
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        // Loopback is not reached through a proxy.
        .proxy(None)
        .build()
        .new_agent();
    let mut answer =
        agent.post(&url).send_form(form.iter().copied()).with_context(|| format!("cannot reach {url}"))?;
    let text = answer.body_mut().read_to_string().with_context(|| format!("no answer from {url}"))?;
    if !answer.status().is_success() {
        bail!("{url} answered {}: {text}", answer.status());
    }
    let body: Value = serde_json::from_str(&text).with_context(|| format!("{url} answered no JSON"))?;
    Ok(body["access_token"].as_str().context("the answer has no access_token")?.to_owned())
}

/// The claims of a JSON Web Token (RFC 7519). The signature is not checked: it is only shown.
///
/// # Errors
/// If it is no JSON Web Token.
pub(crate) fn claims(token: &str) -> Result<Value> {
    let payload = token.split('.').nth(1).context("the access token is no JSON Web Token")?;
    let bytes =
        BASE64_URL_SAFE_NO_PAD.decode(payload).context("the access token's claims are not base64url")?;
    serde_json::from_slice(&bytes).context("the access token's claims are no JSON")
}

/// The text of a value of a Secret's `data`.
///
/// # Errors
/// If it is not base64 of UTF-8.
pub(crate) fn base64_text(coded: &str) -> Result<String> {
    Ok(String::from_utf8(BASE64_STANDARD.decode(coded)?)?)
}

#[cfg(test)]
mod tests {
    use super::claims;

    #[test]
    fn claims_are_the_second_part_of_a_token() {
        // {"alg":"none"} . {"azp":"my-client"}
        let token = "eyJhbGciOiJub25lIn0.eyJhenAiOiJteS1jbGllbnQifQ.";
        assert_eq!(claims(token).unwrap()["azp"], "my-client");
        assert!(claims("opaque").unwrap_err().to_string().contains("no JSON Web Token"));
    }
}
