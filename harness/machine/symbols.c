/* Addresses of the kernel as functions, files and lines.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/symbols.h"

#include "harness/base/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKUP_LIMIT_MS = 20000 };

/* The next line of *@text, terminated; NULL at the end. */
static char *next_line(char **text)
{
    char *line = *text;
    if (!line || !*line)
        return NULL;
    char *feed = strchr(line, '\n');
    *text = feed ? feed + 1 : line + strlen(line);
    if (feed)
        *feed = '\0';
    return line;
}

/* "kernel/diag/panic.c:42 (discriminator 1)", "??:0", "??:?" */
static void parse_place(struct place *p, const char *function, const char *file)
{
    const char *colon = strrchr(file, ':');
    snprintf(p->function, sizeof p->function, "%s", function);
    if (strncmp(file, "??", 2) == 0 || !colon)
        return;
    snprintf(p->file, sizeof p->file, "%.*s", (int)(colon - file), file);
    p->line = (unsigned)strtoul(colon + 1, NULL, 10);
}

/* addr2line -a -f -i: per address a line "0x…", then two lines per place. */
static void parse(char *text, struct symbol *out, size_t n)
{
    struct symbol *s = NULL;
    size_t seen = 0;
    for (char *line; (line = next_line(&text));) {
        if (strncmp(line, "0x", 2) == 0) {
            s = seen < n ? &out[seen++] : NULL;
            continue;
        }
        char *file = next_line(&text);
        if (file && s && s->n < MAX_INLINED)
            parse_place(&s->places[s->n++], line, file);
    }
}

bool symbols_find(const char *elf, const uint64_t *addresses, size_t n, struct symbol *out,
                  struct error *err)
{
    const char *argv[] = {"addr2line", "-a", "-f", "-i", "-e", elf, NULL};
    struct buffer input = {0}, output = {0}, errors = {0};
    memset(out, 0, n * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        out[i].address = addresses[i];
        buffer_printf(&input, "0x%llx\n",
                      (unsigned long long)(i && addresses[i] ? addresses[i] - 1 : addresses[i]));
    }
    int status = n ? process_run(argv, &input, &output, &errors, LOOKUP_LIMIT_MS, err) : 0;
    if (status > 0)
        error_set(err, "addr2line: %s", buffer_text(&errors));
    else if (status == 0 && output.data)
        parse(output.data, out, n);
    buffer_fini(&input);
    buffer_fini(&output);
    buffer_fini(&errors);
    return status == 0;
}

void symbols_print(const struct symbol *symbols, size_t n, struct buffer *out)
{
    for (size_t i = 0; i < n; i++) {
        const struct symbol *s = &symbols[i];
        if (s->n == 0)
            buffer_printf(out, "  #%zu 0x%016llx\n", i, (unsigned long long)s->address);
        for (size_t k = 0; k < s->n; k++) {
            const struct place *p = &s->places[k];
            buffer_printf(out, "  #%zu 0x%016llx %s", i, (unsigned long long)s->address,
                          p->function);
            if (p->file[0])
                buffer_printf(out, " (%s:%u)", p->file, p->line);
            buffer_add_text(out, k + 1 < s->n ? " inlined into\n" : "\n");
        }
    }
}
