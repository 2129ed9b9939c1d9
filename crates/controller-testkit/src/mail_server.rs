//! An SMTP server on loopback (RFC 5321) that takes mail only from whoever logs in (RFC 4954), and remembers every login and
//! every mail.
//!
//! None of the crates that are SMTP servers is kept well enough to stand on: `mailin-embedded` was last released in 2024 and
//! serves until its process ends; `samotop` stands on async-std, which is given up; `rust-smtp-server`, `smtp-server` and `smtpd`
//! have not got beyond their first releases. So the conversation is here, and what a command means is for `smtp-proto`, the
//! parser of a mail server that is kept.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use smtp_proto::{AUTH_LOGIN, AUTH_PLAIN, Error, Request};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::failure::{OrFail, fail};

/// A running mail server. It lives in the runtime of the test that started it, until it is dropped.
pub struct MailServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

/// Somebody logged in, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailLogin {
    /// As whom.
    pub user: String,
    /// With which password.
    pub password: String,
    /// Whether it was the right one at that time.
    pub accepted: bool,
}

/// A mail that was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Who was logged in.
    pub user: String,
    /// The sender on the envelope.
    pub from: String,
    /// The recipients on the envelope.
    pub to: Vec<String>,
    /// Its header and its body.
    pub text: String,
}

struct State {
    user: String,
    password: String,
    logins: Vec<MailLogin>,
    mails: Vec<Mail>,
}

/// One connection.
struct Conversation {
    state: Arc<Mutex<State>>,
    expects: Expects,
    /// Who is logged in.
    user: Option<String>,
    /// The mail that is being delivered, once its sender is said.
    mail: Option<Mail>,
    /// Lines of a message; text is made of them at its end.
    message: Vec<u8>,
}

/// What the next line is.
enum Expects {
    Command,
    /// Of `AUTH LOGIN`: the user.
    User,
    /// Of `AUTH LOGIN`, for this user: the password.
    Password(String),
    /// Of `AUTH PLAIN`: user and password in one.
    Credentials,
    /// A line of a message.
    Message,
    /// There is none.
    Nothing,
}

const GREETING: &str = "220 127.0.0.1 ready\r\n";
const CAPABILITIES: &str = "250-127.0.0.1\r\n250 AUTH LOGIN PLAIN\r\n";
const DONE: &str = "250 2.0.0 done\r\n";
/// `Username:` in base64, as clients of AUTH LOGIN expect it.
const ASK_USER: &str = "334 VXNlcm5hbWU6\r\n";
/// `Password:`.
const ASK_PASSWORD: &str = "334 UGFzc3dvcmQ6\r\n";
const ASK_CREDENTIALS: &str = "334 \r\n";
const WELCOME: &str = "235 2.7.0 logged in\r\n";
const ASK_MESSAGE: &str = "354 end with a dot on a line of its own\r\n";
const GOODBYE: &str = "221 2.0.0 goodbye\r\n";
const UNKNOWN: &str = "500 5.5.1 unknown command\r\n";
const MALFORMED: &str = "501 5.5.4 a parameter is wrong\r\n";
const NOT_BASE64: &str = "501 5.5.2 not in base64\r\n";
const NOT_HERE: &str = "502 5.5.1 not in this server\r\n";
const OUT_OF_ORDER: &str = "503 5.5.1 something else comes first\r\n";
const NO_MECHANISM: &str = "504 5.5.4 log in by LOGIN or PLAIN\r\n";
const NOT_LOGGED_IN: &str = "530 5.7.0 log in first\r\n";
const WRONG_LOGIN: &str = "535 5.7.8 wrong user or password\r\n";

