use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use http::{Request, Response};
use kube::{
    Api,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    client::Body,
};
use serde_json::json;
use tokio::time::Instant;

use super::{CallPolicy, class_of, guarded, sentence};
use crate::{class::ClassName, fence::Fence};

type ConfigMaps = Api<k8s_openapi::api::core::v1::ConfigMap>;

/// A server that gives these answers one after the other, the last one for ever; 0 is silence.
struct Server {
    answers: Mutex<Vec<(u16, Option<&'static str>)>>,
    calls: Mutex<Vec<String>>,
}

fn server(answers: &[(u16, Option<&'static str>)], fence: Option<Fence>) -> (ConfigMaps, Arc<Server>) {
    let server = Arc::new(Server { answers: Mutex::new(answers.to_vec()), calls: Mutex::default() });
    let shared = Arc::clone(&server);
    let service = tower::service_fn(move |request: Request<Body>| {
        let server = Arc::clone(&shared);
        let method = request.method().to_string();
        async move { server.answer(method).await }
    });
    let kube = guarded(&kube::Client::new(service, "default"), CallPolicy::default(), fence);
    (Api::namespaced(kube, "default"), server)
}

impl Server {
    async fn answer(&self, method: String) -> Result<Response<Body>, Infallible> {
        self.calls.lock().unwrap().push(method);
        let (code, retry_after) = {
            let mut answers = self.answers.lock().unwrap();
            if answers.len() > 1 { answers.remove(0) } else { answers[0] }
        };
        if code == 0 {
            std::future::pending::<()>().await;
        }
        let body = match code {
            // Read as an object and as a list alike.
            200 => json!({"metadata": {"name": "a"}, "items": []}),
            _ => json!({"kind": "Status", "code": code, "message": "the server says no", "reason": "No"}),
        };
        let mut answer = Response::builder().status(code);
        if let Some(seconds) = retry_after {
            answer = answer.header("retry-after", seconds);
        }
        Ok(answer.body(Body::from(body.to_string().into_bytes())).unwrap())
    }

    fn count(&self) -> usize {
        self.calls.lock().unwrap().len()
    }
}

/// How many calls the server sees for each verb when it first answers with `code`, then with 200.
async fn calls(code: u16) -> [usize; 7] {
    let mut counts = [0; 7];
    let map = || {
        serde_json::from_value::<k8s_openapi::api::core::v1::ConfigMap>(json!({"metadata": {"name": "a"}}))
            .unwrap()
    };
    for (verb, count) in counts.iter_mut().enumerate() {
        let (maps, server) = server(&[(code, None), (200, None)], None);
        let patch = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}});
        let _ = match verb {
            0 => maps.get("a").await.map(|_| ()),
            1 => maps.list(&ListParams::default()).await.map(|_| ()),
            2 => maps.patch("a", &PatchParams::apply("m"), &Patch::Apply(&patch)).await.map(|_| ()),
            3 => maps.patch("a", &PatchParams::default(), &Patch::Merge(&patch)).await.map(|_| ()),
            4 => maps.create(&PostParams::default(), &map()).await.map(|_| ()),
            5 => maps.replace("a", &PostParams::default(), &map()).await.map(|_| ()),
            _ => maps.delete("a", &DeleteParams::default()).await.map(|_| ()),
        };
        *count = server.count();
    }
    counts
}

#[tokio::test(start_paused = true)]
async fn reads_and_applies_are_repeated_and_other_writes_only_after_429() {
    //                               get list apply merge post put delete
    assert_eq!(calls(429).await, [2, 2, 2, 2, 2, 2, 2]);
    for code in [500, 502, 503, 504] {
        assert_eq!(calls(code).await, [2, 2, 2, 1, 1, 1, 1], "{code}");
    }
    for code in [400, 401, 403, 404, 409, 422, 501] {
        assert_eq!(calls(code).await, [1; 7], "{code}");
    }
    assert_eq!(calls(0).await, [2, 2, 2, 1, 1, 1, 1], "silence");
}

#[tokio::test(start_paused = true)]
async fn a_call_is_repeated_three_times_and_then_fails_with_the_last_answer() {
    let (maps, server) = server(&[(503, None)], None);
    let error = maps.get("a").await.unwrap_err();
    assert_eq!(server.count(), 4);
    assert_eq!(class_of(&error).name(), ClassName::Retry);
    assert_eq!(sentence(&error), "the API server answered 503: the server says no");
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_to_wait_and_too_long_is_not_waited_for() {
    let (maps, server_) = server(&[(429, Some("3")), (200, None)], None);
    let began = Instant::now();
    maps.get("a").await.unwrap();
    assert!((3..4).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    assert_eq!(server_.count(), 2);

    let (maps, server) = server(&[(429, Some("60")), (200, None)], None);
    let began = Instant::now();
    assert!(maps.get("a").await.is_err());
    assert_eq!((server.count(), began.elapsed().as_secs()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_named_in_a_sentence() {
    let (maps, _) = server(&[(0, None)], None);
    let error = maps.delete("a", &DeleteParams::default()).await.unwrap_err();
    assert_eq!(
        sentence(&error),
        "the API server did not answer DELETE /api/v1/namespaces/default/configmaps/a within 10s"
    );
    assert_eq!(class_of(&error).name(), ClassName::Retry);
}

#[tokio::test(start_paused = true)]
async fn a_closed_fence_lets_reads_pass_and_no_write() {
    let fence = Fence::closed();
    let (maps, server) = server(&[(200, None)], Some(fence.clone()));
    maps.get("a").await.unwrap();
    let error = maps.delete("a", &DeleteParams::default()).await.unwrap_err();
    assert_eq!(server.count(), 1);
    assert_eq!(
        sentence(&error),
        "DELETE /api/v1/namespaces/default/configmaps/a was not sent: this process no longer leads"
    );
    fence.open_until(Instant::now() + Duration::from_secs(1));
    let _ = maps.delete("a", &DeleteParams::default()).await;
    assert_eq!(server.count(), 2);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(maps.delete("a", &DeleteParams::default()).await.is_err());
    assert_eq!(server.count(), 2);
}

#[test]
fn every_status_code_has_a_class() {
    let class = |code| {
        class_of(&kube::Error::Api(kube::core::Status::failure("", "").with_code(code).boxed())).name()
    };
    for code in [401, 403, 404, 409, 410, 429, 500, 503, 504, 599] {
        assert_eq!(class(code), ClassName::Retry, "{code}");
    }
    for code in [400, 402, 405, 406, 408, 411, 413, 415, 418, 422] {
        assert_eq!(class(code), ClassName::Stall, "{code}");
    }
}
