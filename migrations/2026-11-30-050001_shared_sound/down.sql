DROP FUNCTION shared_sound_part(uuid, uuid, timestamptz, bigint);
DROP FUNCTION shared_sounds(uuid, timestamptz);
