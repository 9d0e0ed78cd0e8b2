/* Merging JSON documents: JSON Merge Patch (RFC 7386), and the common parts of machines.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <json-c/json.h>

/* Merges the manifest @patch over the manifest @target, in place; @patch stays as it is. Below
 * "machines" a null is kept instead of applied: a machine is itself a patch over "machine", and
 * what it removes may stand there. */
void merge_manifest(struct json_object *target, struct json_object *patch);

/* Makes every machine of "machines" complete: "machine", the machine itself, and in it "system"
 * under the machine's own system. Without "machines" there is one, called "machine". Afterwards
 * @manifest has neither "machine" nor "system". */
void merge_machines(struct json_object *manifest);
