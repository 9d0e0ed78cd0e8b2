/*
 * Interrupts from outside the processor, whichever controllers bring them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/irq.h"

#include "arch/x86_64/io_apic.h"
#include "arch/x86_64/local_apic.h"
#include "arch/x86_64/pic.h"
#include "arch/x86_64/vectors.h"
#include "log/log.h"

#define ISA_IRQ_TIMER   0
#define ISA_IRQ_CASCADE 2

static bool has_local_apic, has_io_apic;

static const char *local_apic_name(void)
{
    return local_apic_is_x2() ? "local x2APIC" : "local APIC";
}

static void log_io_apics(const struct madt *madt)
{
    if (madt->n_io_apics == 1)
        kernel_log("interrupts: %s, I/O APIC at 0x%lx with %u inputs", local_apic_name(),
                   madt->io_apics[0].at, io_apic_n_inputs());
    else
        kernel_log("interrupts: %s, %u I/O APICs with %u inputs", local_apic_name(),
                   madt->n_io_apics, io_apic_n_inputs());
}

static void log_choice(const struct madt *madt)
{
    if (has_io_apic)
        log_io_apics(madt);
    else if (has_local_apic)
        kernel_log("interrupts: %s, PIC", local_apic_name());
    else
        kernel_log("interrupts: PIC and PIT, no local APIC");
}

void irq_init(const struct madt *madt)
{
    pic_init();
    has_local_apic = local_apic_present();
    if (has_local_apic) {
        local_apic_init();
        if (madt)
            io_apic_init(madt);
        has_io_apic = io_apic_n_inputs() != 0;
        if (!has_io_apic)
            local_apic_accept_pic();
    }
    log_choice(madt);
}

static void unmask(unsigned isa_irq)
{
    if (has_io_apic)
        io_apic_unmask(isa_irq);
    else
        pic_unmask(isa_irq);
}

static bool has_irq(unsigned isa_irq)
{
    return isa_irq < MADT_ISA_IRQS && isa_irq != ISA_IRQ_TIMER && isa_irq != ISA_IRQ_CASCADE;
}

err_t irq_route(unsigned isa_irq, uint8_t vector)
{
    err_t error = ERR_OK;

    if (!has_irq(isa_irq) || vector != VECTOR_ISA + isa_irq)
        return ERR_BAD_ARGUMENT;
    if (has_io_apic)
        error = io_apic_route(isa_irq, vector, local_apic_id());
    if (!error)
        unmask(isa_irq);
    return error;
}

/* The PIC's ISA interrupts and, without a local APIC, its timer. */
static bool from_pic(uint8_t vector)
{
    if (vector == LOCAL_TIMER_VECTOR)
        return !has_local_apic;
    return !has_io_apic && vector > VECTOR_ISA && vector < VECTOR_ISA + MADT_ISA_IRQS;
}

void irq_end(uint8_t vector)
{
    if (vector == VECTOR_SPURIOUS)
        return;
    if (from_pic(vector))
        pic_end(vector - VECTOR_ISA);
    else if (has_local_apic)
        local_apic_end();
}
