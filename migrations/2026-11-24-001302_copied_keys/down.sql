ALTER TABLE draft_questions DROP COLUMN copied_key;
