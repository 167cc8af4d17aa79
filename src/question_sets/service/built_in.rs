//! The built-in library's sets: files that are compiled in, published at every start.

use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::super::file::{self, QuestionSetFile};
use super::super::store::{found, library as store};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::id;

#[derive(RustEmbed)]
#[folder = "library/question-sets/"]
#[include = "*.json"]
struct BuiltIn;

/// What was published before, as `<slug>@<number>.json`: a new server has it too.
#[derive(RustEmbed)]
#[folder = "library/earlier/question-sets/"]
#[include = "*.json"]
struct Earlier;

/// Publishes what is built in and new, as the tables' owner; gives how many versions that were. Content
/// that any version has already is left alone, so an older server that starts beside a newer one changes
/// nothing.
pub fn import_built_in(tx: &mut Tx) -> Result<usize> {
    let mut published = 0;
    for file in earlier()?.into_iter().chain(files()?) {
        published += usize::from(import(tx, &file)?);
    }
    Ok(published)
}

/// The files that are compiled in.
pub fn files() -> Result<Vec<QuestionSetFile>> {
    embedded::<BuiltIn>("")
}

/// What was published before, the oldest of each set first.
fn earlier() -> Result<Vec<QuestionSetFile>> {
    embedded::<Earlier>("earlier/")
}

fn embedded<Files: RustEmbed>(folder: &str) -> Result<Vec<QuestionSetFile>> {
    let read = |path: std::borrow::Cow<'static, str>| {
        let text = Files::get(&path).map(|file| file.data).unwrap_or_default();
        let name = path.trim_end_matches(".json");
        let slug = name.split_once('@').map_or(name, |(slug, _)| slug);
        file::parse_file(slug, &String::from_utf8_lossy(&text))
            .map_err(|errors| Error::Internal(anyhow::anyhow!("library/{folder}question-sets/{path}: {errors}")))
    };
    Files::iter().map(read).collect()
}

fn import(tx: &mut Tx, file: &QuestionSetFile) -> Result<bool> {
    let hash = Sha256::digest(serde_json::to_vec(file)?);
    let imported = store::imported(tx, &file.slug)?;
    if imported.iter().any(|(_, known)| known.as_slice() == hash.as_slice()) {
        return Ok(false);
    }
    let number = imported.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1;
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = id::named(&["question set version", &file.slug, &number.to_string(), &hex]);
    store::insert(tx, id.into(), number, file, &hash)?;
    found::publish_built_in(tx, id.into())?;
    Ok(true)
}
