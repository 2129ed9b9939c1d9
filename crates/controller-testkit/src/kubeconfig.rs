//! What a proxy before the API server needs from a kubeconfig, and the kubeconfig it gives in turn.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

use crate::failure::OrFail;
use crate::tls::Identity;

/// Server and credentials of the current context of a kubeconfig.
#[derive(Clone)]
pub struct Kubeconfig {
    pub(crate) server: String,
    pub(crate) ca: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) identity: Option<Identity>,
}

impl Kubeconfig {
    /// Reads a kubeconfig from its file.
    ///
    /// # Panics
    /// If it cannot be read, or asks for something that a proxy cannot do: no verification, a
    /// program that makes credentials, or a password.
    #[track_caller]
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).or_fail(format!("cannot read the kubeconfig {}", path.display()));
        Self::parse(&text, path.parent().unwrap_or(Path::new(".")))
            .or_fail(format!("kubeconfig {}", path.display()))
    }

    /// Reads a kubeconfig from its text; `directory` is where its relative paths begin.
    pub(crate) fn parse(text: &str, directory: &Path) -> Result<Self, String> {
        let file: File = serde_yaml_ng::from_str(text).map_err(|error| error.to_string())?;
        let context = named(&file.contexts, &file.current_context, "context")?;
        let cluster = &named(&file.clusters, &context.context.cluster, "cluster")?.cluster;
        let user = &named(&file.users, &context.context.user, "user")?.user;
        if cluster.insecure_skip_tls_verify {
            return Err("insecure-skip-tls-verify: TLS is always verified; give the CA".to_owned());
        }
        if user.exec.is_some() || user.auth_provider.is_some() || user.username.is_some() {
            return Err("the user must have a token or a client certificate".to_owned());
        }
        let ca = content(
            cluster.certificate_authority_data.as_ref(),
            cluster.certificate_authority.as_ref(),
            directory,
        )?;
        let certificate =
            content(user.client_certificate_data.as_ref(), user.client_certificate.as_ref(), directory)?;
        let key = content(user.client_key_data.as_ref(), user.client_key.as_ref(), directory)?;
        let token = match &user.token {
            Some(token) => Some(token.clone()),
            None => content(None, user.token_file.as_ref(), directory)?.map(|token| token.trim().to_owned()),
        };
        let identity = certificate.zip(key).map(|(certificate, key)| Identity { certificate, key });
        Ok(Self { server: cluster.server.trim_end_matches('/').to_owned(), ca, token, identity })
    }

    /// A server without credentials.
    #[cfg(test)]
    pub(crate) fn at(server: &str) -> Self {
        Self { server: server.to_owned(), ca: None, token: None, identity: None }
    }

    /// Address of the API server.
    pub fn server(&self) -> &str {
        &self.server
    }
}

impl std::fmt::Debug for Kubeconfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "kubeconfig of {}", self.server)
    }
}

/// A kubeconfig (JSON, which is YAML) of a server on loopback.
pub(crate) fn kubeconfig_of(server: &str, ca: Option<&str>, token: Option<&str>) -> String {
    let ca = ca.map(|pem| STANDARD.encode(pem));
    let cluster = match ca {
        Some(ca) => json!({"server": server, "certificate-authority-data": ca}),
        None => json!({ "server": server }),
    };
    let user = token.map_or_else(|| json!({}), |token| json!({ "token": token }));
    let file = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "proxy",
        "contexts": [{"name": "proxy", "context": {"cluster": "proxy", "user": "proxy"}}],
        "clusters": [{"name": "proxy", "cluster": cluster}],
        "users": [{"name": "proxy", "user": user}],
    });
    format!("{file:#}\n")
}

fn named<'a, T: Named>(entries: &'a [T], name: &str, what: &str) -> Result<&'a T, String> {
    entries.iter().find(|entry| entry.name() == name).ok_or_else(|| format!("it has no {what} {name:?}"))
}

