package io.itinera.core.table;

/** What an edge does: column {@code status} of {@link IdentityEdges}. */
public enum EdgeStatus implements TableWord {
  /** It joins its two identifiers in one customer. */
  USED,

  /**
   * It joins nobody until somebody has looked: profiles look alike, but it alone would join two
   * groups that do not.
   */
  REVIEW,

  /** It joins nobody: a customer would have more identifiers of a type than a customer may. */
  CONFLICT,

  /** It joins nobody: somebody decided so, or one of its identifiers names no single person. */
  DENIED,

  /**
   * It joins nobody: one of its identifiers was seen with too many others, or a customer would have
   * too many.
   */
  OVER_LIMIT
}
