-- A person may have everything that is theirs deleted. What statistics need stays, and names nobody any more.

-- Deletes all that a team has, when the last person in it asks for it through its door. The row of the team stays without
-- its name, for the audit, in which only ids stand and nothing changes. Every table with a team_id is found here, so that
-- none is forgotten; those that others point at wait for them.
CREATE FUNCTION erase_team(gone uuid) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    DECLARE
        waiting text[];
        again text[];
        one text;
    BEGIN
        IF gone IS DISTINCT FROM current_team()
           OR NOT EXISTS (SELECT 1 FROM memberships WHERE team_id = gone AND account_id = current_account() AND removed_at IS NULL)
           OR EXISTS (SELECT 1 FROM memberships WHERE team_id = gone AND account_id <> current_account() AND removed_at IS NULL)
        THEN
            RAISE EXCEPTION 'a team is deleted by the last person in it';
        END IF;
        SELECT array_agg(c.relname::text) INTO waiting
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'team_id' AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT IN ('audit_events', 'audit_seals');
        WHILE cardinality(waiting) > 0 LOOP
            again := '{}';
            FOREACH one IN ARRAY waiting LOOP
                BEGIN
                    EXECUTE format('DELETE FROM %I WHERE team_id = $1', one) USING gone;
                EXCEPTION WHEN foreign_key_violation THEN
                    again := again || one;
                END;
            END LOOP;
            IF cardinality(again) = cardinality(waiting) THEN
                RAISE EXCEPTION 'these point at each other: %', again;
            END IF;
            waiting := again;
        END LOOP;
        UPDATE teams SET name = 'Deleted team' WHERE id = gone;
    END $$;

-- Deletes every mail to the account whose door is open, whatever team it was of.
CREATE FUNCTION erase_own_mails() RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM mails WHERE lower(to_address) = (SELECT lower(email) FROM accounts WHERE id = current_account())
    $$;

REVOKE ALL ON FUNCTION erase_team(uuid), erase_own_mails() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_team(uuid), erase_own_mails() TO fivefold_app;
