# Annotations for the C code that tools/capnpc-capos makes of a schema.
# SPDX-License-Identifier: Apache-2.0

@0xaefc1f4d8de7ec4b;

annotation name @0xf3f1a0ffd8a4e4a6 (struct, interface, enum, const, field, group, union, method, param, enumerant) :Text;
# What the declaration contributes to names in C, in lower case, instead of its own name in snake case.

annotation prefix @0xd7d7a3ebd5a03ac1 (file) :Text;
# What all names of the file's declarations begin with.
