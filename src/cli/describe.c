#include "cli/describe.h"

#include <string.h>

static void add_words(struct buf *out, const struct string_list *words)
{
	for (size_t i = 0; i < words->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", words->items[i]);
}

static void add_parents(struct buf *out, const struct revision *revision)
{
	if (!revision->down_revisions.n)
		buf_add(out, "<base>");
	add_words(out, &revision->down_revisions);
}

static bool is_current(const struct revision *revision, const struct string_list *rows)
{
	for (size_t i = 0; rows && i < rows->n; i++)
		if (!strcmp(rows->items[i], revision->id))
			return true;
	return false;
}

static void add_tree(struct buf *out, const struct revision *revision)
{
	if (graph_is_branch_point(revision))
		buf_add(out, " (branchpoint)");
	if (graph_is_merge_point(revision))
		buf_add(out, " (mergepoint)");
}

void describe_line(struct buf *out, const struct revision *revision, unsigned parts,
		   const struct string_list *rows)
{
	if (parts & DESCRIBE_PARENTS) {
		add_parents(out, revision);
		if (revision->depends_on.n) {
			buf_add(out, " (");
			add_words(out, &revision->depends_on);
			buf_add(out, ")");
		}
		buf_add(out, " -> ");
	}
	buf_add(out, revision->id);
	if (parts & DESCRIBE_LABELS && revision->labels.n) {
		buf_add(out, " (");
		add_words(out, &revision->labels);
		buf_add(out, ")");
	}
	if (graph_is_head(revision))
		buf_add(out, graph_is_end(revision) ? " (head)" : " (effective head)");
	if (is_current(revision, rows))
		buf_add(out, " (current)");
	if (parts & DESCRIBE_TREE)
		add_tree(out, revision);
	if (parts & DESCRIBE_MESSAGE)
		buf_printf(out, ", %s", revision->message ? revision->message : "");
}

static void add_line(struct buf *out, const char *key, const struct string_list *words)
{
	if (!words->n)
		return;
	buf_printf(out, "%s: ", key);
	add_words(out, words);
	buf_add(out, "\n");
}

static void add_children(struct buf *out, const struct revision *revision)
{
	if (!graph_is_branch_point(revision))
		return;
	buf_add(out, "Branches into: ");
	for (size_t i = 0; i < revision->children.n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", revision->children.items[i]->id);
	buf_add(out, "\n");
}

void describe_long(struct buf *out, const struct revision *revision, const struct string_list *rows)
{
	buf_printf(out, "Rev: %s%s", revision->id, graph_is_head(revision) ? " (head)" : "");
	add_tree(out, revision);
	buf_printf(out, "%s\n%s: ", is_current(revision, rows) ? " (current)" : "",
		   graph_is_merge_point(revision) ? "Merges" : "Parent");
	add_parents(out, revision);
	buf_add(out, "\n");
	add_line(out, "Also depends on", &revision->depends_on);
	add_children(out, revision);
	add_line(out, "Branch names", &revision->labels);
	buf_printf(out, "Path: %s\nCreate date: %s\n", revision->path,
		   revision->create_date ? revision->create_date : "");
	if (revision->compiled_for)
		buf_printf(out, "Compiled for: %s\n", revision->compiled_for);
	buf_printf(out, "\n    %s\n\n", revision->message ? revision->message : "");
}
