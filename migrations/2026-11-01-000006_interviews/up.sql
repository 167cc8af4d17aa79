CREATE TABLE interviews (
    team_id                 uuid        NOT NULL,
    id                      uuid        NOT NULL,
    candidate_id            uuid        NOT NULL,
    mode                    text        NOT NULL,
    level                   text        NOT NULL,
    question_set_version_id uuid        NOT NULL,
    rubric_version_id       uuid        NOT NULL,
    starts_at               timestamptz NOT NULL,
    time_zone               text        NOT NULL,
    minutes                 integer     NOT NULL,
    extra_minutes           integer     NOT NULL DEFAULT 0,
    place                   text        NOT NULL DEFAULT '',
    instructions            text        NOT NULL DEFAULT '',
    version                 integer     NOT NULL DEFAULT 1,
    calendar_sequence       integer     NOT NULL DEFAULT 0,
    created_by              uuid        NOT NULL,
    created_at              timestamptz NOT NULL,
    scheduled_at            timestamptz,
    cancelled_at            timestamptz,
    no_show_at              timestamptz,
    CONSTRAINT interviews_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT interviews_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT interviews_candidate FOREIGN KEY (team_id, candidate_id) REFERENCES candidates (team_id, id),
    CONSTRAINT interviews_question_set_version FOREIGN KEY (question_set_version_id) REFERENCES library_question_set_versions (id),
    CONSTRAINT interviews_rubric_version FOREIGN KEY (rubric_version_id) REFERENCES library_rubric_versions (id),
    CONSTRAINT interviews_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id),
    CONSTRAINT interviews_mode CHECK (mode IN ('mock', 'hiring')),
    CONSTRAINT interviews_level CHECK (level IN ('entry', 'mid', 'senior')),
    CONSTRAINT interviews_minutes CHECK (minutes BETWEEN 5 AND 480),
    CONSTRAINT interviews_extra_minutes CHECK (extra_minutes BETWEEN 0 AND 240)
);
CREATE INDEX interviews_by_start ON interviews (team_id, starts_at DESC, id DESC);
CREATE INDEX interviews_by_candidate ON interviews (team_id, candidate_id, starts_at DESC);

CREATE TABLE interview_questions (
    team_id       uuid        NOT NULL,
    interview_id  uuid        NOT NULL,
    question_id   uuid        NOT NULL,
    position      integer     NOT NULL,
    added_in_room boolean     NOT NULL DEFAULT false,
    CONSTRAINT interview_questions_pkey PRIMARY KEY (team_id, interview_id, question_id),
    CONSTRAINT interview_questions_one_per_position UNIQUE (team_id, interview_id, position) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT interview_questions_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id)
);

-- One account has at most one seat in an interview. A seat is ended, never deleted.
CREATE TABLE seats (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    seat         text        NOT NULL,
    areas        smallint[]  NOT NULL DEFAULT '{}',
    added_at     timestamptz NOT NULL,
    removed_at   timestamptz,
    CONSTRAINT seats_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT seats_one_per_account UNIQUE (team_id, interview_id, account_id),
    CONSTRAINT seats_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT seats_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT seats_seat CHECK (seat IN ('lead_interviewer', 'interviewer', 'shadow', 'observer', 'candidate'))
);
CREATE INDEX seats_by_account ON seats (team_id, account_id, interview_id) WHERE removed_at IS NULL;

-- What happened to the plan: rescheduled, cancelled, no-show, panel changed, with author and reason.
CREATE TABLE interview_changes (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    kind         text        NOT NULL,
    reason       text        NOT NULL,
    detail       jsonb       NOT NULL,
    changed_by   uuid        NOT NULL,
    changed_at   timestamptz NOT NULL,
    CONSTRAINT interview_changes_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT interview_changes_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT interview_changes_author FOREIGN KEY (team_id, changed_by) REFERENCES memberships (team_id, account_id)
);
CREATE INDEX interview_changes_by_interview ON interview_changes (team_id, interview_id, changed_at);

-- Lets a candidate without an account into one interview and its report.
CREATE TABLE candidate_links (
    team_id       uuid        NOT NULL,
    id            uuid        NOT NULL,
    interview_id  uuid        NOT NULL,
    token_hash    bytea       NOT NULL,
    created_by    uuid        NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz,
    first_used_at timestamptz,
    last_used_at  timestamptz,
    uses          integer     NOT NULL DEFAULT 0,
    mailed_to     text,
    CONSTRAINT candidate_links_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT candidate_links_one_per_token UNIQUE (team_id, token_hash),
    CONSTRAINT candidate_links_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT candidate_links_author FOREIGN KEY (team_id, created_by) REFERENCES memberships (team_id, account_id)
);
CREATE INDEX candidate_links_by_token ON candidate_links (token_hash);
CREATE INDEX candidate_links_by_interview ON candidate_links (team_id, interview_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['interviews', 'interview_questions', 'seats', 'interview_changes', 'candidate_links'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
CREATE POLICY candidate_links_by_link ON candidate_links FOR SELECT TO fivefold_owner USING (true);

-- Turns the hash of a link's token into the team it belongs to and what it is for.
-- The only look across teams; it tells nothing to who does not hold the token.
CREATE FUNCTION find_link(hash bytea)
    RETURNS TABLE (team_id uuid, purpose text, link_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT i.team_id, 'invitation', i.id FROM invitations i WHERE i.token_hash = hash
        UNION ALL
        SELECT c.team_id, 'candidate', c.id FROM candidate_links c WHERE c.token_hash = hash
    $$;
REVOKE ALL ON FUNCTION find_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_link(bytea) TO fivefold_app;
