DROP FUNCTION erase_own_mails();
DROP FUNCTION erase_team(uuid);
