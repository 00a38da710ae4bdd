/*
 * normalise: SHOW CREATE TABLE, so that equal tables have equal text.
 *
 * Applied to both sides alike. It takes away the AUTO_INCREMENT value, and an explicit charset or
 * collation of a column that is the table's own, and sorts the lines of keys and constraints. Two
 * things that a server shows as somebody typed them, letter case, blanks and all, lose these: the
 * options of engines on MariaDB, and what a table is partitioned by on MySQL 5.6.
 */
#ifndef AUTOGEN_TESTS_CORPUS_NORMALISE_H
#define AUTOGEN_TESTS_CORPUS_NORMALISE_H

/* In place; never longer than it was. `collation` is the table's. */
void normalise_show_create(char *text, const char *collation);

#endif
