DROP TABLE decisions;
DROP TABLE debriefs;
