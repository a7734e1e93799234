/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/foretell.h"

#include <tcphs/diagnosis.h>

static const bool foretells[TCPHS_CODE_COUNT] = {
    [TCPHS_D_OPEN_NO_ANSWER] = true,     [TCPHS_D_OPEN_HALF] = true,
    [TCPHS_D_OLD_DUP_SYN] = true,        [TCPHS_D_HALF_OPEN_FOUND] = true,
    [TCPHS_D_FIN_UNACKED] = true,        [TCPHS_D_CLOSE_INCOMPLETE] = true,
    [TCPHS_D_CLOSE_WAIT_LONG] = true,    [TCPHS_D_RST_SPOOF_SUSPECT] = true,
    [TCPHS_D_SYNACK_UNSOLICITED] = true,
};

bool ladder_foretells(const struct tcphs_ladder *ladder, const struct tcphs_diagnosis *diagnosis)
{
	return ladder->options.hidden > 0 && foretells[diagnosis->code];
}
