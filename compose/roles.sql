-- Run once, when the database is made. fivefold_owner owns the tables; fivefold_app answers requests and owns nothing.
-- The server comes in as fivefold_server, which can be nothing but fivefold_app; migrations as fivefold_migrator.
CREATE ROLE fivefold_owner;
CREATE ROLE fivefold_app;
CREATE ROLE fivefold_server LOGIN;
CREATE ROLE fivefold_migrator LOGIN;
GRANT fivefold_app TO fivefold_server;
GRANT fivefold_owner, fivefold_app TO fivefold_migrator;
GRANT USAGE, CREATE ON SCHEMA public TO fivefold_owner;
GRANT USAGE ON SCHEMA public TO fivefold_app;
