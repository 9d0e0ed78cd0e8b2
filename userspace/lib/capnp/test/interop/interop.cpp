/*
 * Tests our runtime against the C++ library: random messages of random schemas, to the byte.
 * SPDX-License-Identifier: Apache-2.0
 *
 * interop [SEED [ROUNDS]], in the repository's folder. A failure names the seed with which the same
 * round comes first, and the schema.
 */
#include "userspace/lib/capnp/test/interop/runtime.h"
#include "userspace/lib/capnp/test/interop/value.h"

#include <capnp/any.h>
#include <capnp/schema-parser.h>
#include <capnp/serialize-packed.h>
#include <capnp/serialize.h>
#include <kj/filesystem.h>
#include <kj/io.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using capnp::AnyStruct;
using capnp::word;

namespace
{

/* A schema whose struct Rich has everything that there is. */
constexpr const char *RICH = "userspace/lib/capnp/test/interop/rich.capnp";

constexpr size_t ROOM = 1 << 22;
constexpr int DEPTH = 5, VALUES = 3, MUTATIONS = 8;

typedef size_t (*runtime_function)(const void *at, size_t len, void *to, size_t room);

/* What FUNCTION of ours makes of FROM. */
kj::Array<word> ours(runtime_function function, kj::ArrayPtr<const kj::byte> from)
{
    static word room[ROOM / sizeof(word)];
    size_t len = function(from.begin(), from.size(), room, ROOM);

    return kj::heapArray<word>(room, len / sizeof(word));
}

bool same(kj::ArrayPtr<const kj::byte> left, kj::ArrayPtr<const kj::byte> right)
{
    return left == right;
}

/* Where two things differ that should be the same, and how often lies were judged. */
struct statistics {
    unsigned messages, segments, refused_schemas, mutants, both_accept, both_refuse;
};

const char *check_canonical(kj::ArrayPtr<const word> framed, kj::ArrayPtr<const word> canonical)
{
    if (!same(ours(runtime_canonical_framed, framed.asBytes()).asBytes(), canonical.asBytes()))
        return "our canonical form is not the C++ library's";
    if (!same(ours(runtime_canonical_flat, canonical.asBytes()).asBytes(), canonical.asBytes()))
        return "a canonical form is not its own canonical form";
    return nullptr;
}

/* Our copy, read by C++. */
const char *check_copy(kj::ArrayPtr<const word> framed, AnyStruct::Reader value,
                       kj::ArrayPtr<const word> canonical)
{
    kj::Array<word> copy = ours(runtime_copy_framed, framed.asBytes());

    if (copy.size() == 0)
        return "our copy was refused";
    capnp::FlatArrayMessageReader reader(copy);
    auto root = reader.getRoot<AnyStruct>();

    if (root != value)
        return "the C++ library reads another value from our copy";
    if (!same(root.canonicalize().asBytes(), canonical.asBytes()))
        return "our copy has another canonical form";
    return nullptr;
}

const char *check_packing(kj::ArrayPtr<const word> framed)
{
    static kj::byte room[ROOM];
    kj::VectorOutputStream stream;
    capnp::FlatArrayMessageReader reader(framed);
    kj::Array<kj::ArrayPtr<const word>> segments;
    size_t n = 0;

    while (reader.getSegment(n) != nullptr)
        n++;
    segments = kj::heapArray<kj::ArrayPtr<const word>>(n);
    for (size_t i = 0; i < n; i++)
        segments[i] = reader.getSegment(i);
    capnp::writePackedMessage(stream, segments);
    auto packed = stream.getArray();

    if (!same(kj::arrayPtr(room, runtime_pack(framed.begin(), framed.asBytes().size(), room, ROOM)),
              packed))
        return "we pack differently";
    if (!same(kj::arrayPtr(room, runtime_unpack(packed.begin(), packed.size(), room, ROOM)),
              framed.asBytes()))
        return "we unpack differently";
    return nullptr;
}

/* The canonical form of a message that may lie; empty when the C++ library refuses it. */
kj::Array<word> canonical_of(kj::ArrayPtr<const word> framed)
{
    kj::Array<word> canonical;

    auto exception = kj::runCatchingExceptions([&]() {
        capnp::FlatArrayMessageReader reader(framed);
        canonical = reader.getRoot<AnyStruct>().canonicalize();
    });
    return exception == nullptr ? kj::mv(canonical) : kj::Array<word>();
}

/*
 * What is a lie to C++ is one to us. There are more to us: the budget is smaller, and even what has
 * no words must lie within a segment.
 */
const char *check_mutant(random_source &source, kj::ArrayPtr<const word> framed, statistics &counts)
{
    auto mutant = kj::heapArray<word>(framed);
    auto bytes = mutant.asBytes();

    for (int i = random_int(source, 1, 3); i > 0; i--)
        bytes[(size_t)source() % bytes.size()] = (kj::byte)source();
    auto theirs = canonical_of(mutant);
    auto mine = ours(runtime_canonical_framed, mutant.asBytes());

    counts.mutants++;
    counts.both_accept += theirs.size() > 0 && mine.size() > 0;
    counts.both_refuse += theirs.size() == 0 && mine.size() == 0;
    if (mine.size() > 0 && !same(theirs.asBytes(), mine.asBytes()))
        return theirs.size() > 0 ? "a changed message has another canonical form"
                                 : "we accept what the C++ library refuses";
    return nullptr;
}

/* A message of small segments, so that there are far pointers of both kinds. */
const char *check_value(random_source &source, capnp::StructSchema schema, statistics &counts)
{
    capnp::MallocMessageBuilder message(random_int(source, 1, 40),
                                        capnp::AllocationStrategy::FIXED_SIZE);
    auto root = message.initRoot<capnp::DynamicStruct>(schema);

    fill_struct(source, root, DEPTH);
    auto value = message.getRoot<AnyStruct>().asReader();
    auto framed = capnp::messageToFlatArray(message);
    auto canonical = value.canonicalize();
    const char *failure = check_canonical(framed, canonical);

    counts.messages++;
    counts.segments += message.getSegmentsForOutput().size();
    if (!failure)
        failure = check_copy(framed, value, canonical);
    if (!failure)
        failure = check_packing(framed);
    for (int i = 0; !failure && i < MUTATIONS; i++)
        failure = check_mutant(source, framed, counts);
    return failure;
}

const char *check_schema(random_source &source, capnp::StructSchema schema, statistics &counts)
{
    const char *failure = nullptr;

    for (int i = 0; !failure && i < VALUES; i++)
        failure = check_value(source, schema, counts);
    return failure;
}

capnp::ParsedSchema parse(capnp::SchemaParser &parser, const std::string &text)
{
    auto folder = kj::newInMemoryDirectory(kj::nullClock());
    auto path = kj::Path("random.capnp");

    folder->openFile(path, kj::WriteMode::CREATE)
        ->writeAll(kj::arrayPtr((const kj::byte *)text.data(), text.size()));
    return parser.parseFromDirectory(*folder, kj::mv(path), nullptr);
}

/*
 * The C++ library refuses a few schemas that its older versions understood differently
 * (https://github.com/capnproto/capnproto/issues/344); so do we.
 */
const char *check_random_schema(uint64_t seed, statistics &counts, std::string &text)
{
    random_source source(seed);
    capnp::SchemaParser parser;
    capnp::StructSchema root;

    text = random_schema(source);
    auto refusal = kj::runCatchingExceptions([&]() {
        auto file = parse(parser, text);

        for (auto nested : file.getAllNested())
            nested.getProto();
        root = file.getNested("S0").asStruct();
    });
    if (refusal == nullptr)
        return check_schema(source, root, counts);
    counts.refused_schemas++;
    return strstr(text.c_str(), "union") ? nullptr : "the C++ library refuses the schema";
}

const char *check_rich(uint64_t seed, statistics &counts)
{
    random_source source(seed);
    capnp::SchemaParser parser;
    auto disk = kj::newDiskFilesystem();
    auto schema = parser.parseFromDirectory(disk->getCurrent(), kj::Path::parse(RICH), nullptr);

    return check_schema(source, schema.getNested("Rich").asStruct(), counts);
}

} // namespace

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], nullptr, 0) : 1;
    uint64_t rounds = argc > 2 ? strtoull(argv[2], nullptr, 0) : 300;
    statistics counts = {};
    std::string text;

    for (uint64_t i = seed; i < seed + rounds; i++) {
        const char *failure = check_random_schema(i, counts, text);

        if (!failure) {
            text = RICH;
            failure = check_rich(i, counts);
        }
        if (failure) {
            printf("not ok interop: %s, seed %lu\n%s\n", failure, i, text.c_str());
            return 1;
        }
    }
    printf("ok interop: seeds %lu to %lu, %u messages of %u segments\n", seed, seed + rounds - 1,
           counts.messages, counts.segments);
    printf("# of %u changed messages, both accept %u and both refuse %u; %u schemas refused\n",
           counts.mutants, counts.both_accept, counts.both_refuse, counts.refused_schemas);
    return 0;
}
