//! The blind rule (R2), as one pure function. The SQL scope in `store` says the same, and a test
//! compares the two over every world.

/// What a reader has at stake in an interview's cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stake {
    /// A scoring seat whose card is not submitted.
    Owes,
    /// Their own card is in.
    HasSubmitted,
    /// No card is expected of them: observer, late addition, lead or owner without a scoring seat.
    Nothing,
    /// They are the one who was interviewed. That comes before every seat and role.
    IsCandidate,
}

/// A reader, as the blind rule sees them. Whether they may see the interview at all was asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reader {
    pub stake: Stake,
    /// They owe a card for a later interview of the same candidate, or one that begins with this one.
    pub owes_later: bool,
}

/// Whose card is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    Own,
    Anothers,
}

impl Reader {
    /// Who sees no card at all.
    pub const CANDIDATE: Reader = Reader { stake: Stake::IsCandidate, owes_later: false };

    /// May this reader see a card, submitted or still a draft?
    pub fn sees(self, whose: Whose, submitted: bool, debrief_open: bool) -> bool {
        match (whose, self.stake) {
            (_, Stake::IsCandidate) => false,
            (Whose::Own, _) => true,
            // A draft is its author's alone, for ever.
            (Whose::Anothers, _) if !submitted => false,
            (Whose::Anothers, Stake::Owes) => false,
            // What was said of the candidate before is hidden until one's own word is given.
            (Whose::Anothers, _) if self.owes_later => false,
            (Whose::Anothers, Stake::HasSubmitted) => true,
            (Whose::Anothers, Stake::Nothing) => debrief_open,
        }
    }

    /// Others' submitted cards may be read now.
    pub fn sees_others(self, debrief_open: bool) -> bool {
        self.sees(Whose::Anothers, true, debrief_open)
    }

    /// Who has submitted, yes or no and no time, is for everybody but the candidate.
    pub fn sees_who_submitted(self) -> bool {
        self.stake != Stake::IsCandidate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stake::*;

    #[test]
    fn the_table_of_r2() {
        // own draft, own card; then others' cards before and after the debrief has opened; others' drafts.
        let row = |stake| {
            let reader = Reader { stake, owes_later: false };
            let others = [reader.sees(Whose::Anothers, true, false), reader.sees(Whose::Anothers, true, true)];
            let drafts = [reader.sees(Whose::Anothers, false, false), reader.sees(Whose::Anothers, false, true)];
            (reader.sees(Whose::Own, false, false), others, drafts, reader.sees_who_submitted())
        };
        assert_eq!(row(Owes), (true, [false, false], [false, false], true), "never, also after an early opening");
        assert_eq!(row(HasSubmitted), (true, [true, true], [false, false], true));
        assert_eq!(row(Nothing), (true, [false, true], [false, false], true), "once the debrief is open");
        assert_eq!(row(IsCandidate), (false, [false, false], [false, false], false));
    }

    #[test]
    fn a_past_interview_of_the_candidate_is_hidden_until_ones_own_card_is_in() {
        for stake in [Owes, HasSubmitted, Nothing, IsCandidate] {
            let reader = Reader { stake, owes_later: true };
            assert!(!reader.sees_others(false) && !reader.sees_others(true), "{stake:?}");
            assert_eq!(reader.sees(Whose::Own, true, true), stake != IsCandidate, "one's own stays one's own");
        }
    }
}
