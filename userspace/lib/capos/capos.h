/*
 * The whole native runtime.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <string.h>

#include "abi/kernel.calls.h"
#include "abi/start.h"
#include "capos/arena.h"
#include "capos/budget.h"
#include "capos/call.h"
#include "capos/check.h"
#include "capos/clock.h"
#include "capos/console.h"
#include "capos/format.h"
#include "capos/notification.h"
#include "capos/objects.h"
#include "capos/page.h"
#include "capos/park.h"
#include "capos/process.h"
#include "capos/service.h"
#include "capos/session.h"
#include "capos/start.h"
#include "capos/syscall.h"
#include "capos/thread_start.h"
#include "capos/words.h"
