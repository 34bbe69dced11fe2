package io.itinera.jobs.report;

import java.util.List;

/**
 * A figure, drawn.
 *
 * @param svg as the charts wrote it
 * @param width in pixels
 * @param height in pixels
 * @param told what each of its values is, in words
 */
record Chart(String svg, int width, int height, List<String> told) {

  private static final int MARGIN = 20;
  private static final int TITLE = 44;
  private static final int TITLE_AT = 28;

  /** The same SVG with a margin, below {@code title}, which begins where {@code language} does. */
  String titled(String title, Language language) {
    boolean isMirrored = language.direction().equals("rtl");
    String escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return """
    <svg width="%d" height="%d"><text x="%d" y="%d" text-anchor="%s" fill="#1a2233" \
    style="font-size:18px;font-weight:bold">%s</text>\
    <g transform="translate(%d %d)">%s</g></svg>\
    """
        .formatted(
            width + 2 * MARGIN,
            height + TITLE + MARGIN,
            isMirrored ? width + MARGIN : MARGIN,
            TITLE_AT,
            isMirrored ? "end" : "start",
            escaped,
            MARGIN,
            TITLE,
            svg);
  }
}
