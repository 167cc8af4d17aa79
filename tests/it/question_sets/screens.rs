//! The editing screens: order over a long list, coverage, the live preview, what stops publishing, practice.

use actix_web::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{App, Client, World};

/// The lead in a browser and over the API, with a copy of the built-in set.
struct Desk {
    app: App,
    world: World,
    browser: Client,
    program: Client,
    /// Addresses of the set.
    page: String,
    api: String,
}

impl Desk {
    async fn set() -> Self {
        let app = App::new().await;
        let world = World::new(&app);
        let (browser, program) = (app.signed_in(world.lead), app.token(world.lead));
        let (version, _) = World::versions(&app);
        let set = program.post_json(&world.api("/question-sets"), json!({"name": "Our backend", "copy_of": version})).await.is(201).json();
        let place = format!("/question-sets/{}", set["id"].as_str().unwrap());
        let (page, api) = (world.page(&place), world.api(&place));
        Desk { app, world, browser, program, page, api }
    }

    /// Many more questions behind the others.
    fn fill(&self) {
        self.app.sql(
            "INSERT INTO draft_questions (team_id, set_id, id, key, position, content, changed_at)
             SELECT team_id, set_id, gen_random_uuid(), key || '-' || n, position + n * 100,
                    content || jsonb_build_object('key', key || '-' || n, 'title', left(content->>'title', 40) || ' ' || n), changed_at
             FROM draft_questions, generate_series(1, 2) AS n;
             UPDATE draft_questions d SET position = o.place
             FROM (SELECT id, row_number() OVER (ORDER BY position) AS place FROM draft_questions) o WHERE d.id = o.id",
        );
    }

    fn ids(&self) -> Vec<String> {
        self.app.texts("SELECT id::text FROM draft_questions ORDER BY position")
    }

    fn version(&self) -> i64 {
        self.app.count("SELECT version FROM question_sets")
    }

    async fn order(&self, fields: &[(&str, &str)]) -> crate::support::Response {
        self.browser.post_form(&format!("{}/draft/order", self.page), fields).await
    }
}

#[actix_web::test]
async fn ticked_questions_go_to_a_place_in_the_order_they_have() {
    let desk = Desk::set().await;
    let ids = desk.ids();
    let version = desk.version().to_string();
    let to = [("question", ids[5].as_str()), ("question", &ids[1]), ("place", "3"), ("version", &version)];
    let moved = desk.order(&to).await.is(303);
    assert!(moved.location().ends_with(&format!("/draft#question-{}", ids[5])), "{}", moved.location());
    let expected = [&ids[0], &ids[2], &ids[1], &ids[5], &ids[3]];
    assert_eq!(desk.ids().iter().take(5).collect::<Vec<_>>(), expected);

    // The same over the API; a place behind the last is the last.
    let order = format!("{}/draft/order", desk.api);
    let to = json!({"question_ids": [ids[0]], "place": 900});
    desk.program.patch_json(&order, &to).await.is(428);
    let set = desk.program.if_match(desk.version()).patch_json(&order, &to).await.is(200).json();
    assert_eq!((desk.ids().last(), set["version"].as_i64()), (Some(&ids[0]), Some(desk.version())));
    desk.program.if_match(desk.version()).patch_json(&order, json!({"question_ids": [ids[0]], "place": 0})).await.refuses("place");
    desk.program.if_match(desk.version()).patch_json(&order, json!({"question_ids": [], "place": 1})).await.refuses("question_ids");
    desk.program.if_match(desk.version()).patch_json(&order, json!({"question_ids": [uuid::Uuid::nil()], "place": 1})).await.is(422);
}

