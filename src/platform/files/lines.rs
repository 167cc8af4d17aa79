//! Where the members of a JSON text stand. A parsed value does not know its lines, so they are looked up in the
//! text, and only for what is to be shown.

use std::collections::{BTreeSet, HashMap};

/// The lines of these JSON pointers (RFC 6901). One that is not there has the line of what it is missing in.
pub fn find(text: &str, pointers: &BTreeSet<String>) -> HashMap<String, u32> {
    let wanted: BTreeSet<String> = pointers.iter().flat_map(|pointer| upwards(pointer).map(str::to_owned)).collect();
    let mut walk = Walk { bytes: text.as_bytes(), at: 0, line: 1, place: String::new(), wanted: &wanted, found: HashMap::new() };
    walk.value();
    let found = walk.found;
    let line = |pointer: &String| upwards(pointer).find_map(|above| found.get(above)).map(|line| (pointer.clone(), *line));
    pointers.iter().filter_map(line).collect()
}

/// The pointer itself, then what it is in, up to the whole.
fn upwards(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| pointer.rfind('/').map(|end| &pointer[..end]))
}

/// The pointer of a field as errors name it: of `questions[3] (why).anchors[0].text` it is `/questions/3/anchors/0/text`.
pub fn pointer(field: &str) -> String {
    let mut pointer = String::new();
    for part in field.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split(['[', ' ']);
        pointer.push('/');
        pointer.push_str(pieces.next().unwrap_or_default());
        for index in pieces.filter_map(|piece| piece.strip_suffix(']')) {
            pointer.push('/');
            pointer.push_str(index);
        }
    }
    pointer
}

/// A walk through a text that is JSON and not deep; both were seen before.
struct Walk<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
    place: String,
    wanted: &'t BTreeSet<String>,
    found: HashMap<String, u32>,
}

impl Walk<'_> {
    fn value(&mut self) {
        self.space();
        if self.wanted.contains(&self.place) && !self.found.contains_key(&self.place) {
            self.found.insert(self.place.clone(), self.line);
        }
        match self.bytes.get(self.at) {
            Some(b'{') => self.members(b'}'),
            Some(b'[') => self.members(b']'),
            Some(b'"') => drop(self.text()),
            _ => self.word(),
        }
    }

    /// What stands between two brackets.
    fn members(&mut self, end: u8) {
        self.at += 1;
        for index in 0.. {
            self.space();
            match self.bytes.get(self.at) {
                None => return,
                Some(byte) if *byte == end => break,
                _ => {}
            }
            let outer = self.place.len();
            let name = if end == b'}' { self.name() } else { index.to_string() };
            self.place.push('/');
            self.place.push_str(&name.replace('~', "~0").replace('/', "~1"));
            self.value();
            self.place.truncate(outer);
            self.space();
            if self.bytes.get(self.at) == Some(&b',') {
                self.at += 1;
            }
        }
        self.at += 1;
    }

    /// A member's name, and the colon behind it.
    fn name(&mut self) -> String {
        let name = serde_json::from_slice(self.text()).unwrap_or_default();
        self.space();
        self.at += 1;
        name
    }

    /// A text with its quotation marks.
    fn text(&mut self) -> &[u8] {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        &self.bytes[start..self.at.min(self.bytes.len())]
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| b",]} \t\r\n".contains(byte)).unwrap_or(rest.len()).max(1);
    }

    fn space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| byte.is_ascii_whitespace()) {
            self.line += u32::from(*byte == b'\n');
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_found_and_a_missing_one_where_it_is_missing() {
        let text = "{\n \"a~/\": [1,\n  {\"b\": \"x\\\"}\",\n\"c\": true}, []\n],\n\"d\": {}\n}";
        let pointers = ["", "/a~0~1", "/a~0~1/1", "/a~0~1/1/c", "/a~0~1/1/none", "/d", "/d/none", "/none"].map(str::to_owned);
        let found = find(text, &pointers.clone().into());
        let lines: Vec<u32> = pointers.iter().map(|pointer| found[pointer]).collect();
        assert_eq!(lines, [1, 2, 3, 4, 3, 6, 6, 1]);
    }

    #[test]
    fn a_field_leads_to_its_pointer() {
        assert_eq!(pointer("questions[3] (why-queues).anchors[0].text"), "/questions/3/anchors/0/text");
        assert_eq!(pointer("cuts.mid.mock"), "/cuts/mid/mock");
        assert_eq!(pointer("."), "");
    }
}
