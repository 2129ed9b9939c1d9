//! Where the files of the repository are.

use std::path::{Path, PathBuf};

/// The top of the work tree that this program was built from.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}
