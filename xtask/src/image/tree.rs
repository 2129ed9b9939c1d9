//! The files of one image layer, and the tar stream made of them.
//!
//! The stream depends on names, contents, modes and owners only: entries are sorted, times are fixed
//! and extended attributes left out, so the same files give the same bytes on every machine.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tar::{EntryType, Header};

/// Time of every file, in seconds since 1970: 1980-01-01, the oldest that a zip archive made from
/// such files can hold.
pub(super) const MODIFIED: u64 = 315_532_800;

/// Who owns a file in the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    /// User id.
    pub(crate) uid: u64,
    /// Group id.
    pub(crate) gid: u64,
}

/// root:root.
pub(crate) const ROOT: Owner = Owner { uid: 0, gid: 0 };

/// What becomes of owners and modes when a directory is copied into a layer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ownership {
    /// As they are on disk.
    Keep,
    /// One owner for all; the group may do what the owner may. A container that runs as any user of
    /// that group can then work with the files.
    Shared(Owner),
}

#[derive(Debug)]
enum Content {
    Directory,
    Bytes(Vec<u8>),
    File { source: PathBuf, size: u64 },
    Symlink(PathBuf),
    Hardlink(PathBuf),
}

#[derive(Debug)]
struct Entry {
    mode: u32,
    owner: Owner,
    content: Content,
}

/// The files of a layer by their path in the image, which has no leading slash.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    // A path orders by its components, so a directory comes before what is in it.
    entries: BTreeMap<PathBuf, Entry>,
}

impl Tree {
    /// A layer without files.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a directory.
    pub(crate) fn directory(&mut self, path: &str, mode: u32, owner: Owner) {
        self.insert(Path::new(path), Entry { mode, owner, content: Content::Directory });
    }

    /// Adds a file with this content.
    pub(crate) fn file(&mut self, path: &str, mode: u32, owner: Owner, content: impl Into<Vec<u8>>) {
        self.insert(Path::new(path), Entry { mode, owner, content: Content::Bytes(content.into()) });
    }

    /// Adds a file with the content that `source` has when the layer is written.
    ///
    /// # Errors
    /// If `source` cannot be read or is no file.
    pub(crate) fn file_from(&mut self, path: &str, mode: u32, owner: Owner, source: &Path) -> Result<()> {
        let found = fs::metadata(source).with_context(|| format!("cannot read {}", source.display()))?;
        if !found.is_file() {
            bail!("{} is no file", source.display());
        }
        let content = Content::File { source: source.to_path_buf(), size: found.len() };
        self.insert(Path::new(path), Entry { mode, owner, content });
        Ok(())
    }

    /// Adds a symbolic link.
    pub(crate) fn symlink(&mut self, path: &str, target: &str) {
        let content = Content::Symlink(PathBuf::from(target));
        self.insert(Path::new(path), Entry { mode: 0o777, owner: ROOT, content });
    }

    /// Adds what is below the directory `source`, and that directory itself as `at` (empty: the root,
    /// which is no entry of its own). Links are taken as links, also those that lead nowhere. Devices,
    /// pipes and sockets are left out: a container gets its own.
    ///
    /// # Errors
    /// If something cannot be read.
    pub(crate) fn copy(&mut self, source: &Path, at: &str, ownership: Ownership) -> Result<()> {
        let mut seen = HashMap::new();
        self.copy_into(source, Path::new(at), ownership, &mut seen)
    }

    fn copy_into(
        &mut self,
        source: &Path,
        at: &Path,
        ownership: Ownership,
        seen: &mut HashMap<(u64, u64), PathBuf>,
    ) -> Result<()> {
        let found =
            fs::symlink_metadata(source).with_context(|| format!("cannot read {}", source.display()))?;
        if let Some(content) = content(source, at, &found, seen)?
            && !at.as_os_str().is_empty()
        {
            let (mode, owner) = owned(&found, ownership);
            self.insert(at, Entry { mode, owner, content });
        }
        if found.is_dir() {
            for name in names(source)? {
                self.copy_into(&source.join(&name), &at.join(&name), ownership, seen)?;
            }
        }
        Ok(())
    }

