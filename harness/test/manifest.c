/* Manifests: what a good one becomes, and what can go wrong between files.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Run from the project's root, where the schema is.
 */
#include "harness/manifest/manifest.h"

#include "harness/manifest/load.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <limits.h>

#define SCHEMA "harness/manifest/manifest.schema.json"
#define AT     "scenarios/boot/manifest.json"

static struct schema *schema;

static struct manifest *build(const char *json, struct error *err)
{
    struct buffer text = {0};
    buffer_add_text(&text, json);
    struct manifest *m = manifest_build(AT, &text, schema, err);
    buffer_fini(&text);
    return m;
}

static void test_defaults(void)
{
    struct error err = {""};
    struct manifest *m = build("{\"summary\": \"x\", \"networks\": {\"n0\": {}, \"n1\": {}},"
                               " \"streams\": {\"console\": {}, \"n0\": {\"golden\": false}}}",
                               &err);
    if (!check("defaults", m, "%s", err.text))
        return;
    const struct machine_plan *p = m->machines;
    check("one machine", m->n_machines == 1 && strcmp(p->name, "machine") == 0, "%zu",
          m->n_machines);
    check("limit", m->limit == 30 && m->n_tags == 0, "%u", m->limit);
    check("machine's defaults",
          p->processors == 1 && p->memory == 64 && strcmp(p->type, "q35") == 0 &&
              strcmp(p->cpu, "max") == 0 && !p->deterministic && p->boot == BOOT_KERNEL &&
              !p->uefi && strcmp(p->emulator, "/usr/bin/qemu-system-x86_64") == 0,
          "others");
    check("system's defaults",
          strcmp(p->kernel, "build/kernel/capos.elf") == 0 && !p->initrd && !p->image &&
              p->n_options == 0,
          "others");
    check("serials", p->n_serials == 1 && strcmp(p->serials[0], "console") == 0, "others");
    check("a card per network",
          p->n_nics == 2 && p->nics[1].network == &m->networks[1] &&
              strcmp(p->nics[1].model, "virtio-net-pci") == 0,
          "%zu", p->n_nics);
    check_text("default MAC", p->nics[1].mac, "52:54:00:00:00:01");
    check("network's defaults", m->networks[0].kind == NETWORK_USER && m->networks[0].drop_repeats,
          "others");
    check("streams",
          manifest_stream(m, "console")->by_source &&
              manifest_stream(m, "console")->golden == GOLDEN_TEXT &&
              !manifest_stream(m, "n0")->by_source && !manifest_stream(m, "n1") &&
              manifest_stream(m, "n0")->golden == GOLDEN_NONE,
          "others");
    manifest_free(m);
}

static void test_everything(void)
{
    struct error err = {""};
    struct manifest *m = build(
        "{\"$schema\": \"x\", \"summary\": \"x\", \"tags\": [\"interactive\"], \"limit\": 3600,"
        "\"machine\": {\"processors\": 1, \"memory\": 8, \"deterministic\": true, \"boot\": "
        "\"network\", \"firmware\": \"uefi\","
        "\"serials\": [\"console\", \"tty\"], \"nics\": [{\"network\": \"n\", \"model\": \"e1000\","
        "\"mac\": \"52:54:00:00:00:09\"}], \"disks\": {\"d\": {\"image\": \"fixtures/x.img\","
        "\"read-only\": true, \"bus\": \"nvme\"}, \"e\": {\"size\": 2}}, \"devices\": "
        "[\"virtio-rng-pci\"]},"
        "\"system\": {\"kernel\": \"a\", \"initrd\": \"b\", \"options\": {\"provoke\": \"panic\","
        "\"log-flood\": 5, \"halt\": true}},"
        "\"networks\": {\"n\": {\"forwards\": [{\"guest\": 2327, \"host\": 23, \"protocol\": "
        "\"udp\"}],"
        "\"repeats\": \"keep\"}},"
        "\"streams\": {\"console\": {\"golden\": \"exact\", \"by-source\": false}, \"n\": "
        "{\"golden\": "
        "\"exact\"}},"
        "\"normalise\": {\"addr\": {\"pattern\": \"0x[0-9a-f]+\", \"numbered\": true}}}",
        &err);
    if (!check("everything", m, "%s", err.text))
        return;
    const struct machine_plan *p = m->machines;
    check("options",
          p->n_options == 3 && strcmp(p->options[0], "provoke=panic") == 0 &&
              strcmp(p->options[1], "log-flood=5") == 0 && strcmp(p->options[2], "halt") == 0,
          "%zu", p->n_options);
    check("boot", p->boot == BOOT_NETWORK && p->uefi, "others");
    check("disks", p->n_disks == 2 && p->disks[0].read_only && p->disks[1].size == 2, "others");
    check("nic", p->n_nics == 1 && strcmp(p->nics[0].mac, "52:54:00:00:00:09") == 0, "others");
    check("forward",
          m->networks[0].forwards[0].host == 23 && m->networks[0].forwards[0].guest == 2327 &&
              strcmp(m->networks[0].forwards[0].protocol, "udp") == 0,
          "others");
    check("exact", manifest_stream(m, "n")->golden == GOLDEN_EXACT && !m->networks[0].drop_repeats,
          "others");
    check("not by source", !manifest_stream(m, "console")->by_source, "by source");
    check("rule", m->n_rules == 1 && m->rules[0].numbered && strcmp(m->rules[0].name, "addr") == 0,
          "others");
    check("scenario", strcmp(m->scenario, "boot") == 0 && strcmp(m->path, AT) == 0, "%s",
          m->scenario);
    manifest_free(m);
}

