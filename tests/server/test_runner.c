/*
 * test_runner: the runner on a real server.
 *
 *	test_runner URL...
 *
 * Three revisions are made of three models, with data statements added by hand; they are run up and
 * down, in processes that are killed at every point where a kill would leave something of its own, at
 * random moments, and while the server is still at work on a statement; two at a time; with errors,
 * changed files, and states that nobody expected. Tells what it found in TAP.
 *
 * Environment: SERVER, a name for messages; RUNNER_KILLS, how many points are tried each way (default
 * 15, 0: all); RUNNER_RANDOM, at how many random moments (10); RUNNER_PAIRS, how many times two run at
 * once (5); RUNNER_SEED.
 */
#include "tests/server/runner_bench.h"

#define HEAD "schema shop { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n"

static const char model_1[] =
	HEAD "table users comment '用户' {\n"
	     "    platform varchar(32) collate utf8mb4_bin\n"
	     "    user_id varchar(40)\n"
	     "    nickname varchar(50) null\n"
	     "    primary key (platform, user_id)\n"
	     "}\n"
	     "table orders {\n"
	     "    id int primary key\n"
	     "    platform like users.platform\n"
	     "    user_id like users.user_id\n"
	     "    note varchar(20) null\n"
	     "    foreign key (platform, user_id) references users (platform, user_id)\n"
	     "    index (note)\n"
	     "}\n"
	     "table counters {\n"
	     "    id int primary key\n"
	     "    n int default 0\n"
	     "}\n";

static const char model_2[] =
	HEAD "table users comment 'users' {\n"
	     "    platform varchar(32) collate utf8mb4_bin\n"
	     "    user_id varchar(60)\n"
	     "    display varchar(50) null was nickname\n"
	     "    primary key (platform, user_id)\n"
	     "}\n"
	     "table orders {\n"
	     "    id int primary key\n"
	     "    platform like users.platform\n"
	     "    user_id like users.user_id\n"
	     "    channel varchar(16) backfill ('web')\n"
	     "    note varchar(20) null\n"
	     "    foreign key (platform, user_id) references users (platform, user_id)\n"
	     "    index (note)\n"
	     "    index (channel, id)\n"
	     "}\n"
	     "table items {\n"
	     "    id bigint unsigned auto_increment primary key\n"
	     "    order_id references orders on delete cascade\n"
	     "    price decimal(12,2) default 0.00\n"
	     "}\n"
	     "table counters {\n"
	     "    id int primary key\n"
	     "    n int default 0\n"
	     "}\n";

static const char model_3[] =
	HEAD "table users comment 'users' {\n"
	     "    platform varchar(32) collate utf8mb4_bin\n"
	     "    user_id varchar(60)\n"
	     "    display varchar(50) null\n"
	     "    primary key (platform, user_id)\n"
	     "}\n"
	     "table orders {\n"
	     "    channel varchar(16)\n"
	     "    id int primary key\n"
	     "    platform like users.platform\n"
	     "    user_id like users.user_id\n"
	     "    foreign key (platform, user_id) references users (platform, user_id)\n"
	     "    index (channel, id)\n"
	     "}\n"
	     "table tallies was counters {\n"
	     "    id int primary key\n"
	     "    n int default 0\n"
	     "}\n";

/* None of the statements may be done twice. */
static const struct made_of revisions[] = {
	{ model_1,
	  "INSERT INTO counters VALUES (1, 0);\n"
	  "INSERT INTO users VALUES ('web', 'u1', 'x;y');\n"
	  "INSERT INTO orders VALUES (1, 'web', 'u1', '-- note');\n",
	  "" },
	{ model_2,
	  "UPDATE counters SET n = n + 1;\nSET @a = 10;\nUPDATE counters SET n = n + @a;\n",
	  "UPDATE counters SET n = n + 1000;\n" },
	{ model_3, "UPDATE tallies SET n = n + 100;\n", "UPDATE counters SET n = n + 10000;\n" },
};
#define N_AT_HEAD "111"
#define N_AT_FIRST "11111"

static const char *database;
static char path_text[] = "/tmp/autogen-runner-XXXXXX";

static unsigned setting(const char *name, unsigned otherwise)
{
	const char *value = getenv(name);
	return value ? (unsigned)strtoul(value, NULL, 10) : otherwise;
}

static bool is_at_head(void)
{
	return is_at("r3") && expect("SELECT n FROM tallies", N_AT_HEAD) &&
	       expect("SELECT * FROM users", "web u1 x;y") &&
	       expect("SELECT channel FROM orders", "web");
}

