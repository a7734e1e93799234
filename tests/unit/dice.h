/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers thrown by a fixed generator: the same in every run, in no order to rely on. */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdint.h>

static uint64_t dice = 1;

static inline uint32_t roll(uint32_t sides) /* 0 … sides - 1 */
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(dice >> 33) % sides;
}

#endif
