/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The whole view on a terminal that isn't there: keys from the input, a capture from the input,
 * the screen to /dev/null, sizes and resizes by the input.
 *
 * The linker puts the functions named __wrap_… below between the view and the system: there is
 * a terminal, waiting takes no time, the clock runs by itself, and what the keys save lands in
 * memory.
 */
#include "conversation.h"
#include "fuzz.h"

#include "tui/rows.h"
#include "tui/tui.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define FRAME INT64_C(20000000)

int __wrap_isatty(int fd);
int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
                 const sigset_t *mask);
int64_t __wrap_clock_now(void);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
struct tcphs_writer *__real_tcphs_writer_open(const char *path, struct tcphs_error *error);
struct tcphs_writer *__wrap_tcphs_writer_open(const char *path, struct tcphs_error *error);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __real_access(const char *path, int mode);
int __wrap_access(const char *path, int mode);

static struct {
	int64_t now;
	unsigned turns, lines, columns;
	uint8_t look;
	bool running; /* else it is libFuzzer that asks */
} world;

int __wrap_isatty(int fd)
{
	return world.running && fd <= 1;
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (request == TIOCGWINSZ) {
		*(struct winsize *)argument = (struct winsize){
		    .ws_row = (unsigned short)world.lines, .ws_col = (unsigned short)world.columns};
		return 0;
	}
	return request == FIONREAD ? __real_ioctl(fd, request, argument) : -1;
}

static int waiting(void)
{
	int octets = 0;

	return __real_ioctl(STDIN_FILENO, FIONREAD, &octets) == 0 ? octets : 0;
}

/* Once no key is left the terminal is gone. Now and then it changes its size on the way. */
int __wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
                 const sigset_t *mask)
{
	(void)timeout;
	(void)mask;
	for (nfds_t i = 0; i < count; i++)
		fds[i].revents = 0;
	fds[0].revents = waiting() > 0 ? POLLIN : POLLHUP;
	if (++world.turns % 3 == 0 && (world.look & 1)) {
		world.lines = world.turns * 7 % 61 + 1;
		world.columns = (world.turns + world.look) * 13 % 257 + 1;
		kill(getpid(), SIGWINCH);
		sigsuspend(mask);
		return -1;
	}
	return 1;
}

int64_t __wrap_clock_now(void)
{
	return world.now += FRAME / 16;
}

/* Names come from the keys. */
FILE *__wrap_fopen(const char *path, const char *mode)
{
	if (!world.running)
		return __real_fopen(path, mode);
	return strchr(mode, 'w') != NULL ? __real_fopen("/dev/null", "wb") : NULL;
}

struct tcphs_writer *__wrap_tcphs_writer_open(const char *path, struct tcphs_error *error)
{
	struct tcphs_writer *writer;
	int file = memfd_create("saved", 0);
	char name[32];

	(void)path;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", file);
	writer = __real_tcphs_writer_open(name, error);
	close(file);
	return writer;
}

int __wrap_unlink(const char *path)
{
	return world.running ? 0 : __real_unlink(path);
}

int __wrap_access(const char *path, int mode)
{
	if (!world.running)
		return __real_access(path, mode);
	return strlen(path) % 2 == 0 ? 0 : -1;
}

static void type(const struct input *input)
{
	static const char leave[] = "\033\033\033qqqqy";
	int ends[2];

	expect(pipe2(ends, O_NONBLOCK) == 0);
	expect(write(ends[1], input->key, input->key_count) == input->key_count);
	if (input->look & 2)
		expect(write(ends[1], leave, sizeof(leave) - 1) > 0);
	expect(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
	close(ends[0]);
	close(ends[1]);
	clearerr(stdin);
}

static void view(const struct input *input, const char *const *paths)
{
	struct tcphs_session_options options = {.tracker = {.seed = {1, 2}}};
	struct tcphs_error error = {0};
	struct tcphs_session *session = tcphs_session_open_files(paths, 1, &options, &error);
	struct tui_options tui = {
	    .session = session,
	    .path_count = 1,
	    .color = (input->options & 1) ? TUI_COLOR_ALWAYS : TUI_COLOR_NEVER,
	    .ascii = (input->options & 2) != 0,
	    .raw = (input->options & 4) != 0,
	    .numeric = (input->options & 8) != 0,
	    .time = (enum tcphs_time_mode)(input->options >> 6),
	};

	expect(session != NULL);
	world.running = true;
	tui_run(&tui, &error);
	world.running = false;
	tcphs_session_close(session);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)argc;
	(void)argv;
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("XDG_CONFIG_HOME", "/nowhere", 1);
	setenv("ESCDELAY", "0", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	unsetenv("NO_COLOR");
	expect(nothing >= 0 && dup2(nothing, STDOUT_FILENO) == STDOUT_FILENO);
	close(nothing);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;

	if (input_read(&input, data, size)) {
		int file = talk_file(&input.talk, (enum talk_form)(input.way % TALK_FORMS), 0,
		                     input.talk.count);
		const char *paths[1];
		char path[32];

		world.now = 0;
		world.turns = 0;
		world.look = input.look;
		world.lines = input.look & 1 ? 24 : 4 + (input.look >> 2);
		world.columns = input.look & 1 ? 80 : 20 + input.look;
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
		paths[0] = path;
		type(&input);
		view(&input, paths);
		close(file);
	}
	input_free(&input);
	return 0;
}