static void test_image(void)
{
    struct error err = {""};
    struct manifest *m =
        build("{\"summary\": \"x\", \"machine\": {\"boot\": \"image\", \"firmware\": \"uefi\"},"
              "\"system\": {\"image\": \"build/image/x.iso\"},"
              "\"streams\": {\"console\": {\"begins\": \"kernel: \"}}}",
              &err);
    if (!check("image", m, "%s", err.text))
        return;
    const struct machine_plan *p = m->machines;
    check("boots the image with UEFI", p->boot == BOOT_IMAGE && p->uefi, "others");
    check_text("image's path", p->image, "build/image/x.iso");
    check_text("where the transcript begins", manifest_stream(m, "console")->begins, "kernel: ");
    manifest_free(m);
}

/* The kernel is told, behind the options of the manifest; only the machine that asks has it. */
static void test_ringtap(void)
{
    struct error err = {""};
    struct manifest *m =
        build("{\"summary\": \"x\", \"machines\": {\"a\": {\"ringtap\": true}, \"b\": {}, \"c\": "
              "{\"ringtap\": true, \"system\": {\"options\": {\"ringtap\": \"no\"}}}},"
              "\"system\": {\"options\": {\"help\": \"yes\"}}}",
              &err);
    if (!check("ring tap", m, "%s", err.text))
        return;
    const struct machine_plan *a = &m->machines[0], *b = &m->machines[1], *c = &m->machines[2];
    check("ring tap: the kernel's option",
          a->ringtap && a->n_options == 2 && strcmp(a->options[0], "help=yes") == 0 &&
              strcmp(a->options[1], "ringtap=yes") == 0,
          "%zu options", a->n_options);
    check("no ring tap: no option", !b->ringtap && b->n_options == 1, "%zu options", b->n_options);
    check("ring tap: the manifest's own option",
          c->ringtap && c->n_options == 2 && strcmp(c->options[1], "ringtap=no") == 0,
          "%zu options", c->n_options);
    manifest_free(m);
}

/* Runs that are to be the same have networks of their own, and the same addresses on them. */
static void test_same_macs(void)
{
    struct error err = {""};
    struct manifest *m =
        build("{\"summary\": \"x\", \"networks\": {\"m\": {}, \"n\": {}}, \"machines\": {"
              "\"a\": {\"nics\": [{\"network\": \"m\", \"mac\": \"52:54:00:00:00:01\"}]},"
              "\"b\": {\"nics\": [{\"network\": \"n\", \"mac\": \"52:54:00:00:00:01\"}]}}}",
              &err);
    check("one MAC on two networks", m, "%s", err.text);
    manifest_free(m);
}

