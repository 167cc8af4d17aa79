DROP TABLE room_events;
DROP TABLE room_skips;
DROP TABLE room_stretches;
DROP TABLE rooms;
