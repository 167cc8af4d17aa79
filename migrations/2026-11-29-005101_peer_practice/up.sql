-- A time that somebody offers to practise with a peer: two halves, each interviews the other once.
CREATE TABLE practice_offers (
    team_id                 uuid        NOT NULL,
    id                      uuid        NOT NULL,
    account_id              uuid        NOT NULL,
    level                   text        NOT NULL,
    question_set_version_id uuid        NOT NULL,
    question_set_built_in   boolean     NOT NULL,
    library_question_set    uuid        GENERATED ALWAYS AS (CASE WHEN question_set_built_in THEN question_set_version_id END) STORED,
    team_question_set       uuid        GENERATED ALWAYS AS (CASE WHEN NOT question_set_built_in THEN question_set_version_id END) STORED,
    starts_at               timestamptz NOT NULL,
    time_zone               text        NOT NULL,
    -- Of each half.
    minutes                 integer     NOT NULL,
    note                    text        NOT NULL,
    made_at                 timestamptz NOT NULL,
    withdrawn_at            timestamptz,
    taken_by                uuid,
    taken_at                timestamptz,
    interview_id            uuid,
    CONSTRAINT practice_offers_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT practice_offers_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT practice_offers_taker FOREIGN KEY (team_id, taken_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT practice_offers_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT practice_offers_library_question_set FOREIGN KEY (library_question_set) REFERENCES library_question_set_versions (id),
    CONSTRAINT practice_offers_team_question_set FOREIGN KEY (team_id, team_question_set) REFERENCES question_set_versions (team_id, id),
    CONSTRAINT practice_offers_level CHECK (level IN ('entry', 'mid', 'senior')),
    CONSTRAINT practice_offers_minutes CHECK (minutes BETWEEN 15 AND 90),
    CONSTRAINT practice_offers_note_length CHECK (char_length(note) <= 500),
    CONSTRAINT practice_offers_taken CHECK (num_nonnulls(taken_by, taken_at, interview_id) IN (0, 3)),
    CONSTRAINT practice_offers_not_by_oneself CHECK (taken_by <> account_id),
    CONSTRAINT practice_offers_taken_or_withdrawn CHECK (taken_at IS NULL OR withdrawn_at IS NULL)
);
CREATE INDEX practice_offers_by_time ON practice_offers (team_id, starts_at, id);
ALTER TABLE practice_offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE practice_offers FORCE ROW LEVEL SECURITY;
CREATE POLICY practice_offers_of_team ON practice_offers
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
