DROP TABLE self_scores;
DROP TABLE report_releases;
DROP TABLE reports;