/// What stands in a kubeconfig itself (base64) or in a file that it names.
fn content(data: Option<&String>, file: Option<&String>, directory: &Path) -> Result<Option<String>, String> {
    if let Some(data) = data {
        let bytes =
            STANDARD.decode(data.trim()).map_err(|error| format!("data that is no base64: {error}"))?;
        return String::from_utf8(bytes).map(Some).map_err(|error| format!("data that is no PEM: {error}"));
    }
    let Some(file) = file else { return Ok(None) };
    let path = directory.join(file);
    fs::read_to_string(&path).map(Some).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

trait Named {
    fn name(&self) -> &str;
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    current_context: String,
    contexts: Vec<ContextEntry>,
    clusters: Vec<ClusterEntry>,
    users: Vec<UserEntry>,
}

#[derive(Deserialize)]
struct ContextEntry {
    name: String,
    context: ContextOf,
}

#[derive(Deserialize)]
struct ContextOf {
    cluster: String,
    user: String,
}

#[derive(Deserialize)]
struct ClusterEntry {
    name: String,
    cluster: Cluster,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Cluster {
    server: String,
    certificate_authority: Option<String>,
    certificate_authority_data: Option<String>,
    #[serde(default)]
    insecure_skip_tls_verify: bool,
}

#[derive(Deserialize)]
struct UserEntry {
    name: String,
    user: User,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct User {
    token: Option<String>,
    #[serde(rename = "tokenFile")]
    token_file: Option<String>,
    client_certificate: Option<String>,
    client_certificate_data: Option<String>,
    client_key: Option<String>,
    client_key_data: Option<String>,
    username: Option<String>,
    exec: Option<serde_json::Value>,
    auth_provider: Option<serde_json::Value>,
}

impl Named for ContextEntry {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for ClusterEntry {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for UserEntry {
    fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(cluster: &str, user: &str) -> Result<Kubeconfig, String> {
        let text = format!(
            "current-context: a\n\
             contexts: [{{name: b, context: {{cluster: x, user: x}}}}, {{name: a, context: {{cluster: c, user: u}}}}]\n\
             clusters: [{{name: c, cluster: {{server: 'https://198.18.0.2:6443/', {cluster}}}}}]\n\
             users: [{{name: u, user: {{{user}}}}}]\n"
        );
        Kubeconfig::parse(&text, Path::new("."))
    }

    #[test]
    fn the_current_context_names_server_ca_and_token() {
        let config = parse("certificate-authority-data: Q0E=", "token: abc").unwrap();
        assert_eq!(config.server(), "https://198.18.0.2:6443");
        assert_eq!((config.ca.as_deref(), config.token.as_deref()), (Some("CA"), Some("abc")));
        assert!(config.identity.is_none());
    }

    #[test]
    fn a_client_certificate_becomes_the_identity() {
        let config = parse("", "client-certificate-data: Q0VSVA==, client-key-data: S0VZ").unwrap();
        let identity = config.identity.unwrap();
        assert_eq!((identity.certificate.as_str(), identity.key.as_str()), ("CERT", "KEY"));
    }

    #[test]
    fn what_a_proxy_cannot_do_is_refused_by_name() {
        let refusal = |cluster, user| parse(cluster, user).unwrap_err();
        assert!(refusal("insecure-skip-tls-verify: true", "token: a").contains("insecure-skip-tls-verify"));
        assert!(refusal("", "exec: {command: x}").contains("a token or a client certificate"));
        assert!(refusal("certificate-authority: no-such.pem", "token: a").contains("no-such.pem"));
    }

    #[test]
    fn the_kubeconfig_that_is_given_can_be_read_again() {
        let text = kubeconfig_of("https://127.0.0.1:1", Some("CA"), Some("abc"));
        let again = Kubeconfig::parse(&text, Path::new(".")).unwrap();
        assert_eq!(
            (again.server(), again.ca.as_deref(), again.token.as_deref()),
            ("https://127.0.0.1:1", Some("CA"), Some("abc"))
        );
        let without =
            Kubeconfig::parse(&kubeconfig_of("http://127.0.0.1:1", None, None), Path::new(".")).unwrap();
        assert!(without.token.is_none());
    }
}
