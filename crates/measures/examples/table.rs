//! A measure over a table, from standard input to standard output: what `het measures` does, alone in a program.
//!
//! `cargo run --release -p measures --example table -- dsr multiplier=1000 < in.csv > out.csv`

use std::process::ExitCode;

use measures::{MeasureEntry, Request};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let run = || -> Result<(), Box<dyn std::error::Error>> {
        let mut request = Request::new(MeasureEntry::named(&name)?);
        for word in words {
            let (option, value) = word.split_once('=').ok_or("options are name=value")?;
            request = request.option(option, value);
        }
        request.run(std::io::stdin().lock(), std::io::stdout().lock())?;
        Ok(())
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
