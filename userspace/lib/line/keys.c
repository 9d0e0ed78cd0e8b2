/*
 * Keys, from the bytes that a terminal sends for them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/keys.h"

#include <string.h>

#define ESC       0x1b
#define DEL       0x7f
#define CTRL(key) ((key)&0x1f)

static const uint8_t control_keys[0x20] = {
    [CTRL('A')] = KEY_HOME,       [CTRL('B')] = KEY_LEFT,  [CTRL('C')] = KEY_CANCEL,
    [CTRL('D')] = KEY_CLOSE,      [CTRL('E')] = KEY_END,   [CTRL('F')] = KEY_RIGHT,
    [CTRL('H')] = KEY_BACKSPACE,  [CTRL('I')] = KEY_TAB,   [CTRL('J')] = KEY_ENTER,
    [CTRL('K')] = KEY_CUT_TO_END, [CTRL('L')] = KEY_CLEAR, [CTRL('M')] = KEY_ENTER,
    [CTRL('N')] = KEY_DOWN,       [CTRL('P')] = KEY_UP,    [CTRL('U')] = KEY_CUT_TO_BEGIN,
    [CTRL('W')] = KEY_CUT_WORD,
};

/* What stands behind ESC [ (ECMA-48's CSI) or ESC O (SS3). */
static const struct {
    const char *sequence;
    enum key key;
} sequences[] = {
    {"A", KEY_UP},           {"B", KEY_DOWN},          {"C", KEY_RIGHT},
    {"D", KEY_LEFT},         {"H", KEY_HOME},          {"F", KEY_END},
    {"1~", KEY_HOME},        {"7~", KEY_HOME},         {"4~", KEY_END},
    {"8~", KEY_END},         {"3~", KEY_DELETE},       {"1;5D", KEY_WORD_LEFT},
    {"1;3D", KEY_WORD_LEFT}, {"1;5C", KEY_WORD_RIGHT}, {"1;3C", KEY_WORD_RIGHT},
};

static enum key text_key(struct keys *keys, const char *bytes, uint8_t n)
{
    memcpy(keys->text, bytes, n);
    keys->n_text = n;
    return KEY_TEXT;
}

/* A carriage return with its line feed is one end of a line. */
static enum key control_key(struct keys *keys, uint8_t byte)
{
    bool is_second = byte == '\n' && keys->was_return;
    enum key key = (enum key)control_keys[byte];

    keys->was_return = byte == '\r';
    if (is_second)
        return KEY_NONE;
    if (key == KEY_CANCEL)
        keys->is_pasting = false;
    if (!keys->is_pasting)
        return key;
    return key == KEY_ENTER || key == KEY_TAB ? text_key(keys, " ", 1) : KEY_NONE;
}

static enum key escaped_key(struct keys *keys, uint8_t byte)
{
    keys->state = KEYS_PLAIN;
    keys->n_sequence = 0;
    if (byte == '[')
        keys->state = KEYS_CSI;
    else if (byte == 'O')
        keys->state = KEYS_SS3;
    else if (strchr("]P_^X", byte))
        keys->state = KEYS_STRING;
    else if (byte == 'b' && !keys->is_pasting)
        return KEY_WORD_LEFT;
    else if (byte == 'f' && !keys->is_pasting)
        return KEY_WORD_RIGHT;
    return KEY_NONE;
}

static enum key sequence_key(struct keys *keys)
{
    if (keys->n_sequence > KEYS_SEQUENCE_MAX)
        return KEY_NONE;
    keys->sequence[keys->n_sequence] = '\0';
    if (strcmp(keys->sequence, "200~") == 0)
        keys->is_pasting = true;
    else if (strcmp(keys->sequence, "201~") == 0)
        keys->is_pasting = false;
    for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]) && !keys->is_pasting; i++) {
        if (strcmp(keys->sequence, sequences[i].sequence) == 0)
            return sequences[i].key;
    }
    return KEY_NONE;
}

/* ECMA-48, section 5.4: parameters and intermediate bytes are below 0x40, the final byte is not. */
static enum key sequence_feed(struct keys *keys, uint8_t byte)
{
    if (keys->n_sequence < KEYS_SEQUENCE_MAX)
        keys->sequence[keys->n_sequence++] = (char)byte;
    else
        keys->n_sequence = KEYS_SEQUENCE_MAX + 1;
    if (byte < 0x40)
        return KEY_NONE;
    keys->state = KEYS_PLAIN;
    return sequence_key(keys);
}

static enum key plain_feed(struct keys *keys, uint8_t byte)
{
    if (byte == DEL)
        return keys->is_pasting ? KEY_NONE : KEY_BACKSPACE;
    if (byte < 0x80)
        return text_key(keys, (const char *)&byte, 1);
    return utf8_feed(&keys->parts, byte) ? text_key(keys, keys->parts.bytes, keys->parts.n)
                                         : KEY_NONE;
}

enum key keys_feed(struct keys *keys, uint8_t byte)
{
    if (byte < 0x80)
        keys->parts = (struct utf8_parts){0};
    if (byte < 0x20) {
        keys->state = byte == ESC ? KEYS_ESCAPE : KEYS_PLAIN;
        return control_key(keys, byte);
    }
    keys->was_return = false;
    switch (keys->state) {
    case KEYS_ESCAPE:
        return escaped_key(keys, byte);
    case KEYS_CSI:
    case KEYS_SS3:
        return sequence_feed(keys, byte);
    case KEYS_STRING:
        return KEY_NONE;
    case KEYS_PLAIN:
        break;
    }
    return plain_feed(keys, byte);
}