#[actix_web::test]
async fn a_move_by_somebody_who_saw_an_older_order_moves_nothing_and_shows_the_newest() {
    let desk = Desk::set().await;
    let (ids, version) = (desk.ids(), desk.version().to_string());
    desk.order(&[("down", &ids[0]), ("version", &version)]).await.is(303);
    let after = desk.ids();
    let stale = desk.order(&[("question", &ids[3]), ("place", "1"), ("version", &version)]).await.is(412);
    let stale = stale.shows("nothing was moved");
    assert_eq!((desk.ids(), stale.typed("place").as_deref()), (after.clone(), Some("1")), "what was typed is still there");
    assert!(stale.text().contains(&format!("value=\"{}\" id=\"tick-{}\" checked", ids[3], ids[3])), "and what was ticked");
    // In a part of the page it says so, too.
    let (list, order) = (desk.browser.with("X-Fragment", "list"), format!("{}/draft/order", desk.page));
    let part = list.post_form(&order, [("up", &ids[3]), ("version", &version)]).await.is(412).shows("nothing was moved");
    assert!(!part.says("</html>"));
    let stale =
        desk.program.if_match(1).patch_json(&format!("{}/draft/order", desk.api), json!({"question_ids": [ids[3]], "place": 1})).await;
    assert_eq!(stale.is(412).json()["current"]["version"], json!(desk.version()));
    assert_eq!(desk.ids(), after);
    desk.order(&[("question", &ids[3]), ("place", "first"), ("version", &desk.version().to_string())]).await.refuses("place");
}

#[actix_web::test]
async fn a_move_leads_to_the_page_of_a_long_list_that_has_the_question_now() {
    let desk = Desk::set().await;
    desk.fill();
    let ids = desk.ids();
    assert!(ids.len() > 100);
    let far = desk.order(&[("question", &ids[0]), ("place", "77"), ("version", &desk.version().to_string())]).await.is(303);
    let page = far.location().to_owned();
    let row = format!("data-row=\"{}\" data-place=\"77\"", ids[0]);
    assert!(desk.browser.get(page.split('#').next().unwrap()).await.is(200).text().contains(&row), "{page}");
    // Over the edge of a page, and back.
    let over = desk.ids()[50].clone();
    let up = desk.order(&[("up", &over), ("version", &desk.version().to_string())]).await.is(303);
    assert!(up.location().ends_with(&format!("/draft#question-{over}")), "{}", up.location());
    let second = desk.browser.get(page.split('#').next().unwrap()).await.is(200).shows("Questions before");
    assert!(!second.text().contains(&over));
    // Of a filtered list rows cannot be moved by one: what stands beside each other there does not in the set.
    let found = desk.browser.get(&format!("{}/draft?q=middleware", desk.page)).await.is(200).shows("Move them there");
    assert!(!found.text().contains("data-row") && !found.text().contains("name=\"up\""));
}

#[actix_web::test]
async fn a_draft_shows_what_it_covers_as_the_version_made_of_it() {
    let desk = Desk::set().await;
    let set = desk.program.get(&desk.api).await.is(200).json();
    let questions = desk.program.get(&format!("{}/draft/questions?limit=100", desk.api)).await.json();
    let reaches = |question: &&Value, area: &str, level: &str| {
        question["areas"].as_array().unwrap().contains(&json!(area)) && question["levels"].as_array().unwrap().contains(&json!(level))
    };
    let count = |area, level| questions["items"].as_array().unwrap().iter().filter(|question| reaches(question, area, level)).count();
    assert_eq!(
        set["coverage"][2],
        json!({"area": 3, "entry": count("production", "entry"), "mid": count("production", "mid"), "senior": count("production", "senior")})
    );
    let table = |text: String| text.split("coveragetable").nth(1).unwrap().split("</table>").next().unwrap().to_owned();
    let draft = table(desk.browser.get(&format!("{}/draft", desk.page)).await.is(200).text());
    let published =
        desk.browser.post_form(&format!("{}/versions", desk.page), json!({"reason": "First"})).await.is(303).location().to_owned();
    assert_eq!(draft, table(desk.browser.get(&published).await.is(200).text()));
    assert!(draft.contains(&format!(">{}<progress", count("production", "mid"))), "numbers as text: {draft}");

    desk.app.sql("DELETE FROM draft_questions");
    let none = desk.program.get(&desk.api).await.is(200).json();
    assert_eq!((none["coverage"].as_array().unwrap().len(), &none["coverage"][4]["mid"]), (5, &json!(0)));
}

