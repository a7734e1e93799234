/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void names_and_ports_agree(void **state)
{
	int known = 0;

	(void)state;
	for (unsigned port = 0; port <= UINT16_MAX; port++) {
		const char *name = service_name((uint16_t)port);
		uint16_t back;

		if (name == NULL)
			continue;
		known++;
		assert_true(service_port(name, strlen(name), &back));
		assert_int_equal(back, port);
	}
	/* Each was found, so the table is sorted as bsearch() needs it. */
	assert_string_equal(service_name(443), "https");
	assert_true(known > 60);
}

static void unknown_names(void **state)
{
	uint16_t port = 7;

	(void)state;
	assert_null(service_name(1));
	assert_false(service_port("http", 3, &port));
	assert_false(service_port("", 0, &port));
	assert_int_equal(port, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_and_ports_agree),
	    cmocka_unit_test(unknown_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