static bool is_at_base(void)
{
	return is_at("");
}

/* --- cases: up and down ----------------------------------------------------------------------- */

static bool up_and_down(void)
{
	struct attempt a = attempt_of(REVISION_UP, "head");
	if (!fresh_database() || !attempt_ok(&a, RUN_DONE) || !is_at_head())
		return false;
	if (!a.executed || a.resumed)
		return problem("%u statements, %u resumed", a.executed, a.resumed);
	if (!attempt_ok(&a, RUN_DONE) || a.executed || !is_at_head())
		return problem("a second run found something to do");
	return run_ok(REVISION_DOWN, "r1") && is_at("r1") &&
	       expect("SELECT n FROM counters", N_AT_FIRST) && run_ok(REVISION_DOWN, "base") &&
	       is_at_base() && run_ok(REVISION_UP, "+1") && is_at("r1") &&
	       run_ok(REVISION_UP, "head") && is_at_head();
}

static bool stamping(void)
{
	struct session s;
	struct graph graph;
	struct string_list ids = { 0 }, after;
	struct run_options options = { .lock_timeout = 5, .lock_wait = 5 };
	bool ok = fresh_database() && session_open(&s);
	if (!ok)
		return false;
	LIST_PUSH(&s.arena, &ids, "r2");
	LIST_PUSH(&s.arena, &ids, "r2");
	ok = read_graph(&s, &graph) &&
	     run_stamp(&s.ctx, s.db, &graph, &ids, false, &options, &after) == RUN_DONE;
	ids.n = 0;
	LIST_PUSH(&s.arena, &ids, "base");
	ok = ok && expect("SELECT * FROM autogen_version", "r2") &&
	     run_stamp(&s.ctx, s.db, &graph, &ids, false, &options, &after) == RUN_DONE;
	session_close(&s);
	return ok && expect("SELECT COUNT(*) FROM autogen_version", "0");
}

/* --- cases: kills ----------------------------------------------------------------------------- */

/* From this state in that direction, killed at point `kill_at`, and run again; *ended says that the
 * run had fewer points. */
static bool kill_at(enum revision_direction direction, unsigned kill_at_point, bool *ended)
{
	const char *target = direction == REVISION_UP ? "head" : "base";
	struct attempt a = attempt_of(direction, target);
	a.kill_at = kill_at_point;
	if (!fresh_database() || (direction == REVISION_DOWN && !run_ok(REVISION_UP, "head")))
		return false;
	int status = wait_for(start(&a));
	*ended = status == RUN_DONE;
	if (status > RUN_DONE)
		return problem("the child ended with %d", status);
	if (!*ended && !run_ok(direction, target))
		return problem("killed at point %u", kill_at_point);
	return (direction == REVISION_UP ? is_at_head() : is_at_base()) ||
	       problem("killed at point %u", kill_at_point);
}

static unsigned count_points(enum revision_direction direction)
{
	struct attempt a = attempt_of(direction, direction == REVISION_UP ? "head" : "base");
	if (!fresh_database() || (direction == REVISION_DOWN && !run_ok(REVISION_UP, "head")))
		return 0;
	attempt(&a);
	return a.points;
}

static bool kills(enum revision_direction direction, unsigned *n)
{
	unsigned points = count_points(direction), wanted = setting("RUNNER_KILLS", 15);
	double step = wanted && wanted < points ? (double)points / wanted : 1;
	bool ended = false;
	if (!points)
		return problem("no points");
	*n = 0;
	for (double at = 1; (unsigned)at <= points; at += step, (*n)++)
		if (!kill_at(direction, (unsigned)at, &ended) || ended)
			return ended ? problem("the run ended before point %u", (unsigned)at)
				     : false;
	return true;
}

