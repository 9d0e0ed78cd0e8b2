# What the benchmarks of messages encode and decode: ten fields of the usual kinds.
# SPDX-License-Identifier: Apache-2.0

@0xf212a71c85f5f29c;

struct Record {
  id @0 :UInt64;
  size @1 :UInt32;
  port @2 :UInt16;
  priority @3 :UInt8;
  valid @4 :Bool;
  offset @5 :Int64;
  ratio @6 :Float64;
  mode @7 :Mode;
  name @8 :Text;
  digest @9 :Data;   # 32 bytes

  enum Mode { none @0; read @1; write @2; }
}
