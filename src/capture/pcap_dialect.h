/* SPDX-License-Identifier: BSD-3-Clause */
/* Old writers of pcap that said too little, or something else, in the file's header. */
#ifndef CAPTURE_PCAP_DIALECT_H
#define CAPTURE_PCAP_DIALECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Octets of a record's header, where `usual` are what the magic says: as many as the records
 * octets[0..count) agree with. For files of version 2.4 in microseconds. */
uint32_t pcap_dialect_record(const uint8_t *octets, size_t count, bool big, uint32_t usual);

/* The link type of AIX's tcpdump, which writes version 2.2, nanoseconds, and the numbers of
 * interface types; false if `*linktype` is none of them. */
bool pcap_dialect_aix(uint32_t *linktype);

#endif
