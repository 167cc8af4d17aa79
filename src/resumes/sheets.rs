//! A résumé on a page of its own: to read, to print, to save as PDF. One's own, a record's and an interview's are the
//! same page.

use serde::{Deserialize, Serialize};

use super::model::{Resume, ResumeTemplate, Sheet};
use crate::web::page::{Tab, Template};

/// Which template is asked for; without it, the one that was chosen.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TemplateQuery {
    pub template: Option<String>,
}

impl TemplateQuery {
    pub fn or(&self, chosen: ResumeTemplate) -> ResumeTemplate {
        self.template.as_deref().and_then(|word| word.parse().ok()).unwrap_or(chosen)
    }
}

#[derive(Debug, Serialize)]
pub struct SheetPage {
    name: String,
    back: String,
    back_url: String,
    /// Where it comes from; not printed.
    source: String,
    choices: Vec<Tab>,
    text_url: Option<String>,
    /// None: there is no résumé.
    sheet: Option<Sheet>,
}

/// What stands round the sheet.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Whose it is.
    pub name: String,
    pub back: String,
    pub back_url: String,
    pub source: String,
    /// The page itself, where templates are chosen; the text of it lies below `text_url`.
    pub url: String,
    pub text_url: Option<String>,
}

impl SheetPage {
    pub fn of(frame: Frame, shown: Option<(&Resume, ResumeTemplate)>) -> Self {
        let choice = |template: &ResumeTemplate| Tab {
            label: template.label(),
            url: format!("{}?template={template}", frame.url),
            current: shown.is_some_and(|(_, shown)| shown == *template),
        };
        SheetPage {
            choices: if shown.is_some() { ResumeTemplate::ALL.iter().map(choice).collect() } else { Vec::new() },
            text_url: frame.text_url.zip(shown).map(|(url, (_, template))| format!("{url}?template={template}")),
            sheet: shown.map(|(resume, template)| Sheet::of(resume, template)),
            name: frame.name,
            back: frame.back,
            back_url: frame.back_url,
            source: frame.source,
        }
    }
}

impl Template for SheetPage {
    const PATH: &'static str = "resumes/sheet.html";

    fn title(&self) -> String {
        format!("Résumé of {}", self.name)
    }

    fn samples() -> Vec<Self> {
        let frame = |text_url: Option<&str>| Frame {
            name: "Sofia <Marin>".into(),
            back: "Back".into(),
            back_url: "/account/resume".into(),
            source: if text_url.is_some() { "Sent on Tue 3 Mar 2026".into() } else { String::new() },
            url: "/account/resume/print".into(),
            text_url: text_url.map(str::to_owned),
        };
        let resume = sample_resume();
        vec![
            SheetPage::of(frame(None), None),
            SheetPage::of(frame(Some("/account/resume/text")), Some((&resume, ResumeTemplate::ByTime))),
            SheetPage::of(frame(None), Some((&resume, ResumeTemplate::SkillsFirst))),
            SheetPage::of(frame(None), Some((&bare_resume(), ResumeTemplate::SkillsFirst))),
        ]
    }
}

/// The least that is one.
pub fn bare_resume() -> Resume {
    let mut resume = Resume::default();
    resume.basics.name = "Ada".into();
    resume
}

/// One with something of everything, and something of nothing.
pub fn sample_resume() -> Resume {
    let whole = serde_json::json!({
        "basics": {"name": "Sofia <Marin>", "label": "Backend developer", "email": "sofia@example.com", "phone": "+34 600 000 000",
            "url": "https://sofia.example.org", "city": "Valencia", "region": "", "country": "ES", "summary": "Builds APIs.\nWants to own one."},
        "profiles": [{"network": "GitHub", "username": "sofia", "url": "https://git.example.org/sofia"}, {"username": "sm"}],
        "work": [
            {"position": "Developer", "name": "Acme & Co", "start": "2021-03", "summary": "Payments.", "highlights": ["Cut latency by 60%"]},
            {"position": "Trainee", "start": "2019", "end": "2021"},
        ],
        "projects": [{"name": "Ledger", "description": "Invoices.", "url": "https://ledger.example.org", "highlights": ["Chose one table"],
            "keywords": ["Django"]}, {"name": "Notes"}],
        "education": [{"institution": "UPV", "area": "Informatics", "study_type": "BSc", "score": "8.1", "courses": ["Databases"]}, {"area": "Maths"}],
        "skills": [{"name": "Backend", "level": "advanced", "keywords": ["Django", "Redis"]}, {"name": "Go"}, {"keywords": ["Kafka"]}],
        "languages": [{"language": "Spanish", "fluency": "native"}, {"language": "English"}],
        "certificates": [{"name": "PostgreSQL", "issuer": "School", "date": "2020-05-06", "url": "https://cert.example.org"}, {"name": "First aid"}],
    });
    serde_json::from_value(whole).unwrap_or_default()
}
