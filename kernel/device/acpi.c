/*
 * Finds ACPI's tables, and reads from them how to switch the machine off and how to reset it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device/acpi.h"

#include "arch/arch.h"
#include "lib/string.h"
#include "log/log.h"

/* Root System Description Pointer (5.2.5.3) */
#define RSDP_LEN_1    20 /* revision 0 (ACPI 1.0) has no more */
#define RSDP_LEN_2    36
#define RSDP_REVISION 15
#define RSDP_RSDT     16
#define RSDP_LENGTH   20
#define RSDP_XSDT     24

/* System description table header (5.2.6) */
#define HEADER_LEN    36
#define HEADER_LENGTH 4
#define TABLE_LEN_MAX 0x100000
#define ENTRIES_MAX   256 /* tables that a root may list */

/* Fixed ACPI Description Table (5.2.9) */
#define FADT_DSDT        40
#define FADT_SMI_CMD     48
#define FADT_ACPI_ENABLE 52
#define FADT_PM1A_CNT    64
#define FADT_PM1B_CNT    68
#define FADT_FLAGS       112
#define FADT_FLAGS_RESET (1 << 10)
#define FADT_RESET_REG   116
#define FADT_RESET_VALUE 128
#define FADT_X_DSDT      140
#define FADT_X_PM1A_CNT  172
#define FADT_X_PM1B_CNT  184

/* Generic Address Structure (5.2.3.2) */
#define GAS_SPACE    0
#define GAS_ADDRESS  4
#define GAS_SPACE_IO 1

#define SLEEP_TYPE_MAX 7 /* three bits (4.8.3.2.1) */

struct roots {
    paddr_t rsdt, xsdt; /* 0: none */
};

static err_t reject(const char *table, paddr_t at, err_t error)
{
    kernel_log("ACPI: %s at 0x%lx: %s", table, at, err_sentence(error));
    return error;
}

static bool sums_to_zero(struct bytes bytes)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < bytes.len; i++)
        sum = (uint8_t)(sum + bytes.at[i]);
    return sum == 0;
}

static struct bytes map(paddr_t at, size_t len)
{
    const uint8_t *bytes = arch_phys(at, len);

    return (struct bytes){bytes, bytes ? len : 0};
}

static err_t read_rsdp(paddr_t at, struct roots *roots)
{
    struct bytes rsdp = map(at, RSDP_LEN_1);

    if (!rsdp.at)
        return ERR_OUT_OF_BOUNDS;
    if (memcmp(rsdp.at, "RSD PTR ", 8) != 0)
        return ERR_BAD_SIGNATURE;
    if (!sums_to_zero(rsdp))
        return ERR_BAD_CHECKSUM;
    roots->rsdt = bytes_field(rsdp, RSDP_RSDT, 4);
    roots->xsdt = 0;
    if (bytes_field(rsdp, RSDP_REVISION, 1) < 2)
        return ERR_OK;

    rsdp = map(at, RSDP_LEN_2);
    if (!rsdp.at)
        return ERR_OUT_OF_BOUNDS;
    if (bytes_field(rsdp, RSDP_LENGTH, 4) != RSDP_LEN_2)
        return ERR_BAD_LENGTH;
    if (!sums_to_zero(rsdp))
        return ERR_BAD_CHECKSUM;
    roots->xsdt = bytes_field(rsdp, RSDP_XSDT, 8);
    return ERR_OK;
}

/* Maps the table at AT, whole and checked. */
static err_t map_table(paddr_t at, const char *signature, struct bytes *table)
{
    struct bytes header = at ? map(at, HEADER_LEN) : (struct bytes){NULL, 0};

    if (at == 0)
        return ERR_NOT_FOUND;
    if (!header.at)
        return ERR_OUT_OF_BOUNDS;
    if (memcmp(header.at, signature, 4) != 0)
        return ERR_BAD_SIGNATURE;

    size_t len = bytes_field(header, HEADER_LENGTH, 4);

    if (len < HEADER_LEN || len > TABLE_LEN_MAX)
        return ERR_BAD_LENGTH;
    *table = map(at, len);
    if (!table->at)
        return ERR_OUT_OF_BOUNDS;
    return sums_to_zero(*table) ? ERR_OK : ERR_BAD_CHECKSUM;
}

