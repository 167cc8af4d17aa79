DROP TABLE question_set_versions;
DROP TABLE draft_questions;
DROP FUNCTION question_words(jsonb);
DROP TABLE question_sets;
