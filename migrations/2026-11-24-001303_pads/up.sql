-- A shared text beside a question. Every change of it stays, numbered without a gap while the pad's row is held, so
-- that it can be played back; the text is made from them.
CREATE TABLE pads (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    question_id  uuid        NOT NULL,
    language     text        NOT NULL,
    last_number  bigint      NOT NULL DEFAULT 0,
    bytes        bigint      NOT NULL DEFAULT 0,
    opened_by    uuid        NOT NULL,
    opened_at    timestamptz NOT NULL,
    CONSTRAINT pads_pkey PRIMARY KEY (team_id, interview_id, question_id),
    CONSTRAINT pads_question FOREIGN KEY (team_id, interview_id, question_id) REFERENCES interview_questions (team_id, interview_id, question_id),
    CONSTRAINT pads_opened_by FOREIGN KEY (team_id, opened_by) REFERENCES memberships (team_id, account_id)
);
CREATE TABLE pad_updates (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    question_id  uuid        NOT NULL,
    number       bigint      NOT NULL,
    key          uuid        NOT NULL,
    person_id    uuid        NOT NULL,
    candidate    boolean     NOT NULL,
    content      bytea       NOT NULL,
    made_at      timestamptz NOT NULL,
    CONSTRAINT pad_updates_pkey PRIMARY KEY (team_id, interview_id, question_id, number),
    CONSTRAINT pad_updates_once UNIQUE (team_id, interview_id, question_id, key),
    CONSTRAINT pad_updates_pad FOREIGN KEY (team_id, interview_id, question_id) REFERENCES pads (team_id, interview_id, question_id),
    CONSTRAINT pad_updates_length CHECK (octet_length(content) BETWEEN 1 AND 65536)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['pads', 'pad_updates'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
