# The boot package: what the loader hands to the kernel beside it.
# SPDX-License-Identifier: Apache-2.0
#
# The file is one message of a single segment without framing (capnp's format "flat"), preferably canonical.
# The kernel reads it in place. tools/mkmanifest writes it.

@0x962b4dc82171dad0;

struct BootPackage @0xc76285a1b3ea9e20 {
  manifest @0 :Data;          # for init; the kernel does not look at it
  images @1 :List(Image);     # at most 64
}

struct Image @0xc172cc9f8ad2422e {
  name @0 :Text;              # unique; 1 to 63 printable ASCII characters
  sha256 @1 :Data;            # 32 bytes, of elf
  elf @2 :Data;               # not empty
}
