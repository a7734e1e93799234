/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/sandbox.h"

#include "cli/options.h"
#include "cli/privileges.h"
#include "cli/sandbox_calls.h"
#include "cli/sandbox_files.h"

#include "base/bounded.h"

#include <string.h>
#include <time.h>

static bool ends_in(const char *text, const char *ending)
{
	size_t length = strlen(text), count = strlen(ending);

	return length >= count && strcmp(text + length - count, ending) == 0;
}

static bool is_picture(const char *format, const char *path)
{
	if (format != NULL)
		return strcmp(format, "png") == 0 || strcmp(format, "pdf") == 0;
	return path != NULL && (ends_in(path, ".png") || ends_in(path, ".pdf"));
}

struct sandbox_plan sandbox_plan(const struct options *options)
{
	struct sandbox_plan plan = {.user = options->user, .output = options->output};

	if (options->interface != NULL)
		plan.needs |= NEED_LIVE;
	if (options->filter != NULL)
		plan.needs |= NEED_NAMES;
	if (options->output != NULL)
		plan.needs |= NEED_REMOVAL;
	if (is_picture(options->format, options->output))
		plan.needs |= NEED_PICTURE;
	return plan;
}

#ifdef TCPHS_SANDBOX

bool sandbox_enter(const struct sandbox_plan *plan, struct tcphs_error *error)
{
	tzset(); /* reads a file */
	return privileges_drop(plan->user, error) && sandbox_files_limit(plan, error) &&
	       sandbox_calls_limit(plan->needs, error);
}

#ifdef __linux__
#define OF_THE_USER "no capabilities"
#else
#define OF_THE_USER "no root rights"
#endif

static void describe(struct bounded *out)
{
	int landlock = sandbox_files_version();

	bounded_add(out, OF_THE_USER);
	if (sandbox_calls_work())
		bounded_addf(out, ", %zu system calls (%zu for the view, %zu to sniff)",
		             sandbox_calls_count(0), sandbox_calls_count(NEED_VIEW),
		             sandbox_calls_count(NEED_LIVE));
	else
		bounded_addf(out, ", all system calls: %s", sandbox_calls_why_not());
	if (landlock > 0)
		bounded_addf(out, ", files by Landlock %d", landlock);
	else
		bounded_add(out, ", no limit to files: the system has no Landlock");
}

static void describe_view(struct bounded *out, unsigned needs)
{
	int landlock = sandbox_files_version();

	bounded_add(out, OF_THE_USER);
	if (sandbox_calls_work())
		bounded_addf(out, ", %zu system calls", sandbox_calls_count(needs));
	else
		bounded_add(out, ", all system calls");
	if (landlock > 0)
		bounded_addf(out, ", Landlock %d", landlock);
	else
		bounded_add(out, ", no Landlock");
}

#else

bool sandbox_enter(const struct sandbox_plan *plan, struct tcphs_error *error)
{
	return plan->user == NULL || privileges_drop(plan->user, error);
}

#define OFF "off: built with TCPHS_SANDBOX=OFF"

static void describe(struct bounded *out)
{
	bounded_add(out, OFF);
}

static void describe_view(struct bounded *out, unsigned needs)
{
	(void)needs;
	bounded_add(out, OFF);
}

#endif

void sandbox_describe(char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	describe(&out);
	bounded_end(&out);
}

void sandbox_describe_view(const struct sandbox_plan *plan, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	if (plan != NULL)
		describe_view(&out, plan->needs);
	else
		bounded_add(&out, "off, by --no-sandbox");
	bounded_end(&out);
}
