# A small schema, whose C code stands in sample.capnp.h and sample.calls.h for people to read.
# SPDX-License-Identifier: Apache-2.0

@0xd0a4c5a8b1c2d3e4;

struct Point @0xd0a4c5a8b1c2d3e5 {
  # Where something is.

  x @0 :Int32;
  y @1 :Int32 = -1;      # from the bottom
  name @2 :Text;

  union {
    plain @3 :Void;
    colour @4 :Colour;
  }
}

enum Colour @0xd0a4c5a8b1c2d3e6 { red @0; darkGreen @1; }

interface Map @0xd0a4c5a8b1c2d3e7 {
  # Points by name.

  find @0 (name :Text) -> (x :Int32, y :Int32, layer :Map);  # the point, and the map that it is on
  put @1 (points :List(Point));
}

const origin :Point = (x = 0, y = 0, name = "origin");
