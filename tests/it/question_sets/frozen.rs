//! Whatever is done, in whatever order: what is published stays as it is.

use std::collections::BTreeMap;

use actix_web::http::Method;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::doors::bodies::{question, question_set};
use crate::support::{App, Client, World, merge};

/// Something that a lead does to a set.
#[derive(Debug, Clone)]
enum Act {
    Add(u8),
    Begin(u8),
    Edit(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    Move(prop::sample::Index),
    Change(u8),
    Rename(u8),
    Publish,
    Retire(bool),
    Practice(bool),
    Copy,
    Import(Vec<u8>, u8),
    BringBack(bool),
}

fn act() -> impl Strategy<Value = Act> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        3 => (0_u8..20).prop_map(Act::Add),
        1 => (20_u8..30).prop_map(Act::Begin),
        3 => (index(), 1_u8..60).prop_map(|(which, minutes)| Act::Edit(which, minutes)),
        1 => index().prop_map(Act::Remove),
        2 => index().prop_map(Act::Move),
        1 => (1_u8..60).prop_map(Act::Change),
        1 => (0_u8..9).prop_map(Act::Rename),
        3 => Just(Act::Publish),
        1 => any::<bool>().prop_map(Act::Retire),
        1 => any::<bool>().prop_map(Act::Practice),
        1 => Just(Act::Copy),
        3 => (prop::collection::vec(0_u8..20, 1..6), 1_u8..60).prop_map(|(keys, minutes)| Act::Import(keys, minutes)),
        2 => any::<bool>().prop_map(Act::BringBack),
    ]
}

struct Set<'s> {
    app: &'s App,
    world: &'s World,
    lead: Client,
    place: String,
}

