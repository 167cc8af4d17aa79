-- Accounts and their sign-ins belong to no team, so they carry no row security:
-- a service reaches them only by the account's own id or by a token's hash.
CREATE TABLE accounts (
    id             uuid        NOT NULL,
    name           text        NOT NULL,
    email          text        NOT NULL,
    password_hash  text        NOT NULL,
    time_zone      text        NOT NULL,
    operator_since timestamptz,
    created_at     timestamptz NOT NULL,
    deactivated_at timestamptz,
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT accounts_email_length CHECK (char_length(email) BETWEEN 3 AND 254)
);
CREATE UNIQUE INDEX accounts_one_per_email ON accounts (lower(email));

CREATE TABLE sign_ins (
    id           uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    ended_at     timestamptz,
    user_agent   text        NOT NULL,
    CONSTRAINT sign_ins_pkey PRIMARY KEY (id),
    CONSTRAINT sign_ins_account FOREIGN KEY (account_id) REFERENCES accounts (id)
);
CREATE INDEX sign_ins_by_account ON sign_ins (account_id, last_used_at DESC);

CREATE TABLE password_resets (
    id         uuid        NOT NULL,
    account_id uuid        NOT NULL,
    token_hash bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT password_resets_pkey PRIMARY KEY (id),
    CONSTRAINT password_resets_one_per_token UNIQUE (token_hash),
    CONSTRAINT password_resets_account FOREIGN KEY (account_id) REFERENCES accounts (id)
);
CREATE INDEX password_resets_by_account ON password_resets (account_id);

-- The one-time token of the set-up page, by its hash.
CREATE TABLE set_up_tokens (
    token_hash bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT set_up_tokens_pkey PRIMARY KEY (token_hash)
);

-- Wrong passwords, counted where a restart or a second server does not forget them.
CREATE TABLE sign_in_failures (
    key       text        NOT NULL,
    failed_at timestamptz NOT NULL,
    id        uuid        NOT NULL,
    CONSTRAINT sign_in_failures_pkey PRIMARY KEY (id)
);
CREATE INDEX sign_in_failures_by_key ON sign_in_failures (key, failed_at);
