-- A team's own question sets: a draft, kept question by question so that two editors of two questions are not
-- in each other's way, and published versions in the shape of the built-in library's.
CREATE TABLE question_sets (
    team_id            uuid        NOT NULL,
    id                 uuid        NOT NULL,
    slug               text        NOT NULL,
    name               text        NOT NULL,
    description        text        NOT NULL DEFAULT '',
    rubric             text,
    -- The version this set began as a copy of, or was last compared with: built-in or of this team.
    copied_from        uuid,
    version            integer     NOT NULL DEFAULT 1,
    created_by         uuid,
    created_at         timestamptz NOT NULL,
    changed_at         timestamptz NOT NULL,
    retired_by         uuid,
    retired_at         timestamptz,
    practice_opened_by uuid,
    practice_opened_at timestamptz,
    CONSTRAINT question_sets_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT question_sets_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT question_sets_one_per_slug UNIQUE (team_id, slug),
    CONSTRAINT question_sets_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT question_sets_retirer FOREIGN KEY (team_id, retired_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT question_sets_opener FOREIGN KEY (team_id, practice_opened_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT question_sets_name_length CHECK (char_length(name) BETWEEN 1 AND 80)
);

-- What is searched of a question.
CREATE FUNCTION question_words(question jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT setweight(to_tsvector('english'::regconfig, coalesce(question ->> 'title', '') || ' ' || coalesce(question ->> 'key', '')), 'A')
              || setweight(to_tsvector('english'::regconfig, coalesce(question ->> 'prompt', '')), 'B')
              || jsonb_to_tsvector('english'::regconfig, question - 'title' - 'key' - 'prompt', '["string"]') $$;

CREATE TABLE draft_questions (
    team_id    uuid        NOT NULL,
    set_id     uuid        NOT NULL,
    id         uuid        NOT NULL,
    key        text        NOT NULL,
    position   integer     NOT NULL,
    version    integer     NOT NULL DEFAULT 1,
    content    jsonb       NOT NULL,
    changed_by uuid,
    changed_at timestamptz NOT NULL,
    words      tsvector    NOT NULL GENERATED ALWAYS AS (question_words(content)) STORED,
    CONSTRAINT draft_questions_pkey PRIMARY KEY (team_id, set_id, id),
    CONSTRAINT draft_questions_set FOREIGN KEY (team_id, set_id) REFERENCES question_sets (team_id, id),
    CONSTRAINT draft_questions_keys_differ UNIQUE (team_id, set_id, key) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT draft_questions_one_per_position UNIQUE (team_id, set_id, position) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT draft_questions_author FOREIGN KEY (team_id, changed_by) REFERENCES memberships (team_id, account_id)
);

CREATE TABLE question_set_versions (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    set_id       uuid        NOT NULL,
    number       integer     NOT NULL,
    content      jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    reason       text        NOT NULL,
    published_by uuid,
    published_at timestamptz NOT NULL,
    CONSTRAINT question_set_versions_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT question_set_versions_set FOREIGN KEY (team_id, set_id) REFERENCES question_sets (team_id, id),
    CONSTRAINT question_set_versions_one_per_number UNIQUE (team_id, set_id, number),
    CONSTRAINT question_set_versions_author FOREIGN KEY (team_id, published_by) REFERENCES memberships (team_id, account_id)
);

ALTER TABLE question_sets ENABLE ROW LEVEL SECURITY;
ALTER TABLE question_sets FORCE ROW LEVEL SECURITY;
ALTER TABLE draft_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_questions FORCE ROW LEVEL SECURITY;
ALTER TABLE question_set_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE question_set_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY question_sets_of_team ON question_sets
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
CREATE POLICY draft_questions_of_team ON draft_questions
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
CREATE POLICY question_set_versions_of_team ON question_set_versions
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
-- Published means frozen.
REVOKE UPDATE, DELETE ON question_set_versions FROM fivefold_app;
