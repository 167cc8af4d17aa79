//! The database as the migrations make it: both ways, named, walled, and as the code believes it is.

use std::collections::BTreeMap;

use diesel::PgConnection;
use fivefold::platform::db::{self, Door};
use fivefold::platform::error::Result;
use regex::Regex;

use crate::support::{App, Database, World, texts};

/// Belong to no team, though a row may name one: the worker and the sender serve all teams.
const ACROSS_TEAMS: [&str; 2] = ["jobs", "mails"];
/// Of these, whose rows no team's request may see without a wall.
const WALLED_ACROSS_TEAMS: [&str; 1] = ["mails"];

#[test]
fn up_then_down_leaves_nothing_and_up_again_makes_the_same_schema() {
    let database = Database::empty();
    db::migrate(&database.url()).unwrap();
    let first = schema(&mut database.connect());
    db::revert_all(&database.url()).unwrap();
    let left: Vec<String> =
        schema(&mut database.connect()).into_iter().filter(|line| !line.contains("__diesel_schema_migrations")).collect();
    assert_eq!(left, Vec::<String>::new(), "what `down` left behind");
    db::migrate(&database.url()).unwrap();
    assert_eq!(schema(&mut database.connect()), first);
}

#[test]
fn each_migration_has_its_way_back() {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap();
    for folder in folders.map(|folder| folder.unwrap().path()).filter(|path| path.is_dir()) {
        assert!(folder.join("up.sql").exists() && folder.join("down.sql").exists(), "{}", folder.display());
    }
}

#[test]
fn migrating_again_or_from_two_servers_at_once_changes_nothing() {
    let database = Database::empty();
    let ran: usize = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| db::migrate(&database.url()).unwrap())).collect();
        starts.into_iter().map(|start| start.join().unwrap()).sum()
    });
    assert!(ran > 0);
    assert_eq!(texts(&mut database.connect(), "SELECT count(*) FROM __diesel_schema_migrations"), [ran.to_string()], "each ran once");
    assert_eq!(db::migrate(&database.url()).unwrap(), 0);
}

#[test]
fn every_constraint_has_a_name_that_we_gave() {
    let database = Database::migrated();
    let named = texts(
        &mut database.connect(),
        "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u', 'x')
         AND conname ~ '_(check|fkey|key|excl)[0-9]*$'",
    );
    assert_eq!(named, Vec::<String>::new(), "names that PostgreSQL made up");

    let definition = Regex::new(r"(?i)\b(PRIMARY KEY|UNIQUE \(|REFERENCES|CHECK \()").unwrap();
    let ours = Regex::new(r"(?i)\bCONSTRAINT \w+|WITH CHECK \(|UNIQUE INDEX").unwrap();
    let nameless: Vec<String> = migrations()
        .flat_map(|(name, sql)| sql.lines().map(|line| format!("{name}: {}", line.trim())).collect::<Vec<_>>())
        .filter(|line| definition.is_match(line) && !ours.is_match(line) && !line.contains("--"))
        .collect();
    assert_eq!(nameless, Vec::<String>::new(), "write CONSTRAINT and a name on the same line");
}

#[test]
fn every_table_of_a_team_has_forced_row_security_that_also_checks_what_is_written() {
    let database = Database::migrated();
    let conn = &mut database.connect();
    let tables = team_tables(conn);
    assert!(tables.len() > 10, "{tables:?}");
    for table in tables.iter().map(String::as_str).chain(["teams"]).chain(WALLED_ACROSS_TEAMS) {
        let walled = format!("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = '{table}'::regclass");
        assert_eq!(texts(conn, &walled), ["true"], "{table} has no forced row security");
        let key = if table == "teams" { "id" } else { "team_id" };
        let wall = format!("({key} = current_team())");
        let policy = format!(
            "SELECT count(*) FROM pg_policies WHERE tablename = '{table}' AND cmd = 'ALL' AND permissive = 'PERMISSIVE'
             AND qual = '{wall}' AND with_check = '{wall}' AND roles = '{{public}}'"
        );
        assert_eq!(texts(conn, &policy), ["1"], "{table} has no policy for reading and writing within its team");
        // Any other policy may only let read; but a mail of no team is written by who is in none.
        let of_no_team = "(team_id IS NULL)";
        let writing = format!(
            "SELECT policyname FROM pg_policies WHERE tablename = '{table}' AND cmd NOT IN ('SELECT', 'ALL')
             AND NOT (tablename = 'mails' AND cmd = 'INSERT' AND with_check = '{of_no_team}')"
        );
        assert_eq!(texts(conn, &writing), Vec::<String>::new(), "{table}");
    }
}

