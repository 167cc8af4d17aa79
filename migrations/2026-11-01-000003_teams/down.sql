DROP TABLE invitations;
DROP POLICY teams_of_account ON teams;
DROP TABLE memberships;
DROP TABLE teams;
DROP FUNCTION current_account();
DROP FUNCTION current_team();
