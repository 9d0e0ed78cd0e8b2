/* JSON files of the harness: read whole and checked, written pretty and whole.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The getters serve readers that refuse what they do not expect: they return false with an error
 * that names the key. A key that is missing or null is not an error unless `required` says so.
 */
#pragma once

#include "harness/base/error.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

/* The one value in the file @path of at most @limit bytes; to be given to json_object_put(). NULL
 * with "PATH:LINE: what" when it is missing, too large, not JSON or cut off, or of another type. */
struct json_object *json_file_read(const char *path, size_t limit, enum json_type,
                                   struct error *err);

/* Replaces the file by @value, indented, with a line feed at its end. */
bool json_file_write(const char *path, struct json_object *value, struct error *err);

/* A JSON string of any C string (NULL: null); what is not UTF-8 is written as \xNN. */
struct json_object *json_text(const char *text);

/* A JSON number with @digits after the point. */
struct json_object *json_number(double value, int digits);

/* A string without NUL in it, in new memory; NULL when it is absent. */
bool json_get_text(struct json_object *, const char *key, bool required, char **out,
                   struct error *err);

/* A finite number, not negative. */
bool json_get_number(struct json_object *, const char *key, bool required, double *out,
                     struct error *err);

/* A list; NULL when it is absent. Owned by the object. */
bool json_get_list(struct json_object *, const char *key, struct json_object **out,
                   struct error *err);

/* A list of strings, in new memory. */
bool json_get_texts(struct json_object *, const char *key, char ***out, size_t *n,
                    struct error *err);

void texts_free(char **texts, size_t n);
