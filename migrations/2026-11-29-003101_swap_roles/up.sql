-- What a draft of a plan says of its second half; what is planned has it (swap_of) or has not.
ALTER TABLE interviews
    ADD COLUMN swap_roles boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT interviews_swap_roles_in_mock CHECK (NOT swap_roles OR mode = 'mock');
