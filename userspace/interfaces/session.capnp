# What a session's fields mean: to the kernel they are bytes.
# SPDX-License-Identifier: Apache-2.0
#
# A field's number is its place in SessionFactory.create(), and in a mask of fields its bit. Texts are UTF-8, at most 32
# bytes. A session lacks what is empty.

@0xd1f6b3a27c9e4580;

enum SessionField @0x9c1d7be2a4f05368 {
  principal @0;     # who it is: 16 bytes of its account, the same in each of its sessions
  kind @1;          # a byte: SessionKind
  name @2;          # text: what people call it
  profile @3;       # text: the resource profile that it was given
  authStrength @4;  # a byte: AuthStrength
  source @5;        # text: where it came from, like "terminal" or "remote"
}

enum SessionKind @0xf2b80c65d7e1934a {
  system @0;
  operator @1;
  user @2;
  guest @3;         # known to be nobody in particular
  anonymous @4;     # not known
}

enum AuthStrength @0xb7a9e03f51c8d264 {
  none @0;          # nothing was asked
  password @1;
  publicKey @2;
  hardware @3;      # a key that cannot be copied
}
