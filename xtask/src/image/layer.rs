//! One layer of an image: a tar stream, perhaps compressed, with its two digests.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::tree::Tree;

/// How layers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    /// As they are: quickest for a cluster on the same machine.
    None,
    /// gzip, as small as it gets: for a registry.
    Best,
}

/// A blob as image manifests name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Blob {
    /// `sha256:` and 64 hex digits.
    pub(super) digest: String,
    /// Bytes.
    pub(super) size: u64,
}

/// What the manifest and the configuration say of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// As stored.
    pub(super) blob: Blob,
    /// Digest before compression.
    pub(super) diff_id: String,
    /// <https://github.com/opencontainers/image-spec/blob/main/layer.md#filesystem-layers>
    pub(super) media_type: String,
}

/// A written layer.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(super) facts: Facts,
    content: File,
}

impl Layer {
    /// Writes a layer to a file without a name in `folder`, which is gone with the process.
    ///
    /// # Errors
    /// If a file of the tree cannot be read, or nothing be written in `folder`.
    pub(crate) fn write(tree: &Tree, compression: Compression, folder: &Path) -> Result<Self> {
        let content = nameless(folder)?;
        let facts = stream(tree, compression, &content)?;
        Ok(Self { facts, content })
    }

    /// Writes a layer to a new directory, from where [`Layer::open`] takes it.
    ///
    /// # Errors
    /// As [`Layer::write`].
    pub(crate) fn keep(tree: &Tree, compression: Compression, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let path = folder.join("layer");
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let facts = stream(tree, compression, &file)?;
        fs::write(folder.join("layer.json"), serde_json::to_vec(&facts)?)
            .with_context(|| format!("cannot write the facts of {}", path.display()))
    }

    /// A layer that was kept in a directory.
    ///
    /// # Errors
    /// If it is not there or is damaged.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let damaged = || format!("{} is damaged: remove it, and it is made again", folder.display());
        let facts: Facts = fs::read(folder.join("layer.json"))
            .map_err(anyhow::Error::from)
            .and_then(|text| Ok(serde_json::from_slice(&text)?))
            .with_context(damaged)?;
        let content = File::open(folder.join("layer")).with_context(damaged)?;
        let size = content.metadata()?.len();
        if size != facts.blob.size {
            return Err(anyhow::anyhow!("layer has {size} bytes, not {}", facts.blob.size))
                .with_context(damaged);
        }
        Ok(Self { facts, content })
    }

    /// The stored bytes, from their beginning.
    pub(super) fn content(&self) -> Result<&File> {
        (&self.content).seek(SeekFrom::Start(0)).context("cannot read a layer again")?;
        Ok(&self.content)
    }
}

fn stream(tree: &Tree, compression: Compression, file: &File) -> Result<Facts> {
    let mut stored = Digesting::new(BufWriter::with_capacity(1 << 20, file));
    let (diff_id, media_type) = match compression {
        Compression::None => {
            tree.write(&mut stored)?;
            (None, "application/vnd.oci.image.layer.v1.tar")
        }
        Compression::Best => {
            // The encoder writes neither name nor time into its header.
            let mut plain = Digesting::new(GzEncoder::new(&mut stored, flate2::Compression::best()));
            tree.write(&mut plain)?;
            let diff_id = plain.blob().digest;
            plain.inner.finish().context("cannot end the layer")?;
            (Some(diff_id), "application/vnd.oci.image.layer.v1.tar+gzip")
        }
    };
    stored.flush().context("cannot write the layer")?;
    let blob = stored.blob();
    Ok(Facts {
        diff_id: diff_id.unwrap_or_else(|| blob.digest.clone()),
        blob,
        media_type: media_type.to_owned(),
    })
}

/// A file that has lost its name already: nothing is left of it when the process ends, however.
fn nameless(folder: &Path) -> Result<File> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for number in 0_u32..1000 {
        let path = folder.join(format!(".layer.{}.{number}", std::process::id()));
        match File::options().read(true).write(true).create_new(true).open(&path) {
            Ok(file) => {
                fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
                return Ok(file);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("cannot write {}", path.display())),
        }
    }
    anyhow::bail!("{} is full of unfinished layers: remove its files named .layer.*", folder.display())
}

/// Passes bytes on and keeps their digest and number.
struct Digesting<W> {
    inner: W,
    hash: Sha256,
    size: u64,
}

impl<W: Write> Digesting<W> {
    fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), size: 0 }
    }

    fn blob(&self) -> Blob {
        Blob { digest: digest_of(self.hash.clone()), size: self.size }
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Digest and size of bytes in memory.
pub(super) fn blob_of(bytes: &[u8]) -> Blob {
    Blob { digest: digest_of(Sha256::new_with_prefix(bytes)), size: bytes.len() as u64 }
}

fn digest_of(hash: Sha256) -> String {
    use std::fmt::Write as _;
    hash.finalize().iter().fold("sha256:".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
