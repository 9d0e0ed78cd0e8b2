# What init itself serves: how the services are, and the end of the system.
# SPDX-License-Identifier: Apache-2.0

@0xd3d0bb4a4f840153;

using Kernel = import "/abi/kernel.capnp";
using C = import "/abi/c.capnp";

interface ServiceDirectory @0x819fd96d3a374ec3 $C.name("services") {
  list @0 () -> (services :List(Status));  # in the manifest's order

  struct Status @0x932cc4ac5764d6e9 {
    name @0 :Text;
    program @1 :Text;
    state @2 :State;
    restarts @3 :UInt32;   # since the system began
    id @4 :UInt64;         # of the running process; 0 when none runs
    reason @5 :Kernel.ProcessHandle.Reason;  # of the last end, if there was one, with its code
    code @6 :UInt32;
  }

  enum State {
    waiting @0;   # for its turn, or for its next start
    running @1;
    ended @2;     # and will not be started again
    failed @3;    # the same, after it could not be started or was given up
  }
}

interface Power @0xcc0255d23ec68b80 {
  off @0 ();      # ends all services, the last one started first, and the system
}
