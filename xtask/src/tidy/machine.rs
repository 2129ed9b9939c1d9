//! Nothing in the repository knows a machine it was written on: no path of a checkout or a home
//! directory, no address of a package mirror.
//!
//! Besides the forms that are always wrong, the machine that runs the check is asked for its own
//! paths and for the hosts its package managers are set to.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

use super::Finding;
use super::tree::Tree;

/// What must not appear because it is only true here.
#[derive(Debug, Default)]
pub(super) struct Machine {
    /// Beginnings of absolute paths, each ending in `/`.
    paths: BTreeSet<String>,
    /// Hosts that packages are fetched from here.
    hosts: BTreeSet<String>,
}

/// Beginnings of paths that are always somebody's own.
const PERSONAL: &[&str] = &["/home/", "/root/", "/Users/"];

/// Users that nobody is: paths of theirs are examples.
const NOBODY: &[&str] = &["me", "user", "you"];

/// Ends of hosts that are reserved for examples (RFC 2606).
const RESERVED: &[&str] = &[".example", ".example.com", ".example.net", ".example.org", ".invalid", ".test"];

/// Directories at the root of a file system that every Linux has, or that a container may have: a
/// checkout below one of them makes only the checkout's own path suspicious.
const EVERYWHERE: &[&str] = &[
    "bin", "boot", "build", "dev", "etc", "lib", "media", "mnt", "opt", "proc", "run", "sbin", "srv", "sys",
    "tmp", "usr", "var",
];

/// Hosts that packages are fetched from everywhere.
const PUBLIC: &[&str] = &[
    "crates.io",
    "deb.debian.org",
    "github.com",
    "index.crates.io",
    "proxy.golang.org",
    "registry.npmjs.org",
    "repo.maven.apache.org",
    "repo1.maven.org",
    "pypi.org",
    "security.debian.org",
    "static.crates.io",
    "sum.golang.org",
];

/// Variables by which package managers are pointed somewhere.
const VARIABLES: &[&str] = &[
    "GOPROXY",
    "GOSUMDB",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "MAVEN_REPOSITORY",
    "NPM_CONFIG_REGISTRY",
    "PIP_INDEX_URL",
    "RUSTUP_DIST_SERVER",
    "UV_INDEX_URL",
    "http_proxy",
    "https_proxy",
];

/// Files below the home directory by which they are pointed somewhere.
const SETTINGS: &[&str] = &[
    ".cargo/config.toml",
    ".config/go/env",
    ".config/pip/pip.conf",
    ".m2/settings.xml",
    ".npmrc",
    ".pip/pip.conf",
];

impl Machine {
    /// Asks this machine.
    pub(super) fn read(top: &Path) -> Self {
        let mut machine = Self::default();
        machine.lives_at(&top.to_string_lossy());
        if let Some(home) = env::home_dir() {
            machine.lives_at(&home.to_string_lossy());
            for settings in SETTINGS {
                machine.fetches_from(&fs::read_to_string(home.join(settings)).unwrap_or_default());
            }
        }
        for (name, value) in env::vars() {
            if VARIABLES.contains(&name.as_str()) || name.starts_with("CARGO_REGISTRIES_") {
                machine.fetches_from(&value);
            }
        }
        machine
    }

    /// Adds a directory of this machine: itself, and the directory at the root that it lies in.
    fn lives_at(&mut self, directory: &str) {
        let directory = directory.trim_end_matches('/');
        if !directory.starts_with('/') || directory.matches('/').count() < 2 {
            return;
        }
        self.paths.insert(format!("{directory}/"));
        if let Some(first) = directory.split('/').nth(1).filter(|first| !EVERYWHERE.contains(first)) {
            self.paths.insert(format!("/{first}/"));
        }
    }

    /// Adds the hosts of the addresses in a setting.
    fn fetches_from(&mut self, setting: &str) {
        let hosts = setting.split("://").skip(1).map(|rest| {
            let authority = rest.split(|c: char| "/,|'\"<> \t\n".contains(c)).next().unwrap_or_default();
            let host = authority.rsplit('@').next().unwrap_or_default();
            host.split(':').next().unwrap_or_default().to_owned()
        });
        self.hosts.extend(hosts.filter(|host| host.contains('.') && !PUBLIC.contains(&host.as_str())));
    }
}

