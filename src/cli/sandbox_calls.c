/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The system calls that a run may still make, as a table: which, when, and what for. Any other
 * one kills the process, with SIGSYS. A call is in the table because it was seen (`strace`, by
 * tests/sandbox/calls.sh) or because a C library is known to make it on another system.
 */
#include "cli/sandbox_calls.h"

#include "cli/sandbox.h"

#if defined(TCPHS_SANDBOX) && defined(TCPHS_HAVE_SECCOMP) && !defined(SANITIZED)

#include <errno.h>
#include <fcntl.h>
#include <linux/kd.h>
#include <net/if.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

/* As <asm/termbits.h> has them, which can't be included beside <termios.h>: glibc 2.42. */
#define GET_TERMIOS2  _IOR('T', 0x2a, char[44])
#define SET_TERMIOS2  _IOW('T', 0x2b, char[44])
#define SETW_TERMIOS2 _IOW('T', 0x2c, char[44])
#define SETF_TERMIOS2 _IOW('T', 0x2d, char[44])

/* What must hold of an argument. Commands are 32 bits wide, whatever a C library passes. */
enum condition { ANY, IS, IS_NULL, HAS, HAS_NOT, IS_OURS };

struct rule {
	const char *call;
	unsigned needs; /* enum sandbox_need, any of them; 0: always */
	int refusal;    /* 0: allowed; else it isn't made and this errno comes back */
	uint8_t condition, argument;
	uint64_t value;
};

#define WRITING        (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)
#define NEED_LIBRARIES (NEED_VIEW | NEED_PICTURE | NEED_NAMES)

