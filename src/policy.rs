//! Who may do what, all of it, readable by a product owner. Pure: no SQL, no HTTP.
//!
//! *May you see it?* is a feature's SQL scope (not visible = not found). *May you do it?* is [`allow`],
//! the first line of every service that acts. A role gives rights in the team; a seat gives rights in
//! one interview, whatever the role.

use chrono_tz::Tz;
use serde::Serialize;

use crate::platform::error::{Error, Result};
use crate::{id_types, text_enum};

id_types! {
    /// A person who can sign in.
    AccountId,
    /// One login of an account.
    SignInId,
    /// The tenant.
    TeamId,
    /// A planned interview; its live side is the room of the same id.
    InterviewId,
    /// A team's file on one person it interviews.
    CandidateId,
    /// A candidate's link to one interview.
    CandidateLinkId,
}

text_enum! {
    /// A person's role in a team.
    Role { Owner = "owner", Lead = "lead", Interviewer = "interviewer", Candidate = "candidate" }
}

text_enum! {
    /// A person's part in one interview.
    Seat {
        /// Drives the room.
        LeadInterviewer = "lead_interviewer",
        Interviewer = "interviewer",
        /// Scores, never counted.
        Shadow = "shadow",
        /// Reads only.
        Observer = "observer",
        Candidate = "candidate",
    }
}

text_enum! {
    /// What an interview is for; it decides the words of its outcome and who may decide.
    Mode { Mock = "mock", Hiring = "hiring" }
}

/// Who is acting, loaded with the transaction that acts.
#[derive(Debug, Clone)]
pub struct Actor {
    pub person: Person,
    /// The team of the URL; none on one's own pages.
    pub team: Option<TeamOfActor>,
}

#[derive(Debug, Clone)]
pub enum Person {
    /// Nobody is signed in.
    Nobody,
    Account {
        id: AccountId,
        sign_in: SignInId,
        name: String,
        email: String,
        time_zone: Tz,
        operator: bool,
    },
    /// A candidate without an account, by a link to one interview.
    Guest {
        link: CandidateLinkId,
        interview: InterviewId,
        name: String,
    },
    /// The server itself: jobs, demo, command line.
    System,
}

#[derive(Debug, Clone)]
pub struct TeamOfActor {
    pub id: TeamId,
    pub name: String,
    pub mode: Mode,
    pub personal: bool,
    pub time_zone: Tz,
    /// None for a guest.
    pub role: Option<Role>,
}

impl Actor {
    pub fn nobody() -> Self {
        Actor { person: Person::Nobody, team: None }
    }

    /// The account, where only an account will do.
    pub fn account(&self) -> Result<AccountId> {
        match self.person {
            Person::Account { id, .. } => Ok(id),
            Person::Guest { .. } => Err(Error::Forbidden("This needs an account.")),
            Person::Nobody | Person::System => Err(Error::Unauthenticated),
        }
    }

    pub fn account_or_none(&self) -> Option<AccountId> {
        match self.person {
            Person::Account { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Who reads or is there: an account, or the link a candidate came by.
    pub fn reader(&self) -> Option<uuid::Uuid> {
        match &self.person {
            Person::Account { id, .. } => Some(id.0),
            Person::Guest { link, .. } => Some(link.0),
            Person::Nobody | Person::System => None,
        }
    }

    pub fn team(&self) -> Result<&TeamOfActor> {
        self.team.as_ref().ok_or(Error::NotFound)
    }

    pub fn team_id(&self) -> Result<TeamId> {
        Ok(self.team()?.id)
    }

    pub fn role(&self) -> Option<Role> {
        self.team.as_ref().and_then(|team| team.role)
    }

    /// Owner or lead: the roles that see all of a team's interviews.
    pub fn leads(&self) -> bool {
        matches!(self.role(), Some(Role::Owner | Role::Lead))
    }

    /// The zone in which this reader's times are written.
    pub fn time_zone(&self) -> Tz {
        match (&self.person, &self.team) {
            (Person::Account { time_zone, .. }, _) => *time_zone,
            (_, Some(team)) => team.time_zone,
            _ => Tz::UTC,
        }
    }

    /// The same person with a lead's rights, for what a service has made sure of: two who practise with each other
    /// are booked by the team's rules, not by one of its leads.
    pub fn on_behalf_of_leads(&self) -> Self {
        let team = self.team.as_ref().map(|team| TeamOfActor { role: Some(Role::Lead), ..team.clone() });
        Actor { person: self.person.clone(), team }
    }

    /// What this person is in the team, before any interview is looked at.
    pub fn standing(&self) -> Standing {
        Standing { role: self.role(), seat: None, mode: self.team.as_ref().map_or(Mode::Hiring, |team| team.mode) }
    }
}

impl TeamOfActor {
    /// People practise with each other here. In a team that hires, candidates do not learn of one another; in a personal
    /// one there is nobody else.
    pub fn has_peers(&self) -> bool {
        self.mode == Mode::Mock && !self.personal
    }
}

/// Role and seat together: all that [`allow`] asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub role: Option<Role>,
    pub seat: Option<Seat>,
    /// The interview's mode where there is one, else the team's.
    pub mode: Mode,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident: [$($role:ident)*], [$($seat:ident)*] $(, $mock:ident)?;)+) => {
        /// Everything that is done in a team.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[$doc])* $act),+ }

        impl Act {
            pub const ALL: &'static [Act] = &[$(Act::$act),+];

            /// Its word, as the list of routes and the audit write it: `read_outbox`.
            pub fn name(self) -> String {
                let written = match self { $(Act::$act => stringify!($act)),+ };
                let mut name = String::with_capacity(written.len() + 4);
                for letter in written.chars() {
                    if letter.is_ascii_uppercase() && !name.is_empty() {
                        name.push('_');
                    }
                    name.push(letter.to_ascii_lowercase());
                }
                name
            }

            /// Who may.
            pub const fn rule(self) -> Rule {
                match self {
                    $(Act::$act => Rule {
                        roles: &[$(Role::$role),*],
                        seats: &[$(Seat::$seat),*],
                        lead_interviewer_in_mock: acts!(@mock $($mock)?),
                    }),+
                }
            }
        }
    };
    (@mock) => { false };
    (@mock mock) => { true };
}

