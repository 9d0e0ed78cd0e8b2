/*
 * Random values of the types of any schema.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "userspace/lib/capnp/test/interop/value.h"

#include <capnp/any.h>
#include <capnp/schema.h>

using capnp::AnyPointer;
using capnp::DynamicEnum;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;
using capnp::Type;

namespace
{

constexpr int ELEMENTS_MAX = 6, BYTES_MAX = 20, OBJECTS_MAX = 2000;

std::string random_text(random_source &source)
{
    std::string text(random_int(source, 0, BYTES_MAX), 0);

    for (char &letter : text)
        letter = (char)random_int(source, 0, 127);
    return text;
}

/* Mostly small, or at the ends of what the type holds. */
template <typename T> T random_number(random_source &source)
{
    uint64_t bits = random_int(source, 0, 2) ? source() : 0 - (source() & 1);

    return (T)(random_int(source, 0, 1) ? bits : bits >> 60);
}

DynamicValue::Reader random_scalar(random_source &source, Type type)
{
    switch (type.which()) {
    case capnp::schema::Type::BOOL:
        return random_int(source, 0, 1) == 1;
    case capnp::schema::Type::INT8:
        return random_number<int8_t>(source);
    case capnp::schema::Type::INT16:
        return random_number<int16_t>(source);
    case capnp::schema::Type::INT32:
        return random_number<int32_t>(source);
    case capnp::schema::Type::INT64:
        return random_number<int64_t>(source);
    case capnp::schema::Type::UINT8:
        return random_number<uint8_t>(source);
    case capnp::schema::Type::UINT16:
        return random_number<uint16_t>(source);
    case capnp::schema::Type::UINT32:
        return random_number<uint32_t>(source);
    case capnp::schema::Type::UINT64:
        return random_number<uint64_t>(source);
    case capnp::schema::Type::FLOAT32:
        return (float)random_int(source, -100, 100) / 8;
    case capnp::schema::Type::FLOAT64:
        return (double)random_int(source, -100, 100) / 8;
    case capnp::schema::Type::ENUM:
        return DynamicEnum(type.asEnum(), (uint16_t)random_int(source, 0, 4));
    default:
        return capnp::VOID;
    }
}

bool is_scalar(Type type)
{
    return !type.isText() && !type.isData() && !type.isList() && !type.isStruct() &&
           !type.isAnyPointer();
}

/* Fills one value, of which there is an end however much its type branches. */
class filler
{
  public:
    explicit filler(random_source &source) : source(source)
    {
    }

    void fill_struct(DynamicStruct::Builder to, int depth);

  private:
    random_source &source;
    int objects = 0;

    void fill_list(DynamicList::Builder to, int depth);
    void fill_any(AnyPointer::Builder to, capnp::StructSchema any, int depth);
    void fill_field(DynamicStruct::Builder to, capnp::StructSchema::Field field, int depth);
};

void filler::fill_list(DynamicList::Builder to, int depth)
{
    Type type = to.getSchema().getElementType();

    for (unsigned i = 0; i < to.size(); i++) {
        if (is_scalar(type)) {
            to.set(i, random_scalar(source, type));
        } else if (type.isStruct()) {
            fill_struct(to[i].as<DynamicStruct>(), depth - 1);
        } else if (random_int(source, 0, 3) == 0) {
            continue;
        } else if (type.isList()) {
            fill_list(to.init(i, random_int(source, 0, ELEMENTS_MAX)).as<DynamicList>(), depth - 1);
        } else {
            std::string text = random_text(source);

            if (type.isText())
                to.set(i, capnp::Text::Reader(text.c_str(), text.size()));
            else
                to.set(i, capnp::Data::Reader((const kj::byte *)text.data(), text.size()));
        }
    }
}

void filler::fill_any(AnyPointer::Builder to, capnp::StructSchema any, int depth)
{
    std::string text = random_text(source);

    switch (random_int(source, 0, 3)) {
    case 0:
        to.setAs<capnp::Text>(capnp::Text::Reader(text.c_str(), text.size()));
        break;
    case 1:
        if (!any.getProto().getStruct().getIsGroup())
            fill_struct(to.initAs<DynamicStruct>(any), depth - 1);
        break;
    case 2:
        to.initAs<capnp::List<uint16_t>>(random_int(source, 0, ELEMENTS_MAX));
        break;
    default:
        break;
    }
}

void filler::fill_field(DynamicStruct::Builder to, capnp::StructSchema::Field field, int depth)
{
    Type type = field.getType();
    std::string text = random_text(source);

    if (field.getProto().isGroup())
        fill_struct(to.init(field).as<DynamicStruct>(), depth);
    else if (is_scalar(type))
        to.set(field, random_scalar(source, type));
    else if (type.isText())
        to.set(field, capnp::Text::Reader(text.c_str(), text.size()));
    else if (type.isData())
        to.set(field, capnp::Data::Reader((const kj::byte *)text.data(), text.size()));
    else if (depth <= 0 || objects++ > OBJECTS_MAX)
        to.clear(field);
    else if (type.isStruct())
        fill_struct(to.init(field).as<DynamicStruct>(), depth - 1);
    else if (type.isList())
        fill_list(to.init(field, random_int(source, 0, ELEMENTS_MAX)).as<DynamicList>(), depth - 1);
    else
        fill_any(to.init(field).as<AnyPointer>(), to.getSchema(), depth);
}

void filler::fill_struct(DynamicStruct::Builder to, int depth)
{
    auto members = to.getSchema().getUnionFields();

    for (auto field : to.getSchema().getNonUnionFields())
        if (field.getProto().isGroup() || random_int(source, 0, 3))
            fill_field(to, field, depth);
    if (members.size() > 0)
        fill_field(to, members[random_int(source, 0, members.size() - 1)], depth);
}

} // namespace

void fill_struct(random_source &source, DynamicStruct::Builder to, int depth)
{
    filler(source).fill_struct(to, depth);
}
