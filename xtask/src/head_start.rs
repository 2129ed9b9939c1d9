//! What is fetched or built while something else goes on that does not need it.
//!
//! Only a head start: whoever needs a thing gets it by itself if it is not there, and fails with the error that says why.
//! So nothing is printed meanwhile, and a failure here is a note.

use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};

use crate::progress::Progress;
use crate::server::keycloak;
use crate::{cargo, image, process, public_exports, versions};

/// Things that are being fetched or built, one after the other. A task that ends before them ends them too.
pub(crate) struct HeadStart {
    /// The step as which it is waited for.
    step: &'static str,
    running: Option<JoinHandle<Vec<Ended>>>,
}

/// How one of them ended.
struct Ended {
    what: String,
    ended: Result<()>,
}

const DOWNLOADS: &str = "downloads";

/// One of them: what it is, and what makes it be there.
type Work = (String, Box<dyn FnOnce() -> Result<()> + Send>);

impl HeadStart {
    /// What building a cluster and the controllers for the first time needs, and no Debian package has to be there for.
    pub(crate) fn of_first_build(kubernetes: impl FnOnce() -> Result<()> + Send + 'static) -> Self {
        Self::of(
            DOWNLOADS,
            vec![
                ("Go modules of Kubernetes".to_owned(), Box::new(kubernetes)),
                ("crates".to_owned(), Box::new(crates)),
                ("Go modules of CoreDNS".to_owned(), Box::new(image::coredns::fetch)),
            ],
        )
    }

    /// The distribution of Keycloak, where the cluster's image of it is still to be made. Maven must be there.
    ///
    /// # Errors
    /// If the cache cannot be read.
    pub(crate) fn of_keycloak() -> Result<Self> {
        if image::keycloak::is_made(versions::KEYCLOAK)? {
            Ok(Self::none())
        } else {
            Ok(Self::of(DOWNLOADS, keycloaks(&[versions::KEYCLOAK])))
        }
    }

    /// The distributions of Keycloak that tests start. Maven must be there.
    pub(crate) fn of_keycloaks() -> Self {
        Self::of(DOWNLOADS, keycloaks(&versions::TEST_SERVERS))
    }

    /// The distributions of Keycloak that tests start, built with the options of test servers, and the exports that tests take
    /// over. Maven and Java must be there.
    pub(crate) fn of_test_servers() -> Self {
        let mut what = keycloaks(&versions::TEST_SERVERS);
        what.push(("public exports of realms".to_owned(), Box::new(public_exports::fetch)));
        what.extend(versions::TEST_SERVERS.map(|version| -> Work {
            (format!("test server {version}"), Box::new(move || keycloak::built(version).map(drop)))
        }));
        Self::of(DOWNLOADS, what)
    }

    /// What a cluster is made of, which cargo does not need. cargo leaves a processor idle where one crate waits for another, and Go
    /// does not. The packages of a local cluster must be there.
    pub(crate) fn of_cluster(kubernetes: impl FnOnce() -> Result<()> + Send + 'static) -> Self {
        let images = || image::cluster_images(&Progress::silent()).map(drop);
        Self::of(
            "cluster",
            vec![("Kubernetes".to_owned(), Box::new(kubernetes)), ("images".to_owned(), Box::new(images))],
        )
    }

    /// Nothing.
    pub(crate) fn none() -> Self {
        Self { step: DOWNLOADS, running: None }
    }

    fn of(step: &'static str, what: Vec<Work>) -> Self {
        let one = |(what, work): Work| Ended { what, ended: work() };
        let all = move || what.into_iter().map(one).collect();
        // Without a thread there is no head start, and nothing is lost.
        Self { step, running: thread::Builder::new().name(step.to_owned()).spawn(all).ok() }
    }

    /// Waits until they have ended, as a step if there were any, and notes what could not be had.
    ///
    /// # Errors
    /// None: whoever needs a thing says why it is not there.
    pub(crate) fn finish(self, progress: &Progress) -> Result<()> {
        let Some(running) = self.running else { return Ok(()) };
        let ended = progress.step(self.step, || {
            let ended = running.join().unwrap_or_else(|_| {
                vec![Ended { what: self.step.to_owned(), ended: Err(anyhow!("what was to get it panicked")) }]
            });
            let said: Vec<&str> =
                ended.iter().filter(|one| one.ended.is_ok()).map(|one| one.what.as_str()).collect();
            let said = said.join(", ");
            Ok((ended, said))
        })?;
        for Ended { what, ended } in ended {
            if let Err(error) = ended {
                progress.note(&format!("{what} will be tried again when needed, now it failed: {error:#}"));
            }
        }
        Ok(())
    }
}

fn keycloaks(versions: &[&'static str]) -> Vec<Work> {
    let fetch = |version: &&'static str| -> Work {
        let version: &'static str = version;
        (format!("Keycloak {version}"), Box::new(move || image::keycloak::fetch(version)))
    };
    versions.iter().map(fetch).collect()
}

/// Everything that Cargo.lock names. Without a look at the network if it is there.
fn crates() -> Result<()> {
    let cargo = cargo::command();
    let mut command = process::tied(cargo.get_program());
    if let Some(folder) = cargo.get_current_dir() {
        command.current_dir(folder);
    }
    process::output(command.args(["fetch", "--locked", "--quiet"])).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_had_in_order_and_one_that_fails_keeps_no_other_and_no_task_from_going_on() {
        let (told, order) = std::sync::mpsc::channel();
        let one = |name: &'static str, fails: bool| -> Work {
            let told = told.clone();
            let fetch = move || {
                told.send(name)?;
                if fails { Err(anyhow!("no network")) } else { Ok(()) }
            };
            (name.to_owned(), Box::new(fetch))
        };
        let started = HeadStart::of(DOWNLOADS, vec![one("first", true), one("second", false)]);
        assert!(started.finish(&Progress::start()).is_ok());
        drop(told);
        assert_eq!(order.iter().collect::<Vec<_>>(), ["first", "second"]);
        assert!(HeadStart::none().finish(&Progress::start()).is_ok());
    }
}
