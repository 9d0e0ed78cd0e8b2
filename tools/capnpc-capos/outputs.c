/*
 * The files that a schema becomes: what stands around the code, and what make has to know.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "outputs.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

bool is_output_path(struct capnp_text path)
{
    bool is = path.len > 0 && path.len + 16 < PATH_LEN_MAX && path.at[0] != '/' &&
              path.at[path.len - 1] != '/';

    for (uint32_t i = 0; is && i < path.len; i++) {
        unsigned char byte = (unsigned char)path.at[i];

        is = isalnum(byte) || (byte && strchr("/._-+", byte));
        if (i + 1 < path.len && byte == '.' && path.at[i + 1] == '.' &&
            (i == 0 || path.at[i - 1] == '/'))
            is = false;
    }
    return is;
}

static void put_opening(struct output *out, struct capnp_text file, const char *what)
{
    put(out, "/*\n * %.*s in C: %s.\n * SPDX-License-Identifier: Apache-2.0\n *\n", (int)file.len,
        file.at, what);
    put(out, " * Made by tools/capnpc-capos, whose README says what is what.\n */\n");
}

/* Of the files that the code uses types of. */
static void put_includes(struct generator *generator, struct output *out)
{
    const struct request *request = generator->request;

    for (uint32_t i = 0; i < request->n_nodes; i++) {
        struct capnp_text name = schema_node_display_name(request->nodes[i].schema);

        if (!request->nodes[i].is_used || &request->nodes[i] == generator->file)
            continue;
        if (!is_output_path(name))
            refuse(&generator->request->refusal, name, capnp_text(""),
                   "is no path for an #include");
        put(out, "#include \"%.*s.h\"\n", (int)name.len, name.at);
    }
}

/* Moves PREFIX, and what was put into OUT, to FILES as NAME with its ending. */
static void add(struct generator *generator, struct files *files, struct capnp_text name,
                const char *ending, struct output *prefix, struct output *out)
{
    char path[PATH_LEN_MAX];

    snprintf(path, sizeof(path), "%.*s%s", (int)name.len, name.at, ending);
    put(prefix, "%s", out->at ? out->at : "");
    if (out->full || prefix->full)
        refuse(&generator->request->refusal, name, capnp_text(""),
               "what it becomes in C is too long");
    if (!files_add(files, path, prefix))
        refuse(&generator->request->refusal, name, capnp_text(""), "too many files are asked for");
    output_free(prefix);
}

static void add_readers(struct generator *generator, struct files *files, struct capnp_text name)
{
    struct output prefix = {0};

    put_opening(&prefix, name, "numbers, readers and builders");
    put(&prefix, "#pragma once\n\n/* clang-format off */\n\n#include \"capnp/capnp.h\"\n%s",
        generator->has_floats ? "#include \"capnp/float.h\"\n" : "");
    put_includes(generator, &prefix);
    put(&prefix, "\n");
    add(generator, files, name, ".h", &prefix, &generator->header);
    put_opening(&prefix, name, "constants and defaults");
    put(&prefix, "#include \"%.*s.h\"\n\n/* clang-format off */\n\n", (int)name.len, name.at);
    add(generator, files, name, ".c", &prefix, &generator->source);
}

/* "abi/kernel.capnp" without its ending. */
static struct capnp_text stem(struct capnp_text name)
{
    static const char ending[] = ".capnp";
    const uint32_t len = sizeof(ending) - 1;

    if (name.len > len && memcmp(name.at + name.len - len, ending, len) == 0)
        name.len -= len;
    return name;
}

static void add_calls(struct generator *generator, struct files *files, struct capnp_text name)
{
    struct capnp_text short_name = stem(name);
    struct output prefix = {0};

    put_opening(&prefix, name, "clients and servers");
    put(&prefix, "#pragma once\n\n/* clang-format off */\n\n#include \"%.*s.h\"\n", (int)name.len,
        name.at);
    put(&prefix, "#include \"capos/call.h\"\n#include \"capos/service.h\"\n\n");
    add(generator, files, short_name, ".calls.h", &prefix, &generator->calls_header);
    put_opening(&prefix, name, "clients and servers");
    put(&prefix, "#include \"%.*s.calls.h\"\n\n/* clang-format off */\n\n", (int)short_name.len,
        short_name.at);
    add(generator, files, short_name, ".calls.c", &prefix, &generator->calls_source);
}

/* For make: what else the outputs depend on, by the names of capnpc.mk. */
static void add_dependencies(struct generator *generator, struct files *files,
                             struct capnp_text name)
{
    const struct request *request = generator->request;
    struct output prefix = {0}, empty = {0};

    put(&prefix, "$(GENERATED_FOLDER)/%.*s.h $(GENERATED_FOLDER)/%.*s.c", (int)name.len, name.at,
        (int)name.len, name.at);
    if (generator->has_interfaces)
        put(&prefix, " $(GENERATED_FOLDER)/%.*s.calls.h $(GENERATED_FOLDER)/%.*s.calls.c",
            (int)stem(name).len, name.at, (int)stem(name).len, name.at);
    put(&prefix, ":");
    for (uint32_t i = 0; i < request->n_nodes; i++) {
        struct capnp_text import = schema_node_display_name(request->nodes[i].schema);

        if (request->nodes[i].kind != SCHEMA_NODE_WHICH_FILE ||
            &request->nodes[i] == generator->file)
            continue;
        if (!is_output_path(import))
            refuse(&generator->request->refusal, import, capnp_text(""), "is no path for make");
        put(&prefix, " $(call capnp_schema,%.*s)", (int)import.len, import.at);
    }
    put(&prefix, "\n");
    add(generator, files, name, ".d", &prefix, &empty);
}

void outputs_add(struct generator *generator, struct files *files, struct capnp_text name)
{
    add_readers(generator, files, name);
    add_dependencies(generator, files, name);
    if (generator->has_interfaces)
        add_calls(generator, files, name);
}
