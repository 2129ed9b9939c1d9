//! The programs of a local cluster: how each is started, and in what order.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::site::Site;
use crate::image;
use crate::packages::CNI_PLUGINS;
use crate::process::{self, Daemon};

/// One program of the cluster.
pub(crate) struct Component {
    /// Its name, as in its log's and pid file's name.
    pub(crate) name: &'static str,
    program: Program,
    args: Vec<String>,
    environment: Vec<(&'static str, String)>,
}

enum Program {
    /// Part of our one Kubernetes binary.
    Kubernetes,
    /// A program of the machine.
    Installed(&'static str),
}

/// Names of all components, in the order in which they start.
pub(crate) const NAMES: [&str; 7] = [
    "containerd",
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubelet",
    "kube-proxy",
];

/// All of them, the one that is waited for last: when time is up, the end of its log is shown.
pub(crate) fn daemons(site: &Site, waited_for: &str) -> Vec<Daemon> {
    let (mut names, last): (Vec<&str>, Vec<&str>) = NAMES.into_iter().partition(|name| *name != waited_for);
    names.extend(last);
    names.into_iter().map(|name| Daemon::new(&site.state(), name)).collect()
}

impl Component {
    /// Starts it inside the cluster's network namespace, unless it runs.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(crate) fn start(&self, site: &Site, kubernetes: &Path) -> Result<()> {
        let daemon = Daemon::new(&site.state(), self.name);
        match self.program {
            Program::Kubernetes => {
                let args: Vec<String> =
                    std::iter::once(self.name.to_owned()).chain(self.args.clone()).collect();
                daemon.start_in_network(&site.scope(), kubernetes, &args, &self.environment)
            }
            Program::Installed(name) => {
                let program = process::find(name)
                    .with_context(|| format!("the program {name} is missing: install it"))?;
                daemon.start_in_network(&site.scope(), &program, &self.args, &self.environment)
            }
        }
    }
}

/// containerd, with directories, sockets and CNI of this cluster alone.
///
/// # Errors
/// If its configuration cannot be written.
pub(crate) fn containerd(site: &Site) -> Result<Component> {
    let runtime = site.runtime();
    fs::create_dir_all(&runtime)?;
    let text = format!(
        r#"version = 2
root = "{root}"
state = "{state}"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.tracing"]

[grpc]
address = "{socket}"

[plugins."io.containerd.internal.v1.opt"]
path = "{opt}"

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{pause}"
# Without CAP_SYS_RESOURCE runc cannot lower a score, and dies without saying so.
restrict_oom_score_adj = true
# So that pods' network namespaces are found, and removed, below our own directory.
netns_mounts_under_state_dir = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{CNI_PLUGINS}"
conf_dir = "{cni}"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
Root = "{runc}"
"#,
        pause = image::pause::name(),
        root = site.file("containerd"),
        state = runtime.join("containerd").display(),
        socket = site.containerd_socket(),
        runc = runtime.join("runc").display(),
        opt = site.file("containerd-opt"),
        cni = site.file("cni/conf"),
    );
    let file = write(site, "config/containerd.toml", &text)?;
    Ok(Component {
        name: "containerd",
        program: Program::Installed("containerd"),
        args: vec!["--config".to_owned(), file],
        environment: Vec::new(),
    })
}

/// etcd. Its port is on the namespace's own loopback; nothing is flushed to disk, for speed.
pub(crate) fn etcd(site: &Site) -> Component {
    Component {
        name: "etcd",
        program: Program::Kubernetes,
        args: flags(&[
            ("data-dir", &site.file("etcd")),
            ("listen-client-urls", "http://127.0.0.1:2379"),
            ("advertise-client-urls", "http://127.0.0.1:2379"),
            ("listen-peer-urls", "http://127.0.0.1:2380"),
            ("initial-advertise-peer-urls", "http://127.0.0.1:2380"),
            ("initial-cluster", "default=http://127.0.0.1:2380"),
            ("unsafe-no-fsync", "true"),
            ("auto-compaction-retention", "10m"),
            ("log-level", "warn"),
        ]),
        environment: Vec::new(),
    }
}

/// The API server, with an audit log of every request.
///
/// # Errors
/// If the audit policy cannot be written.
pub(crate) fn api_server(site: &Site) -> Result<Component> {
    let policy = json!({
        "apiVersion": "audit.k8s.io/v1",
        "kind": "Policy",
        "omitStages": ["RequestReceived"],
        "rules": [{ "level": "Metadata" }],
    });
    let policy = write(site, "config/audit-policy.json", &format!("{policy:#}\n"))?;
    let pki = |name: &str| site.file(&format!("pki/{name}"));
    Ok(Component {
        name: "kube-apiserver",
        program: Program::Kubernetes,
        args: flags(&[
            ("etcd-servers", "http://127.0.0.1:2379"),
            ("bind-address", &site.node().1),
            ("advertise-address", &site.node().1),
            ("secure-port", "6443"),
            ("service-cluster-ip-range", &site.services()),
            ("tls-cert-file", &pki("apiserver.crt")),
            ("tls-private-key-file", &pki("apiserver.key")),
            ("client-ca-file", &pki("ca.crt")),
            ("kubelet-client-certificate", &pki("kubelet-client.crt")),
            ("kubelet-client-key", &pki("kubelet-client.key")),
            // Without it `kubectl logs` asks the node by a name that no DNS knows.
            ("kubelet-preferred-address-types", "InternalIP"),
            ("service-account-issuer", "https://kubernetes.default.svc.cluster.local"),
            ("service-account-key-file", &pki("service-account.key")),
            ("service-account-signing-key-file", &pki("service-account.key")),
            ("token-auth-file", &pki("tokens.csv")),
            ("authorization-mode", "Node,RBAC"),
            ("enable-admission-plugins", "NodeRestriction"),
            ("allow-privileged", "true"),
            ("audit-policy-file", &policy),
            ("audit-log-path", &site.file("log/audit.log")),
            ("audit-log-maxsize", "200"),
            ("audit-log-maxbackup", "5"),
        ]),
        environment: Vec::new(),
    })
}

/// The controller manager.
pub(crate) fn controller_manager(site: &Site) -> Component {
    let pki = |name: &str| site.file(&format!("pki/{name}"));
    Component {
        name: "kube-controller-manager",
        program: Program::Kubernetes,
        args: flags(&[
            ("kubeconfig", &pki("controller-manager.kubeconfig")),
            ("bind-address", "127.0.0.1"),
            ("leader-elect", "false"),
            ("use-service-account-credentials", "true"),
            ("service-account-private-key-file", &pki("service-account.key")),
            ("root-ca-file", &pki("ca.crt")),
            ("cluster-signing-cert-file", &pki("ca.crt")),
            ("cluster-signing-key-file", &pki("ca.key")),
            ("flex-volume-plugin-dir", &site.file("volume-plugins")),
        ]),
        environment: Vec::new(),
    }
}

/// The scheduler.
pub(crate) fn scheduler(site: &Site) -> Component {
    Component {
        name: "kube-scheduler",
        program: Program::Kubernetes,
        args: flags(&[
            ("kubeconfig", &site.file("pki/scheduler.kubeconfig")),
            ("bind-address", "127.0.0.1"),
            ("leader-elect", "false"),
        ]),
        environment: Vec::new(),
    }
}

/// The kubelet, with cgroups and directories of this cluster alone.
///
/// # Errors
/// If its configuration cannot be written.
pub(crate) fn kubelet(site: &Site) -> Result<Component> {
    // Pods ask the cluster's DNS; beyond it there is nothing to ask.
    let resolver = write(site, "config/resolv.conf", "")?;
    let configuration = kubelet_configuration(site, &resolver);
    let file = write(site, "config/kubelet.json", &format!("{configuration:#}\n"))?;
    Ok(Component {
        name: "kubelet",
        program: Program::Kubernetes,
        args: flags(&[
            ("config", &file),
            ("kubeconfig", &site.file("pki/kubelet.kubeconfig")),
            ("hostname-override", site.name()),
            ("node-ip", &site.node().1),
            ("root-dir", &site.file("kubelet")),
            ("cert-dir", &site.file("kubelet-pki")),
        ]),
        environment: vec![(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
        )],
    })
}

fn kubelet_configuration(site: &Site, resolver: &str) -> Value {
    json!({
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": site.node().1,
        "authentication": {
            "anonymous": { "enabled": false },
            "webhook": { "enabled": true },
            "x509": { "clientCAFile": site.file("pki/ca.crt") },
        },
        "authorization": { "mode": "Webhook" },
        "containerRuntimeEndpoint": format!("unix://{}", site.containerd_socket()),
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": format!("/{}", site.scope()),
        "enforceNodeAllocatable": [],
        "failCgroupV1": false,
        "failSwapOn": false,
        "oomScoreAdj": 0,
        "clusterDNS": [site.dns_service()],
        "clusterDomain": "cluster.local",
        "resolvConf": resolver,
        "podLogsDir": site.file("pod-logs"),
        "volumePluginDir": site.file("volume-plugins"),
        // Images come from this machine alone: one that is collected cannot be pulled again.
        "imageGCHighThresholdPercent": 100,
        "imageGCLowThresholdPercent": 99,
        "evictionHard": {
            "memory.available": "100Mi",
            "nodefs.available": "500Mi",
            "imagefs.available": "500Mi",
        },
    })
}

/// kube-proxy in iptables mode.
///
/// # Errors
/// If its configuration cannot be written.
pub(crate) fn proxy(site: &Site) -> Result<Component> {
    let configuration = json!({
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": "iptables",
        "clientConnection": { "kubeconfig": site.file("pki/proxy.kubeconfig") },
        "clusterCIDR": site.pods(),
        "hostnameOverride": site.name(),
        "nodePortAddresses": ["primary"],
        // Tables of connections are the machine's: a namespace may not size them.
        "conntrack": { "maxPerCore": 0, "min": 0, "tcpCloseWaitTimeout": "0s", "tcpEstablishedTimeout": "0s" },
    });
    let file = write(site, "config/proxy.json", &format!("{configuration:#}\n"))?;
    Ok(Component {
        name: "kube-proxy",
        program: Program::Kubernetes,
        args: flags(&[("config", &file)]),
        environment: vec![(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
        )],
    })
}

fn flags(pairs: &[(&str, &str)]) -> Vec<String> {
    pairs.iter().map(|(name, value)| format!("--{name}={value}")).collect()
}

fn write(site: &Site, name: &str, text: &str) -> Result<String> {
    let file = site.state().join(name);
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    // kube-proxy ends when its file is written, also with the same words.
    if fs::read_to_string(&file).ok().as_deref() != Some(text) {
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(file.display().to_string())
}
