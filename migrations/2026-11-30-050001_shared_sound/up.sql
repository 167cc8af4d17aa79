-- A recording is its author's alone, so these are the ways by which a coach hears one: what was said in an answer that is
-- shown to them, as long as it is, and as long as it is kept.
CREATE FUNCTION shared_sounds(asked uuid, at timestamptz)
    RETURNS TABLE (attempt_id uuid, team_id uuid, recording_id uuid, media_type text, bytes bigint, duration_ms integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT a.id, r.team_id, r.id, r.media_type, r.bytes, r.duration_ms
        FROM practice_shares s
            JOIN practice_shared_attempts x ON x.team_id = s.team_id AND x.share_id = s.id
            JOIN practice_attempts a ON a.team_id = x.team_id AND a.id = x.attempt_id AND a.account_id = s.account_id
            JOIN practice_recordings p ON p.team_id = a.team_id AND p.attempt_id = a.id
            JOIN recordings r ON r.team_id = p.team_id AND r.id = p.recording_id AND r.account_id = s.account_id
        WHERE s.id = asked AND s.team_id = current_team() AND a.scored_at IS NOT NULL AND r.finished_at IS NOT NULL
            AND (s.account_id = current_account()
                 OR (s.coach_id = current_account() AND s.withdrawn_at IS NULL AND s.ends_at > at))
    $$;

-- The part in which this byte lies, with the place of its first.
CREATE FUNCTION shared_sound_part(asked uuid, attempt uuid, at timestamptz, byte bigint)
    RETURNS TABLE (first_byte bigint, content bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT q.first_byte, q.content
        FROM shared_sounds(asked, at) s
            JOIN recording_parts q ON q.team_id = s.team_id AND q.recording_id = s.recording_id
        WHERE s.attempt_id = attempt AND q.first_byte <= byte
        ORDER BY q.first_byte DESC LIMIT 1
    $$;
REVOKE ALL ON FUNCTION shared_sounds(uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION shared_sound_part(uuid, uuid, timestamptz, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_sounds(uuid, timestamptz), shared_sound_part(uuid, uuid, timestamptz, bigint) TO fivefold_app;
