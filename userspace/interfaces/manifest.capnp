# What init starts: services, what each is granted, and when the system ends.
# SPDX-License-Identifier: Apache-2.0
#
# The manifest of the boot package is one SystemManifest: a message of a single segment without framing. mkmanifest
# makes it from JSON. init checks all of it before it starts anything, and refuses it whole.
#
# Names of services, grants and exports are 1 to 31 letters, digits, '-', '_' and '.'.

@0xf871e1883476650d;

using Kernel = import "/abi/kernel.capnp";
using C = import "/abi/c.capnp";

struct SystemManifest @0xf9a552ac49cdfcdf $C.name("manifest") {
  name @0 :Text;                # of the system, for people
  services @1 :List(Service);   # at most 24
  powerOff @2 :PowerOff;

  enum PowerOff {
    whenIdle @0;                # when no service runs and none will be started again
    whenTold @1;                # only by Power.off() or the end of an essential service
  }

  struct Service @0xcc3190027658da68 {
    # A program that init starts and watches. It has the grants and the exports that stand here, and nothing else.

    name @0 :Text;              # unique
    program @1 :Text;           # an image of the boot package
    arguments @2 :List(Text);   # from argv[1] on; none is empty; with the environment at most 2048 bytes
    environment @3 :List(Text); # each NAME=value
    grants @4 :List(Grant);     # with the exports at most 32
    exports @5 :List(Export);
    after @6 :List(Text);       # services that are started first, as those are whose exports are granted
    restart @7 :Restart;
    budget @8 :Kernel.Budget;   # 0: the kernel's usual
    arenaPages @9 :UInt32;      # of the first thread; 0: the kernel's usual
    essential @10 :Bool;        # its end, when it is not started again, ends the system
  }

  struct Grant @0xc7ee48a058fcc31d {
    # A capability that a service holds from its start.

    name @0 :Text;              # in the service; unique among its grants and exports
    interface @1 :Text;         # for people: mkmanifest looks the id up
    interfaceId @2 :UInt64;     # what it must be; 0: whatever the source is
    source :union {
      kernel @3 :Text;          # a grant of init's own, by its name
      init @4 :Text;            # what init serves: "services" (ServiceDirectory) or "power" (Power)
      export :group {
        service @5 :Text;       # another service
        name @6 :Text;          # one of its exports
      }
    }
  }

  struct Export @0xfa0b8095167f3074 {
    # An interface that a service serves. init makes the endpoint and keeps it. The service finds the serving side
    # under this name, each time it is started. Clients wait while it is down, and are refused (disconnected) once it
    # will not be started again.

    name @0 :Text;
    interface @1 :Text;
    interfaceId @2 :UInt64;     # not 0
  }

  struct Restart @0xf965819e0337a390 {
    # What follows when a service ends, or cannot be started.

    policy @0 :Policy;
    limit @1 :UInt32;           # so often in a row; then it is given up; 0: 5
    backOff @2 :UInt64;         # nanoseconds before the first; twice as many before each next, up to a minute; 0: 10 ms
    settled @3 :UInt64;         # one that ran so many nanoseconds starts the row anew; 0: 10 s

    enum Policy {
      never @0;
      onFailure @1;             # unless it exited with the code 0
      always @2;
    }
  }
}
