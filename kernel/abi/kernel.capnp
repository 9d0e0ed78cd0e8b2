# The interfaces of the kernel's objects, and what a program is started with.
# SPDX-License-Identifier: Apache-2.0
#
# Messages are one segment of at most 4096 bytes, without framing. Times are nanoseconds since boot, lengths and
# addresses bytes, unless said otherwise. A method that is refused completes with a CapException; its reason is
# for people, its code is a number of err.h.
#
# Objects marked "the caller's" hold nothing: a capability to one permits its holder to do that to itself, and
# can therefore be granted to anyone without giving power over somebody else.

@0xe1114a2d2fb34ac8;

using C = import "c.capnp";

struct CapException @0xd144cb87e18138e4 {
  type @0 :Type;
  code @1 :UInt32;  # err.h
  reason @2 :Text;

  enum Type { failed @0; overloaded @1; disconnected @2; unimplemented @3; revoked @4; staleSession @5; }
}

struct StartInfo @0x91892952257d37b0 {
  # At the beginning of the first thread's arena when a program starts.

  name @0 :Text;               # of the image
  arguments @1 :Data;          # as the spawner gave them
  grants @2 :List(Grant);

  struct Grant @0xed26f4f1b33f6131 {
    name @0 :Text;
    handle @1 :UInt64;
    interfaceId @2 :UInt64;
  }
}

struct Budget @0xb776b884fd886bf1 {
  # How much of the kernel a process may use. What a process hands to a child, it lacks until the child has ended. When
  # spawning, 0 stands for the usual: 1024 frames, 128 objects, 64 calls, 32 timers, 256 capabilities.

  frames @0 :UInt32;   # pages of memory: its own, its tables', its objects'
  objects @1 :UInt32;  # kernel objects (docs/abi.md, "Budgets")
  calls @2 :UInt32;    # operations in flight
  timers @3 :UInt32;   # deadlines, sleeps, sessions that expire
  caps @4 :UInt32;     # entries of the capability table
}

interface Console @0xcc94325527fa4642 {
  # Lines of the kernel's log, with the process's name as their source.

  write @0 (text :Text);       # at most 4000 bytes and 64 lines; each becomes a line of the log
}

interface LogReader @0xee763c0849f7f42e $C.name("log") {
  # Lines of the kernel's log since boot, as the console shows them: "[seconds] source: text". The last 32 KiB are kept.

  read @0 (cursor :UInt64, maxLen :UInt32) -> (cursor :UInt64, lost :UInt64, text :Data);
      # whole lines behind the cursor, which counts all bytes ever logged, and the cursor behind them; 0 begins, and a
      # cursor that was given goes on. maxLen 256 to 4000, for which the result space must have room. Never waits: no
      # text when there is no more. lost: bytes behind the cursor that are kept no longer
}

interface TerminalSession @0x994edf763cea365d $C.name("terminal") {
  # The second serial port: a line or some bytes at a time, for one holder. The first process that reads becomes the
  # holder, until it closes the terminal or ends; meanwhile every method is refused to others (IN_USE). Writing holds
  # nothing. Without a port every method is refused (NOT_FOUND).
  #
  # Lines: CR, LF or CR LF end one; backspace and DEL rub out a character, Ctrl-U all of them; other control bytes and
  # escape sequences are dropped. UTF-8 characters are kept or dropped as a whole. What is longer than maxLen rings the
  # bell and is dropped; so is what is typed while nobody reads, after 256 bytes, which Ctrl-C clears. Behind a read of
  # bytes, and until a line is read or the terminal is closed, Ctrl-C is a byte like all others.

  readLine @0 (maxLen :UInt32, echo :Echo) -> (outcome :Outcome, line :Data);
      # 1 to 1024 bytes, for which the result space must have room; one at a time, the next one is refused (IN_USE)
  write @1 (bytes :Data);      # at most 4000 bytes, in order; a line feed is sent as carriage return and line feed
  close @2 ();                 # gives the foreground up; a line being read is cancelled, a read of bytes gets none
  read @3 (maxLen :UInt32) -> (bytes :Data);
      # what was typed, as it was and not shown: at least one byte, for which it waits; bounds as of readLine

  enum Echo { visible @0; hidden @1; }     # hidden shows nothing, not even the bell, until the line ends
  enum Outcome { line @0; cancelled @1; }  # Ctrl-C or Ctrl-D on an empty line; the line keeps what was typed
}

interface BootPackage @0xe6f3971f7df20098 $C.name("package") {
  # What the system was started with.

  info @0 () -> (manifestLen :UInt64, images :UInt32);
  read @1 (offset :UInt64, len :UInt32) -> (bytes :Data);  # of the manifest
  image @2 (index :UInt32) -> (name :Text, len :UInt64, sha256 :Data);
}

