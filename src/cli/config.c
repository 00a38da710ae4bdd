#include "cli/config.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/hooks.h"
#include "cli/secret.h"
#include "revision/file_name.h"

static const struct config_row {
	const char *name, *fallback;
} config_rows[CONFIG_COUNT] = {
#define KEY(id, name, fallback, help) [id] = { name, fallback },
#include "cli/config.def"
#undef KEY
};

/* One line or, with its indented continuations, several. */
struct setting {
	struct span key_span, value_span;
	const char *key, *value;
};

enum section { SECTION_NONE, SECTION_OURS, SECTION_OTHER_ENV, SECTION_HOOKS, SECTION_UNKNOWN };

struct reader {
	struct context *ctx;
	struct arena *arena;
	struct config *config;
	const char *text;
	const struct source *src; /* the same text, passwords masked: messages show lines of it */
	const char *env;          /* NULL: none asked for */
	bool env_found;
	struct {
		const char **items;
		size_t n, cap;
	} envs;
	enum section section;
	bool over;                      /* the section is the environment's */
	struct span seen[CONFIG_COUNT]; /* keys of the section */
	bool from_env[CONFIG_COUNT];
	bool ok;
};

static struct span span_of(const struct reader *reader, const char *start, const char *end)
{
	return (struct span){ reader->src, (uint32_t)(start - reader->text),
			      (uint32_t)(end - reader->text) };
}

__attribute__((format(printf, 3, 4))) static struct diag *
refuse(struct reader *reader, struct span span, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct diag *diag = ctx_error(reader->ctx, "config", span, "%s",
				      arena_vprintf(reader->arena, format, args));
	va_end(args);
	reader->ok = false;
	return diag;
}

static const char *find_upwards(struct arena *arena, const char *name)
{
	char folder[PATH_MAX];
	if (!getcwd(folder, sizeof(folder)))
		return NULL;
	const char *prefix = "";
	for (;;) {
		const char *path = arena_printf(arena, "%s/%s", folder, name);
		if (file_exists(path))
			return arena_printf(arena, "%s%s", prefix, name);
		char *slash = strrchr(folder, '/');
		if (!slash || slash == folder)
			return NULL;
		*slash = '\0';
		prefix = arena_printf(arena, "../%s", prefix);
	}
}

static const char *expand_variable(struct context *ctx, struct arena *arena, const char **at,
				   struct span span)
{
	const char *name = *at + 2, *end = strchr(name, '}');
	if (!end) {
		ctx_error(ctx, "config", span, "'${' needs its '}'");
		return NULL;
	}
	*at = end + 1;
	name = arena_strndup(arena, name, (size_t)(end - name));
	const char *value = getenv(name);
	if (!value)
		ctx_error(ctx, "config", span, "environment variable '%s' is not set", name);
	return value;
}

/* Replaces %(here)s, %% and ${VARIABLE}. */
static const char *expand(struct context *ctx, struct arena *arena, const char *here, const char *p,
			  struct span span)
{
	struct buf out = { 0 };
	while (p && *p) {
		if (!strncmp(p, "%(here)s", 8)) {
			buf_add(&out, here);
			p += 8;
		} else if (!strncmp(p, "%(", 2)) {
			struct diag *diag =
				ctx_error(ctx, "config", span, "only %%(here)s is known here");
			ctx_hint(ctx, diag,
				 "a percent sign is %%%%, an environment variable ${NAME}");
			p = NULL;
		} else if (!strncmp(p, "%%", 2)) {
			buf_add_char(&out, '%');
			p += 2;
		} else if (!strncmp(p, "${", 2)) {
			const char *value = expand_variable(ctx, arena, &p, span);
			if (value)
				buf_add(&out, value);
			else
				p = NULL;
		} else {
			buf_add_char(&out, *p++);
		}
	}
	if (!p) {
		buf_free(&out);
		return NULL;
	}
	return buf_arena(&out, arena);
}

const char *config_expand(struct context *ctx, struct arena *arena, const struct config *config,
			  enum config_key key)
{
	return expand(ctx, arena, config->here, config->value[key], config->place[key]);
}

static int find_key(const char *name)
{
	int id = 0;
	while (id < CONFIG_COUNT && strcmp(config_rows[id].name, name) != 0)
		id++;
	return id;
}

