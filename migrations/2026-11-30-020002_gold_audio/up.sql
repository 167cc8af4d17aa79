-- The sound of a gold interview: one, brought before the first expert has scored it, and taken away whenever it must be.
CREATE TABLE gold_audio (
    team_id           uuid        NOT NULL,
    gold_interview_id uuid        NOT NULL,
    recording_id      uuid        NOT NULL,
    brought_by        uuid,
    brought_at        timestamptz NOT NULL,
    CONSTRAINT gold_audio_pkey PRIMARY KEY (team_id, gold_interview_id),
    CONSTRAINT gold_audio_interview FOREIGN KEY (team_id, gold_interview_id) REFERENCES gold_interviews (team_id, id),
    CONSTRAINT gold_audio_recording FOREIGN KEY (team_id, recording_id) REFERENCES recordings (team_id, id),
    CONSTRAINT gold_audio_bringer FOREIGN KEY (team_id, brought_by) REFERENCES memberships (team_id, account_id)
);
ALTER TABLE gold_audio ENABLE ROW LEVEL SECURITY;
ALTER TABLE gold_audio FORCE ROW LEVEL SECURITY;
CREATE POLICY gold_audio_of_team ON gold_audio
    USING (team_id = current_team()) WITH CHECK (team_id = current_team());
