package io.itinera.core.trail;

/** A pattern cannot be read; says what is wrong and where. */
public final class PatternException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int position;

  PatternException(String pattern, int position, String problem) {
    super(
        "%s, at character %d: %s⟨here⟩%s"
            .formatted(
                problem,
                position + 1,
                pattern.substring(0, position),
                pattern.substring(position)));
    this.position = position;
  }

  /** Where it is wrong, from 0. */
  public int position() {
    return position;
  }
}
