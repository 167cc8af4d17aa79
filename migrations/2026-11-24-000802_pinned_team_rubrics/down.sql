ALTER TABLE interviews
    DROP COLUMN team_rubric,
    DROP COLUMN library_rubric,
    DROP COLUMN rubric_built_in,
    ADD CONSTRAINT interviews_rubric_version FOREIGN KEY (rubric_version_id) REFERENCES library_rubric_versions (id);
