/* Private servers, with whatever server program there is; without one every test is skipped. */
#include "mysql/engine.h"

#include "tests/unit/unit.h"

#include <dirent.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/context.h"
#include "mysql/engine_program.h"

static struct context ctx;
static struct arena arena;
static char home[] = "/tmp/autogen-test-XXXXXX"; /* TMPDIR and cache of these tests */
static bool have_server;

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	return remove(path);
}

static int set_up(void **state)
{
	struct engine_program program;

	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	unsetenv("AUTOGEN_ENGINE");
	if (!mkdtemp(home))
		return -1;
	chmod(home, 0755);
	setenv("TMPDIR", home, 1);
	setenv("XDG_CACHE_HOME", home, 1);
	have_server = engine_program_find(&ctx, &arena, "mariadb", &program);
	diag_clear(&ctx.diags);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	nftw(home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}

static const char *in_home(const char *name)
{
	return arena_printf(&arena, "%s/%s", home, name);
}

static const char *said(void)
{
	struct buf buf = { 0 };

	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &buf);
	diag_clear(&ctx.diags);
	return buf_arena(&buf, &arena);
}

/* Starts one that must start. */
static struct engine *start(const char *dir)
{
	struct engine *engine = engine_start(&ctx, dir, "shop");

	if (!engine)
		fail_msg("%s", said());
	return engine;
}

static void run(struct engine *engine, const char *sql)
{
	struct db *db = db_open(&ctx, engine_url(engine));

	if (!db || !db_execute(db, sql, strlen(sql)))
		fail_msg("%s: %s", sql, said());
	db_close(db);
}

static const char *ask(struct engine *engine, const char *sql)
{
	struct db *db = db_open(&ctx, engine_url(engine));
	struct db_result result;

	if (!db || !db_query(db, &arena, sql, &result))
		fail_msg("%s: %s", sql, said());
	db_close(db);
	return result.rows.n ? result.rows.items[0].cells[0] : NULL;
}

/* Run folders of engines there are. */
static int count_runs(void)
{
	DIR *dir = opendir(home);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(dir)))
		n += !strncmp(entry->d_name, "autogen-engine-", 15);
	closedir(dir);
	return n;
}

TEST(a_temporary_server)
{
	struct engine *engine;

	if (!have_server)
		skip();
	engine = start(NULL);
	assert_int_equal(count_runs(), 1);
	run(engine, "create table t (id int primary key) engine=innodb");
	assert_string_equal(ask(engine, "select database()"), "shop");
	assert_string_equal(ask(engine, "select @@collation_database"), "utf8mb4_general_ci");
	engine_stop(engine);
	assert_int_equal(count_runs(), 0);
}

TEST(a_database_in_a_folder_stays)
{
	const char *dir = in_home("a/b/db");
	struct engine *engine;

	if (!have_server)
		skip();
	engine = start(dir);
	run(engine, "create table t (id int primary key) engine=innodb");
	run(engine, "insert into t values (7)");
	engine_stop(engine);
	engine = start(dir);
	assert_string_equal(ask(engine, "select id from t"), "7");
	assert_int_equal(access(arena_printf(&arena, "%s/.gitignore", dir), F_OK), 0);
	engine_stop(engine);
	assert_int_equal(count_runs(), 0);
}

TEST(a_folder_is_used_by_one_at_a_time)
{
	const char *dir = in_home("one");
	struct engine *engine;

	if (!have_server)
		skip();
	engine = start(dir);
	assert_null(engine_start(&ctx, dir, "shop"));
	assert_non_null(strstr(said(), "in use by another run"));
	assert_string_equal(ask(engine, "select 1"), "1");
	engine_stop(engine);
}

TEST(a_folder_with_other_things_is_left_alone)
{
	const char *dir = in_home("other"), *file = in_home("other/ibdata1");
	FILE *out;

	mkdir(dir, 0700);
	out = fopen(file, "w");
	fclose(out);
	assert_null(engine_start(&ctx, dir, "shop"));
	assert_non_null(strstr(said(), "holds other things"));
	unlink(file);
	out = fopen(in_home("other/.profile"), "w");
	fclose(out);
	assert_null(engine_start(&ctx, dir, "shop"));
	assert_non_null(strstr(said(), "holds other things"));
	assert_int_equal(count_runs(), 0);
}

TEST(a_deep_folder)
{
	struct buf dir = { 0 };
	struct engine *engine;

	if (!have_server)
		skip();
	buf_add(&dir, home);
	for (int i = 0; i < 8; i++)
		buf_add(&dir, "/a folder with a rather long name");
	engine = start(buf_text(&dir));
	assert_string_equal(ask(engine, "select 1"), "1");
	engine_stop(engine);
	buf_free(&dir);
}

