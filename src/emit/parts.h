/*
 * parts: SQL text of the parts of tables. Internal to src/emit.
 *
 * The same text serves CREATE TABLE and the clauses of ALTER TABLE. Where flavours
 * spell a thing differently the targets decide; where no spelling serves them all,
 * sql_statement() has refused before.
 */
#ifndef AUTOGEN_EMIT_PARTS_H
#define AUTOGEN_EMIT_PARTS_H

#include "model/schema.h"

struct buf;

bool parts_any_target(const struct server_list *targets, enum flavour flavour);

/* "CHARACTER SET x COLLATE y" */
/* `words` and the collation; `binary` in backquotes: 5.6 and MariaDB 10.5 refuse the bare word there. */
void parts_collation(struct buf *out, const char *words, const struct name *collation);
void parts_charset(struct buf *out, const struct name *charset, const struct name *collation);
/* "`name` type …", as sql_column() with the name before it. */
void parts_column(struct buf *out, const struct server_list *targets, const struct column *column);
/* "PRIMARY KEY (`a`)", "UNIQUE INDEX `name` (`a`(10), `b` DESC) COMMENT 'x'" */
void parts_index(struct buf *out, const struct server_list *targets, const struct index *index);
/* "CONSTRAINT `name` FOREIGN KEY …" */
void parts_foreign_key(struct buf *out, const struct foreign_key *key);
/* "CONSTRAINT `name` CHECK (…)" */
void parts_check(struct buf *out, const struct check *check);
/* "PERIOD FOR `name` (`from`, `to`)"; the second without the columns */
void parts_period(struct buf *out, const struct period *period);
void parts_period_name(struct buf *out, const struct period *period);
/* "ROW_FORMAT=dynamic"; value NULL: what makes an absent one of it. */
void parts_option(struct buf *out, enum tree_attr_kind kind, const char *value);
/* Its name alone, in the case in which it is shown. */
void parts_option_name(struct buf *out, enum tree_attr_kind kind);
/* "PARTITION BY …", on several lines; NULL: "REMOVE PARTITIONING". */
void parts_partition(struct buf *out, const struct tree_partition *partition);
/* The clause of an ALTER TABLE that does nothing else: "ADD PARTITION (…)" (diff/partition.h). */
void parts_partition_step(struct buf *out, const struct tree_partition *before,
			  const struct tree_partition *after);
void parts_string(struct buf *out, const char *text);
/* The spelling of an attribute in capitals. */
void parts_keyword(struct buf *out, const char *word);

#endif
