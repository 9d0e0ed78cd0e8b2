# The interface of the kernel that fails to allocate on demand (kernel/inject/README.md).
# SPDX-License-Identifier: Apache-2.0

@0xb61ff5e8c9f0a4d7;

using C = import "c.capnp";

interface FaultInjection @0xd1a7c3f06be29b54 $C.name("inject") {
  # Allocations of the whole machine: of objects from pools, and of frames. The pools' own frames count as well.

  arm @0 (nth :UInt64, n :UInt64);  # from now on the nth allocation (1: the next) and those behind it fail, n in all
  disarm @1 () -> (asked :UInt64, failed :UInt64);  # allocations since then, and how many of them failed
  census @2 () -> (frames :UInt64, objects :UInt64);
      # in use, without frames that pools keep for the next object; those are given back first
  pool @3 (index :UInt32) -> (name :Text, used :UInt64, failed :UInt64);
      # one pool after the other: objects in use, allocations that failed since boot; "frames" is the first.
      # NOT_FOUND: there are no more
}
