//! Planning, each rule through both doors.

use fivefold::policy::{Mode, Role};
use serde_json::{Value, json};

use super::{both, form, link, member, plan, questions};
use crate::support::{App, World};

#[actix_web::test]
async fn an_interview_is_planned_through_both_doors_alike() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);

    let made = lead.post_json(&world.api("/interviews"), plan(&app, &world, json!({}))).await.is(201);
    assert_eq!(made.location(), world.api(&format!("/interviews/{}", made.id())));
    let from_program = lead.get(made.location()).await.is(200);
    assert_eq!(from_program.header("ETag"), "\"1\"");

    let other = json!({"candidate": {"name": "Ben Okoro", "email": "ben@example.com"}});
    let made = app.signed_in(world.lead).post_form(&world.page("/interviews"), form(&plan(&app, &world, other))).await;
    let id = made.leads().rsplit('/').next().unwrap().to_owned();
    app.signed_in(world.lead).get(made.location()).await.is(200).shows("Ben Okoro").shows("Lead interviewer");
    let from_page = lead.get(&world.api(&format!("/interviews/{id}"))).await.is(200);

    let same = |view: Value| {
        let keys = [
            "mode",
            "level",
            "question_set_version",
            "rubric_version",
            "starts_at",
            "ends_at",
            "time_zone",
            "minutes",
            "extra_minutes",
            "stage",
        ];
        let questions: Vec<_> = view["questions"].as_array().unwrap().iter().map(|question| question["question_id"].clone()).collect();
        let seats: Vec<_> =
            view["seats"].as_array().unwrap().iter().map(|seat| (seat["account_id"].clone(), seat["areas"].clone())).collect();
        (keys.map(|key| view[key].clone()), questions, seats)
    };
    assert_eq!(same(from_program.json()), same(from_page.json()));
    assert_eq!(from_program.json()["mode"], "hiring", "the team's");
    assert_eq!(from_program.json()["stage"], "scheduled");
}

#[actix_web::test]
async fn an_id_that_is_no_such_thing_is_an_error_of_its_field() {
    let app = App::new().await;
    let world = World::new(&app);
    let unknown = uuid::Uuid::new_v4().to_string();
    let gone = member(&app, &world, Role::Interviewer, "Gina Gone");
    app.sql(&format!("UPDATE memberships SET removed_at = now() WHERE account_id = '{gone}'"));
    let foreign = json!({"seats": [{"account_id": world.outsider, "seat": "lead_interviewer"}]});
    let elsewhere = format!("/api/v1/teams/{}/interviews", world.other_team);
    app.token(world.outsider).post_json(&elsewhere, plan(&app, &world, foreign)).await.is(201);
    let foreign_candidate = app.text(&format!("SELECT id FROM candidates WHERE team_id = '{}'", world.other_team));
    let seat = |account: &dyn ToString| json!({"seats": [{"account_id": account.to_string(), "seat": "lead_interviewer"}]});
    let cases = [
        (json!({"candidate": null, "candidate_id": unknown}), "candidate_id"),
        (json!({"candidate": null, "candidate_id": foreign_candidate}), "candidate_id"),
        (json!({"question_set_version_id": unknown}), "question_set_version_id"),
        (json!({"rubric_version_id": unknown}), "rubric_version_id"),
        (seat(&unknown), "seats.0.account_id"),
        (seat(&world.outsider), "seats.0.account_id"),
        (seat(&gone), "seats.0.account_id"),
    ];
    for (changes, field) in cases {
        for answer in both(&app, &world, &plan(&app, &world, changes.clone())).await {
            assert_eq!(answer.status, 422, "{changes}");
            assert!(answer.error_at(field).is_some(), "{field} of {changes}: {}", answer.text());
        }
    }
    let strange = plan(&app, &world, json!({"question_ids": [questions(&app, 1)[0], unknown]}));
    app.token(world.lead).post_json(&world.api("/interviews"), strange).await.refuses("question_ids.1");
    let twice = questions(&app, 1)[0].clone();
    let twice = plan(&app, &world, json!({"question_ids": [twice.clone(), twice]}));
    app.token(world.lead).post_json(&world.api("/interviews"), twice).await.refuses("question_ids.1");
}

