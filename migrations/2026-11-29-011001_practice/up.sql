-- A full mock interview practised alone: its questions and their order are fixed when it begins.
CREATE TABLE practice_mocks (
    team_id                 uuid        NOT NULL,
    id                      uuid        NOT NULL,
    account_id              uuid        NOT NULL,
    question_set_version_id uuid        NOT NULL,
    question_set_built_in   boolean     NOT NULL,
    library_question_set    uuid        GENERATED ALWAYS AS (CASE WHEN question_set_built_in THEN question_set_version_id END) STORED,
    team_question_set       uuid        GENERATED ALWAYS AS (CASE WHEN NOT question_set_built_in THEN question_set_version_id END) STORED,
    level                   text        NOT NULL,
    minutes                 integer     NOT NULL,
    question_ids            uuid[]      NOT NULL,
    started_at              timestamptz NOT NULL,
    ended_at                timestamptz,
    CONSTRAINT practice_mocks_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT practice_mocks_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE,
    CONSTRAINT practice_mocks_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_mocks_library_question_set FOREIGN KEY (library_question_set) REFERENCES library_question_set_versions (id),
    CONSTRAINT practice_mocks_team_question_set FOREIGN KEY (team_id, team_question_set) REFERENCES question_set_versions (team_id, id),
    CONSTRAINT practice_mocks_level CHECK (level IN ('entry', 'mid', 'senior')),
    CONSTRAINT practice_mocks_some_questions CHECK (cardinality(question_ids) BETWEEN 1 AND 60)
);
CREATE INDEX practice_mocks_by_account ON practice_mocks (account_id, started_at DESC);

-- One answer in practice. It is written in a team, since its questions may be the team's, and is its author's alone.
CREATE TABLE practice_attempts (
    team_id                 uuid        NOT NULL,
    id                      uuid        NOT NULL,
    account_id              uuid        NOT NULL,
    -- The version of the set and of the rubric are pinned; a foreign key holds each, built in or of the team.
    question_set_version_id uuid        NOT NULL,
    question_set_built_in   boolean     NOT NULL,
    library_question_set    uuid        GENERATED ALWAYS AS (CASE WHEN question_set_built_in THEN question_set_version_id END) STORED,
    team_question_set       uuid        GENERATED ALWAYS AS (CASE WHEN NOT question_set_built_in THEN question_set_version_id END) STORED,
    rubric_version_id       uuid        NOT NULL,
    rubric_built_in         boolean     NOT NULL,
    library_rubric          uuid        GENERATED ALWAYS AS (CASE WHEN rubric_built_in THEN rubric_version_id END) STORED,
    team_rubric             uuid        GENERATED ALWAYS AS (CASE WHEN NOT rubric_built_in THEN rubric_version_id END) STORED,
    question_id             uuid        NOT NULL,
    -- Of the pinned question, so that what one was asked stays readable when one has left the team.
    title                   text        NOT NULL,
    prompt                  text        NOT NULL,
    area                    smallint    NOT NULL,
    topics                  text[]      NOT NULL,
    minutes                 integer     NOT NULL,
    level                   text        NOT NULL,
    kind                    text        NOT NULL,
    mock_id                 uuid,
    think_seconds           integer     NOT NULL,
    started_at              timestamptz NOT NULL,
    answering_at            timestamptz,
    finished_at             timestamptz,
    scored_at               timestamptz,
    answer                  text        NOT NULL DEFAULT '',
    -- Of the answer, and after it of the comparison.
    version                 integer     NOT NULL DEFAULT 0,
    -- Keys of the newest saves, so that one whose answer was lost does not count twice.
    keys                    uuid[]      NOT NULL DEFAULT '{}',
    checked                 smallint[]  NOT NULL DEFAULT '{}',
    score                   smallint,
    area_score              smallint,
    would_pass              smallint,
    -- What was ticked when it was compared with what one listens for; none before.
    compared                jsonb,
    note                    text        NOT NULL DEFAULT '',
    CONSTRAINT practice_attempts_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT practice_attempts_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE,
    CONSTRAINT practice_attempts_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_attempts_library_question_set FOREIGN KEY (library_question_set) REFERENCES library_question_set_versions (id),
    CONSTRAINT practice_attempts_team_question_set FOREIGN KEY (team_id, team_question_set) REFERENCES question_set_versions (team_id, id),
    CONSTRAINT practice_attempts_library_rubric FOREIGN KEY (library_rubric) REFERENCES library_rubric_versions (id),
    CONSTRAINT practice_attempts_team_rubric FOREIGN KEY (team_id, team_rubric) REFERENCES rubric_versions (team_id, id),
    CONSTRAINT practice_attempts_mock FOREIGN KEY (team_id, mock_id) REFERENCES practice_mocks (team_id, id),
    CONSTRAINT practice_attempts_area CHECK (area BETWEEN 1 AND 5),
    CONSTRAINT practice_attempts_level CHECK (level IN ('entry', 'mid', 'senior')),
    CONSTRAINT practice_attempts_kind CHECK (kind IN ('typed', 'recorded')),
    CONSTRAINT practice_attempts_think_time CHECK (think_seconds BETWEEN 0 AND 600),
    CONSTRAINT practice_attempts_answer_length CHECK (char_length(answer) <= 20000),
    CONSTRAINT practice_attempts_note_length CHECK (char_length(note) <= 4000),
    CONSTRAINT practice_attempts_few_keys CHECK (cardinality(keys) <= 20),
    CONSTRAINT practice_attempts_answered_before_finished CHECK (finished_at IS NULL OR answering_at IS NOT NULL),
    CONSTRAINT practice_attempts_finished_before_scored CHECK (scored_at IS NULL OR finished_at IS NOT NULL),
    CONSTRAINT practice_attempts_scored_whole CHECK ((scored_at IS NULL) = (area_score IS NULL) AND (scored_at IS NULL) = (would_pass IS NULL)),
    CONSTRAINT practice_attempts_question_scored_with_area CHECK (score IS NULL OR scored_at IS NOT NULL),
    CONSTRAINT practice_attempts_scores CHECK (score BETWEEN 1 AND 5 AND area_score BETWEEN 1 AND 5 AND would_pass BETWEEN 0 AND 100),
    CONSTRAINT practice_attempts_compared_after_scored CHECK (compared IS NULL OR scored_at IS NOT NULL)
);
CREATE UNIQUE INDEX practice_attempts_one_open ON practice_attempts (team_id, account_id, question_id) WHERE scored_at IS NULL;
CREATE INDEX practice_attempts_by_account ON practice_attempts (account_id, started_at DESC, id DESC);
CREATE INDEX practice_attempts_by_question ON practice_attempts (account_id, question_id, scored_at);
CREATE INDEX practice_attempts_by_mock ON practice_attempts (team_id, mock_id, started_at) WHERE mock_id IS NOT NULL;

