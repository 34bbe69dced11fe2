package io.itinera.jobs.match;

import io.itinera.core.match.BlockIndex;
import io.itinera.core.match.MatchRules;
import io.itinera.core.match.RecordStore;
import io.itinera.jobs.match.PackedProfiles.Profile;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Profiles and their blocks, as every task needs them.
 *
 * <p>Only the packed profiles travel; each JVM unpacks them once and finds the blocks itself, which
 * is sooner done than sent. Where driver and executor are one JVM, nothing travels.
 */
final class MatchInput implements Serializable, AutoCloseable {

  private static final long serialVersionUID = 1;

  private final List<byte[]> parts;
  private final MatchRules rules;
  private final int largestBlock;

  private final UUID id = UUID.randomUUID();

  /**
   * What this JVM unpacked last. Not a field of the input: Spark would weigh it with what is sent,
   * and put it on disk.
   */
  private static final AtomicReference<Kept> KEPT = new AtomicReference<>();

  private record Kept(UUID id, Unpacked unpacked) {}

  /**
   * What is made of the parts.
   *
   * @param profiles in {@link Profile#ORDER}
   * @param records the same as they are compared
   * @param blocks their blocks
   */
  record Unpacked(List<Profile> profiles, RecordStore records, BlockIndex blocks) {}

  /**
   * Makes an input.
   *
   * @param parts packed profiles
   * @param largestBlock records of the largest block there may be; 0: as the number of pairs allows
   */
  MatchInput(List<byte[]> parts, MatchRules rules, int largestBlock) {
    this.parts = List.copyOf(parts);
    this.rules = rules;
    this.largestBlock = largestBlock;
  }

  MatchRules rules() {
    return rules;
  }

  /** The profiles and their blocks. */
  Unpacked unpacked() {
    synchronized (KEPT) {
      Kept kept = KEPT.get();
      if (kept == null || !kept.id().equals(id)) {
        kept = new Kept(id, unpack());
        KEPT.set(kept);
      }
      return kept.unpacked();
    }
  }

  @Override
  public void close() {
    KEPT.set(null);
  }

  private Unpacked unpack() {
    List<Profile> profiles = PackedProfiles.unpack(parts);
    RecordStore records = RecordStore.of(rules, profiles.stream().map(Profile::fields).toList());
    return new Unpacked(
        profiles.stream().map(Profile::alone).toList(),
        records,
        BlockIndex.of(records, rules, largestBlock));
  }
}
