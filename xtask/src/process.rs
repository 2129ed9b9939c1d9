//! Running other programs: to their end, or as daemons with a pid file and a log.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Lines of a failed program's output that an error shows.
const TAIL: usize = 25;
/// How soon a condition is looked at again, at the least; after a look that took longer, as long as three of them.
const POLL: Duration = Duration::from_millis(50);

/// Environment variable that marks every process of a task; `down` finds by it what a killed task left.
pub(crate) const MARK: &str = "CLOAKROOM_CLUSTER_TASK";

static MARKED: OnceLock<String> = OnceLock::new();

/// Marks all processes started from now on as belonging to `cluster`, them and what they start.
pub(crate) fn mark(cluster: &str) {
    let _ = MARKED.set(cluster.to_owned());
}

/// Puts the mark on a command, if this task has one, and the system's own programs on its path.
pub(crate) fn marked(command: &mut Command) -> &mut Command {
    if let Some(cluster) = MARKED.get() {
        command.env(MARK, cluster);
    }
    with_system(command)
}

/// Puts the system's own programs on a command's path: a root shell by plain `su` has none of those.
fn with_system(command: &mut Command) -> &mut Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    if let Ok(all) = std::env::join_paths(all) {
        command.env("PATH", all);
    }
    command
}

/// Keeps a command from asking a proxy for what is on this machine.
pub(crate) fn without_proxy(command: &mut Command) -> &mut Command {
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name);
    }
    command
}

/// A program that the kernel ends when this task ends, however that comes to be; a plain one where nothing can tie it (setpriv is
/// in Linux' util-linux).
pub(crate) fn tied(program: impl AsRef<OsStr>) -> Command {
    if !installed("setpriv") {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]).arg(program);
    command
}

/// Runs a program to its end and returns what it printed.
///
/// # Errors
/// If it cannot be started or fails: the error names the command and shows the end of its output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let done = marked(command)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{shown}`: is the program installed?"))?;
    let mut text = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        return Ok(text);
    }
    text.push_str(&String::from_utf8_lossy(&done.stderr));
    bail!("`{shown}` failed ({}); the end of what it printed:\n{}", done.status, tail(&text))
}

/// Runs a program to its end with its output in `log`.
///
/// # Errors
/// As [`output`]; the error shows the end of the log.
pub(crate) fn logged(command: &mut Command, log: &Path) -> Result<()> {
    logged_to_its_end(marked(command), log)
}

/// As [`logged`], of a program that changes the machine and not a cluster: where the task is killed it goes on to its end, and
/// `down` does not end it. Half an installation would keep every later one from beginning.
///
/// # Errors
/// As [`logged`].
pub(crate) fn logged_to_its_end(command: &mut Command, log: &Path) -> Result<()> {
    let shown = shown(command);
    let file = create(log)?;
    let status = with_system(command)
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .status()
        .with_context(|| format!("cannot start `{shown}`: is the program installed?"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status}); the end of {}:\n{}", log.display(), log_tail(log));
    }
    Ok(())
}

