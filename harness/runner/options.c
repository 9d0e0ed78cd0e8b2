/* The runner's command line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/options.h"

#include "harness/base/buffer.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char options_help[] =
    "usage: runner COMMAND [options]\n"
    "\n"
    "  run [NAME...]   run scenarios, all of them when none is named\n"
    "  list            name, tags, limit and summary of every scenario\n"
    "  matrix          the same as JSON for CI services\n"
    "  diffs [NAME...] show the golden differences of the latest runs, and accept them one by one\n"
    "  report          write build/report/index.html and build/report/junit.xml\n"
    "  durations       merge what was measured into scenarios/durations.json\n"
    "  help            this text\n"
    "\n"
    "which scenarios (run, list, matrix):\n"
    "  --tags EXPR     net,disk,-slow: any of net and disk, and not slow\n"
    "  --failed        what did not pass in the last run of several scenarios (run)\n"
    "  --shard I/N     the I-th of N parts of about the same duration (run, matrix)\n"
    "\n"
    "how they run:\n"
    "  --jobs N        so many at once; default: the processors that are online\n"
    "  --repeat N      each of them N times; default 1\n"
    "  --retry N       a failure up to N times more, to learn whether it is flaky or broken;\n"
    "                  default 1 for several scenarios, 0 for a single one\n"
    "  --accept        rewrite the goldens, showing what was accepted\n"
    "  --watch         show the serial streams live (one scenario)\n"
    "  --debug         stop at the kernel's first instruction with a gdb stub (one scenario)\n"
    "  --interactive   give the scenario the terminal (one scenario)\n"
    "  --keep N        finished runs to keep of each scenario; default 20\n"
    "  --ceiling S     seconds a scenario may outlive its manifest's limit; default 60\n"
    "  -- ARG...       further arguments for the scenario's own program\n"
    "\n"
    "diffs:\n"
    "  --accept-all    accept every difference that is offered, without asking\n"
    "\n"
    "where things are:\n"
    "  --scenarios DIR default scenarios\n"
    "  --build DIR     what was built: kernel, libvirt's slots; default build\n"
    "  --programs DIR  the scenarios' programs; default BUILD/scenarios/bin\n"
    "  --out DIR       where run folders and reports go; default BUILD\n"
    "  --goldens DIR   default goldens\n"
    "  --schema FILE   default harness/manifest/manifest.schema.json\n"
    "\n"
    "exit status: 0 all passed or are quarantined, 1 something failed or is flaky, 2 the host "
    "could\n"
    "not run something or the command is wrong, 130 interrupted\n";

enum {
    OPT_TAGS = 256,
    OPT_FAILED,
    OPT_SHARD,
    OPT_JOBS,
    OPT_REPEAT,
    OPT_RETRY,
    OPT_ACCEPT,
    OPT_ACCEPT_ALL,
    OPT_WATCH,
    OPT_DEBUG,
    OPT_INTERACTIVE,
    OPT_KEEP,
    OPT_CEILING,
    OPT_SCENARIOS,
    OPT_BUILD,
    OPT_PROGRAMS,
    OPT_OUT,
    OPT_GOLDENS,
    OPT_SCHEMA,
    OPT_HELP,
};

static const struct option long_options[] = {
    {"tags", required_argument, NULL, OPT_TAGS},
    {"failed", no_argument, NULL, OPT_FAILED},
    {"shard", required_argument, NULL, OPT_SHARD},
    {"jobs", required_argument, NULL, OPT_JOBS},
    {"repeat", required_argument, NULL, OPT_REPEAT},
    {"retry", required_argument, NULL, OPT_RETRY},
    {"accept", no_argument, NULL, OPT_ACCEPT},
    {"accept-all", no_argument, NULL, OPT_ACCEPT_ALL},
    {"watch", no_argument, NULL, OPT_WATCH},
    {"debug", no_argument, NULL, OPT_DEBUG},
    {"interactive", no_argument, NULL, OPT_INTERACTIVE},
    {"keep", required_argument, NULL, OPT_KEEP},
    {"ceiling", required_argument, NULL, OPT_CEILING},
    {"scenarios", required_argument, NULL, OPT_SCENARIOS},
    {"build", required_argument, NULL, OPT_BUILD},
    {"programs", required_argument, NULL, OPT_PROGRAMS},
    {"out", required_argument, NULL, OPT_OUT},
    {"goldens", required_argument, NULL, OPT_GOLDENS},
    {"schema", required_argument, NULL, OPT_SCHEMA},
    {"help", no_argument, NULL, OPT_HELP},
    {0},
};

static bool parse_count(const char *option, const char *text, unsigned least, unsigned most,
                        unsigned *out, struct error *err)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || value < least || value > most)
        return error_set(err, "--%s is \"%s\", expected a number from %u to %u", option, text,
                         least, most);
    *out = (unsigned)value;
    return true;
}

static bool parse_shard(struct options *o, const char *text, struct error *err)
{
    char *slash = strchr(text, '/');
    if (!slash)
        return error_set(err, "--shard is \"%s\", expected I/N as in 1/4", text);
    *slash = '\0';
    return parse_count("shard I/N: N", slash + 1, 1, 1000, &o->shards, err) &&
           parse_count("shard I/N: I", text, 1, o->shards, &o->shard, err);
}

static bool parse_retry(struct options *o, const char *text, struct error *err)
{
    unsigned retry;
    if (!parse_count("retry", text, 0, 100, &retry, err))
        return false;
    o->retry = (int)retry;
    return true;
}

static bool parse_one(struct options *o, int option, struct error *err)
{
    switch (option) {
    case OPT_TAGS:
        o->tag_text = optarg;
        tag_filter_fini(&o->tags);
        return tag_filter_parse(&o->tags, optarg, err);
    case OPT_SHARD:
        return parse_shard(o, optarg, err);
    case OPT_JOBS:
        return parse_count("jobs", optarg, 1, 1000, &o->jobs, err);
    case OPT_REPEAT:
        return parse_count("repeat", optarg, 1, 100000, &o->repeat, err);
    case OPT_RETRY:
        return parse_retry(o, optarg, err);
    case OPT_KEEP:
        return parse_count("keep", optarg, 1, 100000, &o->keep, err);
    case OPT_CEILING:
        return parse_count("ceiling", optarg, 0, 86400, &o->ceiling, err);
    case OPT_FAILED:
        return o->failed = true;
    case OPT_ACCEPT:
        return o->accept = true;
    case OPT_ACCEPT_ALL:
        return o->accept_all = true;
    case OPT_WATCH:
        return o->watch = true;
    case OPT_DEBUG:
        return o->debug = true;
    case OPT_INTERACTIVE:
        return o->interactive = true;
    case OPT_SCENARIOS:
        o->scenarios = optarg;
        return true;
    case OPT_BUILD:
        o->build = optarg;
        return true;
    case OPT_PROGRAMS:
        o->programs = optarg;
        return true;
    case OPT_OUT:
        o->out = optarg;
        return true;
    case OPT_GOLDENS:
        o->goldens = optarg;
        return true;
    case OPT_SCHEMA:
        o->schema = optarg;
        return true;
    case OPT_HELP:
        o->command = "help";
        return true;
    }
    return false;
}

static bool check(const struct options *o, struct error *err)
{
    if (o->failed && o->n_names)
        return error_set(err, "--failed and names of scenarios exclude each other");
    if (o->accept && o->repeat > 1)
        return error_set(err, "--accept and --repeat exclude each other: which run is right?");
    if (options_attended(o) && o->repeat > 1)
        return error_set(err, "--watch, --debug and --interactive exclude --repeat");
    return true;
}

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}

bool options_parse(struct options *o, int argc, char **argv, struct error *err)
{
    *o = (struct options){.command = NULL,
                          .scenarios = "scenarios",
                          .build = "build",
                          .goldens = "goldens",
                          .schema = "harness/manifest/manifest.schema.json",
                          .shard = 1,
                          .shards = 1,
                          .jobs = processors(),
                          .repeat = 1,
                          .keep = 20,
                          .retry = -1,
                          .ceiling = 60};
    /* What follows "--" is cut off before: getopt moves it among the names. */
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--") == 0) {
            o->extra = argv + i + 1;
            o->n_extra = (size_t)(argc - i - 1);
            argc = i;
        }
    opterr = 0;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return error_set(err, "unknown option or missing argument: %s; see `runner help`",
                             argv[optind - 1]);
        if (!parse_one(o, option, err))
            return false;
    }
    if (!o->command && optind == argc)
        return error_set(err, "no command; see `runner help`");
    if (!o->command)
        o->command = argv[optind++];
    o->names = argv + optind;
    o->n_names = (size_t)(argc - optind);
    o->out = o->out ? o->out : o->build;
    o->programs =
        o->programs ? o->programs : (o->own_programs = format_text("%s/scenarios/bin", o->build));
    return check(o, err);
}

void options_fini(struct options *o)
{
    tag_filter_fini(&o->tags);
    free(o->own_programs);
}

bool options_attended(const struct options *o)
{
    return o->watch || o->debug || o->interactive;
}
