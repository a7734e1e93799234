/* SPDX-License-Identifier: BSD-3-Clause */
/* An empty loop over a capture's packets with libpcap: loop_libpcap CAPTURE */
#include <pcap/pcap.h>
#include <stdio.h>

static void count_packet(u_char *packets, const struct pcap_pkthdr *header, const u_char *octets)
{
	(void)header;
	(void)octets;
	++*(unsigned long long *)(void *)packets;
}

int main(int argc, char **argv)
{
	char error[PCAP_ERRBUF_SIZE];
	unsigned long long packets = 0;
	pcap_t *pcap = argc == 2 ? pcap_open_offline(argv[1], error) : NULL;

	if (pcap == NULL)
		return 2;
	pcap_loop(pcap, -1, count_packet, (u_char *)(void *)&packets);
	printf("%llu\n", packets);
	pcap_close(pcap);
	return 0;
}
