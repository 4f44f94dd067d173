//! Bytes become text and, for `--fix`, text becomes the same bytes again.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How a file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; `bom` tells whether the file begins with a byte order mark.
    Utf8 {
        /// EF BB BF at the beginning.
        bom: bool,
    },
    /// UTF-16, low byte first.
    Utf16Le {
        /// FF FE at the beginning.
        bom: bool,
    },
    /// UTF-16, high byte first.
    Utf16Be {
        /// FE FF at the beginning.
        bom: bool,
    },
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
}

/// A text and how its file wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte order mark, which is no column.
    pub text: String,
    /// How the bytes were read.
    pub encoding: Encoding,
}

/// Why bytes are no text. The message says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// A Word file (a zip archive).
    Docx,
    /// A file of Word, Excel or WPS in the old binary format.
    OldOffice,
    /// A PDF.
    Pdf,
    /// Zero bytes that no UTF-16 would explain.
    Binary,
    /// UTF-8 with a damaged place.
    DamagedUtf8 {
        /// Line, from 1.
        line: usize,
        /// Byte within the line, from 1.
        byte: usize,
        /// The first byte that does not fit.
        value: u8,
    },
    /// UTF-16 with half a character in it.
    DamagedUtf16,
    /// None of the encodings we know.
    Unknown {
        /// Line, from 1, of the first byte that is not ASCII.
        line: usize,
    },
}

/// The text has characters that the file's encoding cannot write, or the bytes do not come back the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRoundTrip(pub Encoding);

/// Reads a file's bytes: UTF-8, UTF-16 with a byte order mark or a clear pattern of zero bytes, else GB18030.
///
/// # Errors
/// What the bytes are instead.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    borrowed(bytes).map(|(text, encoding)| Decoded { text: text.into_owned(), encoding })
}

/// As [`decode`], without a copy of the text where the bytes are it, as nearly always.
///
/// # Errors
/// What the bytes are instead.
pub fn borrowed(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Undecodable> {
    if let Some(kind) = foreign(bytes) {
        return Err(kind);
    }
    if let Some(encoding) = utf16_by_bom(bytes) {
        let text = from_utf16(&bytes[2..], encoding).ok_or(Undecodable::DamagedUtf16)?;
        return Ok((text, encoding));
    }
    // ASCII in UTF-16 without a mark is valid UTF-8 too, so zero bytes are looked at first.
    if memchr::memchr(0, bytes).is_some() {
        if let Some(decoded) = utf16_by_pattern(bytes) {
            return Ok(decoded);
        }
        if memchr::memchr_iter(0, bytes).count() * 16 > bytes.len() {
            return Err(Undecodable::Binary);
        }
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => {
            let plain = text.strip_prefix('\u{feff}');
            let encoding = Encoding::Utf8 { bom: plain.is_some() };
            Ok((plain.unwrap_or(text).into(), encoding))
        }
        Err(error) => {
            let text = from_gb18030(bytes, error.valid_up_to())?;
            Ok((text, Encoding::Gb18030))
        }
    }
}

/// The bytes of `text` in `encoding`, with its byte order mark if the file had one.
///
/// # Errors
/// A character that the encoding does not have.
pub fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, NotRoundTrip> {
    let utf16 = |bom: bool, bytes: fn(u16) -> [u8; 2]| {
        let mark = bom.then_some(0xfeff_u16);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    match encoding {
        Encoding::Utf8 { bom: false } => Ok(text.as_bytes().to_vec()),
        Encoding::Utf8 { bom: true } => Ok(["\u{feff}".as_bytes(), text.as_bytes()].concat()),
        Encoding::Utf16Le { bom } => Ok(utf16(bom, u16::to_le_bytes)),
        Encoding::Utf16Be { bom } => Ok(utf16(bom, u16::to_be_bytes)),
        Encoding::Gb18030 => match GB18030.encode(text) {
            (_, _, true) => Err(NotRoundTrip(encoding)),
            (bytes, _, false) => Ok(bytes.into_owned()),
        },
    }
}

impl Encoding {
    /// The name that a user knows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 { bom: false } => "UTF-8",
            Self::Utf8 { bom: true } => "UTF-8（带 BOM）",
            Self::Utf16Le { .. } => "UTF-16 LE",
            Self::Utf16Be { .. } => "UTF-16 BE",
            Self::Gb18030 => "GB18030",
        }
    }

    /// Whether this is what most files are, so that nobody need be told.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Utf8 { .. })
    }
}

