/* The tail of QEMU's log: bounded while QEMU writes, and its last exceptions in it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/qemu_trace.h"

#include "harness/base/files.h"
#include "harness/event/loop.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <errno.h>
#include <fcntl.h>

enum { LINE_LEN = 16, WRITTEN = 10 << 20, NEVER = 120 /* seconds */ };

static void must(bool ok, const char *why)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", why);
    exit(2);
}

/* Writes numbered lines, as QEMU does: it waits while the FIFO is full. Gives the longest tail. */
static size_t write_lines(struct qemu_trace *t, int fd)
{
    enum { LINES = 256 };
    char chunk[LINES * LINE_LEN + 1];
    size_t longest = 0;
    for (unsigned i = 0; i < WRITTEN / LINE_LEN; i += LINES) {
        for (unsigned k = 0; k < LINES; k++)
            snprintf(chunk + (size_t)k * LINE_LEN, LINE_LEN + 1, "%015u\n", i + k);
        must(write(fd, chunk, sizeof chunk - 1) == sizeof chunk - 1, "cannot write to the FIFO");
        loop_lock();
        longest = t->tail.len > longest ? t->tail.len : longest;
        loop_unlock();
    }
    return longest;
}

/* Whether @tail is what ends all that was written. */
static bool is_the_end(const struct buffer *tail)
{
    char line[LINE_LEN + 1];
    for (size_t i = 1; i <= tail->len / LINE_LEN; i++) {
        snprintf(line, sizeof line, "%015u\n", (unsigned)(WRITTEN / LINE_LEN - i));
        if (memcmp(tail->data + tail->len - i * LINE_LEN, line, LINE_LEN) != 0)
            return false;
    }
    return true;
}

static void test_tail(void)
{
    struct error err = {""};
    static struct qemu_trace t;
    loop_lock();
    bool good = qemu_trace_open(&t, "fifo", &err);
    loop_unlock();
    must(good, err.text);
    int fd = open("fifo", O_WRONLY | O_CLOEXEC);
    must(fd >= 0, strerror(errno));
    size_t longest = write_lines(&t, fd);
    close(fd);
    loop_lock();
    good = qemu_trace_close(&t, "trace.log", &err);
    loop_unlock();
    check("a long log is taken", good, "%s", err.text);
    check("the tail is bounded", longest <= 2 * QEMU_TRACE_KEPT && longest > 0, "%zu bytes",
          longest);
    check("and long enough", t.tail.len >= QEMU_TRACE_KEPT && t.tail.len <= 2 * QEMU_TRACE_KEPT,
          "%zu bytes", t.tail.len);
    check("it is the end of the log", is_the_end(&t.tail), "it is not");
    struct buffer file = {0};
    must(file_read("trace.log", WRITTEN, &file, &err), err.text);
    check_text("the file has it", buffer_text(&file), buffer_text(&t.tail));
    buffer_fini(&file);
    check("closed twice", qemu_trace_close(&t, "absent/trace.log", &err), "%s", err.text);
    buffer_fini(&t.tail);
}

static void test_life(void)
{
    struct error err = {""};
    struct qemu_trace never = {0};
    static struct qemu_trace t, full;
    loop_lock();
    check("closed, never opened", qemu_trace_close(&never, "absent/trace.log", &err), "%s",
          err.text);
    check("no folder", !qemu_trace_open(&t, "absent/fifo", &err), "opened");
    check_text("says which", err.text, "cannot create absent/fifo: No such file or directory");
    must(qemu_trace_open(&full, "fifo", &err), err.text);
    check("a tail that cannot be written", !qemu_trace_close(&full, "absent/trace.log", &err),
          "written");
    check_text("says so", err.text, "cannot write absent/trace.log: No such file or directory");
    loop_unlock();
}

/* What QEMU 7.2 logs of a kernel that loads an empty interrupt table and executes int3, with fewer
 * of the other registers. */
