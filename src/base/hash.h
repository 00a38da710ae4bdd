/* hash: SHA-256 (libcrypto), for checksums and statement hashes. */
#ifndef AUTOGEN_BASE_HASH_H
#define AUTOGEN_BASE_HASH_H

#include <stddef.h>

#define HASH_HEX_SIZE 65

/* Lower-case hexadecimal SHA-256 of `len` bytes, with its NUL. */
void hash_sha256(const char *data, size_t len, char hex[HASH_HEX_SIZE]);

#endif
