package io.itinera.core.table;

/** What an edge does: column {@code status} of {@link IdentityEdges}. */
public enum EdgeStatus implements TableWord {
  /** It joins its two identifiers in one customer. */
  USED,

  /** It joins nobody: one of its identifiers was seen with too many others. */
  OVER_LIMIT
}
