DROP TABLE severity_shares;