interface FrameAllocator @0xe0dcd65189f34d87 $C.name("frames") {
  # Memory from the caller's ledger.

  allocate @0 (pages :UInt32) -> (memory :MemoryObject);  # zeroed; 1 to 1024 pages
}

enum Access { none @0; read @1; readWrite @2; readExecute @3; }

interface MemoryObject @0xe9df49f77b6c9511 $C.name("memory") {
  # Frames that can be mapped in several processes.

  info @0 () -> (pages :UInt32);
  map @1 (address :UInt64, offset :UInt32, pages :UInt32, access :Access) -> (address :UInt64);
      # in the caller's space; address 0: anywhere; offset in pages
  unmap @2 (address :UInt64);  # the whole mapping that map() made
}

interface VirtualMemory @0xe891b103011b0245 $C.name("vm") {
  # The caller's address space: anonymous memory.

  map @0 (address :UInt64, pages :UInt32, access :Access) -> (address :UInt64);
      # zeroed; address 0: anywhere; at most 1024 pages a call
  unmap @1 (address :UInt64, pages :UInt32);
  protect @2 (address :UInt64, pages :UInt32, access :Access);
}

interface Timer @0x9209a6034bbc2e86 {
  now @0 () -> (nanoseconds :UInt64);
  sleep @1 (until :UInt64) -> (nanoseconds :UInt64);  # until that time; returns the time at waking
}

interface EntropySource @0xb5389a8ec016e6d0 $C.name("entropy") {
  # Unpredictable bytes; refuses when the machine has no source of entropy.

  read @0 (len :UInt32) -> (bytes :Data);  # at most 1024
}

interface ThreadControl @0xc4c551394139648b {
  # The caller's own thread.

  exitThread @0 (code :UInt32);            # the last thread's exit ends the process, with its code
  setFsBase @1 (address :UInt64);
  getFsBase @2 () -> (address :UInt64);
  yield @3 ();                             # lets others of the same priority run first
}

interface ThreadSpawner @0xc5726a5edaa68c44 $C.name("threads") {
  # Threads in the caller's process.

  create @0 (entry :UInt64, stack :UInt64, argument :UInt64, fsBase :UInt64, arenaPages :UInt32,
             priority :UInt32) -> (thread :ThreadHandle);
      # arenaPages 0: 1; priority: 0 inherits, else 1 (lowest) up to the caller's own
}

interface ThreadHandle @0xa01ee261cf27c34a $C.name("thread") {
  join @0 () -> (code :UInt32);  # once; a thread cannot join itself
  detach @1 ();                  # nobody will join it; so does the release of the last handle
}

interface ParkSpace @0xdca3b65da456d562 {
  # The right to PARK and UNPARK on words of the caller's memory.
}

interface NotificationFactory @0x890482807539999c $C.name("notifications") {
  create @0 () -> (notification :Notification, signaller :Signaller);  # of one and the same new notification
}

interface Notification @0xa904e679273571ab {
  # 64 bits that any thread can wait for: the right to WAIT and SIGNAL. At most 64 wait for one (IN_USE).
}

interface Signaller @0xc799d13abe84f1ec {
  # The right to SIGNAL a notification, and no more.
}

interface ProcessSpawner @0x94ee264c47bb4bb3 $C.name("processes") {
  # Starts programs of the boot package, on budgets taken from the caller's.

  spawn @0 (image :Text, arguments :Data, grants :List(Grant), budget :Budget, arenaPages :UInt32)
      -> (process :ProcessHandle);

  struct Grant @0xfed2304088ed8569 {
    name @0 :Text;
    cap @1 :UInt32;  # index of the capability among the call's transfers
  }
}

interface ProcessHandle @0x990a64e7d441fe92 $C.name("process") {
  wait @0 () -> (reason :Reason, code :UInt32);  # when nothing of the process is left
  terminate @1 ();
  info @2 () -> (id :UInt64, running :Bool);

  enum Reason { exited @0; faulted @1; terminated @2; }  # code: of exit(); the exception's vector; 0
}

interface SessionFactory @0xebb9580f1d57dda3 $C.name("sessions") {
  # Makes sessions. Who holds it decides who is who.

  create @0 (fields :List(Data), expires :UInt64) -> (user :UserSession, control :SessionControl);
      # up to 8 fields of at most 32 bytes (userspace/interfaces/session.capnp); expires 0: never. NO_ENTROPY: there can be
      # none in this boot
}

enum EndedBy { nobody @0; logout @1; expiry @2; control @3; }

