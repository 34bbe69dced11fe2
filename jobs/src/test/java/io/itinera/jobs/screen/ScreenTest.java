package io.itinera.jobs.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.RunStatus;
import io.itinera.jobs.night.StageReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final StageReport STITCHED =
      report("stitch", RunStatus.SUCCEEDED, 1_234_567, Map.of("identities", 8_900L), 12.34);

  @Test
  void stageIsOneLine() {
    assertThat(shown(false))
        .isEqualTo("stitch           12.3 s  1,234,567 records read; identities 8,900\n");
  }

  @Test
  void stageThatDidNotRunSaysSo() {
    StageReport skipped = report("rfm", RunStatus.SKIPPED, 0, Map.of(), 0.04);

    assertThat(Screen.line(skipped)).isEqualTo("rfm               0.0 s  skipped");
  }

  @Test
  void nightIsOneLineToo() {
    StageReport skipped = report("rfm", RunStatus.SKIPPED, 0, Map.of(), 0.04);

    assertThat(Screen.total(List.of(STITCHED, skipped), 12.4))
        .isEqualTo(
            "night            12.4 s  1,234,567 records read; 1 stages done, 1 had nothing to do");
  }

  @Test
  void nothingMovesWhereNobodyWatches() {
    assertThat(shown(false)).doesNotContain("\r");
  }

  @Test
  void movingLineIsWipedAway() {
    assertThat(shown(true)).startsWith("\r\u001b[K").endsWith("identities 8,900\n");
  }

  private static StageReport report(
      String stage, RunStatus status, long records, Map<String, Long> tables, double seconds) {
    return new StageReport(stage, status, records, tables, 30_772, 4_096, 30_772, seconds, 20);
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
