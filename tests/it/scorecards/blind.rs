//! The blind rule (R2): the table of PRODUCT.md, and no way round it.

use fivefold::platform::db::Door;
use fivefold::policy::{AccountId, Actor, Person, Role, SignInId, TeamOfActor};
use fivefold::scorecards;
use fivefold::scorecards::visibility::Whose;
use serde_json::json;
use uuid::Uuid;

use super::Panel;

/// Whose cards a reader's list has, by first name, own first.
async fn seen(panel: &Panel, reader: AccountId) -> Vec<String> {
    let list = panel.as_(reader).get(&panel.api("/scorecards")).await.is(200).json();
    let first = |name: &serde_json::Value| name.as_str().unwrap().split(' ').next().unwrap().to_owned();
    list["items"].as_array().unwrap().iter().map(|item| first(&item["name"])).collect()
}

#[actix_web::test]
async fn the_table_of_who_sees_whose_card() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    let late = panel.world.interviewer;
    panel.seat(panel.id, late, "interviewer");
    let nobody: [&str; 0] = [];
    panel.save(panel.first, json!({"next_step": "Mine alone."})).await.is(200);
    for reader in [panel.second, panel.shadow, panel.observer, late, panel.world.lead, panel.world.owner, panel.world.candidate] {
        assert_eq!(seen(&panel, reader).await, nobody, "drafts are their author's");
    }
    assert_eq!(seen(&panel, panel.first).await, ["Fia"], "own draft included");

    panel.card(panel.second, 3).await;
    assert_eq!(seen(&panel, panel.first).await, ["Fia"], "who owes a card sees none");
    assert_eq!(seen(&panel, panel.shadow).await, nobody);
    assert_eq!(seen(&panel, panel.world.lead).await, nobody, "a lead without a seat waits for the debrief");

    panel.card(panel.shadow, 2).await;
    assert_eq!(seen(&panel, panel.second).await, ["Sam", "Sha"], "who has submitted sees what is submitted, no draft");
    assert_eq!(seen(&panel, panel.shadow).await, ["Sam", "Sha"]);

    // Opened early.
    panel.open_debrief(panel.id);
    assert_eq!(seen(&panel, panel.first).await, ["Fia"], "never, also after an early opening");
    for reader in [panel.observer, late, panel.world.lead, panel.world.owner] {
        assert_eq!(seen(&panel, reader).await, ["Sam", "Sha"], "once the debrief is open");
    }
    panel.card(panel.first, 4).await;
    assert_eq!(seen(&panel, panel.first).await, ["Fia", "Sam", "Sha"]);
    assert_eq!(seen(&panel, panel.world.candidate).await, nobody, "the candidate: never");
}

#[actix_web::test]
async fn a_lead_with_a_seat_sees_as_that_seat() {
    let panel = Panel::new().await;
    panel.seat(panel.id, panel.world.lead, "interviewer");
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    panel.open_debrief(panel.id);
    assert!(seen(&panel, panel.world.lead).await.is_empty(), "the role does not help who owes a card");
    panel.card(panel.world.lead, 4).await;
    assert_eq!(seen(&panel, panel.world.lead).await, ["Fia", "Lena"]);
}

#[actix_web::test]
async fn a_lead_who_is_the_candidate_sees_nothing() {
    let panel = Panel::new().await;
    panel.app.sql(&format!("UPDATE candidates SET account_id = '{}'", panel.world.lead));
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    panel.open_debrief(panel.id);
    let list = panel.as_(panel.world.lead).get(&panel.api("/scorecards")).await.is(200).json();
    assert_eq!(list, json!({"items": [], "submissions": []}));
}

