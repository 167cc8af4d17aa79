-- What somebody did about the first steps of their team: a dated fact each, once.
CREATE TABLE checklist_facts (
    team_id    uuid        NOT NULL,
    account_id uuid        NOT NULL,
    fact       text        NOT NULL,
    noted_at   timestamptz NOT NULL,
    CONSTRAINT checklist_facts_pkey PRIMARY KEY (team_id, account_id, fact),
    CONSTRAINT checklist_facts_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT checklist_facts_fact CHECK (fact IN ('library_seen', 'dismissed'))
);
ALTER TABLE checklist_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE checklist_facts FORCE ROW LEVEL SECURITY;
CREATE POLICY checklist_facts_of_team ON checklist_facts
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
