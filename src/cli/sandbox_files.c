/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The files that a run may still open, as a table. Captures and outputs are open already, so
 * that most runs need nothing but what libraries read when they are used for the first time.
 */
#include "cli/sandbox_files.h"

#include "cli/sandbox.h"

#if defined(TCPHS_SANDBOX) && defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * The kernel's interface, which never changes, as in <linux/landlock.h>: the C library has no
 * functions for it and distributions have headers older than their kernels.
 */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif
enum { RULE_PATH = 1, VERSION_FLAG = 1 };

struct ruleset {
	uint64_t files, network, scopes;
};

struct path_rule {
	uint64_t allowed;
	int32_t folder;
} __attribute__((packed));

#define WRITE_FILE  (UINT64_C(1) << 1)
#define READ_FILE   (UINT64_C(1) << 2)
#define READ_DIR    (UINT64_C(1) << 3)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_REG    (UINT64_C(1) << 8)
#define TRUNCATE    (UINT64_C(1) << 14)
#define IOCTL_DEV   (UINT64_C(1) << 15)
#define OF_A_FILE   (WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)

#define READ (READ_FILE | READ_DIR)
#define KEEP (READ_FILE | WRITE_FILE | MAKE_REG | REMOVE_FILE | TRUNCATE)

/* All rights that exist in a version of Landlock: how many bits of each kind. */
static const struct {
	int version;
	unsigned files, network, scopes;
} versions[] = {{1, 13, 0, 0}, {2, 14, 0, 0}, {3, 15, 0, 0},
                {4, 15, 2, 0}, {5, 16, 2, 0}, {6, 16, 2, 2}};

/* $variable/path, or path alone; rows whose path isn't there are passed over. */
struct place {
	const char *variable, *path;
	uint64_t allowed;
	unsigned needs; /* of the plan, any; 0: always */
};

/* clang-format off */
static const struct place places[] = {
	/* Shared libraries, and what belongs to them: character sets, time zones, fonts, terminals. */
	{NULL, "/usr", READ, 0},
	{NULL, "/lib", READ, 0},
	{NULL, "/lib32", READ, 0},
	{NULL, "/lib64", READ, 0},
	{NULL, "/opt", READ, 0},
	{NULL, "/nix/store", READ, 0},
	{NULL, "/gnu/store", READ, 0},
	{NULL, "/etc/ld.so.cache", READ, 0},
	{NULL, "/etc/localtime", READ, 0},
	{NULL, "/etc/timezone", READ, 0},
#ifdef SANITIZED
	{NULL, "/", READ, 0}, /* suppressions, /proc, symbols */
#endif
	/* Terminals. */
	{NULL, "/etc/terminfo", READ, NEED_VIEW},
	{"TERMINFO", "", READ, NEED_VIEW},
	{"HOME", "/.terminfo", READ, NEED_VIEW},
	{NULL, "/dev/tty", READ_FILE | WRITE_FILE | IOCTL_DEV, NEED_VIEW},
	/* The view's configuration. */
	{"XDG_CONFIG_HOME", "/tcphs", READ, NEED_VIEW},
	{"HOME", "/.config/tcphs", READ, NEED_VIEW},
	{"XDG_CONFIG_HOME", "/tcphs/config", READ, NEED_VIEW}, /* may be a link elsewhere */
	{"HOME", "/.config/tcphs/config", READ, NEED_VIEW},
	/* What the user saves: here, or among the temporary files. */
	{NULL, ".", KEEP, NEED_VIEW},
	{NULL, "/tmp", KEEP, NEED_VIEW},
	{"TMPDIR", "", KEEP, NEED_VIEW},
	/* Fonts. */
	{NULL, "/etc/fonts", READ, NEED_VIEW | NEED_PICTURE},
	{NULL, "/var/cache/fontconfig", READ, NEED_VIEW | NEED_PICTURE},
	{"HOME", "/.fonts", READ, NEED_VIEW | NEED_PICTURE},
	{"HOME", "/.local/share/fonts", READ, NEED_VIEW | NEED_PICTURE},
	{"HOME", "/.cache/fontconfig", READ, NEED_VIEW | NEED_PICTURE},
	{"HOME", "/.config/fontconfig", READ, NEED_VIEW | NEED_PICTURE},
	/* Names in -f, of hosts and of services. */
	{NULL, "/etc/hosts", READ, NEED_NAMES},
	{NULL, "/etc/services", READ, NEED_NAMES},
	{NULL, "/etc/protocols", READ, NEED_NAMES},
	{NULL, "/etc/nsswitch.conf", READ, NEED_NAMES},
	{NULL, "/etc/host.conf", READ, NEED_NAMES},
	{NULL, "/etc/resolv.conf", READ, NEED_NAMES},
	/* What the interface itself has dropped. */
	{NULL, "/sys/class/net", READ, NEED_LIVE},
	{NULL, "/sys/devices", READ, NEED_LIVE},
	/* A lesson names its captures as it goes, and expectations are held against many. */
	{NULL, "/", READ, NEED_CAPTURES},
};
/* clang-format on */

