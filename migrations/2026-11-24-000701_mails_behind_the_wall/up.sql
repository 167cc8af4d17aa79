-- The part of a mail that lets its reader in. It is taken out of the texts when the mail has arrived.
ALTER TABLE mails ADD COLUMN secret text;
-- A mail that cannot be sent waits longer each time and holds no other up.
ALTER TABLE mails ADD COLUMN tries integer NOT NULL DEFAULT 0;
ALTER TABLE mails ADD COLUMN next_try_at timestamptz;
CREATE INDEX mails_unsent ON mails (created_at) WHERE sent_at IS NULL;
CREATE INDEX mails_with_secret ON mails (sent_at) WHERE secret IS NOT NULL;

ALTER TABLE mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE mails FORCE ROW LEVEL SECURITY;
CREATE POLICY mails_of_team ON mails
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
-- A mail of no team lets somebody into their account: anybody may cause one, the operator alone may read it.
CREATE POLICY mails_of_no_team_are_written ON mails FOR INSERT WITH CHECK (team_id IS NULL);
CREATE POLICY mails_of_no_team_are_the_operators ON mails FOR SELECT
    USING (team_id IS NULL AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = current_account()
                                         AND a.operator_since IS NOT NULL AND a.deactivated_at IS NULL));
-- The sender works for all teams, through these functions and no other way.
CREATE POLICY mails_of_the_sender ON mails TO fivefold_owner USING (true) WITH CHECK (true);

-- Marks the oldest mail that is due as sent and gives it. Behind a team's or a person's door it gives nothing.
CREATE FUNCTION take_unsent_mail(at timestamptz) RETURNS SETOF mails
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        UPDATE mails SET sent_at = at
        WHERE current_team() IS NULL AND current_account() IS NULL
          AND id = (SELECT m.id FROM mails m
                    WHERE m.sent_at IS NULL AND (m.next_try_at IS NULL OR m.next_try_at <= at)
                    ORDER BY m.created_at, m.id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING *
    $$;

-- Says what became of a mail that was taken: it arrived and its secret goes, or it is tried again later.
CREATE FUNCTION settle_mail(mail uuid, arrived boolean, at timestamptz) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        UPDATE mails SET
            sent_at = CASE WHEN arrived THEN sent_at END,
            tries = tries + 1,
            next_try_at = at + make_interval(secs => least(30 * 2 ^ least(tries, 7), 3600)),
            body_text = CASE WHEN arrived AND secret IS NOT NULL THEN replace(body_text, secret, '…') ELSE body_text END,
            body_html = CASE WHEN arrived AND secret IS NOT NULL THEN replace(body_html, secret, '…') ELSE body_html END,
            secret = CASE WHEN arrived THEN NULL ELSE secret END
        WHERE current_team() IS NULL AND current_account() IS NULL AND id = mail
    $$;

-- A server that ended between sending and settling left a secret behind: it goes an hour later.
CREATE FUNCTION forget_mail_secrets(at timestamptz) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        UPDATE mails SET body_text = replace(body_text, secret, '…'), body_html = replace(body_html, secret, '…'), secret = NULL
        WHERE secret IS NOT NULL AND sent_at < at - interval '1 hour'
    $$;

-- A number without a word of any mail, for who watches the server.
CREATE FUNCTION unsent_mails() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT count(*) FROM mails WHERE sent_at IS NULL $$;

REVOKE ALL ON FUNCTION take_unsent_mail(timestamptz), settle_mail(uuid, boolean, timestamptz), forget_mail_secrets(timestamptz), unsent_mails()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_unsent_mail(timestamptz), settle_mail(uuid, boolean, timestamptz), forget_mail_secrets(timestamptz), unsent_mails()
    TO fivefold_app;
