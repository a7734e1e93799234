/* SPDX-License-Identifier: BSD-3-Clause */
/* Any octets as a file of expectations: compiled, graded against a few connections, explained. */
#include "fuzz.h"

#include "teach/expect.h"

#include <string.h>

static void grade(struct expect *compiled)
{
	static struct tcphs_diagnosis diagnosis[] = {{.code = 3, .severity = TCPHS_WARNING}};
	struct tcphs_analysis analysis = {.diagnosis = diagnosis, .diagnoses = 1};
	struct tcphs_query_subject subject = {&analysis, "eth.ip"};
	char text[256];

	expect_start(compiled);
	for (unsigned i = 0; i < 12; i++) {
		analysis.connection.id = i + 1;
		analysis.connection.open.kind = (uint8_t)(i % TCPHS_OPEN_COUNT);
		analysis.connection.close.kind = (uint8_t)(i % TCPHS_CLOSE_COUNT);
		expect_see(compiled, &subject);
	}
	for (size_t i = 0; i < compiled->count; i++) {
		expect(compiled->item[i].matching + compiled->item[i].others == 12);
		expect_holds(&compiled->item[i]);
		expect(expect_reason(&compiled->item[i], text, sizeof(text)) > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tcphs_error error = {0};
	struct expect *compiled = expect_compile((const char *)data, size, "name", &error);

	if (compiled == NULL) {
		expect(error.status != TCPHS_OK && strncmp(error.text, "name", 4) == 0);
		return 0;
	}
	expect(compiled->count <= EXPECT_LINES_MAX);
	expect_needs_rows(compiled);
	grade(compiled);
	expect_free(compiled);
	return 0;
}
