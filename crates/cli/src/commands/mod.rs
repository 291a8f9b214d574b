//! One file a command: call one use case and print what it says.

mod audit;
mod backup;
mod demo;
mod doctor;
mod export;
mod import;
mod manual;
mod measures;
mod place;
mod privacy;
mod register;
mod report;
mod serve;
mod set;
mod spc;
mod user;
mod vaccines;

use crate::arguments::{Arguments, Command, Export, Report};
use crate::failure::Failure;

/// Runs a command.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let place = arguments.place;
    match arguments.command {
        Command::Import(import) => import::run(&place, import).await,
        Command::Export { what: Export::Observations(filter) } => export::observations(&place, filter).await,
        Command::Export { what: Export::Programme { out } } => export::programme(&place, &out).await,
        Command::Report { what: Report::Progress(progress) } => report::progress(&place, progress).await,
        Command::Serve(serve) => serve::run(&place, serve).await,
        Command::Demo(demo) => demo::run(&place, demo).await,
        Command::User { what } => user::run(&place, what).await,
        Command::Machine { what } => user::machine(&place, what).await,
        Command::Set(set) => set::run(&place, set).await,
        Command::Audit { what } => audit::run(&place, what).await,
        Command::Register { what } => register::run(&place, what).await,
        Command::Retention(retention) => register::retention(&place, retention).await,
        Command::Privacy { what } => privacy::run(&place, what).await,
        Command::Keys { what } => register::keys(&place, what).await,
        Command::Backup(backup) => backup::run(&place, backup).await,
        Command::Restore(restore) => backup::restore(&place, restore).await,
        Command::Move(asked) => backup::move_to(&place, asked).await,
        Command::Doctor => doctor::run(&place).await,
        Command::Spc(asked) => spc::run(asked),
        Command::Vaccines { what } => vaccines::run(what),
        Command::Measures { call: Some(call), .. } => measures::run(call),
        Command::Measures { call: None, .. } => measures::list(),
        Command::Manual(manual) => manual::run(manual.format),
    }
}
