//! From the normalised document to the files that are checked in.

mod calls;
mod debug;
mod facade;
mod layout;
mod operations;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
use quote::quote;

use crate::inputs::Inputs;
use crate::json;
use crate::normalise::Normalised;

/// A file that is checked in and never edited by hand.
pub(crate) struct Artefact {
    /// Relative to the repository.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Everything that the inputs decide.
pub(crate) fn artefacts(root: &Path, inputs: &Inputs, normalised: &Normalised) -> Result<Vec<Artefact>> {
    let document = &normalised.document;
    let generated = calls::split(client(document)?, document)?;
    let facade = facade::facade(&generated.calls, document)?;
    let every_call = facade::every_call(&generated.calls, document)?;
    let folder = Path::new("crates/keycloak-admin");
    let header = |what: &str| {
        format!(
            "// Written by `cargo xtask openapi` from Keycloak {} (openapi/). Do not edit.\n\n//! {what}\n",
            inputs.provenance.keycloak
        )
    };
    let rust = |name: &str, what: &str, tokens: TokenStream| -> Result<Artefact> {
        Ok(Artefact { path: folder.join(name), text: layout::rust(root, &header(what), tokens)? })
    };
    Ok(vec![
        Artefact { path: "openapi/normalised.json".into(), text: json::print_sorted(document) },
        rust(
            "src/generated/types.rs",
            "Representations: what Keycloak's admin API sends and takes.",
            debug::guarded(generated.types)?,
        )?,
        rust("src/generated/calls.rs", "The calls as they go over the wire.", quote_file(&generated.calls))?,
        rust("src/generated/api.rs", "One method of `AdminApi` per call.", facade)?,
        rust("tests/every_call/generated.rs", "Every call once.", every_call)?,
        rust(
            "src/generated/operations.rs",
            "Name, method and route template of each call.",
            operations::table(document),
        )?,
    ])
}

fn quote_file(file: &syn::File) -> TokenStream {
    quote! { #file }
}

/// What progenitor makes of the document: positional arguments, hooks that must be implemented,
/// ordered maps, everything comparable and with a default.
fn client(document: &serde_json::Value) -> Result<TokenStream> {
    let document: openapiv3::OpenAPI =
        serde_json::from_value(document.clone()).context("the normalised document is not OpenAPI 3.0")?;
    let secret = schemars::schema::SchemaObject {
        instance_type: Some(schemars::schema::InstanceType::String.into()),
        format: Some("password".into()),
        ..Default::default()
    };
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::stack::Stack })
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("Default")
        .with_derive("PartialEq")
        .with_conversion(secret, "crate::secret::Secret", [TypeImpl::Default].into_iter());
    match Generator::new(&settings).generate_tokens(&document) {
        Ok(tokens) => Ok(tokens),
        Err(error) => bail!("progenitor refuses the normalised document: {error}"),
    }
}
