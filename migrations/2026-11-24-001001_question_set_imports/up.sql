-- A file that somebody brought, and what it would do to a draft or has done: read first, carried out once it is
-- confirmed. A week later it is forgotten.
CREATE TABLE question_set_imports (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    created_by   uuid,
    created_at   timestamptz NOT NULL,
    file_name    text        NOT NULL,
    kind         text        NOT NULL,
    slug         text        NOT NULL,
    -- What a new set is called.
    name         text        NOT NULL,
    -- Kept while it may still be needed.
    content      bytea,
    plan         jsonb       NOT NULL,
    mistakes     jsonb       NOT NULL,
    -- The set whose draft it is for, or which it has made.
    set_id       uuid,
    -- The draft as it was when the plan was made; none where there was no set.
    stamp        text,
    total        integer     NOT NULL,
    done         integer     NOT NULL DEFAULT 0,
    confirmed_by uuid,
    confirmed_at timestamptz,
    cancelled_by uuid,
    cancelled_at timestamptz,
    finished_at  timestamptz,
    failed_at    timestamptz,
    failure      text,
    CONSTRAINT question_set_imports_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT question_set_imports_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT question_set_imports_set FOREIGN KEY (team_id, set_id) REFERENCES question_sets (team_id, id),
    CONSTRAINT question_set_imports_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT question_set_imports_confirmer FOREIGN KEY (team_id, confirmed_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT question_set_imports_canceller FOREIGN KEY (team_id, cancelled_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT question_set_imports_kind_known CHECK (kind IN ('json', 'csv')),
    CONSTRAINT question_set_imports_end_once CHECK (num_nonnulls(finished_at, failed_at, cancelled_at) <= 1),
    CONSTRAINT question_set_imports_run_when_confirmed CHECK (confirmed_at IS NOT NULL OR (finished_at IS NULL AND failed_at IS NULL))
);

ALTER TABLE question_set_imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE question_set_imports FORCE ROW LEVEL SECURITY;
CREATE POLICY question_set_imports_of_team ON question_set_imports
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