#[actix_web::test]
async fn a_panel_has_one_lead_nobody_twice_and_never_the_candidate() {
    let app = App::new().await;
    let world = World::new(&app);
    let candidate = world.interview(&app, json!({})).await;
    let candidate = app.text(&format!("SELECT candidate_id FROM interviews WHERE id = '{candidate}'"));
    let own = member(&app, &world, Role::Interviewer, "Own Account");
    link(&app, &candidate, own);
    let seat = |account: &dyn ToString, seat: &str| json!({"account_id": account.to_string(), "seat": seat});
    let lead = || seat(&world.interviewer, "lead_interviewer");
    let cases = [
        (json!([seat(&world.lead, "interviewer")]), "seats"),
        (json!([]), "seats"),
        (json!([lead(), seat(&world.lead, "lead_interviewer")]), "seats.1.seat"),
        (json!([lead(), seat(&world.interviewer, "observer")]), "seats.1.account_id"),
        (json!([lead(), seat(&world.lead, "candidate")]), "seats.1.seat"),
        (json!([lead(), seat(&own, "observer")]), "seats.1.account_id"),
        (json!([lead(), seat(&world.candidate, "interviewer")]), "seats.1.account_id"),
        (json!([{"account_id": world.interviewer, "seat": "lead_interviewer", "areas": [6]}]), "seats.0.areas"),
        (json!([lead(), {"account_id": world.lead, "seat": "observer", "areas": [1]}]), "seats.1.areas"),
    ];
    for (seats, field) in cases {
        for answer in both(&app, &world, &plan(&app, &world, json!({"candidate": null, "candidate_id": candidate, "seats": seats}))).await {
            assert_eq!(answer.status, 422, "{seats}");
            assert!(answer.error_at(field).is_some(), "{field} of {seats}: {}", answer.text());
        }
    }
}

#[actix_web::test]
async fn somebody_with_the_role_candidate_sits_in_a_panel_in_mock_interviews_only() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    let seats = json!([{"account_id": world.candidate, "seat": "lead_interviewer"}]);
    app.token(world.lead)
        .post_json(&world.api("/interviews"), plan(&app, &world, json!({"seats": seats, "mode": "hiring"})))
        .await
        .refuses("seats.0.account_id");
    app.token(world.lead).post_json(&world.api("/interviews"), plan(&app, &world, json!({"seats": seats}))).await.is(201);
}

#[actix_web::test]
async fn every_area_is_owned_and_what_was_given_is_kept() {
    let app = App::new().await;
    let world = World::new(&app);
    let areas = async |seats: Value| {
        let id = world.interview(&app, json!({"seats": seats, "candidate": {"name": "Somebody"}})).await;
        let view = app.token(world.lead).get(&world.api(&format!("/interviews/{id}"))).await.is(200).json();
        view["seats"].as_array().unwrap().iter().map(|seat| seat["areas"].clone()).collect::<Vec<_>>()
    };
    let two = json!([{"account_id": world.interviewer, "seat": "lead_interviewer"}, {"account_id": world.lead, "seat": "interviewer"}]);
    assert_eq!(areas(two).await, [json!([1, 3, 5]), json!([2, 4])]);
    let given = json!([{"account_id": world.interviewer, "seat": "lead_interviewer", "areas": [2]}, {"account_id": world.lead, "seat": "interviewer"}]);
    assert_eq!(areas(given).await, [json!([2]), json!([1, 3, 4, 5])]);
    let shadowed = json!([{"account_id": world.interviewer, "seat": "lead_interviewer"}, {"account_id": world.lead, "seat": "shadow"}]);
    assert_eq!(areas(shadowed).await, [json!([1, 2, 3, 4, 5]), json!([])]);
}

