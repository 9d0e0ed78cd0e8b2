# Fields of every kind, for the tests of the JSON codec.
# SPDX-License-Identifier: Apache-2.0

@0xb6d3a1f0c2e49587;

struct Rich @0xd8f1c5a37e904b26 {
  # Everything at once.
  nothing @0 :Void;
  truth @1 :Bool;
  lie @2 :Bool = true;
  i8 @3 :Int8;
  i16 @4 :Int16 = -300;
  i32 @5 :Int32;
  i64 @6 :Int64 = -9007199254740993;
  u8 @7 :UInt8 = 200;
  u16 @8 :UInt16;
  u32 @9 :UInt32 = 0xdeadbeef;
  u64 @10 :UInt64;
  f32 @11 :Float32 = 1.5;
  f64 @12 :Float64;
  colour @13 :Colour = green;  # one of three
  text @14 :Text;
  named @15 :Text = "a default";
  data @16 :Data;
  inner @17 :Inner;
  truths @18 :List(Bool);
  nothings @19 :List(Void);
  bytes @20 :List(Int8);
  longs @21 :List(UInt64);
  reals @22 :List(Float64);
  colours @23 :List(Colour);
  texts @24 :List(Text);
  datas @25 :List(Data);
  inners @26 :List(Inner);
  table @27 :List(List(Int16));
  tables @28 :List(List(Inner));
  service @29 :Service;
  services @30 :List(Service);
  any @31 :AnyPointer;
  union {
    first @32 :UInt16;
    second @33 :Text;
    third @34 :Void;
    pair :group {
      left @35 :Int32;
      right @36 :Text;
    }
  }
  either :union {
    none @37 :Void;
    child @38 :Rich;
    number @39 :Float32;
  }
  place :group {
    x @40 :Int32 = -1;
    y @41 :Int32;
    deep :group {
      note @42 :Text;
      level @43 :UInt8;
    }
  }
  many @44 :List(Rich);

  enum Colour { red @0; green @1; blueIsh @2; }

  struct Inner @0xe2a7d90b1c3f5864 {
    a @0 :UInt8;
    b @1 :Text;
    c @2 :Float32 = -0.25;
  }
}

interface Service @0xf35b8c6d2a1e9047 {
  # Does things.
  ask @0 (question :Text) -> (answer :Text);  # any question
  stop @1 ();
}

struct Tower @0xa1c4e7f20b3d6859 {
  twin :group { v @0 :UInt8; }
  next :group {
    twin :group { v @1 :UInt8; }
    next :group {
      twin :group { v @2 :UInt8; }
      next :group {
        twin :group { v @3 :UInt8; }
        next :group {
          twin :group { v @4 :UInt8; }
          next :group {
            twin :group { v @5 :UInt8; }
            next :group {
              twin :group { v @6 :UInt8; }
              next :group {
                twin :group { v @7 :UInt8; }
                next :group {
                  twin :group { v @8 :UInt8; }
                  next :group {
                    twin :group { v @9 :UInt8; }
                    next :group {
                      twin :group { v @10 :UInt8; }
                      next :group {
                        twin :group { v @11 :UInt8; }
                        next :group {
                          twin :group { v @12 :UInt8; }
                          next :group {
                            twin :group { v @13 :UInt8; }
                            next :group {
                              twin :group { v @14 :UInt8; }
                              next :group {
                                twin :group { v @15 :UInt8; }
                                next :group {
                                  leaf @16 :UInt8;
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
