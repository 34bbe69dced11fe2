package io.itinera.core.pattern;

/** A text that may be looked at so many times, and then no more. */
final class CountedText implements CharSequence {

  private static final int FREE_LOOKS = 20_000;
  private static final int LOOKS_PER_CHARACTER = 200;

  private final String text;
  private int left;

  CountedText(String text) {
    this.text = text;
    this.left = FREE_LOOKS + LOOKS_PER_CHARACTER * Math.min(text.length(), 10_000_000);
  }

  /** Thrown at the look that is one too many. */
  static final class TooManyLooksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TooManyLooksException() {
      super("the pattern looks too often at this text", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new TooManyLooksException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
