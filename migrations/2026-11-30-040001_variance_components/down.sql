ALTER TABLE debriefs DROP COLUMN variance_interviewer, DROP COLUMN variance_rest, DROP COLUMN variance_interviews;
DROP TABLE variance_components;
