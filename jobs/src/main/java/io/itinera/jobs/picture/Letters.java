package io.itinera.jobs.picture;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;

/** Fonts that texts are laid out in: for each letter the first that has it. */
public final class Letters {

  private static final FontRenderContext PLACE = new FontRenderContext(null, true, true);

  private static final double UNLIKE = 1e-4;

  private final List<Font> fonts;

  private Letters(List<Font> fonts) {
    this.fonts = fonts;
  }

  /**
   * Letters of these fonts, and for what none of them has, of whatever the machine has.
   *
   * @param woffs fonts as WOFF 1.0 files, the first of them preferred
   * @throws IllegalStateException if the JVM cannot work with fonts at all
   */
  public static Letters of(List<byte[]> woffs) {
    // No screen is needed, whatever display the machine says that it has.
    System.setProperty("java.awt.headless", "true");
    try {
      List<Font> fonts = new ArrayList<>();
      for (byte[] woff : woffs) {
        byte[] file = Woff.unpacked(woff);
        fonts.add(Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file)));
      }
      fonts.add(new Font(Font.SANS_SERIF, Font.PLAIN, 1));
      Letters letters = new Letters(fonts);
      letters.width("0", 1);
      return letters;
    } catch (IOException | FontFormatException | DataFormatException e) {
      throw new IllegalStateException("Cannot read a font of the report", e);
    } catch (LinkageError | InternalError | RuntimeException e) {
      // What a JDK says depends on what is missing, and names none of it.
      throw new IllegalStateException(
          "Java cannot draw text on this machine, so there are no pictures of charts. Install"
              + " fontconfig and one font (apt-get install fontconfig fonts-dejavu-core), or write"
              + " the report without its short form. Nothing of the short form was written.",
          e);
    }
  }

  /** How wide a text is, in letters of so many pixels. */
  public double width(String text, double size) {
    // What no font has would be a narrow box; such letters are mostly as wide as they are high.
    boolean isUnknown = text.codePoints().allMatch(letter -> place(letter) == fonts.size());
    return isUnknown
        ? text.codePointCount(0, text.length()) * size
        : layout(text, size, Font.PLAIN).getAdvance();
  }

  /**
   * A text, shaped, its parts in the order in which they are read.
   *
   * @param text at least one letter
   * @param style of {@link Font}
   */
  TextLayout layout(String text, double size, int style) {
    AttributedString parts = new AttributedString(text);
    int from = 0;
    while (from < text.length()) {
      int place = place(text.codePointAt(from));
      Font font = fonts.get(Math.min(place, fonts.size() - 1));
      int to = from + 1;
      while (to < text.length() && stays(font, place, text, to)) {
        to++;
      }
      // Parts of one family are one font to Java when their sizes are the same, too.
      float own = (float) (size * (1 + place * UNLIKE));
      parts.addAttribute(TextAttribute.FONT, font.deriveFont(style, own), from, to);
      from = to;
    }
    return new TextLayout(parts.getIterator(), PLACE);
  }

  /** A space stays with the letters before it, whose shapes it does not part. */
  private boolean stays(Font font, int place, String text, int at) {
    char letter = text.charAt(at);
    return Character.isLowSurrogate(letter)
        || (letter == ' ' ? font.canDisplay(letter) : place(text.codePointAt(at)) == place);
  }

  /** The place of the first font that has {@code letter}; beyond the last if none has it. */
  private int place(int letter) {
    int place = 0;
    while (place < fonts.size() && !fonts.get(place).canDisplay(letter)) {
      place++;
    }
    return place;
  }
}
