/* Packet transcripts: a capture as tcpdump's text, normalised, without timing and retransmissions.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"
#include "harness/transcript/normalise.h"

#include <stdbool.h>

/* Adds the transcript of the capture file @pcap to @out, one packet a line; the bytes of what
 * tcpdump does not know follow in indented lines. A line starts with the link header ("SOURCE >
 * DESTINATION, IPv4: …"); TCP's sequence numbers count from 0, its timestamps and, after the
 * handshake, its windows are left out. With @drop_repeats, a TCP, UDP or ARP packet whose text is
 * the same as an earlier one's is a retransmission and is left out. A capture without packets gives
 * an empty transcript; one that ends inside a packet is an error. */
bool transcript_packets(struct normaliser *, const char *pcap, bool drop_repeats,
                        struct buffer *out, struct error *);