/* At any moment, also while the server is at work. */
static bool random_kills(unsigned n)
{
	struct timespec begin, end;
	struct attempt a = attempt_of(REVISION_UP, "head");
	if (!fresh_database())
		return false;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	if (wait_for(start(&a)) != RUN_DONE)
		return problem("the first run failed");
	clock_gettime(CLOCK_MONOTONIC, &end);
	long whole = (end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000;
	for (unsigned i = 0; i < n; i++) {
		if (!fresh_database())
			return false;
		/* several kills until one gets through */
		long moment = rand() % whole;
		int status = -1;
		for (unsigned tries = 0; status == -1 && tries < 20; tries++) {
			pid_t child = start(&a);
			usleep((useconds_t)moment);
			kill(child, SIGKILL);
			status = wait_for(child);
			moment = rand() % whole + whole / 4;
		}
		if (status == -1 ? !run_ok(REVISION_UP, "head") : status != RUN_DONE)
			return problem("random kill %u: status %d", i, status);
		if (!is_at_head())
			return problem("random kill %u", i);
	}
	return true;
}

/* --- cases: the server goes on ---------------------------------------------------------------- */

/* A connection that keeps a table's metadata lock, so that an ALTER of it hangs. */
struct blocker {
	struct session session;
};

static bool block(struct blocker *blocker, const char *table)
{
	if (!session_open(&blocker->session))
		return false;
	const char *text = arena_printf(&blocker->session.arena, "SELECT COUNT(*) FROM %s", table);
	return db_execute(blocker->session.db, "START TRANSACTION", strlen("START TRANSACTION")) &&
	       db_execute(blocker->session.db, text, strlen(text));
}

static void unblock(struct blocker *blocker)
{
	session_close(&blocker->session);
}

/* The connection that waits for a metadata lock in our database. */
static unsigned long waiting_connection(void)
{
	for (int i = 0; i < 300; i++) {
		const char *id =
			query("SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() "
			      "AND STATE LIKE 'Waiting for table metadata lock%'");
		if (*id)
			return strtoul(id, NULL, 10);
		usleep(10000);
	}
	return 0;
}

static pid_t unblock_later(struct blocker *blocker, unsigned milliseconds)
{
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		usleep(milliseconds * 1000);
		const char *end = "COMMIT";
		db_execute(blocker->session.db, end, strlen(end));
		_exit(0);
	}
	return child;
}

/* The client dies while its ALTER waits; the server carries the ALTER out after all. */
static bool server_goes_on(void)
{
	struct blocker blocker;
	struct attempt a = attempt_of(REVISION_UP, "r2");
	if (!fresh_database() || !run_ok(REVISION_UP, "r1") || !block(&blocker, "orders"))
		return false;
	pid_t child = start(&a);
	unsigned long connection = waiting_connection();
	if (!connection)
		return problem("no statement waits");
	kill(child, SIGKILL);
	wait_for(child);
	pid_t helper = unblock_later(&blocker, 1200);
	a = attempt_of(REVISION_UP, "head");
	bool ok = attempt_ok(&a, RUN_DONE);
	wait_for(helper);
	/* the socket is the helper's and ours: closing it here is only cleaning up */
	unblock(&blocker);
	if (ok && !strstr(a.noticed, "waiting for another run"))
		ok = problem("nothing was said of the waiting: '%s'", a.noticed);
	return ok && is_at_head();
}

/* Somebody kills the connection while its statement waits. */
static bool connection_is_killed(void)
{
	struct blocker blocker;
	struct attempt a = attempt_of(REVISION_UP, "r2");
	char text[64];
	if (!fresh_database() || !run_ok(REVISION_UP, "r1") || !block(&blocker, "orders"))
		return false;
	fflush(stderr);
	int saved = dup(2);
	if (!freopen("/dev/null", "w", stderr))
		return false;
	pid_t child = start(&a);
	unsigned long connection = waiting_connection();
	snprintf(text, sizeof(text), "KILL %lu", connection);
	bool ok = connection && sql(text);
	int status = wait_for(child);
	dup2(saved, 2);
	close(saved);
	unblock(&blocker);
	if (!ok || status != RUN_FAILED)
		return problem("the child ended with %d", status);
	return run_ok(REVISION_UP, "head") && is_at_head();
}

/* A metadata lock held too long is an error that says what to do, and nothing is lost. */
static bool metadata_lock_times_out(void)
{
	struct blocker blocker;
	struct attempt a = attempt_of(REVISION_UP, "head");
	a.options.lock_wait = 1;
	if (!fresh_database() || !run_ok(REVISION_UP, "r1") || !block(&blocker, "orders"))
		return false;
	bool ok = attempt_ok(&a, RUN_FAILED) && says(&a, "error 1205") && says(&a, "r2.sql:");
	unblock(&blocker);
	return ok && run_ok(REVISION_UP, "head") && is_at_head();
}

/* --- cases: two at a time --------------------------------------------------------------------- */

