#include "model/refusal.h"

#include <stddef.h>

const char *refusal_code(enum refusal refusal)
{
	static const char *const codes[] = {
		NULL,
#define REFUSAL(id, code) code,
#include "model/refusal.def"
#undef REFUSAL
	};
	return codes[refusal];
}
