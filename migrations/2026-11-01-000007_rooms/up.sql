-- The live side of an interview, one row each. It is made when the interview starts, or before, when
-- somebody else takes the wheel. The clock is computed from the stretches.
CREATE TABLE rooms (
    team_id       uuid        NOT NULL,
    interview_id  uuid        NOT NULL,
    driver_id     uuid        NOT NULL,
    started_at    timestamptz,
    started_by    uuid,
    ended_at      timestamptz,
    ended_by      uuid,
    question_id   uuid,
    prompt_hidden boolean     NOT NULL DEFAULT false,
    last_seq      bigint      NOT NULL DEFAULT 0,
    CONSTRAINT rooms_pkey PRIMARY KEY (team_id, interview_id),
    CONSTRAINT rooms_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT rooms_question FOREIGN KEY (team_id, interview_id, question_id) REFERENCES interview_questions (team_id, interview_id, question_id),
    CONSTRAINT rooms_driver FOREIGN KEY (team_id, driver_id) REFERENCES memberships (team_id, account_id),
    CONSTRAINT rooms_started CHECK ((started_at IS NULL) = (started_by IS NULL)),
    CONSTRAINT rooms_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL OR started_at IS NOT NULL))
);

-- A stretch of time in which the room's clock ran on one question (or on none). A pause
-- or a change of question ends the stretch; the next one begins when it goes on.
CREATE TABLE room_stretches (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    number       integer     NOT NULL,
    question_id  uuid,
    began_at     timestamptz NOT NULL,
    ended_at     timestamptz,
    CONSTRAINT room_stretches_pkey PRIMARY KEY (team_id, interview_id, number),
    CONSTRAINT room_stretches_room FOREIGN KEY (team_id, interview_id) REFERENCES rooms (team_id, interview_id),
    CONSTRAINT room_stretches_question FOREIGN KEY (team_id, interview_id, question_id) REFERENCES interview_questions (team_id, interview_id, question_id),
    CONSTRAINT room_stretches_forward CHECK (ended_at >= began_at)
);
CREATE UNIQUE INDEX room_stretches_one_open ON room_stretches (team_id, interview_id) WHERE ended_at IS NULL;

CREATE TABLE room_skips (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    question_id  uuid        NOT NULL,
    skipped_at   timestamptz NOT NULL,
    skipped_by   uuid        NOT NULL,
    CONSTRAINT room_skips_pkey PRIMARY KEY (team_id, interview_id, question_id),
    CONSTRAINT room_skips_question FOREIGN KEY (team_id, interview_id, question_id) REFERENCES interview_questions (team_id, interview_id, question_id)
);

-- The truth of what happened, gap-free per interview because the interview row is locked first.
-- audience: who may be told ('all', or 'panel' for interviewers and observers).
CREATE TABLE room_events (
    team_id      uuid        NOT NULL,
    interview_id uuid        NOT NULL,
    seq          bigint      NOT NULL,
    kind         text        NOT NULL,
    audience     text        NOT NULL,
    detail       jsonb       NOT NULL,
    actor_id     uuid,
    happened_at  timestamptz NOT NULL,
    CONSTRAINT room_events_pkey PRIMARY KEY (team_id, interview_id, seq),
    CONSTRAINT room_events_interview FOREIGN KEY (team_id, interview_id) REFERENCES interviews (team_id, id),
    CONSTRAINT room_events_audience CHECK (audience IN ('all', 'panel'))
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['rooms', 'room_stretches', 'room_skips', 'room_events'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