static bool two_at_a_time(unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct attempt a = attempt_of(REVISION_UP, "head");
		if (!fresh_database())
			return false;
		pid_t first = start(&a), second = start(&a);
		int ends[] = { wait_for(first), wait_for(second) };
		if (ends[0] || ends[1])
			return problem("they ended with %d and %d", ends[0], ends[1]);
		if (!is_at_head() || !expect("SELECT COUNT(*) - COUNT(DISTINCT revision, "
					     "statement), COUNT(DISTINCT run) "
					     "FROM autogen_journal",
					     "0 1"))
			return false;
	}
	return true;
}

static bool lock_is_held(void)
{
	struct session s;
	struct attempt a = attempt_of(REVISION_UP, "head");
	a.options.lock_timeout = 1;
	if (!fresh_database() || !run_ok(REVISION_UP, "r1"))
		return false;
	/* by the name that the journal's runs took: looked up as the runner makes it */
	bool ok = session_open(&s);
	struct db_result result;
	ok = ok &&
	     db_query(s.db, &s.arena,
		      "SELECT GET_LOCK(CONCAT('autogen:', LEFT(SHA2(DATABASE(), 256), 32)), 0)",
		      &result);
	ok = ok && attempt_ok(&a, RUN_REFUSED) && says(&a, "another run is at work") &&
	     says(&a, "root@") && is_at("r1");
	session_close(&s);
	return ok && run_ok(REVISION_UP, "head") && is_at_head();
}

/* --- cases: what goes wrong ------------------------------------------------------------------- */

static bool error_and_correction(void)
{
	struct attempt a = attempt_of(REVISION_UP, "head");
	const char *body =
		"-- migrate:up\nINSERT INTO tallies VALUES (7, 7);\n"
		"ALTER TABLE tallies\n  ADD COLUMN x int int;\nUPDATE tallies SET n = n + 1;\n"
		"-- migrate:down\n";
	if (!fresh_database() || !put_revision("r4", "r3", body))
		return false;
	bool ok = attempt_ok(&a, RUN_FAILED) && says(&a, "error 1064") && says(&a, "r4.sql:7:20") &&
		  says(&a, "statement 2 of 3 of revision 'r4' (upgrade)") &&
		  says(&a, "1 of 3 statements of revision 'r4' are applied");
	ok = ok && expect("SELECT version_num FROM autogen_version", "r3");
	/* going back is refused while r4 is half done */
	struct attempt down = attempt_of(REVISION_DOWN, "base");
	ok = ok && attempt_ok(&down, RUN_REFUSED) && says(&down, "autogen upgrade r4");
	ok = ok && edit("r4", "int int", "int");
	ok = ok && attempt_ok(&a, RUN_DONE);
	if (ok && (a.resumed != 1 || a.executed != 2))
		ok = problem("%u resumed, %u executed", a.resumed, a.executed);
	ok = ok && expect("SELECT id, n, x FROM tallies ORDER BY id", "1 112 NULL 7 8 NULL");
	remove_revision("r4");
	return ok;
}

static bool applied_text_changed(void)
{
	struct attempt a = attempt_of(REVISION_UP, "head");
	const char *body =
		"-- migrate:up\nINSERT INTO tallies VALUES (7, 7);\nDROP TABLE nosuch;\n";
	if (!fresh_database() || !put_revision("r4", "r3", body))
		return false;
	bool ok = attempt_ok(&a, RUN_FAILED) && says(&a, "error 1051") &&
		  edit("r4", "(7, 7)", "(8, 8)") && attempt_ok(&a, RUN_REFUSED) &&
		  says(&a, "its text is another one now") && says(&a, "r4.sql:5:1") &&
		  edit("r4", "(8, 8)", "(7, 7)") &&
		  edit("r4", "DROP TABLE nosuch", "DELETE FROM tallies WHERE id = 7") &&
		  attempt_ok(&a, RUN_DONE);
	remove_revision("r4");
	return ok && expect("SELECT COUNT(*) FROM tallies", "1");
}

/* Killed when statement `at` of r2 had been noted, not executed. */
static bool killed_in_second(unsigned at)
{
	struct attempt a = attempt_of(REVISION_UP, "r2");
	a.kill_at = 4 * (at - 1) + 2;
	return fresh_database() && run_ok(REVISION_UP, "r1") &&
	       (wait_for(start(&a)) == -1 || problem("the child was not killed"));
}

