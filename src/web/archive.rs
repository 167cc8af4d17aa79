//! ZIP files that are written while they are taken, so that nothing holds a whole one.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::error::Error as StdError;
use std::future::Future;
use std::io::{self, Write};
use std::rc::Rc;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::download::disposition;
use crate::platform::error::Result;

/// What this is called among kinds of files.
pub const ZIP: &str = "application/zip";

/// A file of an archive that is read piece by piece, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piecewise<K> {
    pub name: String,
    pub key: K,
}

type Broken = Box<dyn StdError>;

/// Answers with an archive: a text at hand, then files that are packed already. `read` gives bytes of one from a place on,
/// as many as it likes, and none at its end; each read asks anew who may. A file of which there is nothing any more is
/// left out.
pub fn serve<K, R, F>(name: &str, text: (&str, Vec<u8>), files: Vec<Piecewise<K>>, read: R) -> HttpResponse
where
    K: Copy + 'static,
    R: Fn(K, u64) -> F + 'static,
    F: Future<Output = Result<Bytes>> + 'static,
{
    let mut answer = HttpResponse::Ok();
    answer.content_type(ZIP).insert_header((CACHE_CONTROL, "private, no-store")).insert_header((CONTENT_ENCODING, "identity"));
    answer.insert_header(disposition(name));
    let at_hand = (text.0.to_owned(), text.1);
    answer.streaming(pieces(at_hand, files, read))
}

fn pieces<K, R, F>(text: (String, Vec<u8>), files: Vec<Piecewise<K>>, read: R) -> impl Stream<Item = Result<Bytes, Broken>>
where
    K: Copy + 'static,
    R: Fn(K, u64) -> F + 'static,
    F: Future<Output = Result<Bytes>> + 'static,
{
    let begun = Some(Writing { zip: Packer::new(), text: Some(text), files: files.into(), at: 0, read });
    stream::unfold(begun, |writing| async move {
        let mut writing = writing?;
        // What breaks off is not gone on with.
        match writing.next().await {
            Ok((piece, true)) => Some((Ok(piece), Some(writing))),
            Ok((piece, false)) => Some((Ok(piece), None)),
            Err(error) => Some((Err(error), None)),
        }
    })
}

struct Writing<K, R> {
    zip: Packer,
    text: Option<(String, Vec<u8>)>,
    /// What is left, the one that is being read first.
    files: VecDeque<Piecewise<K>>,
    /// How much of the first was read.
    at: u64,
    read: R,
}

impl<K, R, F> Writing<K, R>
where
    K: Copy,
    R: Fn(K, u64) -> F,
    F: Future<Output = Result<Bytes>>,
{
    /// The next piece, and whether there is more.
    async fn next(&mut self) -> Result<(Bytes, bool), Broken> {
        if let Some((name, content)) = self.text.take() {
            self.zip.begin(name, TEXT)?;
            self.zip.add(&content)?;
        }
        while let Some(file) = self.files.front() {
            if let Some(ready) = self.zip.ready() {
                return Ok((ready, true));
            }
            let piece = (self.read)(file.key, self.at).await?;
            if piece.is_empty() {
                self.files.pop_front();
                self.at = 0;
                continue;
            }
            if self.at == 0 {
                self.zip.begin(file.name.clone(), AS_IT_IS)?;
            }
            self.zip.add(&piece)?;
            self.at += piece.len() as u64;
        }
        self.zip.end()?;
        Ok((self.zip.ready().unwrap_or_default(), false))
    }
}

/// Levels of deflate: for text, and, the quickest, for what hardly gets smaller. Files that are merely stored would need
/// their sum before their first byte.
const TEXT: i64 = 6;
const AS_IT_IS: i64 = 1;

/// Writes into memory, out of which what is there is taken.
struct Packer {
    zip: Option<ZipWriter<StreamWriter<Shared>>>,
    written: Shared,
}

#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Packer {
    fn new() -> Self {
        let written = Shared::default();
        Packer { zip: Some(ZipWriter::new_stream(written.clone())), written }
    }

    fn open(&mut self) -> io::Result<&mut ZipWriter<StreamWriter<Shared>>> {
        self.zip.as_mut().ok_or_else(|| io::Error::other("the archive is at its end"))
    }

    fn begin(&mut self, name: String, level: i64) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(level));
        Ok(self.open()?.start_file(name, options)?)
    }

    fn add(&mut self, content: &[u8]) -> io::Result<()> {
        self.open()?.write_all(content)
    }

    fn end(&mut self) -> io::Result<()> {
        if let Some(zip) = self.zip.take() {
            zip.finish()?;
        }
        Ok(())
    }

    fn ready(&self) -> Option<Bytes> {
        let written = std::mem::take(&mut *self.written.0.borrow_mut());
        (!written.is_empty()).then(|| written.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use futures_util::TryStreamExt as _;
    use zip::ZipArchive;

    use super::*;
    use crate::platform::error::Error;

    async fn made(files: &[&str], read: impl Fn(usize, u64) -> Result<Bytes> + 'static) -> Result<Vec<Bytes>, Broken> {
        let files = files.iter().enumerate().map(|(key, name)| Piecewise { name: (*name).to_owned(), key }).collect();
        let text = ("words.json".to_owned(), b"{\"said\": true}".to_vec());
        pieces(text, files, move |key, at| std::future::ready(read(key, at))).try_collect().await
    }

    #[actix_web::test]
    async fn files_come_out_as_they_went_in_and_what_is_gone_is_left_out() {
        // A file of three pieces, one that is gone, one of a single byte.
        let long: Vec<u8> = (0..150_000_u32).map(|n| (n.wrapping_mul(n) >> 3) as u8).collect();
        let expected = long.clone();
        let read = move |key, at: u64| {
            let at = usize::try_from(at).expect("small");
            let whole: &[u8] = [&long[..], &[], &[7]][key];
            Ok(Bytes::copy_from_slice(&whole[at..(at + 60_000).min(whole.len())]))
        };
        let pieces = made(&["a/long.webm", "a/gone.webm", "a/short.ogg"], read).await.expect("whole");
        assert!(pieces.len() >= 4 && pieces.iter().all(|piece| piece.len() < 70_000), "no more than about a piece at once");
        let mut archive = ZipArchive::new(Cursor::new(pieces.concat())).expect("an archive");
        let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, ["words.json", "a/long.webm", "a/short.ogg"]);
        for (name, expected) in [("words.json", b"{\"said\": true}".as_slice()), ("a/long.webm", &expected), ("a/short.ogg", &[7])] {
            let mut content = Vec::new();
            archive.by_name(name).expect("there").read_to_end(&mut content).expect("its sum is right");
            assert_eq!(content, expected, "{name}");
        }
    }

    #[actix_web::test]
    async fn without_files_it_holds_the_text_alone() {
        let pieces = made(&[], |_, _| Err(Error::NotFound)).await.expect("whole");
        assert_eq!(ZipArchive::new(Cursor::new(pieces.concat())).expect("an archive").len(), 1);
    }

    #[actix_web::test]
    async fn what_breaks_off_is_no_archive() {
        let read = |_, at| if at == 0 { Ok(Bytes::from_static(b"begin")) } else { Err(Error::NotFound) };
        assert!(made(&["one.webm"], read).await.is_err());
    }
}
