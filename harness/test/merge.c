/* Merging JSON documents: what JSON Merge Patch says, lists of named items, objects that are replaced.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/merge.h"

#include "harness/test/check.h"

#include <string.h>

static const char *const named[] = {"list", "inner", NULL};
static const char *const whole[] = {"one", NULL};
static const struct merge_rules rules = {.named = named, .whole = whole};

static const struct {
    const char *name, *target, *patch, *merged;
} cases[] = {
    {"objects merge", "{'a':{'b':1,'c':2}}", "{'a':{'c':3,'d':4}}", "{'a':{'b':1,'c':3,'d':4}}"},
    {"null removes", "{'a':{'b':1,'c':2}}", "{'a':{'b':null},'z':null}", "{'a':{'c':2}}"},
    {"other lists are replaced", "{'a':[{'name':'x','b':1}]}", "{'a':[{'name':'x'}]}",
     "{'a':[{'name':'x'}]}"},
    {"items merge by name", "{'list':[{'name':'x','b':1},{'name':'y'}]}",
     "{'list':[{'name':'y','c':2},{'name':'x','b':null}]}",
     "{'list':[{'name':'x'},{'name':'y','c':2}]}"},
    {"other items are added", "{'list':[{'name':'x'}]}", "{'list':[{'name':'y','c':null}]}",
     "{'list':[{'name':'x'},{'name':'y'}]}"},
    {"lists in items merge", "{'list':[{'name':'x','inner':[{'name':'a','v':1}]}]}",
     "{'list':[{'name':'x','inner':[{'name':'a','v':2},{'name':'b'}]}]}",
     "{'list':[{'name':'x','inner':[{'name':'a','v':2},{'name':'b'}]}]}"},
    {"an item is taken away", "{'list':[{'name':'x'},{'name':'y'}]}",
     "{'list':[{'name':'x','remove':true}]}", "{'list':[{'name':'y'}]}"},
    {"what takes nothing away stays", "{}", "{'list':[{'name':'x','remove':true}]}",
     "{'list':[{'name':'x','remove':true}]}"},
    {"namesakes of one list stay", "{'list':[{'name':'x','a':1}]}",
     "{'list':[{'name':'x','b':2},{'name':'x','c':3}]}",
     "{'list':[{'name':'x','a':1,'b':2},{'name':'x','c':3}]}"},
    {"items without a name are added", "{'list':[{'a':1},7]}", "{'list':[{'a':1},{'name':5},7]}",
     "{'list':[{'a':1},7,{'a':1},{'name':5},7]}"},
    {"a list in the place of another value", "{'list':{'name':'x'}}", "{'list':[{'name':'x'}]}",
     "{'list':[{'name':'x'}]}"},
    {"an object that is replaced", "{'one':{'a':1},'b':{'one':{'c':1}}}",
     "{'one':{'b':2},'b':{'one':{'d':1}}}", "{'one':{'b':2},'b':{'one':{'d':1}}}"},
};

/* JSON with its quotes written as apostrophes. */
static struct json_object *parse(const char *text)
{
    char copy[512];

    snprintf(copy, sizeof copy, "%s", text);
    for (char *at = copy; *at; at++)
        if (*at == '\'')
            *at = '"';
    return json_tokener_parse(copy);
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct json_object *target = parse(cases[i].target), *patch = parse(cases[i].patch);
        struct json_object *before = parse(cases[i].patch), *merged = parse(cases[i].merged);

        merge_documents(target, patch, &rules);
        check_text(cases[i].name, json_object_to_json_string(target),
                   json_object_to_json_string(merged));
        check("the patch stays", json_object_equal(patch, before), "%s",
              json_object_to_json_string(patch));
        json_object_put(target);
        json_object_put(patch);
        json_object_put(before);
        json_object_put(merged);
    }
    return check_done();
}
