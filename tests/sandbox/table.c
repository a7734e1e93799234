/* SPDX-License-Identifier: BSD-3-Clause */
/* Prints the system calls that the sandbox knows of, one a line; exit code 77 if it filters none.
 */
#include "cli/sandbox_calls.h"

#include <stdio.h>

int main(void)
{
	const char *name;

	if (!sandbox_calls_work())
		return 77;
	for (size_t i = 0; (name = sandbox_calls_at(i)) != NULL; i++)
		printf("%s\n", name);
	return 0;
}
