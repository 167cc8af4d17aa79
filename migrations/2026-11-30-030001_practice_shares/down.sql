DROP FUNCTION shared_attempts(uuid, timestamptz);
DROP TABLE practice_coach_scores;
DROP TABLE practice_shared_attempts;
DROP TABLE practice_shares;
