//! Whatever is done, in whatever order: what is published of a rubric stays as it is.

use std::collections::BTreeMap;

use actix_web::http::Method;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::copy;
use crate::doors::bodies::{pasted, rubric_file};
use crate::support::{App, Client, World, merge};

/// Something that a lead does to a rubric.
#[derive(Debug, Clone)]
enum Act {
    Describe(u8),
    Anchor(usize, usize, u8),
    Weigh(usize, u8),
    /// The draft lacks something: it can be kept and not be published.
    Spoil,
    /// On a version that is not the newest.
    Late(u8),
    Publish,
    Retire(bool),
    Copy,
    Import(bool),
    /// What is published is taken away and brought back.
    BringBack,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0_u8..20).prop_map(Act::Describe),
        3 => (0_usize..5, 0_usize..5, 0_u8..20).prop_map(|(area, level, n)| Act::Anchor(area, level, n)),
        2 => (0_usize..5, 1_u8..5).prop_map(|(area, weight)| Act::Weigh(area, weight)),
        1 => Just(Act::Spoil),
        1 => (0_u8..20).prop_map(Act::Late),
        4 => Just(Act::Publish),
        1 => any::<bool>().prop_map(Act::Retire),
        1 => Just(Act::Copy),
        1 => any::<bool>().prop_map(Act::Import),
        1 => Just(Act::BringBack),
    ]
}

struct Rubric<'r> {
    app: &'r App,
    world: &'r World,
    lead: Client,
    place: String,
}

impl Rubric<'_> {
    async fn do_it(&self, act: &Act) {
        let (lead, place) = (&self.lead, &self.place);
        let now = lead.get(place).await.is(200).json();
        let (mut draft, version) = (now["draft"].clone(), now["version"].as_i64().unwrap());
        match act {
            Act::Describe(n) => draft["description"] = json!(format!("What we look for, {n}.")),
            Act::Anchor(area, level, n) => draft["areas"][area]["anchors"][level]["text"] = json!(format!("Hears {area}, {level}: {n}.")),
            Act::Weigh(area, weight) => {
                draft["areas"][area]["weight"] = json!(weight);
                draft["weights_reason"] = json!("It matters more here.");
            }
            Act::Spoil => draft["description"] = json!(""),
            Act::Late(n) => {
                draft["description"] = json!(format!("Too late, {n}."));
                lead.if_match(version + 1).put_json(place, draft).await.is(412);
                return;
            }
            Act::Publish => return drop(lead.post_json(&format!("{place}/versions"), json!({"reason": "Another"})).await),
            Act::Retire(on) => {
                let method = if *on { Method::PUT } else { Method::DELETE };
                return drop(lead.send(method, &format!("{place}/retirement"), None).await.is(200));
            }
            Act::Copy => {
                let version = self.newest();
                return drop(lead.post_json(&self.world.api("/rubrics"), json!({"name": "A copy", "copy_of": version})).await);
            }
            Act::Import(page) => return self.import(&merge(rubric_file(), json!({"slug": "our-measure"})), *page).await,
            Act::BringBack => {
                let Some(version) = self.newest() else { return };
                let file = lead.get(&self.world.api(&format!("/rubrics/versions/{version}/export"))).await.is(200).json();
                return self.import(&file, false).await;
            }
        }
        lead.if_match(version).put_json(place, draft).await.is(200);
    }

    fn newest(&self) -> Option<String> {
        self.app.texts("SELECT id FROM rubric_versions ORDER BY number DESC, id LIMIT 1").pop()
    }

    async fn import(&self, file: &Value, page: bool) {
        if page {
            let (kind, body) = pasted(&file.to_string());
            let browser = self.app.signed_in(self.world.lead);
            browser.send(Method::POST, &self.world.page("/rubrics/imports"), Some((kind, body))).await.is(303);
        } else {
            self.lead.post_json(&self.world.api("/rubrics/imports"), file).await.is(201);
        }
    }

    /// Everything of what was published, by its id: the row.
    fn rows(&self) -> BTreeMap<String, String> {
        let rows = self.app.texts("SELECT v.id || ' ' || md5(v::text) FROM rubric_versions v");
        rows.iter().map(|row| row.split_once(' ').map(|(id, all)| (id.to_owned(), all.to_owned())).unwrap()).collect()
    }

    /// And what everybody reads of it.
    async fn read(&self, version: &str) -> Value {
        self.lead.get(&self.world.api(&format!("/rubrics/versions/{version}"))).await.is(200).json()
    }
}

#[actix_web::test]
async fn published_content_never_changes_under_any_sequence_of_acts() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut versions = 0;
    for _ in 0..3 {
        let acts = prop::collection::vec(act(), 30..45).new_tree(&mut runner).unwrap().current();
        let app = App::new().await;
        let world = World::new(&app);
        let (lead, place, _) = copy(&app, &world).await;
        let rubric = Rubric { app: &app, world: &world, lead, place };
        let (mut known, mut texts) = (BTreeMap::new(), BTreeMap::new());
        for (place, act) in acts.iter().enumerate() {
            app.advance(chrono::TimeDelta::seconds(1));
            rubric.do_it(act).await;
            let now = rubric.rows();
            for (version, row) in &known {
                assert_eq!(now.get(version), Some(row), "changed by {act:?}, the last of {:#?}", &acts[..=place]);
            }
            for version in now.keys().filter(|version| !known.contains_key(*version)) {
                texts.insert(version.clone(), rubric.read(version).await);
            }
            known = now;
        }
        for (version, text) in &texts {
            assert_eq!(rubric.read(version).await, *text, "what is read of a version is what was published");
        }
        versions += known.len();
    }
    assert!(versions > 5, "only {versions} versions were published");
}
