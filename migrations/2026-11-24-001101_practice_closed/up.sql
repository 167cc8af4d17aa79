-- Who closed a set for practice, and when: what was open once may be known, so its opening is kept beside it.
ALTER TABLE question_sets
    ADD COLUMN practice_closed_by uuid,
    ADD COLUMN practice_closed_at timestamptz,
    ADD CONSTRAINT question_sets_closer FOREIGN KEY (team_id, practice_closed_by) REFERENCES memberships (team_id, account_id),
    ADD CONSTRAINT question_sets_closed_after_opened CHECK (practice_closed_at IS NULL OR practice_opened_at <= practice_closed_at);
