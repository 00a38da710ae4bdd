/*
 * normalise: SHOW CREATE TABLE, so that equal tables have equal text.
 *
 * Applied to both sides alike. It takes away the AUTO_INCREMENT value, an explicit charset or
 * collation of a column that is the table's own, and behind another charset an explicit collation
 * that is the charset's default: MySQL 8 and later show it where somebody wrote it, and tell it in
 * no other way. It sorts the lines of keys and constraints. Two things that a server shows as
 * somebody typed them, letter case, blanks and all, lose these: the options of engines on MariaDB
 * (`encrypted`=YES, and behind a partition's ENGINE), and what a table is partitioned by on MySQL 5.6 (PARTITION BY HASH ( YEAR(a))).
 */
#ifndef AUTOGEN_TESTS_CORPUS_NORMALISE_H
#define AUTOGEN_TESTS_CORPUS_NORMALISE_H

/* In place; never longer than it was. `collation` is the table's; `defaults`, up to NULL, hold
 * " CHARACTER SET x COLLATE y" of each charset. */
void normalise_show_create(char *text, const char *collation, const char *const *defaults);

#endif
