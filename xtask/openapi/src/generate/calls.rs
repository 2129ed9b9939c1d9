//! What is changed in progenitor's code: types apart, safe paths, nothing that means nothing.

use anyhow::{Context as _, Result, ensure};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, File, ImplItem, ImplItemFn, Item, ItemImpl, Stmt};

use crate::json::{operations, template_parameters};

/// Progenitor's one file, taken apart.
pub(super) struct Split {
    /// The content of `mod types`.
    pub(super) types: TokenStream,
    /// The client without its types.
    pub(super) calls: File,
}

pub(super) fn split(tokens: TokenStream, document: &Value) -> Result<Split> {
    let mut file: File = syn::parse2(tokens).context("progenitor's code does not parse")?;
    let types = take_types(&mut file)?;
    drop_prelude_and_encoder(&mut file);
    let mut edit = Edit::default();
    edit.visit_file_mut(&mut file);

    let calls = operations(document).count();
    let parameters: usize = operations(document).map(|(path, _, _)| template_parameters(path).len()).sum();
    ensure!(
        edit.encoders == parameters,
        "the generated code encodes {} path parameters, the document has {parameters}",
        edit.encoders
    );
    ensure!(
        edit.versions == calls,
        "the generated code names its version {} times, the document has {calls} calls",
        edit.versions
    );
    Ok(Split { types, calls: file })
}

/// Types alone need serde and nothing of HTTP: they become a file of their own.
fn take_types(file: &mut File) -> Result<TokenStream> {
    let types = file
        .items
        .iter()
        .position(|item| matches!(item, Item::Mod(module) if module.ident == "types"))
        .context("progenitor's code has no `mod types`")?;
    let Item::Mod(module) = file.items.remove(types) else { anyhow::bail!("`types` is no module") };
    let (_, items) = module.content.context("`mod types` is empty")?;
    file.items.insert(0, syn::parse_quote! { use crate::types; });
    // Conversions of constrained types would use it; after normalising there are none.
    let items = items.iter().filter(|item| !matches!(item, Item::Mod(inner) if inner.ident == "error"));
    Ok(quote! { #(#items)* })
}

fn drop_prelude_and_encoder(file: &mut File) {
    file.items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    for item in &mut file.items {
        let Item::Use(import) = item else { continue };
        let text = quote! { #import }.to_string();
        if text.contains("encode_path") {
            *import = syn::parse_quote! {
                use progenitor_client::{ClientHooks, OperationInfo, RequestBuilderExt};
            };
        }
    }
}

#[derive(Default)]
struct Edit {
    encoders: usize,
    versions: usize,
}

impl VisitMut for Edit {
    /// Drops `new`, which makes an HTTP client of its own and panics when it cannot.
    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        block.items.retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"));
        visit_mut::visit_item_impl_mut(self, block);
    }

    /// Drops the header `api-version: 1.0`, which says nothing and which no server reads.
    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        let before = function.block.stmts.len();
        function.block.stmts.retain(|statement| !mentions(statement, "header_map") || is_request(statement));
        self.versions += usize::from(function.block.stmts.len() < before);
        visit_mut::visit_impl_item_fn_mut(self, function);
    }

    /// The façade says what a call does; saying it twice doubles the file.
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::MethodCall(call) = expression
            && call.method == "headers"
        {
            *expression = (*call.receiver).clone();
        }
        visit_mut::visit_expr_mut(self, expression);
    }

    /// The encoder calls sit inside `format!`, whose content is tokens and not syntax.
    fn visit_macro_mut(&mut self, invocation: &mut syn::Macro) {
        if invocation.path.is_ident("format") {
            invocation.tokens = self.safe_segments(invocation.tokens.clone());
        }
    }
}

impl Edit {
    /// `encode_path(x)` becomes `crate::path::segment(x)?`.
    fn safe_segments(&mut self, tokens: TokenStream) -> TokenStream {
        let mut out = Vec::new();
        let mut after_encoder = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if ident == "encode_path" => {
                    self.encoders += 1;
                    after_encoder = true;
                    let segment = Ident::new("segment", Span::call_site());
                    out.extend(quote! { crate::path::#segment });
                }
                TokenTree::Group(group) => {
                    let inner = Group::new(group.delimiter(), self.safe_segments(group.stream()));
                    out.push(TokenTree::Group(inner));
                    if std::mem::take(&mut after_encoder) {
                        out.extend(quote! { ? });
                    }
                }
                other => out.push(other),
            }
        }
        out.into_iter().collect()
    }
}

fn mentions(statement: &Stmt, name: &str) -> bool {
    quote! { #statement }
        .to_string()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .any(|word| word == name)
}

fn is_request(statement: &Stmt) -> bool {
    quote! { #statement }.to_string().contains(". build")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn progenitors_code() -> TokenStream {
        quote! {
            use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
            pub mod types { pub mod error { pub struct ConversionError; } pub struct Role; }
            impl Client {
                pub fn new() -> Self { Self::made().unwrap() }
                pub async fn role_get<'a>(&'a self, name: &'a str) -> Result<ResponseValue<types::Role>, Error<()>> {
                    let url = format!("{}/roles/{}", self.baseurl, encode_path(&name.to_string()),);
                    let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                    header_map.append("api-version", Self::api_version());
                    let mut request = self.client.get(url).headers(header_map).build()?;
                    Ok(request)
                }
            }
            pub mod prelude { pub use super::Client; }
        }
    }

    #[test]
    fn paths_are_encoded_by_ours_and_the_version_header_is_gone() {
        let document = json!({"paths": {"/roles/{name}": {"get": {}}}});
        let split = split(progenitors_code(), &document).unwrap();
        assert_eq!(split.types.to_string(), "pub struct Role ;");
        let calls = prettyplease::unparse(&split.calls).replace([' ', '\n'], "");
        assert!(calls.contains("crate::path::segment(&name.to_string())?"), "{calls}");
        for gone in ["encode_path", "header_map", "headers", "unwrap", "prelude", "api_version"] {
            assert!(!calls.contains(gone), "{gone} is still in:\n{calls}");
        }
        assert!(calls.contains("self.client.get(url).build()?"), "{calls}");
    }

    #[test]
    fn a_path_parameter_that_is_not_encoded_stops_the_generator() {
        let document = json!({"paths": {"/roles/{name}/{other}": {"get": {}}}});
        let error = split(progenitors_code(), &document).err().map(|error| error.to_string());
        assert_eq!(
            error.as_deref(),
            Some("the generated code encodes 1 path parameters, the document has 2")
        );
    }
}
