/* SPDX-License-Identifier: BSD-3-Clause */
/* May this process sniff, and what its user can do if it may not. */
#ifndef CAPTURE_RIGHTS_H
#define CAPTURE_RIGHTS_H

#include <stdbool.h>
#include <tcphs/error.h>

bool rights_suffice(void);
/* Says that `name`, if it isn't "", may not be sniffed and the command for this system that
 * changes it. */
void rights_explain(const char *name, struct tcphs_error *error);

#endif
