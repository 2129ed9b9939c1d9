//! The mail server, as whoever delivers mail meets it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{Mail, MailLogin, MailServer};

/// Somebody who delivers mail.
struct Sender(BufReader<TcpStream>);

impl Sender {
    async fn connects(server: &MailServer) -> Self {
        let mut sender = Self(BufReader::new(TcpStream::connect(server.address()).await.unwrap()));
        assert_eq!(sender.hears().await, "220 127.0.0.1 ready\r\n");
        sender
    }

    /// A whole answer: a hyphen after its code says that another line follows.
    async fn hears(&mut self) -> String {
        let mut answer = String::new();
        loop {
            let begin = answer.len();
            let read = self.0.read_line(&mut answer).await.unwrap();
            assert_ne!(read, 0, "the connection ends after {answer:?}");
            if answer.as_bytes().get(begin + 3) != Some(&b'-') {
                return answer;
            }
        }
    }

    async fn says(&mut self, line: &str) -> String {
        self.0.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.hears().await
    }

    /// Says lines one after the other, and gives the codes of the answers.
    async fn codes(&mut self, lines: &[&str]) -> Vec<String> {
        let mut codes = Vec::new();
        for line in lines {
            codes.push(self.says(line).await[..3].to_owned());
        }
        codes
    }
}

fn base64(text: &str) -> String {
    STANDARD.encode(text)
}

fn login(user: &str, password: &str, accepted: bool) -> MailLogin {
    MailLogin { user: user.to_owned(), password: password.to_owned(), accepted }
}

#[tokio::test]
async fn whoever_logs_in_in_either_way_delivers_and_all_of_it_is_remembered() {
    let server = MailServer::accepting("acme", "pass word").await;
    let user = base64("acme");
    let plain = base64("\0acme\0pass word");
    let ways: [&[String]; 4] = [
        &["AUTH LOGIN".to_owned(), user.clone(), base64("pass word")],
        &[format!("AUTH LOGIN {user}"), base64("pass word")],
        &["AUTH PLAIN".to_owned(), plain.clone()],
        &[format!("AUTH PLAIN {plain}")],
    ];
    for way in ways {
        let mut sender = Sender::connects(&server).await;
        assert_eq!(sender.says("EHLO shop.example.com").await, "250-127.0.0.1\r\n250 AUTH LOGIN PLAIN\r\n");
        let mut answer = String::new();
        for line in way {
            answer = sender.says(line).await;
        }
        assert!(answer.starts_with("235 "), "{way:?}: {answer}");
        let envelope = [
            "MAIL FROM:<shop@example.com>",
            "RCPT TO:<ann@example.com>",
            "RCPT TO:<bob@example.com>",
            "DATA",
        ];
        assert_eq!(sender.codes(&envelope).await, ["250", "250", "250", "354"]);
        let message = "Subject: Hello\r\n\r\n..\r\nHello.\r\n.";
        assert_eq!(sender.codes(&[message, "NOOP", "QUIT"]).await, ["250", "250", "221"]);
        assert_eq!(sender.0.read_u8().await.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
    }
    assert_eq!(server.logins(), vec![login("acme", "pass word", true); 4]);
    let mail = Mail {
        user: "acme".to_owned(),
        from: "shop@example.com".to_owned(),
        to: vec!["ann@example.com".to_owned(), "bob@example.com".to_owned()],
        text: "Subject: Hello\r\n\r\n.\r\nHello.\r\n".to_owned(),
    };
    assert_eq!(server.mails(), vec![mail; 4]);
}

#[tokio::test]
async fn a_wrong_login_is_refused_and_remembered_and_without_a_login_nothing_is_delivered() {
    let server = MailServer::accepting("acme", "right").await;
    let mut sender = Sender::connects(&server).await;
    let (user, wrong) = (base64("acme"), base64("wrong"));
    let envelope = ["MAIL FROM:<shop@example.com>", "RCPT TO:<ann@example.com>"];
    assert_eq!(sender.codes(&["EHLO shop", "AUTH LOGIN"]).await, ["250", "334"]);
    assert_eq!(sender.codes(&[user.as_str(), wrong.as_str()]).await, ["334", "535"]);
    assert_eq!(sender.codes(&envelope).await, ["530", "503"]);
    let plain = format!("AUTH PLAIN {}", base64("\0other\0right"));
    assert_eq!(sender.says(&plain).await, "535 5.7.8 wrong user or password\r\n");
    assert_eq!(server.logins(), [login("acme", "wrong", false), login("other", "right", false)]);
    assert!(server.mails().is_empty(), "{:?}", server.mails());
}

#[tokio::test]
async fn from_the_change_of_its_account_on_only_the_new_password_lets_in() {
    let server = MailServer::accepting("acme", "first").await;
    let (first, second) = (base64("\0acme\0first"), base64("\0acme\0second"));
    let (first, second) = (format!("AUTH PLAIN {first}"), format!("AUTH PLAIN {second}"));
    assert_eq!(Sender::connects(&server).await.codes(&["EHLO shop", first.as_str()]).await, ["250", "235"]);
    server.accepts_only("acme", "second");
    let mut sender = Sender::connects(&server).await;
    let lines = ["EHLO shop", first.as_str(), second.as_str(), second.as_str()];
    assert_eq!(sender.codes(&lines).await, ["250", "535", "235", "503"]);
    let seen = [login("acme", "first", true), login("acme", "first", false), login("acme", "second", true)];
    assert_eq!(server.logins(), seen);
}

#[tokio::test]
async fn what_it_cannot_follow_is_answered_by_its_code_and_the_conversation_goes_on() {
    let server = MailServer::accepting("acme", "right").await;
    let mut sender = Sender::connects(&server).await;
    let no_parts = base64("acme");
    let lines = ["HELP me", "STARTTLS", "HULLO", "AUTH CRAM-MD5", "AUTH LOGIN", "*"];
    assert_eq!(sender.codes(&lines).await, ["502", "502", "500", "504", "334", "501"]);
    assert_eq!(sender.codes(&["AUTH PLAIN", no_parts.as_str()]).await, ["334", "501"]);
    let login = format!("AUTH PLAIN {}", base64("\0acme\0right"));
    let lines =
        [login.as_str(), "DATA", "MAIL FROM:shop", "MAIL FROM:<shop@example.com>", "DATA", "RSET", "DATA"];
    assert_eq!(sender.codes(&lines).await, ["235", "503", "501", "250", "503", "250", "503"]);
    assert!(server.mails().is_empty(), "{:?}", server.mails());
}