#[actix_web::test]
async fn the_preview_shows_what_can_be_read_of_an_unfinished_question_and_saves_nothing() {
    let desk = Desk::set().await;
    let before = desk.app.text("SELECT md5(string_agg(content::text, '' ORDER BY id)) FROM draft_questions");
    let form = json!({
        "title": "x".repeat(60), "prompt": "What is a\r\nqueue for? Use `code` <b>here</b>.", "minutes": "many", "primary": "production", "levels": "senior",
        "listen_for": (1..=7).map(|n| format!("Point {n}")).collect::<Vec<_>>().join("\r\n"), "probes": "Why?\nHow?\nWhen?\nWho?\nAnd then?",
        "warning_signs": "a\nb\nc\nd\ne", "anchor_2": "Says what a queue is for and names one use", "anchor_3": "Says what a queue is for, and names one use",
        "anchor_4": "Says what a queue is for and names one good use", "strong_answer": "One.\r\n\r\n**Two** <script>alert(1)</script>", "preview": "1",
    });
    let questions = format!("{}/draft/questions", desk.page);
    let part = desk.browser.with("X-Fragment", "preview").post_form(&questions, &form).await.is(200);
    assert!(!part.says("</html>"), "only the part is made");
    // The room's words, from the room's own components.
    let part = part
        .shows("</span> of 7 heard")
        .shows("tick when asked")
        .shows("Think aloud.")
        .shows("Warning signs")
        .shows("What is a queue for?");
    // What is too much for the room, where two anchors are alike, and what is missing, each with its field.
    let part = part.shows("6 fit the room; these are 7").shows("4 fit the room; these are 5").shows("This reads much like level 3");
    assert_eq!(part.text().matches("href=\"#minutes\"").count(), 1, "what cannot be read is said once");
    let part = part.shows("Write whole minutes").shows("There are five anchors").shows("#anchors.4").shows("#minutes").shows("#title");
    assert!(part.says("nobody could tell the two apart"), "the same words twice stop publishing");
    // Markdown without raw HTML.
    assert!(part.text().contains("<strong>Two</strong>") && part.text().contains("<code>code</code>"));
    assert!(!part.text().contains("<script>") && !part.text().contains("<b>here"));
    assert_eq!(before, desk.app.text("SELECT md5(string_agg(content::text, '' ORDER BY id)) FROM draft_questions"));

    // Where it has no anchors of its own, those of its area are shown; an empty form complains of nothing.
    let bare = json!({"title": "Queues", "primary": "production", "preview": "1"});
    desk.browser.with("X-Fragment", "preview").post_form(&questions, &bare).await.is(200).shows("Anchors: Production");
    let empty = desk.browser.get(&format!("{questions}/new")).await.is(200);
    assert!(!empty.says("To be published it needs") && !empty.says("Worth another look"));
    // Without a script the button gives the whole page, which knows that nothing is saved.
    let whole = desk.browser.post_form(&questions, &form).await.is(200).shows("</span> of 7 heard");
    assert!(whole.text().contains("data-unsaved=\"yes\"") && empty.text().contains("data-unsaved=\"no\""));
}

#[actix_web::test]
async fn what_stops_publishing_leads_to_the_field_where_it_is_mended() {
    let desk = Desk::set().await;
    desk.fill();
    let last = desk.ids().last().unwrap().clone();
    desk.app.sql(&format!(
        "UPDATE draft_questions SET content = content || '{{\"listen_for\": [], \"anchors\": [], \"minutes\": null}}' WHERE id = '{last}'"
    ));
    let refused = desk.browser.post_form(&format!("{}/versions", desk.page), json!({"reason": "First"})).await.is(422);
    for control in ["listen_for", "minutes"] {
        assert!(refused.text().contains(&format!("/draft/questions/{last}#{control}\"")), "{control}, on whatever page of the list it is");
        desk.browser.get(&format!("{}/draft/questions/{last}", desk.page)).await.is(200).shows(&format!("id=\"{control}\""));
    }
    assert_eq!(refused.typed("reason").as_deref(), Some("First"));
    // The list says what each lacks.
    let cursor = desk.browser.get(&format!("{}/draft", desk.page)).await.text();
    assert!(!cursor.contains("Needs: "), "it is on the last page");
    let found = desk
        .browser
        .get(&format!("{}/draft?q={}", desk.page, desk.app.text(&format!("SELECT key FROM draft_questions WHERE id = '{last}'"))))
        .await;
    found.is(200).shows("Needs: minutes, listen for");
}

