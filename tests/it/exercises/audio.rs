//! The sound of a gold interview: brought before the experts are in, heard by who reads the words, taken away for good.

use actix_web::http::Method;
use serde_json::json;

use super::Team;
use super::making::{expert, written};
use crate::doors::bodies::{consensus, upload};
use crate::support::Response;

/// As a file in Ogg begins, longer than one part.
fn file() -> Vec<u8> {
    [b"OggS".to_vec(), (0..400_000_u32).map(|place| (place % 253) as u8).collect()].concat()
}

fn code(refused: &Response) -> String {
    refused.json()["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn a_gold_interview_is_heard_by_who_reads_its_words_and_its_sound_can_always_be_taken_away() {
    let team = Team::of(4).await;
    let (app, world) = (&team.app, &team.world);
    let (id, url) = written(&team).await;
    let (lead, browser) = (app.token(world.lead), app.signed_in(world.lead));
    let (audio, page) = (format!("{url}/audio"), world.page(&format!("/gold-interviews/{id}")));
    let bring = |content: Vec<u8>| lead.send(Method::PUT, &audio, Some(("audio/ogg", content)));
    lead.get(&audio).await.is(404);
    bring(b"RIFF and no sound that browsers record".to_vec()).await.refuses("file");
    let first = bring([b"OggS".as_slice(), b"first"].concat()).await.is(200).json();
    assert_eq!(first["audio"], json!({"media_type": "audio/ogg", "bytes": 9}));
    // The page's form takes the place of it; nothing chosen is said.
    let (kind, nothing) = upload("", b"", "");
    browser.send(Method::POST, &format!("{page}/audio"), Some((kind, nothing))).await.refuses("file");
    let (kind, form) = upload("talk.ogg", &file(), "");
    browser.send(Method::POST, &format!("{page}/audio"), Some((kind, form))).await.leads();
    assert_eq!(app.count("SELECT count(*) FROM recordings"), 1);
    assert!(browser.get(&page).await.is(200).shows("Take the sound away").text().contains(&format!("src=\"{audio}\"")));
    assert_eq!(lead.get(&audio).await.is(200).body, file());
    let part = lead.with("Range", "bytes=262140-262150").get(&audio).await.is(206);
    assert_eq!((part.body.as_slice(), part.header("Cache-Control")), (&file()[262_140..=262_150], "private, no-store"));

    // Whoever was not asked hears nothing; an expert hears what they score.
    let stranger = app.token(team.members[3]);
    stranger.get(&audio).await.is(404);
    stranger.delete(&audio).await.is(403);
    app.token(world.candidate).get(&audio).await.is(403);
    app.token(world.outsider).get(&audio).await.is(404);
    let experts = &team.members[..3];
    lead.put_json(&format!("{url}/experts"), json!({"account_ids": experts})).await.is(200);
    app.token(experts[0]).get(&audio).await.is(200);
    app.signed_in(experts[0]).get(&format!("{page}/expert-score")).await.is(200).shows("hear it from here");
    expert(&team, &url, experts[0], [3; 5], "Because").await;
    assert_eq!(code(&bring(file()).await.is(409)), "scored-already");
    browser.get(&page).await.is(200).hides("up to 10 MB");
    for account in &experts[1..] {
        expert(&team, &url, *account, [3; 5], "Because").await;
    }
    browser.get(&format!("{page}/consensus")).await.is(200).shows("hear it from here");
    lead.if_match(1).put_json(&format!("{url}/consensus"), consensus()).await.is(200);
    lead.post_json(&format!("{url}/versions"), json!({"reason": "First"})).await.is(201);

    // Who scores it hears it from the moment they have begun.
    stranger.get(&audio).await.is(404);
    let score = stranger.post_json(&world.api("/gold-scores"), json!({"gold_interview_id": id})).await.is(201).json();
    assert_eq!(score["gold_interview"]["audio"]["bytes"], json!(400_004));
    assert_eq!(stranger.get(&audio).await.is(200).body, file());
    let scoring = world.page(&format!("/gold-scores/{}", score["id"].as_str().unwrap()));
    assert!(app.signed_in(team.members[3]).get(&scoring).await.is(200).text().contains("data-seek=\"20\""));

    browser.post_form(&format!("{page}/audio/removal"), [("go", "on")]).await.leads();
    for client in [&lead, &stranger] {
        client.get(&audio).await.is(404);
    }
    app.signed_in(team.members[3]).get(&scoring).await.is(200).hides("hear it from here");
    let left = ["gold_audio", "recordings", "recording_parts"].map(|table| app.count(&format!("SELECT count(*) FROM {table}")));
    assert_eq!(left, [0, 0, 0]);
    assert_eq!(code(&bring(file()).await.is(409)), "scored-already");
}
