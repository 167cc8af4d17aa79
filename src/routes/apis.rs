//! The operations of the API, with what each demands, takes and gives.

use crate::calibration::{exercises, second_scoring};
use crate::policy::Act;
use crate::web::api::Nothing;
use crate::web::paging::PAGING;
use crate::web::routing::Method::{Delete, Get, Patch, Post, Put};
use crate::web::routing::Who::{Anyone, May, SignedIn};
use crate::web::routing::{LARGEST, Route, SMALL, api, stream};
use crate::{
    accounts, calibration, candidates, debriefs, find, home, interviews, own_data, peer_practice, practice, question_sets, reports,
    resumes, rooms, rubrics, scorecards, teams,
};

/// Parameters that several operations take: name and meaning.
const LOOK: &[(&str, &str)] = &[
    ("period", "12-weeks, 26-weeks, 52-weeks (as without it) or always"),
    ("level", "entry, mid or senior; without it all"),
    ("rubric_version_id", "a version of a rubric; without it the one with the most scorecards"),
];
const LIST_OF_INTERVIEWS: &[(&str, &str)] = &[PAGING[0], PAGING[1], ("state", "all, upcoming (the next first), scoring, debrief or done")];
const SEARCHED: &[(&str, &str)] = &[PAGING[0], PAGING[1], ("q", "A part of the name, in any case")];
const FIND: &[(&str, &str)] = &[
    PAGING[0],
    PAGING[1],
    ("q", "Words as for a search engine, or a part of a name; the last word may be half typed"),
    ("kind", "candidate, interview or question; all without it"),
];
const DRAFT_QUESTIONS: &[(&str, &str)] = &[
    PAGING[0],
    PAGING[1],
    ("q", "Words of the question, as for a search engine"),
    ("area", "An area's number, 1 to 5"),
    ("level", "entry, mid or senior"),
    ("kind", "A kind of question"),
];
const FROM_RUBRIC: &[(&str, &str)] =
    &[("from", "Any version of a rubric that the team reads; left out, the version before, or what it was copied from")];
const KNOWN_QUESTIONS: &[(&str, &str)] = &[
    ("question_set_version_id", "The version of the plan; without it, all that the candidate may know"),
    ("level", "entry, mid or senior"),
    ("question_ids", "The questions of the plan, joined by commas; without it, all that fit the level"),
];
const PANEL: &[(&str, &str)] = &[
    ("account_ids", "Who is in the panel so far, joined by commas"),
    ("mode", "mock or hiring; the team's own without it"),
    ("candidate_id", "Whoever is interviewed; they are in no panel"),
];
const DIFFERENCES: &[(&str, &str)] =
    &[PAGING[0], PAGING[1], ("from", "The id of the version to compare with; without it the one before, for a draft the newest")];
const EXPORT: &[(&str, &str)] = &[("format", "json or csv; json without it")];
const IMPORT: &[(&str, &str)] =
    &[("slug", "The short name of the set it is for; else the file says it, or its name"), ("file_name", "What the file is called")];
const IF_MATCH: &[(&str, &str)] = &[("If-Match", "The version in quotes that the change is based on, as in \"3\"")];
const BOARD: &[(&str, &str)] = &[("level", "`entry`, `mid` or `senior` alone"), ("question_set_version_id", "Offers with this set alone")];
const CALL_OFF: &[(&str, &str)] = &[("reason", "Why; needed for a booking. The other reads it")];
const REASON: &[(&str, &str)] = &[("reason", "Why; it stands in the plan's history")];
const PRACTICE_LEVEL: &[(&str, &str)] = &[("level", "entry, mid or senior; without it that of your newest attempt")];
const BESIDE: &[(&str, &str)] = &[("with", "The other attempt; without it the one before")];
/// What makes a request that is tried again count once.
const ONCE: &[(&str, &str)] = &[("Idempotency-Key", "A UUID that stays the same when this is tried again.")];
/// The headers of a save.
const SAVE: &[(&str, &str)] = &[
    ("If-Match", "The version the save changes, in quotes; \"0\" for a card not begun."),
    ("Idempotency-Key", "A UUID that stays the same when the save is tried again."),
];

