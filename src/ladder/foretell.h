/* SPDX-License-Identifier: BSD-3-Clause */
/* Remarks that stand at a segment and say what only later ones prove. */
#ifndef LADDER_FORETELL_H
#define LADDER_FORETELL_H

#include <stdbool.h>
#include <tcphs/ladder.h>

/* Whether the remark would give away what is hidden as yet. */
bool ladder_foretells(const struct tcphs_ladder *ladder, const struct tcphs_diagnosis *diagnosis);

#endif
