/* Which accelerator QEMU shall use: KVM where it works and is quick, else TCG.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/accelerator.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    WHY = 128,
    PAGE = 4096,
    ROUNDS = 5,
    LIMIT_US = 1000,
};

/* Real mode, as firmware runs: mov $4000, %cx; loop .; out %al, $0x80; jmp to the start. One round
 * is 4,000 instructions and one exit: some 20 microseconds on a processor that virtualises real
 * mode, several milliseconds where the host's kernel has to emulate it. */
static const uint8_t guest[] = {0xb9, 0xa0, 0x0f, 0xe2, 0xfe, 0xe6, 0x80, 0xeb, 0xf7};

struct probe {
    int kvm, vm, vcpu;
    void *memory;
    struct kvm_run *run;
    int run_len;
};

static bool set_up(struct probe *p)
{
    if ((p->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC)) < 0 ||
        ioctl(p->kvm, KVM_GET_API_VERSION, 0) != KVM_API_VERSION ||
        (p->vm = ioctl(p->kvm, KVM_CREATE_VM, 0)) < 0)
        return false;
    p->memory = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p->memory == MAP_FAILED)
        return false;
    memcpy(p->memory, guest, sizeof guest);
    struct kvm_userspace_memory_region region = {.memory_size = PAGE,
                                                 .userspace_addr = (uintptr_t)p->memory};
    if (ioctl(p->vm, KVM_SET_USER_MEMORY_REGION, &region) ||
        (p->vcpu = ioctl(p->vm, KVM_CREATE_VCPU, 0)) < 0 ||
        (p->run_len = ioctl(p->kvm, KVM_GET_VCPU_MMAP_SIZE, 0)) <= 0)
        return false;
    p->run = mmap(NULL, (size_t)p->run_len, PROT_READ | PROT_WRITE, MAP_SHARED, p->vcpu, 0);
    struct kvm_sregs sregs;
    if (p->run == MAP_FAILED || ioctl(p->vcpu, KVM_GET_SREGS, &sregs))
        return false;
    sregs.cs.base = sregs.cs.selector = 0;
    struct kvm_regs regs = {.rflags = 2};
    return !ioctl(p->vcpu, KVM_SET_SREGS, &sregs) && !ioctl(p->vcpu, KVM_SET_REGS, &regs);
}

static int64_t clock_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The best of a few rounds counts: a busy host delays some, it does not make any quicker. */
static bool run_rounds(struct probe *p, char *why)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < ROUNDS; i++) {
        int64_t start = clock_us();
        if (ioctl(p->vcpu, KVM_RUN, 0) || p->run->exit_reason != KVM_EXIT_IO) {
            snprintf(why, WHY, "it does not run a guest (exit reason %u)", p->run->exit_reason);
            return false;
        }
        int64_t took = clock_us() - start;
        best = took < best ? took : best;
    }
    if (best > LIMIT_US)
        snprintf(why, WHY, "it is slow: 4,000 instructions take %d us", (int)best);
    return best <= LIMIT_US;
}

static void tear_down(struct probe *p)
{
    if (p->run && p->run != MAP_FAILED)
        munmap(p->run, (size_t)p->run_len);
    if (p->memory && p->memory != MAP_FAILED)
        munmap(p->memory, PAGE);
    int fds[] = {p->vcpu, p->vm, p->kvm};
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

bool kvm_usable(char *why)
{
    struct probe p = {.kvm = -1, .vm = -1, .vcpu = -1};
    bool usable = set_up(&p);
    if (!usable)
        snprintf(why, WHY, "/dev/kvm: %s", strerror(errno));
    else
        usable = run_rounds(&p, why);
    tear_down(&p);
    return usable;
}
