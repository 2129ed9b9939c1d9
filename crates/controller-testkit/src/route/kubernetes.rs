//! Routes of the Kubernetes API: group, version and resource stay, namespaces and names go.

use http::Method;

use super::{Route, is_safe, joined, parts};
use crate::call::Kind;

/// What a path names.
struct Named<'a> {
    /// `["api", "v1"]` or `["apis", group, version]`.
    prefix: Vec<&'a str>,
    namespaced: bool,
    resource: &'a str,
    name: bool,
    subresource: Vec<&'a str>,
}

/// The route of a call.
pub(super) fn route(method: &Method, path: &str, query: &str) -> Route {
    let parts = parts(path);
    let Some(named) = named(&parts) else {
        let kind = if is_safe(method) { Kind::Read } else { Kind::Write };
        return Route { template: joined(&parts), kind };
    };
    let mut template = template(&named);
    if has(query, "watch", &["true", "1"]) {
        template.push_str("?watch");
    }
    Route { template, kind: kind(method, query, &named) }
}

fn named<'a>(parts: &[&'a str]) -> Option<Named<'a>> {
    let (prefix, rest) = match parts {
        ["api", _, ..] => parts.split_at(2),
        ["apis", _, _, ..] => parts.split_at(3),
        _ => return None,
    };
    let (namespaced, rest) = match rest {
        // A namespace's own status and finalizers, not a resource in it.
        ["namespaces", _, "status" | "finalize"] | ["namespaces"] | ["namespaces", _] => (false, rest),
        ["namespaces", _, rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    let (resource, rest) = rest.split_first()?;
    let subresource = rest.iter().skip(1).copied().collect();
    Some(Named { prefix: prefix.to_vec(), namespaced, resource, name: !rest.is_empty(), subresource })
}

fn template(named: &Named<'_>) -> String {
    let mut parts = named.prefix.clone();
    if named.namespaced {
        parts.extend(["namespaces", "{namespace}"]);
    }
    parts.push(named.resource);
    if named.name {
        parts.push("{name}");
    }
    parts.extend(&named.subresource);
    joined(&parts)
}

fn kind(method: &Method, query: &str, named: &Named<'_>) -> Kind {
    let group = named.prefix.get(1).copied().unwrap_or_default();
    match (group, named.resource) {
        ("coordination.k8s.io", "leases") => return Kind::Lease,
        ("v1" | "events.k8s.io", "events") => return Kind::Event,
        ("v1", "serviceaccounts") if named.subresource == ["token"] => return Kind::Login,
        _ => {}
    }
    let asks = matches!(group, "authorization.k8s.io" | "authentication.k8s.io")
        && named.resource.ends_with("reviews");
    let stores_nothing = asks || has(query, "dryRun", &["All"]);
    if is_safe(method) || stores_nothing { Kind::Read } else { Kind::Write }
}

fn has(query: &str, key: &str, values: &[&str]) -> bool {
    url::form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| name == key && values.contains(&&*value))
}
