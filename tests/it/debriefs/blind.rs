//! R2 in the debrief, reader by reader, and in every answer there is: nobody learns anything of a card that
//! is not theirs to see.

use std::sync::LazyLock;

use fivefold::policy::{AccountId, Mode};
use fivefold::routes;
use fivefold::web::routing::{Kind, Method};
use serde_json::{Value, json};

use super::{content, on_the_table, over, page, read, shown};
use crate::doors::fill;
use crate::scorecards::Panel;
use crate::support::{Client, Response};

/// 200 with whose cards, or the refusal's status; the page and the API say the same.
async fn sees(panel: &Panel, reader: AccountId) -> Result<Vec<String>, u16> {
    let (answer, page) = (read(panel, reader).await, shown(panel, reader).await);
    if answer.status != 200 {
        // Who may read a debrief that is not open finds a page that says whom it waits for.
        assert!(page.status == answer.status || (answer.status == 409 && page.status == 200), "{} {}", answer.status, page.status);
        assert!(!page.says("Reason of") && !page.says("Reason 3"), "{}", page.text());
        return Err(answer.status);
    }
    let page = page.is(200).shows("Scores side by side");
    let names: Vec<String> = on_the_table(&answer.json()).into_iter().map(str::to_owned).collect();
    for name in ["Fia First", "Sam Second", "Sha Shadow"] {
        let column = page.says(&format!("aria-label=\"{name}\"")) || page.text().contains(&format!("<strong>{name}</strong>"));
        let own = panel.app.text(&format!("SELECT name FROM accounts WHERE id = '{reader}'")) == name;
        assert!(own || column == names.iter().any(|known| known == name), "{name}: the page shows others than the API");
    }
    Ok(names)
}

fn cards(names: &[&str]) -> Result<Vec<String>, u16> {
    Ok(names.iter().map(|name| (*name).to_owned()).collect())
}

#[actix_web::test]
async fn the_table_of_r2_row_by_row() {
    let panel = over(Mode::Hiring).await;
    let late = panel.world.interviewer;
    panel.seat(panel.id, late, "interviewer");
    let seatless = [panel.world.lead, panel.world.owner];

    // Nobody's card is in; then one; then a shadow's.
    for account in [None, Some(panel.second), Some(panel.shadow)] {
        if let Some(account) = account {
            panel.card(account, 3).await;
        }
        assert_eq!(sees(&panel, panel.first).await, Err(403), "who owes a card");
        for reader in [late, panel.observer].into_iter().chain(seatless) {
            assert_eq!(sees(&panel, reader).await, Err(409), "who owes none waits for the debrief");
        }
        assert_eq!(sees(&panel, panel.world.candidate).await, Err(403), "the candidate never");
    }
    assert_eq!(sees(&panel, panel.second).await, Err(409), "who has submitted reads the cards, and the debrief when it is one");

    // Opened early.
    panel.open_debrief(panel.id);
    assert_eq!(sees(&panel, panel.first).await, Err(403), "never, also after an early opening");
    for reader in [panel.second, panel.shadow, late, panel.observer].into_iter().chain(seatless) {
        assert_eq!(sees(&panel, reader).await, cards(&["Sam Second", "Sha Shadow"]), "no draft, and what is in");
    }
    assert_eq!(sees(&panel, panel.world.candidate).await, Err(403));

    // The last card.
    panel.card(panel.first, 3).await;
    for reader in [panel.first, panel.second, panel.shadow, late, panel.observer].into_iter().chain(seatless) {
        assert_eq!(sees(&panel, reader).await, cards(&["Fia First", "Sam Second", "Sha Shadow"]));
    }
    assert_eq!(sees(&panel, panel.world.candidate).await, Err(403));
}

#[actix_web::test]
async fn a_lead_with_a_seat_reads_as_that_seat() {
    let panel = Panel::of(Mode::Hiring).await;
    panel.seat(panel.id, panel.world.lead, "interviewer");
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    panel.open_debrief(panel.id);
    assert_eq!(sees(&panel, panel.world.lead).await, Err(403));
    panel.card(panel.world.lead, 3).await;
    assert_eq!(sees(&panel, panel.world.lead).await.map(|seen| seen.len()), Ok(2));
}

#[actix_web::test]
async fn a_past_debrief_is_hidden_while_a_card_for_the_same_candidate_is_owed() {
    let panel = over(Mode::Hiring).await;
    for account in [panel.first, panel.second] {
        panel.card(account, 3).await;
    }
    let next = panel.interview("2026-03-09T10:00:00Z");
    panel.seat(next, panel.first, "interviewer");
    panel.seat(next, panel.world.lead, "interviewer");
    for reader in [panel.first, panel.world.lead] {
        assert_eq!(sees(&panel, reader).await, Err(403));
    }
    assert_eq!(sees(&panel, panel.second).await.map(|seen| seen.len()), Ok(2), "who has no part in the next one");
    panel.hold(next);
    panel.card_of(next, panel.first, 3).await;
    assert_eq!(sees(&panel, panel.first).await.map(|seen| seen.len()), Ok(2));
}

