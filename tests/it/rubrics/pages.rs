//! The pages on which a team writes its rubric; all of it without a script.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::copy;
use crate::support::{App, Response, World};

/// Every field of the editor as it was sent, as the browser would send it back.
fn filled(page: &Response) -> Value {
    let text = page.text();
    let form = text.split_once("id=\"rubric\"").unwrap().1.split_once("</form>").unwrap().0;
    let names = form.split(" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut fields = serde_json::Map::new();
    for name in names.filter(|name| !name.ends_with("_sign")) {
        fields.insert(name.to_owned(), Value::String(page.typed(name).unwrap_or_default()));
    }
    fields.into()
}

#[actix_web::test]
async fn a_rubric_is_copied_written_published_compared_and_retired_without_a_script() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let rubrics = world.page("/rubrics");
    let builtin = World::versions(&app).1;
    lead.get(&rubrics).await.is(200).shows("Copy Five areas to change it").shows(&format!("{rubrics}/new?copy_of={builtin}"));
    app.signed_in(world.interviewer).get(&rubrics).await.is(200).hides("to change it").hides("New rubric");
    let new = lead.get(&format!("{rubrics}/new?copy_of={builtin}")).await.is(200);
    assert!(new.typed("name").unwrap().ends_with(", our copy"));
    lead.post_form(&rubrics, json!({"name": "", "copy_of": builtin})).await.refuses("name");
    let draft = lead.post_form(&rubrics, json!({"name": "Our measure", "copy_of": builtin})).await.is(303).leads();
    let page = lead.get(&draft).await.is(200).hides("To be published it needs").hides("Worth another look");

    // Two levels that read alike are kept and pointed at; a number that is none is refused with everything typed.
    let mut form = filled(&page);
    assert!(form.as_object().unwrap().len() > 100, "{form}");
    form["areas[0].anchors[0].text"] = json!("Names the parts and cannot say what each is for.");
    form["areas[0].anchors[1].text"] = json!("Names the parts and can say\nwhat each is for.");
    form["areas[2].weight"] = json!("two");
    let refused = lead.post_form(&draft, &form).await.is(422).shows("is no number");
    assert_eq!(
        (refused.typed("areas[2].weight"), filled(&refused)["areas[0].anchors[0].text"].clone()),
        (Some("two".into()), form["areas[0].anchors[0].text"].clone())
    );
    form["areas[2].weight"] = json!("2");
    lead.post_form(&draft, &form).await.is(303);
    let page = lead.get(&draft).await.is(200).shows("read alike").shows("The areas do not weigh the same: say why.");

    // A sign more, shown again and not saved; taken out again.
    let mut form = filled(&page);
    let signs = form.as_object().unwrap().keys().filter(|name| name.ends_with("looks_like")).count();
    let sign = |n: usize| format!("warning_signs[{n}].name");
    form["add_sign"] = json!("1");
    let more = lead.post_form(&draft, &form).await.is(200).shows("Not saved yet");
    assert_eq!(more.typed(&sign(signs)), Some(String::new()));
    form = filled(&more);
    form["remove_sign"] = json!("0");
    let fewer = lead.post_form(&draft, &form).await.is(200);
    assert_eq!(fewer.typed(&sign(0)), more.typed(&sign(1)));
    assert_eq!(app.count("SELECT version FROM rubrics"), 2, "nothing was saved by these");

    // Publishing saves what is in the form, or neither happens.
    let versions = draft.replace("/draft", "/versions");
    let mut form = filled(&page);
    form["description"] = json!("What we look for.");
    form["reason"] = json!("Our own words");
    let refused = lead.post_form(&versions, &form).await.is(422).shows("say why").refuses("weights_reason");
    assert_eq!((refused.typed("reason"), refused.typed("description")), (Some("Our own words".into()), Some("What we look for.".into())));
    assert_eq!(app.count("SELECT version FROM rubrics"), 2, "nothing was saved");
    form["weights_reason"] = json!("Production breaks first here.");
    let first = lead.post_form(&versions, &form).await.is(303).leads();
    lead.get(&first).await.is(200).shows("Our own words").shows("What changed since it was copied").shows("Production breaks first here.");
    lead.get(&format!("{first}/differences")).await.is(200).shows("<ins>").shows("What we look for.").shows("Five areas, version");
    form = filled(&lead.get(&draft).await.is(200));
    form["reason"] = json!("Again");
    lead.post_form(&versions, &form).await.is(409).shows("Change something first");

    // A second version, and what differs, word by word.
    form["areas[0].anchors[4].text"] = json!("Chooses by cost and says when the choice would be wrong.");
    form["reason"] = json!("A better five");
    let second = lead.post_form(&versions, &form).await.is(303).leads();
    let page = app.signed_in(world.interviewer).get(&format!("{second}/differences")).await.is(200);
    page.shows("1 place differs").shows("Fundamentals, level 5").shows("<del>").shows("A better five").shows("Our own words");
    let id = |url: &str| url.rsplit('/').next().unwrap().to_owned();
    let back = format!("{first}/differences?from={}", id(&second));
    lead.get(&back).await.is(200).shows("1 place differs");
    lead.get(&format!("{draft}/differences")).await.is(200).shows("Nothing differs");
    lead.get(&format!("{first}/differences?from=7")).await.is(404);
    app.signed_in(world.outsider).get(&back).await.is(404);
    let found = app.token(world.interviewer).get(&format!("/api/v1{second}/differences")).await.is(200).json();
    assert_eq!((found["changes"].as_array().unwrap().len(), &found["changes"][0]["field"]), (1, &json!("areas[0].anchors[4].text")));

    lead.post_form(&draft.replace("/draft", "/retirement"), json!({"on": "true"})).await.is(303);
    lead.get(&rubrics).await.is(200).shows("Retired rubrics: 1");
    lead.get(&draft).await.is(200).shows("Take it back into use");
    app.signed_in(world.interviewer).get(&draft).await.is(403);
}