#[actix_web::test]
async fn time_and_length_keep_their_bounds() {
    let app = App::new().await;
    let world = World::new(&app);
    let cases = [
        (json!({"starts_at": "2026-03-01T08:59:59Z"}), "starts_at"),
        (json!({"starts_at": "2046-03-01T09:00:00Z"}), "starts_at"),
        (json!({"starts_at": "soon"}), "starts_at"),
        (json!({"starts_at": "2026-03-29T02:30"}), "starts_at"),
        (json!({"time_zone": "Europe/Atlantis"}), "time_zone"),
        (json!({"minutes": 4}), "minutes"),
        (json!({"minutes": 481}), "minutes"),
        (json!({"extra_minutes": -1}), "extra_minutes"),
        (json!({"extra_minutes": 241}), "extra_minutes"),
        (json!({"place": "x".repeat(501)}), "place"),
        (json!({"instructions": "x".repeat(4001)}), "instructions"),
        (json!({"question_ids": []}), "question_ids"),
        (json!({"candidate": {"name": " ", "email": ""}}), "candidate.name"),
        (json!({"candidate": {"name": "Sofia", "email": "no address"}}), "candidate.email"),
    ];
    for (changes, field) in cases {
        let [program, page] = both(&app, &world, &plan(&app, &world, changes.clone())).await;
        assert_eq!(program.status, 422, "{changes}");
        assert!(program.error_at(field).is_some(), "{field} of {changes}: {}", program.text());
        // An empty name in the form says that nobody new was written.
        let field = if field == "candidate.name" { "candidate_id" } else { field };
        assert!(page.status == 422 && page.error_at(field).is_some(), "{field} of {changes}: {}", page.text());
    }
    assert_eq!(app.count("SELECT count(*) FROM candidates"), 0, "a plan that is refused leaves no record behind");

    let gap =
        app.token(world.lead).post_json(&world.api("/interviews"), plan(&app, &world, json!({"starts_at": "2026-03-29T02:30"}))).await;
    assert!(gap.error_at("starts_at").unwrap().contains("2026-03-29T03:00"), "the next time that exists is named");
    let local = plan(&app, &world, json!({"starts_at": "2026-10-25T02:30", "minutes": 5}));
    let made = app.token(world.lead).post_json(&world.api("/interviews"), local).await.is(201).json();
    assert_eq!(made["starts_at"], "2026-10-25T00:30:00Z", "of two the earlier");
    assert!(made["warnings"].as_array().unwrap().iter().any(|warning| warning["code"] == "time-comes-twice"), "{made}");
    app.token(world.lead)
        .post_json(
            &world.api("/interviews"),
            plan(&app, &world, json!({"candidate": {"name": "Late"}, "starts_at": "2026-03-01T09:00:00Z"})),
        )
        .await
        .is(201);
}

#[actix_web::test]
async fn a_plan_names_one_candidate() {
    let app = App::new().await;
    let world = World::new(&app);
    let first = world.interview(&app, json!({})).await;
    let candidate = app.text(&format!("SELECT candidate_id FROM interviews WHERE id = '{first}'"));
    let lead = app.token(world.lead);
    let none = plan(&app, &world, json!({"candidate": null}));
    for answer in both(&app, &world, &none).await {
        answer.refuses("candidate_id");
    }
    let two = plan(&app, &world, json!({"candidate_id": candidate, "candidate": {"name": "Another"}}));
    for answer in both(&app, &world, &two).await {
        answer.refuses("candidate_id");
    }
    let again =
        lead.post_json(&world.api("/interviews"), plan(&app, &world, json!({"candidate": null, "candidate_id": candidate}))).await.is(201);
    assert_eq!(again.json()["candidate"]["name"], "Sofia Marin");
    let same_address = lead.post_json(&world.api("/interviews"), plan(&app, &world, json!({}))).await.is(409);
    assert!(same_address.json()["type"].as_str().unwrap().ends_with("/candidate-exists"));
}

#[actix_web::test]
async fn without_questions_they_are_suggested_for_level_and_time_over_all_areas() {
    let app = App::new().await;
    let world = World::new(&app);
    let made = app.token(world.lead).post_json(&world.api("/interviews"), world.plan(&app)).await.is(201).json();
    let questions = made["questions"].as_array().unwrap();
    let minutes: i64 = questions.iter().map(|question| question["minutes"].as_i64().unwrap()).sum();
    assert!(minutes <= 60 && minutes > 30, "{minutes}");
    for area in 1..=5 {
        assert!(
            questions.iter().any(|question| question["areas"].as_array().unwrap().contains(&json!(area))),
            "area {area} in {questions:#?}"
        );
    }
    assert_eq!(made["warnings"], json!([]));
}

