//! Reads gouji's own TOML once, when it is built: at the start of a program that checks one file, that took longer than all the rest.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)] // core does no I/O; what builds it does
#![allow(clippy::print_stdout)] // cargo listens

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the files stand; what uses one names it by the `packed!` of `src/packed.rs`.
const FOLDERS: [&str; 2] = ["src/form/forms", "data"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                pack(&path, &out).map_err(|problem| format!("{}: {problem}", path.display()))?;
            }
        }
    }
    Ok(())
}

fn pack(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let table: toml::Table = fs::read_to_string(path)?.parse()?;
    let name = path.with_extension("msgpack");
    fs::write(out.join(name.file_name().ok_or("no name")?), rmp_serde::to_vec(&table)?)?;
    Ok(())
}
