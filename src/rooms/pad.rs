//! The shared pad of a question: a text that several people write at once, on any line, in any order.
//!
//! It is a replicated text (Yjs, here read with `yrs`): each change is a small update, updates may come
//! late, twice or in any order, and everybody who has the same updates has the same text. The server
//! numbers and keeps every update; the text, and its history for playing back, are made from them.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use similar::{DiffTag, TextDiff};
use utoipa::ToSchema;
use uuid::Uuid;
use yrs::updates::decoder::Decode as _;
use yrs::{Doc, GetString as _, OffsetKind, Options, ReadTxn as _, Text as _, Transact as _, Update};

use crate::platform::error::{Error, Result};
use crate::question_sets::QuestionId;
use crate::text_enum;

/// Of one update, in bytes: what one undo may bring back.
pub const MAX_UPDATE: usize = 256 * 1024;
/// Of one pad: hours of typing, or a long book.
pub const MAX_UPDATES: i64 = 50_000;
pub const MAX_BYTES: i64 = 8 * 1024 * 1024;
/// As many updates as one answer brings.
pub const AT_ONCE: i64 = 2_000;
/// As long as two texts are compared letter by letter; the rest counts as taken out and written anew.
const PATIENCE: Duration = Duration::from_millis(300);
/// The text's name inside the document.
const NAME: &str = "pad";

text_enum! {
    /// What the pad holds; a label, nothing is run.
    Language {
        Text = "text",
        Python = "python",
        Sql = "sql",
        Rust = "rust",
        JavaScript = "javascript",
        TypeScript = "typescript",
        Go = "go",
        Java = "java",
        CSharp = "csharp",
        Shell = "shell",
        Html = "html",
        Json = "json",
        Yaml = "yaml",
    }
}

impl Language {
    /// As people read it.
    pub const fn words(self) -> &'static str {
        match self {
            Language::Text => "Plain text",
            Language::Python => "Python",
            Language::Sql => "SQL",
            Language::Rust => "Rust",
            Language::JavaScript => "JavaScript",
            Language::TypeScript => "TypeScript",
            Language::Go => "Go",
            Language::Java => "Java",
            Language::CSharp => "C#",
            Language::Shell => "Shell",
            Language::Html => "HTML and CSS",
            Language::Json => "JSON",
            Language::Yaml => "YAML",
        }
    }
}

/// `PUT …/pads/{question_id}`: opens the question's pad, or names its language anew.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPad {
    pub language: Language,
}

/// `POST …/pads/{question_id}/updates`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPadUpdate {
    /// A Yjs update (version 1) in Base64, up to 256 KiB.
    pub update: String,
}

/// A pad that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pad {
    pub question_id: QuestionId,
    pub language: Language,
    /// Of the newest update there is.
    pub last_number: i64,
}

/// A pad, for the panel: by its question's title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PadOfInterview {
    pub question_id: QuestionId,
    pub title: String,
    pub language: Language,
}

/// A pad, and its updates after a number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PadView {
    pub question_id: QuestionId,
    pub language: Language,
    /// Of the newest update there is.
    pub last_number: i64,
    pub updates: Vec<PadUpdate>,
    /// There are more than came at once: ask again after the last of these.
    pub more: bool,
}

/// One change, as somebody's page made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PadUpdate {
    pub number: i64,
    /// In Base64.
    pub update: String,
    pub by: PadAuthor,
    pub made_at: DateTime<Utc>,
}

text_enum! {
    /// On which side of the table a change was made.
    PadAuthor { Candidate = "candidate", Panel = "panel" }
}

/// What became of a new update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PadSaved {
    pub number: i64,
}

/// One update, checked: it can be read, and is no longer than it may be.
#[derive(Debug, Clone)]
pub struct CheckedUpdate {
    /// Of this update alone: the same again is the same update.
    pub key: Uuid,
    pub bytes: Vec<u8>,
}

