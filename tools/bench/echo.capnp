# What the benchmarks' servers answer: messages of 64 bytes both ways, with the pointer to the root.
# SPDX-License-Identifier: Apache-2.0

@0xbd01ac72c0a5a1d3;

interface Echo @0xa9d8c9a4c1f0b6e5 {
  swap @0 (a :UInt64, b :UInt64, c :UInt64, d :UInt64, e :UInt64, f :UInt64, g :UInt64)
      -> (a :UInt64, b :UInt64, c :UInt64, d :UInt64, e :UInt64, f :UInt64, g :UInt64);
}
