//! A page's side of a shared pad, as any Yjs library has it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;
use yrs::updates::decoder::Decode as _;
use yrs::{Doc, GetString as _, OffsetKind, Options, Text as _, Transact as _, Update};

/// Somebody's page with a pad open.
pub struct Page(Doc);

impl Default for Page {
    fn default() -> Self {
        Page(Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::default() }))
    }
}

impl Page {
    pub fn text(&self) -> String {
        self.0.get_or_insert_text("pad").get_string(&self.0.transact())
    }

    /// Types at a place; the update that tells others.
    pub fn types(&self, at: u32, words: &str) -> String {
        let text = self.0.get_or_insert_text("pad");
        let mut change = self.0.transact_mut();
        text.insert(&mut change, at, words);
        BASE64.encode(change.encode_update_v1())
    }

    /// Takes in what a pad's answer brings.
    pub fn hears(&self, pad: &Value) {
        for update in pad["updates"].as_array().unwrap() {
            let update = BASE64.decode(update["update"].as_str().unwrap()).unwrap();
            self.0.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap();
        }
    }
}

/// The update of a page on which this was typed first.
pub fn typed(words: &str) -> String {
    Page::default().types(0, words)
}
