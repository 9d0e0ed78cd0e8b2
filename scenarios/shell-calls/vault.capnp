# The service that the shell calls here.
# SPDX-License-Identifier: Apache-2.0

@0xe2053739933e10b2;

using Kernel = import "/abi/kernel.capnp";

interface Vault @0xbc3e51f2e0abcb6d {
  # Values of all kinds, capabilities in and out, and calls that end badly.

  shapes @0 (shapes :List(Shape), title :Text = "untitled") -> (count :UInt32, largest :Shape, title :Text);
      # Counts them, and gives back the one with the largest area.
  keep @1 (clock :Kernel.Timer) -> (); # instead of the one before
  ask @2 () -> (answered :Bool);       # whether the clock that is kept answers
  take @3 () -> (clock :Kernel.Timer); # the clock, which is kept no longer; null: there is none
  wait @4 () -> ();                    # never answers
  refuse @5 (len :UInt32) -> ();       # with a reason of so many letters
  leave @6 () -> ();                   # ends the service, and answers nobody
  stallClock @7 () -> (clock :Kernel.Timer, same :Kernel.Timer);  # one that never answers, by two pointers
  stallPackage @8 () -> (package :Kernel.BootPackage);            # one that never answers
  lend @10 (clock :Kernel.Timer) -> (clock :Kernel.Timer);        # the same, until it is called back
  callBack @11 () -> ();                                          # what was lent last
  count @9 (clocks :List(Kernel.Timer)) -> (count :UInt32);       # how many came

  struct Shape @0xcd3f7779ccc06c2d {
    name @0 :Text;
    colour @1 :Colour;
    area @2 :Float64;
    union {
      circle @3 :Void;
      sides @4 :List(Int16);
    }
  }

  enum Colour @0xd2ffec9aa14eeb7b { red @0; green @1; blue @2; }
}
