//! The whole `main` of a controller. Run it against any cluster that has the Greeting kind:
//! `cargo run -p controller-runtime --example greeting -- --log-format human --leader-election false`
#![allow(dead_code, reason = "the tests use more of the operator than its main does")]

#[path = "../tests/greeting/mod.rs"]
mod greeting;

use controller_runtime::{Attention, Controller, NoArgs, Product, Store};
use greeting::{Greeter, SlimConfigMap, Wall};

const PRODUCT: Product = Product {
    name: "greeter",
    version: env!("CARGO_PKG_VERSION"),
    about: "Writes greetings on a wall",
    metrics_prefix: "greeting_operator",
    environment_prefix: "GREETER",
};

fn main() -> std::process::ExitCode {
    controller_runtime::main(&PRODUCT, async |runtime, _: NoArgs| {
        let greeter = Greeter { kube: runtime.kube(), wall: Wall::default() };
        let salutations = Store::<SlimConfigMap>::new(Attention::default());
        Ok(runtime.controller(Controller::new(greeter).watches(salutations)))
    })
}
