DROP TABLE library_questions;
DROP TABLE published_questions;
ALTER TABLE draft_questions ALTER COLUMN words SET STORAGE EXTENDED;
