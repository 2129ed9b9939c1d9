//! `cargo xtask up` and `down`: from a bare machine to a login, and back.

mod controllers;
mod port_forward;
mod quickstart;
mod state;

use anyhow::{Result, anyhow};
use serde_json::Value;

use crate::cluster::kubectl::Kubectl;
use crate::cluster::{self, Provider, kind, local};
use crate::image;
use crate::image::ImageFile;
use crate::progress::Progress;

/// Where `up` works.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cargo xtask up                        cluster, controllers, server, realm, client, login
  cargo xtask up                        again: quick, changes nothing
  cargo xtask up --profile release      with the controllers as they are released
  cargo xtask down                      leaves nothing")]
pub(crate) struct Up {
    /// Name of the cluster.
    #[arg(long, default_value = cluster::DEFAULT_NAME, env = "CLOAKROOM_CLUSTER", value_parser = cluster::name)]
    name: String,
    /// What runs the cluster: `local` without Docker, or `kind`.
    #[arg(long, value_enum, default_value_t = Provider::Auto, env = "CLOAKROOM_PROVIDER")]
    provider: Provider,
    /// Cargo profile of the controllers: `dev` builds fastest.
    #[arg(long, default_value = "dev", value_name = "PROFILE")]
    profile: String,
}

/// What `down` removes.
#[derive(Debug, clap::Args)]
pub(crate) struct Down {
    /// Name of the cluster.
    #[arg(long, default_value = cluster::DEFAULT_NAME, env = "CLOAKROOM_CLUSTER", value_parser = cluster::name)]
    name: String,
    /// What runs the cluster.
    #[arg(long, value_enum, default_value_t = Provider::Auto, env = "CLOAKROOM_PROVIDER")]
    provider: Provider,
}

/// Brings everything up and proves it with the access token of a client.
///
/// # Errors
/// Names the step that failed and what it waits for.
pub(crate) fn up(arguments: &Up) -> Result<()> {
    let progress = Progress::start();
    let name = &arguments.name;
    let (kubectl, load): (_, Load) = match arguments.provider.resolve(name) {
        Provider::Kind => {
            kind::up(name, &progress)?;
            let files: Vec<_> =
                image::cluster_images(&progress)?.into_iter().map(|image| image.path).collect();
            kind::load(name, &files, &progress)?;
            (Kubectl::new(kind::kubectl()?, kind::kubeconfig(name)?), kind::load)
        }
        Provider::Local | Provider::Auto => (local::up(name, &progress)?, local::load),
    };
    let images = image::controllers(&progress, &arguments.profile)?;
    let claims = main_job(&kubectl, name, load, &images, &progress)
        .map_err(|error| anyhow!("{error:#}\n\n{}", while_it_stands(&kubectl, name)))?;
    tell(&claims, &progress);
    farewell(&kubectl, name, &progress)
}

/// Loads image files into the nodes of a cluster.
pub(crate) type Load = fn(&str, &[std::path::PathBuf], &Progress) -> Result<()>;

/// The three controllers, a server with its database, a realm and a client in a cluster that runs; the claims of an access token
/// that the client got with its Secret.
///
/// # Errors
/// Names the step that failed and what it waits for.
pub(crate) fn main_job(
    kubectl: &Kubectl,
    cluster: &str,
    load: Load,
    images: &[ImageFile],
    progress: &Progress,
) -> Result<Value> {
    let files: Vec<_> = images.iter().map(|ImageFile { path, .. }| path.clone()).collect();
    load(cluster, &files, progress)?;
    controllers::deploy(kubectl, images, progress)?;
    quickstart::apply(kubectl, progress)?;
    progress.step("proof", || {
        let claims = quickstart::log_in(kubectl)?;
        Ok((claims, format!("{} logged in with its Secret", quickstart::CLIENT)))
    })
}

/// The main job once more, on a cluster where it is done: nothing is another object afterwards.
///
/// # Errors
/// Names what was written or made anew, or the step that failed.
pub(crate) fn again(
    kubectl: &Kubectl,
    cluster: &str,
    load: Load,
    images: &[ImageFile],
    progress: &Progress,
) -> Result<()> {
    let before = state::of(kubectl)?;
    main_job(kubectl, cluster, load, images, progress)?;
    let changed = before.changed_in(&state::of(kubectl)?);
    if changed.is_empty() {
        progress.note("a second run changed nothing");
        return Ok(());
    }
    Err(anyhow!("a second run of `up` changed what was there:\n  {}", changed.join("\n  ")))
}

/// Removes the cluster with all that is in it.
///
/// # Errors
/// Lists what could not be removed.
pub(crate) fn down(arguments: &Down) -> Result<()> {
    match arguments.provider.resolve(&arguments.name) {
        Provider::Kind => kind::down(&arguments.name),
        Provider::Local | Provider::Auto => local::down(&arguments.name),
    }
}

/// What the access token says.
pub(crate) fn tell(claims: &Value, progress: &Progress) {
    for claim in ["iss", "azp", "typ", "scope"] {
        progress.note(&format!("{claim:<5} {}", claims[claim].as_str().unwrap_or("(none)")));
    }
    let lifetime = claims["exp"].as_i64().zip(claims["iat"].as_i64()).map_or(0, |(end, begin)| end - begin);
    progress.note(&format!("{:<5} {lifetime} s after it was issued", "exp"));
}

fn farewell(kubectl: &Kubectl, name: &str, progress: &Progress) -> Result<()> {
    let table = kubectl.run(&["get", "keycloaks,keycloakrealms,keycloakclients", "--all-namespaces"])?;
    eprintln!("\n{}\nUp after {:.0} s.\n", table.trim_end(), progress.elapsed().as_secs_f64());
    let (program, server, application) =
        (kubectl.program().display(), quickstart::SERVER_NAMESPACE, quickstart::NAMESPACE);
    eprintln!("Look around:   export KUBECONFIG={}", kubectl.kubeconfig().display());
    eprintln!("               {program} get cloakroom -A");
    eprintln!("The Secret:    {program} -n {application} get secret {} -o yaml", quickstart::CREDENTIALS);
    eprintln!("Console:       {program} -n {server} port-forward svc/{} 8080", quickstart::SERVICE);
    eprintln!(
        "               then http://localhost:8080/admin; user and password: Secret {} in {server}",
        quickstart::ADMIN
    );
    eprintln!("Logs:          {program} -n {} logs deploy/realm-controller", controllers::NAMESPACE);
    eprintln!("               {program} -n {server} logs {}-0", quickstart::SERVICE);
    eprintln!("Take it down:  cargo xtask down{}", named(name));
    Ok(())
}

/// What to do about a cluster that runs and does not do its job.
fn while_it_stands(kubectl: &Kubectl, name: &str) -> String {
    let which = named(name);
    format!(
        "The cluster runs on. Look around:   export KUBECONFIG={}\n                                    {} get pods,events -A\n\
         Go on from here:                    cargo xtask up{which}\n\
         Take it down:                       cargo xtask down{which}",
        kubectl.kubeconfig().display(),
        kubectl.program().display()
    )
}

/// The flag that names a cluster, where it is not the usual one.
fn named(name: &str) -> String {
    if name == cluster::DEFAULT_NAME { String::new() } else { format!(" --name {name}") }
}
