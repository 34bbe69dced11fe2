package io.itinera.jobs.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

  @Test
  void linesEndWithLineFeedsWithOrWithoutCarriageReturns() throws IOException {
    assertThat(lines(text("a\r\nb\n\nc\rd\r\n"))).containsExactly("a", "b", "", "c\rd");
    assertThat(lines(text("a\nb"))).containsExactly("a", "b");
    assertThat(lines(text("\n"))).containsExactly("");
    assertThat(lines(text(""))).isEmpty();
  }

  @Test
  void lineMayBeLongerThanTheBuffer() throws IOException {
    String longLine = "x".repeat(64 * 1024 - 1);

    assertThat(lines(text(longLine + "\n" + longLine + "yz\nb\n")))
        .containsExactly(longLine, longLine + "yz", "b");
  }

  @Test
  void ofALineThatIsTooLongOnlyTheStartIsKept() throws IOException {
    InputStream file =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(text("first\nstart"), text("x".repeat(40_000_000)), text("\nlast\n"))));
    try (Lines lines = new Lines(file, UTF_8)) {
      assertThat(lines.next()).isEqualTo("first");
      assertThat(lines.wasTooLong()).isFalse();
      assertThat(lines.next()).startsWith("startxxx").hasSize(1000);
      assertThat(lines.wasTooLong()).isTrue();
      assertThat(lines.next()).isEqualTo("last");
      assertThat(lines.wasTooLong()).isFalse();
      assertThat(lines.next()).isNull();
    }
  }

  private static List<String> lines(InputStream bytes) throws IOException {
    List<String> found = new ArrayList<>();
    try (Lines lines = new Lines(bytes, UTF_8)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        found.add(line);
      }
    }
    return found;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
