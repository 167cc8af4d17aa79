DROP TABLE self_scores;
DROP TABLE reports;
