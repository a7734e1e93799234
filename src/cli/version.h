/* SPDX-License-Identifier: BSD-3-Clause */
/* What -V prints: the version, the libraries, what was built in. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#include <stdio.h>

void version_print(FILE *out);

#endif
