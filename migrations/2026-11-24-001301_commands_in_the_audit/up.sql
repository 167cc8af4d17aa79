-- What a command at the server itself does is written down too. It has no account and no link; everything else has one.
ALTER TABLE audit_events
    DROP CONSTRAINT audit_events_one_actor,
    ADD CONSTRAINT audit_events_one_actor CHECK (num_nonnulls(account_id, link_id) = (operation NOT LIKE 'cli::%')::integer);
