/* What the command line says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: mkmanifest OUT [--manifest FILE.json | --raw-manifest FILE] [NAME=PATH...]\n"
    "       mkmanifest --json FILE.json\n"
    "       mkmanifest --convert SCHEMA TYPE [IN [OUT]]\n"
    "\n"
    "Writes the boot package OUT; or shows what a manifest and the files that it extends come to;\n"
    "or converts a message of a schema's struct.\n"
    "\n"
    "  --manifest FILE       what init starts, in JSON (manifest.schema.json); its programs come "
    "too\n"
    "  --raw-manifest FILE   the manifest's bytes as they are (default: none)\n"
    "  --build DIR           where the manifest's programs are (default: $BUILD, or build)\n"
    "  --depfile FILE        write for make what OUT was made from\n"
    "  --from FORMAT         of IN: json (default), flat, framed\n"
    "  --to FORMAT           of OUT: json, flat (default), framed\n"
    "  -I DIR                where imports of SCHEMA are looked for; may stand several times\n";

enum {
    OPTION_MANIFEST = 256,
    OPTION_RAW,
    OPTION_BUILD,
    OPTION_DEPFILE,
    OPTION_JSON,
    OPTION_CONVERT,
    OPTION_FROM,
    OPTION_TO,
    OPTION_HELP,
};

static const struct option known[] = {
    {"manifest", required_argument, NULL, OPTION_MANIFEST},
    {"raw-manifest", required_argument, NULL, OPTION_RAW},
    {"build", required_argument, NULL, OPTION_BUILD},
    {"depfile", required_argument, NULL, OPTION_DEPFILE},
    {"json", required_argument, NULL, OPTION_JSON},
    {"convert", required_argument, NULL, OPTION_CONVERT},
    {"from", required_argument, NULL, OPTION_FROM},
    {"to", required_argument, NULL, OPTION_TO},
    {"help", no_argument, NULL, OPTION_HELP},
    {0},
};

static _Noreturn void refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void refuse(const char *format, ...)
{
    va_list args;

    fputs("mkmanifest: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs("; --help says more\n", stderr);
    exit(2);
}

static enum format format_of(const char *name)
{
    static const char *const names[] = {
        [FORMAT_JSON] = "json", [FORMAT_FLAT] = "flat", [FORMAT_FRAMED] = "framed"};

    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return (enum format)i;
    refuse("there is no format \"%s\"", name);
}

static void add_import(struct options *o, const char *folder)
{
    size_t n = 0;

    while (o->imports[n])
        n++;
    if (n == IMPORTS_MAX)
        refuse("more than %d folders of imports", IMPORTS_MAX);
    o->imports[n] = folder;
}

static void take_task(struct options *o, enum task task)
{
    if (o->task != TASK_PACKAGE)
        refuse("--json and --convert exclude each other, and can stand once");
    o->task = task;
}

static void take_option(struct options *o, int option)
{
    switch (option) {
    case OPTION_MANIFEST:
        o->manifest = optarg;
        return;
    case OPTION_RAW:
        o->raw = optarg;
        return;
    case OPTION_BUILD:
        o->build = optarg;
        return;
    case OPTION_DEPFILE:
        o->depfile = optarg;
        return;
    case OPTION_JSON:
        take_task(o, TASK_SHOW);
        o->manifest = optarg;
        return;
    case OPTION_CONVERT:
        take_task(o, TASK_CONVERT);
        o->conversion.schema = optarg;
        return;
    case OPTION_FROM:
        o->conversion.from = format_of(optarg);
        return;
    case OPTION_TO:
        o->conversion.to = format_of(optarg);
        return;
    case 'I':
        add_import(o, optarg);
        return;
    case OPTION_HELP:
        fputs(usage, stdout);
        exit(0);
    default:
        refuse("wrong arguments"); /* getopt has said which */
    }
}

static void take_images(struct options *o, char **arguments)
{
    struct error err;

    for (; *arguments; arguments++)
        if (!images_add_argument(&o->images, *arguments, &err))
            refuse("%s", err.text);
}

static void take_no_more(char **arguments)
{
    if (*arguments)
        refuse("\"%s\" is one argument too many", *arguments);
}

static void take_package(struct options *o, char **arguments)
{
    if (!*arguments)
        refuse("OUT is missing");
    o->out = *arguments;
    take_images(o, arguments + 1);
    if (o->manifest && o->raw)
        refuse("--manifest and --raw-manifest exclude each other");
    if (!o->manifest && !o->images.n)
        refuse("no program: NAME=PATH or --manifest is missing");
}

static void take_conversion(struct options *o, char **arguments, int n)
{
    if (n < 1)
        refuse("TYPE is missing");
    if (n > 3)
        take_no_more(arguments + 3);
    o->conversion.type = arguments[0];
    o->conversion.in = n > 1 ? arguments[1] : NULL;
    o->conversion.out = n > 2 ? arguments[2] : NULL;
    o->conversion.imports = o->imports;
}

void options_read(struct options *o, int argc, char **argv)
{
    const char *build = getenv("BUILD");
    int option;

    *o = (struct options){.build = build && *build ? build : "build",
                          .conversion = {.from = FORMAT_JSON, .to = FORMAT_FLAT}};
    while ((option = getopt_long(argc, argv, "I:", known, NULL)) != -1)
        take_option(o, option);
    if (o->task == TASK_CONVERT)
        take_conversion(o, argv + optind, argc - optind);
    else if (o->task == TASK_SHOW)
        take_no_more(argv + optind);
    else
        take_package(o, argv + optind);
}