#[actix_web::test]
async fn who_has_submitted_is_a_yes_or_no_for_the_panel_and_nothing_for_the_candidate() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.card(panel.second, 3).await;
    for reader in [panel.first, panel.second, panel.shadow, panel.observer, panel.world.lead, panel.world.owner] {
        let list = panel.as_(reader).get(&panel.api("/scorecards")).await.is(200).json();
        let submissions: Vec<_> = list["submissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["name"].as_str().unwrap(), one["submitted"].as_bool().unwrap()))
            .collect();
        assert_eq!(submissions, [("Fia First", false), ("Sam Second", true), ("Sha Shadow", false)]);
        let members: Vec<_> = list["submissions"][0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, ["account_id", "name", "seat", "submitted"], "no time and nothing of the card");
    }
    let list = panel.as_(panel.world.candidate).get(&panel.api("/scorecards")).await.is(200).json();
    assert_eq!(list, json!({"items": [], "submissions": []}));
    panel.as_(panel.world.interviewer).get(&panel.api("/scorecards")).await.is(404);
    panel.as_(panel.world.outsider).get(&panel.api("/scorecards")).await.is(404);
    panel.app.anon().get(&panel.api("/scorecards")).await.is(401);
}

#[actix_web::test]
async fn a_guest_by_a_link_sees_no_card_even_after_the_debrief() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.card(panel.first, 3).await;
    panel.open_debrief(panel.id);
    let link = Uuid::from_u128(77);
    panel.app.sql(&format!(
        "INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at)
         VALUES ('{}', '{link}', '{}', 'x', '{}', '2026-03-01', '2027-01-01')",
        panel.world.team, panel.id, panel.world.lead
    ));
    let now = panel.app.now();
    let token = panel.app.server.signer.sign(
        fivefold::platform::token::Purpose::Guest,
        link,
        panel.world.team.0,
        now,
        now + chrono::TimeDelta::days(1),
    );
    let guest = panel.app.anon().with_cookie("guest", &token);
    assert_eq!(guest.get(&panel.api("/scorecards")).await.is(200).json(), json!({"items": [], "submissions": []}));
    guest.get(&panel.api("/scorecard")).await.is(403);
    guest.if_match(0).once().patch_json(&panel.api("/scorecard"), json!({"next_step": "x"})).await.is(403);
}

#[actix_web::test]
async fn a_past_interview_of_the_same_candidate_is_hidden_until_ones_own_card_is_in() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    for account in [panel.first, panel.second, panel.shadow] {
        panel.card(account, 3).await;
    }
    panel.open_debrief(panel.id);
    assert_eq!(seen(&panel, panel.first).await.len(), 3);

    let next = panel.interview("2026-03-09T10:00:00Z");
    for account in [panel.first, panel.world.lead] {
        panel.seat(next, account, "interviewer");
    }
    assert_eq!(seen(&panel, panel.first).await, ["Fia"], "one's own stays readable");
    assert!(seen(&panel, panel.world.lead).await.is_empty());
    assert_eq!(seen(&panel, panel.second).await.len(), 3, "who has no part in the next one is not held up");

    panel.hold(next);
    panel.card_of(next, panel.first, 4).await;
    panel.card_of(next, panel.world.lead, 4).await;
    assert_eq!((seen(&panel, panel.first).await.len(), seen(&panel, panel.world.lead).await.len()), (3, 3));

    // An interview that will not be held asks for no card.
    let off = panel.interview("2026-03-16T10:00:00Z");
    panel.seat(off, panel.first, "interviewer");
    assert_eq!(seen(&panel, panel.first).await.len(), 1);
    panel.app.sql(&format!("UPDATE interviews SET cancelled_at = now() WHERE id = '{off}'"));
    assert_eq!(seen(&panel, panel.first).await.len(), 3);
}

