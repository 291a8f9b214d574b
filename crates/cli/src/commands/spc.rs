//! `het spc`: series in, charts or icons out.

use std::fs::File;
use std::io::Read;

use spc::text::Request;

use crate::arguments::{Format, Spc};
use crate::failure::Failure;
use crate::write;

pub fn run(asked: Spc) -> Result<(), Failure> {
    if asked.list {
        return list();
    }
    let request = Request {
        icons: asked.icons,
        by_attention: asked.by_attention,
        freeze: asked.freeze,
        values: asked.values.into(),
        ..Request::new(asked.chart, asked.profile)
    };
    let is_stdin = asked.input.as_os_str() == "-";
    let name = if is_stdin { "standard input".to_owned() } else { asked.input.display().to_string() };
    let input: Box<dyn Read> = if is_stdin {
        Box::new(std::io::stdin())
    } else {
        let opened = File::open(&asked.input);
        Box::new(opened.map_err(|error| Failure::Refused(format!("{name}: {error}")))?)
    };
    let format = asked.format.or_else(|| write::by_ending(&asked.out)).unwrap_or(Format::Csv);
    // Charted before the output is opened, so that a refused file leaves an older output as it was.
    let charted = write::charts(input, &name, &request, format)?;
    write::bytes(&asked.out, &charted)
}

/// The kinds of chart and the rule sets, from their registries.
fn list() -> Result<(), Failure> {
    write::say("Kinds of chart:")?;
    for entry in spc::KINDS {
        write::say(&format!("  {:<10} {}: {}", entry.name, entry.title, entry.summary))?;
    }
    write::say("Rule sets:")?;
    for profile in spc::profiles() {
        write::say(&format!("  {:<17} {} ({})", profile.name(), profile.title(), profile.source()))?;
    }
    Ok(())
}
