use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::testing::{exchange, never, scripted, status};
use super::*;

const QUEUE: Duration = Duration::from_secs(60);

/// A server that works on `capacity` calls at once and makes the others slower, as a database does.
#[derive(Clone)]
struct Loaded {
    capacity: usize,
    at_once: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Loaded {
    fn new(capacity: usize) -> Self {
        Self { capacity, at_once: Arc::default(), most: Arc::default() }
    }

    async fn answer(self) -> Outcome {
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let load = now.div_ceil(self.capacity);
        let slower = u32::try_from(load * load).unwrap();
        tokio::time::sleep(Duration::from_millis(100) * slower).await;
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        status(200)
    }
}

async fn rounds(concurrency: &Arc<Concurrency>, server: &Loaded, callers: usize, rounds: usize) {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..callers {
        let (concurrency, server) = (Arc::clone(concurrency), server.clone());
        tasks.spawn(async move {
            for _ in 0..rounds {
                let server = server.clone();
                let service = tower::service_fn(move |_: Exchange| server.clone().answer());
                let service = ConcurrencyLayer(Arc::clone(&concurrency)).layer(service);
                service.oneshot(exchange("client_get")).await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_keeps_up_gets_more_calls_up_to_the_limit() {
    let concurrency = Arc::new(Concurrency::new(4, 16, Duration::from_secs(3600)));
    let server = Loaded::new(1000);
    rounds(&concurrency, &server, 64, 40).await;
    assert!(concurrency.limit() > 15.9, "{}", concurrency.limit());
    assert_eq!(server.most.load(Ordering::SeqCst), 16, "never above the limit");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_slows_down_gets_fewer_calls() {
    let concurrency = Arc::new(Concurrency::new(2, 64, Duration::from_secs(3600)));
    let server = Loaded::new(8);
    rounds(&concurrency, &server, 64, 200).await;
    let most = server.most.load(Ordering::SeqCst);
    assert!((8..=20).contains(&most), "settles near what the server can do, saw {most}");
}

#[tokio::test(start_paused = true)]
async fn overload_lowers_the_limit_once_per_second_and_never_below_one() {
    let concurrency = Arc::new(Concurrency::new(10, 32, QUEUE));
    let overloaded = || scripted(|_| status(503)).0;
    for _ in 0..5 {
        let service = ConcurrencyLayer(Arc::clone(&concurrency)).layer(overloaded());
        service.oneshot(exchange("client_get")).await.unwrap();
    }
    assert!((concurrency.limit() - 7.0).abs() < 0.01, "{}", concurrency.limit());
    for _ in 0..30 {
        tokio::time::sleep(ONE_SIGN).await;
        let service = ConcurrencyLayer(Arc::clone(&concurrency)).layer(overloaded());
        service.oneshot(exchange("client_get")).await.unwrap();
    }
    assert!((concurrency.limit() - 1.0).abs() < 0.01);
    assert_eq!(concurrency.places.available_permits(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_kind_of_call_that_always_takes_long_is_not_slow() {
    let mut learned = Learned { limit: 1.0, surplus: 0, usual: BTreeMap::new(), lowered: None };
    for _ in 0..10 {
        assert!(!learned.is_slow("realm_create", Duration::from_millis(600)));
        assert!(!learned.is_slow("role_get", Duration::from_millis(3)));
    }
    assert!(!learned.is_slow("role_get", Duration::from_millis(150)), "still quick for people");
    assert!(learned.is_slow("role_get", Duration::from_millis(600)));
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_slow_answers_does_not_become_usual_and_minutes_of_them_do() {
    let mut learned = Learned { limit: 1.0, surplus: 0, usual: BTreeMap::new(), lowered: None };
    learned.is_slow("role_get", Duration::from_millis(100));
    for _ in 0..10_000 {
        assert!(learned.is_slow("role_get", Duration::from_millis(400)));
    }
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        learned.is_slow("role_get", Duration::from_millis(400));
    }
    assert!(!learned.is_slow("role_get", Duration::from_millis(400)));
}

#[tokio::test(start_paused = true)]
async fn a_place_comes_back_when_the_caller_gives_up_and_a_full_queue_ends_with_a_reason() {
    let concurrency = Arc::new(Concurrency::new(1, 1, QUEUE));
    let stuck = tokio::spawn({
        let service = ConcurrencyLayer(Arc::clone(&concurrency)).layer(never());
        async move { service.oneshot(exchange("client_get")).await }
    });
    tokio::task::yield_now().await;
    let waiting = ConcurrencyLayer(Arc::clone(&concurrency)).layer(never());
    assert_eq!(waiting.oneshot(exchange("client_get")).await.unwrap_err(), Refusal::Saturated(QUEUE));
    stuck.abort();
    let _ = stuck.await;
    let quick = ConcurrencyLayer(Arc::clone(&concurrency)).layer(scripted(|_| status(200)).0);
    assert!(quick.oneshot(exchange("client_get")).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn places_taken_away_while_calls_are_under_way_go_when_these_end() {
    let concurrency = Arc::new(Concurrency::new(10, 10, QUEUE));
    let mut places = Vec::new();
    for _ in 0..10 {
        places.push(concurrency.place().await.unwrap());
    }
    concurrency.lower(&mut concurrency.learned());
    assert_eq!(concurrency.learned().surplus, 3);
    drop(places);
    assert_eq!(concurrency.places.available_permits(), 7);
    assert_eq!(concurrency.learned().surplus, 0);
}
