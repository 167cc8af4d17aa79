//! From bytes to text, with a word for what people bring by mistake.

use super::{LARGEST, Mistake};

/// How a file begins that is no text, and what to do with it.
const NO_TEXT: &[(&[u8], &str)] = &[
    (&[0x1f, 0x8b], "This file is compressed (gzip). Unpack it and bring what was in it."),
    (b"PK\x03\x04", "This is an archive, or a spreadsheet's own file (.xlsx, .ods). Save the sheet as CSV in UTF-8 and bring that."),
    (&[0xd0, 0xcf, 0x11, 0xe0], "This is a spreadsheet's own file (.xls). Save the sheet as CSV in UTF-8 and bring that."),
    (&[0x28, 0xb5, 0x2f, 0xfd], "This file is compressed (zstd). Unpack it and bring what was in it."),
    (b"BZh", "This file is compressed (bzip2). Unpack it and bring what was in it."),
    (b"%PDF", "This is a PDF. Bring JSON or CSV."),
    (&[0xff, 0xfe], "This text is in UTF-16. Save it in UTF-8."),
    (&[0xfe, 0xff], "This text is in UTF-16. Save it in UTF-8."),
];

/// The text of a file, without the mark that spreadsheets put before UTF-8.
pub fn text(bytes: &[u8]) -> Result<&str, Mistake> {
    if bytes.len() > LARGEST {
        return Err(Mistake::whole(format!("A file has at most {} MB.", LARGEST / 1024 / 1024)));
    }
    if let Some((_, what)) = NO_TEXT.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Err(Mistake::whole(*what));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(bytes, error.valid_up_to());
        Mistake::at(line, "", "This is no UTF-8 from here on. Save the file in UTF-8.")
    })?;
    if text.trim().is_empty() { Err(Mistake::whole("The file is empty.")) } else { Ok(text) }
}

/// The line in which a byte stands.
fn line_of(bytes: &[u8], at: usize) -> u32 {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf8_is_named_with_its_line() {
        assert_eq!(text(b"one\ntwo\nth\xffree").unwrap_err().line, Some(3));
        assert_eq!(text("\u{feff}é".as_bytes()), Ok("é"));
        for bytes in [&b""[..], b" \n", &[0x1f, 0x8b, 8], b"PK\x03\x04zip", b"\xff\xfea\0", &[b'a'; LARGEST + 1]] {
            assert_eq!(text(bytes).unwrap_err().line, None);
        }
    }
}
