# A schema that others import.
# SPDX-License-Identifier: Apache-2.0

@0xe2ac4a5c32ac2aca;

using C = import "/abi/c.capnp";

$C.prefix("other");

struct Foreign @0xe3b2c6c1e0d3a101 {
  id @0 :UInt64;
  kind @1 :Kind;
}

enum Kind @0xe3b2c6c1e0d3a102 { plain @0; fancy @1; }
