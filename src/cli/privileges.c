/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/privileges.h"

#include "base/escape.h"
#include "base/units.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef TCPHS_HAVE_CAPNG
#include <cap-ng.h>
#endif
#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#ifdef TCPHS_HAVE_CAPNG

/* The bounding set as well, which is what setuid programs and file capabilities draw from; it
 * can be emptied only while there is CAP_SETPCAP. */
static bool drop_bounding_set(void)
{
	if (capng_get_caps_process() != 0)
		return false;
	if (!capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP))
		return true;
	capng_clear(CAPNG_SELECT_BOUNDS);
	return capng_apply(CAPNG_SELECT_BOUNDS) == 0;
}

static bool drop_capabilities(void)
{
	capng_clear(CAPNG_SELECT_BOTH);
	return capng_apply(CAPNG_SELECT_CAPS) == 0;
}

#elif defined(__linux__)

static bool drop_bounding_set(void)
{
	return true;
}

/* By the kernel's own interface, where libcap-ng isn't installed. */
static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];

	memset(none, 0, sizeof(none));
	return syscall(SYS_capset, &header, none) == 0;
}

#else

static bool drop_bounding_set(void)
{
	return true;
}

static bool drop_capabilities(void)
{
	return true;
}

#endif

/* Nothing that is executed later gets rights either. */
static bool forbid_new(void)
{
#ifdef __linux__
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#else
	return true;
#endif
}

/* A number in the environment that sudo sets; false if it is not there or is root's. */
static bool id_from(const char *variable, uint32_t *id)
{
	const char *text = getenv(variable);
	uint64_t number;

	if (text == NULL || !units_parse_number(text, strlen(text), &number) || number == 0 ||
	    number >= UINT32_MAX)
		return false;
	*id = (uint32_t)number;
	return true;
}

/* Groups before the user: afterwards there is no right to. That there is no way back is tried. */
static bool become(uint32_t user, uint32_t group)
{
	const struct passwd *entry = getpwuid((uid_t)user);
	gid_t only = (gid_t)group;
	int groups = entry != NULL ? initgroups(entry->pw_name, only) : setgroups(1, &only);

	/* The view's configuration is that of the user, too. */
	if (entry != NULL && entry->pw_dir != NULL)
		setenv("HOME", entry->pw_dir, 1);
	return groups == 0 && setgid(only) == 0 && setuid((uid_t)user) == 0 && setuid(0) != 0 &&
	       geteuid() == user;
}

static bool become_named(const char *name, struct tcphs_error *error)
{
	const struct passwd *entry;
	char shown[100];

	escape_into(shown, sizeof(shown), name);
	errno = 0;
	entry = getpwnam(name);
	if (geteuid() != 0)
		tcphs_error_set(error, TCPHS_USAGE,
		                "-Z %s: only root can become another user; leave -Z out", shown);
	else if (entry == NULL)
		tcphs_error_set(error, TCPHS_USAGE, "-Z %s: there is no such user", shown);
	else if (entry->pw_uid == 0)
		tcphs_error_set(error, TCPHS_USAGE,
		                "-Z %s: this is root; name a user without rights", shown);
	else if (!become((uint32_t)entry->pw_uid, (uint32_t)entry->pw_gid))
		tcphs_error_set(error, TCPHS_USAGE, "-Z %s: can't become this user: %s", shown,
		                strerror(errno));
	else
		return true;
	return false;
}

static bool become_caller(struct tcphs_error *error)
{
	uint32_t user, group;

	if (geteuid() != 0 || !id_from("SUDO_UID", &user) || !id_from("SUDO_GID", &group) ||
	    become(user, group))
		return true;
	tcphs_error_set(error, TCPHS_USAGE,
	                "can't become the user who called sudo: %s; --no-sandbox stays root",
	                strerror(errno));
	return false;
}

bool privileges_drop(const char *user, struct tcphs_error *error)
{
	bool bounded = drop_bounding_set();

	if (user != NULL ? !become_named(user, error) : !become_caller(error))
		return false;
	if (bounded && drop_capabilities() && forbid_new())
		return true;
	tcphs_error_set(error, TCPHS_USAGE,
	                "can't drop the privileges: %s; --no-sandbox keeps them", strerror(errno));
	return false;
}
