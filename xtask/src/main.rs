//! `cargo xtask`: every task of the repository, one file per command.

mod cache;
mod go_program;
mod image;
mod process;
mod progress;
mod repository;
mod versions;

fn main() -> anyhow::Result<()> {
    let progress = progress::Progress::start();
    for file in image::cluster_images(&progress)? {
        progress.note(&format!("{} {}", file.name, file.path.display()));
    }
    Ok(())
}
