-- The built-in library: readable by every team, written by the importer only.
-- content is the frozen version, in the shape of an export, with ids for its questions.
CREATE TABLE library_question_set_versions (
    id           uuid        NOT NULL,
    slug         text        NOT NULL,
    number       integer     NOT NULL,
    name         text        NOT NULL,
    content      jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT library_question_set_versions_pkey PRIMARY KEY (id),
    CONSTRAINT library_question_set_versions_one_per_number UNIQUE (slug, number)
);
CREATE TABLE library_rubric_versions (
    id           uuid        NOT NULL,
    slug         text        NOT NULL,
    number       integer     NOT NULL,
    name         text        NOT NULL,
    content      jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT library_rubric_versions_pkey PRIMARY KEY (id),
    CONSTRAINT library_rubric_versions_one_per_number UNIQUE (slug, number)
);
-- Requests read the library and nothing else; the importer runs as the tables' owner at every start.
REVOKE INSERT, UPDATE, DELETE ON library_question_set_versions, library_rubric_versions FROM fivefold_app;
