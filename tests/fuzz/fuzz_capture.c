/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any octets as a capture file, compressed or not: no read beyond the buffer, no undefined
 * behaviour, an end; and a second reading, by seeking, gives the same packets.
 */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>
#include <stdio.h>
#include <tcphs/source.h>

#define BATCH     32
#define KEPT_MOST 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int truth)
{
	if (!truth)
		abort();
}

/* A sum that touches every octet and field. */
static uint64_t sum_packet(const struct tcphs_packet *packet)
{
	uint64_t sum = packet->number;

	for (uint32_t i = 0; i < packet->caplen; i++)
		sum = sum * 31 + packet->data[i];
	for (uint32_t i = 0; i < packet->options_length; i++)
		sum = sum * 31 + packet->options[i];
	expect(packet->wirelen >= packet->caplen || packet->linktype != 1);
	expect(packet->time >= 0);
	return sum * 31 + (uint64_t)packet->time + packet->linktype + packet->interface;
}

/* Reads to the end; sums[0..) gets the first KEPT_MOST packets. Returns how many there are. */
static size_t read_all(struct tcphs_source *source, uint64_t *sums)
{
	struct tcphs_packet batch[BATCH];
	enum tcphs_source_state state;
	size_t total = 0, count;

	do {
		state = tcphs_source_read(source, batch, BATCH, &count, NULL);
		expect(state != TCPHS_SOURCE_MORE || count > 0);
		for (size_t i = 0; i < count; i++, total++)
			if (total < KEPT_MOST)
				sums[total] = sum_packet(&batch[i]);
	} while (state == TCPHS_SOURCE_MORE);
	return total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint64_t first[KEPT_MOST], second[KEPT_MOST];
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	struct tcphs_source *source;
	char path[32];
	const char *paths[1] = {path};
	size_t total;

	expect(file >= 0 && write(file, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	source = tcphs_source_open_files(paths, 1, NULL, NULL);
	close(file);
	if (source == NULL)
		return 0;
	total = read_all(source, first);
	for (size_t from = total > 3 ? total - 3 : 1; from <= total && total <= KEPT_MOST; from++) {
		expect(tcphs_source_seek(source, from));
		expect(read_all(source, second) == total - from + 1);
		for (size_t i = from; i <= total; i++)
			expect(first[i - 1] == second[i - from]);
	}
	tcphs_source_close(source);
	return 0;
}
