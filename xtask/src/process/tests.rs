use super::*;

/// A shell that does `what`, as a daemon of a directory of its own.
fn shell(state: &Path, what: &str) -> Daemon {
    let daemon = Daemon::new(state, "teller");
    daemon.start(Path::new("sh"), &["-c".to_owned(), what.to_owned()], &[]).unwrap();
    daemon
}

/// An error without the directory of the test.
fn said(error: &anyhow::Error, state: &Path) -> String {
    format!("{error:#}").replace(&state.display().to_string(), "STATE")
}

#[test]
fn a_wait_ends_with_the_name_and_the_last_words_of_a_program_that_has_ended() {
    let state = tempfile::tempdir().unwrap();
    let daemon = shell(state.path(), "echo why; exit 1");
    let waited = wait_until::<()>(Duration::from_secs(60), &[daemon], || bail!("no answer"));
    insta::assert_snapshot!(said(&waited.unwrap_err(), state.path()), @r"
    teller ended; the end of STATE/log/teller.log:
        why
    ");
}

#[test]
fn an_answer_from_before_a_program_ended_does_not_count() {
    let state = tempfile::tempdir().unwrap();
    let daemon = shell(state.path(), "echo last words; exec sleep 60");
    wait_until(Duration::from_secs(60), std::slice::from_ref(&daemon), || written(&daemon)).unwrap();
    // It ends between the look at it and the answer.
    let waited = wait_until(Duration::from_secs(60), std::slice::from_ref(&daemon), || {
        daemon.stop(Duration::ZERO);
        Ok(())
    });
    insta::assert_snapshot!(said(&waited.unwrap_err(), state.path()), @r"
    teller ended; the end of STATE/log/teller.log:
        last words
    ");
    let mut asked = false;
    let waited = wait_until(Duration::from_secs(60), &[daemon], || {
        asked = true;
        Ok(())
    });
    assert!(waited.is_err() && !asked, "a program that had ended was waited for");
}

#[test]
fn when_time_is_up_the_error_says_what_was_missing_and_what_the_program_said() {
    let state = tempfile::tempdir().unwrap();
    let daemon = shell(state.path(), "echo busy; exec sleep 60");
    wait_until(Duration::from_secs(60), std::slice::from_ref(&daemon), || written(&daemon)).unwrap();
    let waited =
        wait_until::<()>(Duration::ZERO, std::slice::from_ref(&daemon), || bail!("node one is not Ready"));
    daemon.stop(Duration::ZERO);
    insta::assert_snapshot!(said(&waited.unwrap_err(), state.path()), @r"
    not ready after 0 s: node one is not Ready
    the end of STATE/log/teller.log:
        busy
    ");
    let waited = wait_until::<()>(Duration::ZERO, &[], || bail!("no object"));
    insta::assert_snapshot!(format!("{:#}", waited.unwrap_err()), @"not ready after 0 s: no object");
}

/// Whether the program has said something.
fn written(daemon: &Daemon) -> Result<()> {
    if log_tail(&daemon.log).is_empty() {
        bail!("nothing is said yet");
    }
    Ok(())
}

#[test]
fn a_program_that_fails_shows_the_end_of_what_it_printed() {
    let failing = "for line in $(seq 40); do echo out $line; done; echo err >&2; exit 3";
    let error = output(Command::new("sh").args(["-c", failing])).unwrap_err().to_string();
    assert!(error.starts_with("`sh -c '"), "{error}");
    assert!(error.contains("failed (exit status: 3); the end of what it printed:\n    out 17\n"), "{error}");
    assert!(error.ends_with("\n    out 40\n    err"), "{error}");

    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log/one.log");
    let failed = logged(Command::new("sh").args(["-c", "echo why; exit 4"]), &log);
    insta::assert_snapshot!(said(&failed.unwrap_err(), folder.path()), @r"
    `sh -c 'echo why; exit 4'` failed (exit status: 4); the end of STATE/log/one.log:
        why
    ");
    let missing = output(&mut Command::new("no-such-program")).unwrap_err();
    insta::assert_snapshot!(missing, @"cannot start `no-such-program`: is the program installed?");
}

#[test]
fn a_pid_that_was_used_again_is_not_taken_for_ours() {
    let state = tempfile::tempdir().unwrap();
    let daemon = Daemon::new(state.path(), "teller");
    fs::create_dir_all(state.path().join("run")).unwrap();
    let own = std::process::id();
    fs::write(&daemon.pid_file, format!("{own} 1\n")).unwrap();
    assert!(!daemon.running(), "this process has started later than that");
    fs::write(&daemon.pid_file, format!("{own} {}\n", start_time(own).unwrap())).unwrap();
    assert_eq!(daemon.pid(), Some(own));
}
