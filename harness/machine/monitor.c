/* QEMU's monitor, through libvirt.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/monitor.h"

#include <json-c/json.h>
#include <libvirt/libvirt-qemu.h>
#include <stdlib.h>
#include <string.h>

static char *question(const char *command, unsigned cpu)
{
    json_object *arguments = json_object_new_object();
    json_object_object_add(arguments, "command-line", json_object_new_string(command));
    json_object_object_add(arguments, "cpu-index", json_object_new_int((int)cpu));
    json_object *message = json_object_new_object();
    json_object_object_add(message, "execute", json_object_new_string("human-monitor-command"));
    json_object_object_add(message, "arguments", arguments);
    char *text = copy_text(json_object_to_json_string(message));
    json_object_put(message);
    return text;
}

bool monitor_command(struct machine *m, const char *command, unsigned cpu, struct buffer *out,
                     struct error *err)
{
    char *asked = question(command, cpu), *answer = NULL;
    int rc = m->domain ? virDomainQemuMonitorCommand(m->domain, asked, &answer, 0) : -1;
    free(asked);
    if (rc < 0)
        return connection_error(err, command);
    json_object *message = json_tokener_parse(answer), *text;
    bool good = json_object_object_get_ex(message, "return", &text) &&
                json_object_is_type(text, json_type_string);
    for (const char *p = good ? json_object_get_string(text) : ""; *p; p++)
        if (*p != '\r')
            buffer_add_char(out, *p);
    json_object_put(message);
    if (!good)
        error_set(err, "%s: QEMU answers %s", command, answer);
    free(answer);
    return good;
}

/* "ffffffff80100000: 0x0000000000000001 0x0000000000000002", two words a line. */
bool monitor_read_words(struct machine *m, unsigned cpu, uint64_t address, uint64_t *words,
                        size_t n)
{
    char *command = format_text("x /%zugx 0x%llx", n, (unsigned long long)address);
    struct buffer out = {0};
    size_t got = 0;
    if (monitor_command(m, command, cpu, &out, NULL)) {
        for (char *p = strstr(out.data ? out.data : "", " 0x"); p && got < n; p = strstr(p, " 0x"))
            words[got++] = strtoull(p + 1, &p, 16);
    }
    buffer_fini(&out);
    free(command);
    return got == n;
}
