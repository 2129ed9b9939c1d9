//! Whose turn it is: wakes the oldest that wait when a slot is free or more are allowed, and frees slots whose objects are gone.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use authorization_token::{Uid, quota::Claim};
use controller_runtime::{Key, Leadership, Waker};
use jiff::Timestamp;
use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior, interval_at},
};

use super::{Consumers, Slots, waiting::Waiter};

/// How often rows are compared with the objects that there are.
const SWEEP: Duration = Duration::from_secs(600);
/// How long a place in the queue may be told that is another one by now.
const REFRESH: Duration = Duration::from_secs(30);
/// How many of a queue are told anew.
const TOLD: usize = 100;

/// Wakes those that wait. Runs beside the controller of their kind.
pub struct Turns<C> {
    slots: Arc<Slots<C>>,
    waker: Waker,
}

impl<C: Consumers> Turns<C> {
    /// `waker` is that of the controller.
    pub fn new(slots: Arc<Slots<C>>, waker: Waker) -> Self {
        Self { slots, waker }
    }

    /// Wakes and sweeps for as long as this process leads. A sweep asks servers, which may be slow: nobody's turn waits for it.
    pub async fn run(self, leadership: watch::Receiver<Leadership>) {
        tokio::join!(self.wake_always(leadership.clone()), self.sweep_always(leadership));
    }

    async fn sweep_always(&self, mut leadership: watch::Receiver<Leadership>) {
        let mut sweep = every(SWEEP);
        loop {
            sweep.tick().await;
            if leadership.wait_for(Leadership::is_leading).await.is_err() {
                // The process is about to end.
                return std::future::pending().await;
            }
            self.sweep().await;
        }
    }

    async fn wake_always(&self, mut leadership: watch::Receiver<Leadership>) {
        let (mut quotas, mut waiting) = (self.slots.quotas.changes(), self.slots.waiting.changes());
        let mut refresh = every(REFRESH);
        let (mut limits, mut is_stale) = (BTreeMap::new(), false);
        self.quotas_changed(&mut limits);
        loop {
            if leadership.wait_for(Leadership::is_leading).await.is_err() {
                // The process is about to end.
                return std::future::pending().await;
            }
            // Both lines end with what this task itself holds, so never.
            tokio::select! {
                _ = quotas.changed() => {
                    is_stale = true;
                    self.quotas_changed(&mut limits);
                }
                _ = waiting.changed() => {
                    is_stale = true;
                    self.wake_due();
                }
                _ = refresh.tick() => {
                    if std::mem::take(&mut is_stale) {
                        self.wake(self.queues().into_values().flat_map(|queue| first(queue, TOLD)));
                    }
                }
            }
        }
    }

    /// Where other numbers hold now, everybody who waits hears of it, and what exists is counted.
    fn quotas_changed(&self, before: &mut BTreeMap<String, u64>) {
        if !self.slots.quotas.is_complete() {
            return;
        }
        let now = self.slots.limits();
        let is_other = |namespace: &str| before.get(namespace) != now.get(namespace);
        let queues = self.queues().into_iter();
        let concerned = queues.filter(|((namespace, _), _)| is_other(namespace));
        self.wake(concerned.flat_map(|(_, queue)| first(queue, usize::MAX)));
        self.wake(
            now.keys().filter(|namespace| is_other(namespace)).flat_map(|name| self.slots.uncounted(name)),
        );
        *before = now;
        self.wake_due();
    }

    fn wake_due(&self) {
        let queues = self.queues().into_iter();
        let due = queues.flat_map(|((namespace, realm), queue)| {
            first(queue, self.slots.room(&namespace, realm.as_ref()).unwrap_or(usize::MAX))
        });
        self.wake(due);
    }

    fn wake(&self, keys: impl Iterator<Item = Key>) {
        for key in keys {
            self.waker.wake(key);
        }
    }

    /// Those that wait, by what they wait for, oldest first. Who does not exist any more waits no longer.
    fn queues(&self) -> Queues {
        let lives = |waiter: &Waiter| self.slots.consumers.lives(&waiter.key, &waiter.claim.uid);
        let (alive, gone): (Vec<Waiter>, Vec<Waiter>) = self.slots.waiting.all().into_iter().partition(lives);
        for waiter in gone {
            self.slots.waiting.leave(&waiter.key);
        }
        in_order(alive)
    }

    /// One look at all rows. No call while each of them has its object.
    async fn sweep(&self) {
        let slots = &self.slots;
        let Some(known) = slots.consumers.uids().filter(|_| slots.quotas.is_complete()) else { return };
        for namespace in slots.limits().into_keys() {
            let quotas = slots.of(&namespace);
            if quotas.iter().flat_map(|quota| quota.all_held(C::KIND)).all(|uid| known.contains(&uid)) {
                continue;
            }
            if let Err(error) = slots.sweep(&namespace, &known, Timestamp::now()).await {
                let problem = controller_runtime::calls::sentence(&error);
                tracing::warn!(namespace, problem, "slots of objects that are gone are looked at again");
            }
        }
    }
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// Those that wait, oldest first, by their namespace and, for clients, their realm.
pub(super) type Queues = BTreeMap<(String, Option<Uid>), Vec<(Key, Claim)>>;

pub(super) fn in_order(waiting: Vec<Waiter>) -> Queues {
    let mut queues: BTreeMap<_, Vec<(Key, Claim)>> = BTreeMap::new();
    for Waiter { key, namespace, claim } in waiting {
        queues.entry((namespace, claim.realm.clone())).or_default().push((key, claim));
    }
    for queue in queues.values_mut() {
        queue.sort_by(|(_, one), (_, other)| one.order().cmp(&other.order()));
    }
    queues
}

fn first(queue: Vec<(Key, Claim)>, count: usize) -> impl Iterator<Item = Key> {
    queue.into_iter().take(count).map(|(key, _)| key)
}
