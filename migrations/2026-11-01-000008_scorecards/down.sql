DROP TABLE scorecard_revisions;
DROP TABLE scorecard_saves;
DROP TABLE scorecards;