#[actix_web::test]
async fn too_many_questions_and_open_areas_are_warned_of_not_refused() {
    let app = App::new().await;
    let world = World::new(&app);
    let made = app.token(world.lead).post_json(&world.api("/interviews"), plan(&app, &world, json!({"minutes": 5}))).await.is(201).json();
    let codes: Vec<_> = made["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"over-time") && codes.contains(&"uncovered-areas"), "{codes:?}");
    app.signed_in(world.lead)
        .get(&world.page(&format!("/interviews/{}", made["id"].as_str().unwrap())))
        .await
        .is(200)
        .shows("The questions take");
}

#[actix_web::test]
async fn nothing_typed_is_lost_when_the_form_is_refused_or_a_button_shows_it_again() {
    let app = App::new().await;
    let world = World::new(&app);
    let typed = json!({
        "candidate": {"name": "Zoë <b>", "email": "zoe@example.com"}, "place": "Room \"4\" & more", "instructions": "One\nTwo",
        "minutes": "abc", "extra_minutes": 15, "starts_at": "2026-03-03T10:00", "level": "senior",
        "seats": [{"account_id": world.interviewer, "seat": "lead_interviewer", "areas": [2]}],
    });
    let plan = plan(&app, &world, typed);
    let lead = app.signed_in(world.lead);
    let refused = lead.post_form(&world.page("/interviews"), form(&plan)).await.refuses("minutes");
    let mut again = form(&plan);
    again.push(("refresh".into(), "1".into()));
    let shown = lead.post_form(&world.page("/interviews"), again).await.is(200);
    for page in [refused, shown] {
        let expected = [
            ("candidate.name", "Zoë <b>"),
            ("candidate.email", "zoe@example.com"),
            ("place", "Room \"4\" & more"),
            ("instructions", "One\nTwo"),
            ("minutes", "abc"),
            ("extra_minutes", "15"),
            ("starts_at", "2026-03-03T10:00"),
        ];
        for (name, value) in expected {
            assert_eq!(page.typed(name).as_deref(), Some(value), "{name}");
        }
        let text = page.text();
        assert!(text.contains(&format!("value=\"{}\" selected", world.interviewer)), "the panel");
        assert!(text.contains("value=\"0:2\" checked"), "its areas");
        assert!(text.contains("value=\"senior\" selected"), "the level");
        for id in questions(&app, 4) {
            assert!(text.contains(&format!("name=\"pick\" value=\"{id}\" checked")), "what was ticked");
        }
    }
}

#[actix_web::test]
async fn the_buttons_of_the_form_work_without_a_script() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let ids = questions(&app, 4);
    let press = async |name: &str, value: &str| {
        let mut sent = form(&plan(&app, &world, json!({})));
        sent.push((name.to_owned(), value.to_owned()));
        let page = lead.post_form(&world.page("/interviews"), sent).await.is(200).text();
        let order: Vec<String> =
            page.split("name=\"question_ids\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        (page, order)
    };
    let by = |order: [usize; 4]| order.map(|at| ids[at].clone()).to_vec();
    assert_eq!(press("up", &ids[2]).await.1, by([0, 2, 1, 3]));
    assert_eq!(press("up", &ids[0]).await.1, by([0, 1, 2, 3]), "the first stays");
    assert_eq!(press("down", &ids[0]).await.1, by([1, 0, 2, 3]));
    assert_eq!(press("drop", &ids[1]).await.1, [ids[0].clone(), ids[2].clone(), ids[3].clone()]);
    assert_eq!(press("add_seat", "1").await.0.matches("name=\"account_id\"").count(), 3);
    let (page, _) = press("drop_seat", "0").await;
    assert!(page.matches("name=\"account_id\"").count() == 1 && page.contains(&format!("value=\"{}\" selected", world.lead)));
    let (_, suggested) = press("suggest", "1").await;
    assert!(suggested.len() > 4 && suggested != ids, "{suggested:?}");
    assert_eq!(app.count("SELECT count(*) FROM interviews"), 0, "a button plans nothing");
}

#[actix_web::test]
async fn a_draft_may_lack_things_is_nobodys_news_and_is_planned_by_an_edit() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let bare = plan(&app, &world, json!({"draft": true, "seats": [], "question_ids": []}));
    let draft = lead.post_json(&world.api("/interviews"), &bare).await.is(201).json();
    let path = world.api(&format!("/interviews/{}", draft["id"].as_str().unwrap()));
    assert_eq!(draft["stage"], "draft");
    link(&app, draft["candidate"]["id"].as_str().unwrap(), world.candidate);
    app.token(world.candidate).get(&path).await.is(404);
    assert!(app.mails().is_empty());

    let whole = crate::support::merge(plan(&app, &world, json!({"candidate": null})), json!({"candidate_id": draft["candidate"]["id"]}));
    lead.put_json(&path, &whole).await.is(428);
    let stale = lead.if_match(7).put_json(&path, &whole).await.is(412).json();
    assert_eq!(stale["current"]["version"], 1);
    let planned = lead.if_match(1).put_json(&path, &whole).await.is(200);
    assert_eq!(planned.json()["stage"], "scheduled");
    assert_eq!(planned.header("ETag"), "\"2\"");
    app.token(world.candidate).get(&path).await.is(200);
    let again = lead.if_match(2).put_json(&path, &whole).await.is(409).json();
    assert!(again["type"].as_str().unwrap().ends_with("/planned"));
}

