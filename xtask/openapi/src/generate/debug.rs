//! `Debug` of the representations: everything but the values of maps, in which passwords and tokens may stand.
//!
//! Fields that are secrets hide themselves by their type. `config`, `attributes`, `smtpServer` and what the document does not
//! know are maps of plain text, of which only the names are printed.

use anyhow::{Context as _, Result, ensure};
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{Attribute, Field, File, Item, ItemStruct};

/// Texts that hold a whole representation of something.
const TEXTS: &[(&str, &str)] = &[("AdminEventRepresentation", "representation")];

/// The types with a `Debug` of ours in place of the derived one.
pub(super) fn guarded(types: TokenStream) -> Result<TokenStream> {
    let mut file: File = syn::parse2(types).context("the generated types do not parse")?;
    let mut items = Vec::new();
    for mut item in std::mem::take(&mut file.items) {
        let implementation = match &mut item {
            Item::Struct(structure) => implementation(structure)?,
            _ => None,
        };
        items.push(item);
        items.extend(implementation);
    }
    Ok(quote! { #(#items)* })
}

/// `Debug` of a type, from which the derived one is taken away; `None` if the derived one shows nothing that it must not.
fn implementation(structure: &mut ItemStruct) -> Result<Option<Item>> {
    let name = &structure.ident;
    if !structure.fields.iter().any(|field| is_guarded(&name.to_string(), field)) {
        return Ok(None);
    }
    let fields = structure.fields.iter().map(|field| {
        let ident = field.ident.as_ref().with_context(|| format!("{name} has a field without a name"))?;
        let text = ident.to_string();
        let text = text.trim_start_matches("r#");
        Ok(if is_guarded(&name.to_string(), field) {
            quote! { .field(#text, &crate::secret::Names(&self.#ident)) }
        } else {
            quote! { .field(#text, &self.#ident) }
        })
    });
    let fields: Vec<TokenStream> = fields.collect::<Result<_>>()?;
    let text = name.to_string();
    let implementation = syn::parse_quote! {
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#text) #(#fields)* .finish()
            }
        }
    };
    let derives: usize = structure.attrs.iter_mut().map(without_debug).sum();
    ensure!(derives == 1, "{text} derives Debug {derives} times");
    Ok(Some(implementation))
}

/// Takes `Debug` out of a `derive` and says how often it was there.
fn without_debug(attribute: &mut Attribute) -> usize {
    let mut found = 0;
    if attribute.path().is_ident("derive")
        && let syn::Meta::List(list) = &mut attribute.meta
    {
        let mut after_debug = false;
        let kept = std::mem::take(&mut list.tokens).into_iter().filter(|token| {
            let is_debug = matches!(token, TokenTree::Ident(ident) if ident == "Debug");
            // The comma behind it goes with it.
            let goes = is_debug || (after_debug && matches!(token, TokenTree::Punct(_)));
            after_debug = is_debug;
            found += usize::from(is_debug);
            !goes
        });
        list.tokens = kept.collect();
    }
    found
}

/// Whether values of a field must not be printed: maps of text or of JSON, free JSON, and the texts above.
fn is_guarded(structure: &str, field: &Field) -> bool {
    let words: Vec<String> = identifiers(field.ty.to_token_stream());
    let has = |word: &str| words.iter().any(|known| known == word);
    let holds = words.last().map(String::as_str);
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    holds == Some("Value")
        || ((has("BTreeMap") || has("Map")) && holds == Some("String"))
        || TEXTS.contains(&(structure, name.as_str()))
}

fn identifiers(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) => vec![ident.to_string()],
            TokenTree::Group(group) => identifiers(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(types: TokenStream) -> String {
        prettyplease::unparse(&syn::parse2(guarded(types).unwrap()).unwrap())
    }

    #[test]
    fn maps_of_text_and_free_json_give_only_their_names() {
        let text = printed(quote! {
            #[derive(::serde::Serialize, Clone, Debug, Default)]
            pub struct Component {
                pub id: ::std::option::Option<::std::string::String>,
                pub access: ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
                pub config: ::std::option::Option<::std::collections::BTreeMap<::std::string::String, ::std::vec::Vec<::std::string::String>>>,
                pub parts: ::std::collections::BTreeMap<::std::string::String, Component>,
                pub r#default: ::serde_json::Value,
                pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            }
        });
        assert!(text.contains("#[derive(::serde::Serialize, Clone, Default)]"), "{text}");
        for shown in ["\"id\", &self.id", "\"access\", &self.access", "\"parts\", &self.parts"] {
            assert!(text.contains(&format!(".field({shown})")), "{shown} is not in:\n{text}");
        }
        for (name, field) in [("config", "config"), ("default", "r#default"), ("extra", "extra")] {
            let guarded = format!(".field(\"{name}\", &crate::secret::Names(&self.{field}))");
            assert!(text.contains(&guarded), "{guarded} is not in:\n{text}");
        }
    }

    #[test]
    fn a_type_without_such_fields_keeps_what_it_derives_and_a_text_that_holds_an_object_is_hidden() {
        let text = printed(quote! { #[derive(Clone, Debug)] pub struct Role { pub name: String } });
        assert!(text.contains("#[derive(Clone, Debug)]") && !text.contains("impl"), "{text}");
        let text = printed(quote! {
            #[derive(Clone, Debug)] pub struct AdminEventRepresentation { pub representation: Option<String> }
        });
        assert!(text.contains("Names(&self.representation)"), "{text}");
    }

    #[test]
    fn a_type_whose_debug_is_not_derived_stops_the_generator() {
        let error = guarded(quote! { pub struct A { pub extra: ::serde_json::Value } }).unwrap_err();
        assert_eq!(error.to_string(), "A derives Debug 0 times");
    }
}
