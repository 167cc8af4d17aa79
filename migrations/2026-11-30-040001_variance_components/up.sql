-- How much scores of a team vary by who gives them, for each version of a rubric, once that can be said.
CREATE TABLE variance_components (
    team_id           uuid             NOT NULL,
    rubric_version_id uuid             NOT NULL,
    interviewer       double precision NOT NULL,
    rest              double precision NOT NULL,
    interviews        integer          NOT NULL,
    computed_at       timestamptz      NOT NULL,
    CONSTRAINT variance_components_pkey PRIMARY KEY (team_id, rubric_version_id),
    CONSTRAINT variance_components_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT variance_components_sane CHECK (interviewer >= 0 AND rest >= 0 AND interviewer + rest < 16 AND interviews > 0)
);
ALTER TABLE variance_components ENABLE ROW LEVEL SECURITY;
ALTER TABLE variance_components FORCE ROW LEVEL SECURITY;
CREATE POLICY variance_components_of_team ON variance_components
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());

-- A debrief keeps those it opened with: its band does not move while people talk. None: the built-in ones.
ALTER TABLE debriefs
    ADD COLUMN variance_interviewer double precision,
    ADD COLUMN variance_rest        double precision,
    ADD COLUMN variance_interviews  integer,
    ADD CONSTRAINT debriefs_variance CHECK (num_nulls(variance_interviewer, variance_rest, variance_interviews) IN (0, 3));