#define GENERAL(rax)                                                                        \
    "RAX=" rax " RBX=00000000000021e0 RCX=ffffffff8010417d RDX=ffffffff80119e40\n"          \
    "RSI=0000000000000029 RDI=0000000000000006 RBP=ffffffff80119fb0 RSP=ffffffff80119fa0\n" \
    "RIP=ffffffff80100170 RFL=00000086 [--S--P-] CPL=0 II=0 A20=1 SMM=0 HLT=0\n"
#define SEGMENTS                                                            \
    "ES =0010 0000000000000000 ffffffff 00cf9300 DPL=0 DS   [-WA]\n"        \
    "CS =0008 0000000000000000 ffffffff 00af9b00 DPL=0 CS64 [-RA]\n"        \
    "IDT=     0000000000000000 00000000\n"                                  \
    "CR0=80010031 CR2=0000000000000000 CR3=0000000000107000 CR4=00000020\n" \
    "CCS=0000000000000010 CCD=ffffffff80119fa0 CCO=SUBQ\n"                  \
    "EFER=0000000000000d00\n"
#define EXCEPTION(number, v, e, rax)                                                           \
    "     " number ": v=" v " e=" e " i=0 cpl=0 IP=0008:ffffffff80100170 pc=ffffffff80100170 " \
    "SP=0010:ffffffff80119fa0 env->regs[R_EAX]=" rax "\n" GENERAL(rax) SEGMENTS
#define RESET                                                \
    "SMM: after RSM\n"                                       \
    "EAX=00000001 EBX=00000000 ECX=00000010 EDX=000f8000\n"  \
    "ES =0010 00000000 ffffffff 00c09300 DPL=0 DS   [-WA]\n" \
    "EFER=0000000000000000\n"
#define CHAIN                                                                                     \
    RESET                                                                                         \
    EXCEPTION("0", "03", "0000", "0000000000000000")                                              \
    "check_exception old: 0xffffffff new "                                                        \
    "0xd\n" EXCEPTION("1", "0d", "0032", "000000000000000d") "check_exception old: 0xd new "      \
                                                             "0xd\n" EXCEPTION("2", "08", "0000", \
                                                                               "000000000000000"  \
                                                                               "8") "check_"      \
                                                                                    "exception "  \
                                                                                    "old: 0x8 "   \
                                                                                    "new 0xd\n"
#define FAULT "Triple fault\n"

static const char real[] = CHAIN FAULT "CPU Reset (CPU 0)\n" RESET;

enum { MANY = 8 };

/* Exceptions before @end as "vector/error@pc", newest first. */
static size_t list(const char *text, size_t len, size_t end, size_t n, char *out, size_t size)
{
    struct qemu_trace t = {0};
    struct qemu_exception found[MANY];
    buffer_add(&t.tail, text, len);
    size_t came = qemu_trace_exceptions(&t, end, found, n);
    *out = '\0';
    for (size_t i = 0; i < came; i++)
        snprintf(out + strlen(out), size - strlen(out), "%x/%llx@%llx ", found[i].vector,
                 found[i].error, found[i].pc);
    buffer_fini(&t.tail);
    return came;
}

static void expect(const char *name, const char *text, size_t len, size_t end, size_t n,
                   const char *expected)
{
    char came[512];
    list(text, len, end, n, came, sizeof came);
    check_text(name, came, expected);
}

static long fault_in(const char *text, size_t len)
{
    struct qemu_trace t = {0};
    buffer_add(&t.tail, text, len);
    long at = qemu_trace_triple_fault(&t);
    buffer_fini(&t.tail);
    return at;
}

#define LAST "8/0@ffffffff80100170 "
#define ALL  LAST "d/32@ffffffff80100170 3/0@ffffffff80100170 "

