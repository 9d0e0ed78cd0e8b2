/* Schemas from files, by Debian's `capnp compile`.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/compile.h"

#include "harness/base/process.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMPILE_LIMIT_MS 60000
#define ARGUMENTS_MAX    64

/* capnp warns when PWD is of another folder, which would hide what it has to say. */
static void set_pwd(void)
{
    char *here = getcwd(NULL, 0);

    if (here)
        setenv("PWD", here, 1);
    free(here);
}

bool schema_compile(const char *path, const char *const *imports, struct buffer *request,
                    struct error *err)
{
    const char *argv[ARGUMENTS_MAX] = {"capnp", "compile", "-o-"};
    struct buffer errors = {0};
    size_t n = 3;
    int status;

    for (; *imports; imports++) {
        if (n + 4 > ARGUMENTS_MAX)
            return error_set(err, "too many folders of imports");
        argv[n++] = "-I";
        argv[n++] = *imports;
    }
    argv[n] = path;
    set_pwd();
    status = process_run(argv, NULL, request, &errors, COMPILE_LIMIT_MS, err);
    if (status > 0)
        error_set(err, "%s", buffer_text(&errors));
    err->text[strcspn(err->text, "\n")] = '\0';
    buffer_fini(&errors);
    return status == 0;
}
