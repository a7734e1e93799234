/* SPDX-License-Identifier: BSD-3-Clause */
/* A program of somebody else: no folder of tcphs is in sight but what was installed. */
#include <tcphs/diagnosis.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
	static const char name[] = "synack-ack-mismatch";
	enum tcphs_code code = tcphs_code_find(name, strlen(name));

	if (code == TCPHS_CODE_COUNT)
		return 1;
	printf("RFC %s\n", tcphs_code_info(code)->rfc);
	return 0;
}