TEST(a_damaged_folder_shows_the_servers_words)
{
	const char *dir = in_home("damaged");
	FILE *file;

	if (!have_server)
		skip();
	engine_stop(start(dir));
	file = fopen(in_home("damaged/ibdata1"), "r+");
	for (int i = 0; i < 2000000; i++)
		fputc('x', file);
	fclose(file);
	assert_null(engine_start(&ctx, dir, "shop"));
	const char *text = said();
	assert_non_null(strstr(text, "ended before it was ready"));
	assert_non_null(strstr(text, "InnoDB"));
	assert_int_equal(count_runs(), 0);
}

TEST(no_program)
{
	setenv("AUTOGEN_ENGINE", "/nonexistent/mysqld", 1);
	assert_null(engine_start(&ctx, NULL, "shop"));
	assert_non_null(strstr(said(), "AUTOGEN_ENGINE"));
	setenv("AUTOGEN_ENGINE", "/bin/false", 1);
	assert_null(engine_start(&ctx, NULL, "shop"));
	assert_non_null(strstr(said(), "/bin/false"));
	unsetenv("AUTOGEN_ENGINE");
	assert_int_equal(count_runs(), 0);
}

/* The process that has `needle` among its arguments; 0: none. */
static pid_t find_process(const char *needle)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;

	while (!found && (entry = readdir(dir))) {
		char path[300], text[4096];
		FILE *file;
		size_t n;

		snprintf(path, sizeof(path), "/proc/%s/cmdline", entry->d_name);
		file = entry->d_name[0] >= '1' && entry->d_name[0] <= '9' ? fopen(path, "r") : NULL;
		if (!file)
			continue;
		n = fread(text, 1, sizeof(text) - 1, file);
		fclose(file);
		text[n] = '\0';
		for (size_t i = 0; i < n; i++)
			text[i] = text[i] ? text[i] : ' ';
		if (strstr(text, needle))
			found = (pid_t)atoi(entry->d_name);
	}
	closedir(dir);
	return found;
}

static void sleep_ms(long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&time, NULL);
}

/* A run that is killed takes its server with it; the next one sweeps up, and finds all that was
 * committed. */
TEST(a_killed_run)
{
	const char *dir = in_home("killed");
	const char *needle = arena_printf(&arena, "--datadir=%s", dir);
	int ready[2];
	char byte;
	pid_t child;
	struct engine *engine;

	if (!have_server)
		skip();
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		engine = engine_start(&ctx, dir, "shop");
		if (engine) {
			run(engine, "create table t (id int primary key) engine=innodb");
			run(engine, "insert into t values (9)");
		}
		if (!engine || write(ready[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	assert_true(find_process(needle) > 0);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	for (int i = 0; i < 200 && find_process(needle); i++)
		sleep_ms(10);
	assert_int_equal(find_process(needle), 0);
	assert_int_equal(count_runs(), 1);
	engine = start(dir);
	assert_int_equal(count_runs(), 1);
	assert_string_equal(ask(engine, "select id from t"), "9");
	engine_stop(engine);
	assert_int_equal(count_runs(), 0);
}

/* The exit code of a child that runs `act`, in a process group of its own. */
static int in_child(int (*act)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		setpgid(0, 0);
		_exit(act());
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int press_ctrl_c(void)
{
	struct engine *engine = engine_start(&ctx, NULL, "shop");
	struct db *db;

	if (!engine)
		return 1;
	signal(SIGINT, SIG_IGN);
	kill(0, SIGINT);
	sleep_ms(50);
	db = db_open(&ctx, engine_url(engine));
	db_close(db);
	engine_stop(engine);
	return db ? 0 : 2;
}

/* It goes to the whole foreground group: the server is not in it. */
TEST(a_ctrl_c_is_not_the_servers)
{
	if (!have_server)
		skip();
	assert_int_equal(in_child(press_ctrl_c), 0);
}

static int run_as_nobody(void)
{
	struct engine *engine;

	setenv("TMPDIR", in_home("user"), 1);
	setenv("XDG_CACHE_HOME", in_home("user"), 1);
	if (setgid(65534) < 0 || setuid(65534) < 0)
		return 2;
	engine = engine_start(&ctx, in_home("user/db"), "shop");
	if (!engine)
		fputs(said(), stderr);
	engine_stop(engine);
	return engine ? 0 : 1;
}

TEST(any_user_may)
{
	if (!have_server || geteuid() != 0)
		skip();
	mkdir(in_home("user"), 0700);
	assert_int_equal(chown(in_home("user"), 65534, 65534), 0);
	assert_int_equal(in_child(run_as_nobody), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_temporary_server),
		cmocka_unit_test(a_database_in_a_folder_stays),
		cmocka_unit_test(a_folder_is_used_by_one_at_a_time),
		cmocka_unit_test(a_folder_with_other_things_is_left_alone),
		cmocka_unit_test(a_deep_folder),
		cmocka_unit_test(a_damaged_folder_shows_the_servers_words),
		cmocka_unit_test(no_program),
		cmocka_unit_test(a_killed_run),
		cmocka_unit_test(a_ctrl_c_is_not_the_servers),
		cmocka_unit_test(any_user_may),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
