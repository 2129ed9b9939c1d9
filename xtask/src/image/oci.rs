//! Container images as one file: an OCI image layout in a tar, which is also a `docker save` archive.
//!
//! containerd (`ctr images import`), Docker, Podman and skopeo read it without a registry. The names
//! in it are whole (`docker.io/library/postgres:15`), as a node stores them for the short names that
//! people write. Identical input gives identical bytes. The format:
//! <https://github.com/opencontainers/image-spec/blob/main/image-layout.md>.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use tar::{EntryType, Header};

use super::Arch;
use super::layer::{Blob, Layer, blob_of};
use super::tree::MODIFIED;

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
/// [`MODIFIED`] as text.
const CREATED: &str = "1980-01-01T00:00:00Z";

/// How a container of the image starts; field names as in the OCI image configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Config {
    /// `uid`, `uid:gid` or a name of the image's /etc/passwd; numeric, so that a cluster can tell that
    /// it is not root. Empty: root.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) user: String,
    /// Ports as `8080/tcp`; for people, nothing opens or closes them.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_set")]
    pub(crate) exposed_ports: Vec<String>,
    /// `NAME=value`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) env: Vec<String>,
    /// The program and its first arguments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) entrypoint: Vec<String>,
    /// Arguments unless the user gives others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cmd: Vec<String>,
    /// Directories that get a volume of their own.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_set")]
    pub(crate) volumes: Vec<String>,
    /// Where the program starts; empty: `/`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) working_dir: String,
    /// What the image says of itself.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) labels: BTreeMap<String, String>,
    /// The signal that asks it to end; empty: SIGTERM.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) stop_signal: String,
}

/// The specification's way to write a set: names with empty objects.
fn as_set<S: serde::Serializer>(names: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Nothing {}
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort();
    serializer.collect_map(sorted.into_iter().map(|name| (name, Nothing {})))
}

/// An image for one architecture.
#[derive(Debug)]
pub(crate) struct Image {
    /// What its programs run on.
    pub(crate) arch: Arch,
    /// How it starts.
    pub(crate) config: Config,
    /// Its files, lowest layer first.
    pub(crate) layers: Vec<Layer>,
}

/// What a written archive holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Description {
    /// The names it gets when it is imported.
    pub(crate) names: Vec<String>,
    /// The digest that a registry would give it.
    pub(crate) digest: String,
    /// What a node would download, in bytes, by architecture.
    pub(crate) sizes: BTreeMap<String, u64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: String,
    #[serde(flatten)]
    blob: Blob,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<Platform>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Platform {
    architecture: String,
    os: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    schema_version: u8,
    media_type: String,
    config: Descriptor,
    layers: Vec<Descriptor>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u8,
    media_type: String,
    manifests: Vec<Descriptor>,
}

#[derive(Serialize)]
struct ImageConfig<'a> {
    created: &'a str,
    architecture: &'a str,
    os: &'a str,
    config: &'a Config,
    rootfs: RootFs<'a>,
}

#[derive(Serialize)]
struct RootFs<'a> {
    r#type: &'a str,
    diff_ids: Vec<&'a str>,
}

/// The list that `docker save` writes; older engines know only this one.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DockerImage<'a> {
    config: String,
    repo_tags: &'a [&'a str],
    layers: Vec<String>,
}

/// Writes images that differ only in architecture as one archive under `names`.
///
/// # Errors
/// If a name has no registry or no tag, there is no image, or a layer or the archive cannot be read or
/// written.
pub(crate) fn write(names: &[&str], images: &[Image], output: &Path) -> Result<()> {
    let mut documents = BTreeMap::new();
    let mut manifests = Vec::new();
    let mut docker = Vec::new();
    for image in images {
        let config = add(&mut documents, CONFIG, &config_of(image))?;
        let manifest = manifest_of(image, config);
        docker.push(docker_image(names, &manifest));
        let mut descriptor = add(&mut documents, MANIFEST, &manifest)?;
        let architecture = image.arch.name().to_owned();
        descriptor.platform = Some(Platform { architecture, os: "linux".to_owned() });
        manifests.push(descriptor);
    }
    let top = match manifests.as_slice() {
        [] => bail!("an archive holds at least one image"),
        [only] => only.clone(),
        _ => {
            // `docker save` archives have no place for a second architecture.
            docker.clear();
            add(&mut documents, INDEX, &index(manifests))?
        }
    };
    let tagged = names.iter().map(|name| annotated(&top, name)).collect::<Result<Vec<_>>>()?;
    let mut head = vec![
        ("oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()),
        ("index.json", serde_json::to_vec(&index(tagged))?),
    ];
    if !docker.is_empty() {
        head.push(("manifest.json", serde_json::to_vec(&docker)?));
    }
    pack(&head, &documents, images, output).with_context(|| format!("cannot write {}", output.display()))
}

/// What an archive of ours holds, read from its beginning only.
///
/// # Errors
/// If it cannot be read or is none of ours.
pub(crate) fn describe(archive: &Path) -> Result<Description> {
    let file = File::open(archive).with_context(|| format!("cannot read {}", archive.display()))?;
    description(file).with_context(|| format!("{} is no image archive of ours", archive.display()))
}

fn config_of(image: &Image) -> ImageConfig<'_> {
    ImageConfig {
        created: CREATED,
        architecture: image.arch.name(),
        os: "linux",
        config: &image.config,
        rootfs: RootFs {
            r#type: "layers",
            diff_ids: image.layers.iter().map(|layer| layer.facts.diff_id.as_str()).collect(),
        },
    }
}

