/*
 * Periods of a table: matched by name and columns. One that changes is dropped and
 * added, and so are the keys that lean on it.
 *
 * MariaDB alters no column that holds a row's time (4134), nor the engine under a
 * history (4120): both columns are dropped and added then, and where that costs the
 * history the plan says so (diff/versioning.c).
 */
#include "diff/differ.h"

#include "model/equal.h"

bool diff_row_time_anew(const struct pair *pair, const struct column *column)
{
	const struct period *from = table_system_time(pair->work);
	const struct period *to = table_system_time(pair->to);
	const struct column *work = table_column(pair->work, column->name);
	if (!column_is_row_time(work) && !column_is_row_time(column))
		return false;
	if (!from || !to || !period_equal(from, to) ||
	    !name_equal(pair->work->engine, pair->to->engine) ||
	    table_is_versioned(pair->work) != table_is_versioned(pair->to))
		return true;
	/* the one goes with the other */
	const struct name *names[] = { to->from, to->to };
	for (size_t i = 0; i < 2; i++)
		if (!column_equal(table_column(pair->work, names[i]),
				  table_column(pair->to, names[i])))
			return true;
	return (table_column_at(pair->work, names[0]) < table_column_at(pair->work, names[1])) !=
	       (table_column_at(pair->to, names[0]) < table_column_at(pair->to, names[1]));
}

static bool made_anew(const struct pair *pair, const struct name *column)
{
	int at = table_column_at(pair->to, column);
	return at >= 0 && pair->made_anew[at];
}

void diff_match_periods(struct differ *differ, struct pair *pair)
{
	const struct period_list *to = &pair->to->periods;
	pair->period_stays = ARENA_ARRAY(differ->arena, bool, to->n);
	for (size_t i = 0; i < to->n; i++) {
		const struct period *period = to->items[i];
		const struct period *there = table_period(pair->work, period->name);
		pair->period_stays[i] = there && period_equal(there, period) &&
					!made_anew(pair, period->from) &&
					!made_anew(pair, period->to);
	}
}

static bool stays(const struct pair *pair, const struct name *period)
{
	int at = table_period_at(pair->to, period);
	return at >= 0 && pair->period_stays[at];
}

bool diff_loses_period(const struct pair *pair, const struct index *index)
{
	for (size_t i = 0; i < pair->to->periods.n; i++)
		if (!pair->period_stays[i] && index_leans_on(index, pair->to->periods.items[i]))
			return true;
	return false;
}

bool diff_periods_equal(const struct table *a, const struct table *b)
{
	if (a->periods.n != b->periods.n)
		return false;
	for (size_t i = 0; i < a->periods.n; i++) {
		const struct period *other = table_period(b, a->periods.items[i]->name);
		if (!other || !period_equal(a->periods.items[i], other))
			return false;
	}
	return true;
}

void diff_drop_periods(struct differ *differ, struct pair *pair)
{
	for (size_t i = pair->work->periods.n; i-- && differ->ok;) {
		const struct period *period = pair->work->periods.items[i];
		if (stays(pair, period->name))
			continue;
		struct op *op = differ_op(differ, OP_DROP_PERIOD, pair->name, pair->to->span);
		op->before.period = period;
		differ_push(differ, op);
	}
}

void diff_add_periods(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->to->periods.n && differ->ok; i++) {
		const struct period *period = pair->to->periods.items[i];
		if (pair->period_stays[i])
			continue;
		struct op *op = differ_op(differ, OP_ADD_PERIOD, pair->name, period->span);
		op->after.period = period;
		differ_push(differ, op);
	}
}