static void test_real(void)
{
    static const char page_fault[] =
        "     7: v=0e e=0002 i=0 cpl=3 IP=0023:0000000000401000 pc=0000000000401000 "
        "SP=001b:00007ffffffff000 CR2=00000000deadbeef\n" GENERAL("0000000000000001") SEGMENTS;
    struct qemu_trace t = {0};
    struct qemu_exception e[MANY];
    size_t len = sizeof real - 1, fault = sizeof CHAIN - 1;
    check("triple fault", fault_in(real, len) == (long)fault, "at %ld", fault_in(real, len));
    expect("exceptions, newest first", real, len, fault, MANY, ALL);
    expect("no more than wanted", real, len, fault, 1, LAST);
    expect("none wanted", real, len, fault, 0, "");
    expect("none before the start", real, len, 0, MANY, "");
    expect("page fault", page_fault, sizeof page_fault - 1, sizeof page_fault - 1, MANY,
           "e/2@401000 ");
    buffer_add(&t.tail, real, len);
    must(qemu_trace_exceptions(&t, fault, e, MANY) == 3, "no exceptions");
    char *came = format_text("%.*s", (int)e[1].registers_len, e[1].registers);
    check_text("the registers before it", came, GENERAL("000000000000000d"));
    free(came);
    buffer_fini(&t.tail);
}

/* The tail may begin anywhere: what is found is the newest of what is found in all of it. */
static void test_cut(void)
{
    char came[512];
    size_t len = sizeof real - 1, fault = sizeof CHAIN - 1;
    bool same = true, fell = true, ends = true;
    for (size_t cut = 0; cut <= fault; cut++) {
        list(real + cut, len - cut, fault - cut, MANY, came, sizeof came);
        same = same && strncmp(came, ALL, strlen(came)) == 0;
        fell = fell && fault_in(real + cut, len - cut) == (long)(fault - cut);
    }
    check("cut off at the start: exceptions", same, "%s", came);
    check("cut off at the start: none is left", !*came, "%s", came);
    check("cut off at the start: triple fault", fell, "not found");
    size_t before = 0;
    for (size_t end = 0; end <= fault; end++) {
        size_t n = list(real, len, end, MANY, came, sizeof came);
        ends = ends && n >= before && n <= before + 1;
        before = n;
    }
    check("cut off at the end", ends && before == 3, "%zu", before);
}

#define EXPECT_NONE(name, text) expect(name, text, sizeof text - 1, sizeof text - 1, MANY, "")

static void test_garbage(void)
{
    static char feeds[2 * QEMU_TRACE_KEPT];
    EXPECT_NONE("empty", "");
    EXPECT_NONE("a line feed", "\n");
    EXPECT_NONE("no line feed", "0: v=03 e=0000 pc=1");
    EXPECT_NONE("no vector", "0: e=0000 i=1 pc=ffffffff80100170\nES \n");
    EXPECT_NONE("no error", "0: v=03 i=1 pc=ffffffff80100170\nES \n");
    EXPECT_NONE("no address", "0: v=03 e=0000 i=1\n pc=ffffffff80100170\n");
    EXPECT_NONE("no numbers", "0: v=zz e=0000 pc=ffffffff80100170\n0: v=03 e=0 pc=\n");
    EXPECT_NONE("the address in the next line", "0: v=03 e=0000\n0: e=0 pc=1\n");
    EXPECT_NONE("zero bytes", "0: v=\0 e=\0 pc=\0\n");
    EXPECT_NONE("Spurious: Triple fault", "Triple faul\nt");
    expect("a good one amid them", "\n\0\n: v=3\n 1: v=06 e=0000 pc=10\n pc=\n\xff", 35, 35, MANY,
           "6/0@10 ");
    expect("registers that do not end", "1: v=06 e=0000 pc=10\nRAX=1\n", 28, 28, MANY, "6/0@10 ");
    memset(feeds, '\n', sizeof feeds);
    expect("line feeds only", feeds, sizeof feeds, sizeof feeds, MANY, "");
    check("no triple fault", fault_in("Triple faul", 11) == -1, "found");
    check("no triple fault in nothing", fault_in("", 0) == -1, "found");
    check("the last of two", fault_in(FAULT FAULT, 26) == 13, "%ld", fault_in(FAULT FAULT, 26));
    check("after a zero byte", fault_in("\0" FAULT, 14) == 1, "%ld", fault_in("\0" FAULT, 14));
}

int main(void)
{
    struct error err = {""};
    alarm(NEVER);
    temporary_enter();
    must(loop_start(&err), err.text);
    test_tail();
    test_life();
    test_real();
    test_cut();
    test_garbage();
    temporary_leave();
    return check_done();
}
