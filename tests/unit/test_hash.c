/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"

/* Key 00..0f and input 00, 01, …, as the authors' own test vectors of SipHash-1-3 have it. */
static void vectors(void **state)
{
	const struct hash_key key = {{0x0706050403020100u, 0x0f0e0d0c0b0a0908u}};
	uint8_t input[16];

	(void)state;
	for (uint8_t i = 0; i < sizeof(input); i++)
		input[i] = i;
	assert_true(hash_octets(&key, input, 0) == 0xabac0158050fc4dcu);
	assert_true(hash_octets(&key, input, 1) == 0xc9f49bf37d57ca93u);
	assert_false(hash_octets(&key, input, 8) == hash_octets(&key, input, 9));
}

static void keys(void **state)
{
	const uint64_t none[2] = {0, 0}, some[2] = {1, 2};
	struct hash_key a = hash_key_make(none), b = hash_key_make(none), c = hash_key_make(some);

	(void)state;
	assert_false(a.word[0] == b.word[0] && a.word[1] == b.word[1]);
	assert_true(c.word[0] == 1 && c.word[1] == 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(vectors),
	    cmocka_unit_test(keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
