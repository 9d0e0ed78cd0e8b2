/*
 * Encodes and decodes a record with the C++ library of Cap'n Proto, as its documentation advises for speed: the message
 * lies in memory of the caller's, one segment, without framing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <capnp/message.h>
#include <kj/array.h>

#include "record.capnp.h"

extern "C" {
#include "samples.h"
}

static constexpr size_t ROOM = 64; /* words */

static capnp::word words[ROOM];
static kj::ArrayPtr<const capnp::word> encoded;
static const kj::byte DIGEST[32] = {1, 2, 3};
static volatile uint64_t sink;

static void encode()
{
    /* The library wants zeroed memory; it zeroes again what it has used. */
    capnp::MallocMessageBuilder message(kj::arrayPtr(words, ROOM));
    Record::Builder record = message.initRoot<Record>();

    record.setId(0x1122334455667788);
    record.setSize(4096);
    record.setPort(443);
    record.setPriority(3);
    record.setValid(true);
    record.setOffset(-17);
    record.setRatio(0.5);
    record.setMode(Record::Mode::WRITE);
    record.setName("a record of ten fields");
    record.setDigest(kj::arrayPtr(DIGEST, sizeof(DIGEST)));
    sink = message.getSegmentsForOutput()[0].size();
}

static uint64_t decode()
{
    kj::ArrayPtr<const capnp::word> segments[1] = {encoded};
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1));
    Record::Reader record = message.getRoot<Record>();
    uint64_t sum = record.getId() + record.getSize() + record.getPort() + record.getPriority() + record.getValid();

    sum += record.getOffset() + static_cast<uint64_t>(record.getRatio() * 2) + static_cast<uint64_t>(record.getMode());
    sum += record.getName().size() + record.getName()[0];
    return sum + record.getDigest().size() + record.getDigest()[0];
}

extern "C" uint64_t sample_encode(void)
{
    uint64_t from = tsc();

    encode();
    return tsc() - from;
}

extern "C" uint64_t sample_decode(void)
{
    static capnp::word copy[ROOM];

    if (encoded.size() == 0) {
        capnp::MallocMessageBuilder message;
        Record::Builder record = message.initRoot<Record>();

        record.setId(1);
        record.setName("a record of ten fields");
        record.setDigest(kj::arrayPtr(DIGEST, sizeof(DIGEST)));
        auto segment = message.getSegmentsForOutput()[0];
        memcpy(copy, segment.begin(), segment.size() * sizeof(capnp::word));
        encoded = kj::arrayPtr(copy, segment.size());
    }

    uint64_t from = tsc();

    sink = decode();
    return tsc() - from;
}
