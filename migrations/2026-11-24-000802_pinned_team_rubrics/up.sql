-- An interview pins a rubric's version of the built-in library or of its team's own; either way a foreign key holds.
-- The generated columns are for these keys alone.
ALTER TABLE interviews
    DROP CONSTRAINT interviews_rubric_version,
    ADD COLUMN rubric_built_in boolean NOT NULL DEFAULT true,
    ADD COLUMN library_rubric uuid GENERATED ALWAYS AS (CASE WHEN rubric_built_in THEN rubric_version_id END) STORED,
    ADD COLUMN team_rubric uuid GENERATED ALWAYS AS (CASE WHEN NOT rubric_built_in THEN rubric_version_id END) STORED,
    ADD CONSTRAINT interviews_library_rubric FOREIGN KEY (library_rubric) REFERENCES library_rubric_versions (id),
    ADD CONSTRAINT interviews_team_rubric FOREIGN KEY (team_id, team_rubric) REFERENCES rubric_versions (team_id, id);
