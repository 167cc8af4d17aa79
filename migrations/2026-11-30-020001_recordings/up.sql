-- Audio, in the parts in which it came. With an account it is that person's alone, whatever anybody's role; without one it
-- is its team's.
CREATE TABLE recordings (
    team_id     uuid        NOT NULL,
    id          uuid        NOT NULL,
    account_id  uuid,
    media_type  text        NOT NULL,
    -- So many are here, from the first on.
    parts       integer     NOT NULL DEFAULT 0,
    bytes       bigint      NOT NULL DEFAULT 0,
    -- As the browser measured it: what a browser records does not say so itself.
    duration_ms integer,
    begun_at    timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT recordings_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT recordings_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT recordings_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE,
    CONSTRAINT recordings_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT recordings_media_type CHECK (media_type IN ('audio/webm', 'audio/mp4', 'audio/ogg')),
    CONSTRAINT recordings_size CHECK (parts >= 0 AND bytes BETWEEN 0 AND 33554432),
    CONSTRAINT recordings_length CHECK (duration_ms > 0),
    CONSTRAINT recordings_finished_with_parts CHECK (finished_at IS NULL OR parts > 0)
);
CREATE INDEX recordings_by_account ON recordings (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE recording_parts (
    team_id      uuid     NOT NULL,
    recording_id uuid     NOT NULL,
    number       integer  NOT NULL,
    -- Of its recording, so that the wall need not look there.
    account_id   uuid,
    -- The place of its first byte in the whole.
    first_byte   bigint   NOT NULL,
    digest       bytea    NOT NULL,
    content      bytea    NOT NULL,
    CONSTRAINT recording_parts_pkey PRIMARY KEY (team_id, recording_id, number),
    CONSTRAINT recording_parts_recording FOREIGN KEY (team_id, recording_id) REFERENCES recordings (team_id, id) ON DELETE CASCADE,
    CONSTRAINT recording_parts_size CHECK (octet_length(content) BETWEEN 1 AND 524288)
);
CREATE INDEX recording_parts_by_place ON recording_parts (team_id, recording_id, first_byte);
-- Sound is packed already.
ALTER TABLE recording_parts ALTER COLUMN content SET STORAGE EXTERNAL;

DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['recordings', 'recording_parts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE TO fivefold_app USING (account_id IS NULL OR account_id = current_account()) WITH CHECK (account_id IS NULL OR account_id = current_account())', t || '_of_account', t);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT USING (account_id = current_account())', t || '_anywhere', t);
    END LOOP;
END $$;

-- That an answer in practice was said aloud, and how long it took. The sound itself may have stayed on the device, or be
-- gone: then this tells when and why.
CREATE TABLE practice_recordings (
    team_id      uuid        NOT NULL,
    attempt_id   uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    -- Which recording of the device it is.
    take         uuid        NOT NULL,
    -- None before it is known to be whole.
    duration_ms  integer,
    recording_id uuid,
    removed_at   timestamptz,
    removed      text,
    CONSTRAINT practice_recordings_pkey PRIMARY KEY (team_id, attempt_id),
    CONSTRAINT practice_recordings_attempt FOREIGN KEY (team_id, attempt_id) REFERENCES practice_attempts (team_id, id) ON DELETE CASCADE,
    CONSTRAINT practice_recordings_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE,
    CONSTRAINT practice_recordings_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_recordings_recording FOREIGN KEY (team_id, recording_id) REFERENCES recordings (team_id, id),
    CONSTRAINT practice_recordings_length CHECK (duration_ms BETWEEN 1 AND 7200000),
    CONSTRAINT practice_recordings_removed CHECK (removed IN ('deleted', 'run_out')),
    CONSTRAINT practice_recordings_removed_whole CHECK ((removed IS NULL) = (removed_at IS NULL) AND (removed IS NULL OR recording_id IS NULL))
);
CREATE INDEX practice_recordings_by_account ON practice_recordings (account_id);
CREATE INDEX practice_recordings_by_recording ON practice_recordings (team_id, recording_id) WHERE recording_id IS NOT NULL;
ALTER TABLE practice_recordings ENABLE ROW LEVEL SECURITY;
ALTER TABLE practice_recordings FORCE ROW LEVEL SECURITY;
CREATE POLICY practice_recordings_of_team ON practice_recordings
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
CREATE POLICY practice_recordings_of_author ON practice_recordings AS RESTRICTIVE TO fivefold_app
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());
CREATE POLICY practice_recordings_anywhere ON practice_recordings FOR SELECT
    USING (account_id = current_account());

-- How long saved recordings of practice are kept.
ALTER TABLE practice_schedules ADD COLUMN keep_days integer NOT NULL DEFAULT 90;
ALTER TABLE practice_schedules ADD CONSTRAINT practice_schedules_keep_days CHECK (keep_days IN (30, 90, 365));