/// Two worlds in which the same people have submitted, and only the texts and scores of cards that a reader
/// may not see differ, give that reader the same answers, byte for byte, at every address there is.
#[actix_web::test]
async fn worlds_that_differ_only_in_unseen_cards_cannot_be_told_apart() {
    let canary = format!("canary{}", uuid::Uuid::new_v4().simple());
    let worlds = (over(Mode::Hiring).await, over(Mode::Hiring).await);
    let all = |panel: &Panel| {
        vec![panel.first, panel.shadow, panel.observer, panel.world.lead, panel.world.owner, panel.world.candidate, panel.world.interviewer]
    };

    // Second's card is in, in both; first owes one, so the debrief is closed.
    for (panel, scores, mark) in [(&worlds.0, [3; 5], "plain"), (&worlds.1, [5, 1, 5, 1, 5], canary.as_str())] {
        panel.save(panel.second, content(panel, &scores.map(Value::from), mark)).await.is(200);
        panel.submit(panel.second).await.is(201);
        // A draft of the shadow: their own to see.
        panel.save(panel.shadow, content(panel, &[3; 5].map(Value::from), "mine")).await.is(200);
    }
    let mut compared = alike(&worlds, &canary, &all).await;
    // Opened early: who owes a card stays blind, and so does the candidate.
    for panel in [&worlds.0, &worlds.1] {
        panel.as_(panel.world.lead).post_json(&panel.api("/debrief"), json!({"reason": "She starts tomorrow"})).await.is(201);
    }
    compared +=
        alike(&worlds, &canary, &|panel: &Panel| vec![panel.first, panel.shadow, panel.world.candidate, panel.world.interviewer]).await;
    eprintln!("blind: {compared} pairs of answers compared");
    // The comparison sees what is there to be seen.
    let seen = read(&worlds.1, worlds.1.second).await.is(200);
    assert!(seen.says(&canary) && compared > 300, "{compared}");
    for what in ["SELECT detail FROM room_events", "SELECT body_text || body_html || subject FROM mails", "SELECT payload FROM jobs"] {
        let [one, two] = [&worlds.0, &worlds.1].map(|panel| panel.app.texts(what));
        assert_eq!((one.len(), two.iter().any(|text| text.contains(&canary))), (two.len(), false), "{what}");
    }
}

/// Compares every answer to every reading address for these readers; gives how many.
async fn alike(worlds: &(Panel, Panel), canary: &str, readers: &dyn Fn(&Panel) -> Vec<AccountId>) -> usize {
    let mut compared = 0;
    for (one, other) in readers(&worlds.0).into_iter().zip(readers(&worlds.1)) {
        for route in routes::all().iter().filter(|route| route.method == Method::Get && route.path.contains("{team_id}")) {
            let [first, second] = [(&worlds.0, one), (&worlds.1, other)].map(|(panel, reader)| ask(panel, reader, route.kind, route.path));
            let (first, second) = (first.await, second.await);
            assert!(!second.says(canary), "{}: {}", route.path, second.text());
            let told = |answer: &Response| (answer.status, answer.header("ETag").to_owned(), answer.location().to_owned(), answer.text());
            let (first, second) = (told(&first), told(&second));
            assert_eq!(
                (first.0, &first.1, plain(&first.2), plain(&first.3)),
                (second.0, &second.1, plain(&second.2), plain(&second.3)),
                "{}",
                route.path
            );
            compared += 1;
        }
    }
    compared
}

async fn ask(panel: &Panel, reader: AccountId, kind: Kind, path: &str) -> Response {
    let client: Client = if kind == Kind::Page { panel.app.signed_in(reader) } else { panel.as_(reader) };
    let in_interview = path.contains("/interviews/{id}");
    let url = fill(path, |name| match name {
        "team_id" => panel.world.team.to_string(),
        "question_id" => panel.questions[0].clone(),
        "id" if in_interview => panel.id.to_string(),
        "id" if path.contains("/candidates/") => panel.candidate_record.to_string(),
        _ => uuid::Uuid::nil().to_string(),
    });
    client.get(&url).await
}

/// The text with what differs by chance put aside: ids that are drawn.
fn plain(text: &str) -> String {
    static ID: LazyLock<regex::Regex> =
        LazyLock::new(|| regex::Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap());
    // A cursor is an id in another dress.
    static CURSOR: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new("(\"next_cursor\":\"|[?&]cursor=)[A-Za-z0-9_-]+").unwrap());
    CURSOR.replace_all(&ID.replace_all(text, "ID"), "${1}CURSOR").into_owned()
}

#[actix_web::test]
async fn a_guest_and_a_stranger_find_no_debrief() {
    let panel = over(Mode::Hiring).await;
    for account in [panel.first, panel.second] {
        panel.card(account, 3).await;
    }
    read(&panel, panel.world.interviewer).await.is(404);
    shown(&panel, panel.world.outsider).await.is(404);
    panel.app.anon().get(&panel.api("/debrief")).await.is(401);
    assert!(panel.app.anon().get(&page(&panel, "/debrief")).await.leads().starts_with("/sign-in"));
}
