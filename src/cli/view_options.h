/* SPDX-License-Identifier: BSD-3-Clause */
/* What the command line says about the view. */
#ifndef CLI_VIEW_OPTIONS_H
#define CLI_VIEW_OPTIONS_H

#include "tui/tui.h"

struct options;

/* `sandbox` says in half a line what the run may do, see sandbox_describe_view(). */
struct tui_options view_options(const struct options *options, struct tcphs_session *session,
                                const char *sandbox);

#endif
