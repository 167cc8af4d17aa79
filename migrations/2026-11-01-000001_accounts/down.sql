DROP TABLE sign_in_failures;
DROP TABLE set_up_tokens;
DROP TABLE password_resets;
DROP TABLE sign_ins;
DROP TABLE accounts;
