//! One's own data as an archive: the file, and beside it the sound of every recording.

use actix_web::HttpResponse;
use bytes::Bytes;

use super::model::{ARCHIVE, FILE, OwnData};
use crate::accounts::Visitor;
use crate::platform::error::Result;
use crate::practice::{self, AttemptId};
use crate::web::archive::{Piecewise, serve};

/// Of what `visitor` has just exported. The sounds follow while it is taken, from teams one has left as well.
pub fn answer(visitor: &Visitor, data: &OwnData) -> Result<HttpResponse> {
    let text = serde_json::to_vec_pretty(data)?;
    let sounds = data.practice.sounds().map(|(name, key)| Piecewise { name: name.to_owned(), key }).collect();
    let visitor = visitor.clone();
    Ok(serve(ARCHIVE, (FILE, text), sounds, move |id: AttemptId, byte| {
        let visitor = visitor.clone();
        async move { visitor.look(move |tx, actor| practice::own_sound_from(tx, actor, id, byte)).await.map(Bytes::from) }
    }))
}