/* The number of the first statement of r2 that touches `table` with `words`. */
static unsigned statement_with(const char *id, const char *words)
{
	struct session s;
	struct graph graph;
	unsigned at = 0;
	if (session_open(&s) && read_graph(&s, &graph)) {
		struct revision *revision = graph_by_id(&graph, id);
		for (unsigned i = 0; revision && !at && i < revision->up.n; i++)
			if (strstr(revision->up.items[i]->sql, words))
				at = i + 1;
	}
	session_close(&s);
	return at;
}

static bool neither_state(void)
{
	unsigned at = statement_with("r2", "channel");
	struct attempt a = attempt_of(REVISION_UP, "head");
	return (at || problem("no statement with channel")) && killed_in_second(at) &&
	       sql("ALTER TABLE orders ADD COLUMN surprise int NULL") &&
	       attempt_ok(&a, RUN_REFUSED) &&
	       says(&a, "is neither as it was before it nor as it should be after it") &&
	       says(&a, "drop column orders.surprise") && says(&a, "--resume-at") &&
	       attempt_ok(&a, RUN_REFUSED) && sql("ALTER TABLE orders DROP COLUMN surprise") &&
	       attempt_ok(&a, RUN_DONE) && is_at_head();
}

/* A statement written by hand: done before the kill, or not? The person says. */
static bool hand_written_is_asked(void)
{
	bool ok = true;
	const char *body = "-- migrate:up\nINSERT INTO tallies VALUES (7, 7);\n"
			   "CREATE TABLE by_hand (a int);\nINSERT INTO by_hand VALUES (1);\n";
	if (!put_revision("r4", "r3", body))
		return false;
	for (int executed = 0; ok && executed < 2; executed++) {
		struct attempt a = attempt_of(REVISION_UP, "head"), again = a;
		a.kill_at = executed ? 7 : 6; /* points of the second statement */
		ok = fresh_database() && run_ok(REVISION_UP, "r3") && wait_for(start(&a)) == -1 &&
		     attempt_ok(&again, RUN_REFUSED) &&
		     says(&again, "can't see if it was applied") &&
		     says(&again, "--resume-at 2 runs this statement");
		again.options.resume_at = executed ? 3 : 2;
		ok = ok && attempt_ok(&again, RUN_DONE) && expect("SELECT * FROM by_hand", "1") &&
		     expect("SELECT COUNT(*) FROM tallies", "2") &&
		     expect("SELECT COUNT(*) FROM autogen_journal WHERE closed IS NULL", "0");
	}
	remove_revision("r4");
	return ok;
}

static bool data_loss_is_asked(void)
{
	struct attempt a = attempt_of(REVISION_DOWN, "r2"), up = attempt_of(REVISION_UP, "head");
	a.options.allow_data_loss = up.options.allow_data_loss = false;
	a.target = "r1";
	if (!fresh_database() || !run_ok(REVISION_UP, "r2"))
		return false;
	bool ok = attempt_ok(&a, RUN_REFUSED) && says(&a, "drops table items") &&
		  says(&a, "drops column orders.channel") &&
		  says(&a, "-- allow-data-loss: drop items") && is_at("r2");
	ok = ok && attempt_ok(&up, RUN_REFUSED) && says(&up, "drops column orders.note") &&
	     edit("r3", "\n\n-- migrate:up",
		  "\n-- allow-data-loss: drop orders.note\n-- allow-data-loss: DROP  items\n\n-- "
		  "migrate:up") &&
	     attempt_ok(&up, RUN_DONE) && is_at_head();
	return edit("r3",
		    "\n-- allow-data-loss: drop orders.note\n-- allow-data-loss: DROP  items\n",
		    "\n") &&
	       ok;
}

/* The staged NOT NULL column asks for nothing. */
static bool backfill_is_no_loss(void)
{
	struct attempt a = attempt_of(REVISION_UP, "r2");
	a.options.allow_data_loss = false;
	return fresh_database() && run_ok(REVISION_UP, "r1") && attempt_ok(&a, RUN_DONE) &&
	       is_at("r2") && expect("SELECT channel FROM orders", "web");
}

static bool ctrl_c(void)
{
	bool ok = fresh_database();
	for (unsigned n = 1; ok && n < 5; n++) {
		struct attempt a = attempt_of(REVISION_UP, "head");
		a.interrupt_after = 2;
		ok = attempt_ok(&a, RUN_INTERRUPTED) && says(&a, "interrupted: ");
	}
	return ok && run_ok(REVISION_UP, "head") && is_at_head();
}

