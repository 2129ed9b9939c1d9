//! What the generated CRDs say, looked at without a cluster.

mod refusals;
mod samples;
mod schema;
mod walk;
