/* SPDX-License-Identifier: BSD-3-Clause */
/* What every packet passes is in line, however large: the calls are a good part of its cost. */
#ifndef BASE_INLINE_H
#define BASE_INLINE_H

#define INLINE   inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline)) /* the rarer part of a function, for itself */

#endif