/// Files of other programs under a text file's name are named for what they are.
fn foreign(bytes: &[u8]) -> Option<Undecodable> {
    let known: [(&[u8], Undecodable); 3] = [
        (b"PK\x03\x04", Undecodable::Docx),
        (b"%PDF-", Undecodable::Pdf),
        (b"\xd0\xcf\x11\xe0", Undecodable::OldOffice),
    ];
    known.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| kind)
}

fn utf16_by_bom(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le { bom: true }),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be { bom: true }),
        _ => None,
    }
}

/// UTF-16 without a mark has the zero bytes of its digits and line ends in one half of the pairs. A few stand in the other: 一 is 4E00.
fn utf16_by_pattern(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    let mut zeros = [0_usize; 2];
    for at in memchr::memchr_iter(0, bytes) {
        zeros[at % 2] += 1;
    }
    let is_little = zeros[1] > zeros[0];
    let encoding =
        if is_little { Encoding::Utf16Le { bom: false } } else { Encoding::Utf16Be { bom: false } };
    let text = from_utf16(bytes, encoding)?;
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    (!text.contains(odd)).then_some((text, encoding))
}

fn from_utf16(bytes: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    let decoder = if matches!(encoding, Encoding::Utf16Le { .. }) { UTF_16LE } else { UTF_16BE };
    decoder.decode_without_bom_handling_and_without_replacement(bytes)
}

fn from_gb18030(bytes: &[u8], first_bad: usize) -> Result<Cow<'_, str>, Undecodable> {
    // A damaged UTF-8 file often decodes as GB18030 without complaint, into nonsense. Characters of three bytes in the form of UTF-8 are
    // rare in GB18030 text, while damaged UTF-8 is full of them.
    let (wide, bad) = bytes.utf8_chunks().fold((0, 0), |(wide, bad), chunk| {
        (
            wide + chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count(),
            bad + usize::from(!chunk.invalid().is_empty()),
        )
    });
    let line_start = memchr::memrchr2(b'\n', b'\r', &bytes[..first_bad]).map_or(0, |at| at + 1);
    let line = 1 + count_lines(&bytes[..first_bad]);
    if wide > bad {
        return Err(Undecodable::DamagedUtf8 {
            line,
            byte: first_bad - line_start + 1,
            value: bytes[first_bad],
        });
    }
    let text = GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(Undecodable::Unknown { line })?;
    // GB18030 gives a code point to nearly everything; text has none of the C1 controls.
    if text.contains(|c: char| ('\u{80}'..'\u{a0}').contains(&c)) {
        return Err(Undecodable::Unknown { line });
    }
    Ok(text)
}

/// Line ends in `bytes`: LF, CRLF and CR.
fn count_lines(bytes: &[u8]) -> usize {
    let pairs = memchr::memmem::find_iter(bytes, b"\r\n").count();
    memchr::memchr2_iter(b'\n', b'\r', bytes).count() - pairs
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Docx => write!(
                f,
                "这是 Word（.docx）或压缩文件，暂不支持：请在 Word 或 WPS 中另存为纯文本（.txt，UTF-8 编码）后再检查"
            ),
            Self::OldOffice => write!(
                f,
                "这是旧版 Office 或 WPS 文件，不是文本：请另存为纯文本（.txt，UTF-8 编码）后再检查"
            ),
            Self::Pdf => {
                write!(f, "这是 PDF 文件，不是文本：请复制其中的文字，或导出为 .txt 后再检查")
            }
            Self::Binary => write!(
                f,
                "含有大量空字节，是二进制文件而不是文本：请确认路径，或另存为 UTF-8 文本后再检查"
            ),
            Self::DamagedUtf8 { line, byte, value } => {
                write!(
                    f,
                    "第 {line} 行第 {byte} 个字节（0x{value:02X}）不是有效的 UTF-8，文件可能已损坏：请用编辑器打开该处修正，另存为 UTF-8 后再检查"
                )
            }
            Self::DamagedUtf16 => write!(
                f,
                "按 UTF-16 读取时遇到不完整的字符，文件可能已截断：请重新保存为 UTF-8 后再检查"
            ),
            Self::Unknown { line } => {
                write!(
                    f,
                    "无法识别文字编码（第 {line} 行起不是 UTF-8、UTF-16 或 GB18030）：请用编辑器另存为 UTF-8 后再检查"
                )
            }
        }
    }
}

impl std::error::Error for Undecodable {}

impl fmt::Display for NotRoundTrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "按 {} 写回会改变文件中的其他字符，因此没有写入：请先另存为 UTF-8 再修复",
            self.0.name()
        )
    }
}

impl std::error::Error for NotRoundTrip {}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
