#include "mysql/url.h"

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"

static struct context ctx;
static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}

/* The URL, which must be read without a word. */
static struct url parse(const char *text)
{
	struct url url;

	diag_clear(&ctx.diags);
	assert_true(url_parse(&ctx, &arena, text, &url));
	assert_int_equal(ctx.diags.diags.n, 0);
	return url;
}

static void assert_text(const char *got, const char *wanted)
{
	if (!wanted)
		assert_null(got);
	else
		assert_string_equal(got, wanted);
}

static void assert_url(const char *text, const char *user, const char *password, const char *host,
		       unsigned port, const char *database)
{
	struct url url = parse(text);

	assert_text(url.user, user);
	assert_text(url.password, password);
	assert_text(url.host, host);
	assert_int_equal(url.port, port);
	assert_text(url.database, database);
}

static const char *printed(const struct url *url)
{
	struct buf buf = { 0 };

	url_print(&buf, url);
	return buf_arena(&buf, &arena);
}

/* All that was said, as text. */
static const char *said(void)
{
	struct buf buf = { 0 };

	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &buf);
	return buf_arena(&buf, &arena);
}

static const char *error_of(const char *text)
{
	struct url url;

	diag_clear(&ctx.diags);
	assert_false(url_parse(&ctx, &arena, text, &url));
	assert_int_equal(ctx.diags.errors, 1);
	assert_string_equal(ctx.diags.diags.items[0]->rule, "url");
	return said();
}

TEST(all_parts)
{
	assert_url("mysql://u:p@h:3307/d", "u", "p", "h", 3307, "d");
	assert_url("mariadb://u:p@h/d", "u", "p", "h", 0, "d");
	assert_url("mysql://u@h", "u", NULL, "h", 0, NULL);
	assert_url("mysql://h/d", NULL, NULL, "h", 0, "d");
	assert_url("mysql:///d", NULL, NULL, NULL, 0, "d");
	assert_url("mysql://", NULL, NULL, NULL, 0, NULL);
	assert_url("mysql://u:@h/", "u", "", "h", 0, NULL);
	assert_url("mysql://@h/", NULL, NULL, "h", 0, NULL);
	assert_url("mysql+pymysql://u:p@h/d", "u", "p", "h", 0, "d");
	assert_url("MYSQL+mysqldb://u:p@h/d", "u", "p", "h", 0, "d");
	assert_url("mariadb+mariadbconnector://u:p@h/d", "u", "p", "h", 0, "d");
	assert_url("  mysql://u:p@h/d\n", "u", "p", "h", 0, "d");
	assert_url("mysql://u:p@h:/d", "u", "p", "h", 0, "d");
}

TEST(hosts)
{
	assert_url("mysql://u@127.0.0.1:3306/d", "u", NULL, "127.0.0.1", 3306, "d");
	assert_url("mysql://u@[::1]:3306/d", "u", NULL, "::1", 3306, "d");
	assert_url("mysql://[fe80::1%25eth0]/d", NULL, NULL, "fe80::1%eth0", 0, "d");
	assert_url("mysql://[::1]/d", NULL, NULL, "::1", 0, "d");
	assert_string_equal(parse("mysql://root@%2Frun%2Fmysqld%2Fmysqld.sock/d").socket,
			    "/run/mysqld/mysqld.sock");
	assert_non_null(strstr(error_of("mysql://u@[::1/d"), "host"));
	assert_non_null(strstr(error_of("mysql://u@h:99999/d"), "port"));
	assert_non_null(strstr(error_of("mysql://u@h:0/d"), "port"));
	assert_non_null(strstr(error_of("mysql://u@h:33x/d"), "port"));
}

TEST(percent_encoding)
{
	assert_url("mysql://a%40b:p%3A%2F%25@h/d%20e", "a@b", "p:/%", "h", 0, "d e");
	assert_url("mysql://u:%E7%94%A8@h/d", "u", "用", "h", 0, "d");
	/* what is none stays: Python does so too */
	assert_url("mysql://u:100%@h/d", "u", "100%", "h", 0, "d");
	assert_url("mysql://u:%zz%4@h/d", "u", "%zz%4", "h", 0, "d");
	assert_url("mysql://u:a+b@h/d", "u", "a+b", "h", 0, "d");
	error_of("mysql://u:p%00q@h/d");
	error_of("mysql://u:p@h/d?socket=%00");
}

