//! How generated Rust looks: prettyplease breaks the lines, rustfmt applies the workspace's settings.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, Lit, Meta};

/// A formatted file: header, then code. The same tokens give the same bytes.
pub(super) fn rust(root: &Path, header: &str, tokens: TokenStream) -> Result<String> {
    let mut file = syn::parse2(tokens).context("generated code does not parse")?;
    DocumentationLines.visit_file_mut(&mut file);
    rustfmt(root, &format!("{header}\n{}", prettyplease::unparse(&file)))
}

/// One `///` line per line of text, with the space that people write.
struct DocumentationLines;

impl VisitMut for DocumentationLines {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let lines = |attribute: Attribute| match documentation(&attribute) {
            None => vec![attribute],
            Some(text) => text
                .trim()
                .lines()
                .map(|line| match line.trim() {
                    "" => String::new(),
                    line => format!(" {line}"),
                })
                .map(|line| syn::parse_quote! { #[doc = #line] })
                .collect(),
        };
        *attributes = std::mem::take(attributes).into_iter().flat_map(lines).collect();
    }
}

fn documentation(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(value) = &pair.value else { return None };
    match &value.lit {
        Lit::Str(text) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

fn rustfmt(root: &Path, text: &str) -> Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--config-path"])
        .arg(root.join(".rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start rustfmt: add it with `rustup component add rustfmt`")?;
    let mut input = child.stdin.take().context("rustfmt has no input")?;
    // Written from a thread: rustfmt may answer before it has read everything.
    let owned = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(owned.as_bytes()));
    let output = child.wait_with_output().context("rustfmt died")?;
    ensure!(matches!(writer.join(), Ok(Ok(()))), "rustfmt did not read the generated code");
    ensure!(output.status.success(), "rustfmt refuses the generated code");
    String::from_utf8(output.stdout).context("rustfmt answered no UTF-8")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn documentation_is_one_line_comment_per_line() {
        let tokens = quote! { #[doc = "First.\n\n  second  \n"] #[derive(Debug)] pub struct A; };
        let text = rust(&crate::repository_root(), "", tokens).unwrap();
        assert_eq!(text.trim(), "/// First.\n///\n/// second\n#[derive(Debug)]\npub struct A;");
    }

    #[test]
    fn the_same_tokens_give_the_same_bytes_and_formatting_again_changes_nothing() {
        let root = crate::repository_root();
        let tokens = quote! { pub fn f(a: u8, b: u8) -> u8 { if a > b { a } else { b } } };
        let first = rust(&root, "//! Head.\n", tokens.clone()).unwrap();
        assert_eq!(first, rust(&root, "//! Head.\n", tokens).unwrap());
        assert_eq!(first, rustfmt(&root, &first).unwrap());
        assert!(first.starts_with("//! Head.\n"), "{first}");
    }
}
