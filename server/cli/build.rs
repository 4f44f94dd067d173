//! What the linker does for a release on Linux, where its own ways are known. The program is the same without.
//!
//! Code that seldom runs goes behind the rest. A system brings a program into memory by windows of 64 KB: where such code stands between the rest, as
//! it comes from the compiler, a server holds all of it, a megabyte and a half more.
//!
//! The C library goes into the program where its archive is at hand. Of the shared one a server holds more than a megabyte, binding it takes a
//! fifteenth of the time in which one file is checked, and a program without it runs on any Linux, however old.
#![allow(clippy::print_stdout)] // cargo listens

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// What stands where, for linkers that know `INSERT`: GNU ld and lld.
const SCRIPT: &str = "seldom.ld";

/// The libraries that the compiler asks for as shared ones, with their archives. That of C asks the compiler's own for something in its turn. Of glibc 2.34
/// and later those behind `m` are empty.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("gcc_s", &["libgcc_eh.a", "libgcc.a"]),
    ("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]),
    ("m", &["libm.a"]),
    ("dl", &["libdl.a"]),
    ("pthread", &["libpthread.a"]),
    ("rt", &["librt.a"]),
    ("util", &["libutil.a"]),
];

fn main() {
    println!("cargo::rerun-if-changed={SCRIPT}");
    let (folder, out) = (env::var("CARGO_MANIFEST_DIR"), env::var_os("OUT_DIR"));
    let (true, Ok(folder), Some(out)) = (is_known(), folder, out) else { return };
    println!("cargo::rustc-link-arg-bins=-T");
    println!("cargo::rustc-link-arg-bins={folder}/{SCRIPT}");
    let out = PathBuf::from(out);
    if stand_in(&out).is_ok() {
        println!("cargo::rustc-link-arg-bins=-L{}", out.display());
        println!("cargo::rustc-link-arg-bins=-static-pie");
    }
}

/// Is it a release for a system whose own linker is one of the two, and has nobody chosen another?
fn is_known() -> bool {
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let is_chosen = env::var_os("RUSTC_LINKER").is_some() || flags.contains("link");
    is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("PROFILE", "release")
        && env::var("HOST") == env::var("TARGET")
        && !is_chosen
}

/// Writes into `folder`, which the linker searches first, what leads it from each library to its archives. The compiler's own way, the feature
/// `crt-static`, would have to be set for the whole build, and macros cannot be built so.
fn stand_in(folder: &Path) -> io::Result<()> {
    for (library, archives) in LIBRARIES {
        let found: Vec<_> = archives.iter().map(|name| archive(name)).collect::<Result<_, _>>()?;
        let lead = format!("GROUP({})\n", found.join(" "));
        fs::write(folder.join(format!("lib{library}.a")), lead)?;
    }
    Ok(())
}

/// Where the system's linker finds an archive, in quotes.
fn archive(name: &str) -> io::Result<String> {
    let output = Command::new("cc").arg(format!("-print-file-name={name}")).output()?;
    let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    // One that is not there is told by its name alone.
    if Path::new(&path).is_absolute() && Path::new(&path).exists() {
        Ok(format!("\"{path}\""))
    } else {
        Err(io::ErrorKind::NotFound.into())
    }
}