static void unknown_key(struct reader *reader, const struct setting *setting)
{
	const char *names[CONFIG_COUNT];
	for (int id = 0; id < CONFIG_COUNT; id++)
		names[id] = config_rows[id].name;
	struct diag *diag = refuse(reader, setting->key_span, "unknown key '%s'", setting->key);
	const char *near = diag_suggest(setting->key, names, CONFIG_COUNT);
	if (near)
		ctx_hint(reader->ctx, diag, "did you mean '%s'?", near);
}

static void set_twice(struct reader *reader, const struct setting *setting, struct span first)
{
	struct diag *diag = refuse(reader, setting->key_span, "'%s' is set twice", setting->key);
	ctx_place(reader->ctx, diag, first, "the first");
}

static void take_hook_setting(struct reader *reader, const struct setting *setting)
{
	struct config *config = reader->config;
	if (!hooks_is_key(setting->key)) {
		struct diag *diag =
			refuse(reader, setting->key_span, "unknown key '%s'", setting->key);
		const char *near = hooks_suggest(reader->arena, setting->key);
		if (near)
			ctx_hint(reader->ctx, diag, "did you mean '%s'?", near);
		return;
	}
	for (size_t i = 0; i < config->hooks.n; i++) {
		if (strcmp(config->hooks.items[i].key, setting->key) != 0)
			continue;
		set_twice(reader, setting, config->hooks.items[i].key_place);
		return;
	}
	struct config_entry entry = { setting->key, setting->value, setting->key_span,
				      setting->value_span };
	LIST_PUSH(reader->arena, &config->hooks, entry);
}

static void take_setting(struct reader *reader, const struct setting *setting)
{
	if (reader->section == SECTION_UNKNOWN)
		return;
	if (reader->section == SECTION_HOOKS) {
		take_hook_setting(reader, setting);
		return;
	}
	int id = find_key(setting->key);
	if (id == CONFIG_COUNT) {
		unknown_key(reader, setting);
		return;
	}
	if (reader->seen[id].src) {
		set_twice(reader, setting, reader->seen[id]);
		return;
	}
	reader->seen[id] = setting->key_span;
	if (reader->section != SECTION_OURS || (reader->from_env[id] && !reader->over))
		return;
	reader->config->value[id] = setting->value;
	reader->config->place[id] = setting->value_span;
	reader->from_env[id] = reader->over;
}

static void take_section(struct reader *reader, const char *start, const char *end)
{
	const char *close = memchr(start, ']', (size_t)(end - start));
	memset(reader->seen, 0, sizeof(reader->seen));
	reader->section = SECTION_UNKNOWN;
	if (!close) {
		refuse(reader, span_of(reader, start, end), "a section needs its ']'");
		return;
	}
	const char *name = arena_strndup(reader->arena, start + 1, (size_t)(close - start - 1));
	reader->over = !strncmp(name, "env.", 4);
	if (reader->over) {
		bool wanted = reader->env && !strcmp(name + 4, reader->env);
		reader->section = wanted ? SECTION_OURS : SECTION_OTHER_ENV;
		reader->env_found = reader->env_found || wanted;
		LIST_PUSH(reader->arena, &reader->envs, name + 4);
	} else if (!strcmp(name, "autogen")) {
		reader->section = SECTION_OURS;
	} else if (!strcmp(name, "post_write_hooks")) {
		reader->section = SECTION_HOOKS;
	} else {
		struct diag *diag = refuse(reader, span_of(reader, start, close + 1),
					   "unknown section '%s'", name);
		ctx_hint(reader->ctx, diag,
			 "sections are [autogen], [env.NAME] and [post_write_hooks]");
	}
}

static const char *trim(const char *start, const char *end)
{
	while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	return end;
}

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

static const char *line_end(const char *p)
{
	const char *newline = strchr(p, '\n');
	return newline ? newline : p + strlen(p);
}

/* An indented line goes on with the value above; one that looks like a setting is a slip. */
static void check_continuation(struct reader *reader, const char *start, const char *end)
{
	const char *key_end = start + strspn(start, "abcdefghijklmnopqrstuvwxyz_");
	const char *sign = skip_blanks(key_end);
	if ((*sign != '=' && *sign != ':') ||
	    find_key(arena_strndup(reader->arena, start, (size_t)(key_end - start))) ==
		    CONFIG_COUNT)
		return;
	struct diag *diag = refuse(reader, span_of(reader, start, end),
				   "an indented line goes on with the value above it");
	ctx_hint(reader->ctx, diag, "begin it at the start of the line");
}

