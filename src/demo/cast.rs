//! Invented people.

use crate::policy::Role;

pub struct Member {
    pub email: &'static str,
    pub name: &'static str,
    pub role: Role,
    /// How far this person's scores lie from their colleagues' on the same candidates, on the scale of 1 to 5.
    pub severity: f64,
    /// Of the way from the middle of the scale to what was seen, so much shows in this person's scores.
    pub reach: f64,
}

const fn member(email: &'static str, name: &'static str, role: Role, severity: f64) -> Member {
    Member { email, name, role, severity, reach: 1.0 }
}

pub const MEMBERS: &[Member] = &[
    member("owner@demo.example", "Ines Falk", Role::Owner, 0.0),
    member("lead@demo.example", "Adaeze Okafor", Role::Lead, 0.05),
    member("interviewer1@demo.example", "Jonas Lindqvist", Role::Interviewer, -0.5),
    member("interviewer2@demo.example", "Priya Raman", Role::Interviewer, 0.1),
    member("interviewer3@demo.example", "Mateo Herrera", Role::Interviewer, 0.45),
    // Stays in the middle.
    Member { reach: 0.5, ..member("interviewer4@demo.example", "Mei Tanaka", Role::Interviewer, 0.0) },
    member("candidate1@demo.example", "Sofia Marin", Role::Candidate, 0.0),
    member("candidate2@demo.example", "Daniel Osei", Role::Candidate, 0.0),
    member("candidate3@demo.example", "Lena Brandt", Role::Candidate, 0.0),
];

/// Places in [`MEMBERS`].
pub const LEAD: usize = 1;
pub const JONAS: usize = 2;
pub const PRIYA: usize = 3;
pub const MATEO: usize = 4;
pub const MEI: usize = 5;

/// Those who scored in the past year.
pub const PANEL: [usize; 5] = [LEAD, JONAS, PRIYA, MATEO, MEI];

/// Candidates of the closed hiring round; they have no accounts.
pub const APPLICANTS: &[&str] = &[
    "Noah Albrecht",
    "Farah Aziz",
    "Chidi Eze",
    "Marta Nowak",
    "Yuto Mori",
    "Clara Dubois",
    "Omar Haddad",
    "Elin Sund",
    "Pavel Novak",
    "Rosa Quispe",
    "Idris Bello",
    "Hanna Weiss",
    "Kofi Mensah",
    "Lucia Ferri",
    "Arjun Nair",
    "Sara Holm",
    "Tomas Vala",
    "Nadia Karim",
    "Bram de Wit",
    "Aylin Demir",
    "Jun Park",
    "Maeve Nolan",
    "Andrei Popa",
    "Thandi Zulu",
    "Emil Kraus",
    "Paula Rios",
    "Samir Sayed",
    "Vera Lang",
    "Dewi Putri",
    "Oskar Lund",
    "Amara Obi",
    "Ruth Keller",
    "Ivan Petrov",
    "Mina Sato",
    "Leo Fontaine",
    "Zara Khan",
];

/// What an interviewer may have noted, by area: a strength and a concern of each.
pub const NOTES: [[&str; 2]; 5] = [
    ["Chose the index from the query's shape and named what it costs on writes.", "Could not say why the second index slowed the inserts."],
    [
        "Explained when a queryset is evaluated, with an example from their own project.",
        "Mixed up prefetch and select when asked for the query count.",
    ],
    ["Rolled out behind a flag and told how the release would be taken back.", "Had no answer to how a failure would be noticed."],
    ["Drew the system while explaining it and checked that I followed.", "Answered before the question was finished, twice."],
    ["Asked what had changed before naming a cause.", "Named a fix first and looked at the state only after a probe."],
];
