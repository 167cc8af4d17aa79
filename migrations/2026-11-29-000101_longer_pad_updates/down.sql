-- Pads with a longer update keep it: the older check holds for what is written from now on.
ALTER TABLE pad_updates DROP CONSTRAINT pad_updates_length;
ALTER TABLE pad_updates ADD CONSTRAINT pad_updates_length CHECK (octet_length(content) BETWEEN 1 AND 65536) NOT VALID;
