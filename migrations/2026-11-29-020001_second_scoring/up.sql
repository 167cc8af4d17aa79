-- Second scoring: a share of the finished interviews, drawn by a seed that is kept, is scored once more by a member who
-- had no seat there.
CREATE TABLE second_draws (
    team_id  uuid        NOT NULL,
    id       uuid        NOT NULL,
    -- The interviews that began in this window.
    since    timestamptz NOT NULL,
    until    timestamptz NOT NULL,
    percent  smallint    NOT NULL,
    seed     bigint      NOT NULL,
    -- Out of how many was drawn.
    pool     integer     NOT NULL,
    asked_by uuid        NOT NULL,
    asked_at timestamptz NOT NULL,
    CONSTRAINT second_draws_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT second_draws_lead FOREIGN KEY (team_id, asked_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT second_draws_percent_range CHECK (percent BETWEEN 1 AND 100),
    CONSTRAINT second_draws_until_after_since CHECK (until > since)
);

-- What one person gives to one interview. A draft until it is submitted, locked after.
CREATE TABLE second_scores (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    draw_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    answers      jsonb       NOT NULL DEFAULT '[]',
    version      integer     NOT NULL DEFAULT 1,
    asked_at     timestamptz NOT NULL,
    submitted_at timestamptz,
    CONSTRAINT second_scores_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT second_scores_draw FOREIGN KEY (team_id, draw_id) REFERENCES second_draws (team_id, id),
    CONSTRAINT second_scores_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT second_scores_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id)
);
-- Each interview is scored a second time once.
CREATE UNIQUE INDEX second_scores_one_per_interview ON second_scores (team_id, interview_id);
CREATE INDEX second_scores_of_member ON second_scores (team_id, account_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['second_draws', 'second_scores'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
-- A draw can be done again from its seed; nobody changes it.
REVOKE UPDATE, DELETE ON second_draws FROM fivefold_app;
