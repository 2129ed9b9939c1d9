//! How a pass ended, and the one translation of that into conditions.

use crate::{
    class::{Class, ClassName, Classify, Reason},
    condition::{Asserted, Truth},
};

/// The longest message put into a condition, in bytes. Kubernetes allows 32,768; nobody reads that.
const MESSAGE_LIMIT: usize = 2_048;

/// How a pass ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The object is what its spec asks: `Ready=True`.
    Settled {
        /// Why it is ready, for example `Reconciled`.
        reason: Reason,
        /// One sentence for people.
        message: String,
    },
    /// It is not, and this is the class of what stands in the way.
    Unfinished {
        /// Class and reason.
        class: Class,
        /// One sentence for people: what is wrong, in which object, and what to do.
        message: String,
        /// When the next pass comes: for failures after the waits of the one that may be over first.
        pace: Pace,
    },
}

/// When the next pass over an object comes that is not as its spec asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// After the waits of this class.
    Waits(ClassName),
    /// At its resync, as if it were settled: everything else about it is.
    Resync,
}

impl Outcome {
    /// The object is what its spec asks.
    pub fn settled(reason: Reason, message: impl Into<String>) -> Self {
        Self::Settled { reason, message: shortened(message.into(), MESSAGE_LIMIT) }
    }

    /// Something stands in the way that is not an error of the pass, for example an approval.
    pub fn unfinished(class: Class, message: impl Into<String>) -> Self {
        Self::Unfinished {
            class,
            message: shortened(message.into(), MESSAGE_LIMIT),
            pace: Pace::Waits(class.name()),
        }
    }

    /// The outcome of one error.
    pub fn of_error<E: Classify + ?Sized>(error: &E) -> Self {
        Self::unfinished(error.class(), error.to_string())
    }

    /// The outcome of several failed steps; `None` if there are none.
    ///
    /// The headline is the first failure of the gravest class (Stall, then Wait, then Retry): a person who reads one
    /// line must read the one that they can act on. The next pass comes as soon as for the lightest of them: what needs a
    /// person does not hold up what mends itself.
    pub fn of_failures<E: Classify>(failures: &[E]) -> Option<Self> {
        let gravest = failures.iter().map(|failure| failure.class().name()).max()?;
        let headline = failures.iter().find(|failure| failure.class().name() == gravest)?;
        let message = match failures.len() {
            1 => headline.to_string(),
            2 => format!("{headline} (and 1 more failure)"),
            count => format!("{headline} (and {} more failures)", count - 1),
        };
        let lightest = failures.iter().map(|failure| failure.class().name()).min()?;
        Some(Self::unfinished(headline.class(), message).paced(Pace::Waits(lightest)))
    }

    /// The same, looked at again at the resync, not after the waits of its class: what stands in the way changes nothing about
    /// everything else, which is kept as declared, or a watch tells when it is over. It is told by an Event only where it is new.
    #[must_use]
    pub fn at_resync(self) -> Self {
        self.paced(Pace::Resync)
    }

    /// The same with another pace. A settled outcome has none.
    #[must_use]
    fn paced(self, pace: Pace) -> Self {
        match self {
            Self::Unfinished { class, message, .. } => Self::Unfinished { class, message, pace },
            settled @ Self::Settled { .. } => settled,
        }
    }

    /// When the next pass comes; `None` for a settled outcome.
    pub fn pace(&self) -> Option<Pace> {
        match self {
            Self::Settled { .. } => None,
            Self::Unfinished { pace, .. } => Some(*pace),
        }
    }

    /// The reason that people read.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Settled { reason, .. } => *reason,
            Self::Unfinished { class, .. } => class.reason(),
        }
    }

    /// The sentence that people read.
    pub fn message(&self) -> &str {
        match self {
            Self::Settled { message, .. } | Self::Unfinished { message, .. } => message,
        }
    }

    /// The class of what stands in the way; `None` when nothing does.
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Settled { .. } => None,
            Self::Unfinished { class, .. } => Some(*class),
        }
    }

    /// Whether the object is what its spec asks.
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Settled { .. })
    }

    /// The outcome as metrics spell it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Settled { .. } => "success",
            Self::Unfinished { class, .. } => class.name().as_str(),
        }
    }

    /// The three conditions that kstatus and with it Flux, kpt and cli-utils evaluate.
    ///
    /// | outcome | Ready | Reconciling | Stalled | kstatus |
    /// |---|---|---|---|---|
    /// | settled | True | False | False | Current |
    /// | Retry, Wait | False | True | False | InProgress |
    /// | Stall | False | False | True | Failed |
    pub(crate) fn conditions(&self) -> [Asserted; 3] {
        let reason = self.reason();
        let (ready, reconciling, stalled) = match self.class().map(Class::name) {
            None => (Truth::True, Truth::False, Truth::False),
            Some(ClassName::Retry | ClassName::Wait) => (Truth::False, Truth::True, Truth::False),
            Some(ClassName::Stall) => (Truth::False, Truth::False, Truth::True),
        };
        let quiet =
            |truth: Truth| if truth == Truth::True { self.message().to_owned() } else { String::new() };
        [
            Asserted::new("Ready", ready, reason, self.message()),
            Asserted::new("Reconciling", reconciling, reason, quiet(reconciling)),
            Asserted::new("Stalled", stalled, reason, quiet(stalled)),
        ]
    }
}

/// Cuts a text to at most `limit` bytes at a character boundary and says so with an ellipsis.
pub(crate) fn shortened(text: String, limit: usize) -> String {
    const ELLIPSIS: &str = "…";
    if text.len() <= limit {
        return text;
    }
    let mut end = limit.saturating_sub(ELLIPSIS.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut short = text.get(..end).unwrap_or_default().to_owned();
    short.push_str(ELLIPSIS);
    short
}

#[cfg(test)]
mod tests;
