/* A machine's plan as libvirt's domain XML.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/domain_xml.h"

#include "harness/base/xml.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* An element with text, escaped: <tag>text</tag>. */
static void element(struct buffer *out, const char *tag, const char *text)
{
    buffer_printf(out, "  <%s>", tag);
    buffer_add_xml(out, text);
    buffer_printf(out, "</%s>\n", tag);
}

static void argument(struct buffer *out, const char *text)
{
    buffer_add_text(out, "    <qemu:arg value='");
    buffer_add_xml(out, text);
    buffer_add_text(out, "'/>\n");
}

__attribute__((format(printf, 3, 4))) static void option(struct buffer *out, const char *name,
                                                         const char *format, ...)
{
    struct buffer value = {0};
    va_list args;
    va_start(args, format);
    buffer_vprintf(&value, format, args);
    va_end(args);
    argument(out, name);
    argument(out, buffer_text(&value));
    buffer_fini(&value);
}

/* A path inside a QEMU option, where a comma is written twice. Caller frees. */
static char *option_path(const char *path)
{
    struct buffer b = {0};
    for (; *path; path++) {
        if (*path == ',')
            buffer_add_char(&b, ',');
        buffer_add_char(&b, *path);
    }
    return b.data ? b.data : copy_text("");
}

char *domain_path(const struct domain_place *place, const char *path)
{
    static const char build[] = "build/";
    if (strncmp(path, build, sizeof build - 1) == 0)
        return format_text("%s/%s", place->build, path + sizeof build - 1);
    return format_text("%s/%s", place->root, path);
}

static void add_kernel(const struct machine_plan *plan, const struct domain_place *place,
                       struct buffer *out)
{
    char *kernel = domain_path(place, plan->kernel);
    char *initrd = plan->initrd ? domain_path(place, plan->initrd) : NULL;
    struct buffer line = {0};
    for (size_t i = 0; i < plan->n_options; i++)
        buffer_printf(&line, "%s%s", i ? " " : "", plan->options[i]);
    element(out, "kernel", kernel);
    if (initrd)
        element(out, "initrd", initrd);
    if (line.len)
        element(out, "cmdline", line.data);
    buffer_fini(&line);
    free(kernel);
    free(initrd);
}

/* libvirt makes the run's copy of the variables. */
static void add_uefi(const struct machine_plan *plan, const struct domain_place *place,
                     struct buffer *out)
{
    char *variables = format_text("%s/%s.uefi-variables", place->run, plan->name);
    buffer_add_text(out, "  <loader readonly='yes' type='pflash'>" UEFI_CODE "</loader>\n"
                         "  <nvram template='" UEFI_VARIABLES "'>");
    buffer_add_xml(out, variables);
    buffer_add_text(out, "</nvram>\n");
    free(variables);
}

static void add_system(const struct machine_plan *plan, const struct domain_place *place,
                       struct buffer *out)
{
    buffer_printf(out, "  <os>\n  <type arch='x86_64' machine='%s'>hvm</type>\n", plan->type);
    if (plan->uefi)
        add_uefi(plan, place, out);
    if (plan->boot == BOOT_KERNEL)
        add_kernel(plan, place, out);
    buffer_add_text(out, "  </os>\n");
}

/* A model, and what it has more (+) or less (-) than usual: "max,-rdrand,+ibs". */
static void add_processor(const struct machine_plan *plan, struct buffer *out)
{
    size_t len = strcspn(plan->cpu, ",");
    const char *feature = plan->cpu + len;

    buffer_printf(out, "  <vcpu>%u</vcpu>\n", plan->processors);
    if (len == 3 && strncmp(plan->cpu, "max", len) == 0)
        buffer_add_text(out, "  <cpu mode='maximum'>");
    else
        buffer_printf(out, "  <cpu mode='custom'><model fallback='forbid'>%.*s</model>", (int)len,
                      plan->cpu);
    while (*feature) {
        const char *name = feature + 2; /* behind comma and sign */

        len = strcspn(name, ",");
        buffer_printf(out, "<feature policy='%s' name='%.*s'/>",
                      feature[1] == '-' ? "disable" : "require", (int)len, name);
        feature = name + len;
    }
    buffer_add_text(out, "</cpu>\n");
}

/* The guest's date starts at a fixed day and advances with its own instructions. */
static void add_clock(const struct machine_plan *plan, struct buffer *out)
{
    if (plan->deterministic)
        buffer_add_text(out, "  <clock offset='absolute' start='1767225600'>\n"
                             "    <timer name='rtc' track='guest'/>\n  </clock>\n");
    else
        buffer_add_text(out, "  <clock offset='utc'/>\n");
}

/* The FIFOs stand before QEMU starts: no byte can be said before somebody hears it. */
static void add_serials(const struct machine_plan *plan, const struct domain_place *place,
                        struct buffer *out)
{
    for (size_t i = 0; i < plan->n_serials; i++) {
        char *path = format_text("%s/%s.%s", place->io, plan->name, plan->serials[i]);
        buffer_add_text(out, "    <serial type='pipe'><source path='");
        buffer_add_xml(out, path);
        buffer_printf(out, "'/><target type='isa-serial' port='%zu'/></serial>\n", i);
        free(path);
    }
}

static void add_user_network(const struct network *network, const struct machine_plan *plan,
                             struct buffer *value)
{
    buffer_printf(value, "user,id=%s", network->name);
    /* Router advertisements come at random intervals. */
    if (plan->deterministic)
        buffer_add_text(value, ",ipv6=off");
    for (size_t i = 0; i < network->n_forwards; i++)
        buffer_printf(value, ",hostfwd=%s:127.0.0.1:%u-:%u", network->forwards[i].protocol,
                      network->forwards[i].host, network->forwards[i].guest);
}

