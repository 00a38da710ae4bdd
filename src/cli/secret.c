#include "cli/secret.h"

#include <string.h>

static void mask_url(char *text)
{
	char *at = strrchr(text, '@');
	char *scheme = strstr(text, "://");
	char *colon = scheme ? strchr(scheme + 3, ':') : NULL;
	if (at && colon && colon < at)
		memset(colon + 1, '*', (size_t)(at - colon - 1));
}

static void mask_setting(char *text, const char *word)
{
	while ((text = strcasestr(text, word))) {
		text += strcspn(text, "=:&");
		if (*text != '=' && *text != ':')
			continue;
		text++;
		text += strspn(text, " \t");
		size_t len = strcspn(text, "&\r");
		memset(text, '*', len);
		text += len;
	}
}

void secret_mask(char *text)
{
	mask_url(text);
	mask_setting(text, "passw");
	mask_setting(text, "pwd");
	mask_setting(text, "secret");
}
