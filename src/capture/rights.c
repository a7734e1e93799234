/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/rights.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/escape.h"

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
	char path[512], shown[256] = "$(command -v tcphs)";
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (length > 0) {
		path[length] = '\0';
		escape_into(shown, sizeof(shown), path);
	}
	tcphs_error_set(error, TCPHS_USAGE,
	                "%s: you may not sniff: allow it once with "
	                "'sudo setcap cap_net_raw,cap_net_admin=eip %s', or start tcphs with sudo",
	                name, shown);
}

#else

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

void rights_explain(const char *name, struct tcphs_error *error)
{
	tcphs_error_set(error, TCPHS_USAGE,
	                "%s: you may not sniff: allow it until the next start with "
	                "'sudo chown $(id -un) /dev/bpf*', or start tcphs with sudo",
	                name);
}

#endif
