//! Has the linker put code that seldom runs behind the rest. A system brings a program into memory by windows of 64 KB: where such code stands
//! between the rest, as it comes from the compiler, a server holds all of it, a megabyte and a half more.
#![allow(clippy::print_stdout)] // cargo listens

use std::env;

/// What stands where, for linkers that know `INSERT`: GNU ld and lld.
const SCRIPT: &str = "seldom.ld";

fn main() {
    println!("cargo::rerun-if-changed={SCRIPT}");
    let folder = env::var("CARGO_MANIFEST_DIR");
    if let (true, Ok(folder)) = (is_known(), folder) {
        println!("cargo::rustc-link-arg-bins=-T");
        println!("cargo::rustc-link-arg-bins={folder}/{SCRIPT}");
    }
}

/// Is it a release for a system whose own linker is one of the two, and has nobody chosen another? The program is the same without.
fn is_known() -> bool {
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let is_chosen = env::var_os("RUSTC_LINKER").is_some() || flags.contains("link");
    is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("PROFILE", "release")
        && !is_chosen
}
