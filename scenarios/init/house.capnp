# What the services of this scenario say to each other.
# SPDX-License-Identifier: Apache-2.0

@0xb50b94aceadf3a29;

interface Door @0xae3dda0aa25be185 {
  ring @0 (name :Text) -> (greeting :Text);  # at most 20 bytes of name
}

interface Book @0xf6c4d7bdfd1cd3e6 {
  enter @0 (name :Text) -> (number :UInt32, page :UInt64);  # page: of whose calls this is one
}
