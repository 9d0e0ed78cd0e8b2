# Everything that a schema can say of data, for the test against the C++ library.
# SPDX-License-Identifier: Apache-2.0

@0xe2c5cbb2c9f5b0d1;

enum Colour {
  red @0;
  green @1;
  blue @2;
}

struct Point {
  x @0 :Int16;
  y @1 :Int16 = -1;
  label @2 :Text;
}

struct Tree {
  name @0 :Text;
  branches @1 :List(Tree);
}

struct Empty {}

struct Rich {
  void @0 :Void;
  bool @1 :Bool;
  int8 @2 :Int8;
  int16 @3 :Int16;
  int32 @4 :Int32;
  int64 @5 :Int64;
  uint8 @6 :UInt8;
  uint16 @7 :UInt16;
  uint32 @8 :UInt32;
  uint64 @9 :UInt64;
  float32 @10 :Float32;
  float64 @11 :Float64;
  text @12 :Text;
  data @13 :Data;
  colour @14 :Colour;
  point @15 :Point;
  tree @16 :Tree;
  empty @17 :Empty;
  any @18 :AnyPointer;

  defaultBool @19 :Bool = true;
  defaultInt @20 :Int32 = -7;
  defaultFloat @21 :Float64 = 0.5;
  defaultText @22 :Text = "default";
  defaultData @23 :Data = 0x"00 ff";
  defaultColour @24 :Colour = blue;
  defaultPoint @25 :Point = (x = 3, label = "there");
  defaultList @26 :List(UInt16) = [1, 2, 3];

  voids @27 :List(Void);
  bools @28 :List(Bool);
  bytes @29 :List(UInt8);
  shorts @30 :List(Int16);
  ints @31 :List(UInt32);
  longs @32 :List(Int64);
  floats @33 :List(Float32);
  doubles @34 :List(Float64);
  texts @35 :List(Text);
  datas @36 :List(Data);
  colours @37 :List(Colour);
  points @38 :List(Point);
  empties @39 :List(Empty);
  lists @40 :List(List(List(Bool)));
  structLists @41 :List(List(Point));

  group :group {
    inner @42 :UInt8;
    deeper :group {
      text @43 :Text;
      union {
        small @44 :UInt8;
        large @45 :Point;
      }
    }
  }

  choice :union {
    nothing @46 :Void;
    number @47 :UInt64;
    bit @48 :Bool;
    words @49 :Text;
    points @50 :List(Point);
    any @51 :AnyPointer;
    pair :group {
      left @52 :Rich;
      right @53 :Text;
    }
  }

  union {
    first @54 :UInt16 = 5;
    second @55 :Colour;
    third @56 :Tree;
  }
}