impl CheckedUpdate {
    pub fn parse(key: Uuid, new: &NewPadUpdate) -> Result<Self> {
        let wrong = |message: &str| Error::invalid("update", message);
        if new.update.len() > MAX_UPDATE.div_ceil(3) * 4 {
            return Err(wrong("This is more than a pad takes at once. Paste it in parts of 100 pages."));
        }
        let bytes = BASE64.decode(&new.update).map_err(|_| wrong("Send the update in Base64."))?;
        Self::of(key, bytes).map_err(|()| wrong("This is no update of a shared text."))
    }

    fn of(key: Uuid, bytes: Vec<u8>) -> std::result::Result<Self, ()> {
        // Not decoded alone: what cannot be taken in would spoil the text for everybody.
        doc([bytes.as_slice()]).map_err(drop)?;
        Ok(CheckedUpdate { key, bytes })
    }
}

/// The text that these updates make, in whatever order they are.
pub fn text<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> Result<String> {
    let doc = doc(updates)?;
    let text = doc.get_or_insert_text(NAME);
    Ok(text.get_string(&doc.transact()))
}

/// The update that makes `after` of what these updates make, for a browser without scripts: what others
/// wrote since is kept.
pub fn rewrite<'a>(updates: impl IntoIterator<Item = &'a [u8]>, key: Uuid, after: &str) -> Result<Option<CheckedUpdate>> {
    let doc = doc(updates)?;
    let text = doc.get_or_insert_text(NAME);
    let before = text.get_string(&doc.transact());
    if before == after {
        return Ok(None);
    }
    if after.len() > before.len() + MAX_UPDATE {
        return Err(too_much());
    }
    let known = doc.transact().state_vector();
    let mut change = doc.transact_mut();
    let mut at = 0_u32;
    let diff = TextDiff::configure().timeout(PATIENCE).diff_chars(before.as_str(), after);
    let units = |letters: &[&str]| letters.iter().map(|letter| letter.encode_utf16().count() as u32).sum::<u32>();
    for part in diff.ops() {
        let (gone, come) = (&diff.old_slices()[part.old_range()], &diff.new_slices()[part.new_range()]);
        if part.tag() == DiffTag::Equal {
            at += units(gone);
            continue;
        }
        text.remove_range(&mut change, at, units(gone));
        text.insert(&mut change, at, &come.concat());
        at += units(come);
    }
    drop(change);
    let bytes = doc.transact().encode_diff_v1(&known);
    if bytes.len() > MAX_UPDATE {
        return Err(too_much());
    }
    Ok(Some(CheckedUpdate { key, bytes }))
}

fn too_much() -> Error {
    Error::invalid("text", "This is more than a pad takes at once. Save it in parts of 100 pages.")
}

/// The library answers some bytes that no page would send by a panic: they are refused like others.
fn doc<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> Result<Doc> {
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| apply_all(updates)));
    made.unwrap_or_else(|_| Err(anyhow::anyhow!("a pad's update cannot be applied").into()))
}

