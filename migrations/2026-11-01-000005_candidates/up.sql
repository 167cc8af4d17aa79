CREATE TABLE candidates (
    team_id    uuid        NOT NULL,
    id         uuid        NOT NULL,
    name       text        NOT NULL,
    email      text,
    account_id uuid,
    created_by uuid,
    created_at timestamptz NOT NULL,
    version    integer     NOT NULL DEFAULT 1,
    CONSTRAINT candidates_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT candidates_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT candidates_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT candidates_name_length CHECK (char_length(name) BETWEEN 1 AND 120)
);
CREATE INDEX candidates_by_name ON candidates (team_id, lower(name), id);
-- One person has one record: their address and their account stand in it alone.
CREATE UNIQUE INDEX candidates_one_per_email ON candidates (team_id, lower(email)) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX candidates_one_per_account ON candidates (team_id, account_id) WHERE account_id IS NOT NULL;
ALTER TABLE candidates ENABLE ROW LEVEL SECURITY;
ALTER TABLE candidates FORCE ROW LEVEL SECURITY;
CREATE POLICY candidates_of_team ON candidates
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
