# The libraries are Debian's, as they are; their headers come behind musl's.
# SPDX-License-Identifier: Apache-2.0

CRYPTO_FOLDER := /usr/lib/x86_64-linux-gnu
$(USERSPACE)/scenarios/crypto/%.posix.c.o: USERSPACE_CFLAGS += -idirafter /usr/include
$(BUILD)/scenarios/guests/crypto/bearssl.elf: $(CRYPTO_FOLDER)/libbearssl.a
$(BUILD)/scenarios/guests/crypto/sodium.elf: $(CRYPTO_FOLDER)/libsodium.a
