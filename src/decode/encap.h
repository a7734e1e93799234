/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of encapsulations: which path of layers led to a segment, as a small number.
 *
 * A path is a sequence of steps, a step a word (what kind of layer) and perhaps an id (a VLAN
 * id, an MPLS label, a tunnel's id). Its first step is the link type's word, which is kept for
 * the text and ignored when paths are compared: a connection seen on Ethernet and on a cooked
 * interface is one connection.
 *
 * Looking a path up costs a hash of its steps; text is made once, when a path is new.
 */
#ifndef DECODE_ENCAP_H
#define DECODE_ENCAP_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
#define ENCAP_WORDS(X) \
	X(ETH, "eth") X(SLL, "sll") X(NULL, "null") X(LOOP, "loop") X(PPP, "ppp") \
	X(SLIP, "slip") X(CHDLC, "chdlc") X(FR, "fr") X(WLAN, "wlan") X(NFLOG, "nflog") \
	X(FDDI, "fddi") X(TR, "tr") X(IPOIB, "ipoib") X(ARCNET, "arcnet") X(PFLOG, "pflog") \
	X(IP1394, "ip1394") X(ENC, "enc") X(DOCSIS, "docsis") X(ATM, "atm") X(FC, "fc") \
	X(IPNET, "ipnet") X(ERF, "erf") X(VLAN, "vlan") \
	X(MPLS, "mpls") X(PPPOE, "pppoe") X(IP, "ip") X(IPV6, "ipv6") X(ITAG, "itag") \
	X(VNTAG, "vntag") X(MACSEC, "macsec") X(CMD, "cmd") X(NSH, "nsh") X(GRE, "gre") \
	X(ERSPAN, "erspan") X(UDP, "udp") X(VXLAN, "vxlan") X(GENEVE, "geneve") \
	X(GTP, "gtp") X(L2TP, "l2tp") X(TEREDO, "teredo") X(AH, "ah") X(ETHERIP, "etherip") \
	X(LISP, "lisp") X(ETAG, "etag") X(FABRICPATH, "fabricpath") X(TZSP, "tzsp") \
	X(CAPWAP, "capwap") X(AYIYA, "ayiya")
/* clang-format on */

#define ENCAP_WORD(name, text) WORD_##name,
enum encap_word { WORD_NONE, ENCAP_WORDS(ENCAP_WORD) WORD_COUNT };
#undef ENCAP_WORD

/* A step as one number: word << 48, has-an-id << 47, id in the low 32 bits. */
typedef uint64_t encap_step;

#define ENCAP_STEP_HAS_ID ((encap_step)1 << 47)

static inline encap_step encap_step_plain(enum encap_word word)
{
	return (encap_step)word << 48;
}

static inline encap_step encap_step_id(enum encap_word word, uint32_t id)
{
	return (encap_step)word << 48 | ENCAP_STEP_HAS_ID | id;
}

struct encap_table;

struct encap_table *encap_table_new(void); /* NULL if memory is exhausted */
void encap_table_free(struct encap_table *table);

/*
 * The id of the path steps[0..count), count ≥ 1; a new one if it was never met. With the
 * table full (TCPHS_ENCAP_MAX paths) or memory exhausted: TCPHS_ENCAP_MAX for all further ones.
 */
uint32_t encap_table_find(struct encap_table *table, const encap_step *steps, unsigned count);

/* Never NULL; "" for an id that was not given out. Lives as long as the table. */
const char *encap_table_text(const struct encap_table *table, uint32_t id);

/* Whether a path found no memory, and so lost its name. */
bool encap_table_starved(const struct encap_table *table);
/* A hash of steps[1..count), keyed per table so that it can't be steered from outside. */
uint64_t encap_table_hash(const struct encap_table *table, const encap_step *steps, unsigned count);

#endif
