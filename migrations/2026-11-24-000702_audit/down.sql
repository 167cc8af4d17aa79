DROP FUNCTION audit_faults();
DROP FUNCTION seal_audit(timestamptz);
DROP FUNCTION audit_hash(uuid, timestamptz, timestamptz, bytea);
DROP TABLE audit_seals;
DROP TABLE audit_events;
DROP FUNCTION keep_audit();
