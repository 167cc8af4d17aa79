DROP TABLE pad_updates;
DROP TABLE pads;
