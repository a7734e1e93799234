/* SPDX-License-Identifier: BSD-3-Clause */
/* clang-format off: it would fill the table as if it were a text */
/*
 * What tcphs_diagnosis.detail[], .expected and .got mean for each code whose sentence shows
 * them. X is the sender (tcphs_diagnosis.from), Y the other side; ns are nanoseconds; `numbers`
 * must be set for expected and got to be read. A detail of 0 means that it is not known: then
 * the catalogue's sentence stands in. Codes that are not listed need nothing but the segment's own
 * numbers (.seq, .ack, .end).
 *
 *  code                  expected              got                 detail[0]         detail[1]
 *  syn-retx                                                        which SYN, 2…     ns since first
 *  syn-isn-changed       ISN before            seq
 *  synack-retx                                                     ns since before, is an old one
 *  synack-isn-changed    ISN before            seq
 *  synack-ack-mismatch   ISN_Y + 1             ack
 *  third-seq-mismatch    ISN_X + 1             seq
 *  third-ack-mismatch    ISN_Y + 1             ack
 *  third-ack-data                                                  octets
 *  third-ack-lost                                                  ns since that ACK
 *  accept-queue-suspect                                            SYN-ACKs repeated
 *  backlog-suspect                                                 SYNs
 *  syn-rto               (tcphs_diagnosis.apart)                   SYNs              ns over which
 *  open-no-answer        (by: whose ICMP error explains it)        SYNs              ns over which
 *  open-half                                                       SYN-ACKs          ns over which
 *  half-open-found                                                 older connection's id
 *  refused-bad-ack       ISN_Y + 1             ack
 *  open-simultaneous                                               ns between SYNs
 *  syn-data                                                        octets            taken at once
 *  tfo-cookie                                                      octets
 *  tfo-accepted,         after SYN and data    ack                 octets in the SYN
 *  tfo-rejected
 *  data-before-open                                                octets
 *  tuple-reuse                                                     its older id      ns quiet
 *  ack-field-nonzero                           the field
 *  urg-field-nonzero                           the field
 *  reserved-bits                               the three bits
 *  hdr-bad-offset        what it may be        data offset         octets claimed    octets it may be
 *  opt-malformed                                                   kind              its length
 *  opt-late                                                        kind
 *  hdr-truncated                                                   octets claimed
 *  mss-absent                                                      octets assumed
 *  ws-unsolicited                                                  shift
 *  ts-unsolicited                                                  TSval
 *  ecn-setup, ecn-synack-reflect, accecn-setup                     bits of the SYN   of the answer
 *  ws-oversize           14                    shift               shift
 *  ts-backwards          newest TSval          TSval
 *  tsecr-unsent          newest TSval of Y     TSecr
 *  csum-bad              right checksum        checksum
 *  csum-offload                                                    checksum
 *  ack-unseen            highest Y sent        ack
 *  ack-too-old           highest ACK of X      ack
 *  seq-gap               seq that was next     seq
 *  ooo                   highest X sent        seq
 *  retx                                        seq                 ns since first    ns, at least
 *  retx-spurious         ack of Y              seq
 *  overlap-conflict      sum before            sum now             octets
 *  seq-beyond-window     edge granted          end of the segment
 *  window-shrunk         edge before           edge now
 *  data-after-fin        FIN's number          end of the segment
 *  fin-moved             FIN's number before   FIN's number now
 *  close-half                                                      octets
 *  close-simultaneous                                              ns between FINs
 *  fin-retx, last-ack-lost                                         ns since the FIN before
 *  close-wait-long                                                 ns
 *  rst-inexact           RCV.NXT               seq
 *  rst-out-of-window     RCV.NXT               seq
 *  tw-reuse-isn-low      SND.NXT of the old    ISN
 *  2msl-short                                                      ns since the close
 *  tw-reuse                                                        older connection's id  ns quiet
 *  isn-repeat                                  ISN                 id of the other
 *  isn-equal                                   ISN
 *  isn-tw-step           SND.NXT of the old    ISN
 *  isn-tuple-back        SND.NXT of the old    ISN
 *  cap-oneway                                                      segments of X
 *  cap-dup                                                         ns since the first
 *  cap-reordered                                                   ns
 *  evicted                                                         packets
 *  icmp-error            (tcphs_diagnosis.by: who sent it)         type              code
 *  cap-drops                                                       packets
 *  ack-delay                                                       ns
 */
/* clang-format on */
#ifndef MODEL_SENTENCE_H
#define MODEL_SENTENCE_H

#include <tcphs/diagnosis.h>

struct bounded;

/* The template of `code`'s sentence, NULL if the catalogue's sentence is all there is to say. */
const char *sentence_template(enum tcphs_code code);

/* Adds "port unreachable (type 3, code 3)"; `family` is 4 or 6. */
void sentence_icmp(struct bounded *out, uint8_t family, int64_t type, int64_t code);

#endif
