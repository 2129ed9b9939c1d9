//! The cluster's network namespace and how the host reaches into it.
//!
//! Everything of the cluster's network is inside one namespace, and goes when that goes. The host
//! has one end of a veth pair and two routes; its own packet filter stays untouched.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::site::Site;
use crate::process;

/// Makes the namespace, the veth pair, addresses and routes; what is there stays.
///
/// # Errors
/// If `ip` fails, for example without root.
pub(crate) fn up(site: &Site) -> Result<()> {
    let scope = site.scope();
    let (host, host_address) = site.host();
    let (node, node_address) = site.node();
    if !Path::new("/run/netns").join(&scope).exists() {
        ip(&["netns", "add", &scope])?;
    }
    if !Path::new("/sys/class/net").join(&host).exists() {
        ip(&["link", "add", &host, "type", "veth", "peer", "name", &node, "netns", &scope])?;
    }
    ip(&["address", "replace", &format!("{host_address}/30"), "dev", &host])?;
    ip(&["link", "set", &host, "up"])?;
    ip(&["-n", &scope, "link", "set", "lo", "up"])?;
    ip(&["-n", &scope, "address", "replace", &format!("{node_address}/30"), "dev", &node])?;
    ip(&["-n", &scope, "link", "set", &node, "up"])?;
    ip(&["-n", &scope, "route", "replace", "default", "via", &host_address])?;
    for range in [site.pods(), site.services()] {
        let taken = ip(&["-o", "route", "show", &range])?;
        if !taken.trim().is_empty() && !taken.contains(&format!("via {node_address} ")) {
            bail!(
                "the host has a route for {range}, which the cluster would take over: {}; \
                 start the cluster on a machine that does not use this range",
                taken.trim()
            );
        }
        ip(&["route", "replace", &range, "via", &node_address])?;
    }
    // /proc/sys/net shows the namespace of the process that opens it.
    process::output(inside(&scope, "sh").args(["-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]))?;
    Ok(())
}

/// A program inside the cluster's network namespace.
pub(crate) fn inside(scope: &str, program: &str) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--net=/run/netns/{scope}")).arg("--").arg(program);
    command
}

/// Writes the CNI configuration. `ptp` gives each pod a link of its own and routes between them, so
/// that Service addresses work between pods also where the kernel has no bridge netfilter.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn write_cni(site: &Site) -> Result<()> {
    let configuration = serde_json::json!({
        "cniVersion": "1.0.0",
        "name": site.scope(),
        "plugins": [
            {
                "type": "ptp",
                "ipMasq": false,
                "ipam": {
                    "type": "host-local",
                    "dataDir": site.file("cni/addresses"),
                    "ranges": [[{ "subnet": site.pods() }]],
                    "routes": [{ "dst": "0.0.0.0/0" }]
                }
            },
            { "type": "portmap", "capabilities": { "portMappings": true } }
        ]
    });
    let folder = site.state().join("cni/conf");
    fs::create_dir_all(&folder)?;
    let file = folder.join("10-cloakroom.conflist");
    fs::write(&file, format!("{configuration:#}\n"))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// Removes the namespace; interfaces, routes and filter rules go with it.
///
/// # Errors
/// If it is there and cannot be removed.
pub(crate) fn down(site: &Site) -> Result<()> {
    let scope = site.scope();
    if Path::new("/run/netns").join(&scope).exists() {
        ip(&["netns", "delete", &scope])?;
    }
    // The veth pair goes with the namespace, but later, when the kernel cleans up: not left to that.
    let (host, _) = site.host();
    if Path::new("/sys/class/net").join(&host).exists() {
        // Gone between the look and the call is as good.
        let _ = ip(&["link", "delete", &host]);
    }
    Ok(())
}

/// What is still there of what the host had of the cluster's network. Asked while the number is the cluster's: another one that
/// takes it has the same names and ranges.
///
/// # Errors
/// If `ip` fails.
pub(crate) fn left(site: &Site) -> Result<Vec<String>> {
    let (host, host_address) = site.host();
    let mut left = Vec::new();
    if Path::new("/sys/class/net").join(&host).exists() {
        left.push(format!("interface {host}"));
    }
    let routes = ip(&["-o", "route", "show", "table", "all"])?;
    left.extend(routes_of(&routes, &[&host, &host_address, &site.node().1]));
    Ok(left)
}

/// The routes that name one of these interfaces or addresses.
fn routes_of(routes: &str, names: &[&str]) -> Vec<String> {
    let is_ours = |line: &&str| line.split_whitespace().any(|word| names.contains(&word));
    routes.lines().filter(is_ours).map(|line| format!("route {}", line.trim())).collect()
}

fn ip(args: &[&str]) -> Result<String> {
    let program = process::find("ip").context("the program `ip` is missing (Debian package iproute2)")?;
    process::output(Command::new(program).args(args))
}

#[cfg(test)]
mod tests {
    use super::routes_of;

    #[test]
    fn a_route_is_a_clusters_if_it_names_its_interface_or_its_address_and_not_just_one_like_it() {
        let routes = "default via 192.0.2.1 dev eth0 \n\
                      10.97.0.0/16 via 198.18.1.2 dev ckr1h \n\
                      10.98.0.0/16 via 198.18.1.20 dev ckr10h \n\
                      local 198.18.1.1 dev ckr1h table local proto kernel scope host src 198.18.1.1 \n";
        assert_eq!(
            routes_of(routes, &["ckr1h", "198.18.1.1", "198.18.1.2"]),
            [
                "route 10.97.0.0/16 via 198.18.1.2 dev ckr1h",
                "route local 198.18.1.1 dev ckr1h table local proto kernel scope host src 198.18.1.1"
            ]
        );
        assert!(routes_of("", &["ckr1h"]).is_empty());
    }
}
