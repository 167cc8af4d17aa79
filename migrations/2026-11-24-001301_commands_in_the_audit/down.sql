-- What was written down stays: only what comes is checked.
ALTER TABLE audit_events
    DROP CONSTRAINT audit_events_one_actor,
    ADD CONSTRAINT audit_events_one_actor CHECK (num_nonnulls(account_id, link_id) = 1) NOT VALID;
