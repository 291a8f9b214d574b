//! `het spc`: series in, charts or icons out.

use std::fs::File;
use std::io::Read;

use spc::text::{Request, process};

use crate::arguments::Spc;
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
    let name = asked.input.display();
    let input: Box<dyn Read> = if asked.input.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        let opened = File::open(&asked.input);
        Box::new(opened.map_err(|error| Failure::Refused(format!("{name}: {error}")))?)
    };
    // Charted before the output is opened, so that a refused file leaves an older output as it was.
    let mut charted = Vec::new();
    process(input, &mut charted, &request).map_err(|error| Failure::Refused(error.to_string()))?;
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
