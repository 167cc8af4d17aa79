DROP TABLE library_rubric_versions;
DROP TABLE library_question_set_versions;
