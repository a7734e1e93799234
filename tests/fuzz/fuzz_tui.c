/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The whole view on a terminal that isn't there: keys from the input, a capture from the input as
 * a file or by a pipe, the list, a quiz or a lesson, the screen to /dev/null, sizes and resizes by
 * the input.
 *
 * The linker puts the functions named __wrap_… below between the view and the system: there is
 * a terminal, waiting takes no time, the clock runs by itself, and what the keys save lands in
 * memory.
 */
#include "conversation.h"
#include "fuzz.h"

#include "teach/lesson.h"
#include "tui/outlet.h"
#include "tui/rows.h"
#include "tui/tui.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define FRAME    INT64_C(20000000)
#define KEYS_MAX (UINT8_MAX + 16)

int __wrap_isatty(int fd);
int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
                 const sigset_t *mask);
int64_t __wrap_clock_now(void);
/* What fopen() is called where files may be large; libFuzzer has the other. */
FILE *__real_fopen64(const char *path, const char *mode);
FILE *__wrap_fopen64(const char *path, const char *mode);
struct tcphs_writer *__real_tcphs_writer_open(const char *path, struct tcphs_error *error);
struct tcphs_writer *__wrap_tcphs_writer_open(const char *path, struct tcphs_error *error);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
struct outlet *__wrap_outlet_open(int out);
int __real_access(const char *path, int mode);
int __wrap_access(const char *path, int mode);

/* A terminal that takes everything at once needs no thread that writes to it. */
struct outlet *__wrap_outlet_open(int out)
{
	(void)out;
	return NULL;
}

#define TURNS_MAX 4096u /* of the loop; then keys come although it is busy */

static struct {
	int64_t now;
	unsigned turns, lines, columns;
	uint8_t look;
	bool running; /* else it is libFuzzer that asks */
	bool hasty;   /* keys come before everything is read */
	uint8_t key[KEYS_MAX];
	size_t key_count, typed;
	int keyboard;      /* the writing end of standard input */
	int stock, feeder; /* a file, and the pipe by which it comes; -1 */
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

/* An escape sequence comes at once, all else one by one. */
static size_t portion(void)
{
	size_t left = world.key_count - world.typed, count = 1;

	if (world.key[world.typed] != '\033')
		return 1;
	while (count < left && count < 6 && world.key[world.typed + count] != '\033')
		count++;
	return count;
}

/* False: no key is left. */
static bool type_some(void)
{
	size_t count;

	if (world.typed == world.key_count)
		return false;
	count = portion();
	expect(write(world.keyboard, world.key + world.typed, count) == (ssize_t)count);
	world.typed += count;
	return true;
}

/* What a pipe holds comes in pieces. */
static bool feed_some(void)
{
	static uint8_t octets[512];
	ssize_t count;

	if (world.feeder < 0)
		return false;
	count = read(world.stock, octets, sizeof(octets));
	if (count > 0 && write(world.feeder, octets, (size_t)count) == count)
		return true;
	close(world.feeder);
	world.feeder = -1;
	return true;
}

static void change_size(const sigset_t *mask)
{
	world.lines = world.turns * 7 % 61 + 1;
	world.columns = (world.turns + world.look) * 13 % 257 + 1;
	pthread_kill(pthread_self(), SIGWINCH); /* not to a thread of libFuzzer */
	sigsuspend(mask);
}

/*
 * A key is typed when the view has nothing to do but wait for one (or, if the input says so,
 * while it still reads); once none is left the terminal is gone. Now and then the terminal
 * changes its size on the way.
 */
int __wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
                 const sigset_t *mask)
{
	bool busy = timeout != NULL && timeout->tv_sec == 0 && timeout->tv_nsec == 0;

	for (nfds_t i = 0; i < count; i++)
		fds[i].revents = 0;
	if (++world.turns % 3 == 0 && (world.look & 1)) {
		change_size(mask);
		return -1;
	}
	if (feed_some() && world.turns % 4 != 0)
		return 0;
	if (busy && !world.hasty && world.turns < TURNS_MAX)
		return 0;
	fds[0].revents = waiting() > 0 || type_some() ? POLLIN : POLLHUP;
	return 1;
}

int64_t __wrap_clock_now(void)
{
	return world.now += FRAME / 16;
}

