/*
 * The processor's own random numbers: RDSEED, or else RDRAND (Intel SDM volume 1, 7.3.17).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/arch.h"
#include "arch/x86_64/cpu.h"

/* CPUID (Intel SDM volume 2) */
#define CPUID_MAX             0
#define CPUID_FEATURES        1
#define CPUID_FEATURES_RDRAND (1u << 30) /* ECX */
#define CPUID_EXTENDED        7
#define CPUID_EXTENDED_RDSEED (1u << 18) /* EBX */

/* RDSEED runs dry when several processors ask at once; then it wants a pause. RDRAND fails ten times in a row
 * only when it is broken. */
#define SEED_TRIES   64
#define RANDOM_TRIES 10

static struct {
    bool known, seed, random;
} has;

static bool read_seed(uint64_t *word)
{
    bool valid;

    __asm__ volatile("rdseed %0" : "=r"(*word), "=@ccc"(valid));
    return valid;
}

static bool read_random(uint64_t *word)
{
    bool valid;

    __asm__ volatile("rdrand %0" : "=r"(*word), "=@ccc"(valid));
    return valid;
}

/* Once: in a virtual machine CPUID is slow. */
static void learn(void)
{
    uint32_t max = cpu_id(CPUID_MAX, 0).eax;

    has.random = max >= CPUID_FEATURES && cpu_id(CPUID_FEATURES, 0).ecx & CPUID_FEATURES_RDRAND;
    has.seed = max >= CPUID_EXTENDED && cpu_id(CPUID_EXTENDED, 0).ebx & CPUID_EXTENDED_RDSEED;
    has.known = true;
}

static bool try_often(bool (*read)(uint64_t *word), unsigned tries, uint64_t *word)
{
    for (unsigned i = 0; i < tries; i++) {
        if (read(word))
            return true;
        arch_relax();
    }
    return false;
}

bool arch_entropy(uint64_t *word)
{
    if (!has.known)
        learn();
    return (has.seed && try_often(read_seed, SEED_TRIES, word)) ||
           (has.random && try_often(read_random, RANDOM_TRIES, word));
}
