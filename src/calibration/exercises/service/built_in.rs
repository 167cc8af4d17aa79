//! The built-in gold interviews: files that are compiled in, published at every start.

use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::super::file::{self, GoldFile};
use super::super::store::library::{self as store, NewRow};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::id;
use crate::rubrics;

#[derive(RustEmbed)]
#[folder = "library/gold-interviews/"]
#[include = "*.json"]
struct BuiltIn;

/// Publishes what is built in and new, as the tables' owner; gives how many versions that were. Each pins the newest
/// version of its rubric, which has been imported before.
pub fn import_built_in(tx: &mut Tx) -> Result<usize> {
    let mut published = 0;
    for file in files()? {
        published += usize::from(import(tx, &file)?);
    }
    Ok(published)
}

fn files() -> Result<Vec<GoldFile>> {
    let read = |path: std::borrow::Cow<'static, str>| {
        let text = BuiltIn::get(&path).map(|file| file.data).unwrap_or_default();
        file::parse_file(path.trim_end_matches(".json"), &String::from_utf8_lossy(&text))
            .map_err(|errors| Error::Internal(anyhow::anyhow!("library/gold-interviews/{path}: {errors}")))
    };
    BuiltIn::iter().map(read).collect()
}

fn import(tx: &mut Tx, file: &GoldFile) -> Result<bool> {
    let hash = Sha256::digest(serde_json::to_vec(file)?);
    let imported = store::imported(tx, &file.slug)?;
    if imported.iter().any(|(_, known)| known.as_slice() == hash.as_slice()) {
        return Ok(false);
    }
    let number = imported.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1;
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = id::named(&["gold interview version", &file.slug, &number.to_string(), &hex]);
    let rubric = rubrics::newest(tx, &file.rubric)?.id;
    store::insert(tx, &NewRow { id: id.into(), number, file, hash: &hash, rubric })?;
    Ok(true)
}
