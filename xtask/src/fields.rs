//! `cargo xtask fields`: every field of a kind, tried on real servers, as a table.

use anyhow::Result;

use crate::progress::Progress;
use crate::test;

/// Which fields.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each field is set, changed and removed by the engine that the controllers use, on the newest and the oldest server,
and read back by plain HTTP. The rows come from the list of fields that a controller acts on: one without a row fails, and so does
one whose value is another than it should be.

Examples:
  cargo xtask fields realm
  cargo xtask fields client"
)]
pub(crate) struct Fields {
    /// The kind.
    #[arg(value_enum)]
    of: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// KeycloakRealm.
    Realm,
    /// KeycloakClient.
    Client,
}

impl Kind {
    /// The tests that print the rows, in the order in which they run.
    fn tests(self) -> &'static str {
        match self {
            Self::Realm => "fields::",
            Self::Client => "client_rows::",
        }
    }
}

/// Prints the table.
///
/// # Errors
/// If a row is missing or wrong, or a server does not start.
pub(crate) fn run(arguments: &Fields) -> Result<()> {
    let progress = Progress::start();
    test::shown(arguments.of.tests(), &progress)
}
