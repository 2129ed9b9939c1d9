//! Puts the access token on a request, and drops one that is not accepted.

use std::sync::Arc;
use std::task::{Context, Poll};

use http::{HeaderValue, StatusCode, header};
use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Pending, Refusal};
use crate::error::LoginError;
use crate::session::AdminSession;

#[derive(Clone)]
pub(super) struct TokenLayer(pub(super) Arc<AdminSession>);

#[derive(Clone)]
pub(super) struct Authenticated<S> {
    session: Arc<AdminSession>,
    inner: S,
}

impl<S> Layer<S> for TokenLayer {
    type Service = Authenticated<S>;

    fn layer(&self, inner: S) -> Authenticated<S> {
        Authenticated { session: Arc::clone(&self.0), inner }
    }
}

impl<S> Service<Exchange> for Authenticated<S>
where
    S: Service<Exchange, Response = Answer, Error = Refusal> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Answer;
    type Error = Refusal;
    type Future = Pending;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut exchange: Exchange) -> Pending {
        let Authenticated { session, inner } = self.clone();
        Box::pin(async move {
            let token = session.token().await.map_err(Refusal::Login)?;
            let value = HeaderValue::try_from(format!("Bearer {}", token.expose()));
            let Ok(mut value) = value else {
                let account = session.login().account().to_owned();
                let reason = "the token cannot stand in a header".to_owned();
                return Err(Refusal::Login(LoginError::NoToken { account, reason }));
            };
            value.set_sensitive(true);
            exchange.request.headers_mut().insert(header::AUTHORIZATION, value);
            let outcome = inner.oneshot(exchange).await;
            if let Ok(answer) = &outcome
                && answer.status() == StatusCode::UNAUTHORIZED
            {
                session.reject(&token).await;
            }
            outcome
        })
    }
}