fn manifest_of(image: &Image, config: Descriptor) -> Manifest {
    let layer = |layer: &Layer| descriptor(&layer.facts.media_type, layer.facts.blob.clone());
    Manifest {
        schema_version: 2,
        media_type: MANIFEST.to_owned(),
        config,
        layers: image.layers.iter().map(layer).collect(),
    }
}

fn docker_image<'a>(names: &'a [&'a str], manifest: &Manifest) -> DockerImage<'a> {
    DockerImage {
        config: path_of(&manifest.config.blob),
        repo_tags: names,
        layers: manifest.layers.iter().map(|layer| path_of(&layer.blob)).collect(),
    }
}

fn index(manifests: Vec<Descriptor>) -> Index {
    Index { schema_version: 2, media_type: INDEX.to_owned(), manifests }
}

fn descriptor(media_type: &str, blob: Blob) -> Descriptor {
    Descriptor { media_type: media_type.to_owned(), blob, platform: None, annotations: BTreeMap::new() }
}

/// The annotations that importers take the name from: containerd and Docker the whole one, others the tag.
fn annotated(descriptor: &Descriptor, name: &str) -> Result<Descriptor> {
    let (_, tag) = split(name)?;
    let mut named = descriptor.clone();
    named.annotations.insert("io.containerd.image.name".to_owned(), name.to_owned());
    named.annotations.insert("org.opencontainers.image.ref.name".to_owned(), tag.to_owned());
    Ok(named)
}

/// Repository and tag of a whole image name.
///
/// # Errors
/// If the name has no registry (`postgres:15`) or no tag: a node would store it under a name that no
/// manifest leads to.
pub(crate) fn split(name: &str) -> Result<(&str, &str)> {
    let whole = name
        .rsplit_once(':')
        .filter(|(repository, tag)| !tag.is_empty() && !tag.contains('/') && !repository.ends_with('/'));
    let Some((repository, tag)) = whole else {
        bail!("image name `{name}` has no tag: write `{name}:<tag>`");
    };
    let registry = repository.split_once('/').map_or("", |(registry, _)| registry);
    if !registry.contains('.') && !registry.contains(':') && registry != "localhost" {
        bail!("image name `{name}` has no registry: write it whole, such as `docker.io/library/postgres:15`");
    }
    Ok((repository, tag))
}

fn add(
    documents: &mut BTreeMap<String, Vec<u8>>,
    kind: &str,
    document: &impl Serialize,
) -> Result<Descriptor> {
    let bytes = serde_json::to_vec(document).context("cannot write an image document")?;
    let blob = blob_of(&bytes);
    documents.insert(path_of(&blob), bytes);
    Ok(descriptor(kind, blob))
}

fn path_of(blob: &Blob) -> String {
    format!("blobs/{}", blob.digest.replacen(':', "/", 1))
}

/// Documents come before layers, so that [`describe`] need not read these.
fn pack(
    head: &[(&str, Vec<u8>)],
    documents: &BTreeMap<String, Vec<u8>>,
    images: &[Image],
    output: &Path,
) -> Result<()> {
    let layers: BTreeMap<String, &Layer> = images
        .iter()
        .flat_map(|image| &image.layers)
        .map(|layer| (path_of(&layer.facts.blob), layer))
        .collect();
    let mut tar = tar::Builder::new(BufWriter::with_capacity(1 << 20, File::create(output)?));
    for folder in ["blobs/", "blobs/sha256/"] {
        tar.append_data(&mut header(EntryType::Directory, 0o755, 0), folder, std::io::empty())?;
    }
    let head = head.iter().map(|(path, bytes)| (*path, bytes));
    let documents = documents.iter().map(|(path, bytes)| (path.as_str(), bytes));
    for (path, bytes) in head.chain(documents) {
        let mut header = header(EntryType::Regular, 0o644, bytes.len() as u64);
        tar.append_data(&mut header, path, bytes.as_slice())?;
    }
    for (path, layer) in layers {
        let mut header = header(EntryType::Regular, 0o644, layer.facts.blob.size);
        tar.append_data(&mut header, &path, layer.content()?)?;
    }
    Ok(tar.into_inner()?.flush()?)
}

fn header(kind: EntryType, mode: u32, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_mtime(MODIFIED);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(size);
    header
}

fn description(archive: impl Read) -> Result<Description> {
    let mut documents = BTreeMap::new();
    let mut archive = tar::Archive::new(archive);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        // The first layer ends the documents; none of them is as large.
        if (&mut entry).take(1 << 16).read_to_end(&mut bytes)? == 1 << 16 {
            break;
        }
        documents.insert(path, bytes);
    }
    let index: Index = parse(&documents, "index.json")?;
    let top = index.manifests.first().context("index.json names no image")?;
    let names = index.manifests.iter().filter_map(|named| named.annotations.get("io.containerd.image.name"));
    let platforms = match top.media_type.as_str() {
        INDEX => parse::<Index>(&documents, &path_of(&top.blob))?.manifests,
        _ => vec![top.clone()],
    };
    let mut sizes = BTreeMap::new();
    for image in platforms {
        let manifest: Manifest = parse(&documents, &path_of(&image.blob))?;
        let size = manifest.layers.iter().chain([&manifest.config]).map(|part| part.blob.size).sum();
        let architecture = image.platform.map(|platform| platform.architecture).unwrap_or_default();
        sizes.insert(architecture, size);
    }
    Ok(Description { names: names.cloned().collect(), digest: top.blob.digest.clone(), sizes })
}

fn parse<T: for<'a> Deserialize<'a>>(documents: &BTreeMap<String, Vec<u8>>, path: &str) -> Result<T> {
    let bytes = documents.get(path).with_context(|| format!("{path} is missing"))?;
    serde_json::from_slice(bytes).with_context(|| format!("{path} cannot be read"))
}

#[cfg(test)]
mod tests;
