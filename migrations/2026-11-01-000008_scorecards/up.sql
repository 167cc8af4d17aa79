-- One person's own record of one interview. The draft lives in the maps below, each keyed so that
-- an autosave merges by key in one statement: areas by number, questions and evidence by id.
CREATE TABLE scorecards (
    team_id         uuid        NOT NULL,
    id              uuid        NOT NULL,
    interview_id    uuid        NOT NULL,
    account_id      uuid        NOT NULL,
    version         integer     NOT NULL,
    area_values     jsonb       NOT NULL DEFAULT '{}',
    area_reasons    jsonb       NOT NULL DEFAULT '{}',
    question_values jsonb       NOT NULL DEFAULT '{}',
    evidence        jsonb       NOT NULL DEFAULT '{}',
    ticks           jsonb       NOT NULL DEFAULT '{}',
    warning_signs   jsonb       NOT NULL DEFAULT '{}',
    recommendation  text,
    confidence      text,
    next_step       text        NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL,
    saved_at        timestamptz NOT NULL,
    submitted_at    timestamptz,
    CONSTRAINT scorecards_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT scorecards_one_per_seat UNIQUE (team_id, interview_id, account_id),
    CONSTRAINT scorecards_seat FOREIGN KEY (team_id, interview_id, account_id) REFERENCES seats (team_id, interview_id, account_id)
);

-- Every acknowledged save, by the key the browser chose: a repeat gets the first answer.
CREATE TABLE scorecard_saves (
    team_id      uuid        NOT NULL,
    scorecard_id uuid        NOT NULL,
    key          uuid        NOT NULL,
    body_hash    bytea       NOT NULL,
    version      integer     NOT NULL,
    saved_at     timestamptz NOT NULL,
    CONSTRAINT scorecard_saves_pkey PRIMARY KEY (team_id, scorecard_id, key),
    CONSTRAINT scorecard_saves_scorecard FOREIGN KEY (team_id, scorecard_id) REFERENCES scorecards (team_id, id)
);

-- Revision 1 is the card as submitted, blind. Later ones are amendments and never replace it.
CREATE TABLE scorecard_revisions (
    team_id        uuid        NOT NULL,
    scorecard_id   uuid        NOT NULL,
    number         integer     NOT NULL,
    content        jsonb       NOT NULL,
    author_id      uuid        NOT NULL,
    reason         text        NOT NULL,
    others_visible boolean     NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT scorecard_revisions_pkey PRIMARY KEY (team_id, scorecard_id, number),
    CONSTRAINT scorecard_revisions_scorecard FOREIGN KEY (team_id, scorecard_id) REFERENCES scorecards (team_id, id)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['scorecards', 'scorecard_saves', 'scorecard_revisions'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
