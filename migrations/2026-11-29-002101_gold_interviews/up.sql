-- Gold interviews: what everybody scores to find out whether they mean the same. The built-in ones are readable by every
-- team and written by the importer only; content is the frozen version, in the shape of its file.
CREATE TABLE library_gold_interview_versions (
    id                uuid        NOT NULL,
    slug              text        NOT NULL,
    number            integer     NOT NULL,
    title             text        NOT NULL,
    content           jsonb       NOT NULL,
    content_hash      bytea       NOT NULL,
    rubric_version_id uuid        NOT NULL,
    published_at      timestamptz NOT NULL,
    CONSTRAINT library_gold_interview_versions_pkey PRIMARY KEY (id),
    CONSTRAINT library_gold_interview_versions_one_per_number UNIQUE (slug, number),
    CONSTRAINT library_gold_interview_versions_rubric FOREIGN KEY (rubric_version_id) REFERENCES library_rubric_versions (id)
);
REVOKE INSERT, UPDATE, DELETE ON library_gold_interview_versions FROM fivefold_app;

-- A team's own: a draft, experts who score it blind, a consensus, published versions that never change.
CREATE TABLE gold_interviews (
    team_id             uuid        NOT NULL,
    id                  uuid        NOT NULL,
    title               text        NOT NULL,
    -- The whole draft: head and transcript.
    draft               jsonb       NOT NULL,
    rubric_version_id   uuid        NOT NULL,
    rubric_built_in     boolean     NOT NULL,
    library_rubric      uuid        GENERATED ALWAYS AS (CASE WHEN rubric_built_in THEN rubric_version_id END) STORED,
    team_rubric         uuid        GENERATED ALWAYS AS (CASE WHEN NOT rubric_built_in THEN rubric_version_id END) STORED,
    -- What it was made from; none where it was written from scratch.
    interview_id        uuid,
    -- What the candidate agreed to, in words, and who wrote that down; always there where it was made from an interview.
    consent_words       text,
    consent_recorded_by uuid,
    consent_recorded_at timestamptz,
    consensus           jsonb       NOT NULL DEFAULT '[]',
    version             integer     NOT NULL DEFAULT 1,
    created_by          uuid,
    created_at          timestamptz NOT NULL,
    changed_by          uuid,
    changed_at          timestamptz NOT NULL,
    retired_by          uuid,
    retired_at          timestamptz,
    CONSTRAINT gold_interviews_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT gold_interviews_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT gold_interviews_library_rubric FOREIGN KEY (library_rubric) REFERENCES library_rubric_versions (id),
    CONSTRAINT gold_interviews_team_rubric FOREIGN KEY (team_id, team_rubric) REFERENCES rubric_versions (team_id, id),
    CONSTRAINT gold_interviews_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT gold_interviews_consenting FOREIGN KEY (team_id, consent_recorded_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT gold_interviews_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT gold_interviews_editor FOREIGN KEY (team_id, changed_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT gold_interviews_retirer FOREIGN KEY (team_id, retired_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT gold_interviews_title_length CHECK (char_length(title) BETWEEN 1 AND 80),
    CONSTRAINT gold_interviews_only_with_consent CHECK (
        interview_id IS NULL
        OR (consent_words IS NOT NULL AND char_length(consent_words) BETWEEN 1 AND 2000 AND consent_recorded_at IS NOT NULL))
);

CREATE TABLE gold_interview_versions (
    team_id           uuid        NOT NULL,
    id                uuid        NOT NULL,
    gold_interview_id uuid        NOT NULL,
    number            integer     NOT NULL,
    content           jsonb       NOT NULL,
    content_hash      bytea       NOT NULL,
    rubric_version_id uuid        NOT NULL,
    rubric_built_in   boolean     NOT NULL,
    library_rubric    uuid        GENERATED ALWAYS AS (CASE WHEN rubric_built_in THEN rubric_version_id END) STORED,
    team_rubric       uuid        GENERATED ALWAYS AS (CASE WHEN NOT rubric_built_in THEN rubric_version_id END) STORED,
    reason            text        NOT NULL,
    published_by      uuid,
    published_at      timestamptz NOT NULL,
    CONSTRAINT gold_interview_versions_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT gold_interview_versions_interview FOREIGN KEY (team_id, gold_interview_id) REFERENCES gold_interviews (team_id, id),
    CONSTRAINT gold_interview_versions_one_per_number UNIQUE (team_id, gold_interview_id, number),
    CONSTRAINT gold_interview_versions_library_rubric FOREIGN KEY (library_rubric) REFERENCES library_rubric_versions (id),
    CONSTRAINT gold_interview_versions_team_rubric FOREIGN KEY (team_id, team_rubric) REFERENCES rubric_versions (team_id, id),
    CONSTRAINT gold_interview_versions_author FOREIGN KEY (team_id, published_by) REFERENCES memberships (team_id, account_id)
);

-- Who was asked to score it as an expert, and what they gave: each for themselves until all are in.
CREATE TABLE gold_expert_scores (
    team_id           uuid        NOT NULL,
    gold_interview_id uuid        NOT NULL,
    account_id        uuid        NOT NULL,
    answers           jsonb       NOT NULL DEFAULT '[]',
    version           integer     NOT NULL DEFAULT 1,
    asked_by          uuid,
    asked_at          timestamptz NOT NULL,
    submitted_at      timestamptz,
    CONSTRAINT gold_expert_scores_pkey PRIMARY KEY (team_id, gold_interview_id, account_id),
    CONSTRAINT gold_expert_scores_interview FOREIGN KEY (team_id, gold_interview_id) REFERENCES gold_interviews (team_id, id),
    CONSTRAINT gold_expert_scores_expert FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT gold_expert_scores_asking FOREIGN KEY (team_id, asked_by) REFERENCES memberships (team_id, account_id)
);

-- Whoever had a hand in it knows too much to score it in an exercise.
CREATE TABLE gold_makers (
    team_id           uuid        NOT NULL,
    gold_interview_id uuid        NOT NULL,
    account_id        uuid        NOT NULL,
    since             timestamptz NOT NULL,
    CONSTRAINT gold_makers_pkey PRIMARY KEY (team_id, gold_interview_id, account_id),
    CONSTRAINT gold_makers_interview FOREIGN KEY (team_id, gold_interview_id) REFERENCES gold_interviews (team_id, id),
    CONSTRAINT gold_makers_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['gold_interviews', 'gold_interview_versions', 'gold_expert_scores', 'gold_makers'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
-- Published means frozen; and what was known once is known.
REVOKE UPDATE, DELETE ON gold_interview_versions, gold_makers FROM fivefold_app;
