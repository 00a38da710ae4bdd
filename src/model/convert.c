#include "model/convert.h"

static bool is_bytes(enum type_class class)
{
	return class == CLASS_STRING || class == CLASS_TEXT || class == CLASS_BINARY ||
	       class == CLASS_BLOB || class == CLASS_JSON;
}

static bool is_address(const struct type *type)
{
	return type->id == TYPE_INET4 || type->id == TYPE_INET6;
}

bool type_converts(const struct server *server, const struct type *from, const struct type *to)
{
	enum type_class a = type_class(from), b = type_class(to);
	bool rare =
		a == CLASS_SPATIAL || a == CLASS_OTHER || b == CLASS_SPATIAL || b == CLASS_OTHER;
	if (!rare || is_bytes(a) || is_bytes(b) || server_has(server, CAP_CONVERT_ANY))
		return true;
	if (a == CLASS_SPATIAL || b == CLASS_SPATIAL)
		return a == b;
	return from->id == to->id ||
	       (is_address(from) && is_address(to) && server_has(server, CAP_CONVERT_INET));
}