static void add_nic(const struct machine_plan *plan, const struct domain_place *place, size_t i,
                    struct buffer *out)
{
    const struct nic *nic = &plan->nics[i];
    const char *name = nic->network->name;
    struct buffer netdev = {0};
    if (nic->network->kind == NETWORK_USER) {
        add_user_network(nic->network, plan, &netdev);
        char *capture = option_path(place->run);
        option(out, "-netdev", "%s", buffer_text(&netdev));
        option(out, "-object", "filter-dump,id=capture-%s,netdev=%s,file=%s/%s.pcap", name, name,
               capture, name);
        free(capture);
    } else {
        char *socket = option_path(place->io);
        option(out, "-netdev", "stream,id=%s,server=off,addr.type=unix,addr.path=%s/%s", name,
               socket, name);
        free(socket);
    }
    buffer_fini(&netdev);
    option(out, "-device", "%s,netdev=%s,mac=%s%s", nic->model, name, nic->mac,
           plan->boot == BOOT_NETWORK && i == 0 ? ",bootindex=1" : ",romfile=");
}

/* A run never changes its inputs: an image is written to through a temporary overlay. */
static void add_disk(const struct machine_plan *plan, const struct domain_place *place, size_t i,
                     struct buffer *out)
{
    const struct disk *disk = &plan->disks[i];
    char *file = disk->image ? domain_path(place, disk->image)
                             : format_text("%s/%s.%s.img", place->run, plan->name, disk->name);
    char *escaped = option_path(file);
    option(out, "-drive", "if=none,id=%s,format=%s,file=%s%s%s", disk->name, disk->format, escaped,
           disk->image && !disk->read_only ? ",snapshot=on" : "",
           disk->read_only ? ",readonly=on" : "");
    const char *device = strcmp(disk->bus, "nvme") == 0   ? "nvme"
                         : strcmp(disk->bus, "sata") == 0 ? "ide-hd"
                                                          : "virtio-blk-pci";
    option(out, "-device", "%s,drive=%s,serial=%s", device, disk->name, disk->name);
    free(escaped);
    free(file);
}

/* No disk can have this name, for it has a dot. */
static void add_image(const struct machine_plan *plan, const struct domain_place *place,
                      struct buffer *out)
{
    char *file = domain_path(place, plan->image);
    char *escaped = option_path(file);
    option(out, "-drive", "if=none,id=boot.image,media=cdrom,format=raw,file=%s,readonly=on",
           escaped);
    option(out, "-device", "ide-cd,drive=boot.image,bootindex=1");
    free(escaped);
    free(file);
}

/* The kernel writes to this port (kernel/abi/ringtap.h), QEMU each byte into the file at once. */
static void add_ringtap(const struct machine_plan *plan, const struct domain_place *place,
                        struct buffer *out)
{
    char *run = option_path(place->run);
    option(out, "-chardev", "file,id=ringtap,path=%s/%s%sringtap.pcapng", run,
           place->alone ? "" : plan->name, place->alone ? "" : ".");
    option(out, "-device", "isa-debugcon,iobase=0xe9,chardev=ringtap");
    free(run);
}

static void add_command_line(const struct machine_plan *plan, const struct domain_place *place,
                             struct buffer *out)
{
    char *io = option_path(place->io);
    buffer_add_text(out, "  <qemu:commandline>\n");
    argument(out, "-no-reboot"); /* a reset ends the machine, and says that it was one */
    option(out, "-d", "int,cpu_reset,guest_errors");
    option(out, "-D", "%s/%s.trace", place->io, plan->name);
    if (plan->deterministic) {
        option(out, "-icount", "shift=0,sleep=off");
        option(out, "-seed", "1");
        /* The guest can read it. It overrides libvirt's own, which must differ from machine to
         * machine. */
        option(out, "-uuid", "63617043-4f53-4000-8000-000000000001");
    }
    for (size_t i = 0; i < plan->n_nics; i++)
        add_nic(plan, place, i, out);
    if (plan->boot == BOOT_IMAGE)
        add_image(plan, place, out);
    for (size_t i = 0; i < plan->n_disks; i++)
        add_disk(plan, place, i, out);
    for (size_t i = 0; i < plan->n_devices; i++)
        option(out, "-device", "%s", plan->devices[i]);
    if (plan->ringtap)
        add_ringtap(plan, place, out);
    if (place->debug) {
        option(out, "-chardev", "socket,id=gdb,path=%s/%s.gdb,server=on,wait=off", io, plan->name);
        option(out, "-gdb", "chardev:gdb");
    }
    buffer_add_text(out, "  </qemu:commandline>\n");
    free(io);
}

void domain_xml(const struct machine_plan *plan, const struct domain_place *place,
                struct buffer *out)
{
    buffer_printf(out,
                  "<domain type='%s' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n",
                  place->kvm ? "kvm" : "qemu");
    element(out, "name", place->name);
    buffer_printf(out, "  <memory unit='MiB'>%u</memory>\n", plan->memory);
    add_processor(plan, out);
    add_system(plan, place, out);
    buffer_add_text(out, "  <features><acpi/><apic/></features>\n");
    add_clock(plan, out);
    buffer_add_text(out, "  <on_poweroff>destroy</on_poweroff><on_reboot>destroy</on_reboot>"
                         "<on_crash>destroy</on_crash>\n  <devices>\n");
    element(out, "emulator", plan->emulator);
    buffer_add_text(out, "    <controller type='usb' model='none'/><memballoon model='none'/>"
                         "<audio id='1' type='none'/>\n");
    add_serials(plan, place, out);
    buffer_add_text(out, "  </devices>\n");
    add_command_line(plan, place, out);
    buffer_add_text(out, "</domain>\n");
}
