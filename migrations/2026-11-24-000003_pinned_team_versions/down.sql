ALTER TABLE interviews
    DROP COLUMN team_rubric,
    DROP COLUMN library_rubric,
    DROP COLUMN team_question_set,
    DROP COLUMN library_question_set,
    DROP COLUMN rubric_built_in,
    DROP COLUMN question_set_built_in,
    ADD CONSTRAINT interviews_question_set_version FOREIGN KEY (question_set_version_id) REFERENCES library_question_set_versions (id),
    ADD CONSTRAINT interviews_rubric_version FOREIGN KEY (rubric_version_id) REFERENCES library_rubric_versions (id);
