package io.itinera.core.table;

/** What somebody decided: column {@code decision} of {@link IdentityOverrides}. */
public enum Ruling implements TableWord {
  /** Two identifiers are one person's. */
  ALWAYS,

  /** Two identifiers are different persons'. */
  NEVER,

  /** An identifier names no single person. */
  IGNORE
}
