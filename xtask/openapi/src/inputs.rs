//! What is checked in by hand: upstream document, overlay, allow-list.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Everything that decides what is generated.
pub(crate) struct Inputs {
    pub(crate) document: Value,
    pub(crate) provenance: Provenance,
    pub(crate) overlay: Overlay,
    pub(crate) allowed: Vec<Allowed>,
}

/// Where the upstream document comes from, and which bytes it has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provenance {
    /// The Keycloak release the document describes; the document itself does not say.
    pub(crate) keycloak: String,
    /// File name beside the provenance file.
    pub(crate) document: PathBuf,
    pub(crate) bytes: usize,
    pub(crate) sha256: String,
    #[serde(rename = "source")]
    pub(crate) _source: String,
    #[serde(rename = "published")]
    pub(crate) _published: String,
    #[serde(rename = "licence")]
    pub(crate) _licence: String,
    #[serde(rename = "fetched")]
    pub(crate) _fetched: String,
}

/// `openapi/overlay.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Overlay {
    /// Name of the upstream document without its ending.
    pub(crate) document: String,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) schemas: BTreeMap<String, Value>,
    pub(crate) operations: Vec<AddedOperation>,
    /// `Schema.property` that hold a secret.
    pub(crate) secrets: Vec<String>,
    /// How many places each normalising step must touch.
    pub(crate) counts: BTreeMap<String, usize>,
}

/// One place where the upstream document is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    /// JSON pointer.
    pub(crate) at: String,
    /// What must stand there.
    pub(crate) expect: Value,
    pub(crate) replace: Value,
    pub(crate) why: String,
}

/// One call that the upstream document lacks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddedOperation {
    pub(crate) path: String,
    pub(crate) method: String,
    pub(crate) summary: String,
    /// Names of optional text parameters of the query.
    #[serde(default)]
    pub(crate) query: Vec<String>,
    pub(crate) request: Option<Value>,
    pub(crate) success: u16,
    pub(crate) response: Option<Value>,
}

/// One line of the allow-list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) id: String,
    /// Lower case, as in the document.
    pub(crate) method: String,
    pub(crate) path: String,
}

impl Inputs {
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let folder = root.join("openapi");
        let overlay: Overlay = yaml(&folder.join("overlay.yaml"))?;
        let provenance_path = folder.join("upstream").join(format!("{}.yaml", overlay.document));
        let provenance: Provenance = yaml(&provenance_path)?;
        let document = pinned_document(&folder.join("upstream"), &provenance)?;
        let list = folder.join("operations.txt");
        let text =
            std::fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
        Ok(Self { document, provenance, overlay, allowed: allow_list(&text)? })
    }
}

fn yaml<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_yaml_ng::from_str(&text).with_context(|| format!("{} is not as expected", path.display()))
}

/// The upstream document, if its bytes are the pinned ones.
fn pinned_document(folder: &Path, provenance: &Provenance) -> Result<Value> {
    let path = folder.join(&provenance.document);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(
        bytes.len() == provenance.bytes,
        "{} has {} bytes, its provenance says {}",
        path.display(),
        bytes.len(),
        provenance.bytes
    );
    let digest = Sha256::digest(&bytes).iter().fold(String::new(), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    ensure!(
        digest == provenance.sha256,
        "{} has sha256 {digest}, its provenance says {}",
        path.display(),
        provenance.sha256
    );
    serde_json::from_slice(&bytes).with_context(|| format!("{} is not JSON", path.display()))
}

/// Parses `id METHOD path` lines; `#` starts a comment line.
fn allow_list(text: &str) -> Result<Vec<Allowed>> {
    let mut allowed: Vec<Allowed> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [id, method, path] = parts.as_slice() else {
            bail!("operations.txt line {}: expected `name METHOD /path`, found `{line}`", number + 1);
        };
        let line = Allowed { id: (*id).into(), method: method.to_lowercase(), path: (*path).into() };
        // Hooks of the generated client are methods of these names.
        ensure!(
            !["pre", "post", "exec"].contains(id),
            "operations.txt: `{id}` is taken, choose another name"
        );
        for earlier in &allowed {
            ensure!(earlier.id != line.id, "operations.txt names `{id}` twice");
            ensure!(
                (&earlier.method, &earlier.path) != (&line.method, &line.path),
                "operations.txt lists {method} {path} twice"
            );
        }
        allowed.push(line);
    }
    Ok(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allow_list_line_is_name_method_and_path() {
        let list = allow_list("# comment\n\nrole_get GET /roles/{name}\n").unwrap();
        assert_eq!(
            list,
            [Allowed { id: "role_get".into(), method: "get".into(), path: "/roles/{name}".into() }]
        );
    }

    #[test]
    fn a_broken_line_a_double_name_and_a_hook_name_are_refused_with_their_reason() {
        let errors = ["role_get GET", "a GET /x\na GET /y", "a GET /x\nb GET /x", "exec GET /x"]
            .map(|text| allow_list(text).unwrap_err().to_string());
        assert_eq!(
            errors,
            [
                "operations.txt line 1: expected `name METHOD /path`, found `role_get GET`",
                "operations.txt names `a` twice",
                "operations.txt lists GET /x twice",
                "operations.txt: `exec` is taken, choose another name",
            ]
        );
    }

    #[test]
    fn a_document_with_other_bytes_than_pinned_is_refused() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/upstream");
        let mut provenance: Provenance = yaml(&folder.join("keycloak-26.7.3.yaml")).unwrap();
        assert!(pinned_document(&folder, &provenance).is_ok());
        provenance.sha256 = "00".into();
        let error = pinned_document(&folder, &provenance).unwrap_err().to_string();
        assert!(error.ends_with("its provenance says 00"), "{error}");
    }
}
