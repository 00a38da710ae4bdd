/*
 * Which foreign keys have to be dropped and added again around a plan's changes (diff/disturb.h).
 */
#include "diff/planner.h"

#include "diff/disturb.h"
#include "model/derive.h"

/* --- keys ----------------------------------------------------------------------------------- */

static bool change_disturbs(const struct planner *planner, const struct table *table,
			    const struct foreign_key *key, bool is_parent)
{
	const struct change *change = planner_change(planner, table);
	return change && disturb_key(planner->targets, table, &change->ops, key, is_parent);
}

static bool must_rekey(const struct planner *planner, const struct table *child,
		       const struct foreign_key *key)
{
	if (change_disturbs(planner, child, key, false))
		return true;
	const struct table *parent =
		key->parent_database ? NULL : schema_find_table(planner->renamed, key->parent);
	return parent && change_disturbs(planner, parent, key, true);
}

/*
 * A rename that makes the server copy the table (what else uses the column has to be written
 * again with it) is refused for the column of a foreign key (1846): those keys have to go.
 */
void plan_note_rename(struct planner *planner, const struct op *rename)
{
	const struct table *renamed = schema_find_table(planner->renamed, rename->table);
	const struct name *column = rename->before.column->name;
	for (size_t i = 0; i < planner->from->tables.n; i++) {
		const struct table *child = planner->tables[i];
		for (size_t j = 0; child && j < child->foreign_keys.n; j++) {
			const struct foreign_key *key = child->foreign_keys.items[j];
			bool is_parent =
				!key->parent_database &&
				schema_same_table(planner->renamed, key->parent, renamed->name);
			if ((child == renamed && name_list_has(&key->columns, column)) ||
			    (is_parent && name_list_has(&key->parent_columns, column)))
				map_put(planner->arena, &planner->renamed_keys,
					planner->from->tables.items[i]->foreign_keys.items[j],
					planner);
		}
	}
}

/*
 * RENAME TABLE renames constraints called `<old>_ibfk_…`. Where another one has the new name
 * already the server refuses (MySQL 9.7.4 dies of what comes next): such a key is dropped before
 * and comes back under a name of ours. Returns the name it is to have afterwards.
 */
static const struct name *name_afterwards(struct planner *planner, const struct map *taken,
					  size_t table, size_t key)
{
	const struct foreign_key *before =
		planner->from->tables.items[table]->foreign_keys.items[key];
	const struct foreign_key *after = planner->tables[table]->foreign_keys.items[key];
	if (name_equal(before->name, after->name) || !map_get(taken, after->name->key))
		return after->name;
	return derive_name_hashed(planner->ctx, "fk", planner->tables[table]->name,
				  &after->columns);
}

/* Calls visit for every foreign key of `from` that stays. */
static void each_kept_key(struct planner *planner,
			  void (*visit)(struct planner *planner, struct map *taken, size_t table,
					size_t key),
			  struct map *taken)
{
	for (size_t i = 0; i < planner->from->tables.n; i++) {
		const struct table *from = planner->from->tables.items[i];
		for (size_t j = 0; planner->tables[i] && j < from->foreign_keys.n; j++)
			if (!map_get(&planner->dropped_keys, from->foreign_keys.items[j]))
				visit(planner, taken, i, j);
	}
}

/* Names that no rename of a table touches. */
static void claim_name(struct planner *planner, struct map *taken, size_t table, size_t key)
{
	const struct name *before =
		planner->from->tables.items[table]->foreign_keys.items[key]->name;
	if (name_equal(before, planner->tables[table]->foreign_keys.items[key]->name))
		map_put(planner->arena, taken, before->key, planner);
}

static void look_at_key(struct planner *planner, struct map *taken, size_t table, size_t key)
{
	const struct foreign_key *from =
		planner->from->tables.items[table]->foreign_keys.items[key];
	const struct foreign_key *renamed = planner->tables[table]->foreign_keys.items[key];
	struct rekey rekey = { table, key, name_afterwards(planner, taken, table, key) };
	if (rekey.name != renamed->name || map_get(&planner->renamed_keys, from) ||
	    must_rekey(planner, planner->tables[table], renamed))
		LIST_PUSH(planner->arena, &planner->rekeys, rekey);
}

void plan_find_rekeys(struct planner *planner)
{
	struct map taken = { 0 };
	each_kept_key(planner, claim_name, &taken);
	each_kept_key(planner, look_at_key, &taken);
}