interface UserSession @0x9f73ee6cfb319e1d $C.name("user_session") {
  # A session, for those who act in it. It says who they are to whoever they show it to, and changes nobody's session. It
  # goes to processes of its holder's session only.

  info @0 () -> (fields :List(Data), epoch :UInt32, created :UInt64, expires :UInt64);  # refused once it has ended
  auditContext @1 () -> (audit :Data, fields :List(Data), live :Bool, endedBy :EndedBy);
      # also afterwards; audit: 16 bytes that name the session in this boot and say nothing else
  logout @2 ();  # the end of the session; later ones do nothing
}

interface SessionControl @0xc324cffb19923ebf $C.name("session_control") {
  # Power over a session. Released, the session goes on.

  launcher @0 () -> (launcher :SessionLauncher);
  renew @1 (expires :UInt64) -> (epoch :UInt32);  # from now on; 0: never. Not once it has ended
  end @2 ();                                      # later ones do nothing
  wait @3 () -> (endedBy :EndedBy);               # for its end; at most 16 wait for one session (IN_USE)
  user @4 () -> (user :UserSession);              # made by the caller, who may so give it to the session's programs
}

interface SessionLauncher @0xb33a3ecd8d259f4c $C.name("session_launcher") {
  # Starts programs in its session; refused once that has ended.

  spawn @0 (image :Text, arguments :Data, grants :List(ProcessSpawner.Grant), budget :Budget, arenaPages :UInt32)
      -> (process :ProcessHandle);  # in all else as ProcessSpawner.spawn
}

interface SystemInfo @0xeb3b3b76102011d1 $C.name("system") {
  system @0 () -> (version :Text, processors :UInt32, frames :UInt64, freeFrames :UInt64, bootNanoseconds :UInt64);
  ledger @1 () -> (used :Budget, limit :Budget);  # the caller's
  objects @2 () -> (processes :UInt32, threads :UInt32, memoryObjects :UInt32, mappings :UInt32, endpoints :UInt32,
                    calls :UInt32);               # in the whole system
  contention @3 () -> (waits :UInt64, nanoseconds :UInt64);
      # how often processors have found the kernel lock taken since the boot, and how long they waited for it in all
}

interface EndpointFactory @0xef40b6fbf8404310 $C.name("endpoints") {
  create @0 (interfaceId :UInt64) -> (server :Endpoint, client :Capability);
      # the client's capability has that interface, and can only call
}

enum Scope { shareable @0; sameSession @1; regrant @2; }
    # How far a capability may go, from each who has received it: anywhere, there to be used in the receiver's session; to
    # processes of the holder's session; only in a spawn by a SessionLauncher. Who made it may give it to anyone.

interface Endpoint @0xc776573da7f9b9dc {
  # The serving side: RECV and RETURN work on it.

  mint @0 (cookie :UInt64, interfaceId :UInt64, scope :Scope, disclosure :UInt16) -> (client :Capability);
      # calls through it carry the cookie, and may disclose those fields of their session, a bit for each
  close @1 ();                                                            # all calls end as disconnected
  subject @2 (reply :UInt64) -> (fields :List(Field));
      # whose call it is that `reply` answers: the fields of its session that the caller discloses in this call and that its
      # client permits, and no others. Refused once that session has ended (STALE_SESSION) or the caller has withdrawn (CANCELLED)

  struct Field @0x83a6e75a7f4efdfb {
    index @0 :UInt16;  # userspace/interfaces/session.capnp
    value @1 :Data;
  }
}

interface CapTable @0xaf3b6f711ace1fff $C.name("caps") {
  # What the caller itself holds.

  describe @0 (handle :UInt64)
      -> (interfaceId :UInt64, facet :Facet, policy :Policy, scope :Scope, disclosure :UInt16, forwarded :Bool, revoked :Bool);
      # BAD_HANDLE: nothing; RESERVED: it is about to move. forwarded: it was derived, and can be revoked
  derive @1 (handle :UInt64, scope :Scope, disclosure :UInt16) -> (derived :Capability, revoker :Revoker);
      # one that does the same until it is revoked, with all that was copied and derived from it. scope: the original's or
      # narrower; disclosure: as far as the original's goes. Refused (NOT_PERMITTED) for a Reply, for a wider
      # scope, and when there are 8 steps already

  enum Facet { object @0; client @1; }  # client: of an endpoint; it can be called, and no more
  enum Policy { copy @0; none @1; }     # how it can be passed on
}

interface Revoker @0xd3c1b6a0f25e9487 {
  revoke @0 ();  # at once and for good, later ones do nothing; without it, what was derived lives on
}

interface Reply @0x9313657dfeb14b57 {
  # The right to answer one call, once. Calls of it are made with RETURN.
}
