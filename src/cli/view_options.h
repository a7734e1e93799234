/* SPDX-License-Identifier: BSD-3-Clause */
/* What the command line says about the view. */
#ifndef CLI_VIEW_OPTIONS_H
#define CLI_VIEW_OPTIONS_H

#include "tui/tui.h"

struct options;

/* Whether a command that can talk line by line as well is to open the view: there is a terminal
 * at both ends that is more than dumb, and nobody said --plain. */
bool view_is_wanted(const struct options *options);
/* Opens the captures or the interface, and the view on them: its list, or with `quiz` its
 * questions. An enum exit_code. */
int view_open(const struct options *options, struct tui_quiz *quiz);
/* `sandbox` says in half a line what the run may do, see sandbox_describe_view(). */
struct tui_options view_options(const struct options *options, struct tcphs_session *session,
                                const char *sandbox);

#endif
