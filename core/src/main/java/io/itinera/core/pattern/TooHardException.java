package io.itinera.core.pattern;

/** No engine can say within its bounds whether a pattern is found in a text. */
public final class TooHardException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooHardException() {
    super("The text is too long for a pattern of this kind.", null, false, false);
  }
}
