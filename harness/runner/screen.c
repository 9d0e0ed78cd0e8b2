/* Standard output as people and machines read it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/screen.h"

#include "harness/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const codes[] = {
    [INK_RED] = "31",  [INK_GREEN] = "32", [INK_YELLOW] = "33", [INK_MAGENTA] = "35",
    [INK_CYAN] = "36", [INK_BOLD] = "1",   [INK_DIM] = "2",
};

void screen_init(struct screen *screen)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    screen->live = isatty(STDOUT_FILENO) && term && strcmp(term, "dumb");
    screen->colour = screen->live && !(no_color && *no_color);
}

void ink_add(struct buffer *b, bool colour, enum ink ink, const char *text)
{
    if (colour)
        buffer_printf(b, "\033[%sm%s\033[0m", codes[ink], text);
    else
        buffer_add_text(b, text);
}

static void add_diff_line(struct buffer *b, bool colour, const char *line)
{
    if (strncmp(line, "+++", 3) == 0 || strncmp(line, "---", 3) == 0)
        ink_add(b, colour, INK_BOLD, line);
    else if (line[0] == '+')
        ink_add(b, colour, INK_GREEN, line);
    else if (line[0] == '-')
        ink_add(b, colour, INK_RED, line);
    else if (line[0] == '@')
        ink_add(b, colour, INK_CYAN, line);
    else
        buffer_add_text(b, line);
}

size_t ink_add_diff(struct buffer *b, bool colour, const char *diff, unsigned indent, size_t most)
{
    size_t lines = 0;
    struct buffer line = {0};
    for (const char *p = diff; *p; lines++) {
        size_t len = strcspn(p, "\n");
        if (lines < most) {
            char *raw = format_text("%.*s", (int)len, p);
            buffer_add_printable(&line, raw);
            buffer_printf(b, "%*s", (int)indent, "");
            add_diff_line(b, colour, buffer_text(&line));
            buffer_add_char(b, '\n');
            buffer_fini(&line);
            free(raw);
        }
        p += len + (p[len] == '\n');
    }
    return lines > most ? lines - most : 0;
}

void screen_print(struct screen *screen, const struct buffer *lines)
{
    screen_live(screen, "");
    fwrite(buffer_text(lines), 1, lines->len, stdout);
    fflush(stdout);
}

static int columns(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || size.ws_col < 2)
        return 79;
    return size.ws_col - 1; /* the last column would wrap on some terminals */
}

void screen_live(struct screen *screen, const char *text)
{
    if (!screen->live)
        return;
    printf("\r\033[K%.*s", columns(), text);
    fflush(stdout);
}