#[actix_web::test]
async fn who_opened_and_closed_a_set_for_practice_is_shown_with_the_time() {
    let desk = Desk::set().await;
    let opened = stamp(&desk.app);
    let lead = desk.app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", desk.world.lead));
    let open = open_for_practice(&desk.program, &desk.api).await.is(200).json();
    assert_eq!(open["practice"], json!({"opened_at": opened, "opened_by": lead, "closed_at": null, "closed_by": null}));
    assert_eq!(open["practice_opened_at"], opened);
    // To open what is open changes nothing.
    desk.app.advance(TimeDelta::hours(1));
    let owner = desk.app.token(desk.world.owner);
    assert_eq!(open_for_practice(&owner, &desk.api).await.is(200).json()["practice"], open["practice"]);
    desk.browser.get(&format!("{}/draft", desk.page)).await.is(200).shows(&format!("Opened by {lead}")).hides("Closed by");

    desk.app.signed_in(desk.world.owner).post_form(&format!("{}/practice", desk.page), json!({"on": "false"})).await.is(303);
    let name = desk.app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", desk.world.owner));
    let closed = desk.program.get(&desk.api).await.is(200).json();
    assert_eq!(
        (&closed["practice_opened_at"], &closed["practice"]["opened_by"], &closed["practice"]["closed_by"]),
        (&Value::Null, &json!(lead), &json!(name))
    );
    assert_eq!(closed["practice"]["closed_at"], stamp(&desk.app));
    let page = desk.browser.get(&format!("{}/draft", desk.page)).await.is(200).shows(&format!("Closed by {name}"));
    page.shows("may know its questions").shows("Open for practice");
    // Opened again it is open, by whoever did it.
    assert_eq!(open_for_practice(&owner, &desk.api).await.is(200).json()["practice"]["closed_at"], Value::Null);
}

/// The time as the API writes it.
fn stamp(app: &App) -> Value {
    json!(app.now())
}

async fn open_for_practice(client: &Client, set: &str) -> crate::support::Response {
    client.send(Method::PUT, &format!("{set}/practice"), Some(("application/json", b"{}".to_vec()))).await
}

#[actix_web::test]
async fn the_rubric_of_a_draft_is_chosen_from_those_the_team_may_use_and_an_unknown_one_stays_readable() {
    let desk = Desk::set().await;
    let (browser, program, world) = (&desk.browser, &desk.program, &desk.world);
    let own = |name: &'static str| async move {
        let rubric = program.post_json(&world.api("/rubrics"), json!({"name": name})).await.is(201).id();
        program.post_json(&world.api(&format!("/rubrics/{rubric}/versions")), json!({"reason": "Ours"})).await.is(201);
        world.api(&format!("/rubrics/{rubric}"))
    };
    own("Our measure").await;
    let retired = own("Old measure").await;
    program.put_json(&format!("{retired}/retirement"), json!({})).await.is(200);
    program.post_json(&world.api("/rubrics"), json!({"name": "Not published"})).await.is(201);

    let draft = format!("{}/draft", desk.page);
    let options = |page: &crate::support::Response| {
        let text = page.text();
        let select = text.split_once("name=\"rubric\"").unwrap().1.split_once("</select>").unwrap().0.to_owned();
        select.split(" value=\"").skip(1).map(|option| option.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let page = browser.get(&draft).await.is(200);
    assert_eq!(options(&page), ["", "our-measure", "five-areas", "five-areas-backend", "five-areas-rust"]);
    assert_eq!(page.typed("rubric").as_deref(), Some("five-areas"), "what the copy brought");
    let version = page.typed("version").unwrap();
    browser.post_form(&draft, json!({"name": "Our backend", "rubric": "our-measure", "version": version})).await.is(303);
    assert_eq!(program.get(&desk.api).await.is(200).json()["rubric"], "our-measure");

    // An import may have named what is not here.
    desk.app.sql("UPDATE question_sets SET rubric = 'somebody-elses'");
    let page = browser.get(&draft).await.is(200).shows("somebody-elses (not among your rubrics)");
    assert_eq!(page.typed("rubric").as_deref(), Some("somebody-elses"));
    let version = page.typed("version").unwrap();
    let again = browser.post_form(&draft, json!({"name": "", "rubric": "somebody-elses", "version": version})).await.is(422);
    assert_eq!(again.typed("rubric").as_deref(), Some("somebody-elses"), "saving something else keeps it");
    browser.post_form(&draft, json!({"name": "Ours", "rubric": "somebody-elses", "version": version})).await.is(303);
    assert_eq!(program.get(&desk.api).await.is(200).json()["rubric"], "somebody-elses");
}
