/*
 * From a request to the files that it asks for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generate.h"

#include "generator.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct node *next_node(const struct generator *generator, const struct node *node)
{
    return node->next == NO_NODE || is_refused(&generator->request->refusal)
               ? NULL
               : &generator->request->nodes[node->next];
}

/* Relative, and nowhere else than below the current folder. */
static bool is_path(struct capnp_text path)
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

/* What the file uses of others: those imports of which the request has more than annotations. */
static bool import_has_types(const struct request *request, const struct node *file)
{
    const struct node *node = file;

    while (node->next != NO_NODE) {
        node = &request->nodes[node->next];
        if (node->kind != SCHEMA_NODE_WHICH_ANNOTATION)
            return true;
    }
    return false;
}

static void put_imports(struct generator *generator, struct output *out,
                        struct schema_code_generator_request_requested_file_reader file)
{
    struct capnp_list imports = schema_code_generator_request_requested_file_imports(file);

    for (uint32_t i = 0; i < capnp_list_len(imports); i++) {
        uint64_t id = schema_code_generator_request_requested_file_import_id(
            schema_code_generator_request_requested_file_import_at(imports, i));
        const struct node *node = request_node_of(generator->request, id, SCHEMA_NODE_WHICH_FILE);
        struct capnp_text name;

        if (!node || !import_has_types(generator->request, node))
            continue;
        name = schema_node_display_name(node->schema);
        if (!is_path(name))
            refuse(&generator->request->refusal, name, capnp_text(""),
                   "is no path for an #include");
        put(out, "#include \"%.*s.h\"\n", (int)name.len, name.at);
    }
}

static void generate_overview(struct generator *generator)
{
    const struct node *node = generator->file;

    while ((node = next_node(generator, node)))
        switch (node->kind) {
        case SCHEMA_NODE_WHICH_ENUM:
            generate_enum(generator, node);
            break;
        case SCHEMA_NODE_WHICH_STRUCT:
            generate_struct_types(generator, node);
            break;
        case SCHEMA_NODE_WHICH_INTERFACE:
            generate_interface(generator, node);
            break;
        case SCHEMA_NODE_WHICH_CONST:
            generate_constant(generator, node);
            break;
        case SCHEMA_NODE_WHICH_ANNOTATION:
            break;
        default:
            refuse(&generator->request->refusal, schema_node_display_name(node->schema),
                   capnp_text(""), "is a declaration of an unknown kind");
        }
}

void put_title(struct output *out, const struct node *node)
{
    struct capnp_text name = schema_node_display_name(node->schema);
    const char *colon = memchr(name.at, ':', name.len);
    uint32_t at = colon ? (uint32_t)(colon + 1 - name.at) : 0;

    put_comment(out, "", name.at + at, name.len - at);
    put(out, "\n");
}

static void generate_fields(struct generator *generator)
{
    const struct node *node = generator->file;

    while ((node = next_node(generator, node)))
        if (node->kind == SCHEMA_NODE_WHICH_STRUCT) {
            put_title(&generator->header, node);
            generate_struct_fields(generator, node);
        }
}

static void generate_calls(struct generator *generator)
{
    const struct node *node = generator->file;

    while ((node = next_node(generator, node)))
        if (node->kind == SCHEMA_NODE_WHICH_INTERFACE) {
            generate_clients(generator, node);
            generate_server(generator, node);
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

static void add_readers(struct generator *generator, struct files *files, struct capnp_text name,
                        struct schema_code_generator_request_requested_file_reader file)
{
    struct output prefix = {0};

    put_opening(&prefix, name, "numbers, readers and builders");
    put(&prefix, "#pragma once\n\n/* clang-format off */\n\n#include \"capnp/capnp.h\"\n%s",
        generator->has_floats ? "#include \"capnp/float.h\"\n" : "");
    put_imports(generator, &prefix, file);
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
        if (!is_path(import))
            refuse(&generator->request->refusal, import, capnp_text(""), "is no path for make");
        put(&prefix, " $(call capnp_schema,%.*s)", (int)import.len, import.at);
    }
    put(&prefix, "\n");
    add(generator, files, name, ".d", &prefix, &empty);
}

static void generate_file(struct request *request, struct files *files,
                          struct schema_code_generator_request_requested_file_reader file)
{
    uint64_t id = schema_code_generator_request_requested_file_id(file);
    struct capnp_text name = schema_code_generator_request_requested_file_filename(file);
    struct generator generator = {
        .request = request,
        .file = request_node_of(request, id, SCHEMA_NODE_WHICH_FILE),
    };

    if (!generator.file || !is_path(name)) {
        refuse(&request->refusal, name, capnp_text(""),
               generator.file ? "is no path for an output" : "the request lacks this file");
        return;
    }
    generate_overview(&generator);
    generate_fields(&generator);
    generate_calls(&generator);
    add_readers(&generator, files, name, file);
    add_dependencies(&generator, files, name);
    if (generator.has_interfaces)
        add_calls(&generator, files, name);
    output_free(&generator.header);
    output_free(&generator.source);
    output_free(&generator.calls_header);
    output_free(&generator.calls_source);
    symbols_free(&generator.symbols);
}

void generate(struct request *request, struct files *files)
{
    struct capnp_list list = schema_code_generator_request_requested_files(request->schema);

    for (uint32_t i = 0; i < capnp_list_len(list) && !is_refused(&request->refusal); i++)
        generate_file(request, files, schema_code_generator_request_requested_file_at(list, i));
    if (capnp_error(request->message))
        refuse(&request->refusal, capnp_text("request"), capnp_text(""), "is not a valid message");
}
