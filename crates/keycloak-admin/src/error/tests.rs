use insta::assert_snapshot;

use super::*;

fn read(body: &str) -> String {
    KeycloakMessage::read(body.as_bytes()).to_string()
}

#[test]
fn each_spelling_of_an_error_is_read() {
    assert_eq!(read(r#"{"error": "Could not find role"}"#), "Could not find role");
    assert_eq!(read(r#"{"errorMessage": "Client a already exists"}"#), "Client a already exists");
    assert_eq!(
        read(r#"{"error": "invalid_grant", "error_description": "Invalid user credentials"}"#),
        "invalid_grant: Invalid user credentials"
    );
    assert_eq!(
        read(
            r#"{"errors": [{"field": "email", "errorMessage": "error-invalid-email"}, {"errorMessage": "b"}]}"#
        ),
        "email: error-invalid-email; b"
    );
}

#[test]
fn a_body_that_is_no_json_is_shown_short_and_in_one_line() {
    assert_eq!(read(""), "without a reason");
    assert_eq!(read("{}"), "without a reason");
    assert_eq!(read("upstream\n  connect error\n"), "upstream connect error");
    assert_eq!(
        read("<html><head><TITLE> 502 Bad Gateway </TITLE></head>..."),
        "a page titled `502 Bad Gateway`"
    );
    assert_eq!(read(&"ä".repeat(1000)).chars().count(), SHOWN_WITH_DOTS);
    assert_eq!(read(r#"{"error": {"nested": true}}"#), r#"{"error": {"nested": true}}"#);
    assert!(KeycloakMessage::read(&[0xff, 0xfe]).text.is_some(), "bytes that are no text do not break it");
}

const SHOWN_WITH_DOTS: usize = 303;

fn answer(status: u16) -> AdminError {
    AdminError::Answer {
        operation: "client_get",
        status: StatusCode::from_u16(status).unwrap(),
        message: KeycloakMessage::default(),
    }
}

#[test]
fn a_status_decides_the_class() {
    for status in [401, 403, 404, 409, 429, 500, 502, 503] {
        assert_eq!(answer(status).class(), Class::Retry, "{status}");
    }
    for status in [302, 400, 405, 413, 415, 422, 431] {
        assert_eq!(answer(status).class(), Class::Stall, "{status}");
    }
    assert!(answer(404).is_not_found() && answer(409).is_conflict());
    assert!(answer(401).is_denied() && answer(403).is_denied() && !answer(404).is_denied());
}

#[test]
fn a_login_is_waited_for_when_the_realm_is_away_and_stalls_when_it_is_refused() {
    let (realm, account) = ("acme".to_owned(), "manager".to_owned());
    let message = KeycloakMessage::default();
    let wait = [
        LoginError::RealmMissing { realm: realm.clone(), account: account.clone() },
        LoginError::RealmDisabled { realm: realm.clone(), account: account.clone() },
    ];
    let stall = [
        LoginError::Refused { realm, account: account.clone(), message: message.clone() },
        LoginError::Answer {
            account: account.clone(),
            status: StatusCode::BAD_REQUEST,
            message: message.clone(),
        },
        LoginError::Transport { account: account.clone(), fault: TransportFault::Certificate("x".into()) },
    ];
    let retry = [
        LoginError::Unavailable { account: account.clone(), status: StatusCode::BAD_GATEWAY, message },
        LoginError::Timeout { account: account.clone(), after: Duration::from_secs(1) },
        LoginError::Transport { account, fault: TransportFault::Connect("x".into()) },
    ];
    assert!(wait.iter().all(|error| error.class() == Class::Wait && !error.is_servers_fault()));
    assert!(stall.iter().all(|error| error.class() == Class::Stall));
    assert!(retry.iter().all(|error| error.class() == Class::Retry && error.is_servers_fault()));
}

#[test]
fn errors_read_as_sentences() {
    let message =
        KeycloakMessage::read(br#"{"error": "unauthorized_client", "error_description": "Invalid client"}"#);
    let errors = [
        AdminError::Path { operation: "role_get", parameter: "role-name", reason: UnsafeSegment::Dots }
            .to_string(),
        AdminError::Answer {
            operation: "client_create",
            status: StatusCode::CONFLICT,
            message: KeycloakMessage::read(br#"{"errorMessage": "Client shop already exists"}"#),
        }
        .to_string(),
        AdminError::Login {
            operation: "client_get",
            source: LoginError::Refused { realm: "master".into(), account: "manager".into(), message },
        }
        .to_string(),
        AdminError::BreakerOpen { operation: "client_get", retry_after: Duration::from_secs(42) }.to_string(),
        AdminError::Transport {
            operation: "client_get",
            fault: TransportFault::Certificate("invalid peer certificate: UnknownIssuer".into()),
        }
        .to_string(),
    ];
    assert_snapshot!(errors.join("\n"), @r"
    role_get: role-name is `.` or `..`, which no URL can carry: look the object up by its id
    client_create: 409 Conflict: Client shop already exists
    client_get: login as manager in realm master is refused: unauthorized_client: Invalid client
    client_get: not sent, the server failed repeatedly; it is tried again by itself
    client_get: the server's certificate is not accepted: invalid peer certificate: UnknownIssuer. Give the CA that signed it, or mend the certificate
    ");
}
