#include "revision/fault.h"

static const struct {
	const char *word;
	enum fault_weight weight;
} faults[FAULT_COUNT] = {
#define FAULT(id, word, weight) [id] = { word, FAULT_##weight },
#include "revision/fault.def"
#undef FAULT
};

const char *fault_word(enum fault_kind kind)
{
	return faults[kind].word;
}

enum fault_weight fault_weight(enum fault_kind kind)
{
	return faults[kind].weight;
}
