-- Attempts that their author shows to one named person, a coach, who scores them on the same anchors without seeing the
-- author's own scores. All of it lies in the team of the attempts; the coach comes by a team that both are in.
CREATE TABLE practice_shares (
    team_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    coach_id     uuid        NOT NULL,
    via_team     uuid        NOT NULL,
    made_at      timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    withdrawn_at timestamptz,
    CONSTRAINT practice_shares_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT practice_shares_member FOREIGN KEY (team_id, account_id) REFERENCES memberships (team_id, account_id) ON DELETE CASCADE,
    CONSTRAINT practice_shares_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_shares_coach FOREIGN KEY (coach_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_shares_with_another CHECK (coach_id <> account_id),
    CONSTRAINT practice_shares_end_after_begin CHECK (ends_at > made_at)
);
CREATE INDEX practice_shares_by_account ON practice_shares (account_id, made_at DESC);
CREATE INDEX practice_shares_by_coach ON practice_shares (coach_id, made_at DESC);

CREATE TABLE practice_shared_attempts (
    team_id    uuid     NOT NULL,
    share_id   uuid     NOT NULL,
    attempt_id uuid     NOT NULL,
    position   smallint NOT NULL,
    CONSTRAINT practice_shared_attempts_pkey PRIMARY KEY (team_id, share_id, attempt_id),
    CONSTRAINT practice_shared_attempts_share FOREIGN KEY (team_id, share_id) REFERENCES practice_shares (team_id, id) ON DELETE CASCADE,
    CONSTRAINT practice_shared_attempts_attempt FOREIGN KEY (team_id, attempt_id) REFERENCES practice_attempts (team_id, id) ON DELETE CASCADE
);
CREATE INDEX practice_shared_attempts_by_attempt ON practice_shared_attempts (team_id, attempt_id);

-- What the coach gives; it never changes.
CREATE TABLE practice_coach_scores (
    team_id    uuid        NOT NULL,
    share_id   uuid        NOT NULL,
    attempt_id uuid        NOT NULL,
    coach_id   uuid        NOT NULL,
    scored_at  timestamptz NOT NULL,
    score      smallint,
    area_score smallint    NOT NULL,
    checked    smallint[]  NOT NULL,
    evidence   text        NOT NULL,
    comment    text        NOT NULL,
    CONSTRAINT practice_coach_scores_pkey PRIMARY KEY (team_id, share_id, attempt_id),
    CONSTRAINT practice_coach_scores_attempt FOREIGN KEY (team_id, share_id, attempt_id) REFERENCES practice_shared_attempts (team_id, share_id, attempt_id) ON DELETE CASCADE,
    CONSTRAINT practice_coach_scores_coach FOREIGN KEY (coach_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT practice_coach_scores_scores CHECK (score BETWEEN 1 AND 5 AND area_score BETWEEN 1 AND 5),
    CONSTRAINT practice_coach_scores_evidence_length CHECK (char_length(evidence) <= 4000),
    CONSTRAINT practice_coach_scores_comment_length CHECK (char_length(comment) <= 4000)
);
CREATE INDEX practice_coach_scores_by_coach ON practice_coach_scores (coach_id, scored_at);

-- The wall of the team, and within it that of the two: nobody else sees that anything is shared. Only the author shares,
-- only the named coach scores. Both see from every team what is theirs.
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['practice_shares', 'practice_shared_attempts', 'practice_coach_scores'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I USING (team_id = current_team()) WITH CHECK (team_id = current_team())', t || '_of_team', t);
    END LOOP;
END $$;
CREATE POLICY practice_shares_of_both ON practice_shares AS RESTRICTIVE TO fivefold_app
    USING (current_account() IN (account_id, coach_id)) WITH CHECK (account_id = current_account());
CREATE POLICY practice_shares_anywhere ON practice_shares FOR SELECT
    USING (current_account() IN (account_id, coach_id));
CREATE POLICY practice_shared_attempts_of_both ON practice_shared_attempts AS RESTRICTIVE TO fivefold_app
    USING (EXISTS (SELECT 1 FROM practice_shares s WHERE s.team_id = practice_shared_attempts.team_id AND s.id = share_id))
    WITH CHECK (EXISTS (SELECT 1 FROM practice_shares s
                        WHERE s.team_id = practice_shared_attempts.team_id AND s.id = share_id AND s.account_id = current_account()));
CREATE POLICY practice_shared_attempts_anywhere ON practice_shared_attempts FOR SELECT TO fivefold_app
    USING (EXISTS (SELECT 1 FROM practice_shares s WHERE s.team_id = practice_shared_attempts.team_id AND s.id = share_id));
CREATE POLICY practice_coach_scores_of_both ON practice_coach_scores AS RESTRICTIVE TO fivefold_app
    USING (EXISTS (SELECT 1 FROM practice_shares s WHERE s.team_id = practice_coach_scores.team_id AND s.id = share_id))
    WITH CHECK (coach_id = current_account()
                AND EXISTS (SELECT 1 FROM practice_shares s
                            WHERE s.team_id = practice_coach_scores.team_id AND s.id = share_id AND s.coach_id = current_account()));
CREATE POLICY practice_coach_scores_anywhere ON practice_coach_scores FOR SELECT TO fivefold_app
    USING (EXISTS (SELECT 1 FROM practice_shares s WHERE s.team_id = practice_coach_scores.team_id AND s.id = share_id));

-- An attempt is its author's alone, so this is the one way by which a coach reads it: what of it was shared with them,
-- while it is, and of its author's own scores nothing before every answer of the share has the coach's. The note, the
-- percentage and what was compared never come out.
CREATE FUNCTION shared_attempts(asked uuid, at timestamptz)
    RETURNS TABLE (attempt_id uuid, question_set_version_id uuid, rubric_version_id uuid, question_id uuid, title text, prompt text,
        area smallint, minutes integer, level text, answer_seconds bigint, answer text, answered_anew boolean,
        given_at timestamptz, given_score smallint, given_area smallint, given_checked smallint[], evidence text, comment text,
        own_score smallint, own_area smallint, own_checked smallint[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT a.id, a.question_set_version_id, a.rubric_version_id, a.question_id, a.title, a.prompt,
            a.area, a.minutes, a.level, extract(epoch FROM a.finished_at - a.answering_at)::bigint, a.answer,
            own.author AND EXISTS (SELECT 1 FROM practice_attempts n
                WHERE n.account_id = a.account_id AND n.question_id = a.question_id AND n.scored_at IS NULL),
            c.scored_at, c.score, c.area_score, c.checked, c.evidence, c.comment,
            CASE WHEN own.author OR own.done THEN a.score END,
            CASE WHEN own.author OR own.done THEN a.area_score END,
            CASE WHEN own.author OR own.done THEN a.checked END
        FROM practice_shares s
            JOIN practice_shared_attempts x ON x.team_id = s.team_id AND x.share_id = s.id
            JOIN practice_attempts a ON a.team_id = x.team_id AND a.id = x.attempt_id AND a.account_id = s.account_id
            LEFT JOIN practice_coach_scores c ON c.team_id = x.team_id AND c.share_id = x.share_id AND c.attempt_id = x.attempt_id
            CROSS JOIN LATERAL (SELECT s.account_id = current_account() AS author, NOT EXISTS (
                SELECT 1 FROM practice_shared_attempts y
                    LEFT JOIN practice_coach_scores d ON d.team_id = y.team_id AND d.share_id = y.share_id AND d.attempt_id = y.attempt_id
                WHERE y.team_id = s.team_id AND y.share_id = s.id AND d.scored_at IS NULL) AS done) AS own
        WHERE s.id = asked AND s.team_id = current_team() AND a.scored_at IS NOT NULL
            AND (own.author OR (s.coach_id = current_account() AND s.withdrawn_at IS NULL AND s.ends_at > at))
        ORDER BY x.position, a.id
    $$;
REVOKE ALL ON FUNCTION shared_attempts(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_attempts(uuid, timestamptz) TO fivefold_app;
