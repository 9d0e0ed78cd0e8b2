/*
 * Random Cap'n Proto schemas, as text: structs of fields of every type, defaults, groups, unions.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <random>
#include <string>

typedef std::mt19937_64 random_source;

/* One of the numbers from LEAST to MOST. */
inline int random_int(random_source &source, int least, int most)
{
    return std::uniform_int_distribution<int>(least, most)(source);
}

/* A file whose struct S0 is the root; the others may be anywhere below it, and below themselves. */
std::string random_schema(random_source &source);