/// Who may do an act: one of these roles, or one of these seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    pub roles: &'static [Role],
    pub seats: &'static [Seat],
    /// In mode mock the lead interviewer may as well.
    pub lead_interviewer_in_mock: bool,
}

acts! {
    // The team. A role is needed; a seat gives nothing here.
    EnterTeam:          [Owner Lead Interviewer Candidate], [];
    ReadMembers:        [Owner Lead Interviewer], [];
    ManageTeam:         [Owner], [];
    ManageMembers:      [Owner], [];
    Invite:             [Owner], [];
    ReadOutbox:         [Owner], [];
    ReadAudit:          [Owner], [];
    ReadLibrary:        [Owner Lead Interviewer], [];
    EditLibrary:        [Owner Lead], [];
    ReadCandidates:     [Owner Lead], [];
    ManageCandidates:   [Owner Lead], [];
    /// Give the team a copy of one's own résumé. Who reads it there, the candidate record says.
    SendResume:         [Owner Lead Interviewer Candidate], [];
    ListInterviews:     [Owner Lead Interviewer Candidate], [];
    PlanInterviews:     [Owner Lead], [];
    /// The team's reliability; people without names unless they share.
    ReadCalibration:    [Owner Lead], [];
    /// One's own severity, style and drift; nobody else reads them.
    ReadOwnCalibration: [Owner Lead Interviewer], [];
    ShareOwnCalibration: [Owner Lead Interviewer], [];
    /// Score gold interviews and read one's own results, as a member and as an expert who was asked.
    DoExercises:        [Owner Lead Interviewer], [];
    /// Answer questions on one's own and score oneself. Nobody else reads any of it, whatever their role.
    Practise:           [Owner Lead Interviewer Candidate], [];
    /// Score what somebody has shared with oneself by name, and nothing else.
    Coach:              [Owner Lead Interviewer Candidate], [];
    /// Write gold interviews, ask experts and members, lead the discussion. Nobody's results.
    LeadExercises:      [Owner Lead], [];
    /// Have a share of the finished interviews scored again, and read how near the two scorings are; nobody's by name.
    AskSecondScoring:   [Owner Lead], [];
    /// Score again what one was asked to, and read one's own result. Whether one still knows too little to be asked, the
    /// feature says: a lead, who reads every debrief, keeps the results from before and scores nothing.
    ScoreAgain:         [Owner Lead Interviewer], [];

    /// Offer times on the board and take those of others, where people practise with each other.
    PractiseWithPeers:  [Owner Lead Interviewer Candidate], [];

    // One interview.
    /// Open its page: the candidate finds an invitation there, everybody else the plan.
    SeeInterview:       [Owner Lead], [LeadInterviewer Interviewer Shadow Observer Candidate];
    ReadPlan:           [Owner Lead], [LeadInterviewer Interviewer Shadow Observer];
    ReadKit:            [Owner Lead], [LeadInterviewer Interviewer Shadow];
    ChangePlan:         [Owner Lead], [];
    /// See the room at all; what of it, the seat decides.
    EnterRoom:          [], [LeadInterviewer Interviewer Shadow Observer Candidate];
    /// Start, pause, next, end. Another interviewer may take the wheel, which is recorded.
    DriveRoom:          [], [LeadInterviewer Interviewer];
    /// A break, minutes to think in quiet.
    AskInRoom:          [], [Candidate];
    /// What they write for themselves in the room; nobody else reads it, whatever their role.
    KeepOwnNotes:       [], [Candidate];
    /// Type into a shared pad.
    WritePad:           [], [LeadInterviewer Interviewer Candidate];
    /// Read and play back what was typed together: work of the candidate, no judgement of it.
    ReadPad:            [Owner Lead], [LeadInterviewer Interviewer Shadow Observer Candidate];
    WriteScorecard:     [], [LeadInterviewer Interviewer Shadow];
    /// Which cards are seen is the blind rule's matter (`scorecards::visibility`); the candidate's list is
    /// always empty, and never refused.
    ReadScorecards:     [Owner Lead], [LeadInterviewer Interviewer Shadow Observer Candidate];
    ReadDebrief:        [Owner Lead], [LeadInterviewer Interviewer Shadow Observer];
    OpenDebrief:        [Owner Lead], [], mock;
    Decide:             [Owner Lead], [], mock;
    WriteReport:        [Owner Lead], [], mock;
    ReleaseReport:      [Owner Lead], [], mock;
    /// Card, decision and draft of the report on one guided page, after a practice that two booked on the board.
    GivePeerFeedback:   [], [], mock;
    /// Its page: the candidate finds the report there, who writes it the draft.
    SeeReport:          [Owner Lead], [Candidate], mock;
    ReadReport:         [], [Candidate];
    GiveSelfScores:     [], [Candidate];
}

