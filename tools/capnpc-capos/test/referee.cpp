// What capnp's own library says of messages: the referee of the generated code.
// SPDX-License-Identifier: Apache-2.0
//
//   referee random SCHEMA TYPE SEED COUNT FILE   writes random messages of the type to FILE, framed, and prints them
//   referee print SCHEMA TYPE FILE               prints those of FILE
//
// One message a line. A struct is (NAME=VALUE;…) with its fields in the schema's order, of a union the chosen one only.
// Numbers are decimal, enums too; floats are their bits and bytes are in hexadecimal; lists are [VALUE,…]; void is -. In
// front of a pointer's value stands !, or ~ if it is null; of null structs without a default there is no value.
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/schema-parser.h>
#include <capnp/serialize.h>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <random>
#include <string>
#include <unistd.h>

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;
using capnp::StructSchema;
using capnp::Type;
using Which = capnp::schema::Type::Which;

std::mt19937_64 source;

uint64_t pick(uint64_t bound) { return source() % bound; }

void printBytes(kj::ArrayPtr<const kj::byte> bytes)
{
    for (kj::byte byte : bytes)
        printf("%02x", byte);
}

void print(DynamicStruct::Reader value);

void printPointer(capnp::AnyPointer::Reader value)
{
    capnp::MallocMessageBuilder message;
    auto root = message.getRoot<capnp::AnyPointer>().initAsAnyStruct(0, 1);
    root.getPointerSection()[0].set(value);
    auto words = root.asReader().canonicalize();
    printBytes(words.asBytes());
}

void print(DynamicValue::Reader value, Type type)
{
    switch (type.which()) {
    case Which::VOID:
        printf("-");
        break;
    case Which::BOOL:
        printf("%d", value.as<bool>());
        break;
    case Which::INT8:
    case Which::INT16:
    case Which::INT32:
    case Which::INT64:
        printf("%lld", (long long)value.as<int64_t>());
        break;
    case Which::UINT8:
    case Which::UINT16:
    case Which::UINT32:
    case Which::UINT64:
        printf("%llu", (unsigned long long)value.as<uint64_t>());
        break;
    case Which::FLOAT32: {
        float number = value.as<float>();
        uint32_t bits;
        memcpy(&bits, &number, sizeof(bits));
        printf("%x", bits);
        break;
    }
    case Which::FLOAT64: {
        double number = value.as<double>();
        uint64_t bits;
        memcpy(&bits, &number, sizeof(bits));
        printf("%llx", (unsigned long long)bits);
        break;
    }
    case Which::ENUM:
        printf("%u", value.as<capnp::DynamicEnum>().getRaw());
        break;
    case Which::TEXT:
        printBytes(value.as<capnp::Text>().asBytes());
        break;
    case Which::DATA:
        printBytes(value.as<capnp::Data>());
        break;
    case Which::STRUCT:
        print(value.as<DynamicStruct>());
        break;
    case Which::LIST:
        printf("[");
        for (auto element : value.as<DynamicList>()) {
            print(element, type.asList().getElementType());
            printf(",");
        }
        printf("]");
        break;
    case Which::ANY_POINTER:
        printPointer(value.as<capnp::AnyPointer>());
        break;
    case Which::INTERFACE:
        printf("cap");
        break;
    }
}

bool isPointer(Type type)
{
    return type.isText() || type.isData() || type.isList() || type.isAnyPointer() || type.isInterface() ||
           (type.isStruct());
}

void print(DynamicStruct::Reader value)
{
    printf("(");
    for (StructSchema::Field field : value.getSchema().getFields()) {
        auto proto = field.getProto();
        bool isSlot = proto.isSlot();

        if (proto.getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT) {
            KJ_IF_MAYBE(chosen, value.which()) {
                if (*chosen != field)
                    continue;
            }
        }
        printf("%s=", proto.getName().cStr());
        if (isSlot && isPointer(field.getType())) {
            bool has = value.has(field);
            printf("%s", has ? "!" : "~");
            if (!has && field.getType().isStruct() && !proto.getSlot().getHadExplicitDefault()) {
                printf(";");
                continue;
            }
        }
        print(value.get(field), field.getType());
        printf(";");
    }
    printf(")");
}

void fill(DynamicStruct::Builder value, unsigned depth);

kj::String randomText()
{
    auto text = kj::heapString(pick(12));
    for (char &c : text)
        c = (char)(pick(96) + 31);
    return text;
}

// A number of that type, often one of its ends.
DynamicValue::Reader randomNumber(Type type)
{
    uint64_t bits = pick(4) ? source() : (pick(2) ? ~0ull : 0x8000000080008080ull);

    switch (type.which()) {
    case Which::BOOL:
        return (bits & 1) == 1;
    case Which::INT8:
        return (int8_t)bits;
    case Which::INT16:
        return (int16_t)bits;
    case Which::INT32:
        return (int32_t)bits;
    case Which::INT64:
        return (int64_t)bits;
    case Which::UINT8:
        return (uint8_t)bits;
    case Which::UINT16:
        return (uint16_t)bits;
    case Which::UINT32:
        return (uint32_t)bits;
    case Which::UINT64:
        return bits;
    case Which::FLOAT32:
        return (float)(int32_t)bits / 3;
    case Which::FLOAT64:
        return (double)(int64_t)bits / 3;
    case Which::ENUM:
        return capnp::DynamicEnum(type.asEnum(), (uint16_t)pick(type.asEnum().getEnumerants().size()));
    default:
        return capnp::VOID;
    }
}

