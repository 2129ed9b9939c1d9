//! One method per call that returns a boxed future: the generated calls are awaited, and so
//! compiled, in `keycloak-admin` alone and not again in every crate that uses it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{
    File, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item, Pat, PathArguments, ReturnType, Type,
};

use crate::json::{self, template_parameters};
use crate::normalise::ANSWER;

/// What the document says of a call.
struct Described<'d> {
    path: &'d str,
    method: &'d str,
    operation: &'d Value,
}

/// One argument of a generated call.
struct Argument {
    name: Ident,
    kind: Type,
}

struct Call<'d> {
    name: Ident,
    segments: Vec<Argument>,
    query: Vec<Argument>,
    body: Option<Argument>,
    answer: Type,
    described: Described<'d>,
}

pub(super) fn facade(calls: &File, document: &Value) -> Result<TokenStream> {
    let calls = read_all(calls, document)?;
    let queries = calls.iter().filter_map(query_struct);
    let methods = calls.iter().map(method);
    Ok(quote! {
        use crate::answer::{self, Call, Created};
        use crate::api::AdminApi;
        use crate::types;

        #(#queries)*

        impl AdminApi { #(#methods)* }
    })
}

/// A function that makes every call once, with one name for all path parameters: for tests.
pub(super) fn every_call(calls: &File, document: &Value) -> Result<TokenStream> {
    let calls = read_all(calls, document)?;
    let each = calls.iter().map(|call| {
        let Call { name, segments, query, body, .. } = call;
        let id = name.to_string();
        let segments = segments.iter().map(|_| quote! { name, });
        let query = (!query.is_empty()).then(|| quote! { Default::default(), });
        let body = body.as_ref().map(|body| match &body.kind {
            Type::Reference(reference) if is_str(&reference.elem) => quote! { "text" },
            _ => quote! { &Default::default() },
        });
        quote! {
            (#id, Box::pin(async move { api.#name(#(#segments)* #query #body).await.map(drop) }) as Call<'a, ()>)
        }
    });
    Ok(quote! {
        use keycloak_admin::{AdminApi, Call};

        /// Every call under its name; `name` stands for each path parameter.
        pub(crate) fn every_call<'a>(api: &'a AdminApi, name: &'a str) -> Vec<(&'static str, Call<'a, ()>)> {
            vec![#(#each),*]
        }
    })
}

fn is_str(kind: &Type) -> bool {
    matches!(kind, Type::Path(path) if path.path.is_ident("str"))
}

fn read_all<'d>(calls: &File, document: &'d Value) -> Result<Vec<Call<'d>>> {
    let mut described: BTreeMap<&str, Described<'_>> = json::operations(document)
        .map(|(path, method, operation)| {
            (json::text(operation, "operationId"), Described { path, method, operation })
        })
        .collect();
    let mut read_calls = Vec::new();
    for function in functions(calls) {
        let name = function.sig.ident.to_string();
        let Some(described) = described.remove(name.as_str()) else { continue };
        read_calls.push(read(function, described)?);
    }
    ensure!(described.is_empty(), "progenitor made no method for {:?}", described.keys());
    Ok(read_calls)
}

fn functions(file: &File) -> impl Iterator<Item = &ImplItemFn> {
    let blocks = file.items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    blocks.flat_map(|block| &block.items).filter_map(|item| match item {
        ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(function),
        _ => None,
    })
}

fn read<'d>(function: &ImplItemFn, described: Described<'d>) -> Result<Call<'d>> {
    let name = function.sig.ident.clone();
    let (mut segments, mut query, mut body) = (Vec::new(), Vec::new(), None);
    for input in &function.sig.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(pattern) = &*input.pat else { bail!("{name}: an argument without a name") };
        let argument = Argument { name: pattern.ident.clone(), kind: (*input.ty).clone() };
        if argument.name == "body" {
            body = Some(argument);
        } else if inner(&argument.kind, "Option").is_some() {
            query.push(argument);
        } else {
            segments.push(argument);
        }
    }
    let expected = template_parameters(described.path).len();
    ensure!(
        segments.len() == expected,
        "{name}: {} path arguments, its template has {expected}",
        segments.len()
    );
    let ReturnType::Type(_, result) = &function.sig.output else { bail!("{name} returns nothing") };
    let value = inner(result, "Result").and_then(|value| inner(value, "ResponseValue"));
    let answer = value.with_context(|| format!("{name} does not return Result<ResponseValue<..>, ..>"))?;
    Ok(Call { name, segments, query, body, answer: answer.clone(), described })
}

/// `X` of `Wrapper<X, ..>`.
fn inner<'t>(kind: &'t Type, wrapper: &str) -> Option<&'t Type> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

/// One optional parameter stays an argument; several become a struct that callers fill by name.
fn query_struct(call: &Call<'_>) -> Option<TokenStream> {
    if call.query.len() < 2 {
        return None;
    }
    let name = query_name(call);
    let doc = format!("Query parameters of [`AdminApi::{}`]; what is `None` is not sent.", call.name);
    let fields = call.query.iter().map(|Argument { name, kind }| {
        let doc = parameter_doc(call, name);
        quote! { #[doc = #doc] pub #name: #kind }
    });
    let lifetime = borrows(call).then(|| quote! { <'a> });
    Some(quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, Default)]
        pub struct #name #lifetime { #(#fields),* }
    })
}

fn parameter_doc(call: &Call<'_>, name: &Ident) -> String {
    let own = call.described.operation.get("parameters").and_then(Value::as_array);
    let parameter = own.into_iter().flatten().find(|parameter| {
        let spelled: String =
            json::text(parameter, "name").chars().filter(char::is_ascii_alphanumeric).collect();
        spelled.eq_ignore_ascii_case(&name.to_string().trim_start_matches("r#").replace('_', ""))
    });
    match parameter.map(|parameter| json::text(parameter, "description")) {
        Some(text) if !text.is_empty() => text.to_owned(),
        _ => format!("`{name}`"),
    }
}

