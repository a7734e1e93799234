/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A keyed hash (SipHash-1-3) for tables whose keys come from packets: without the key nobody
 * can choose addresses that all fall into one slot.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash_key {
	uint64_t word[2];
};

/* `seed` as it is, or fresh randomness if both words are 0. */
struct hash_key hash_key_make(const uint64_t seed[2]);

uint64_t hash_octets(const struct hash_key *key, const void *octets, size_t count);

#endif
