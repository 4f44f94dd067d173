//! One text file: read in any encoding, written back in the same one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use crate::decode::{Decoded, NotRoundTrip, decode, encode};

/// What tells one state of a file from the next without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When it was written; `None` where the system does not say.
    pub modified: Option<SystemTime>,
    /// Its length in bytes.
    pub length: u64,
}

impl Stamp {
    /// The stamp of the file at `path` as it is now; `None` if there is none, or something else than a file, such as a pipe.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Self { modified: metadata.modified().ok(), length: metadata.len() })
    }
}

/// Reads and decodes a file.
///
/// # Errors
/// A sentence in Chinese for the user: why it cannot be read, and what to do.
pub fn read(path: &Path) -> Result<Decoded, String> {
    decode(&bytes(path)?).map_err(|error| error.to_string())
}

/// Reads the bytes of a file.
///
/// # Errors
/// A sentence in Chinese for the user.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| cannot_read(&error))
}

/// Replaces `old`, which was read from `path`, by `text`: whole or not at all, in the same encoding, with the same permissions.
///
/// # Errors
/// A sentence in Chinese for the user, if the encoding cannot write the text or would not give `old` back byte for byte, if the file has changed
/// since it was read, or if it cannot be written.
pub fn replace(path: &Path, old: &Decoded, text: &str) -> Result<(), String> {
    // A link stays a link: the file that it points to is replaced.
    let path = path.canonicalize().map_err(|error| cannot_read(&error))?;
    let now = fs::read(&path).map_err(|error| cannot_read(&error))?;
    let before = encode(&old.text, old.encoding).map_err(|error| error.to_string())?;
    if before != now {
        let same = decode(&now).is_ok_and(|now| now == *old);
        let changed = || "文件在检查期间被改动，没有写入：请重新运行".to_owned();
        return Err(if same { NotRoundTrip(old.encoding).to_string() } else { changed() });
    }
    let bytes = encode(text, old.encoding).map_err(|error| error.to_string())?;
    let metadata = fs::metadata(&path).map_err(|error| cannot_read(&error))?;
    if metadata.permissions().readonly() {
        return Err("文件是只读的，没有写入：请先去掉只读属性".to_owned());
    }
    write_whole(&path, &bytes, &metadata)
        .map_err(|error| format!("写入失败（{}）：请检查目录的写权限和磁盘空间", reason(&error)))
}

/// Writes to a new file beside the old one and renames it, so that readers see the old file or the new one and never a part.
fn write_whole(path: &Path, bytes: &[u8], old: &fs::Metadata) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".gouji-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    keep_owner(file.as_file(), old);
    file.as_file().set_permissions(old.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// What to tell the user when a path cannot be read.
pub fn cannot_read(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或目录：请检查路径".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取权限：请检查文件权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是目录，不是文件：请检查路径".to_owned(),
        _ => format!("读取失败（{}）", reason(error)),
    }
}

/// The reason in Chinese for the usual errors, in the system's own words for the others.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读".to_owned(),
        _ => error.to_string(),
    }
}

/// Keeps the owner when an administrator runs gouji. Others cannot give files away, and need not, so a refusal is ignored.
#[cfg(unix)]
fn keep_owner(file: &fs::File, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_file: &fs::File, _metadata: &fs::Metadata) {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::decode::Encoding;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_file_is_replaced_whole_in_its_own_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        for encoding in
            [Encoding::Gb18030, Encoding::Utf16Le { bom: true }, Encoding::Utf8 { bom: true }]
        {
            fs::write(&path, encode("收到12件\r\n", encoding).unwrap()).unwrap();
            let old = read(&path).unwrap();
            replace(&path, &old, "收到13件\r\n").unwrap();
            assert_eq!(fs::read(&path).unwrap(), encode("收到13件\r\n", encoding).unwrap());
        }
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "一").unwrap();
        let old = read(&path).unwrap();
        fs::write(&path, "二").unwrap();
        assert!(replace(&path, &old, "三").unwrap_err().contains("被改动"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "二");
    }

    #[test]
    fn bytes_that_would_not_come_back_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let bytes = b"\xca\xd5\xb7\xd1\x80\n";
        fs::write(&path, bytes).unwrap();
        let old = read(&path).unwrap();
        assert!(replace(&path, &old, "收费").unwrap_err().contains("另存为 UTF-8"));
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
        fs::write(&path, "一").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        replace(&link, &read(&link).unwrap(), "二").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "二");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
