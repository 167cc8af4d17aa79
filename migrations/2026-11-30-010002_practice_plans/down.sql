DROP TABLE practice_plans;
