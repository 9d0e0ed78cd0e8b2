# One of everything that a schema can say, for the tests of the generator.
# SPDX-License-Identifier: Apache-2.0

@0xc2ac4a5c32ac2ac9;

using C = import "/abi/c.capnp";
using Other = import "other.capnp";

$C.prefix("rich");

struct Root @0x9ac6c4ac1b0a1f01 {
  # A struct with fields of every type.
  #
  # Its comment ends */ and begins /* one.

  nothing @0 :Void;
  flag @1 :Bool;
  tiny @2 :Int8;
  small @3 :Int16;
  medium @4 :Int32;
  large @5 :Int64;
  byte @6 :UInt8;
  short @7 :UInt16;
  int @8 :UInt32;     # a keyword of C
  long @9 :UInt64;
  single @10 :Float32;
  double @11 :Float64;
  colour @12 :Colour;
  text @13 :Text;
  data @14 :Data;
  leaf @15 :Leaf;
  foreign @16 :Other.Foreign;
  kind @17 :Other.Kind;

  group :group {
    # Fields of a group lie among those of its struct.
    first @18 :UInt32;
    inner :group {
      second @19 :Text;
      third @20 :Bool;
    }
  }

  union {
    left @21 :Void;
    middle @22 :Int32 = -77;
    right :group {
      words @23 :Text;
      number @24 :UInt64;
      choice :union {
        one @25 :UInt8;
        two @26 :Leaf;
      }
    }
    leaves @27 :List(Leaf);
    sign @28 :Bool = true;
  }

  named :union {
    a @29 :Float64 = 2.5;
    b @30 :Data;
    c @31 :Void;
  }

  lists @32 :Lists;
  defaults @33 :Defaults;
  tree @34 :Tree;
  any @35 :AnyPointer;
  anyStruct @36 :AnyStruct;
  anyList @37 :AnyList;
  older @38 :Older;
  newer @39 :Newer;
}

enum Colour @0xa9b2d6c5e0d3a102 {
  red @0;
  darkGreen @1;   # of leaves
  hTTPBlue @2;
}

struct Leaf @0xb3a2c6c1e0d3a103 {
  number @0 :UInt16;
  text @1 :Text;
}

struct Lists @0xd3a2c6c1e0d3a104 {
  nothings @0 :List(Void);
  bools @1 :List(Bool);
  int8s @2 :List(Int8);
  int16s @3 :List(Int16);
  int32s @4 :List(Int32);
  int64s @5 :List(Int64);
  bytes @6 :List(UInt8);
  shorts @7 :List(UInt16);
  ints @8 :List(UInt32);
  longs @9 :List(UInt64);
  floats @10 :List(Float32);
  doubles @11 :List(Float64);
  colours @12 :List(Colour);
  texts @13 :List(Text);
  datas @14 :List(Data);
  leaves @15 :List(Leaf);
  grid @16 :List(List(UInt16));
  deep @17 :List(List(List(Leaf)));
  empties @18 :List(Empty);
  foreigns @19 :List(Other.Foreign);
}

struct Empty @0xe3a2c6c1e0d3a105 {}

struct Defaults @0xf3a2c6c1e0d3a106 {
  flag @0 :Bool = true;
  tiny @1 :Int8 = -128;
  small @2 :Int16 = -300;
  medium @3 :Int32 = -2147483648;
  large @4 :Int64 = -9223372036854775808;
  byte @5 :UInt8 = 255;
  short @6 :UInt16 = 65535;
  int @7 :UInt32 = 4294967295;
  long @8 :UInt64 = 18446744073709551615;
  single @9 :Float32 = -1.5;
  double @10 :Float64 = inf;
  wrong @11 :Float64 = nan;
  colour @12 :Colour = darkGreen;
  text @13 :Text = "héllo \"\\?\n";
  data @14 :Data = 0x"00 ff 22";
  leaf @15 :Leaf = (number = 7, text = "seven");
  shorts @16 :List(UInt16) = [1, 2, 3];
  texts @17 :List(Text) = ["one", "", "three"];
  leaves @18 :List(Leaf) = [(number = 1), (text = "two")];
  bools @19 :List(Bool) = [true, false, true];
}

struct Tree @0x93a2c6c1e0d3a107 {
  # Declared around what it consists of.

  const bound :UInt16 = 3;

  value @0 :Node;
  left @1 :Tree;
  children @2 :List(Tree);

  struct Node @0x83a2c6c1e0d3a108 {
    enum State @0x83a2c6c1e0d3a109 { off @0; on @1; }
    state @0 :State;
  }
}

struct Older @0x83a2c6c1e0d3a10a {
  # What Newer was once.

  number @0 :UInt16;
  text @1 :Text;
  numbers @2 :List(UInt16);
}

struct Newer @0x83a2c6c1e0d3a10b {
  number @0 :UInt16;
  text @1 :Text;
  numbers @2 :List(Pair);   # the numbers have grown into structs
  more @3 :UInt64 = 42;
  moreText @4 :Text = "new";
  union {
    old @5 :Void;
    new @6 :Int32;
  }

  struct Pair @0x83a2c6c1e0d3a10c {
    first @0 :UInt16;
    second @1 :UInt16 = 9;
  }
}

struct Caps @0x83a2c6c1e0d3a10d {
  typed @0 :Service;
  any @1 :Capability;
  list @2 :List(Service);
  renamed @3 :UInt32 $C.name("other_name");
}

interface Service @0x83a2c6c1e0d3a10e {
  # Methods of every kind.

  none @0 ();
  numbers @1 (flag :Bool, small :Int8, colour :Colour, ratio :Float32) -> (flag :Bool, large :UInt64 = 5, call :Int32);
  bytes @2 (text :Text, data :Data) -> (text :Text, data :Data);
  caps @3 (first :Service, any :Capability) -> (second :Capability, first :Service, note :Text);
  structs @4 (leaf :Leaf, leaves :List(Leaf)) -> (any :AnyPointer);
  named @5 Leaf -> Other.Foreign;
  default @6 (int :UInt32 $C.name("unsigned_number")) -> () $C.name("usual");  # keywords of C
}

const yes :Bool = true;
const least :Int64 = -9223372036854775808;
const most :UInt64 = 18446744073709551615;
const lesser :Int32 = -2147483648;
const half :Float32 = 0.5;
const never :Float64 = nan;
const favourite :Colour = hTTPBlue;
const title :Text = "a \"title\"\\ with\n\"é\" ??/";
const blob :Data = 0x"de ad be ef 00";
const origin :Leaf = (number = 3, text = "origin");
const primes :List(UInt16) = [2, 3, 5, 7];
const words :List(Text) = ["alpha", "beta"];
