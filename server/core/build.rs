//! Reads gouji's own TOML once, when it is built: at the start of a program that checks one file, that took longer than all the rest. The pages of
//! rules, which are half of it and which hardly a run shows, are left out of what is read at a start.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)] // core does no I/O; what builds it does
#![allow(clippy::print_stdout)] // cargo listens

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the files stand; what uses one names it by the `packed!` of `src/packed.rs`.
const FOLDERS: [&str; 2] = ["src/form/forms", "data"];

/// What has pages, and the key of the file that a page is.
const PAGED: [&str; 2] = ["rule", "relation"];
const PAGE: &str = "page";

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut pages = String::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
        // In an order of their own, so that a program is built the same everywhere.
        files.sort();
        for path in files.iter().filter(|it| it.extension().is_some_and(|ending| ending == "toml"))
        {
            pack(path, &out, &mut pages)
                .map_err(|problem| format!("{}: {problem}", path.display()))?;
        }
    }
    fs::write(out.join("pages.txt"), pages)?;
    Ok(())
}

fn pack(path: &Path, out: &Path, pages: &mut String) -> Result<(), Box<dyn Error>> {
    let mut table: toml::Table = fs::read_to_string(path)?.parse()?;
    for key in PAGED {
        let list = table.get_mut(key).and_then(toml::Value::as_array_mut);
        for item in list.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            let Some(file) = item.get(PAGE).and_then(toml::Value::as_str) else { continue };
            let file = path.with_file_name(file);
            let page = fs::read_to_string(&file)
                .map_err(|problem| format!("{}: {problem}", file.display()))?;
            let place = [pages.len(), page.len()].map(i64::try_from);
            pages.push_str(&page);
            item[PAGE] = place.into_iter().collect::<Result<Vec<_>, _>>()?.into();
        }
    }
    let name = path.with_extension("msgpack");
    fs::write(out.join(name.file_name().ok_or("no name")?), rmp_serde::to_vec(&table)?)?;
    Ok(())
}
