/* Runs of several scenarios: what failed last, shards, quarantine, accepting differences.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The suite is three of the scenarios of fixtures/harness/, copied into a folder of this run's own.
 */
#include "harness/scenario.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *folder(const char *name)
{
    return text("%s/%s", run_folder(), name);
}

/* Runs the runner with these further words; returns what it printed. */
static const char *runner(const char *name, int wanted, const char *command, const char *one,
                          const char *two)
{
    const char *const words[] = {command,
                                 "--scenarios",
                                 folder("tree/harness/scenarios"),
                                 "--goldens",
                                 folder("goldens"),
                                 one,
                                 two,
                                 NULL};
    struct program *program = host_start(name, runner_arguments(words));
    int status = host_wait(program);
    size_t len;
    const char *output = stream_text(host_output(program), &len);
    check(status == wanted, "%s: status %d, not %d:\n%s", name, wanted, status, output);
    return output;
}

static void says(const char *output, const char *what)
{
    check(strstr(output, what), "\"%s\" in what the runner says:\n%s", what, output);
}

static void quarantine(const char *name, int days)
{
    char date[16];
    struct tm utc;
    time_t then = time(NULL) + (time_t)days * 86400;
    strftime(date, sizeof date, "%Y-%m-%d", gmtime_r(&then, &utc));
    FILE *file = fopen(text("%s/quarantine.json", folder("tree/harness/scenarios")), "w");
    check(file, "to write the quarantine");
    fprintf(file, "[{\"name\": \"%s\", \"reason\": \"on purpose\", \"expires\": \"%s\"}]\n", name,
            date);
    fclose(file);
}

SCENARIO
{
    /* As deep as in fixtures/, so that the manifests find what they extend. */
    const char *const make[] = {
        "sh",
        "-ec",
        "mkdir -p $0/tree/harness/scenarios; cd $0/tree; "
        "cp -r $1/fixtures/manifests .; cp -r $1/fixtures/harness/goldens ..; "
        "for name in passes panic golden-differs; do "
        "cp -r $1/fixtures/harness/scenarios/$name harness/scenarios; done",
        run_folder(),
        project_root(),
        NULL};
    check(host_run("make-suite", make) == 0, "a suite of three");

    /* All of them, each failure tried once more; then only what failed. */
    const char *all = runner("all", 1, "run", NULL, NULL);
    says(all, "PASS  passes");
    says(all, "0 of 2 runs passed");
    says(all, "1 passed, 2 failed");
    says(runner("failed", 1, "run", "--failed", "--retry=0"), "0 passed, 2 failed");

    /* Every scenario is in exactly one shard. */
    const char *first = runner("matrix-1", 0, "matrix", "--shard", "1/2");
    const char *second = runner("matrix-2", 0, "matrix", "--shard", "2/2");
    const char *const names[] = {"\"passes\"", "\"panic\"", "\"golden-differs\""};
    for (int i = 0; i < 3; i++)
        check(!strstr(first, names[i]) != !strstr(second, names[i]),
              "%s in one shard of two:\n%s%s", names[i], first, second);

    /* A difference is shown, accepted, and no longer there. */
    says(runner("diffs", 0, "diffs", NULL, NULL), "+power off");
    says(runner("accept", 0, "diffs", "--accept-all", NULL), "1 accepted");
    says(runner("accepted", 0, "run", "golden-differs", NULL), "PASS  golden-differs");

    /* A quarantine excuses a failure until its day has come, and not for long; then it fails by itself. */
    quarantine("panic", 30);
    const char *excused = runner("quarantined", 0, "run", NULL, NULL);
    says(excused, "QUARANTINED  panic");
    says(excused, "2 passed, 0 failed, 1 skipped");
    quarantine("panic", -1);
    says(runner("expired", 1, "run", NULL, NULL), "EXPIRED  panic");
    quarantine("passes", -1);
    says(runner("expired-pass", 1, "run", "passes", NULL), "EXPIRED  passes");
    quarantine("panic", 200);
    runner("too-long", 2, "run", NULL, NULL);
    quarantine("nobody", 5);
    says(runner("unknown", 2, "run", NULL, NULL), "nobody");
}
