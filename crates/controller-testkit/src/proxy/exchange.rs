//! One call through a proxy: written down, struck by faults, admitted, sent, answered.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use serde_json::json;

use super::body::{Answered, Broken};
use super::caller::caller;
use crate::call::{Kind, Outcome};
use crate::fault::{Effect, FakeAnswer, Faults};
use crate::log::{Entry, Log};
use crate::route::Api;
use crate::stop::{Admission, Pass, StopPoint};
use crate::upstream::Upstream;

/// What the connections of one proxy share.
pub(super) struct Exchange {
    pub(super) api: Api,
    pub(super) upstream: Arc<Upstream>,
    pub(super) log: Log,
    pub(super) faults: Faults,
    pub(super) stop: StopPoint,
}

/// Headers that are between two neighbours (RFC 9110, section 7.6.1), not between the ends.
const HOP_BY_HOP: [HeaderName; 7] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// What is done to an answer of the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Returned,
    Shortened(u64),
    Lost,
}

impl Exchange {
    /// # Errors
    /// To close the connection without an answer.
    pub(super) async fn call(&self, request: Request<Incoming>) -> Result<Response<Answered>, Broken> {
        let (parts, body) = request.into_parts();
        // A caller that goes away while it still sends has made no call.
        let body = body.collect().await.map_err(|_| Broken)?.to_bytes();
        let route = self.api.route(&parts.method, parts.uri.path(), parts.uri.query());
        let caller = caller(&parts.headers, route.kind, &body);
        let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let entry = self.log.arrived(parts.method.clone(), path, route, caller, body.len() as u64);

        if !self.stop.is_open() {
            return refuse(&entry);
        }
        let fate = match self.faults.strike(&entry).await {
            Some(Effect::Answer(fake)) => return Ok(self.fake(&fake, entry)),
            Some(Effect::Cut) => return refuse(&entry),
            Some(Effect::LoseAnswer) => Fate::Lost,
            Some(Effect::CutBody(bytes)) => Fate::Shortened(bytes),
            // A delay is over when `strike` returns.
            Some(Effect::Delay(_)) | None => Fate::Returned,
        };
        let (pass, fate) = match self.stop.admit(entry.kind()) {
            Admission::Pass(pass) => (pass, fate),
            Admission::Last(pass) => (Some(pass), Fate::Lost),
            Admission::Refused => return refuse(&entry),
        };
        let mut request = Request::from_parts(parts, Full::new(body));
        strip(request.headers_mut());
        let sent = send(Arc::clone(&self.upstream), request, Arc::clone(&entry), pass, fate);
        // A write goes on when its caller goes away, as on a real network; and a stop point must
        // know when the server is done with it.
        let answer = match entry.kind() {
            Kind::Write => tokio::spawn(sent).await.map_err(|_| Broken)?,
            Kind::Read | Kind::Login | Kind::Lease | Kind::Event => sent.await,
        }?;
        if !self.stop.is_open() {
            entry.became(Outcome::AnswerLost(answer.status()));
            return Err(Broken);
        }
        Ok(answer)
    }

    fn fake(&self, fake: &FakeAnswer, entry: Arc<Entry>) -> Response<Answered> {
        entry.became(Outcome::Faked(fake.status));
        let (content_type, body) =
            fake.body.clone().unwrap_or_else(|| ("application/json".to_owned(), self.own_words(fake.status)));
        let mut answer = Response::new(Answered::by_the_proxy(Bytes::from(body), entry));
        *answer.status_mut() = fake.status;
        let headers = answer.headers_mut();
        headers.extend(HeaderValue::try_from(content_type).ok().map(|value| (header::CONTENT_TYPE, value)));
        headers
            .extend(fake.retry_after.map(|after| (header::RETRY_AFTER, HeaderValue::from(after.as_secs()))));
        answer
    }

    /// What the server itself says with a status.
    fn own_words(&self, status: StatusCode) -> String {
        let reason = status.canonical_reason().unwrap_or("Unknown");
        match self.api {
            Api::Keycloak { .. } => {
                json!({"error": format!("HTTP {} {reason}", status.as_u16())}).to_string()
            }
            Api::Kubernetes => json!({
                "kind": "Status",
                "apiVersion": "v1",
                "metadata": {},
                "status": "Failure",
                "message": reason,
                "reason": reason.replace(' ', ""),
                "code": status.as_u16(),
            })
            .to_string(),
        }
    }
}

fn refuse(entry: &Entry) -> Result<Response<Answered>, Broken> {
    entry.became(Outcome::Refused);
    Err(Broken)
}

/// Sends a call and takes the head of its answer. The pass of a write is given back when the server
/// has answered: with the head, or with the whole body where nobody else will read that.
async fn send(
    upstream: Arc<Upstream>,
    request: Request<Full<Bytes>>,
    entry: Arc<Entry>,
    pass: Option<Pass>,
    fate: Fate,
) -> Result<Response<Answered>, Broken> {
    let Ok(answer) = upstream.send(request).await else {
        entry.became(Outcome::Unreachable);
        return Err(Broken);
    };
    let (mut parts, body) = answer.into_parts();
    if fate == Fate::Lost {
        entry.became(Outcome::AnswerLost(parts.status));
        // How it ends does not matter, only that the server is through with it.
        let _ = body.collect().await;
        return Err(Broken);
    }
    entry.became(Outcome::Answered(parts.status));
    drop(pass);
    strip(&mut parts.headers);
    let left = match fate {
        Fate::Shortened(bytes) => Some(bytes),
        Fate::Returned | Fate::Lost => None,
    };
    Ok(Response::from_parts(parts, Answered::by_the_server(body, entry, left)))
}

fn strip(headers: &mut HeaderMap) {
    for name in &HOP_BY_HOP {
        headers.remove(name);
    }
    headers.remove("keep-alive");
}
