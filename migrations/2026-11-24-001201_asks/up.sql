-- What a candidate asked for in the room: a break, until it comes or is put off, and minutes to think in quiet.
ALTER TABLE rooms
    ADD COLUMN break_asked_at timestamptz,
    ADD COLUMN quiet_until timestamptz;
