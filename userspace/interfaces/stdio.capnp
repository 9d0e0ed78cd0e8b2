# Streams of bytes: what a program has as its standard input, output and error output.
# SPDX-License-Identifier: Apache-2.0
#
# A program is granted up to three, called stdin, stdout and stderr, by whoever starts it, and that one serves them. When
# the server is gone, calls end as disconnected.

@0xbf9aa8cb01c363e5;

interface ByteStream @0xe9ba666a2859c441 {
  # One end of a stream of bytes.

  read @0 (maxLen :UInt32) -> (bytes :Data);
      # 1 to maxLen bytes, for which it waits; none: the end of the input. maxLen is 1 to 4000. One at a time for each
      # stream: one that still waits is refused (IN_USE) when the next one comes.
  write @1 (bytes :Data) -> ();
      # All of them, in order, at most 4000. It waits while the other side takes none.
  info @2 () -> (kind :Kind, columns :UInt16, rows :UInt16);
      # The size is a terminal's; 0: unknown.
  setMode @3 (mode :Mode) -> ();
      # How read() behaves on a terminal, until the next setMode or the end of the program. Others refuse it.

  enum Kind { pipe @0; terminal @1; log @2; }

  enum Mode {
    line @0;    # whole lines, which the user can edit while typing; Ctrl-D on an empty one is the end of the input
    keys @1;    # bytes as they are typed and not shown, Ctrl-C too; only Ctrl-\ ends the program
    hidden @2;  # like line, but not shown
  }
}
