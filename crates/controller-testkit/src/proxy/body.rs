//! The body of an answer on its way through: counted, and broken off where a fault says so.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::Full;
use hyper::body::Incoming;

use crate::log::Entry;

/// A connection that ends here on purpose.
#[derive(Debug)]
pub(super) struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was cut")
    }
}

impl std::error::Error for Broken {}

/// An answer's body.
pub(super) struct Answered {
    source: Source,
    entry: Arc<Entry>,
    /// Bytes until it breaks off.
    left: Option<u64>,
    /// Whether the last bytes before that were given time to be sent.
    yielded: bool,
}

enum Source {
    Server(Incoming),
    Proxy(Full<Bytes>),
}

impl Answered {
    pub(super) fn by_the_server(body: Incoming, entry: Arc<Entry>, left: Option<u64>) -> Self {
        Self { source: Source::Server(body), entry, left, yielded: false }
    }

    pub(super) fn by_the_proxy(body: Bytes, entry: Arc<Entry>) -> Self {
        Self { source: Source::Proxy(Full::new(body)), entry, left: None, yielded: false }
    }

    /// The next frame as it comes; an error of the server breaks this side, too.
    fn next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match &mut self.source {
            Source::Server(body) => Pin::new(body).poll_frame(context).map_err(|_| Broken),
            Source::Proxy(body) => Pin::new(body).poll_frame(context).map_err(|never| match never {}),
        }
    }

    /// A frame up to where the body breaks off.
    fn shortened(&mut self, frame: Frame<Bytes>) -> Frame<Bytes> {
        let (Some(left), Some(data)) = (self.left, frame.data_ref()) else { return frame };
        let kept = usize::try_from(left).unwrap_or(usize::MAX).min(data.len());
        self.left = Some(left - kept as u64);
        Frame::data(data.slice(..kept))
    }
}

impl Body for Answered {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if self.left == Some(0) {
            // An error drops what the connection has not sent yet; it sends while we have nothing.
            if !std::mem::replace(&mut self.yielded, true) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            return Poll::Ready(Some(Err(Broken)));
        }
        let frame = std::task::ready!(self.next(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                let frame = self.shortened(frame);
                self.entry.received(frame.data_ref().map_or(0, Bytes::len));
                Some(Ok(frame))
            }
            other => other,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_none()
            && match &self.source {
                Source::Server(body) => body.is_end_stream(),
                Source::Proxy(body) => body.is_end_stream(),
            }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Server(body) => body.size_hint(),
            Source::Proxy(body) => body.size_hint(),
        }
    }
}