#[actix_web::test]
async fn who_saves_second_sees_both_texts() {
    let app = App::new().await;
    let world = World::new(&app);
    let (_, place, _) = copy(&app, &world).await;
    let draft = place.strip_prefix("/api/v1").unwrap().to_owned() + "/draft";
    let (lead, owner) = (app.signed_in(world.lead), app.signed_in(world.owner));
    let form = filled(&lead.get(&draft).await.is(200));
    let with = |text: &str| crate::support::merge(form.clone(), json!({"areas[3].description": text}));
    owner.post_form(&draft, with("Their words.")).await.is(303);
    let stale = lead.post_form(&draft, with("My words.")).await.is(412).shows("Yours and theirs").shows("Their words.");
    assert_eq!((stale.typed("areas[3].description"), stale.typed("version")), (Some("My words.".into()), Some("2".into())));
    let name = app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", world.owner));
    let stale = stale.shows(&format!("{name} has saved this rubric"));
    lead.post_form(&draft, filled(&stale)).await.is(303);
    assert_eq!(app.text("SELECT draft -> 'areas' -> 3 ->> 'description' FROM rubrics"), "My words.");
}

#[actix_web::test]
async fn a_file_is_chosen_or_pasted_and_each_mistake_in_it_has_its_line_and_field() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let imports = world.page("/rubrics/imports");
    lead.get(&format!("{imports}/new")).await.is(200).shows("multipart/form-data");
    app.signed_in(world.interviewer).get(&format!("{imports}/new")).await.is(403);
    let mut file = crate::doors::bodies::rubric_file();
    let good = serde_json::to_string_pretty(&file).unwrap();
    file["areas"][2]["expected"]["mid"] = json!(6);
    file["areas"][3]["anchors"][1]["text"] = json!("");
    let wrong = serde_json::to_string_pretty(&file).unwrap();
    let line = |text: &str, of: &str| 1 + text.lines().position(|line| line.contains(of)).unwrap();
    let row = |line: usize, field: &str, said: &str| {
        format!("<td data-label=\"Line\">{line}</td><td data-label=\"Field\"><code>{field}</code></td><td>{said}")
    };
    let cases = [
        (wrong.clone(), row(line(&wrong, "\"mid\": 6"), "areas[2] (production).expected.mid", "")),
        (wrong.clone(), row(line(&wrong, "\"text\": \"\""), "areas[3] (communication).anchors[1].text", "")),
        ("{\"format\": \"fivefold/rubric@1\"}".into(), row(1, "areas", "")),
        ("{\n\"format\": \"fivefold/rubric@9\"}".into(), row(2, "format", "This file was made by a newer Fivefold")),
        ("not JSON".into(), row(1, "", "")),
        (String::new(), "Choose a file, or paste its text.".into()),
    ];
    for (content, said) in cases {
        let uploads = [crate::doors::bodies::pasted(&content), crate::doors::bodies::upload("own.json", content.as_bytes(), "")];
        for (kind, body) in uploads.into_iter().take(if content.is_empty() { 1 } else { 2 }) {
            let refused = lead.send(Method::POST, &imports, Some((kind, body))).await.is(422).shows("Nothing was taken from the file");
            assert!(refused.text().contains(&said), "{said}: {}", refused.text());
            assert_eq!(refused.typed("content").unwrap_or_default().trim(), content, "what was brought can be mended");
        }
    }
    let (kind, body) = crate::doors::bodies::upload("own.json", &[0xff, 0xfe, 0], "");
    lead.send(Method::POST, &imports, Some((kind, body))).await.is(422).shows("UTF-8");
    for (upload, slug) in [
        (crate::doors::bodies::pasted(&good), "five-areas-2"),
        (crate::doors::bodies::upload("own.json", good.as_bytes(), ""), "five-areas-3"),
    ] {
        let draft = lead.send(Method::POST, &imports, Some((upload.0, upload.1))).await.is(303).leads();
        lead.get(&draft).await.is(200).shows(slug);
    }
}

