package io.itinera.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SvgPictureTest {

  private static final int WHITE = 0xffffff;
  private static final int RED = 0xff0000;

  private static final Letters LETTERS =
      Letters.of(
          Stream.of("noto-sans-latin", "noto-sans-arabic-arabic")
              .map(SvgPictureTest::font)
              .toList());

  private static byte[] font(String name) {
    String file = "/report/bundle/%s-400-normal.woff".formatted(name);
    try (InputStream stream = SvgPictureTest.class.getResourceAsStream(file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }

  @Test
  void shapesStandWhereTheyAreToldTo() throws IOException {
    BufferedImage image =
        painted(
            """
            <rect x="10" y="10" width="20" height="20" fill="#f00"/>
            <g transform="translate(50 0)"><path d="M0 10l20 0l0 20l-20 0Z" fill="rgb(255,0,0)"/></g>
            <path d="M10 50L30 50" fill="none" stroke="#ff0000" stroke-width="6"/>
            <path d="M90 60A10 10 0 1 1 90 59.9" fill="#f00"/>
            """);

    assertThat(colours(image, 20, 20, 60, 20, 20, 50, 80, 60)).containsOnly(RED);
    assertThat(colours(image, 40, 20, 75, 20, 20, 40, 71, 51)).containsOnly(WHITE);
  }

  @Test
  void clippedIsWhatLiesOutside() throws IOException {
    BufferedImage image =
        painted(
            """
            <defs><clipPath id="c"><path d="M0 0l10 0l0 10l-10 0Z" transform="translate(20 20)"/>\
            </clipPath></defs>
            <g clip-path="url(#c)"><rect width="100" height="100" fill="#f00"/></g>
            """);

    assertThat(colours(image, 25, 25)).containsOnly(RED);
    assertThat(colours(image, 15, 25, 35, 25)).containsOnly(WHITE);
  }

  @Test
  void patternFillsWithItsTiles() throws IOException {
    BufferedImage image =
        painted(
            """
            <defs><pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse">\
            <g><path d="M0 0l10 0l0 20l-10 0Z" fill="#f00"/></g></pattern></defs>
            <rect width="100" height="100" fill="url(#p)"/>
            """);

    assertThat(colours(image, 5, 50, 25, 50, 85, 5)).containsOnly(RED);
    assertThat(colours(image, 15, 50, 35, 50, 95, 5)).containsOnly(WHITE);
  }

  /** Letters of Arabic join and change; side by side alone they take more room. */
  @Test
  void arabicIsShaped() {
    double joined = LETTERS.width("قناة", 20);
    double alone = "قناة".chars().mapToDouble(each -> LETTERS.width("" + (char) each, 20)).sum();
    assertThat(joined).isBetween(10.0, alone * 0.95);
  }

  @Test
  void textStandsAtItsAnchor() throws IOException {
    String text =
        "<text x=\"50\" y=\"20\" text-anchor=\"%s\" fill=\"#000\""
            + " style=\"font-size:16px\">%s</text>";
    for (String word : List.of("Web", "قناة")) {
      assertThat(inked(painted(text.formatted("start", word)))).isBetween(50, 58);
      assertThat(inked(painted(text.formatted("end", word)))).isBetween(5, 30);
    }
  }

  /** The first column that is not white. */
  private static int inked(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        if ((image.getRGB(x, y) & WHITE) != WHITE) {
          return x;
        }
      }
    }
    return -1;
  }

  @Test
  void whatChartsDoNotWriteIsRefused() {
    assertThatThrownBy(() -> painted("<image href=\"http://example.invalid/a.png\"/>"))
        .hasMessage("Cannot draw the element image");
    assertThatThrownBy(
            () ->
                SvgPicture.of(
                    "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>",
                    LETTERS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BufferedImage painted(String shapes) throws IOException {
    String svg = "<svg width=\"100\" height=\"100\">%s</svg>".formatted(shapes);
    byte[] png = SvgPicture.of(svg, LETTERS).png(1);
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static List<Integer> colours(BufferedImage image, int... places) {
    return Stream.iterate(0, i -> i < places.length, i -> i + 2)
        .map(i -> image.getRGB(places[i], places[i + 1]) & WHITE)
        .toList();
  }
}
