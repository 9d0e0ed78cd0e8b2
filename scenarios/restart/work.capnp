# What the services of this scenario say to each other.
# SPDX-License-Identifier: Apache-2.0

@0xd092893c55de492d;

# One service after the other, in the manifest's order: so the log of init has one order, too.
interface Turns @0x8482ff6cadcb0cf4 {
  take @0 ();           # is answered when all services before the caller's have come to their end
}

interface Work @0xba6ed5783132c98e {
  twice @0 (number :UInt32) -> (number :UInt32, client :UInt64);
  crash @1 ();          # ends the server
}
