package io.itinera.jobs.report;

/**
 * Text of the data as it may be shown: what nobody would see, such as a control character or one
 * that turns the direction of writing around, stands there by its number.
 */
final class VisibleText {

  private static final int MOST = 300;

  private VisibleText() {}

  /** The same text, where needed cut, each character of it visible. */
  static String of(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .limit(MOST)
        .forEach(
            point -> {
              if (isVisible(point)) {
                visible.appendCodePoint(point);
              } else {
                visible.append("[U+%04X]".formatted(point));
              }
            });
    return text.codePointCount(0, text.length()) > MOST ? visible + "…" : visible.toString();
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
