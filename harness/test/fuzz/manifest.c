/* Any bytes as a scenario's manifest: refused with a place and a reason, or good in every part.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Run from the project's root, where the schema is.
 */
#include "harness/test/fuzz/target.h"

#include "harness/manifest/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct schema *schema;

static void read_schema(void)
{
    struct error err;
    schema = schema_read("harness/manifest/manifest.schema.json", &err);
    if (schema)
        return;
    fprintf(stderr, "%s\n", err.text);
    abort();
}

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* What everyone who has a manifest relies on. */
static void inspect(const struct manifest *m)
{
    require(m->n_machines > 0 && m->limit > 0 && *m->summary);
    for (size_t i = 0; i < m->n_machines; i++) {
        const struct machine_plan *p = &m->machines[i];
        require(p->processors > 0 && p->memory > 0 && p->n_serials > 0 && p->n_serials <= 4);
        for (size_t j = 0; j < p->n_nics; j++)
            require(p->nics[j].network && strlen(p->nics[j].mac) == 17);
        for (size_t j = 0; j < p->n_disks; j++)
            require(!p->disks[j].image == (p->disks[j].size > 0));
        for (size_t j = 0; j < p->n_options; j++)
            require(!strchr(p->options[j], ' '));
    }
    for (size_t i = 0; i < m->n_streams; i++)
        require(manifest_stream(m, m->streams[i].name) == &m->streams[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A folder that is not there, so that "extends" finds nothing. */
    static const char path[] = "/absent/scenarios/fuzz/manifest.json";
    struct error err = {""};
    struct buffer text = {0};
    if (!schema)
        read_schema();
    buffer_add(&text, data, size);
    struct manifest *m = manifest_build(path, &text, schema, &err);
    if (m)
        inspect(m);
    else
        require(strstr(err.text, path) != NULL);
    manifest_free(m);
    buffer_fini(&text);
    return 0;
}
