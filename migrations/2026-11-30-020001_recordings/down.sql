ALTER TABLE practice_schedules DROP COLUMN keep_days;
DROP TABLE practice_recordings;
DROP TABLE recording_parts;
DROP TABLE recordings;
