//! `het audit`.

use std::io::Write;
use std::path::Path;

use town::audit::AuditLog;

use super::place;
use crate::arguments::{Audit, AuditFormat, Place};
use crate::failure::Failure;
use crate::write::{self, say};

pub async fn run(at: &Place, what: Audit) -> Result<(), Failure> {
    let town = place::open(at).await?;
    match what {
        Audit::Verify { entries, hash, register } => {
            if let (Some(entries), Some(hash)) = (entries, hash) {
                town.audit_had(log(register), entries, &hash).await?;
                say(&format!("entry {entries} is the one that was noted"))?;
            }
            let end = town.audit_end(AuditLog::Register).await?;
            say(&format!("register: {} entries, each following from the one before it", end.entries))?;
            say(&format!("the last has the hash {}", end.hash))?;
            let end = town.audit_end(AuditLog::Town).await?;
            say(&format!("{} entries, each following from the one before it", end.entries))?;
            say(&format!("the last has the hash {}", end.hash))?;
        }
        Audit::Export { register, format, out } => export(&town, log(register), format, &out).await?,
    }
    Ok(town.close().await?)
}

fn log(register: bool) -> AuditLog {
    if register { AuditLog::Register } else { AuditLog::Town }
}

async fn export(town: &town::Town, log: AuditLog, format: AuditFormat, out: &Path) -> Result<(), Failure> {
    let operator = place::operator();
    let mut file = write::open(out)?;
    match format {
        AuditFormat::Json => {
            town.export_audit(&operator, log, |lines| {
                for line in lines {
                    // What was written as JSON is given out as JSON.
                    let detail: serde_json::Value =
                        serde_json::from_str(&line.detail).unwrap_or_else(|_| line.detail.as_str().into());
                    let object = serde_json::json!({
                        "id": line.id, "at": line.at, "actor": line.actor, "action": line.action, "subject": line.subject,
                        "detail": detail, "previous_hash": line.previous_hash, "hash": line.hash,
                    });
                    writeln!(file, "{object}")?;
                }
                Ok::<(), Failure>(())
            })
            .await?;
            Ok(file.flush()?)
        }
        AuditFormat::Csv => {
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record([
                "id",
                "at",
                "actor",
                "action",
                "subject",
                "detail",
                "previous_hash",
                "hash",
            ])?;
            town.export_audit(&operator, log, |lines| {
                for line in lines {
                    let id = line.id.to_string();
                    writer.write_record([
                        &id,
                        &line.at,
                        &line.actor,
                        &line.action,
                        &line.subject,
                        &line.detail,
                        &line.previous_hash,
                        &line.hash,
                    ])?;
                }
                Ok::<(), Failure>(())
            })
            .await?;
            Ok(writer.flush()?)
        }
    }
}
