-- What a candidate writes for themselves. Nobody else reads it, whatever their role.
CREATE TABLE own_notes (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    text         text        NOT NULL,
    version      integer     NOT NULL,
    -- Keys of the newest saves, so that one whose answer was lost does not count twice.
    keys         uuid[]      NOT NULL,
    saved_at     timestamptz NOT NULL,
    CONSTRAINT own_notes_pkey PRIMARY KEY (team_id, interview_id),
    CONSTRAINT own_notes_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT own_notes_text_length CHECK (char_length(text) <= 20000),
    CONSTRAINT own_notes_few_keys CHECK (cardinality(keys) BETWEEN 1 AND 20)
);
ALTER TABLE own_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_notes_of_team ON own_notes
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
