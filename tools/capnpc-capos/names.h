/*
 * Names: from those of a schema to those of C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A declaration's name consists of components: its file's prefix, the declarations around it,
 * itself. Each component is its schema name in snake case, unless $C.name says otherwise:
 * bootPackage2 is boot_package2, HTTPServer is http_server. $C.prefix gives the prefix of a
 * file, or else the last component of C++'s namespace annotation.
 */
#pragma once

#include "request.h"

/* Joins PARENT ("" for none) and the component of a declaration called NAME, with ANNOTATIONS,
 * into TO. False: the name is no identifier, or $C.name is none in lower case, or the result is
 * too long. */
bool name_join(char to[NAME_LEN_MAX], const char *parent, struct capnp_text name,
               struct capnp_list annotations);

/* A file's prefix. False: it is no identifier in lower case. */
bool name_prefix(char to[NAME_LEN_MAX], struct capnp_list annotations);

/* In upper case, and as a parameter's name: one of C's keywords gets an underscore. */
void name_upper(char to[NAME_LEN_MAX], const char *name);
void name_param(char to[NAME_LEN_MAX], const char *name);
