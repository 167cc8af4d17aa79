//! What a page of the room costs the database.

use serde_json::json;
use uuid::Uuid;

use super::Hall;

/// Of who has most to read: opening and end of the transaction, account, scope, room, seats, own card and its claims.
const MOST: usize = 8;

#[actix_web::test]
async fn a_page_of_the_room_asks_as_often_however_much_was_said_and_written() {
    let hall = Hall::new().await;
    hall.start().await;
    let readers = [hall.ines, hall.observer, hall.candidate];
    let cost = async || {
        let mut sent = Vec::new();
        for reader in readers {
            let (page, queries) = hall.app.queries(hall.app.signed_in(reader).get(&hall.page())).await;
            page.is(200);
            assert!(queries.len() <= MOST, "{} queries: {queries:#?}", queries.len());
            sent.push(queries.len());
        }
        sent
    };
    // the pinned question set is read once and kept
    hall.app.signed_in(hall.ines).get(&hall.page()).await.is(200);
    let one = cost().await;
    for n in 0..20 {
        hall.put(json!({"phase": "live", "question_id": hall.question(n % 5)})).await.is(200);
        let page = Uuid::now_v7();
        hall.as_(hall.ines).put_json(&hall.api(&format!("/room/presence/{page}")), json!({"presence": "here"})).await.is(204);
    }
    let note =
        |n: usize| json!({"id": Uuid::now_v7(), "sign": "neutral", "area": 1, "question_id": hall.question(n % 5), "text": "Said it."});
    let notes: Vec<_> = (0..30).map(note).collect();
    hall.as_(hall.ines).if_match(0).once().patch_json(&hall.api("/scorecard"), json!({"evidence": notes})).await.is(200);
    assert_eq!(cost().await, one);
}
