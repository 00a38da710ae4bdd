#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cli/secret.h"

struct option_row {
	const char *name;
	char letter;
	const char *argument, *commands, *help;
};

static const struct option_row option_rows[OPT_COUNT] = {
#define OPTION(id, name, letter, argument, commands, help) \
	[id] = { name, letter, argument, commands, help },
#include "cli/option.def"
#undef OPTION
};

bool option_belongs(enum option_id id, const char *command)
{
	const char *commands = option_rows[id].commands;
	if (!strcmp(commands, "*"))
		return true;
	size_t len = strlen(command);
	for (const char *at = strstr(commands, command); at; at = strstr(at + 1, command))
		if (at[-1] == ' ' && at[len] == ' ')
			return true;
	return false;
}

/* The option of that long name, or of a unique beginning of it; OPT_COUNT when there is none, or
 * when there are several (*matches). */
static enum option_id find_long(const char *name, unsigned *matches)
{
	enum option_id found = OPT_COUNT;
	size_t len = strlen(name);
	*matches = 0;
	for (int id = 0; id < OPT_COUNT && len; id++) {
		if (strncmp(option_rows[id].name, name, len) != 0)
			continue;
		if (option_rows[id].name[len] == '\0')
			return (enum option_id)id;
		found = (enum option_id)id;
		++*matches;
	}
	return *matches == 1 ? found : OPT_COUNT;
}

static enum option_id find_letter(char letter)
{
	for (int id = 0; id < OPT_COUNT; id++)
		if (option_rows[id].letter == letter)
			return (enum option_id)id;
	return OPT_COUNT;
}

static bool unknown_option(struct context *ctx, const char *word, const char *name)
{
	const char *names[OPT_COUNT];
	for (int id = 0; id < OPT_COUNT; id++)
		names[id] = option_rows[id].name;
	struct diag *diag = ctx_error(ctx, "usage", span_none(), "unknown option '%s'", word);
	const char *near = name ? diag_suggest(name, names, OPT_COUNT) : NULL;
	if (near)
		ctx_hint(ctx, diag, "did you mean '--%s'?", near);
	else
		ctx_hint(ctx, diag, "autogen help COMMAND lists them");
	return false;
}

static bool ambiguous_option(struct context *ctx, const char *word, const char *name)
{
	struct diag *diag =
		ctx_error(ctx, "usage", span_none(), "option '%s' could be several", word);
	for (int id = 0; id < OPT_COUNT; id++)
		if (!strncmp(option_rows[id].name, name, strlen(name)))
			ctx_hint(ctx, diag, "--%s", option_rows[id].name);
	return false;
}

struct parse {
	struct context *ctx;
	struct arena *arena;
	struct options *options;
	char **argv;
	int argc, at;
};

/* The value stands in `rest`, or is the next word. */
static bool take_value(struct parse *parse, enum option_id id, const char *shown, char *rest)
{
	if (!option_rows[id].argument) {
		if (rest)
			ctx_error(parse->ctx, "usage", span_none(), "option '%s' takes no argument",
				  shown);
		parse->options->value[id] = "";
		return !rest;
	}
	if (!rest) {
		if (parse->at + 1 >= parse->argc) {
			ctx_error(parse->ctx, "usage", span_none(),
				  "option '%s' needs an argument: %s", shown,
				  option_rows[id].argument);
			return false;
		}
		rest = parse->argv[++parse->at];
	}
	const char *before = parse->options->value[id];
	parse->options->value[id] = before && strstr(option_rows[id].argument, "...")
					    ? arena_printf(parse->arena, "%s,%s", before, rest)
					    : arena_strdup(parse->arena, rest);
	/* the process list shows argv to every user */
	if (id == OPT_DATABASE)
		secret_mask(rest);
	return true;
}

static bool parse_long(struct parse *parse, char *word)
{
	char *equals = strchr(word, '=');
	/* without the value: that may be a URL with a password */
	const char *shown =
		equals ? arena_strndup(parse->arena, word, (size_t)(equals - word)) : word;
	unsigned matches;
	enum option_id id = find_long(shown + 2, &matches);
	if (matches > 1 && id == OPT_COUNT)
		return ambiguous_option(parse->ctx, shown, shown + 2);
	if (id == OPT_COUNT)
		return unknown_option(parse->ctx, shown, shown + 2);
	return take_value(parse, id, shown, equals ? equals + 1 : NULL);
}

