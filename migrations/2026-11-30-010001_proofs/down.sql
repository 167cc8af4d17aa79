DROP TABLE own_questions;
DROP TABLE proofs;
