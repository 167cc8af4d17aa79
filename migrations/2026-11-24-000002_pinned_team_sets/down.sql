ALTER TABLE interviews
    DROP COLUMN team_question_set,
    DROP COLUMN library_question_set,
    DROP COLUMN question_set_built_in,
    ADD CONSTRAINT interviews_question_set_version FOREIGN KEY (question_set_version_id) REFERENCES library_question_set_versions (id);
