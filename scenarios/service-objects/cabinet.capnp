# The service of this scenario: a cabinet that gives out drawers.
# SPDX-License-Identifier: Apache-2.0

@0xf1c6d1a8e0b7a3c5;

interface Cabinet @0xc3a9b7d1e5f02846 {
  open @0 (label :Text) -> (drawer :Drawer);  # an empty one
  used @1 () -> (caps :UInt32);               # capabilities that the service's process holds
  close @2 ();                                # the endpoint: no call is answered any more
}

interface Drawer @0x9d4e2c6fb8a17035 {
  put @0 (number :UInt64) -> ();
  look @1 (cookie :UInt64, label :Text) -> (cookie :UInt64, label :Text, number :UInt64);
      # into the drawer that the capability is for, whatever the parameters say
  giveUp @2 ();                               # the drawer is forgotten
}
