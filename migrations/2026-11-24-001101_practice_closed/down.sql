UPDATE question_sets SET practice_opened_by = NULL, practice_opened_at = NULL WHERE practice_closed_at IS NOT NULL;
ALTER TABLE question_sets
    DROP CONSTRAINT question_sets_closed_after_opened,
    DROP CONSTRAINT question_sets_closer,
    DROP COLUMN practice_closed_at,
    DROP COLUMN practice_closed_by;
