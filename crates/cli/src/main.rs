//! The `het` command: parse, call, print.
//!
//! Nothing is decided here. [`arguments`] is the one table of commands: `--help`, the manual page and `docs/cli.md`
//! are made from it. Exit codes: 0 done, 1 the data was refused, 2 the call was wrong.

mod arguments;
mod commands;
mod failure;
mod write;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

/// Pages and imports make and drop many small texts on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failure::Failure::from(error).report(),
    };
    match runtime.block_on(commands::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
