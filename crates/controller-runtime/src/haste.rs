//! Whether somebody waits for what is being done: whatever goes at a pace of its own asks this.

use crate::queue::Lane;

/// How much haste a pass has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Haste {
    /// Somebody has just changed the object, deletes it, or asked for a thorough pass.
    Now,
    /// Something it depends on changed, or it is not settled yet.
    Soon,
    /// Nothing says that anything changed: the first look after a start, and the resync.
    AtLeisure,
}

tokio::task_local! {
    static CURRENT: Haste;
}

impl Haste {
    /// That of a pass.
    pub(crate) const fn of(lane: Lane, deleting: bool, forced: bool) -> Self {
        match lane {
            _ if deleting || forced => Self::Now,
            Lane::Edit => Self::Now,
            Lane::Wake | Lane::Again => Self::Soon,
            Lane::Start | Lane::Resync => Self::AtLeisure,
        }
    }

    /// That of the pass in which this is called; [`Haste::Soon`] outside of any.
    pub fn current() -> Self {
        CURRENT.try_with(|haste| *haste).unwrap_or(Self::Soon)
    }

    /// Runs something with this haste. The runtime does it for the steps of a pass.
    pub async fn during<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_edits_deletes_or_forces_waits_for_an_answer() {
        let of = |lane| Haste::of(lane, false, false);
        assert_eq!(
            Lane::ALL.map(of),
            [Haste::Now, Haste::Soon, Haste::Soon, Haste::AtLeisure, Haste::AtLeisure]
        );
        for (deleting, forced) in [(true, false), (false, true)] {
            assert!(Lane::ALL.iter().all(|lane| Haste::of(*lane, deleting, forced) == Haste::Now));
        }
    }

    #[tokio::test]
    async fn what_runs_within_a_pass_has_its_haste() {
        assert_eq!(Haste::current(), Haste::Soon);
        let within = async { Haste::current() };
        assert_eq!(Haste::AtLeisure.during(within).await, Haste::AtLeisure);
        assert_eq!(Haste::current(), Haste::Soon);
    }
}
