# The service that this scenario calls.
# SPDX-License-Identifier: Apache-2.0

@0xd6b6725f2915722c;

interface Desk @0xfb59cffc4928ec0a {
  echo @0 (number :UInt64, text :Text) -> (number :UInt64, text :Text);
  hold @1 (number :UInt64) -> (number :UInt64);  # answered by free() of that number
  free @2 (number :UInt64) -> (held :UInt32);    # how many it holds after that; one that it does not hold is refused
  refuse @3 (reason :Text) -> ();                # as a service refuses, with that reason
  refuseAtLength @4 (len :UInt32) -> ();         # with so many bytes of reason, past the library
  close @5 () -> ();                             # the service ends
}