static bool parse_short(struct parse *parse, char *word)
{
	for (char *letter = word + 1; *letter; letter++) {
		enum option_id id = find_letter(*letter);
		const char *shown = arena_printf(parse->arena, "-%c", *letter);
		if (id == OPT_COUNT)
			return unknown_option(parse->ctx, shown, NULL);
		bool takes = option_rows[id].argument != NULL;
		if (!take_value(parse, id, shown, takes && letter[1] ? letter + 1 : NULL))
			return false;
		if (takes)
			break;
	}
	return true;
}

/* -1, -2 … are targets of downgrade, not options. */
static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] && !(word[1] >= '0' && word[1] <= '9');
}

/* The command, or an argument of it. */
static bool take_word(struct parse *parse, const char *word)
{
	if (strstr(word, "://")) {
		/* not shown: there may be a password in it */
		ctx_error(parse->ctx, "usage", span_none(),
			  "a database URL goes behind '--database'");
		return false;
	}
	if (!parse->options->command)
		parse->options->command = arena_strdup(parse->arena, word);
	else
		LIST_PUSH(parse->arena, &parse->options->arguments,
			  arena_strdup(parse->arena, word));
	return true;
}

static bool check_belonging(struct context *ctx, const struct options *options)
{
	if (!options->command)
		return true;
	bool ok = true;
	for (int id = 0; id < OPT_COUNT; id++) {
		if (!options->value[id] || option_belongs((enum option_id)id, options->command))
			continue;
		struct diag *diag =
			ctx_error(ctx, "usage", span_none(), "'--%s' is not an option of '%s'",
				  option_rows[id].name, options->command);
		ctx_hint(ctx, diag, "autogen help %s", options->command);
		ok = false;
	}
	return ok;
}

bool options_parse(struct context *ctx, struct arena *arena, int argc, char **argv,
		   struct options *options)
{
	*options = (struct options){ 0 };
	struct parse parse = { ctx, arena, options, argv, argc, 1 };
	bool only_arguments = false;
	for (; parse.at < argc; parse.at++) {
		char *word = argv[parse.at];
		bool ok = true;
		if (!only_arguments && !strcmp(word, "--"))
			only_arguments = true;
		else if (!only_arguments && !strncmp(word, "--", 2))
			ok = parse_long(&parse, word);
		else if (!only_arguments && is_option(word))
			ok = parse_short(&parse, word);
		else
			ok = take_word(&parse, word);
		if (!ok)
			return false;
	}
	/* `autogen -m "message"` is short for `autogen revision -m "message"` */
	if (!options->command && option_given(options, OPT_MESSAGE))
		options->command = "revision";
	return check_belonging(ctx, options);
}

bool option_number(struct context *ctx, const struct options *options, enum option_id id,
		   unsigned fallback, unsigned *number)
{
	*number = fallback;
	const char *text = options->value[id];
	if (!text)
		return true;
	char *end;
	unsigned long value = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end || value > 1000000) {
		ctx_error(ctx, "usage", span_none(), "'--%s' takes a number, not '%s'",
			  option_rows[id].name, text);
		return false;
	}
	*number = (unsigned)value;
	return true;
}

void options_help(struct buf *out, const char *command)
{
	for (int id = 0; id < OPT_COUNT; id++) {
		const struct option_row *row = &option_rows[id];
		bool global = !strcmp(row->commands, "*");
		if (command ? global || !option_belongs((enum option_id)id, command) : !global)
			continue;
		struct buf left = { 0 };
		if (row->letter)
			buf_printf(&left, "-%c, ", row->letter);
		else
			buf_add(&left, "    ");
		buf_printf(&left, "--%s", row->name);
		if (row->argument)
			buf_printf(&left, " %s", row->argument);
		buf_printf(out, "  %-28s %s\n", buf_text(&left), row->help);
		buf_free(&left);
	}
}
