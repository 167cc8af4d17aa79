-- One update of a pad may be longer: what one undo brings back.
ALTER TABLE pad_updates DROP CONSTRAINT pad_updates_length;
ALTER TABLE pad_updates ADD CONSTRAINT pad_updates_length CHECK (octet_length(content) BETWEEN 1 AND 262144);
