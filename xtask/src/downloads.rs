//! What is fetched while something else keeps the processor busy.
//!
//! Only a head start: whoever needs a thing fetches it by itself if it is not there, and fails with the error that says why.
//! So nothing is printed while they run, and a failure here is a note.

use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};

use crate::progress::Progress;
use crate::{cargo, image, process, versions};

/// Things that are being fetched, one after the other. A task that ends before them ends them too.
pub(crate) struct Downloads {
    running: Option<JoinHandle<Vec<Fetched>>>,
}

/// How one of them ended.
struct Fetched {
    what: String,
    ended: Result<()>,
}

/// One of them: what it is, and how it is fetched.
type Fetch = (String, Box<dyn FnOnce() -> Result<()> + Send>);

impl Downloads {
    /// What building a cluster and the controllers for the first time needs, and no Debian package has to be there for.
    pub(crate) fn of_first_build(kubernetes: impl FnOnce() -> Result<()> + Send + 'static) -> Self {
        Self::of(vec![
            ("Go modules of Kubernetes".to_owned(), Box::new(kubernetes)),
            ("crates".to_owned(), Box::new(crates)),
            ("Go modules of CoreDNS".to_owned(), Box::new(image::coredns::fetch)),
        ])
    }

    /// The distribution of Keycloak, where the cluster's image of it is still to be made. Maven must be there.
    ///
    /// # Errors
    /// If the cache cannot be read.
    pub(crate) fn of_keycloak() -> Result<Self> {
        if image::keycloak::is_made(versions::KEYCLOAK)? {
            Ok(Self::none())
        } else {
            Ok(Self::keycloaks(&[versions::KEYCLOAK]))
        }
    }

    /// The distributions of Keycloak that tests start. Maven must be there.
    pub(crate) fn of_test_servers() -> Self {
        Self::keycloaks(&[versions::KEYCLOAK, versions::KEYCLOAK_OLDEST])
    }

    /// Nothing.
    pub(crate) fn none() -> Self {
        Self { running: None }
    }

    fn keycloaks(versions: &[&'static str]) -> Self {
        let fetch = |version: &&'static str| -> Fetch {
            let version: &'static str = version;
            (format!("Keycloak {version}"), Box::new(move || image::keycloak::fetch(version)))
        };
        Self::of(versions.iter().map(fetch).collect())
    }

    fn of(what: Vec<Fetch>) -> Self {
        let fetch = |(what, fetch): Fetch| Fetched { what, ended: fetch() };
        let all = move || what.into_iter().map(fetch).collect();
        // Without a thread there is no head start, and nothing is lost.
        Self { running: thread::Builder::new().name("downloads".to_owned()).spawn(all).ok() }
    }

    /// Waits until they have ended, as a step if there were any, and notes what could not be fetched.
    ///
    /// # Errors
    /// None of theirs: only if the thread panicked.
    pub(crate) fn finish(self, progress: &Progress) -> Result<()> {
        let Some(running) = self.running else { return Ok(()) };
        let fetched = progress.step("downloads", || {
            let fetched = running.join().map_err(|_| anyhow!("what fetched them failed"))?;
            let said: Vec<&str> =
                fetched.iter().filter(|one| one.ended.is_ok()).map(|one| one.what.as_str()).collect();
            let said = said.join(", ");
            Ok((fetched, said))
        })?;
        for Fetched { what, ended } in fetched {
            if let Err(error) = ended {
                progress.note(&format!("{what} will be fetched again when needed, now it failed: {error:#}"));
            }
        }
        Ok(())
    }
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
    fn they_are_fetched_in_order_and_one_that_fails_keeps_no_other_and_no_task_from_going_on() {
        let (told, order) = std::sync::mpsc::channel();
        let one = |name: &'static str, fails: bool| -> Fetch {
            let told = told.clone();
            let fetch = move || {
                told.send(name)?;
                if fails { Err(anyhow!("no network")) } else { Ok(()) }
            };
            (name.to_owned(), Box::new(fetch))
        };
        let downloads = Downloads::of(vec![one("first", true), one("second", false)]);
        assert!(downloads.finish(&Progress::start()).is_ok());
        drop(told);
        assert_eq!(order.iter().collect::<Vec<_>>(), ["first", "second"]);
        assert!(Downloads::none().finish(&Progress::start()).is_ok());
    }
}
