/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/source.h>

#include <pcap.h>

const char *tcphs_source_library(void)
{
	return pcap_lib_version();
}
