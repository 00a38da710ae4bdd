#include "model/server.h"

#include "base/buf.h"
#include "base/context.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *const capability_texts[] = {
#define CAPABILITY(id, what) [id] = what,
#define RANGE(id, flavour, from, to, support, error_number, test)
#include "model/capability.def"
#undef CAPABILITY
#undef RANGE
};

struct range {
	enum capability capability;
	enum flavour flavour;
	unsigned from, to;
	enum support support;
	int error_number;
};

static const struct range ranges[] = {
#define CAPABILITY(id, what)
#define RANGE(id, flavour, from, to, support, error_number, test) \
	{ id, flavour, from, to, support, error_number },
#include "model/capability.def"
#undef CAPABILITY
#undef RANGE
};

/* What a server says to syntax it doesn't know. */
#define ERROR_PARSE 1064

static bool covers(unsigned from, unsigned to, unsigned version)
{
	return version >= from && (!to || version < to);
}

static const struct range *find_range(const struct server *server, enum capability capability)
{
	for (size_t i = 0; i < COUNT(ranges); i++)
		if (ranges[i].capability == capability && ranges[i].flavour == server->flavour &&
		    covers(ranges[i].from, ranges[i].to, server->version))
			return &ranges[i];
	return NULL;
}

enum support server_can(const struct server *server, enum capability capability)
{
	const struct range *range = find_range(server, capability);
	return range ? range->support : SUPPORT_REFUSED;
}

int server_refusal(const struct server *server, enum capability capability)
{
	const struct range *range = find_range(server, capability);
	return range ? range->error_number : ERROR_PARSE;
}

const char *capability_text(enum capability capability)
{
	return capability_texts[capability];
}

/*
 * The first general release of each series: what "mysql 8.0" stands for. Sources: the "Changes in …
 * (General Availability)" pages of the MySQL release notes and MariaDB's release pages marked
 * "Stable (GA)". A series that is not listed stands for its patch level 0. MySQL 8.0 went on gaining
 * features for years: it stands for 8.0.16, the first that keeps CHECK constraints, since language.md's
 * example is to mean what it says on it. Who means an older or a newer one writes the patch level.
 */
static const struct series {
	enum flavour flavour;
	unsigned series, patch;
} first_releases[] = {
	{ FLAVOUR_MYSQL, 505, 8 },    { FLAVOUR_MYSQL, 506, 10 },   { FLAVOUR_MYSQL, 507, 9 },
	{ FLAVOUR_MYSQL, 800, 16 },   { FLAVOUR_MARIADB, 1002, 6 }, { FLAVOUR_MARIADB, 1003, 7 },
	{ FLAVOUR_MARIADB, 1004, 6 }, { FLAVOUR_MARIADB, 1005, 4 }, { FLAVOUR_MARIADB, 1006, 3 },
	{ FLAVOUR_MARIADB, 1007, 2 }, { FLAVOUR_MARIADB, 1008, 3 }, { FLAVOUR_MARIADB, 1009, 2 },
	{ FLAVOUR_MARIADB, 1010, 2 }, { FLAVOUR_MARIADB, 1011, 2 }, { FLAVOUR_MARIADB, 1100, 2 },
	{ FLAVOUR_MARIADB, 1101, 2 }, { FLAVOUR_MARIADB, 1102, 2 }, { FLAVOUR_MARIADB, 1103, 2 },
	{ FLAVOUR_MARIADB, 1104, 2 }, { FLAVOUR_MARIADB, 1105, 2 }, { FLAVOUR_MARIADB, 1106, 2 },
	{ FLAVOUR_MARIADB, 1107, 2 }, { FLAVOUR_MARIADB, 1108, 2 }, { FLAVOUR_MARIADB, 1200, 2 },
	{ FLAVOUR_MARIADB, 1201, 2 },
};

static unsigned first_release(enum flavour flavour, unsigned series)
{
	for (size_t i = 0; i < COUNT(first_releases); i++)
		if (first_releases[i].flavour == flavour && first_releases[i].series == series)
			return first_releases[i].patch;
	return 0;
}

/*
 * Settings by version, the last row that applies wins. Defaults of the programs started with
 * --no-defaults, shown by tests/server; a packager's option file is read from the connection.
 */
struct setting_row {
	enum flavour flavour;
	unsigned from;
	const char *charset, *collation;
	bool explicit_defaults_for_timestamp, restrict_fk, large_prefix;
};

static const struct setting_row settings[] = {
	{ FLAVOUR_MYSQL, 0, "latin1", "latin1_swedish_ci", false, false, false },
	{ FLAVOUR_MYSQL, 50707, "latin1", "latin1_swedish_ci", false, false, true },
	{ FLAVOUR_MYSQL, 80001, "utf8mb4", "utf8mb4_0900_ai_ci", false, false, true },
	{ FLAVOUR_MYSQL, 80002, "utf8mb4", "utf8mb4_0900_ai_ci", true, false, true },
	{ FLAVOUR_MYSQL, 80400, "utf8mb4", "utf8mb4_0900_ai_ci", true, true, true },
	{ FLAVOUR_MARIADB, 0, "latin1", "latin1_swedish_ci", false, false, true },
	{ FLAVOUR_MARIADB, 101000, "latin1", "latin1_swedish_ci", true, false, true },
	{ FLAVOUR_MARIADB, 110600, "utf8mb4", "utf8mb4_uca1400_ai_ci", true, false, true },
};

void server_defaults(struct context *ctx, struct server *server, enum flavour flavour,
		     unsigned version)
{
	*server = (struct server){ .flavour = flavour, .version = version };
	for (size_t i = 0; i < COUNT(settings); i++) {
		const struct setting_row *row = &settings[i];
		if (row->flavour != flavour || version < row->from)
			continue;
		server->default_charset = ctx_name(ctx, row->charset);
		server->default_collation = ctx_name(ctx, row->collation);
		server->explicit_defaults_for_timestamp = row->explicit_defaults_for_timestamp;
		server->restrict_fk_on_non_standard_key = row->restrict_fk;
		server->large_prefix = row->large_prefix;
	}
	server->default_engine = ctx_name(ctx, "InnoDB");
}

/* Digits at *text, at most `max`; moves on behind them. */
static bool read_number(const char **text, unsigned max, unsigned *number)
{
	const char *p = *text;
	*number = 0;
	if (*p < '0' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		*number = *number * 10 + (unsigned)(*p - '0');
		if (*number > max)
			return false;
	}
	*text = p;
	return true;
}

bool server_parse(struct context *ctx, struct server *server, const char *flavour_word,
		  const char *version_text)
{
	enum flavour flavour;
	if (word_equal(flavour_word, "mysql"))
		flavour = FLAVOUR_MYSQL;
	else if (word_equal(flavour_word, "mariadb"))
		flavour = FLAVOUR_MARIADB;
	else
		return false;

	unsigned major, minor = 0, patch;
	const char *p = version_text;
	if (!read_number(&p, 99, &major) || *p++ != '.' || !read_number(&p, 99, &minor))
		return false;
	if (*p == '.') {
		p++;
		if (!read_number(&p, 99, &patch))
			return false;
	} else {
		patch = first_release(flavour, major * 100 + minor);
	}
	if (*p)
		return false;
	server_defaults(ctx, server, flavour, major * 10000 + minor * 100 + patch);
	return true;
}

void server_print(struct buf *out, const struct server *server)
{
	buf_printf(out, "%s %u.%u.%u", server->flavour == FLAVOUR_MYSQL ? "mysql" : "mariadb",
		   server->version / 10000, server->version / 100 % 100, server->version % 100);
}
