/* The fields of a result as a table.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/result/fields.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *const verdict_names[] = {"pass", "fail", "panic", "reset", "hang", "error"};
const char *const state_names[] = {"same", "differs", "missing", "accepted", "unused", "absent"};
const size_t n_verdict_names = COUNT(verdict_names), n_state_names = COUNT(state_names);

/* clang-format off */
#define R(member) offsetof(struct result, member)
const struct field result_fields[] = {
    {"scenario",      TEXT,    true,  R(scenario),      0},
    {"summary",       TEXT,    false, R(summary),       0},
    {"tags",          TEXTS,   false, R(tags),          R(n_tags)},
    {"run",           TEXT,    true,  R(run),           0},
    {"started",       TEXT,    true,  R(started),       0},
    {"seconds",       NUMBER,  true,  R(seconds),       0},
    {"start_seconds", NUMBER,  false, R(start_seconds), 0},
    {"verdict",       VERDICT, true,  R(verdict),       0},
    {"where",         TEXT,    false, R(where),         0},
    {"expected",      TEXT,    false, R(expected),      0},
    {"came",          TEXT,    false, R(came),          0},
    {"diagnosis",     TEXT,    false, R(diagnosis),     0},
    {"repeat",        TEXT,    false, R(repeat),        0},
    {"streams",       STREAMS, false, R(streams),       R(n_streams)},
    {"files",         TEXTS,   false, R(files),         R(n_files)},
};
#undef R

#define S(member) offsetof(struct stream_result, member)
const struct field stream_fields[] = {
    {"name",       TEXT, true,  S(name),       0},
    {"kind",       TEXT, true,  S(kind),       0},
    {"file",       PATH, false, S(file),       0},
    {"transcript", PATH, false, S(transcript), 0},
    {"golden",     TEXT, false, S(golden),     0},
    {"state",      TEXT, false, S(state),      0},
    {"diff",       PATH, false, S(diff),       0},
    {"last",       TEXT, false, S(last),       0},
};
#undef S
/* clang-format on */

const size_t n_result_fields = COUNT(result_fields), n_stream_fields = COUNT(stream_fields);
