//! What a call answers, from what the generated code hands back.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use progenitor_client::{ByteStream, Error, ResponseValue};

use crate::error::{AdminError, KeycloakMessage, chain, unreadable};
use crate::path;
use crate::stack::Refusal;

/// A call under way. Boxed, so that its code is compiled in this crate and not again in each that
/// uses it.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = Result<T, AdminError>> + Send + 'a>>;

/// What a creation answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    operation: &'static str,
    id: Option<String>,
}

impl Created {
    /// The id, where Keycloak says one: the last part of `Location`. For realms, roles and identity
    /// providers that is their name, and nothing here.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The id of what was created.
    ///
    /// # Errors
    /// When the answer names none.
    pub fn into_id(self) -> Result<String, AdminError> {
        self.id.ok_or(AdminError::NoId { operation: self.operation })
    }
}

type Answered<T> = Result<ResponseValue<T>, Error<()>>;

/// Refuses a name that cannot stand in a path, with the parameter's name.
pub(crate) fn segment(
    operation: &'static str,
    parameter: &'static str,
    value: &str,
) -> Result<(), AdminError> {
    path::check(value).map_err(|reason| AdminError::Path { operation, parameter, reason })
}

pub(crate) async fn value<T>(operation: &'static str, answered: Answered<T>) -> Result<T, AdminError> {
    match answered {
        Ok(answer) => Ok(answer.into_inner()),
        Err(error) => Err(failure(operation, error).await),
    }
}

pub(crate) async fn nothing(operation: &'static str, answered: Answered<()>) -> Result<(), AdminError> {
    value(operation, answered).await
}

/// A value, or nothing where Keycloak answers 204.
pub(crate) async fn optional<T>(
    operation: &'static str,
    answered: Answered<T>,
) -> Result<Option<T>, AdminError> {
    match answered {
        Err(Error::UnexpectedResponse(answer)) if answer.status() == StatusCode::NO_CONTENT => Ok(None),
        answered => value(operation, answered).await.map(Some),
    }
}

pub(crate) async fn created(operation: &'static str, answered: Answered<()>) -> Result<Created, AdminError> {
    match answered {
        Ok(answer) => Ok(Created { operation, id: id_of(operation, answer.headers()) }),
        Err(error) => Err(failure(operation, error).await),
    }
}

pub(crate) async fn bytes(
    operation: &'static str,
    answered: Answered<ByteStream>,
) -> Result<Bytes, AdminError> {
    let mut stream = value(operation, answered).await?.into_inner();
    let mut whole = Vec::new();
    // The stack has read the body already: this only takes it out.
    while let Some(part) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await {
        whole.extend_from_slice(&part.map_err(|error| not_understood(operation, &chain(&error)))?);
    }
    Ok(whole.into())
}

/// Mostly a UUID, but not always: user federations have shorter ids, and callers may choose their own.
fn id_of(operation: &str, headers: &HeaderMap) -> Option<String> {
    if matches!(operation, "realm_create" | "role_create" | "client_role_create" | "idp_create") {
        return None;
    }
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let last = location.rsplit('/').next()?;
    // An id with reserved characters was chosen by the caller, who knows it better than we decode it.
    let plain = !last.is_empty() && !last.contains(['%', '?', '#']);
    plain.then(|| last.to_owned())
}

async fn failure(operation: &'static str, error: Error<()>) -> AdminError {
    match error {
        Error::UnexpectedResponse(answer) => refused(operation, answer).await,
        Error::InvalidResponsePayload(_, reason) => not_understood(operation, &unreadable(&reason)),
        Error::ResponseBodyError(reason) | Error::InvalidUpgrade(reason) => {
            not_understood(operation, &chain(&reason))
        }
        Error::ErrorResponse(answer) => {
            AdminError::Answer { operation, status: answer.status(), message: KeycloakMessage::default() }
        }
        Error::CommunicationError(reason) => {
            AdminError::Request { operation, reason: chain(&reason.without_url()) }
        }
        Error::InvalidRequest(reason) | Error::Custom(reason) => AdminError::Request { operation, reason },
    }
}

async fn refused(operation: &'static str, mut answer: reqwest::Response) -> AdminError {
    if let Some(refusal) = answer.extensions_mut().remove::<Refusal>() {
        return refusal.into_error(operation);
    }
    let status = answer.status();
    let headers = std::mem::take(answer.headers_mut());
    let body = answer.bytes().await.unwrap_or_default();
    AdminError::Answer { operation, status, message: KeycloakMessage::of(status, &headers, &body) }
}

fn not_understood(operation: &'static str, reason: &str) -> AdminError {
    AdminError::NotUnderstood { operation, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(operation: &str, location: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, http::HeaderValue::from_static(location));
        id_of(operation, &headers)
    }

    #[test]
    fn the_id_is_the_last_part_of_location_where_that_is_an_id() {
        let client = "http://k/admin/realms/a/clients/5f1b4b1e-6ae2-4a43-9f52-0c6a3a1d2e3f";
        assert_eq!(located("client_create", client).as_deref(), Some("5f1b4b1e-6ae2-4a43-9f52-0c6a3a1d2e3f"));
        let federation = "http://k/admin/realms/a/components/vcCyMfAKQJmuDB0nlMtPaA";
        assert_eq!(located("component_create", federation).as_deref(), Some("vcCyMfAKQJmuDB0nlMtPaA"));
        assert_eq!(located("role_create", "http://k/admin/realms/a/roles/admin"), None);
        assert_eq!(located("client_create", "http://k/admin/realms/a/clients/a%2Fb"), None);
        assert_eq!(located("client_create", "http://k/admin/realms/a/clients/"), None);
    }

    #[test]
    fn a_creation_without_an_id_says_so() {
        let created = Created { operation: "role_create", id: None };
        assert_eq!(
            created.into_id().unwrap_err().to_string(),
            "role_create: the answer names no id of what was created: look it up by its name"
        );
    }
}
