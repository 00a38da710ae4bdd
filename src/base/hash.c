#include "base/hash.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stddef.h>

/* What SHA256() would look up anew for each text. Lives as long as the process. */
static const EVP_MD *sha256(void)
{
	static EVP_MD *md;
	if (!md)
		md = EVP_MD_fetch(NULL, "SHA256", NULL);
	return md;
}

void hash_sha256(const char *data, size_t len, char hex[HASH_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[SHA256_DIGEST_LENGTH];
	if (!sha256() || !EVP_Digest(data, len, digest, NULL, sha256(), NULL))
		SHA256((const unsigned char *)data, len, digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[HASH_HEX_SIZE - 1] = '\0';
}