/// Passes, or says that this act is not for this standing.
pub fn allow(standing: &Standing, act: Act) -> Result<()> {
    if may(standing, act) { Ok(()) } else { Err(Error::Forbidden("This is not yours to do.")) }
}

/// The same as a yes or no, for what a page offers.
pub fn may(standing: &Standing, act: Act) -> bool {
    let rule = act.rule();
    standing.role.is_some_and(|role| rule.roles.contains(&role))
        || standing.seat.is_some_and(|seat| {
            rule.seats.contains(&seat) || (rule.lead_interviewer_in_mock && standing.mode == Mode::Mock && seat == Seat::LeadInterviewer)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table a product owner signs: one line an act; O L I C are roles, then the seats, M = in mock.
    const TABLE: &str = "\
EnterTeam: owner lead interviewer candidate |
ReadMembers: owner lead interviewer |
ManageTeam: owner |
ManageMembers: owner |
Invite: owner |
ReadOutbox: owner |
ReadAudit: owner |
ReadLibrary: owner lead interviewer |
EditLibrary: owner lead |
ReadCandidates: owner lead |
ManageCandidates: owner lead |
SendResume: owner lead interviewer candidate |
ListInterviews: owner lead interviewer candidate |
PlanInterviews: owner lead |
ReadCalibration: owner lead |
ReadOwnCalibration: owner lead interviewer |
ShareOwnCalibration: owner lead interviewer |
DoExercises: owner lead interviewer |
Practise: owner lead interviewer candidate |
Coach: owner lead interviewer candidate |
LeadExercises: owner lead |
AskSecondScoring: owner lead |
ScoreAgain: owner lead interviewer |
PractiseWithPeers: owner lead interviewer candidate |
SeeInterview: owner lead | lead_interviewer interviewer shadow observer candidate
ReadPlan: owner lead | lead_interviewer interviewer shadow observer
ReadKit: owner lead | lead_interviewer interviewer shadow
ChangePlan: owner lead |
EnterRoom: | lead_interviewer interviewer shadow observer candidate
DriveRoom: | lead_interviewer interviewer
AskInRoom: | candidate
KeepOwnNotes: | candidate
WritePad: | lead_interviewer interviewer candidate
ReadPad: owner lead | lead_interviewer interviewer shadow observer candidate
WriteScorecard: | lead_interviewer interviewer shadow
ReadScorecards: owner lead | lead_interviewer interviewer shadow observer candidate
ReadDebrief: owner lead | lead_interviewer interviewer shadow observer
OpenDebrief: owner lead | in mock: lead_interviewer
Decide: owner lead | in mock: lead_interviewer
WriteReport: owner lead | in mock: lead_interviewer
ReleaseReport: owner lead | in mock: lead_interviewer
GivePeerFeedback: | in mock: lead_interviewer
SeeReport: owner lead | candidate in mock: lead_interviewer candidate
ReadReport: | candidate
GiveSelfScores: | candidate
";

    #[test]
    fn the_whole_table_is_as_agreed() {
        let mut table = String::new();
        for act in Act::ALL {
            let by = |standing: &dyn Fn(&str) -> Standing, words: &[&'static str]| {
                words.iter().filter(|word| may(&standing(word), *act)).map(|word| format!(" {word}")).collect::<String>()
            };
            let roles: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
            let seats: Vec<_> = Seat::ALL.iter().map(|seat| seat.as_str()).collect();
            let by_role = by(&|word| Standing { role: word.parse().ok(), seat: None, mode: Mode::Hiring }, &roles);
            let seated = |mode| move |word: &str| Standing { role: None, seat: word.parse().ok(), mode };
            let hiring = by(&seated(Mode::Hiring), &seats);
            let mock = by(&seated(Mode::Mock), &seats);
            let by_seat = if hiring == mock { hiring } else { format!("{hiring} in mock:{mock}") };
            table.push_str(&format!("{act:?}:{by_role} |{by_seat}\n"));
        }
        assert_eq!(table, TABLE);
    }

    #[test]
    fn without_role_and_seat_nothing_is_allowed() {
        for mode in Mode::ALL {
            let stranger = Standing { role: None, seat: None, mode: *mode };
            assert!(Act::ALL.iter().all(|act| allow(&stranger, *act).is_err()));
        }
    }
}