-- The wall of the team, and within it that of the account: no role of a team reads another's practice. Their author reads
-- them from every team. The owner of the tables passes the second wall, to delete a team that has nobody left.
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['practice_mocks', 'practice_attempts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE TO fivefold_app USING (account_id = current_account()) WITH CHECK (account_id = current_account())', t || '_of_author', t);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT USING (account_id = current_account())', t || '_anywhere', t);
    END LOOP;
END $$;

-- When a question comes back to somebody. Worked out anew from all their attempts at it whenever one is scored.
CREATE TABLE practice_cards (
    account_id      uuid        NOT NULL,
    question_id     uuid        NOT NULL,
    -- Of the newest attempt: where it was, and what it was about.
    attempt_team    uuid        NOT NULL,
    attempt_id      uuid        NOT NULL,
    built_in        boolean     NOT NULL,
    title           text        NOT NULL,
    area            smallint    NOT NULL,
    level           text        NOT NULL,
    stability       real        NOT NULL,
    difficulty      real        NOT NULL,
    reviews         integer     NOT NULL,
    reviewed_on     date        NOT NULL,
    due_on          date        NOT NULL,
    CONSTRAINT practice_cards_pkey PRIMARY KEY (account_id, question_id),
    CONSTRAINT practice_cards_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_cards_level CHECK (level IN ('entry', 'mid', 'senior')),
    CONSTRAINT practice_cards_due_after_review CHECK (due_on > reviewed_on)
);
CREATE INDEX practice_cards_due ON practice_cards (account_id, due_on);
ALTER TABLE practice_cards ENABLE ROW LEVEL SECURITY;
ALTER TABLE practice_cards FORCE ROW LEVEL SECURITY;
CREATE POLICY practice_cards_of_account ON practice_cards
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());

-- How one wants to be asked again. Nobody has a row before they change something.
CREATE TABLE practice_schedules (
    account_id uuid        NOT NULL,
    daily      smallint    NOT NULL,
    paused_on  date,
    CONSTRAINT practice_schedules_pkey PRIMARY KEY (account_id),
    CONSTRAINT practice_schedules_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_schedules_daily CHECK (daily BETWEEN 1 AND 20)
);
ALTER TABLE practice_schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE practice_schedules FORCE ROW LEVEL SECURITY;
CREATE POLICY practice_schedules_of_account ON practice_schedules
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());
