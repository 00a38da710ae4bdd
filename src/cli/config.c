#include "cli/config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

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

struct reader {
	struct context *ctx;
	struct arena *arena;
	struct config *config;
	const struct source *src;
	const char *env; /* NULL: none asked for */
	bool env_found;
	bool ours;       /* the section being read counts */
	bool over;       /* it is the environment's */
	bool from_env[CONFIG_COUNT];
	bool ok;
};

static struct span span_of(const struct reader *reader, const char *start, const char *end)
{
	return (struct span){ reader->src, (uint32_t)(start - reader->src->text),
			      (uint32_t)(end - reader->src->text) };
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

/* Replaces %(here)s, %% and ${VARIABLE}. NULL with a diagnostic. */
static const char *expand(struct reader *reader, const char *text, struct span span)
{
	struct buf out = { 0 };
	for (const char *p = text; *p;) {
		const char *end;
		if (!strncmp(p, "%(here)s", 8)) {
			buf_add(&out, reader->config->here);
			p += 8;
		} else if (!strncmp(p, "%%", 2)) {
			buf_add_char(&out, '%');
			p += 2;
		} else if (!strncmp(p, "${", 2) && (end = strchr(p, '}'))) {
			const char *name = arena_strndup(reader->arena, p + 2, (size_t)(end - p - 2));
			const char *value = getenv(name);
			if (!value) {
				ctx_error(reader->ctx, "config", span,
					  "environment variable '%s' is not set", name);
				buf_free(&out);
				return NULL;
			}
			buf_add(&out, value);
			p = end + 1;
		} else {
			buf_add_char(&out, *p++);
		}
	}
	return buf_arena(&out, reader->arena);
}

static void unknown_key(struct reader *reader, const struct setting *setting)
{
	const char *names[CONFIG_COUNT];
	for (int id = 0; id < CONFIG_COUNT; id++)
		names[id] = config_rows[id].name;
	struct diag *diag = ctx_error(reader->ctx, "config", setting->key_span, "unknown key '%s'",
				      setting->key);
	const char *near = diag_suggest(setting->key, names, CONFIG_COUNT);
	if (near)
		ctx_hint(reader->ctx, diag, "did you mean '%s'?", near);
	reader->ok = false;
}

static void take_setting(struct reader *reader, const struct setting *setting)
{
	int id = 0;
	while (id < CONFIG_COUNT && strcmp(config_rows[id].name, setting->key))
		id++;
	if (id == CONFIG_COUNT) {
		unknown_key(reader, setting);
		return;
	}
	if (!reader->ours || (reader->from_env[id] && !reader->over))
		return;
	const char *value = expand(reader, setting->value, setting->value_span);
	if (!value) {
		reader->ok = false;
		return;
	}
	reader->config->value[id] = value;
	reader->config->place[id] = setting->value_span;
	reader->from_env[id] = reader->over;
}

static void take_section(struct reader *reader, const char *start, const char *end)
{
	const char *close = memchr(start, ']', (size_t)(end - start));
	if (!close) {
		ctx_error(reader->ctx, "config", span_of(reader, start, end),
			  "a section needs its ']'");
		reader->ok = false;
		return;
	}
	const char *name = arena_strndup(reader->arena, start + 1, (size_t)(close - start - 1));
	bool env = !strncmp(name, "env.", 4);
	reader->over = env;
	reader->ours = !strcmp(name, "autogen") ||
		       (env && reader->env && !strcmp(name + 4, reader->env));
	if (env && reader->ours)
		reader->env_found = true;
	if (!env && !reader->ours) {
		struct diag *diag = ctx_error(reader->ctx, "config", span_of(reader, start, close + 1),
					      "unknown section '%s'", name);
		ctx_hint(reader->ctx, diag, "sections are [autogen] and [env.NAME]");
		reader->ok = false;
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

/* Reads one setting that begins at `line`; gives the start of the line after it. */
static const char *read_setting(struct reader *reader, const char *line)
{
	const char *end = line_end(line);
	const char *sign = line + strcspn(line, "=:\n");
	if (sign >= end) {
		ctx_error(reader->ctx, "config", span_of(reader, line, trim(line, end)),
			  "expected 'key = value'");
		reader->ok = false;
		return *end ? end + 1 : end;
	}
	struct setting setting;
	const char *key_end = trim(line, sign);
	setting.key = arena_strndup(reader->arena, line, (size_t)(key_end - line));
	setting.key_span = span_of(reader, line, key_end);
	const char *value = skip_blanks(sign + 1);
	const char *value_end = trim(value, end);
	if (value > end)
		value = value_end = end;
	setting.value_span = span_of(reader, value, value_end > value ? value_end : value + 1);
	struct buf text = { 0 };
	buf_add_bytes(&text, value, (size_t)(value_end > value ? value_end - value : 0));
	const char *next = *end ? end + 1 : end;
	while (*next == ' ' || *next == '\t') {
		const char *more = skip_blanks(next);
		end = line_end(more);
		if (trim(more, end) == more)
			break;
		buf_add_char(&text, ' ');
		buf_add_bytes(&text, more, (size_t)(trim(more, end) - more));
		next = *end ? end + 1 : end;
	}
	setting.value = buf_arena(&text, reader->arena);
	take_setting(reader, &setting);
	return next;
}

static bool read_file(struct reader *reader)
{
	const char *p = reader->src->text;
	bool in_section = false;
	while (*p) {
		const char *end = line_end(p);
		const char *start = skip_blanks(p);
		if (trim(start, end) <= start || *start == '#' || *start == ';') {
			p = *end ? end + 1 : end;
		} else if (*start == '[') {
			take_section(reader, start, trim(start, end));
			in_section = true;
			p = *end ? end + 1 : end;
		} else if (!in_section) {
			ctx_error(reader->ctx, "config", span_of(reader, start, trim(start, end)),
				  "a setting before any section");
			return false;
		} else {
			p = read_setting(reader, start);
		}
	}
	if (reader->env && !reader->env_found) {
		ctx_error(reader->ctx, "config", span_none(), "'%s' has no section [env.%s]",
			  reader->config->path, reader->env);
		return false;
	}
	return reader->ok;
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
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
		return !env;
	}
	config->here = folder_of(arena, config->path);
	const char *text;
	size_t len;
	if (!file_read(ctx, arena, config->path, &text, &len))
		return false;
	struct reader reader = { .ctx = ctx, .arena = arena, .config = config, .env = env, .ok = true };
	reader.src = ctx_source(ctx, config->path, text, strlen(text));
	return read_file(&reader);
}
