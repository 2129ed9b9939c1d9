//! The last words of a server that gave up: the end of its log, which stands in its pod's status.
//!
//! Drivers say in words of their own why they do not reach a database; what they say is turned into a cause, and the cause
//! into a sentence with the field to correct.

use std::fmt;

use super::database::Binding;

/// The most that is shown of words that nobody recognised.
const SHOWN: usize = 400;

/// Why a server does not reach its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// User or password are wrong.
    LoginRefused,
    /// There is no such database on the server.
    NoSuchDatabase,
    /// The host's name leads nowhere.
    HostUnknown,
    /// Nobody listens at host and port, or nobody answers.
    NotListening,
    /// Encryption is demanded and the database has none, or its certificate is not trusted.
    NotEncrypted,
    /// The user may not create or change what Keycloak needs.
    RightMissing,
    /// The driver says something else.
    Other,
    /// The server was up, and its own health check says that the database is away.
    Away,
}

/// A cause with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseTrouble {
    /// Why.
    pub cause: Cause,
    /// Which database.
    pub binding: Binding,
    /// Where the login is from: `Secret platform/keycloak-db, key "password"`.
    pub login: String,
    /// The driver's words.
    pub words: String,
}

impl fmt::Display for DatabaseTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cause, binding, login, words } = self;
        let (address, name) = (binding.address(), &binding.name);
        match cause {
            Cause::LoginRefused => write!(
                f,
                "the database at {address} refuses the login of {login} ({words}); correct the Secret, or the database's user"
            ),
            Cause::NoSuchDatabase => write!(
                f,
                "the server at {address} has no database {name:?} ({words}); create it, or correct spec.database.database"
            ),
            Cause::HostUnknown => write!(
                f,
                "the database's host {:?} is not known in the cluster; correct spec.database.host, for example \
                 <service>.<namespace>.svc",
                binding.host
            ),
            Cause::NotListening => write!(
                f,
                "no database answers at {address} ({words}); start it, or correct spec.database.host and spec.database.port"
            ),
            Cause::NotEncrypted => write!(
                f,
                "the connection to the database at {address} cannot be encrypted as spec.database.sslMode asks ({words}); \
                 turn on TLS there, or write another sslMode"
            ),
            Cause::RightMissing => write!(
                f,
                "the user of {login} lacks a right in database {name:?} at {address} ({words}); make the user its owner"
            ),
            Cause::Other => {
                write!(f, "the server does not get into its database {name:?} at {address}: {words}")
            }
            Cause::Away => write!(
                f,
                "the server does not reach its database {name:?} at {address}, says its own health check; see whether the \
                 database runs"
            ),
        }
    }
}

/// What is meant when the end of a log holds these words, in lower case. The first that fits counts.
const MEANINGS: &[(&str, Cause)] = &[
    ("password authentication failed", Cause::LoginRefused),
    ("no password was provided", Cause::LoginRefused),
    ("no pg_hba.conf entry", Cause::LoginRefused),
    ("role \"", Cause::LoginRefused),
    ("access denied for user", Cause::LoginRefused),
    ("login failed for user", Cause::LoginRefused),
    ("ora-01017", Cause::LoginRefused),
    ("unknown database", Cause::NoSuchDatabase),
    ("cannot open database", Cause::NoSuchDatabase),
    ("ora-12514", Cause::NoSuchDatabase),
    ("unknownhostexception", Cause::HostUnknown),
    ("unknown host", Cause::HostUnknown),
    ("does not support ssl", Cause::NotEncrypted),
    ("pkix path", Cause::NotEncrypted),
    ("ssl error", Cause::NotEncrypted),
    ("permission denied for", Cause::RightMissing),
    ("connection refused", Cause::NotListening),
    ("communications link failure", Cause::NotListening),
    ("connect timed out", Cause::NotListening),
    ("no route to host", Cause::NotListening),
    ("the connection attempt failed", Cause::NotListening),
];

/// Why the database was not reached, with the driver's words; nothing if the log does not end with that.
pub fn about_the_database(log: &str) -> Option<(Cause, String)> {
    let errors = errors(log);
    if !errors.iter().any(|error| error.contains("Failed to obtain JDBC connection")) {
        return None;
    }
    let words: Vec<&str> = errors.into_iter().filter(|error| !error.contains("Failed to ")).collect();
    let words = words.join("; ");
    let all = format!("{log} {words}").to_lowercase();
    let cause = if all.contains("database \"") && all.contains("does not exist") {
        Cause::NoSuchDatabase
    } else {
        let known = MEANINGS.iter().find(|(phrase, _)| all.contains(phrase));
        // pgjdbc: "Connection to postgres:5432 refused."
        let refused = all.contains("connection to ") && all.contains(" refused");
        known.map_or(if refused { Cause::NotListening } else { Cause::Other }, |(_, cause)| *cause)
    };
    Some((cause, shortened(&words)))
}

/// What a person should read of a log's end: its errors, or its last line.
pub fn essence(log: &str) -> Option<String> {
    let errors = errors(log);
    let text = if errors.is_empty() {
        log.lines().rev().map(str::trim).find(|line| !line.is_empty())?.to_owned()
    } else {
        errors.join("; ")
    };
    Some(shortened(&text))
}

/// The messages of error lines, without time, category and thread.
fn errors(log: &str) -> Vec<&str> {
    let lines = log.lines().filter(|line| line.contains(" ERROR ") || line.starts_with("ERROR"));
    let messages = lines.map(|line| {
        let message = line.split_once(") ").map_or(line, |(_, message)| message);
        message.strip_prefix("ERROR: ").unwrap_or(message).trim()
    });
    messages.filter(|message| !message.is_empty() && !message.starts_with("For more details")).collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
