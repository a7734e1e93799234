/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A table by kind says which lengths are allowed and which function takes the value out.
 * Every length is checked before anything is read (RFC 9293 §3.1, MUST-7).
 */
#include "decode/options.h"

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

#define KIND_EOL 0
#define KIND_NOP 1

#define LENGTH(n) (UINT64_C(1) << (n))

#define TFO_MAGIC      0xf989 /* RFC 7413 §4.1.1, experimental by RFC 6994 */
#define TFO_COOKIE_MIN 4
#define TFO_COOKIE_MAX 16

/* Takes out the value of the option at `option`, whose length is allowed; false: malformed. */
typedef bool value_fn(struct tcphs_options *options, const uint8_t *option, uint8_t length);

static bool mss_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	(void)length;
	options->mss = get_be16(option + 2);
	return true;
}

static bool wscale_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	(void)length;
	options->wscale = option[2];
	return true;
}

static bool sack_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	options->sack_blocks = (uint8_t)((length - 2) / 8);
	for (unsigned i = 0; i < options->sack_blocks; i++) {
		options->sack[i][0] = get_be32(option + 2 + (size_t)i * 8);
		options->sack[i][1] = get_be32(option + 6 + (size_t)i * 8);
	}
	return true;
}

static bool timestamps_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	(void)length;
	options->tsval = get_be32(option + 2);
	options->tsecr = get_be32(option + 6);
	return true;
}

static bool mptcp_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	(void)length;
	options->mptcp_subtype = option[2] >> 4;
	return true;
}

/* `cookie` octets of Fast Open cookie; none asks for one. */
static bool tfo_cookie(struct tcphs_options *options, unsigned cookie)
{
	if (cookie != 0 && (cookie < TFO_COOKIE_MIN || cookie > TFO_COOKIE_MAX))
		return false;
	options->present |= TCPHS_OPT_TFO;
	options->tfo_length = (uint8_t)cookie;
	return true;
}

static bool tfo_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	(void)option;
	return tfo_cookie(options, length - 2u);
}

static bool experiment_value(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	if (length >= 4 && get_be16(option + 2) == TFO_MAGIC)
		return tfo_cookie(options, length - 4u);
	options->present |= TCPHS_OPT_OTHER;
	return true;
}

struct option_kind {
	uint64_t lengths; /* a bit for each that is allowed; 0: not known, any */
	value_fn *value;  /* or NULL */
	uint16_t present; /* enum tcphs_option_bit; 0: the function says */
};

/* clang-format off */
static const struct option_kind kinds[256] = {
	/*       allowed lengths                                  value             what    */
	[2]   = { LENGTH(4),                                      mss_value,        TCPHS_OPT_MSS },
	[3]   = { LENGTH(3),                                      wscale_value,     TCPHS_OPT_WSCALE },
	[4]   = { LENGTH(2),                                      NULL,             TCPHS_OPT_SACK_PERMITTED },
	[5]   = { LENGTH(10) | LENGTH(18) | LENGTH(26) | LENGTH(34), sack_value,    TCPHS_OPT_SACK },
	[8]   = { LENGTH(10),                                     timestamps_value, TCPHS_OPT_TIMESTAMPS },
	[19]  = { LENGTH(18),                                     NULL,             TCPHS_OPT_MD5 },
	[29]  = { ~UINT64_C(0) << 4,                              NULL,             TCPHS_OPT_AO },
	[30]  = { ~UINT64_C(0) << 3,                              mptcp_value,      TCPHS_OPT_MPTCP },
	[34]  = { ~UINT64_C(0) << 2,                              tfo_value,        0 },
	[172] = { LENGTH(2) | LENGTH(5) | LENGTH(8) | LENGTH(11), NULL,             TCPHS_OPT_ACCECN },
	[174] = { LENGTH(2) | LENGTH(5) | LENGTH(8) | LENGTH(11), NULL,             TCPHS_OPT_ACCECN },
	[253] = { 0,                                              experiment_value, 0 },
	[254] = { 0,                                              experiment_value, 0 },
};
/* clang-format on */

static void malformed(struct tcphs_options *options, uint8_t kind, uint8_t length)
{
	if ((options->present & TCPHS_OPT_MALFORMED) != 0)
		return;
	options->present |= TCPHS_OPT_MALFORMED;
	options->malformed_kind = kind;
	options->malformed_length = length;
}

/* One option of `length` octets, all of them captured. */
static void option_read(struct tcphs_options *options, const uint8_t *option, uint8_t length)
{
	const struct option_kind *kind = &kinds[option[0]];

	/* The header bounds `length` by 40, so the shift is defined. */
	if (kind->lengths != 0 && (kind->lengths >> length & 1) == 0) {
		malformed(options, option[0], length);
		return;
	}
	options->present |= kind->present;
	if (kind->value == NULL && kind->present == 0)
		options->present |= TCPHS_OPT_OTHER;
	if (kind->value != NULL && !kind->value(options, option, length))
		malformed(options, option[0], length);
}

void options_read(struct tcphs_options *options, const uint8_t *octets, uint32_t length,
                  uint32_t captured)
{
	uint32_t at = 0;

	options->present = 0;
	while (at < length) {
		if (at >= captured)
			break;
		if (octets[at] == KIND_EOL)
			return;
		if (octets[at] == KIND_NOP) {
			at++;
			continue;
		}
		if (at + 1 == length) { /* a kind without room for its length */
			malformed(options, octets[at], 0);
			return;
		}
		if (at + 1 >= captured)
			break;
		if (octets[at + 1] < 2 || octets[at + 1] > length - at) {
			malformed(options, octets[at], octets[at + 1]);
			return;
		}
		if (octets[at + 1] > captured - at)
			break;
		option_read(options, octets + at, octets[at + 1]);
		at += octets[at + 1];
	}
	if (at < length)
		options->present |= TCPHS_OPT_CUT;
}
