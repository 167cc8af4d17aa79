DROP TABLE question_set_imports;
