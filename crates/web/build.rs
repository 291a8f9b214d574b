//! Makes the style sheets and scripts that the program carries.
//!
//! npm installs `govuk-frontend` and `rtlcss` from `assets/package-lock.json` into cargo's own output folder, and
//! `assets/build.mjs` turns them and our `het.css` into a handful of files. Doing it here means that `cargo build` and
//! `make run` need no step before them and that two builds at once do not meet. The rejected alternative, files made by
//! hand or kept in the repository, goes stale and puts other people's work under our name.
//!
//! Where there is no npm, `HET_ASSETS` names a folder that `build.mjs` has filled elsewhere.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the result depends on.
const INPUTS: &[&str] = &[
    "package.json",
    "package-lock.json",
    "build.mjs",
    "het.css",
    "het.js",
    "passkey.js",
    "start.js",
    "icon.svg",
];

fn main() {
    if let Err(reason) = build() {
        eprintln!("The style sheets and scripts of the pages could not be made.\n{reason}\n");
        eprintln!("They need Node.js 18 or newer with npm, and the npm registry the first time.");
        eprintln!("Made elsewhere, in crates/web/assets: npm ci && npm run build -- dist");
        eprintln!("and then here: HET_ASSETS=THAT/FOLDER/dist cargo build");
        std::process::exit(1);
    }
}

fn build() -> Result<(), String> {
    println!("cargo:rerun-if-env-changed=HET_ASSETS");
    println!("cargo:rerun-if-changed=build.rs");
    for input in INPUTS {
        println!("cargo:rerun-if-changed=assets/{input}");
    }
    let work = PathBuf::from(variable("OUT_DIR")?).join("assets");
    println!("cargo:rustc-env=HET_NODE_MODULES={}", work.join("node_modules").display());
    if let Ok(made) = env::var("HET_ASSETS") {
        let made = fs::canonicalize(&made).map_err(|error| format!("HET_ASSETS={made}: {error}"))?;
        println!("cargo:rustc-env=HET_ASSETS_DIST={}", made.display());
        return Ok(());
    }
    let source = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("assets");
    install(&source, &work)?;
    let dist = work.join("dist");
    run(Command::new("node").arg(source.join("build.mjs")).arg(&dist))?;
    println!("cargo:rustc-env=HET_ASSETS_DIST={}", dist.display());
    Ok(())
}

/// Installs the packages of the lock file, unless this very lock file was installed before.
fn install(source: &Path, work: &Path) -> Result<(), String> {
    fs::create_dir_all(work).map_err(|error| error.to_string())?;
    let read = |path: PathBuf| fs::read(path).unwrap_or_default();
    let installed = work.join("node_modules").join(".installed");
    let wanted = read(source.join("package-lock.json"));
    if !wanted.is_empty() && read(installed.clone()) == wanted {
        return Ok(());
    }
    for name in ["package.json", "package-lock.json"] {
        fs::copy(source.join(name), work.join(name)).map_err(|error| format!("{name}: {error}"))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
    run(Command::new(npm).args(flags).current_dir(work))?;
    fs::write(installed, wanted).map_err(|error| error.to_string())
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program} could not be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed ({}): {}", output.status, said.trim()))
}
