/* SPDX-License-Identifier: BSD-3-Clause */
/* All that is told of an analysis: ladder, sentences, verdict, questions, a format. */
#ifndef FUZZ_SHOWN_H
#define FUZZ_SHOWN_H

#include <stdint.h>
#include <tcphs/ladder.h>

/* `look` picks the width, the letters and the format. */
void show(const struct tcphs_analysis *analysis, const struct tcphs_ladder_options *options,
          uint8_t look);

#endif
