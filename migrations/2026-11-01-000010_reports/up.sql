-- What is being written: the chosen fields, and the figures they show as they were when it was saved.
CREATE TABLE reports (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    version      integer     NOT NULL,
    content      jsonb       NOT NULL,
    figures      jsonb       NOT NULL,
    written_by   uuid        NOT NULL,
    written_at   timestamptz NOT NULL,
    CONSTRAINT reports_pkey PRIMARY KEY (team_id, interview_id),
    CONSTRAINT reports_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id)
);

-- What the candidate was given, frozen. A withdrawal is a date, so what could be read when stays known.
CREATE TABLE report_releases (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    number       integer     NOT NULL,
    version      integer     NOT NULL,
    content      jsonb       NOT NULL,
    figures      jsonb       NOT NULL,
    released_by  uuid        NOT NULL,
    released_at  timestamptz NOT NULL,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    CONSTRAINT report_releases_pkey PRIMARY KEY (team_id, interview_id, number),
    CONSTRAINT report_releases_report FOREIGN KEY (team_id, interview_id) REFERENCES reports (team_id, interview_id)
);
CREATE UNIQUE INDEX report_releases_one_open ON report_releases (team_id, interview_id) WHERE withdrawn_at IS NULL;

-- The candidate's own scores on the five areas, given before they read the report; none of them when skipped.
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
    FOREACH t IN ARRAY ARRAY['reports', 'report_releases', 'self_scores'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
