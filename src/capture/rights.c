/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/rights.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/escape.h"

/* How one becomes root here, as a word before a command; "" if that isn't known. */
static const char *root_word(void)
{
	static const struct {
		const char *path, *word;
	} known[] = {
	    {"/usr/bin/sudo", "sudo"},          {"/usr/local/bin/sudo", "sudo"},
	    {"/run/wrappers/bin/sudo", "sudo"}, {"/usr/bin/doas", "doas"},
	    {"/usr/local/bin/doas", "doas"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (access(known[i].path, X_OK) == 0)
			return known[i].word;
	return "";
}

static void explain(const char *name, const char *before, const char *command,
                    struct tcphs_error *error)
{
	const char *root = root_word();

	if (root[0] != '\0')
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s%syou may not sniff: %s with '%s %s', or start tcphs with %s",
		                name, name[0] != '\0' ? ": " : "", before, root, command, root);
	else
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s%syou may not sniff: %s with '%s' as root, or start tcphs as root", name,
		    name[0] != '\0' ? ": " : "", before, command);
}

#ifdef __linux__

bool rights_suffice(void)
{
	/* Protocol 0 receives nothing; opening it needs the same capability as sniffing. */
	int raw = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (raw < 0)
		return errno != EPERM && errno != EACCES;
	close(raw);
	return true;
}

void rights_explain(const char *name, struct tcphs_error *error)
{
	char path[512], shown[256] = "$(command -v tcphs)", command[320];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (geteuid() == 0) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s%seven root may not sniff here: whatever started tcphs took "
		                "CAP_NET_RAW away; containers have it with '--cap-add=NET_RAW'",
		                name, name[0] != '\0' ? ": " : "");
		return;
	}
	if (length > 0) {
		path[length] = '\0';
		escape_into(shown, sizeof(shown), path);
	}
	snprintf(command, sizeof(command), "setcap cap_net_raw,cap_net_admin=eip %s", shown);
	explain(name, "allow it once", command, error);
}

#else

#include <grp.h>
#include <sys/stat.h>

bool rights_suffice(void)
{
	char path[16];

	for (int i = 0; i < 256; i++) {
		snprintf(path, sizeof(path), "/dev/bpf%d", i);
		if (access(path, R_OK) == 0)
			return true;
		if (errno == ENOENT)
			break;
	}
	return false;
}

/* Who belongs to the group that reads /dev/bpf may sniff; Wireshark makes one on macOS. */
static bool group_command(char *command, size_t size)
{
#ifdef __APPLE__
	static const char form[] = "dseditgroup -o edit -a $(id -un) -t user %s";
#else
	static const char form[] = "pw groupmod %s -m $(id -un)";
#endif
	const struct group *group;
	struct stat status;

	if (stat("/dev/bpf0", &status) != 0 || (status.st_mode & S_IRGRP) == 0 ||
	    status.st_gid == 0 || (group = getgrgid(status.st_gid)) == NULL)
		return false;
	return (size_t)snprintf(command, size, form, group->gr_name) < size;
}

void rights_explain(const char *name, struct tcphs_error *error)
{
	char command[160];

	if (group_command(command, sizeof(command)))
		explain(name, "join the group that may", command, error);
	else
		explain(name, "allow it until the next start", "chown $(id -un) /dev/bpf*", error);
}

#endif
