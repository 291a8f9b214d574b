//! `het register`, `het retention` and `het keys`.

use std::io::{BufRead, Write};
use std::path::Path;

use town::Keys as Given;
use town::register::AccessFormat;

use super::place;
use crate::arguments::{AccessKind, Keys, Place, Register, Retention};
use crate::failure::Failure;
use crate::write::{private, say};

pub async fn run(at: &Place, what: Register) -> Result<(), Failure> {
    match what {
        Register::Import { file, dry_run } => import(at, &file, dry_run).await,
        Register::Access { record, format, out } => access(at, &record, format, &out).await,
        Register::Erase { record, reason } => {
            let town = place::open(at).await?;
            let id = named(&town, &record).await?;
            town.erase_person(&place::operator(), &id, &reason, town::now()).await?;
            say(&format!("{id}: erased"))?;
            Ok(town.close().await?)
        }
        Register::Extract { purpose, out } => extract(at, &purpose, &out).await,
        Register::OptOuts { ask: Some(out), .. } => {
            let town = place::open(at).await?;
            let text = town.opt_out_request(&place::operator()).await?;
            private(&out, &text)?;
            say(&format!(
                "{}: {} numbers for the national data opt-out service",
                out.display(),
                text.lines().count()
            ))?;
            Ok(town.close().await?)
        }
        Register::OptOuts { answer: Some(file), checked_on: Some(on), .. } => answer(at, &file, on).await,
        Register::OptOuts { .. } => {
            Err(Failure::Call("say --ask FILE, or --answer FILE with --checked-on DATE".to_owned()))
        }
    }
}

/// The record that was named, or that of the NHS number on standard input.
async fn named(town: &town::Town, record: &str) -> Result<String, Failure> {
    if record != "-" {
        return Ok(record.to_owned());
    }
    let mut number = String::new();
    std::io::stdin().lock().read_line(&mut number)?;
    Ok(town.record_of_number(&place::operator(), &number).await?)
}

async fn access(at: &Place, record: &str, format: AccessKind, out: &Path) -> Result<(), Failure> {
    let format = match format {
        AccessKind::Pdf => AccessFormat::Pdf,
        AccessKind::Json => AccessFormat::Json,
        AccessKind::Html => AccessFormat::Html,
    };
    let town = place::open(at).await?;
    let id = named(&town, record).await?;
    let content = town.give_access(&place::operator(), &id, format, (town::today(), town::now())).await?;
    private_bytes(out, &content)?;
    Ok(town.close().await?)
}

async fn extract(at: &Place, purpose: &str, out: &Path) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let day = (town::today(), town::now());
    let extract = town.extract(&place::operator(), purpose, day).await?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&extract.fields)?;
    extract.rows.iter().try_for_each(|row| writer.write_record(row))?;
    let content = writer.into_inner().map_err(|error| Failure::Refused(error.to_string()))?;
    private_bytes(out, &content)?;
    eprintln!(
        "{} people; left out: {} by the opt-out, {} without consent, {} restricted",
        extract.rows.len(),
        extract.opted_out,
        extract.without_consent,
        extract.restricted
    );
    Ok(town.close().await?)
}

async fn answer(at: &Place, file: &Path, on: vocabulary::Date) -> Result<(), Failure> {
    let (name, bytes) = sources::read_file(file).map_err(town::Error::from)?;
    let town = place::open(at).await?;
    let found = town.import_opt_outs(&place::operator(), (&name, &bytes), (on, town::today())).await?;
    say(&format!(
        "{} numbers in the answer: {} people may be used for planning and research, {} may not",
        found.numbers, found.clear, found.others
    ))?;
    Ok(town.close().await?)
}

