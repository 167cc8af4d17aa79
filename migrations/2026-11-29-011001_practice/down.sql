DROP TABLE practice_schedules;
DROP TABLE practice_cards;
DROP TABLE practice_attempts;
DROP TABLE practice_mocks;
