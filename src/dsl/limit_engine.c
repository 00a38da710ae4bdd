#include "dsl/limit_engine.h"

#include "base/buf.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum feature {
#define FEATURE(feature, words) feature,
#include "model/engine_lack.def"
};

static const char *const words_of[] = {
#define FEATURE(feature, words) words,
#include "model/engine_lack.def"
};

static const struct {
	enum feature feature;
	const char *engine;
	unsigned mysql, mariadb;
} lacks[] = {
#define LACK(feature, engine, mysql, mariadb) { feature, engine, mysql, mariadb },
#include "model/engine_lack.def"
};

struct limit {
	struct resolver *r;
	const struct table *table;
};

/* The error that the server answers; 0: it takes it. */
static unsigned refusal(const struct limit *l, enum feature feature)
{
	for (size_t i = 0; i < COUNT(lacks); i++)
		if (lacks[i].feature == feature &&
		    word_equal(l->table->engine->text, lacks[i].engine))
			return l->r->server->flavour == FLAVOUR_MYSQL ? lacks[i].mysql
								      : lacks[i].mariadb;
	return 0;
}

/* `what`: the column or key that is of the kind, or the table. */
static void refuse(const struct limit *l, enum feature feature, unsigned error, struct span span,
		   const struct name *what)
{
	struct diag *diag =
		scope_error(l->r, "engine", span, "engine %s has no %s, such as '%s' (error %u)",
			    l->table->engine->text, words_of[feature], what->text, error);
	ctx_hint(l->r->ctx, diag, "leave it out, or engine InnoDB");
}

static void check_engine(const struct limit *l)
{
	const struct table *table = l->table;
	unsigned error = refusal(l, LACK_ENGINE);
	struct buf server = { 0 };
	if (!error)
		return;
	server_print(&server, l->r->server);
	scope_error(l->r, "engine", table->span,
		    "%s has no engine %s, which table '%s' is of (error %u)", buf_text(&server),
		    table->engine->text, table->name->text, error);
	buf_free(&server);
}

static void check(const struct limit *l, enum feature feature, bool has, struct span span,
		  const struct name *what)
{
	unsigned error = has ? refusal(l, feature) : 0;
	if (error)
		refuse(l, feature, error, span, what);
}

static bool is_blob(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	return class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON;
}

static void check_column(const struct limit *l, const struct column *column)
{
	const struct {
		enum feature feature;
		bool has;
	} features[] = {
		{ LACK_GENERATED, column->generated != NULL },
		{ LACK_DEFAULT_EXPR, column->default_kind == DEFAULT_EXPR },
		{ LACK_BLOB, is_blob(column) },
		{ LACK_VECTOR, column->type.id == TYPE_VECTOR },
		{ LACK_SPATIAL, type_class(&column->type) == CLASS_SPATIAL },
		{ LACK_NULL, column->nullable },
		{ LACK_AUTO_INCREMENT, column->auto_increment },
	};
	for (size_t i = 0; i < COUNT(features); i++)
		check(l, features[i].feature, features[i].has, column->span, column->name);
}

static bool is_descending(const struct index *index)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].desc)
			return true;
	return false;
}

static bool is_counted(const struct limit *l, const struct index *index)
{
	const struct name *name = index->parts.items[0].column;
	const struct column *column = name ? table_column(l->table, name) : NULL;
	return index->parts.n == 1 && column && column->auto_increment;
}

/* Made for a foreign key: the judge has a word for that (FK_CHILD_KEYLESS). */
static bool is_of_foreign_key(const struct limit *l, const struct index *index)
{
	for (size_t i = 0; i < l->table->foreign_keys.n; i++) {
		struct span span = l->table->foreign_keys.items[i]->span;
		if (span.src == index->span.src && span.start == index->span.start)
			return true;
	}
	return false;
}

static void check_key(const struct limit *l, const struct index *index)
{
	bool btree =
		index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE || index->kind == KEY_INDEX;
	const struct {
		enum feature feature;
		bool has;
	} features[] = {
		{ LACK_KEY, !is_of_foreign_key(l, index) },
		{ LACK_PLAIN_KEY, btree && !is_counted(l, index) },
		{ LACK_FULLTEXT, index->kind == KEY_FULLTEXT },
		{ LACK_SPATIAL_KEY, index->kind == KEY_SPATIAL },
		{ LACK_VECTOR_KEY, index->kind == KEY_VECTOR },
		{ LACK_DESC, is_descending(index) },
	};
	for (size_t i = 0; i < COUNT(features); i++)
		check(l, features[i].feature, features[i].has, index->span, index->name);
}

/* Since 8.0 MySQL leaves partitioning to the engine. */
static void check_partition(const struct limit *l)
{
	const struct table *table = l->table;
	bool native = word_equal(table->engine->text, "InnoDB") ||
		      word_equal(table->engine->text, "ndbcluster");
	unsigned error = refusal(l, LACK_PARTITION);
	if (!error && !native)
		error = (unsigned)server_refusal(l->r->server, CAP_PARTITION_ANY_ENGINE);
	if (table->partition && error)
		refuse(l, LACK_PARTITION, error, table->partition->span, table->name);
}

void limit_engine(struct resolver *r, const struct table *table)
{
	const struct limit limit = { r, table };
	check_engine(&limit);
	for (size_t i = 0; i < table->columns.n; i++)
		check_column(&limit, table->columns.items[i]);
	for (size_t i = 0; i < table->indexes.n; i++)
		check_key(&limit, table->indexes.items[i]);
	check_partition(&limit);
}
