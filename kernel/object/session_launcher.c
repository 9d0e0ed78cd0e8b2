/*
 * SessionLauncher (kernel.capnp): starts programs in its session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/session_launcher.h"

#include "abi/kernel.capnp.h"
#include "object/process_spawner.h"
#include "ring/invocation.h"
#include "session/holder.h"
#include "session/session.h"

/* The spawner reads the parameters and builds the results as its own. */
_Static_assert(SESSION_LAUNCHER_SPAWN_PARAMS_WORDS == PROCESSES_SPAWN_PARAMS_WORDS &&
                   SESSION_LAUNCHER_SPAWN_RESULTS_WORDS == PROCESSES_SPAWN_RESULTS_WORDS,
               "two methods of one shape");

static err_t spawn(struct invocation *invocation)
{
    struct session *session = holder_session(invocation->object);

    if (!session->live)
        return ERR_STALE_SESSION;
    return process_spawner_spawn(invocation, session, CROSS_LAUNCH);
}

static const struct method methods[SESSION_LAUNCHER_METHODS] = {
    [SESSION_LAUNCHER_SPAWN] = {spawn, RESULT_WORDS(SESSION_LAUNCHER_SPAWN), 1, .takes_caps = true},
};

const struct object_type session_launcher_type = {
    .name = "session launcher",
    .interface_id = INTERFACE_SESSION_LAUNCHER,
    .methods = methods,
    .n_methods = SESSION_LAUNCHER_METHODS,
    .destroy = holder_destroy,
    .session_bound = true,
};