void fill(DynamicList::Builder list, unsigned depth)
{
    Type type = list.getSchema().getElementType();

    for (unsigned i = 0; i < list.size(); i++)
        switch (type.which()) {
        case Which::TEXT:
            list.set(i, capnp::Text::Reader(randomText()));
            break;
        case Which::DATA:
            list.set(i, capnp::Data::Reader(randomText().asBytes()));
            break;
        case Which::STRUCT:
            fill(list[i].as<DynamicStruct>(), depth + 1);
            break;
        case Which::LIST:
            fill(list.init(i, pick(4)).as<DynamicList>(), depth + 1);
            break;
        default:
            list.set(i, randomNumber(type));
        }
}

void fillAny(capnp::AnyPointer::Builder any, Which kind)
{
    if (kind == Which::LIST) {
        auto list = any.initAs<capnp::List<uint16_t>>(pick(5));
        for (unsigned i = 0; i < list.size(); i++)
            list.set(i, (uint16_t)source());
    } else {
        auto data = any.initAsAnyStruct((uint16_t)pick(4), 1);
        for (kj::byte &byte : data.getDataSection())
            byte = (kj::byte)source();
        data.getPointerSection()[0].setAs<capnp::Text>(randomText());
    }
}

void fill(DynamicStruct::Builder value, StructSchema::Field field, unsigned depth)
{
    Type type = field.getType();

    if (field.getProto().isGroup()) {
        fill(value.init(field).as<DynamicStruct>(), depth);
        return;
    }
    switch (type.which()) {
    case Which::TEXT:
        value.set(field, capnp::Text::Reader(randomText()));
        break;
    case Which::DATA:
        value.set(field, capnp::Data::Reader(randomText().asBytes()));
        break;
    case Which::LIST:
        fill(value.init(field, depth > 5 ? 0 : pick(5)).as<DynamicList>(), depth + 1);
        break;
    case Which::STRUCT:
        if (depth < 5)
            fill(value.init(field).as<DynamicStruct>(), depth + 1);
        break;
    case Which::ANY_POINTER: {
        auto kind = field.getProto().getSlot().getType().getAnyPointer().getUnconstrained();
        bool isList = kind.isList() || (kind.isAnyKind() && pick(2));
        auto any = value.get(field).as<capnp::AnyPointer>();
        fillAny(any, isList ? Which::LIST : Which::STRUCT);
        break;
    }
    default:
        value.set(field, randomNumber(type));
    }
}

void fill(DynamicStruct::Builder value, unsigned depth)
{
    auto schema = value.getSchema();
    auto members = schema.getUnionFields();

    for (StructSchema::Field field : schema.getNonUnionFields())
        if (pick(6))
            fill(value, field, depth);
    if (members.size() > 0) {
        StructSchema::Field member = members[(unsigned)pick(members.size())];
        bool isAny = member.getProto().isSlot() && member.getType().isAnyPointer();

        if (!isAny)
            fill(value, member, depth);
    }
}

StructSchema find(capnp::SchemaParser &parser, const char *path, const char *type)
{
    auto filesystem = kj::newDiskFilesystem();
    static const kj::ReadableDirectory *imports[2];
    static auto kernel = filesystem->getCurrent().openSubdir(kj::Path({"kernel"}));
    static auto include = filesystem->getRoot().openSubdir(kj::Path({"usr", "include"}));

    imports[0] = kernel;
    imports[1] = include;
    auto file = filesystem->getCurrentPath().evalNative(path);
    auto schema = parser.parseFromDirectory(filesystem->getRoot(), kj::mv(file), kj::arrayPtr(imports, 2));
    return schema.getNested(type).asStruct();
}

int random(StructSchema type, char **arguments)
{
    int file = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);

    source.seed(strtoull(arguments[0], nullptr, 10));
    for (unsigned i = strtoul(arguments[1], nullptr, 10); i > 0; i--) {
        // Segments of a few words make for many far pointers.
        capnp::MallocMessageBuilder message(i % 2 ? 1024 : 1 + (unsigned)pick(20),
                                            i % 2 ? capnp::AllocationStrategy::GROW_HEURISTICALLY
                                                  : capnp::AllocationStrategy::FIXED_SIZE);
        auto root = message.initRoot<DynamicStruct>(type);

        fill(root, 0);
        print(root.asReader());
        printf("\n");
        // More segments than that capnp does not read.
        if (message.getSegmentsForOutput().size() < 512) {
            capnp::writeMessageToFd(file, message);
        } else {
            capnp::MallocMessageBuilder copy;

            copy.setRoot(root.asReader());
            capnp::writeMessageToFd(file, copy);
        }
    }
    return close(file);
}

int printAll(StructSchema type, const char *path)
{
    kj::FdInputStream file(open(path, O_RDONLY));
    kj::BufferedInputStreamWrapper input(file);
    capnp::ReaderOptions options;

    options.traversalLimitInWords = 1 << 24;
    while (input.tryGetReadBuffer().size() > 0) {
        capnp::InputStreamMessageReader message(input, options);

        print(message.getRoot<DynamicStruct>(type));
        printf("\n");
    }
    return 0;
}

} // namespace

int main(int n, char **arguments)
{
    capnp::SchemaParser parser;

    if (n == 7 && std::string(arguments[1]) == "random")
        return random(find(parser, arguments[2], arguments[3]), arguments + 4);
    if (n == 5 && std::string(arguments[1]) == "print")
        return printAll(find(parser, arguments[2], arguments[3]), arguments[4]);
    return 2;
}
