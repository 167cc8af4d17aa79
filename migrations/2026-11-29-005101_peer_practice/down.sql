DROP TABLE practice_offers;
