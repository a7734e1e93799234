/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/source.h>

#include <pcap.h>
#include "capture/unpack.h"

const char *tcphs_source_library(void)
{
	return pcap_lib_version();
}

bool tcphs_source_unpacker(size_t index, struct tcphs_unpacker *about)
{
	return unpack_describe(index, about);
}