#[rustfmt::skip]
pub fn apis() -> Vec<Route> {
    vec![
        api(Post,   "/api/v1/sign-ins",         Anyone,   accounts::api::create_sign_in, "Sign in with address and password").takes::<accounts::NewSignIn>().creates::<accounts::SignInGiven>(),
        api(Delete, "/api/v1/sign-ins/current", SignedIn, accounts::api::delete_current_sign_in, "Sign out").gives_nothing(),
        api(Delete, "/api/v1/sign-ins/{id}",    SignedIn, accounts::api::delete_sign_in, "End one of your own sign-ins").gives_nothing(),
        api(Get,    "/api/v1/sign-ins",         SignedIn, accounts::api::list_sign_ins, "Your own sign-ins that still stand").lists::<accounts::OwnSignIn>(),
        api(Delete, "/api/v1/sign-ins",         SignedIn, accounts::api::delete_other_sign_ins, "End all of your sign-ins but this one").gives_nothing(),
        api(Get,    "/api/v1/me",               SignedIn, teams::api::show_me, "Your account and your teams").gives::<teams::MeView>(),
        api(Patch,  "/api/v1/me",               SignedIn, accounts::api::update_me, "Change your name or time zone").takes::<accounts::AccountChange>().gives::<accounts::AccountView>(),
        api(Post,   "/api/v1/me/export",        SignedIn, own_data::api::create_export, "Everything that is yours, as one file").takes::<accounts::PasswordProof>().gives::<own_data::OwnData>().reads(SMALL),
        api(Get,    "/api/v1/me/deletion",      SignedIn, own_data::api::show_deletion, "What deleting your account would do to each of your teams").gives::<own_data::Deletion>(),
        api(Post,   "/api/v1/me/deletion",      SignedIn, own_data::api::create_deletion, "Delete your account and all that is yours; there is no way back").takes::<accounts::PasswordProof>().gives_nothing().reads(SMALL),
        api(Put,    "/api/v1/me/password",      SignedIn, accounts::api::replace_password, "Change your password; your other sign-ins end").takes::<accounts::PasswordChange>().gives_nothing(),
        api(Post,   "/api/v1/password-resets",  Anyone,   accounts::api::create_password_reset, "Have a link to a new password mailed; the answer is the same for every address").takes::<accounts::PasswordResetInput>().gives_nothing(),
        api(Put,    "/api/v1/password-resets/{token}", Anyone, accounts::api::use_password_reset, "Set a new password with a mailed link").takes::<accounts::ResetPassword>().gives_nothing(),
        api(Post,   "/api/v1/set-up/{token}",   Anyone,   teams::api::create_set_up, "Make the first owner and the first team").takes::<teams::SetUpInput>().creates::<teams::Entered>(),
        api(Post,   "/api/v1/accounts",         Anyone,   teams::api::create_account, "Make an account, where sign-up is open").takes::<accounts::AccountInput>().creates::<teams::Entered>(),
        api(Get,    "/api/v1/invitations/{token}", Anyone, teams::api::show_invitation, "What an invitation's link invites to").gives::<teams::InvitationOpened>(),
        api(Post,   "/api/v1/invitations/{token}/acceptance", Anyone, teams::api::accept_invitation, "Join by an invitation's link, with your account or a new one").takes::<accounts::AccountInput>().creates::<teams::Entered>(),

        api(Get,    "/api/v1/me/resume",          SignedIn, resumes::api::show_own_resume, "Your own résumé; empty at version 0 before you write it").gives::<resumes::OwnResume>(),
        api(Put,    "/api/v1/me/resume",          SignedIn, resumes::api::put_own_resume, "Write your own résumé anew").headers(IF_MATCH).takes::<resumes::Resume>().gives::<resumes::OwnResume>().reads(LARGEST),
        api(Delete, "/api/v1/me/resume",          SignedIn, resumes::api::delete_own_resume, "Delete your own résumé, and take it back from every team").gives_nothing(),
        api(Put,    "/api/v1/me/resume/template", SignedIn, resumes::api::put_resume_template, "Choose how your résumé is laid out").takes::<resumes::TemplateChoice>().gives::<resumes::OwnResume>().reads(SMALL),
        api(Get,    "/api/v1/me/resume/file",     SignedIn, resumes::api::show_resume_file, "Your own résumé as a JSON Resume file").gives_file("application/json"),
        api(Put,    "/api/v1/me/resume/file",     SignedIn, resumes::api::put_resume_file, "Put a JSON Resume file in the place of your own résumé").headers(IF_MATCH).takes_file(&["application/json"]).gives::<resumes::ResumeImported>().reads(LARGEST),
        api(Post,   "/api/v1/me/resume/previews", SignedIn, resumes::api::create_resume_preview, "What a JSON Resume file would bring, and what would give way; nothing is kept").takes_file(&["application/json"]).gives::<resumes::ImportPreview>().reads(LARGEST),
        api(Get,    "/api/v1/me/resume/text",     SignedIn, resumes::api::show_resume_text, "Your own résumé as plain text").gives_file("text/plain"),
        api(Get,    "/api/v1/me/resume/suggestions", SignedIn, resumes::api::list_own_suggestions, "What you may be asked about: each project and each technology on your résumé").lists::<resumes::Suggestion>(),
        api(Get,    "/api/v1/me/resume/sendings", SignedIn, resumes::api::list_resume_sendings, "The teams to which you have sent your résumé, newest first").lists::<resumes::Sending>(),
        api(Delete, "/api/v1/me/resume/sendings/{id}", SignedIn, resumes::api::delete_resume_sending, "Take your résumé back from a team, also from one that you have left").gives_nothing(),
        api(Put,    "/api/v1/teams/{team_id}/resume", May(Act::SendResume), resumes::api::put_sent_resume, "Send the team a copy of your own résumé as it is now").creates::<resumes::Sending>().reads(SMALL),

        api(Get,    "/api/v1/teams",            SignedIn, teams::api::list_teams, "Your teams, shared ones first").lists::<teams::TeamOfAccount>(),
        api(Post,   "/api/v1/teams",            SignedIn, teams::api::create_team, "Make another team, of which you are the owner").takes::<teams::TeamInput>().creates::<teams::TeamView>(),
        api(Get,    "/api/v1/teams/{team_id}",  May(Act::EnterTeam), teams::api::show_team, "A team").gives::<teams::TeamView>(),
        api(Patch,  "/api/v1/teams/{team_id}",  May(Act::ManageTeam), teams::api::update_team, "Change a team's name, mode or time zone").takes::<teams::TeamChange>().gives::<teams::TeamView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/home", May(Act::EnterTeam), home::api::show_home, "What waits for you in this team").gives::<home::HomeView>(),
        api(Put,    "/api/v1/teams/{team_id}/home/checklist", May(Act::ManageTeam), home::api::note_on_checklist, "Note that you saw the library, or put the first steps away").takes::<home::ChecklistNote>().gives_nothing(),
        api(Get,    "/api/v1/teams/{team_id}/members", May(Act::ReadMembers), teams::api::list_members, "Who is in the team").query(PAGING).lists::<teams::MemberView>(),
        api(Patch,  "/api/v1/teams/{team_id}/members/{account_id}", May(Act::ManageMembers), teams::api::update_member, "Give a member another role").takes::<teams::RoleChange>().gives::<teams::MemberView>().reads(SMALL),
        api(Delete, "/api/v1/teams/{team_id}/members/{account_id}", May(Act::ManageMembers), teams::api::delete_member, "Take a member out of the team").gives_nothing().reads(SMALL),
        api(Delete, "/api/v1/teams/{team_id}/membership", May(Act::EnterTeam), teams::api::delete_membership, "Leave the team").gives_nothing().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/invitations", May(Act::Invite), teams::api::list_invitations, "The team's invitations, newest first").query(PAGING).lists::<teams::InvitationView>(),
        api(Post,   "/api/v1/teams/{team_id}/invitations", May(Act::Invite), teams::api::create_invitation, "Invite somebody; the link is given this once").takes::<teams::InvitationInput>().creates::<teams::InvitationGiven>().reads(SMALL),
        api(Delete, "/api/v1/teams/{team_id}/invitations/{id}", May(Act::Invite), teams::api::delete_invitation, "Take an invitation back").gives_nothing().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/outbox", May(Act::ReadOutbox), teams::api::list_mails, "The mails of the team, newest first").query(PAGING).lists::<teams::MailView>(),
        api(Get,    "/api/v1/teams/{team_id}/audit", May(Act::ReadAudit), teams::api::list_audit_events, "What was done in the team and by whom, newest first").query(PAGING).lists::<teams::AuditEventView>(),

        api(Get,    "/api/v1/teams/{team_id}/find",                        May(Act::EnterTeam),        find::api::find, "Find candidates and interviews by name and questions by their words, as far as you see them").query(FIND).lists::<find::Hit>(),
        api(Get,    "/api/v1/teams/{team_id}/rubrics",                     May(Act::ReadLibrary),      rubrics::api::list_rubrics, "The rubrics of the library, each with its newest version").query(PAGING).lists::<rubrics::RubricView>(),
        api(Post,   "/api/v1/teams/{team_id}/rubrics", May(Act::EditLibrary), rubrics::api::create_rubric, "Make a rubric of the team as a copy of a version").takes::<rubrics::NewRubric>().creates::<rubrics::TeamRubricView>().reads(SMALL),
        api(Post,   "/api/v1/teams/{team_id}/rubrics/imports", May(Act::EditLibrary), rubrics::api::create_rubric_import, "Make a rubric of the team from a file; only what could be published is taken").takes::<rubrics::RubricFile>().creates::<rubrics::TeamRubricView>(),
        api(Get,    "/api/v1/teams/{team_id}/rubrics/{id}", May(Act::EditLibrary), rubrics::api::show_rubric, "A rubric of the team with its draft, what that lacks and what is worth another look").gives::<rubrics::TeamRubricView>(),
        api(Put,    "/api/v1/teams/{team_id}/rubrics/{id}", May(Act::EditLibrary), rubrics::api::update_rubric, "Replace the draft of a rubric").headers(IF_MATCH).takes::<rubrics::RubricDraft>().gives::<rubrics::TeamRubricView>(),
        api(Post,   "/api/v1/teams/{team_id}/rubrics/{id}/versions", May(Act::EditLibrary), rubrics::api::create_rubric_version, "Publish the draft as the next version; it never changes again").takes::<rubrics::NewRubricVersion>().creates::<rubrics::TeamRubricView>().reads(SMALL),
        api(Put,    "/api/v1/teams/{team_id}/rubrics/{id}/retirement", May(Act::EditLibrary), rubrics::api::put_rubric_retirement, "Retire a rubric: it is offered nowhere, and what pinned it keeps it").gives::<rubrics::TeamRubricView>().reads(SMALL),
        api(Delete, "/api/v1/teams/{team_id}/rubrics/{id}/retirement", May(Act::EditLibrary), rubrics::api::delete_rubric_retirement, "Take a retired rubric back").gives::<rubrics::TeamRubricView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/rubrics/{id}/draft/differences", May(Act::EditLibrary), rubrics::api::show_draft_differences, "What publishing the draft of a rubric would change, word by word").gives::<rubrics::RubricDifferences>(),
        api(Get,    "/api/v1/teams/{team_id}/rubrics/versions/{id}/differences", May(Act::ReadLibrary), rubrics::api::show_rubric_differences, "What differs in this version of a rubric from another, word by word").query(FROM_RUBRIC).gives::<rubrics::RubricDifferences>(),
        api(Get,    "/api/v1/teams/{team_id}/rubrics/versions/{id}/export", May(Act::ReadLibrary), rubrics::api::show_rubric_export, "A version of a rubric as a file, fivefold/rubric@1").gives_file("application/json"),
        api(Get,    "/api/v1/teams/{team_id}/rubrics/{id}/versions",       May(Act::ReadLibrary),      rubrics::api::list_rubric_versions, "The versions of a rubric, newest first").query(PAGING).lists::<rubrics::RubricVersionSummary>(),
        api(Get,    "/api/v1/teams/{team_id}/rubrics/versions/{id}",       May(Act::ReadLibrary),      rubrics::api::show_rubric_version, "A version of a rubric with its areas, anchors and cuts").gives::<rubrics::RubricVersion>(),

        api(Get,    "/api/v1/teams/{team_id}/question-sets",               May(Act::ReadLibrary),      question_sets::api::list_question_sets, "The question sets of the library, each with its newest version").query(PAGING).lists::<question_sets::QuestionSetView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}/versions", May(Act::ReadLibrary),      question_sets::api::list_question_set_versions, "The versions of a question set, newest first").query(PAGING).lists::<question_sets::QuestionSetVersionSummary>(),
        api(Post,   "/api/v1/teams/{team_id}/question-sets/imports", May(Act::EditLibrary), question_sets::api::create_question_set_import, "Bring a file: what it would do to the draft of its set, and what is not right in it").query(IMPORT).takes_file(&["application/json", "text/csv"]).creates::<question_sets::ImportView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/imports", May(Act::EditLibrary), question_sets::api::list_question_set_imports, "The files of the last week, newest first").query(PAGING).lists::<question_sets::ImportView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/imports/{id}", May(Act::EditLibrary), question_sets::api::show_question_set_import, "An import: what it would do, how far it is").gives::<question_sets::ImportView>(),
        api(Delete, "/api/v1/teams/{team_id}/question-sets/imports/{id}", May(Act::EditLibrary), question_sets::api::delete_question_set_import, "Cancel an import, also while it runs; nothing of it is written").gives::<question_sets::ImportView>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/imports/{id}/confirmation", May(Act::EditLibrary), question_sets::api::put_question_set_import_confirmation, "Carry out an import: all of it, or nothing where the draft has changed since").gives::<question_sets::ImportView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/versions/{id}/export", May(Act::ReadLibrary), question_sets::api::export_question_set_version, "A version as a file, JSON or CSV").query(EXPORT).gives_file("application/json"),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}/draft/export", May(Act::EditLibrary), question_sets::api::export_question_set_draft, "A draft as a file, JSON or CSV, finished or not").query(EXPORT).gives_file("application/json"),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/versions/{id}", May(Act::ReadLibrary),      question_sets::api::show_question_set_version, "A version of a question set with its questions").gives::<question_sets::QuestionSetVersion>(),
        api(Post,   "/api/v1/teams/{team_id}/question-sets", May(Act::EditLibrary), question_sets::api::create_question_set, "Make a set of the team: empty, or a copy of a version").takes::<question_sets::NewQuestionSet>().creates::<question_sets::TeamSetView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}", May(Act::EditLibrary), question_sets::api::show_question_set, "A set of the team with the state of its draft").gives::<question_sets::TeamSetView>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}", May(Act::EditLibrary), question_sets::api::update_question_set, "Replace what stands above the questions of a draft").headers(IF_MATCH).takes::<question_sets::QuestionSetHead>().gives::<question_sets::TeamSetView>(),
        api(Post,   "/api/v1/teams/{team_id}/question-sets/{id}/versions", May(Act::EditLibrary), question_sets::api::create_question_set_version, "Publish the draft as the next version; it never changes again").takes::<question_sets::NewVersion>().creates::<question_sets::TeamSetView>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/retirement", May(Act::EditLibrary), question_sets::api::put_question_set_retirement, "Retire a set: it is offered nowhere, and what pinned it keeps it").gives::<question_sets::TeamSetView>(),
        api(Delete, "/api/v1/teams/{team_id}/question-sets/{id}/retirement", May(Act::EditLibrary), question_sets::api::delete_question_set_retirement, "Take a retired set back").gives::<question_sets::TeamSetView>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/practice", May(Act::EditLibrary), question_sets::api::put_question_set_practice, "Let members practise on a set").gives::<question_sets::TeamSetView>(),
        api(Delete, "/api/v1/teams/{team_id}/question-sets/{id}/practice", May(Act::EditLibrary), question_sets::api::delete_question_set_practice, "Close a set for practice").gives::<question_sets::TeamSetView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}/draft/questions", May(Act::EditLibrary), question_sets::api::list_draft_questions, "The questions of a draft in order, with what each lacks").query(DRAFT_QUESTIONS).lists::<question_sets::DraftQuestionView>(),
        api(Post,   "/api/v1/teams/{team_id}/question-sets/{id}/draft/questions", May(Act::EditLibrary), question_sets::api::create_draft_question, "Add a question behind the others").takes::<question_sets::QuestionDraft>().creates::<question_sets::DraftQuestionView>(),
        api(Patch,  "/api/v1/teams/{team_id}/question-sets/{id}/draft/questions", May(Act::EditLibrary), question_sets::api::change_draft_questions, "The same change for several questions, or take them out").takes::<question_sets::BulkChange>().gives::<question_sets::TeamSetView>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/draft/order", May(Act::EditLibrary), question_sets::api::put_draft_order, "Put the questions into another order").headers(IF_MATCH).takes::<question_sets::NewOrder>().gives::<question_sets::TeamSetView>(),
        api(Patch,  "/api/v1/teams/{team_id}/question-sets/{id}/draft/order", May(Act::EditLibrary), question_sets::api::move_draft_questions, "Put some questions at a place of the draft").headers(IF_MATCH).takes::<question_sets::Move>().gives::<question_sets::TeamSetView>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}/draft/questions/{question_id}", May(Act::EditLibrary), question_sets::api::show_draft_question, "A question of a draft").gives::<question_sets::DraftQuestionView>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/draft/questions/{question_id}", May(Act::EditLibrary), question_sets::api::update_draft_question, "Replace a question of a draft").headers(IF_MATCH).takes::<question_sets::QuestionDraft>().gives::<question_sets::DraftQuestionView>(),
        api(Delete, "/api/v1/teams/{team_id}/question-sets/{id}/draft/questions/{question_id}", May(Act::EditLibrary), question_sets::api::delete_draft_question, "Take a question out of a draft").headers(IF_MATCH).gives_nothing(),

        api(Get,    "/api/v1/teams/{team_id}/question-sets/versions/{id}/differences", May(Act::ReadLibrary), question_sets::api::list_version_differences, "What changed from one version to another, question by question and word by word").query(DIFFERENCES).gives::<question_sets::SetDifference>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}/draft/differences", May(Act::EditLibrary), question_sets::api::list_draft_differences, "What publishing the draft would change").query(DIFFERENCES).gives::<question_sets::SetDifference>(),
        api(Get,    "/api/v1/teams/{team_id}/question-sets/{id}/upstream", May(Act::EditLibrary), question_sets::api::show_upstream, "What changed, since the copy, in the set that this one was copied from").query(PAGING).gives::<question_sets::Upstream>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/upstream/questions", May(Act::EditLibrary), question_sets::api::put_upstream_questions, "Take over into the draft all that changed there and was not touched here").reads(SMALL).takes::<question_sets::UpstreamVersion>().gives::<question_sets::Upstream>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/upstream/questions/{key}", May(Act::EditLibrary), question_sets::api::put_upstream_question, "Take one question over into the draft as it is there").reads(SMALL).headers(IF_MATCH).takes::<question_sets::UpstreamVersion>().gives::<question_sets::Upstream>(),
        api(Put,    "/api/v1/teams/{team_id}/question-sets/{id}/upstream/comparison", May(Act::EditLibrary), question_sets::api::put_upstream_comparison, "Note that everything up to a version there was looked at").reads(SMALL).takes::<question_sets::UpstreamVersion>().gives::<question_sets::Upstream>(),
        api(Get,    "/api/v1/teams/{team_id}/second-scoring", May(Act::AskSecondScoring), second_scoring::api::show_second_scoring, "The draws of interviews that are scored again, and how near the two scorings are: from ten interviews of three people on, nobody's by name").gives::<second_scoring::SecondScoring>(),
        api(Post,   "/api/v1/teams/{team_id}/second-scoring/draws", May(Act::AskSecondScoring), second_scoring::api::create_second_draw, "Draw a share of the finished interviews and ask members who know nothing of them to score each again").takes::<second_scoring::NewDrawInput>().creates::<second_scoring::SecondScoring>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/second-scores", May(Act::ScoreAgain), second_scoring::api::list_second_scores, "What you are asked to score again, and what you have").lists::<second_scoring::SecondAsk>(),
        api(Get,    "/api/v1/teams/{team_id}/second-scores/{id}", May(Act::ScoreAgain), second_scoring::api::show_second_score, "Prompts, notes as bare words and pads of an interview you were asked to score again; the first panel's means once your own scores are in").gives::<second_scoring::SecondScoreView>(),
        api(Put,    "/api/v1/teams/{team_id}/second-scores/{id}", May(Act::ScoreAgain), second_scoring::api::save_second_score, "Replace the draft of your second scores").headers(IF_MATCH).takes::<second_scoring::SecondAnswersInput>().gives::<second_scoring::SecondScoreView>(),
        api(Put,    "/api/v1/teams/{team_id}/second-scores/{id}/submission", May(Act::ScoreAgain), second_scoring::api::submit_second_score, "Submit your second scores: they are locked, and the first panel's means open").takes::<Nothing>().creates::<second_scoring::SecondScoreView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/gold-interviews", May(Act::DoExercises), exercises::api::list_gold_interviews, "The gold interviews that can be scored, with where you stand with each; nothing of a reference").lists::<exercises::GoldOfList>(),
        api(Get,    "/api/v1/teams/{team_id}/gold-interviews/own", May(Act::LeadExercises), exercises::api::list_own_gold_interviews, "The gold interviews that the team makes").query(PAGING).lists::<exercises::MakingOfList>(),
        api(Get,    "/api/v1/teams/{team_id}/gold-interviews/asked", May(Act::DoExercises), exercises::api::list_expert_asks, "The gold interviews that you were asked to score as an expert").lists::<exercises::ExpertAsk>(),
        api(Post,   "/api/v1/teams/{team_id}/gold-interviews", May(Act::LeadExercises), exercises::api::create_gold_interview, "Write a gold interview from scratch").takes::<exercises::GoldInput>().creates::<exercises::MakingView>(),
        api(Post,   "/api/v1/teams/{team_id}/interviews/{id}/gold-interview", May(Act::LeadExercises), exercises::api::create_gold_interview_from, "Make a gold interview from one that is decided, with the candidate's recorded consent and without names").takes::<exercises::ConsentInput>().creates::<exercises::MakingView>(),
        api(Get,    "/api/v1/teams/{team_id}/gold-interviews/{id}", May(Act::LeadExercises), exercises::api::show_gold_interview, "A gold interview of the team while it is made; the experts' scores once all are in").gives::<exercises::MakingView>(),
        api(Put,    "/api/v1/teams/{team_id}/gold-interviews/{id}", May(Act::LeadExercises), exercises::api::update_gold_interview, "Replace head and transcript of a gold interview, until an expert is in").headers(IF_MATCH).takes::<exercises::GoldInput>().gives::<exercises::MakingView>(),
        api(Put,    "/api/v1/teams/{team_id}/gold-interviews/{id}/experts", May(Act::LeadExercises), exercises::api::put_experts, "Ask experts, at least three, to score a gold interview blind").takes::<exercises::ExpertsInput>().gives::<exercises::MakingView>().reads(SMALL),
        api(Put,    "/api/v1/teams/{team_id}/gold-interviews/{id}/consensus", May(Act::LeadExercises), exercises::api::update_consensus, "Write down what the experts agree on").headers(IF_MATCH).takes::<exercises::ConsensusInput>().gives::<exercises::MakingView>(),
        api(Post,   "/api/v1/teams/{team_id}/gold-interviews/{id}/versions", May(Act::LeadExercises), exercises::api::create_gold_interview_version, "Publish a gold interview as its next version; it never changes again").takes::<exercises::NewGoldVersion>().creates::<exercises::MakingView>().reads(SMALL),
        api(Put,    "/api/v1/teams/{team_id}/gold-interviews/{id}/retirement", May(Act::LeadExercises), exercises::api::put_gold_interview_retirement, "Retire a gold interview: it is offered no more, and results keep it").takes::<Nothing>().gives::<exercises::MakingView>().reads(SMALL),
        api(Delete, "/api/v1/teams/{team_id}/gold-interviews/{id}/retirement", May(Act::LeadExercises), exercises::api::delete_gold_interview_retirement, "Take a retired gold interview back").gives::<exercises::MakingView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/gold-interviews/{id}/expert-score", May(Act::DoExercises), exercises::api::show_expert_score, "Your own scores as an expert, and nothing of the others'").gives::<exercises::ExpertScoreView>(),
        api(Put,    "/api/v1/teams/{team_id}/gold-interviews/{id}/expert-score", May(Act::DoExercises), exercises::api::save_expert_score, "Replace the draft of your scores as an expert").headers(IF_MATCH).takes::<exercises::AnswersInput>().gives::<exercises::ExpertScoreView>(),
        api(Put,    "/api/v1/teams/{team_id}/gold-interviews/{id}/expert-score/submission", May(Act::DoExercises), exercises::api::submit_expert_score, "Submit your scores as an expert; they are locked").takes::<Nothing>().creates::<exercises::ExpertScoreView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/readiness", May(Act::DoExercises), exercises::api::show_readiness, "Where you stand over all gold interviews you have scored; for leads also the team, in counts of at least three people").gives::<exercises::Readiness>(),
        api(Get,    "/api/v1/teams/{team_id}/exercises/{id}/result", May(Act::DoExercises), exercises::api::show_exercise_result, "Your own result of an exercise, and what changed after the discussion").gives::<exercises::ExerciseResult>(),
        api(Get,    "/api/v1/teams/{team_id}/gold-scores", May(Act::DoExercises), exercises::api::list_gold_scores, "What you have scored, the newest first").query(PAGING).lists::<exercises::GoldScoreOfList>(),
        api(Post,   "/api/v1/teams/{team_id}/gold-scores", May(Act::DoExercises), exercises::api::create_gold_score, "Begin to score a gold interview alone; what was begun goes on").takes::<exercises::NewGoldScore>().creates::<exercises::GoldScoreView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/gold-scores/{id}", May(Act::DoExercises), exercises::api::show_gold_score, "Your own scores of a gold interview; with the reference and its reasons once they are in").gives::<exercises::GoldScoreView>(),
        api(Put,    "/api/v1/teams/{team_id}/gold-scores/{id}", May(Act::DoExercises), exercises::api::save_gold_score, "Replace the draft of your scores").headers(IF_MATCH).takes::<exercises::AnswersInput>().gives::<exercises::GoldScoreView>(),
        api(Put,    "/api/v1/teams/{team_id}/gold-scores/{id}/submission", May(Act::DoExercises), exercises::api::submit_gold_score, "Submit your scores: they are locked, and the reference opens").takes::<Nothing>().creates::<exercises::GoldScoreView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/exercises", May(Act::DoExercises), exercises::api::list_exercises, "The team's exercises, the latest deadline first").query(PAGING).lists::<exercises::ExerciseView>(),
        api(Post,   "/api/v1/teams/{team_id}/exercises", May(Act::LeadExercises), exercises::api::create_exercise, "Make an exercise: who scores which gold interviews by when").takes::<exercises::ExerciseInput>().creates::<exercises::ExerciseView>(),
        api(Get,    "/api/v1/teams/{team_id}/exercises/{id}", May(Act::DoExercises), exercises::api::show_exercise, "An exercise, with its interviews in your order").gives::<exercises::ExerciseView>(),
        api(Put,    "/api/v1/teams/{team_id}/exercises/{id}", May(Act::LeadExercises), exercises::api::update_exercise, "Change the name of an exercise, its deadlines, and who is asked").headers(IF_MATCH).takes::<exercises::ExerciseChange>().gives::<exercises::ExerciseView>(),
        api(Post,   "/api/v1/teams/{team_id}/exercises/{id}/scores", May(Act::DoExercises), exercises::api::create_exercise_score, "Begin the next interview of an exercise in your order; what was begun goes on").takes::<Nothing>().creates::<exercises::GoldScoreView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/exercises/{id}/distribution", May(Act::DoExercises), exercises::api::show_distribution, "How the team scored, unnamed: once your own scores are in, and of at least three people").gives::<exercises::Distribution>(),
        api(Get,    "/api/v1/teams/{team_id}/exercises/{id}/discussion", May(Act::DoExercises), exercises::api::show_discussion, "What is talked about: the areas furthest apart, and the notes").gives::<exercises::DiscussionView>(),
        api(Put,    "/api/v1/teams/{team_id}/exercises/{id}/discussion", May(Act::LeadExercises), exercises::api::update_discussion, "Write down what was said").headers(IF_MATCH).takes::<exercises::DiscussionInput>().gives::<exercises::DiscussionView>(),
        api(Put,    "/api/v1/teams/{team_id}/exercises/{id}/discussion/closing", May(Act::LeadExercises), exercises::api::close_discussion, "Close the discussion; what was held back can be scored then").takes::<Nothing>().gives::<exercises::DiscussionView>().reads(SMALL),
        api(Post,   "/api/v1/teams/{team_id}/exercises/{id}/rubric-draft", May(Act::LeadExercises), exercises::api::create_rubric_draft, "Open a draft in which the anchors of the exercise's rubric can be changed").takes::<Nothing>().creates::<rubrics::TeamRubricView>().reads(SMALL),

        api(Get,    "/api/v1/teams/{team_id}/candidates",                  May(Act::ReadCandidates),   candidates::api::list_candidates, "The candidate records by name").query(SEARCHED).lists::<candidates::CandidateView>(),
        api(Post,   "/api/v1/teams/{team_id}/candidates",                  May(Act::ManageCandidates), candidates::api::create_candidate, "Make a candidate record").takes::<candidates::CandidateInput>().creates::<candidates::CandidateView>(),
        api(Get,    "/api/v1/teams/{team_id}/candidates/{id}",             May(Act::ReadCandidates),   candidates::api::show_candidate, "A candidate record").gives::<candidates::CandidateView>(),
        api(Put,    "/api/v1/teams/{team_id}/candidates/{id}",             May(Act::ManageCandidates), candidates::api::update_candidate, "Replace what a candidate record holds").headers(IF_MATCH).takes::<candidates::CandidateInput>().gives::<candidates::CandidateView>(),
        api(Get,    "/api/v1/teams/{team_id}/candidates/{id}/claims",            May(Act::ReadCandidates),   candidates::api::list_claims, "What a candidate's résumé claims").lists::<candidates::ClaimView>(),
        api(Post,   "/api/v1/teams/{team_id}/candidates/{id}/claims",            May(Act::ManageCandidates), candidates::api::create_claim, "Add a résumé claim to ask about").takes::<candidates::ClaimInput>().creates::<candidates::ClaimView>(),
        api(Put,    "/api/v1/teams/{team_id}/candidates/{id}/claims/{claim_id}", May(Act::ManageCandidates), candidates::api::update_claim, "Say a résumé claim anew").headers(IF_MATCH).takes::<candidates::ClaimInput>().gives::<candidates::ClaimView>(),
        api(Delete, "/api/v1/teams/{team_id}/candidates/{id}/claims/{claim_id}", May(Act::ManageCandidates), candidates::api::delete_claim, "Ask about a résumé claim no more").gives_nothing(),
        api(Get,    "/api/v1/teams/{team_id}/candidates/{id}/resume",             May(Act::ReadCandidates),   candidates::api::show_candidate_resume, "A candidate's résumé: what they have sent to the team, else the file on the record").gives::<candidates::CandidateResume>(),
        api(Put,    "/api/v1/teams/{team_id}/candidates/{id}/resume",             May(Act::ManageCandidates), candidates::api::put_candidate_resume, "Put a JSON Resume file to a candidate record").headers(IF_MATCH).takes_file(&["application/json"]).gives::<candidates::CandidateResume>().reads(LARGEST),
        api(Delete, "/api/v1/teams/{team_id}/candidates/{id}/resume",             May(Act::ManageCandidates), candidates::api::delete_candidate_resume, "Take the file off a candidate record").gives_nothing().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/candidates/{id}/resume/text",        May(Act::ReadCandidates),   candidates::api::show_candidate_resume_text, "A candidate's résumé as plain text").gives_file("text/plain"),
        api(Get,    "/api/v1/teams/{team_id}/candidates/{id}/resume/suggestions", May(Act::ReadCandidates),   candidates::api::list_suggested_claims, "What of the résumé can be asked about and is no claim yet").lists::<resumes::Suggestion>(),
        api(Post,   "/api/v1/teams/{team_id}/candidates/{id}/resume/claims",      May(Act::ManageCandidates), candidates::api::take_suggested_claims, "Make suggestions claims, some of them or all").takes::<candidates::TakeClaims>().lists::<candidates::ClaimView>(),
        api(Get,    "/api/v1/teams/{team_id}/candidates/{id}/known-questions", May(Act::PlanInterviews), interviews::api::list_known_questions, "The questions that a candidate may know from practice, and what to ask instead").query(KNOWN_QUESTIONS).gives::<interviews::KnownQuestions>(),

        api(Get,    "/api/v1/teams/{team_id}/panel-suggestion", May(Act::PlanInterviews), interviews::api::show_panel_suggestion, "Who never met the same candidate, and panels that bring them together; nothing of any score").query(PANEL).gives::<interviews::PanelSuggestion>(),

        api(Get,  "/api/v1/teams/{team_id}/interviews",      May(Act::ListInterviews), interviews::api::list_interviews, "The interviews you see: all as lead or owner, else those you take part in").query(LIST_OF_INTERVIEWS).lists::<interviews::InterviewOfList>(),
        api(Post, "/api/v1/teams/{team_id}/interviews",      May(Act::PlanInterviews), interviews::api::create_interview, "Plan an interview, or keep a draft of one").takes::<interviews::NewInterview>().creates::<interviews::InterviewView>(),
        api(Get,  "/api/v1/teams/{team_id}/interviews/{id}", May(Act::SeeInterview),   interviews::api::show_interview, "One interview: a plan, or for its candidate an invitation").gives::<interviews::InterviewView>(),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}", May(Act::ChangePlan),     interviews::api::update_interview, "Write a draft anew; without draft it is planned").headers(IF_MATCH).takes::<interviews::NewInterview>().gives::<interviews::InterviewView>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/schedule",     May(Act::ChangePlan), interviews::api::put_schedule, "Move a planned interview to another time or place; everybody is told").headers(IF_MATCH).takes::<interviews::NewSchedule>().gives::<interviews::InterviewView>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/cancellation", May(Act::ChangePlan), interviews::api::put_cancellation, "Cancel an interview that has not begun; everybody is told").optional_headers(IF_MATCH).takes::<interviews::NewCancellation>().gives::<interviews::InterviewView>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/no-show",      May(Act::ChangePlan), interviews::api::put_no_show, "Note who did not come, from the planned start on").optional_headers(IF_MATCH).takes::<interviews::NewNoShow>().gives::<interviews::InterviewView>(),
        api(Get,    "/api/v1/teams/{team_id}/practice-offers",              May(Act::PractiseWithPeers), peer_practice::api::list_practice_offers, "Times that people offer to practise with a peer, and your own bookings, by time").query(BOARD).lists::<peer_practice::OfferView>(),
        api(Post,   "/api/v1/teams/{team_id}/practice-offers",              May(Act::PractiseWithPeers), peer_practice::api::create_practice_offer, "Offer a time").takes::<peer_practice::NewOffer>().creates::<peer_practice::OfferMade>(),
        api(Put,    "/api/v1/teams/{team_id}/practice-offers/{id}/booking", May(Act::PractiseWithPeers), peer_practice::api::put_practice_booking, "Take somebody's offer: two halves, each interviews the other once").gives::<peer_practice::Booking>().reads(SMALL),
        api(Delete, "/api/v1/teams/{team_id}/practice-offers/{id}",         May(Act::PractiseWithPeers), peer_practice::api::delete_practice_offer, "Take your offer back, or call your booking off").query(CALL_OFF).gives_nothing().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/swap",                        May(Act::ChangePlan), interviews::api::put_second_half, "Plan a second half after a mock interview, in which its candidate and its lead interviewer swap roles").gives::<interviews::InterviewView>().reads(SMALL),
        api(Post,   "/api/v1/teams/{team_id}/interviews/{id}/seats",              May(Act::ChangePlan), interviews::api::create_seat, "Give somebody a seat").optional_headers(IF_MATCH).takes::<interviews::AddSeat>().creates::<interviews::InterviewView>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/seats/{account_id}", May(Act::ChangePlan), interviews::api::update_seat, "Give somebody of the panel another seat or other areas").headers(IF_MATCH).takes::<interviews::ChangeSeat>().gives::<interviews::InterviewView>(),
        api(Delete, "/api/v1/teams/{team_id}/interviews/{id}/seats/{account_id}", May(Act::ChangePlan), interviews::api::delete_seat, "Take somebody off the panel; what they wrote stays").optional_headers(IF_MATCH).query(REASON).gives::<interviews::InterviewView>(),
        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/candidate-links",           May(Act::ChangePlan), interviews::api::list_candidate_links, "The links that let the candidate in without an account, newest first").lists::<interviews::LinkView>(),
        api(Post,   "/api/v1/teams/{team_id}/interviews/{id}/candidate-links",           May(Act::ChangePlan), interviews::api::create_candidate_link, "Make a link for the candidate; its address is given this once").takes::<interviews::NewCandidateLink>().creates::<interviews::LinkGiven>(),
        api(Delete, "/api/v1/teams/{team_id}/interviews/{id}/candidate-links/{link_id}", May(Act::ChangePlan), interviews::api::delete_candidate_link, "Take a link back: whoever came by it is out").gives_nothing(),
        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/kit",          May(Act::ReadKit),      interviews::api::show_kit, "The kit: who, when, the questions in order with all beside them, the anchors").gives::<interviews::KitView>(),
        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/resume",       May(Act::ReadKit),      interviews::api::show_interview_resume, "The candidate's résumé, for who scores and who leads").gives::<candidates::CandidateResume>(),
        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/calendar.ics", May(Act::SeeInterview), interviews::api::show_calendar, "The interview for your own calendar, as iCalendar").gives_file("text/calendar"),
        api(Get,   "/api/v1/teams/{team_id}/interviews/{id}/scorecard",            May(Act::WriteScorecard), scorecards::api::show_scorecard, "Your own scorecard").gives::<scorecards::Card>(),
        api(Patch, "/api/v1/teams/{team_id}/interviews/{id}/scorecard",            May(Act::WriteScorecard), scorecards::api::save_scorecard, "Save a part of your draft").takes::<scorecards::ScorecardPatch>().gives::<scorecards::Saved>().headers(SAVE),
        api(Get,    "/api/v1/teams/{team_id}/practice",                     May(Act::Practise), practice::api::show_practice, "What you can practise here now: what comes back today, weak areas, sets").gives::<practice::DeskView>(),
        api(Get,    "/api/v1/teams/{team_id}/practice/progress",            May(Act::Practise), practice::api::show_practice_progress, "How your practice goes, by area and topic; nobody else reads it").query(PRACTICE_LEVEL).gives::<practice::ProgressView>(),
        api(Put,    "/api/v1/teams/{team_id}/practice/schedule",            May(Act::Practise), practice::api::put_practice_schedule, "How many questions come back on one day, and whether any does").takes::<practice::NewSchedule>().gives::<practice::DueView>().reads(SMALL),
        api(Post,   "/api/v1/teams/{team_id}/practice/mocks",               May(Act::Practise), practice::api::create_practice_mock, "Begin a full mock interview on your own").takes::<practice::NewMock>().creates::<practice::MockView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/practice/mocks/{id}",          May(Act::Practise), practice::api::show_practice_mock, "One of your mocks: what was asked so far, and nothing of what comes").gives::<practice::MockView>(),
        api(Put,    "/api/v1/teams/{team_id}/practice/mocks/{id}/question", May(Act::Practise), practice::api::next_practice_question, "Go to the next question of a mock; after the last it is over").takes::<Nothing>().gives::<practice::MockView>().reads(SMALL),
        api(Put,    "/api/v1/teams/{team_id}/practice/mocks/{id}/end",      May(Act::Practise), practice::api::end_practice_mock, "End a mock; its answers can be scored then").takes::<Nothing>().gives::<practice::MockView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/attempts",                     May(Act::Practise), practice::api::list_attempts, "Your attempts, wherever they were made, newest first").query(PAGING).lists::<practice::AttemptOfList>(),
        api(Post,   "/api/v1/teams/{team_id}/attempts",                     May(Act::Practise), practice::api::create_attempt, "Begin to practise a question").takes::<practice::NewAttempt>().creates::<practice::AttemptView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/attempts/{id}",                May(Act::Practise), practice::api::show_attempt, "One of your attempts; guidance is in it once your own score is saved").gives::<practice::AttemptView>(),
        api(Delete, "/api/v1/teams/{team_id}/attempts/{id}",                May(Act::Practise), practice::api::delete_attempt, "Delete one of your attempts").gives_nothing(),
        api(Get,    "/api/v1/teams/{team_id}/attempts/{id}/side-by-side",   May(Act::Practise), practice::api::show_side_by_side, "One of your scored attempts beside another at the same question").query(BESIDE).gives::<practice::SideBySide>(),
        api(Put,    "/api/v1/teams/{team_id}/attempts/{id}/answering",      May(Act::Practise), practice::api::begin_answer, "End the time to think and begin the answer").takes::<Nothing>().gives::<practice::AttemptView>().reads(SMALL),
        api(Get,    "/api/v1/teams/{team_id}/attempts/{id}/answer",         May(Act::Practise), practice::api::show_answer, "What you have written so far").gives::<practice::OwnAnswer>(),
        api(Patch,  "/api/v1/teams/{team_id}/attempts/{id}/answer",         May(Act::Practise), practice::api::save_answer, "Save the answer as it is now").takes::<practice::WriteAnswer>().gives::<practice::SavedAnswer>().headers(SAVE),
        api(Put,    "/api/v1/teams/{team_id}/attempts/{id}/completion",     May(Act::Practise), practice::api::finish_answer, "Finish the answer; it stays as it is").takes::<Nothing>().gives::<practice::AttemptView>().reads(SMALL),
        api(Put,    "/api/v1/teams/{team_id}/attempts/{id}/score",          May(Act::Practise), practice::api::put_own_score, "Give your own score; it stays, and the guidance opens").takes::<practice::NewScore>().gives::<practice::AttemptView>().reads(SMALL),
        api(Put,    "/api/v1/teams/{team_id}/attempts/{id}/comparison",     May(Act::Practise), practice::api::put_comparison, "Note which points were in your answer, and what you want to remember").headers(IF_MATCH).takes::<practice::NewComparison>().gives::<practice::AttemptView>(),
        api(Get,   "/api/v1/teams/{team_id}/calibration", May(Act::ReadCalibration), calibration::api::show_calibration, "How far the team’s interviewers agree, in four blocks; people without names unless they share").gives::<calibration::TeamCalibration>().query(LOOK),
        api(Get,   "/api/v1/teams/{team_id}/calibration/own", May(Act::ReadOwnCalibration), calibration::api::show_own_calibration, "Your own severity, use of the scale and drift; nobody else reads them").gives::<calibration::OwnCalibration>().query(LOOK),
        api(Put,   "/api/v1/teams/{team_id}/calibration/own/sharing", May(Act::ShareOwnCalibration), calibration::api::share_own_calibration, "Let leads see your name at your severity").takes::<Nothing>().gives_nothing(),
        api(Delete, "/api/v1/teams/{team_id}/calibration/own/sharing", May(Act::ShareOwnCalibration), calibration::api::unshare_own_calibration, "Take your name away again").gives_nothing(),
        api(Put,   "/api/v1/teams/{team_id}/interviews/{id}/scorecard/submission", May(Act::WriteScorecard), debriefs::api::put_submission, "Submit your scorecard: it is locked and counts as blind").takes::<Nothing>().creates::<scorecards::Card>(),
        api(Post, "/api/v1/teams/{team_id}/interviews/{id}/debrief",  May(Act::OpenDebrief), debriefs::api::create_debrief, "Open the debrief before the last card is in; who owes one stays blind").takes::<debriefs::EarlyOpening>().creates::<debriefs::Opened>(),
        api(Get,  "/api/v1/teams/{team_id}/interviews/{id}/debrief",  May(Act::ReadDebrief), debriefs::api::show_debrief, "The cards side by side, the rule, the decisions").gives::<debriefs::DebriefView>(),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/decision", May(Act::Decide), debriefs::api::put_decision, "Record a decision; earlier ones stay").takes::<debriefs::NewDecision>().gives::<debriefs::DebriefView>(),
        api(Post,  "/api/v1/teams/{team_id}/interviews/{id}/scorecard/revisions",  May(Act::WriteScorecard), scorecards::api::amend_scorecard, "Amend your submitted scorecard, with a reason").takes::<scorecards::NewRevision>().creates::<scorecards::Card>(),
        api(Get,   "/api/v1/teams/{team_id}/interviews/{id}/scorecards",           May(Act::ReadScorecards), scorecards::api::list_scorecards, "The scorecards you may see, and who has submitted").gives::<scorecards::CardList>(),


        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/report",         May(Act::SeeReport),      reports::api::show_report, "The report: the candidate's when it is released, the draft for who writes it").gives::<reports::ReportRead>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/report",         May(Act::WriteReport),    reports::api::put_report, "Save the report").takes::<reports::NewReport>().gives::<reports::DraftView>().headers(IF_MATCH),
        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/report/preview", May(Act::WriteReport),    reports::api::show_report_preview, "The saved report as the candidate will get it").gives::<reports::ReportView>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/report/release", May(Act::ReleaseReport),  reports::api::put_report_release, "Let the candidate read the report").takes::<reports::NewRelease>().gives::<reports::ReleaseView>(),
        api(Delete, "/api/v1/teams/{team_id}/interviews/{id}/report/release", May(Act::ReleaseReport),  reports::api::delete_report_release, "Take the report back").gives_nothing(),
        api(Get,    "/api/v1/teams/{team_id}/interviews/{id}/self-scores",    May(Act::GiveSelfScores), reports::api::show_self_scores, "The areas to score oneself on, and what was given").gives::<reports::SelfScoresView>(),
        api(Put,    "/api/v1/teams/{team_id}/interviews/{id}/self-scores",    May(Act::GiveSelfScores), reports::api::put_self_scores, "Give or skip your own scores, before the report").takes::<reports::NewSelfScores>().gives::<reports::SelfScoresView>(),

        api(Get,  "/api/v1/teams/{team_id}/interviews/{id}/room",                     May(Act::EnterRoom), rooms::api::show_room, "The live room, as your seat sees it").gives::<rooms::RoomView>(),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room",                     May(Act::DriveRoom), rooms::api::update_room, "Start, pause, go on, go to a question, end").takes::<rooms::ChangeRoom>().gives::<rooms::RoomView>().reads(SMALL),
        api(Get,  "/api/v1/teams/{team_id}/interviews/{id}/room/clock",               May(Act::EnterRoom), rooms::api::show_clock, "The room's clock alone").gives::<rooms::ClockView>(),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/driver",              May(Act::DriveRoom), rooms::api::update_driver, "Take the lead of the room yourself; it is recorded").gives::<rooms::RoomView>().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/prompt",              May(Act::DriveRoom), rooms::api::update_prompt, "Hide the question from the candidate, or show it").takes::<rooms::ChangePrompt>().gives::<rooms::RoomView>().reads(SMALL),
        api(Post, "/api/v1/teams/{team_id}/interviews/{id}/room/questions",           May(Act::DriveRoom), rooms::api::create_question, "Add a question of the pinned set behind the others").takes::<rooms::AddQuestion>().creates::<rooms::RoomView>().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/skips/{question_id}", May(Act::DriveRoom), rooms::api::update_skip, "Mark a question as not asked, and go on from it").gives::<rooms::RoomView>().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/break",               May(Act::AskInRoom), rooms::api::update_break, "Ask for a break, or take that back").takes::<rooms::AskBreak>().gives::<rooms::RoomView>().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/break/postponement",  May(Act::DriveRoom), rooms::api::update_break_postponement, "Put off a break that was asked for").gives::<rooms::RoomView>().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/quiet",               May(Act::AskInRoom), rooms::api::update_quiet, "Take minutes to think, or end them").takes::<rooms::AskQuiet>().gives::<rooms::RoomView>().reads(SMALL),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/presence/{page_id}",  May(Act::EnterRoom), rooms::api::update_presence, "Say that a page of the room is open, away or left; it holds for a minute").takes::<rooms::SayPresence>().gives_nothing().reads(SMALL),
        api(Get,  "/api/v1/teams/{team_id}/interviews/{id}/own-notes",                May(Act::KeepOwnNotes), rooms::api::show_own_notes, "The candidate's own notes, for the candidate alone").gives::<rooms::OwnNotes>(),
        api(Patch, "/api/v1/teams/{team_id}/interviews/{id}/own-notes",               May(Act::KeepOwnNotes), rooms::api::save_own_notes, "Save the candidate's own notes").takes::<rooms::WriteNotes>().gives::<rooms::SavedNotes>().headers(SAVE),
        api(Get,  "/api/v1/teams/{team_id}/interviews/{id}/room/pads/{question_id}",         May(Act::ReadPad),   rooms::api::show_pad, "A question's shared pad: its changes after a number, up to 2,000 at once").gives::<rooms::PadView>().query(&[("after", "the number of the last change you know")]),
        api(Put,  "/api/v1/teams/{team_id}/interviews/{id}/room/pads/{question_id}",         May(Act::DriveRoom), rooms::api::open_pad, "Open the pad of a question that has come up, or name its language anew").takes::<rooms::OpenPad>().gives::<rooms::PadView>().reads(SMALL),
        api(Post, "/api/v1/teams/{team_id}/interviews/{id}/room/pads/{question_id}/updates", May(Act::WritePad),  rooms::api::create_pad_update, "Add a change, made by any Yjs library on its text `pad`").takes::<rooms::NewPadUpdate>().gives::<rooms::PadSaved>().headers(ONCE),
        stream("/api/v1/teams/{team_id}/interviews/{id}/events", May(Act::EnterRoom), rooms::api::stream_events, "Signals that something happened in the room, without content").query(&[("after", "the number of the last event you know")]),
    ]
}
