DROP TABLE candidate_resumes;
DROP TABLE sent_resumes;
DROP TABLE resumes;