#[actix_web::test]
async fn a_draft_is_gone_on_with_on_its_page_and_a_change_from_elsewhere_is_said() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let kept =
        lead.post_form(&world.page("/interviews"), form(&plan(&app, &world, json!({"draft": true, "place": "Room 4"})))).await.leads();
    let edit = format!("{kept}/edit");
    let page = lead.get(&edit).await.is(200);
    assert_eq!(page.typed("place").as_deref(), Some("Room 4"));
    assert_eq!(page.typed("version").as_deref(), Some("1"));
    let candidate = app.text("SELECT id FROM candidates");
    let whole = plan(&app, &world, json!({"candidate": null, "candidate_id": candidate, "place": "Room 5"}));
    let with = |version: &str, draft: bool| {
        let mut sent = form(&whole);
        sent.push(("version".into(), version.into()));
        sent.extend(draft.then(|| ("draft".into(), "1".into())));
        sent
    };
    assert_eq!(lead.post_form(&edit, with("1", true)).await.leads(), kept);
    let stale = lead.post_form(&edit, with("1", true)).await.is(412).shows("Somebody else has changed this draft");
    assert_eq!(stale.typed("place").as_deref(), Some("Room 5"));
    assert_eq!(lead.post_form(&edit, with("2", false)).await.leads(), kept);
    lead.get(&edit).await.is(409);
    lead.get(&kept).await.is(200).shows("Room 5").shows("planned the interview");
}

#[actix_web::test]
async fn leads_and_owners_plan_and_nobody_else() {
    let app = App::new().await;
    let world = World::new(&app);
    let plan = plan(&app, &world, json!({}));
    for account in [world.interviewer, world.candidate] {
        app.token(account).post_json(&world.api("/interviews"), &plan).await.is(403);
        app.signed_in(account).post_form(&world.page("/interviews"), form(&plan)).await.is(403);
        app.signed_in(account).get(&world.page("/interviews/new")).await.is(403);
    }
    app.token(world.outsider).post_json(&world.api("/interviews"), &plan).await.is(404);
    app.anon().post_json(&world.api("/interviews"), &plan).await.is(401);
    app.signed_in(world.lead).get(&world.page("/interviews/new")).await.is(200).shows("Plan an interview");
    app.token(world.owner).post_json(&world.api("/interviews"), &plan).await.is(201);
}

#[actix_web::test]
async fn unknown_members_and_wrong_kinds_are_refused_by_name() {
    let app = App::new().await;
    let world = World::new(&app);
    for (changes, member) in [(json!({"round": 1}), "round"), (json!({"minutes": "sixty"}), "minutes"), (json!({"level": "guru"}), "level")]
    {
        let refused = app.token(world.lead).post_json(&world.api("/interviews"), plan(&app, &world, changes)).await.is(400).json();
        assert!(refused["detail"].as_str().unwrap().contains(member), "{refused}");
    }
}
