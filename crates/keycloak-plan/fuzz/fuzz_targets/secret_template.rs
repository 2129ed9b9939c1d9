//! Any text is a template or is refused with a line that it has; without braces it gives itself, and values are not read again.
#![no_main]

use keycloak_plan::template::{NotATemplate, Template};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Template::parse(text, &[("clientId", ()), ("issuer", ())]) {
        Ok(template) => {
            let rendered = template.render(|()| "{{ unknown }}");
            if !text.contains("{{") {
                assert_eq!(rendered, text);
            }
        }
        Err(
            NotATemplate::Open { line }
            | NotATemplate::Empty { line }
            | NotATemplate::UnknownName { line, .. }
            | NotATemplate::UnknownForm { line, .. },
        ) => assert!((1..=text.matches('\n').count() + 1).contains(&line)),
    }
});
