/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/privileges.h"

#include "base/units.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* By the kernel's own interface: the C library has none and a library for this one call would
 * have to be there everywhere. */
static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];

	memset(none, 0, sizeof(none));
	return syscall(SYS_capset, &header, none) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}
#else
static bool drop_capabilities(void)
{
	return true;
}
#endif

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

	return groups == 0 && setgid(only) == 0 && setuid((uid_t)user) == 0 && setuid(0) != 0 &&
	       geteuid() == user;
}

bool privileges_drop(struct tcphs_error *error)
{
	uint32_t user, group;

	if (geteuid() == 0 && id_from("SUDO_UID", &user) && id_from("SUDO_GID", &group) &&
	    !become(user, group)) {
		tcphs_error_set(error, TCPHS_USAGE, "can't become the user who called sudo: %s",
				strerror(errno));
		return false;
	}
	if (!drop_capabilities()) {
		tcphs_error_set(error, TCPHS_USAGE, "can't drop the privileges: %s; --no-sandbox keeps them",
				strerror(errno));
		return false;
	}
	return true;
}
