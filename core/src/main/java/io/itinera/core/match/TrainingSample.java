package io.itinera.core.match;

import java.util.Optional;

/**
 * What a model is learned from.
 *
 * @param records some of all records
 * @param blocks some of the blocks of all, whole, among them
 * @param population how many all records are
 * @param any the first so many of {@code records} are any records, whatever blocks they are in
 * @param counted how common values are among all; empty: to be counted among {@code records}, which
 *     are all
 */
public record TrainingSample(
    RecordStore records,
    BlockIndex blocks,
    long population,
    int any,
    Optional<Frequencies> counted) {

  /** A sample that leaves nothing out. */
  public static TrainingSample all(RecordStore records, BlockIndex blocks) {
    return new TrainingSample(records, blocks, records.size(), records.size(), Optional.empty());
  }
}
