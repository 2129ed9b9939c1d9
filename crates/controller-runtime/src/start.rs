//! The `main` of a controller: command line, telemetry, kube client, signals.

use std::{io::Write as _, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, CommandFactory, FromArgMatches, Parser};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::{
    args::{RuntimeArgs, with_environment},
    calls::{self, CallPolicy},
    options::{Options, Product},
    run::{RunError, Runtime},
    telemetry::{ENDPOINT_VARIABLE, Telemetry},
};

#[derive(Parser, Debug)]
struct CommandLine<A: Args> {
    #[command(flatten)]
    runtime: RuntimeArgs,
    #[command(flatten)]
    own: A,
}

/// The `main` of a controller.
///
/// `build` gets the runtime and the product's own arguments and gives the runtime back with its controllers.
///
/// ```no_run
/// use controller_runtime::{NoArgs, Product};
///
/// const PRODUCT: Product = Product {
///     name: "greeting-controller",
///     version: env!("CARGO_PKG_VERSION"),
///     about: "Greets",
///     metrics_prefix: "greeting_operator",
///     environment_prefix: "GREETING",
/// };
///
/// fn main() -> std::process::ExitCode {
///     controller_runtime::main(&PRODUCT, async |runtime, _: NoArgs| Ok(runtime))
/// }
/// ```
pub fn main<A, B>(product: &'static Product, build: B) -> ExitCode
where
    A: Args,
    B: AsyncFnOnce(Runtime, A) -> anyhow::Result<Runtime>,
{
    // Both kube and the products' own HTTP clients use rustls; whoever comes first would otherwise decide.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider was installed before");
    }
    let command =
        CommandLine::<A>::command().name(product.name).version(product.version).about(product.about);
    let matches = with_environment(command, product.environment_prefix).get_matches();
    let CommandLine { runtime, own } = match CommandLine::<A>::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let executor = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(executor) => executor,
        Err(error) => return failed(&anyhow::Error::new(error)),
    };
    match executor.block_on(run_to_the_end(product, runtime, own, build)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// The last words of a process; logging may not have begun.
fn failed(error: &anyhow::Error) -> ExitCode {
    let problem = sentence(error);
    tracing::error!(problem, "the process ends");
    let _ = writeln!(std::io::stderr(), "error: {problem}");
    ExitCode::FAILURE
}

/// An error with its causes, without those that its text already tells.
fn sentence(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |told, cause| {
        let cause = cause.to_string();
        match told.as_str() {
            "" => cause,
            told if told.contains(&cause) => told.to_owned(),
            told => format!("{told}: {cause}"),
        }
    })
}

async fn run_to_the_end<A, B>(
    product: &'static Product,
    args: RuntimeArgs,
    own: A,
    build: B,
) -> anyhow::Result<()>
where
    B: AsyncFnOnce(Runtime, A) -> anyhow::Result<Runtime>,
{
    let endpoint = std::env::var(ENDPOINT_VARIABLE).ok();
    let telemetry = Telemetry::start(
        product.name,
        product.version,
        args.log_format,
        &args.log_level,
        endpoint.as_deref(),
    )?;
    let ended = run(product, args, own, build).await;
    // Also of a process that could not begin: its traces may tell why.
    telemetry.shut_down();
    ended
}

async fn run<A, B>(product: &'static Product, args: RuntimeArgs, own: A, build: B) -> anyhow::Result<()>
where
    B: AsyncFnOnce(Runtime, A) -> anyhow::Result<Runtime>,
{
    let config = kube_config(&args).await?;
    let namespace = config.default_namespace.clone();
    let kube = calls::client(config, CallPolicy::default().without_retries(), None)?;
    let options = Options::of(&args, product, &namespace);
    let runtime = build(Runtime::new(product, &kube, options)?, own).await?;
    tracing::info!(version = product.version, "{} begins", product.name);
    let stop = CancellationToken::new();
    tokio::select! {
        ended = runtime.run(stop.clone()) => Ok(ended?),
        () = signals(stop) => Err(RunError::Ended("waiting for the passes was cut short by a second signal: it".into()).into()),
    }
}

async fn kube_config(args: &RuntimeArgs) -> anyhow::Result<kube::Config> {
    let Some(file) = &args.kubeconfig else {
        return kube::Config::infer()
            .await
            .context("no kubeconfig and no service account; give --kubeconfig");
    };
    let config = kube::config::Kubeconfig::read_from(file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    Ok(kube::Config::from_custom_kubeconfig(config, &kube::config::KubeConfigOptions::default()).await?)
}

/// The first SIGTERM or SIGINT stops in good order; the second one ends this function, and with it everything.
async fn signals(stop: CancellationToken) {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("signals cannot be received; the process ends only by force");
        return std::future::pending().await;
    };
    let mut next = async || {
        tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        }
    };
    let first = next().await;
    tracing::info!(signal = first, "stopping: running passes end, then the lease is released");
    stop.cancel();
    next().await;
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn the_last_words_say_each_cause_once() {
        let cause = std::io::Error::other("no such file");
        let error = anyhow::Error::new(cause).context("cannot read x (no such file)").context("cannot begin");
        assert_eq!(sentence(&error), "cannot begin: cannot read x (no such file)");
    }
}
