-- What somebody can show of their work in public. It is the account's own, and no team's.
CREATE TABLE proofs (
    account_id uuid        NOT NULL,
    id         uuid        NOT NULL,
    position   integer     NOT NULL,
    kind       text        NOT NULL,
    title      text        NOT NULL,
    url        text        NOT NULL,
    -- What it shows, in one line.
    shows      text        NOT NULL,
    version    integer     NOT NULL DEFAULT 1,
    saved_at   timestamptz NOT NULL,
    CONSTRAINT proofs_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT proofs_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT proofs_kind CHECK (kind IN ('repository', 'app', 'api_docs', 'write_up', 'portfolio', 'profile')),
    CONSTRAINT proofs_safe_link CHECK (url LIKE 'https://%' AND char_length(url) <= 400),
    CONSTRAINT proofs_lengths CHECK (char_length(title) BETWEEN 1 AND 120 AND char_length(shows) <= 300)
);
ALTER TABLE proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE proofs FORCE ROW LEVEL SECURITY;
CREATE POLICY proofs_of_account ON proofs
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());

-- What somebody wants to ask at the end of an interview, and what they heard.
CREATE TABLE own_questions (
    account_id uuid        NOT NULL,
    id         uuid        NOT NULL,
    position   integer     NOT NULL,
    text       text        NOT NULL,
    -- One of six, where it was taken from them.
    theme      text,
    heard      text        NOT NULL DEFAULT '',
    version    integer     NOT NULL DEFAULT 1,
    saved_at   timestamptz NOT NULL,
    CONSTRAINT own_questions_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT own_questions_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT own_questions_theme CHECK (theme IN ('structure', 'scale', 'releases', 'testing', 'decisions', 'first_90_days')),
    CONSTRAINT own_questions_lengths CHECK (char_length(text) BETWEEN 1 AND 400 AND char_length(heard) <= 2000)
);
CREATE UNIQUE INDEX own_questions_one_per_theme ON own_questions (account_id, theme);
ALTER TABLE own_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_questions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_questions_of_account ON own_questions
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());