impl MailServer {
    /// A server on a free port of loopback, without TLS, that lets only this user in.
    ///
    /// # Panics
    /// If no port can be had.
    pub async fn accepting(user: &str, password: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.or_fail("no port for a mail server");
        let address = listener.local_addr().or_fail("no port for a mail server");
        let state = State {
            user: user.to_owned(),
            password: password.to_owned(),
            logins: Vec::new(),
            mails: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&state)));
        Self { address, state, accepting }
    }

    /// Address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on it lets only this user in. Who is in stays in.
    pub fn accepts_only(&self, user: &str, password: &str) {
        let mut state = locked(&self.state);
        user.clone_into(&mut state.user);
        password.clone_into(&mut state.password);
    }

    /// Every login since it was started, in order, those that were refused too.
    pub fn logins(&self) -> Vec<MailLogin> {
        locked(&self.state).logins.clone()
    }

    /// Every mail since it was started, in order.
    pub fn mails(&self) -> Vec<Mail> {
        locked(&self.state).mails.clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // The connections end with the task: it owns them.
        self.accepting.abort();
    }
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mail server at {}", self.address)
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut connections = JoinSet::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => fail(format!("a mail server can accept no more connections: {error}")),
        };
        let conversation = Conversation::new(Arc::clone(&state));
        // An error is a connection that broke: what was said until then counts.
        connections.spawn(async move {
            let _ = converse(stream, conversation).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

/// One connection, until either side ends it.
async fn converse(stream: TcpStream, mut conversation: Conversation) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(GREETING.as_bytes()).await?;
    let mut line = Vec::new();
    while !conversation.is_over() && stream.read_until(b'\n', &mut line).await? > 0 {
        if let Some(answer) = conversation.hears(&line) {
            stream.write_all(answer.as_bytes()).await?;
        }
        line.clear();
    }
    stream.shutdown().await
}

impl Conversation {
    fn new(state: Arc<Mutex<State>>) -> Self {
        Self { state, expects: Expects::Command, user: None, mail: None, message: Vec::new() }
    }

    fn is_over(&self) -> bool {
        matches!(self.expects, Expects::Nothing)
    }

    /// The answer to a line; a line of a message has none.
    fn hears(&mut self, line: &[u8]) -> Option<&'static str> {
        match std::mem::replace(&mut self.expects, Expects::Command) {
            Expects::Command => Some(self.obeys(line)),
            Expects::User => Some(self.is_told_a_user(line)),
            Expects::Password(user) => Some(match decoded(line) {
                Some(password) => self.logs_in(user, password),
                None => NOT_BASE64,
            }),
            Expects::Credentials => Some(self.is_told_credentials(line)),
            Expects::Message => self.takes(line),
            Expects::Nothing => None,
        }
    }

    fn obeys(&mut self, line: &[u8]) -> &'static str {
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request,
            Err(Error::UnknownCommand) => return UNKNOWN,
            Err(_) => return MALFORMED,
        };
        match request {
            Request::Ehlo { .. } => CAPABILITIES,
            Request::Helo { .. } | Request::Noop { .. } => DONE,
            Request::Auth { .. } if self.user.is_some() => OUT_OF_ORDER,
            Request::Auth { mechanism: AUTH_LOGIN, initial_response } if initial_response.is_empty() => {
                self.expects = Expects::User;
                ASK_USER
            }
            Request::Auth { mechanism: AUTH_LOGIN, initial_response } => {
                self.is_told_a_user(initial_response.as_bytes())
            }
            Request::Auth { mechanism: AUTH_PLAIN, initial_response } if initial_response.is_empty() => {
                self.expects = Expects::Credentials;
                ASK_CREDENTIALS
            }
            Request::Auth { mechanism: AUTH_PLAIN, initial_response } => {
                self.is_told_credentials(initial_response.as_bytes())
            }
            Request::Auth { .. } => NO_MECHANISM,
            Request::Mail { from } => self.begins_a_mail(&from.address),
            Request::Rcpt { to } => match &mut self.mail {
                Some(mail) => {
                    mail.to.push(to.address.into_owned());
                    DONE
                }
                None => OUT_OF_ORDER,
            },
            Request::Data if self.mail.as_ref().is_some_and(|mail| !mail.to.is_empty()) => {
                self.expects = Expects::Message;
                ASK_MESSAGE
            }
            Request::Data => OUT_OF_ORDER,
            Request::Rset => {
                self.mail = None;
                DONE
            }
            Request::Quit => {
                self.expects = Expects::Nothing;
                GOODBYE
            }
            _ => NOT_HERE,
        }
    }

    fn is_told_a_user(&mut self, line: &[u8]) -> &'static str {
        match decoded(line) {
            Some(user) => {
                self.expects = Expects::Password(user);
                ASK_PASSWORD
            }
            None => NOT_BASE64,
        }
    }

    /// Whom to act as, user and password, each but the last ended by NUL (RFC 4616); the first is left empty by most.
    fn is_told_credentials(&mut self, line: &[u8]) -> &'static str {
        let Some(text) = decoded(line) else { return NOT_BASE64 };
        let mut parts = text.splitn(3, '\0').skip(1).map(str::to_owned);
        match (parts.next(), parts.next()) {
            (Some(user), Some(password)) => self.logs_in(user, password),
            _ => MALFORMED,
        }
    }

    fn logs_in(&mut self, user: String, password: String) -> &'static str {
        let mut state = locked(&self.state);
        let accepted = state.user == user && state.password == password;
        state.logins.push(MailLogin { user: user.clone(), password, accepted });
        drop(state);
        if !accepted {
            return WRONG_LOGIN;
        }
        self.user = Some(user);
        WELCOME
    }

    fn begins_a_mail(&mut self, from: &str) -> &'static str {
        let Some(user) = self.user.clone() else { return NOT_LOGGED_IN };
        if self.mail.is_some() {
            return OUT_OF_ORDER;
        }
        self.mail = Some(Mail { user, from: from.to_owned(), to: Vec::new(), text: String::new() });
        DONE
    }

    /// A line of a message. One that begins with a dot was sent with another one before it (RFC 5321, section 4.5.2).
    fn takes(&mut self, line: &[u8]) -> Option<&'static str> {
        if line != b".\r\n" {
            self.expects = Expects::Message;
            self.message.extend(line.strip_prefix(b".").unwrap_or(line));
            return None;
        }
        let message = std::mem::take(&mut self.message);
        if let Some(mut mail) = self.mail.take() {
            mail.text = String::from_utf8_lossy(&message).into_owned();
            locked(&self.state).mails.push(mail);
        }
        Some(DONE)
    }
}

/// What a line says in base64.
fn decoded(line: &[u8]) -> Option<String> {
    String::from_utf8(STANDARD.decode(line.trim_ascii()).ok()?).ok()
}

#[cfg(test)]
mod tests;
