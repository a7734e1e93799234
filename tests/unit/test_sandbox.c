/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the sandbox forbids and what it leaves. Each deed is done by a child that went in
 * first: a forbidden system call must kill it, a forbidden file must not open.
 */
#include "cli/sandbox.h"
#include "cli/sandbox_calls.h"
#include "cli/sandbox_files.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#ifdef __linux__

enum { NOT_ENTERED = 99 };

/* Runs deed() inside; returns what waitpid() says. The deed's value is the exit code. */
static int inside(unsigned needs, const char *user, int (*deed)(void))
{
	const struct sandbox_plan plan = {.needs = needs, .user = user, .output = "./nothing"};
	struct tcphs_error error = {0};
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		const struct rlimit no_core = {0, 0};

		setrlimit(RLIMIT_CORE, &no_core);
		if (!sandbox_enter(&plan, &error)) {
			fprintf(stderr, "%s\n", error.text);
			_exit(NOT_ENTERED);
		}
		_exit(deed());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* ---- system calls --------------------------------------------------------------------- */

static int network(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static int packet_socket(void)
{
	return socket(AF_PACKET, SOCK_RAW, 0);
}

static int local_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

static int execute(void)
{
	return execl("/bin/true", "true", (char *)NULL);
}

static int trace(void)
{
	return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int new_process(void)
{
	return fork() == 0 ? 0 : 1;
}

static int signal_others(void)
{
	return kill(getppid(), 0);
}

static int signal_group(void)
{
	return kill(0, SIGUSR1);
}

static int become_root(void)
{
	return setuid(0);
}

static int write_memory(void)
{
	return (int)syscall(SYS_process_vm_writev, getppid(), NULL, 0, NULL, 0, 0);
}

static int type_for_the_user(void)
{
	return ioctl(0, TIOCSTI, "x");
}

static int mount_something(void)
{
	return (int)syscall(SYS_mount, "x", "/x", "tmpfs", 0, NULL);
}

static int new_namespace(void)
{
	return (int)syscall(SYS_unshare, 0x10000000);
}

static int by_io_uring(void)
{
	return (int)syscall(425, 1, NULL); /* io_uring_setup() */
}

static int load_bpf(void)
{
	return (int)syscall(SYS_bpf, 0, NULL, 0);
}

static int write_file(void)
{
	return open("/tmp/tcphs-sandbox-test", O_WRONLY | O_CREAT, 0600);
}

static int remove_file(void)
{
	return unlink("/tmp/tcphs-sandbox-test");
}

static int rename_file(void)
{
	return rename("/tmp/tcphs-sandbox-test", "/tmp/tcphs-sandbox-test-2");
}

static int executable_memory(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
	            0) == MAP_FAILED;
}

static int executable_later(void)
{
	void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(memory, 4096, PROT_READ | PROT_EXEC);
}

static int other_terminal_modes(void)
{
	struct termios modes = {0};

	return tcsetattr(0, TCSANOW, &modes);
}

static void *in_a_thread(void *context)
{
	(void)context;
	return (void *)(intptr_t)network();
}

static int network_in_a_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, in_a_thread, NULL) != 0)
		return 1;
	pthread_join(thread, NULL);
	return 0;
}

static const struct {
	const char *what;
	unsigned needs;
	int (*deed)(void);
} forbidden[] = {
    {"socket(AF_INET)", 0, network},
    {"socket(AF_INET) by the view", NEED_VIEW, network},
    {"socket(AF_INET) by a live run", NEED_LIVE, network},
    {"socket(AF_INET) by a thread", 0, network_in_a_thread},
    {"socket(AF_PACKET) by a live run", NEED_LIVE, packet_socket},
    {"socket(AF_UNIX)", NEED_VIEW, local_socket},
    {"execve()", 0, execute},
    {"execve() by the view", NEED_VIEW | NEED_LIVE, execute},
    {"ptrace()", 0, trace},
    {"ptrace() by the view", NEED_VIEW, trace},
    {"fork()", NEED_VIEW | NEED_LIVE, new_process},
    {"kill() of another process", NEED_VIEW, signal_others},
    {"kill() of the group", 0, signal_group},
    {"setuid()", NEED_VIEW | NEED_LIVE, become_root},
    {"process_vm_writev()", NEED_VIEW, write_memory},
    {"ioctl(TIOCSTI)", NEED_VIEW, type_for_the_user},
    {"mount()", NEED_VIEW | NEED_LIVE, mount_something},
    {"unshare()", NEED_VIEW, new_namespace},
    {"io_uring_setup()", NEED_VIEW, by_io_uring},
    {"bpf()", NEED_LIVE, load_bpf},
    {"open() to write", 0, write_file},
    {"unlink()", 0, remove_file},
    {"rename()", NEED_VIEW, rename_file},
    {"executable memory", 0, executable_memory},
    {"memory made executable", NEED_LIVE, executable_later},
    {"the terminal's modes, out of the view", 0, other_terminal_modes},
};

static void test_forbidden_calls_kill(void **state)
{
	(void)state;
	if (!sandbox_calls_work())
		skip();
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
		int status = inside(forbidden[i].needs, NULL, forbidden[i].deed);

		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
			fail_msg("%s: not killed by SIGSYS, status %#x", forbidden[i].what,
			         (unsigned)status);
	}
}

/* ---- what is left --------------------------------------------------------------------- */

static void *nothing(void *context)
{
	return context;
}

