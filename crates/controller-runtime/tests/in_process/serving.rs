//! Health, readiness, metrics; and what ends a process.

use std::net::SocketAddr;

use controller_runtime::{
    Controller, Options, Projection, RunError, Runtime,
    health::{Health, HealthServer},
    metrics::Exporter,
};
use k8s_openapi::api::core::v1::Secret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_util::sync::CancellationToken;

use crate::{
    fake_api::FakeApi,
    greeting::{Greeter, Mood, Wall},
    process::{GREETINGS, PRODUCT, election, greeting, is_ready, options, start_with, until},
};

async fn get(address: SocketAddr, path: &str) -> String {
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn readiness_names_what_is_missing_and_health_does_not_depend_on_it() {
    let health = Health::default();
    let _beat = health.heartbeat("loop");
    health.ready_when("cache", || Ok(()));
    health.ready_when("election", || Err("the lease was not read yet".to_owned()));
    let server =
        HealthServer::bind(([127, 0, 0, 1], 0).into(), health, Exporter::install().unwrap()).await.unwrap();
    let address = server.address().unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(server.serve(stop.clone()));
    let ready = get(address, "/readyz").await;
    assert!(ready.starts_with("HTTP/1.1 503"), "{ready}");
    assert!(ready.ends_with("[+] cache\n[-] election: the lease was not read yet\nfailed\n"), "{ready}");
    let healthy = get(address, "/healthz").await;
    assert!(healthy.starts_with("HTTP/1.1 200") && healthy.ends_with("[+] loop\nok\n"), "{healthy}");
    stop.cancel();
    task.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_no_longer_turns_is_unhealthy() {
    let health = Health::default();
    let beat = health.heartbeat("loop");
    tokio::time::sleep(std::time::Duration::from_secs(61)).await;
    assert_eq!(health.healthy(), (false, "[-] loop: no sign of life for 61 s\nfailed\n".to_owned()));
    beat.beat();
    assert_eq!(health.healthy(), (true, "[+] loop\nok\n".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_controller_at_work_is_healthy_and_one_with_complete_caches_is_ready() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let runtime = Runtime::new(&PRODUCT, &api.client(), options()).unwrap();
    let health = runtime.health();
    let greeter = Greeter { kube: runtime.kube(), wall: wall.clone() };
    let stop = CancellationToken::new();
    let task = tokio::spawn(runtime.controller(Controller::new(greeter)).run(stop.clone()));
    until("ready", || health.ready().0).await;
    assert_eq!(health.ready().1, "[+] watch cache Greeting\n[+] election\nok\n");
    tokio::time::sleep(std::time::Duration::from_secs(3_600)).await;
    assert_eq!(health.healthy(), (true, "[+] controller Greeting\nok\n".to_owned()));
    stop.cancel();
    task.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn metrics_carry_the_products_prefix_and_no_label_per_object() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start_with(&api, &wall, Options { election: Some(election("one")), ..options() });
    wall.behaves("metrics-object", Mood::Panics);
    api.apply(GREETINGS, greeting("default", "metrics-object", "Ada"));
    until("failed", || wall.looks_at("metrics-object") == 1).await;
    wall.behaves_well();
    until("ready", || is_ready(&api, "metrics-object")).await;
    api.apply(GREETINGS, greeting("metrics-gone", "metrics-object", "Ada"));
    let gone = "greeting_operator_active_resources{resource_type=\"Greeting\",namespace=\"metrics-gone\",phase=\"Greeted\"} 1";
    let page = || Exporter::install().unwrap().render();
    until("counted", || page().contains(gone)).await;
    api.delete(GREETINGS, "metrics-gone", "metrics-object");
    let of_the_namespace = "active_resources{resource_type=\"Greeting\",namespace=\"metrics-gone\"";
    until("its namespace has no number any more", || !page().contains(of_the_namespace)).await;
    let text = page();
    process.stop().await;
    for wanted in [
        "greeting_operator_reconciliation_total{resource_type=\"Greeting\",namespace=\"default\",result=\"success\"}",
        "greeting_operator_reconciliation_duration_seconds_bucket{resource_type=\"Greeting\",namespace=\"default\",operation=\"edit\",le=\"0.005\"}",
        "greeting_operator_reconciliation_total{resource_type=\"Greeting\",namespace=\"default\",result=\"retry\"}",
        "greeting_operator_reconciliation_errors_total{resource_type=\"Greeting\",namespace=\"default\",error_type=\"InternalError\",retryable=\"true\"}",
        "greeting_operator_reconciliation_panics_total{resource_type=\"Greeting\"}",
        "greeting_operator_leader_election_status",
        "greeting_operator_leader_election_changes_total",
        "greeting_operator_leader_election_lease_duration_seconds 5",
        "# TYPE greeting_operator_active_resources gauge",
        "greeting_operator_active_resources{resource_type=\"Greeting\",namespace=\"default\",phase=\"Greeted\"} ",
        "greeting_operator_active_resources{resource_type=\"ConfigMap\",namespace=\"default\"} ",
        "greeting_operator_status_writes_total{resource_type=\"Greeting\"}",
        "greeting_operator_queue_depth{resource_type=\"Greeting\",lane=\"resync\"}",
        "process_resident_memory_bytes",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
    assert!(!text.contains("metrics-object"));
}

#[tokio::test(start_paused = true)]
async fn an_address_that_is_taken_ends_the_process_with_a_sentence() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let process = start_with(
        &FakeApi::default(),
        &Wall::default(),
        Options { metrics_address: Some(address), ..options() },
    );
    let error = process.task.await.unwrap().unwrap_err().to_string();
    assert!(
        error.contains(&address.to_string()) && error.ends_with("choose another --metrics-address"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_background_task_that_ends_ends_the_process() {
    let api = FakeApi::default();
    let runtime = Runtime::new(&PRODUCT, &api.client(), options()).unwrap();
    let error = runtime.background("polling", async {}).run(CancellationToken::new()).await.unwrap_err();
    assert!(matches!(error, RunError::Ended(name) if name == "polling"));
}

/// A projection that says it is something else.
#[derive(serde::Deserialize)]
struct Misnamed {}

impl Projection for Misnamed {
    type Kind = Secret;
    const KIND: &'static str = "Sekret";
}

#[tokio::test(start_paused = true)]
async fn a_projection_that_misnames_its_kind_is_found_at_the_start() {
    let api = FakeApi::default();
    let runtime = Runtime::new(&PRODUCT, &api.client(), options()).unwrap();
    let greeter = Greeter { kube: runtime.kube(), wall: Wall::default() };
    let store = controller_runtime::Store::<Misnamed>::new(controller_runtime::Attention::default());
    let controller = Controller::new(greeter).watches(store);
    let error = runtime.controller(controller).run(CancellationToken::new()).await.unwrap_err();
    insta::assert_snapshot!(error, @"the projection calls its kind Sekret, the kind calls itself Secret; correct Projection::KIND");
}
