package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ReportRules;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunnelsPageTest {

  private static final Scope SCOPE =
      new Scope(
          LocalDate.of(2026, 1, 31),
          new ReportRules(false, false, "unused", List.of("en"), 30, 5, true),
          365);

  /** A hundred began, thirty bought, fifty may still do. */
  @Test
  void sentenceRatesThoseWhoseTimeIsOver() {
    assertThat(sentences(0.6))
        .containsExactly(
            "100 customers began the funnel shop; 30 have come to its end: 60% of those whose time"
                + " is over.");
    assertThat(sentences(null))
        .containsExactly(
            "100 customers began the funnel shop; 30 have come to its end, and nobody's time is"
                + " over yet.");
  }

  private static List<String> sentences(Double rate) {
    FunnelsPage page = new FunnelsPage();
    List<List<Object>> rows =
        List.of(
            Arrays.asList("shop", "shop 1: view", 100L, 30L, 20L, 50L, null, 1.0, null),
            Arrays.asList("shop", "shop 2: buy", 30L, 30L, 0L, 0L, rate, rate, 60.0));
    Finding steps = new Finding(page.figures(SCOPE).get(0), rows);
    return page
        .sentences(new Findings(Map.of("funnels", List.of(steps))), Language.of("en", "EUR"))
        .stream()
        .map(sentence -> sentence.replaceAll("[\u2068\u2069]", ""))
        .toList();
  }
}
