//! Releasing and taking back: what the candidate can read, when, and what they are told.

use fivefold::policy::Mode;
use futures_util::future::join;
use serde_json::json;

use super::*;

#[actix_web::test]
async fn a_released_report_is_there_a_withdrawn_one_is_not() {
    let panel = debriefed(Mode::Hiring).await;
    let candidate = panel.as_(panel.world.candidate);
    let browser = panel.app.signed_in(panel.world.candidate);
    skip(&panel).await;
    save(&panel, report()).await.is(200);
    candidate.get(&panel.api("/report")).await.is(404);
    browser.get(&page(&panel, "/report")).await.is(200).shows("Your report is not here yet").hides("Nearly ready");

    let given = release(&panel).await.is(200).json();
    assert_eq!((&given["number"], &given["version"], &given["released_by"]), (&json!(1), &json!(1), &json!("Olive Owner")));
    candidate.get(&panel.api("/report")).await.is(200).shows("Nearly ready");
    browser.get(&page(&panel, "/report")).await.is(200).shows("Nearly ready");

    panel.as_(panel.world.owner).delete(&panel.api("/report/release")).await.is(204);
    candidate.get(&panel.api("/report")).await.is(404).hides("Nearly ready");
    browser.get(&page(&panel, "/report")).await.is(200).shows("Your report is not here yet").hides("Nearly ready");
    assert_eq!(code(&panel.as_(panel.world.owner).delete(&panel.api("/report/release")).await), "not-released");

    // The same by the pages; what could be read when stays in the record.
    let owner = panel.app.signed_in(panel.world.owner);
    assert_eq!(owner.post_form(&page(&panel, "/report/release"), [("version", "1")]).await.leads(), page(&panel, "/report"));
    browser.get(&page(&panel, "/report")).await.is(200).shows("Nearly ready");
    assert_eq!(owner.post_form(&page(&panel, "/report/withdrawal"), [("", "")]).await.leads(), page(&panel, "/report"));
    browser.get(&page(&panel, "/report")).await.is(200).hides("Nearly ready");
    let record = "SELECT number || ' ' || (withdrawn_at IS NOT NULL)::text || ' ' || (withdrawn_by = released_by)::text FROM report_releases ORDER BY number";
    assert_eq!(panel.app.texts(record), ["1 true true", "2 true true"]);
}

#[actix_web::test]
async fn what_is_changed_after_the_release_reaches_the_candidate_with_the_next_one() {
    let panel = debriefed(Mode::Hiring).await;
    let candidate = panel.as_(panel.world.candidate);
    skip(&panel).await;
    save(&panel, report()).await.is(200);
    release(&panel).await.is(200);
    assert_eq!(release(&panel).await.is(200).json()["number"], 1, "the same version again changes nothing");

    let changed = save(&panel, json!({"headline": "Second thoughts"})).await.is(200).json();
    assert_eq!((&changed["version"], &changed["release"]["version"]), (&json!(2), &json!(1)));
    candidate.get(&panel.api("/report")).await.is(200).shows("Nearly ready").hides("Second thoughts");
    let owner = panel.app.signed_in(panel.world.owner);
    owner.get(&page(&panel, "/report")).await.is(200).shows("can read an older version");

    // What was looked at is what is released.
    panel.as_(panel.world.owner).put_json(&panel.api("/report/release"), json!({"version": 1})).await.is(412);
    let shown = owner.post_form(&page(&panel, "/report/release"), [("version", "1")]).await.is(412).shows("Second thoughts");
    assert_eq!(shown.typed("version").as_deref(), Some("2"));
    assert_eq!(release(&panel).await.is(200).json()["number"], 2);
    candidate.get(&panel.api("/report")).await.is(200).shows("Second thoughts").hides("Nearly ready");
}

