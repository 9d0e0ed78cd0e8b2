/* A machine's plan as libvirt's XML: well formed whatever the names are, QEMU's arguments right.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/domain_xml.h"

#include "harness/base/process.h"
#include "harness/test/check.h"

#include <stdlib.h>

enum { LINT_MS = 60000 };

static const struct {
    const char *name;
    char c;
} entities[] = {
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''},
};

/* The text of XML, up to @end. */
static void add_plain(struct buffer *out, const char *text, const char *end)
{
    while (text < end) {
        size_t len = 1;
        char c = *text;
        for (size_t i = 0; *text == '&' && i < sizeof entities / sizeof entities[0]; i++) {
            if (strncmp(text, entities[i].name, strlen(entities[i].name)) != 0)
                continue;
            len = strlen(entities[i].name);
            c = entities[i].c;
        }
        buffer_add_char(out, c);
        text += len;
    }
}

/* What stands between each @before and the next @after, a line each. */
static void add_between(struct buffer *out, const char *xml, const char *before, const char *after)
{
    for (const char *end = NULL; (xml = strstr(xml, before)); xml = end) {
        xml += strlen(before);
        end = strstr(xml, after);
        if (!end)
            return;
        add_plain(out, xml, end);
        buffer_add_char(out, '\n');
    }
}

static void expect_between(const char *name, const char *xml, const char *before, const char *after,
                           const char *expected)
{
    struct buffer came = {0};
    add_between(&came, xml, before, after);
    check_text(name, buffer_text(&came), expected);
    buffer_fini(&came);
}

static void expect_arguments(const char *name, const char *xml, const char *expected)
{
    expect_between(name, xml, "<qemu:arg value='", "'/>", expected);
}

/* Whether every "<" begins a tag, every "&" an entity, and tags close in order. */
static bool well_formed(const char *xml)
{
    enum { DEEPEST = 8 };
    char open[DEEPEST][64];
    size_t depth = 0;
    for (; *xml; xml++) {
        if (*xml == '&' && !(strchr(xml, ';') && strchr(xml, ';') - xml < 7))
            return false;
        if (*xml == '>')
            return false;
        if (*xml != '<')
            continue;
        const char *name = xml + 1 + (xml[1] == '/');
        size_t len = strcspn(name, " />");
        size_t rest = strcspn(xml + 1, "<>") + 1;
        if (xml[rest] != '>' || len == 0 || len >= sizeof open[0])
            return false;
        if (xml[1] == '/') {
            if (depth == 0 || strlen(open[--depth]) != len || memcmp(open[depth], name, len) != 0)
                return false;
        } else if (xml[rest - 1] != '/') {
            if (depth == DEEPEST)
                return false;
            snprintf(open[depth++], sizeof open[0], "%.*s", (int)len, name);
        }
        xml += rest;
    }
    return depth == 0;
}

/* By libxml2 as well, where its tool is there. */
static bool lint(const struct buffer *xml, struct buffer *errors)
{
    static const char *const version[] = {"xmllint", "--version", NULL};
    static const char *const argv[] = {"xmllint", "--noout", "-", NULL};
    if (process_run(version, NULL, NULL, NULL, LINT_MS, NULL) != 0)
        return true;
    return process_run(argv, xml, NULL, errors, LINT_MS, NULL) == 0;
}

static struct machine_plan plain_plan(void)
{
    static const char *serials[] = {"console"};
    return (struct machine_plan){
        .name = "machine",
        .type = "q35",
        .cpu = "max",
        .emulator = "/usr/bin/qemu-system-x86_64",
        .processors = 2,
        .memory = 128,
        .kernel = "build/kernel/capos.elf",
        .serials = serials,
        .n_serials = 1,
    };
}

static struct domain_place plain_place(void)
{
    return (struct domain_place){
        .name = "capos-1", .root = "/p", .build = "/b", .io = "/io", .run = "/run"};
}

/* The XML, which must be well formed, and the same every time. */
static struct buffer make(const char *name, const struct machine_plan *plan,
                          const struct domain_place *place)
{
    struct buffer xml = {0}, again = {0}, errors = {0};
    domain_xml(plan, place, &xml);
    domain_xml(plan, place, &again);
    check(name, well_formed(xml.data), "not well formed:\n%s", xml.data);
    check(name, lint(&xml, &errors), "%s", buffer_text(&errors));
    check_text(name, again.data, xml.data);
    buffer_fini(&again);
    buffer_fini(&errors);
    return xml;
}