impl Set<'_> {
    async fn do_it(&self, act: &Act) {
        let (lead, place) = (&self.lead, &self.place);
        let put_or_delete = |on: bool| if on { Method::PUT } else { Method::DELETE };
        let draft = lead.get(&format!("{place}/draft/questions?limit=100")).await.json()["items"].as_array().unwrap().clone();
        let at = |which: &prop::sample::Index| (!draft.is_empty()).then(|| which.get(&draft));
        match act {
            Act::Add(n) => drop(lead.post_json(&format!("{place}/draft/questions"), named(*n, 5)).await),
            Act::Begin(n) => drop(lead.post_json(&format!("{place}/draft/questions"), json!({"title": format!("Title {n}")})).await),
            Act::Edit(which, minutes) => {
                let Some(question) = at(which) else { return };
                let mut body = question.clone();
                for name in ["id", "position", "version", "missing", "advice", "changed_at"] {
                    body.as_object_mut().unwrap().remove(name);
                }
                body["minutes"] = json!(minutes);
                let url = format!("{place}/draft/questions/{}", question["id"].as_str().unwrap());
                lead.if_match(question["version"].as_i64().unwrap()).put_json(&url, body).await.is(200);
            }
            Act::Remove(which) => {
                let Some(question) = at(which) else { return };
                let url = format!("{place}/draft/questions/{}", question["id"].as_str().unwrap());
                lead.if_match(question["version"].as_i64().unwrap()).delete(&url).await;
            }
            Act::Move(which) => {
                let mut ids: Vec<Value> = draft.iter().map(|question| question["id"].clone()).collect();
                let middle = if ids.is_empty() { 0 } else { which.index(ids.len()) };
                ids.rotate_left(middle);
                let version = lead.get(place).await.json()["version"].as_i64().unwrap();
                lead.if_match(version).put_json(&format!("{place}/draft/order"), json!({"question_ids": ids})).await;
            }
            Act::Change(minutes) => {
                let ids: Vec<&Value> = draft.iter().map(|question| &question["id"]).collect();
                lead.patch_json(&format!("{place}/draft/questions"), json!({"question_ids": ids, "minutes": minutes})).await;
            }
            Act::Rename(n) => {
                let version = lead.get(place).await.json()["version"].as_i64().unwrap();
                lead.if_match(version).put_json(place, json!({"name": format!("Name {n}")})).await.is(200);
            }
            Act::Publish => {
                // What was only begun is taken out, or nothing would ever be published again.
                let begun: Vec<&Value> = draft.iter().filter(|one| one["missing"] != json!([])).map(|one| &one["id"]).collect();
                lead.patch_json(&format!("{place}/draft/questions"), json!({"question_ids": begun, "remove": true})).await;
                lead.post_json(&format!("{place}/versions"), json!({"reason": "Another"})).await;
            }
            Act::Retire(on) => drop(lead.send(put_or_delete(*on), &format!("{place}/retirement"), None).await),
            Act::Practice(on) => drop(lead.send(put_or_delete(*on), &format!("{place}/practice"), None).await),
            Act::Copy => {
                if let Some(version) = self.app.texts("SELECT id FROM question_set_versions ORDER BY number DESC LIMIT 1").first() {
                    lead.post_json(&self.world.api("/question-sets"), json!({"name": "A copy", "copy_of": version})).await.is(201);
                }
            }
            Act::Import(keys, minutes) => {
                let keys: std::collections::BTreeSet<_> = keys.iter().collect();
                let questions: Vec<Value> = keys.into_iter().map(|n| in_file(*n, *minutes)).collect();
                let file = merge(question_set(), json!({"slug": "ours", "name": "Ours again", "questions": questions}));
                self.import("application/json", serde_json::to_vec(&file).unwrap()).await;
            }
            Act::BringBack(table) => {
                let format = if *table { "csv" } else { "json" };
                let file = lead.get(&format!("{place}/draft/export?format={format}")).await.is(200);
                let before = self.contents();
                self.import(file.header("Content-Type"), file.body.clone()).await;
                assert_eq!(self.contents(), before, "a draft taken away and brought back is the same");
            }
        }
    }

    async fn import(&self, kind: &str, content: Vec<u8>) {
        let imports = self.world.api("/question-sets/imports");
        let import = self.lead.send(Method::POST, &format!("{imports}?slug=ours"), Some((kind, content))).await.is(201).id();
        // An empty table is no file that could be read.
        self.lead.put_json(&format!("{imports}/{import}/confirmation"), json!({})).await;
        self.app.run_jobs().await;
    }

    fn contents(&self) -> Vec<String> {
        self.app.texts(
            "SELECT d.id::text || d.position::text || d.content::text || s.name FROM draft_questions d
             JOIN question_sets s ON s.id = d.set_id WHERE s.slug = 'ours' ORDER BY d.position",
        )
    }

    /// Everything of what was published, by its id.
    fn published(&self) -> BTreeMap<String, String> {
        let rows = self.app.texts("SELECT v.id || ' ' || md5(v::text) FROM question_set_versions v");
        rows.iter().map(|row| row.split_once(' ').map(|(id, all)| (id.to_owned(), all.to_owned())).unwrap()).collect()
    }
}

fn named(n: u8, minutes: u8) -> Value {
    let key = format!("question-{n}");
    merge(question(), json!({"key": key, "title": format!("Title {n}"), "prompt": format!("Why {n}?"), "minutes": minutes}))
}

fn in_file(n: u8, minutes: u8) -> Value {
    merge(named(n, minutes), json!({"warning_signs": [], "probes": [], "checklist": "narrating", "topics": []}))
}

#[actix_web::test]
async fn published_content_never_changes_under_any_sequence_of_acts() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut versions = 0;
    for _ in 0..3 {
        let acts = prop::collection::vec(act(), 40..60).new_tree(&mut runner).unwrap().current();
        let app = App::new().await;
        let world = World::new(&app);
        let lead = app.token(world.lead);
        let id = lead.post_json(&world.api("/question-sets"), json!({"name": "Ours", "slug": "ours"})).await.is(201).id();
        let set = Set { app: &app, world: &world, place: world.api(&format!("/question-sets/{id}")), lead };
        let mut known = BTreeMap::new();
        for (place, act) in acts.iter().enumerate() {
            app.advance(chrono::TimeDelta::seconds(1));
            set.do_it(act).await;
            let now = set.published();
            for (version, content) in &known {
                assert_eq!(now.get(version), Some(content), "changed by {act:?}, the last of {:#?}", &acts[..=place]);
            }
            known = now;
        }
        versions += known.len();
    }
    assert!(versions > 5, "only {versions} versions were published");
}
