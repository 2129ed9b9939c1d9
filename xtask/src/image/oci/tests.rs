use std::fs;
use std::io::Read;

use super::super::layer::Compression;
use super::super::tree::{ROOT, Tree};
use super::*;

const NAME: &str = "docker.io/library/thing:1";

fn image(arch: Arch, compression: Compression, folder: &Path) -> Image {
    let mut lower = Tree::new();
    lower.file("bin/thing", 0o755, ROOT, "x".repeat(100_000));
    let mut upper = Tree::new();
    upper.file("etc/thing.conf", 0o644, ROOT, arch.name());
    let config = Config {
        user: "65532:65532".to_owned(),
        exposed_ports: vec!["9000/tcp".to_owned(), "53/udp".to_owned()],
        env: vec!["B=2".to_owned(), "A=1".to_owned()],
        entrypoint: vec!["/bin/thing".to_owned()],
        cmd: vec!["serve".to_owned()],
        volumes: vec!["/data".to_owned()],
        working_dir: "/data".to_owned(),
        labels: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
        stop_signal: "SIGINT".to_owned(),
    };
    let layers = [lower, upper].map(|tree| Layer::write(&tree, compression, folder).unwrap());
    Image { arch, config, layers: layers.into() }
}

/// The files of an archive.
fn files(archive: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = tar::Archive::new(File::open(archive).unwrap());
    let mut files = BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        assert_eq!(entry.header().mtime().unwrap(), MODIFIED);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(entry.path().unwrap().to_string_lossy().into_owned(), bytes);
    }
    files
}

/// A document with the digests, which `the_digest_of_known_files_is_known` looks at, shortened.
fn shown(document: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(document).unwrap();
    let mut pieces = text.split("sha256:");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |shown, piece| shown + "sha256:.." + &piece[64..])
}

#[test]
fn identical_input_gives_identical_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for compression in [Compression::None, Compression::Best] {
        let archives = ["a", "b"].map(|name| {
            let path = folder.path().join(name);
            write(&[NAME], &[image(Arch::Amd64, compression, folder.path())], &path).unwrap();
            fs::read(&path).unwrap()
        });
        assert!(archives[0] == archives[1], "{compression:?}");
    }
}

#[test]
fn the_digest_of_known_files_is_known() {
    // A change here means that the same files get a new digest everywhere: count FORMAT up with it.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    write(&[NAME], &[image(Arch::Amd64, Compression::None, folder.path())], &path).unwrap();
    insta::assert_snapshot!(describe(&path).unwrap().digest, @"sha256:611e9b36bb53ed7ddb1de01ea550c79a05bf0bb692c9f66a82d97cf2e9fbef06");
}

#[test]
fn every_blob_is_stored_under_its_digest_and_the_manifest_names_them_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    write(&[NAME], &[image(Arch::Amd64, Compression::Best, folder.path())], &path).unwrap();
    let files = files(&path);
    let blobs: Vec<_> = files.iter().filter(|(path, _)| path.len() == 13 + 64).collect();
    assert_eq!(blobs.len(), 4, "manifest, configuration, two layers");
    for (path, bytes) in blobs {
        assert_eq!(*path, path_of(&blob_of(bytes)));
    }
    let docker: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(docker[0]["RepoTags"], serde_json::json!([NAME]));
    for layer in docker[0]["Layers"].as_array().unwrap() {
        assert!(files.contains_key(layer.as_str().unwrap()));
    }
    let config: serde_json::Value =
        serde_json::from_slice(&files[docker[0]["Config"].as_str().unwrap()]).unwrap();
    insta::assert_snapshot!(shown(&config), @r#"
    {
      "architecture": "amd64",
      "config": {
        "Cmd": [
          "serve"
        ],
        "Entrypoint": [
          "/bin/thing"
        ],
        "Env": [
          "B=2",
          "A=1"
        ],
        "ExposedPorts": {
          "53/udp": {},
          "9000/tcp": {}
        },
        "Labels": {
          "k": "v"
        },
        "StopSignal": "SIGINT",
        "User": "65532:65532",
        "Volumes": {
          "/data": {}
        },
        "WorkingDir": "/data"
      },
      "created": "1980-01-01T00:00:00Z",
      "os": "linux",
      "rootfs": {
        "diff_ids": [
          "sha256:..",
          "sha256:.."
        ],
        "type": "layers"
      }
    }
    "#);
    // The digest of a layer in the configuration is that of the plain stream.
    let mut plain = Vec::new();
    let packed = &files[docker[0]["Layers"][0].as_str().unwrap()];
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut plain).unwrap();
    assert_eq!(config["rootfs"]["diff_ids"][0], blob_of(&plain).digest);
}