/* clang-format off */
static const struct rule rules[] = {
	/* Captures, keys and results, by descriptors that are open. */
	{"read", 0, 0, ANY, 0, 0},
	{"readv", 0, 0, ANY, 0, 0},
	{"pread64", 0, 0, ANY, 0, 0},
	{"write", 0, 0, ANY, 0, 0},
	{"writev", 0, 0, ANY, 0, 0},
	{"lseek", 0, 0, ANY, 0, 0},
	{"_llseek", 0, 0, ANY, 0, 0},
	{"fadvise64", 0, 0, ANY, 0, 0}, /* a capture is read from its beginning to its end */
	{"fadvise64_64", 0, 0, ANY, 0, 0},
	{"arm_fadvise64_64", 0, 0, ANY, 0, 0},
	{"close", 0, 0, ANY, 0, 0},
	{"fstat", 0, 0, ANY, 0, 0},
	{"fstat64", 0, 0, ANY, 0, 0},
	{"fcntl", 0, 0, ANY, 0, 0},
	{"fcntl64", 0, 0, ANY, 0, 0},
	{"ftruncate", 0, 0, ANY, 0, 0}, /* -o at its first octet; -w where a disk is full */
	{"ftruncate64", 0, 0, ANY, 0, 0},

	/* Memory. Nothing becomes executable, but where libraries are loaded late. */
	{"brk", 0, 0, ANY, 0, 0},
	{"munmap", 0, 0, ANY, 0, 0},
	{"mremap", 0, 0, ANY, 0, 0},
	{"madvise", 0, 0, ANY, 0, 0},
	{"mmap", 0, 0, HAS_NOT, 2, PROT_EXEC},
	{"mmap2", 0, 0, HAS_NOT, 2, PROT_EXEC},
	{"mprotect", 0, 0, HAS_NOT, 2, PROT_EXEC},
	{"mmap", NEED_LIBRARIES, 0, HAS, 2, PROT_EXEC},
	{"mmap2", NEED_LIBRARIES, 0, HAS, 2, PROT_EXEC},
	{"mprotect", NEED_LIBRARIES, 0, HAS, 2, PROT_EXEC},

	/* The thread that reads ahead: threads, but no processes. What clone3() is asked for lies
	 * in memory, out of a filter's sight; without it C libraries take clone(). */
	{"clone", 0, 0, HAS, 0, CLONE_THREAD},
	{"clone3", 0, ENOSYS, ANY, 0, 0},
	{"futex", 0, 0, ANY, 0, 0},
	{"futex_time64", 0, 0, ANY, 0, 0},
	{"set_robust_list", 0, 0, ANY, 0, 0},
	{"rseq", 0, 0, ANY, 0, 0},
	{"gettid", 0, 0, ANY, 0, 0},
	{"sched_getaffinity", 0, 0, ANY, 0, 0},
	{"sched_yield", 0, 0, ANY, 0, 0},
	{"exit", 0, 0, ANY, 0, 0},
	{"exit_group", 0, 0, ANY, 0, 0},

	/* Waiting, and the clock. */
	{"poll", 0, 0, ANY, 0, 0},
	{"ppoll", 0, 0, ANY, 0, 0},
	{"ppoll_time64", 0, 0, ANY, 0, 0},
	{"restart_syscall", 0, 0, ANY, 0, 0},
	{"nanosleep", 0, 0, ANY, 0, 0},
	{"clock_nanosleep", 0, 0, ANY, 0, 0},
	{"clock_nanosleep_time64", 0, 0, ANY, 0, 0},
	{"clock_gettime", 0, 0, ANY, 0, 0}, /* where the vDSO can't tell */
	{"clock_gettime64", 0, 0, ANY, 0, 0},
	{"gettimeofday", 0, 0, ANY, 0, 0},
	{"time", 0, 0, ANY, 0, 0},

	/* Signals: Ctrl-C, Ctrl-Z and abort(), to this process and no other. */
	{"rt_sigaction", 0, 0, ANY, 0, 0},
	{"rt_sigprocmask", 0, 0, ANY, 0, 0},
	{"rt_sigreturn", 0, 0, ANY, 0, 0},
	{"sigreturn", 0, 0, ANY, 0, 0},
	{"sigaltstack", 0, 0, ANY, 0, 0},
	{"getpid", 0, 0, ANY, 0, 0},
	{"getpgrp", NEED_VIEW, 0, ANY, 0, 0}, /* does this process have the terminal? */
	{"getpgid", NEED_VIEW, 0, ANY, 0, 0},
	{"tgkill", 0, 0, IS_OURS, 0, 0},
	{"kill", 0, 0, IS_OURS, 0, 0},

	/* Keys of hash tables. */
	{"getrandom", 0, 0, ANY, 0, 0},

	/* The view's pipe to the thread that writes to the terminal. */
	{"pipe", NEED_VIEW, 0, ANY, 0, 0},
	{"pipe2", NEED_VIEW, 0, ANY, 0, 0},
	{"dup", NEED_VIEW, 0, ANY, 0, 0},
	{"dup2", NEED_VIEW, 0, ANY, 0, 0},
	{"dup3", NEED_VIEW, 0, ANY, 0, 0},

	/* Of devices: the terminal's modes and size, how much waits. Not TIOCSTI, which types. */
	{"ioctl", 0, 0, IS, 1, TCGETS},
	{"ioctl", 0, 0, IS, 1, GET_TERMIOS2},
	{"ioctl", 0, 0, IS, 1, TIOCGWINSZ},
	{"ioctl", 0, 0, IS, 1, FIONREAD},
	{"ioctl", NEED_VIEW, 0, IS, 1, TCSETS},
	{"ioctl", NEED_VIEW, 0, IS, 1, TCSETSW},
	{"ioctl", NEED_VIEW, 0, IS, 1, TCSETSF},
	{"ioctl", NEED_VIEW, 0, IS, 1, SET_TERMIOS2},
	{"ioctl", NEED_VIEW, 0, IS, 1, SETW_TERMIOS2},
	{"ioctl", NEED_VIEW, 0, IS, 1, SETF_TERMIOS2},
	{"ioctl", NEED_VIEW, 0, IS, 1, TCFLSH},
	{"ioctl", NEED_VIEW, 0, IS, 1, TIOCGPGRP}, /* is it the shell's turn? */
	{"ioctl", NEED_VIEW, 0, IS, 1, GIO_UNIMAP}, /* what has the console's font? */
	{"ioctl", NEED_LIVE, 0, IS, 1, SIOCGIFFLAGS}, /* is the interface up? */
	{"ioctl", NEED_LIVE, 0, IS, 1, FIONBIO},

	/* An interface: packets, and the kernel's counts of them. */
	{"recvfrom", NEED_LIVE, 0, ANY, 0, 0},
	{"recvmsg", NEED_LIVE, 0, ANY, 0, 0},
	{"getsockopt", NEED_LIVE, 0, ANY, 0, 0},
	{"getsockname", NEED_LIVE, 0, ANY, 0, 0}, /* is the interface still there? */
	{"setsockopt", NEED_LIVE, 0, ANY, 0, 0}, /* as the handle is closed */

	/* Files by name: Landlock says which. Only the view opens any to write. */
	{"openat", 0, 0, HAS_NOT, 2, WRITING},
	{"open", 0, 0, HAS_NOT, 1, WRITING},
	{"newfstatat", 0, 0, ANY, 0, 0},
	{"fstatat64", 0, 0, ANY, 0, 0},
	{"statx", 0, 0, ANY, 0, 0},
	{"stat", 0, 0, ANY, 0, 0},
	{"stat64", 0, 0, ANY, 0, 0},
	{"lstat", 0, 0, ANY, 0, 0},
	{"access", 0, 0, ANY, 0, 0},
	{"faccessat", 0, 0, ANY, 0, 0},
	{"faccessat2", 0, 0, ANY, 0, 0},
	{"readlink", 0, 0, ANY, 0, 0},
	{"readlinkat", 0, 0, ANY, 0, 0},
	{"getdents64", 0, 0, ANY, 0, 0},
	{"openat", NEED_VIEW, 0, ANY, 0, 0},
	{"open", NEED_VIEW, 0, ANY, 0, 0},
	{"unlink", NEED_VIEW | NEED_REMOVAL, 0, ANY, 0, 0}, /* a file that was begun in vain */
	{"unlinkat", NEED_VIEW | NEED_REMOVAL, 0, ANY, 0, 0},

	/* What librsvg and the libraries below it ask of the system. */
	{"prctl", NEED_VIEW | NEED_PICTURE, 0, IS, 0, PR_SET_NAME},
	{"eventfd2", NEED_VIEW | NEED_PICTURE, 0, ANY, 0, 0},
	{"fstatfs", NEED_VIEW | NEED_PICTURE, 0, ANY, 0, 0},
	{"statfs", NEED_VIEW | NEED_PICTURE, 0, ANY, 0, 0},
	{"getcwd", NEED_VIEW | NEED_PICTURE, 0, ANY, 0, 0},
	{"prlimit64", NEED_VIEW | NEED_PICTURE, 0, IS_NULL, 2, 0}, /* to ask, not to set */
	{"getuid", 0, 0, ANY, 0, 0},
	{"geteuid", 0, 0, ANY, 0, 0},
	{"getgid", 0, 0, ANY, 0, 0},
	{"getegid", 0, 0, ANY, 0, 0},
	{"sysinfo", 0, 0, ANY, 0, 0}, /* qsort() of much asks how much memory there is */
	{"uname", NEED_VIEW | NEED_NAMES, 0, ANY, 0, 0},

	/* What fails without harm, so that the library goes on without: caches that would be
	 * written, name servers that would be asked. */
	{"socket", NEED_NAMES, EACCES, ANY, 0, 0},
	{"openat", NEED_PICTURE, EACCES, HAS, 2, O_WRONLY},
	{"openat", NEED_PICTURE, EACCES, HAS, 2, O_RDWR},
	{"mkdir", NEED_VIEW | NEED_PICTURE, EACCES, ANY, 0, 0},
	{"mkdirat", NEED_VIEW | NEED_PICTURE, EACCES, ANY, 0, 0},
	{"chmod", NEED_VIEW | NEED_PICTURE, EACCES, ANY, 0, 0},
	{"fchmodat", NEED_VIEW | NEED_PICTURE, EACCES, ANY, 0, 0},
};
/* clang-format on */
#define RULES (sizeof(rules) / sizeof(rules[0]))

