-- By which short name a question goes in the set that its set was copied from; none for one that was written here.
-- Its own short name may become another, and it is still known what changed there.
ALTER TABLE draft_questions ADD COLUMN copied_key text;

-- What is there already goes by the name that it has. The owner of the tables passes the wall for this one statement.
ALTER TABLE draft_questions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE question_sets NO FORCE ROW LEVEL SECURITY;
UPDATE draft_questions d SET copied_key = d.key
    FROM question_sets s WHERE s.team_id = d.team_id AND s.id = d.set_id AND s.copied_from IS NOT NULL;
ALTER TABLE question_sets FORCE ROW LEVEL SECURITY;
ALTER TABLE draft_questions FORCE ROW LEVEL SECURITY;
