/*
 * Tests session/scope.c: every case of the decision, and what a receiver's entry says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/scope.h"

#include "object/endpoint.h"
#include "object/forwarder.h"
#include "session/reference.h"
#include "session/session.h"
#include "test/check.h"

static struct session one = {.id = 2}, two = {.id = 3};
static struct endpoint endpoint = {.id = 9};
static unsigned n_computed;

void reference_get(uint64_t endpoint_id, uint64_t session_id, uint64_t reference[2])
{
    n_computed++;
    reference[0] = endpoint_id;
    reference[1] = session_id;
}

static err_t decide(enum cap_scope scope, bool first_hand, bool same, enum crossing how)
{
    const struct cap cap = {.rights = {.scope = (uint8_t)scope, .first_hand = first_hand}};

    return session_allows(&cap, &one, same ? &one : &two, how);
}

TEST(who_made_it_gives_it_to_anyone)
{
    for (enum cap_scope scope = 0; scope < CAP_SCOPES; scope++) {
        for (enum crossing how = CROSS_MESSAGE; how <= CROSS_LAUNCH; how++) {
            CHECK(decide(scope, true, true, how) == ERR_OK);
            CHECK(decide(scope, true, false, how) == ERR_OK);
        }
    }
    PASS;
}

/* From one who has received it. */
TEST(the_scope_says_how_far_it_goes)
{
    static const struct {
        enum cap_scope scope;
        bool same;
        enum crossing how;
        err_t expected;
    } cases[] = {
        {CAP_SHAREABLE, true, CROSS_MESSAGE, ERR_OK},
        {CAP_SHAREABLE, true, CROSS_SPAWN, ERR_OK},
        {CAP_SHAREABLE, true, CROSS_LAUNCH, ERR_OK},
        {CAP_SHAREABLE, false, CROSS_MESSAGE, ERR_OK},
        {CAP_SHAREABLE, false, CROSS_LAUNCH, ERR_OK},
        {CAP_SAME_SESSION, true, CROSS_MESSAGE, ERR_OK},
        {CAP_SAME_SESSION, true, CROSS_SPAWN, ERR_OK},
        {CAP_SAME_SESSION, true, CROSS_LAUNCH, ERR_OK},
        {CAP_SAME_SESSION, false, CROSS_MESSAGE, ERR_SCOPE},
        {CAP_SAME_SESSION, false, CROSS_LAUNCH, ERR_SCOPE},
        {CAP_REGRANT, true, CROSS_MESSAGE, ERR_SCOPE},
        {CAP_REGRANT, true, CROSS_SPAWN, ERR_SCOPE},
        {CAP_REGRANT, true, CROSS_LAUNCH, ERR_OK},
        {CAP_REGRANT, false, CROSS_MESSAGE, ERR_SCOPE},
        {CAP_REGRANT, false, CROSS_LAUNCH, ERR_OK},
    };

    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        CHECK(decide(cases[i].scope, false, cases[i].same, cases[i].how) == cases[i].expected);
    PASS;
}

static struct cap client(void)
{
    return (struct cap){.object = &endpoint.object,
                        .rights = {.interface_id = 0x11,
                                   .cookie = 5,
                                   .reference = {7, 8},
                                   .disclosure = 3,
                                   .facet = FACET_CLIENT,
                                   .scope = CAP_SAME_SESSION,
                                   .first_hand = true}};
}

/* All but who made it goes along. */
TEST(a_receiver_has_it_at_second_hand)
{
    struct cap cap = client();

    session_receive(&cap, &one, &one);
    CHECK(!cap.rights.first_hand && cap.rights.interface_id == 0x11 && cap.rights.cookie == 5);
    CHECK(cap.rights.disclosure == 3 && cap.rights.facet == FACET_CLIENT);
    CHECK(cap.rights.scope == CAP_SAME_SESSION);
    PASS;
}

TEST(a_reference_is_the_receivers_sessions)
{
    struct cap same = client(), other = client();

    n_computed = 0;
    session_receive(&same, &one, &one);
    CHECK(same.rights.reference[0] == 7 && same.rights.reference[1] == 8 && n_computed == 0);
    session_receive(&other, &one, &two);
    CHECK(other.rights.reference[0] == 9 && other.rights.reference[1] == 3 && n_computed == 1);
    PASS;
}

/* What was revoked takes nothing of its sender's along. */
TEST(a_revoked_client_has_no_reference)
{
    struct forwarder revoked = {.target = NULL};
    struct cap cap = client();

    n_computed = 0;
    cap.object = &revoked.object;
    cap.rights.forwarded = true;
    session_receive(&cap, &one, &two);
    CHECK(cap.rights.reference[0] == 0 && cap.rights.reference[1] == 0 && n_computed == 0);
    PASS;
}

TEST(other_objects_have_no_reference)
{
    struct cap cap = {.object = &endpoint.object};

    n_computed = 0;
    session_receive(&cap, &one, &two);
    CHECK(n_computed == 0);
    PASS;
}

int main(void)
{
    RUN(who_made_it_gives_it_to_anyone);
    RUN(the_scope_says_how_far_it_goes);
    RUN(a_receiver_has_it_at_second_hand);
    RUN(a_reference_is_the_receivers_sessions);
    RUN(a_revoked_client_has_no_reference);
    RUN(other_objects_have_no_reference);
    TESTS_END;
}
