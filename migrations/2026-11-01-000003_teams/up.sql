-- What a door has set for this transaction; '' and unset both mean "none".
CREATE FUNCTION current_team() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.team', true), '')::uuid $$;
CREATE FUNCTION current_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.account', true), '')::uuid $$;

CREATE TABLE teams (
    id         uuid        NOT NULL,
    name       text        NOT NULL,
    mode       text        NOT NULL,
    personal   boolean     NOT NULL,
    time_zone  text        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT teams_pkey PRIMARY KEY (id),
    CONSTRAINT teams_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT teams_mode CHECK (mode IN ('mock', 'hiring'))
);

CREATE TABLE memberships (
    team_id    uuid        NOT NULL,
    account_id uuid        NOT NULL,
    role       text        NOT NULL,
    created_at timestamptz NOT NULL,
    removed_at timestamptz,
    CONSTRAINT memberships_pkey PRIMARY KEY (team_id, account_id),
    CONSTRAINT memberships_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT memberships_account FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT memberships_role CHECK (role IN ('owner', 'lead', 'interviewer', 'candidate'))
);
CREATE INDEX memberships_by_account ON memberships (account_id, team_id);

CREATE TABLE invitations (
    team_id     uuid        NOT NULL,
    id          uuid        NOT NULL,
    role        text        NOT NULL,
    email       text,
    token_hash  bytea       NOT NULL,
    invited_by  uuid        NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz,
    accepted_by uuid,
    revoked_at  timestamptz,
    CONSTRAINT invitations_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT invitations_one_per_token UNIQUE (team_id, token_hash),
    CONSTRAINT invitations_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT invitations_inviter FOREIGN KEY (team_id, invited_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT invitations_role CHECK (role IN ('owner', 'lead', 'interviewer', 'candidate'))
);
CREATE INDEX invitations_by_token ON invitations (token_hash);

ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
ALTER TABLE teams FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;

CREATE POLICY memberships_of_team ON memberships
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
-- The account door: one's own memberships, whatever the team.
CREATE POLICY memberships_of_account ON memberships FOR SELECT
    USING (account_id = current_account());
CREATE POLICY teams_of_team ON teams
    USING (id = current_team()) WITH CHECK (id = current_team());
CREATE POLICY teams_of_account ON teams FOR SELECT
    USING (EXISTS (SELECT 1 FROM memberships m
                   WHERE m.team_id = teams.id AND m.account_id = current_account()
                     AND m.removed_at IS NULL));
CREATE POLICY invitations_of_team ON invitations
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
-- The link door looks a hash up before any team is known; it runs as the tables' owner.
CREATE POLICY invitations_by_link ON invitations FOR SELECT TO fivefold_owner USING (true);
