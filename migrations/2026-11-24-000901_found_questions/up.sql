-- What is searched of the questions that can be read: the newest version of each team set, and of each built-in one,
-- question by question. A version itself is one document, in which nothing can be found by words.
CREATE TABLE published_questions (
    team_id      uuid        NOT NULL,
    set_id       uuid        NOT NULL,
    id           uuid        NOT NULL,
    version_id   uuid        NOT NULL,
    number       integer     NOT NULL,
    set_name     text        NOT NULL,
    title        text        NOT NULL,
    prompt       text        NOT NULL,
    content      jsonb       NOT NULL,
    words        tsvector    NOT NULL GENERATED ALWAYS AS (question_words(content)) STORED,
    published_at timestamptz NOT NULL,
    CONSTRAINT published_questions_pkey PRIMARY KEY (team_id, set_id, id),
    CONSTRAINT published_questions_set FOREIGN KEY (team_id, set_id) REFERENCES question_sets (team_id, id),
    CONSTRAINT published_questions_version FOREIGN KEY (team_id, version_id) REFERENCES question_set_versions (team_id, id)
);
CREATE TABLE library_questions (
    slug       text     NOT NULL,
    id         uuid     NOT NULL,
    version_id uuid     NOT NULL,
    number     integer  NOT NULL,
    set_name   text     NOT NULL,
    title      text     NOT NULL,
    prompt     text     NOT NULL,
    content    jsonb    NOT NULL,
    words      tsvector NOT NULL GENERATED ALWAYS AS (question_words(content)) STORED,
    CONSTRAINT library_questions_pkey PRIMARY KEY (slug, id),
    CONSTRAINT library_questions_version FOREIGN KEY (version_id) REFERENCES library_question_set_versions (id)
);
-- Words lie in the rows themselves: behind row security all of a team's are read, and fetching each from another place
-- would take ten times as long.
ALTER TABLE published_questions ALTER COLUMN words SET STORAGE MAIN;
ALTER TABLE library_questions ALTER COLUMN words SET STORAGE MAIN;
ALTER TABLE draft_questions ALTER COLUMN words SET STORAGE MAIN;

-- What is there already. The owner of the tables passes the wall for this one statement.
ALTER TABLE question_set_versions NO FORCE ROW LEVEL SECURITY;
INSERT INTO published_questions (team_id, set_id, id, version_id, number, set_name, title, prompt, content, published_at)
    SELECT v.team_id, v.set_id, (q ->> 'id')::uuid, v.id, v.number, v.content ->> 'name', q ->> 'title', q ->> 'prompt', q - 'id',
           v.published_at
    FROM (SELECT DISTINCT ON (team_id, set_id) * FROM question_set_versions ORDER BY team_id, set_id, number DESC) v,
         jsonb_array_elements(v.content -> 'questions') q;
ALTER TABLE question_set_versions FORCE ROW LEVEL SECURITY;
INSERT INTO library_questions (slug, id, version_id, number, set_name, title, prompt, content)
    SELECT v.slug, (q ->> 'id')::uuid, v.id, v.number, v.name, q ->> 'title', q ->> 'prompt', q - 'id'
    FROM (SELECT DISTINCT ON (slug) * FROM library_question_set_versions ORDER BY slug, number DESC) v,
         jsonb_array_elements(v.content -> 'questions') q;

ALTER TABLE published_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE published_questions FORCE ROW LEVEL SECURITY;
CREATE POLICY published_questions_of_team ON published_questions
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
REVOKE INSERT, UPDATE, DELETE ON library_questions FROM fivefold_app;
