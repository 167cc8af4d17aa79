-- Who has a room's page open, page by page. It is not what happened, only what is so right now, so the log knows
-- nothing of it, and a crash may forget it: pages say it again within half a minute.
CREATE UNLOGGED TABLE room_presence (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    page_id      uuid        NOT NULL,
    -- An account, or the link by which a candidate without one came.
    person_id    uuid        NOT NULL,
    candidate    boolean     NOT NULL,
    away         boolean     NOT NULL,
    seen_at      timestamptz NOT NULL,
    CONSTRAINT room_presence_pkey PRIMARY KEY (team_id, interview_id, person_id, page_id),
    CONSTRAINT room_presence_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id)
) WITH (fillfactor = 70);
ALTER TABLE room_presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE room_presence FORCE ROW LEVEL SECURITY;
CREATE POLICY room_presence_of_team ON room_presence
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