#[test]
fn the_index_carries_every_name_for_containerd_and_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let names = [NAME, "docker.io/library/thing:latest"];
    write(&names, &[image(Arch::Amd64, Compression::None, folder.path())], &path).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&files(&path)["index.json"]).unwrap();
    insta::assert_snapshot!(shown(&index), @r#"
    {
      "manifests": [
        {
          "annotations": {
            "io.containerd.image.name": "docker.io/library/thing:1",
            "org.opencontainers.image.ref.name": "1"
          },
          "digest": "sha256:..",
          "mediaType": "application/vnd.oci.image.manifest.v1+json",
          "platform": {
            "architecture": "amd64",
            "os": "linux"
          },
          "size": 549
        },
        {
          "annotations": {
            "io.containerd.image.name": "docker.io/library/thing:latest",
            "org.opencontainers.image.ref.name": "latest"
          },
          "digest": "sha256:..",
          "mediaType": "application/vnd.oci.image.manifest.v1+json",
          "platform": {
            "architecture": "amd64",
            "os": "linux"
          },
          "size": 549
        }
      ],
      "mediaType": "application/vnd.oci.image.index.v1+json",
      "schemaVersion": 2
    }
    "#);
    assert_eq!(describe(&path).unwrap().names, names);
}

#[test]
fn several_architectures_become_one_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let images = [Arch::Amd64, Arch::Arm64].map(|arch| image(arch, Compression::None, folder.path()));
    write(&[NAME], &images, &path).unwrap();
    let files = files(&path);
    assert!(!files.contains_key("manifest.json"), "that format knows one architecture only");
    let described = describe(&path).unwrap();
    assert_eq!(described.sizes.keys().collect::<Vec<_>>(), ["amd64", "arm64"]);
    let index: serde_json::Value =
        serde_json::from_slice(&files[&format!("blobs/{}", described.digest.replace(':', "/"))]).unwrap();
    assert_eq!(
        index["manifests"][1]["platform"],
        serde_json::json!({"architecture": "arm64", "os": "linux"})
    );
    // The layer that both have is stored once: index, 2 manifests, 2 configurations, 3 layers.
    assert_eq!(files.keys().filter(|path| path.len() == 13 + 64).count(), 8);
}

#[test]
fn a_name_that_no_manifest_leads_to_is_refused() {
    let refused = |name| split(name).unwrap_err().to_string();
    insta::assert_snapshot!(refused("postgres:15"), @"image name `postgres:15` has no registry: write it whole, such as `docker.io/library/postgres:15`");
    insta::assert_snapshot!(refused("localhost:5000/postgres"), @"image name `localhost:5000/postgres` has no tag: write `localhost:5000/postgres:<tag>`");
    assert_eq!(split("localhost:5000/a/b:1").unwrap(), ("localhost:5000/a/b", "1"));
}

#[test]
fn a_kept_layer_is_the_layer_and_damage_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let mut tree = Tree::new();
    tree.file("a", 0o644, ROOT, "content");
    let kept = folder.path().join("kept");
    Layer::keep(&tree, Compression::None, &kept).unwrap();
    let written = Layer::write(&tree, Compression::None, folder.path()).unwrap();
    assert_eq!(Layer::open(&kept).unwrap().facts, written.facts);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the written layer has no name");

    fs::write(kept.join("layer"), "half").unwrap();
    let error = format!("{:#}", Layer::open(&kept).unwrap_err());
    let error = error.replace(folder.path().to_str().unwrap(), "");
    insta::assert_snapshot!(error, @"/kept is damaged: remove it, and it is made again: layer has 4 bytes, not 2048");
}

#[test]
fn a_file_that_is_no_archive_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "no image").unwrap();
    let error = describe(&path).unwrap_err().to_string().replace(folder.path().to_str().unwrap(), "");
    insta::assert_snapshot!(error, @"/notes.txt is no image archive of ours");
}
