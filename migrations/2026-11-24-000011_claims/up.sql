-- What a candidate's résumé says, a sentence each, to be asked about. One that is removed stays for the cards that
-- were written while it was there.
CREATE TABLE candidate_claims (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    candidate_id uuid        NOT NULL,
    position     integer     NOT NULL,
    text         text        NOT NULL,
    detail       text        NOT NULL,
    version      integer     NOT NULL DEFAULT 1,
    created_by   uuid,
    created_at   timestamptz NOT NULL,
    removed_by   uuid,
    removed_at   timestamptz,
    CONSTRAINT candidate_claims_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT candidate_claims_candidate FOREIGN KEY (team_id, candidate_id) REFERENCES candidates (team_id, id),
    CONSTRAINT candidate_claims_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT candidate_claims_remover FOREIGN KEY (team_id, removed_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT candidate_claims_position_once UNIQUE (team_id, candidate_id, position),
    CONSTRAINT candidate_claims_position_from_one CHECK (position >= 1),
    CONSTRAINT candidate_claims_text_length CHECK (char_length(text) BETWEEN 1 AND 300),
    CONSTRAINT candidate_claims_detail_length CHECK (char_length(detail) <= 2000)
);
ALTER TABLE candidate_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE candidate_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY candidate_claims_of_team ON candidate_claims
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());

-- Each interviewer's verdicts, and what was said, by the claim's id: two maps, as an area's value and reason are two.
ALTER TABLE scorecards
    ADD COLUMN claim_verdicts jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN claim_evidence jsonb NOT NULL DEFAULT '{}';
