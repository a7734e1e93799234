/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/terminal.h"

#include "cli/options.h"

#include "base/units.h"

#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static volatile sig_atomic_t signal_interrupted;

bool terminal_is(int fd)
{
	return isatty(fd) == 1;
}

unsigned terminal_width(int fd, unsigned otherwise)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t number;

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	if (columns != NULL && units_parse_number(columns, strlen(columns), &number) &&
	    number >= 20 && number <= 1000)
		return (unsigned)number;
	return otherwise;
}

bool terminal_utf8(const struct options *options)
{
	return !options->ascii && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool terminal_color(int fd, const struct options *options)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

	if (options->color != WHEN_AUTO)
		return options->color == WHEN_ALWAYS;
	return terminal_is(fd) && (no_color == NULL || no_color[0] == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0;
}

static void remember(int number)
{
	(void)number;
	signal_interrupted = 1;
}

static void set_handler(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = (int)SA_RESETHAND};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void interrupt_catch(void)
{
	set_handler(remember);
}

void interrupt_release(void)
{
	set_handler(SIG_DFL);
}

bool interrupt_seen(void)
{
	return signal_interrupted != 0;
}
