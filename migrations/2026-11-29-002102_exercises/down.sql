DROP TABLE gold_scores;
DROP TABLE exercise_members;
DROP TABLE exercise_interviews;
DROP TABLE exercises;