/* Finds a table among those that the root at AT lists. */
static err_t find_in_root(paddr_t at, const char *root_name, size_t entry_len,
                          const char *signature, struct bytes *table)
{
    struct bytes root;
    err_t error = map_table(at, root_name, &root);

    if (error)
        return reject(root_name, at, error);

    struct bytes entries = bytes_from(root, HEADER_LEN);
    size_t n = entries.len / entry_len;

    for (size_t i = 0; i < n && i < ENTRIES_MAX; i++) {
        paddr_t entry = bytes_field(entries, i * entry_len, entry_len);

        error = map_table(entry, signature, table);
        if (!error)
            return ERR_OK;
        if (error != ERR_BAD_SIGNATURE) /* that is another table, and none of our business */
            reject(signature, entry, error);
    }
    return reject(signature, 0, ERR_NOT_FOUND);
}

err_t acpi_find_table(paddr_t rsdp, const char *signature, struct bytes *table)
{
    struct roots roots;
    err_t error = rsdp ? read_rsdp(rsdp, &roots) : ERR_NOT_FOUND;

    if (error)
        return reject("RSDP", rsdp, error);
    error = roots.xsdt ? find_in_root(roots.xsdt, "XSDT", 8, signature, table) : ERR_NOT_FOUND;
    if (error)
        error = find_in_root(roots.rsdt, "RSDT", 4, signature, table);
    return error;
}

/* The port in a Generic Address Structure; 0 when it is not a port. */
static uint16_t gas_port(struct bytes gas)
{
    uint64_t address = bytes_field(gas, GAS_ADDRESS, 8);

    if (bytes_field(gas, GAS_SPACE, 1) != GAS_SPACE_IO || address > UINT16_MAX)
        return 0;
    return (uint16_t)address;
}

/* The port in the newer field, or else in the older one. */
static uint16_t port(struct bytes fadt, size_t gas_offset, size_t offset)
{
    uint16_t newer = gas_port(bytes_from(fadt, gas_offset));
    uint64_t older = bytes_field(fadt, offset, 4);

    if (newer)
        return newer;
    return older <= UINT16_MAX ? (uint16_t)older : 0;
}

/* Older tables are shorter; a field past the end reads as 0, which means "none" everywhere. */
static void decode_fadt(struct bytes fadt, struct acpi_hardware *hardware)
{
    uint64_t x_dsdt = bytes_field(fadt, FADT_X_DSDT, 8);
    uint64_t smi_command = bytes_field(fadt, FADT_SMI_CMD, 4);
    bool can_reset = bytes_field(fadt, FADT_FLAGS, 4) & FADT_FLAGS_RESET;

    *hardware = (struct acpi_hardware){
        .dsdt = x_dsdt ? x_dsdt : bytes_field(fadt, FADT_DSDT, 4),
        .pm1a_control = port(fadt, FADT_X_PM1A_CNT, FADT_PM1A_CNT),
        .pm1b_control = port(fadt, FADT_X_PM1B_CNT, FADT_PM1B_CNT),
        .smi_command = smi_command <= UINT16_MAX ? (uint16_t)smi_command : 0,
        .acpi_enable = (uint8_t)bytes_field(fadt, FADT_ACPI_ENABLE, 1),
        .reset_port = can_reset ? gas_port(bytes_from(fadt, FADT_RESET_REG)) : 0,
        .reset_value = (uint8_t)bytes_field(fadt, FADT_RESET_VALUE, 1),
    };
}

err_t acpi_read_hardware(paddr_t rsdp, struct acpi_hardware *hardware)
{
    struct bytes fadt;
    err_t error = acpi_find_table(rsdp, "FACP", &fadt);

    *hardware = (struct acpi_hardware){0};
    if (!error)
        decode_fadt(fadt, hardware);
    return error;
}

err_t acpi_read_soft_off(const struct acpi_hardware *hardware, struct acpi_sleep *sleep)
{
    struct bytes dsdt;
    err_t error = map_table(hardware->dsdt, "DSDT", &dsdt);

    if (error)
        return reject("DSDT", hardware->dsdt, error);
    error = acpi_find_soft_off(bytes_from(dsdt, HEADER_LEN), sleep);
    return error ? reject("\\_S5 in the DSDT", hardware->dsdt, error) : ERR_OK;
}