#[test]
fn every_key_of_a_team_table_holds_its_team() {
    let database = Database::migrated();
    let conn = &mut database.connect();
    for table in team_tables(conn) {
        let team = format!("(SELECT attnum FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attname = 'team_id')");
        let unique = format!(
            "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = '{table}'::regclass AND indisunique AND NOT {team} = ANY (indkey)"
        );
        assert_eq!(texts(conn, &unique), Vec::<String>::new(), "unique keys of {table} without team_id");
        let primary = format!("SELECT count(*) FROM pg_index WHERE indrelid = '{table}'::regclass AND indisprimary AND indkey[0] = {team}");
        assert_eq!(texts(conn, &primary), ["1"], "the primary key of {table} begins with team_id");
    }
    let tables = team_tables(conn).join(",");
    // A row of one team cannot point into another.
    let crossing = texts(
        conn,
        &format!(
            "SELECT conname FROM pg_constraint c WHERE contype = 'f' AND connamespace = 'public'::regnamespace
             AND confrelid::regclass::text = ANY ('{{{tables}}}') AND NOT EXISTS (
                SELECT FROM unnest(conkey, confkey) AS k (here, there)
                JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = k.here AND h.attname = 'team_id'
                JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = k.there AND t.attname = 'team_id')"
        ),
    );
    assert_eq!(crossing, Vec::<String>::new(), "foreign keys to team tables without team_id");
}

#[test]
fn only_what_serves_all_teams_may_name_one_without_belonging_to_it() {
    let database = Database::migrated();
    let conn = &mut database.connect();
    let nullable = texts(
        conn,
        "SELECT table_name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'team_id' AND is_nullable = 'YES' ORDER BY 1",
    );
    assert_eq!(nullable, ACROSS_TEAMS);
}

