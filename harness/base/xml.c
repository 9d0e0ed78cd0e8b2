/* Text as XML and HTML character data.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/xml.h"

#include "harness/base/utf8.h"

#include <stdbool.h>

/* XML 1.0, 2.2 "Characters": what may stand in a document, even as a reference. C1 controls are
 * allowed there, but HTML shows them as something else. */
static bool xml_allows(uint32_t code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n';
    return !(code >= 0x7f && code < 0xa0) && code != 0xfffe && code != 0xffff;
}

static const char *entity(uint32_t code)
{
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void buffer_add_xml(struct buffer *b, const char *text)
{
    while (text && *text) {
        uint32_t code = 0;
        size_t len = utf8_next(text, &code);
        const char *name = entity(code);
        if (name)
            buffer_add_text(b, name);
        else if (len && xml_allows(code))
            buffer_add(b, text, len);
        else
            for (size_t i = 0; i < (len ? len : 1); i++)
                buffer_printf(b, "\\x%02x", (unsigned char)text[i]);
        text += len ? len : 1;
    }
}
