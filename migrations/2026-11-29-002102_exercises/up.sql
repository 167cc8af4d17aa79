-- Exercises: several people score the same gold interviews, each for themselves, until a deadline. What is held back is
-- given after the discussion.
CREATE TABLE exercises (
    team_id          uuid        NOT NULL,
    id               uuid        NOT NULL,
    name             text        NOT NULL,
    deadline         timestamptz NOT NULL,
    second_deadline  timestamptz,
    version          integer     NOT NULL DEFAULT 1,
    -- Of the discussion: what was said, and that it is over.
    notes            text        NOT NULL DEFAULT '',
    notes_version    integer     NOT NULL DEFAULT 0,
    notes_changed_by uuid,
    notes_changed_at timestamptz,
    discussed_by     uuid,
    discussed_at     timestamptz,
    created_by       uuid,
    created_at       timestamptz NOT NULL,
    CONSTRAINT exercises_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT exercises_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT exercises_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT exercises_note_taker FOREIGN KEY (team_id, notes_changed_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT exercises_discussion_lead FOREIGN KEY (team_id, discussed_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT exercises_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT exercises_second_after_first CHECK (second_deadline > deadline)
);

CREATE TABLE exercise_interviews (
    team_id           uuid    NOT NULL,
    exercise_id       uuid    NOT NULL,
    -- Of a team or built in; the version is pinned, and a foreign key holds it either way.
    gold_interview_id uuid    NOT NULL,
    gold_version_id   uuid    NOT NULL,
    gold_built_in     boolean NOT NULL,
    library_version   uuid    GENERATED ALWAYS AS (CASE WHEN gold_built_in THEN gold_version_id END) STORED,
    team_version      uuid    GENERATED ALWAYS AS (CASE WHEN NOT gold_built_in THEN gold_version_id END) STORED,
    held_back         boolean NOT NULL,
    position          integer NOT NULL,
    CONSTRAINT exercise_interviews_pkey PRIMARY KEY (team_id, exercise_id, gold_interview_id),
    CONSTRAINT exercise_interviews_exercise FOREIGN KEY (team_id, exercise_id) REFERENCES exercises (team_id, id),
    CONSTRAINT exercise_interviews_library FOREIGN KEY (library_version) REFERENCES library_gold_interview_versions (id),
    CONSTRAINT exercise_interviews_of_team FOREIGN KEY (team_id, team_version) REFERENCES gold_interview_versions (team_id, id)
);

CREATE TABLE exercise_members (
    team_id     uuid        NOT NULL,
    exercise_id uuid        NOT NULL,
    account_id  uuid        NOT NULL,
    asked_at    timestamptz NOT NULL,
    CONSTRAINT exercise_members_pkey PRIMARY KEY (team_id, exercise_id, account_id),
    CONSTRAINT exercise_members_exercise FOREIGN KEY (team_id, exercise_id) REFERENCES exercises (team_id, id),
    CONSTRAINT exercise_members_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id)
);

-- What one person gave to one gold interview: in an exercise, or alone. A draft until it is submitted, locked after.
CREATE TABLE gold_scores (
    team_id           uuid        NOT NULL,
    id                uuid        NOT NULL,
    account_id        uuid        NOT NULL,
    gold_interview_id uuid        NOT NULL,
    gold_version_id   uuid        NOT NULL,
    gold_built_in     boolean     NOT NULL,
    library_version   uuid        GENERATED ALWAYS AS (CASE WHEN gold_built_in THEN gold_version_id END) STORED,
    team_version      uuid        GENERATED ALWAYS AS (CASE WHEN NOT gold_built_in THEN gold_version_id END) STORED,
    exercise_id       uuid,
    answers           jsonb       NOT NULL DEFAULT '[]',
    version           integer     NOT NULL DEFAULT 1,
    started_at        timestamptz NOT NULL,
    submitted_at      timestamptz,
    CONSTRAINT gold_scores_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT gold_scores_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT gold_scores_library FOREIGN KEY (library_version) REFERENCES library_gold_interview_versions (id),
    CONSTRAINT gold_scores_of_team FOREIGN KEY (team_id, team_version) REFERENCES gold_interview_versions (team_id, id),
    CONSTRAINT gold_scores_exercise FOREIGN KEY (team_id, exercise_id) REFERENCES exercises (team_id, id)
);
-- Nobody has two begun of one interview, or gives it twice in one exercise.
CREATE UNIQUE INDEX gold_scores_one_open ON gold_scores (team_id, account_id, gold_interview_id) WHERE submitted_at IS NULL;
CREATE UNIQUE INDEX gold_scores_once_in_an_exercise ON gold_scores (team_id, exercise_id, account_id, gold_interview_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['exercises', 'exercise_interviews', 'exercise_members', 'gold_scores'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
-- What an exercise is made of does not change while people are at it.
REVOKE UPDATE, DELETE ON exercise_interviews FROM fivefold_app;
