#![allow(clippy::unwrap_used)]

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
    assert_eq!(decode(&bytes), Ok(Decoded { text: text.to_owned(), encoding: Encoding::Gb18030 }));
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
fn what_gb18030_cannot_write_is_refused() {
    // The euro sign has two spellings there; only one of them comes back.
    let decoded = decode(b"\xca\xd5\xb7\xd1\x80\n").unwrap();
    assert_eq!(decoded.text, "收费€\n");
    assert_ne!(encode(&decoded.text, decoded.encoding).unwrap(), b"\xca\xd5\xb7\xd1\x80\n");
}