int sandbox_files_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, VERSION_FLAG);

	return version > 0 ? (int)version : 0;
}

static struct ruleset all_of(int version)
{
	struct ruleset all = {0};

	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		if (versions[i].version > version)
			break;
		all.files = (UINT64_C(1) << versions[i].files) - 1;
		all.network = (UINT64_C(1) << versions[i].network) - 1;
		all.scopes = (UINT64_C(1) << versions[i].scopes) - 1;
	}
	return all;
}

/* The whole file system is no place to save files in. */
static bool is_root(const char *path)
{
	struct stat here, root;

	return stat(path, &here) == 0 && stat("/", &root) == 0 && here.st_dev == root.st_dev &&
	       here.st_ino == root.st_ino;
}

static bool allow(int ruleset, const struct ruleset *all, const char *path, uint64_t allowed)
{
	struct path_rule rule = {.allowed = allowed & all->files,
	                         .folder = open(path, O_PATH | O_CLOEXEC)};
	struct stat info;
	bool done;

	if (rule.folder < 0)
		return true; /* it isn't there, and so nothing is lost */
	if (fstat(rule.folder, &info) == 0 && !S_ISDIR(info.st_mode))
		rule.allowed &= OF_A_FILE;
	done = syscall(SYS_landlock_add_rule, ruleset, RULE_PATH, &rule, 0) == 0;
	close(rule.folder);
	return done;
}

static bool allow_place(int ruleset, const struct ruleset *all, const struct place *place)
{
	const char *before = place->variable != NULL ? getenv(place->variable) : "";
	char path[PATH_MAX];

	if (before == NULL || (place->variable != NULL && before[0] != '/') ||
	    (size_t)snprintf(path, sizeof(path), "%s%s", before, place->path) >= sizeof(path) ||
	    ((place->allowed & MAKE_REG) && is_root(path)))
		return true;
	return allow(ruleset, all, path, place->allowed);
}

/* The folder of -o's file: nothing but to take that file away. */
static bool allow_removal(int ruleset, const struct ruleset *all, const char *output)
{
	const char *slash = strrchr(output, '/');
	char path[PATH_MAX] = ".";

	if (slash != NULL && (size_t)snprintf(path, sizeof(path), "%.*s", (int)(slash - output + 1),
	                                      output) >= sizeof(path))
		return true;
	return allow(ruleset, all, path, REMOVE_FILE);
}

static bool allow_all(int ruleset, const struct ruleset *all, const struct sandbox_plan *plan)
{
	bool done = true;

	for (size_t i = 0; done && i < sizeof(places) / sizeof(places[0]); i++)
		if (places[i].needs == 0 || (places[i].needs & plan->needs))
			done = allow_place(ruleset, all, &places[i]);
	if (done && (plan->needs & NEED_REMOVAL) && plan->output != NULL)
		done = allow_removal(ruleset, all, plan->output);
	return done;
}

bool sandbox_files_limit(const struct sandbox_plan *plan, struct tcphs_error *error)
{
	int version = sandbox_files_version();
	struct ruleset all = all_of(version);
	/* Older kernels want to hear of nothing that they don't know. */
	size_t size = version >= 6   ? sizeof(all)
	              : version >= 4 ? 2 * sizeof(uint64_t)
	                             : sizeof(uint64_t);
	bool done;
	int ruleset;

	if (version == 0)
		return true;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
	done = ruleset >= 0 && allow_all(ruleset, &all, plan) &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	if (!done)
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "can't limit the files that are open to it: %s; --no-sandbox goes on without",
		    strerror(errno));
	if (ruleset >= 0)
		close(ruleset);
	return done;
}

#else

int sandbox_files_version(void)
{
	return 0;
}

bool sandbox_files_limit(const struct sandbox_plan *plan, struct tcphs_error *error)
{
	(void)plan;
	(void)error;
	return true;
}

#endif
