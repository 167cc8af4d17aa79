DROP TABLE second_scores;
DROP TABLE second_draws;
