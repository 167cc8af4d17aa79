ALTER TABLE rooms DROP COLUMN quiet_until, DROP COLUMN break_asked_at;
