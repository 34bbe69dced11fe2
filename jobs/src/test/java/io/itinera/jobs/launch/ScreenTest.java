package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.night.StageReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final StageReport STITCHED =
      new StageReport("stitch", "succeeded", 1_234_567, 8_900, 12.34, 20);

  @Test
  void stageIsOneLine() {
    assertThat(shown(false))
        .isEqualTo("stitch           1,234,567 rows in         8,900 rows out     12.3 s\n");
  }

  @Test
  void stageThatDidNotRunSaysSo() {
    StageReport skipped = new StageReport("rfm", "skipped", 0, 0, 0.04, 0);

    assertThat(Screen.line(skipped)).endsWith("0.0 s  skipped");
  }

  @Test
  void nothingMovesWhereNobodyWatches() {
    assertThat(shown(false)).doesNotContain("\r");
  }

  @Test
  void movingLineIsWipedAway() {
    assertThat(shown(true)).startsWith("\r\u001b[K").endsWith("12.3 s\n");
  }

  private static String shown(boolean moving) {
    StringWriter text = new StringWriter();
    try (Screen screen = new Screen(new PrintWriter(text, true), new TaskCount(), moving)) {
      screen.stageStarted("stitch");
      screen.stageFinished(STITCHED);
    }
    return text.toString();
  }
}
