// @generated automatically by Diesel CLI.

diesel::table! {
    accounts (id) {
        id -> Uuid,
        name -> Text,
        email -> Text,
        password_hash -> Text,
        time_zone -> Text,
        operator_since -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        deactivated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    audit_events (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        account_id -> Nullable<Uuid>,
        link_id -> Nullable<Uuid>,
        act -> Text,
        operation -> Text,
        subjects -> Array<Nullable<Uuid>>,
        made -> Array<Nullable<Uuid>>,
        refused -> Bool,
        request_id -> Uuid,
    }
}

diesel::table! {
    audit_seals (team_id, number) {
        team_id -> Uuid,
        number -> Int4,
        after -> Timestamptz,
        until -> Timestamptz,
        events -> Int8,
        hash -> Bytea,
    }
}

diesel::table! {
    candidate_claims (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        candidate_id -> Uuid,
        position -> Int4,
        text -> Text,
        detail -> Text,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        removed_by -> Nullable<Uuid>,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    candidate_links (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        interview_id -> Uuid,
        token_hash -> Bytea,
        created_by -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        first_used_at -> Nullable<Timestamptz>,
        last_used_at -> Nullable<Timestamptz>,
        uses -> Int4,
        mailed_to -> Nullable<Text>,
    }
}

diesel::table! {
    candidate_resumes (team_id, candidate_id) {
        team_id -> Uuid,
        candidate_id -> Uuid,
        content -> Jsonb,
        version -> Int4,
        imported_by -> Nullable<Uuid>,
        imported_at -> Timestamptz,
    }
}

diesel::table! {
    candidates (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        name -> Text,
        email -> Nullable<Text>,
        account_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    checklist_facts (team_id, account_id, fact) {
        team_id -> Uuid,
        account_id -> Uuid,
        fact -> Text,
        noted_at -> Timestamptz,
    }
}

diesel::table! {
    debriefs (team_id, interview_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        opened_at -> Timestamptz,
        opened_by -> Uuid,
        early_reason -> Nullable<Text>,
        variance_interviewer -> Nullable<Float8>,
        variance_rest -> Nullable<Float8>,
        variance_interviews -> Nullable<Int4>,
    }
}

diesel::table! {
    decisions (team_id, interview_id, number) {
        team_id -> Uuid,
        interview_id -> Uuid,
        number -> Int4,
        outcome -> Text,
        reason -> Text,
        proposed_outcome -> Nullable<Text>,
        override_reason -> Text,
        dissents -> Jsonb,
        decided_by -> Uuid,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    draft_questions (team_id, set_id, id) {
        team_id -> Uuid,
        set_id -> Uuid,
        id -> Uuid,
        key -> Text,
        position -> Int4,
        version -> Int4,
        content -> Jsonb,
        changed_by -> Nullable<Uuid>,
        changed_at -> Timestamptz,
        copied_key -> Nullable<Text>,
    }
}

diesel::table! {
    exercise_interviews (team_id, exercise_id, gold_interview_id) {
        team_id -> Uuid,
        exercise_id -> Uuid,
        gold_interview_id -> Uuid,
        gold_version_id -> Uuid,
        gold_built_in -> Bool,
        held_back -> Bool,
        position -> Int4,
    }
}

diesel::table! {
    exercise_members (team_id, exercise_id, account_id) {
        team_id -> Uuid,
        exercise_id -> Uuid,
        account_id -> Uuid,
        asked_at -> Timestamptz,
    }
}

diesel::table! {
    exercises (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        name -> Text,
        deadline -> Timestamptz,
        second_deadline -> Nullable<Timestamptz>,
        version -> Int4,
        notes -> Text,
        notes_version -> Int4,
        notes_changed_by -> Nullable<Uuid>,
        notes_changed_at -> Nullable<Timestamptz>,
        discussed_by -> Nullable<Uuid>,
        discussed_at -> Nullable<Timestamptz>,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    gold_audio (team_id, gold_interview_id) {
        team_id -> Uuid,
        gold_interview_id -> Uuid,
        recording_id -> Uuid,
        brought_by -> Nullable<Uuid>,
        brought_at -> Timestamptz,
    }
}

diesel::table! {
    gold_expert_scores (team_id, gold_interview_id, account_id) {
        team_id -> Uuid,
        gold_interview_id -> Uuid,
        account_id -> Uuid,
        answers -> Jsonb,
        version -> Int4,
        asked_by -> Nullable<Uuid>,
        asked_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    gold_interview_versions (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        gold_interview_id -> Uuid,
        number -> Int4,
        content -> Jsonb,
        content_hash -> Bytea,
        rubric_version_id -> Uuid,
        rubric_built_in -> Bool,
        reason -> Text,
        published_by -> Nullable<Uuid>,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    gold_interviews (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        title -> Text,
        draft -> Jsonb,
        rubric_version_id -> Uuid,
        rubric_built_in -> Bool,
        interview_id -> Nullable<Uuid>,
        consent_words -> Nullable<Text>,
        consent_recorded_by -> Nullable<Uuid>,
        consent_recorded_at -> Nullable<Timestamptz>,
        consensus -> Jsonb,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        changed_by -> Nullable<Uuid>,
        changed_at -> Timestamptz,
        retired_by -> Nullable<Uuid>,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    gold_makers (team_id, gold_interview_id, account_id) {
        team_id -> Uuid,
        gold_interview_id -> Uuid,
        account_id -> Uuid,
        since -> Timestamptz,
    }
}

diesel::table! {
    gold_scores (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        gold_interview_id -> Uuid,
        gold_version_id -> Uuid,
        gold_built_in -> Bool,
        exercise_id -> Nullable<Uuid>,
        answers -> Jsonb,
        version -> Int4,
        started_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    interview_changes (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        interview_id -> Uuid,
        kind -> Text,
        reason -> Text,
        detail -> Jsonb,
        changed_by -> Uuid,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    interview_questions (team_id, interview_id, question_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        question_id -> Uuid,
        position -> Int4,
        added_in_room -> Bool,
    }
}

diesel::table! {
    interviews (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        candidate_id -> Uuid,
        mode -> Text,
        level -> Text,
        question_set_version_id -> Uuid,
        rubric_version_id -> Uuid,
        starts_at -> Timestamptz,
        time_zone -> Text,
        minutes -> Int4,
        extra_minutes -> Int4,
        place -> Text,
        instructions -> Text,
        version -> Int4,
        calendar_sequence -> Int4,
        created_by -> Uuid,
        created_at -> Timestamptz,
        scheduled_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        no_show_at -> Nullable<Timestamptz>,
        question_set_built_in -> Bool,
        rubric_built_in -> Bool,
        swap_of -> Nullable<Uuid>,
        swap_roles -> Bool,
    }
}

diesel::table! {
    invitations (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        role -> Text,
        email -> Nullable<Text>,
        token_hash -> Bytea,
        invited_by -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        accepted_at -> Nullable<Timestamptz>,
        accepted_by -> Nullable<Uuid>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        team_id -> Nullable<Uuid>,
        run_at -> Timestamptz,
        attempts -> Int4,
        leased_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        failed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    library_gold_interview_versions (id) {
        id -> Uuid,
        slug -> Text,
        number -> Int4,
        title -> Text,
        content -> Jsonb,
        content_hash -> Bytea,
        rubric_version_id -> Uuid,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    library_question_set_versions (id) {
        id -> Uuid,
        slug -> Text,
        number -> Int4,
        name -> Text,
        content -> Jsonb,
        content_hash -> Bytea,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    library_questions (slug, id) {
        slug -> Text,
        id -> Uuid,
        version_id -> Uuid,
        number -> Int4,
        set_name -> Text,
        title -> Text,
        prompt -> Text,
        content -> Jsonb,
    }
}

diesel::table! {
    library_rubric_versions (id) {
        id -> Uuid,
        slug -> Text,
        number -> Int4,
        name -> Text,
        content -> Jsonb,
        content_hash -> Bytea,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    mails (id) {
        id -> Uuid,
        team_id -> Nullable<Uuid>,
        to_name -> Text,
        to_address -> Text,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        calendar -> Nullable<Text>,
        calendar_method -> Nullable<Text>,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        secret -> Nullable<Text>,
        tries -> Int4,
        next_try_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    memberships (team_id, account_id) {
        team_id -> Uuid,
        account_id -> Uuid,
        role -> Text,
        created_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    own_notes (team_id, interview_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        text -> Text,
        version -> Int4,
        keys -> Array<Nullable<Uuid>>,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    own_questions (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        position -> Int4,
        text -> Text,
        theme -> Nullable<Text>,
        heard -> Text,
        version -> Int4,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    pad_updates (team_id, interview_id, question_id, number) {
        team_id -> Uuid,
        interview_id -> Uuid,
        question_id -> Uuid,
        number -> Int8,
        key -> Uuid,
        person_id -> Uuid,
        candidate -> Bool,
        content -> Bytea,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    pads (team_id, interview_id, question_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        question_id -> Uuid,
        language -> Text,
        last_number -> Int8,
        bytes -> Int8,
        opened_by -> Uuid,
        opened_at -> Timestamptz,
    }
}

diesel::table! {
    password_resets (id) {
        id -> Uuid,
        account_id -> Uuid,
        token_hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    practice_attempts (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        question_set_version_id -> Uuid,
        question_set_built_in -> Bool,
        rubric_version_id -> Uuid,
        rubric_built_in -> Bool,
        question_id -> Uuid,
        title -> Text,
        prompt -> Text,
        area -> Int2,
        topics -> Array<Nullable<Text>>,
        minutes -> Int4,
        level -> Text,
        kind -> Text,
        mock_id -> Nullable<Uuid>,
        think_seconds -> Int4,
        started_at -> Timestamptz,
        answering_at -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        scored_at -> Nullable<Timestamptz>,
        answer -> Text,
        version -> Int4,
        keys -> Array<Nullable<Uuid>>,
        checked -> Array<Nullable<Int2>>,
        score -> Nullable<Int2>,
        area_score -> Nullable<Int2>,
        would_pass -> Nullable<Int2>,
        compared -> Nullable<Jsonb>,
        note -> Text,
    }
}

diesel::table! {
    practice_cards (account_id, question_id) {
        account_id -> Uuid,
        question_id -> Uuid,
        attempt_team -> Uuid,
        attempt_id -> Uuid,
        built_in -> Bool,
        title -> Text,
        area -> Int2,
        level -> Text,
        stability -> Float4,
        difficulty -> Float4,
        reviews -> Int4,
        reviewed_on -> Date,
        due_on -> Date,
    }
}

diesel::table! {
    practice_coach_scores (team_id, share_id, attempt_id) {
        team_id -> Uuid,
        share_id -> Uuid,
        attempt_id -> Uuid,
        coach_id -> Uuid,
        scored_at -> Timestamptz,
        score -> Nullable<Int2>,
        area_score -> Int2,
        checked -> Array<Nullable<Int2>>,
        evidence -> Text,
        comment -> Text,
    }
}

diesel::table! {
    practice_mocks (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        question_set_version_id -> Uuid,
        question_set_built_in -> Bool,
        level -> Text,
        minutes -> Int4,
        question_ids -> Array<Nullable<Uuid>>,
        started_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    practice_offers (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        level -> Text,
        question_set_version_id -> Uuid,
        question_set_built_in -> Bool,
        starts_at -> Timestamptz,
        time_zone -> Text,
        minutes -> Int4,
        note -> Text,
        made_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
        taken_by -> Nullable<Uuid>,
        taken_at -> Nullable<Timestamptz>,
        interview_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    practice_plans (account_id) {
        account_id -> Uuid,
        id -> Uuid,
        towards -> Date,
        weekdays -> Int2,
        minutes -> Int2,
        begins_at -> Time,
        level -> Text,
        set_id -> Nullable<Uuid>,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    practice_recordings (team_id, attempt_id) {
        team_id -> Uuid,
        attempt_id -> Uuid,
        account_id -> Uuid,
        take -> Uuid,
        duration_ms -> Nullable<Int4>,
        recording_id -> Nullable<Uuid>,
        removed_at -> Nullable<Timestamptz>,
        removed -> Nullable<Text>,
    }
}

diesel::table! {
    practice_schedules (account_id) {
        account_id -> Uuid,
        daily -> Int2,
        paused_on -> Nullable<Date>,
        keep_days -> Int4,
    }
}

diesel::table! {
    proofs (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        position -> Int4,
        kind -> Text,
        title -> Text,
        url -> Text,
        shows -> Text,
        version -> Int4,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    practice_shared_attempts (team_id, share_id, attempt_id) {
        team_id -> Uuid,
        share_id -> Uuid,
        attempt_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    practice_shares (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        coach_id -> Uuid,
        via_team -> Uuid,
        made_at -> Timestamptz,
        ends_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    published_questions (team_id, set_id, id) {
        team_id -> Uuid,
        set_id -> Uuid,
        id -> Uuid,
        version_id -> Uuid,
        number -> Int4,
        set_name -> Text,
        title -> Text,
        prompt -> Text,
        content -> Jsonb,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    question_set_imports (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        file_name -> Text,
        kind -> Text,
        slug -> Text,
        name -> Text,
        content -> Nullable<Bytea>,
        plan -> Jsonb,
        mistakes -> Jsonb,
        set_id -> Nullable<Uuid>,
        stamp -> Nullable<Text>,
        total -> Int4,
        done -> Int4,
        confirmed_by -> Nullable<Uuid>,
        confirmed_at -> Nullable<Timestamptz>,
        cancelled_by -> Nullable<Uuid>,
        cancelled_at -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        failed_at -> Nullable<Timestamptz>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    question_set_versions (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        set_id -> Uuid,
        number -> Int4,
        content -> Jsonb,
        content_hash -> Bytea,
        reason -> Text,
        published_by -> Nullable<Uuid>,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    question_sets (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        slug -> Text,
        name -> Text,
        description -> Text,
        rubric -> Nullable<Text>,
        copied_from -> Nullable<Uuid>,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        changed_at -> Timestamptz,
        retired_by -> Nullable<Uuid>,
        retired_at -> Nullable<Timestamptz>,
        practice_opened_by -> Nullable<Uuid>,
        practice_opened_at -> Nullable<Timestamptz>,
        practice_closed_by -> Nullable<Uuid>,
        practice_closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    recording_parts (team_id, recording_id, number) {
        team_id -> Uuid,
        recording_id -> Uuid,
        number -> Int4,
        account_id -> Nullable<Uuid>,
        first_byte -> Int8,
        digest -> Bytea,
        content -> Bytea,
    }
}

diesel::table! {
    recordings (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Nullable<Uuid>,
        media_type -> Text,
        parts -> Int4,
        bytes -> Int8,
        duration_ms -> Nullable<Int4>,
        begun_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    report_releases (team_id, interview_id, number) {
        team_id -> Uuid,
        interview_id -> Uuid,
        number -> Int4,
        version -> Int4,
        content -> Jsonb,
        figures -> Jsonb,
        released_by -> Uuid,
        released_at -> Timestamptz,
        withdrawn_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    reports (team_id, interview_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        version -> Int4,
        content -> Jsonb,
        figures -> Jsonb,
        written_by -> Uuid,
        written_at -> Timestamptz,
    }
}

diesel::table! {
    resumes (account_id) {
        account_id -> Uuid,
        content -> Jsonb,
        template -> Text,
        version -> Int4,
        saved_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    room_events (team_id, interview_id, seq) {
        team_id -> Uuid,
        interview_id -> Uuid,
        seq -> Int8,
        kind -> Text,
        audience -> Text,
        detail -> Jsonb,
        actor_id -> Nullable<Uuid>,
        happened_at -> Timestamptz,
    }
}

diesel::table! {
    room_presence (team_id, interview_id, person_id, page_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        page_id -> Uuid,
        person_id -> Uuid,
        candidate -> Bool,
        away -> Bool,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    room_skips (team_id, interview_id, question_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        question_id -> Uuid,
        skipped_at -> Timestamptz,
        skipped_by -> Uuid,
    }
}

diesel::table! {
    room_stretches (team_id, interview_id, number) {
        team_id -> Uuid,
        interview_id -> Uuid,
        number -> Int4,
        question_id -> Nullable<Uuid>,
        began_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    rooms (team_id, interview_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        driver_id -> Uuid,
        started_at -> Nullable<Timestamptz>,
        started_by -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
        ended_by -> Nullable<Uuid>,
        question_id -> Nullable<Uuid>,
        prompt_hidden -> Bool,
        last_seq -> Int8,
        break_asked_at -> Nullable<Timestamptz>,
        quiet_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    rubric_versions (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        rubric_id -> Uuid,
        number -> Int4,
        content -> Jsonb,
        content_hash -> Bytea,
        reason -> Text,
        published_by -> Nullable<Uuid>,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    rubrics (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        slug -> Text,
        name -> Text,
        draft -> Jsonb,
        copied_from -> Nullable<Uuid>,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        changed_by -> Nullable<Uuid>,
        changed_at -> Timestamptz,
        retired_by -> Nullable<Uuid>,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    scorecard_revisions (team_id, scorecard_id, number) {
        team_id -> Uuid,
        scorecard_id -> Uuid,
        number -> Int4,
        content -> Jsonb,
        author_id -> Uuid,
        reason -> Text,
        others_visible -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    scorecard_saves (team_id, scorecard_id, key) {
        team_id -> Uuid,
        scorecard_id -> Uuid,
        key -> Uuid,
        body_hash -> Bytea,
        version -> Int4,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    scorecards (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        interview_id -> Uuid,
        account_id -> Uuid,
        version -> Int4,
        area_values -> Jsonb,
        area_reasons -> Jsonb,
        question_values -> Jsonb,
        evidence -> Jsonb,
        ticks -> Jsonb,
        warning_signs -> Jsonb,
        recommendation -> Nullable<Text>,
        confidence -> Nullable<Text>,
        next_step -> Text,
        created_at -> Timestamptz,
        saved_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
        claim_verdicts -> Jsonb,
        claim_evidence -> Jsonb,
    }
}

diesel::table! {
    seats (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        interview_id -> Uuid,
        account_id -> Uuid,
        seat -> Text,
        areas -> Array<Nullable<Int2>>,
        added_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    second_draws (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        since -> Timestamptz,
        until -> Timestamptz,
        percent -> Int2,
        seed -> Int8,
        pool -> Int4,
        asked_by -> Uuid,
        asked_at -> Timestamptz,
    }
}

diesel::table! {
    second_scores (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        draw_id -> Uuid,
        interview_id -> Uuid,
        account_id -> Uuid,
        answers -> Jsonb,
        version -> Int4,
        asked_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    self_scores (team_id, interview_id) {
        team_id -> Uuid,
        interview_id -> Uuid,
        area_values -> Jsonb,
        given_at -> Timestamptz,
    }
}

diesel::table! {
    sent_resumes (team_id, id) {
        team_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        content -> Nullable<Jsonb>,
        template -> Text,
        sent_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    set_up_tokens (token_hash) {
        token_hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    severity_shares (team_id, account_id) {
        team_id -> Uuid,
        account_id -> Uuid,
        shared_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_failures (id) {
        key -> Text,
        failed_at -> Timestamptz,
        id -> Uuid,
    }
}

diesel::table! {
    sign_ins (id) {
        id -> Uuid,
        account_id -> Uuid,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        ends_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        user_agent -> Text,
    }
}

diesel::table! {
    teams (id) {
        id -> Uuid,
        name -> Text,
        mode -> Text,
        personal -> Bool,
        time_zone -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    variance_components (team_id, rubric_version_id) {
        team_id -> Uuid,
        rubric_version_id -> Uuid,
        interviewer -> Float8,
        rest -> Float8,
        interviews -> Int4,
        computed_at -> Timestamptz,
    }
}

diesel::joinable!(candidates -> teams (team_id));
diesel::joinable!(interviews -> teams (team_id));
diesel::joinable!(invitations -> teams (team_id));
diesel::joinable!(library_questions -> library_question_set_versions (version_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(memberships -> teams (team_id));
diesel::joinable!(own_questions -> accounts (account_id));
diesel::joinable!(password_resets -> accounts (account_id));
diesel::joinable!(practice_attempts -> accounts (account_id));
diesel::joinable!(practice_cards -> accounts (account_id));
diesel::joinable!(practice_mocks -> accounts (account_id));
diesel::joinable!(practice_plans -> accounts (account_id));
diesel::joinable!(practice_recordings -> accounts (account_id));
diesel::joinable!(practice_schedules -> accounts (account_id));
diesel::joinable!(proofs -> accounts (account_id));
diesel::joinable!(question_set_imports -> teams (team_id));
diesel::joinable!(question_sets -> teams (team_id));
diesel::joinable!(recordings -> accounts (account_id));
diesel::joinable!(recordings -> teams (team_id));
diesel::joinable!(resumes -> accounts (account_id));
diesel::joinable!(rubrics -> teams (team_id));
diesel::joinable!(sign_ins -> accounts (account_id));
diesel::joinable!(variance_components -> teams (team_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    audit_events,
    audit_seals,
    candidate_claims,
    candidate_links,
    candidate_resumes,
    candidates,
    checklist_facts,
    debriefs,
    decisions,
    draft_questions,
    exercise_interviews,
    exercise_members,
    exercises,
    gold_audio,
    gold_expert_scores,
    gold_interview_versions,
    gold_interviews,
    gold_makers,
    gold_scores,
    interview_changes,
    interview_questions,
    interviews,
    invitations,
    jobs,
    library_gold_interview_versions,
    library_question_set_versions,
    library_questions,
    library_rubric_versions,
    mails,
    memberships,
    own_notes,
    own_questions,
    pad_updates,
    pads,
    password_resets,
    practice_attempts,
    practice_cards,
    practice_coach_scores,
    practice_mocks,
    practice_offers,
    practice_plans,
    practice_recordings,
    practice_schedules,
    practice_shared_attempts,
    practice_shares,
    proofs,
    published_questions,
    question_set_imports,
    question_set_versions,
    question_sets,
    recording_parts,
    recordings,
    report_releases,
    reports,
    resumes,
    room_events,
    room_presence,
    room_skips,
    room_stretches,
    rooms,
    rubric_versions,
    rubrics,
    scorecard_revisions,
    scorecard_saves,
    scorecards,
    seats,
    second_draws,
    second_scores,
    self_scores,
    sent_resumes,
    set_up_tokens,
    severity_shares,
    sign_in_failures,
    sign_ins,
    teams,
    variance_components,
);
