//! The realm controller: see the library of the same name.

use std::process::ExitCode;

use realm_controller::{PRODUCT, build};

fn main() -> ExitCode {
    controller_runtime::main(&PRODUCT, build)
}
