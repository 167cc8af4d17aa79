-- The second half of a booking in which two people interview each other: it points at the first.
ALTER TABLE interviews
    ADD COLUMN swap_of uuid,
    ADD CONSTRAINT interviews_swap_of FOREIGN KEY (team_id, swap_of) REFERENCES interviews (team_id, id),
    ADD CONSTRAINT interviews_one_swap UNIQUE (team_id, swap_of),
    ADD CONSTRAINT interviews_swap_of_another CHECK (swap_of <> id),
    ADD CONSTRAINT interviews_swap_in_mock CHECK (swap_of IS NULL OR mode = 'mock');
