ALTER TABLE scorecards DROP COLUMN claim_evidence, DROP COLUMN claim_verdicts;
DROP TABLE candidate_claims;