/// `het retention`.
pub async fn retention(at: &Place, asked: Retention) -> Result<(), Failure> {
    if asked.show {
        return say(town::register::RETENTION_SCHEDULE.trim_end());
    }
    let schedule = asked.schedule.map(std::fs::read_to_string).transpose()?;
    let town = place::open(at).await?;
    let day = (asked.as_of.unwrap_or_else(town::today), town::now());
    let due = town.run_retention(&place::operator(), schedule.as_deref(), asked.dry_run, day).await?;
    for (kind, gone, held) in &due.kinds {
        say(&format!("{kind:<12} {gone:>7} past their time, {held} more are held"))?;
    }
    say(&format!("{:<12} {:>7} past their time", "readings", due.readings))?;
    say(if asked.dry_run { "Tried out: nothing was thrown away." } else { "Done." })?;
    Ok(town.close().await?)
}

/// A file about people, which only its owner may read; `-` is standard output.
fn private_bytes(out: &Path, content: &[u8]) -> Result<(), Failure> {
    if out.as_os_str() == "-" {
        return crate::write::bytes(out, content);
    }
    private(out, "")?;
    Ok(std::fs::write(out, content)?)
}

async fn import(at: &Place, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let (name, bytes) = sources::read_file(file).map_err(town::Error::from)?;
    let town = place::open(at).await?;
    let day = (town::today(), town::now());
    match town.import_people(&place::operator(), (&name, &bytes), dry_run, day).await {
        Ok(done) => {
            say(&format!("{} new, {} changed, {} unchanged", done.added, done.changed, done.unchanged))?;
            say(if dry_run { "Tried out: nothing was kept." } else { "Kept." })?;
            Ok(town.close().await?)
        }
        Err(town::Error::Refused(refusals)) => {
            for refusal in &refusals {
                eprintln!("{}: {}", refusal.field, refusal.words);
            }
            Err(Failure::Refused(format!("{name}: {} values were refused; nothing was kept", refusals.len())))
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn keys(at: &Place, what: Keys) -> Result<(), Failure> {
    match what {
        Keys::New { out } => new_key(&out),
        Keys::List => {
            let town = place::open(at).await?;
            for key in town.key_uses(&place::operator()).await? {
                let name = if key.key.is_empty() { "sealed by none" } else { &key.key };
                let state = match (key.seals, key.is_here) {
                    (true, _) => "the newest: it seals",
                    (false, true) => "an older one: it opens",
                    (false, false) if key.key.is_empty() => "run het keys rotate",
                    (false, false) => "NOT HERE: what it seals cannot be read",
                };
                say(&format!("{name:<16} {:>9} rows {:>5} secrets  {state}", key.rows, key.secrets))?;
            }
            Ok(town.close().await?)
        }
        Keys::Rotate => {
            let town = place::open(at).await?;
            let done = town.rotate_keys(&place::operator(), |_| {}).await?;
            say(&format!("{} rows and {} secrets were sealed anew", done.0, done.1))?;
            Ok(town.close().await?)
        }
    }
}

/// Writes the file under another name and renames it, so that no key that was there is ever lost.
fn new_key(out: &Path) -> Result<(), Failure> {
    let line = Given::new_line().map_err(|error| Failure::Refused(error.to_string()))?;
    let before = match std::fs::read_to_string(out) {
        Ok(text) => {
            // A file that holds something else is not added to.
            Given::read(out).map_err(|error| Failure::Refused(error.to_string()))?;
            text
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "# The keys of het's register. The newest stands first; older ones still open what they sealed.\n"
                .to_owned()
        }
        Err(error) => return Err(Failure::Refused(format!("{}: {error}", out.display()))),
    };
    let (notes, keys): (Vec<&str>, Vec<&str>) = before.lines().partition(|line| line.starts_with('#'));
    let text = notes.iter().copied().chain([line.as_str()]).chain(keys).collect::<Vec<_>>().join("\n");
    let unfinished = out.with_added_extension("part");
    private(&unfinished, &format!("{text}\n"))?;
    std::fs::File::open(&unfinished)?.sync_all()?;
    std::fs::rename(&unfinished, out)?;
    let name = Given::parse(&line).map_err(|error| Failure::Refused(error.to_string()))?.newest();
    say(&format!("{}: the key {name} seals from now on", out.display()))?;
    say("Keep a copy away from this machine and from the backups: without it nobody can read the register.")?;
    Ok(std::io::stdout().flush()?)
}