#[actix_web::test]
async fn the_planner_offers_the_rubric_that_the_set_names() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, _) = copy(&app, &world).await;
    let own = lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours"})).await.is(201).json()["newest_version"]["id"].clone();
    let builtin_set = World::versions(&app).0;
    let made = json!({"name": "Ours", "copy_of": builtin_set, "rubric": "our-measure"});
    let set = lead.post_json(&world.api("/question-sets"), made).await.is(201).id();
    let published = lead.post_json(&world.api(&format!("/question-sets/{set}/versions")), json!({"reason": "Ours"})).await.is(201).json();
    let set = published["newest_version"]["id"].clone();

    // The team's own set comes first, with its rubric; the built-in set brings the built-in one.
    let browser = app.signed_in(world.lead);
    let new = browser.get(&world.page("/interviews/new")).await.is(200);
    assert_eq!(
        (new.typed("question_set_version_id"), new.typed("rubric_version_id")),
        (set.as_str().map(Into::into), own.as_str().map(Into::into))
    );
    let show = |set: &str, rubric: &str, beside: &str| json!({"question_set_version_id": set, "rubric_version_id": rubric, "rubric_for": beside, "level": "mid", "mode": "hiring", "minutes": "60", "refresh": "1"});
    let (set, own) = (set.as_str().unwrap(), own.as_str().unwrap());
    let another = browser.post_form(&world.page("/interviews"), show(&builtin_set, own, set)).await.is(200);
    assert_eq!(another.typed("rubric_version_id"), Some(World::versions(&app).1));
    let chosen = browser.post_form(&world.page("/interviews"), show(&builtin_set, own, &builtin_set)).await.is(200);
    assert_eq!(chosen.typed("rubric_version_id").as_deref(), Some(own), "what somebody chose beside this set stays");
}
