# json-c for guest programs, from Debian's source package.
# SPDX-License-Identifier: Apache-2.0
#
# Included by userspace/lib/posix/posix.mk. A program that includes <json-c/json.h> is compiled with
# $(JSON_C_CFLAGS), its objects depend order-only on $(JSON_C_HEADERS), and it is linked with $(JSON_C_LIB).

JSON_C_SOURCE := $(BUILD)/sources/json-c-0.16
JSON_C := $(BUILD)/json-c
JSON_C_LIB := $(JSON_C)/libjson-c.a
JSON_C_HEADERS := $(JSON_C)/include/.made
JSON_C_CFLAGS := -isystem $(JSON_C)/include
JSON_C_OWN := userspace/lib/posix/json_c

JSON_C_SOURCES := arraylist.c debug.c json_c_version.c json_object.c json_object_iterator.c json_pointer.c \
	json_tokener.c json_util.c json_visit.c linkhash.c printbuf.c random_seed.c strerror_override.c
JSON_C_OBJECTS := $(JSON_C_SOURCES:%=$(JSON_C)/%.o)

# Its warnings are its own.
JSON_C_OWN_CFLAGS := $(filter-out -Wall -Wextra -Werror,$(USERSPACE_CFLAGS)) -w -D_GNU_SOURCE \
	-DJSON_C_HAVE_INTTYPES_H=1 -I$(JSON_C_OWN) -I$(JSON_C_SOURCE) -I$(JSON_C)/include/json-c

$(JSON_C_SOURCE)/.verified: tools/setup/sources
	$(Q)sh tools/setup/setup.sh source json-c && touch $@
$(JSON_C_SOURCES:%=$(JSON_C_SOURCE)/%): $(JSON_C_SOURCE)/.verified ;

# The headers where programs look for them: <json-c/json.h>.
$(JSON_C_HEADERS): $(JSON_C_SOURCE)/.verified $(JSON_C_OWN)/json_config.h $(JSON_C_OWN)/json_c.mk
	$(Q)rm -rf $(@D) && mkdir -p $(@D)/json-c
	$(Q)cp $(JSON_C_SOURCE)/*.h $(JSON_C_OWN)/json_config.h $(@D)/json-c
	$(Q)sed 's/@JSON_H_JSON_POINTER@/#include "json_pointer.h"/' $(JSON_C_SOURCE)/json.h.cmakein \
		>$(@D)/json-c/json.h
	$(Q)touch $@

$(JSON_C_OBJECTS): $(JSON_C)/%.o: $(JSON_C_SOURCE)/% $(JSON_C_OWN)/json_c.mk $(JSON_C_OWN)/config.h \
		| $(MUSL_HEADERS) $(JSON_C_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)gcc $(JSON_C_OWN_CFLAGS) -c -o $@ $<

$(JSON_C_LIB): $(JSON_C_OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

-include $(JSON_C_OBJECTS:.o=.d)
