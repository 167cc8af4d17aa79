-- Who did what: one row for every write that was let through, in the write's own transaction, and at most
-- one a minute for what was refused. Ids and words of ours, never names or texts: the checks see to it.
CREATE TABLE audit_events (
    team_id    uuid        NOT NULL,
    id         uuid        NOT NULL,
    at         timestamptz NOT NULL,
    account_id uuid,
    link_id    uuid,
    act        text        NOT NULL,
    operation  text        NOT NULL,
    subjects   uuid[]      NOT NULL,
    made       uuid[]      NOT NULL,
    refused    boolean     NOT NULL,
    request_id uuid        NOT NULL,
    CONSTRAINT audit_events_pkey PRIMARY KEY (team_id, id),
    CONSTRAINT audit_events_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT audit_events_one_actor CHECK (num_nonnulls(account_id, link_id) = 1),
    CONSTRAINT audit_events_act_is_a_word CHECK (act ~ '^[a-z0-9_]{1,60}$'),
    CONSTRAINT audit_events_operation_is_a_word CHECK (operation ~ '^[a-z0-9_:]{1,120}$')
);
CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX audit_events_refused ON audit_events (team_id, act, at) WHERE refused;

-- A seal holds the hash of a team's events of a stretch of time and of the seal before it.
CREATE TABLE audit_seals (
    team_id   uuid        NOT NULL,
    number    integer     NOT NULL,
    after     timestamptz NOT NULL,
    until     timestamptz NOT NULL,
    events    bigint      NOT NULL,
    hash      bytea       NOT NULL,
    CONSTRAINT audit_seals_pkey PRIMARY KEY (team_id, number),
    CONSTRAINT audit_seals_team FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT audit_seals_stretch CHECK (after < until)
);
CREATE INDEX audit_seals_by_time ON audit_seals (until);

ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_events_of_team ON audit_events
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
CREATE POLICY audit_events_to_seal ON audit_events FOR SELECT TO fivefold_owner USING (true);
CREATE POLICY audit_seals_of_team ON audit_seals
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
CREATE POLICY audit_seals_to_go_on ON audit_seals FOR SELECT TO fivefold_owner USING (true);

-- Requests may add and read, and nobody may change.
REVOKE UPDATE, DELETE ON audit_events FROM fivefold_app;
REVOKE INSERT, UPDATE, DELETE ON audit_seals FROM fivefold_app;
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'what is in the audit stays as it is'; END $$;
CREATE TRIGGER audit_events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
CREATE TRIGGER audit_seals_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();

CREATE FUNCTION audit_hash(of_team uuid, after timestamptz, until timestamptz, before bytea) RETURNS bytea
    LANGUAGE sql STABLE
    AS $$
        SELECT sha256(coalesce(before, '') || convert_to(coalesce(string_agg(concat_ws('|',
            e.id, (extract(epoch FROM e.at) * 1000000)::bigint, coalesce(e.account_id::text, '-'), coalesce(e.link_id::text, '-'),
            e.act, e.operation, e.subjects::text, e.made::text, e.refused, e.request_id), E'\n' ORDER BY e.at, e.id), ''), 'UTF8'))
        FROM audit_events e WHERE e.team_id = of_team AND e.at > after AND e.at <= until
    $$;

-- Seals what happened up to a time that no running request can still write before. Gives the number of seals.
CREATE FUNCTION seal_audit(to_time timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    DECLARE
        door text := coalesce(current_setting('app.team', true), '');
        start timestamptz;
        team uuid;
        last audit_seals;
        made integer := 0;
    BEGIN
        -- Servers seal one after the other.
        PERFORM pg_advisory_xact_lock(hashtextextended('audit_seals', 0));
        SELECT coalesce(max(s.until), 'epoch') INTO start FROM audit_seals s;
        IF to_time <= start THEN RETURN 0; END IF;
        FOR team IN SELECT DISTINCT e.team_id FROM audit_events e WHERE e.at > start AND e.at <= to_time LOOP
            SELECT * INTO last FROM audit_seals s WHERE s.team_id = team ORDER BY s.number DESC LIMIT 1;
            PERFORM set_config('app.team', team::text, true);
            INSERT INTO audit_seals (team_id, number, after, until, events, hash)
                SELECT team, coalesce(last.number, 0) + 1, start, to_time, count(*), audit_hash(team, start, to_time, last.hash)
                FROM audit_events e WHERE e.team_id = team AND e.at > start AND e.at <= to_time;
            made := made + 1;
        END LOOP;
        PERFORM set_config('app.team', door, true);
        RETURN made;
    END $$;

-- The seals that no longer fit what they sealed; 0 stands for events that came after their time was sealed.
CREATE FUNCTION audit_faults() RETURNS TABLE (team_id uuid, number integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        WITH chain AS (
            SELECT s.*, lag(s.hash) OVER w AS hash_before, lag(s.number) OVER w AS number_before
            FROM audit_seals s WINDOW w AS (PARTITION BY s.team_id ORDER BY s.number)
        )
        SELECT c.team_id, c.number FROM chain c
        WHERE c.number <> coalesce(c.number_before, 0) + 1
           OR c.hash <> audit_hash(c.team_id, c.after, c.until, c.hash_before)
        UNION ALL
        SELECT DISTINCT e.team_id, 0 FROM audit_events e
        WHERE e.at <= (SELECT max(s.until) FROM audit_seals s) AND NOT EXISTS (
            SELECT FROM audit_seals s WHERE s.team_id = e.team_id AND e.at > s.after AND e.at <= s.until)
    $$;

REVOKE ALL ON FUNCTION seal_audit(timestamptz), audit_faults(), audit_hash(uuid, timestamptz, timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_audit(timestamptz), audit_faults() TO fivefold_app;
