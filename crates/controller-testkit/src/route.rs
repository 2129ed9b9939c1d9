//! Routes: a path with its ids replaced, and what a call on it is for.

mod keycloak;
mod kubernetes;
#[cfg(test)]
mod tests;

use http::Method;

use crate::call::Kind;

/// Which API a proxy stands before.
#[derive(Clone, Debug)]
pub(crate) enum Api {
    /// Keycloak, with the path that its own paths stand below: empty, or such as `/auth`.
    Keycloak {
        /// Without a trailing slash.
        relative_path: String,
    },
    /// The Kubernetes API server.
    Kubernetes,
}

/// Template and kind of a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) template: String,
    pub(crate) kind: Kind,
}

impl Api {
    /// Its name in messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Keycloak { .. } => "Keycloak",
            Self::Kubernetes => "Kubernetes",
        }
    }

    /// The route of a call.
    pub(crate) fn route(&self, method: &Method, path: &str, query: Option<&str>) -> Route {
        match self {
            Self::Keycloak { relative_path } => {
                keycloak::route(method, path.strip_prefix(relative_path.as_str()).unwrap_or(path))
            }
            Self::Kubernetes => kubernetes::route(method, path, query.unwrap_or_default()),
        }
    }
}

/// Whether a method changes nothing by its definition (RFC 9110, section 9.2.1).
fn is_safe(method: &Method) -> bool {
    method.is_safe()
}

/// Parts of a path without empty ones: `/a//b/` is `a`, `b`.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

/// A path of parts.
fn joined(parts: &[&str]) -> String {
    format!("/{}", parts.join("/"))
}

/// Whether a part is a UUID, the form of most of Keycloak's ids.
fn is_uuid(part: &str) -> bool {
    let lengths = part.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