/// Two worlds that differ only in another's unsubmitted card answer every reader alike, byte for byte.
#[actix_web::test]
async fn worlds_that_differ_only_in_anothers_draft_cannot_be_told_apart() {
    let (plain, rich) = (Panel::new().await, Panel::new().await);
    let canary = "c4n4ry";
    for panel in [&plain, &rich] {
        panel.hold(panel.id);
        panel.card(panel.shadow, 3).await;
        panel.save(panel.first, json!({"next_step": "My own."})).await.is(200);
        panel.open_debrief(panel.id);
    }
    // Second has a draft in both: nothing on one, everything on the other.
    plain.save(plain.second, json!({})).await.is(200);
    for step in 0..3_u128 {
        let mut patch = rich.complete(5);
        patch["next_step"] = json!(canary);
        patch["evidence"] = json!([{"id": Uuid::from_u128(step), "sign": "concern", "area": 1, "text": canary.repeat(50)}]);
        patch["questions"] = json!([{"question_id": rich.questions[0], "value": 1}]);
        rich.save(rich.second, patch).await.is(200);
    }
    let plain_ids = ids(&plain);
    let rich_ids = ids(&rich);
    for (reader, other) in plain.readers().into_iter().zip(rich.readers()).filter(|(reader, _)| *reader != plain.second) {
        for rest in ["/scorecard", "/scorecards"] {
            let one = plain.as_(reader).get(&plain.api(rest)).await;
            let two = rich.as_(other).get(&rich.api(rest)).await;
            assert!(!two.says(canary), "{rest}: {}", two.text());
            assert_eq!(one.status, two.status, "{rest}");
            assert_eq!(one.header("ETag"), two.header("ETag"), "{rest}");
            assert_eq!(nameless(&one.text(), &plain_ids), nameless(&two.text(), &rich_ids), "{rest}");
        }
        for rest in ["/scorecard", "/scorecards"] {
            let one = plain.app.signed_in(reader).get(&plain.world.page(&format!("/interviews/{}{rest}", plain.id))).await;
            let two = rich.app.signed_in(other).get(&rich.world.page(&format!("/interviews/{}{rest}", rich.id))).await;
            assert!(!two.says(canary), "{rest}: {}", two.text());
            assert_eq!(nameless(&one.text(), &plain_ids), nameless(&two.text(), &rich_ids), "{rest}");
        }
        let one = plain.as_(reader).if_match(9).once().patch_json(&plain.api("/scorecard"), json!({})).await;
        let two = rich.as_(other).if_match(9).once().patch_json(&rich.api("/scorecard"), json!({})).await;
        assert_eq!(nameless(&one.text(), &plain_ids), nameless(&two.text(), &rich_ids));
        let one = plain.submit(reader).await;
        let two = rich.submit(other).await;
        assert_eq!(nameless(&one.text(), &plain_ids), nameless(&two.text(), &rich_ids));
    }
}

fn ids(panel: &Panel) -> Vec<String> {
    panel.app.texts(
        "SELECT id FROM (SELECT id, created_at FROM accounts UNION ALL SELECT id, created_at FROM teams) AS every (id, at) ORDER BY at, id",
    )
}

