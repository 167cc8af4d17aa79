-- A debrief is opened by the last counted card, or earlier by a lead with a reason.
CREATE TABLE debriefs (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    opened_at    timestamptz NOT NULL,
    opened_by    uuid        NOT NULL,
    early_reason text,
    CONSTRAINT debriefs_pkey PRIMARY KEY (team_id, interview_id),
    CONSTRAINT debriefs_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id)
);

-- The latest number is the decision; earlier ones stay readable.
CREATE TABLE decisions (
    team_id          uuid        NOT NULL,
    interview_id     uuid        NOT NULL,
    number           integer     NOT NULL,
    outcome          text        NOT NULL,
    reason           text        NOT NULL,
    proposed_outcome text,
    override_reason  text        NOT NULL,
    dissents         jsonb       NOT NULL DEFAULT '[]',
    decided_by       uuid        NOT NULL,
    decided_at       timestamptz NOT NULL,
    CONSTRAINT decisions_pkey PRIMARY KEY (team_id, interview_id, number),
    CONSTRAINT decisions_debrief FOREIGN KEY (team_id, interview_id) REFERENCES debriefs (team_id, interview_id)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['debriefs', 'decisions'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
