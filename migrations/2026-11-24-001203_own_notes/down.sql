DROP TABLE own_notes;