/* The value from `*end_of_first` on, continuations joined with blanks; gives the line after it. */
static const char *read_value(struct reader *reader, struct setting *setting, const char *value,
			      const char *end)
{
	struct buf text = { 0 };
	buf_add_bytes(&text, value, (size_t)(trim(value, end) - value));
	const char *next = *end ? end + 1 : end;
	while (*next == ' ' || *next == '\t') {
		const char *more = skip_blanks(next);
		end = line_end(more);
		const char *more_end = trim(more, end);
		if (more_end == more)
			break;
		check_continuation(reader, more, more_end);
		if (text.len)
			buf_add_char(&text, ' ');
		buf_add_bytes(&text, more, (size_t)(more_end - more));
		next = *end ? end + 1 : end;
	}
	setting->value = buf_arena(&text, reader->arena);
	return next;
}

/* Reads one setting that begins at `line`; gives the start of the line after it. */
static const char *read_setting(struct reader *reader, const char *line)
{
	const char *end = line_end(line);
	const char *sign = line + strcspn(line, "=:\n");
	if (sign >= end) {
		if (reader->section != SECTION_UNKNOWN)
			refuse(reader, span_of(reader, line, trim(line, end)),
			       "expected 'key = value'");
		return *end ? end + 1 : end;
	}
	struct setting setting;
	const char *key_end = trim(line, sign);
	setting.key = arena_strndup(reader->arena, line, (size_t)(key_end - line));
	setting.key_span = span_of(reader, line, key_end);
	const char *value = skip_blanks(sign + 1);
	if (trim(value, end) > value)
		setting.value_span = span_of(reader, value, trim(value, end));
	else
		setting.value_span = setting.key_span;
	const char *next = read_value(reader, &setting, value, end);
	take_setting(reader, &setting);
	return next;
}

static void unknown_env(struct reader *reader)
{
	struct diag *diag = refuse(reader, span_none(), "'%s' has no section [env.%s]",
				   reader->config->path, reader->env);
	for (size_t i = 0; i < reader->envs.n; i++)
		ctx_hint(reader->ctx, diag, "-e %s", reader->envs.items[i]);
}

static void read_text(struct reader *reader)
{
	const char *p = reader->text;
	if (!strncmp(p, "\xef\xbb\xbf", 3))
		p += 3;
	while (*p) {
		const char *end = line_end(p);
		const char *start = skip_blanks(p);
		if (trim(start, end) <= start || *start == '#' || *start == ';') {
			p = *end ? end + 1 : end;
		} else if (*start == '[') {
			take_section(reader, start, trim(start, end));
			p = *end ? end + 1 : end;
		} else if (reader->section == SECTION_NONE) {
			struct diag *diag = refuse(reader, span_of(reader, start, trim(start, end)),
						   "a setting before any section");
			ctx_hint(reader->ctx, diag, "[autogen]");
			return;
		} else {
			p = read_setting(reader, start);
		}
	}
	if (reader->env && !reader->env_found)
		unknown_env(reader);
}

static const struct {
	enum config_key key;
	const char *word;
} choices[] = {
#define CHOICE(id, word) { id, word },
#include "cli/config.def"
#undef CHOICE
};

#define N_CHOICES (sizeof(choices) / sizeof(*choices))

