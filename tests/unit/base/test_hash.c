#include "base/hash.h"

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static void assert_hash(const char *data, size_t len, const char *expected)
{
	char hex[HASH_HEX_SIZE];
	hash_sha256(data, len, hex);
	assert_string_equal(hex, expected);
}

/* FIPS 180-4's examples */
TEST(known_values)
{
	assert_hash("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	char *million = malloc(1000000);
	memset(million, 'a', 1000000);
	assert_hash(million, 1000000,
		    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(million);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(known_values) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