/* Tables that are there already are told before the first statement, with the place. */
static bool table_exists(void)
{
	struct attempt a = attempt_of(REVISION_UP, "head");
	return fresh_database() && sql("CREATE TABLE users (a int)") &&
	       attempt_ok(&a, RUN_REFUSED) && says(&a, "'users' is there already (error 1050)") &&
	       says(&a, "r1.sql:") && expect("SELECT COUNT(*) FROM autogen_journal", "0") &&
	       sql("DROP TABLE users") && run_ok(REVISION_UP, "head") && is_at_head();
}

static bool rows_of_no_file(void)
{
	struct attempt a = attempt_of(REVISION_UP, "head");
	return fresh_database() && run_ok(REVISION_UP, "r1") &&
	       sql("INSERT INTO autogen_version VALUES ('ffff')") && attempt(&a) != RUN_DONE &&
	       says(&a, "'ffff', which no file has");
}

/* A half-applied revision that was stamped is over. */
static bool stamp_ends_it(void)
{
	struct attempt a = attempt_of(REVISION_UP, "r3");
	struct session s;
	struct graph graph;
	struct string_list ids = { 0 }, after;
	a.kill_at = 5;
	if (!fresh_database() || !run_ok(REVISION_UP, "r2") || wait_for(start(&a)) != -1 ||
	    !session_open(&s))
		return false;
	LIST_PUSH(&s.arena, &ids, "r2");
	a.options.at_point = NULL;
	bool ok = read_graph(&s, &graph) &&
		  run_stamp(&s.ctx, s.db, &graph, &ids, false, &a.options, &after) == RUN_DONE;
	session_close(&s);
	return ok && expect("SELECT COUNT(*) FROM autogen_journal WHERE closed IS NULL", "0");
}

/* --- all -------------------------------------------------------------------------------------- */

static void run_cases(void)
{
	unsigned n = 0;
	char name[128];
	bool made = fresh_database() && write_revisions(revisions, 3);
	test_case("revisions are made", made);
	if (!made)
		return;
	test_case("up and down", up_and_down());
	test_case("stamp", stamping());
	test_case("an error, and its correction", error_and_correction());
	test_case("a statement that is applied was changed", applied_text_changed());
	test_case("neither before nor after", neither_state());
	test_case("a statement by hand is asked about", hand_written_is_asked());
	test_case("data loss is asked about", data_loss_is_asked());
	test_case("a backfilled column is no data loss", backfill_is_no_loss());
	test_case("interrupted", ctrl_c());
	test_case("a table exists already", table_exists());
	test_case("rows of no file", rows_of_no_file());
	test_case("a stamp ends what was half done", stamp_ends_it());
	test_case("the lock is held", lock_is_held());
	test_case("two at a time", two_at_a_time(setting("RUNNER_PAIRS", 5)));
	test_case("the server goes on without its client", server_goes_on());
	test_case("the connection is killed", connection_is_killed());
	test_case("a metadata lock is held", metadata_lock_times_out());
	bool ok = kills(REVISION_UP, &n);
	snprintf(name, sizeof(name), "killed at %u points on the way up", n);
	test_case(name, ok);
	ok = kills(REVISION_DOWN, &n);
	snprintf(name, sizeof(name), "killed at %u points on the way down", n);
	test_case(name, ok);
	n = setting("RUNNER_RANDOM", 10);
	ok = random_kills(n);
	snprintf(name, sizeof(name), "killed at %u random moments", n);
	test_case(name, ok);
}

static bool on_server(const char *text)
{
	struct context ctx;
	struct arena arena;
	context_init(&ctx);
	arena_init(&arena);
	bool ok = url_parse(&ctx, &arena, text, &server_url);
	if (ok) {
		server_url.database = database;
		run_cases();
		server_url.database = NULL;
		sql(arena_printf(&arena, "DROP DATABASE IF EXISTS %s", database));
	} else {
		diag_print(&ctx.diags, false, stderr);
	}
	arena_free(&arena);
	context_free(&ctx);
	return ok;
}

int main(int argc, char **argv)
{
	char name[64], command[128];
	srand(setting("RUNNER_SEED", 1));
	folder = mkdtemp(path_text);
	snprintf(name, sizeof(name), "autogen_runner_%ld", (long)getpid());
	database = name;
	bool ok = folder != NULL;
	for (int i = 1; ok && i < argc; i++) {
		server_name = getenv("SERVER") ? getenv("SERVER") : argv[i];
		ok = on_server(argv[i]);
	}
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	ok = system(command) == 0 && ok;
	printf("1..%u\n", tests);
	return !ok || failures || argc < 2;
}