#[actix_web::test]
async fn requests_run_as_a_role_that_owns_nothing_and_cannot_pass_row_security() {
    let app = App::new().await;
    let ask = |query: &'static str| app.write(Door::Anybody, move |tx| Ok(texts(tx.conn(), query)));
    assert_eq!(ask("SELECT current_user"), ["fivefold_app"]);
    assert_eq!(ask("SELECT current_setting('synchronous_commit')"), ["on"]);
    let roles = ask("SELECT rolname || rolsuper || rolbypassrls || rolcreaterole || rolcreatedb || rolcanlogin FROM pg_roles
                     WHERE rolname LIKE 'fivefold\\_%' ORDER BY rolname");
    assert_eq!(roles, ["fivefold_appfalsefalsefalsefalsefalse", "fivefold_ownerfalsefalsefalsefalsefalse"]);
    let owned = ask("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'fivefold_app'
                     UNION ALL SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = 'fivefold_app'");
    assert_eq!(owned, Vec::<String>::new());
    let not_the_owners = ask("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                              AND pg_get_userbyid(relowner) <> 'fivefold_owner'");
    assert_eq!(not_the_owners, Vec::<String>::new());
}

#[actix_web::test]
async fn row_security_alone_keeps_teams_apart() {
    let app = App::new().await;
    let world = World::new(&app);
    let seen = |door| app.write(door, |tx| Ok(texts(tx.conn(), "SELECT DISTINCT team_id FROM memberships")));
    assert_eq!(seen(Door::Anybody), Vec::<String>::new(), "no team set: nothing is there");
    assert_eq!(seen(Door::System { team: world.team.0, reason: "test" }), [world.team.to_string()]);
    assert_eq!(seen(Door::Guest { team: world.other_team.0 }), [world.other_team.to_string()]);

    let (team, lead) = (world.team, world.lead);
    let foreign = app.server.db.write_here(Door::System { team: world.other_team.0, reason: "test" }, |tx| -> Result<usize> {
        let row = format!("INSERT INTO memberships VALUES ('{team}', '{lead}', 'owner', now()) ON CONFLICT DO NOTHING");
        Ok(diesel::RunQueryDsl::execute(diesel::sql_query(row), tx.conn())?)
    });
    assert!(format!("{:?}", foreign.unwrap_err()).contains("row-level security"));
}

/// Columns that the database computes serve its keys and searches; no code names them.
#[test]
fn the_code_knows_the_columns_that_there_are() {
    let source = include_str!("../../src/schema.rs");
    let table = Regex::new(r"diesel::table! \{\s+(\w+) \(([\w, ]+)\) \{([^}]+)\}").unwrap();
    let column = Regex::new(r"(\w+) -> ([\w<>]+),").unwrap();
    let mut believed = BTreeMap::new();
    for found in table.captures_iter(source) {
        let columns: Vec<String> = column.captures_iter(&found[3]).map(|column| format!("{} {}", &column[1], &column[2])).collect();
        believed.insert(found[1].to_owned(), (found[2].to_owned(), columns));
    }

    let database = Database::migrated();
    let conn = &mut database.connect();
    let mut there = BTreeMap::new();
    let names = texts(
        conn,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '__diesel_schema_migrations'",
    );
    for name in names {
        let keys = texts(
            conn,
            &format!(
                "SELECT attname FROM pg_index, unnest(indkey) WITH ORDINALITY AS k (number, place), pg_attribute
                 WHERE indrelid = '{name}'::regclass AND indisprimary AND attrelid = indrelid AND attnum = k.number ORDER BY k.place"
            ),
        );
        let columns = texts(
            conn,
            &format!(
                "SELECT attname || ' ' || CASE WHEN attnotnull THEN t ELSE 'Nullable<' || t || '>' END FROM (
                    SELECT attname, attnotnull, attnum, CASE WHEN typelem <> 0 AND typlen = -1 AND typcategory = 'A'
                        THEN 'Array<Nullable<' || initcap((SELECT typname FROM pg_type e WHERE e.oid = p.typelem)) || '>>'
                        ELSE initcap(typname) END AS t
                    FROM pg_attribute JOIN pg_type p ON p.oid = atttypid
                    WHERE attrelid = '{name}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS c ORDER BY attnum"
            ),
        );
        there.insert(name, (keys.join(", "), columns));
    }
    assert_eq!(believed, there, "src/schema.rs is not what the migrations make; generate it again");
}

/// Tables whose rows belong to one team.
fn team_tables(conn: &mut PgConnection) -> Vec<String> {
    texts(
        conn,
        "SELECT table_name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'team_id' AND is_nullable = 'NO' ORDER BY 1",
    )
}

fn migrations() -> impl Iterator<Item = (String, String)> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap();
    let paths = folders.map(|folder| folder.unwrap().path()).filter(|path| path.is_dir());
    paths.map(|path| {
        let sql = std::fs::read_to_string(path.join("up.sql")).unwrap();
        (path.file_name().unwrap().to_string_lossy().into_owned(), sql)
    })
}

/// Everything there is in the schema, one line each.
fn schema(conn: &mut PgConnection) -> Vec<String> {
    let queries = [
        "SELECT 'table ' || relname || ' ' || relkind::text || ' ' || relrowsecurity || relforcerowsecurity || ' ' || pg_get_userbyid(relowner)
            || ' ' || coalesce((SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(relacl) AS a), '')
         FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S', 'm', 'p')",
        "SELECT 'column ' || attrelid::regclass || ' ' || attnum || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' '
            || attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
         FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
         LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p') AND attnum > 0 AND NOT attisdropped",
        "SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT 'policy ' || tablename || ' ' || policyname || ' ' || permissive || ' ' || roles::text || ' ' || cmd || ' '
            || coalesce(qual, '') || ' / ' || coalesce(with_check, '') FROM pg_policies WHERE schemaname = 'public'",
        "SELECT 'function ' || pg_get_functiondef(oid) || ' ' || coalesce(proacl::text, '') FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')",
    ];
    let mut lines: Vec<String> = queries.iter().flat_map(|query| texts(conn, query)).collect();
    lines.sort();
    lines
}