static void test_machines(void)
{
    struct error err = {""};
    struct manifest *m =
        build("{\"summary\": \"x\", \"machine\": {\"memory\": 128, \"disks\": {\"d\": "
              "{\"size\": 1}}, \"system\": {\"options\": {\"b\": true}}},"
              "\"system\": {\"options\": {\"a\": 1}},"
              "\"machines\": {\"a\": {\"memory\": 32, \"disks\": {\"d\": null}},"
              "\"b\": {\"system\": {\"options\": {\"a\": null, \"c\": \"x\"}}}},"
              "\"networks\": {\"l\": {\"kind\": \"link\"}},"
              "\"streams\": {\"b.console\": {}}}",
              &err);
    if (!check("several machines", m, "%s", err.text))
        return;
    const struct machine_plan *a = &m->machines[0], *b = &m->machines[1];
    check("own over common", a->memory == 32 && b->memory == 128, "%u %u", a->memory, b->memory);
    check("null below machines", a->n_disks == 0 && b->n_disks == 1, "%zu %zu", a->n_disks,
          b->n_disks);
    check("systems",
          a->n_options == 2 && b->n_options == 2 && strcmp(a->options[0], "a=1") == 0 &&
              strcmp(b->options[0], "b") == 0 && strcmp(b->options[1], "c=x") == 0,
          "others");
    check_text("MAC of machine 1", b->nics[0].mac, "52:54:00:00:01:00");
    check("stream of machine b", manifest_stream(m, "b.console")->by_source, "not by source");
    manifest_free(m);
}

/* Loads scenarios/NAME/manifest.json of the temporary folder. */
static struct manifest *load(const char *name, struct error *err)
{
    char path[128];
    snprintf(path, sizeof path, "scenarios/%s/manifest.json", name);
    return manifest_build(path, NULL, schema, err);
}

static void test_extends(void)
{
    struct error err = {""};
    temporary_text("fixtures/systems/default.json",
                   "{\"limit\": 9, \"tags\": [\"a\"],\n"
                   " \"machine\": {\"memory\": 96, \"processors\": 4},\n"
                   " \"system\": {\"options\": {\"x\": 1, \"y\": 2, \"z\": 3}}}");
    temporary_text(
        "scenarios/ext/manifest.json",
        "{\"extends\": \"../../fixtures/systems/default.json\", \"summary\": \"x\", \"tags\": "
        "[\"b\"],\n \"machine\": {\"processors\": null},"
        " \"system\": {\"options\": {\"y\": null, \"w\": true, \"x\": 7}}}");
    struct manifest *m = load("ext", &err);
    if (!check("extends", m, "%s", err.text))
        return;
    const struct machine_plan *p = m->machines;
    check("merged", m->limit == 9 && p->memory == 96, "%u %u", m->limit, p->memory);
    check("null removes", p->processors == 1, "%u", p->processors);
    check("a list is replaced", m->n_tags == 1 && strcmp(m->tags[0], "b") == 0, "%zu", m->n_tags);
    check("options keep their order",
          p->n_options == 3 && strcmp(p->options[0], "x=7") == 0 &&
              strcmp(p->options[1], "z=3") == 0 && strcmp(p->options[2], "w") == 0,
          "others");
    manifest_free(m);
}

static void refused_at(const char *name, const char *path, const char *expected)
{
    struct error err = {"(no error)"};
    manifest_free(manifest_build(path, NULL, schema, &err));
    check_text(name, err.text, expected);
}

static void refused(const char *name, const char *scenario, const char *expected)
{
    char path[128];
    snprintf(path, sizeof path, "scenarios/%s/manifest.json", scenario);
    refused_at(name, path, expected);
}

static void test_extends_refused(void)
{
    temporary_text("scenarios/base.json", "{\n\"machine\": {\"memory\": \"lots\"}}");
    temporary_text("scenarios/a/manifest.json",
                   "{\"summary\": \"x\", \"extends\": \"../base.json\"}");
    refused(
        "fault in the base", "a",
        "scenarios/base.json:2: machine.memory: \"lots\" is a string; expected a whole number from "
        "8 to 65536");
    temporary_text(
        "scenarios/base.json",
        "{\n\"machine\": {\n\"deterministic\": true}, \"system\": {\"options\": {\"a\": 1}}}");
    temporary_text(
        "scenarios/a/manifest.json",
        "{\"summary\": \"x\", \"extends\": \"../base.json\",\n\"machine\": {\"processors\": 2}}");
    refused("fault that appears in merging", "a",
            "scenarios/base.json:3: machine.deterministic: true with 2 processors; expected one");
    temporary_text("scenarios/base.json", "{\"extends\": \"a/manifest.json\"}");
    refused("circle", "a",
            "scenarios/base.json:1: extends: goes round in a circle; expected a chain that ends: "
            "scenarios/a/manifest.json -> scenarios/base.json -> scenarios/a/manifest.json");
    temporary_text("scenarios/base.json", "{,}");
    refused("base that is no JSON", "a",
            "scenarios/base.json:1: not JSON: quoted object property name expected; expected one "
            "object");
}

