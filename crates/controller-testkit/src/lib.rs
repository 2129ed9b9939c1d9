//! What tests of controllers stand on: real servers found by environment, a proxy before them that
//! counts calls and injects faults, crash points, an admin console that shares no type with what it
//! checks, waiting that fails with what it saw, names and clocks.
//!
//! A test reads like the domain:
//!
//! ```no_run
//! # async fn test() {
//! use controller_testkit::{Console, KeycloakServer, Proxy, client, unique_name};
//!
//! let server = KeycloakServer::newest();
//! let proxy = Proxy::before_keycloak(server.url()).start().await;
//! let console = Console::open(&server).await;
//! let app = client(&unique_name("realm"), "shop");
//!
//! let before = proxy.snapshot();
//! // ... the controller under test works through `proxy.url()` ...
//! proxy.since(&before).expect("creating one client").writes(1).reads(0);
//! console.sets(&app, "description", "by hand").await;
//! # }
//! ```
//!
//! It depends on no other crate of the workspace, so that every crate may use it in its tests. It is
//! never part of a program that is shipped, and it panics where a test would: each panic is a
//! sentence that says what was seen.

mod api_server;
mod call;
mod clock;
mod console;
mod crash;
mod environment;
mod eventually;
mod failure;
mod fault;
mod kubeconfig;
mod log;
mod mail_server;
mod names;
mod person;
mod program;
mod proxy;
#[cfg(test)]
#[cfg(feature = "real-servers")]
mod real_servers;
mod rights;
mod route;
mod running;
mod stop;
mod tls;
mod told;
mod upstream;
mod watch_only_api;

pub use api_server::ApiServer;
pub use call::{Call, Caller, Kind, Outcome};
pub use clock::ManualClock;
pub use console::{Answer, Console, Thing, client, client_scope, realm, realm_role, user};
pub use crash::{Attempt, CrashReport, crash_points_after, every_crash_point};
pub use environment::{KeycloakServer, kubeconfig_path, public_export};
pub use eventually::eventually;
pub use fault::{Fault, FaultHandle};
pub use kubeconfig::Kubeconfig;
pub use log::{Calls, Expect, Snapshot};
pub use mail_server::{Mail, MailLogin, MailServer};
pub use names::unique_name;
pub use person::{Condition, Object, Person, condition};
pub use program::Program;
pub use proxy::{Proxy, ProxyBuilder};
pub use rights::Installed;
pub use running::Running;
pub use stop::{Stop, StopPoint};
pub use tls::install_crypto_provider;
pub use told::{TraceLog, secrets_of, told};
pub use watch_only_api::WatchOnlyApi;