    /// Directories that nobody named belong to root.
    fn insert(&mut self, path: &Path, entry: Entry) {
        for parent in path.ancestors().skip(1).filter(|parent| !parent.as_os_str().is_empty()) {
            self.entries.entry(parent.to_path_buf()).or_insert(Entry {
                mode: 0o755,
                owner: ROOT,
                content: Content::Directory,
            });
        }
        self.entries.insert(path.to_path_buf(), entry);
    }

    /// Writes the tar stream.
    ///
    /// # Errors
    /// If a file cannot be read or has changed since it was added, or `to` cannot be written.
    pub(crate) fn write(&self, to: impl Write) -> Result<()> {
        let mut tar = tar::Builder::new(to);
        for (path, entry) in &self.entries {
            entry.append(&mut tar, path).with_context(|| format!("cannot add /{}", path.display()))?;
        }
        tar.into_inner().context("cannot end the layer")?.flush().context("cannot end the layer")
    }
}

impl Entry {
    fn append<W: Write>(&self, tar: &mut tar::Builder<W>, path: &Path) -> Result<()> {
        match &self.content {
            Content::Directory => {
                let mut name = path.as_os_str().to_owned();
                name.push("/");
                Ok(tar.append_data(&mut self.header(EntryType::Directory, 0), name, io::empty())?)
            }
            Content::Bytes(bytes) => {
                let mut header = self.header(EntryType::Regular, bytes.len() as u64);
                Ok(tar.append_data(&mut header, path, bytes.as_slice())?)
            }
            Content::File { source, size } => self.append_file(tar, path, source, *size),
            Content::Symlink(target) => {
                Ok(tar.append_link(&mut self.header(EntryType::Symlink, 0), path, target)?)
            }
            Content::Hardlink(target) => {
                Ok(tar.append_link(&mut self.header(EntryType::Link, 0), path, target)?)
            }
        }
    }

    /// A file that grew or shrank since its size was taken would shift all that follows it.
    fn append_file<W: Write>(
        &self,
        tar: &mut tar::Builder<W>,
        path: &Path,
        source: &Path,
        size: u64,
    ) -> Result<()> {
        let file = File::open(source).with_context(|| format!("cannot read {}", source.display()))?;
        let now = file.metadata()?.len();
        if now != size {
            bail!("{} changed while it was read: it had {size} bytes and has {now}", source.display());
        }
        let mut data = file.take(size);
        tar.append_data(&mut self.header(EntryType::Regular, size), path, &mut data)?;
        if data.limit() != 0 {
            bail!("{} became shorter while it was read", source.display());
        }
        Ok(())
    }

    fn header(&self, kind: EntryType, size: u64) -> Header {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(self.mode);
        header.set_uid(self.owner.uid);
        header.set_gid(self.owner.gid);
        header.set_mtime(MODIFIED);
        header.set_size(size);
        header
    }
}

/// What a file is in a layer; `None` for what has no place there.
fn content(
    source: &Path,
    at: &Path,
    found: &Metadata,
    seen: &mut HashMap<(u64, u64), PathBuf>,
) -> Result<Option<Content>> {
    if found.is_dir() {
        return Ok(Some(Content::Directory));
    }
    if found.is_symlink() {
        let target = fs::read_link(source).with_context(|| format!("cannot read {}", source.display()))?;
        return Ok(Some(Content::Symlink(target)));
    }
    if !found.is_file() {
        return Ok(None);
    }
    if found.nlink() > 1 {
        if let Some(first) = seen.get(&(found.dev(), found.ino())) {
            return Ok(Some(Content::Hardlink(first.clone())));
        }
        seen.insert((found.dev(), found.ino()), at.to_path_buf());
    }
    Ok(Some(Content::File { source: source.to_path_buf(), size: found.len() }))
}

fn owned(found: &Metadata, ownership: Ownership) -> (u32, Owner) {
    let mode = found.mode() & 0o7777;
    match ownership {
        Ownership::Keep => (mode, Owner { uid: found.uid().into(), gid: found.gid().into() }),
        // A link's own mode is 777 and stays so.
        Ownership::Shared(owner) => (mode | (mode & 0o700) >> 3, owner),
    }
}

/// The names in a directory, in order: the first of several hard links must be the first in the tar.
fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    let mut names = fs::read_dir(folder)
        .and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>()
        })
        .with_context(|| format!("cannot read {}", folder.display()))?;
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests;
