/*
 * file_name: what the file of a revision is called.
 *
 * By Alembic's file_template: text with %(rev)s, %(slug)s, and of the date %(year)d,
 * %(month)02d, %(day).2d, %(hour)d, %(minute)d, %(second)d and %(epoch)d; `%%` is a
 * percent sign. An empty slug takes the `_` or `-` before it with it. `.sql` follows.
 */
#ifndef AUTOGEN_REVISION_FILE_NAME_H
#define AUTOGEN_REVISION_FILE_NAME_H

#include <stddef.h>
#include <time.h>

struct arena;

#define FILE_NAME_TEMPLATE "%(rev)s_%(slug)s"

struct file_name {
	const char *template;
	const char *id, *message; /* message NULL: none */
	unsigned truncate; /* most characters of the slug, cut at a word where there is one; 0: any */
	struct tm date;
	time_t epoch;      /* the same */
};

/* NULL, or what is wrong with a template (a static text), and where. */
const char *file_name_fault(const char *template, size_t *at);
/* Of a template without fault. The slug is the message in lower case, its words joined by `_`. */
const char *file_name_make(struct arena *arena, const struct file_name *name);

#endif