#define ALWAYS "-no-reboot\n-d\nint,cpu_reset,guest_errors\n-D\n"

static void test_plain(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = plain_place();
    struct buffer xml = make("plain", &plan, &place);
    check_text("plain", xml.data,
               "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
               "  <name>capos-1</name>\n"
               "  <memory unit='MiB'>128</memory>\n"
               "  <vcpu>2</vcpu>\n"
               "  <cpu mode='maximum'></cpu>\n"
               "  <os>\n"
               "  <type arch='x86_64' machine='q35'>hvm</type>\n"
               "  <kernel>/b/kernel/capos.elf</kernel>\n"
               "  </os>\n"
               "  <features><acpi/><apic/></features>\n"
               "  <clock offset='utc'/>\n"
               "  <on_poweroff>destroy</on_poweroff><on_reboot>destroy</on_reboot>"
               "<on_crash>destroy</on_crash>\n"
               "  <devices>\n"
               "  <emulator>/usr/bin/qemu-system-x86_64</emulator>\n"
               "    <controller type='usb' model='none'/><memballoon model='none'/>"
               "<audio id='1' type='none'/>\n"
               "    <serial type='pipe'><source path='/io/machine.console'/>"
               "<target type='isa-serial' port='0'/></serial>\n"
               "  </devices>\n"
               "  <qemu:commandline>\n"
               "    <qemu:arg value='-no-reboot'/>\n"
               "    <qemu:arg value='-d'/>\n"
               "    <qemu:arg value='int,cpu_reset,guest_errors'/>\n"
               "    <qemu:arg value='-D'/>\n"
               "    <qemu:arg value='/io/machine.trace'/>\n"
               "  </qemu:commandline>\n"
               "</domain>\n");
    buffer_fini(&xml);
}

/* What a shell, XML and QEMU each take for something else. */
#define NASTY       " a&b <c> 'd' \"e\", $f; %s"
#define NASTY_TWICE " a&b <c> 'd' \"e\",, $f; %s" /* a comma in an option of QEMU */

static void add_everything(struct machine_plan *plan)
{
    static struct forward forwards[] = {{"tcp", 22, 40022}, {"udp", 53, 40053}};
    static const struct network user = {
        .name = "net0", .kind = NETWORK_USER, .forwards = forwards, .n_forwards = 2};
    static const struct network wire = {.name = "net1", .kind = NETWORK_WIRE};
    static struct nic nics[] = {{&user, "virtio-net-pci", "52:54:00:00:00:00"},
                                {&wire, "e1000e", "52:54:00:00:00:01"}};
    static struct disk disks[] = {
        {.name = "a", .image = "build/i" NASTY, .format = "qcow2", .bus = "virtio"},
        {.name = "b", .image = "i" NASTY, .format = "raw", .bus = "nvme", .read_only = true},
        {.name = "c", .format = "raw", .bus = "sata", .size = 8}};
    static const char *options[] = {"log=<all>", "quote='&\""};
    static const char *serials[] = {"console", "debug"};
    static const char *devices[] = {"isa-debug-exit,iobase=0xf4", "edu,dma_mask='&<'"};
    plan->nics = nics;
    plan->n_nics = 2;
    plan->disks = disks;
    plan->n_disks = 3;
    plan->options = options;
    plan->n_options = 2;
    plan->serials = serials;
    plan->n_serials = 2;
    plan->devices = devices;
    plan->n_devices = 2;
    plan->kernel = "k" NASTY;
    plan->initrd = "build/r" NASTY;
    plan->emulator = "/qemu" NASTY;
}

static struct domain_place nasty_place(void)
{
    return (struct domain_place){.name = "name" NASTY,
                                 .root = "/p" NASTY,
                                 .build = "/b" NASTY,
                                 .io = "/io" NASTY,
                                 .run = "/run" NASTY};
}

static void test_nasty_elements(const char *xml)
{
    expect_between("name", xml, "<name>", "</name>", "name" NASTY "\n");
    expect_between("kernel", xml, "<kernel>", "</kernel>", "/p" NASTY "/k" NASTY "\n");
    expect_between("initrd", xml, "<initrd>", "</initrd>", "/b" NASTY "/r" NASTY "\n");
    expect_between("command line", xml, "<cmdline>", "</cmdline>", "log=<all> quote='&\"\n");
    expect_between("emulator", xml, "<emulator>", "</emulator>", "/qemu" NASTY "\n");
    expect_between("serial ports", xml, "<source path='", "'/>",
                   "/io" NASTY "/machine.console\n/io" NASTY "/machine.debug\n");
}