fn borrows(call: &Call<'_>) -> bool {
    call.query.iter().any(|Argument { kind, .. }| matches!(inner(kind, "Option"), Some(Type::Reference(_))))
}

fn query_name(call: &Call<'_>) -> Ident {
    let words = call.name.to_string();
    let camel: String = words
        .split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_uppercase() + rest
        })
        .collect();
    format_ident!("{camel}Query")
}

fn method(call: &Call<'_>) -> TokenStream {
    let Call { name, segments, body, described, .. } = call;
    let id = name.to_string();
    let doc = documentation(described);
    let segment_names: Vec<&Ident> = segments.iter().map(|argument| &argument.name).collect();
    let spelled = template_parameters(described.path);
    let segment_arguments = segments.iter().map(|Argument { name, kind }| quote! { #name: #kind });
    let (query_argument, query_values) = query_argument(call);
    let body_argument = body.iter().map(|Argument { name, kind }| quote! { #name: #kind });
    let body_value = body.iter().map(|argument| &argument.name);
    let (answer, read) = answer(call);
    quote! {
        #[doc = #doc]
        pub fn #name<'a>(
            &'a self,
            #(#segment_arguments,)*
            #query_argument
            #(#body_argument,)*
        ) -> Call<'a, #answer> {
            Box::pin(async move {
                #(answer::segment(#id, #spelled, #segment_names)?;)*
                answer::#read(#id, self.calls().#name(#(#segment_names,)* #query_values #(#body_value,)*).await).await
            })
        }
    }
}

fn query_argument(call: &Call<'_>) -> (TokenStream, TokenStream) {
    match call.query.as_slice() {
        [] => (TokenStream::new(), TokenStream::new()),
        [Argument { name, kind }] => (quote! { #name: #kind, }, quote! { #name, }),
        several => {
            let kind = query_name(call);
            let lifetime = borrows(call).then(|| quote! { <'a> });
            let names = several.iter().map(|argument| &argument.name);
            (quote! { query: #kind #lifetime, }, quote! { #(query.#names,)* })
        }
    }
}

/// Answer type and the function of `answer` that reads it.
fn answer(call: &Call<'_>) -> (TokenStream, Ident) {
    let value = &call.answer;
    let empty = matches!(value, Type::Tuple(tuple) if tuple.elems.is_empty());
    let stream = matches!(value, Type::Path(path) if path.path.is_ident("ByteStream"));
    match json::text(call.described.operation, ANSWER) {
        "created" => (quote! { Created }, format_ident!("created")),
        "optional" => (quote! { Option<#value> }, format_ident!("optional")),
        _ if empty => (quote! { () }, format_ident!("nothing")),
        _ if stream => (quote! { bytes::Bytes }, format_ident!("bytes")),
        _ => (quote! { #value }, format_ident!("value")),
    }
}

fn documentation(described: &Described<'_>) -> String {
    let summary = json::text(described.operation, "summary").trim();
    let summary = if summary.is_empty() { "Not described by Keycloak." } else { summary };
    format!("{summary}\n\n`{} {}`", described.method.to_uppercase(), described.path)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn generated(function: &TokenStream, operation: &Value) -> String {
        let calls: File = syn::parse2(quote! { impl Client { #function } }).unwrap();
        let document = json!({"paths": {"/roles/{name}": {"get": operation}}});
        let tokens = facade(&calls, &document).unwrap();
        prettyplease::unparse(&syn::parse2(tokens).unwrap())
    }

    #[test]
    fn several_query_parameters_become_a_struct_and_an_empty_201_an_id() {
        let text = generated(
            &quote! { pub async fn role_get<'a>(&'a self, name: &'a str, first: Option<i32>, search: Option<&'a str>)
            -> Result<ResponseValue<()>, Error<()>> { x } },
            &json!({"operationId": "role_get", "summary": "Get.", ANSWER: "created"}),
        );
        for part in [
            "pub struct RoleGetQuery<'a>",
            "pub search: Option<&'a str>",
            "query: RoleGetQuery<'a>",
            "-> Call<'a, Created>",
            r#"answer::segment("role_get", "name", name)?"#,
            "`GET /roles/{name}`",
        ] {
            assert!(text.contains(part), "{part} is not in:\n{text}");
        }
    }

    #[test]
    fn one_query_parameter_stays_an_argument_and_a_value_or_nothing_is_an_option() {
        let text = generated(
            &quote! { pub async fn role_get<'a>(&'a self, name: &'a str, brief: Option<bool>)
            -> Result<ResponseValue<types::Role>, Error<()>> { x } },
            &json!({"operationId": "role_get", ANSWER: "optional"}),
        );
        assert!(text.contains("brief: Option<bool>"), "{text}");
        assert!(text.contains("Call<'a, Option<types::Role>>"), "{text}");
        assert!(!text.contains("Query"), "{text}");
    }

    #[test]
    fn an_argument_that_is_neither_path_nor_query_nor_body_stops_the_generator() {
        let calls: File = syn::parse2(quote! { impl Client {
        pub async fn role_get<'a>(&'a self, name: &'a str, odd: i32)
        -> Result<ResponseValue<()>, Error<()>> { x } } })
        .unwrap();
        let document = json!({"paths": {"/roles/{name}": {"get": {"operationId": "role_get"}}}});
        let error = facade(&calls, &document).unwrap_err().to_string();
        assert_eq!(error, "role_get: 2 path arguments, its template has 1");
    }
}