TEST(passwords_that_are_not_encoded)
{
	assert_url("mysql://u:p@ss@h/d", "u", "p@ss", "h", 0, "d");
	assert_url("mysql://u:p:q@h/d", "u", "p:q", "h", 0, "d");
	assert_url("mysql://u:a/b@h/d", "u", "a/b", "h", 0, "d");
	assert_url("mysql://u:a?b@h/d", "u", "a?b", "h", 0, "d");
	assert_url("mysql://u:a#b@h:1/d", "u", "a#b", "h", 1, "d");
	assert_url("mysql://u:p&x?y=1@h/d", "u", "p&x?y=1", "h", 0, "d");
	/* a port, then something with an @ in it */
	assert_url("mysql://h:3306/d?user=a@b", "a@b", NULL, "h", 3306, "d");
}

/* Whatever is made of such a text, no piece of the password may be said. */
TEST(no_error_quotes_a_password)
{
	static const char *const texts[] = {
		"mysql://u:SECRET",
		"mysql://u:12/SECRET@h/d",
		"mysql://u:12?SECRET@h/d",
		"mysql://u:12?ssl=SECRET@h/d",
		"mysql://u:12?port=SECRET@h/d",
		"mysql://u:a/SECRET@SECRET@h/d",
		"mysql://u:x@y/SECRET@h/d",
		"mysql://u:x@h:SECRET@h2:SECRET/d",
		"mysq://u:SECRET@h/d",
		"u:SECRET@h/d",
		"mysql:u:SECRET@h/d",
		"mysql//u:SECRET@h/d",
		"mysql://u:SECRET@[h/d",
		"mysql://u:SECRET@h:99999/d",
		"mysql://u:SECRET@h/d?ssl-mode=maybe",
		"mysql://u:SECRET@h/d?sock=1",
		"mysql://u:%00SECRET@h/d",
		"mysql://u@h/d?password=SECRET&prot=1",
		"postgresql://u:SECRET@h/d",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct url url;

		diag_clear(&ctx.diags);
		url_parse(&ctx, &arena, texts[i], &url);
		if (strstr(said(), "SECRET"))
			fail_msg("%s: %s", texts[i], said());
		/* what may be printed of one that was read */
		if (!ctx.diags.errors && strstr(printed(&url), "SECRET"))
			fail_msg("%s: %s", texts[i], printed(&url));
	}
}

TEST(parameters)
{
	struct url url = parse("mysql://u@localhost/d?unix_socket=/tmp/x&charset=utf8mb4");

	assert_string_equal(url.socket, "/tmp/x");
	assert_string_equal(parse("mysql://u@/d?socket=%2Ftmp%2Fa+b").socket, "/tmp/a b");
	assert_int_equal(parse("mysql://h/d?connect_timeout=3").connect_timeout, 3);
	assert_int_equal(parse("mysql://h/d?connect-timeout=5s").connect_timeout, 5);
	url = parse("mysql://h/d?user=a&password=b&port=33&db=x");
	assert_string_equal(url.user, "a");
	assert_string_equal(url.password, "b");
	assert_int_equal(url.port, 33);
	assert_string_equal(url.database, "x");
	url = parse("mysql://h/d?read_default_file=/etc/x.cnf&read_default_group=g");
	assert_string_equal(url.read_default_file, "/etc/x.cnf");
	assert_string_equal(url.read_default_group, "g");
	assert_true(parse("mysql://h/d?allowPublicKeyRetrieval=true").get_public_key);
	parse("mysql://h/d?useUnicode=true&serverTimezone=UTC&parseTime=true&&pool_size=5");
}

TEST(unknown_parameters_are_warned_of)
{
	struct url url;

	assert_true(url_parse(&ctx, &arena, "mysql://h/d?sokcet=/tmp/x", &url));
	assert_int_equal(ctx.diags.errors, 0);
	assert_int_equal(ctx.diags.warnings, 1);
	assert_non_null(strstr(said(), "unknown parameter 'sokcet'"));
	assert_non_null(strstr(said(), "did you mean 'socket'?"));
	error_of("mysql://h/d?port=x");
	error_of("mysql://h/d?connect_timeout=-1");
	assert_non_null(strstr(error_of("mysql://h/d?ssl_mode=sure"), "verify_identity"));
}

