# The service of this scenario: an office that remembers who has called.
# SPDX-License-Identifier: Apache-2.0

@0xb8e9d0c4a7f31625;

interface Office @0x8f36c1d59ae0427b {
  call @0 (name :Text) -> (calls :UInt32, name :Text);
      # how many calls the caller's session has made so far, and the name that it discloses; the parameter says nothing
  ticket @1 () -> (ticket :Office);  # the one ticket that there is
  tickets @2 () -> (left :UInt32);
  close @3 ();                       # ends the service
}
