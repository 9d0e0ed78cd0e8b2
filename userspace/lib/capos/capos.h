/*
 * The whole native runtime.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/interfaces.h"
#include "abi/start.h"
#include "capos/call.h"
#include "capos/check.h"
#include "capos/console.h"
#include "capos/endpoint.h"
#include "capos/format.h"
#include "capos/memory.h"
#include "capos/process.h"
#include "capos/start.h"
#include "capos/string.h"
#include "capos/syscall.h"
#include "capos/system.h"
#include "capos/thread.h"
#include "capos/thread_start.h"
#include "capos/timer.h"
