package io.itinera.core.table;

/** What kind of record named identifiers together: column {@code kind} of {@link Evidence}. */
public enum EvidenceKind implements TableWord {
  /** Touchpoints of one day. */
  TOUCHPOINT,

  /** Profiles made on one day. */
  PROFILE,

  /** Records that a vendor has merged. */
  MERGE
}
