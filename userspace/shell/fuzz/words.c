/*
 * Fuzzes the splitting of command lines.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *line, bytes = 0;
    struct words *words;

    if (len > TEXT_MAX)
        return 0;
    line = calloc(1, len + 1);
    words = malloc(sizeof(*words));
    if (!line || !words)
        abort();
    memcpy(line, data, len);
    if (!words_split(words, line)) {
        for (uint32_t i = 0; i < words->n; i++)
            bytes ^= words->word[i].text[strlen(words->word[i].text)];
        if (bytes)
            abort();
    }
    free(words);
    free(line);
    return 0;
}
