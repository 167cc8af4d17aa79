-- Who lets the leads see their name at their own severity. Without a row nobody but oneself does.
CREATE TABLE severity_shares (
    team_id    uuid        NOT NULL,
    account_id uuid        NOT NULL,
    shared_at  timestamptz NOT NULL,
    CONSTRAINT severity_shares_pkey PRIMARY KEY (team_id, account_id),
    CONSTRAINT severity_shares_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE
);
ALTER TABLE severity_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE severity_shares FORCE ROW LEVEL SECURITY;
CREATE POLICY severity_shares_of_team ON severity_shares
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