/// The text with what differs by chance put aside: ids, and the request's own.
fn nameless(text: &str, ids: &[String]) -> String {
    let mut text = text.to_owned();
    for id in ids {
        text = text.replace(id, "ID");
    }
    let chance = regex::Regex::new(r#""request_id":"[^"]*"|name="key" value="[^"]*"|<code>[0-9a-f-]{36}</code>"#).unwrap();
    chance.replace_all(&text, "").into_owned()
}

/// The SQL scope and the pure rule say the same of every reader, in every state an interview can be in.
#[actix_web::test]
async fn the_scope_is_the_rule_in_every_world() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    let later = panel.interview("2026-03-09T10:00:00Z");
    let reader = panel.world.interviewer;
    let (team, id) = (panel.world.team, panel.id);
    // Others: a submitted card and a draft.
    panel.card(panel.second, 3).await;
    panel.save(panel.shadow, json!({"next_step": "Draft."})).await.is(200);
    let mut compared = 0;
    for role in [Role::Interviewer, Role::Lead] {
        for seat in [None, Some("lead_interviewer"), Some("interviewer"), Some("shadow"), Some("observer")] {
            for (late, removed) in [(false, false), (true, false), (false, true)] {
                for own in ["none", "draft", "submitted"] {
                    for (candidate, later_seat, debrief) in (0..8).map(|bits| (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0)) {
                        if (seat.is_none() && (late || removed || own != "none")) || (seat == Some("observer") && own != "none") {
                            continue;
                        }
                        let added = if late { "2026-03-02T12:00:00Z" } else { "2026-03-02T09:00:00Z" };
                        let removed = if removed { "'2026-03-02T09:01:00Z'" } else { "NULL" };
                        let mut world = format!(
                            "DELETE FROM scorecards WHERE account_id = '{reader}'; DELETE FROM seats WHERE account_id = '{reader}'; DELETE FROM debriefs;
                             UPDATE memberships SET role = '{role}' WHERE account_id = '{reader}' AND team_id = '{team}';
                             UPDATE candidates SET account_id = {};",
                            if candidate { format!("'{reader}'") } else { "NULL".into() }
                        );
                        if let Some(seat) = seat {
                            world += &format!(
                                "INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at, removed_at) VALUES ('{team}', '{}', '{id}', '{reader}', '{seat}', '{added}', {removed});",
                                Uuid::from_u128(9_001)
                            );
                        }
                        if later_seat {
                            world += &format!(
                                "INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at) VALUES ('{team}', '{}', '{later}', '{reader}', 'interviewer', '{added}');",
                                Uuid::from_u128(9_002)
                            );
                        }
                        if own != "none" {
                            let at = if own == "submitted" { "'2026-03-02T11:30:00Z'" } else { "NULL" };
                            world += &format!(
                                "INSERT INTO scorecards (team_id, id, interview_id, account_id, version, created_at, saved_at, submitted_at) VALUES ('{team}', '{}', '{id}', '{reader}', 1, '{added}', '{added}', {at});",
                                Uuid::from_u128(9_003)
                            );
                        }
                        if debrief {
                            world += &format!(
                                "INSERT INTO debriefs (team_id, interview_id, opened_at, opened_by) VALUES ('{team}', '{id}', '2026-03-02T12:00:00Z', '{reader}');"
                            );
                        }
                        panel.app.sql(&world);
                        compared += usize::from(compare(
                            &panel,
                            reader,
                            role,
                            debrief,
                            &format!(
                                "{role} {seat:?} late={late} removed={removed} own={own} candidate={candidate} later={later_seat} debrief={debrief}"
                            ),
                        ));
                    }
                }
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

/// False when the reader does not see the interview at all.
fn compare(panel: &Panel, reader: AccountId, role: Role, debrief: bool, world: &str) -> bool {
    let team = panel.world.team;
    let actor = Actor {
        person: Person::Account {
            id: reader,
            sign_in: SignInId(Uuid::nil()),
            name: "Ines".into(),
            email: "i@example.com".into(),
            time_zone: chrono_tz::Tz::UTC,
            operator: false,
        },
        team: Some(TeamOfActor {
            id: team,
            name: "North".into(),
            mode: panel.mode,
            personal: false,
            time_zone: chrono_tz::Tz::UTC,
            role: Some(role),
        }),
    };
    let id = panel.id;
    let door = Door::Person { account: reader.0, team: team.0 };
    let read =
        panel.app.server.db.write_here(door, |tx| Ok((scorecards::reader(tx, &actor, id)?, scorecards::visible_cards(tx, &actor, id)?)));
    let Ok((rule, cards)) = read else { return false };
    let sees = |account: AccountId| cards.iter().any(|card| card.account_id == account);
    let own = panel
        .app
        .texts(&format!("SELECT (submitted_at IS NOT NULL)::text FROM scorecards WHERE account_id = '{reader}' AND interview_id = '{id}'"));
    if let Some(submitted) = own.first() {
        assert_eq!(sees(reader), rule.sees(Whose::Own, submitted == "true", debrief), "own, {world}");
    }
    assert_eq!(sees(panel.second), rule.sees(Whose::Anothers, true, debrief), "submitted, {world}: {rule:?}");
    assert_eq!(sees(panel.shadow), rule.sees(Whose::Anothers, false, debrief), "draft, {world}: {rule:?}");
    true
}