/* Is the value one of the words that its key takes? */
static void check_choice(struct reader *reader, enum config_key key)
{
	const char *value = reader->config->value[key];
	const char *words[N_CHOICES];
	size_t n = 0;
	for (size_t i = 0; i < N_CHOICES; i++)
		if (choices[i].key == key)
			words[n++] = choices[i].word;
	if (!n || !*value)
		return;
	struct buf list = { 0 };
	bool known = false;
	for (size_t i = 0; i < n; i++) {
		known |= !strcmp(value, words[i]);
		buf_printf(&list, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", words[i]);
	}
	if (!known) {
		struct diag *diag =
			refuse(reader, reader->config->place[key], "'%s' is %s, not '%s'",
			       config_rows[key].name, buf_text(&list), value);
		const char *near = diag_suggest(value, words, n);
		if (near)
			ctx_hint(reader->ctx, diag, "did you mean '%s'?", near);
	}
	buf_free(&list);
}

/* Expands every value but the database's (only who connects needs its variables). */
static bool expand_values(struct context *ctx, struct arena *arena, struct config *config)
{
	for (int id = 0; id < CONFIG_COUNT; id++) {
		if (id == CONFIG_DATABASE || !config->value[id])
			continue;
		config->value[id] = config_expand(ctx, arena, config, (enum config_key)id);
		if (!config->value[id])
			return false;
	}
	/* a hook may run in another folder */
	char *folder = realpath(config->here, NULL);
	const char *here = folder ? arena_strdup(arena, folder) : config->here;
	free(folder);
	for (size_t i = 0; i < config->hooks.n; i++) {
		struct config_entry *entry = &config->hooks.items[i];
		entry->value = expand(ctx, arena, here, entry->value, entry->value_place);
		if (!entry->value)
			return false;
	}
	return true;
}

static void check_table_name(struct reader *reader, enum config_key key, const char *what)
{
	const char *name = reader->config->value[key];
	if (name && name_length(ctx_name(reader->ctx, name)) > 64)
		refuse(reader, reader->config->place[key], "%s's name has 64 characters at most",
		       what);
}

static void check_template(struct reader *reader)
{
	const char *template = reader->config->value[CONFIG_FILE_TEMPLATE];
	size_t at;
	const char *fault = file_name_fault(template, &at);
	if (!fault || !*template)
		return;
	struct diag *diag =
		refuse(reader, reader->config->place[CONFIG_FILE_TEMPLATE],
		       "'file_template' can't be used from '%s' on: %s", template + at, fault);
	ctx_hint(reader->ctx, diag,
		 "file_template = %%%%(year)d_%%%%(month).2d_%%%%(rev)s_%%%%(slug)s");
}

static void check_values(struct reader *reader)
{
	struct config *config = reader->config;
	for (int id = 0; id < CONFIG_COUNT; id++) {
		if (id == CONFIG_DATABASE || !config->value[id])
			continue;
		if (!*config->value[id] && id != CONFIG_IGNORE_TABLES)
			refuse(reader, config->place[id], "'%s' is empty", config_rows[id].name);
		check_choice(reader, (enum config_key)id);
	}
	check_table_name(reader, CONFIG_VERSION_TABLE, "a table");
	check_table_name(reader, CONFIG_VERSION_TABLE_SCHEMA, "a database");
	check_template(reader);
	const char *number = config->value[CONFIG_TRUNCATE_SLUG_LENGTH];
	if (*number &&
	    (number[strspn(number, "0123456789")] || strlen(number) > 3 || !atoi(number)))
		refuse(reader, config->place[CONFIG_TRUNCATE_SLUG_LENGTH],
		       "'truncate_slug_length' takes a number from 1 to 999, not '%s'", number);
	if (!hooks_check(reader->ctx, reader->arena, config))
		reader->ok = false;
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

/* The text with its passwords masked, of the same length. */
static const char *masked(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);
	for (char *line = copy, *end; line; line = end) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		secret_mask(line);
		if (end)
			*end++ = '\n';
	}
	return copy;
}

bool config_read(struct context *ctx, struct arena *arena, const char *path, const char *env,
		 struct config *config)
{
	*config = (struct config){ .here = "." };
	for (int id = 0; id < CONFIG_COUNT; id++)
		config->value[id] = config_rows[id].fallback;
	config->path = path ? path : find_upwards(arena, "autogen.ini");
	if (!config->path) {
		if (env)
			ctx_error(ctx, "config", span_none(),
				  "'-e %s' needs an autogen.ini with a section [env.%s]", env, env);
		return !env && expand_values(ctx, arena, config);
	}
	config->here = folder_of(arena, config->path);
	const char *text;
	size_t len;
	if (!file_read(ctx, arena, config->path, &text, &len))
		return false;
	if (strlen(text) != len) {
		ctx_error(ctx, "config", span_none(), "'%s' is no text: there is a NUL byte in it",
			  config->path);
		return false;
	}
	struct reader reader = {
		.ctx = ctx, .arena = arena, .config = config, .text = text, .env = env, .ok = true
	};
	reader.src = ctx_source(ctx, config->path, masked(arena, text), len);
	read_text(&reader);
	if (reader.ok)
		reader.ok = expand_values(ctx, arena, config);
	if (reader.ok)
		check_values(&reader);
	return reader.ok;
}
