DROP TABLE gold_makers;
DROP TABLE gold_expert_scores;
DROP TABLE gold_interview_versions;
DROP TABLE gold_interviews;
DROP TABLE library_gold_interview_versions;
