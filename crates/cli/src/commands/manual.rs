//! `het manual`: the manual page and docs/cli.md, from the table of commands.

use clap::CommandFactory;

use crate::arguments::{Arguments, ManualFormat};
use crate::failure::Failure;

pub fn run(format: ManualFormat) -> Result<(), Failure> {
    let command = Arguments::command();
    let mut out = std::io::stdout().lock();
    match format {
        ManualFormat::Man => clap_mangen::Man::new(command).render(&mut out)?,
        ManualFormat::Markdown => {
            let mut text = String::from(
                "# The het command\n\nMade by `het manual --format markdown`: edit the table of commands instead.\n",
            );
            describe(command, "", &mut text);
            std::io::Write::write_all(&mut out, text.as_bytes())?;
        }
    }
    Ok(())
}

/// One section a command: the command's own help, so that the two cannot differ.
fn describe(mut command: clap::Command, before: &str, text: &mut String) {
    let name = format!("{before}{}", command.get_name());
    command = command.bin_name(name.clone()).term_width(100);
    let subcommands: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    text.push_str(&format!(
        "\n## {name}\n\n```text\n{}\n```\n",
        command.render_long_help().to_string().trim_end()
    ));
    for subcommand in subcommands {
        describe(subcommand, &format!("{name} "), text);
    }
}
