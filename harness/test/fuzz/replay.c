/* Runs a fuzz target over the files of the folders in its arguments: a corpus as a test.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/fuzz/target.h"

#include "harness/base/files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_LEN_MAX (16 << 20)

static bool run_input(const char *path, struct error *err)
{
    struct buffer input = {0};
    bool ok = file_read(path, INPUT_LEN_MAX, &input, err);
    if (ok) {
        /* In memory of exactly its size, so that a checker of memory sees every byte too far. */
        uint8_t *data = malloc(input.len ? input.len : 1);
        if (!data)
            abort();
        for (size_t i = 0; i < input.len; i++)
            data[i] = (uint8_t)input.data[i];
        LLVMFuzzerTestOneInput(data, input.len);
        free(data);
    }
    buffer_fini(&input);
    return ok;
}

/* How many inputs ran, -1 on an error. */
static int run_folder(const char *folder, struct error *err)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort), ran = 0;
    if (n < 0) {
        error_set(err, "cannot read the folder");
        return -1;
    }
    for (int i = 0; i < n; i++) {
        char *path = format_text("%s/%s", folder, entries[i]->d_name);
        if (ran >= 0 && entries[i]->d_name[0] != '.')
            ran = run_input(path, err) ? ran + 1 : -1;
        free(path);
        free(entries[i]);
    }
    free(entries);
    return ran;
}

int main(int argc, char **argv)
{
    int failures = argc < 2;
    for (int i = 1; i < argc; i++) {
        struct error err = {"no inputs"};
        int n = run_folder(argv[i], &err);
        if (n > 0) {
            printf("ok fuzz corpus %s: %d inputs\n", path_base(argv[i]), n);
            continue;
        }
        printf("not ok fuzz corpus %s: %s\n", path_base(argv[i]), err.text);
        failures++;
    }
    return failures > 0;
}
