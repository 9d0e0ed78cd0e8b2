/*
 * Fuzzes device/madt.c: the input is the whole table, and its checksum does not count.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device/madt.h"

#include <stdlib.h>
#include <string.h>

#include "test/fake_arch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_cpus(const struct madt *madt)
{
    if (madt->n_cpus > MADT_CPUS_MAX || (madt->n_cpus_left && madt->n_cpus < MADT_CPUS_MAX))
        abort();
    for (unsigned i = 0; i < madt->n_cpus; i++) {
        for (unsigned k = 0; k < i; k++) {
            if (madt->cpus[i] == madt->cpus[k])
                abort();
        }
    }
}

static void check_io_apics(const struct madt *madt)
{
    if (madt->n_io_apics > MADT_IO_APICS_MAX || madt->local_apic == 0)
        abort();
    for (unsigned i = 0; i < madt->n_io_apics; i++) {
        if (madt->io_apics[i].at == 0)
            abort();
    }
}

static void check_unused(const struct madt *madt)
{
    static const struct madt unused;

    if (memcmp(madt, &unused, sizeof(unused)) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct madt madt;

    fake_arch_start(data, size);
    if (madt_decode((struct bytes){arch_phys(0, size), size}, &madt) == ERR_OK) {
        check_cpus(&madt);
        check_io_apics(&madt);
    } else {
        check_unused(&madt);
    }
    fake_arch_end();
    return 0;
}
