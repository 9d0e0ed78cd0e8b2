# A struct with a field of each kind that the reader and the builder know, for their tests.
# SPDX-License-Identifier: Apache-2.0

@0xef7b904893f96a9a;

struct Sample {
  u64 @0 :UInt64;
  u32 @1 :UInt32;
  u16 @2 :UInt16;
  u8 @3 :UInt8;
  first @4 :Bool;
  second @5 :Bool;
  third @6 :Bool;
  text @7 :Text;
  data @8 :Data;
  inner @9 :Inner;
  list @10 :List(Inner);
  unset @11 :Text;
  emptyText @12 :Text;

  struct Inner {
    value @0 :UInt32;
    flag @1 :Bool;
    text @2 :Text;
  }
}