static void test_chain_length(void)
{
    for (int i = 0; i < 9; i++) {
        char path[64], text[128];
        snprintf(path, sizeof path, i ? "scenarios/%d.json" : "scenarios/long/manifest.json", i);
        snprintf(text, sizeof text,
                 i == 8 ? "{\"limit\": 5}" : "{\"summary\": \"x\", \"extends\": \"%s%d.json\"}",
                 i ? "" : "../", i + 1);
        temporary_text(path, text);
    }
    refused("chain of nine", "long",
            "scenarios/7.json:1: extends: the chain is too long; expected at most 8 files: "
            "scenarios/long/manifest.json -> scenarios/1.json -> scenarios/2.json -> "
            "scenarios/3.json -> "
            "scenarios/4.json -> scenarios/5.json -> scenarios/6.json -> scenarios/7.json -> "
            "scenarios/8.json");
    temporary_text("scenarios/7.json", "{\"limit\": 7}");
    struct error err = {""};
    struct manifest *m = load("long", &err);
    check("chain of eight", m && m->limit == 7, "%s", err.text);
    manifest_free(m);
}

static void test_files(void)
{
    static char large[256 * 1024 + 2];
    memset(large, ' ', sizeof large);
    temporary_write("scenarios/large/manifest.json", large, sizeof large);
    refused("more than 256 KiB", "large",
            "cannot read scenarios/large/manifest.json: it is larger than 262144 bytes");
    temporary_text("scenarios/Loud/manifest.json", "{\"summary\": \"x\"}");
    refused(
        "folder's name", "Loud",
        "scenarios/Loud/manifest.json:1: (its folder): \"Loud\" is no name of a scenario; expected "
        "a-z, 0-9 and -, at most 40 characters");
    temporary_text("scenarios/up/manifest.json",
                   "{\"summary\": \"x\", \"extends\": \"../7.json\"}");
    refused_at("absolute path", "/nowhere/scenarios/up/../up/manifest.json",
               "cannot read /nowhere/scenarios/up/manifest.json: No such file or directory");
    refused_at("path from a sibling", "../nowhere/./x/manifest.json",
               "cannot read ../nowhere/x/manifest.json: No such file or directory");
    char folder[128], path[256];
    struct error err = {""};
    snprintf(path, sizeof path, "%s/scenarios/up/manifest.json", getcwd(folder, sizeof folder));
    struct manifest *m = manifest_build(path, NULL, schema, &err);
    check("absolute path of a chain", m && m->limit == 7, "%s", err.text);
    manifest_free(m);
    temporary_text("scenarios/login/login.expect.py", "");
    temporary_text("scenarios/login/scenario.c", "host_run(\"curl\", curl);");
    temporary_text("scenarios/login/manifest.json",
                   "{\"summary\": \"x\", \"streams\": {\"login\": {}, \"curl\": {}}}");
    m = load("login", &err);
    check("streams of programs",
          m && manifest_stream(m, "curl") && manifest_stream(m, "login")->golden == GOLDEN_TEXT,
          "%s", err.text);
    manifest_free(m);
}

int main(void)
{
    struct error err = {""};
    char path[PATH_MAX];
    struct manifest *none = manifest_load("scenarios/none/manifest.json", SCHEMA, &err);
    check("absent file", !none && strstr(err.text, "No such file"), "%s", err.text);
    schema = schema_read(SCHEMA, &err);
    if (!realpath(SCHEMA, path) || !check("schema", schema, "%s", err.text))
        return 1;
    temporary_enter();
    temporary_text("scenarios/boot/x", "");
    test_defaults();
    test_everything();
    test_image();
    test_ringtap();
    test_machines();
    test_same_macs();
    test_extends();
    test_extends_refused();
    test_chain_length();
    test_files();
    temporary_leave();
    schema_free(schema);
    return check_done();
}