#[actix_web::test]
async fn what_no_longer_holds_or_says_nothing_is_not_released() {
    let panel = debriefed(Mode::Hiring).await;
    assert_eq!(code(&release(&panel).await), "no-report");
    save(&panel, json!({})).await.is(200);
    assert_eq!(code(&release(&panel).await), "report-empty");

    decide(&panel, "yes").await;
    save(&panel, json!({"show_outcome": true})).await.is(200);
    decide(&panel, "no").await;
    let owner = panel.app.signed_in(panel.world.owner);
    assert_eq!(code(&release(&panel).await), "report-outdated");
    owner.post_form(&page(&panel, "/report/release"), [("version", "2")]).await.is(409).shows("changed after the report was saved");
    assert_eq!(panel.as_(panel.world.owner).get(&panel.api("/report")).await.json()["outdated"], true);
    assert_eq!(save(&panel, json!({"show_outcome": true})).await.is(200).json()["outdated"], false);
    release(&panel).await.is(200);

    // Once released it stays as it was read.
    decide(&panel, "yes").await;
    skip(&panel).await;
    panel.as_(panel.world.candidate).get(&panel.api("/report")).await.is(200).shows("\"outcome\":\"no\"");
}

#[actix_web::test]
async fn a_card_that_came_late_makes_the_saved_averages_outdated() {
    let panel = over(Mode::Hiring).await;
    card(&panel, panel.first, [3, 4, 4, 4, 2]).await;
    panel.as_(panel.world.owner).post_json(&panel.api("/debrief"), json!({"reason": "Sam is away"})).await.is(201);
    save(&panel, json!({"show_areas": true, "show_numbers": true})).await.is(200);
    card(&panel, panel.second, [4, 4, 4, 3, 3]).await;
    assert_eq!(code(&release(&panel).await), "report-outdated");
    // A report that shows no areas does not mind.
    save(&panel, json!({"headline": "Well done"})).await.is(200);
    release(&panel).await.is(200);
}

#[actix_web::test]
async fn two_releases_at_once_are_one() {
    let panel = debriefed(Mode::Hiring).await;
    save(&panel, report()).await.is(200);
    let (one, other) = join(release(&panel), release(&panel)).await;
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(panel.app.count("SELECT count(*) FROM report_releases"), 1);
    assert_eq!(panel.app.mails_to(panel.world.candidate).len(), 1);
}

#[actix_web::test]
async fn the_candidate_is_told_by_mail_without_a_word_of_the_report() {
    let panel = debriefed(Mode::Hiring).await;
    decide(&panel, "yes").await;
    let mut report = report();
    report["show_outcome"] = json!(true);
    save(&panel, report.clone()).await.is(200);
    release(&panel).await.is(200);
    let mails = panel.app.mails_to(panel.world.candidate);
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.subject.as_str(), mail.to_name.as_str()), ("Your interview report is ready", "Cleo Candidate"));
    assert_eq!(mail.link(), page(&panel, "/report"));
    for secret in ["Nearly", "depth", "Yes", "CANARY", "Fia", "Sam Second", "Olive"] {
        assert!(
            !mail.body_text.contains(secret) && !mail.body_html.contains(secret) && !mail.subject.contains(secret),
            "{secret}: {mail:?}"
        );
    }
    report["headline"] = json!("Another");
    save(&panel, report).await.is(200);
    release(&panel).await.is(200);
    assert!(panel.app.mails_to(panel.world.candidate).iter().any(|mail| mail.body_text.contains("a new version")));
}

#[actix_web::test]
async fn a_guest_is_told_of_their_link_and_who_has_no_address_is_not_written_to() {
    let panel = debriefed(Mode::Hiring).await;
    let _guest = guest(&panel);
    save(&panel, report()).await.is(200);
    let owner = panel.app.signed_in(panel.world.owner);
    owner.get(&page(&panel, "/report/preview")).await.is(200).shows("We have no address of theirs");
    release(&panel).await.is(200);
    assert_eq!(panel.app.mails().len(), 0);

    panel.app.sql("UPDATE candidates SET email = 'cleo@example.com'");
    panel.as_(panel.world.owner).delete(&panel.api("/report/release")).await.is(204);
    release(&panel).await.is(200);
    let mails = panel.app.mails();
    assert_eq!((mails.len(), mails[0].to_address.as_str()), (1, "cleo@example.com"));
    assert!(mails[0].body_text.contains("the link you joined the interview by") && !mails[0].body_text.contains("/report"), "{mails:?}");
}