static void test_nasty(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = nasty_place();
    add_everything(&plan);
    place.debug = true;
    struct buffer xml = make("nasty", &plan, &place);
    test_nasty_elements(xml.data);
    expect_arguments(
        "nasty arguments", xml.data,
        ALWAYS
        "/io" NASTY "/machine.trace\n"
        "-netdev\nuser,id=net0,hostfwd=tcp:127.0.0.1:40022-:22,hostfwd=udp:127.0.0.1:40053-:53\n"
        "-object\nfilter-dump,id=capture-net0,netdev=net0,file=/run" NASTY_TWICE "/net0.pcap\n"
        "-device\nvirtio-net-pci,netdev=net0,mac=52:54:00:00:00:00,romfile=\n"
        "-netdev\nstream,id=net1,server=off,addr.type=unix,addr.path=/io" NASTY_TWICE "/net1\n"
        "-device\ne1000e,netdev=net1,mac=52:54:00:00:00:01,romfile=\n"
        "-drive\nif=none,id=a,format=qcow2,file=/b" NASTY_TWICE "/i" NASTY_TWICE ",snapshot=on\n"
        "-device\nvirtio-blk-pci,drive=a,serial=a\n"
        "-drive\nif=none,id=b,format=raw,file=/p" NASTY_TWICE "/i" NASTY_TWICE ",readonly=on\n"
        "-device\nnvme,drive=b,serial=b\n"
        "-drive\nif=none,id=c,format=raw,file=/run" NASTY_TWICE "/machine.c.img\n"
        "-device\nide-hd,drive=c,serial=c\n"
        "-device\nisa-debug-exit,iobase=0xf4\n"
        "-device\nedu,dma_mask='&<'\n"
        "-chardev\nsocket,id=gdb,path=/io" NASTY_TWICE "/machine.gdb,server=on,wait=off\n"
        "-gdb\nchardev:gdb\n");
    buffer_fini(&xml);
}

static void test_deterministic(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = plain_place();
    static const struct network user = {.name = "net0", .kind = NETWORK_USER};
    static struct nic nic = {&user, "virtio-net-pci", "52:54:00:00:00:00"};
    plan.nics = &nic;
    plan.n_nics = 1;
    plan.deterministic = true;
    struct buffer xml = make("deterministic", &plan, &place);
    check("its clock is fixed",
          strstr(xml.data, "<clock offset='absolute' start='1767225600'>\n"
                           "    <timer name='rtc' track='guest'/>") &&
              !strstr(xml.data, "'utc'"),
          "%s", xml.data);
    expect_arguments("deterministic arguments", xml.data,
                     ALWAYS "/io/machine.trace\n"
                            "-icount\nshift=0,sleep=off\n-seed\n1\n"
                            "-uuid\n63617043-4f53-4000-8000-000000000001\n"
                            "-netdev\nuser,id=net0,ipv6=off\n"
                            "-object\nfilter-dump,id=capture-net0,netdev=net0,file=/run/net0.pcap\n"
                            "-device\nvirtio-net-pci,netdev=net0,mac=52:54:00:00:00:00,romfile=\n");
    buffer_fini(&xml);
}

static void test_kvm(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = plain_place();
    place.kvm = true;
    plan.cpu = "Skylake-Client";
    plan.type = "pc";
    struct buffer xml = make("KVM", &plan, &place);
    check("its type", strncmp(xml.data, "<domain type='kvm' ", 19) == 0, "%.40s", xml.data);
    check("its processor",
          strstr(xml.data, "<cpu mode='custom'><model fallback='forbid'>Skylake-Client</model>"),
          "%s", xml.data);
    check("its machine", strstr(xml.data, "machine='pc'"), "%s", xml.data);
    expect_arguments("KVM arguments", xml.data, ALWAYS "/io/machine.trace\n");
    buffer_fini(&xml);
}

static void test_processor_features(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = plain_place();
    plan.cpu = "max,-rdrand,+ibs";
    struct buffer xml = make("features", &plan, &place);
    check("its processor",
          strstr(xml.data, "<cpu mode='maximum'><feature policy='disable' name='rdrand'/>"
                           "<feature policy='require' name='ibs'/></cpu>"),
          "%s", xml.data);
    buffer_fini(&xml);
}

