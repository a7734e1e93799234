/* SPDX-License-Identifier: BSD-3-Clause */
/* An empty loop over a capture's packets with the reader of libtcphs: loop_tcphs CAPTURE… */
#include <stdio.h>
#include <tcphs/source.h>

#define BATCH 256

int main(int argc, char **argv)
{
	static struct tcphs_packet batch[BATCH];
	struct tcphs_source *source;
	struct tcphs_error error;
	unsigned long long packets = 0;
	size_t count;

	if (argc < 2)
		return 2;
	source =
	    tcphs_source_open_files((const char *const *)argv + 1, (size_t)argc - 1, NULL, &error);
	if (source == NULL) {
		fprintf(stderr, "%s\n", error.text);
		return 2;
	}
	while (tcphs_source_read(source, batch, BATCH, &count, &error) == TCPHS_SOURCE_MORE)
		packets += count;
	printf("%llu\n", packets + count);
	tcphs_source_close(source);
	return 0;
}
