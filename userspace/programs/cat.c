/*
 * Copies its input to its output until the input ends.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <unistd.h>

#define CHUNK 4000

static ssize_t write_all(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, len);

        if (written < 0)
            return -1;
        bytes += written;
        len -= (size_t)written;
    }
    return 0;
}

int main(void)
{
    char bytes[CHUNK];
    ssize_t len;

    while ((len = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0) {
        if (write_all(bytes, (size_t)len) < 0) {
            perror("cat: stdout");
            return 1;
        }
    }
    if (len < 0)
        perror("cat: stdin");
    return len < 0;
}
