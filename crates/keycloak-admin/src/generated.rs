//! What `cargo xtask openapi` writes. The lints that are off here are those that the
//! generators' style breaks.

#[cfg(feature = "http")]
#[allow(clippy::all, clippy::pedantic, missing_docs, rustdoc::all)]
pub(crate) mod api;
#[cfg(feature = "http")]
#[allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub, unused_imports, rustdoc::all)]
pub(crate) mod calls;
#[cfg(feature = "http")]
#[allow(unreachable_pub, reason = "a table of the crate, written without knowing its readers")]
pub(crate) mod operations;
#[allow(clippy::all, clippy::pedantic, missing_docs, rustdoc::all)]
pub mod types;
