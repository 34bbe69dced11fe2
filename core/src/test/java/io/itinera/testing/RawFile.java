package io.itinera.testing;

import java.time.Instant;

/** A file of raw records, written as {@link RawText} has it. */
public record RawFile(String path, Instant writtenAt, String text) {

  static final Instant WRITTEN_AT = Instant.parse("2026-06-01T00:00:00Z");

  /** A file that was written on 2026-06-01. */
  public RawFile(String path, String text) {
    this(path, WRITTEN_AT, text);
  }

  /** The same, written a day later. */
  public RawFile later() {
    return new RawFile(path, WRITTEN_AT.plusSeconds(86_400), text);
  }
}
