/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs check --expect: grades each capture on its own, as TAP or as a table of a class. */
#ifndef CLI_CHECK_EXPECT_H
#define CLI_CHECK_EXPECT_H

struct options;

int check_expect(const struct options *options); /* an enum exit_code */

#endif
