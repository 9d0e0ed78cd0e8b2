/* Manifests that are refused: what every kind of fault is told, with its file, line and key.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Run from the project's root, where the schema is.
 */
#include "harness/manifest/load.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#define AT "scenarios/boot/manifest.json"

/* Every error. Lines count, so most texts are broken where a person would. */
static const struct {
    const char *name, *json, *error;
} refusals[] = {
    {"not JSON", "{\n\"summary\" \"x\"}",
     AT ":2: not JSON: object property name separator ':' expected; expected one object"},
    {"empty file", "", AT ":1: not JSON: unexpected end of data; expected one object"},
    {"cut off", "{\n\"summary\":\n\"x\"",
     AT ":3: not JSON: unexpected end of data; expected one object"},
    {"bytes after the end", "{\"summary\": \"x\"}\n{}",
     AT ":2: not JSON: unexpected character; expected one object"},
    {"comment", "{ // why\n\"summary\": \"x\"}",
     AT ":1: not JSON: quoted object property name expected; expected one object"},
    {"trailing comma", "{\"summary\": \"x\",}",
     AT ":1: not JSON: unexpected character; expected one object"},
    {"not UTF-8", "{\"summary\":\n\"\xff\"}",
     AT ":2: not JSON: invalid utf-8 string; expected one object"},
    {"nested too deep",
     "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
     AT ":1: not JSON: nesting too deep; expected one object"},
    {"a list", "[]", AT ":1: (the whole file): a list of 0; expected a scenario's manifest"},
    {"null", "null", AT ":1: (the whole file): null; expected a scenario's manifest"},
    {"a number", "7",
     AT ":1: (the whole file): 7 is a whole number; expected a scenario's manifest"},
    {"duplicate key", "{\"summary\": \"x\",\n\"machine\": {\"memory\": 64,\n \"memory\": 32}}",
     AT ":3: machine.memory: stands twice in one object; expected each key once"},
    {"key with a backslash", "{\"summary\": \"x\",\n\"l\\u0069mit\": 3}",
     AT ":2: l\\u0069mit: a key with a backslash; expected plain characters"},
    {"NUL in a string", "{\"summary\": \"x\\u0000y\"}",
     AT ":1: summary: a string with a NUL in it; expected text"},
    {"no summary", "{\n\"limit\": 3}",
     AT ":1: summary: missing; expected a sentence of 1 to 100 characters on one line"},
    {"long summary",
     "{\"summary\": \"0123456789012345678901234567890123456789012345678901234567890123456789"
     "0123456789012345678901234567890\"}",
     AT ":1: summary: \"0123456789012345678901234567890123456789…\" is a string, too long; "
        "expected a sentence of 1 to 100 characters on one line"},
    {"summary of two lines", "{\"summary\": \"x\\ny\"}",
     AT
     ":1: summary: \"x\\ny\" is a string, not of the right form; expected a sentence of 1 to 100 "
     "characters on one line"},
    {"raw line feed in a string", "{\"summary\": \"x\ny\"}",
     AT ":1: summary: a raw control character in a string; expected \\n, \\t or \\u"},
    {"line feed in a key", "{\"summary\": \"x\",\n\"a\nb\": 1}",
     AT ":2: (the whole file): a raw control character in a string; expected \\n, \\t or \\u"},
    {"mistyped key", "{\"summary\": \"x\",\n\"machine\": {\n\"memroy\": 64}}",
     AT
     ":3: machine.memroy: unknown key (did you mean \"memory\"?); expected one of: processors, "
     "memory, type, cpu, emulator, deterministic, boot, firmware, serials, nics, disks, devices, "
     "ringtap, system"},
    {"unknown key", "{\"summary\": \"x\", \"colour\": 1}",
     AT
     ":1: colour: unknown key; expected one of: $schema, extends, summary, tags, limit, machine, "
     "machines, system, networks, streams, normalise"},
    {"wrong type", "{\"summary\": \"x\",\n\"machine\": {\"memory\": \"lots\"}}",
     AT ":2: machine.memory: \"lots\" is a string; expected a whole number from 8 to 65536"},
    {"fraction", "{\"summary\": \"x\", \"limit\": 1.5}",
     AT ":1: limit: 1.5 is a number with a fraction; expected a whole number from 1 to 3600"},
    {"not a number", "{\"summary\": \"x\", \"limit\": NaN}",
     AT ":1: limit: NaN is a number with a fraction; expected a whole number from 1 to 3600"},
    {"huge number", "{\"summary\": \"x\", \"limit\": 99999999999999999999999}",
     AT
     ":1: limit: 18446744073709551615 is a whole number, too large; expected a whole number from 1 "
     "to 3600"},
    {"limit too small", "{\"summary\": \"x\", \"limit\": 0}",
     AT ":1: limit: 0 is a whole number, too small; expected a whole number from 1 to 3600"},
    {"memory too small", "{\"summary\": \"x\", \"machine\": {\"memory\": 7}}",
     AT
     ":1: machine.memory: 7 is a whole number, too small; expected a whole number from 8 to 65536"},
    {"too many processors", "{\"summary\": \"x\", \"machine\": {\"processors\": 65}}",
     AT ":1: machine.processors: 65 is a whole number, too large; expected a whole number from 1 "
        "to 64"},
    {"bad tag", "{\"summary\": \"x\", \"tags\": [\"net\",\n\"Net\"]}",
     AT
     ":2: tags[1]: \"Net\" is a string, not of the right form; expected a word of a-z, 0-9 and - "
     "(at most 40 characters)"},
    {"tag with a line feed", "{\"summary\": \"x\", \"tags\": [\"net\\n\"]}",
     AT ":1: tags[0]: \"net\\n\" is a string, not of the right form; expected a word of a-z, 0-9 "
        "and - "
        "(at most 40 characters)"},
    {"tag twice", "{\"summary\": \"x\", \"tags\": [\"net\", \"net\"]}",
     AT ":1: tags[1]: \"net\" is a string that stands there already; expected a word of a-z, 0-9 "
        "and - "
        "(at most 40 characters)"},
    {"boot from tape", "{\"summary\": \"x\", \"machine\": {\"boot\": \"tape\"}}",
     AT ":1: machine.boot: \"tape\" is a string; expected \"kernel\", \"network\" or \"image\""},
    {"serial twice", "{\"summary\": \"x\", \"machine\": {\"serials\": [\"a\", \"a\"]}}",
     AT
     ":1: machine.serials[1]: \"a\" is a string that stands there already; expected a name of a-z, "
     "0-9 and - that starts with a letter (at most 40 characters)"},
    {"five serials",
     "{\"summary\": \"x\", \"machine\": {\"serials\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}}",
     AT ":1: machine.serials: a list of 5, too long; expected a list of 1 to 4 items"},
    {"no machines", "{\"summary\": \"x\",\n\"machines\": {}}",
     AT ":2: machines: has no machine; expected one at least"},
    {"machine's name", "{\"summary\": \"x\", \"machines\": {\"A\": {}}}",
     AT
     ":1: machines.A: \"A\" is a string, not of the right form; expected a name of a-z, 0-9 and - "
     "that starts with a letter (at most 40 characters)"},
    {"nic without network", "{\"summary\": \"x\", \"machine\": {\"nics\": [\n{}]}}",
     AT
     ":2: machine.nics[0].network: missing; expected a name of a-z, 0-9 and - that starts with a "
     "letter (at most 40 characters)"},
    {"nic on an unknown network",
     "{\"summary\": \"x\", \"networks\": {\"net0\": {}, \"lan\": {}},\n"
     "\"machine\": {\"nics\": [{\"network\": \"net0\"},\n{\"network\": \"net9\"}]}}",
     AT ":3: machine.nics[1].network: \"net9\" is not a network of this manifest; expected one of: "
        "net0, lan"},
    {"the same in one of several machines",
     "{\"summary\": \"x\", \"machines\": {\"a\": {},\n\"b\": {\"nics\":\n[{\"network\": "
     "\"net9\"}]}}}",
     AT
     ":3: machines.b.nics[0].network: \"net9\" is not a network of this manifest; expected one of: "
     "(there is none)"},
    {"multicast MAC",
     "{\"summary\": \"x\", \"networks\": {\"n\": {}}, \"machine\": {\"nics\": [{\"network\": "
     "\"n\", \"mac\": "
     "\"53:54:00:00:00:00\"}]}}",
     AT ":1: machine.nics[0].mac: \"53:54:00:00:00:00\" is a string, not of the right form; "
        "expected a "
        "unicast MAC address like \"52:54:00:12:34:56\""},
    {"MAC twice",
     "{\"summary\": \"x\", \"networks\": {\"n\": {}}, \"machine\": {\"nics\": [{\"network\": "
     "\"n\"}, "
     "{\"network\": \"n\",\n\"mac\": \"52:54:00:00:00:00\"}]}}",
     AT ":2: machine.nics[1].mac: another card of this machine or network has 52:54:00:00:00:00; "
        "expected each address once"},
    {"MAC of another machine on the link",
     "{\"summary\": \"x\", \"networks\": {\"l\": {\"kind\": \"link\"}}, \"machines\": {\"a\": {}, "
     "\"b\": "
     "{\"nics\": [\n{\"network\": \"l\", \"mac\": \"52:54:00:00:00:00\"}]}}}",
     AT
     ":2: machines.b.nics[0].mac: another card of this machine or network has 52:54:00:00:00:00; "
     "expected each address once"},
    {"unknown stream",
     "{\"summary\": \"x\", \"networks\": {\"net0\": {}},\n\"streams\": {\"consle\": {}}}",
     AT ":2: streams.consle: no stream has this name; expected one of: console, net0, or a program "
        "of the "
        "scenario (consle.expect.py, or \"consle\" in scenario.c)"},
    {"stream of a machine",
     "{\"summary\": \"x\", \"machines\": {\"a\": {}, \"b\": {}}, \"streams\": {\"console\": {}}}",
     AT ":1: streams.console: no stream has this name; expected one of: a.console, b.console, or a "
        "program of the scenario (console.expect.py, or \"console\" in scenario.c)"},
    {"grouping of packets",
     "{\"summary\": \"x\", \"networks\": {\"net0\": {}}, \"streams\": {\"net0\": {\"by-source\": "
     "true}}}",
     AT ":1: streams.net0.by-source: true on a stream that is no serial port; expected none"},
    {"exact without deterministic",
     "{\"summary\": \"x\", \"streams\": {\"console\": {\"golden\": \"exact\"}}}",
     AT ":1: streams.console.golden: \"exact\" on a stream that is not deterministic; expected "
        "true, or "
        "\"deterministic\": true in the machine"},
    {"forward on a wire",
     "{\"summary\": \"x\", \"networks\": {\"w\": {\"kind\": \"wire\",\n\"forwards\": [{\"guest\": "
     "23}]}}}",
     AT
     ":2: networks.w.forwards: forwards on a network that is not of kind \"user\"; expected none"},
    {"forward to two machines",
     "{\"summary\": \"x\", \"machines\": {\"a\": {}, \"b\": {}}, \"networks\": {\"n\": "
     "{\"forwards\": "
     "[{\"guest\": 23}]}}}",
     AT
     ":1: networks.n: a user network with 2 machines on it: each has one of its own; expected one "
     "machine, or a link"},
    {"forward to no machine",
     "{\"summary\": \"x\", \"machine\": {\"nics\": []}, \"networks\": {\"n\": {\"forwards\": "
     "[{\"guest\": 23}]}}}",
     AT ":1: networks.n.forwards: 0 machines are on this network; expected one to forward to"},
    {"two cards on one network",
     "{\"summary\": \"x\", \"machine\": {\"nics\": [{\"network\": \"n\"}, {\"network\": \"n\"}]}, "
     "\"networks\": {\"n\": {\"kind\": \"wire\"}}}",
     AT ":1: networks.n: two cards of machine \"machine\" are on this network; expected one"},
    {"fixed host port",
     "{\"summary\": \"x\", \"tags\": [\"net\"], \"networks\": {\"n\": {\"forwards\": [{\"guest\": "
     "23,\n"
     "\"host\": 2323}]}}}",
     AT ":2: networks.n.forwards[0].host: 2323 is a fixed port of the host; expected 0, or the tag "
        "\"interactive\""},
    {"link with one machine", "{\"summary\": \"x\", \"networks\": {\"l\": {\"kind\": \"link\"}}}",
     AT ":1: networks.l: a link with 1 machine on it; expected two or more"},
    {"stream names meet", "{\"summary\": \"x\", \"networks\": {\"console\": {}}}",
     AT ":1: networks.console: a serial port has this name; expected another"},
    {"deterministic with two processors",
     "{\"summary\": \"x\", \"machine\": {\"deterministic\": true, \"processors\": 2}}",
     AT ":1: machine.deterministic: true with 2 processors; expected one"},
    {"deterministic on a wire",
     "{\"summary\": \"x\", \"networks\": {\"w\": {\"kind\": \"wire\"}}, \"machine\": "
     "{\"deterministic\": true}}",
     AT
     ":1: machine.deterministic: true with a card on the wire or link network \"w\"; expected user "
     "networks only"},
    {"network boot without a card", "{\"summary\": \"x\", \"machine\": {\"boot\": \"network\"}}",
     AT ":1: machine.boot: \"network\" without a network card; expected one at least"},
    {"image boot without an image", "{\"summary\": \"x\", \"machine\": {\n\"boot\": \"image\"}}",
     AT ":2: machine.boot: \"image\" without system.image; expected the path of an ISO file"},
    {"image that is not booted", "{\"summary\": \"x\",\n\"system\": {\"image\": \"a.iso\"}}",
     AT
     ":2: system.image: an image that is not booted; expected \"boot\": \"image\" in the machine"},
    {"image with an initrd",
     "{\"summary\": \"x\", \"machine\": {\"boot\": \"image\"},\n\"system\": {\"image\": \"a\",\n"
     "\"initrd\": \"b\"}}",
     AT
     ":3: system.initrd: not for a machine that boots an image, which has its own; expected none"},
    {"image with options",
     "{\"summary\": \"x\", \"machine\": {\"boot\": \"image\"},\n\"system\": {\"image\": \"a\",\n"
     "\"options\": {\"help\": \"yes\"}}}",
     AT ":3: system.options: not for a machine that boots an image, which has its own; expected "
        "none"},
    {"UEFI for nothing", "{\"summary\": \"x\", \"machine\": {\n\"firmware\": \"uefi\"}}",
     AT ":2: machine.firmware: \"uefi\" where no firmware boots; expected \"boot\": \"network\" or "
        "\"image\""},
    {"network that begins",
     "{\"summary\": \"x\", \"networks\": {\"n\": {}}, \"streams\": {\"n\": {\"begins\": \"x\"}}}",
     AT ":1: streams.n.begins: on a network; expected none"},
    {"exact stream that begins",
     "{\"summary\": \"x\", \"machine\": {\"deterministic\": true}, \"streams\": {\"console\": "
     "{\"golden\": \"exact\",\n\"begins\": \"x\"}}}",
     AT ":2: streams.console.begins: on a stream with an exact golden; expected none"},
    {"ring tap for a kernel that cannot be told",
     "{\"summary\": \"x\", \"machine\": {\"boot\": \"image\",\n\"ringtap\": true},\n\"system\": "
     "{\"image\": \"a\"}}",
     AT ":2: machine.ringtap: true where the kernel cannot be told; expected \"boot\": \"kernel\""},
    {"disk of nothing", "{\"summary\": \"x\", \"machine\": {\"disks\": {\n\"d\": {}}}}",
     AT ":2: machine.disks.d: neither \"image\" nor \"size\"; expected one of them"},
    {"disk of both",
     "{\"summary\": \"x\", \"machine\": {\"disks\": {\"d\": {\"image\": \"a\", \"size\": 1}}}}",
     AT ":1: machine.disks.d: both \"image\" and \"size\"; expected one of them"},
    {"empty qcow2",
     "{\"summary\": \"x\", \"machine\": {\"disks\": {\"d\": {\"format\": \"qcow2\", \"size\": "
     "1}}}}",
     AT ":1: machine.disks.d: an empty disk of format \"qcow2\"; expected \"raw\""},
    {"image outside",
     "{\"summary\": \"x\", \"machine\": {\"disks\": {\"d\": {\"image\": \"a/../../b\"}}}}",
     AT
     ":1: machine.disks.d.image: \"a/../../b\" is a string, not of the right form; expected a path "
     "relative to the project's root, without \"..\""},
    {"absolute initrd", "{\"summary\": \"x\", \"system\": {\"initrd\": \"/boot/x\"}}",
     AT ":1: system.initrd: \"/boot/x\" is a string, not of the right form; expected a path "
        "relative to "
        "the project's root, without \"..\""},
    {"option with a space", "{\"summary\": \"x\", \"system\": {\"options\": {\"a\": \"b c\"}}}",
     AT ":1: system.options.a: \"b c\" is a string, not of the right form; expected text without "
        "spaces, "
        "a whole number, or true"},
    {"false option", "{\"summary\": \"x\", \"system\": {\"options\": {\"halt\": false}}}",
     AT
     ":1: system.options.halt: false, which is not allowed; expected text without spaces, a whole "
     "number, or true"},
    {"rule that is no pattern",
     "{\"summary\": \"x\", \"normalise\": {\"a\": {\n\"pattern\": \"(x\"}}}",
     AT ":2: normalise.a.pattern: \"(x\" is a string that is no pattern (missing closing "
        "parenthesis, at "
        "byte 2); expected a PCRE2 pattern"},
    {"null in a list", "{\"summary\": \"x\", \"tags\": [null]}",
     AT ":1: tags[0]: null; expected a word of a-z, 0-9 and - (at most 40 characters)"},
    {"absent base", "{\"summary\": \"x\",\n\"extends\": \"../none.json\"}",
     AT ":2: extends: cannot read scenarios/none.json: No such file or directory; expected a path "
        "relative to this file's folder"},
    {"absolute base", "{\"extends\": \"/etc/x.json\"}",
     AT ":1: extends: \"/etc/x.json\" is a string, not of the right form; expected the path of a "
        ".json "
        "file, relative to this file's folder"},
};

static void refuse(const struct schema *schema, size_t i)
{
    struct error err = {"(no error)"};
    struct buffer text = {0};
    buffer_add_text(&text, refusals[i].json);
    manifest_free(manifest_build(AT, &text, schema, &err));
    check_text(refusals[i].name, err.text, refusals[i].error);
    buffer_fini(&text);
}

int main(void)
{
    struct error err = {""};
    struct schema *schema = schema_read("harness/manifest/manifest.schema.json", &err);
    if (!check("schema", schema, "%s", err.text))
        return 1;
    temporary_enter();
    temporary_text(AT, "");
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        refuse(schema, i);
    temporary_leave();
    schema_free(schema);
    return check_done();
}
