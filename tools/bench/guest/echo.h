/*
 * The server that the benchmarks of calls have.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The program "echo", granted its endpoint under that name, takes requests of at most ECHO_ROOM
 * bytes, answers each with ECHO_ANSWER bytes, and drops the capabilities that come along, or keeps
 * them if it is given an argument. It looks at no message, nor do its callers: what is measured is
 * the way. It ends when its endpoint is closed.
 */
#pragma once

#define ECHO_ROOM   4096
#define ECHO_ANSWER 64