static bool is_wanted(const struct rule *rule, unsigned needs)
{
	return rule->needs == 0 || (rule->needs & needs) != 0;
}

bool sandbox_calls_work(void)
{
	return prctl(PR_GET_SECCOMP) >= 0;
}

const char *sandbox_calls_why_not(void)
{
	return "the kernel has no seccomp";
}

const char *sandbox_calls_at(size_t index)
{
	return index < RULES ? rules[index].call : NULL;
}

/* Names that this machine has, each once. */
size_t sandbox_calls_count(unsigned needs)
{
	size_t count = 0;

	for (size_t i = 0; i < RULES; i++) {
		bool again = !is_wanted(&rules[i], needs) || rules[i].refusal != 0 ||
		             seccomp_syscall_resolve_name(rules[i].call) < 0;

		for (size_t j = 0; j < i && !again; j++)
			again = is_wanted(&rules[j], needs) &&
			        strcmp(rules[j].call, rules[i].call) == 0;
		count += !again;
	}
	return count;
}

static struct scmp_arg_cmp comparison(const struct rule *rule)
{
	unsigned argument = rule->argument;

	switch (rule->condition) {
	case HAS:
		return SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, rule->value, rule->value);
	case HAS_NOT:
		return SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, rule->value, 0);
	case IS_OURS:
		return SCMP_CMP64(argument, SCMP_CMP_EQ, (uint64_t)getpid(), 0);
	case IS_NULL:
		return SCMP_CMP64(argument, SCMP_CMP_EQ, 0, 0);
	default:
		return SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, UINT32_MAX, rule->value);
	}
}

