CREATE TABLE reports (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    version      integer     NOT NULL,
    content      jsonb       NOT NULL,
    written_by   uuid        NOT NULL,
    written_at   timestamptz NOT NULL,
    released_at  timestamptz,
    released_by  uuid,
    CONSTRAINT reports_pkey PRIMARY KEY (team_id, interview_id),
    CONSTRAINT reports_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id)
);

-- The candidate's own scores on the five areas, given before they read the report.
CREATE TABLE self_scores (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    area_values  jsonb       NOT NULL,
    given_at     timestamptz NOT NULL,
    CONSTRAINT self_scores_pkey PRIMARY KEY (team_id, interview_id),
    CONSTRAINT self_scores_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['reports', 'self_scores'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