/// Lines that only make sense on one machine.
pub(super) fn check(tree: &Tree, machine: &Machine) -> Vec<Finding> {
    let personal = PERSONAL.iter().copied();
    let paths: BTreeSet<&str> = personal.chain(machine.paths.iter().map(String::as_str)).collect();
    let mut findings = Vec::new();
    // The very list of what is forbidden is the one place that may name it.
    let texts = tree.files().filter(|(path, _)| *path != "xtask/src/tidy/machine.rs");
    for (path, text) in texts.filter_map(|(path, file)| Some((path, file.text.as_deref()?))) {
        for (index, line) in text.lines().enumerate() {
            if let Some(found) = paths.iter().find(|forbidden| has_path(line, forbidden)) {
                findings.push(Finding::new(
                    path,
                    index + 1,
                    format!("a path below `{found}` exists on one machine only"),
                    "write it from the top of the repository, or let a variable name it",
                ));
            }
            if let Some(problem) = mirror(line, machine) {
                findings.push(Finding::new(
                    path,
                    index + 1,
                    problem,
                    "leave it out: where packages come from is a setting of the machine",
                ));
            }
        }
    }
    findings
}

/// Whether a path that begins so stands in a line, and is not the middle of a longer one.
fn has_path(line: &str, forbidden: &str) -> bool {
    line.match_indices(forbidden).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let middle = before.is_some_and(|c| c.is_alphanumeric() || ".-_~*}$".contains(c));
        let user = line[at + forbidden.len()..].split('/').next().unwrap_or_default();
        !middle && !NOBODY.contains(&user)
    })
}

/// An address of a package mirror: one that is set on this machine, or one that calls itself so.
fn mirror(line: &str, machine: &Machine) -> Option<String> {
    if let Some(host) = machine.hosts.iter().find(|host| line.contains(host.as_str())) {
        return Some(format!("`{host}` is where this machine fetches packages from"));
    }
    let hosts =
        line.split("://").skip(1).filter_map(|rest| rest.split(['/', ':', '"', ' ', ')', '>']).next());
    let mut suspicious = hosts.filter(|host| {
        let words: Vec<&str> = host.split(['.', '-']).collect();
        let calls_itself_so =
            ["artifactory", "mirror", "mirrors", "nexus"].iter().any(|word| words.contains(word));
        calls_itself_so && !RESERVED.iter().any(|end| host.ends_with(end))
    });
    suspicious.next().map(|host| format!("`{host}` is a package mirror"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, machine: &Machine) -> Vec<usize> {
        check(&Tree::of(&[("docs/a.md", text)]), machine).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_home_directory_is_somebodys_own_everywhere() {
        let text = "cd /home/ann/src\ncat \"/root/.kube/config\"\n~/.kube/config\nhttps://example.com/home/page\n\
                    usr/root/x\ncd /home/me/src\n";
        assert_eq!(lines(text, &Machine::default()), [1, 2]);
    }

    #[test]
    fn the_place_of_this_checkout_is_found_and_so_is_its_neighbour() {
        let mut machine = Machine::default();
        machine.lives_at("/projects/one/cloakroom");
        assert_eq!(
            lines("see /projects/one/cloakroom/x\nsee /projects/two/y\nsee crates/projects/z\n", &machine),
            [1, 2]
        );
    }

    #[test]
    fn a_checkout_below_a_directory_that_every_machine_has_forbids_only_itself() {
        let mut machine = Machine::default();
        machine.lives_at("/tmp/cloakroom");
        assert_eq!(lines("/tmp/cloakroom/a\n/tmp/other\n", &machine), [1]);
    }

    #[test]
    fn the_host_that_a_package_manager_is_set_to_is_found() {
        let mut machine = Machine::default();
        machine
            .fetches_from("https://user:word@packages.corp.example:8443/go,https://proxy.golang.org,direct");
        machine.fetches_from("[source.inner]\nregistry = \"sparse+https://crates.corp.example/index/\"\n");
        assert_eq!(
            machine.hosts.iter().collect::<Vec<_>>(),
            ["crates.corp.example", "packages.corp.example"]
        );
        let text = "GOPROXY=https://packages.corp.example:8443/go\nGOPROXY=https://proxy.golang.org\n";
        assert_eq!(lines(text, &machine), [1]);
    }

    #[test]
    fn an_address_that_calls_itself_a_mirror_is_found_on_any_machine() {
        let text = "url = https://mirrors.somewhere.net/debian\nhttps://artifactory.somewhere.net/x\nhttps://example.org/mirror\n\
                    http://mirror.example/debian\n";
        assert_eq!(lines(text, &Machine::default()), [1, 2]);
    }

    #[test]
    fn generated_files_are_looked_at_too() {
        let tree = Tree::of(&[("a.rs", concat!("// @", "generated\n// from /home/ann/x.json\n"))]);
        assert_eq!(check(&tree, &Machine::default()).len(), 1);
    }
}
