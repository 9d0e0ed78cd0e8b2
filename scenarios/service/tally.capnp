# The service of this scenario.
# SPDX-License-Identifier: Apache-2.0

@0xd23b958efdfc1e71;

interface Tally @0xaba55573d21fe1a4 {
  add @0 (by :UInt64) -> (sum :UInt64);                  # to the account of the client that calls
  spare @1 () -> ();                                     # not in the service's table
  pages @2 (memory :Capability) -> (pages :UInt32);      # the service asks the capability itself
  ignore @3 (one :Capability, other :Capability) -> ();  # takes neither
  give @4 () -> (one :Capability, other :Capability);    # two clients of the service's own
  later @5 (number :UInt64) -> (number :UInt64);         # answered by answerAll()
  answerAll @6 () -> (calls :UInt32);
  fill @7 (len :UInt32) -> (bytes :Data);                # more than the service has room for is refused
  caps @8 () -> (used :UInt32);                          # capabilities that the service's process holds
  exit @9 () -> ();                                      # the process ends, and answers nobody
  stop @10 () -> ();                                     # the thread that serves this ends
  meet @11 () -> (other :UInt64);                        # waits for another one; the thread that served that
}