fn apply_all<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> Result<Doc> {
    // Counted as browsers count.
    let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::default() });
    {
        let mut all = doc.transact_mut();
        for update in updates {
            let update = Update::decode_v1(update).map_err(|error| Error::from(anyhow::Error::new(error)))?;
            all.apply_update(update).map_err(|error| Error::from(anyhow::Error::new(error)))?;
        }
    }
    Ok(doc)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Somebody's page: what they have, and how they change it.
    struct Page(Doc);

    impl Page {
        fn new() -> Self {
            Page(Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::default() }))
        }

        fn text(&self) -> String {
            self.0.get_or_insert_text(NAME).get_string(&self.0.transact())
        }

        fn hear(&self, update: &[u8]) {
            self.0.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
        }

        /// Types at a place, or takes a few characters away; the update that tells others.
        fn change(&self, place: usize, come: &str, gone: u32) -> Vec<u8> {
            let text = self.0.get_or_insert_text(NAME);
            let length = text.get_string(&self.0.transact()).encode_utf16().count() as u32;
            let at = if length == 0 { 0 } else { place as u32 % (length + 1) };
            let mut change = self.0.transact_mut();
            text.remove_range(&mut change, at, gone.min(length - at));
            text.insert(&mut change, at, come);
            change.encode_update_v1()
        }
    }

    proptest! {
        /// Three pages write without hearing of each other for as long as it happens; whatever order the updates
        /// come in, and however often, all have the same text, and so has the server.
        #[test]
        fn any_order_of_arrival_gives_everybody_the_same_text(
            acts in prop::collection::vec((0_usize..3, 0_usize..60, "[a-z\\n]{0,4}", 0_u32..3, prop::bool::weighted(0.3)), 1..40),
            order in prop::collection::vec(any::<prop::sample::Index>(), 120),
        ) {
            let pages = [Page::new(), Page::new(), Page::new()];
            let mut all: Vec<Vec<u8>> = Vec::new();
            let mut heard = [0_usize; 3];
            for (who, place, come, gone, hears) in &acts {
                if *hears {
                    all[heard[*who]..].iter().for_each(|update| pages[*who].hear(update));
                    heard[*who] = all.len();
                }
                all.push(pages[*who].change(*place, come, *gone));
            }
            let mut shuffled: Vec<&Vec<u8>> = order.iter().map(|index| index.get(&all)).collect();
            shuffled.extend(&all);
            for page in &pages {
                shuffled.iter().for_each(|update| page.hear(update));
            }
            let texts: Vec<String> = pages.iter().map(Page::text).collect();
            let server = text(shuffled.iter().map(|update| update.as_slice())).unwrap();
            prop_assert_eq!(&texts[0], &texts[1]);
            prop_assert_eq!(&texts[1], &texts[2]);
            prop_assert_eq!(&texts[0], &server);
        }

        /// Whatever a page sends is taken or refused, and what was taken can be read.
        #[test]
        fn no_bytes_break_a_pad(bytes in prop::collection::vec(any::<u8>(), 0..200), come in "[a-z]{1,8}", at in any::<prop::sample::Index>(), other in any::<u8>()) {
            let good = Page::new().change(0, &come, 0);
            let mut bent = good.clone();
            let at = at.index(bent.len());
            bent[at] = other;
            for bytes in [bytes, bent] {
                if let Ok(update) = CheckedUpdate::of(Uuid::nil(), bytes) {
                    prop_assert!(text([good.as_slice(), &update.bytes]).is_ok());
                }
            }
        }

        /// A save of the whole text against an older state keeps what others wrote meanwhile.
        #[test]
        fn a_text_saved_without_scripts_says_what_was_written_and_loses_nothing_of_others(before in "[a-c ]{0,20}", after in "[a-c ]{0,20}", other in "[x-z]{1,5}") {
            let page = Page::new();
            let first = page.change(0, &before, 0);
            let meanwhile = page.change(0, &other, 0);
            let key = Uuid::nil();
            let Some(saved) = rewrite([first.as_slice()], key, &after).unwrap() else {
                prop_assert_eq!(before, after);
                return Ok(());
            };
            prop_assert_eq!(text([first.as_slice(), &saved.bytes]).unwrap(), after.clone());
            let both = text([first.as_slice(), &meanwhile, &saved.bytes]).unwrap();
            prop_assert!(both.contains(&other), "{} in {}", other, both);
            prop_assert_eq!(both.replace(|letter: char| other.contains(letter), ""), after);
        }
    }

    #[test]
    fn what_is_no_update_is_refused() {
        let of = |update: &str| CheckedUpdate::parse(Uuid::nil(), &NewPadUpdate { update: update.into() });
        for wrong in ["%", "", "AQ==", "////", &"A".repeat(MAX_UPDATE * 2)] {
            assert!(matches!(of(wrong), Err(Error::Invalid(_))), "{wrong:.20}");
        }
        let update = Page::new().change(0, "SELECT 1;", 0);
        assert_eq!(of(&BASE64.encode(&update)).unwrap().bytes, update);
    }
}