/* 0, or a negative errno. A call that this machine hasn't got needs no rule. */
static int add_rule(scmp_filter_ctx filter, const struct rule *rule)
{
	int call = seccomp_syscall_resolve_name(rule->call);
	uint32_t action =
	    rule->refusal != 0 ? SCMP_ACT_ERRNO((uint32_t)rule->refusal) : SCMP_ACT_ALLOW;
	struct scmp_arg_cmp compared = comparison(rule);

	if (call < 0)
		return 0;
	return seccomp_rule_add_array(filter, action, call, rule->condition == ANY ? 0 : 1,
	                              &compared);
}

bool sandbox_calls_limit(unsigned needs, struct tcphs_error *error)
{
	scmp_filter_ctx filter;
	int failure = 0;

	if (!sandbox_calls_work())
		return true;
	filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (filter == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	/* All threads; and no slowing down of the processor, which is meant for programs that
	 * run others' code. Neither is missed by a kernel that doesn't know it. */
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (size_t i = 0; i < RULES && failure == 0; i++)
		if (is_wanted(&rules[i], needs))
			failure = add_rule(filter, &rules[i]);
	if (failure == 0)
		failure = seccomp_load(filter);
	seccomp_release(filter);
	if (failure == 0)
		return true;
	tcphs_error_set(error, TCPHS_USAGE,
	                "can't filter its system calls: %s; --no-sandbox goes on without",
	                strerror(-failure));
	return false;
}

#else

bool sandbox_calls_work(void)
{
	return false;
}

const char *sandbox_calls_why_not(void)
{
#ifdef SANITIZED
	return "built with a sanitizer";
#elif defined(__linux__)
	return "built without libseccomp";
#else
	return "this system has none";
#endif
}

const char *sandbox_calls_at(size_t index)
{
	(void)index;
	return NULL;
}

size_t sandbox_calls_count(unsigned needs)
{
	(void)needs;
	return 0;
}

bool sandbox_calls_limit(unsigned needs, struct tcphs_error *error)
{
	(void)needs;
	(void)error;
	return true;
}

#endif
