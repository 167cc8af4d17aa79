-- A person's own résumé. It belongs to no team, and nobody but the account itself comes through its wall.
CREATE TABLE resumes (
    account_id uuid        NOT NULL,
    content    jsonb       NOT NULL,
    template   text        NOT NULL,
    -- 0: a template was chosen and nothing written yet.
    version    integer     NOT NULL DEFAULT 0,
    saved_at   timestamptz,
    CONSTRAINT resumes_pkey PRIMARY KEY (account_id),
    CONSTRAINT resumes_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT resumes_template CHECK (template IN ('by_time', 'skills_first')),
    CONSTRAINT resumes_version_from_zero CHECK (version >= 0),
    CONSTRAINT resumes_saved_when_written CHECK ((version = 0) = (saved_at IS NULL))
);
ALTER TABLE resumes ENABLE ROW LEVEL SECURITY;
ALTER TABLE resumes FORCE ROW LEVEL SECURITY;
CREATE POLICY resumes_of_account ON resumes
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());

-- A copy that its person sent to a team. What was taken back is gone; that it was there stays, with its dates.
CREATE TABLE sent_resumes (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    content      jsonb,
    template     text        NOT NULL,
    sent_at      timestamptz NOT NULL,
    withdrawn_at timestamptz,
    CONSTRAINT sent_resumes_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT sent_resumes_sender FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE,
    CONSTRAINT sent_resumes_template CHECK (template IN ('by_time', 'skills_first')),
    CONSTRAINT sent_resumes_gone_when_withdrawn CHECK ((content IS NULL) = (withdrawn_at IS NOT NULL))
);
CREATE UNIQUE INDEX sent_resumes_one_each ON sent_resumes (team_id, account_id) WHERE withdrawn_at IS NULL;
CREATE INDEX sent_resumes_by_account ON sent_resumes (account_id, sent_at DESC);
ALTER TABLE sent_resumes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sent_resumes FORCE ROW LEVEL SECURITY;
CREATE POLICY sent_resumes_of_team ON sent_resumes
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
-- The account door: where one's own went, whatever the team.
CREATE POLICY sent_resumes_of_account ON sent_resumes FOR SELECT
    USING (account_id = current_account());

-- A file that a lead has put to a candidate record.
CREATE TABLE candidate_resumes (
    team_id      uuid        NOT NULL,
    candidate_id uuid        NOT NULL,
    content      jsonb       NOT NULL,
    version      integer     NOT NULL DEFAULT 1,
    imported_by  uuid,
    imported_at  timestamptz NOT NULL,
    CONSTRAINT candidate_resumes_pkey PRIMARY KEY (team_id, candidate_id),
    CONSTRAINT candidate_resumes_candidate FOREIGN KEY (team_id, candidate_id) REFERENCES candidates (team_id, id) ON DELETE CASCADE,
    CONSTRAINT candidate_resumes_importer FOREIGN KEY (team_id, imported_by) REFERENCES memberships (team_id, account_id)
);
ALTER TABLE candidate_resumes ENABLE ROW LEVEL SECURITY;
ALTER TABLE candidate_resumes FORCE ROW LEVEL SECURITY;
CREATE POLICY candidate_resumes_of_team ON candidate_resumes
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
