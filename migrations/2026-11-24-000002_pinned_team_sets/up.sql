-- An interview pins a set's version of the built-in library or of its team's own; either way a foreign key holds.
-- The generated columns are for these keys alone.
ALTER TABLE interviews
    DROP CONSTRAINT interviews_question_set_version,
    ADD COLUMN question_set_built_in boolean NOT NULL DEFAULT true,
    ADD COLUMN library_question_set uuid GENERATED ALWAYS AS (CASE WHEN question_set_built_in THEN question_set_version_id END) STORED,
    ADD COLUMN team_question_set uuid GENERATED ALWAYS AS (CASE WHEN NOT question_set_built_in THEN question_set_version_id END) STORED,
    ADD CONSTRAINT interviews_library_question_set FOREIGN KEY (library_question_set) REFERENCES library_question_set_versions (id),
    ADD CONSTRAINT interviews_team_question_set FOREIGN KEY (team_id, team_question_set) REFERENCES question_set_versions (team_id, id);