/* Names come from the keys. */
FILE *__wrap_fopen64(const char *path, const char *mode)
{
	if (!world.running)
		return __real_fopen64(path, mode);
	return strchr(mode, 'w') != NULL ? __real_fopen64("/dev/null", "wb") : NULL;
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

static void prepare_keys(const struct input *input)
{
	static const char leave[] = "\033\033\033qqqqy";
	int ends[2];

	memcpy(world.key, input->key, input->key_count);
	world.key_count = input->key_count;
	world.typed = 0;
	if (input->look & 2) {
		memcpy(world.key + world.key_count, leave, sizeof(leave) - 1);
		world.key_count += sizeof(leave) - 1;
	}
	expect(pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0);
	expect(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
	close(ends[0]);
	world.keyboard = ends[1];
	clearerr(stdin);
}

/* ---- what is looked at ------------------------------------------------------------- */

enum mode { MODE_LIST, MODE_QUIZ, MODE_LESSON, MODE_PIPE, MODES };

static const char lesson_text[] =
    ".title A lesson\n.source RFC 9293\n.capture a.pcap\n.page One\nSome words.\n.show 1\n"
    ".ask Which?\n.right SYN-SENT\nYes.\n.wrong LISTEN\nNo.\n.else\nLook.\n"
    ".page Two\n.show 1-3\n.explain 2\nMore words.\n.capture b.pcap\n.connection 2\n"
    ".page Three\n.show 1\n.ask What else?\n.right q | 1\nThat.\n.page Four\nThe end.\n";

static struct tcphs_session *open_session(const char *path, struct tcphs_error *error)
{
	struct tcphs_session_options options = {.tracker = {.seed = {1, 2}, .even = true},
	                                        .source = {.spool = 1 << 20}};

	return tcphs_session_open_files(&path, 1, &options, error);
}

static struct tcphs_session *open_again(void *context, const char *name, struct tcphs_error *error)
{
	(void)name;
	return open_session(context, error);
}

static void view_lesson(struct tui_options *tui, char *path)
{
	struct tcphs_error error = {0};
	struct lesson *lesson =
	    lesson_compile(lesson_text, sizeof(lesson_text) - 1, "lesson", &error);
	struct tui_lesson given = {
	    .lesson = lesson, .open = open_again, .context = path, .next = "next"};

	expect(lesson != NULL);
	world.running = true;
	tui_run_lesson(tui, &given, &error);
	world.running = false;
	expect(given.score.right <= given.score.asked);
	lesson_free(lesson);
}

static void view_quiz(struct tui_options *tui, const struct input *input)
{
	struct tui_quiz quiz = {.count = input->way >> 4, .seed = input->look};
	struct tcphs_error error = {0};

	world.running = true;
	tui_run_quiz(tui, &quiz, &error);
	world.running = false;
	expect(quiz.right <= quiz.asked);
}

static void view(const struct input *input, enum mode mode, char *path)
{
	struct tui_options tui = {
	    .path_count = 1,
	    .color = (input->options & 1) ? TUI_COLOR_ALWAYS : TUI_COLOR_NEVER,
	    .ascii = (input->options & 2) != 0,
	    .raw = (input->options & 4) != 0,
	    .numeric = (input->options & 8) != 0,
	    .time = (enum tcphs_time_mode)(input->options >> 6),
	};
	struct tcphs_error error = {0};

	if (mode == MODE_LESSON) {
		view_lesson(&tui, path);
		return;
	}
	tui.session = open_session(path, &error);
	expect(tui.session != NULL);
	if (mode == MODE_QUIZ) {
		view_quiz(&tui, input);
	} else {
		world.running = true;
		tui_run(&tui, &error);
		world.running = false;
	}
	tcphs_session_close(tui.session);
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

static void set_world(const struct input *input)
{
	world.now = 0;
	world.turns = 0;
	world.look = input->look;
	world.hasty = (input->options & 16) != 0;
	world.lines = input->look & 1 ? 24 : 4 + (input->look >> 2);
	world.columns = input->look & 1 ? 80 : 20 + input->look;
	world.stock = world.feeder = -1;
}

/* A file, or the end of a pipe that the file comes by. */
static int open_way(const struct input *input, enum mode mode)
{
	int file = talk_file(&input->talk, (enum talk_form)(input->way % TALK_FORMS), 0,
	                     input->talk.count);
	int ends[2];

	if (mode != MODE_PIPE)
		return file;
	expect(pipe2(ends, O_CLOEXEC) == 0);
	world.stock = file;
	world.feeder = ends[1];
	return ends[0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;

	if (input_read(&input, data, size)) {
		enum mode mode = (enum mode)(input.way / TALK_FORMS % MODES);
		int file;
		char path[32];

		set_world(&input);
		file = open_way(&input, mode);
		if (mode == MODE_PIPE)
			feed_some(); /* the head */
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
		prepare_keys(&input);
		view(&input, mode, path);
		close(world.keyboard);
		close(file);
		if (world.feeder >= 0)
			close(world.feeder);
		if (world.stock >= 0)
			close(world.stock);
	}
	input_free(&input);
	return 0;
}
