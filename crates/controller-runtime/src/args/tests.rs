use std::time::Duration;

use clap::{Args, Command, FromArgMatches};

use super::{RuntimeArgs, duration, with_environment};

fn parsed(arguments: &[&str]) -> Result<RuntimeArgs, String> {
    let command =
        with_environment(RuntimeArgs::augment_args(Command::new("greeter")), "CONTROLLER_RUNTIME_TEST");
    let matches = command
        .try_get_matches_from([&["greeter"], arguments].concat())
        .map_err(|error| error.to_string())?;
    RuntimeArgs::from_arg_matches(&matches).map_err(|error| error.to_string())
}

#[test]
fn without_arguments_everything_has_the_documented_default() {
    let args = parsed(&[]).unwrap();
    assert_eq!(args.watched(), Vec::<String>::new());
    assert_eq!((args.concurrency, args.leader_election), (8, true));
    assert_eq!(args.resync_interval, Duration::from_secs(600));
    assert_eq!(args.lease_duration, Duration::from_secs(5));
    assert_eq!(args.metrics_address.to_string(), "0.0.0.0:8081");
}

#[test]
fn namespaces_are_separated_by_commas_and_empty_ones_do_not_count() {
    assert_eq!(parsed(&["--namespaces", "a, b,,"]).unwrap().watched(), ["a", "b"]);
    assert_eq!(parsed(&["--namespaces", ""]).unwrap().watched(), Vec::<String>::new());
}

#[test]
fn the_help_names_the_variable_of_each_argument() {
    let mut command = with_environment(RuntimeArgs::augment_args(Command::new("greeter")), "GREETER");
    let help = command.render_long_help().to_string();
    for variable in
        ["GREETER_NAMESPACES", "GREETER_LOG_LEVEL", "GREETER_LEASE_DURATION", "GREETER_METRICS_ADDRESS"]
    {
        assert!(help.contains(variable), "{variable} is not in\n{help}");
    }
}

#[test]
fn a_wrong_duration_says_how_to_write_one() {
    assert_eq!(duration("1m30s").unwrap(), Duration::from_secs(90));
    assert_eq!(duration("500ms").unwrap(), Duration::from_millis(500));
    for wrong in ["", "10", "-5s", "0s", "soon"] {
        let error = duration(wrong).unwrap_err();
        assert!(error.ends_with("write a number and a unit, for example 500ms, 30s, 10m or 1h"), "{error}");
    }
    assert!(parsed(&["--concurrency", "0"]).is_err());
    assert!(parsed(&["--leader-election", "false"]).is_ok_and(|args| !args.leader_election));
}
