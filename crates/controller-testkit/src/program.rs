//! A program that runs beside a test and ends with it, whatever becomes of the test.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::eventually::eventually;
use crate::failure::{OrFail, fail};

/// Holds the program: when the other end of standard input is gone (the test has ended, or was killed), so are the program and
/// its folder. A line asks the program to end by itself first.
const HOLD: &str = r#"
folder=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
{
  if read -r _ <&3; then
    kill -TERM "$program"
    read -r _ <&3
  fi
  kill -KILL "$program"
  while kill -0 "$program"; do sleep 0.1; done
  rm -rf -- "$folder"
} >/dev/null 2>&1 &
wait "$program"
"#;
/// Variables that lead calls to this machine astray.
const PROXIES: [&str; 3] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
/// How long a program may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(60);
/// Name of the log in a program's folder.
const LOG: &str = "log";
/// Lines of the log that a failure shows.
const TAIL: usize = 25;

/// A running program. It ends when this is dropped, and when the process of the test ends in any way.
pub struct Program {
    name: String,
    child: Child,
    /// The program lives as long as this is open.
    hold: Option<ChildStdin>,
    /// Dropped last, when nothing writes into it any more.
    folder: TempDir,
}

impl Program {
    /// Starts it. `arguments` gets a folder of the program's own, which goes with it, and may write into it what the
    /// program reads.
    ///
    /// # Panics
    /// If the folder cannot be made or the program not be started.
    #[track_caller]
    pub fn start(name: &str, program: &Path, arguments: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let what = || format!("{name} ({}) cannot be started", program.display());
        let folder = tempfile::Builder::new().prefix("cloakroom-test-").tempdir().or_fail(what());
        let arguments = arguments(folder.path());
        let log = File::create(folder.path().join(LOG)).or_fail(what());
        let mut command = Command::new("sh");
        for proxy in PROXIES {
            command.env_remove(proxy).env_remove(proxy.to_lowercase());
        }
        let mut child = command
            .args(["-c", HOLD, name])
            .arg(folder.path())
            .arg(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().or_fail(what()))
            .stderr(log)
            .spawn()
            .or_fail(what());
        let hold = child.stdin.take();
        Self { name: name.to_owned(), child, hold, folder }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Fails the test if it has ended.
    ///
    /// # Panics
    /// With the end of its log.
    #[track_caller]
    pub fn must_run(&mut self) {
        if let Ok(Some(status)) = self.child.try_wait() {
            fail(format!("{} has ended ({status}); its last words:\n{}", self.name, self.last_words()));
        }
    }

    /// Whether it has ended because another program has taken a port that it was to listen on: nobody can keep a port free for it.
    pub fn lost_a_port(&mut self) -> bool {
        let has_ended = matches!(self.child.try_wait(), Ok(Some(_)));
        has_ended && self.last_words().contains("address already in use")
    }

    /// Asks it to end, as a node does with a pod (SIGTERM), and waits until it has.
    ///
    /// # Panics
    /// If it does not end, or not well: with the end of its log.
    pub async fn stops(mut self) {
        self.must_run();
        if let Some(hold) = &mut self.hold {
            hold.write_all(b"end\n").or_fail(format!("{} cannot be asked to end", self.name));
        }
        let (child, name) = (&mut self.child, &self.name);
        let status = eventually(&format!("{name} ends"), PATIENCE, async || match child.try_wait() {
            Ok(Some(status)) => Ok(status),
            Ok(None) => Err("it runs".to_owned()),
            Err(error) => Err(error.to_string()),
        })
        .await;
        if !status.success() {
            fail(format!(
                "{} did not end well ({status}); its last words:\n{}",
                self.name,
                self.last_words()
            ));
        }
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        let log = std::fs::read(self.folder.path().join(LOG)).unwrap_or_default();
        let log = String::from_utf8_lossy(&log).into_owned();
        let lines: Vec<&str> = log.lines().collect();
        let from = lines.len().saturating_sub(TAIL);
        lines.iter().skip(from).map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.hold.take());
        // Reaps it; an error says that this was done.
        let _ = self.child.wait();
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (held by process {})", self.name, self.child.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: Duration = Duration::from_secs(30);

    fn sh(script: &str) -> Program {
        Program::start("script", Path::new("/bin/sh"), |_| vec!["-c".to_owned(), script.to_owned()])
    }

    /// Whether the folder of a program is gone: its keeper removes it after the program's end.
    async fn is_gone(folder: &Path) {
        eventually(
            "the folder is gone",
            SECONDS,
            async || if folder.exists() { Err("it exists") } else { Ok(()) },
        )
        .await;
    }

    #[tokio::test]
    async fn it_ends_with_its_value_and_takes_its_folder_along() {
        let program = sh("echo begun; exec sleep 600");
        let folder = program.folder().to_owned();
        eventually("it has begun", SECONDS, async || match program.last_words() {
            words if words.contains("begun") => Ok(()),
            words => Err(words),
        })
        .await;
        drop(program);
        is_gone(&folder).await;
    }

    #[tokio::test]
    async fn asked_to_end_it_does_what_it_does_at_its_end() {
        let program = sh("trap 'exit 0' TERM; echo begun; while :; do sleep 0.05; done");
        eventually("it has begun", SECONDS, async || match program.last_words() {
            words if words.contains("begun") => Ok(()),
            words => Err(words),
        })
        .await;
        program.stops().await;
    }

    #[tokio::test]
    async fn one_that_came_too_late_for_its_port_is_told_from_one_that_ended_otherwise() {
        for (words, lost) in [
            ("listen tcp 127.0.0.1:2379: bind: address already in use", true),
            ("unknown flag: --listen", false),
        ] {
            let mut program = sh(&format!("echo '{words}'; exit 1"));
            eventually("it has ended", SECONDS, async || match program.child.try_wait() {
                Ok(Some(_)) => Ok(()),
                other => Err(format!("{other:?}")),
            })
            .await;
            assert_eq!(program.lost_a_port(), lost, "{words}");
        }
        assert!(!sh("echo address already in use; exec sleep 600").lost_a_port(), "it runs");
    }

    #[tokio::test]
    #[should_panic(expected = "no such thing")]
    async fn one_that_has_ended_is_told_with_its_last_words() {
        let mut program = sh("echo no such thing; exit 3");
        eventually("it has ended", SECONDS, async || {
            program.must_run();
            Err::<(), _>("it runs")
        })
        .await;
    }
}