static int ordinary_work(void)
{
	pthread_t thread;
	char *memory = malloc(10000000);
	struct timespec now;

	memset(memory, 1, 10000000);
	free(memory);
	if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0)
		return 1;
	clock_gettime(CLOCK_REALTIME, &now);
	if (localtime(&now.tv_sec) == NULL || raise(SIGCONT) != 0 || isatty(0) > 1)
		return 2;
	return 0;
}

static int refused_socket(void)
{
	return network() == -1 && errno == EACCES ? 0 : 1;
}

static int abort_inside(void)
{
	abort();
}

static void test_the_rest_works(void **state)
{
	(void)state;
	assert_int_equal(inside(0, NULL, ordinary_work), 0);
	assert_int_equal(inside(NEED_VIEW, NULL, ordinary_work), 0);
	assert_int_equal(inside(NEED_LIVE, NULL, ordinary_work), 0);
	assert_int_equal(inside(NEED_ALL & ~(unsigned)NEED_PICTURE, NULL, ordinary_work), 0);
	assert_int_equal(WTERMSIG(inside(0, NULL, abort_inside)), SIGABRT);
	/* Who gives -f names gets no answer from a name server, and no death. */
	if (sandbox_calls_work())
		assert_int_equal(inside(NEED_NAMES, NULL, refused_socket), 0);
}

/* ---- files ---------------------------------------------------------------------------- */

static int opens(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	return fd >= 0 ? 0 : errno;
}

static int read_accounts(void)
{
	return opens("/etc/passwd", O_RDONLY);
}

static int read_library(void)
{
	return opens("/usr", O_RDONLY | O_DIRECTORY);
}

static int save_here(void)
{
	int failure = opens("tcphs-sandbox-test", O_RDWR | O_CREAT | O_TRUNC);

	return failure == 0 && unlink("tcphs-sandbox-test") != 0 ? errno : failure;
}

static int save_elsewhere(void)
{
	return opens("/var/tcphs-sandbox-test", O_WRONLY | O_CREAT);
}

static void test_files(void **state)
{
	(void)state;
	if (sandbox_files_version() == 0)
		skip();
#ifdef SANITIZED
	skip(); /* it may read everything, for its suppressions and symbols */
#endif
	assert_int_equal(WEXITSTATUS(inside(0, NULL, read_accounts)), EACCES);
	assert_int_equal(WEXITSTATUS(inside(NEED_VIEW, NULL, read_accounts)), EACCES);
	assert_int_equal(WEXITSTATUS(inside(NEED_VIEW, NULL, save_elsewhere)), EACCES);
	assert_int_equal(inside(NEED_VIEW, NULL, save_here), 0);
	assert_int_equal(inside(0, NULL, read_library), 0);
	assert_int_equal(inside(NEED_CAPTURES, NULL, read_accounts), 0);
}

/* ---- rights --------------------------------------------------------------------------- */

/* The line `name` of /proc/self/status, as a hexadecimal number. */
static uint64_t status_line(const char *name)
{
	char line[256];
	uint64_t value = UINT64_MAX;
	FILE *file = fopen("/proc/self/status", "r");

	while (file != NULL && fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtoull(line + strlen(name), NULL, 16);
	if (file != NULL)
		fclose(file);
	return value;
}

static int has_capabilities(void)
{
	return status_line("CapEff:") != 0 || status_line("CapPrm:") != 0 ||
	       status_line("CapInh:") != 0 || status_line("CapAmb:") != 0;
}

static int has_a_bounding_set(void)
{
	return status_line("CapBnd:") != 0;
}

static int may_gain(void)
{
	return status_line("NoNewPrivs:") != 1;
}

static int is_root_yet(void)
{
	return geteuid() == 0 || getegid() == 0;
}

static void test_rights(void **state)
{
	(void)state;
	assert_int_equal(inside(NEED_CAPTURES, NULL, has_capabilities), 0);
	assert_int_equal(inside(NEED_CAPTURES, NULL, may_gain), 0);
#ifdef TCPHS_HAVE_CAPNG
	if (geteuid() == 0)
		assert_int_equal(inside(NEED_CAPTURES, NULL, has_a_bounding_set), 0);
#else
	(void)has_a_bounding_set;
#endif
	if (geteuid() != 0)
		return;
	assert_int_equal(inside(0, "nobody", is_root_yet), 0);
	assert_int_equal(inside(NEED_CAPTURES, "nobody", has_capabilities), 0);
}

static void test_users_that_cannot_be(void **state)
{
	(void)state;
	assert_int_equal(WEXITSTATUS(inside(0, "no-such-user", ordinary_work)), NOT_ENTERED);
	assert_int_equal(WEXITSTATUS(inside(0, "root", ordinary_work)), NOT_ENTERED);
}

static void test_description(void **state)
{
	const struct sandbox_plan plan = {.needs = NEED_VIEW};
	char text[200], view[200];

	(void)state;
	sandbox_describe(text, sizeof(text));
	sandbox_describe_view(&plan, view, sizeof(view));
	assert_non_null(strstr(text, "no capabilities"));
	assert_int_equal(strstr(text, "Landlock ") != NULL && strstr(text, "no Landlock") == NULL,
	                 sandbox_files_version() > 0);
	assert_int_equal(strstr(view, "all system calls") == NULL, sandbox_calls_work());
	sandbox_describe_view(NULL, view, sizeof(view));
	assert_string_equal(view, "off, by --no-sandbox");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forbidden_calls_kill),
	    cmocka_unit_test(test_the_rest_works),
	    cmocka_unit_test(test_files),
	    cmocka_unit_test(test_rights),
	    cmocka_unit_test(test_users_that_cannot_be),
	    cmocka_unit_test(test_description),
	};

#ifndef TCPHS_SANDBOX
	return 0;
#endif
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
	return 0;
}

#endif
