use keycloak_crds::instance::DatabaseType;

use super::*;

/// The end of the log of Keycloak 26.7.3 when the driver says this.
fn log(driver: &[&str]) -> String {
    let before = "\tat java.base/java.lang.Thread.run(Thread.java:840)\n\n\
        2026-01-31 12:00:00,001 WARN  [org.keycloak.connections.jpa.AsyncCommitIntegrator] (executor-thread-1) Asynchronous \
        commit optimization disabled: Aurora PostgreSQL with logical replication detected.";
    let prefix = "2026-01-31 12:00:01,046 ERROR [org.keycloak.quarkus.runtime.cli.ExecutionExceptionHandler] (executor-thread-1)";
    let begin =
        ["ERROR: Failed to start server in (production) mode", "ERROR: Failed to obtain JDBC connection"];
    let end = "For more details run the same command passing the '--verbose' option.";
    let errors = begin.iter().chain(driver).chain([&end]).map(|line| format!("{prefix} {line}"));
    let after = "2026-01-31 12:00:02,150 INFO  [io.quarkus] (main) Keycloak stopped in 1.100s\n";
    let lines: Vec<String> =
        [before.to_owned()].into_iter().chain(errors).chain([after.to_owned()]).collect();
    lines.join("\n")
}

fn told(log: &str) -> String {
    let binding = Binding {
        type_: DatabaseType::Postgresql,
        host: "postgres.platform.svc".into(),
        port: 5432,
        name: "keycloak".into(),
    };
    let login = "Secret platform/keycloak-db, key \"password\"".to_owned();
    match about_the_database(log) {
        Some((cause, words)) => format!("{cause:?}: {}", DatabaseTrouble { cause, binding, login, words }),
        None => format!("not the database: {:?}", essence(log)),
    }
}

#[test]
fn words_of_drivers_become_causes_and_sentences() {
    let unknown_host = format!(
        "Caused by: java.net.UnknownHostException: nowhere\n{}",
        log(&["ERROR: The connection attempt failed.", "ERROR: nowhere"])
    );
    let sentences = [
        told(&log(&["ERROR: FATAL: password authentication failed for user \"keycloak\""])),
        told(&log(&["ERROR: FATAL: database \"keycloak\" does not exist"])),
        told(&log(&["ERROR: FATAL: role \"keycloak\" does not exist"])),
        told(&unknown_host),
        told(&log(&[
            "ERROR: Connection to postgres.platform.svc:5432 refused. Check that the hostname and port are correct.",
        ])),
        told(&log(&["ERROR: The connection attempt failed.", "ERROR: Connect timed out"])),
        told(&log(&["ERROR: The server does not support SSL."])),
        told(&log(&["ERROR: ERROR: permission denied for schema public"])),
        told(&log(&["ERROR: Access denied for user 'keycloak'@'10.0.0.7' (using password: YES)"])),
        told(&log(&["ERROR: FATAL: sorry, too many clients already"])),
        told("Error: Could not create the Java Virtual Machine.\n\n"),
        told(
            "2026-01-31 12:00:01,046 ERROR [org.keycloak.x] (main) ERROR: hostname is not configured; either configure hostname\n",
        ),
        told(""),
    ];
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn no_more_is_shown_than_a_person_reads() {
    let long = essence(&"x".repeat(3000)).unwrap();
    assert_eq!(long.chars().count(), SHOWN + 1);
}
