DROP TABLE gold_audio;
