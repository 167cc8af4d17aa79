-- A team's own rubrics: one draft, published versions in the shape of the built-in library's.
CREATE TABLE rubrics (
    team_id     uuid        NOT NULL,
    id          uuid        NOT NULL,
    slug        text        NOT NULL,
    name        text        NOT NULL,
    -- The whole draft; it may lack what a version must have.
    draft       jsonb       NOT NULL,
    copied_from uuid,
    version     integer     NOT NULL DEFAULT 1,
    created_by  uuid,
    created_at  timestamptz NOT NULL,
    changed_by  uuid,
    changed_at  timestamptz NOT NULL,
    retired_by  uuid,
    retired_at  timestamptz,
    CONSTRAINT rubrics_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT rubrics_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT rubrics_one_per_slug UNIQUE (team_id, slug),
    CONSTRAINT rubrics_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT rubrics_editor FOREIGN KEY (team_id, changed_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT rubrics_retirer FOREIGN KEY (team_id, retired_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT rubrics_name_length CHECK (char_length(name) BETWEEN 1 AND 80)
);

CREATE TABLE rubric_versions (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    rubric_id    uuid        NOT NULL,
    number       integer     NOT NULL,
    content      jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    reason       text        NOT NULL,
    published_by uuid,
    published_at timestamptz NOT NULL,
    CONSTRAINT rubric_versions_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT rubric_versions_rubric FOREIGN KEY (team_id, rubric_id) REFERENCES rubrics (team_id, id),
    CONSTRAINT rubric_versions_one_per_number UNIQUE (team_id, rubric_id, number),
    CONSTRAINT rubric_versions_author FOREIGN KEY (team_id, published_by) REFERENCES memberships (team_id, account_id)
);

ALTER TABLE rubrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE rubrics FORCE ROW LEVEL SECURITY;
ALTER TABLE rubric_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE rubric_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY rubrics_of_team ON rubrics
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
CREATE POLICY rubric_versions_of_team ON rubric_versions
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
-- Published means frozen.
REVOKE UPDATE, DELETE ON rubric_versions FROM fivefold_app;
