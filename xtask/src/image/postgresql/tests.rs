use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::*;

/// The programs that the entry point calls, as scripts that write down how they were called.
const FAKES: [(&str, &str); 8] = [
    ("id", r#"case $1 in -u) echo "${FAKE_UID:-999}" ;; *) echo 999 ;; esac"#),
    ("getent", "exit 0"),
    ("chown", r#"echo "chown $*" >>"$LOG""#),
    ("setpriv", r#"echo "setpriv $*" >>"$LOG""#),
    (
        "initdb",
        r#"echo "initdb $*" >>"$LOG"
case $* in *--pwfile=/dev/stdin*) echo "  password: $(cat /dev/stdin)" >>"$LOG" ;; esac
mkdir -p "$PGDATA/base"; echo 15 >"$PGDATA/PG_VERSION"; echo local >"$PGDATA/pg_hba.conf""#,
    ),
    ("pg_ctl", r#"echo "pg_ctl $*" >>"$LOG"; case $* in *" start") exit "${FAKE_START:-0}" ;; esac"#),
    ("psql", r#"echo "psql $*" >>"$LOG"; case $* in *--file=*) ;; *) sed 's/^/  /' >>"$LOG" ;; esac"#),
    ("postgres", r#"echo "postgres $* (PGDATA=$PGDATA, PGPASSWORD=${PGPASSWORD-unset})" >>"$LOG""#),
];

/// A container's file system, as far as the entry point looks at it.
struct Container {
    folder: TempDir,
}

impl Container {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let container = Self { folder };
        fs::create_dir(container.path("bin")).unwrap();
        fs::create_dir(container.path("init")).unwrap();
        for (name, text) in FAKES {
            container.script(&format!("bin/{name}"), text);
        }
        let entrypoint = ENTRYPOINT
            .replace("/docker-entrypoint-initdb.d\n", &format!("{}\n", container.path("init")))
            .replace("/run/postgresql", &container.path("run"));
        assert!(entrypoint.contains(&container.path("init")), "the directory of scripts has moved");
        fs::write(container.path("entrypoint.sh"), entrypoint).unwrap();
        container
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn script(&self, name: &str, text: &str) {
        fs::write(self.path(name), format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn start(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Output {
        fs::write(self.path("log"), "").unwrap();
        Command::new("/bin/sh")
            .arg(self.path("entrypoint.sh"))
            .args(arguments)
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", self.path("bin")))
            .env("LOG", self.path("log"))
            .env("PGDATA", self.path("data"))
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    /// What was called, with this machine's paths taken out.
    fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap().replace(self.folder.path().to_str().unwrap(), "")
    }

    fn succeeds(&self, environment: &[(&str, &str)], arguments: &[&str]) -> String {
        let done = self.start(environment, arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        self.log()
    }

    fn fails(&self, environment: &[(&str, &str)]) -> String {
        let done = self.start(environment, &[]);
        assert_eq!(done.status.code(), Some(1));
        assert!(!self.log().contains("postgres "), "the server was started: {}", self.log());
        String::from_utf8(done.stderr).unwrap().replace(self.folder.path().to_str().unwrap(), "")
    }
}

const PASSWORD: (&str, &str) = ("POSTGRES_PASSWORD", "it's $HOME \"secret\"");

#[test]
fn the_first_start_makes_a_database_and_the_second_one_takes_it() {
    let container = Container::new();
    let environment = [PASSWORD, ("POSTGRES_USER", "keycloak"), ("POSTGRES_DB", "login data")];
    insta::assert_snapshot!(container.succeeds(&environment, &["postgres"]), @r#"
    initdb --pwfile=/dev/stdin --username=keycloak --auth-local=trust --auth-host=scram-sha-256
      password: it's $HOME "secret"
    pg_ctl -D /data/.new -w -o '-c' 'listen_addresses=' '-p' '5432'  start
    psql --set=ON_ERROR_STOP=1 --no-password --no-psqlrc --dbname=postgres --set=db=login data
      CREATE DATABASE :"db";
    pg_ctl -D /data/.new -m fast -w stop
    postgres  (PGDATA=/data, PGPASSWORD=unset)
    "#);
    let hba = fs::read_to_string(container.path("data/pg_hba.conf")).unwrap();
    assert_eq!(hba, "local\n\nhost all all all scram-sha-256\n");
    assert!(!fs::exists(container.path("data/.new")).unwrap());

    insta::assert_snapshot!(container.succeeds(&environment, &["postgres"]), @"postgres  (PGDATA=/data, PGPASSWORD=unset)");
}

#[test]
fn the_user_names_the_database_unless_that_is_the_one_which_is_there() {
    let named = Container::new().succeeds(&[PASSWORD, ("POSTGRES_USER", "app")], &[]);
    assert!(named.contains("--set=db=app\n"), "{named}");
    let unnamed = Container::new().succeeds(&[PASSWORD], &[]);
    assert!(!unnamed.contains("CREATE DATABASE"), "{unnamed}");
}

#[test]
fn arguments_reach_the_server_as_they_are_also_the_one_that_makes_the_database() {
    let container = Container::new();
    let log = container.succeeds(&[PASSWORD], &["-c", "log_line_prefix=it's %t "]);
    assert!(
        log.contains(r"-o '-c' 'log_line_prefix=it'\''s %t ' '-c' 'listen_addresses=' '-p' '5432'"),
        "{log}"
    );
    assert!(
        log.ends_with("postgres -c log_line_prefix=it's %t  (PGDATA=/data, PGPASSWORD=unset)\n"),
        "{log}"
    );
}

#[test]
fn arguments_of_initdb_are_words_of_a_shell_and_the_log_may_lie_elsewhere() {
    let container = Container::new();
    let arguments = ("POSTGRES_INITDB_ARGS", "--data-checksums --locale='C.UTF-8'");
    let log = container.succeeds(&[PASSWORD, arguments, ("POSTGRES_INITDB_WALDIR", "/wal")], &[]);
    assert!(log.contains("--waldir=/wal --data-checksums --locale=C.UTF-8\n"), "{log}");
}

#[test]
fn values_come_from_files_too_but_not_from_both() {
    let container = Container::new();
    fs::write(container.path("password"), "from a file\n").unwrap();
    let file = container.path("password");
    let log = container.succeeds(&[("POSTGRES_PASSWORD_FILE", &file)], &[]);
    assert!(log.contains("  password: from a file\n"), "{log}");

    let container = Container::new();
    insta::assert_snapshot!(container.fails(&[PASSWORD, ("POSTGRES_PASSWORD_FILE", &file)]), @"Both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set: set only one.");
    insta::assert_snapshot!(container.fails(&[("POSTGRES_PASSWORD_FILE", "/no/such/file")]), @"POSTGRES_PASSWORD_FILE names /no/such/file, which cannot be read.");
}

#[test]
fn without_a_password_it_refuses_to_start_unless_told_to_trust_everyone() {
    let container = Container::new();
    insta::assert_snapshot!(container.fails(&[]), @"The database has no password for its superuser: set POSTGRES_PASSWORD to one, or POSTGRES_PASSWORD_FILE to a file that holds it. (POSTGRES_HOST_AUTH_METHOD=trust would let everyone in without.)");
    let trust = container.start(&[("POSTGRES_HOST_AUTH_METHOD", "trust")], &[]);
    assert!(trust.status.success());
    assert!(String::from_utf8_lossy(&trust.stdout).contains("let in without a password"));
    assert!(
        fs::read_to_string(container.path("data/pg_hba.conf")).unwrap().ends_with("host all all all trust\n")
    );
}

#[test]
fn a_start_that_was_ended_half_way_begins_anew_the_next_time() {
    let container = Container::new();
    assert!(!container.start(&[PASSWORD, ("FAKE_START", "1")], &[]).status.success());
    assert!(!fs::exists(container.path("data/PG_VERSION")).unwrap(), "half a database looks like one");
    assert!(fs::exists(container.path("data/.new/PG_VERSION")).unwrap());
    let log = container.succeeds(&[PASSWORD], &[]);
    assert!(log.starts_with("initdb ") && log.contains("\npostgres "), "{log}");
}

#[test]
fn a_database_that_was_whole_but_not_yet_moved_is_moved() {
    let container = Container::new();
    fs::create_dir_all(container.path("data/.new/base")).unwrap();
    fs::create_dir_all(container.path("data/global")).unwrap();
    fs::write(container.path("data/.new/PG_VERSION"), "15\n").unwrap();
    fs::write(container.path("data/.new/whole"), "").unwrap();
    let log = container.succeeds(&[], &[]);
    assert!(log.starts_with("postgres "), "{log}");
    let mut left: Vec<_> =
        fs::read_dir(container.path("data")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["PG_VERSION", "base", "global"]);
}

#[test]
fn scripts_run_once_in_the_order_of_their_names() {
    let container = Container::new();
    container.script("init/1-executable.sh", r#"echo "executable as $PGUSER in $POSTGRES_DB" >>"$LOG""#);
    fs::write(container.path("init/2-read.sh"), "echo \"read in $PGDATA\" >>\"$LOG\"\n").unwrap();
    fs::write(container.path("init/3-tables.sql"), "CREATE TABLE t ();\n").unwrap();
    fs::write(container.path("init/4-notes.txt"), "").unwrap();
    let done = container.start(&[PASSWORD, ("POSTGRES_DB", "app")], &[]);
    assert!(done.status.success());
    assert!(String::from_utf8_lossy(&done.stdout).contains("4-notes.txt: it ends neither in"));
    let log = container.log();
    let from = log.find("executable").unwrap();
    let to = log.find("pg_ctl -D /data/.new -m fast").unwrap();
    insta::assert_snapshot!(&log[from..to], @r"
    executable as postgres in app
    read in /data/.new
    psql --set=ON_ERROR_STOP=1 --no-password --no-psqlrc --dbname=app --file=/init/3-tables.sql
    ");
    assert!(!container.succeeds(&[PASSWORD], &[]).contains("executable"), "they ran again");
}

#[test]
fn root_gives_the_directories_away_and_goes_on_as_postgres() {
    let container = Container::new();
    container.script("bin/find", r#"echo "find $*" >>"$LOG""#);
    insta::assert_snapshot!(container.succeeds(&[PASSWORD, ("FAKE_UID", "0")], &["-c", "port=1"]), @r"
    find /data ! -user postgres -exec chown postgres {} +
    chown postgres /run
    setpriv --reuid=postgres --regid=postgres --init-groups /bin/sh /entrypoint.sh postgres -c port=1
    ");
}

#[test]
fn a_directory_of_another_user_is_refused_with_a_way_out() {
    let container = Container::new();
    container.script("bin/chmod", "exit 1");
    insta::assert_snapshot!(container.fails(&[PASSWORD]), @"PGDATA is /data, which belongs to another user than 999. Set PGDATA to a directory inside the volume, such as /data/pgdata.");
}

#[test]
fn other_programs_and_questions_need_no_database() {
    let container = Container::new();
    assert!(container.succeeds(&[], &["--version"]).starts_with("postgres --version (PGDATA=/data"));
    let psql = container.start(&[], &["sh", "-c", "echo in a shell"]);
    assert_eq!(String::from_utf8_lossy(&psql.stdout), "in a shell\n");
    assert!(!fs::exists(container.path("data")).unwrap());
}

#[test]
fn the_image_has_the_names_that_people_know_from_the_public_one() {
    insta::assert_json_snapshot!(config(), @r#"
    {
      "ExposedPorts": {
        "5432/tcp": {}
      },
      "Env": [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin",
        "LANG=en_US.utf8",
        "PG_MAJOR=15",
        "PGDATA=/var/lib/postgresql/data"
      ],
      "Entrypoint": [
        "docker-entrypoint.sh"
      ],
      "Cmd": [
        "postgres"
      ],
      "Volumes": {
        "/var/lib/postgresql/data": {}
      },
      "StopSignal": "SIGINT"
    }
    "#);
    assert_eq!(name(), "docker.io/library/postgres:15");
}
