//! Every act that passes is written down, exactly once; a draft's saves are not.

use fivefold::policy::{Mode, Role};
use fivefold::web::routing::Method;

use super::scene::Scene;
use super::{Expected, Knock, Visitor, expected, visitors, walked};
use crate::support::PASSWORD;

/// What changes nothing that belongs to anybody: a colour, a wish that is answered alike for everybody, a look at a file.
const NOTHING: [&str; 6] = [
    "/theme",
    "/password-reset",
    "/api/v1/password-resets",
    "/account/resume/import",
    "/api/v1/me/resume/previews",
    "/teams/{team_id}/candidates/{id}/resume/import",
];

/// Saves of drafts, whose versions are their record; and who is there, which is no act.
const DRAFTS: [&str; 19] = [
    "practice::api::put_recording_part",
    "practice::pages::attempt::save_answer",
    "practice::api::save_answer",
    "calibration::exercises::pages::making::expert::save",
    "calibration::exercises::api::making::save_expert_score",
    "calibration::exercises::pages::score::save",
    "calibration::exercises::api::save_gold_score",
    "calibration::second_scoring::pages::score::save",
    "calibration::second_scoring::api::save_second_score",
    "scorecards::pages::update",
    "scorecards::api::save_scorecard",
    "rooms::pages::create_note",
    "rooms::pages::delete_note",
    "rooms::pages::update_marks",
    "rooms::pages::asks::save_own_notes",
    "rooms::api::save_own_notes",
    "rooms::pages::pad::save_text",
    "rooms::api::create_pad_update",
    "rooms::api::update_presence",
];

#[actix_web::test]
async fn every_act_that_passes_leaves_one_line_and_no_word_of_it() {
    let scene = Scene::set(Mode::Mock).await;
    let lines = || scene.app.count("SELECT count(*) FROM audit_events WHERE NOT refused");
    let (mut passed, mut wrong) = (0, Vec::new());
    for route in walked().filter(|route| route.method != Method::Get) {
        let writer = |visitor: &_| {
            matches!(
                expected(&route, *visitor, Mode::Mock),
                Some(Expected::Passes | Expected::Open | Expected::Redirects | Expected::SignedOut)
            )
        };
        // Nobody has nothing to sign out of.
        let signs_out = |visitor: &_| route.path != "/sign-out" || *visitor == Visitor::Has(Role::Owner);
        for visitor in visitors().into_iter().filter(writer).filter(signs_out) {
            scene.restore();
            scene.take_the_lead(visitor, &route).await;
            let before = lines();
            let answer = Knock::at(&scene, &route, visitor).send().await;
            if answer.status >= 400 {
                assert_eq!(lines(), before, "{:?} {} failed and left a line", route.method, route.path);
                continue;
            }
            passed += 1;
            let (left, due) = (lines() - before, i64::from(!DRAFTS.contains(&route.handler) && !NOTHING.contains(&route.path)));
            if left != due {
                wrong.push(format!("{:?} {} by {visitor:?}: {left} lines, not {due}", route.method, route.path));
            }
            break;
        }
    }
    eprintln!("audit: {passed} acts passed");
    assert_eq!(wrong, Vec::<String>::new());
    let text = scene.app.text("SELECT coalesce(string_agg(e::text, ' '), '') FROM audit_events e");
    for word in scene
        .app
        .texts("SELECT name FROM accounts UNION SELECT name FROM candidates UNION SELECT name FROM teams")
        .iter()
        .chain([&PASSWORD.to_owned()])
    {
        assert!(!text.contains(word.as_str()), "{word} stands in the audit");
    }
    assert!(!text.contains('@'), "an address stands in the audit");
}