static void test_network_boot(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = plain_place();
    static const struct network wires[] = {{.name = "a", .kind = NETWORK_LINK},
                                           {.name = "b", .kind = NETWORK_WIRE}};
    static struct nic nics[] = {{&wires[0], "e1000", "52:54:00:00:00:00"},
                                {&wires[1], "e1000", "52:54:00:00:00:01"}};
    plan.nics = nics;
    plan.n_nics = 2;
    plan.boot = BOOT_NETWORK;
    struct buffer xml = make("network boot", &plan, &place);
    expect_between("no kernel", xml.data, "<kernel>", "</kernel>", "");
    expect_arguments("network boot arguments", xml.data,
                     ALWAYS "/io/machine.trace\n"
                            "-netdev\nstream,id=a,server=off,addr.type=unix,addr.path=/io/a\n"
                            "-device\ne1000,netdev=a,mac=52:54:00:00:00:00,bootindex=1\n"
                            "-netdev\nstream,id=b,server=off,addr.type=unix,addr.path=/io/b\n"
                            "-device\ne1000,netdev=b,mac=52:54:00:00:00:01,romfile=\n");
    buffer_fini(&xml);
}

static void test_image_boot(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = plain_place();
    plan.boot = BOOT_IMAGE;
    plan.image = "build/image/a,b.iso";
    struct buffer xml = make("image boot", &plan, &place);
    expect_between("no kernel beside the image", xml.data, "<kernel>", "</kernel>", "");
    expect_between("no loader for a BIOS", xml.data, "<loader ", ">", "");
    expect_arguments("image boot arguments", xml.data,
                     ALWAYS "/io/machine.trace\n"
                            "-drive\nif=none,id=boot.image,media=cdrom,format=raw,"
                            "file=/b/image/a,,b.iso,readonly=on\n"
                            "-device\nide-cd,drive=boot.image,bootindex=1\n");
    buffer_fini(&xml);
}

static void test_uefi(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = nasty_place();
    plan.boot = BOOT_IMAGE;
    plan.image = "i";
    plan.uefi = true;
    struct buffer xml = make("UEFI", &plan, &place);
    expect_between("UEFI's code", xml.data, "<loader readonly='yes' type='pflash'>", "</loader>",
                   UEFI_CODE "\n");
    expect_between("UEFI's variables", xml.data, "<nvram template='" UEFI_VARIABLES "'>",
                   "</nvram>", "/run" NASTY "/machine.uefi-variables\n");
    buffer_fini(&xml);
}

static void test_ringtap(void)
{
    struct machine_plan plan = plain_plan();
    struct domain_place place = nasty_place();
    plan.ringtap = true;
    place.alone = true;
    struct buffer xml = make("ring tap", &plan, &place);
    expect_arguments("ring tap arguments", xml.data,
                     ALWAYS "/io" NASTY "/machine.trace\n"
                            "-chardev\nfile,id=ringtap,path=/run" NASTY_TWICE "/ringtap.pcapng\n"
                            "-device\nisa-debugcon,iobase=0xe9,chardev=ringtap\n");
    buffer_fini(&xml);
    place = plain_place();
    plan.name = "left";
    xml = make("ring taps", &plan, &place);
    expect_arguments("ring tap of one of several machines", xml.data,
                     ALWAYS "/io/left.trace\n"
                            "-chardev\nfile,id=ringtap,path=/run/left.ringtap.pcapng\n"
                            "-device\nisa-debugcon,iobase=0xe9,chardev=ringtap\n");
    buffer_fini(&xml);
}

static void expect_path(const char *path, const char *expected)
{
    struct domain_place place = plain_place();
    char *came = domain_path(&place, path);
    check_text("path", came, expected);
    free(came);
}

int main(void)
{
    test_plain();
    test_nasty();
    test_deterministic();
    test_kvm();
    test_processor_features();
    test_network_boot();
    test_image_boot();
    test_uefi();
    test_ringtap();
    expect_path("build/kernel/capos.elf", "/b/kernel/capos.elf");
    expect_path("builder/x", "/p/builder/x");
    expect_path("build", "/p/build");
    expect_path("fixtures/build/x", "/p/fixtures/build/x");
    return check_done();
}
