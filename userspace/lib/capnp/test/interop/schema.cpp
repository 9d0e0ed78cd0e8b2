/*
 * Random Cap'n Proto schemas, as text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "userspace/lib/capnp/test/interop/schema.h"

#include <sstream>

namespace
{

constexpr int STRUCTS_MAX = 5, MEMBERS_MAX = 9, NESTING_MAX = 2;

/* Types that have a default that is easily written, and one. */
struct simple_type {
    const char *name, *fallback;
};

constexpr simple_type SIMPLE[] = {
    {"Void", ""},
    {"Bool", "true"},
    {"Int8", "-128"},
    {"Int16", "-3"},
    {"Int32", "70000"},
    {"Int64", "-1234567890123"},
    {"UInt8", "255"},
    {"UInt16", "513"},
    {"UInt32", "4000000000"},
    {"UInt64", "18446744073709551615"},
    {"Float32", "1.5"},
    {"Float64", "-0.25"},
    {"Text", "\"default\""},
    {"Data", "0x\"00 01 ff\""},
    {"Colour", "blue"},
};

class writer
{
  public:
    explicit writer(random_source &source) : source(source)
    {
    }

    std::string file()
    {
        structs = random_int(source, 1, STRUCTS_MAX);
        text << "@0x" << std::hex << (source() | 1ull << 63) << std::dec << ";\n"
             << "enum Colour { red @0; green @1; blue @2; }\n";
        for (int i = 0; i < structs; i++) {
            ordinal = name = 0;
            text << "struct S" << i << " {\n";
            members(random_int(source, 0, MEMBERS_MAX), 0);
            text << "}\n";
        }
        return text.str();
    }

  private:
    random_source &source;
    std::ostringstream text;
    int structs = 0, ordinal = 0, name = 0;

    void members(int n, int nesting)
    {
        for (int i = 0; i < n; i++)
            member(nesting);
    }

    void member(int nesting)
    {
        int kind = nesting < NESTING_MAX ? random_int(source, 0, 9) : 9;

        if (kind == 0)
            nest("union", random_int(source, 2, 5), nesting);
        else if (kind == 1)
            nest("group", random_int(source, 1, 4), nesting);
        else
            field();
    }

    void nest(const char *what, int n, int nesting)
    {
        text << "m" << name++ << " :" << what << " {\n";
        members(n, nesting + 1);
        text << "}\n";
    }

    void field()
    {
        const simple_type &simple = SIMPLE[random_int(source, 0, std::size(SIMPLE) - 1)];

        text << "m" << name++ << " @" << ordinal++ << " :";
        if (random_int(source, 0, 2) == 0) {
            text << pointer_type(0);
        } else {
            text << simple.name;
            if (*simple.fallback && random_int(source, 0, 2) == 0)
                text << " = " << simple.fallback;
        }
        text << ";\n";
    }

    std::string pointer_type(int nesting)
    {
        int kind = random_int(source, 0, 9);

        if (kind == 0)
            return "AnyPointer";
        return kind < 5 ? struct_type() : "List(" + element_type(nesting + 1) + ")";
    }

    std::string struct_type()
    {
        return "S" + std::to_string(random_int(source, 0, structs - 1));
    }

    std::string element_type(int nesting)
    {
        int kind = random_int(source, 0, 5);

        if (kind == 0 && nesting < 3)
            return "List(" + element_type(nesting + 1) + ")";
        return kind < 3 ? struct_type() : SIMPLE[random_int(source, 0, std::size(SIMPLE) - 1)].name;
    }
};

} // namespace

std::string random_schema(random_source &source)
{
    return writer(source).file();
}
