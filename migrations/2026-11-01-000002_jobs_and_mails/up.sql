-- Work to be done after the transaction that asked for it. A worker takes a row with
-- FOR UPDATE SKIP LOCKED; team_id is the team whose door the job opens.
CREATE TABLE jobs (
    id           uuid        NOT NULL,
    kind         text        NOT NULL,
    payload      jsonb       NOT NULL,
    team_id      uuid,
    run_at       timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    leased_until timestamptz,
    last_error   text,
    created_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    failed_at    timestamptz,
    CONSTRAINT jobs_pkey PRIMARY KEY (id)
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE finished_at IS NULL AND failed_at IS NULL;

-- Every mail that was written. Without SMTP it stays here for the owners to read;
-- a mail without a team (a password reset) is for the operator alone.
CREATE TABLE mails (
    id           uuid        NOT NULL,
    team_id      uuid,
    to_name      text        NOT NULL,
    to_address   text        NOT NULL,
    subject      text        NOT NULL,
    body_text    text        NOT NULL,
    body_html    text        NOT NULL,
    calendar     text,
    calendar_method text,
    created_at   timestamptz NOT NULL,
    sent_at      timestamptz,
    CONSTRAINT mails_pkey PRIMARY KEY (id)
);
CREATE INDEX mails_by_team ON mails (team_id, created_at DESC);
