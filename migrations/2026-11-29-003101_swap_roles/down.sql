ALTER TABLE interviews DROP COLUMN swap_roles;
