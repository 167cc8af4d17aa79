//! Résumés: one's own, as a file, as it is laid out, and as teams get it.

mod files;
mod laid_out;
mod own;
mod sent;

use serde_json::{Value, json};

/// Something in every field.
pub fn full() -> Value {
    json!({
        "basics": {"name": "Ada Novák", "label": "Backend developer", "email": "ada@example.org", "phone": "+34 600 000 000",
            "url": "https://ada.example.org", "city": "Valencia", "region": "Comunitat", "country": "ES",
            "summary": "Builds APIs that stay up, with tests that fail first and migrations that can be taken back at any hour.\nLooks for a team that owns what it ships."},
        "profiles": [{"network": "CodeHost", "username": "adan", "url": "https://code.example.org/adan"}, {"network": "Forum", "username": "ada77", "url": ""}],
        "work": [
            {"position": "Trainee", "name": "Bee Ltd", "url": "", "start": "2016-02-03", "end": "2018", "summary": "", "highlights": []},
            {"position": "Developer", "name": "Acme & Sons", "url": "https://acme.example.org", "start": "2019-05", "end": "",
             "summary": "Payments for shops.", "highlights": ["Cut checkout latency by 60% with Redis", "Wrote the <runbook>"]},
        ],
        "projects": [{"name": "Ledger", "description": "Invoices over an API", "url": "https://ledger.example.org", "start": "2020", "end": "2021",
            "highlights": ["Chose one table over three"], "keywords": ["Django", "PostgreSQL"]}],
        "education": [{"institution": "Polytechnic", "area": "Informatics", "study_type": "BSc", "url": "https://poly.example.org",
            "start": "2012", "end": "2016", "score": "8.1", "courses": ["Databases", "Networks"]}],
        "skills": [{"name": "Backend", "level": "advanced", "keywords": ["Django", "Redis", "C++"]}],
        "languages": [{"language": "Spanish", "fluency": "native"}],
        "certificates": [{"name": "Relational design", "issuer": "Night School", "date": "2020-11", "url": "https://cert.example.org/7"}],
    })
}

/// The same as the form sends it.
pub fn form(resume: &Value, version: i64) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::Array(items) => items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join("\r\n"),
        other => other.as_str().unwrap().to_owned(),
    };
    let mut fields = vec![("version".to_owned(), version.to_string())];
    for (section, entries) in resume.as_object().unwrap() {
        let rows: Vec<(String, &Value)> = match entries {
            Value::Array(rows) => rows.iter().enumerate().map(|(at, row)| (format!("{section}.{at}"), row)).collect(),
            one => vec![(section.clone(), one)],
        };
        for (place, row) in rows {
            fields.extend(row.as_object().unwrap().iter().map(|(name, value)| (format!("{place}.{name}"), text(value))));
        }
    }
    fields
}

/// Every text that a résumé holds, but dates, which are said in words.
pub fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !["start", "end", "date"].contains(&name.as_str()))
            .flat_map(|(_, value)| words(value))
            .collect(),
        Value::Array(items) => items.iter().flat_map(words).collect(),
        Value::String(text) => text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
