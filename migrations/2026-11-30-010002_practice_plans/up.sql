-- How somebody prepares towards a day. What is done on which day is worked out anew whenever it is read.
CREATE TABLE practice_plans (
    account_id uuid        NOT NULL,
    -- For the calendar, which knows its entries by it; another plan has another.
    id         uuid        NOT NULL,
    towards    date        NOT NULL,
    -- One bit a day; Monday is the first.
    weekdays   smallint    NOT NULL,
    minutes    smallint    NOT NULL,
    -- In the zone of the account.
    begins_at  time        NOT NULL,
    level      text        NOT NULL,
    -- Of which set new questions are; none for all that are open. A set that was closed since is as none.
    set_id     uuid,
    made_at    timestamptz NOT NULL,
    CONSTRAINT practice_plans_pkey PRIMARY KEY (account_id),
    CONSTRAINT practice_plans_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_plans_some_day CHECK (weekdays BETWEEN 1 AND 127),
    CONSTRAINT practice_plans_minutes CHECK (minutes BETWEEN 20 AND 240),
    CONSTRAINT practice_plans_level CHECK (level IN ('entry', 'mid', 'senior'))
);
ALTER TABLE practice_plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE practice_plans FORCE ROW LEVEL SECURITY;
CREATE POLICY practice_plans_of_account ON practice_plans
    USING (account_id = current_account()) WITH CHECK (account_id = current_account());
