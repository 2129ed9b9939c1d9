//! The controllers as programs, for clusters that run no pods.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Their names: of the packages, the programs, the Deployments and the `ServiceAccounts`.
pub const CONTROLLERS: [&str; 3] = ["instance-controller", "realm-controller", "client-controller"];

/// A program of the workspace, as cargo built it with this test.
///
/// # Errors
/// If it is not there.
pub fn built(name: &str) -> Result<PathBuf> {
    let own = env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("a test program lies in a folder of cargo")?;
    let program = folder.join(name);
    let missing = || {
        format!(
            "{} does not exist: run this test by `cargo xtask test`, which builds the controllers with it",
            program.display()
        )
    };
    program.is_file().then_some(()).with_context(missing)?;
    Ok(program)
}