/* AML opcodes (20.2, 20.3) */
#define AML_ZERO    0x00
#define AML_ONE     0x01
#define AML_NAME    0x08
#define AML_BYTE    0x0a
#define AML_WORD    0x0b
#define AML_DWORD   0x0c
#define AML_QWORD   0x0e
#define AML_PACKAGE 0x12
#define AML_ROOT    '\\'

/* Takes the first byte off; false when there is none. */
static bool take_byte(struct bytes *aml, uint8_t *byte)
{
    if (aml->len == 0)
        return false;
    *byte = aml->at[0];
    *aml = bytes_from(*aml, 1);
    return true;
}

/*
 * Takes PkgLength off and cuts AML to the package (20.2.4). Its lead byte tells in bits 7-6 how
 * many bytes follow; with none the length is bits 5-0, else bits 3-0 are its lowest. The length
 * counts its own bytes.
 */
static bool take_package_length(struct bytes *aml)
{
    struct bytes package = *aml;
    uint8_t lead;

    if (!take_byte(aml, &lead))
        return false;

    size_t n_more = lead >> 6;
    size_t len = n_more ? lead & 0x0f : lead & 0x3f;

    if (n_more > aml->len)
        return false;
    len |= bytes_field(*aml, 0, n_more) << 4;
    if (len < 1 + n_more || len > package.len)
        return false;
    package.len = len;
    *aml = bytes_from(package, 1 + n_more);
    return true;
}

/* Takes an integer constant off (20.2.3). */
static bool take_integer(struct bytes *aml, uint64_t *value)
{
    uint8_t opcode;
    size_t len;

    if (!take_byte(aml, &opcode))
        return false;
    switch (opcode) {
    case AML_ZERO:
    case AML_ONE:
        *value = opcode;
        return true;
    case AML_BYTE:
        len = 1;
        break;
    case AML_WORD:
        len = 2;
        break;
    case AML_DWORD:
        len = 4;
        break;
    case AML_QWORD:
        len = 8;
        break;
    default:
        return false;
    }
    if (len > aml->len)
        return false;
    *value = bytes_field(*aml, 0, len);
    *aml = bytes_from(*aml, len);
    return true;
}

/* Takes a package's next sleep type off; elements that it does not have are 0. */
static bool take_sleep_type(struct bytes *aml, uint8_t *n_elements, uint8_t *type)
{
    uint64_t value = 0;

    if (*n_elements) {
        (*n_elements)--;
        if (!take_integer(aml, &value) || value > SLEEP_TYPE_MAX)
            return false;
    }
    *type = (uint8_t)value;
    return true;
}

/* AML starts after the name: DefPackage (20.2.5.4), whose elements are the types (7.4.2). */
static bool decode_sleep(struct bytes aml, struct acpi_sleep *sleep)
{
    uint8_t opcode, n_elements;

    return take_byte(&aml, &opcode) && opcode == AML_PACKAGE && take_package_length(&aml) &&
           take_byte(&aml, &n_elements) && n_elements != 0 &&
           take_sleep_type(&aml, &n_elements, &sleep->type_a) &&
           take_sleep_type(&aml, &n_elements, &sleep->type_b);
}

/*
 * Looks for Name (\_S5_, Package ...) at every byte (20.2.5.1): to step over the terms between
 * would take an interpreter. The name must be the object of a NameOp, so a mere mention does not
 * count.
 */
err_t acpi_find_soft_off(struct bytes aml, struct acpi_sleep *sleep)
{
    static const uint8_t absolute[] = {AML_NAME, AML_ROOT, '_', 'S', '5', '_'};
    static const uint8_t relative[] = {AML_NAME, '_', 'S', '5', '_'};
    err_t error = ERR_NOT_FOUND;

    for (size_t i = 0; i < aml.len; i++) {
        struct bytes rest = bytes_from(aml, i);
        size_t len;

        if (rest.len >= sizeof(absolute) && memcmp(rest.at, absolute, sizeof(absolute)) == 0)
            len = sizeof(absolute);
        else if (rest.len >= sizeof(relative) && memcmp(rest.at, relative, sizeof(relative)) == 0)
            len = sizeof(relative);
        else
            continue;
        if (decode_sleep(bytes_from(rest, len), sleep))
            return ERR_OK;
        error = ERR_MALFORMED;
    }
    return error;
}
