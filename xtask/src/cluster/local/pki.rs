//! Keys and certificates of a local cluster: one authority, made anew for each cluster.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;

use super::site::Site;
use crate::process;

/// A user of the API server: file name, user name, groups, as certificate or token.
pub(crate) const ADMIN: &str = "admin";
/// Users of the cluster's own components, by the names that Kubernetes' built-in roles bind.
pub(crate) const USERS: &[(&str, &str, &str)] = &[
    (ADMIN, "admin", "system:masters"),
    ("controller-manager", "system:kube-controller-manager", ""),
    ("scheduler", "system:kube-scheduler", ""),
    ("proxy", "system:kube-proxy", ""),
];

/// Makes authority, certificates, the service-account key, tokens and kubeconfigs, once.
///
/// # Errors
/// If openssl fails or a file cannot be written.
pub(crate) fn make(site: &Site) -> Result<()> {
    let folder = site.state().join("pki");
    if folder.join("complete").exists() {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    authority(&folder)?;
    let names = format!(
        "subjectAltName=IP:{},IP:{},IP:127.0.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,\
         DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local",
        site.node().1,
        site.api_service()
    );
    certificate(&folder, "apiserver", "/CN=kube-apiserver", "serverAuth", Some(&names))?;
    certificate(
        &folder,
        "kubelet-client",
        "/O=system:masters/CN=kube-apiserver-kubelet-client",
        "clientAuth",
        None,
    )?;
    process::output(
        Command::new("openssl")
            // The form "EC PRIVATE KEY": the API server does not take PKCS #8 here.
            .args(["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out"])
            .arg(folder.join("service-account.key")),
    )?;
    let mut tokens = String::new();
    let node = ("kubelet", format!("system:node:{}", site.name()), "system:nodes");
    let users = USERS.iter().map(|(file, user, group)| (*file, (*user).to_owned(), *group)).chain([node]);
    for (file, user, group) in users {
        let token = process::output(Command::new("openssl").args(["rand", "-hex", "24"]))?;
        let token = token.trim();
        writeln!(tokens, "{token},{user},{user},\"{group}\"")?;
        let to = if file == ADMIN { site.kubeconfig() } else { folder.join(format!("{file}.kubeconfig")) };
        write_kubeconfig(site, &folder, &user, token, &to)?;
    }
    fs::write(folder.join("tokens.csv"), tokens)?;
    fs::write(folder.join("complete"), "")?;
    Ok(())
}

fn authority(folder: &Path) -> Result<()> {
    process::output(
        Command::new("openssl")
            .args(["req", "-x509", "-nodes", "-days", "365", "-newkey", "ec"])
            .args(["-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=cloakroom local cluster"])
            .args(["-addext", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature"])
            .arg("-keyout")
            .arg(folder.join("ca.key"))
            .arg("-out")
            .arg(folder.join("ca.crt")),
    )?;
    Ok(())
}

fn certificate(folder: &Path, name: &str, subject: &str, usage: &str, names: Option<&str>) -> Result<()> {
    let mut command = Command::new("openssl");
    command
        .args(["req", "-x509", "-nodes", "-days", "365", "-newkey", "ec"])
        .args(["-pkeyopt", "ec_paramgen_curve:P-256", "-subj", subject])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-addext", &format!("extendedKeyUsage={usage}")])
        .args(["-addext", "keyUsage=critical,digitalSignature"]);
    if let Some(names) = names {
        command.args(["-addext", names]);
    }
    command.arg("-CA").arg(folder.join("ca.crt")).arg("-CAkey").arg(folder.join("ca.key"));
    command.arg("-keyout").arg(folder.join(format!("{name}.key")));
    command.arg("-out").arg(folder.join(format!("{name}.crt")));
    process::output(&mut command)?;
    Ok(())
}

fn write_kubeconfig(site: &Site, folder: &Path, user: &str, token: &str, to: &Path) -> Result<()> {
    let authority = fs::read(folder.join("ca.crt"))?;
    let kubeconfig = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{
            "name": site.scope(),
            "cluster": { "server": site.api_server(), "certificate-authority-data": BASE64.encode(&authority) }
        }],
        "users": [{ "name": user, "user": { "token": token } }],
        "contexts": [{
            "name": site.scope(),
            "context": { "cluster": site.scope(), "user": user, "namespace": "default" }
        }],
        "current-context": site.scope(),
    });
    // JSON is YAML: every reader of kubeconfigs takes it.
    fs::write(to, format!("{kubeconfig:#}\n")).with_context(|| format!("cannot write {}", to.display()))?;
    fs::set_permissions(to, fs::Permissions::from_mode(0o600))?;
    Ok(())
}
