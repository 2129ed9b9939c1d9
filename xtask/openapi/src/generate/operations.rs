//! The table of calls: for metrics, spans, timeouts and tests.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::json;

/// `OPERATIONS`, sorted by id.
pub(super) fn table(document: &Value) -> TokenStream {
    let mut rows: Vec<(&str, String, &str)> = json::operations(document)
        .map(|(path, method, operation)| (json::text(operation, "operationId"), method.to_uppercase(), path))
        .collect();
    rows.sort_unstable();
    let rows = rows
        .iter()
        .map(|(id, method, template)| quote! { Operation { id: #id, method: #method, template: #template } });
    quote! {
        use crate::operation::Operation;

        /// Every call, sorted by id.
        pub static OPERATIONS: &[Operation] = &[#(#rows),*];
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_are_sorted_by_id_so_that_they_can_be_searched() {
        let document = json!({"paths": {
            "/a": {"get": {"operationId": "z_get"}}, "/b": {"put": {"operationId": "a_put"}}}});
        let text = table(&document).to_string();
        assert!(text.find("a_put").unwrap() < text.find("z_get").unwrap(), "{text}");
        assert!(text.contains(r#"method : "PUT""#), "{text}");
    }
}
