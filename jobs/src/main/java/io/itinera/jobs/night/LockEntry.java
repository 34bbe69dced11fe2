package io.itinera.jobs.night;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What an entry of a warehouse's lock says: who holds it, or that nobody does.
 *
 * @param isHeld false once the holder has given it back
 * @param holder sets each taking of the lock apart from all others; empty if the entry is damaged
 * @param who the run, for people; empty if the entry is damaged
 * @param token grows from holder to holder
 */
record LockEntry(boolean isHeld, String holder, String who, long token) {

  /** The state of a warehouse in which nothing has run. */
  static final LockEntry FREE = new LockEntry(false, "", "", 0);

  private static final LockEntry DAMAGED = new LockEntry(true, "", "", 0);

  /** Somebody who wants the lock: this process. */
  static LockEntry of(String runId, String command, Instant since) {
    String who =
        "%s %s (process %d on %s, since %s)"
            .formatted(command, runId, ProcessHandle.current().pid(), host(), since);
    return new LockEntry(true, UUID.randomUUID().toString(), who, 0);
  }

  /** The entry that follows {@code before} when this one's holder takes over. */
  LockEntry after(LockEntry before) {
    // The clock is but a floor, for the case that the folder of the lock was removed.
    long next = Math.max(before.token() + 1, System.currentTimeMillis());
    return new LockEntry(true, holder, who, next);
  }

  /** The entry by which its holder gives the lock back. */
  LockEntry released() {
    return new LockEntry(false, holder, who, token);
  }

  /** Whether {@code other} is the same holder's, as far as it can be read. */
  boolean isOfSameHolder(LockEntry other) {
    return !holder.isEmpty() && holder.equals(other.holder());
  }

  boolean isReadable() {
    return !holder.isEmpty();
  }

  String text() {
    return "%s%nholder=%s%nwho=%s%ntoken=%d%nend%n"
        .formatted(isHeld ? "held" : "released", holder, who, token);
  }

  /** Reads an entry; one that is damaged or still being written is held by somebody unknown. */
  static LockEntry parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .filter(line -> line.contains("="))
        .map(line -> line.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair[1]));
    String token = values.getOrDefault("token", "");
    boolean isWhole =
        text.stripTrailing().endsWith("\nend")
            && values.keySet().containsAll(Set.of("holder", "who"))
            && token.matches("\\d{1,18}");
    if (!isWhole) {
      return DAMAGED;
    }
    return new LockEntry(
        !text.startsWith("released"),
        values.get("holder"),
        values.get("who"),
        Long.parseLong(token));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
