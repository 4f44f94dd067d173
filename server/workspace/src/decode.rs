//! From bytes to text and, for `--fix`, back to bytes in the same encoding.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8 {
        /// Whether the file begins with a byte order mark, EF BB BF.
        bom: bool,
    },
    /// UTF-16, low byte first.
    Utf16Le {
        /// Whether the file begins with a byte order mark, FF FE.
        bom: bool,
    },
    /// UTF-16, high byte first.
    Utf16Be {
        /// Whether the file begins with a byte order mark, FE FF.
        bom: bool,
    },
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
}

/// A text and the encoding of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte order mark, which does not count as a column.
    pub text: String,
    /// The encoding that the bytes were read in.
    pub encoding: Encoding,
}

/// Why bytes could not be read as text. Its message says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// A Word file (a zip archive).
    Docx,
    /// A file of Word, Excel or WPS in the old binary format.
    OldOffice,
    /// A PDF.
    Pdf,
    /// Zero bytes that UTF-16 would not explain.
    Binary,
    /// UTF-8 with an invalid byte.
    DamagedUtf8 {
        /// Line, from 1.
        line: usize,
        /// Byte within the line, from 1.
        byte: usize,
        /// The first invalid byte.
        value: u8,
    },
    /// UTF-16 with an incomplete character.
    DamagedUtf16,
    /// None of the known encodings.
    Unknown {
        /// Line, from 1, of the first byte that is not ASCII.
        line: usize,
    },
}

/// A text cannot be written back: the encoding lacks a character, or would not give the same bytes for the characters that are unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRoundTrip(pub Encoding);

/// Reads a file's bytes: UTF-8, UTF-16 with a byte order mark or a clear pattern of zero bytes, else GB18030.
///
/// # Errors
/// If the bytes are not text in one of these encodings; the error says what they are instead.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    borrowed(bytes).map(|(text, encoding)| Decoded { text: text.into_owned(), encoding })
}

/// As [`decode`], but without a copy of the text if the bytes are UTF-8, as they nearly always are.
///
/// # Errors
/// As [`decode`].
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

/// The bytes of `text` in `encoding`, with a byte order mark if the file had one.
///
/// # Errors
/// If the encoding lacks a character of the text.
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
    /// The name as users know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 { bom: false } => "UTF-8",
            Self::Utf8 { bom: true } => "UTF-8（带 BOM）",
            Self::Utf16Le { .. } => "UTF-16 LE",
            Self::Utf16Be { .. } => "UTF-16 BE",
            Self::Gb18030 => "GB18030",
        }
    }

    /// Whether this is the usual encoding, which is not worth a remark.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Utf8 { .. })
    }
}

/// What a file of another program is, told by its first bytes whatever its name.
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

/// UTF-16 without a byte order mark: the zero bytes of digits and line ends are the high bytes of their pairs. A few zeros are low bytes: 一 is 4E00.
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
    // A damaged UTF-8 file often decodes as GB18030 without an error, into nonsense. Valid three-byte UTF-8 characters are rare in GB18030 text,
    // while damaged UTF-8 is full of them.
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
    // Nearly any bytes are valid GB18030, but text has no C1 controls.
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    // 一 is 4E00: a zero byte where ASCII in UTF-16 has none.
    const TEXT: &str = "城南区水务局2025年年报\r\n收到申请12件\r\n一、总体情况\n";

    #[test]
    fn every_encoding_comes_back_byte_for_byte() {
        for encoding in [
            Encoding::Utf8 { bom: false },
            Encoding::Utf8 { bom: true },
            Encoding::Utf16Le { bom: true },
            Encoding::Utf16Be { bom: true },
            Encoding::Utf16Le { bom: false },
            Encoding::Utf16Be { bom: false },
            Encoding::Gb18030,
        ] {
            let bytes = encode(TEXT, encoding).unwrap();
            assert_eq!(
                decode(&bytes),
                Ok(Decoded { text: TEXT.to_owned(), encoding }),
                "{}",
                encoding.name()
            );
        }
    }

    #[test]
    fn four_byte_gb18030_is_read_and_written() {
        let text = "𠮷田路街道办事处𫍯";
        let bytes = encode(text, Encoding::Gb18030).unwrap();
        assert_eq!(
            decode(&bytes),
            Ok(Decoded { text: text.to_owned(), encoding: Encoding::Gb18030 })
        );
    }

    #[test]
    fn an_empty_file_is_a_text() {
        assert_eq!(
            decode(b""),
            Ok(Decoded { text: String::new(), encoding: Encoding::Utf8 { bom: false } })
        );
    }

    #[test]
    fn a_damaged_byte_is_named_with_its_line() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let at = TEXT.find("申请").unwrap();
        bytes[at] = 0xff;
        // 收到 are six bytes before it.
        assert_eq!(decode(&bytes), Err(Undecodable::DamagedUtf8 { line: 2, byte: 7, value: 0xff }));
    }

    #[test]
    fn a_truncated_file_is_damaged() {
        let bytes = "统计期限为2025年".as_bytes();
        let found = decode(&bytes[..bytes.len() - 1]);
        assert!(matches!(found, Err(Undecodable::DamagedUtf8 { line: 1, .. })), "{found:?}");
        assert_eq!(decode(b"\xff\xfe\x00"), Err(Undecodable::DamagedUtf16));
    }

    #[test]
    fn files_of_other_programs_are_named() {
        assert_eq!(decode(b"PK\x03\x04\x14\x00"), Err(Undecodable::Docx));
        assert_eq!(decode(b"%PDF-1.7\n"), Err(Undecodable::Pdf));
        assert_eq!(decode(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(Undecodable::OldOffice));
        assert_eq!(decode(&[0; 64]), Err(Undecodable::Binary));
        assert_eq!(decode(b"abc\n\xff\xff"), Err(Undecodable::Unknown { line: 2 }));
    }

    #[test]
    fn a_stray_zero_byte_is_the_documents_own_fault() {
        let text = format!("{TEXT}\0{TEXT}");
        assert_eq!(decode(text.as_bytes()).unwrap().text, text);
    }

    #[test]
    fn gb18030_need_not_come_back_byte_for_byte() {
        // It has two spellings of the euro sign and writes only one of them; `file::replace` compares the bytes for this reason.
        let decoded = decode(b"\xca\xd5\xb7\xd1\x80\n").unwrap();
        assert_eq!(decoded.text, "收费€\n");
        assert_ne!(encode(&decoded.text, decoded.encoding).unwrap(), b"\xca\xd5\xb7\xd1\x80\n");
    }
}
