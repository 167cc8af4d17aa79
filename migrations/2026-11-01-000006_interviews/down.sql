DROP FUNCTION find_link(bytea);
DROP TABLE candidate_links;
DROP TABLE interview_changes;
DROP TABLE seats;
DROP TABLE interview_questions;
DROP TABLE interviews;
