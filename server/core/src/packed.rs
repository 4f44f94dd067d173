//! gouji's own TOML as `build.rs` leaves it: the same tables as MessagePack, which is read in a tenth of the time.

use serde::de::DeserializeOwned;

/// The bytes of a TOML file of gouji's own, by its name without ending.
macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".msgpack"))
    };
}

pub(crate) use packed;

/// Reads what [`packed`] gives.
///
/// # Errors
/// In words for those who build gouji: tests hold that its own files are right.
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T, String> {
    rmp_serde::from_slice(packed).map_err(|error| error.to_string())
}

/// The page that `build.rs` has put at byte `start`, `length` bytes long. It stands in the program: nothing of it is read before it is shown.
pub(crate) fn page(start: usize, length: usize) -> Option<&'static str> {
    const PAGES: &str = include_str!(concat!(env!("OUT_DIR"), "/pages.txt"));
    PAGES.get(start..start.checked_add(length)?)
}