TEST(tls)
{
	assert_int_equal(parse("mysql://h/d").ssl, URL_SSL_DEFAULT);
	assert_int_equal(parse("mysql://h/d?ssl-mode=required").ssl, URL_SSL_REQUIRED);
	assert_int_equal(parse("mysql://h/d?ssl_mode=VERIFY_CA").ssl, URL_SSL_VERIFY_CA);
	assert_int_equal(parse("mysql://h/d?sslMode=VERIFY_IDENTITY").ssl, URL_SSL_VERIFY_IDENTITY);
	assert_int_equal(parse("mysql://h/d?ssl-mode=disabled&ssl_ca=/x").ssl, URL_SSL_DISABLED);
	/* as --ssl-ca alone */
	assert_int_equal(parse("mysql://h/d?ssl_ca=/ca.pem").ssl, URL_SSL_VERIFY_CA);
	assert_int_equal(parse("mysql://h/d?ssl_ca=/c&ssl_check_hostname=true").ssl,
			 URL_SSL_VERIFY_IDENTITY);
	assert_int_equal(parse("mysql://h/d?ssl_cert=/c&ssl_key=/k").ssl, URL_SSL_REQUIRED);
	assert_int_equal(parse("mysql://h/d?ssl=true").ssl, URL_SSL_REQUIRED);
	assert_int_equal(parse("mysql://h/d?ssl=false").ssl, URL_SSL_DISABLED);
	assert_int_equal(parse("mysql://h/d?ssl_disabled=True").ssl, URL_SSL_DISABLED);
	assert_int_equal(parse("mysql://h/d?tls=skip-verify").ssl, URL_SSL_REQUIRED);
	assert_int_equal(parse("mysql://h/d?tls=preferred").ssl, URL_SSL_PREFERRED);
	assert_string_equal(parse("mysql://h/d?ssl-ca=/ca.pem").ssl_ca, "/ca.pem");
}

/* localhost is the socket, as for every client, but not where that can't be meant. */
TEST(tcp_to_localhost)
{
	assert_false(parse("mysql://localhost/d").tcp);
	assert_true(parse("mysql://localhost:3306/d").tcp);
	assert_true(parse("mysql+pymysql://localhost/d").tcp);
	assert_false(parse("mysql+mysqldb://localhost/d").tcp);
	assert_false(parse("mysql+pymysql://localhost/d?unix_socket=/x").tcp);
	assert_false(parse("mysql+pymysql:///d").tcp);
}

TEST(local)
{
	assert_string_equal(parse("local:.autogen/db").local_dir, ".autogen/db");
	assert_string_equal(parse("local:/abs/d b").local_dir, "/abs/d b");
	assert_string_equal(parse("local:///abs").local_dir, "///abs");
	assert_non_null(strstr(error_of("local:"), "folder"));
	assert_non_null(strstr(error_of("local://dir"), "local:DIR"));
}

TEST(what_is_printed)
{
	static const char *const texts[][2] = {
		{ "mysql://u:SECRET@h:3306/d", "mysql://u:***@h:3306/d" },
		{ "mysql+pymysql://u@h/d?unix_socket=/tmp/x&ssl_mode=REQUIRED",
		  "mysql://u@h/d?socket=/tmp/x&ssl-mode=required" },
		{ "mysql://u:@[::1]/d", "mysql://u@[::1]/d" },
		{ "mysql://a%40b:SECRET@h/d%2Fe", "mysql://a%40b:***@h/d%2Fe" },
		{ "local:x", "local:x" },
		{ "mysql:///", "mysql:///" },
		{ "mysql://h/?password=SECRET", "mysql://:***@h/" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct url url = parse(texts[i][0]);

		assert_string_equal(printed(&url), texts[i][1]);
	}
}

/* Any bytes: no crash, and what is read prints. */
TEST(noise)
{
	static const char pieces[][12] = {
		"mysql://", "local:", "@", ":",   "/",     "?",    "&", "=", "%", "%4",
		"%00",      "[",      "]", "ssl", "port=", "\xff", "x", "#", "+", "mariadb+x"
	};

	srand(7);
	for (int i = 0; i < 20000; i++) {
		char text[128] = "";
		struct url url;

		for (int n = rand() % 10; n > 0; n--)
			strcat(text, pieces[(size_t)rand() % (sizeof(pieces) / sizeof(pieces[0]))]);
		diag_clear(&ctx.diags);
		if (url_parse(&ctx, &arena, text, &url))
			assert_non_null(printed(&url));
		else
			assert_int_equal(ctx.diags.errors, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_parts),
		cmocka_unit_test(hosts),
		cmocka_unit_test(percent_encoding),
		cmocka_unit_test(passwords_that_are_not_encoded),
		cmocka_unit_test(no_error_quotes_a_password),
		cmocka_unit_test(parameters),
		cmocka_unit_test(unknown_parameters_are_warned_of),
		cmocka_unit_test(tls),
		cmocka_unit_test(tcp_to_localhost),
		cmocka_unit_test(local),
		cmocka_unit_test(what_is_printed),
		cmocka_unit_test(noise),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