/// Whether a program can be started by this name.
pub(crate) fn installed(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program is on PATH (Debian keeps some in /usr/sbin, which may be missing from PATH).
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let sbin = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(sbin).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Waits until `ready` answers, at most for `limit` and as long as all `daemons` run. They are looked at before each
/// question and after the answer: what answers may still say what was true before one of them ended.
///
/// # Errors
/// When time is up: the last thing `ready` said was missing, and the end of the last daemon's log. At
/// once when a daemon has ended: its name and the end of its log.
pub(crate) fn wait_until<T>(
    limit: Duration,
    daemons: &[Daemon],
    mut ready: impl FnMut() -> Result<T>,
) -> Result<T> {
    let started = Instant::now();
    check(daemons)?;
    loop {
        let asked = Instant::now();
        let answer = ready();
        check(daemons)?;
        let missing = match answer {
            Ok(value) => return Ok(value),
            Err(missing) => missing,
        };
        if started.elapsed() > limit {
            let words = daemons.last().map(|daemon| format!("\n{}", daemon.last_words())).unwrap_or_default();
            bail!("not ready after {} s: {missing:#}{words}", limit.as_secs());
        }
        // Whoever asks must not be what the answer waits for.
        sleep(POLL.max(asked.elapsed() * 3));
    }
}

/// An error with the name and the end of the log of the first of them that has ended, if one has.
///
/// # Errors
/// If one is not running.
pub(crate) fn check(daemons: &[Daemon]) -> Result<()> {
    daemons.iter().try_for_each(Daemon::check)
}

/// A program of ours that runs on after the task: its pid file and its log.
#[derive(Clone, Debug)]
pub(crate) struct Daemon {
    name: String,
    pid_file: PathBuf,
    log: PathBuf,
}

impl Daemon {
    /// The daemon `name` of a state directory, running or not.
    pub(crate) fn new(state: &Path, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            pid_file: state.join("run").join(format!("{name}.pid")),
            log: state.join("log").join(format!("{name}.log")),
        }
    }

    /// Starts it in a session of its own, unless it is running.
    ///
    /// The pid file holds pid and start time, so that a reused pid is never taken for ours.
    ///
    /// # Errors
    /// If a file cannot be written or the program not be started.
    pub(crate) fn start(
        &self,
        program: &Path,
        args: &[String],
        environment: &[(&str, String)],
    ) -> Result<()> {
        self.start_by(Command::new("setsid").arg(program), args, environment)
    }

    /// As [`Daemon::start`], inside a network namespace.
    ///
    /// `nsenter` and not `ip netns exec`: that one mounts /sys anew and hides the cgroups.
    ///
    /// # Errors
    /// As [`Daemon::start`].
    pub(crate) fn start_in_network(
        &self,
        network: &str,
        program: &Path,
        args: &[String],
        environment: &[(&str, String)],
    ) -> Result<()> {
        let mut command = Command::new("setsid");
        command.arg("nsenter").arg(format!("--net=/run/netns/{network}")).arg("--").arg(program);
        self.start_by(&mut command, args, environment)
    }

    fn start_by(&self, command: &mut Command, args: &[String], environment: &[(&str, String)]) -> Result<()> {
        if self.running() {
            return Ok(());
        }
        let log = create(&self.log)?;
        let shown = shown(command);
        let child = without_proxy(marked(command))
            .args(args)
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}: `{shown}`", self.name))?;
        let pid = child.id();
        if let Some(parent) = self.pid_file.parent() {
            fs::create_dir_all(parent)?;
        }
        let begun = start_time(pid).unwrap_or_default();
        fs::write(&self.pid_file, format!("{pid} {begun}\n"))
            .with_context(|| format!("cannot write {}", self.pid_file.display()))?;
        Ok(())
    }

    /// The pid of the running process, if it is running and is the one we started.
    pub(crate) fn pid(&self) -> Option<u32> {
        let text = fs::read_to_string(&self.pid_file).ok()?;
        let (pid, begun) = text.trim().split_once(' ')?;
        let pid = pid.parse().ok()?;
        (start_time(pid)? == begun).then_some(pid)
    }

    /// Whether it is running.
    pub(crate) fn running(&self) -> bool {
        self.pid().is_some()
    }

    /// Its name, as `status` prints it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// An error with the end of its log, if it has ended.
    ///
    /// # Errors
    /// If it is not running.
    pub(crate) fn check(&self) -> Result<()> {
        if self.running() {
            return Ok(());
        }
        bail!("{} ended; the end of {}:\n{}", self.name, self.log.display(), log_tail(&self.log))
    }

    /// All of its log.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn log(&self) -> Result<String> {
        let bytes = fs::read(&self.log).with_context(|| format!("cannot read {}", self.log.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The end of its log, for the error of something that waits for it.
    pub(crate) fn last_words(&self) -> String {
        format!("the end of {}:\n{}", self.log.display(), log_tail(&self.log))
    }

    /// Asks it to end, and ends it by force when `patience` is over. Does nothing if it is not running.
    pub(crate) fn stop(&self, patience: Duration) {
        if let Some(pid) = self.pid() {
            end(&[pid], patience);
        }
        let _ = fs::remove_file(&self.pid_file);
    }
}

/// The processes of a task on a cluster, and what they started: those that carry its mark.
pub(crate) fn of_task(cluster: &str) -> Vec<u32> {
    let mark = format!("{MARK}={cluster}").into_bytes();
    all()
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/environ"))
                .is_ok_and(|environment| environment.split(|byte| *byte == 0).any(|entry| entry == mark))
        })
        .collect()
}

/// All processes of this machine but this one.
pub(crate) fn all() -> impl Iterator<Item = u32> {
    let own = std::process::id();
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(move |pid| *pid != own)
}

/// Asks processes to end (TERM), waits, and ends by force (KILL) those that are still there.
pub(crate) fn end(pids: &[u32], patience: Duration) {
    let begun: Vec<(u32, String)> =
        pids.iter().filter_map(|pid| start_time(*pid).map(|time| (*pid, time))).collect();
    let there = || begun.iter().filter(|(pid, time)| start_time(*pid).as_ref() == Some(time));
    signal("TERM", there().map(|(pid, _)| *pid));
    let started = Instant::now();
    while there().next().is_some() && started.elapsed() < patience {
        sleep(POLL);
    }
    signal("KILL", there().map(|(pid, _)| *pid));
    while there().next().is_some() && started.elapsed() < patience + Duration::from_secs(5) {
        sleep(POLL);
    }
}

fn signal(name: &str, pids: impl Iterator<Item = u32>) {
    let pids: Vec<String> = pids.map(|pid| pid.to_string()).collect();
    if !pids.is_empty() {
        let _ = Command::new("kill").arg(format!("-{name}")).args(&pids).stderr(Stdio::null()).status();
    }
}

/// Start time of a living process in clock ticks since boot, field 22 of /proc/PID/stat (proc(5));
/// `None` when it is gone or a zombie.
fn start_time(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in parentheses and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    fields.nth(18).map(str::to_owned)
}

/// A command as a person would type it, for messages.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        let _ = write!(text, " {}", quoted(arg));
    }
    text
}

fn quoted(arg: &OsStr) -> String {
    let arg = arg.to_string_lossy();
    if arg.is_empty() || arg.contains(|c: char| c.is_whitespace() || "'\"$&|;<>()".contains(c)) {
        return format!("'{}'", arg.replace('\'', r"'\''"));
    }
    arg.into_owned()
}

fn create(log: &Path) -> Result<File> {
    if let Some(parent) = log.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    File::create(log).with_context(|| format!("cannot write {}", log.display()))
}

fn log_tail(log: &Path) -> String {
    tail(&String::from_utf8_lossy(&fs::read(log).unwrap_or_default()))
}

/// The last lines of a text, indented.
pub(crate) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(TAIL);
    lines.iter().skip(from).map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Whether this process is root.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
}

#[cfg(test)]
mod tests;
