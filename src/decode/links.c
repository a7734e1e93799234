/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of link types. */
#include "decode/decoder.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

struct link {
	uint32_t number;
	enum encap_word word; /* how its path begins; WORD_NONE: with what comes next */
	layer_fn *read;
};

/* clang-format off */
static const struct link links[] = {
	/* LINKTYPE_ path       layer                           */
	{   1, WORD_ETH,     ethernet_read              }, /* ETHERNET */
	{ 113, WORD_SLL,     sll_read                   }, /* LINUX_SLL */
	{ 276, WORD_SLL,     sll2_read                  }, /* LINUX_SLL2 */
	{ 101, WORD_NONE,    raw_read                   }, /* RAW */
	{   0, WORD_NULL,    null_read                  }, /* NULL, in the byte order of its host */
	{ 108, WORD_LOOP,    null_read                  }, /* LOOP, in network order */
	{ 228, WORD_NONE,    raw_read                   }, /* IPV4 */
	{ 229, WORD_NONE,    raw_read                   }, /* IPV6 */
	{  12, WORD_NONE,    raw_read                   }, /* DLT_RAW of most systems, found in files */
	{  14, WORD_NONE,    raw_read                   }, /* DLT_RAW of OpenBSD, likewise */
	{   6, WORD_TR,      tokenring_read             }, /* IEEE802_5 */
	{   7, WORD_ARCNET,  arcnet_read                }, /* ARCNET_BSD */
	{   8, WORD_SLIP,    slip_read                  }, /* SLIP */
	{   9, WORD_PPP,     ppp_read                   }, /* PPP */
	{  10, WORD_FDDI,    fddi_read                  }, /* FDDI */
	{  50, WORD_PPP,     ppp_hdlc_read              }, /* PPP_HDLC */
	{  51, WORD_ETH,     pppoe_read                 }, /* PPP_ETHER, which begins behind Ethernet's header */
	{ 100, WORD_ATM,     llc_read                   }, /* ATM_RFC1483 */
	{ 104, WORD_CHDLC,   chdlc_read                 }, /* C_HDLC */
	{ 105, WORD_WLAN,    wlan_read                  }, /* IEEE802_11 */
	{ 107, WORD_FR,      framerelay_read            }, /* FRELAY */
	{ 109, WORD_ENC,     enc_read                   }, /* ENC */
	{ 117, WORD_PFLOG,   pflog_read                 }, /* PFLOG */
	{ 119, WORD_WLAN,    prism_read                 }, /* IEEE802_11_PRISM */
	{ 122, WORD_FC,      fibrechannel_read          }, /* IP_OVER_FC */
	{ 127, WORD_WLAN,    radiotap_read              }, /* IEEE802_11_RADIOTAP */
	{ 129, WORD_ARCNET,  arcnet_linux_read          }, /* ARCNET_LINUX */
	{ 138, WORD_IP1394,  firewire_read              }, /* APPLE_IP_OVER_IEEE1394 */
	{ 143, WORD_DOCSIS,  docsis_read                }, /* DOCSIS */
	{ 163, WORD_WLAN,    prism_read                 }, /* IEEE802_11_AVS */
	{ 166, WORD_PPP,     ppp_direction_read         }, /* PPP_PPPD */
	{ 192, WORD_NONE,    ppi_read                   }, /* PPI */
	{ 178, WORD_ETH,     juniper_ethernet_read      }, /* JUNIPER_ETHER */
	{ 179, WORD_PPP,     juniper_ppp_read           }, /* JUNIPER_PPP */
	{ 180, WORD_FR,      juniper_framerelay_read    }, /* JUNIPER_FRELAY */
	{ 181, WORD_CHDLC,   juniper_chdlc_read         }, /* JUNIPER_CHDLC */
	{ 197, WORD_ERF,     erf_read                   }, /* ERF */
	{ 204, WORD_PPP,     ppp_direction_read         }, /* PPP_WITH_DIR */
	{ 205, WORD_CHDLC,   chdlc_direction_read       }, /* C_HDLC_WITH_DIR */
	{ 206, WORD_FR,      framerelay_direction_read  }, /* FRELAY_WITH_DIR */
	{ 226, WORD_IPNET,   ipnet_read                 }, /* IPNET */
	{ 239, WORD_NFLOG,   nflog_read                 }, /* NFLOG */
	{ 240, WORD_ETH,     netanalyzer_read           }, /* NETANALYZER */
	{ 241, WORD_ETH,     netanalyzer_preamble_read  }, /* NETANALYZER_TRANSPARENT */
	{ 242, WORD_IPOIB,   ipoib_read                 }, /* IPOIB */
	{ 258, WORD_NONE,    pktap_read                 }, /* PKTAP */
	{ 259, WORD_ETH,     epon_read                  }, /* EPON */
	{ 274, WORD_ETH,     mpacket_read               }, /* ETHERNET_MPACKET */
};
/* clang-format on */

void next_link(struct walk *walk, uint32_t linktype)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		if (links[i].number == linktype) {
			if (links[i].word != WORD_NONE)
				walk->path[0] = encap_step_plain(links[i].word);
			walk->next = links[i].read;
			return;
		}
	}
	decoder_unknown(walk, UNKNOWN_LINKTYPE, linktype);
}
