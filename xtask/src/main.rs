//! Checks and generated documents for this workspace.
//!
//! `cargo xtask tidy` holds the tree to the rules of ARCHITECTURE.md. `cargo xtask docs` writes the documents
//! that are made from the program's own tables, and with `--check` only says which are out of date. A program
//! of our own rather than a shell script, because its rules are tested.

mod docs;
mod tidy;
mod tree;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  tidy            hold the tree to the rules of ARCHITECTURE.md
  docs            write the generated documents
  docs --check    fail when a generated document is out of date";

#[allow(clippy::print_stdout)] // this is a command: printing is what it is for
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["tidy"] => tree::Tree::read().map(|tree| tidy::findings(&tree)),
        ["docs"] => docs::write(),
        ["docs", "--check"] => docs::stale(),
        ["--help" | "-h" | "help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(findings) if findings.is_empty() => {
            println!("xtask {}: nothing to mend", words.join(" "));
            ExitCode::SUCCESS
        }
        Ok(findings) => {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            eprintln!("xtask {}: {} to mend", words.join(" "), findings.len());
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}
